// @vitest-environment happy-dom
/*
 * Signing on a phone, its chain and its delivery, with the browser's own cryptography and a server that verifies what
 * comes as the program does. Two tabs, and the service worker, are copies of the modules over one database.
 */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fromText, join, toText, type Bytes } from '../base/bytes';
import { eventHash, eventId, EVENT_PREFIX } from './event';

const ME = '437509845123465216', DEVICE = toText(Uint8Array.from({ length: 16 }, (_, i) => i + 1)), TOKEN = toText(new Uint8Array(16).fill(7));
const SPOT = { lat_e7: -69024810, lon_e7: 1076188100, accuracy_metres: 12 };

interface Event { bytes?: string; signature?: string; assertion?: Record<string, string>; id?: string; direction?: string; lat_e7?: number; refusals?: number }
interface Asked { path: string; key: string | null; body: { events: Event[]; sent_at?: string } }
type Answer = { status: number; body?: unknown; headers?: Record<string, string> };
let asked: Asked[], answer: (a: Asked) => Answer | Promise<Answer>, answerToken: () => Answer | Promise<Answer>, tokensAsked: number, verifyKey: CryptoKey, locks: Locks | undefined, signedIn: string | null;

/* what of an event the tests look at */
interface Read { id: string; hash: string; type: number; flags: number; employee: bigint; seq: number; prev: string; token: string; token_issued: number; wall: number; mono: number; lat: number; good: boolean }
async function read(e: Event): Promise<Read> {
  const bytes = fromText(e.bytes!), v = new DataView(bytes.buffer), hash = await eventHash(bytes), part = (a: number, b: number) => toText(bytes.slice(a, b));
  return {
    id: eventId(hash), hash: toText(hash), type: v.getUint8(9), flags: v.getUint16(10), employee: v.getBigUint64(12), seq: Number(v.getBigUint64(36)), prev: part(44, 76), token: part(76, 92),
    token_issued: Number(v.getBigUint64(92)), wall: Number(v.getBigUint64(100)), mono: Number(v.getBigUint64(108)), lat: v.getInt32(116),
    good: await crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, verifyKey, fromText(e.signature!), join(EVENT_PREFIX, bytes)),
  };
}
const signed = () => Promise.all(asked.filter(a => a.path === '/api/v1/attendance/punches').flatMap(a => a.body.events).filter(e => e.bytes).map(read));

const received = '2025-11-13T00:31:00.000Z';
async function receiptOf(e: Event, more: object = {}) {
  if (!e.bytes) return { id: e.id, status: 'accepted', punch_id: '9', received_at: received, day: '2025-11-13', ...more };
  const r = await read(e);
  return { id: r.id, status: 'accepted', punch_id: '9', received_at: received, day: '2025-11-13', hash: r.hash, log_index: 1234, leaf_salt: 'AA', receipt: 'AAAA', receipt_signature: 'AAAA', key: 'AAAA', verdict: 'ok', reasons: [], time_grade: 'consistent', ...more };
}
const takes = async (a: Asked): Promise<Answer> => ({ status: 200, body: { receipts: await Promise.all(a.body.events.map(e => receiptOf(e))), token: { id: TOKEN, issued_at: received, signature: 'AAAA', key: 'AAAA' } } });
const problem = (status: number, code: string, reason?: string) => ({ status, body: { type: 'about:blank', title: code, status, code, reason, request_id: 'r' } });
/** No signal any more that answers nothing, and what was asked meanwhile is forgotten. */
async function backOnline(tab: Tab) {
  await tab.outbox.flush();
  asked = [];
  answer = takes;
}
const none = (): Promise<Answer> => Promise.reject(new TypeError('Failed to fetch'));

class Locks {
  private tail = new Map<string, Promise<unknown>>();
  request<T>(name: string, run: () => Promise<T>): Promise<T> {
    const mine = (this.tail.get(name) ?? Promise.resolve()).then(run, run);
    this.tail.set(name, mine.catch(() => undefined));
    return mine;
  }
}

