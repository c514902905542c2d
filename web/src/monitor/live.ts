/* One event stream: absolute counters, so a lost message loses nothing. The age of the data is always known. */
import { signal, type Signal } from '@preact/signals';
import { online } from '../base/api';

export interface Live<T> { value: Signal<T | undefined>; connected: Signal<boolean>; failed: Signal<boolean>; at: Signal<number>; close: () => void }

export function live<T>(url: string, first: () => Promise<T | undefined>): Live<T> {
  const value = signal<T | undefined>(undefined), connected = signal(false), failed = signal(false), at = signal(0);
  const take = (v: T) => { value.value = v; failed.value = false; at.value = Date.now(); };
  void first().catch(() => undefined).then(v => { if (value.peek() !== undefined) return; if (v) take(v); else failed.value = true; });
  let stream: EventSource, again: ReturnType<typeof setTimeout> | undefined;
  const open = () => {
    stream = new EventSource(url);
    stream.onopen = () => { connected.value = true; online.value = true; };
    stream.onerror = () => {
      connected.value = false;
      /* after an answer that is no stream (a busy server, a proxy) the browser does not try again by itself */
      if (stream.readyState === EventSource.CLOSED) again = setTimeout(open, 5000 + Math.random() * 5000);
    };
    stream.addEventListener('board', e => { connected.value = true; take(JSON.parse((e as MessageEvent<string>).data) as T); });
  };
  open();
  return { value, connected, failed, at, close: () => { clearTimeout(again); stream.close(); } };
}
