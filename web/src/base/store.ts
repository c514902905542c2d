/*
 * What this phone keeps: the outbox of events not yet accepted, drafts, the last good answers with the
 * time they were given, who has read the notice on his position, and for signed events the keys of this
 * phone, their chains and the server's receipts. WebKit may kill the database behind our back, so a failed
 * transaction opens it again once before anybody is told that something is kept.
 *
 * Keys can sign and unseal, but nobody can read them out. What only the server is to read (a position, the
 * bytes of a signed event) lies sealed and goes with the receipt; keys, unsent events and receipts outlive a
 * sign-out, because they are their owner's evidence. The service worker uses this module too.
 */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { Bytes } from './bytes';
import type { Measured } from './tokentime';

/** The server's word on an event, as it came: with a signed one, what proves it to others. */
export interface Receipt {
  id: string;
  status: string;
  reason?: string;
  punch_id?: string;
  received_at?: string;
  day?: string;
  hash?: string;
  log_index?: string | number;
  leaf_salt?: string;
  receipt?: string;
  receipt_signature?: string;
  key?: string;
  verdict?: string;
  reasons?: string[];
  time_grade?: string;
}
export interface OutboxItem {
  id: string;
  owner: string;
  kind: 'punch' | 'report' | 'correction' | 'notice';
  body: Record<string, unknown>;
  made_at: string;
  tries: number;
  state: 'waiting' | 'sent' | 'rejected';
  received_at?: string;
  /** Why a rule refused it, as the server put it. */
  why?: string;
  reason?: string;
  /** The field a refusal names. */
  pointer?: string;
  /** Of a punch: in, out, check or answer; older ones have their direction alone. */
  type?: string;
  /** Of a signed event: the phone, the place in its chain, the time token, and what corrects the phone's clock. */
  signed?: { device: string; seq: number; token?: string; token_at?: number; offset: number };
  /** What only the server is to read. */
  secret?: Sealed;
  /** Not sent of itself before, by the phone's clock. */
  due?: number;
  /** Not sent at all before: somebody still adds to it. */
  held?: number;
  /** Why what this phone signed had to go without its signature. */
  unsigned?: string;
  receipt?: Receipt;
}
export interface Sealed { iv: Bytes; data: ArrayBuffer }

/** The server's word on the time, and what this phone's clock said when it came. */
export interface TimeToken extends Measured {
  id: string;
  signature: string;
  key: string;
}
/** An employee's key on this phone. */
export interface PhoneKey {
  employee: string;
  device: string;
  keys: CryptoKeyPair;
  state: 'active' | 'ended' | 'broken';
  /** Why it ended, as the server put it. */
  why?: string;
  enrolled_at: string;
  token?: TimeToken;
  /** Its passkey. */
  credential?: string;
}
export interface Chain { device: string; seq: number; hash: Bytes }
/** A receipt with what it is about. */
export interface KeptReceipt { id: string; owner: string; made_at: string; direction: string; token_at?: number; receipt: Receipt }
/** Which text about positions a person was shown here, when, and whether the server knows. */
export interface Shown { employee: string; at: string; version?: number; told?: boolean }
interface Copy { key: string; at: string; value: unknown }
interface Schema extends DBSchema {
  outbox: { key: string; value: OutboxItem; indexes: { made_at: string } };
  copies: { key: string; value: Copy };
  drafts: { key: string; value: { key: string; value: unknown; at?: number } };
  notices: { key: string; value: Shown };
  phone: { key: string; value: { key: string; value: unknown } };
  keys: { key: string; value: PhoneKey };
  chains: { key: string; value: Chain };
  receipts: { key: string; value: KeptReceipt; indexes: { made_at: string } };
}

type Db = IDBPDatabase<Schema>;
let opened: Promise<Db> | undefined;

function open(): Promise<Db> {
  return (opened ??= openDB<Schema>('luwes', 3, {
    upgrade(d, from) {
      if (from < 1) {
        d.createObjectStore('outbox', { keyPath: 'id' }).createIndex('made_at', 'made_at');
        d.createObjectStore('copies', { keyPath: 'key' });
        d.createObjectStore('drafts', { keyPath: 'key' });
      }
      if (from < 2) d.createObjectStore('notices', { keyPath: 'employee' });
      d.createObjectStore('phone', { keyPath: 'key' });
      d.createObjectStore('keys', { keyPath: 'employee' });
      d.createObjectStore('chains', { keyPath: 'device' });
      d.createObjectStore('receipts', { keyPath: 'id' }).createIndex('made_at', 'made_at');
    },
    /* an older tab must not hold up a newer program */
    blocking() { void closeStore(); },
    terminated() { opened = undefined; },
  }));
}

async function withDb<T>(use: (d: Db) => Promise<T>): Promise<T> {
  try {
    return await use(await open());
  } catch (e) {
    if (!(e instanceof DOMException) || !['InvalidStateError', 'UnknownError', 'AbortError'].includes(e.name)) throw e;
    opened = undefined;
    return use(await open());
  }
}

/** Resolves only when the disk says so. */
export const keepInOutbox = (item: OutboxItem) => withDb(async d => {
  const tx = d.transaction('outbox', 'readwrite', { durability: 'strict' });
  await Promise.all([tx.store.put(item), tx.done]);
});
/**
 * One transaction that the disk confirms: the event, and the chain that now ends with it. False when the chain
 * has meanwhile grown otherwise; true again when a lost answer had hidden that it was done.
 */
