// @vitest-environment happy-dom
/* Signing in and out on a phone that several people use, with and without a signal. */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

let cookie: string | undefined, reachable: boolean, asked: string[], refuseLeave: boolean;

const reply = (status: number, body?: unknown) => new Response(body === undefined ? null : JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
const problem = (status: number, code: string) => reply(status, { type: 'about:blank', title: code, status, code, request_id: 'r' });
const mine = () => ({ employee: cookie, now: '2025-11-13T00:20:00.000Z', government: { zone: 'WIB' } });

/* a server that knows whose cookie it sees */
async function server(r: Request): Promise<Response> {
  const path = new URL(r.url).pathname;
  asked.push(`${r.method} ${path}`);
  if (!reachable) throw new TypeError('Failed to fetch');
  if (r.method === 'POST') {
    cookie = (await r.json()).nip;
    return reply(200, {});
  }
  if (!cookie) return problem(401, 'unauthenticated');
  if (r.method === 'GET') return reply(200, mine());
  if (refuseLeave) return problem(503, 'busy');
  cookie = undefined;
  return reply(204);
}

async function open() {
  vi.resetModules();
  const session = await import('./session'), store = await import('./store');
  return { session, store };
}

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  localStorage.clear();
  [cookie, reachable, asked, refuseLeave] = [undefined, true, [], false];
  vi.stubGlobal('fetch', server);
});
afterEach(() => vi.unstubAllGlobals());

it('keeps drafts and copies over a session that ended, for the same person', async () => {
  const { session, store } = await open();
  await session.signIn('jabar', '41', 'x');
  await store.keepDraft(store.reportDraft('41', '2025-11-13'), 'written');
  await store.keepCopy('41/me/today', 'seen', '');
  cookie = undefined;
  await session.loadMe();
  expect(session.me.value).toBeNull();
  expect(await session.signIn('jabar', '41', 'x')).toBeUndefined();
  expect(session.me.value?.employee).toBe('41');
  expect(await store.readDraft(store.reportDraft('41', '2025-11-13'))).toBe('written');
  expect((await store.readCopy('41/me/today'))?.value).toBe('seen');
});
it('leaves nothing that was seen to another person', async () => {
  const { session, store } = await open();
  await session.signIn('jabar', '41', 'x');
  await store.keepCopy('41/me/today', 'seen', '');
  cookie = undefined;
  await session.loadMe();
  await session.signIn('jabar', '42', 'x');
  expect(await store.readCopy('41/me/today')).toBeUndefined();
});
it('keeps what somebody was writing through another one\'s session, each his own, for a month', async () => {
  const { session, store } = await open(), draft = store.reportDraft('41', '2025-11-13'), others = store.reportDraft('42', '2025-11-13');
  await session.signIn('jabar', '41', 'x');
  await store.keepDraft(draft, 'written');
  await session.signOut();
  await session.signIn('jabar', '42', 'x');
  expect(await store.readDraft(others)).toBeUndefined();
  expect([await store.countDrafts('41'), await store.countDrafts('42'), await store.countDrafts('4')]).toEqual([1, 0, 0]);
  await store.keepDraft(others, 'his');
  await store.removeDrafts('42');
  await session.signOut();
  await session.signIn('jabar', '41', 'x');
  expect(await store.readDraft(draft)).toBe('written');
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 32 * 86_400_000 });
  await session.signOut();
  vi.useRealTimers();
  expect(await store.readDraft(draft)).toBeUndefined();
});
it('never shows the person before when the new one cannot be asked for', async () => {
  const first = await open();
  await first.session.signIn('jabar', '41', 'x');
  cookie = undefined;
  const { session } = await open();
  await session.loadMe();
  vi.stubGlobal('fetch', (r: Request) => (r.method === 'GET' ? Promise.reject(new TypeError('x')) : server(r)));
  expect(await session.signIn('jabar', '42', 'x')).toBe('network');
  expect(session.me.value).toBeNull();
  const again = await open();
  await again.session.loadMe();
  expect(again.session.me.value).toBeNull();
});
it('stays out after a sign-out without a signal, and ends the session at the next chance', async () => {
  const first = await open();
  await first.session.signIn('jabar', '41', 'x');
  reachable = false;
  await first.session.signOut();
  expect(first.session.me.value).toBeNull();
  expect(cookie).toBe('41');

  reachable = true;
  refuseLeave = true;
  const second = await open();
  asked = [];
  await second.session.loadMe();
  expect(asked).toEqual(['DELETE /api/v1/sessions/current']);
  expect(second.session.me.value).toBeNull();

  refuseLeave = false;
  await second.session.loadMe();
  expect(cookie).toBeUndefined();
  await second.session.signIn('jabar', '41', 'x');
  expect(second.session.me.value?.employee).toBe('41');
});
it('opens without a signal for who was here last', async () => {
  await (await open()).session.signIn('jabar', '41', 'x');
  reachable = false;
  const { session } = await open();
  await session.loadMe();
  expect(session.me.value?.employee).toBe('41');
});
it('follows another tab to the person who signed in there', async () => {
  const one = await open();
  await one.session.signIn('jabar', '41', 'x');
  const two = await open();
  await two.session.signIn('jabar', '42', 'x');
  expect(one.session.me.value?.employee).toBe('41');
  dispatchEvent(new StorageEvent('storage', { key: 'person', newValue: '42' }));
  await vi.waitFor(() => expect(one.session.me.value?.employee).toBe('42'));
});
it('remembers through a sign-out when a person read the notice', async () => {
  const { session, store } = await open();
  await session.signIn('jabar', '41', 'x');
  await store.keepNotice({ employee: '41', at: '2025-11-13T00:20:00.000Z' });
  await session.signOut();
  expect((await store.readShown('41'))?.at).toBe('2025-11-13T00:20:00.000Z');
  expect(await store.readShown('42')).toBeUndefined();
});
it('begins on the first screen for another person, and where one was for the same one', async () => {
  const { session } = await open();
  await session.signIn('jabar', '41', 'x');
  location.hash = '#/koreksi?hari=2025-11-12';
  cookie = undefined;
  await session.loadMe();
  await session.signIn('jabar', '41', 'x');
  expect(location.hash).toBe('#/koreksi?hari=2025-11-12');
  cookie = undefined;
  await session.loadMe();
  await session.signIn('jabar', '42', 'x');
  expect(location.hash).toBe('#/');
  location.hash = '#/lainnya';
  await session.signOut();
  expect(location.hash).toBe('#/');
});
