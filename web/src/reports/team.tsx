/* Tim hari ini: who is where, whose report waits; verify, return, verify many in one gesture. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { api, serverNow, type Got, type Problem } from '../base/api';
import { Downloads } from '../base/downloads';
import { addDays, dayIn, instantOf, longDay, minute, minutesOf, number, type Zone } from '../base/format';
import { Icon } from '../base/icons';
import { source } from '../base/load';
import { me } from '../base/session';
import { later, now, zone } from '../base/shell';
import { Action, Chip, DateInput, Dialog, Empty, Initials, problemText, reportTone, Show, StackedBar, Swatch, toast } from '../base/ui';
import { t } from '../base/words';
import { DayChip, DayDialog, owesReport, spanText } from '../attendance/days';
import { Judge, Remarks, type Row } from './judge';
import { w } from './words';

export type Team = Got<'/api/v1/attendance/team'>;
type Waiting = Got<'/api/v1/reports/team'>;

const ToConfirm = later(async () => (await import('../confirm/team')).ToConfirm, true);
const ProgressDialog = later(async () => (await import('./progress')).ProgressDialog, true);
const Led = later(async () => (await import('./led')).Led, true);
const Unread = later(async () => (await import('./threads')).Unread, true);
const WaitingBelow = later(async () => (await import('./threads')).WaitingBelow, true);
const ToDecide = later(async () => (await import('../absence/decide')).ToDecide, true);

export function useTeam() {
  const [day, setDay] = useState(dayIn(serverNow(), zone()));
  const team = useMemo(() => source<Team>(`team/${day}`, () => api.GET('/api/v1/attendance/team', { params: { query: { day } } })), [day]);
  const reports = useMemo(() => source<Waiting>('reports/team', () => api.GET('/api/v1/reports/team', { params: { query: { state: 'submitted' } } })), []);
  const refresh = () => { void team.refresh(); void reports.refresh(); };
  useEffect(() => { refresh(); const timer = setInterval(refresh, 60_000); return () => clearInterval(timer); }, [team]);
  return { day, setDay, team, reports, refresh };
}

type Person = Team['items'][number];
type Filter = 'all' | 'present' | 'home' | 'not_yet' | 'paper' | 'late';
const fits = (f: Filter, p: Person) => f === 'all' || (f === 'present' ? !!p.in_at : f === 'home' ? p.mode === 'home' || p.mode === 'anywhere' : f === 'paper' ? p.state === 'paper' : f === 'not_yet' ? p.state === 'expected' || p.state === 'absent' : (p.flags as string[]).includes('late'));

/* Nobody is missed before his own work begins. */
const isDue = (p: Person, z: Zone) => p.starts !== undefined && now.value.getTime() >= instantOf(p.day, minutesOf(p.starts), z);

function Counters({ team, filter, setFilter }: { team: Team; filter: Filter; setFilter: (f: Filter) => void }) {
  const c = team.counts, z = zone(), buttons = (['present', 'home', 'not_yet', 'paper', 'late'] as const).filter(b => b !== 'paper' || c.paper > 0);
  const inHome = team.items.filter(p => p.in_at && (p.mode === 'home' || p.mode === 'anywhere')).length, due = team.items.filter(p => fits('not_yet', p) && isDue(p, z)).length;
  return <section class="card"><StackedBar whole={c.expected} label={w().barLabel(c.present, c.expected, c.not_yet)}
    parts={[{ kind: 'office', value: Math.max(0, c.present - inHome) }, { kind: 'home', value: inHome }, { kind: 'missing', value: Math.min(due, c.not_yet) }, { kind: 'waiting', value: Math.max(0, c.not_yet - due) + c.paper }]} />
    <div class="row tight" role="group" aria-label={w().people}>
      <button class={`btn small ${filter === 'all' ? '' : 'ghost'}`} aria-pressed={filter === 'all'} onClick={() => setFilter('all')}>{w().all} {number(team.items.length)}</button>
      {buttons.map(b => <button key={b} class={`btn small ${filter === b ? '' : 'ghost'}`} aria-pressed={filter === b} onClick={() => setFilter(filter === b ? 'all' : b)}>{w().counts[b]} {number(c[b])}</button>)}
    </div></section>;
}