interface Tab { outbox: typeof import('./outbox'); store: typeof import('../base/store'); keys: typeof import('./keys'); time: typeof import('./chain_time') & typeof import('../base/tokentime') }
const tabs: Tab[] = [];
async function openTab(employee = ME): Promise<Tab> {
  vi.resetModules();
  const session = await import('../base/session'), tab = { outbox: await import('./outbox'), store: await import('../base/store'), keys: await import('./keys'), time: { ...await import('./chain_time'), ...await import('../base/tokentime') } };
  session.me.value = { employee, government: { is_demo: false, zone: 'WIB' } } as never;
  tabs.push(tab);
  return tab;
}
/** A phone that enrolled, with a token that came `ago` ms before now. */
async function enrolled(tab: Tab, { offset = 0, ago = 60_000, token = true, credential = undefined as string | undefined } = {}) {
  const keys = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
  verifyKey = keys.publicKey;
  const issued_at = Date.now() + offset - ago;
  await tab.store.keepKey({ employee: ME, device: DEVICE, keys, state: 'active', enrolled_at: received, credential,
    token: token ? { id: TOKEN, issued_at, signature: 'AAAA', key: 'AAAA', offset, life: tab.time.LIFE, mono: performance.now() - ago } : undefined });
}
/* everything that lies on the disk, as text */
async function disk(): Promise<string> {
  const db = await new Promise<IDBDatabase>((resolve, reject) => { const r = indexedDB.open('luwes'); r.onsuccess = () => resolve(r.result); r.onerror = () => reject(r.error); });
  const all = await Promise.all([...db.objectStoreNames].map(name => new Promise<unknown[]>(resolve => { const r = db.transaction(name).objectStore(name).getAll(); r.onsuccess = () => resolve(r.result); })));
  db.close();
  return JSON.stringify(all, (_k, v) => v instanceof ArrayBuffer || ArrayBuffer.isView(v) ? String(v) : v);
}

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  localStorage.clear();
  asked = [];
  answer = takes;
  answerToken = none;
  tokensAsked = 0;
  signedIn = ME;
  locks = new Locks();
  Object.defineProperty(navigator, 'locks', { get: () => locks, configurable: true });
  vi.stubGlobal('fetch', async (input: Request | string, init?: RequestInit) => {
    const path = typeof input === 'string' ? input : new URL(input.url).pathname;
    if (path === '/api/v1/me') return signedIn ? new Response(JSON.stringify({ employee: signedIn, now: new Date().toISOString(), government: { zone: 'WIB' } })) : new Response('{}', { status: 401 });
    if (path === '/api/v1/attendance/token') {
      tokensAsked++;
      const { status, body } = await answerToken();
      return new Response(JSON.stringify(body), { status, headers: { 'content-type': status === 200 ? 'application/json' : 'application/problem+json' } });
    }
    const a: Asked = { path, key: new Headers(typeof input === 'string' ? init!.headers : input.headers).get('Idempotency-Key'), body: JSON.parse(typeof input === 'string' ? String(init!.body) : await input.text() || '{}') as Asked['body'] };
    asked.push(a);
    const { status, body, headers } = await answer(a);
    return new Response(JSON.stringify(body), { status, headers: { ...headers, 'content-type': status === 200 ? 'application/json' : 'application/problem+json' } });
  });
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: new Date('2025-11-13T03:00:00Z') });
});
afterEach(async () => {
  for (const tab of tabs.splice(0)) await tab.outbox.flush().catch(() => undefined);
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('a press', () => {
  it('is signed over what the contract says, and only then kept and shown', async () => {
    answer = none;
    const tab = await openTab();
    await enrolled(tab, { offset: 5000 });
    const item = await tab.outbox.recordEvent('in', SPOT), now = Date.now() + 5000;
    expect(tab.outbox.waiting.value).toEqual([item]);
    expect(item).toMatchObject({ state: 'waiting', signed: { device: DEVICE, seq: 1, token: TOKEN, offset: 5000 }, body: { direction: 'in', phone_at: new Date(now).toISOString() } });
    answer = takes;
    await tab.outbox.flush();
    const [e] = await signed();
    expect(e).toMatchObject({ good: true, id: item.id, type: 1, employee: BigInt(ME), seq: 1, prev: toText(new Uint8Array(32)), token: TOKEN, wall: now, lat: SPOT.lat_e7 });
    expect(e!.flags & 2).toBe(2);
    expect(e!.mono).toBeGreaterThanOrEqual(60_000);
    expect(e!.mono).toBeLessThan(62_000);
    expect(asked.at(-1)!.body.events[0]).not.toHaveProperty('direction');
  });
  it('of a page that has not lived since the token says nothing of that page\'s clock', async () => {
    const one = await openTab();
    await enrolled(one);
    const two = await openTab();
    await two.outbox.recordEvent('in');
    await two.outbox.flush();
    expect((await signed())[0]).toMatchObject({ good: true, mono: 0, flags: 0, token: TOKEN });
  });
  it('without a token yet is signed all the same', async () => {
    const tab = await openTab();
    await enrolled(tab, { token: false });
    await tab.outbox.recordEvent('in');
    await tab.outbox.flush();
    expect((await signed())[0]).toMatchObject({ good: true, token: toText(new Uint8Array(16)), token_issued: 0, mono: 0 });
  });
  it('of a phone without a key is recorded unsigned', async () => {
    const tab = await openTab();
    const item = await tab.outbox.recordEvent('in', SPOT);
    await tab.outbox.flush();
    expect(item.signed).toBeUndefined();
    expect(asked[0]!.body).toEqual({ events: [{ id: item.id, direction: 'in', phone_at: expect.any(String), ...SPOT }] });
  });
  it('of another person of the same phone is not signed with this one\'s key', async () => {
    const tab = await openTab();
    await enrolled(tab);
    const other = await openTab('42');
    expect((await other.outbox.recordEvent('in')).signed).toBeUndefined();
  });
  it('whose key no longer signs is recorded unsigned, and the key is known to be broken', async () => {
    const tab = await openTab();
    await enrolled(tab);
    const wrong = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
    await tab.store.changeKey(ME, DEVICE, { keys: { privateKey: wrong.publicKey, publicKey: wrong.publicKey } });
    const item = await tab.outbox.recordEvent('in', SPOT);
    expect(item.signed).toBeUndefined();
    await tab.outbox.refreshKey();
    expect(tab.outbox.phoneKey.value).toMatchObject({ state: 'broken' });
    await tab.outbox.flush();
    expect(asked[0]!.body.events[0]).toMatchObject({ id: item.id, ...SPOT });
  });
  it('is not shown as kept when the disk refuses, and the chain has not grown', async () => {
    const tab = await openTab();
    await enrolled(tab);
    const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => { throw new DOMException('full', 'QuotaExceededError'); });
    await expect(tab.outbox.recordEvent('in')).rejects.toThrow();
    full.mockRestore();
    expect(tab.outbox.waiting.value).toEqual([]);
    expect(await tab.store.readChain(DEVICE)).toBeUndefined();
    await tab.outbox.recordEvent('in');
    expect((await tab.store.readChain(DEVICE))!.seq).toBe(1);
  });
});

describe('the chain', () => {
  it('names the one before, and nothing forks when two tabs press together', async () => {
    answer = none;
    const one = await openTab(), two = await openTab();
    await enrolled(one);
    await Promise.all([one.outbox.recordEvent('in'), two.outbox.recordEvent('out'), one.outbox.recordEvent('check'), two.outbox.recordEvent('answer')]);
    await backOnline(one);
    await one.outbox.flush();
    const all = await signed();
    expect(all.map(e => [e.seq, e.good])).toEqual([[1, true], [2, true], [3, true], [4, true]]);
    for (const [i, e] of all.entries()) expect(e.prev).toBe(i ? all[i - 1]!.hash : toText(new Uint8Array(32)));
  });
  it('does not fork either in a browser without locks', async () => {
    answer = none;
    locks = undefined;
    const one = await openTab(), two = await openTab();
    await enrolled(one);
    await Promise.all([one.outbox.recordEvent('in'), two.outbox.recordEvent('out')]);
    await backOnline(one);
    await one.outbox.flush();
    const all = await signed();
    expect(all.map(e => e.seq)).toEqual([1, 2]);
    expect(all[1]!.prev).toBe(all[0]!.hash);
  });
  it('takes a second press of a hasty thumb for the first', async () => {
    answer = none;
    const one = await openTab(), two = await openTab();
    await enrolled(one);
    const [a, b] = await Promise.all([one.outbox.recordEvent('in'), two.outbox.recordEvent('in')]);
    expect(b.id).toBe(a.id);
    expect((await one.store.readChain(DEVICE))!.seq).toBe(1);
  });
  it('knows its own last link when the answer of the disk was lost', async () => {
    const tab = await openTab();
    await enrolled(tab);
    const item = await tab.outbox.recordEvent('in'), head = (await tab.store.readChain(DEVICE))!;
    expect(await tab.store.keepSigned(item, 0, head)).toBe(true);
    expect(await tab.store.keepSigned(item, 0, { ...head, hash: new Uint8Array(32) })).toBe(false);
    expect(await tab.store.keepSigned(item, 5, { ...head, seq: 6 })).toBe(false);
    expect(await tab.store.readChain(DEVICE)).toEqual(head);
  });
  it('goes on in a database that WebKit lost and opened again', async () => {
    const tab = await openTab();
    await enrolled(tab);
    await tab.outbox.recordEvent('in');
    const real = IDBDatabase.prototype.transaction;
    let lost = 1;
    const broken = vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function (this: IDBDatabase, ...a: Parameters<typeof real>) {
      if (lost-- > 0) throw new DOMException('Connection to Indexed Database server lost', 'UnknownError');
      return real.apply(this, a);
    });
    await tab.outbox.recordEvent('out');
    broken.mockRestore();
    expect((await tab.store.readChain(DEVICE))!.seq).toBe(2);
  });
  it('is sent in its order, also when the phone\'s clock was set back between two presses', async () => {
    answer = none;
    const tab = await openTab();
    await enrolled(tab);
    await tab.outbox.recordEvent('in');
    vi.setSystemTime(Date.now() - 3_600_000);
    await tab.outbox.recordEvent('out');
    await backOnline(tab);
    await tab.outbox.flush();
    expect((await signed()).map(e => e.seq)).toEqual([1, 2]);
  });
  it('begins anew with a new key, and what the old one signed still goes', async () => {
    answer = none;
    const tab = await openTab();
    await enrolled(tab);
    await tab.outbox.recordEvent('in', undefined, undefined, Date.now() - 5000);
    const old = verifyKey, keys = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']), device = toText(new Uint8Array(16).fill(9));
    await tab.store.keepKey({ employee: ME, device, keys, state: 'active', enrolled_at: received });
    expect(await tab.store.readChain(DEVICE)).toBeUndefined();
    await tab.outbox.recordEvent('out');
    await backOnline(tab);
    await tab.outbox.flush();
    expect(asked.map(a => a.body.events.length)).toEqual([1, 1]);
    verifyKey = old;
    expect((await signed()).map(e => [e.seq, e.good])).toEqual([[1, true], [1, false]]);
  });
});

