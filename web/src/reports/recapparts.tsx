/* What the screens of the recap share: the columns, a person's figures that open to days, the days that open to their rules. */
import { useEffect, useState } from 'preact/hooks';
import type { components } from '../api/schema';
import { DayDialog, duration } from '../attendance/days';
import { api, type Got } from '../base/api';
import { number } from '../base/format';
import { source } from '../base/load';
import { Chip, DateBadge, Empty, Note } from '../base/ui';
import { w } from './recapwords';

export type Figures = components['schemas']['RecapFigures'];
export type Cell = components['schemas']['RecapDay'];
type Key = keyof ReturnType<typeof w>['head'];
type Group = keyof ReturnType<typeof w>['group'];
export interface Column { key: Key; group?: Group; of: (f: Figures) => number; has: (c: Cell) => boolean; show?: (n: number) => string }

const sums = {
  present: ['office', 'home', 'anywhere', 'outside_duty'], absent: ['absent'], waits: ['waits', 'open'],
  office: ['office'], home: ['home'], anywhere: ['anywhere'], outside_duty: ['outside_duty'],
} as const satisfies Partial<Record<Key, readonly (keyof Figures)[]>>;
const counted = (key: keyof typeof sums, group?: Group): Column => ({ key, ...(group ? { group } : {}), of: f => sums[key].reduce((n, k) => n + f[k], 0), has: c => (sums[key] as readonly string[]).includes(c.figure) });
const classes = (kind: 'late' | 'early') => ([1, 2, 3, 4] as const).map((n): Column => ({ key: `${kind}_${n}`, group: kind, of: f => f[`${kind}_${n}`], has: c => c[`${kind}_class`] === n }));
const hours = (n: number) => `${number(Math.floor(n / 60))}:${String(n % 60).padStart(2, '0')}`;

/* S, I, C and TB as the dated row of each kind says, not by the name of the kind. */
const lettered = (key: 'sick' | 'permit' | 'leave' | 'study'): Column => ({ key, group: 'away', of: f => f[`counts_${key}`], has: c => c.counts_as === key });

/** In the order of the paper, which names instead of counting who came late too often. */
export const columns: readonly Column[] = [
  counted('present', 'present'), counted('office', 'present'), counted('home', 'present'), counted('anywhere', 'present'), counted('outside_duty', 'present'),
  lettered('sick'), lettered('permit'), lettered('leave'), lettered('study'), counted('absent', 'away'),
  ...classes('late'), { key: 'late_times', group: 'late', of: f => f.late_times, has: c => c.late_minutes > 0 || c.made_up_minutes > 0 }, ...classes('early'), { key: 'no_out', of: f => f.no_out, has: c => c.no_out },
  { key: 'late_minutes', group: 'minutes', of: f => f.late_minutes, has: c => c.late_minutes > 0 }, { key: 'early_minutes', group: 'minutes', of: f => f.early_minutes, has: c => c.early_minutes > 0 },
  { key: 'worked_minutes', of: f => f.worked_minutes, has: c => c.worked_minutes > 0, show: hours },
  { key: 'reports_due', group: 'reports', of: f => f.reports_due, has: c => c.report !== 'not_due' }, { key: 'reports_filed', group: 'reports', of: f => f.reports_filed, has: c => c.report === 'filed' || c.report === 'verified' }, { key: 'reports_verified', group: 'reports', of: f => f.reports_verified, has: c => c.report === 'verified' },
  counted('waits'),
];
export const shown = (c: Column, f: Figures) => { const n = c.of(f); return n ? (c.show ?? number)(n) : '–'; };

/** "Di kantor, terlambat 12 menit (TL1), laporan terverifikasi". */
export function cellText(c: Cell): string {
  return [w().figure[c.figure] ?? c.figure, c.late_minutes > 0 && w().late(c.late_minutes) + (c.late_class ? ` (TL${c.late_class})` : ''), c.early_minutes > 0 && w().early(c.early_minutes) + (c.early_class ? ` (PSW${c.early_class})` : ''),
    c.no_out && w().noOut, w().report[c.report]].filter(Boolean).join(', ');
}

