/* Jam kerja: holidays, Ramadan, assemblies, breaks between semesters, floating starts, patterns and who follows them. */
import { useEffect, useState } from 'preact/hooks';
import { api, type Got } from '../base/api';
import { addDays, longDay, minute, number, span } from '../base/format';
import { source } from '../base/load';
import { isBoard, setsHours } from '../base/access';
import { me } from '../base/session';
import { Action, Chip, Dialog, Empty, Field, Note, problemText, Show, Skeleton, TimeInput, toast } from '../base/ui';
import { t } from '../base/words';
import { UnitPicker, type Unit } from '../org/picker';
import { Day, EndDialog, failureOf, FormDialog, Pair, Scope, Text, today, unitOf, useForm, type Failure } from './form';
import { HolidaysCard } from './holidays';
import { AssignmentsCard, PatternsCard, patterns, refreshPatterns, spanOf, Verified } from './patterns';
import { w } from './words';

type Regimes = Got<'/api/v1/calendar/regimes'>;
type Breaks = Got<'/api/v1/calendar/breaks'>;
type Bands = Got<'/api/v1/calendar/bands'>;
type Events = Got<'/api/v1/calendar/events'>;
type Event = Events['items'][number];

const regimes = source<Regimes>('calendar/regimes', () => api.GET('/api/v1/calendar/regimes'));
const breaks = source<Breaks>('calendar/breaks', () => api.GET('/api/v1/calendar/breaks'));
const bands = source<Bands>('calendar/bands', () => api.GET('/api/v1/calendar/bands'));
const events = source<Events>('calendar/events', () => api.GET('/api/v1/calendar/events', { params: { query: {} } }));

/* ---- Ramadan ---- */

function RamadanDialog({ onClose }: { onClose: () => void }) {
  const next = regimes.state.value.value?.items.find(r => r.valid_to >= today());
  const f = useForm(['valid_from', 'valid_to', 'source']), [v, set] = useState<Record<string, string>>({ valid_from: next?.valid_from ?? '', valid_to: next?.valid_to ?? '', source: '' }), p = { f, v, put: (x: Record<string, string>) => set({ ...v, ...x }) };
  const save = async () => {
    if (!f.complete({ valid_from: !v.valid_from, valid_to: !v.valid_to, source: !v.source })) return;
    const bad = failureOf(await api.POST('/api/v1/calendar/regimes', { body: { valid_from: v.valid_from!, valid_to: v.valid_to!, source: v.source! } }).catch(() => undefined));
    if (bad) return f.fail(bad);
    toast(w().saved);
    onClose();
    void regimes.refresh();
  };
  return <FormDialog title={w().ramadan.set} hint={w().ramadan.replaces} f={f} onClose={onClose} onSave={save}>
    <Pair><Day {...p} name="valid_from" label={w().ramadan.from} /><Day {...p} name="valid_to" label={w().ramadan.to} /></Pair><Text {...p} name="source" label={w().ramadan.source} max={200} /></FormDialog>;
}

function RamadanCard({ board }: { board: boolean }) {
  const [setting, setSetting] = useState(false);
  return <section class="card"><div class="row between"><h2>{w().ramadan.title}</h2>{board && <button class="btn ghost small" onClick={() => setSetting(true)}>{w().ramadan.set}</button>}</div><p class="sm muted">{w().ramadan.hint}</p>
    <Show source={regimes} height={80}>{r => r.items.length === 0 ? <Empty>{w().none}</Empty> : <ul class="list">{[...r.items].reverse().map(x => <li key={x.id}><b class="num">{span(x.valid_from, x.valid_to)}</b><span class="sm muted">{x.source}</span></li>)}</ul>}</Show>
    {setting && <RamadanDialog onClose={() => setSetting(false)} />}</section>;
}

/* ---- breaks and floating starts ---- */

