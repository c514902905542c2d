/* Kehadiran: one's own month, each day explained: rules, punches, receipts. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { api, serverNow, type Got } from '../base/api';
import { addDays, clock, dayIn, longDay, monthName, number, stamp, type Zone } from '../base/format';
import { source } from '../base/load';
import { me } from '../base/session';
import { zone } from '../base/shell';
import { Chip, DateBadge, Dialog, Empty, Letter, Show, type Mode, type Tone } from '../base/ui';
import { t } from '../base/words';
import { ExplanationView } from '../policy/explain';
import { w } from './words';

export type DayDetail = Got<'/api/v1/attendance/days/{employee}/{day}'>;
type Days = Got<'/api/v1/attendance/days'>;
type Row = Days['items'][number];

/** What a day came to, in one chip. */
export function DayChip({ row }: { row: Pick<Row, 'state' | 'flags' | 'completion' | 'late_minutes'> }) {
  const flags = row.flags as string[];
  const waits = row.state === 'complete' && (row.completion === 'waits_report' || row.completion === 'waits_verification');
  const tone: Tone = row.state === 'absent' ? 'bad' : flags.includes('late') ? 'warn' : waits ? 'info' : row.state === 'complete' ? 'ok' : '';
  const text = flags.includes('late') ? w().late(row.late_minutes) : waits ? w().waits[row.completion as 'waits_report'] : t().state[row.state as keyof ReturnType<typeof t>['state']];
  return <Chip tone={tone}>{text}</Chip>;
}

const spanText = (row: Row, z: Zone) => row.in_at ? `${clock(row.in_at, z)}–${row.out_at ? clock(row.out_at, z) : '…'}` : '';

export function DayDetailView({ d, z }: { d: DayDetail; z: Zone }) {
  const flags = d.flags as string[];
  return <div class="col wide">
    <div class="row"><DayChip row={d} /><Chip tone={d.report_state === 'verified' ? 'ok' : ''}>{t().report[d.report_state]}</Chip>{flags.filter(f => f !== 'late').map(f => <Chip key={f} tone="warn">{t().flag[f] ?? f}</Chip>)}</div>
    {(d.worked_minutes > 0 || d.early_minutes > 0) && <p class="sm">{d.worked_minutes > 0 && w().worked(Math.floor(d.worked_minutes / 60), d.worked_minutes % 60)}{d.early_minutes > 0 && ` · ${w().early(d.early_minutes)}`}</p>}
    <section class="col"><h3>{w().punches}</h3>
      {d.punches.length === 0 ? <p class="sm muted">{w().noPunches}</p> : <ul class="list">{d.punches.map(p => <li key={p.id}>
        <div class="row between"><b>{p.direction === 'in' ? w().directionIn : w().directionOut} <span class="num">{clock(p.received_at, z)}</span></b><span class="sm">{t().place[p.place]}{p.distance_bucket !== 'none' && ` · ${t().bucket[p.distance_bucket]}`}</span></div>
        <span class="sm muted num">{w().receivedAt(stamp(p.received_at, z))}{p.phone_at && ` · ${w().phoneAt(clock(p.phone_at, z))}`}{p.site && ` · ${p.site}`}</span>
        <span class="xs muted">{(p.flags as string[]).filter(f => f !== 'unsigned').map(f => (w() as unknown as Record<string, string>)[f] ?? f).join(' · ')}</span>
      </li>)}</ul>}</section>
    <ExplanationView e={d.explain} />
  </div>;
}

export function DayDialog({ employee, day, onClose }: { employee: string; day: string; onClose: () => void }) {
  const s = useMemo(() => source<DayDetail>(`day/${employee}/${day}`, () => api.GET('/api/v1/attendance/days/{employee}/{day}', { params: { path: { employee, day } } })), [employee, day]);
  useEffect(() => { void s.refresh(); }, [s]);
  const name = s.state.value.value?.name;
  return <Dialog title={`${name && employee !== me.value?.employee ? `${name} · ` : ''}${longDay(day)}`} onClose={onClose}><Show source={s} zone={zone()} height={240}>{d => <DayDetailView d={d} z={zone()} />}</Show></Dialog>;
}

export function Days() {
  const [month, setMonth] = useState(dayIn(serverNow(), zone()).slice(0, 8) + '01'), [open, setOpen] = useState<string>();
  const s = useMemo(() => source<Days>(`days/${month}`, () => api.GET('/api/v1/attendance/days', { params: { query: { month } } })), [month]);
  useEffect(() => { void s.refresh(); }, [s]);
  const z = zone(), previous = addDays(month, -1).slice(0, 8) + '01', next = addDays(month, 32).slice(0, 8) + '01';
  return <main id="m" tabIndex={-1}><section class="card">
    <div class="row between"><h2>{w().daysOf(monthName(month))}</h2><span class="row"><button class="link sm" onClick={() => setMonth(previous)}>{w().previous}</button>{next <= dayIn(serverNow(), z) && <button class="link sm" onClick={() => setMonth(next)}>{w().next}</button>}</span></div>
    <Show source={s} zone={z} height={420}>{r => r.items.length === 0 ? <Empty>{w().noDays}</Empty> : <>
      <div class="row">{([['work', r.items.filter(d => !['leave', 'off'].includes(d.mode)).length], ['present', r.items.filter(d => d.in_at).length], ['home', r.items.filter(d => d.mode === 'home' || d.mode === 'anywhere').length], ['late', r.items.filter(d => (d.flags as string[]).includes('late')).length]] as const).map(([k, n]) => <Chip key={k}>{w().summary[k]} <b class="num">{number(n)}</b></Chip>)}</div>
      <ul class="list">{[...r.items].reverse().map(d => <li key={d.day}><button class="rowbutton dayrow" onClick={() => setOpen(d.day)}>
        <DateBadge day={d.day} /><span class="row nowrap"><Letter mode={d.mode as Mode} /><span class="col tight"><b class="whole">{t().mode[d.mode as Mode]}</b><span class="sm muted num whole">{spanText(d, z)}</span></span></span><DayChip row={d} />
      </button></li>)}</ul></>}</Show></section>
    {open && me.value && <DayDialog employee={me.value.employee} day={open} onClose={() => setOpen(undefined)} />}
  </main>;
}
