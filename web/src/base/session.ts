/* Who is signed in on this device, and how one gets in and out. */
import { signal } from '@preact/signals';
import { api, online, signedOut, type Got, type Problem } from './api';
import { forgetCopies, keepCopy, readCopy } from './store';

export type Me = Got<'/api/v1/me'>;
/** undefined while not known, null when nobody is signed in. */
export const me = signal<Me | null | undefined>(undefined);
export const demo = signal<Got<'/api/v1/demo'> | undefined>(undefined);

const ENDED = 'signedOut';

export async function loadMe(): Promise<void> {
  const copy = await readCopy<Me>('me').catch(() => undefined);
  if (copy && me.peek() === undefined && localStorage.getItem(ENDED) !== '1') me.value = copy.value;
  const r = await api.GET('/api/v1/me').catch(() => undefined);
  if (r?.data) {
    me.value = r.data;
    localStorage.removeItem(ENDED);
    await keepCopy('me', r.data, r.data.now);
  } else if (r?.response.status === 401 || me.peek() === undefined) me.value = null;
}

export async function loadDemo(): Promise<void> {
  const r = await api.GET('/api/v1/demo').catch(() => undefined);
  if (r?.data) demo.value = r.data;
}

export async function signIn(government: string, nip: string, password: string): Promise<Problem | 'network' | undefined> {
  const r = await api.POST('/api/v1/sessions', { body: { government, nip, password } }).catch(() => undefined);
  if (!r) return 'network';
  if (r.error) return r.error as Problem;
  await forgetCopies();
  localStorage.removeItem(ENDED);
  me.value = undefined;
  await loadMe();
  return undefined;
}

/** Ends the session here and on the server; without signal at least here. */
export async function signOut(): Promise<void> {
  localStorage.setItem(ENDED, '1');
  await api.DELETE('/api/v1/sessions/current').catch(() => undefined);
  await forgetCopies();
  me.value = null;
}

signedOut.subscribe(n => { if (n > 0 && online.peek()) me.value = null; });
