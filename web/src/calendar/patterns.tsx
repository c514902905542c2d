/* Work patterns and who follows which: listed, entered, given, ended. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { api, type Got } from '../base/api';
import { addDays, fullDay, minute, past } from '../base/format';
import { source } from '../base/load';
import { isBoard, seesPeople } from '../base/access';
import { me } from '../base/session';
import { Chip, Empty, Field, Show, TimeInput, toast } from '../base/ui';
import { duration } from '../attendance/days';
import { UnitPicker, PersonPicker, type Person, type Unit } from '../org/picker';
import { w as policyWords } from '../policy/words';
import { Day, EndDialog, failureOf, FormDialog, Pair, Scope, Text, today, unitOf, useForm } from './form';
import { w } from './words';

export type Patterns = Got<'/api/v1/calendar/patterns'>;
export type Pattern = Patterns['items'][number];
type PatternDay = Pattern['days'][number];
type Assignments = Got<'/api/v1/calendar/assignments'>;
type Assignment = Assignments['items'][number];

export const patterns = source<Patterns>('calendar/patterns', () => api.GET('/api/v1/calendar/patterns'));
const assignments = source<Assignments>('calendar/assignments', () => api.GET('/api/v1/calendar/assignments', { params: { query: {} } }));
export const refreshPatterns = () => { void patterns.refresh(); void assignments.refresh(); };

export const dayName = (cycle: number, n: number) => cycle === 7 ? policyWords().weekdays[n + 1]! : w().pattern.day(n + 1);
const hoursText = (d: PatternDay) => [`${minute(d.starts)}–${minute(d.ends)}`, d.break_starts && `(${w().pattern.rest(minute(d.break_starts), minute(d.break_ends!))})`, d.asked_minutes && `(${w().pattern.owed(duration(d.asked_minutes))})`].filter(Boolean).join(' ');

/** Days that follow each other with the same hours as one line: "Senin–Kamis 07.30–16.00". */
export function hourLines(p: Pick<Pattern, 'cycle_days' | 'days'>, regime: 'normal' | 'ramadan'): string[] {
  const runs: { from: number; to: number; text: string }[] = [];
  for (const d of p.days.filter(x => x.regime === regime)) {
    const last = runs.at(-1), text = hoursText(d);
    if (last && last.text === text && last.to === d.cycle_day - 1) last.to = d.cycle_day;
    else runs.push({ from: d.cycle_day, to: d.cycle_day, text });
  }
  const until = (n: number) => p.cycle_days === 7 ? dayName(7, n) : String(n + 1);
  return runs.map(r => `${dayName(p.cycle_days, r.from)}${r.to > r.from ? `–${until(r.to)}` : ''} ${r.text}`);
}

export function Verified({ by }: { by: string }) {
  return <Chip tone={by ? 'ok' : 'warn'}>{by ? policyWords().verified : w().example}</Chip>;
}
export const spanOf = (from: string, to?: string) => `${fullDay(from)} – ${to ? fullDay(to) : w().open}`;

function PatternItem({ p, onEnd }: { p: Pattern; onEnd?: () => void }) {
  const fasting = hourLines(p, 'ramadan');
  return <li><div class="row between start"><b class="grow">{p.name}</b><Verified by={p.verified_by} /></div>
    {hourLines(p, 'normal').map(l => <span key={l} class="sm num">{l}</span>)}
    {fasting.length > 0 && <details><summary class="sm strong">{w().pattern.inRamadan}</summary><div class="col tight">{fasting.map(l => <span key={l} class="sm num">{l}</span>)}</div></details>}
    <div class="row between start"><span class="sm muted grow">{p.code} · {p.legal_basis} · {spanOf(p.valid_from, p.valid_to)}{p.works_holidays && ` · ${w().pattern.around.toLowerCase()}`}</span>{onEnd && <button class="link sm" onClick={onEnd}>{w().end}</button>}</div></li>;
}

/* ---- entering one ---- */

interface Row { works: boolean; starts: string; ends: string; rest: string; until: string }
const row = (works: boolean, starts = '07:30', ends = '16:00', rest = '12:00', until = '13:00'): Row => ({ works, starts, ends, rest, until });
const week = (starts: string, ends: string, rest: string, until: string) => Array.from({ length: 7 }, (_, i) => row(i < 5, starts, ends, rest, until));

