/* Tim hari ini: who is where, whose report waits; verify, return, verify many in one gesture. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { api, online, serverNow, type Got, type Problem } from '../base/api';
import { clock, dayIn, longDay, minute, number } from '../base/format';
import { source } from '../base/load';
import { zone } from '../base/shell';
import { Action, Chip, Dialog, Empty, Field, Initials, Letter, Note, problemText, Show, StackedBar, toast, type Mode } from '../base/ui';
import { t } from '../base/words';
import { DayChip, DayDialog } from '../attendance/days';
import { ReportView } from './form';
import { isBeforeStart } from '../monitor/parts';
import { w } from './words';

export type Team = Got<'/api/v1/attendance/team'>;
type Waiting = Got<'/api/v1/reports/team'>;
type Row = Waiting['items'][number];

export function useTeam() {
  const [day, setDay] = useState(dayIn(serverNow(), zone()));
  const team = useMemo(() => source<Team>(`team/${day}`, () => api.GET('/api/v1/attendance/team', { params: { query: { day } } })), [day]);
  const reports = useMemo(() => source<Waiting>('reports/team', () => api.GET('/api/v1/reports/team', { params: { query: { state: 'submitted' } } })), []);
  const refresh = () => { void team.refresh(); void reports.refresh(); };
  useEffect(() => { refresh(); const timer = setInterval(refresh, 60_000); return () => clearInterval(timer); }, [team]);
  return { day, setDay, team, reports, refresh };
}

type Filter = 'all' | 'present' | 'home' | 'not_yet' | 'late';
const fits = (f: Filter, p: Team['items'][number]) => f === 'all' || (f === 'present' ? !!p.in_at : f === 'home' ? p.mode === 'home' || p.mode === 'anywhere' : f === 'not_yet' ? p.state === 'expected' || p.state === 'absent' : (p.flags as string[]).includes('late'));

function Counters({ team, filter, setFilter }: { team: Team; filter: Filter; setFilter: (f: Filter) => void }) {
  const c = team.counts, buttons: Filter[] = ['present', 'home', 'not_yet', 'late'];
  return <section class="card"><StackedBar whole={c.expected} label={`${w().counts.present} ${c.present}, ${w().counts.not_yet} ${c.not_yet}`}
    parts={[{ kind: 'office', value: Math.max(0, c.present - Math.min(c.present, c.home)) }, { kind: 'home', value: Math.min(c.present, c.home) }, { kind: isBeforeStart() ? 'waiting' : 'missing', value: c.not_yet }]} />
    <div class="row" role="group" aria-label={w().people}>
      <button class={`btn small ${filter === 'all' ? '' : 'ghost'}`} aria-pressed={filter === 'all'} onClick={() => setFilter('all')}>{w().all} {number(team.items.length)}</button>
      {buttons.map(b => <button key={b} class={`btn small ${filter === b ? '' : 'ghost'}`} aria-pressed={filter === b} onClick={() => setFilter(filter === b ? 'all' : b)}>{w().counts[b as 'present']} {number(c[b as 'present'])}</button>)}
    </div></section>;
}

export function TeamPage() {
  const { day, setDay, team, reports, refresh } = useTeam();
  const [filter, setFilter] = useState<Filter>('all'), [person, setPerson] = useState<string>();
  return <main id="m" tabIndex={-1}>
    <div class="row between"><div class="col tight"><h2>{w().team}</h2><p class="sm muted">{longDay(day)}</p></div>
      <label class="sm"><span class="sr">{w().day}</span><input type="date" value={day} max={dayIn(serverNow(), zone())} onChange={e => { if (e.currentTarget.value) setDay(e.currentTarget.value); }} /></label></div>
    <div class="cols even flip"><div class="col wide"><Show source={team} zone={zone()} height={420}>{v => v.items.length === 0 ? <Empty>{w().noTeam}</Empty> : <>
      <Counters team={v} filter={filter} setFilter={setFilter} />
      <section class="card"><ul class="list">{v.items.filter(p => fits(filter, p)).map(p => <li key={p.employee}>
        <button class="rowbutton" style={{ gridTemplateColumns: '40px minmax(0,1fr) auto' }} onClick={() => setPerson(p.employee)}>
          <Initials name={p.name} />
          <span class="col tight"><b>{p.full_name}</b><span class="sm muted ell">{p.position}</span><span class="row xs muted"><Letter mode={p.mode as Mode} />{t().mode[p.mode as Mode]}{p.starts && <span class="num">{minute(p.starts)}–{minute(p.ends!)}</span>}{p.relation === 'team_lead' && <span>{w().lead}</span>}{p.acts_for_name && <span>{w().actingFor(p.acts_for_name)}</span>}</span></span>
          <span class="col tight right">{p.in_at && <b class="num">{clock(p.in_at, zone())}</b>}<DayChip row={p} />{p.in_place === 'outside' && <Chip tone="warn">{t().bucket[p.in_distance] || t().place.outside}</Chip>}{p.duty === 'daily' && <span class="xs muted">{t().report[p.report_state]}</span>}</span>
        </button></li>)}</ul></section></>}</Show></div>
      <div class="col wide"><Verify source={reports} refresh={refresh} /></div></div>
    {person && <DayDialog employee={person} day={day} onClose={() => setPerson(undefined)} />}
  </main>;
}

async function verifyMany(rows: readonly Row[], refresh: () => void) {
  const r = await api.POST('/api/v1/reports/verifications', { body: { items: rows.map(x => ({ report: x.report, version: x.version })) } }).catch(() => undefined);
  if (r?.data) toast(w().verifiedMany(r.data.results.filter(x => x.status === 'verified').length));
  else toast(problemText((r?.error as Problem | undefined) ?? 'network'));
  refresh();
}

export function Verify({ source: s, refresh }: { source: ReturnType<typeof useTeam>['reports']; refresh: () => void }) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set()), [open, setOpen] = useState<Row>();
  const toggle = (id: string) => { const n = new Set(chosen); if (!n.delete(id)) n.add(id); setChosen(n); };
  return <section class="card"><h2>{w().toVerify}</h2><Show source={s} zone={zone()} height={160}>{v => {
    const rows = v.items.filter(r => r.state === 'submitted'), clean = rows.filter(r => r.clean), picked = rows.filter(r => chosen.has(r.report));
    if (rows.length === 0) return <Empty>{w().nothing}</Empty>;
    return <>
      <div class="row">{picked.length > 0 ? <Action onAct={async () => { await verifyMany(picked, refresh); setChosen(new Set()); }}>{w().selected(picked.length)}</Action>
        : clean.length > 0 && <Action onAct={() => verifyMany(clean.slice(0, 100), refresh)}>{w().verifyClean(Math.min(clean.length, 100))}</Action>}</div>
      <ul class="list">{rows.map(r => <li key={r.report} style={{ gridTemplateColumns: 'auto minmax(0,1fr) auto' }}>
        <input type="checkbox" checked={chosen.has(r.report)} aria-label={w().select(r.name)} onChange={() => toggle(r.report)} />
        <span class="col tight"><b class="ell">{r.name}</b><span class="sm muted">{longDay(r.day)}</span><span class="row">{(r.remarks as string[]).map(x => <Chip key={x} tone="warn">{w().remarks[x] ?? x}</Chip>)}</span></span>
        <button class="btn ghost small" onClick={() => setOpen(r)}>{w().open}</button></li>)}</ul></>;
  }}</Show>
    {open && <Decide row={open} onClose={() => setOpen(undefined)} onDone={() => { setOpen(undefined); refresh(); }} />}
  </section>;
}

function Decide({ row, onClose, onDone }: { row: Row; onClose: () => void; onDone: () => void }) {
  const s = useMemo(() => source<Got<'/api/v1/reports/daily/{report}'>>(null, () => api.GET('/api/v1/reports/daily/{report}', { params: { path: { report: row.report } } })), [row.report]);
  const [returning, setReturning] = useState(false), [reason, setReason] = useState(''), [tried, setTried] = useState(false), [problem, setProblem] = useState<Problem | 'network'>();
  useEffect(() => { void s.refresh(); }, [s]);
  const path = { report: row.report }, short = tried && reason.trim().length < 10;
  const settle = (r: { error?: unknown } | undefined, done: string) => {
    if (!r || r.error) return setProblem((r?.error as Problem | undefined) ?? 'network');
    toast(done);
    onDone();
  };
  const verify = async () => settle(await api.POST('/api/v1/reports/daily/{report}/verify', { params: { path }, body: { version: row.version } }).catch(() => undefined), w().verified);
  const giveBack = async () => {
    setTried(true);
    if (reason.trim().length < 10) return;
    settle(await api.POST('/api/v1/reports/daily/{report}/return', { params: { path }, body: { version: row.version, reason: reason.trim() } }).catch(() => undefined), w().returnedDone);
  };
  return <Dialog title={`${row.name} · ${longDay(row.day)}`} onClose={onClose}>
    {problem && <Note tone="bad" icon="warn">{problemText(problem)}</Note>}
    <Show source={s} zone={zone()} height={200}>{r => <ReportView r={r} z={zone()} />}</Show>
    {returning ? <div class="col"><Field label={w().reason} hint={w().reasonHint} error={short ? w().reasonHint : undefined}>{p => <textarea {...p} maxLength={500} value={reason} onInput={e => setReason(e.currentTarget.value)} />}</Field>
      <div class="row"><Action class="btn danger" onAct={giveBack}>{w().giveBack}</Action><button class="btn ghost" onClick={() => setReturning(false)}>{t().cancel}</button></div></div>
      : <div class="row"><Action onAct={verify} disabled={!online.value}>{w().verify}</Action><button class="btn ghost" onClick={() => setReturning(true)}>{w().giveBack}</button></div>}
  </Dialog>;
}
