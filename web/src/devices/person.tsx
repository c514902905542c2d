/* The phone a person signs with, on his page: since when, by whom, what to know about it, and those before it. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { api, type Got, type Problem } from '../base/api';
import { dayIn, fullDay, stamp } from '../base/format';
import { source } from '../base/load';
import { me } from '../base/session';
import { zone } from '../base/shell';
import { Action, Chip, Dialog, Field, Note, problemText, Show, toast, type Tone } from '../base/ui';
import { t } from '../base/words';
import { EnrolDialog } from './enrol';
import { w } from './words';

type Devices = Got<'/api/v1/attendance/devices'>;
type Device = Devices['items'][number];
const REASON_LEAST = 10;
const tones: Record<Device['state'], Tone> = { active: 'ok', replaced: '', lost: 'warn', revoked: 'bad' };
const dayOf = (at: string) => fullDay(dayIn(new Date(at), zone()));

function Active({ d }: { d: Device }) {
  return <><div class="row"><Chip tone="ok">{w().state.active}</Chip>{d.probation_until && <Chip tone="info">{w().fresh(stamp(d.probation_until, zone()))}</Chip>}{d.is_shared && <Chip tone="warn">{w().shared}</Chip>}</div>
    <dl class="facts">
      <dt>{w().facts.phone}</dt><dd>{d.label} · {d.is_installed ? w().app : w().browser}</dd>
      <dt>{w().facts.since}</dt><dd class="num">{dayOf(d.enrolled_at)}{d.unit_name && <><br /><span class="sm muted">{d.unit_name}</span></>}</dd>
      {d.enrolled_by && <><dt>{w().facts.by}</dt><dd>{d.enrolled_by}</dd></>}
      <dt>{w().facts.passkey}</dt><dd>{d.passkey_at ? w().passkeySince(dayOf(d.passkey_at)) : w().noPasskey}</dd></dl>
    {d.is_shared && <p class="sm muted">{w().sharedHint}</p>}</>;
}

function Former({ d }: { d: Device }) {
  return <li><div class="row between"><b>{d.label}</b><Chip tone={tones[d.state]}>{w().state[d.state]}</Chip></div>
    <span class="sm muted num">{w().from(dayOf(d.enrolled_at), dayOf(d.ended_at!))}{d.ended_by && ` · ${w().endedBy(d.ended_by)}`}</span>
    {d.end_reason && <span class="sm">{d.end_reason}</span>}</li>;
}

function Request({ r }: { r: NonNullable<Devices['request']> }) {
  if (r.state === 'refused') return <Note tone="bad" icon="cross">{w().request.refused(r.refusal)}</Note>;
  if (r.state === 'approved') return <Note tone="ok" icon="check">{w().request.approved}</Note>;
  return r.state === 'waiting' ? <Note tone="warn" icon="clock">{w().request.waiting(r.issued_by)}<br /><span class="sm">{w().request.reason(r.reason)}</span><br /><a class="sm" href="#/pegawai?lihat=ponsel">{w().request.see}</a></Note> : null;
}

const ends = ['lost', 'replaced', 'revoked'] as const;

function EndDialog({ device, name, onClose, onDone }: { device: Device; name: string; onClose: () => void; onDone: () => void }) {
  const [reason, setReason] = useState<(typeof ends)[number]>('lost'), [note, setNote] = useState(''), [tried, setTried] = useState(false), [problem, setProblem] = useState<Problem | 'network'>();
  const short = reason === 'revoked' && note.trim().length < REASON_LEAST;
  const end = async () => {
    setTried(true);
    if (short) return;
    const r = await api.POST('/api/v1/attendance/devices/{device}/end', { params: { path: { device: device.device } }, body: { reason, ...(note.trim() && { note: note.trim() }) } }).catch(() => undefined);
    if (!r?.data) return setProblem((r?.error as Problem | undefined) ?? 'network');
    toast(w().ending.done);
    onDone();
  };
  return <Dialog title={w().ending.title} sub={`${name} · ${device.label}`} onClose={onClose} foot={<><Action class="btn danger" onAct={end}>{w().ending.act}</Action><button type="button" class="btn ghost" onClick={onClose}>{t().cancel}</button></>}>
    {problem && <Note tone="bad" icon="warn">{problemText(problem)}</Note>}
    <fieldset class="col tight"><legend class="strong sm">{w().ending.why}</legend>{ends.map(r => <label key={r} class="check"><input type="radio" name="why" checked={reason === r} onChange={() => setReason(r)} />{w().ending[r]}</label>)}</fieldset>
    <Field label={w().ending.note} hint={w().ending.noteHint} error={tried && short ? w().ending.noteGap : undefined}>{p => <textarea {...p} rows={3} maxLength={250} value={note} onInput={e => setNote(e.currentTarget.value)} />}</Field>
    <p class="sm muted">{w().ending.after}</p></Dialog>;
}

/** Of an employee whom the officer may look at; of anybody else nothing is shown. */
export function PhoneCard({ person }: { person: { id: string; full_name: string } }) {
  const devices = useMemo(() => source<Devices>(null, () => api.GET('/api/v1/attendance/devices', { params: { query: { employee: person.id } } })), [person.id]);
  const [asking, ask] = useState<'enrol' | 'end'>(), { problem } = devices.state.value;
  useEffect(() => { void devices.refresh(); }, [devices]);
  if (problem && problem !== 'network' && problem.code === 'not_found') return null;
  const close = () => ask(undefined), done = () => { close(); void devices.refresh(); };
  return <section class="card"><h2>{w().title}</h2><Show source={devices} zone={zone()} height={160}>{v => {
    const active = v.items.find(d => d.state === 'active'), former = v.items.filter(d => d.state !== 'active');
    return <>{active ? <Active d={active} /> : <p class="sm muted">{w().none}</p>}
      {v.request && <Request r={v.request} />}
      {person.id === me.value?.employee && <Note>{w().self}</Note>}
      {(v.may_enrol || v.may_end) && <div class="row">
        {v.may_enrol && v.request?.state !== 'waiting' && <button class="btn small" onClick={() => ask('enrol')}>{v.request?.state === 'approved' ? w().dialog.showCode : active || v.needs_second ? w().change : w().enrol}</button>}
        {v.may_end && active && person.id !== me.value?.employee && <button class="btn ghost small" onClick={() => ask('end')}>{w().end}</button>}</div>}
      {former.length > 0 && <details><summary class="sm strong">{w().history(former.length)}</summary><ul class="list">{former.map(d => <Former key={d.device} d={d} />)}</ul></details>}
      {asking === 'enrol' && <EnrolDialog person={person} needsSecond={v.needs_second} request={v.request} onClose={done} onDone={done} />}
      {asking === 'end' && active && <EndDialog device={active} name={person.full_name} onClose={close} onDone={done} />}</>;
  }}</Show></section>;
}
