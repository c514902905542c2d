/* Layar & kios: what an office gives as proof of presence, and who has a card. Officers add and end; heads look. */
import { useEffect, useState } from 'preact/hooks';
import { setsStations } from '../base/access';
import { api, serverNow, type Got, type Problem } from '../base/api';
import { stamp } from '../base/format';
import { source } from '../base/load';
import { me } from '../base/session';
import { zone } from '../base/shell';
import { Action, Chip, Dialog, Empty, Field, Note, problemText, Show, toast, type Tone } from '../base/ui';
import { UnitPicker, type Unit } from '../org/picker';
import { Cards } from './cards';
import { Networks } from './networks';
import { Officers } from './officers';
import { w } from './words';

export type Stations = Got<'/api/v1/attendance/stations'>;
export type Station = Stations['items'][number];
const stations = source<Stations>('attendance/stations', () => api.GET('/api/v1/attendance/stations', { params: { query: {} } }));
const tones: Record<Station['state'], Tone> = { waiting: 'warn', active: 'ok', ended: '' };
const QUIET_MS = 24 * 3_600_000;

interface Code { code: string; code_until: string }

/* Being set up was its first connection. */
const seenText = (s: Station) => w().seen(stamp((s.seen_at ?? s.enrolled_at)!, zone()));
const isQuiet = (s: Station) => s.state === 'active' && serverNow().getTime() - Date.parse(s.seen_at ?? s.enrolled_at ?? s.added_at) > QUIET_MS;

function StationRow({ s, may, onCode, onChange }: { s: Station; may: boolean; onCode: (c: Code) => void; onChange: () => void }) {
  const [open, setOpen] = useState<'end' | 'officers'>();
  const again = async () => {
    const r = await api.POST('/api/v1/attendance/stations/{station}/code', { params: { path: { station: s.id } }, body: {} as never }).catch(() => undefined);
    if (r?.data) onCode(r.data);
    else toast(problemText((r?.error as Problem | undefined) ?? 'network'));
  };
  return <li><div class="row between"><b class="grow">{s.name}</b><Chip tone={isQuiet(s) ? 'warn' : tones[s.state]}>{isQuiet(s) ? w().quiet : w().state[s.state]}</Chip></div>
    <span class="sm muted">{w().kind[s.kind]} · {s.unit_name}{s.site_name && ` · ${s.site_name}`}</span>
    {s.state === 'ended' ? <span class="sm muted">{w().endedAt(stamp(s.ended_at!, zone()), s.ended_by ?? '')} · {s.end_reason}</span>
      : <span class="sm muted num">{s.state === 'active' ? `${seenText(s)} · ${s.label}` : w().codeUntil(stamp(s.code_until!, zone()))}{s.kind === 'kiosk' && s.state === 'active' && ` · ${w().officers(s.officers.length)}`}</span>}
    {may && s.state !== 'ended' && <div class="row">
      {s.state === 'waiting' && <Action class="btn ghost small" onAct={again}>{w().newCode}</Action>}
      {s.kind === 'kiosk' && <button type="button" class="btn ghost small" onClick={() => setOpen('officers')}>{w().setOfficers}</button>}
      <button type="button" class="btn danger small" onClick={() => setOpen('end')}>{w().end}</button></div>}
    {open === 'end' && <EndDialog s={s} onClose={done => { setOpen(undefined); if (done) onChange(); }} />}
    {open === 'officers' && <Officers s={s} onClose={done => { setOpen(undefined); if (done) onChange(); }} />}</li>;
}

function EndDialog({ s, onClose }: { s: Station; onClose: (done: boolean) => void }) {
  const [reason, setReason] = useState(''), [fault, setFault] = useState('');
  const end = async () => {
    if (reason.trim().length < 10) return setFault(w().reasonHint);
    const r = await api.POST('/api/v1/attendance/stations/{station}/end', { params: { path: { station: s.id } }, body: { reason: reason.trim() } }).catch(() => undefined);
    if (!r?.response.ok) return setFault(problemText((r?.error as Problem | undefined) ?? 'network'));
    toast(w().endDone);
    onClose(true);
  };
  return <Dialog title={w().endTitle(s.name)} onClose={() => onClose(false)} foot={<Action class="btn danger" onAct={end}>{w().end}</Action>}>
    <p>{w().endHint}</p><Field label={w().reason} hint={w().reasonHint} error={fault || undefined}>{p => <textarea {...p} value={reason} maxLength={500} onInput={e => { setReason(e.currentTarget.value); setFault(''); }} />}</Field></Dialog>;
}

