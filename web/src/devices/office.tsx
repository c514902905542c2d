/* Phones of a unit: how many are enrolled, who has none yet, and the changes that wait for a second officer. */
import { useEffect, useState } from 'preact/hooks';
import { enrolsPhones } from '../base/access';
import { api, type Got, type Problem } from '../base/api';
import { Downloads } from '../base/downloads';
import { dayIn, fullDay, number, percent, stamp } from '../base/format';
import { me } from '../base/session';
import { zone } from '../base/shell';
import { Action, Chip, Dialog, Empty, Field, Kpi, Note, problemText, Skeleton, toast } from '../base/ui';
import { t } from '../base/words';
import { UnitPicker, type Unit } from '../org/picker';
import { w as people } from '../org/words';
import { EnrolDialog } from './enrol';
import { w } from './words';

type People = Got<'/api/v1/attendance/devices/people'>;
type Person = People['items'][number];
type Code = Got<'/api/v1/attendance/devices/codes'>['items'][number];
type Only = 'all' | 'missing' | 'enrolled';
const REASON_LEAST = 10;

function RefuseDialog({ code, onClose, onDone }: { code: Code; onClose: () => void; onDone: () => void }) {
  const [reason, setReason] = useState(''), [tried, setTried] = useState(false), [problem, setProblem] = useState<Problem | 'network'>();
  const refuse = async () => {
    setTried(true);
    if (reason.trim().length < REASON_LEAST) return;
    const r = await api.POST('/api/v1/attendance/devices/codes/{code}/refuse', { params: { path: { code: code.id } }, body: { reason: reason.trim() } }).catch(() => undefined);
    if (!r?.data) return setProblem((r?.error as Problem | undefined) ?? 'network');
    toast(w().office.refusedDone);
    onDone();
  };
  return <Dialog title={w().office.refuseTitle} sub={code.full_name} onClose={onClose} foot={<><Action class="btn danger" onAct={refuse}>{w().office.refuse}</Action><button type="button" class="btn ghost" onClick={onClose}>{t().cancel}</button></>}>
    {problem && <Note tone="bad" icon="warn">{problemText(problem)}</Note>}
    <Field label={w().office.refuseReason} hint={w().office.refuseHint} error={tried && reason.trim().length < REASON_LEAST ? w().dialog.reasonGap : undefined}>{p => <textarea {...p} rows={3} maxLength={250} value={reason} onInput={e => setReason(e.currentTarget.value)} />}</Field></Dialog>;
}

function Waiting() {
  const [items, setItems] = useState<readonly Code[]>(), [problem, setProblem] = useState<Problem | 'network'>(), [refusing, setRefusing] = useState<Code>();
  const load = async () => {
    const r = await api.GET('/api/v1/attendance/devices/codes').catch(() => undefined);
    setProblem(r?.data ? undefined : (r?.error as Problem | undefined) ?? 'network');
    if (r?.data) setItems(r.data.items);
  };
  useEffect(() => { void load(); }, []);
  const approve = async (c: Code) => {
    const r = await api.POST('/api/v1/attendance/devices/codes/{code}/approve', { params: { path: { code: c.id } } }).catch(() => undefined);
    toast(r?.data ? w().office.approvedDone : problemText((r?.error as Problem | undefined) ?? 'network'));
    void load();
  };
  if (problem) return <section class="card"><h2>{w().office.waiting}</h2><Note tone="bad" icon="warn">{problemText(problem)} <button class="link" onClick={() => void load()}>{t().retry}</button></Note></section>;
  if (!items?.length) return null; /* most days nothing waits */
  return <section class="card"><div class="row between"><h2>{w().office.waiting}</h2><Chip tone="warn">{number(items.length)}</Chip></div><p class="sm muted">{w().office.waitingHint}</p>
    <ul class="list">{items.map(c => <li key={c.id}><div class="row between"><b><a href={`#/pegawai?orang=${c.employee}`}>{c.full_name}</a></b>{c.state === 'approved' ? <Chip tone="ok">{w().office.approved}</Chip> : !c.may_decide && <Chip>{w().office.own}</Chip>}</div>
      <span class="sm">{w().request.reason(c.reason)}</span><span class="sm muted num">{c.unit_name} · {w().office.asked(c.issued_by, stamp(c.issued_at, zone()))}</span>
      {c.may_decide && <span class="row"><Action class="btn small" onAct={() => approve(c)}>{w().office.approve}</Action><button class="btn ghost small" onClick={() => setRefusing(c)}>{w().office.refuse}</button></span>}</li>)}</ul>
    {refusing && <RefuseDialog code={refusing} onClose={() => setRefusing(undefined)} onDone={() => { setRefusing(undefined); void load(); }} />}</section>;
}

