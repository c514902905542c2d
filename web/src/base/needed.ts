/* What a form still lacks is said at its fields once one tries to send it, and the first of them gets the focus. */
import { useState } from 'preact/hooks';
import { t } from './words';

export function useNeeded(gaps: Record<string, boolean>) {
  const [tried, setTried] = useState(false);
  return {
    at: (field: string) => tried && gaps[field] ? t().needed : undefined,
    /** True when nothing is missing. */
    complete: () => {
      setTried(true);
      if (!Object.values(gaps).includes(true)) return true;
      requestAnimationFrame(() => document.querySelector<HTMLElement>('dialog [aria-invalid=true]')?.focus());
      return false;
    },
  };
}
