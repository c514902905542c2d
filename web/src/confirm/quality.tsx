/* Mutu bukti: how much silence confirmed in each unit, and how often each rule about evidence was right. Numbers of units and rules, never of persons. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { marks, type Mark } from '../attendance/marks';
import { seesGovernment } from '../base/access';
import { api, serverNow, type Got } from '../base/api';
import { Downloads } from '../base/downloads';
import { dayIn, fullDay, monthName, number } from '../base/format';
import { source } from '../base/load';
import { me } from '../base/session';
import { zone } from '../base/shell';
import { Chip, Empty, Note, Show } from '../base/ui';
import { MonthSteps } from '../reports/recapmonth';
import { w } from './words';

type Outcomes = Got<'/api/v1/attendance/evidence/outcomes'>;
type Rules = Got<'/api/v1/attendance/evidence/marks'>;
const percent = (n: number) => `${number(n)}%`;

type Row = Outcomes['items'][number];
function UnitRow({ r, open }: { r: Row; open: () => void }) {
  const name = r.is_own ? w().own(r.name) : r.name;
  return <tr><th scope="row">{r.has_children ? <button class="link" onClick={open}>{name}</button> : name}</th>
    {r.is_hidden ? <td colSpan={5} class="muted">{w().hidden}</td> : <>
      <td class="num right">{number(r.confirmed!)}</td><td class="num right">{number(r.denied!)}</td><td class="num right">{number(r.silent!)}</td><td class="num right">{number(r.waiting!)}</td>
      <td class="barcell"><span class="row nowrap"><span class="bar grow" aria-hidden="true"><i class="home" style={{ width: `${r.silent_percent ?? 0}%` }} /></span><span class="num whole">{r.silent_percent === undefined ? '–' : percent(r.silent_percent)}</span></span></td></>}</tr>;
}

/** By name; a unit opens to those below it. */
function Silence({ month }: { month: string }) {
  const [path, setPath] = useState<readonly { id: string; name: string }[]>([]), at = path.at(-1);
  const query = `month=${month}${at ? `&parent=${at.id}` : ''}`;
  const s = useMemo(() => source<Outcomes>(`outcomes/${query}`, () => api.GET('/api/v1/attendance/evidence/outcomes', { params: { query: { month, ...(at ? { parent: at.id } : {}) } } })), [query]);
  useEffect(() => { void s.refresh(); }, [s]);
  return <section class="card"><div class="row between"><h2>{w().silenceTitle}</h2><Downloads path={`/api/v1/attendance/evidence/outcomes?${query}`} /></div><p class="sm muted">{w().silenceHint}</p>
    {path.length > 0 && <nav class="row tight sm" aria-label={w().unit}><button class="link" onClick={() => setPath([])}>{w().allUnits}</button>{path.map((u, i) => <span key={u.id} class="row tight"><span aria-hidden="true">›</span>{i === path.length - 1 ? <b>{u.name}</b> : <button class="link" onClick={() => setPath(path.slice(0, i + 1))}>{u.name}</button>}</span>)}</nav>}
    <Show source={s} zone={zone()} height={240}>{v => v.items.length === 0 ? <Empty>{w().noOutcomes}</Empty> : <><div class="scroll sideways" tabIndex={0} role="group" aria-label={w().silenceTitle}><table class="table"><thead><tr><th scope="col">{w().unit}</th><th scope="col" class="right">{w().confirmed}</th><th scope="col" class="right">{w().denied}</th><th scope="col" class="right">{w().silent}</th><th scope="col" class="right">{w().waiting}</th><th scope="col">{w().silentShare}</th></tr></thead>
      <tbody>{v.items.map(r => <UnitRow key={`${r.unit}${r.is_own}`} r={r} open={() => setPath([...path, { id: r.unit, name: r.name }])} />)}</tbody></table></div>{v.is_cut && <p class="sm muted">{w().cut}</p>}</>}</Show></section>;
}

type Rule = Rules['items'][number];
const RuleRow = ({ r }: { r: Rule }) => <tr><th scope="row"><span class="col tight"><span>{marks()[r.mark as Mark]?.short ?? r.mark}</span>{r.needs_review && <span><Chip tone="warn">{w().review}</Chip></span>}</span></th><td class="num right">{number(r.weight)}</td>
  {r.precision_percent === undefined ? <td colSpan={3} class="muted">{w().few}</td> : <><td class="num right">{number(r.confirmed! + r.denied!)}</td><td class="num right">{percent(r.precision_percent)}</td><td class="num right">{r.sample_percent === undefined ? <span class="muted">{w().few}</span> : w().ofSample(percent(r.sample_percent), number(r.sampled!))}</td></>}</tr>;

function Precision({ month }: { month: string }) {
  const s = useMemo(() => source<Rules>(`marks/${month}`, () => api.GET('/api/v1/attendance/evidence/marks', { params: { query: { month } } })), [month]);
  useEffect(() => { void s.refresh(); }, [s]);
  return <section class="card"><div class="row between"><h2>{w().precisionTitle}</h2><Downloads path={`/api/v1/attendance/evidence/marks?month=${month}`} /></div><p class="sm muted">{w().precisionHint}</p>
    <Show source={s} zone={zone()} height={320}>{v => {
      const review = v.items.filter(r => r.needs_review).length;
      return <>{review > 0 && <Note tone="warn" icon="warn">{w().reviewHint(review)}</Note>}<p class="xs muted num">{w().from(fullDay(v.from), fullDay(v.to))}</p>
        <div class="scroll sideways" tabIndex={0} role="group" aria-label={w().precisionTitle}><table class="table"><thead><tr><th scope="col">{w().mark}</th><th scope="col" class="right">{w().weight}</th><th scope="col" class="right">{w().answered}</th><th scope="col" class="right">{w().right}</th><th scope="col" class="right">{w().sampled}</th></tr></thead><tbody>{v.items.map(r => <RuleRow key={r.mark} r={r} />)}</tbody></table></div></>;
    }}</Show></section>;
}

export function QualityPage() {
  const [month, setMonth] = useState(dayIn(serverNow(), zone()).slice(0, 8) + '01');
  return <main id="m" tabIndex={-1}><div class="row between"><h2>{monthName(month)}</h2><MonthSteps month={month} onMonth={setMonth} /></div>
    <div class={seesGovernment(me.value!) ? 'cols even' : 'col'}><Silence month={month} />{seesGovernment(me.value!) && <Precision month={month} />}</div></main>;
}