function PersonRow({ p, z, open }: { p: Person; z: Zone; open: () => void }) {
  const relation = [p.relation === 'team_lead' && w().lead, p.acts_for_name && w().stand[p.stand](p.acts_for_name)].filter(Boolean).join(' · ');
  return <li><button class="rowbutton person" onClick={open}><Initials name={p.name} />
    <span class="row between start"><span class="col tight"><b>{p.full_name}</b>{p.position && <span class="sm muted">{p.position}</span>}
      <span class="sm muted num"><span class="row tight"><Swatch mode={p.mode} /><span>{t().mode[p.mode]}{p.starts && ` · ${minute(p.starts)}–${minute(p.ends!)}`}</span></span></span>
      {relation && <span class="sm muted">{relation}</span>}</span>
      <span class="row tight status">{p.in_at && <b class="num">{spanText(p, z)}</b>}{(p.state !== 'present' || p.flags.length > 0) && <DayChip row={p} />}
        {owesReport(p.duty) && p.state !== 'complete' && p.report_state !== 'none' && <Chip tone={reportTone[p.report_state]}>{t().report[p.report_state]}</Chip>}</span></span></button></li>;
}

export function TeamPage() {
  const { day, setDay, team, reports, refresh } = useTeam();
  const [filter, setFilter] = useState<Filter>('all'), [person, setPerson] = useState<string>(), [downloads, download] = useState(false);
  const z = zone(), today = dayIn(now.value, z), waits = (reports.state.value.value?.items.length ?? 0) > 0;
  /* who only leads a team verifies nothing */
  const verifies = me.value?.is_supervisor || waits, leads = me.value?.has_team && (!me.value.is_supervisor || team.state.value.value?.items.some(p => p.relation === 'team_lead'));
  return <main id="m" tabIndex={-1}>
    <div class="row between"><h2>{longDay(day)}</h2>
      <div class="row tight"><button class="btn ghost square" aria-label={w().before} onClick={() => setDay(addDays(day, -1))}>‹</button>
        <label><span class="sr">{w().teamDay}</span><DateInput value={day} max={today} onValue={d => { if (d) setDay(d); }} /></label>
        <button class="btn ghost square" aria-label={w().after} disabled={day >= today} onClick={() => setDay(addDays(day, 1))}>›</button></div></div>
    <div class={verifies || leads ? 'cols even flip' : 'col'}><div class="col gap"><Show source={team} zone={z} height={420}>{v => v.items.length === 0 ? <section class="card"><Empty>{w().noTeam}</Empty></section> : <>
      <Counters team={v} filter={filter} setFilter={setFilter} />
      <section class="card"><Downloads path={`/api/v1/attendance/team?day=${day}`} />{v.items.some(p => fits(filter, p)) ? <ul class="list">{v.items.filter(p => fits(filter, p)).map(p => <PersonRow key={p.employee} p={p} z={z} open={() => setPerson(p.employee)} />)}</ul> : <Empty>{w().noneOf}</Empty>}</section></>}</Show></div>
      {(verifies || leads) && <div class="col gap"><Unread own={false} />{verifies && <><ToConfirm /><ToDecide /><Verify source={reports} refresh={refresh} /></>}{leads && <Led alone={!verifies} />}
        {verifies && <><WaitingBelow /><p><button type="button" class="btn ghost small" onClick={() => download(true)}>{w().progress}</button></p></>}</div>}</div>
    {person && <DayDialog employee={person} day={day} onClose={() => setPerson(undefined)} />}
    {downloads && <ProgressDialog team onClose={() => download(false)} />}
  </main>;
}

/* one gesture decides at most so many (ReportVerifications.items) */
const MANY = 200;

async function verifyMany(rows: readonly Row[], refresh: () => void) {
  const r = await api.POST('/api/v1/reports/verifications', { body: { items: rows.slice(0, MANY).map(x => ({ report: x.report, version: x.version })) } }).catch(() => undefined);
  if (r?.data) toast(w().verifiedMany(r.data.results.filter(x => x.status === 'verified').length));
  else toast(problemText((r?.error as Problem | undefined) ?? 'network'));
  refresh();
}

/* on a phone the team stands below what waits: of a long queue only its head */
const HEAD = 8;