type Bands = Got<'/api/v1/recap/bands'>;
export type Band = Bands['items'][number];
export const bands = source<Bands>(null, () => api.GET('/api/v1/recap/bands'));

/** "TL1 1–30 menit · TL2 31–60 menit". */
export function classesOf(b: Band): string {
  if (b.kind === 'times') return w().timesText(b.first_to);
  const name = b.kind === 'late' ? 'TL' : 'PSW', said: string[] = [];
  let from = 1;
  for (const [i, to] of [b.first_to, b.second_to, b.third_to, undefined].entries()) {
    said.push(w().classText(name, i + 1, from, to));
    if (!to) break;
    from = to + 1;
  }
  return said.join(' · ');
}

/* Minutes are facts; the class they fall into comes from the table that held on the day. */
function Basis({ kind, days }: { kind: Band['kind']; days: readonly Cell[] }) {
  useEffect(() => { void bands.refresh(); }, []);
  const held = (b: Band) => b.kind === kind && days.some(c => c.day >= b.valid_from && (!b.valid_to || c.day <= b.valid_to));
  return <>{bands.state.value.value?.items.filter(held).map(b => <p key={b.id} class="sm muted">{classesOf(b)}. {w().basis}: {b.legal_basis}{!b.verified && ` (${w().example})`}</p>)}</>;
}

export type LateLimit = components['schemas']['RecapLateLimit'];
/** The rule of late arrivals, where it comes from and what it is not. */
export const OftenLate = ({ limit, children }: { limit: LateLimit; children: string }) => <Note tone="warn" icon="clock"><b>{children}</b> <span class="sm">{limit.legal_basis}.</span>{!limit.verified && <> <Chip tone="warn">{w().example}</Chip></>} <span class="sm">{w().oftenLateIsNoCut}</span></Note>;

/** A person's figures and days: a figure chosen leaves the days it counts, a day opens to its punches and rules. */
export function PersonDays({ employee, figures, days, chosen, limit }: { employee: string; figures: Figures; days: readonly Cell[]; chosen?: Key; limit?: LateLimit }) {
  const [key, setKey] = useState<Key | undefined>(chosen), [day, setDay] = useState<string>();
  const column = columns.find(c => c.key === key), left = days.filter(c => column ? column.has(c) : true);
  return <>
    {limit && <OftenLate limit={limit}>{w().oftenLateOne(figures.late_times, limit.times)}</OftenLate>}
    <ul class="row tight">{columns.filter(c => c.of(figures) > 0).map(c => <li key={c.key}><button type="button" class={`btn small${c.key === key ? '' : ' ghost'}`} aria-pressed={c.key === key} onClick={() => setKey(c.key === key ? undefined : c.key)}>{w().long[c.key]} <b class="num">{c.show ? duration(c.of(figures)) : shown(c, figures)}</b></button></li>)}</ul>
    <section class="col"><h3>{column ? w().long[column.key] : w().days}</h3>{column && left.length > 0 && /^(late|early)_/.test(column.key) && <Basis kind={column.key.startsWith('late') ? 'late' : 'early'} days={left} />}
      {left.length === 0 ? <Empty>{w().noDays}</Empty> : <ul class="list days">{left.map(c => <li key={c.day}><button type="button" class="rowbutton dayrow" onClick={() => setDay(c.day)}><DateBadge day={c.day} /><span class="col tight"><span>{cellText(c)}</span>{c.worked_minutes > 0 && <span class="sm muted num">{w().head.worked_minutes} {duration(c.worked_minutes)}</span>}</span></button></li>)}</ul>}</section>
    {day && <DayDialog employee={employee} day={day} onClose={() => setDay(undefined)} />}
  </>;
}
