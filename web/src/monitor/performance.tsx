/* Live performance: what a unit brings about against its plans, what waits for a decision and since when, which tasks are open, beside who is there; every figure opens to its facts. */
import type { ComponentChildren } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Scope } from '../base/access';
import { api, type Got } from '../base/api';
import { Downloads } from '../base/downloads';
import { number, percent, shortFullDay } from '../base/format';
import { route } from '../base/shell';
import { Chip, Empty, Skeleton, type Tone } from '../base/ui';
import { age, FactsPage, factsPath, pathOf, type FactsOf } from './facts';
import { LiveChip, NoBoard } from './livechip';
import { live } from './live';
import { isBeforeStart, Legend, missing, outside, PresenceBar } from './parts';
import { w } from './performance_words';
import './performance.css';

type Data = Got<'/api/v1/monitor/performance'>;
type Unit = Data['total'];
type Output = Data['output'][number];

/** How much of the bar is full: of what is planned for the month, at most all of it. */
const share = (part: number, whole: number) => whole > 0 ? Math.min(100, 100 * part / whole) : 0;

function OutputBar({ o }: { o: Output }) {
  const text = w().outputLabel(o.unit_of_measure, number(o.handed_in), number(o.planned), number(o.planned_to_date));
  if (!o.planned) return <span class="sm muted">{w().unplanned}</span>;
  return <div class="goal" role="img" aria-label={text}><i class="verified" style={{ width: `${share(o.verified, o.planned)}%` }} /><i class="filed" style={{ width: `${share(o.handed_in, o.planned) - share(o.verified, o.planned)}%` }} /><i class="due" style={{ left: `${share(o.planned_to_date, o.planned)}%` }} /></div>;
}

/** What was brought beside what is planned, where something is. */
const beside = (done: number, plan: number) => plan ? `${number(done)}/${number(plan)}` : number(done);

function OutputTable({ p }: { p: Data }) {
  const [whole, setWhole] = useState(false), shown = whole ? p.output : p.output.slice(0, 8);
  if (!p.output.length) return <Empty>{w().noOutput}</Empty>;
  return <><div class="scroll" tabIndex={0} role="region" aria-label={w().output}><table class="table"><thead><tr><th scope="col">{w().measure}</th><th scope="col" class="r">{w().today}</th><th scope="col" class="r">{w().month}</th><th scope="col" class="barcell">{w().reached}</th></tr></thead>
    <tbody>{shown.map(o => <tr key={o.unit_of_measure}><th scope="row"><a href={factsPath(p.total.unit, 'output', o.unit_of_measure)}>{o.unit_of_measure}</a></th><td class="r num">{beside(o.handed_in_today, o.planned_today)}</td><td class="r num">{beside(o.handed_in, o.planned)}</td><td class="barcell"><OutputBar o={o} /></td></tr>)}</tbody></table></div>
    {p.output.length > 8 && <button type="button" class="link" onClick={() => setWhole(!whole)}>{whole ? w().less : w().more(number(p.output.length - 8))}</button>}
    {p.output_cut && <p class="sm">{w().outputCut}</p>}
    {p.output_left_out > 0 && <p class="sm">{w().leftOut(number(p.output_left_out))}</p>}
    <p class="sm muted">{w().outputNote(p.worked, p.working_days)} {p.works ? w().todayNote(p.working_days) : w().noWork}</p></>;
}

const oldText = (day: string | undefined, today: string) => { const n = age(day, today); return n === undefined ? '' : w().since(n); };

/** What opens at the reports of the day: all that are due, where any is. */
const reportsOf = (u: Unit): FactsOf => u.report_due ? 'report_due' : 'report_filed';

interface Shown { label: string; value: string; sub: string; tone?: Tone }
const Inside = ({ label, value, sub }: Shown) => <><div class="sm muted">{label}</div><b class="num">{value}</b><div class="xs muted num">{sub}</div></>;