function PatternChoice({ v, put, label }: { v: Record<string, string>; put: (p: Record<string, string>) => void; label: string }) {
  return <Field label={label}>{p => <select {...p} value={v.pattern} onChange={e => put({ pattern: e.currentTarget.value })}><option value="">{w().everyPattern}</option>{(patterns.state.value.value?.items ?? []).map(x => <option key={x.id} value={x.id}>{x.name}</option>)}</select>}</Field>;
}

function BreakDialog({ onClose }: { onClose: () => void }) {
  const board = !!me.value && isBoard(me.value);
  const f = useForm(['unit', 'pattern', 'name', 'source', 'valid_from', 'valid_to']), [v, set] = useState<Record<string, string>>({ name: '', source: '', pattern: '', valid_from: '', valid_to: '' }), [unit, setUnit] = useState<Unit | 'all' | undefined>(board ? 'all' : undefined), put = (x: Record<string, string>) => set({ ...v, ...x }), p = { f, v, put };
  const save = async () => {
    if (!f.complete({ name: !v.name, source: !v.source, valid_from: !v.valid_from, valid_to: !v.valid_to, unit: !unit })) return;
    const bad = failureOf(await api.POST('/api/v1/calendar/breaks', { body: { name: v.name!, source: v.source!, valid_from: v.valid_from!, valid_to: v.valid_to!, ...(v.pattern ? { pattern: v.pattern } : {}), ...unitOf(unit) } }).catch(() => undefined));
    if (bad) return f.fail(bad);
    toast(w().saved);
    onClose();
    void breaks.refresh();
  };
  return <FormDialog title={w().breaks.make} hint={w().breaks.hint} f={f} onClose={onClose} onSave={save}><Text {...p} name="name" label={w().breaks.name} max={120} /><Text {...p} name="source" label={w().breaks.source} max={200} />
    <Pair><Day {...p} name="valid_from" label={w().from} /><Day {...p} name="valid_to" label={w().to} /></Pair><PatternChoice v={v} put={put} label={w().breaks.pattern} /><Scope unit={unit} f={f} onPick={setUnit} /></FormDialog>;
}

function BandDialog({ onClose }: { onClose: () => void }) {
  const board = !!me.value && isBoard(me.value);
  const f = useForm(['unit', 'pattern', 'before_minutes', 'after_minutes', 'legal_basis', 'valid_from', 'valid_to']), [v, set] = useState<Record<string, string>>({ after_minutes: '30', before_minutes: '0', legal_basis: '', pattern: '', valid_from: addDays(today(), 1), valid_to: '' }), [unit, setUnit] = useState<Unit | 'all' | undefined>(board ? 'all' : undefined), put = (x: Record<string, string>) => set({ ...v, ...x }), p = { f, v, put };
  const save = async () => {
    if (!f.complete({ legal_basis: !v.legal_basis, valid_from: !v.valid_from, unit: !unit })) return;
    const bad = failureOf(await api.POST('/api/v1/calendar/bands', { body: { before_minutes: Number(v.before_minutes) || 0, after_minutes: Number(v.after_minutes) || 0, legal_basis: v.legal_basis!, valid_from: v.valid_from!, ...(v.valid_to ? { valid_to: v.valid_to } : {}), ...(v.pattern ? { pattern: v.pattern } : {}), ...unitOf(unit) } }).catch(() => undefined));
    if (bad) return f.fail(bad);
    toast(w().saved);
    onClose();
    void bands.refresh();
  };
  return <FormDialog title={w().bands.make} hint={w().bands.hint} f={f} onClose={onClose} onSave={save}><Pair><Text {...p} name="after_minutes" label={w().bands.after} max={3} kind="number" /><Text {...p} name="before_minutes" label={w().bands.before} max={3} kind="number" /></Pair>
    <Text {...p} name="legal_basis" label={w().basis} max={400} /><Pair><Day {...p} name="valid_from" label={w().from} /><Day {...p} name="valid_to" label={w().to} none={w().open} /></Pair><PatternChoice v={v} put={put} label={w().breaks.pattern} /><Scope unit={unit} f={f} onPick={setUnit} /></FormDialog>;
}

