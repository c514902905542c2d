/* The notice about positions: before the first one is asked for, and on the page of one's own data. */
import { useEffect } from 'preact/hooks';
import { api, type Got } from '../base/api';
import { source } from '../base/load';
import { me } from '../base/session';
import { Dialog } from '../base/ui';
import { w } from './words';

export const privacy = source<Got<'/api/v1/me/privacy'>>('privacy', () => api.GET('/api/v1/me/privacy'));

/** What is told: heading and text. Without a signal the days may not be known. */
export const told = (government: string, days?: number): [string, string][] => w().notice.map(([what, says]) => [what, says === 'basis' ? w().basis(government) : says === 'kept' ? (days === undefined ? w().keptOpen : w().kept(days)) : says]);

export function Notice() {
  return <dl class="told">{told(me.value?.government.name ?? '', privacy.state.value.value?.position_days).map(([what, says]) => <div key={what}><dt>{what}</dt><dd>{says}</dd></div>)}</dl>;
}

export function NoticeDialog({ onRead, onClose }: { onRead: () => void; onClose: () => void }) {
  useEffect(() => { void privacy.refresh(); }, []);
  return <Dialog title={w().title} onClose={onClose} foot={<button class="btn block" onClick={onRead}>{w().understood}</button>}><Notice /></Dialog>;
}