export const dayRows = (rows: readonly Row[], regime: 'normal' | 'ramadan', asked: number) => rows.flatMap((r, i) => r.works && r.starts && r.ends ? [{
  regime, cycle_day: i, starts: r.starts, ends: past(r.starts, r.ends), ...(r.rest && r.until ? { break_starts: past(r.starts, r.rest), break_ends: past(r.starts, r.until) } : {}), ...(asked ? { asked_minutes: asked } : {}),
}] : []);

function HoursTable({ rows, legend, onChange }: { rows: readonly Row[]; legend: string; onChange: (rows: Row[]) => void }) {
  const put = (i: number, p: Partial<Row>) => onChange(rows.map((r, k) => k === i ? { ...r, ...p } : r));
  const time = (r: Row, i: number, key: 'starts' | 'ends' | 'rest' | 'until', label: string) => <td><TimeInput aria-label={`${dayName(rows.length, i)}: ${label}`} value={r[key]} onValue={v => put(i, { [key]: v })} /></td>;
  return <div class="scroll sideways" tabIndex={0} role="region" aria-label={legend}><table class="table sm"><caption class="sr">{legend}</caption><thead><tr><th scope="col">{legend}</th><th scope="col">{w().pattern.starts}</th><th scope="col">{w().pattern.ends}</th><th scope="col">{w().pattern.restFrom}</th><th scope="col">{w().pattern.restTo}</th></tr></thead>
    <tbody>{rows.map((r, i) => <tr key={i}><th scope="row"><label class="check"><input type="checkbox" checked={r.works} onChange={e => put(i, { works: e.currentTarget.checked })} />{dayName(rows.length, i)}</label></th>
      {r.works ? <>{time(r, i, 'starts', w().pattern.starts)}{time(r, i, 'ends', w().pattern.ends)}{time(r, i, 'rest', w().pattern.restFrom)}{time(r, i, 'until', w().pattern.restTo)}</> : <td colSpan={4} class="muted">–</td>}</tr>)}</tbody></table></div>;
}

function PatternDialog({ onClose }: { onClose: () => void }) {
  const f = useForm(['code', 'name', 'legal_basis', 'valid_from', 'valid_to', 'anchor_day', 'days']), [v, set] = useState<Record<string, string>>({ code: '', name: '', legal_basis: '', cycle: '7', anchor_day: '', asked: '', valid_from: addDays(today(), 1), valid_to: '' });
  const [rows, setRows] = useState<Row[]>(week('07:30', '16:00', '12:00', '13:00')), [fasting, setFasting] = useState<Row[]>(week('08:00', '15:00', '12:00', '12:30')), [withFasting, setWith] = useState(false), [around, setAround] = useState(false);
  const put = (p: Record<string, string>) => {
    set({ ...v, ...p });
    const n = Math.min(56, Math.max(1, Number(p.cycle) || 0));
    if (p.cycle && n) for (const [list, to] of [[rows, setRows], [fasting, setFasting]] as const) to(Array.from({ length: n }, (_, i) => list[i] ?? row(false)));
  };
  const save = async () => {
    if (!f.complete({ code: !v.code, name: !v.name, legal_basis: !v.legal_basis, valid_from: !v.valid_from })) return;
    const asked = Number(v.asked) || 0, days = [...dayRows(rows, 'normal', asked), ...(withFasting ? dayRows(fasting, 'ramadan', asked) : [])];
    const bad = failureOf(await api.POST('/api/v1/calendar/patterns', { body: { code: v.code!, name: v.name!, legal_basis: v.legal_basis!, cycle_days: rows.length, works_holidays: around, valid_from: v.valid_from!, ...(v.valid_to ? { valid_to: v.valid_to } : {}), ...(v.anchor_day ? { anchor_day: v.anchor_day } : {}), days } }).catch(() => undefined));
    if (bad) return f.fail(bad);
    toast(w().saved);
    onClose();
    refreshPatterns();
  };
  const p = { f, v, put };
  return <FormDialog title={w().pattern.make} f={f} broad onClose={onClose} onSave={save}>
    <Pair><Text {...p} name="code" label={w().pattern.code} max={40} /><Text {...p} name="name" label={w().pattern.name} max={200} /></Pair>
    <Text {...p} name="legal_basis" label={w().basis} max={400} />
    <Pair><Day {...p} name="valid_from" label={w().from} /><Day {...p} name="valid_to" label={w().to} none={w().open} /></Pair>
    <Pair><Text {...p} name="cycle" label={w().pattern.cycle} hint={w().pattern.cycleHint} max={2} kind="number" />{rows.length === 7 ? <Text {...p} name="asked" label={w().pattern.asked} hint={w().pattern.askedHint} max={4} kind="number" /> : <Day {...p} name="anchor_day" label={w().pattern.anchor} />}</Pair>
    <label class="check"><input type="checkbox" checked={around} onChange={e => setAround(e.currentTarget.checked)} />{w().pattern.around}</label>
    {f.at('days') && <p class="err" role="alert">{f.at('days')}</p>}
    <HoursTable rows={rows} legend={w().pattern.days} onChange={setRows} /><p class="sm muted">{w().pattern.off}</p>
    <label class="check"><input type="checkbox" checked={withFasting} onChange={e => setWith(e.currentTarget.checked)} />{w().pattern.withRamadan}</label>
    {withFasting && <HoursTable rows={fasting} legend={w().pattern.ramadan} onChange={setFasting} />}
  </FormDialog>;
}

