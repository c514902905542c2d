/*
 * The one way to the server: typed by the program's own OpenAPI document, with the headers every write
 * needs, and the measured difference between this phone's clock and the server's.
 */
import createClient, { type Middleware } from 'openapi-fetch';
import { signal } from '@preact/signals';
import type { components, paths } from '../api/schema';
import { uuid7 } from './uuid7';

export type Problem = components['schemas']['Problem'];
export type Code = Problem['code'];

type Json<R> = R extends { responses: { 200: { content: { 'application/json': infer T } } } } ? T : never;
/** Body of the answer to GET `P`: Got<'/api/v1/me'>. */
export type Got<P extends keyof paths> = paths[P] extends { get: infer R } ? Json<R> : never;

/** Server minus phone, in ms, from the last answer; null until there was one. */
export const clockOffset = signal<number | null>(readOffset());
/** Whether the last attempt reached the server. */
export const online = signal(typeof navigator === 'undefined' || navigator.onLine);
/** Raised when an answer says that the session ended. */
export const signedOut = signal(0);

function readOffset(): number | null {
  const kept = typeof localStorage === 'undefined' ? null : localStorage.getItem('clockOffset');
  return kept === null ? null : Number(kept);
}

/** The server's time now, as well as this phone knows it. */
export const serverNow = (): Date => new Date(Date.now() + (clockOffset.peek() ?? 0));

const sentAt = new Map<string, number>();

const house: Middleware = {
  onRequest({ request, id }) {
    if (request.method !== 'GET') {
      request.headers.set('X-Luwes', '1');
      if (!request.headers.has('Idempotency-Key')) request.headers.set('Idempotency-Key', uuid7());
    }
    sentAt.set(id, Date.now());
    return request;
  },
  onResponse({ request, response, id }) {
    online.value = true;
    const now = response.headers.get('X-Luwes-Now'), from = sentAt.get(id);
    sentAt.delete(id);
    if (now && from) {
      clockOffset.value = Math.round(Date.parse(now) - (from + Date.now()) / 2);
      localStorage.setItem('clockOffset', String(clockOffset.value));
    }
    if (response.status === 401 && !request.url.endsWith('/sessions')) signedOut.value++;
    return response;
  },
  onError({ id }) {
    sentAt.delete(id);
    online.value = false;
  },
};

const ANSWER_MS = 20_000, UPLOAD_MS = 120_000;

/* A dead signal answers nothing, or stops inside an answer: both count as none. */
async function ask(request: Request, most = ANSWER_MS): Promise<Response> {
  const stop = new AbortController(), timer = setTimeout(() => stop.abort(), most);
  try {
    const r = await fetch(request, { signal: stop.signal }), body = await r.arrayBuffer();
    return new Response(body.byteLength ? body : null, { status: r.status, headers: r.headers });
  } finally {
    clearTimeout(timer);
  }
}

export const api = createClient<paths>({ baseUrl: '/', cache: 'no-store', fetch: ask });
api.use(house);

/** Sends bytes; what they are the server decides by content. */
export async function sendFile<T>(path: string, file: Blob): Promise<T | Problem> {
  const r = await ask(new Request(path, { method: 'POST', body: file, headers: { 'X-Luwes': '1', 'Idempotency-Key': uuid7() } }), UPLOAD_MS);
  return r.json();
}
export const upload = (file: Blob) => sendFile<{ sha256: string; type: string }>('/api/v1/files', file);
export const isProblem = (x: object): x is Problem => 'code' in x && 'status' in x;