function BreaksCard({ mayWrite, board }: { mayWrite: boolean; board: boolean }) {
  const [making, setMaking] = useState(false), [ending, setEnding] = useState<Breaks['items'][number]>();
  return <section class="card"><div class="row between"><h2>{w().breaks.title}</h2>{mayWrite && <button class="btn ghost small" onClick={() => setMaking(true)}>{w().breaks.make}</button>}</div><p class="sm muted">{w().breaks.hint}</p>
    <Show source={breaks} height={80}>{r => r.items.length === 0 ? <Empty>{w().none}</Empty> : <ul class="list lined">{r.items.map(b => <li key={b.id}><div class="row between start"><span class="col tight grow"><b>{b.name}</b><span class="sm num">{span(b.valid_from, b.valid_to)}</span><span class="sm muted">{[b.unit_name ?? w().everyone, b.pattern_name, b.source].filter(Boolean).join(' · ')}</span></span>{mayWrite && (board || b.unit) && b.valid_to >= today() && <button class="link sm" onClick={() => setEnding(b)}>{w().end}</button>}</div></li>)}</ul>}</Show>
    {making && <BreakDialog onClose={() => setMaking(false)} />}
    {ending && <EndDialog what={w().breaks.what} name={ending.name} onClose={() => setEnding(undefined)} onDone={() => void breaks.refresh()} onEnd={last_day => api.POST('/api/v1/calendar/breaks/{break}/end', { params: { path: { break: ending.id } }, body: { last_day } })} />}</section>;
}

function BandsCard({ mayWrite, board }: { mayWrite: boolean; board: boolean }) {
  const [making, setMaking] = useState(false), [ending, setEnding] = useState<Bands['items'][number]>();
  return <section class="card"><div class="row between"><h2>{w().bands.title}</h2>{mayWrite && <button class="btn ghost small" onClick={() => setMaking(true)}>{w().bands.make}</button>}</div><p class="sm muted">{w().bands.hint}</p>
    <Show source={bands} height={80}>{r => r.items.length === 0 ? <Empty>{w().none}</Empty> : <ul class="list lined">{r.items.map(b => <li key={b.id}><div class="row between start"><b class="grow">{b.unit_name ?? w().everyone}</b><Verified by={b.verified_by} /></div><span class="sm">{w().bands.text(b.after_minutes, b.before_minutes)}</span>
      <div class="row between start"><span class="sm muted grow">{[b.pattern_name, b.legal_basis, spanOf(b.valid_from, b.valid_to)].filter(Boolean).join(' · ')}</span>{mayWrite && (board || b.unit) && !b.valid_to && <button class="link sm" onClick={() => setEnding(b)}>{w().end}</button>}</div></li>)}</ul>}</Show>
    {making && <BandDialog onClose={() => setMaking(false)} />}
    {ending && <EndDialog what={w().bands.what} name={ending.unit_name ?? w().everyone} onClose={() => setEnding(undefined)} onDone={() => void bands.refresh()} onEnd={last_day => api.POST('/api/v1/calendar/bands/{band}/end', { params: { path: { band: ending.id } }, body: { last_day } })} />}</section>;
}

/* ---- assemblies ---- */

