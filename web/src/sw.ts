/*
 * Keeps the app's own files so that it opens without a signal; never an answer of the API. And where the browser has
 * Background Sync, delivers what waits when the app is closed, with the same code, keys and locks as a page.
 *
 * tools/sw.mjs bundles this and puts the list of files with their hashes in front. The version covers their
 * contents. A new version waits until the person asks for it. Unchanged hashed files are taken from the old
 * cache, so an update costs what changed.
 */
import { deliverInWorker } from './attendance/outbox_worker';

declare const VERSION: string, FILES: string[], KIOSK: string[];
interface Extendable extends Event { waitUntil(work: Promise<unknown>): void }
interface Fetched extends Extendable { request: Request; respondWith(reply: Promise<Response | undefined>): void }
interface Worker {
  addEventListener(name: 'install' | 'activate', run: (e: Extendable) => void): void;
  addEventListener(name: 'fetch', run: (e: Fetched) => void): void;
  addEventListener(name: 'message', run: (e: Extendable & { data: unknown }) => void): void;
  addEventListener(name: 'sync', run: (e: Extendable & { tag: string }) => void): void;
  clients: { claim(): Promise<void>; matchAll(o: object): Promise<{ postMessage(m: unknown): void }[]> };
  skipWaiting(): void;
}
const worker = self as unknown as Worker, pages = ['/pegawai/', '/atasan/', '/bkd/', '/verifikasi/', '/periksa/', '/kios/'];

async function take(urls: string[]) {
  const fresh = await caches.open(VERSION), old = (await caches.keys()).filter(k => k !== VERSION);
  await Promise.all(urls.map(async url => {
    if (url.startsWith('/assets/')) for (const k of old) {
      const kept = await (await caches.open(k)).match(url);
      if (kept) return fresh.put(url, kept);
    }
    const reply = await fetch(url, { cache: 'no-cache' });
    if (!reply.ok) throw new Error(`${url}: ${reply.status}`);
    return fresh.put(url, reply);
  }));
}
/* A screen or kiosk of an office has its page as well: it must never stand there with half of a new version. */
worker.addEventListener('install', event => event.waitUntil((async () => take(await caches.match('/kios/') ? [...new Set([...FILES, ...KIOSK])] : FILES))()));

worker.addEventListener('activate', event => event.waitUntil((async () => {
  for (const k of await caches.keys()) if (k !== VERSION) await caches.delete(k);
  await worker.clients.claim();
})()));

/* What other audiences need is kept once they ask for it: hashed files first from the cache, pages first from the network. */
async function store(path: string, reply: Response) {
  if (reply.ok) await (await caches.open(VERSION)).put(path, reply.clone());
  return reply;
}
const keep = async (path: string, request: Request) => (await caches.match(path)) ?? store(path, await fetch(request));

worker.addEventListener('message', event => {
  if (event.data === 'skip') worker.skipWaiting();
  else if ((event.data as { keep?: string } | null)?.keep === '/kios/') event.waitUntil(take(KIOSK));
});

worker.addEventListener('fetch', event => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== location.origin || url.pathname.startsWith('/api/')) return;
  const path = event.request.mode === 'navigate' ? (url.pathname === '/' ? '/pegawai/' : pages.find(p => url.pathname + '/' === p) ?? url.pathname) : url.pathname;
  if (FILES.includes(path)) event.respondWith(caches.match(path).then(kept => kept ?? fetch(event.request)));
  else if (path.startsWith('/assets/')) event.respondWith(keep(path, event.request));
  else if (pages.includes(path)) event.respondWith(fetch(event.request).then(reply => store(path, reply), () => caches.match(path)));
});

/* Then open pages are told: they show what came of it. A delivery that failed is asked for again. */
const openPages = () => worker.clients.matchAll({ type: 'window' });
worker.addEventListener('sync', event => {
  if (event.tag === 'outbox') event.waitUntil(openPages().then(all => deliverInWorker(all.length > 0)).finally(async () => {
    for (const page of await openPages()) page.postMessage('flush');
  }));
});
