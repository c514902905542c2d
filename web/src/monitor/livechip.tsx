import type { ComponentChildren } from 'preact';
import { clockSeconds } from '../base/format';
import { now, zone } from '../base/shell';
import { Note, problemText } from '../base/ui';
import { t } from '../base/words';
import type { Live } from './live';
import { w } from './words';

/** Whether the stream is open, and how old what it brought is. */
export function LiveChip({ l, at }: { l: Live<{ now: string }>; at?: string }) {
  void now.value;
  const seconds = l.at.value ? Math.max(0, Math.round((Date.now() - l.at.value) / 1000)) : 0;
  const parts = [l.connected.value ? w().live : w().reconnecting, at && clockSeconds(new Date(at), zone()), at && seconds >= 5 && w().ago(seconds)].filter(Boolean);
  return <span class={`net${l.connected.value ? '' : ' off'}`} role="status"><i aria-hidden="true" /><span class="num">{parts.join(' · ')}</span></span>;
}

/** Before there are figures: that they come, or why they do not. */
export function NoBoard<T>({ l, back, children }: { l: Live<T>; back?: string; children: ComponentChildren }) {
  const p = l.problem.value;
  return <main id="m" tabIndex={-1}>{p ? <Note tone="bad" icon="warn">{problemText(p)} {back && p !== 'network' && p.status < 500 ? <a href={back}>{w().backToBoard}</a> : <button class="link" onClick={l.retry}>{t().retry}</button>}</Note> : children}</main>;
}
