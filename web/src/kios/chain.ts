/*
 * The kiosk's own chain, and what it sends of it. A record is signed, kept by the disk in one transaction with the end
 * of the chain, and only then shown as done; it is sent when there is a connection, in order, and stays until the
 * server has answered. One tab records at a time.
 */
import { signal } from '@preact/signals';
import { api } from '../base/api';
import { fromText, isSame, join, random, toText, type Bytes } from '../base/bytes';
import { claimOf } from '../base/tokentime';
import { encodeRecord, RECORD_PREFIX, recordHash, type KioskRecord } from './record';
import { connected, sign, station, tokenOf } from './station';
import { changeStation, keepRecord, readChain, readStation, readWaiting, refuseRecord, removeRecord, type Station, type Token, type Waiting } from './store';

/** Records that the server has not taken yet, and those it refused. */
export const waiting = signal<Waiting[]>([]);
export const loadWaiting = async () => { waiting.value = await readWaiting(); };

const RETRIES = 3, BATCH = 20, PAUSE_MS = [2_000, 5_000, 15_000, 60_000, 300_000];

export type Link = Pick<KioskRecord, 'kind' | 'subject' | 'employee' | 'type' | 'officer'> & { random?: Bytes; token?: Token; event?: Bytes; event_signature?: Bytes; duty?: Bytes };

async function makeLink(s: Station, link: Link, change: Partial<Station>): Promise<number | undefined> {
  const head = await readChain(), token = link.token ?? s.token, { wall, mono } = claimOf(token, Date.now(), performance.now(), s.offset), seq = head.seq + 1;
  const bytes = encodeRecord({ ...link, kiosk: s.kiosk_key!, seq, prev: head.hash, token, wall, mono, random: link.random ?? random(16) });
  const record: Waiting = { seq, bytes, signature: await sign(s, join(RECORD_PREFIX, bytes)), event: link.event, event_signature: link.event_signature, duty: link.duty };
  return await keepRecord(record, await recordHash(bytes), change) ? wall : undefined;
}

/** Signs and keeps; the kiosk's time. Throws when the disk refuses: then nothing may be shown as done. */
export async function addRecord(link: Link, change: Partial<Station> = {}): Promise<number> {
  const run = async () => {
    for (let n = 0; n < RETRIES; n++) {
      const s = await readStation(), at = s && await makeLink(s, link, change);
      if (at !== undefined) return at;
    }
    throw new Error('the chain runs ahead');
  };
  const at = navigator.locks ? await navigator.locks.request('luwes-kios-chain', run) : await run();
  station.value = await readStation() ?? null;
  await loadWaiting();
  void flush();
  return at;
}

/* ---- sending ---- */

const asInput = (r: Waiting) => ({
  bytes: toText(r.bytes), signature: toText(r.signature), ...(r.event && r.event_signature ? { event: toText(r.event), event_signature: toText(r.event_signature) } : {}), ...(r.duty ? { duty: toText(r.duty) } : {}),
});

async function sendBatch(s: Station, batch: Waiting[]): Promise<boolean> {
  const asked = Date.now(), sent_at = new Date(claimOf(s.token, asked, performance.now(), s.offset).wall).toISOString();
  const r = await api.POST('/api/v1/attendance/countersigns', { body: { government: s.government, station: s.id, sent_at, records: batch.map(asInput) } }).catch(() => undefined);
  if (!r?.data) return false;
  await Promise.all(batch.map(async (record, i) => {
    const receipt = r.data.receipts[i]!;
    if (receipt.status === 'rejected') return refuseRecord(record, receipt.reason ?? 'rejected');
    if (isSame(await recordHash(record.bytes), fromText(receipt.hash))) await removeRecord(record.seq);
  }));
  const now = r.data.token && await changeStation({ token: tokenOf(r.data.token, asked, Date.now()) }); /* none for what has ended */
  if (now) station.value = now;
  return true;
}

let sending: Promise<void> | undefined, failures = 0, timer: ReturnType<typeof setTimeout> | undefined;

async function sendAll(): Promise<void> {
  for (;;) {
    const s = await readStation(), due = (await readWaiting()).filter(r => !r.refused);
    if (!s || !due.length) break;
    const done = await sendBatch(s, due.slice(0, BATCH)), left = (await readWaiting()).filter(r => !r.refused);
    connected.value = done;
    failures = done ? 0 : failures + 1;
    if (!done || left.length >= due.length) break;
  }
  await loadWaiting();
  clearTimeout(timer);
  /* full jitter: kiosks of a whole province come back with one line */
  if (waiting.peek().some(r => !r.refused)) timer = setTimeout(() => void flush(), Math.random() * PAUSE_MS[Math.min(failures, PAUSE_MS.length - 1)]!);
}
/** Sends what waits; once at a time. */
export const flush = () => (sending ??= sendAll().catch(() => undefined).finally(() => { sending = undefined; }));
