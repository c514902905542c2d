/*
 * What waits delivered by the service worker, when no page is open to do it. Whose session the browser has is asked of
 * the server first: nobody's event goes in another one's name.
 */
import type { Bytes } from '../base/bytes';
import { readOutbox, readPhone, type OutboxItem } from '../base/store';
import { uuid7 } from '../base/uuid7';
import { minuteIn, type Zone } from '../base/zone';
import { againDelay, deliver, deliverOthers, isHeld, isRush, keepHold, readHold, waitsFor, type Answer, type PunchReply } from './outbox_delivery';

const ANSWER_MS = 20_000, PAGE_FIRST_MS = 5_000;
const ask = (path: string, init: RequestInit = {}) => fetch(path, { ...init, cache: 'no-store', signal: AbortSignal.timeout(ANSWER_MS) });
const sleep = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));

/* As the page's client writes, and what it takes for final. */
async function write(method: string, path: string, body: object, key: string) {
  const isFile = body instanceof Uint8Array;
  const r = await ask(path, { method, body: isFile ? new Blob([body as Bytes]) : JSON.stringify(body), headers: { 'Content-Type': isFile ? 'application/octet-stream' : 'application/json', 'X-Luwes': '1', 'Idempotency-Key': key } });
  const got = await r.json().catch(() => ({})) as Record<string, unknown>;
  await keepHold(r.headers);
  const isFinal = !r.ok && r.status < 500 && ![401, 408, 429].includes(r.status) && typeof got.code === 'string';
  return { r, got, refused: isFinal ? got as { code: string; reason?: string; pointer?: string } : undefined };
}

async function post(body: object): Promise<PunchReply> {
  const asked = Date.now(), { r, got, refused } = await write('POST', '/api/v1/attendance/punches', body, uuid7()), at = { status: r.status, asked, answered: Date.now() };
  return r.ok ? { ...at, ...got } : { ...at, refused: refused?.code, reason: refused?.reason };
}

async function send(method: string, path: string, key: string, body: object): Promise<Answer> {
  const { r, got, refused } = await write(method, path, body, key);
  return r.ok ? { sha256: got.sha256 as string | undefined, taken: String(got.received_at ?? r.headers.get('X-Luwes-Now') ?? new Date().toISOString()) } : { refused };
}

/* undefined: nobody */
async function whose(): Promise<string | undefined> {
  const r = await ask('/api/v1/me');
  if (r.status === 401) return undefined;
  if (!r.ok) throw new Error(`me: ${r.status}`);
  return ((await r.json()) as { employee: string }).employee;
}
const isPunch = (i: OutboxItem) => i.kind === 'punch';
const waiting = async () => (await readOutbox()).filter(i => i.state === 'waiting');

/* As a page would wait: its turn of a busy morning, and what the server asked for. An open page sends by itself first. */
async function turn(items: readonly OutboxItem[], hasPage: boolean): Promise<void> {
  const now = Date.now(), signed = items.filter(i => i.signed), zone = await readPhone<Zone>('zone') ?? 'WIB';
  const old = signed.find(i => !waitsFor(i, now) && !isHeld(i, now)), rush = !!old && isRush(minuteIn(new Date(now + old.signed!.offset), zone));
  const ms = Math.max(await readHold() - now, ...signed.map(i => waitsFor(i, now)), signed.length === items.length ? againDelay(rush) : 0);
  if (ms > 0 || hasPage) await sleep(Math.max(ms, 0) + (hasPage ? PAGE_FIRST_MS : 0));
}

/** Resolves when nothing of this person is left here; else the browser is to ask again later. */
export async function deliverInWorker(hasPage = false): Promise<void> {
  const early = await waiting();
  if (!early.length) return;
  await turn(early.filter(isPunch), hasPage);
  if (!(await waiting()).length) return;
  const owner = await whose();
  if (!owner) return;
  const good = await navigator.locks.request('luwes-flush', async () => {
    const his = (await waiting()).filter(i => i.owner === owner && !isHeld(i, Date.now()));
    const punches = await deliver(his.filter(isPunch), post);
    return (punches || await readHold() <= Date.now()) && await deliverOthers(his.filter(i => !isPunch(i)), send, async () => await whose() === owner) && punches;
  }) as boolean;
  if (!good) throw new Error('not delivered');
}
