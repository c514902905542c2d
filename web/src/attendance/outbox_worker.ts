/*
 * Punches delivered by the service worker, when no page is open to do it. Whose session the browser has is asked of
 * the server first: nobody's event goes in another one's name.
 */
import { readOutbox, readPhone, type OutboxItem } from '../base/store';
import { uuid7 } from '../base/uuid7';
import { minuteIn, type Zone } from '../base/zone';
import { againDelay, deliver, isHeld, isRush, keepHold, readHold, waitsFor, type PunchReply } from './outbox_delivery';

const ANSWER_MS = 20_000, PAGE_FIRST_MS = 5_000;
const ask = (path: string, init: RequestInit = {}) => fetch(path, { ...init, cache: 'no-store', signal: AbortSignal.timeout(ANSWER_MS) });
const sleep = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));

async function post(body: object): Promise<PunchReply> {
  const asked = Date.now();
  const r = await ask('/api/v1/attendance/punches', { method: 'POST', body: JSON.stringify(body), headers: { 'Content-Type': 'application/json', 'X-Luwes': '1', 'Idempotency-Key': uuid7() } });
  const got = await r.json().catch(() => ({})) as Record<string, unknown>, at = { status: r.status, asked, answered: Date.now() };
  await keepHold(r.headers);
  if (r.ok) return { ...at, ...got };
  const isFinal = r.status < 500 && ![401, 408, 429].includes(r.status) && typeof got.code === 'string';
  return { ...at, refused: isFinal ? got.code as string : undefined, reason: got.reason as string | undefined };
}

interface Session { employee: string }
const isOpen = (i: OutboxItem) => i.kind === 'punch' && i.state === 'waiting';
const waiting = async () => (await readOutbox()).filter(isOpen);

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
  await turn(early, hasPage);
  if (!(await waiting()).length) return;
  const r = await ask('/api/v1/me');
  if (r.status === 401) return;
  if (!r.ok) throw new Error(`me: ${r.status}`);
  const me = await r.json() as Session;
  const good = await navigator.locks.request('luwes-flush', async () => deliver((await waiting()).filter(i => i.owner === me.employee && !isHeld(i, Date.now())), post)) as boolean;
  if (!good) throw new Error('not delivered');
}
