/*
 * Sending what waits and settling what comes back: for the page and for the service worker, which delivers when the
 * app is closed. Whoever calls holds the lock `luwes-flush`; an event's id makes a repeat harmless all the same.
 *
 * What a phone signed keeps its order in the chain. A batch is of one phone and one correction of its clock, because
 * `sent_at` tells the server how far that clock has moved since the token. A signed event that the server will
 * never take as such goes once more without its signature: a fault of ours costs nobody his presence. What is no
 * punch goes one by one, and one that the server cannot take holds up only what depends on it.
 */
import { fromText, join, toText, type Bytes } from '../base/bytes';
import { changeKey, keepInOutbox, keepPhone, keepSettled, readPhone, removeDraft, reportDraft, type KeptReceipt, type OutboxItem, type Receipt } from '../base/store';
import { uuid7 } from '../base/uuid7';
import type { SignedSecret } from './chain';
import { keepToken, tokenOf, type TokenReply } from './chain_time';
import { seal, unseal } from './keys';

export interface PunchReply {
  receipts?: Receipt[];
  token?: TokenReply;
  /** A refusal in the server's own words; a repeat would not change it. */
  refused?: string;
  /** And its reason for it. */
  reason?: string;
  status: number;
  /** The phone's clock around the question. */
  asked: number;
  answered: number;
}
export type Post = (body: { events: unknown[]; sent_at?: string }) => Promise<PunchReply>;

const BATCH = 50, BATCH_TEXT = 48 * 1024, REFUSALS_MAX = 1000;
/** The server's words for an event of somebody else, and of a phone it does not know (attendance_signed.c). */
const NOT_HIS = 'of another person', NO_PHONE = 'no phone of this person', NOT_HIS_MAX = 5;

/* ---- when ---- */

export const MAX_WAIT_MS = 300_000;
/** A first sending is spread over 20 s, what waited already over two minutes; more than that is a clock that was set back. */
const FIRST_MS = 20_000, AGAIN_MS = 120_000, RUSH_FROM = 7 * 60, RUSH_TO = 8 * 60 + 30;

/** Thirty-six thousand phones come at once at half past seven. */
export const isRush = (minuteOfDay: number) => minuteOfDay >= RUSH_FROM && minuteOfDay < RUSH_TO;
/** A signed event proves its time, so it may wait a little; what counts by its arrival may not. */
export const firstDelay = (signed: boolean, rush: boolean, chance = Math.random()) => signed && rush ? Math.round(chance * FIRST_MS) : 0;
export const againDelay = (rush: boolean, chance = Math.random()) => rush ? Math.round(chance * AGAIN_MS) : 0;
/** Ms until an event goes of itself. */
export const waitsFor = (i: OutboxItem, now: number) => i.due && i.due > now && i.due - now <= AGAIN_MS ? i.due - now : 0;
/** Whether somebody still adds to it: a passkey is being asked, a kiosk is reading. */
export const isHeld = (i: OutboxItem, now: number) => !!i.held && i.held > now && i.held - now <= AGAIN_MS;

/** Until when the server asked not to be called, by the phone's clock; the page and the worker share it. */
export async function readHold(now = Date.now()): Promise<number> {
  const until = await readPhone<number>('hold').catch(() => undefined);
  return until && until - now <= MAX_WAIT_MS ? until : 0;
}
/** What an answer asks for; the moment until which nothing is sent of itself. */
export async function keepHold(headers: Headers, now = Date.now()): Promise<number> {
  const seconds = Number(headers.get('Retry-After'));
  if (!(seconds > 0)) return 0;
  const until = now + Math.min(seconds * 1000, MAX_WAIT_MS);
  await keepPhone('hold', until).catch(() => undefined);
  return until;
}

/* ---- what ---- */

/** What the server gets; undefined when the key that sealed it is gone. */
async function wire(i: OutboxItem): Promise<object | undefined> {
  if (!i.secret) return i.body;
  const open = await unseal<SignedSecret | Record<string, unknown>>(i.secret);
  if (!i.signed) return { ...i.body, ...open };
  return open && { ...(open as SignedSecret).event, refusals: i.body.refusals, note: i.body.note };
}

