/* A day that needs no writing: one tap says that it went by its timetable or turn; it goes through the outbox. */
import { useEffect, useState } from 'preact/hooks';
import type { Got } from '../base/api';
import { dayIn, instantOf, minute, minutesOf, type Zone } from '../base/format';
import { Icon } from '../base/icons';
import { me } from '../base/session';
import { now } from '../base/shell';
import { readDraft, reportDraft } from '../base/store';
import { Action, Field, toast } from '../base/ui';
import { t } from '../base/words';
import { flush, outbox, recordReport } from '../attendance/outbox';
import { w as attendance } from '../attendance/words';
import { w } from './confirmwords';

export type Schedule = NonNullable<Got<'/api/v1/me/today'>['schedule']>;

/** Whether somebody began to write about the day on this phone: that goes before a tap, which would put it away. */
export function useDraft(day: string): boolean | undefined {
  const [found, set] = useState<boolean>();
  useEffect(() => { set(undefined); void readDraft(reportDraft(me.peek()!.employee, day)).then(d => set(d !== undefined), () => set(false)); }, [day]);
  return found;
}

/** As many characters a reason has at least. */
export const REASON_MIN = 10;

/** `version` is of the report that the tap takes the place of: 0 when there is none; from `until` on it is late and says why. */
export function ConfirmDay({ day, zone, schedule, version, until, onWrite, onDone }: { day: string; zone: Zone; schedule: Schedule; version: number; until?: string; onWrite: string | (() => void); onDone?: () => void }) {
  const begins = instantOf(day, minutesOf(schedule.starts), zone), isOpen = now.value.getTime() >= begins, isLate = !!until && now.value.getTime() >= Date.parse(until);
  const [reason, setReason] = useState(''), [tried, setTried] = useState(false), isMissing = isLate && reason.trim().length < REASON_MIN;
  const confirm = async () => {
    setTried(true);
    if (isMissing) return;
    let id: string;
    try {
      id = (await recordReport({ day, version, items: [], submit: true, confirm: true, ...(isLate && { late_reason: reason.trim() }) })).id;
    } catch {
      return toast(attendance().notKept);
    }
    await flush();
    const state = outbox.peek().find(i => i.id === id)?.state;
    if (state !== 'rejected') toast(state === 'sent' ? w().sent : w().queued);
    onDone?.();
  };
  return <div class="col">
    <p>{day === dayIn(now.value, zone) ? w().lead : w().leadOf}</p>
    <p class="sm muted">{w().says(schedule.words)} <span class="num">{minute(schedule.starts)}–{minute(schedule.ends, t().nextDay)}</span></p>
    {isOpen && isLate && <Field label={w().lateReason} hint={w().lateReasonHint} error={tried && isMissing ? w().lateReasonHint : undefined}>{p => <textarea {...p} maxLength={500} value={reason} onInput={e => setReason(e.currentTarget.value)} />}</Field>}
    {isOpen ? <Action class="btn block tall" onAct={confirm}><Icon name="check" />{w().confirm}</Action> : <p class="sm muted">{w().from(minute(schedule.starts))}</p>}
    {typeof onWrite === 'string' ? <a class="btn ghost" href={onWrite}>{w().addResult}</a> : <button type="button" class="btn ghost" onClick={onWrite}>{w().addResult}</button>}
  </div>;
}