describe('the time', () => {
  it.each([[0, '03:00:00.000'], [-7_200_000, '01:00:00.000']])('that a phone %i ms off says is the server\'s', async (offset, text) => {
    const tab = await openTab();
    await enrolled(tab, { offset });
    expect((await tab.outbox.recordEvent('in')).made_at).toBe(`2025-11-13T${text}Z`);
  });
  it('of sending tells how far the clock was moved since the token, because the offset stays the token\'s', async () => {
    answer = none;
    const tab = await openTab();
    await enrolled(tab, { offset: 1000 });
    await tab.outbox.recordEvent('in');
    /* the clock is set forward by an hour, then a new token comes, and only then the event goes */
    vi.setSystemTime(Date.now() + 3_600_000);
    await tab.time.keepToken(ME, DEVICE, tab.time.tokenOf({ id: toText(new Uint8Array(16).fill(8)), issued_at: new Date(Date.now() - 3_599_000).toISOString(), signature: '', key: '' }, Date.now(), Date.now()));
    await backOnline(tab);
    await tab.outbox.flush();
    expect(asked[0]!.body.sent_at).toBe(new Date(Date.now() + 1000).toISOString());
    expect((await signed())[0]!.token).toBe(TOKEN);
  });
  it('is measured in the middle of the way there and back, and the newer token stays', async () => {
    const tab = await openTab();
    await enrolled(tab, { token: false });
    const reply = (at: number) => ({ id: toText(new Uint8Array(16).fill(at)), issued_at: new Date(Date.UTC(2025, 10, 13, 0, at)).toISOString(), signature: '', key: '' }), noon = Date.UTC(2025, 10, 13, 12);
    const t = tab.time.tokenOf(reply(30), noon, noon + 4000);
    expect(t.offset).toBe(Date.UTC(2025, 10, 13, 0, 30) - noon - 2000);
    await tab.time.keepToken(ME, DEVICE, t);
    await tab.time.keepToken(ME, DEVICE, tab.time.tokenOf(reply(29), noon, noon));
    await tab.time.keepToken(ME, toText(new Uint8Array(16)), tab.time.tokenOf(reply(31), noon, noon));
    expect((await tab.store.readKey(ME))!.token!.id).toBe(reply(30).id);
  });
  it('comes anew with the receipts, and batches part where the correction of the clock does', async () => {
    answer = none;
    const tab = await openTab();
    await enrolled(tab, { offset: 0 });
    await tab.outbox.recordEvent('in');
    await tab.store.changeKey(ME, DEVICE, { token: { ...(await tab.store.readKey(ME))!.token!, offset: 500, issued_at: 1 } });
    await tab.outbox.recordEvent('out');
    await backOnline(tab);
    await tab.outbox.flush();
    expect(asked.map(a => Date.parse(a.body.sent_at!) - Date.now())).toEqual([0, 500]);
    expect((await tab.store.readKey(ME))!.token).toMatchObject({ id: TOKEN, issued_at: Date.parse(received), life: tab.time.LIFE });
  });
});

