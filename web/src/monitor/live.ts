/*
 * One event stream: absolute counters, so a lost message loses nothing. The age of the data is always known.
 * The first figures are asked for by themselves: an answer says why there is no stream, an EventSource does not.
 */
import { signal, type Signal } from '@preact/signals';
import { isProblem, online, type Problem } from '../base/api';

export interface Live<T> { value: Signal<T | undefined>; connected: Signal<boolean>; at: Signal<number>; problem: Signal<Problem | 'network' | undefined>; retry: () => void; close: () => void }

/** How long after a failure one asks again, in ms. */
export const AGAIN_MS = 5000;
/* the server says something at least every 15 s (events.c): after two missed beats the line is dead */
export const SILENT_MS = 40_000;
/* one may not, or there is no such thing: asking again changes nothing */
const isFinal = (p: Problem) => p.status >= 400 && p.status < 500 && p.status !== 408 && p.status !== 429;

export function live<T>(url: string, ask: () => Promise<{ data?: T; error?: object }>): Live<T> {
  const value = signal<T | undefined>(undefined), connected = signal(false), at = signal(0), problem = signal<Problem | 'network' | undefined>(undefined);
  let stream: EventSource | undefined, timer: ReturnType<typeof setTimeout> | undefined, silence: ReturnType<typeof setTimeout> | undefined, isClosed = false;
  const take = (v: T) => { value.value = v; at.value = Date.now(); problem.value = undefined; };
  const stop = () => { stream?.close(); stream = undefined; clearTimeout(timer); clearTimeout(silence); connected.value = false; };
  const heard = () => { connected.value = true; clearTimeout(silence); silence = setTimeout(() => void begin(), SILENT_MS); };
  const open = () => {
    stream = new EventSource(url);
    stream.onopen = () => { heard(); online.value = true; };
    /* a browser gives a stream up for good when the answer is no stream */
    stream.onerror = () => { connected.value = false; if (stream?.readyState === EventSource.CLOSED) again(); };
    stream.addEventListener('alive', heard);
    stream.addEventListener('board', e => { heard(); take(JSON.parse((e as MessageEvent<string>).data) as T); });
  };
  const again = () => { stop(); timer = setTimeout(() => void begin(), AGAIN_MS); };
  const begin = async () => {
    stop();
    const r = await ask().catch((): { data?: T; error?: object } => ({}));
    if (isClosed) return;
    if (r.data !== undefined) {
      take(r.data);
      return open();
    }
    const failure = r.error && isProblem(r.error) ? r.error : 'network' as const;
    problem.value = failure;
    if (failure === 'network' || !isFinal(failure)) return again();
    value.value = undefined;
  };
  /* a dead network does not close a stream: the browser says so first */
  const away = () => { connected.value = false; }, back = () => void begin();
  addEventListener('offline', away);
  addEventListener('online', back);
  void begin();
  return { value, connected, at, problem, retry: () => void begin(), close: () => { isClosed = true; removeEventListener('offline', away); removeEventListener('online', back); stop(); } };
}
