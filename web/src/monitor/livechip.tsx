import { clockSeconds } from '../base/format';
import { now, zone } from '../base/shell';
import type { Live } from './live';
import { w } from './words';

/** Whether the stream is open, and how old what it brought is. */
export function LiveChip({ l, at }: { l: Live<{ now: string }>; at?: string }) {
  const seconds = l.at.value ? Math.max(0, Math.round((Date.now() - l.at.value) / 1000)) : 0;
  void now.value;
  return <span class={`net${l.connected.value ? '' : ' off'}`} role="status"><i aria-hidden="true" />{l.connected.value ? w().live : w().reconnecting}{at && <> · <span class="num">{clockSeconds(new Date(at), zone())}</span> · {w().ago(seconds)}</>}</span>;
}
