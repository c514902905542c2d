import { clockSeconds } from '../base/format';
import { now, zone } from '../base/shell';
import type { Live } from './live';
import { w } from './words';

/** Whether the stream is open, and how old what it brought is. */
export function LiveChip({ l, at }: { l: Live<{ now: string }>; at?: string }) {
  void now.value;
  const seconds = l.at.value ? Math.max(0, Math.round((Date.now() - l.at.value) / 1000)) : 0;
  const parts = [l.connected.value ? w().live : w().reconnecting, at && clockSeconds(new Date(at), zone()), at && seconds >= 5 && w().ago(seconds)].filter(Boolean);
  return <span class={`net${l.connected.value ? '' : ' off'}`} role="status"><i aria-hidden="true" /><span class="num">{parts.join(' · ')}</span></span>;
}
