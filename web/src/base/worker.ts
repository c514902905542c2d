/* The service worker: registered once a page; a new version waits until it is asked for. */
import { signal } from '@preact/signals';

/** A new version that waits. */
export const update = signal<ServiceWorker | undefined>(undefined);

/* register() takes a script URL, which Trusted Types guard: only our own worker passes. */
function workerUrl(): string {
  const tt = (window as unknown as { trustedTypes?: { createPolicy(n: string, r: object): { createScriptURL(s: string): string } } }).trustedTypes;
  return tt ? tt.createPolicy('luwes', { createScriptURL: (s: string) => (s === '/sw.js' ? s : '') }).createScriptURL('/sw.js') : '/sw.js';
}

/** `keep`: a page whose files are to be there without a connection from now on. */
export async function startWorker(keep?: string) {
  if (!('serviceWorker' in navigator) || import.meta.env.DEV) return;
  const had = !!navigator.serviceWorker.controller;
  navigator.serviceWorker.addEventListener('controllerchange', () => { if (had) location.reload(); });
  const registration = await navigator.serviceWorker.register(workerUrl());
  const watch = (w: ServiceWorker | null) => w?.addEventListener('statechange', () => { if (w.state === 'installed' && had) update.value = w; });
  if (registration.waiting && had) update.value = registration.waiting;
  watch(registration.installing);
  registration.addEventListener('updatefound', () => watch(registration.installing));
  if (keep) (await navigator.serviceWorker.ready).active?.postMessage({ keep });
}
