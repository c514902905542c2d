// @vitest-environment happy-dom
/*
 * The outbox against a server that answers as the contract says, and against none. Two tabs are two copies
 * of the module over one database and one lock manager, as in a browser.
 */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

interface Event { id: string; direction: string; phone_at: string }
interface Asked { method: string; path: string; headers: Headers; body: { events: Event[] } & Record<string, unknown> }
type Answer = { status: number; body?: unknown; headers?: Record<string, string> };

/** Minutes before now, on this phone's clock. */
const ago = (minutes: number) => Date.now() - minutes * 60_000;

let asked: Asked[], answer: (a: Asked) => Answer | Promise<Answer>;

const accepted = (e: Event) => ({ id: e.id, status: 'accepted', punch_id: '1', received_at: '2025-11-13T00:20:00.000Z', day: '2025-11-13' });
const receipts = (a: Asked) => ({ status: 200, body: { receipts: a.body.events.map(accepted) } });
const problem = (status: number, code: string, reason?: string) => ({ status, body: { type: 'about:blank', title: code, status, code, reason, request_id: 'r' } });
const none = (): Promise<Answer> => Promise.reject(new TypeError('Failed to fetch'));
/** The ids of each request for punches. */
const batches = () => asked.filter(a => a.path === '/api/v1/attendance/punches').map(a => a.body.events.map(e => e.id));

/* navigator.locks of a browser: one holder per name, in order, over all tabs */
class Locks {
  private tail = new Map<string, Promise<unknown>>();
  request<T>(name: string, run: () => Promise<T>): Promise<T> {
    const mine = (this.tail.get(name) ?? Promise.resolve()).then(run, run);
    this.tail.set(name, mine.catch(() => undefined));
    return mine;
  }
}

type Outbox = typeof import('./outbox');
type Store = typeof import('../base/store');
interface Tab { outbox: Outbox; store: Store }

