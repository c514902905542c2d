/*
 * The outbox: what this phone recorded and the server has not yet. An event is kept on disk first, then
 * shown as kept, then sent by every trigger there is; its id makes a repeat harmless. A receipt that says
 * "rejected" stays visible with its reason until the person has read it.
 */
import { computed, signal } from '@preact/signals';
import { api, clockOffset, isProblem, serverNow, type Problem } from '../base/api';
import { me, person } from '../base/session';
import { keepInOutbox, readOutbox, removeDraft, removeFromOutbox, reportDraft, type OutboxItem } from '../base/store';
import { uuid7 } from '../base/uuid7';

const held = signal<OutboxItem[]>([]);
/** Of the person who is signed in; what others left on this phone waits for them. */
export const outbox = computed(() => held.value.filter(i => i.owner === person.value));
export const waiting = computed(() => outbox.value.filter(i => i.state === 'waiting'));
export const rejected = computed(() => outbox.value.filter(i => i.state === 'rejected'));
/** Rises when the server took something: views then ask again. */
export const delivered = signal(0);

const BATCH = 50, KEEP_SENT_MS = 3 * 86_400_000, MAX_WAIT_MS = 300_000, SAME_PRESS_MS = 60_000;
/** The most that offset_ms may say. */
const MAX_OFFSET_MS = 31_622_400_000;

export interface Position { lat_e7: number; lon_e7: number; accuracy_metres: number }
export type PositionError = 'denied' | 'unavailable' | 'timeout' | 'unsupported';

export async function refreshOutbox(): Promise<void> {
  const all = await readOutbox().catch(() => []), old = serverNow().getTime() - KEEP_SENT_MS;
  const isOld = (i: OutboxItem) => i.state === 'sent' && Date.parse(i.made_at) < old;
  for (const i of all) if (isOld(i)) await removeFromOutbox(i.id);
  held.value = all.filter(i => !isOld(i));
}

/* Two tabs must not interleave: one writes or sends at a time, where the browser has locks. */
const alone = <T>(name: string, run: () => Promise<T>): Promise<T> =>
  navigator.locks ? navigator.locks.request(`luwes-${name}`, run) as Promise<T> : run();

async function enqueue(kind: OutboxItem['kind'], id: string, body: Record<string, unknown>, at: number): Promise<OutboxItem> {
  const made = at + (clockOffset.peek() ?? 0);
  const item: OutboxItem = { id, owner: me.peek()!.employee, kind, body, made_at: new Date(made).toISOString(), tries: 0, state: 'waiting' };
  /* a second press, perhaps in another tab, is the first one again */
  const isSame = (i: OutboxItem) => kind === 'punch' && i.kind === kind && i.owner === item.owner && i.state !== 'rejected'
    && i.body.direction === body.direction && Math.abs(Date.parse(i.made_at) - made) < SAME_PRESS_MS;
  const kept = await alone('outbox', async () => {
    const first = (await readOutbox()).find(isSame);
    if (!first) await keepInOutbox(item);
    return first ?? item;
  });
  await refreshOutbox();
  void navigator.storage?.persist?.();
  void askForSync();
  wake();
  return kept;
}

/*
 * The phone's clock as the contract tells it: phone_at plus offset_ms is the server's time. A demo lives in a
 * time of its own, which is no fault of the phone; an offset beyond what may be told goes into phone_at.
 */
export function phoneStamp(at: number, offset: number | null, isDemo: boolean): { phone_at: string; offset_ms?: number } {
  if (offset === null) return { phone_at: new Date(at).toISOString() };
  const told = isDemo ? 0 : Math.max(-MAX_OFFSET_MS, Math.min(MAX_OFFSET_MS, offset));
  return { phone_at: new Date(at + offset - told).toISOString(), offset_ms: told };
}
/** Instant of a recorded punch in the server's time. */
export const happenedAt = (i: OutboxItem): number => Date.parse(String(i.body.phone_at)) + Number(i.body.offset_ms ?? 0);