function EventDialog({ onClose }: { onClose: () => void }) {
  const board = !!me.value && isBoard(me.value);
  const f = useForm(['name', 'place', 'letter', 'day', 'opens', 'starts', 'closes', 'units']), [v, set] = useState<Record<string, string>>({ name: 'Apel pagi', place: '', letter: '', day: addDays(today(), 1), opens: '06:30', starts: '07:15', closes: '08:00' });
  const [units, setUnits] = useState<Unit[]>([]), [unit, setUnit] = useState<Unit>(), [round, setRound] = useState(0), [excuses, setExcuses] = useState({ shift: true, home: true, off: true }), [site, setSite] = useState(false), put = (x: Record<string, string>) => set({ ...v, ...x }), p = { f, v, put };
  const time = (name: string, label: string) => <Field label={label} error={f.at(name)}>{x => <TimeInput {...x} value={v[name]!} onValue={y => put({ [name]: y })} />}</Field>;
  const called = unit && !units.some(u => u.id === unit.id) ? [...units, unit] : units;
  const save = async () => {
    if (!f.complete({ name: !v.name, place: !v.place, letter: !v.letter, day: !v.day, opens: !v.opens, starts: !v.starts, closes: !v.closes, units: !board && called.length === 0 })) return;
    const bad = failureOf(await api.POST('/api/v1/calendar/events', { body: { name: v.name!, place: v.place!, letter: v.letter!, day: v.day!, opens: v.opens!, starts: v.starts!, closes: v.closes!, excuses_shift: excuses.shift, excuses_home: excuses.home, excuses_off: excuses.off, units: called.map(u => u.id), ...(site && called[0] ? { site_unit: called[0].id } : {}) } }).catch(() => undefined));
    if (bad) return f.fail(bad);
    toast(w().saved);
    onClose();
    void events.refresh();
  };
  return <FormDialog title={w().events.make} f={f} onClose={onClose} onSave={save}><Pair><Text {...p} name="name" label={w().events.name} max={120} /><Text {...p} name="letter" label={w().events.letter} max={120} /></Pair><Text {...p} name="place" label={w().events.place} max={200} />
    <Pair><Day {...p} name="day" label={w().events.day} />{time('opens', w().events.opens)}</Pair><Pair>{time('starts', w().events.starts)}{time('closes', w().events.closes)}</Pair>
    <fieldset class="col"><legend class="strong sm">{w().events.units}</legend>
      {units.length > 0 && <ul class="list">{units.map(u => <li key={u.id}><div class="row between nowrap"><span>{u.name}</span><button type="button" class="link sm" onClick={() => setUnits(units.filter(x => x.id !== u.id))}>{w().events.remove}</button></div></li>)}</ul>}
      <UnitPicker key={round} itself={w().all} {...(board && units.length === 0 ? { none: w().everyone } : {})} error={f.at('units')} onPick={setUnit} />{unit && <p><button type="button" class="btn ghost small" onClick={() => { setUnits(called); setUnit(undefined); setRound(round + 1); }}>{w().events.addUnit}</button></p>}</fieldset>
    <fieldset class="col tight"><legend class="strong sm">{w().events.excuses}</legend>{(['shift', 'home', 'off'] as const).map(k => <label key={k} class="check"><input type="checkbox" checked={excuses[k]} onChange={e => setExcuses({ ...excuses, [k]: e.currentTarget.checked })} />{w().events[k]}</label>)}</fieldset>
    {called.length > 0 && <label class="check"><input type="checkbox" checked={site} onChange={e => setSite(e.currentTarget.checked)} />{w().events.site}</label>}</FormDialog>;
}

function CancelDialog({ event, onClose }: { event: Event; onClose: () => void }) {
  const f = useForm(['reason']), [v, set] = useState<Record<string, string>>({ reason: '' });
  const save = async () => {
    if (!f.complete({ reason: !v.reason })) return;
    const bad = failureOf(await api.POST('/api/v1/calendar/events/{event}/end', { params: { path: { event: event.id } }, body: { reason: v.reason! } }).catch(() => undefined));
    if (bad) return f.fail(bad);
    toast(w().endedToast);
    onClose();
    void events.refresh();
  };
  return <Dialog title={w().events.cancelTitle} onClose={onClose} foot={<><Action class="btn danger" onAct={save}>{w().events.cancel}</Action><button class="btn ghost" onClick={onClose}>{t().close}</button></>}><div class="col" ref={f.body}>{f.top}<p><b>{event.name}</b>, {longDay(event.day)}</p><Text f={f} v={v} put={p => set({ ...v, ...p })} name="reason" label={w().events.reason} max={200} /></div></Dialog>;
}