export const keepSigned = (item: OutboxItem, after: number, head: Chain) => withDb(async d => {
  const tx = d.transaction(['outbox', 'chains'], 'readwrite', { durability: 'strict' }), chains = tx.objectStore('chains');
  const now = await chains.get(head.device), isDone = now?.seq === head.seq && now.hash.every((x, i) => x === head.hash[i]);
  const fits = (now?.seq ?? 0) === after;
  if (fits) await Promise.all([tx.objectStore('outbox').put(item), chains.put(head)]);
  await tx.done;
  return fits || isDone;
});
/** The event's end on this phone: its receipt stays after the outbox forgot it. */
export const keepSettled = (item: OutboxItem, receipt?: KeptReceipt) => withDb(async d => {
  const tx = d.transaction(['outbox', 'receipts'], 'readwrite');
  await Promise.all([tx.objectStore('outbox').put(item), receipt && tx.objectStore('receipts').put(receipt), tx.done]);
});
export const readOutbox = () => withDb(d => d.getAllFromIndex('outbox', 'made_at'));
export const removeFromOutbox = (id: string) => withDb(d => d.delete('outbox', id));

export const keepCopy = (key: string, value: unknown, at: string) => withDb(d => d.put('copies', { key, value, at }));
export const readCopy = <T>(key: string) => withDb(d => d.get('copies', key)) as Promise<{ at: string; value: T } | undefined>;
export const removeCopy = (key: string) => withDb(d => d.delete('copies', key));

/*
 * Drafts are of a person: nobody else's session reads them, and they stay for him through a sign-out, for what is lost
 * is written twice. On a shared computer that is a trace, so it is said when one signs out, can be wiped then, and ends
 * by itself.
 */
const DRAFT_MS = 31 * 86_400_000;
export const reportDraft = (employee: string, day: string) => `${employee}/report/${day}`;
/* commits by itself: a page that is closing waits for no answer */
export const keepDraft = (key: string, value: unknown) => withDb(async d => {
  const tx = d.transaction('drafts', 'readwrite'), put = tx.store.put({ key, value, at: Date.now() });
  tx.commit();
  await Promise.all([put, tx.done]);
});
export const readDraft = async <T>(key: string) => (await withDb(d => d.get('drafts', key)))?.value as T | undefined;
export const removeDraft = (key: string) => withDb(d => d.delete('drafts', key));
const draftsOf = (employee: string) => IDBKeyRange.bound(`${employee}/`, `${employee}/\uffff`);
export const countDrafts = (employee: string) => withDb(d => d.count('drafts', draftsOf(employee)));
export const removeDrafts = (employee: string) => withDb(d => d.delete('drafts', draftsOf(employee)));

export const readKey = (employee: string) => withDb(d => d.get('keys', employee));
export const readKeys = () => withDb(d => d.getAll('keys'));
/** A key enters with an empty chain; the former one of this person on this phone is gone with it. */
export const keepKey = (key: PhoneKey) => withDb(async d => {
  const tx = d.transaction(['keys', 'chains'], 'readwrite', { durability: 'strict' });
  const former = await tx.objectStore('keys').get(key.employee);
  if (former && former.device !== key.device) await tx.objectStore('chains').delete(former.device);
  await Promise.all([tx.objectStore('keys').put(key), tx.done]);
});
/** Changes a key that is still the one meant. */
export const changeKey = (employee: string, device: string, change: Partial<PhoneKey>) => withDb(async d => {
  const tx = d.transaction('keys', 'readwrite'), key = await tx.store.get(employee);
  if (key?.device === device) await tx.store.put({ ...key, ...change });
  await tx.done;
});
export const readChain = (device: string) => withDb(d => d.get('chains', device));

/** What is of the phone and not of a person. */
export const readPhone = async <T>(key: string) => (await withDb(d => d.get('phone', key)))?.value as T | undefined;
export const keepPhone = (key: string, value: unknown) => withDb(d => d.put('phone', { key, value }));
/** What is there already stays: several tabs may ask at once. */
export const keepPhoneOnce = <T>(key: string, value: T) => withDb(async d => {
  const tx = d.transaction('phone', 'readwrite', { durability: 'strict' }), had = await tx.store.get(key);
  if (!had) await tx.store.put({ key, value });
  await tx.done;
  return (had?.value ?? value) as T;
});
export const removePhone = (key: string) => withDb(d => d.delete('phone', key));

const RECEIPTS_MAX = 1000;
/** Of a person, the newest first. */
export const readReceipts = async (owner: string) => (await withDb(d => d.getAllFromIndex('receipts', 'made_at'))).filter(r => r.owner === owner).reverse();
/** The oldest go when there are very many. */
export const trimReceipts = () => withDb(async d => {
  const tx = d.transaction('receipts', 'readwrite');
  let over = await tx.store.count() - RECEIPTS_MAX;
  for (let c = await tx.store.index('made_at').openCursor(); c && over > 0; c = await c.continue(), over--) await c.delete();
  await tx.done;
});

export const keepNotice = (shown: Shown) => withDb(d => d.put('notices', shown));
export const readShown = (employee: string) => withDb(d => d.get('notices', employee));

/** Sign-out, or another person: everything of a person except what was not sent yet, and drafts of the last month. */
export const forgetCopies = () => withDb(async d => {
  await d.clear('copies');
  for (const draft of await d.getAll('drafts')) if (!(Date.now() - (draft.at ?? 0) < DRAFT_MS)) await d.delete('drafts', draft.key);
  for (const item of await d.getAll('outbox')) if (item.state === 'sent') await d.delete('outbox', item.id);
});
/** The next use opens the database afresh. */
export const closeStore = async () => { (await opened)?.close(); opened = undefined; };