function Kpis({ u, day }: { u: Unit; day: string }) {
  const k = w().kpi, tile = (of: FactsOf, x: Shown) => <a class={`kpi open ${x.tone ?? ''}`} href={factsPath(u.unit, of)}><Inside {...x} /></a>;
  return <section class="kpis" aria-label={w().title}>
    <button type="button" class={`kpi open ${u.on_track < u.measured ? 'warn' : u.measured ? 'ok' : ''}`} onClick={() => document.getElementById('output')?.scrollIntoView({ behavior: 'smooth' })}><Inside label={k.output} value={u.measured ? `${number(u.on_track)}/${number(u.measured)}` : '–'} sub={u.measured ? w().onTrack : w().noPlans} /></button>
    {tile(reportsOf(u), { label: k.reports, value: number(u.report_filed), sub: w().reportsOf(number(u.report_due), number(u.report_verified), number(u.report_returned)) })}
    {tile('waiting', { label: k.waiting, value: number(u.waiting), sub: u.waiting ? oldText(u.oldest_waiting, day) : w().nothingWaits, tone: (age(u.oldest_waiting, day) ?? 0) > 2 ? 'warn' : '' })}
    {tile('decided', { label: k.wait, value: u.wait_tenths === undefined ? '–' : w().days(u.wait_tenths / 10), sub: w().waitSub })}
    {tile('open_tasks', { label: k.tasks, value: number(u.open_tasks), sub: u.open_tasks ? oldText(u.oldest_task, day) : w().noTasks })}
    {tile('overdue_tasks', { label: k.overdue, value: number(u.overdue_tasks), sub: u.open_tasks ? w().ofOpen(percent(u.overdue_tasks, u.open_tasks)) : w().noTasks, tone: u.overdue_tasks ? 'bad' : '' })}
  </section>;
}

/* Beside the work: who is there for it. */
function Presence({ p }: { p: Data }) {
  const c = p.presence, k = w().presence, elsewhere = c.present - c.present_office - c.present_home;
  const parts = [[k.office, c.present_office], [k.home, c.present_home], [k.elsewhere, elsewhere], [k.late, c.late], [isBeforeStart() ? k.notYetDue : k.notYet, missing(c)], [k.outside, outside(c)], [k.leave, c.on_leave]] as const;
  return <section class="card"><div class="row between"><h2>{k.title}</h2><a class="sm" href={p.total.unit ? `#/unit/${p.total.unit}` : '#/'}>{k.open}</a></div>
    {c.expected === 0 ? <p class="sm muted">{k.nobody}</p> : <><p class="num"><b>{number(c.present)}</b> {k.of(number(c.expected))}</p><PresenceBar c={c} />
      <ul class="row sm">{parts.filter(x => x[1] > 0).map(([label, n]) => <li key={label} class="num"><b>{number(n)}</b> <span class="muted">{label}</span></li>)}</ul><Legend /></>}</section>;
}

/* What piles up stands first: overdue tasks, then what waits longest. By name as soon as one asks. */
const pressing = (a: Unit, b: Unit) => b.overdue_tasks - a.overdue_tasks || (a.oldest_waiting ?? '9').localeCompare(b.oldest_waiting ?? '9') || b.waiting - a.waiting || (a.name ?? '').localeCompare(b.name ?? '');
const named = (a: Unit, b: Unit) => (a.name ?? '').localeCompare(b.name ?? '');

/** A figure of a unit: a link to its facts where there are any. */
const Opens = ({ u, of, n, label, children }: { u: Unit; of: FactsOf; n: number; label: string; children?: ComponentChildren }) => n ? <a href={factsPath(u.unit, of)} aria-label={w().figureOf(label, children ? `${u.report_filed}/${u.report_due}` : number(n), u.name ?? '')}>{children ?? number(n)}</a> : <>{children ?? 0}</>;

