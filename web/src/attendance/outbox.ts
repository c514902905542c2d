/*
 * The outbox: what this phone recorded and the server has not yet. An event is kept on disk first, then
 * shown as kept, then sent by every trigger there is; its id makes a repeat harmless. A receipt that says
 * "rejected" stays visible with its reason until the person has read it.
 */
import { computed, signal } from '@preact/signals';
import { api, clockOffset, isProblem, serverNow, type Problem } from '../base/api';
import { me } from '../base/session';
import { keepInOutbox, readOutbox, removeFromOutbox, type OutboxItem } from '../base/store';
import { uuid7 } from '../base/uuid7';

export const outbox = signal<OutboxItem[]>([]);
export const waiting = computed(() => outbox.value.filter(i => i.state === 'waiting'));
export const rejected = computed(() => outbox.value.filter(i => i.state === 'rejected'));
/** Rises when the server took something: views then ask again. */
export const delivered = signal(0);

const BATCH = 50, KEEP_SENT_MS = 3 * 86_400_000, MAX_WAIT_MS = 300_000;

export interface Position { lat_e7: number; lon_e7: number; accuracy_metres: number }
export type PositionError = 'denied' | 'unavailable' | 'timeout' | 'unsupported';

export async function refreshOutbox(): Promise<void> {
  const mine = me.peek()?.employee;
  const all = await readOutbox().catch(() => []);
  const old = Date.now() - KEEP_SENT_MS;
  for (const i of all) if (i.state === 'sent' && Date.parse(i.made_at) < old) await removeFromOutbox(i.id);
  outbox.value = all.filter(i => i.owner === mine && !(i.state === 'sent' && Date.parse(i.made_at) < old));
}

/* Two tabs must not interleave: one writes or sends at a time, where the browser has locks. */
const alone = <T>(name: string, run: () => Promise<T>): Promise<T> =>
  navigator.locks ? navigator.locks.request(`luwes-${name}`, run) as Promise<T> : run();

async function enqueue(kind: OutboxItem['kind'], id: string, body: Record<string, unknown>): Promise<OutboxItem> {
  const item: OutboxItem = { id, owner: me.peek()!.employee, kind, body, made_at: new Date().toISOString(), tries: 0, state: 'waiting' };
  await alone('outbox', () => keepInOutbox(item));
  await refreshOutbox();
  void navigator.storage?.persist?.();
  void askForSync();
  void flush();
  return item;
}

/** Resolves when the event is on this phone's disk. */
export function recordPunch(direction: 'in' | 'out', position?: Position, error?: PositionError): Promise<OutboxItem> {
  const id = uuid7(), offset = clockOffset.peek();
  return enqueue('punch', id, {
    id, direction, phone_at: new Date().toISOString(), ...(offset === null ? {} : { offset_ms: offset }), ...(position ?? {}),
    ...(error ? { position_error: error } : {}),
  });
}
export const recordReport = (body: Record<string, unknown>) => enqueue('report', uuid7(), body);
export const dismiss = async (id: string) => { await removeFromOutbox(id); await refreshOutbox(); };

async function askForSync() {
  const registration = await navigator.serviceWorker?.ready.catch(() => undefined) as (ServiceWorkerRegistration & { sync?: { register(tag: string): Promise<void> } }) | undefined;
  await registration?.sync?.register('outbox').catch(() => undefined);
}

interface Receipt { id: string; status: string; reason?: string; received_at?: string }

const settle = (item: OutboxItem, r: Receipt): OutboxItem =>
  ({ ...item, state: r.status === 'rejected' ? 'rejected' : 'sent', reason: r.reason, received_at: r.received_at });

async function sendPunches(items: OutboxItem[]): Promise<boolean> {
  const r = await api.POST('/api/v1/attendance/punches', { body: { events: items.map(i => i.body) as never } });
  if (r.data) {
    const receipts = new Map((r.data.receipts as Receipt[]).map(x => [x.id, x]));
    for (const item of items) if (receipts.has(item.id)) await keepInOutbox(settle(item, receipts.get(item.id)!));
    return true;
  }
  const problem = r.error as Problem | undefined;
  /* an envelope the server will never take: each event alone, so that one cannot hold up the others */
  if (problem?.status === 400 && items.length > 1) {
    for (const item of items) await sendPunches([item]);
    return true;
  }
  if (problem?.status === 400) {
    await keepInOutbox({ ...items[0]!, state: 'rejected', reason: problem.code });
    return true;
  }
  return false;
}

async function sendReport(item: OutboxItem): Promise<boolean> {
  const r = await api.PUT('/api/v1/reports/daily', { body: item.body as never, headers: { 'Idempotency-Key': item.id } });
  const problem = r.error && isProblem(r.error) ? r.error : undefined;
  if (r.data) await keepInOutbox({ ...item, state: 'sent', received_at: serverNow().toISOString() });
  else if (problem && problem.status < 500 && problem.status !== 401 && problem.status !== 429)
    await keepInOutbox({ ...item, state: 'rejected', reason: problem.code });
  else return false;
  return true;
}

async function sendAll(): Promise<boolean> {
  await refreshOutbox();
  const punches = waiting.peek().filter(i => i.kind === 'punch'), reports = waiting.peek().filter(i => i.kind === 'report');
  let good = true;
  for (let at = 0; good && at < punches.length; at += BATCH) good = await sendPunches(punches.slice(at, at + BATCH)).catch(() => false);
  for (const item of reports) good = good && await sendReport(item).catch(() => false);
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
  if (left.length) timer = setTimeout(() => void flush(), backoffMs(Math.max(...left.map(i => i.tries))));
}

export function startOutbox() {
  addEventListener('online', () => void flush());
  document.addEventListener('visibilitychange', () => { if (!document.hidden) void flush(); });
  navigator.serviceWorker?.addEventListener('message', e => { if (e.data === 'flush') void flush(); });
  void refreshOutbox().then(flush);
}
