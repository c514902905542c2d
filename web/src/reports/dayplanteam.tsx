/* Rencana harian tim: what the people one answers for mean to do on a day, and whether it was said when policy asks it. Facts alone. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { api, serverNow, type Got } from '../base/api';
import { Downloads } from '../base/downloads';
import { addDays, dayIn, longDay, number, stamp, type Zone } from '../base/format';
import { source } from '../base/load';
import { zone } from '../base/shell';
import { Chip, DateInput, Empty, Initials, Show, type Tone } from '../base/ui';
import { w } from './targetwords';

type Team = Got<'/api/v1/reports/plan-team'>;
type Row = Team['items'][number];
const tone: Record<Row['state'], Tone> = { not_asked: '', awaited: 'info', in_time: 'ok', late: 'warn', missing: 'warn' };

function PlanRow({ r, z }: { r: Row; z: Zone }) {
  const facts = [r.said_at && w().saidAt(stamp(r.said_at, z)), r.planned_at && r.planned_at !== r.said_at && w().changedAt(stamp(r.planned_at, z)), r.asked_until && w().untilAt(stamp(r.asked_until, z))].filter(Boolean).join(' · ');
  return <li class="person"><Initials name={r.name} /><span class="col tight"><span class="row between start"><span class="col tight"><b>{r.name}</b>{r.position && <span class="sm muted">{r.position}</span>}</span><Chip tone={tone[r.state]}>{w().planState[r.state]}</Chip></span>
    {facts && <span class="sm muted num">{facts}</span>}
    {r.items.length > 0 && <ul class="points sm">{r.items.map((i, k) => <li key={k}>{i.description}{i.volume !== undefined && <span class="muted num"> · {w().planAmount(number(i.volume), i.unit_of_measure ?? '')}</span>}</li>)}</ul>}</span></li>;
}

export function DayPlanTeam() {
  const z = zone(), today = dayIn(serverNow(), z), [day, setDay] = useState(today);
  const s = useMemo(() => source<Team>(`plan-team/${day}`, () => api.GET('/api/v1/reports/plan-team', { params: { query: { day } } })), [day]);
  useEffect(() => { void s.refresh(); }, [s]);
  return <><div class="row between"><div class="col tight"><h2>{w().planTeam}</h2><p class="sm muted">{longDay(day)}</p></div>
    <div class="row tight"><button type="button" class="btn ghost square" aria-label={w().before} onClick={() => setDay(addDays(day, -1))}>‹</button><label><span class="sr">{w().day}</span><DateInput value={day} max={addDays(today, 7)} onValue={d => { if (d) setDay(d); }} /></label>
      <button type="button" class="btn ghost square" aria-label={w().after} disabled={day >= addDays(today, 7)} onClick={() => setDay(addDays(day, 1))}>›</button></div></div>
    <Show source={s} zone={z} height={320}>{v => <section class="card"><p class="sm muted">{w().planTeamLead}</p>
      {v.items.length ? <><Downloads path={`/api/v1/reports/plan-team?day=${day}`} /><ul class="list">{v.items.map(r => <PlanRow key={r.employee} r={r} z={z} />)}</ul></> : <Empty>{w().noPlans}</Empty>}</section>}</Show></>;
}