/** `at` is the phone's clock at the press. Resolves when the event is on this phone's disk. */
export function recordPunch(direction: 'in' | 'out', position?: Position, error?: PositionError, at = Date.now()): Promise<OutboxItem> {
  const id = uuid7();
  return enqueue('punch', id, {
    id, direction, ...phoneStamp(at, clockOffset.peek(), !!me.peek()?.government.is_demo), ...position, ...(error ? { position_error: error } : {}),
  }, at);
}
/** A question for a correction; its id is the event's own, so a repeat is harmless however late. */
export function recordCorrection(body: Record<string, unknown>): Promise<OutboxItem> {
  const id = uuid7();
  return enqueue('correction', id, { id, ...body }, Date.now());
}
export const recordReport = (body: Record<string, unknown>) => enqueue('report', uuid7(), body, Date.now());
/** Told on this phone; its own id is the server's too, so that a repeat is harmless even after weeks. */
export function recordNotice(body: Record<string, unknown>, at = Date.now()): Promise<OutboxItem> {
  const id = uuid7();
  return enqueue('notice', id, { id, made_at: new Date(at + (clockOffset.peek() ?? 0)).toISOString(), ...body }, at);
}
export const dismiss = async (id: string) => { await removeFromOutbox(id); await refreshOutbox(); };

async function askForSync() {
  const registration = await navigator.serviceWorker?.ready.catch(() => undefined) as (ServiceWorkerRegistration & { sync?: { register(tag: string): Promise<void> } }) | undefined;
  await registration?.sync?.register('outbox').catch(() => undefined);
}

interface Receipt { id: string; status: string; reason?: string; received_at?: string }

const settle = (item: OutboxItem, r: Receipt): OutboxItem =>
  ({ ...item, state: r.status === 'rejected' ? 'rejected' : 'sent', reason: r.reason, received_at: r.received_at });

let heldUntil = 0;
/** A refusal that no repeat would change; and when the server says how long to wait, that is kept. */
function refusal(r: { response: Response; error?: unknown }): Problem | undefined {
  const seconds = Number(r.response.headers.get('Retry-After'));
  if (seconds > 0) heldUntil = Date.now() + Math.min(seconds * 1000, MAX_WAIT_MS);
  const p = r.error && typeof r.error === 'object' && isProblem(r.error) ? r.error : undefined;
  return p && p.status < 500 && ![401, 408, 429].includes(p.status) ? p : undefined;
}

async function sendPunches(items: OutboxItem[]): Promise<boolean> {
  const r = await api.POST('/api/v1/attendance/punches', { body: { events: items.map(i => i.body) as never } });
  if (r.data) {
    const receipts = new Map((r.data.receipts as Receipt[]).map(x => [x.id, x]));
    for (const item of items) if (receipts.has(item.id)) await keepInOutbox(settle(item, receipts.get(item.id)!));
    return true;
  }
  const problem = refusal(r);
  if (!problem) {
    /* the server was there and did not take it: of an outage that tells when it was felt */
    if (r.response.status >= 500) for (const item of items) await keepInOutbox({ ...item, body: { ...item.body, refusals: Math.min(1000, Number(item.body.refusals ?? 0) + 1) } });
    await refreshOutbox();
    return false;
  }
  /* an envelope the server will never take: each event alone, so that one cannot hold up the others */
  let good = true;
  if (items.length > 1) for (const item of items) good = good && await sendPunches([item]);
  else await keepInOutbox({ ...items[0]!, state: 'rejected', reason: problem.code });
  return good;
}

