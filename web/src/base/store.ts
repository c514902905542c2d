/*
 * What this phone keeps: the outbox of events not yet accepted, drafts, the last good answers with the
 * time they were given, and who has read the notice on his position. WebKit may kill the database behind our back, so a failed transaction opens
 * it again once before anybody is told that something is kept.
 */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';

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
}
interface Copy { key: string; at: string; value: unknown }
interface Schema extends DBSchema {
  outbox: { key: string; value: OutboxItem; indexes: { made_at: string } };
  copies: { key: string; value: Copy };
  drafts: { key: string; value: { key: string; value: unknown } };
  notices: { key: string; value: { employee: string; at: string } };
}

type Db = IDBPDatabase<Schema>;
let opened: Promise<Db> | undefined;

function open(): Promise<Db> {
  return (opened ??= openDB<Schema>('luwes', 2, {
    upgrade(d, from) {
      if (from < 1) {
        d.createObjectStore('outbox', { keyPath: 'id' }).createIndex('made_at', 'made_at');
        d.createObjectStore('copies', { keyPath: 'key' });
        d.createObjectStore('drafts', { keyPath: 'key' });
      }
      d.createObjectStore('notices', { keyPath: 'employee' });
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
export const readOutbox = () => withDb(d => d.getAllFromIndex('outbox', 'made_at'));
export const removeFromOutbox = (id: string) => withDb(d => d.delete('outbox', id));

export const keepCopy = (key: string, value: unknown, at: string) => withDb(d => d.put('copies', { key, value, at }));
export const readCopy = <T>(key: string) => withDb(d => d.get('copies', key)) as Promise<{ at: string; value: T } | undefined>;
export const removeCopy = (key: string) => withDb(d => d.delete('copies', key));

/** Drafts are of a person: the next one on this phone has his own. */
export const reportDraft = (employee: string, day: string) => `${employee}/report/${day}`;
/* commits by itself: a page that is closing waits for no answer */
export const keepDraft = (key: string, value: unknown) => withDb(async d => {
  const tx = d.transaction('drafts', 'readwrite'), put = tx.store.put({ key, value });
  tx.commit();
  await Promise.all([put, tx.done]);
});
export const readDraft = async <T>(key: string) => (await withDb(d => d.get('drafts', key)))?.value as T | undefined;
export const removeDraft = (key: string) => withDb(d => d.delete('drafts', key));

export const keepNotice = (employee: string, at: string) => withDb(d => d.put('notices', { employee, at }));
export const readNotice = async (employee: string) => (await withDb(d => d.get('notices', employee)))?.at;

/** Sign-out, or another person: everything of a person except what was not sent yet. */
export const forgetCopies = () => withDb(async d => {
  await d.clear('copies');
  await d.clear('drafts');
  for (const item of await d.getAll('outbox')) if (item.state === 'sent') await d.delete('outbox', item.id);
});
/** The next use opens the database afresh. */
export const closeStore = async () => { (await opened)?.close(); opened = undefined; };
