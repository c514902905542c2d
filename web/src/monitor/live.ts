/* One event stream: absolute counters, so a lost message loses nothing. The age of the data is always known. */
import { signal, type Signal } from '@preact/signals';
import { online } from '../base/api';

export interface Live<T> { value: Signal<T | undefined>; connected: Signal<boolean>; at: Signal<number>; close: () => void }

export function live<T>(url: string, first: () => Promise<T | undefined>): Live<T> {
  const value = signal<T | undefined>(undefined), connected = signal(false), at = signal(0);
  const take = (v: T) => { value.value = v; at.value = Date.now(); };
  void first().then(v => { if (v && value.peek() === undefined) take(v); }).catch(() => undefined);
  const stream = new EventSource(url);
  stream.onopen = () => { connected.value = true; online.value = true; };
  stream.onerror = () => { connected.value = false; };
  stream.addEventListener('board', e => { connected.value = true; take(JSON.parse((e as MessageEvent<string>).data) as T); });
  return { value, connected, at, close: () => stream.close() };
}
