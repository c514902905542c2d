/* Kehadiran: one's own month, each day explained: rules, punches, receipts. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { api, serverNow, type Got } from '../base/api';
import { Downloads } from '../base/downloads';
import { addDays, clock, dayIn, fullDay, longDay, monthName, number, stamp, type Zone } from '../base/format';
import { source } from '../base/load';
import { me } from '../base/session';
import { zone } from '../base/shell';
import { Chip, DateBadge, Dialog, Empty, ModeText, Note, reportTone, Show, type Tone } from '../base/ui';
import { t } from '../base/words';
import { ExplanationView } from '../policy/explain';
import { w as policy } from '../policy/words';
import { happened } from './happened';
import { w as late } from './late_words';
import { w } from './words';

export type DayDetail = Got<'/api/v1/attendance/days/{employee}/{day}'>;
type Days = Got<'/api/v1/attendance/days'>;
type Row = Days['items'][number];

/** 510 to "8 jam 30 menit". */
export const duration = (n: number) => [n >= 60 && w().hours(Math.floor(n / 60)), (n % 60 > 0 || n < 60) && w().minutes(n % 60)].filter(Boolean).join(' ');

/* what a person should look at, the weightiest first */
const marks: [flag: string, tone: Tone][] = [['no_out', 'warn'], ['place_outside', 'warn'], ['early', 'warn'], ['late_unconfirmed', 'info'], ['outside_window', 'info'], ['place_unknown', '']];
type Told = Pick<Row, 'state' | 'flags' | 'completion' | 'report_state' | 'late_minutes' | 'claim_late_minutes'> & Partial<Pick<Row, 'relieved_minutes'>>;
function verdict(row: Told): { tone: Tone; text: string } {
  const flags = row.flags as string[], mark = marks.find(([f]) => flags.includes(f));
  if (row.state === 'waits') return { tone: 'warn', text: t().state.waits };
  if (row.state === 'paper') return { tone: 'info', text: t().state.paper };
  if (row.state === 'absent') return { tone: 'bad', text: t().state.absent };
  /* late is what both clocks say, and no more than the phone admits: waiting for a signal is nobody's delay */
  if (flags.includes('late')) return { tone: 'warn', text: w().late(duration(Math.max(1, Math.min(row.late_minutes, row.claim_late_minutes || row.late_minutes) - (row.relieved_minutes ?? 0)))) };
  if (row.state === 'complete' && row.report_state === 'returned') return { tone: 'bad', text: t().report.returned };
  if (mark) return { tone: mark[1], text: w().flag[mark[0]]! };
  if (row.state === 'complete' && (row.completion === 'waits_report' || row.completion === 'waits_verification')) return { tone: 'info', text: t().completion[row.completion] };
  return { tone: row.state === 'complete' ? 'ok' : '', text: t().state[row.state] };
}

/** What a day came to, in one chip; a day without work has said all with its mode. */
export function DayChip({ row }: { row: Told }) {
  if (row.state === 'leave' || row.state === 'off') return null;
  const { tone, text } = verdict(row);
  return <Chip tone={tone}>{text}</Chip>;
}

/** Whether the day owes a report: its own, written or confirmed, or that of its week. */
export const owesReport = (duty: string | undefined) => duty === 'daily_items' || duty === 'daily_confirm' || duty === 'weekly_due';
/** The form of a day's report. */
export const reportPath = (day: string) => `#/laporan?hari=${day}`;

/** First in and last out as they happened: "07.28–16.05", "masuk 07.28". */
export function spanText(row: Pick<Row, 'in_at' | 'in_phone_at' | 'out_at' | 'out_phone_at'>, z: Zone): string {
  const from = happened(row.in_at, row.in_phone_at), to = happened(row.out_at, row.out_phone_at);
  if (from && to) return `${clock(from, z)}–${clock(to, z)}`;
  return from ? w().inAt(clock(from, z)) : to ? w().outAt(clock(to, z)) : '';
}