async function sendReport(item: OutboxItem): Promise<boolean> {
  const r = await api.PUT('/api/v1/reports/daily', { body: item.body as never, headers: { 'Idempotency-Key': item.id } });
  if (r.data) {
    await keepInOutbox({ ...item, state: 'sent', received_at: serverNow().toISOString() });
    await removeDraft(reportDraft(item.owner, String(item.body.day)));
    return true;
  }
  const problem = refusal(r);
  if (problem) await keepInOutbox({ ...item, state: 'rejected', reason: problem.code });
  return !!problem;
}

async function sendNotice(item: OutboxItem): Promise<boolean> {
  const r = await api.POST('/api/v1/org/notices', { body: item.body as never, headers: { 'Idempotency-Key': item.id } });
  if (r.data) {
    await keepInOutbox({ ...item, state: 'sent', received_at: r.data.received_at });
    return true;
  }
  const problem = refusal(r);
  if (problem) await keepInOutbox({ ...item, state: 'rejected', reason: problem.code, pointer: problem.pointer });
  return !!problem;
}

async function sendCorrection(item: OutboxItem): Promise<boolean> {
  const r = await api.POST('/api/v1/attendance/corrections', { body: item.body as never, headers: { 'Idempotency-Key': item.id } });
  if (r.data) {
    await keepInOutbox({ ...item, state: 'sent', received_at: serverNow().toISOString() });
    return true;
  }
  const problem = refusal(r);
  if (problem) await keepInOutbox({ ...item, state: 'rejected', reason: problem.code, why: problem.reason });
  return !!problem;
}

async function sendAll(): Promise<boolean> {
  await refreshOutbox();
  const owner = person.peek(), isHis = () => person.peek() === owner;
  const punches = waiting.peek().filter(i => i.kind === 'punch'), reports = waiting.peek().filter(i => i.kind === 'report'), corrections = waiting.peek().filter(i => i.kind === 'correction'), notices = waiting.peek().filter(i => i.kind === 'notice');
  let good = true;
  for (let at = 0; good && isHis() && at < punches.length; at += BATCH) good = await sendPunches(punches.slice(at, at + BATCH)).catch(() => false);
  for (const item of reports) good = good && isHis() && await sendReport(item).catch(() => false);
  for (const item of notices) good = good && isHis() && await sendNotice(item).catch(() => false);
  for (const item of corrections) good = good && isHis() && await sendCorrection(item).catch(() => false);
  if (!good) for (const item of waiting.peek()) await keepInOutbox({ ...item, tries: item.tries + 1 });
  await refreshOutbox();
  return good;
}

let running: Promise<boolean> | undefined, timer: ReturnType<typeof setTimeout> | undefined;

/** Sends what waits; true when nothing is left. Several callers share one run. */
export function flush(): Promise<boolean> {
  if (!me.peek()) return Promise.resolve(false);
  return (running ??= alone('flush', async () => {
    const before = waiting.peek().length;
    const good = await sendAll();
    if (good && (before > 0 || waiting.peek().length === 0)) delivered.value++;
    schedule();
    return good;
  }).finally(() => { running = undefined; }));
}

/** Full jitter, doubling, at most five minutes. */
export const backoffMs = (tries: number, random = Math.random()) => Math.round(random * Math.min(MAX_WAIT_MS, 2000 * 2 ** Math.min(tries, 12))) + 500;

function schedule() {
  clearTimeout(timer);
  const left = waiting.peek();
  if (left.length) timer = setTimeout(() => void flush(), Math.max(0, heldUntil - Date.now()) + backoffMs(Math.max(...left.map(i => i.tries))));
}

/* Of itself nothing is sent before the time that the server asked for; then the timer sends it. */
function wake() {
  if (Date.now() >= heldUntil) void flush();
}

let listening = false;
/** At every sign-in. */
export function startOutbox() {
  if (!listening) {
    listening = true;
    addEventListener('online', wake);
    document.addEventListener('visibilitychange', () => { if (!document.hidden) wake(); });
    navigator.serviceWorker?.addEventListener('message', e => { if (e.data === 'flush') wake(); });
  }
  void refreshOutbox().then(wake);
}