/* Links of one phone go in the order of its chain, whatever its clock said meanwhile. */
function inOrder(items: readonly OutboxItem[]): OutboxItem[] {
  const chains = new Map<string, OutboxItem[]>();
  for (const i of items) if (i.signed) chains.set(i.signed.device, [...chains.get(i.signed.device) ?? [], i]);
  for (const chain of chains.values()) chain.sort((a, b) => a.signed!.seq - b.signed!.seq);
  return items.map(i => i.signed ? chains.get(i.signed.device)!.shift()! : i);
}

const basis = (i: OutboxItem) => i.signed ? `${i.signed.device} ${i.signed.offset}` : '';
interface Batch { items: OutboxItem[]; events: object[] }
async function batches(items: readonly OutboxItem[]): Promise<Batch[]> {
  const out: Batch[] = [];
  let text = 0;
  for (const i of inOrder(items)) {
    const event = await wire(i), size = JSON.stringify(event ?? '').length, last = out.at(-1);
    if (!event) {
      await keepInOutbox({ ...i, secret: undefined, state: 'rejected', reason: 'unreadable' });
    } else if (last && last.items.length < BATCH && text + size <= BATCH_TEXT && basis(last.items[0]!) === basis(i)) {
      last.items.push(i);
      last.events.push(event);
      text += size;
    } else {
      out.push({ items: [i], events: [event] });
      text = size;
    }
  }
  return out;
}

/* ---- sending ---- */

/** Without a signature an answer is a sign of presence like any other. */
export const unsignedDirection = (type: string) => type === 'answer' ? 'check' : type;
async function settle(i: OutboxItem, r: Receipt): Promise<void> {
  const item: OutboxItem = { ...i, state: r.status === 'rejected' ? 'rejected' : 'sent', reason: r.reason, received_at: r.received_at, receipt: r, secret: undefined };
  const kept: KeptReceipt | undefined = r.receipt ? { id: i.id, owner: i.owner, made_at: i.made_at, direction: i.type ?? String(i.body.direction), token_at: i.signed?.token_at, receipt: r } : undefined;
  await keepSettled(item, kept);
}

/* The event without its signature; it keeps its id, so that a receipt lost on the way is still its own. */
async function unsign(i: OutboxItem, why: string): Promise<OutboxItem> {
  const open = i.secret && await unseal<SignedSecret>(i.secret), plain = open?.plain ?? {}, secret = Object.keys(plain).length ? await seal(plain) : undefined;
  const item: OutboxItem = { ...i, signed: undefined, secret, unsigned: why };
  await keepInOutbox(item);
  return item;
}

/* The phone is no longer its owner's: what comes next is unsigned until it is enrolled anew. */
const endKey = (i: OutboxItem) => changeKey(i.owner, i.signed!.device, { state: 'ended' }).catch(() => undefined);

async function sendBatch(b: Batch, post: Post): Promise<boolean> {
  const first = b.items[0]!, sent_at = first.signed && new Date(Date.now() + first.signed.offset).toISOString();
  const r = await post({ events: b.events, ...(sent_at ? { sent_at } : {}) });
  if (r.receipts) {
    const receipts = new Map(r.receipts.map(x => [x.id, x]));
    for (const i of b.items) if (receipts.has(i.id)) await settle(i, receipts.get(i.id)!);
    if (first.signed && r.receipts.some(x => x.reason === 'device_ended')) await endKey(first);
    else if (first.signed && r.token) await keepToken(first.owner, first.signed.device, tokenOf(r.token, r.asked, r.answered)).catch(() => undefined);
    return b.items.every(i => receipts.has(i.id));
  }
  if (!r.refused) {
    /* the server was there and did not take it: of an outage that tells when it was felt */
    if (r.status >= 500) for (const i of b.items) await keepInOutbox({ ...i, body: { ...i.body, refusals: Math.min(REFUSALS_MAX, Number(i.body.refusals ?? 0) + 1) } });
    return false;
  }
  /* an envelope the server will never take: each event alone, so that one cannot hold up the others */
  if (b.items.length > 1) {
    let good = true;
    for (const i of b.items) good = good && await deliver([i], post);
    return good;
  }
  /* somebody else signed in meanwhile: it waits for its owner */
  if (first.signed && r.reason === NOT_HIS && first.tries < NOT_HIS_MAX) return false;
  if (first.signed && r.reason === NO_PHONE) await endKey(first);
  if (first.signed) return deliver([await unsign(first, r.refused)], post);
  await keepInOutbox({ ...first, secret: undefined, state: 'rejected', reason: r.refused });
  return true;
}

