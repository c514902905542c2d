/* Live performance: what a unit brings about against its plans, what waits for a decision and since when, and which tasks are open. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Scope } from '../base/access';
import { api, type Got } from '../base/api';
import { Downloads } from '../base/downloads';
import { number, percent, shortFullDay } from '../base/format';
import { Chip, Empty, Kpi, Skeleton } from '../base/ui';
import { OpenDialog } from '../tasks/backlog';
import { LiveChip, NoBoard } from './livechip';
import { live } from './live';
import { w } from './performance_words';
import './performance.css';

type Data = Got<'/api/v1/monitor/performance'>;
type Unit = Data['total'];
type Output = Data['output'][number];

const pathOf = (unit: string) => `#/kinerja/${unit}`;
/** How much of the bar is full: of what is planned for the month, at most all of it. */
const share = (part: number, whole: number) => whole > 0 ? Math.min(100, 100 * part / whole) : 0;

function OutputBar({ o }: { o: Output }) {
  const text = w().outputLabel(o.unit_of_measure, number(o.handed_in), number(o.planned), number(o.planned_to_date));
  if (!o.planned) return <span class="sm muted">{w().unplanned}</span>;
  return <div class="goal" role="img" aria-label={text}><i class="verified" style={{ width: `${share(o.verified, o.planned)}%` }} /><i class="filed" style={{ width: `${share(o.handed_in, o.planned) - share(o.verified, o.planned)}%` }} /><i class="due" style={{ left: `${share(o.planned_to_date, o.planned)}%` }} /></div>;
}

function OutputTable({ p }: { p: Data }) {
  const [whole, setWhole] = useState(false), shown = whole ? p.output : p.output.slice(0, 8);
  if (!p.output.length) return <Empty>{w().noOutput}</Empty>;
  return <><div class="scroll" tabIndex={0} role="region" aria-label={w().output}><table class="table"><thead><tr><th scope="col">{w().measure}</th><th scope="col" class="r">{w().today}</th><th scope="col" class="r">{w().month}</th><th scope="col" class="r">{w().planned}</th><th scope="col" class="barcell">{w().reached}</th></tr></thead>
    <tbody>{shown.map(o => <tr key={o.unit_of_measure}><th scope="row">{o.unit_of_measure}</th><td class="r num">{number(o.handed_in_today)}</td><td class="r num">{number(o.handed_in)}</td><td class="r num">{o.planned ? number(o.planned) : '–'}</td><td class="barcell"><OutputBar o={o} /></td></tr>)}</tbody></table></div>
    {p.output.length > 8 && <button type="button" class="link" onClick={() => setWhole(!whole)}>{whole ? w().less : w().more(number(p.output.length - 8))}</button>}
    <p class="sm muted">{w().outputNote(p.worked, p.working_days)}</p></>;
}

const age = (day: string | undefined, today: string) => day ? Math.round((Date.parse(today) - Date.parse(day)) / 86_400_000) : undefined;
const oldText = (day: string | undefined, today: string) => { const n = age(day, today); return n === undefined ? '' : w().since(n); };

function Kpis({ u, day }: { u: Unit; day: string }) {
  const k = w().kpi;
  return <section class="kpis" aria-label={w().title}>
    <Kpi label={k.output} value={u.measured ? `${number(u.on_track)}/${number(u.measured)}` : '–'} sub={u.measured ? w().onTrack : w().noPlans} tone={u.on_track < u.measured ? 'warn' : u.measured ? 'ok' : ''} />
    <Kpi label={k.reports} value={number(u.report_filed)} sub={w().reportsOf(number(u.report_due), number(u.report_verified), number(u.report_returned))} />
    <Kpi label={k.waiting} value={number(u.waiting)} sub={u.waiting ? oldText(u.oldest_waiting, day) : w().nothingWaits} tone={(age(u.oldest_waiting, day) ?? 0) > 2 ? 'warn' : ''} />
    <Kpi label={k.wait} value={u.wait_tenths === undefined ? '–' : w().days(u.wait_tenths / 10)} sub={w().waitSub} />
    <Kpi label={k.tasks} value={number(u.open_tasks)} sub={u.open_tasks ? oldText(u.oldest_task, day) : w().noTasks} />
    <Kpi label={k.overdue} value={number(u.overdue_tasks)} sub={u.open_tasks ? w().ofOpen(percent(u.overdue_tasks, u.open_tasks)) : w().noTasks} tone={u.overdue_tasks ? 'bad' : ''} />
  </section>;
}

