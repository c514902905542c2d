/* SIMPEGNAS: our month in its codes, what changed between its imports, and what its codes mean. */
import { useEffect, useState } from 'preact/hooks';
import { api, serverNow, type Got, type Problem } from '../base/api';
import { isBoard } from '../base/access';
import { useNeeded } from '../base/needed';
import { dayIn, fullDay, shortDay, stamp } from '../base/format';
import { source } from '../base/load';
import { me } from '../base/session';
import { zone } from '../base/shell';
import { Action, Chip, DateInput, Dialog, Empty, Field, Note, problemText, Show, Skeleton, toast } from '../base/ui';
import { t } from '../base/words';
import { MonthPicker, NodePicker } from './node';
import { w } from './words';

type Codes = Got<'/api/v1/attendance/codes'>;
type Code = Codes['items'][number];
type Months = Got<'/api/v1/attendance/simpegnas'>;
const codes = source<Codes>(null, () => api.GET('/api/v1/attendance/codes', { params: { query: { day: dayIn(serverNow(), zone()) } } }));

/** The minutes of a class: "1–30 menit", "mulai 91 menit". */
export const minutesOf = (c: Pick<Code, 'from_minute' | 'to_minute'>) => c.from_minute === undefined ? '' : c.to_minute === undefined ? w().over(c.from_minute) : w().minutes(c.from_minute, String(c.to_minute));

function AddDialog({ onClose }: { onClose: () => void }) {
  const [v, set] = useState({ code: '', meaning: 'late' as Code['meaning'], from: '', to: '', label: '', basis: '', verified: '', valid_from: dayIn(serverNow(), zone()) }), [problem, setProblem] = useState<Problem | 'network'>();
  const put = (p: Partial<typeof v>) => set({ ...v, ...p }), f = w().codeForm, isClass = v.meaning === 'late' || v.meaning === 'early';
  const n = useNeeded({ code: !v.code.trim(), from: isClass && !/^\d+$/.test(v.from), label: !v.label.trim(), basis: !v.basis.trim(), valid_from: !v.valid_from });
  const save = async () => {
    setProblem(undefined);
    if (!n.complete()) return;
    const r = await api.POST('/api/v1/attendance/codes', { body: { code: v.code.trim().toUpperCase(), meaning: v.meaning, label: v.label.trim(), legal_basis: v.basis.trim(), verified_by: v.verified.trim(), valid_from: v.valid_from, ...(isClass && v.from ? { from_minute: Number(v.from) } : {}), ...(isClass && v.to ? { to_minute: Number(v.to) } : {}) } }).catch(() => undefined);
    if (!r?.data) return n.refuse(() => setProblem((r?.error as Problem | undefined) ?? 'network'));
    toast(w().codeAdded);
    onClose();
    void codes.refresh();
  };
  const text = (label: string, key: 'code' | 'label' | 'basis' | 'verified' | 'from' | 'to', max: number, hint?: string) => <Field label={label} hint={hint} error={n.at(key)}>{p => <input {...p} maxLength={max} inputMode={key === 'from' || key === 'to' ? 'numeric' : undefined} value={v[key]} onInput={e => put({ [key]: e.currentTarget.value })} />}</Field>;
  return <Dialog title={w().addCode} onClose={onClose} foot={<><Action onAct={save}>{w().addCode}</Action><button class="btn ghost" onClick={onClose}>{t().cancel}</button></>}>
    {problem && <Note tone="bad" icon="warn">{problem !== 'network' && problem.code === 'bad_field' ? w().codeFault : problemText(problem)}</Note>}
    <div class="two">{text(f.code, 'code', 12)}<Field label={f.meaning}>{p => <select {...p} value={v.meaning} onChange={e => put({ meaning: e.currentTarget.value as 'late' })}>{Object.entries(w().meaning).map(([k, label]) => <option key={k} value={k}>{label}</option>)}</select>}</Field></div>
    {isClass && <div class="two">{text(f.fromMinute, 'from', 4)}{text(f.toMinute, 'to', 4)}</div>}
    {text(f.label, 'label', 120)}{text(f.basis, 'basis', 300)}{text(f.verifiedBy, 'verified', 120, f.verifiedHint)}
    <Field label={f.from} error={n.at('valid_from')}>{p => <DateInput {...p} value={v.valid_from} onValue={d => put({ valid_from: d })} />}</Field></Dialog>;
}

