/*
 * The outbox: what this phone recorded and the server has not yet. An event is signed where this phone has a key,
 * kept on disk, then shown as kept, then sent by every trigger there is; its id makes a repeat harmless. A receipt
 * that says "rejected" stays visible with its reason until the person has read it. What sends is outbox_delivery.ts,
 * which the service worker uses too.
 */
import { computed, signal } from '@preact/signals';
import { api, clockOffset, isProblem, serverNow, upload, type Problem } from '../base/api';
import type { Bytes } from '../base/bytes';
import { minuteIn, type Zone } from '../base/zone';
import { me, person } from '../base/session';
import { keepInOutbox, keepPhone, readOutbox, removeFromOutbox, trimReceipts, type OutboxItem, type PhoneKey, type Sealed } from '../base/store';
import { uuid7 } from '../base/uuid7';
import type { EventType, Proof } from './event';
import { keyOf, seal } from './keys';
import { againDelay, deliver, deliverOthers, firstDelay, isHeld, isRush, keepHold, MAX_WAIT_MS, readHold, unsignedDirection, waitsFor, type Answer, type PunchReply, type Send } from './outbox_delivery';

const held = signal<OutboxItem[]>([]);
/** Of the person who is signed in; what others left on this phone waits for them. */
export const outbox = computed(() => held.value.filter(i => i.owner === person.value));
export const waiting = computed(() => outbox.value.filter(i => i.state === 'waiting'));
export const rejected = computed(() => outbox.value.filter(i => i.state === 'rejected'));
/** Rises when the server took something: views then ask again. */
export const delivered = signal(0);

const KEEP_SENT_MS = 3 * 86_400_000, SAME_PRESS_MS = 60_000;
/** The most that offset_ms may say. */
const MAX_OFFSET_MS = 31_622_400_000;
/** A passkey is asked for no longer than this; then the event goes without it. */
const ASSERT_MS = 15_000;
/** So long a press waits for the server's time. */
const TOKEN_MS = 1500;

export interface Position {
  lat_e7: number;
  lon_e7: number;
  accuracy_metres: number;
  /** The phone's clock at the fix, and what else it said: only what is signed carries these. */
  at?: number;
  accuracy_cm?: number;
  speed_cms?: number;
  altitude_cm?: number;
}
export type PositionError = 'denied' | 'unavailable' | 'timeout' | 'unsupported';
export interface PunchOptions {
  /** Proof of presence, and the number that a colleague's signature covers already. */
  proof?: Proof;
  random?: Bytes;
  /** Kept from being sent for so long, or until `release`: a kiosk reads it first. */
  held_ms?: number;
}

export async function refreshOutbox(): Promise<void> {
  const all = await readOutbox().catch(() => []), old = serverNow().getTime() - KEEP_SENT_MS;
  const isOld = (i: OutboxItem) => i.state === 'sent' && Date.parse(i.made_at) < old;
  for (const i of all) if (isOld(i)) await removeFromOutbox(i.id);
  held.value = all.filter(i => !isOld(i));
}
outbox.subscribe(() => {
  const n = waiting.peek().length, badge = typeof navigator === 'undefined' ? undefined : navigator as { setAppBadge?: (n: number) => Promise<void>; clearAppBadge?: () => Promise<void> };
  void (n ? badge?.setAppBadge?.(n) : badge?.clearAppBadge?.())?.catch(() => undefined);
});

declare const __BUILD__: string | undefined;
/** First 8 bytes of the app's version. */
const BUILD = typeof __BUILD__ === 'undefined' ? new Uint8Array(8) : Uint8Array.from(__BUILD__.match(/../g)!.slice(0, 8), x => parseInt(x, 16));

/* Two tabs must not interleave: one writes or sends at a time, where the browser has locks. */
const alone = <T>(name: string, run: () => Promise<T>): Promise<T> =>
  navigator.locks ? navigator.locks.request(`luwes-${name}`, run) as Promise<T> : run();

/** What kind of event a punch is. */
export const typeOf = (i: OutboxItem) => (i.type ?? i.body.direction) as EventType;
/* a second press, perhaps in another tab, is the first one again */
const isSame = (i: OutboxItem, item: OutboxItem) => item.kind === 'punch' && i.kind === 'punch' && i.owner === item.owner && i.state !== 'rejected'
  && typeOf(i) === typeOf(item) && Math.abs(Date.parse(i.made_at) - Date.parse(item.made_at)) < SAME_PRESS_MS;