type Count = Got<'/api/v1/attendance/events/{event}'>;
function CountDialog({ event, onClose }: { event: Event; onClose: () => void }) {
  const [count, setCount] = useState<Count>(), [problem, setProblem] = useState<Failure>(), isToCome = event.day > today();
  const own = me.value?.roles.find(r => r.unit && ['agency_officer', 'agency_head', 'unit_head', 'unit_officer'].includes(r.role))?.unit, all = me.value?.roles.some(r => !r.unit && ['bkd', 'inspector', 'agency_head'].includes(r.role));
  useEffect(() => { if (!isToCome) void api.GET('/api/v1/attendance/events/{event}', { params: { path: { event: event.id }, query: !all && own ? { unit: own } : {} } }).then(r => { if (r.data) setCount(r.data); else setProblem((r.error as Failure | undefined) ?? 'network'); }, () => setProblem('network')); }, []);
  return <Dialog title={event.name} sub={longDay(event.day)} onClose={onClose}>{problem && <Note tone="bad" icon="warn">{problemText(problem)}</Note>}
    {isToCome ? <p>{w().events.toCome}</p> : !count ? !problem && <Skeleton height={120} /> : <><p><b>{w().events.called(number(count.called))}</b></p><table class="table"><tbody>{count.verdicts.map(x => <tr key={x.verdict}><th scope="row">{w().events.verdict[x.verdict]}</th><td class="r num">{number(x.people)}</td></tr>)}</tbody></table><p class="sm muted">{w().events.counted}</p></>}</Dialog>;
}

function EventsCard({ mayWrite }: { mayWrite: boolean }) {
  const [making, setMaking] = useState(false), [cancelling, setCancelling] = useState<Event>(), [counted, setCounted] = useState<Event>();
  return <section class="card"><div class="row between"><h2>{w().events.title}</h2>{mayWrite && <button class="btn ghost small" onClick={() => setMaking(true)}>{w().events.make}</button>}</div><p class="sm muted">{w().events.hint}</p>
    <Show source={events} height={80}>{r => r.items.length === 0 ? <Empty>{w().none}</Empty> : <ul class="list lined">{r.items.map(e => <li key={e.id}><div class="row between start"><b class="grow">{e.name}</b>{e.cancelled_at && <Chip tone="bad">{w().events.cancelled}</Chip>}</div><span class="sm num">{longDay(e.day)}, {minute(e.starts)} · {e.place}</span>
      <span class="sm muted">{e.letter} · {e.unit_names.length === 0 ? w().events.all : e.unit_names.length > 3 ? `${e.unit_names.slice(0, 3).join(', ')} +${e.unit_names.length - 3}` : e.unit_names.join(', ')}{e.reason && ` · ${e.reason}`}</span>
      {!e.cancelled_at && <div class="row"><button class="btn ghost small" onClick={() => setCounted(e)}>{w().events.count}</button>{mayWrite && e.day >= today() && <button class="link sm" onClick={() => setCancelling(e)}>{w().events.cancel}</button>}</div>}</li>)}</ul>}</Show>
    {making && <EventDialog onClose={() => setMaking(false)} />}{cancelling && <CancelDialog event={cancelling} onClose={() => setCancelling(undefined)} />}{counted && <CountDialog event={counted} onClose={() => setCounted(undefined)} />}</section>;
}

export function HoursPage() {
  useEffect(() => { refreshPatterns(); for (const s of [regimes, breaks, bands, events]) void s.refresh(); }, []);
  const board = !!me.value && isBoard(me.value), mayWrite = !!me.value && setsHours(me.value);
  return <main id="m" tabIndex={-1}><p class="sm muted">{w().hint}</p><div class="cols even"><div class="col"><PatternsCard /><AssignmentsCard mayWrite={mayWrite} /></div>
    <div class="col"><HolidaysCard mayWrite={mayWrite} board={board} /><RamadanCard board={board} /><EventsCard mayWrite={mayWrite} /><BreaksCard mayWrite={mayWrite} board={board} /><BandsCard mayWrite={mayWrite} board={board} /></div></div></main>;
}