describe('the server\'s time', () => {
  const NEW = toText(new Uint8Array(16).fill(9)), gives = (at = Date.now()) => ({ status: 200, body: { id: NEW, issued_at: new Date(at).toISOString(), signature: 'AAAA', key: 'AAAA' } });
  it('that is just being fetched is waited for by a press', async () => {
    const tab = await openTab();
    await enrolled(tab, { ago: 3_600_000 });
    let arrive!: () => void;
    answerToken = () => new Promise(resolve => { arrive = () => resolve(gives()); });
    tab.outbox.startOutbox();
    await vi.waitFor(() => expect(tokensAsked).toBe(1));
    const pressed = tab.outbox.recordEvent('in');
    arrive();
    expect((await pressed).signed).toMatchObject({ token: NEW });
  });
  it('that does not come is not waited for longer than a moment', async () => {
    const tab = await openTab();
    await enrolled(tab, { ago: 3_600_000 });
    answerToken = () => new Promise(() => undefined);
    tab.outbox.startOutbox();
    await vi.waitFor(() => expect(tokensAsked).toBe(1));
    const pressed = tab.outbox.recordEvent('in');
    await vi.advanceTimersByTimeAsync(1_500);
    expect((await pressed).signed).toMatchObject({ token: TOKEN });
  });
  it('is not asked for again within a minute, but for a clock that was moved', async () => {
    const tab = await openTab();
    await enrolled(tab, { ago: 30_000 });
    answerToken = () => gives();
    await tab.outbox.renewToken();
    expect(tokensAsked).toBe(0);
    (await import('../base/api')).clockOffset.value = 3_600_000;
    await tab.outbox.renewToken();
    expect(tokensAsked).toBe(1);
    expect((await tab.store.readKey(ME))!.token!.id).toBe(NEW);
  });
  it('of a phone that has ended says so, and the next press is unsigned', async () => {
    const tab = await openTab();
    await enrolled(tab, { ago: 3_600_000 });
    answerToken = () => problem(409, 'conflict');
    await tab.outbox.renewToken();
    expect(tab.outbox.phoneKey.value).toMatchObject({ state: 'ended' });
    expect((await tab.outbox.recordEvent('in')).signed).toBeUndefined();
  });
  it('of a server that is away, or of another person\'s session, changes nothing', async () => {
    const tab = await openTab();
    await enrolled(tab, { ago: 3_600_000 });
    for (const reply of [none, () => problem(503, 'busy'), () => problem(404, 'not_found'), () => problem(401, 'unauthenticated')]) {
      answerToken = reply;
      await tab.outbox.renewToken();
      expect((await tab.store.readKey(ME))).toMatchObject({ state: 'active', token: { id: TOKEN } });
    }
  });
  it('that a receipt calls ended ends the key here', async () => {
    answer = async a => ({ status: 200, body: { receipts: await Promise.all(a.body.events.map(e => receiptOf(e, { status: 'quarantined', reason: 'device_ended' }))) } });
    const tab = await openTab();
    await enrolled(tab);
    await tab.outbox.recordEvent('in');
    await tab.outbox.flush();
    expect(await tab.store.readKey(ME)).toMatchObject({ state: 'ended' });
    expect(tab.outbox.outbox.value).toMatchObject([{ state: 'sent', receipt: { status: 'quarantined' } }]);
  });
});