export function Verify({ source: s, refresh }: { source: ReturnType<typeof useTeam>['reports']; refresh: () => void }) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set()), [open, setOpen] = useState<{ row: Row; left: readonly Row[] }>(), [asking, setAsking] = useState<readonly Row[]>(), [whole, setWhole] = useState(false), [tapped, setTapped] = useState(false);
  const toggle = (id: string) => { const n = new Set(chosen); if (!n.delete(id)) n.add(id); setChosen(n); };
  const settle = async (rows: readonly Row[]) => { await verifyMany(rows, refresh); setChosen(new Set()); setAsking(undefined); };
  return <section class="card"><h2>{w().toVerify}</h2><Show source={s} zone={zone()} height={160}>{v => {
    const rows = v.items.filter(r => r.state === 'submitted'), plain = rows.filter(r => r.clean && r.is_confirmed), named = tapped ? rows : rows.filter(r => !plain.includes(r)), rest = whole ? 0 : Math.max(0, named.length - HEAD), clean = rows.filter(r => r.clean), picked = rows.filter(r => chosen.has(r.report));
    if (rows.length === 0) return <Empty>{w().nothing}</Empty>;
    return <><Downloads path="/api/v1/reports/team?state=submitted" />
      <div class="row">{picked.length > 0 ? <Action onAct={async () => { if (picked.some(r => !r.clean)) setAsking(picked); else await settle(picked); }}>{w().selected(picked.length)}</Action>
        : clean.length > 0 && <Action onAct={() => settle(clean)}>{w().verifyClean(Math.min(clean.length, MANY))}</Action>}</div>
      {plain.length > 0 && <div class="row between"><span class="row tight nowrap"><Icon name="check" color="ok" />{w().asScheduled(plain.length)}</span><button class="link sm" aria-expanded={tapped} onClick={() => setTapped(!tapped)}>{tapped ? w().fold : w().unfold}</button></div>}
      <ul class="list">{named.slice(0, named.length - rest).map((r, i) => <li key={r.report} class="pick">
        <label class="tick"><input type="checkbox" checked={chosen.has(r.report)} aria-label={w().select(r.name)} onChange={() => toggle(r.report)} /></label>
        <span class="col tight"><b>{r.name}</b><span class="sm muted">{longDay(r.day)} · {w().items(r.items)}</span>{r.acts_for_name && <span class="sm muted">{w().stand[r.stand](r.acts_for_name)}</span>}<Remarks r={r} /></span>
        <button class="btn ghost small" onClick={() => setOpen({ row: r, left: named.slice(i + 1) })}>{w().open}</button></li>)}</ul>
      {rest > 0 && <button class="btn ghost" onClick={() => setWhole(true)}>{w().rest(rest)}</button>}
      {v.is_full && <p class="sm muted">{w().full}</p>}</>;
  }}</Show>
    {open && <Decide key={open.row.report} row={open.row} left={open.left.length} onClose={() => setOpen(undefined)} onDone={() => { setOpen(open.left[0] && { row: open.left[0], left: open.left.slice(1) }); refresh(); }} />}
    {asking && <Dialog title={w().askTitle(asking.length)} onClose={() => setAsking(undefined)}
      foot={<><Action onAct={() => settle(asking)}>{w().askYes}</Action><button class="btn ghost" onClick={() => setAsking(undefined)}>{t().cancel}</button></>}>
      <p>{w().askRemarks(asking.filter(r => !r.clean).length)}</p>
      <ul class="list">{asking.filter(r => !r.clean).map(r => <li key={r.report}><span><b>{r.name}</b> · <span class="sm muted">{longDay(r.day)}</span></span><Remarks r={r} /></li>)}</ul></Dialog>}
  </section>;
}

/* once decided the next of the queue is opened */
function Decide({ row, left, onClose, onDone }: { row: Row; left: number; onClose: () => void; onDone: () => void }) {
  const path = { report: row.report }, version = row.version;
  return <Judge row={row} left={left} onClose={onClose} onDone={onDone}
    yes={{ word: w().verify, done: w().verified, act: () => api.POST('/api/v1/reports/daily/{report}/verify', { params: { path }, body: { version } }) }}
    no={{ word: w().giveBack, done: w().returnedDone, reason: w().reason, act: reason => api.POST('/api/v1/reports/daily/{report}/return', { params: { path }, body: { version, reason } }) }} />;
}
