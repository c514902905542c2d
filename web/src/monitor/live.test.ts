import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { AGAIN_MS, live, SILENT_MS } from './live';

class Stream {
  static CLOSED = 2;
  static all: Stream[] = [];
  readyState = 0;
  onopen?: () => void;
  onerror?: () => void;
  board?: (e: { data: string }) => void;
  alive?: (e: { data: string }) => void;
  constructor(readonly url: string) { Stream.all.push(this); }
  addEventListener(name: 'board' | 'alive', on: (e: { data: string }) => void) { this[name] = on; }
  close() { this.readyState = 2; }
}
const refusal = (status: number) => ({ error: { type: 'about:blank', title: 'no', status, code: 'forbidden', request_id: '1' } });
const settle = () => vi.advanceTimersByTimeAsync(0);

let net: EventTarget;
beforeEach(() => {
  vi.useFakeTimers();
  Stream.all = [];
  net = new EventTarget();
  vi.stubGlobal('EventSource', Stream);
  for (const f of ['addEventListener', 'removeEventListener'] as const) vi.stubGlobal(f, net[f].bind(net));
});
afterEach(() => { vi.useRealTimers(); vi.unstubAllGlobals(); });

it.each([403, 404])('says that one may not (%i), opens no stream and does not ask again', async status => {
  const ask = vi.fn(async () => refusal(status)), l = live<{ n: number }>('/s', ask);
  await settle();
  expect(l.problem.value).toMatchObject({ status });
  await vi.advanceTimersByTimeAsync(AGAIN_MS * 4);
  expect(ask).toHaveBeenCalledTimes(1);
  expect(Stream.all).toHaveLength(0);
  l.close();
});

it('shows figures, then what the stream brings', async () => {
  const l = live<{ n: number }>('/s', async () => ({ data: { n: 1 } }));
  await settle();
  expect(l.value.value).toEqual({ n: 1 });
  Stream.all[0]!.board!({ data: '{"n":2}' });
  expect(l.value.value).toEqual({ n: 2 });
  expect(l.connected.value).toBe(true);
  l.close();
  expect(Stream.all[0]!.readyState).toBe(2);
});

it.each([['a busy server', async () => refusal(503)], ['no signal', async () => { throw new Error('offline'); }]])('tells of %s and asks again until it is over', async (_, fails) => {
  let ask: () => Promise<{ data?: { n: number }; error?: object }> = fails;
  const l = live<{ n: number }>('/s', () => ask());
  await settle();
  expect(l.problem.value).toBeDefined();
  ask = async () => ({ data: { n: 3 } });
  await vi.advanceTimersByTimeAsync(AGAIN_MS);
  expect(l.problem.value).toBeUndefined();
  expect(l.value.value).toEqual({ n: 3 });
  expect(Stream.all).toHaveLength(1);
  l.close();
});

it('opens a new stream when the browser has given one up, and takes the figures away when the role is over', async () => {
  let ask: () => Promise<{ data?: { n: number }; error?: object }> = async () => ({ data: { n: 1 } });
  const l = live<{ n: number }>('/s', () => ask()), giveUp = (s: Stream) => { s.readyState = 2; s.onerror!(); };
  await settle();
  giveUp(Stream.all[0]!);
  expect(l.value.value).toEqual({ n: 1 });
  expect(l.connected.value).toBe(false);
  await vi.advanceTimersByTimeAsync(AGAIN_MS);
  expect(Stream.all).toHaveLength(2);
  ask = async () => refusal(403);
  giveUp(Stream.all[1]!);
  await vi.advanceTimersByTimeAsync(AGAIN_MS);
  expect(l.value.value).toBeUndefined();
  expect(l.problem.value).toMatchObject({ status: 403 });
  expect(Stream.all).toHaveLength(2);
});

it('asks nothing any more once it is closed', async () => {
  const ask = vi.fn(async () => refusal(503)), l = live<{ n: number }>('/s', ask);
  await settle();
  l.close();
  await vi.advanceTimersByTimeAsync(AGAIN_MS * 3);
  expect(ask).toHaveBeenCalledTimes(1);
});

it('takes an open stream that says nothing any more for dead, and begins anew', async () => {
  const l = live<{ n: number }>('/s', async () => ({ data: { n: 1 } }));
  await settle();
  Stream.all[0]!.onopen!();
  for (let i = 0; i < 3; i++) {
    await vi.advanceTimersByTimeAsync(SILENT_MS - 1);
    Stream.all[0]!.alive!({ data: '' });
  }
  expect(l.connected.value).toBe(true);
  expect(Stream.all).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(SILENT_MS);
  expect(l.connected.value).toBe(false);
  expect(Stream.all[0]!.readyState).toBe(2);
  expect(Stream.all).toHaveLength(2);
  l.close();
});

it('is not live without a network, and begins anew with one', async () => {
  const ask = vi.fn(async () => ({ data: { n: 1 } })), l = live<{ n: number }>('/s', ask);
  await settle();
  Stream.all[0]!.onopen!();
  expect(l.connected.value).toBe(true);
  net.dispatchEvent(new Event('offline'));
  expect(l.connected.value).toBe(false);
  net.dispatchEvent(new Event('online'));
  await settle();
  expect(ask).toHaveBeenCalledTimes(2);
  expect(Stream.all).toHaveLength(2);
  l.close();
  net.dispatchEvent(new Event('online'));
  await settle();
  expect(ask).toHaveBeenCalledTimes(2);
});