describe('on the disk', () => {
  it('a position and the bytes of an event lie sealed, and go with the receipt, which stays', async () => {
    answer = none;
    const tab = await openTab();
    await enrolled(tab);
    const item = await tab.outbox.recordEvent('in', SPOT);
    expect(await disk()).not.toContain(String(SPOT.lat_e7));
    expect((await tab.keys.unseal<{ plain: object }>(item.secret!))!.plain).toEqual(SPOT);
    answer = takes;
    await tab.outbox.flush();
    const [kept] = await tab.store.readOutbox();
    expect(kept).toMatchObject({ id: item.id, state: 'sent', receipt: { log_index: 1234, verdict: 'ok' } });
    expect(kept!.secret).toBeUndefined();
    expect(await tab.store.readReceipts(ME)).toMatchObject([{ id: item.id, direction: 'in', made_at: item.made_at, receipt: { receipt_signature: 'AAAA' } }]);
  });
  it('a position that goes unsigned lies sealed too', async () => {
    answer = none;
    const tab = await openTab();
    await tab.outbox.recordEvent('in', SPOT);
    expect(await disk()).not.toContain(String(SPOT.lat_e7));
  });
  it('of a browser that keeps no keys the event is recorded in the open rather than not at all', async () => {
    const tab = await openTab();
    vi.spyOn(crypto.subtle, 'generateKey').mockRejectedValue(new DOMException('no', 'OperationError'));
    const item = await tab.outbox.recordEvent('in', SPOT);
    vi.restoreAllMocks();
    expect(item.body).toMatchObject(SPOT);
    await tab.outbox.flush();
    expect(asked[0]!.body.events[0]).toMatchObject(SPOT);
  });
  it('what cannot be unsealed any more says so instead of waiting for ever', async () => {
    answer = none;
    const tab = await openTab();
    await enrolled(tab);
    await tab.outbox.recordEvent('in', SPOT);
    await tab.store.removePhone('seal');
    await tab.outbox.flush();
    expect(tab.outbox.rejected.value.map(i => i.reason)).toEqual(['unreadable']);
  });
  it('receipts and unsent events outlive a sign-out', async () => {
    const tab = await openTab();
    await enrolled(tab);
    await tab.outbox.recordEvent('in');
    await tab.outbox.flush();
    answer = none;
    await tab.outbox.recordEvent('out');
    await tab.store.forgetCopies();
    expect((await tab.store.readOutbox()).map(i => i.state)).toEqual(['waiting']);
    expect(await tab.store.readReceipts(ME)).toHaveLength(1);
    expect(await tab.store.readKey(ME)).toBeDefined();
  });
  it('of a thousand receipts and more the oldest go', async () => {
    const tab = await openTab(), receipt = { id: '', status: 'accepted' };
    const item = (n: number) => ({ id: `id-${n}`, owner: ME, kind: 'punch' as const, body: {}, made_at: new Date(n).toISOString(), tries: 0, state: 'sent' as const });
    for (let n = 0; n < 1003; n++) await tab.store.keepSettled(item(n), { id: `id-${n}`, owner: ME, made_at: item(n).made_at, direction: 'in', receipt });
    await tab.store.trimReceipts();
    const left = await tab.store.readReceipts(ME);
    expect([left.length, left[0]!.id, left.at(-1)!.id]).toEqual([1000, 'id-1002', 'id-3']);
  });
});