async function openTab(employee = '41', is_demo = false): Promise<Tab> {
  vi.resetModules();
  const session = await import('../base/session'), outbox = await import('./outbox'), store = await import('../base/store');
  session.me.value = { employee, government: { is_demo } } as never;
  tabs.push({ outbox, store });
  return { outbox, store };
}
const tabs: Tab[] = [];

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  localStorage.clear();
  asked = [];
  answer = receipts;
  Object.defineProperty(navigator, 'locks', { value: new Locks(), configurable: true });
  vi.stubGlobal('fetch', async (r: Request) => {
    const a: Asked = { method: r.method, path: new URL(r.url).pathname, headers: r.headers, body: r.headers.get('content-type')?.includes('json') ? await r.json() : {} };
    asked.push(a);
    const { status, body, headers } = await answer(a);
    return new Response(JSON.stringify(body), { status, headers: { ...headers, 'content-type': status === 200 ? 'application/json' : 'application/problem+json' } });
  });
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});
/* a test that ends leaves no sending under way */
afterEach(async () => {
  for (const tab of tabs.splice(0)) await tab.outbox.flush().catch(() => undefined);
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('recording', () => {
  it('has the event on disk before it is shown as kept', async () => {
    answer = none;
    const { outbox, store } = await openTab();
    const onDisk: string[][] = [];
    const stop = outbox.outbox.subscribe(items => { if (items.length) void store.readOutbox().then(all => onDisk.push(all.map(i => i.id))); });
    const item = await outbox.recordEvent('in', { lat_e7: -69024810, lon_e7: 1076188100, accuracy_metres: 12 });
    expect(outbox.waiting.value.map(i => i.id)).toEqual([item.id]);
    expect((await store.readOutbox()).map(i => [i.id, i.state])).toEqual([[item.id, 'waiting']]);
    expect(onDisk[0]).toEqual([item.id]);
    stop();
  });
  it('shows nothing as kept when the disk refuses', async () => {
    const { outbox } = await openTab();
    globalThis.indexedDB = { open: () => { throw new DOMException('full', 'QuotaExceededError'); } } as unknown as IDBFactory;
    await expect(outbox.recordEvent('in')).rejects.toThrow('full');
    expect(outbox.waiting.value).toEqual([]);
    expect(asked).toEqual([]);
  });
  it('sends what the contract asks for, with the id as key of everything', async () => {
    const { outbox } = await openTab();
    const item = await outbox.recordEvent('out', undefined, 'denied');
    await outbox.flush();
    const [a] = asked;
    expect([a!.method, a!.path]).toEqual(['POST', '/api/v1/attendance/punches']);
    expect(a!.headers.get('X-Luwes')).toBe('1');
    expect(a!.body.events).toEqual([{ id: item.id, direction: 'out', phone_at: expect.stringMatching(/Z$/), position_error: 'denied' }]);
  });
});

describe('a second press', () => {
  it('within a minute is the first one again, also in another tab', async () => {
    answer = none;
    const one = await openTab(), two = await openTab();
    const [a, b] = await Promise.all([one.outbox.recordEvent('in'), two.outbox.recordEvent('in')]);
    expect(b.id).toBe(a.id);
    expect(await one.store.readOutbox()).toHaveLength(1);
  });
  it.each([['of the other direction', 'out', 0], ['two minutes later', 'in', 2]] as const)('%s is one of its own', async (_name, direction, minutes) => {
    answer = none;
    const { outbox, store } = await openTab();
    await outbox.recordEvent('in', undefined, undefined, ago(minutes));
    await outbox.recordEvent(direction);
    expect(await store.readOutbox()).toHaveLength(2);
  });
  it('after a refusal is a new try', async () => {
    answer = a => ({ status: 200, body: { receipts: a.body.events.map(e => ({ ...accepted(e), status: 'rejected', reason: 'too_old' })) } });
    const { outbox, store } = await openTab();
    const first = await outbox.recordEvent('in');
    await outbox.flush();
    expect((await outbox.recordEvent('in')).id).not.toBe(first.id);
    expect(await store.readOutbox()).toHaveLength(2);
  });
});

describe('the phone\'s clock', () => {
  const at = Date.UTC(2025, 10, 13, 0, 20), year = 366 * 86_400_000;
  it.each<[string, number | null, boolean, { phone_at: string; offset_ms?: number }]>([
    ['not compared yet', null, false, { phone_at: '2025-11-13T00:20:00.000Z' }],
    ['right', 0, false, { phone_at: '2025-11-13T00:20:00.000Z', offset_ms: 0 }],
    ['ten minutes slow', 600_000, false, { phone_at: '2025-11-13T00:20:00.000Z', offset_ms: 600_000 }],
    ['of another year, in a demo', -year, true, { phone_at: new Date(at - year).toISOString(), offset_ms: 0 }],
    ['two years fast', -2 * year, false, { phone_at: new Date(at - year).toISOString(), offset_ms: -year }],
  ])('%s', async (_name, offset, isDemo, stamp) => {
    const { outbox } = await openTab();
    expect(outbox.phoneStamp(at, offset, isDemo)).toEqual(stamp);
    if (offset !== null) expect(outbox.happenedAt({ body: stamp } as never)).toBe(at + offset);
  });
});

describe('receipts', () => {
  it.each([['accepted', 'sent'], ['duplicate', 'sent'], ['quarantined', 'sent'], ['rejected', 'rejected']])('%s leaves the event %s', async (status, state) => {
    answer = a => ({ status: 200, body: { receipts: a.body.events.map(e => ({ ...accepted(e), status, reason: status === 'rejected' ? 'too_old' : undefined })) } });
    const { outbox, store } = await openTab();
    await outbox.recordEvent('in');
    await outbox.flush();
    const [kept] = await store.readOutbox();
    expect(kept).toMatchObject({ state, received_at: '2025-11-13T00:20:00.000Z' });
    expect(outbox.waiting.value).toEqual([]);
    expect(outbox.rejected.value.map(i => i.reason)).toEqual(state === 'rejected' ? ['too_old'] : []);
  });
  it('leaves a rejected event visible until it was read', async () => {
    answer = a => ({ status: 200, body: { receipts: a.body.events.map(e => ({ ...accepted(e), status: 'rejected', reason: 'too_old' })) } });
    const first = await openTab();
    const item = await first.outbox.recordEvent('in');
    await first.outbox.flush();
    const { outbox } = await openTab();
    await outbox.refreshOutbox();
    expect(outbox.rejected.value.map(i => i.id)).toEqual([item.id]);
    await outbox.dismiss(item.id);
    expect(outbox.rejected.value).toEqual([]);
  });
  it('tells the views once something was taken', async () => {
    const { outbox } = await openTab();
    const before = outbox.delivered.value;
    await outbox.recordEvent('in');
    await outbox.flush();
    expect(outbox.delivered.value).toBeGreaterThan(before);
  });
});

describe('sending', () => {
  it('keeps what no server answered and sends it at the next trigger, once', async () => {
    answer = none;
    const { outbox, store } = await openTab();
    const a = await outbox.recordEvent('in', undefined, undefined, ago(9)), b = await outbox.recordEvent('out');
    expect(await outbox.flush()).toBe(false);
    const [first, second] = await store.readOutbox();
    expect(first).toMatchObject({ id: a.id, state: 'waiting' });
    expect(first!.tries).toBeGreaterThan(0);
    expect(second).toMatchObject({ id: b.id, state: 'waiting' });
    asked = [];
    answer = receipts;
    expect(await outbox.flush()).toBe(true);
    await outbox.flush();
    expect(batches()).toEqual([[a.id, b.id]]);
  });
  it.each([[401, 'unauthenticated'], [429, 'throttled'], [500, 'internal'], [503, 'busy'], [507, 'store_full']])('keeps waiting through %i %s', async (status, code) => {
    answer = () => problem(status, code);
    const { outbox, store } = await openTab();
    const item = await outbox.recordEvent('in');
    expect(await outbox.flush()).toBe(false);
    expect((await store.readOutbox()).map(i => [i.id, i.state])).toEqual([[item.id, 'waiting']]);
  });
  it.each([[400, 'bad_field'], [403, 'forbidden'], [404, 'not_found'], [413, 'too_large']])('repeats no event that the server refuses with %i %s', async (status, code) => {
    answer = () => problem(status, code);
    const { outbox } = await openTab();
    await outbox.recordEvent('in');
    expect(await outbox.flush()).toBe(true);
    expect(outbox.rejected.value.map(i => i.reason)).toEqual([code]);
  });
  it('takes no word but the server\'s for a refusal', async () => {
    answer = () => ({ status: 403, body: { message: 'sign in to this network' } });
    const { outbox } = await openTab();
    await outbox.recordEvent('in');
    expect(await outbox.flush()).toBe(false);
    expect(outbox.waiting.value).toHaveLength(1);
  });
  it('ends the session here when the server says it ended, and goes on after the next sign-in', async () => {
    answer = () => problem(401, 'unauthenticated');
    const one = await openTab();
    const item = await one.outbox.recordEvent('in');
    await one.outbox.flush();
    expect((await import('../base/session')).me.value).toBeNull();
    expect(one.outbox.outbox.value).toEqual([]);
    expect(await one.outbox.flush()).toBe(false);
    expect(asked).toHaveLength(1);
    answer = receipts;
    const again = await openTab();
    await again.outbox.flush();
    expect(batches().at(-1)).toEqual([item.id]);
  });
  it('runs once however many call', async () => {
    const { outbox } = await openTab();
    answer = none;
    await outbox.recordEvent('in');
    await outbox.flush();
    asked = [];
    answer = receipts;
    await Promise.all([outbox.flush(), outbox.flush(), outbox.flush()]);
    expect(batches()).toHaveLength(1);
  });
  it('runs in one of two tabs at a time, so that nothing goes twice', async () => {
    const one = await openTab(), two = await openTab();
    answer = none;
    const item = await one.outbox.recordEvent('in');
    await one.outbox.flush();
    asked = [];
    let under = 0, most = 0;
    answer = async a => {
      most = Math.max(most, ++under);
      await new Promise(setImmediate);
      under--;
      return receipts(a);
    };
    await Promise.all([one.outbox.flush(), two.outbox.flush()]);
    expect(batches()).toEqual([[item.id]]);
    expect(most).toBe(1);
    expect(two.outbox.waiting.value).toEqual([]);
  });
  it('sends fifty at a time, oldest first', async () => {
    answer = none;
    const { outbox, store } = await openTab();
    const day = Date.UTC(2025, 10, 13);
    for (let i = 0; i < 60; i++)
      await store.keepInOutbox({ id: `id-${i}`, owner: '41', kind: 'punch', made_at: new Date(day + i).toISOString(), tries: 0, state: 'waiting', body: { id: `id-${i}`, direction: 'in', phone_at: new Date(day + i).toISOString() } });
    answer = receipts;
    expect(await outbox.flush()).toBe(true);
    expect(batches().map(b => b.length)).toEqual([50, 10]);
    expect(batches().flat()).toEqual(Array.from({ length: 60 }, (_, i) => `id-${i}`));
  });
  it('isolates the one event that spoils an envelope', async () => {
    answer = none;
    const { outbox, store } = await openTab();
    const good = await outbox.recordEvent('in', undefined, undefined, ago(9)), bad = await outbox.recordEvent('in', undefined, undefined, ago(6)), last = await outbox.recordEvent('out');
    await outbox.flush();
    asked = [];
    answer = a => (a.body.events.some(e => e.id === bad.id) ? problem(400, 'bad_field') : receipts(a));
    expect(await outbox.flush()).toBe(true);
    expect(batches()).toEqual([[good.id, bad.id, last.id], [good.id], [bad.id], [last.id]]);
    const state = new Map((await store.readOutbox()).map(i => [i.id, i.state]));
    expect([state.get(good.id), state.get(bad.id), state.get(last.id)]).toEqual(['sent', 'rejected', 'sent']);
    expect(outbox.rejected.value.map(i => i.reason)).toEqual(['bad_field']);
  });
  it('waits as long as the server asks for, and no event may shorten that', async () => {
    answer = () => ({ ...problem(503, 'busy'), headers: { 'Retry-After': '120' } });
    const { outbox } = await openTab();
    await outbox.recordEvent('in');
    await outbox.flush();
    asked = [];
    answer = receipts;
    dispatchEvent(new Event('online'));
    await outbox.recordEvent('out');
    await vi.advanceTimersByTimeAsync(119_000);
    expect(asked).toEqual([]);
    await vi.advanceTimersByTimeAsync(10_000);
    await outbox.flush();
    expect(batches().flat()).toHaveLength(2);
  });
  it('tries again by itself after a while', async () => {
    answer = none;
    const { outbox } = await openTab();
    const item = await outbox.recordEvent('in');
    await outbox.flush();
    asked = [];
    answer = receipts;
    await vi.runOnlyPendingTimersAsync();
    await outbox.flush();
    expect(batches()).toEqual([[item.id]]);
  });
  it('does not miss a signal that comes back while a sending without one is failing', async () => {
    let fail!: () => void;
    answer = () => new Promise((_, reject) => { fail = () => reject(new TypeError('Failed to fetch')); });
    const { outbox } = await openTab();
    outbox.startOutbox();
    const item = await outbox.recordEvent('in');
    await vi.waitFor(() => expect(batches()).toEqual([[item.id]]), { timeout: 400 });
    dispatchEvent(new Event('online'));
    answer = receipts;
    fail();
    /* within 400 ms: by itself it tries again after 500 at the earliest */
    await vi.waitFor(() => expect(batches()).toEqual([[item.id], [item.id]]), { timeout: 400 });
  });
  it('sends nothing of another person of the same phone', async () => {
    answer = none;
    const one = await openTab('41');
    await one.outbox.recordEvent('in');
    await one.outbox.flush();
    asked = [];
    answer = receipts;
    const two = await openTab('42');
    expect(await two.outbox.flush()).toBe(true);
    expect(two.outbox.outbox.value).toEqual([]);
    expect(batches()).toEqual([]);
  });
});

describe('reports', () => {
  const body = { day: '2025-11-13', version: 0, submit: true, items: [] };
  it('go with their own id as idempotency key, the same on every try', async () => {
    answer = none;
    const { outbox } = await openTab();
    const item = await outbox.recordReport(body);
    await outbox.flush();
    answer = () => ({ status: 200, body: { report: '9', version: 1, state: 'submitted' } });
    await outbox.flush();
    expect(new Set(asked.map(a => a.headers.get('Idempotency-Key')))).toEqual(new Set([item.id]));
    expect(asked.at(-1)).toMatchObject({ method: 'PUT', path: '/api/v1/reports/daily', body });
    expect(outbox.waiting.value).toEqual([]);
  });
  it.each([[409, 'stale'], [409, 'report_state'], [422, 'report_empty'], [400, 'bad_field']])('rest rejected with their reason after %i %s', async (status, code) => {
    answer = () => problem(status, code);
    const { outbox } = await openTab();
    await outbox.recordReport(body);
    await outbox.flush();
    expect(outbox.rejected.value.map(i => [i.kind, i.reason])).toEqual([['report', code]]);
  });
  it.each([[401, 'unauthenticated'], [429, 'throttled'], [503, 'busy'], [507, 'store_full']])('wait through %i %s', async (status, code) => {
    answer = () => problem(status, code);
    const { outbox, store } = await openTab();
    const item = await outbox.recordReport(body);
    expect(await outbox.flush()).toBe(false);
    expect((await store.readOutbox()).map(i => [i.id, i.state])).toEqual([[item.id, 'waiting']]);
  });
  it('take their draft with them once they arrived, and not before', async () => {
    answer = none;
    const { outbox, store } = await openTab();
    const draft = store.reportDraft('41', '2025-11-13');
    await store.keepDraft(draft, { items: [] });
    await outbox.recordReport(body);
    await outbox.flush();
    expect(await store.readDraft(draft)).toEqual({ items: [] });
    answer = () => ({ status: 200, body: { report: '9', version: 1, state: 'submitted' } });
    await outbox.flush();
    expect(await store.readDraft(draft)).toBeUndefined();
  });
  it('say when they were handed in, in the server\'s time, however late they go', async () => {
    answer = none;
    const { outbox } = await openTab(), before = Date.now();
    await outbox.recordReport(body);
    vi.setSystemTime(before + 16 * 3_600_000);
    answer = () => ({ status: 200, body: { report: '9', version: 1, state: 'submitted' } });
    await outbox.flush();
    const said = Date.parse(String(asked.at(-1)!.body.made_at));
    expect(Math.abs(said - before)).toBeLessThan(5_000);
  });
  it('that the server cannot take hold up the same day and nothing else', async () => {
    answer = none;
    const { outbox } = await openTab();
    await outbox.recordReport(body, ago(5));
    await outbox.recordReport({ ...body, version: 1 });
    await outbox.recordReport({ ...body, day: '2025-11-12' });
    await outbox.recordNotice({ kind: 'sick_leave', from: '2025-11-13', to: '2025-11-13' });
    await outbox.recordCorrection({ day: '2025-11-11' });
    await outbox.flush();
    asked = [];
    answer = a => a.path.endsWith('/daily') && a.body.day === body.day ? problem(500, 'internal') : { status: 200, body: { report: '9', version: 1, state: 'submitted', id: '7' } };
    const seen = outbox.delivered.peek();
    expect(await outbox.flush()).toBe(false);
    expect(asked.map(a => `${a.path.split('/').at(-1)} ${String(a.body.day ?? a.body.from)}`).sort()).toEqual(['corrections 2025-11-11', 'daily 2025-11-12', 'daily 2025-11-13', 'notices 2025-11-13']);
    expect(outbox.waiting.value.map(i => [i.kind, i.body.version])).toEqual([['report', 0], ['report', 1]]);
    expect(outbox.delivered.peek()).toBeGreaterThan(seen);
  });
  it('take what was chosen without a signal with them: first the file, then the report that names it, the file once', async () => {
    answer = none;
    const { outbox, store } = await openTab(), bytes = new Uint8Array([0xff, 0xd8, 0xff, 1]), sha256 = 'ab'.repeat(32);
    await outbox.recordReport({ ...body, items: [{ description: 'Menelaah berkas', evidence_bytes: bytes, evidence_name: 'foto.jpg' }, { description: 'Rapat' }] });
    await outbox.flush();
    asked = [];
    answer = a => a.path.endsWith('/files') ? { status: 200, body: { sha256, type: 'image/jpeg' } } : problem(503, 'busy');
    expect(await outbox.flush()).toBe(false);
    expect(asked.map(a => a.path)).toEqual(['/api/v1/files', '/api/v1/reports/daily']);
    answer = () => ({ status: 200, body: { report: '9', version: 1, state: 'submitted' } });
    await outbox.flush();
    expect(asked.map(a => a.path)).toEqual(['/api/v1/files', '/api/v1/reports/daily', '/api/v1/reports/daily']);
    expect(asked.at(-1)!.body.items).toEqual([{ description: 'Menelaah berkas', evidence_sha256: sha256, evidence_name: 'foto.jpg' }, { description: 'Rapat' }]);
    expect((await store.readOutbox()).map(i => i.state)).toEqual(['sent']);
  });
  it('are refused with a file that is none, and wait with one the server cannot keep now', async () => {
    answer = none;
    const { outbox } = await openTab(), items = [{ description: 'Menelaah berkas', evidence_bytes: new Uint8Array([1]), evidence_name: 'foto.jpg' }];
    await outbox.recordReport({ ...body, items });
    await outbox.flush();
    answer = () => problem(507, 'store_full');
    await outbox.flush();
    expect(outbox.waiting.value).toHaveLength(1);
    answer = () => problem(415, 'media_type');
    await outbox.flush();
    expect(outbox.rejected.value.map(i => i.reason)).toEqual(['media_type']);
  });
  it('go on after a punch that is not taken, and stop where the server asks to wait', async () => {
    answer = none;
    const { outbox } = await openTab();
    await outbox.recordEvent('in');
    await outbox.recordReport(body);
    await outbox.recordReport({ ...body, day: '2025-11-12' });
    await outbox.flush();
    asked = [];
    answer = a => a.method === 'POST' ? problem(500, 'internal') : { ...problem(503, 'busy'), headers: { 'Retry-After': '30' } };
    expect(await outbox.flush()).toBe(false);
    expect(asked.map(a => a.method)).toEqual(['POST', 'PUT']);
    expect(outbox.waiting.value).toHaveLength(3);
  });
  it('come after the punches of the same phone', async () => {
    answer = none;
    const { outbox } = await openTab();
    await outbox.recordReport(body);
    await outbox.recordEvent('out');
    await outbox.flush();
    asked = [];
    answer = a => (a.method === 'PUT' ? { status: 200, body: { report: '9', version: 1, state: 'submitted' } } : receipts(a));
    await outbox.flush();
    expect(asked.map(a => a.method)).toEqual(['POST', 'PUT']);
  });
});

describe('corrections', () => {
  const question = { day: '2025-11-12', kind: 'time', direction: 'out', at: '16:05', cause: 'forgot', reason: 'Lupa presensi pulang.' };
  it('carry their own id, which is the key of every try', async () => {
    const { outbox } = await openTab();
    answer = none;
    const item = await outbox.recordCorrection(question);
    expect(item.body).toEqual({ id: item.id, ...question });
    await outbox.flush();
    answer = () => ({ status: 200, body: { id: '7', state: 'waiting' } });
    await outbox.flush();
    const sent = asked.filter(a => a.path === '/api/v1/attendance/corrections');
    expect(new Set(sent.map(a => a.headers.get('Idempotency-Key')))).toEqual(new Set([item.id]));
    expect(outbox.outbox.value.map(i => i.state)).toEqual(['sent']);
  });
  it('stay visible with their reason when a rule refuses them', async () => {
    const { outbox } = await openTab();
    answer = () => problem(409, 'conflict', 'the same question waits already');
    await outbox.recordCorrection(question);
    await outbox.flush();
    expect(outbox.rejected.value.map(i => [i.kind, i.reason, i.why])).toEqual([['correction', 'conflict', 'the same question waits already']]);
  });
  it('wait for their owner on a phone of two, and never go in another\'s name', async () => {
    const { outbox } = await openTab('41');
    answer = none;
    await outbox.recordCorrection(question);
    await outbox.flush();
    const other = await openTab('42');
    answer = () => ({ status: 200, body: { id: '7', state: 'waiting' } });
    asked = [];
    await other.outbox.refreshOutbox();
    await other.outbox.flush();
    expect(other.outbox.outbox.value).toEqual([]);
    expect(asked).toEqual([]);
    const back = await openTab('41');
    await back.outbox.flush();
    expect(asked.map(a => a.path)).toEqual(['/api/v1/attendance/corrections']);
  });
});

describe('an overloaded server', () => {
  it('is told how often it had refused, and a dead signal is not counted', async () => {
    const { outbox } = await openTab();
    answer = () => problem(503, 'busy');
    await outbox.recordEvent('in');
    await outbox.flush();
    answer = none;
    await outbox.flush();
    answer = receipts;
    await outbox.flush();
    expect((asked.at(-1)!.body.events[0] as unknown as { refusals: number }).refusals).toBe(asked.filter(a => a.path.endsWith('/punches')).length - 2);
  });
});

describe('backoff', () => {
  it('doubles with full jitter, from half a second to five minutes', async () => {
    const { backoffMs } = (await openTab()).outbox;
    for (const tries of [0, 1, 2, 5, 8, 12, 100, 1e6]) {
      const most = Math.min(300_000, 2000 * 2 ** Math.min(tries, 12)) + 500;
      expect(backoffMs(tries, 0)).toBe(500);
      expect(backoffMs(tries, 1)).toBe(most);
      for (let i = 0; i < 50; i++) {
        const ms = backoffMs(tries);
        expect(ms).toBeGreaterThanOrEqual(500);
        expect(ms).toBeLessThanOrEqual(most);
      }
    }
    expect(backoffMs(1e6, 1)).toBe(300_500);
  });
});

it('forgets what was sent three days ago and nothing that waits', async () => {
  const { outbox, store } = await openTab();
  const old = new Date(Date.now() - 4 * 86_400_000).toISOString(), item = { owner: '41', kind: 'punch' as const, body: {}, made_at: old, tries: 0 };
  await store.keepInOutbox({ ...item, id: 'a', state: 'sent' });
  await store.keepInOutbox({ ...item, id: 'b', state: 'waiting' });
  await store.keepInOutbox({ ...item, id: 'c', state: 'rejected' });
  await store.keepInOutbox({ ...item, id: 'd', state: 'sent', made_at: new Date().toISOString() });
  await outbox.refreshOutbox();
  expect(outbox.outbox.value.map(i => i.id).sort()).toEqual(['b', 'c', 'd']);
});

it('keeps what was not sent through a sign-out', async () => {
  answer = none;
  const { outbox, store } = await openTab();
  const item = await outbox.recordEvent('in');
  await outbox.flush();
  await store.keepDraft(store.reportDraft('41', '2025-11-13'), { items: [] });
  await store.forgetCopies();
  expect((await store.readOutbox()).map(i => i.id)).toEqual([item.id]);
  expect(await store.readDraft(store.reportDraft('41', '2025-11-13'))).toEqual({ items: [] });
});

describe('a notice', () => {
  const body = { kind: 'sick_leave', from: '2025-11-13', to: '2025-11-13' };
  const taken = () => ({ status: 200, body: { notice: '7', state: 'waiting', decider: 'supervisor', received_at: '2025-11-13T00:20:00.000Z' } });

  it('is kept without a signal and sent once there is one, under its own id', async () => {
    answer = none;
    const { outbox, store } = await openTab();
    const item = await outbox.recordNotice(body);
    await outbox.flush();
    expect((await store.readOutbox()).map(i => i.state)).toEqual(['waiting']);
    answer = taken;
    expect(await outbox.flush()).toBe(true);
    const sent = asked.filter(a => a.path === '/api/v1/org/notices').at(-1)!;
    expect(sent.headers.get('Idempotency-Key')).toBe(item.id);
    expect(sent.body).toMatchObject({ ...body, id: item.id });
    expect(outbox.outbox.value.map(i => [i.kind, i.state])).toEqual([['notice', 'sent']]);
  });
  it('that is refused stays with the field that was named', async () => {
    answer = () => ({ status: 409, body: { ...problem(409, 'conflict').body, pointer: '/from' } });
    const { outbox } = await openTab();
    await outbox.recordNotice(body);
    await outbox.flush();
    expect(outbox.rejected.value).toMatchObject([{ kind: 'notice', reason: 'conflict', pointer: '/from' }]);
  });
});