/** Sends these in their order; true when the server has, or has refused, each of them. `isHis`: still the same person. */
export async function deliver(items: readonly OutboxItem[], post: Post, isHis: () => boolean = () => true): Promise<boolean> {
  for (const b of await batches(items)) if (!isHis() || !await sendBatch(b, post).catch(() => false)) return false;
  return true;
}

/* ---- what is no punch ---- */

/** What the server said: when it took it and a file's name there, or a refusal that no repeat would change, or neither. */
export interface Answer { taken?: string; sha256?: string; refused?: { code: string; reason?: string; pointer?: string } }
/** Bytes go as they are, all else as JSON. Throws when nothing answered. */
export type Send = (method: 'POST' | 'PUT', path: string, key: string, body: object) => Promise<Answer>;
/** What a report shows that was chosen without a signal: it goes before the report that names it. */
export interface WithFile { evidence_bytes?: Bytes; evidence_sha256?: string }

const PATHS = { report: '/api/v1/reports/daily', notice: '/api/v1/org/notices', correction: '/api/v1/attendance/corrections', punch: '' };
/* Versions of one day's report go in their order; the rest depends on nothing. */
const lineOf = (i: OutboxItem) => i.kind === 'report' ? `report/${String(i.body.day)}` : i.id;

async function settleOther(i: OutboxItem, a: Answer): Promise<boolean> {
  if (a.taken) {
    await keepInOutbox({ ...i, state: 'sent', received_at: a.taken });
    if (i.kind === 'report') await removeDraft(reportDraft(i.owner, String(i.body.day)));
  } else if (a.refused) {
    await keepInOutbox({ ...i, state: 'rejected', reason: a.refused.code, why: a.refused.reason, pointer: a.refused.pointer });
  }
  return !!(a.taken ?? a.refused);
}

/* A file that arrived is named at once, so that no repeat sends it again. */
async function sendFiles(i: OutboxItem, send: Send): Promise<{ item: OutboxItem; refused?: Answer }> {
  let item = i;
  const all = i.kind === 'report' ? i.body.items as WithFile[] ?? [] : [];
  for (const [k, { evidence_bytes, ...rest }] of all.entries()) {
    if (!evidence_bytes) continue;
    const a = await send('POST', '/api/v1/files', uuid7(), evidence_bytes);
    if (!a.sha256) return { item, refused: a };
    item = { ...item, body: { ...item.body, items: (item.body.items as WithFile[]).map((x, n) => n === k ? { ...rest, evidence_sha256: a.sha256 } : x) } };
    await keepInOutbox(item);
  }
  return { item };
}

async function sendOther(i: OutboxItem, send: Send): Promise<boolean> {
  const { item, refused } = await sendFiles(i, send);
  return settleOther(item, refused ?? await send(i.kind === 'report' ? 'PUT' : 'POST', PATHS[i.kind], i.id, item.body));
}

/** Sends each of these; true when the server has, or has refused, all of them. Without a signal, or where the server asks to wait, it stops. */
export async function deliverOthers(items: readonly OutboxItem[], send: Send, isHis: () => boolean | Promise<boolean> = () => true): Promise<boolean> {
  const stuck = new Set<string>();
  for (const i of items) {
    if (stuck.has(lineOf(i))) continue;
    const done = await isHis() ? await sendOther(i, send).catch(() => undefined) : undefined;
    if (done === undefined) return false;
    if (done) continue;
    if (await readHold() > Date.now()) return false;
    stuck.add(lineOf(i));
  }
  return stuck.size === 0;
}

/** The text of a kiosk's QR code for an event that still waits; undefined once it was sent. */
export async function kioskText(i: OutboxItem): Promise<string | undefined> {
  const open = i.secret && i.signed ? await unseal<SignedSecret>(i.secret) : undefined;
  return open && `LW1E.${toText(join(fromText(open.event.signature), fromText(open.event.bytes)))}`;
}