describe('a refusal', () => {
  it('of what was signed sends it once more without, and says so', async () => {
    answer = a => a.body.events.some(e => e.bytes) ? problem(400, 'bad_field', 'signature does not match') : takes(a);
    const tab = await openTab();
    await enrolled(tab);
    const item = await tab.outbox.recordEvent('in', SPOT, undefined);
    await tab.outbox.flush();
    expect(asked.at(-1)!.body.events).toEqual([expect.objectContaining({ id: item.id, direction: 'in', ...SPOT })]);
    expect(tab.outbox.outbox.value).toMatchObject([{ id: item.id, state: 'sent', unsigned: 'bad_field' }]);
  });
  it('because the server does not know this phone ends its key, so that it can be enrolled anew', async () => {
    answer = a => a.body.events.some(e => e.bytes) ? problem(400, 'bad_field', 'no phone of this person') : takes(a);
    const tab = await openTab();
    await enrolled(tab);
    await tab.outbox.recordEvent('in');
    await tab.outbox.flush();
    expect(await tab.store.readKey(ME)).toMatchObject({ state: 'ended' });
    expect(tab.outbox.outbox.value).toMatchObject([{ state: 'sent', unsigned: 'bad_field' }]);
  });
  it('of both is a refusal', async () => {
    answer = () => problem(403, 'forbidden');
    const tab = await openTab();
    await enrolled(tab);
    await tab.outbox.recordEvent('in');
    await tab.outbox.flush();
    expect(asked).toHaveLength(2);
    expect(tab.outbox.rejected.value.map(i => i.reason)).toEqual(['forbidden']);
  });
  it('because somebody else has signed in meanwhile waits for its owner', async () => {
    answer = () => problem(400, 'bad_field', 'of another person');
    const tab = await openTab();
    await enrolled(tab);
    await tab.outbox.recordEvent('in');
    expect(await tab.outbox.flush()).toBe(false);
    expect(tab.outbox.waiting.value).toMatchObject([{ signed: { seq: 1 } }]);
    answer = takes;
    await tab.outbox.flush();
    expect((await signed()).at(-1)).toMatchObject({ good: true });
  });
  it('of one does not hold up the others', async () => {
    answer = none;
    const tab = await openTab();
    await enrolled(tab);
    const first = await tab.outbox.recordEvent('in', undefined, undefined, Date.now() - 5000), second = await tab.outbox.recordEvent('out');
    const bad = (await tab.keys.unseal<{ event: { bytes: string } }>(first.secret!))!.event.bytes;
    answer = a => a.body.events.some(e => e.bytes === bad) ? problem(400, 'bad_field', 'not an event') : takes(a);
    await tab.outbox.flush();
    expect(tab.outbox.outbox.value).toMatchObject([{ id: first.id, state: 'sent', unsigned: 'bad_field' }, { id: second.id, state: 'sent', signed: { seq: 2 } }]);
  });
  it('of the server\'s own making is counted for the event', async () => {
    answer = () => problem(503, 'busy');
    const tab = await openTab();
    await enrolled(tab);
    await tab.outbox.recordEvent('in');
    await tab.outbox.flush();
    answer = takes;
    await tab.outbox.flush();
    expect(asked.at(-1)!.body.events[0]!.refusals).toBe(asked.length - 1);
  });
  it('lasts as long as the server said, also for a page opened later', async () => {
    answer = () => ({ ...problem(503, 'busy'), headers: { 'Retry-After': '120' } });
    const one = await openTab();
    await enrolled(one);
    await one.outbox.recordEvent('in');
    await one.outbox.flush();
    asked = [];
    answer = takes;
    const two = await openTab();
    two.outbox.startOutbox();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked.filter(a => a.path.endsWith('/punches'))).toEqual([]);
  });
});

