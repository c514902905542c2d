/*
 * Last good copy first, then the network: every view shows what this phone knows, with its age, while it
 * asks. The service worker never keeps API answers; this does, per person: what one person was shown is
 * neither seen nor overwritten by the next one on the same phone.
 */
import { computed, signal, type ReadonlySignal } from '@preact/signals';
import { clockOffset, isProblem, type Problem } from './api';
import { person } from './session';
import { keepCopy, readCopy } from './store';

export interface Loaded<T> {
  value?: T;
  /** Server time of the question that it answers; undefined while nothing is known. */
  at?: string;
  fresh: boolean;
  busy: boolean;
  problem?: Problem | 'network';
}
export interface Source<T> { state: ReadonlySignal<Loaded<T>>; refresh: () => Promise<void> }

interface Answer<T> { data?: T; error?: object }

const nothing: Loaded<never> = { fresh: false, busy: false };

export function source<T>(key: string | null, ask: () => Promise<Answer<T>>): Source<T> {
  const held = signal<{ owner?: string; loaded: Loaded<T> }>({ loaded: nothing });
  const state = computed((): Loaded<T> => held.value.owner === person.value ? held.value.loaded : nothing);
  const refresh = async () => {
    const owner = person.peek(), place = key && owner ? `${owner}/${key}` : null, asked = Date.now();
    const show = (loaded: Loaded<T>) => { if (person.peek() === owner) held.value = { owner, loaded }; };
    show({ ...state.peek(), busy: true });
    if (place && !state.peek().value) {
      const copy = await readCopy<T>(place).catch(() => undefined);
      if (copy && !state.peek().value) show({ value: copy.value, at: copy.at, fresh: false, busy: true });
    }
    const r = await ask().catch((): Answer<T> => ({}));
    const at = new Date(asked + (clockOffset.peek() ?? 0)).toISOString();
    if (r.data !== undefined) {
      show({ value: r.data, at, fresh: true, busy: false });
      if (place && person.peek() === owner) await keepCopy(place, r.data, at).catch(() => undefined);
    } else {
      const problem = r.error && isProblem(r.error) ? r.error : 'network' as const;
      show({ ...state.peek(), fresh: false, busy: false, problem });
    }
  };
  return { state, refresh };
}
