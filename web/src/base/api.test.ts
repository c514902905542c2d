// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { api, online } from './api';

const until = (signal: AbortSignal) => new Promise<never>((_, no) => signal.addEventListener('abort', () => no(new DOMException('gone', 'AbortError'))));

beforeEach(() => { vi.useFakeTimers(); online.value = true; });
afterEach(() => { vi.useRealTimers(); vi.unstubAllGlobals(); });

it.each<[string, (signal: AbortSignal) => Promise<Response>]>([
  ['never comes', until],
  ['stops half way', signal => Promise.resolve({ status: 200, headers: new Headers(), arrayBuffer: () => until(signal) } as unknown as Response)],
])('an answer that %s counts as no signal after twenty seconds', async (_name, answer) => {
  vi.stubGlobal('fetch', (_: Request, init: { signal: AbortSignal }) => answer(init.signal));
  let failed = false;
  const asked = api.GET('/api/v1/me/today').catch(() => { failed = true; });
  await vi.advanceTimersByTimeAsync(19_000);
  expect([failed, online.value]).toEqual([false, true]);
  await vi.advanceTimersByTimeAsync(1_000);
  await asked;
  expect([failed, online.value]).toEqual([true, false]);
});
it('hands on an answer as it came', async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('{"day":"2025-11-13"}', { status: 200, headers: { 'content-type': 'application/json', 'Retry-After': '3' } })));
  const r = await api.GET('/api/v1/me/today');
  expect(r.data).toEqual({ day: '2025-11-13' });
  expect(r.response.headers.get('Retry-After')).toBe('3');
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(null, { status: 204 })));
  expect((await api.DELETE('/api/v1/sessions/current')).response.status).toBe(204);
});