export function PatternsCard() {
  const [making, setMaking] = useState(false), [ending, setEnding] = useState<Pattern>(), board = !!me.value && isBoard(me.value);
  return <section class="card"><div class="row between"><h2>{w().pattern.title}</h2>{board && <button class="btn ghost small" onClick={() => setMaking(true)}>{w().pattern.make}</button>}</div>
    <Show source={patterns} height={240}>{r => r.items.length === 0 ? <Empty>{w().none}</Empty> : <ul class="list lined">{r.items.map(p => <PatternItem key={p.id} p={p} {...(board && !p.valid_to ? { onEnd: () => setEnding(p) } : {})} />)}</ul>}</Show>
    {making && <PatternDialog onClose={() => setMaking(false)} />}
    {ending && <EndDialog what={w().pattern.what} name={ending.name} onClose={() => setEnding(undefined)} onDone={refreshPatterns} onEnd={last_day => api.POST('/api/v1/calendar/patterns/{pattern}/end', { params: { path: { pattern: ending.id } }, body: { last_day } })} />}</section>;
}

/* ---- who follows which ---- */

function AssignDialog({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const board = !!me.value && isBoard(me.value);
  const f = useForm(['pattern', 'unit', 'employee', 'valid_from', 'valid_to', 'cycle_offset']), [v, set] = useState<Record<string, string>>({ valid_from: addDays(today(), 1), valid_to: '', cycle_offset: '', pattern: '' });
  const [forPerson, setFor] = useState(false), [unit, setUnit] = useState<Unit | 'all' | undefined>(board ? 'all' : undefined), [person, setPerson] = useState<Person>(), put = (p: Record<string, string>) => set({ ...v, ...p });
  const list = (patterns.state.value.value?.items ?? []).filter(p => !p.valid_to || p.valid_to >= today()), chosen = list.find(p => p.id === v.pattern);
  const save = async () => {
    if (!f.complete({ pattern: !v.pattern, valid_from: !v.valid_from, unit: !forPerson && !unit, employee: forPerson && !person })) return;
    const bad = failureOf(await api.POST('/api/v1/calendar/assignments', { body: { pattern: v.pattern!, valid_from: v.valid_from!, ...(v.valid_to ? { valid_to: v.valid_to } : {}), ...(Number(v.cycle_offset) ? { cycle_offset: Number(v.cycle_offset) } : {}), ...(forPerson ? { employee: person!.id } : unitOf(unit)) } }).catch(() => undefined));
    if (bad) return f.fail(bad);
    toast(w().saved);
    onClose();
    onDone();
  };
  return <FormDialog title={w().assign.make} hint={w().assign.hint} f={f} onClose={onClose} onSave={save}>
    <Field label={w().assign.pattern} error={f.at('pattern')}>{p => <select {...p} value={v.pattern} onChange={e => put({ pattern: e.currentTarget.value })}><option value="">{w().choose}</option>{list.map(x => <option key={x.id} value={x.id}>{x.name}</option>)}</select>}</Field>
    <fieldset class="row"><legend class="strong sm">{w().assign.forWhom}</legend>{[false, true].map(x => <label key={String(x)} class="check"><input type="radio" name="whom" checked={forPerson === x} onChange={() => setFor(x)} />{x ? w().assign.forPerson : w().assign.forUnit}</label>)}</fieldset>
    {!forPerson ? <Scope unit={unit} f={f} onPick={setUnit} /> : person ? <div class="row between nowrap"><span class="col tight"><b>{person.full_name}</b><span class="sm muted">{person.position} · {person.unit_name}</span></span><button type="button" class="link sm" onClick={() => setPerson(undefined)}>{w().assign.change}</button></div>
      : <PersonPicker label={w().assign.person} error={f.at('employee')} without={me.value?.employee} onPick={setPerson} />}
    <Pair><Day f={f} v={v} put={put} name="valid_from" label={w().from} /><Day f={f} v={v} put={put} name="valid_to" label={w().to} none={w().open} /></Pair>
    {chosen && chosen.cycle_days !== 7 && <Text f={f} v={v} put={put} name="cycle_offset" label={w().assign.offset} max={2} kind="number" />}
  </FormDialog>;
}

const Line = ({ a, who, onEnd }: { a: Assignment; who: string; onEnd?: () => void }) => <li><div class="row between start"><span class="col tight grow"><b>{who}</b><span class="sm">{a.pattern_name}</span><span class="sm muted num">{spanOf(a.valid_from, a.valid_to)}</span></span>
  {a.valid_from > today() && <Chip tone="info">{w().later}</Chip>}{onEnd && <button class="link sm" onClick={onEnd}>{w().end}</button>}</div></li>;

function People({ mayEnd, onEnd, round }: { mayEnd: boolean; onEnd: (a: Assignment) => void; round: number }) {
  const [unit, setUnit] = useState<Unit>();
  const s = useMemo(() => unit && source<Assignments>(null, () => api.GET('/api/v1/calendar/people', { params: { query: { unit: unit.id } } })), [unit?.id]);
  useEffect(() => { void s?.refresh(); }, [s, round]);
  return <details><summary class="strong sm">{w().assign.people}</summary><div class="col"><UnitPicker own start={me.value?.unit?.agency} itself={w().all} onPick={setUnit} />
    {!s ? <p class="sm muted">{w().assign.chooseUnit}</p> : <Show source={s} height={80}>{r => r.items.length === 0 ? <Empty>{w().assign.nobody}</Empty> : <ul class="list lined">{r.items.map(a => <Line key={a.id} a={a} who={`${a.employee_name} · ${a.unit_name}`} {...(mayEnd && a.employee !== me.value?.employee ? { onEnd: () => onEnd(a) } : {})} />)}</ul>}</Show>}</div></details>;
}

export function AssignmentsCard({ mayWrite }: { mayWrite: boolean }) {
  const [making, setMaking] = useState(false), [ending, setEnding] = useState<Assignment>(), [round, setRound] = useState(0), board = !!me.value && isBoard(me.value);
  const done = () => { refreshPatterns(); setRound(round + 1); };
  return <section class="card"><div class="row between"><h2>{w().assign.title}</h2>{mayWrite && <button class="btn ghost small" onClick={() => setMaking(true)}>{w().assign.make}</button>}</div><p class="sm muted">{w().assign.hint}</p>
    <Show source={assignments} height={160}>{r => <ul class="list lined scroll down" style={{ maxHeight: '420px' }} tabIndex={0} aria-label={w().assign.title}>{r.items.map(a => <Line key={a.id} a={a} who={a.unit_name ?? w().everyone} {...(mayWrite && (board || a.unit) ? { onEnd: () => setEnding(a) } : {})} />)}</ul>}</Show>
    {me.value && seesPeople(me.value) && <People mayEnd={mayWrite} onEnd={setEnding} round={round} />}
    {making && <AssignDialog onClose={() => setMaking(false)} onDone={done} />}
    {ending && <EndDialog what={w().assign.what} name={`${ending.employee_name ?? ending.unit_name ?? w().everyone}: ${ending.pattern_name}`} onClose={() => setEnding(undefined)} onDone={done} onEnd={last_day => api.POST('/api/v1/calendar/assignments/{assignment}/end', { params: { path: { assignment: ending.id } }, body: { last_day } })} />}</section>;
}
