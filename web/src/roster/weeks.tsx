/* The sheet on a phone: one person per row, a week at a time, cells for a thumb. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { dayOfMonth, span } from '../base/format';
import { Empty } from '../base/ui';
import { Icon } from '../base/icons';
import { classOf, sentence, useDates, type Place } from './grid';
import { w } from './plannerwords';
import { letterOf, maySet, type Plan } from './sheet';

const HEIGHT = 92, AHEAD = 3;
export type Tap = 'edit' | 'lock' | 'why';

/* Rows of a long list that are in sight while the page scrolls. */
function useSight(count: number) {
  const ref = useRef<HTMLUListElement>(null), [sight, setSight] = useState<readonly [number, number]>([0, 10]);
  useEffect(() => {
    const measure = () => {
      const top = ref.current?.getBoundingClientRect().top ?? 0, from = Math.max(0, Math.floor(-top / HEIGHT) - AHEAD), to = Math.min(count, Math.max(10, Math.ceil((innerHeight - top) / HEIGHT) + AHEAD));
      setSight(old => old[0] === from && old[1] === to ? old : [from, Math.max(from, to)]);
    };
    measure();
    addEventListener('scroll', measure, { passive: true });
    addEventListener('resize', measure);
    return () => { removeEventListener('scroll', measure); removeEventListener('resize', measure); };
  }, [count]);
  return { ref, sight };
}

interface WeeksProps { plan: Plan; rows: readonly number[]; at: Place; jumps: number; readOnly?: boolean; onMove: (at: Place) => void; onCell: (person: number, day: number, letter: string) => void; onLock: (person: number, day: number) => void; onWhy: (person: number, day: number) => void }

export function Weeks({ plan, rows, at, jumps, readOnly, onMove, onCell, onLock, onWhy }: WeeksProps) {
  const [tap, setTap] = useState<Tap>(readOnly ? 'why' : 'edit'), { ref, sight } = useSight(rows.length), dates = useDates(plan);
  const week = plan.week[Math.min(at.day, plan.days - 1)]!, from = plan.weekFrom[week]!, to = plan.weekFrom[week + 1] ?? plan.days, days = plan.sheet.days.slice(from, to);
  useEffect(() => {
    if (!jumps) return;
    scrollTo({ top: scrollY + ref.current!.getBoundingClientRect().top + at.row * HEIGHT - innerHeight / 3 });
    setTimeout(() => ref.current?.querySelector<HTMLElement>(`[data-cell="${at.row}-${at.day}"]`)?.focus({ preventScroll: true }), 60);
  }, [jumps]);
  const press = (row: number, day: number) => {
    const person = rows[row]!, letter = letterOf(plan, person, day) === 'K' ? 'R' : 'K';
    onMove({ row, day });
    if (tap === 'lock') onLock(person, day);
    else if (tap === 'why' || !maySet(plan, person, day, letter)) onWhy(person, day);
    else onCell(person, day, letter);
  };
  const turn = (by: number) => onMove({ row: at.row, day: plan.weekFrom[week + by]! });
  return <div class="col">
    <div class="row between nowrap"><button type="button" class="btn ghost square back" aria-label={w().weekBefore} disabled={week === 0} onClick={() => turn(-1)}><Icon name="chevron" /></button><b class="sm num" role="status">{span(days[0]!.day, days.at(-1)!.day)}</b><button type="button" class="btn ghost square" aria-label={w().weekAfter} disabled={to === plan.days} onClick={() => turn(1)}><Icon name="chevron" /></button></div>
    {!readOnly && <fieldset class="row taps"><legend class="sm strong">{w().tapTo}</legend>{(['edit', 'lock', 'why'] as const).map(x => <label key={x} class="check sm tight"><input type="radio" name="tap" checked={tap === x} onChange={() => setTap(x)} />{w().tap[x]}</label>)}</fieldset>}
    {rows.length === 0 && <Empty>{w().noRows}</Empty>}
    <ul ref={ref} class="weekrows" aria-label={w().grid} style={{ height: `${rows.length * HEIGHT}px` }}>{rows.slice(sight[0], sight[1]).map((person, i) => {
      const row = sight[0] + i, p = plan.sheet.people[person]!;
      return <li key={person} style={{ top: `${row * HEIGHT}px` }} aria-setsize={rows.length} aria-posinset={row + 1}><span class="whose sm"><b class="ell">{p.name}</b><span class="ell muted">{plan.sheet.groups[p.group]!.name}</span></span>
        <div class="weekcells">{days.map((d, k) => <button key={d.day} type="button" data-cell={`${row}-${from + k}`} class="thumb" onClick={() => press(row, from + k)}><span class="sr">{sentence(plan, person, from + k, dates[from + k])}</span><span class="xs muted num" aria-hidden="true">{dates[from + k]![0]} {dayOfMonth(d.day)}</span><span class={classOf(plan, person, from + k)} aria-hidden="true">{letterOf(plan, person, from + k)}</span></button>)}</div></li>;
    })}</ul></div>;
}