type Punch = DayDetail['punches'][number];
/* Sent later without a wrong clock: the phone's time is the time. Else both agree, or the server's is the surer one. */
const atOf = (p: Punch) => (p.source !== 'phone' && p.phone_at) || ((p.flags as string[]).includes('delayed') && !(p.flags as string[]).includes('phone_clock_off') && p.phone_at) || p.received_at;
function PunchRow({ p, z }: { p: Punch; z: Zone }) {
  /* what a correction states was entered by no officer, and nobody measured where */
  const isStated = p.source === 'correction', flags = (p.flags as string[]).filter(f => f !== 'unsigned' && !(isStated && f === 'manual')).map(f => w().punchFlag[f] ?? f), place = isStated ? [] : [t().place[p.place], t().bucket[p.distance_bucket], p.site].filter(Boolean);
  return <li><div class="row between"><b>{w().direction[p.direction]} <span class="num">{clock(atOf(p), z)}</span></b>{[w().bySource[p.source], ...flags].filter(Boolean).map(f => <Chip key={f}>{f}</Chip>)}</div>
    <span class="sm muted num">{p.source === 'phone' ? <>{w().receivedAt(stamp(p.received_at, z))}{p.phone_at && ` · ${w().phoneAt(dayIn(new Date(p.phone_at), z) === dayIn(new Date(p.received_at), z) ? clock(p.phone_at, z) : stamp(p.phone_at, z))}`}</> : p.source === 'external' ? w().machine(p.machine ?? w().otherSystem) : p.source === 'kiosk' ? w().fromKiosk(p.machine ?? '') : p.source === 'paper' ? w().fromPaper : w().fromCorrection}</span>
    {place.length > 0 && <span class="sm muted">{place.join(' · ')}</span>}</li>;
}

/* Who decided what about the day, when and why; the first record stands above. */
function Decisions({ d, z }: { d: DayDetail; z: Zone }) {
  if (!d.decisions?.length) return null;
  return <section class="col"><h3>{w().decisions}</h3><ul class="list">{d.decisions.map(x => <li key={x.id}>
    <div class="row between"><b>{w().decisionOf[x.kind]![x.is_accepted ? 1 : 0]}</b><span class="sm muted num">{w().decided(x.by, stamp(x.at, z))}</span></div>
    {x.reason && <span class="sm">{x.reason}</span>}{x.asked && x.kind === 'correction' && <span class="sm muted">{w().asked(x.asked)}</span>}{x.asked && x.kind === 'incident' && <span class="sm muted num">{x.asked}</span>}</li>)}</ul></section>;
}

/** A decree that came after the day was decided: what holds, what it would be, and who decided. */
function LateDecree({ d, z }: { d: DayDetail['late_decrees'][number]; z: Zone }) {
  const words = late();
  return <Note tone={d.state === 'open' ? 'warn' : 'info'} icon="clock"><span class="col tight"><span>{words[d.state](words.decree(d.decree, fullDay(d.effective)))}</span>
    <span class="sm">{words.was}: {d.was}</span><span class="sm">{words.would}: {d.would_be}</span>
    {d.decided_at && <span class="sm">{words.decided(d.decided_by, stamp(d.decided_at, z), d.reason)}</span>}</span></Note>;
}

export function DayDetailView({ d, z }: { d: DayDetail; z: Zone }) {
  const reasons = (d.reasons as string[]).map(r => w().reason[r] ?? r), done = [d.worked_minutes > 0 && w().worked(duration(d.worked_minutes)), d.early_minutes > 0 && w().early(duration(d.early_minutes)), d.relieved_minutes > 0 && w().relievedMinutes(duration(d.relieved_minutes)), d.made_up_minutes > 0 && w().madeUp(duration(d.made_up_minutes)), d.event !== 'none' && w().eventVerdict[d.event]].filter(Boolean);
  return <>
    <div class="row tight"><DayChip row={d} />{(owesReport(d.duty) || d.report_state !== 'none') && t().report[d.report_state] !== verdict(d).text && <Chip tone={reportTone[d.report_state]}>{t().report[d.report_state]}</Chip>}</div>
    {done.length > 0 && <p class="sm num">{done.join(' · ')}</p>}
    {(d.late_decrees ?? []).map(x => <LateDecree key={x.decree + x.kind} d={x} z={z} />)}
    {reasons.length > 0 && <section class="col tight"><h3>{w().reasons}</h3><ul class="points sm">{reasons.map(r => <li key={r}>{r}</li>)}</ul></section>}
    <section class="col"><h3>{w().punches}</h3>
      {d.punches.length === 0 ? <p class="sm muted">{w().noPunches}</p> : <ul class="list">{d.punches.map(p => <PunchRow key={p.id} p={p} z={z} />)}</ul>}</section>
    <Decisions d={d} z={z} />
    <section class="col"><h3>{policy().title}</h3><ExplanationView e={d.explain} /></section>
  </>;
}