function CodesCard() {
  const [adding, setAdding] = useState(false), [problem, setProblem] = useState<Problem | 'network'>(), mayWrite = !!me.value && isBoard(me.value);
  useEffect(() => { void codes.refresh(); }, []);
  const fill = async () => {
    const r = await api.POST('/api/v1/attendance/codes/examples', {}).catch(() => undefined);
    if (!r || r.error) return setProblem((r?.error as Problem | undefined) ?? 'network');
    toast(w().filled);
    void codes.refresh();
  };
  return <section class="card"><div class="row between"><h2>{w().codes}</h2>{mayWrite && <button class="btn ghost small" onClick={() => setAdding(true)}>{w().addCode}</button>}</div><p class="sm muted">{w().codesHint}</p>
    {problem && <Note tone="bad" icon="warn">{problemText(problem)}</Note>}
    <Show source={codes} zone={zone()} height={300}>{v => v.items.length === 0 ? <Empty>{w().noCodes} {mayWrite && <Action class="btn ghost small" onAct={fill}>{w().fill}</Action>}</Empty> : <ul class="list lined">{v.items.map(c => <li key={c.id}><div class="row between start"><span><b class="num">{c.code}</b> {w().meaning[c.meaning]}</span><Chip tone={c.verified ? 'ok' : 'warn'}>{c.verified ? w().verified : w().example}</Chip></div>
      <span class="sm muted">{[minutesOf(c), c.legal_basis, c.valid_from && w().from(fullDay(c.valid_from))].filter(Boolean).join(' · ')}</span></li>)}</ul>}</Show>
    {adding && <AddDialog onClose={() => setAdding(false)} />}</section>;
}

function Versions({ unit, month }: { unit: string; month: string }) {
  const [months, setMonths] = useState<Months>(), [problem, setProblem] = useState<Problem | 'network'>();
  const load = async (before?: Months) => {
    const r = await api.GET('/api/v1/attendance/simpegnas', { params: { query: { unit, month, ...(before?.next ? { cursor: before.next } : {}) } } }).catch(() => undefined);
    if (!r?.data) return setProblem((r?.error as Problem | undefined) ?? 'network');
    setProblem(undefined);
    setMonths(before ? { ...r.data, items: [...before.items, ...r.data.items] } : r.data);
  };
  useEffect(() => { setMonths(undefined); void load(); }, [unit, month]);
  if (problem) return <Note tone="bad" icon="warn">{problemText(problem)}</Note>;
  if (!months) return <Skeleton height={160} />;
  if (months.items.length === 0) return <Empty>{w().noVersions}</Empty>;
  return <><ul class="list lined">{months.items.map(m => <li key={`${m.employee}${m.version}`}><div class="row between start"><b class="grow">{m.full_name}</b><span class="sm muted num">{w().version(m.version, stamp(m.made_at, zone()))}</span></div>
    {m.version === 1 ? <span class="sm muted">{w().first}</span> : <ul class="points sm">{m.changes.map(c => <li key={c.day} class="num">{w().changed(shortDay(c.day), c.before || w().empty, c.after || w().empty)}</li>)}</ul>}</li>)}</ul>
    {months.next && <button class="btn ghost small" onClick={() => void load(months)}>{w().more}</button>}</>;
}

export function SimpegnasPart() {
  const thisMonth = dayIn(serverNow(), zone()).slice(0, 8) + '01', [unit, setUnit] = useState<string>(), [month, setMonth] = useState(thisMonth);
  return <div class="cols"><div class="col gap"><section class="card"><h2>{w().recap}</h2><p class="sm muted">{w().recapHint}</p><NodePicker onPick={setUnit} /><MonthPicker month={month} last={thisMonth} onMonth={setMonth} />
    {unit && <div class="row">{(['xlsx', 'csv'] as const).map(f => <a key={f} class="btn ghost small" href={`/api/v1/attendance/simpegnas/recap?unit=${unit}&month=${month}&format=${f}`} download>{w().downloadRecap(f.toUpperCase())}</a>)}</div>}</section>
    <section class="card"><h2>{w().versions}</h2><p class="sm muted">{w().versionsHint}</p>{unit && <Versions unit={unit} month={month} />}</section></div>
    <CodesCard /></div>;
}