describe('a busy morning', () => {
  const busy = () => vi.setSystemTime(new Date('2025-11-13T00:25:00Z'));
  it.each([[6 * 60 + 59, false], [7 * 60, true], [8 * 60 + 29, true], [8 * 60 + 30, false], [16 * 60, false]])('at minute %i is one: %s', async (minute, is) => {
    expect((await import('./outbox_delivery')).isRush(minute)).toBe(is);
  });
  it.each<[boolean, boolean, number, number]>([[true, true, 0.5, 10_000], [true, true, 1, 20_000], [true, false, 1, 0], [false, true, 1, 0]])('spreads what is signed: %s, in it: %s', async (isSigned, rush, chance, ms) => {
    expect((await import('./outbox_delivery')).firstDelay(isSigned, rush, chance)).toBe(ms);
  });
  it('sends what is signed within twenty seconds, and at once when asked to', async () => {
    busy();
    vi.spyOn(Math, 'random').mockReturnValue(0.5);
    const tab = await openTab();
    await enrolled(tab);
    await tab.outbox.recordEvent('in');
    await vi.waitFor(() => expect(tab.outbox.soon.value).toBe(true));
    await vi.advanceTimersByTimeAsync(8_000);
    expect(asked).toEqual([]);
    await vi.advanceTimersByTimeAsync(2_000);
    await vi.waitFor(() => expect(tab.outbox.waiting.value).toEqual([]));
    expect(tab.outbox.soon.value).toBe(false);
    await tab.outbox.recordEvent('out');
    await tab.outbox.flush();
    expect(await signed()).toHaveLength(2);
    vi.restoreAllMocks();
  });
  it('does not wait with what counts by its arrival', async () => {
    busy();
    const tab = await openTab();
    await tab.outbox.recordEvent('in');
    await vi.waitFor(() => expect(tab.outbox.waiting.value).toEqual([]));
  });
  it('spreads what waited over two minutes when thousands of phones get their signal back', async () => {
    vi.setSystemTime(new Date('2025-11-13T00:05:00Z'));
    answer = none;
    const tab = await openTab();
    await enrolled(tab);
    tab.outbox.startOutbox();
    await tab.outbox.recordEvent('in');
    await tab.outbox.flush();
    busy();
    asked = [];
    answer = takes;
    vi.spyOn(Math, 'random').mockReturnValue(0.9);
    dispatchEvent(new Event('online'));
    await vi.advanceTimersByTimeAsync(100_000);
    expect(asked.filter(a => a.path.endsWith('/punches'))).toEqual([]);
    await vi.advanceTimersByTimeAsync(10_000);
    await vi.waitFor(() => expect(tab.outbox.waiting.value).toEqual([]));
    vi.restoreAllMocks();
  });
  it('is not waited for when the clock was set back meanwhile', async () => {
    busy();
    const tab = await openTab();
    await enrolled(tab);
    await tab.outbox.recordEvent('in');
    vi.setSystemTime(new Date('2025-11-12T21:00:00Z'));
    await tab.outbox.recordEvent('out');
    await vi.advanceTimersByTimeAsync(3_000);
    await vi.waitFor(() => expect(tab.outbox.waiting.value).toEqual([]));
  });
});

describe('a passkey', () => {
  const buffer = (...b: number[]) => Uint8Array.from(b).buffer;
  const give = (get: () => Promise<unknown>) => {
    vi.stubGlobal('PublicKeyCredential', function PublicKeyCredential() { /* only its presence counts */ });
    Object.defineProperty(navigator, 'credentials', { value: { get }, configurable: true });
  };
  const assertion = { rawId: buffer(1, 2), response: { authenticatorData: buffer(3), clientDataJSON: buffer(4), signature: buffer(5), userHandle: null } };
  it('is asked for after the event is kept, and goes with it', async () => {
    const tab = await openTab();
    await enrolled(tab, { credential: toText(Uint8Array.of(1, 2)) });
    let onDisk = 0, challenge: Bytes | undefined;
    give(vi.fn(async (o?: { publicKey: { challenge: Bytes; userVerification: string } }) => {
      onDisk = (await tab.store.readOutbox()).length;
      challenge = o!.publicKey.challenge;
      expect(o!.publicKey.userVerification).toBe('required');
      expect(asked).toEqual([]);
      return assertion;
    }) as never);
    const item = await tab.outbox.recordEvent('in', SPOT);
    await vi.waitFor(() => expect(tab.outbox.waiting.value).toEqual([]));
    expect(onDisk).toBe(1);
    const [e] = await signed();
    expect(e).toMatchObject({ good: true, id: item.id });
    expect(asked.at(-1)!.body.events[0]!.assertion).toEqual({ credential_id: 'AQI', authenticator_data: 'Aw', client_data: 'BA', signature: 'BQ' });
    const { assertionChallenge } = await import('./event');
    expect(challenge).toEqual(await assertionChallenge(TOKEN, fromText(e!.hash)));
  });
  it.each([['is refused', () => Promise.reject(new DOMException('no', 'NotAllowedError'))], ['gives nothing', () => Promise.resolve(null)]])('that %s is no obstacle', async (_name, get) => {
    const tab = await openTab();
    await enrolled(tab, { credential: 'AQI' });
    give(get);
    await tab.outbox.recordEvent('in');
    await vi.waitFor(() => expect(tab.outbox.waiting.value).toEqual([]));
    expect(asked.at(-1)!.body.events[0]).not.toHaveProperty('assertion');
  });
  it('that never answers is given up after a while, also by a page that was closed meanwhile', async () => {
    const tab = await openTab();
    await enrolled(tab, { credential: 'AQI' });
    give(() => new Promise(() => undefined));
    await tab.outbox.recordEvent('in');
    await tab.outbox.flush();
    expect(asked).toEqual([]);
    vi.setSystemTime(Date.now() + 17_000);
    const other = await openTab();
    await other.outbox.flush();
    expect(asked).toHaveLength(1);
  });
});