function Units({ p, unit }: { p: Data; unit?: string }) {
  const [order, setOrder] = useState<'pressing' | 'name'>('pressing'), units = [...p.units].sort(order === 'name' ? named : pressing), k = w().kpi;
  if (!units.length) return null;
  return <section class="card"><div class="row between"><h2>{w().units}</h2><span class="row"><select aria-label={w().sort} value={order} onChange={e => setOrder(e.currentTarget.value as 'pressing' | 'name')}><option value="pressing">{w().byPressing}</option><option value="name">{w().byName}</option></select><Downloads path={`/api/v1/monitor/performance${unit ? `?unit=${unit}` : ''}`} /></span></div>
    <div class="scroll" tabIndex={0} role="region" aria-label={w().units}><table class="table"><thead><tr><th scope="col">{w().unit}</th><th scope="col" class="r">{k.waiting}</th><th scope="col" class="r">{k.tasks}</th><th scope="col" class="r">{k.overdue}</th><th scope="col" class="r">{k.reports}</th><th scope="col" class="r">{k.output}</th><th scope="col" class="r">{w().presence.here}</th></tr></thead>
      <tbody>{units.map(u => <tr key={u.unit}><th scope="row"><a href={pathOf(u.unit)}>{u.name}</a></th>
        <td class="r num"><Opens u={u} of="waiting" n={u.waiting} label={k.waiting} />{u.waiting > 0 && <span class="sm muted age"> {oldText(u.oldest_waiting, p.day)}</span>}</td>
        <td class="r num"><Opens u={u} of="open_tasks" n={u.open_tasks} label={k.tasks} /></td><td class="r num">{u.overdue_tasks ? <Chip tone="bad"><Opens u={u} of="overdue_tasks" n={u.overdue_tasks} label={k.overdue} /></Chip> : 0}</td>
        <td class="r num"><Opens u={u} of={reportsOf(u)} n={u.report_due + u.report_filed} label={k.reports}>{number(u.report_filed)}/{number(u.report_due)}</Opens></td><td class="r num">{u.measured ? <a href={pathOf(u.unit)} aria-label={w().figureOf(k.output, `${u.on_track}/${u.measured}`, u.name ?? '')}>{number(u.on_track)}/{number(u.measured)}</a> : '–'}</td><td class="r num"><a href={`#/unit/${u.unit}`} aria-label={w().figureOf(w().presence.here, `${u.present}/${u.expected}`, u.name ?? '')}>{number(u.present)}/{number(u.expected)}</a></td></tr>)}</tbody></table></div></section>;
}

interface Props { unit?: string; back?: string; own?: readonly Scope[] }

function BoardPart({ unit, back, own = [] }: Props) {
  const query = unit ? `?unit=${unit}` : '';
  const l = useMemo(() => live<Data>(`/api/v1/monitor/performance/events${query}`, () => api.GET('/api/v1/monitor/performance', { params: { query: unit ? { unit } : {} } })), [unit]);
  useEffect(() => () => l.close(), [l]);
  const p = l.value.value;
  if (!p) return <NoBoard l={l} back={back}><Skeleton height={110} /><Skeleton height={320} /></NoBoard>;
  return <main id="m" tabIndex={-1} class="performance">
    <div class="row between"><div class="col tight">{back && <a class="sm" href={back}>{w().back}</a>}<h2>{p.total.name ?? w().government}</h2><span class="sm muted">{shortFullDay(p.day)}</span></div><span class="row">
      {own.length > 1 && unit && <select aria-label={w().unit} value={unit} onChange={e => { location.hash = pathOf(e.currentTarget.value); }}>{!own.some(u => u.id === unit) && <option value={unit}>{p.total.name}</option>}{own.map(u => <option key={u.id} value={u.id}>{u.name}</option>)}</select>}
      <LiveChip l={l} at={p.now} /></span></div>
    <Kpis u={p.total} day={p.day} />
    <Presence p={p} />
    <section class="card" id="output"><h2>{w().output}</h2><OutputTable p={p} /></section>
    <Units p={p} unit={unit} />
  </main>;
}

/** Without `unit` the whole government. `own`: who heads several units goes from one to the other. What the address asks for decides between the board and the facts behind a figure. */
export function PerformancePage(props: Props) {
  const asked = new URLSearchParams(route.value.split('?')[1]), of = asked.get('fakta'), measure = asked.get('satuan') ?? undefined;
  return of && of in w().facts.of ? <FactsPage unit={props.unit} of={of as FactsOf} measure={measure} key={route.value} /> : <BoardPart {...props} />;
}
