// @vitest-environment happy-dom
/*
 * A kiosk's chain: links that fit, two presses at once, a disk that refuses, and what becomes of a record once the
 * server has answered. docs/EVIDENCE.md, LUWES-KC.
 */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fromText, join, toText, type Bytes } from '../base/bytes';
import { addRecord, flush, waiting } from './chain';
import { RECORD_PREFIX, recordHash } from './record';
import { loadStation, station } from './station';
import { closeStore, keepStation, readWaiting } from './store';

interface Asked { station: string; sent_at: string; records: { bytes: string; signature: string }[] }
type Receipt = { hash: string; status: string; reason?: string };
let asked: Asked[], answer: (a: Asked) => Promise<Receipt[]>, publicKey: CryptoKey, next: number, hasEnded: boolean;

const KIOSK = new Uint8Array(16).fill(3), NOW = new Date('2025-11-13T00:20:00Z');
const hashes = (a: Asked) => Promise.all(a.records.map(async r => toText(await recordHash(fromText(r.bytes)))));
const takes = async (a: Asked): Promise<Receipt[]> => (await hashes(a)).map(hash => ({ hash, status: 'accepted' }));
const offline = (): Promise<Receipt[]> => Promise.reject(new TypeError('Failed to fetch'));
const card = (fill = ++next) => ({ kind: 'card', subject: new Uint8Array(32).fill(fill), employee: '437509845123465216', type: 'in', officer: '437509845123465300' }) as const;

/* as docs/EVIDENCE.md lays them out */
const seqOf = (b: Bytes) => Number(new DataView(b.buffer).getBigUint64(28)), prevOf = (b: Bytes) => toText(b.slice(36, 68)), wallOf = (b: Bytes) => Number(new DataView(b.buffer).getBigUint64(92));
async function expectChain(records: { bytes: Bytes; signature: Bytes }[]) {
  let prev = toText(new Uint8Array(32));
  for (const [i, r] of records.entries()) {
    expect([seqOf(r.bytes), prevOf(r.bytes)]).toEqual([i + 1, prev]);
    expect(await crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, publicKey, r.signature, join(RECORD_PREFIX, r.bytes))).toBe(true);
    prev = toText(await recordHash(r.bytes));
  }
}

beforeEach(async () => {
  await closeStore();
  globalThis.indexedDB = new IDBFactory();
  asked = [];
  next = 0;
  hasEnded = false;
  answer = offline;
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: NOW });
  vi.stubGlobal('fetch', async (r: Request) => {
    const a = JSON.parse(await r.text()) as Asked;
    asked.push(a);
    return new Response(JSON.stringify({ receipts: await answer(a), token: hasEnded ? undefined : { id: toText(new Uint8Array(16)), issued_at: NOW.toISOString(), signature: 'AAAA', key: 'AAAA' } }), { headers: { 'content-type': 'application/json' } });
  });
  const keys = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
  publicKey = keys.publicKey;
  await keepStation({ government: 'jabar', id: '77', kind: 'kiosk', name: 'Gerbang', unit_name: 'SDN 1', zone: 'WIB', keys, kiosk_key: KIOSK, offset: 0, officers: [], duty_hours: 10 });
  await loadStation();
  waiting.value = [];
});
afterEach(async () => {
  await flush();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe('the chain', () => {
  it('links what was recorded without a connection, each signed and on the disk', async () => {
    for (let n = 0; n < 3; n++) expect(await addRecord(card())).toBe(NOW.getTime());
    await flush();
    const kept = await readWaiting();
    expect(kept.map(r => wallOf(r.bytes))).toEqual(Array(3).fill(NOW.getTime()));
    await expectChain(kept);
    expect(waiting.value).toHaveLength(3);
  });
  it('has no gap and no fork when two hands come at once', async () => {
    await Promise.all([addRecord(card()), addRecord(card())]);
    await expectChain(await readWaiting());
    expect(await readWaiting()).toHaveLength(2);
  });
  it('says nothing was recorded when the disk refuses, and goes on where it was', async () => {
    await addRecord(card());
    const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => { throw new DOMException('full', 'QuotaExceededError'); });
    await expect(addRecord(card())).rejects.toThrow();
    put.mockRestore();
    expect(await readWaiting()).toHaveLength(1);
    await addRecord(card());
    await expectChain(await readWaiting());
    expect(await readWaiting()).toHaveLength(2);
  });
  it('keeps an officer\'s turn and the record that begins it together', async () => {
    const since = NOW.getTime();
    await addRecord({ kind: 'officer', subject: new Uint8Array(32), officer: '5', duty: new Uint8Array(88) }, { duty: { officer: '5', initials: 'AB', since } });
    expect(station.value!.duty).toEqual({ officer: '5', initials: 'AB', since });
    expect(await readWaiting()).toMatchObject([{ seq: 1, duty: new Uint8Array(88) }]);
  });
});

describe('a record', () => {
  it('is gone from the kiosk once the server has it, in order', async () => {
    await addRecord(card());
    await addRecord(card());
    await flush();
    answer = takes;
    asked = [];
    await flush();
    expect(asked.flatMap(a => a.records.map(r => seqOf(fromText(r.bytes))))).toEqual([1, 2]);
    expect(await readWaiting()).toEqual([]);
    await addRecord(card());
    await vi.waitFor(async () => expect(await readWaiting()).toEqual([]));
    expect(asked.at(-1)!.records.map(r => seqOf(fromText(r.bytes)))).toEqual([3]); /* the chain goes on */
  });
  it('is handed in by a kiosk that has ended, which is given no time token any more', async () => {
    await addRecord(card());
    await flush();
    const { token } = station.value!;
    answer = takes;
    hasEnded = true;
    await flush();
    expect(await readWaiting()).toEqual([]);
    expect(station.value!.token).toEqual(token);
  });
  it('stays when the answer is about another one', async () => {
    await addRecord(card());
    await flush();
    answer = async a => a.records.map(() => ({ hash: toText(new Uint8Array(32)), status: 'accepted' }));
    await flush();
    expect(await readWaiting()).toHaveLength(1);
  });
  it('that the server refused stays with its reason, and is not sent again', async () => {
    await addRecord(card());
    await flush();
    answer = async a => (await hashes(a)).map(hash => ({ hash, status: 'rejected', reason: 'bad signature' }));
    await flush();
    expect(await readWaiting()).toMatchObject([{ refused: 'bad signature' }]);
    asked = [];
    await flush();
    expect(asked).toEqual([]);
    expect(waiting.value).toHaveLength(1);
  });
  it('goes in batches', async () => {
    for (let n = 0; n < 23; n++) await addRecord(card());
    await flush();
    answer = takes;
    asked = [];
    await flush();
    expect(asked.map(a => a.records.length)).toEqual([20, 3]);
    expect(await readWaiting()).toEqual([]);
  });
});