describe('a held event', () => {
  it('waits for the kiosk that reads it, and goes when it is let go', async () => {
    const tab = await openTab(), { kioskText } = await import('./outbox_delivery');
    await enrolled(tab);
    const item = await tab.outbox.recordEvent('in', SPOT, undefined, Date.now(), { held_ms: 60_000 });
    await tab.outbox.flush();
    expect(asked).toEqual([]);
    const text = (await kioskText(item))!, raw = fromText(text.slice(5));
    expect(text.slice(0, 5)).toBe('LW1E.');
    expect(await read({ signature: toText(raw.slice(0, 64)), bytes: toText(raw.slice(64)) })).toMatchObject({ good: true, id: item.id });
    await tab.outbox.release(item.id);
    await vi.waitFor(() => expect(tab.outbox.waiting.value).toEqual([]));
    expect(await kioskText(tab.outbox.outbox.value[0]!)).toBeUndefined();
  });
});

describe('the service worker', () => {
  async function left(direction: 'in' | 'out' = 'in') {
    answer = none;
    const tab = await openTab();
    await enrolled(tab);
    const item = await tab.outbox.recordEvent(direction, SPOT);
    await backOnline(tab);
    vi.resetModules();
    return { item, tab, worker: (await import('./outbox_worker')) };
  }
  it('delivers what a closed page left, with its signature, once', async () => {
    const { item, tab, worker } = await left();
    await Promise.all([worker.deliverInWorker(), worker.deliverInWorker(), tab.outbox.flush()]);
    expect((await signed()).map(e => [e.id, e.good])).toEqual([[item.id, true]]);
    await tab.outbox.refreshOutbox();
    expect(tab.outbox.outbox.value).toMatchObject([{ state: 'sent', receipt: { log_index: 1234 } }]);
    expect(await tab.store.readReceipts(ME)).toHaveLength(1);
  });
  it.each([['another one', '42'], ['nobody', null]])('sends nothing when %s is signed in', async (_name, who) => {
    const { worker } = await left();
    signedIn = who;
    await worker.deliverInWorker();
    expect(asked).toEqual([]);
  });
  it('delivers a report, a notice and a correction too, each under its own id', async () => {
    const { tab, worker } = await left();
    answer = none;
    const kept = [await tab.outbox.recordReport({ day: '2025-11-12', version: 0, submit: true, items: [] }), await tab.outbox.recordNotice({ kind: 'sick_leave' }), await tab.outbox.recordCorrection({ day: '2025-11-11' })];
    await backOnline(tab);
    answer = a => a.body.events ? takes(a) : { status: 200, body: { version: 1, state: 'submitted' } };
    await worker.deliverInWorker();
    expect(new Map(asked.slice(1).map(a => [a.path, a.key]))).toEqual(new Map([['/api/v1/reports/daily', kept[0]!.id], ['/api/v1/org/notices', kept[1]!.id], ['/api/v1/attendance/corrections', kept[2]!.id]]));
    expect((await tab.store.readOutbox()).map(i => i.state)).toEqual(['sent', 'sent', 'sent', 'sent']);
  });
  it('asks for another time when the server did not take it', async () => {
    const { worker, tab } = await left();
    answer = () => problem(503, 'busy');
    await expect(worker.deliverInWorker()).rejects.toThrow();
    expect((await tab.store.readOutbox()).map(i => i.state)).toEqual(['waiting']);
  });
  it('asks nothing of the server when nothing waits', async () => {
    const fetch = vi.fn();
    vi.stubGlobal('fetch', fetch);
    vi.resetModules();
    await (await import('./outbox_worker')).deliverInWorker();
    expect(fetch).not.toHaveBeenCalled();
  });
});
