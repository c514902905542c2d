/* Who is signed in on this device, and how one gets in and out. */
import { computed, signal } from '@preact/signals';
import { api, online, signedOut, type Got, type Problem } from './api';
import { forgetCopies, keepCopy, readCopy, removeCopy } from './store';

export type Me = Got<'/api/v1/me'>;
/** undefined while not known, null when nobody is signed in. */
export const me = signal<Me | null | undefined>(undefined);
/** What everything kept or shown belongs to. */
export const person = computed(() => me.value?.employee);
export const demo = signal<Got<'/api/v1/demo'> | undefined>(undefined);

/* ENDED: a sign-out that the server has not confirmed. PERSON: who was signed in last. */
const ENDED = 'signedOut', PERSON = 'person';

/* The screen one was on is his too: the next person of an open page begins on the first. An address that was
   opened afresh is the new person's own. */
let shown: string | undefined;
const goHome = () => { if (typeof location === 'object' && location.hash.length > 2) location.hash = '#/'; };

async function enter(mine: Me): Promise<void> {
  if (localStorage.getItem(PERSON) !== mine.employee) await forgetCopies().catch(() => undefined);
  if (shown && shown !== mine.employee) goHome();
  shown = mine.employee;
  localStorage.setItem(PERSON, mine.employee);
  localStorage.removeItem(ENDED);
  me.value = mine;
  await keepCopy('me', mine, mine.now).catch(() => undefined);
}

async function askMe(): Promise<void> {
  const r = await api.GET('/api/v1/me').catch(() => undefined);
  if (r?.data) await enter(r.data);
  else if (r?.response.status === 401 || me.peek() === undefined) me.value = null;
}

let leaving: Promise<void> | undefined;
const leave = () => (leaving ??= api.DELETE('/api/v1/sessions/current').then(r => {
  if (r.response.ok || r.response.status === 401) localStorage.removeItem(ENDED);
}, () => undefined).finally(() => { leaving = undefined; }));

/** A cookie may outlive a sign-out without signal: it lets nobody in again. */
export async function loadMe(): Promise<void> {
  if (localStorage.getItem(ENDED)) {
    me.value = null;
    return leave();
  }
  const copy = await readCopy<Me>('me').catch(() => undefined);
  if (copy && me.peek() === undefined) me.value = copy.value;
  await askMe();
}

export async function loadDemo(): Promise<void> {
  const r = await api.GET('/api/v1/demo').catch(() => undefined);
  if (r?.data) demo.value = r.data;
}

export async function signIn(government: string, nip: string, password: string): Promise<Problem | 'network' | undefined> {
  if (localStorage.getItem(ENDED)) await leave();
  const r = await api.POST('/api/v1/sessions', { body: { government, nip, password } }).catch(() => undefined);
  if (!r) return 'network';
  if (r.error) return r.error as Problem;
  localStorage.removeItem(ENDED);
  await removeCopy('me').catch(() => undefined);
  await askMe();
  return me.peek() ? undefined : 'network';
}

/** Ends the session here and on the server; without signal at least here. */
export async function signOut(): Promise<void> {
  localStorage.setItem(ENDED, '1');
  me.value = null;
  goHome();
  await forgetCopies().catch(() => undefined);
  await leave();
}

signedOut.subscribe(n => { if (n > 0 && online.peek()) me.value = null; });

/* The cookie is shared by all tabs, so the person is too. */
if (typeof addEventListener === 'function') addEventListener('storage', e => {
  if (e.key === ENDED && e.newValue) me.value = null;
  if (e.key !== PERSON || !e.newValue) return;
  me.value = undefined;
  void loadMe();
});
