/* Assignments and statuses as dated lines: what, for whom, from when to when, by which letter. */
import type { ComponentChildren } from 'preact';
import { serverNow, type Got } from '../base/api';
import { dayIn, fullDay, span } from '../base/format';
import { me } from '../base/session';
import { zone } from '../base/shell';
import { Chip, Empty, governmentName, type Tone } from '../base/ui';
import { t } from '../base/words';
import { w } from './words';

export type Role = Got<'/api/v1/org/roles'>['items'][number];
export type Status = Got<'/api/v1/org/statuses'>['items'][number];

const FOREVER = '9999-12-31';
export const today = () => dayIn(serverNow(), zone());
export const spanText = (from: string, to: string) => to === FOREVER ? w().openSpan(fullDay(from)) : span(from, to);

export type Holds = 'now' | 'later' | 'ended' | 'withdrawn';
/** What was ended before its first day was withdrawn. */
export const holds = (from: string, to: string, day = today()): Holds => to < from ? 'withdrawn' : to < day ? 'ended' : from > day ? 'later' : 'now';
const tones: Record<Holds, Tone> = { now: 'ok', later: 'info', ended: '', withdrawn: '' };
export const isOver = (h: Holds) => h === 'ended' || h === 'withdrawn';

/** The assignment seen from one person's side; from nobody's: as it is. */
export function roleText(r: Role, side?: string): string {
  const role = t().role[r.role] ?? r.role;
  if (r.acting !== 'delegate') return w().roleOf(role, w().acting[r.acting]!);
  return side === r.acts_for ? w().lentTo(role, r.full_name) : w().inPlaceOf(role, r.acts_for_name!);
}
/** A place is of an office; a delegate stands for a person wherever his people are. */
export const scopeText = (r: Role) => r.acting === 'delegate' ? '' : r.unit ? r.unit_name : w().wholeOf(me.value ? governmentName(me.value.government) : '');

export function Line({ title, sub, from, to, letter, state, children }: { title: string; sub?: string; from: string; to: string; letter: string; state: Holds; children?: ComponentChildren }) {
  return <li><div class="row between"><b>{title}</b><Chip tone={tones[state]}>{w().holds[state]}</Chip></div>
    {sub && <span class="sm">{sub}</span>}
    <span class="sm muted num">{spanText(from, state === 'withdrawn' && to < from ? from : to)} · {w().letterNo(letter)}</span>{children}</li>;
}

/** Those that count first, what is over folded away. */
export function Lines<T>({ items, over, none, children }: { items: readonly T[]; over: (x: T) => boolean; none: string; children: (x: T) => ComponentChildren }) {
  const open = items.filter(x => !over(x)), past = items.filter(over);
  return <>{open.length === 0 ? <Empty>{none}</Empty> : <ul class="list">{open.map(children)}</ul>}
    {past.length > 0 && <details><summary class="sm strong">{w().past(past.length)}</summary><ul class="list">{past.map(children)}</ul></details>}</>;
}
