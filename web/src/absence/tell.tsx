/*
 * An officer tells the absence of somebody without a phone, who rang or sent word. It is a notice like any other: the
 * supervisor of that day decides it, and it says which officer told it.
 */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { api, serverNow } from '../base/api';
import { dayIn, instantOf, minuteIn, minutesOf } from '../base/format';
import { me } from '../base/session';
import { zone } from '../base/shell';
import { Action, DateInput, Dialog, Field, TimeInput, toast } from '../base/ui';
import { uuid7 } from '../base/uuid7';
import { t } from '../base/words';
import { Chosen, PersonPicker, type Person } from '../org/picker';
import { blank, NoticeFields, toBody, useNoticeForm } from './form';
import { failure, kinds } from './parts';
import { w } from './words';

const two = (n: number) => String(n).padStart(2, '0');
const hour = (minutes: number) => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;

export function TellForDialog({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const faults = { ...w().faults, ...w().other.faults }, f = useNoticeForm(blank(), faults);
  const [who, setWho] = useState<Person>(), [told, setTold] = useState(() => ({ day: dayIn(serverNow(), zone()), hour: hour(minuteIn(serverNow(), zone())) }));
  /* pressing again after a lost answer tells the same notice */
  const id = useMemo(() => uuid7(), []);
  useEffect(() => { void kinds.refresh(); }, []);
  const at = () => instantOf(told.day, minutesOf(told.hour), zone());
  const save = async () => {
    const isTold = !!told.day && !!told.hour && at() <= serverNow().getTime() + 60_000;
    if (!f.complete(...(who ? [] : ['employee']), ...(isTold ? [] : ['told']))) return;
    const body = { ...toBody(f.d, f.part), id, employee: who!.id, made_at: new Date(at()).toISOString() };
    const bad = failure(await api.POST('/api/v1/org/notices', { body: body as never }).catch(() => undefined));
    if (bad) return f.fail(bad);
    toast(w().other.saved);
    onDone();
  };
  return <Dialog title={w().other.tell} onClose={onClose} foot={<><Action onAct={save}>{w().other.save}</Action><button class="btn ghost" onClick={onClose}>{t().cancel}</button></>}><div class="col" ref={f.body}>{f.top}
    <p class="sm muted">{w().other.hint}</p>
    {who ? <Chosen label={w().other.who} person={who} onChange={() => setWho(undefined)} /> : <PersonPicker label={w().other.who} hint={w().other.whoHint} error={f.err('employee')} without={me.value?.employee} onPick={setWho} />}
    <NoticeFields f={f} other />
    <div class="two"><Field label={w().other.toldOn} error={f.err('told')}>{p => <DateInput {...p} value={told.day} max={dayIn(serverNow(), zone())} onValue={day => setTold({ ...told, day })} />}</Field>
      <Field label={w().other.toldAt}>{p => <TimeInput {...p} value={told.hour} onValue={hour => setTold({ ...told, hour })} />}</Field></div></div></Dialog>;
}
