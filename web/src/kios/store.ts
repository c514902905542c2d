/*
 * What a screen or kiosk keeps, in a database of its own: its keys, which can sign and never be read out, the end of
 * its chain, the records not yet sent, and whom it may greet. Record and chain end go in one transaction that the disk
 * confirms; WebKit may kill the database behind our back, so a failed one opens it again once.
 */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { Bytes } from '../base/bytes';
import type { Zone } from '../base/format';
import type { Measured } from '../base/tokentime';

export interface Token extends Measured { id: Bytes }
export interface Officer { employee: string; initials: string; device?: Bytes; public_key?: Bytes }
export interface Duty { officer: string; initials: string; since: number }
export interface Station {
  government: string;
  id: string;
  kind: 'display' | 'kiosk';
  name: string;
  unit_name: string;
  zone: Zone;
  keys: CryptoKeyPair;
  /** Of a screen: makes its codes. */
  display_key?: CryptoKey;
  kiosk_key?: Bytes;
  /** Server minus this clock, ms. */
  offset: number;
  ended?: boolean;
  token?: Token;
  officers: Officer[];
  duty_hours: number;
  duty?: Duty;
}
export interface Waiting {
  seq: number;
  bytes: Bytes;
  signature: Bytes;
  event?: Bytes;
  event_signature?: Bytes;
  duty?: Bytes;
  /** Why the server did not take it. */
  refused?: string;
}
export interface Person { employee: string; initials: string; unit_name: string; card?: Bytes }
interface Chain { seq: number; hash: Bytes }
interface Schema extends DBSchema {
  one: { key: string; value: { key: string; value: unknown } };
  records: { key: number; value: Waiting };
  people: { key: string; value: Person };
}

type Db = IDBPDatabase<Schema>;
let opened: Promise<Db> | undefined;
const open = () => (opened ??= openDB<Schema>('luwes-kios', 1, {
  upgrade(d) {
    d.createObjectStore('one', { keyPath: 'key' });
    d.createObjectStore('records', { keyPath: 'seq' });
    d.createObjectStore('people', { keyPath: 'employee' });
  },
  blocking() { void closeStore(); },
  terminated() { opened = undefined; },
}));
async function withDb<T>(use: (d: Db) => Promise<T>): Promise<T> {
  try {
    return await use(await open());
  } catch (e) {
    if (!(e instanceof DOMException) || !['InvalidStateError', 'UnknownError', 'AbortError'].includes(e.name)) throw e;
    opened = undefined;
    return use(await open());
  }
}
export const closeStore = async () => { (await opened)?.close(); opened = undefined; };

const read = async <T>(key: string) => (await withDb(d => d.get('one', key)))?.value as T | undefined;

export const readStation = () => read<Station>('station');
export const keepStation = (s: Station) => withDb(async d => {
  const tx = d.transaction('one', 'readwrite', { durability: 'strict' });
  await Promise.all([tx.store.put({ key: 'station', value: s }), tx.done]);
});
/** Changes what is there; nothing when this is no station any more. */
export const changeStation = (change: Partial<Station>) => withDb(async d => {
  const tx = d.transaction('one', 'readwrite'), had = (await tx.store.get('station'))?.value as Station | undefined, now = had && { ...had, ...change };
  if (now) await tx.store.put({ key: 'station', value: now });
  await tx.done;
  return now;
});
/** Keys are tried before they are shown to the server: some browsers take one and lose it. */
export const keepTrial = (keys: CryptoKeyPair) => withDb(d => d.put('one', { key: 'trial', value: keys }));
export const readTrial = () => read<CryptoKeyPair>('trial');

export const readChain = async (): Promise<Chain> => await read<Chain>('chain') ?? { seq: 0, hash: new Uint8Array(32) };
/** The record and the chain that now ends with it; false when the chain has grown meanwhile. */
export const keepRecord = (record: Waiting, hash: Bytes, change: Partial<Station> = {}) => withDb(async d => {
  const tx = d.transaction(['one', 'records'], 'readwrite', { durability: 'strict' }), one = tx.objectStore('one');
  const now = (await one.get('chain'))?.value as Chain | undefined, station = (await one.get('station'))?.value as Station | undefined;
  const fits = (now?.seq ?? 0) + 1 === record.seq && !!station, isDone = now?.seq === record.seq && now.hash.every((x, i) => x === hash[i]);
  if (fits) await Promise.all([one.put({ key: 'chain', value: { seq: record.seq, hash } }), tx.objectStore('records').put(record), one.put({ key: 'station', value: { ...station, ...change } })]);
  await tx.done;
  return fits || isDone;
});
export const readWaiting = () => withDb(d => d.getAll('records'));
export const removeRecord = (seq: number) => withDb(d => d.delete('records', seq));
export const refuseRecord = (r: Waiting, refused: string) => withDb(d => d.put('records', { ...r, refused }));

export const readPerson = (employee: string) => withDb(d => d.get('people', employee));
export const keepPeople = (people: readonly Person[]) => withDb(async d => {
  const tx = d.transaction('people', 'readwrite');
  await tx.store.clear();
  for (const p of people) void tx.store.put(p);
  await tx.done;
});

/** What it was is forgotten; before that everything has been sent. */
export const forgetStation = () => withDb(async d => {
  const tx = d.transaction(['one', 'people', 'records'], 'readwrite');
  await Promise.all([tx.objectStore('one').clear(), tx.objectStore('people').clear(), tx.objectStore('records').clear(), tx.done]);
});
