/*
 * Last good copy first, then the network: every view shows what this phone knows, with its age, while it
 * asks. The service worker never keeps API answers; this does, per person.
 */
import { signal, type Signal } from '@preact/signals';
import { keepCopy, readCopy } from './store';
import { isProblem, serverNow, type Problem } from './api';

export interface Loaded<T> {
  value?: T;
  /** When the server gave it; undefined while nothing is known. */
  at?: string;
  fresh: boolean;
  busy: boolean;
  problem?: Problem | 'network';
}
export interface Source<T> { state: Signal<Loaded<T>>; refresh: () => Promise<void> }

interface Answer<T> { data?: T; error?: object }

export function source<T>(key: string | null, ask: () => Promise<Answer<T>>): Source<T> {
  const state = signal<Loaded<T>>({ fresh: false, busy: false });
  const refresh = async () => {
    state.value = { ...state.peek(), busy: true };
    if (key && !state.peek().value) {
      const copy = await readCopy<T>(key).catch(() => undefined);
      if (copy && !state.peek().value) state.value = { value: copy.value, at: copy.at, fresh: false, busy: true };
    }
    const r = await ask().catch((): Answer<T> => ({}));
    const at = serverNow().toISOString();
    if (r.data !== undefined) {
      state.value = { value: r.data, at, fresh: true, busy: false };
      if (key) await keepCopy(key, r.data, at).catch(() => undefined);
    } else {
      const problem = r.error && isProblem(r.error) ? r.error : 'network' as const;
      state.value = { ...state.peek(), fresh: false, busy: false, problem };
    }
  };
  return { state, refresh };
}