function AddDialog({ onCode, onClose }: { onCode: (c: Code) => void; onClose: () => void }) {
  const [unit, setUnit] = useState<Unit>(), [kind, setKind] = useState<Station['kind']>('display'), [name, setName] = useState(''), [faults, setFaults] = useState<{ unit?: string; name?: string; other?: string }>({});
  const save = async () => {
    const missing = { ...(unit ? {} : { unit: w().unitMissing }), ...(name.trim() ? {} : { name: w().nameMissing }) };
    setFaults(missing);
    if (!unit || !name.trim()) return;
    const r = await api.POST('/api/v1/attendance/stations', { body: { unit: unit.id, kind, name: name.trim() } }).catch(() => undefined);
    if (r?.data) onCode(r.data);
    else setFaults({ other: problemText((r?.error as Problem | undefined) ?? 'network') });
  };
  return <Dialog title={w().addTitle} onClose={onClose} foot={<Action onAct={save}>{w().save}</Action>}>
    {faults.other && <Note tone="bad" icon="warn">{faults.other}</Note>}
    <fieldset class="col tight"><legend class="strong">{w().kindLabel}</legend>{(['display', 'kiosk'] as const).map(k => <label key={k} class="check"><input type="radio" name="kind" checked={kind === k} onChange={() => setKind(k)} />{w().kind[k]}</label>)}</fieldset>
    <UnitPicker own error={faults.unit} onPick={setUnit} />
    <Field label={w().name} hint={w().nameHint} error={faults.name}>{p => <input {...p} value={name} maxLength={80} onInput={e => setName(e.currentTarget.value)} />}</Field></Dialog>;
}

function CodeDialog({ code, onClose }: { code: Code; onClose: () => void }) {
  return <Dialog title={w().codeTitle} onClose={onClose} foot={<button type="button" class="btn" onClick={onClose}>{w().done}</button>}>
    <p>{w().codeHow(location.origin)}</p><div class="slip"><code>{code.code}</code></div><p class="sm muted num">{w().codeUntil(stamp(code.code_until, zone()))}</p></Dialog>;
}

function List({ may }: { may: boolean }) {
  const [adding, setAdding] = useState(false), [code, setCode] = useState<Code>();
  const change = () => void stations.refresh(), show = (c: Code) => { setAdding(false); setCode(c); change(); };
  useEffect(change, []);
  return <section class="card"><div class="row between"><h2>{w().title}</h2>{may && <button type="button" class="btn small" onClick={() => setAdding(true)}>{w().add}</button>}</div><p class="sm muted">{w().hint}</p>
    <Show source={stations} zone={zone()}>{({ items }) => {
      const live = items.filter(s => s.state !== 'ended'), ended = items.filter(s => s.state === 'ended'), row = (s: Station) => <StationRow key={s.id} s={s} may={may} onCode={show} onChange={change} />;
      return <>{live.length ? <ul class="list">{live.map(row)}</ul> : <Empty>{w().none}</Empty>}
        {ended.length > 0 && <details><summary class="sm">{w().ended(ended.length)}</summary><ul class="list">{ended.map(row)}</ul></details>}</>;
    }}</Show>
    {adding && <AddDialog onCode={show} onClose={() => setAdding(false)} />}{code && <CodeDialog code={code} onClose={() => setCode(undefined)} />}</section>;
}

export function StationsPage() {
  const may = !!me.value && setsStations(me.value);
  return <main id="m" tabIndex={-1}><List may={may} /><Networks may={may} />{may && <Cards />}</main>;
}