/** `keep` puts the item on the disk, perhaps in another shape. */
async function enqueue(item: OutboxItem, keep: (item: OutboxItem) => Promise<OutboxItem>): Promise<OutboxItem> {
  const kept = await alone('outbox', async () => (await readOutbox()).find(i => isSame(i, item)) ?? keep(item));
  await refreshOutbox();
  void navigator.storage?.persist?.();
  void askForSync();
  wake();
  return kept;
}
function recordPlain(kind: OutboxItem['kind'], id: string, body: Record<string, unknown>, at: number): Promise<OutboxItem> {
  const item: OutboxItem = { id, owner: me.peek()!.employee, kind, body, made_at: madeAt(at), tries: 0, state: 'waiting' };
  return enqueue(item, async i => { await keepInOutbox(i); return i; });
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

/* ---- punches ---- */

/** The key of this person on this phone; null: none, undefined: not looked yet. */
export const phoneKey = signal<PhoneKey | null | undefined>(undefined);
export async function refreshKey(): Promise<void> {
  const owner = person.peek(), key = owner ? await keyOf(owner) : undefined;
  if (person.peek() === owner) phoneKey.value = key ?? null;
}
person.subscribe(() => { phoneKey.value = undefined; });

let renewing: Promise<void> | undefined;
/** The server's time for what is signed next; where the phone is no longer its owner's, that is kept too. */
export function renewToken(): Promise<void> {
  return (renewing ??= (async () => {
    await refreshKey();
    if (phoneKey.peek()?.state !== 'active') return;
    await signer().then(c => c.renewToken(phoneKey.peek()!, clockOffset.peek())).catch(() => undefined);
    await refreshKey();
  })().finally(() => { renewing = undefined; }));
}
/* A token that is just being fetched is worth a moment: it proves more, and a clock that was moved is put right. */
const newest = () => renewing && Promise.race([renewing, new Promise(resolve => setTimeout(resolve, TOKEN_MS))]);

/* What signs is fetched only by a phone that has a key; the service worker keeps it for days without a signal. */
const signer = () => import('./chain');
export const isInstalled = () => matchMedia?.('(display-mode: standalone)').matches || (navigator as { standalone?: boolean }).standalone === true;
const isRushNow = () => isRush(minuteIn(serverNow(), (me.peek()?.government.zone as Zone | undefined) ?? 'WIB'));

/* As it is without a key: the position sealed where the browser can, else in the open. */
async function keepUnsigned(item: OutboxItem, place: object | undefined): Promise<OutboxItem> {
  const secret = place && await seal(place), kept: OutboxItem = place && !secret ? { ...item, body: { ...item.body, ...place } } : { ...item, secret };
  await keepInOutbox(kept);
  return kept;
}

/**
 * Anything a phone may record. `at` is the phone's clock at the press. Resolves when the event is on this phone's
 * disk, signed where this phone has a key.
 */
export async function recordEvent(type: EventType, position?: Position, error?: PositionError, at = Date.now(), more: PunchOptions = {}): Promise<OutboxItem> {
  const owner = me.peek()!.employee, mono = performance.now() - Math.max(0, Date.now() - at), offset = clockOffset.peek(), id = uuid7();
  await newest();
  const own = await keyOf(owner), chain = own?.state === 'active' ? await signer().catch(() => undefined) : undefined, key = chain && own;
  const place = position && { lat_e7: position.lat_e7, lon_e7: position.lon_e7, accuracy_metres: position.accuracy_metres };
  const fault = error ? { position_error: error } : {};
  const item: OutboxItem = {
    id, owner, kind: 'punch', type, body: { id, direction: unsignedDirection(type), ...phoneStamp(at, offset, !!me.peek()?.government.is_demo), ...fault },
    made_at: new Date(at + (offset ?? 0)).toISOString(), tries: 0, state: 'waiting',
  };
  let signed: Awaited<ReturnType<NonNullable<typeof chain>['addLink']>>;
  const kept = await enqueue(item, async plain => {
    const now = Date.now(), delay = firstDelay(true, isRushNow()), asks = key?.credential && chain!.canAssert();
    if (key) signed = await chain!.addLink(key, {
      type, at, mono, offset: offset ?? 0, installed: isInstalled(), build: BUILD, random: more.random, proof: more.proof, position_error: error,
      position: position && { lat_e7: position.lat_e7, lon_e7: position.lon_e7, accuracy_cm: position.accuracy_cm ?? position.accuracy_metres * 100, at: position.at ?? at, speed_cms: position.speed_cms, altitude_cm: position.altitude_cm },
    }, { ...place, ...fault }, {
      owner, kind: 'punch', type, body: { direction: unsignedDirection(type) }, tries: 0, state: 'waiting', due: delay ? now + delay : undefined,
      held: more.held_ms || asks ? now + Math.max(more.held_ms ?? 0, asks ? ASSERT_MS + 1000 : 0) : undefined,
    });
    return signed?.item ?? keepUnsigned(plain, place);
  });
  if (key && !signed) void refreshKey();
  if (signed && key?.credential && chain!.canAssert()) void chain!.assert(key.credential, signed, ASSERT_MS).then(secret => release(kept.id, secret, more.held_ms));
  return kept;
}
/** Lets a held event go, with what came to it meanwhile; or keeps holding it for another reason. */
export async function release(id: string, secret?: Sealed, again_ms = 0): Promise<void> {
  await alone('outbox', async () => {
    const item = (await readOutbox()).find(i => i.id === id);
    if (item?.held && item.state === 'waiting') await keepInOutbox({ ...item, secret: secret ?? item.secret, held: again_ms ? Date.now() + again_ms : undefined });
  });
  await refreshOutbox();
  wake();
}

/* ---- everything else ---- */

/** A question for a correction; its id is the event's own, so a repeat is harmless however late. */
export function recordCorrection(body: Record<string, unknown>): Promise<OutboxItem> {
  const id = uuid7();
  return recordPlain('correction', id, { id, ...body }, Date.now());
}
/* in the server's time, as this phone knows it: nobody is late by the network */
const madeAt = (at: number) => new Date(at + (clockOffset.peek() ?? 0)).toISOString();
export const recordReport = (body: Record<string, unknown>, at = Date.now()) => recordPlain('report', uuid7(), { made_at: madeAt(at), ...body }, at);
/** Told on this phone; its own id is the server's too, so that a repeat is harmless even after weeks. */
export function recordNotice(body: Record<string, unknown>, at = Date.now()): Promise<OutboxItem> {
  const id = uuid7();
  return recordPlain('notice', id, { id, made_at: madeAt(at), ...body }, at);
}
export const dismiss = async (id: string) => { await removeFromOutbox(id); await refreshOutbox(); };

async function askForSync() {
  const registration = await navigator.serviceWorker?.ready.catch(() => undefined) as (ServiceWorkerRegistration & { sync?: { register(tag: string): Promise<void> } }) | undefined;
  await registration?.sync?.register('outbox').catch(() => undefined);
}

/* ---- sending ---- */

let heldUntil = 0;
const isFinal = (p: Problem) => p.status < 500 && ![401, 408, 429].includes(p.status);
/** A refusal that no repeat would change; and when the server says how long to wait, that is kept. */
async function refusal(r: { response: Response; error?: unknown }): Promise<Problem | undefined> {
  heldUntil = await keepHold(r.response.headers) || heldUntil;
  const p = r.error && typeof r.error === 'object' && isProblem(r.error) ? r.error : undefined;
  return p && isFinal(p) ? p : undefined;
}

const post = async (body: { events: unknown[]; sent_at?: string }): Promise<PunchReply> => {
  const asked = Date.now(), r = await api.POST('/api/v1/attendance/punches', { body: body as never }), at = { status: r.response.status, asked, answered: Date.now() };
  if (r.data) return { ...at, ...r.data as object };
  const problem = await refusal(r);
  return { ...at, refused: problem?.code, reason: problem?.reason };
};

async function sendBytes(bytes: Bytes): Promise<Answer> {
  const r = await upload(new Blob([bytes]));
  return isProblem(r) ? { refused: isFinal(r) ? r : undefined } : { sha256: r.sha256 };
}
const send: Send = async (method, path, key, body) => {
  if (body instanceof Uint8Array) return sendBytes(body as Bytes);
  const call = api[method] as (path: string, init: object) => Promise<unknown>;
  const r = await call(path, { body, headers: { 'Idempotency-Key': key } }) as { data?: { received_at?: string }; error?: unknown; response: Response };
  return r.data ? { taken: r.data.received_at ?? serverNow().toISOString() } : { refused: await refusal(r) };
};

/* What waited at an automatic start of the rush waits a little more, once. */
const spread = new Map<string, number>();
/** Ms until an event goes of itself. */
const waitOf = (i: OutboxItem, now: number) => isHeld(i, now) ? i.held! - now : Math.max(waitsFor(i, now), (spread.get(i.id) ?? 0) - now, 0);
/** What is signed waits its turn of a busy morning, and may be sent by hand. */
export const soon = signal(false);

async function sendAll(everything: boolean): Promise<boolean> {
  await refreshOutbox();
  const owner = person.peek(), isHis = () => person.peek() === owner, now = Date.now();
  const due = waiting.peek().filter(i => !isHeld(i, now) && (everything || waitOf(i, now) <= 0));
  let good = await deliver(due.filter(i => i.kind === 'punch'), post, isHis);
  /* a punch that cannot be taken holds up punches alone */
  if (good || heldUntil <= Date.now()) good = await deliverOthers(due.filter(i => i.kind !== 'punch'), send, isHis) && good;
  await refreshOutbox();
  if (!good) for (const item of waiting.peek()) if (due.some(i => i.id === item.id)) await keepInOutbox({ ...item, tries: item.tries + 1 });
  await refreshOutbox();
  return good;
}

let running: Promise<boolean> | undefined, isWhole = false, timer: ReturnType<typeof setTimeout> | undefined;

function run(everything: boolean): Promise<boolean> {
  if (!me.peek()) return Promise.resolve(false);
  if (running) return everything && !isWhole ? running.then(() => run(true)) : running;
  isWhole = everything;
  return (running = alone('flush', async () => {
    const before = waiting.peek().length;
    const good = await sendAll(everything);
    const left = waiting.peek().length;
    if (before > left || (good && (before > 0 || left === 0))) delivered.value++;
    if (before > left) void refreshKey();
    schedule();
    return good;
  }).finally(() => { running = undefined; }));
}
/** Sends what waits; true when nothing failed. Several callers share one run. */
export const flush = () => run(true);

/** Full jitter, doubling, at most five minutes. */
export const backoffMs = (tries: number, random = Math.random()) => Math.round(random * Math.min(MAX_WAIT_MS, 2000 * 2 ** Math.min(tries, 12))) + 500;

function schedule() {
  clearTimeout(timer);
  const now = Date.now(), left = waiting.peek(), tried = left.filter(i => waitOf(i, now) <= 0), later = left.map(i => waitOf(i, now)).filter(ms => ms > 0);
  soon.value = left.some(i => i.signed && !isHeld(i, now) && waitOf(i, now) > 0);
  if (tried.length) later.push(backoffMs(Math.max(...tried.map(i => i.tries))));
  if (left.length) timer = setTimeout(wake, Math.max(0, heldUntil - now) + Math.min(...later));
}

/* Of itself nothing is sent before the time that the server asked for; then the timer sends it. A run under way may have
   failed already for want of the signal that is back now. */
function wake() {
  const ms = heldUntil - Date.now();
  if (ms <= 0 || ms > MAX_WAIT_MS) void (running ? running.then(good => good || run(false)) : run(false));
}
/* The app was opened, or a signal came back: so it is with thousands of others, and what proves its time lets them pass. */
function wakeSpread() {
  const now = Date.now(), delay = againDelay(isRushNow());
  if (delay) for (const i of waiting.peek()) if (i.signed && !spread.has(i.id) && waitOf(i, now) <= 0) spread.set(i.id, now + delay);
  wake();
}

let listening = false;
/** At every sign-in. */
export function startOutbox() {
  if (!listening) {
    listening = true;
    addEventListener('online', wakeSpread);
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden) { wakeSpread(); void renewToken(); }
      /* the app is being left, and nothing sends later in its place */
      else if (soon.peek() && !('SyncManager' in globalThis)) void flush();
    });
    navigator.serviceWorker?.addEventListener('message', e => { if (e.data === 'flush') wake(); });
  }
  void readHold().then(async until => {
    heldUntil = Math.max(heldUntil, until);
    await refreshOutbox();
    wakeSpread();
  });
  void renewToken();
  /* for the worker, which asks nobody what time it is where */
  void keepPhone('zone', me.peek()?.government.zone ?? 'WIB').then(trimReceipts).catch(() => undefined);
}