const Counts = ({ p }: { p: People }) => <div class="kpis">
  <Kpi label={w().office.enrolled} value={number(p.enrolled)} sub={w().office.ofAll(percent(p.enrolled, p.people))} tone={p.enrolled === p.people ? 'ok' : ''} />
  <Kpi label={w().office.missing} value={number(p.people - p.enrolled)} sub={w().office.stillGood} />
  <Kpi label={w().office.shared} value={number(p.shared)} sub={w().office.recorded} />
  <Kpi label={w().office.passkeys} value={number(p.passkeys)} sub={w().office.voluntary} /></div>;

function UnitPhones({ unit }: { unit: Unit }) {
  const [only, setOnly] = useState<Only>('missing'), [page, setPage] = useState<People>(), [problem, setProblem] = useState<Problem | 'network'>(), [enrolling, setEnrolling] = useState<Person>();
  const load = async (before?: People) => {
    const r = await api.GET('/api/v1/attendance/devices/people', { params: { query: { unit: unit.id, only, limit: 100, ...(before?.next && { cursor: before.next }) } } }).catch(() => undefined);
    if (!r?.data) return setProblem((r?.error as Problem | undefined) ?? 'network');
    setProblem(undefined);
    setPage(before ? { ...r.data, items: [...before.items, ...r.data.items] } : r.data);
  };
  useEffect(() => { setPage(undefined); void load(); }, [only]);
  const trouble = problem && <Note tone="bad" icon="warn">{problemText(problem)} <button class="link" onClick={() => void load(page)}>{t().retry}</button></Note>;
  const close = () => { setEnrolling(undefined); void load(); };
  return <>{page && <Counts p={page} />}
    <section class="card"><div class="row between"><h2>{unit.name}</h2>{page && page.items.length > 0 && <Downloads path={`/api/v1/attendance/devices/people?unit=${unit.id}&only=${only}`} />}</div>
      <fieldset class="row"><legend class="sr">{w().office.show}</legend>{(['missing', 'enrolled', 'all'] as const).map(o => <label key={o} class="check"><input type="radio" name="only" checked={only === o} onChange={() => setOnly(o)} />{w().office.only[o]}</label>)}</fieldset>
      {!page ? trouble || <Skeleton height={320} /> : page.items.length === 0 ? <Empty>{w().office.noneOf[only]}</Empty> : <><ul class="list">{page.items.map(p => <li key={p.employee} style={{ gridTemplateColumns: 'minmax(0,1fr) auto' }}>
        <a class="plain col tight" href={`#/pegawai?orang=${p.employee}`}><b>{p.full_name}</b><span class="sm muted">{[p.position, p.unit_name !== unit.name && p.unit_name].filter(Boolean).join(' · ')}</span>
          {p.enrolled_at && <span class="sm muted num">{p.phone} · {w().office.since(fullDay(dayIn(new Date(p.enrolled_at), zone())))}{p.is_shared && ` · ${w().shared}`}</span>}</a>
        {!p.enrolled_at && (page.may_enrol && p.employee !== me.value?.employee ? <button class="btn ghost small" aria-label={`${w().enrol}: ${p.full_name}`} onClick={() => setEnrolling(p)}>{w().office.enrol}</button> : <Chip>{w().office.notYet}</Chip>)}</li>)}</ul>
        {trouble || (page.next && <button class="btn ghost" onClick={() => void load(page)}>{t().more}</button>)}</>}</section>
    {enrolling && <EnrolDialog person={{ id: enrolling.employee, full_name: enrolling.full_name }} needsSecond={false} onClose={close} onDone={close} />}</>;
}

export function PhonesPage() {
  const [unit, setUnit] = useState<Unit>();
  return <main id="m" tabIndex={-1}><p><a href="#/pegawai">{people().backToPeople}</a></p>
    <section class="card"><h1>{w().office.title}</h1><p class="sm muted">{w().office.hint}</p><div class="two roomy"><UnitPicker own onPick={setUnit} /></div></section>
    {me.value && enrolsPhones(me.value) && <Waiting />}
    {unit && <UnitPhones unit={unit} key={unit.id} />}</main>;
}

/** How many changes wait for a word of this officer; undefined while nobody knows. */
export function useWaitingPhones(): number | undefined {
  const [n, setN] = useState<number>(), asks = !!me.value && enrolsPhones(me.value);
  useEffect(() => { if (asks) void api.GET('/api/v1/attendance/devices/codes').then(r => setN(r.data?.items.filter(c => c.may_decide).length), () => undefined); }, [asks]);
  return n;
}