/* What piles up stands first: overdue tasks, then what waits longest. By name as soon as one asks. */
const pressing = (a: Unit, b: Unit) => b.overdue_tasks - a.overdue_tasks || (a.oldest_waiting ?? '9').localeCompare(b.oldest_waiting ?? '9') || b.waiting - a.waiting || (a.name ?? '').localeCompare(b.name ?? '');
const named = (a: Unit, b: Unit) => (a.name ?? '').localeCompare(b.name ?? '');

function Units({ p, unit, onTasks }: { p: Data; unit?: string; onTasks: (u: Unit) => void }) {
  const [order, setOrder] = useState<'pressing' | 'name'>('pressing'), units = [...p.units].sort(order === 'name' ? named : pressing);
  if (!units.length) return null;
  return <section class="card"><div class="row between"><h2>{w().units}</h2><span class="row"><select aria-label={w().sort} value={order} onChange={e => setOrder(e.currentTarget.value as 'pressing' | 'name')}><option value="pressing">{w().byPressing}</option><option value="name">{w().byName}</option></select><Downloads path={`/api/v1/monitor/performance${unit ? `?unit=${unit}` : ''}`} /></span></div>
    <div class="scroll" tabIndex={0} role="region" aria-label={w().units}><table class="table"><thead><tr><th scope="col">{w().unit}</th><th scope="col" class="r">{w().kpi.output}</th><th scope="col" class="r">{w().kpi.reports}</th><th scope="col" class="r">{w().kpi.waiting}</th><th scope="col" class="r">{w().kpi.tasks}</th><th scope="col" class="r">{w().kpi.overdue}</th></tr></thead>
      <tbody>{units.map(u => <tr key={u.unit}><th scope="row"><a href={pathOf(u.unit!)}>{u.name}</a></th><td class="r num">{u.measured ? `${number(u.on_track)}/${number(u.measured)}` : '–'}</td><td class="r num">{number(u.report_filed)}/{number(u.report_due)}</td>
        <td class="r num">{number(u.waiting)}{u.waiting > 0 && <span class="sm muted age"> {oldText(u.oldest_waiting, p.day)}</span>}</td>
        <td class="r num">{u.open_tasks ? <button type="button" class="link" aria-label={w().openTasksOf(number(u.open_tasks), u.name ?? '')} onClick={() => onTasks(u)}>{number(u.open_tasks)}</button> : 0}</td><td class="r num">{u.overdue_tasks ? <Chip tone="bad">{number(u.overdue_tasks)}</Chip> : 0}</td></tr>)}</tbody></table></div></section>;
}

interface Props { unit?: string; back?: string; own?: readonly Scope[] }

/** Without `unit` the whole government. `own`: who heads several units goes from one to the other. */
export function PerformancePage({ unit, back, own = [] }: Props) {
  const [tasks, setTasks] = useState<Unit>(), query = unit ? `?unit=${unit}` : '';
  const l = useMemo(() => live<Data>(`/api/v1/monitor/performance/events${query}`, () => api.GET('/api/v1/monitor/performance', { params: { query: unit ? { unit } : {} } })), [unit]);
  useEffect(() => () => l.close(), [l]);
  const p = l.value.value;
  if (!p) return <NoBoard l={l} back={back}><Skeleton height={110} /><Skeleton height={320} /></NoBoard>;
  return <main id="m" tabIndex={-1} class="performance">
    <div class="row between"><div class="col tight">{back && <a class="sm" href={back}>{w().back}</a>}<h2>{p.total.name ?? w().government}</h2><span class="sm muted">{shortFullDay(p.day)}</span></div><span class="row">
      {own.length > 1 && unit && <select aria-label={w().unit} value={unit} onChange={e => { location.hash = pathOf(e.currentTarget.value); }}>{!own.some(u => u.id === unit) && <option value={unit}>{p.total.name}</option>}{own.map(u => <option key={u.id} value={u.id}>{u.name}</option>)}</select>}
      <LiveChip l={l} at={p.now} /></span></div>
    <Kpis u={p.total} day={p.day} />
    <section class="card"><h2>{w().output}</h2><OutputTable p={p} /></section>
    <Units p={p} unit={unit} onTasks={setTasks} />
    {tasks && <OpenDialog unit={tasks.unit!} name={tasks.name ?? ''} onClose={() => setTasks(undefined)} />}
  </main>;
}
