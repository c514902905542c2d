/* What a form still lacks, or the server refuses, is said at its fields, and the first of them gets the focus. */
import { useState } from 'preact/hooks';
import { t } from './words';

const focus = () => requestAnimationFrame(() => document.querySelector<HTMLElement>('dialog [aria-invalid=true]')?.focus());

export function useNeeded(gaps: Record<string, boolean>) {
  const [tried, setTried] = useState(false);
  return {
    at: (field: string) => tried && gaps[field] ? t().needed : undefined,
    /** True when nothing is missing. */
    complete: () => {
      setTried(true);
      if (!Object.values(gaps).includes(true)) return true;
      focus();
      return false;
    },
    /** Shows a refusal, and where it is. */
    refuse: (show: () => void) => { show(); focus(); },
  };
}
