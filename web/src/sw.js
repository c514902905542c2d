/*
 * Keeps the app's own files so that it opens without a signal; never an answer of the API.
 *
 * tools/sw.mjs puts the list of files with their hashes in front of this text. The version covers their
 * contents. A new version waits until the person asks for it. Unchanged hashed files are taken from the old
 * cache, so an update costs what changed.
 */
/* global VERSION, FILES */
const pages = ['/pegawai/', '/atasan/', '/bkd/', '/verifikasi/'];

self.addEventListener('install', event => event.waitUntil((async () => {
  const fresh = await caches.open(VERSION), old = (await caches.keys()).filter(k => k !== VERSION);
  await Promise.all(FILES.map(async url => {
    if (url.startsWith('/assets/')) for (const k of old) {
      const kept = await (await caches.open(k)).match(url);
      if (kept) return fresh.put(url, kept);
    }
    const reply = await fetch(url, { cache: 'no-cache' });
    if (!reply.ok) throw new Error(`${url}: ${reply.status}`);
    return fresh.put(url, reply);
  }));
})()));

self.addEventListener('activate', event => event.waitUntil((async () => {
  for (const k of await caches.keys()) if (k !== VERSION) await caches.delete(k);
  await self.clients.claim();
})()));

/* What other audiences need is kept once they ask for it: hashed files first from the cache, pages first from the network. */
async function store(path, reply) {
  if (reply.ok) await (await caches.open(VERSION)).put(path, reply.clone());
  return reply;
}
const keep = async (path, request) => (await caches.match(path)) ?? store(path, await fetch(request));

self.addEventListener('message', event => { if (event.data === 'skip') self.skipWaiting(); });

self.addEventListener('fetch', event => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== location.origin || url.pathname.startsWith('/api/')) return;
  const path = event.request.mode === 'navigate' ? (url.pathname === '/' ? '/pegawai/' : pages.find(p => url.pathname + '/' === p) ?? url.pathname) : url.pathname;
  if (FILES.includes(path)) event.respondWith(caches.match(path).then(kept => kept ?? fetch(event.request)));
  else if (path.startsWith('/assets/')) event.respondWith(keep(path, event.request));
  else if (pages.includes(path)) event.respondWith(fetch(event.request).then(reply => store(path, reply), () => caches.match(path)));
});

/* Background Sync, where it exists: wake the open pages, which deliver the outbox. */
self.addEventListener('sync', event => {
  if (event.tag === 'outbox') event.waitUntil(self.clients.matchAll({ type: 'window' }).then(all => all.forEach(c => c.postMessage('flush'))));
});