export function DayDialog({ employee, day, onClose }: { employee: string; day: string; onClose: () => void }) {
  const s = useMemo(() => source<DayDetail>(`day/${employee}/${day}`, () => api.GET('/api/v1/attendance/days/{employee}/{day}', { params: { path: { employee, day } } })), [employee, day]);
  useEffect(() => { void s.refresh(); }, [s]);
  const name = s.state.value.value?.name;
  const isMine = employee === me.value?.employee, isOther = name !== undefined && !isMine;
  return <Dialog title={isOther ? name : longDay(day)} sub={isOther ? longDay(day) : undefined} onClose={onClose}><Show source={s} zone={zone()} height={240}>{d => <><DayDetailView d={d} z={zone()} />{isMine && location.pathname.startsWith('/pegawai') && <p class="row"><a class="btn ghost small" href={`#/hari?hari=${day}`}>{w().explained}</a><a class="btn ghost small" href={`#/koreksi?hari=${day}`}>{w().askCorrection}</a></p>}{isMine && (owesReport(d.duty) || d.report_state !== 'none') && location.pathname.startsWith('/pegawai') && <p><a class="btn ghost small" href={reportPath(day)}>{d.report_state === 'none' || d.report_state === 'draft' || d.report_state === 'returned' ? w().writeReport : w().seeReport}</a></p>}</>}</Show></Dialog>;
}

export function Days() {
  const [month, setMonth] = useState(dayIn(serverNow(), zone()).slice(0, 8) + '01'), [open, setOpen] = useState<string>();
  const s = useMemo(() => source<Days>(`days/${month}`, () => api.GET('/api/v1/attendance/days', { params: { query: { month } } })), [month]);
  useEffect(() => { void s.refresh(); }, [s]);
  const z = zone(), previous = addDays(month, -1).slice(0, 8) + '01', next = addDays(month, 32).slice(0, 8) + '01';
  return <main id="m" tabIndex={-1}><section class="card">
    <div class="row between"><h2>{w().daysOf(monthName(month))}</h2><span class="row noprint"><button class="link sm" onClick={() => setMonth(previous)}>{w().previous}</button>{next <= dayIn(serverNow(), z) && <button class="link sm" onClick={() => setMonth(next)}>{w().next}</button>}</span></div>
    <p class="noprint"><a class="sm" href="#/rekap">{w().recap}</a></p>
    <Show source={s} zone={z} height={420}>{r => r.items.length === 0 ? <Empty>{w().noDays}</Empty> : <>
      <div class="row tight">{([['work', r.items.filter(d => !['leave', 'off'].includes(d.mode) && d.state !== 'not_used').length], ['present', r.items.filter(d => d.in_at).length], ['home', r.items.filter(d => d.in_at && (d.mode === 'home' || d.mode === 'anywhere')).length], ['late', r.items.filter(d => (d.flags as string[]).includes('late')).length]] as const).map(([k, n]) => <Chip key={k}>{w().summary[k]} <b class="num">{number(n)}</b></Chip>)}</div>
      <Downloads path={`/api/v1/attendance/days?month=${month}`} />
      <ul class="list days">{[...r.items].reverse().map(d => <li key={d.day}><button class="rowbutton dayrow" onClick={() => setOpen(d.day)}>
        <DateBadge day={d.day} /><span class="row between"><ModeText mode={d.mode}>{spanText(d, z)}</ModeText><DayChip row={d} /></span>
      </button></li>)}</ul></>}</Show></section>
    {open && me.value && <DayDialog employee={me.value.employee} day={open} onClose={() => setOpen(undefined)} />}
  </main>;
}
