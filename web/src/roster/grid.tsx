/*
 * The editor grid: rows that are seen alone stand in the page, one cell of them is the tab stop. Where one stands and
 * what is chosen belongs to the planner; the grid says where one wants to be and what one wants there.
 */
import { Component, type ComponentChildren } from 'preact';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Signal } from '@preact/signals';
import { dayOfMonth, longDay } from '../base/format';
import { lang } from '../base/i18n';
import { Empty, type Mode } from '../base/ui';
import { w } from './plannerwords';
import { cellOf, isLocked, isNew, letterOf, type Plan } from './sheet';

/** A cell by its row on the screen; the row is one of those shown, not of the sheet. */
export interface Place { row: number; day: number }
export interface Area { top: number; bottom: number; from: number; to: number }
export const areaOf = (a: Place, b: Place): Area => ({ top: Math.min(a.row, b.row), bottom: Math.max(a.row, b.row), from: Math.min(a.day, b.day), to: Math.max(a.day, b.day) });

export const PITCH = 28;
const AHEAD = 4, PAGE = 10;
/* rows of the first picture, before anything stands that could be measured: the upper half, as much as is above the fold */
const guess = () => typeof innerHeight === 'undefined' ? 10 : Math.floor((Math.min(innerHeight * 0.78, 760) - 106) / PITCH / 2);
export const modeOf: Record<string, Mode> = { K: 'office', R: 'home', A: 'anywhere', D: 'outside_duty', C: 'leave', L: 'off' };
const isShut = (cell: string) => cell !== '.' && cell !== 'H';
export const classOf = (plan: Plan, person: number, day: number) =>
  `letter ${modeOf[letterOf(plan, person, day)] ?? 'off'}${isShut(cellOf(plan, person, day)) ? ' shut' : ''}${isLocked(plan, person, day) ? ' locked' : ''}${isNew(plan, person, day) ? ' new' : ''}${({ '+': ' wish', '-': ' unwish' } as Record<string, string>)[plan.sheet.people[person]!.wishes[day]!] ?? ''}`;

/** All of a cell in one breath: who, when, where, and why it cannot be otherwise. */
export function sentence(plan: Plan, person: number, day: number, date = longDay(plan.sheet.days[day]!.day)): string {
  const p = plan.sheet.people[person]!, { mode, cell, wish, locked, wasLetter } = w(), letter = letterOf(plan, person, day);
  return [`${p.name}, ${date}: ${mode[letter]}.`, plan.sheet.days[day]!.label && `${plan.sheet.days[day]!.label}.`, cell[cellOf(plan, person, day)], wish[p.wishes[day]!], isLocked(plan, person, day) && locked, isNew(plan, person, day) && wasLetter(mode[p.was[day]!] ?? '-')].filter(Boolean).join(' ');
}

/** Names of the days, made once for all rows. */
export const useDates = (plan: Plan) => useMemo(() => plan.sheet.days.map(d => longDay(d.day)), [plan.sheet, lang.value]);

interface RowProps { plan: Plan; person: number; row: number; revision: number; dates: readonly string[]; stop: number; from: number; to: number; starts: boolean; mayEdit: boolean }

/* Drawn again only when something of its own has changed. */
class Row extends Component<RowProps> {
  override shouldComponentUpdate(next: RowProps) {
    return (Object.keys(next) as (keyof RowProps)[]).some(k => next[k] !== this.props[k]);
  }
  render({ plan, person, row, dates, stop, from, to, starts, mayEdit }: RowProps) {
    const p = plan.sheet.people[person]!;
    return <div role="row" class={starts ? 'gridrow starts' : 'gridrow'} aria-rowindex={row + 2} style={{ top: `${row * PITCH}px` }}>
      <div role="rowheader" class="who ell sm" aria-colindex={1} title={`${p.name}, ${p.position}, ${plan.sheet.groups[p.group]!.name}`}>{p.name}</div>
      {dates.map((date, d) => <div key={d} role="gridcell" class={classOf(plan, person, d)} aria-colindex={d + 2} tabIndex={d === stop ? 0 : -1} aria-selected={d >= from && d <= to} aria-readonly={!mayEdit || isShut(cellOf(plan, person, d)) || undefined} aria-label={sentence(plan, person, d, date)}>{letterOf(plan, person, d)}</div>)}</div>;
  }
}

const Head = ({ plan, dates, day }: { plan: Plan; dates: readonly string[]; day: number }) =>
  <div role="row" class="gridrow head" aria-rowindex={1}><div role="columnheader" class="who xs" aria-colindex={1}>{w().employee}</div>
    {plan.sheet.days.map((d, i) => <div key={d.day} role="columnheader" aria-colindex={i + 2} class={`xs num${d.is_off ? ' muted' : ''}${i === day ? ' at' : ''}${d.label ? ' label' : ''}`} title={d.label}><span class="sr">{dates[i]}{d.label && `, ${d.label}`}</span><span aria-hidden="true">{dates[i]![0]}<b>{dayOfMonth(d.day)}</b></span></div>)}</div>;

export interface GridProps {
  plan: Plan; rows: readonly number[];
  at: Place; anchor: Place;
  /** Counts up when the planner leads to `at` from elsewhere. */
  jumps: number;
  /** First and last row in sight. */
  seen: Signal<readonly [number, number]>;
  readOnly?: boolean;
  onMove: (at: Place, anchor?: Place) => void;
  onSet: (letter: string) => void; onLock: () => void; onUndo: () => void; onRedo: () => void; onPaste: (text: string) => void; onWhy: () => void;
  /** Stands above the columns, and moves with them. */
  above: ComponentChildren;
}

/* Rows in sight, and how one gets others there. */
function useSight({ plan, rows, seen }: GridProps) {
  const scroller = useRef<HTMLDivElement>(null), [sight, setSight] = useState<readonly [number, number]>(() => [0, Math.min(rows.length - 1, Math.max(1, guess() - AHEAD))]);
  const headHeight = () => scroller.current!.querySelector<HTMLElement>('.gridtop')!.offsetHeight + scroller.current!.querySelector<HTMLElement>('.head')!.offsetHeight;
  const measure = useCallback(() => {
    const el = scroller.current;
    if (!el) return;
    const from = Math.min(Math.ceil(el.scrollTop / PITCH), Math.max(0, rows.length - 1)), to = Math.min(rows.length - 1, Math.max(from, Math.floor((el.scrollTop + el.clientHeight - headHeight()) / PITCH) - 1));
    setSight(old => old[0] === from && old[1] === to ? old : [from, to]);
    seen.value = [from, to];
  }, [rows.length]);
  const reveal = (p: Place) => {
    const el = scroller.current!, names = el.querySelector<HTMLElement>('.who')!.offsetWidth, room = el.clientHeight - headHeight(), y = p.row * PITCH, x = p.day * PITCH;
    if (y < el.scrollTop) el.scrollTop = y;
    else if (y + PITCH > el.scrollTop + room) el.scrollTop = y + PITCH - room;
    if (x < el.scrollLeft) el.scrollLeft = x;
    else if (x + PITCH > el.scrollLeft + el.clientWidth - names) el.scrollLeft = x + PITCH - el.clientWidth + names;
    measure();
  };
  useEffect(measure, [measure, plan.days]);
  useEffect(() => { addEventListener('resize', measure); return () => removeEventListener('resize', measure); }, [measure]);
  return { scroller, sight, measure, reveal };
}

/* Where a key leads; undefined when it leads nowhere. */
function led(e: KeyboardEvent, { row, day }: Place, last: Place): Place | undefined {
  const far = e.ctrlKey || e.metaKey;
  switch (e.key) {
    case 'ArrowUp': return { row: far ? 0 : row - 1, day };
    case 'ArrowDown': return { row: far ? last.row : row + 1, day };
    case 'ArrowLeft': return { row, day: far ? 0 : day - 1 };
    case 'ArrowRight': return { row, day: far ? last.day : day + 1 };
    case 'Home': return { row: far ? 0 : row, day: 0 };
    case 'End': return { row: far ? last.row : row, day: last.day };
    case 'PageUp': return { row: row - PAGE, day };
    case 'PageDown': return { row: row + PAGE, day };
    default: return undefined;
  }
}
const within = (p: Place, last: Place): Place => ({ row: Math.max(0, Math.min(last.row, p.row)), day: Math.max(0, Math.min(last.day, p.day)) });

type Go = (at: Place, anchor?: Place) => void;
function useKeys(g: GridProps, stop: Place, last: Place, go: Go, choose: Go) {
  return (e: KeyboardEvent) => {
    const far = e.ctrlKey || e.metaKey, to = e.altKey ? undefined : led(e, stop, last), key = e.key.toLowerCase();
    if (to) go(within(to, last), e.shiftKey ? g.anchor : undefined);
    else if (e.key === ' ' && e.shiftKey) choose({ row: stop.row, day: 0 }, { row: stop.row, day: last.day });
    else if (e.key === ' ' && far) choose({ row: 0, day: stop.day }, { row: last.row, day: stop.day });
    else if (far && key === 'a') choose({ row: 0, day: 0 }, last);
    else if (e.key === 'Escape') go(stop);
    else if (e.key === 'Enter') g.onWhy();
    else if (g.readOnly || e.altKey) return;
    else if (far && (key === 'y' || key === 'z' && e.shiftKey)) g.onRedo();
    else if (far && key === 'z') g.onUndo();
    else if (far) return;
    else if ('kra'.includes(key)) g.onSet(key.toUpperCase());
    else if (key === 'g') g.onLock();
    else return;
    e.preventDefault();
  };
}

/* A mouse drags at once, a finger after it has rested, so that it can scroll. On a name it is the row, on a date the column. */
function usePointer(g: GridProps, scroller: { current: HTMLDivElement | null }, last: Place, go: Go, choose: Go) {
  const drag = useRef<Place | undefined>(undefined), rest = useRef<ReturnType<typeof setTimeout> | undefined>(undefined), touched = useRef(false), rested = useRef(false);
  const placeOf = (e: { clientX: number; clientY: number }): Place => {
    const body = scroller.current!.querySelector('.gridbody')!.getBoundingClientRect(), names = scroller.current!.querySelector<HTMLElement>('.who')!.offsetWidth;
    return { row: Math.floor((e.clientY - body.top) / PITCH), day: Math.floor((e.clientX - body.left - names) / PITCH) };
  };
  const start = (e: PointerEvent) => {
    const target = e.target as HTMLElement, p = within(placeOf(e), last), isHead = !!target.closest('.head');
    if (target.closest('.gridtop') || isHead && target.closest('.who')) return;
    if (isHead) return choose({ row: 0, day: p.day }, { row: last.row, day: p.day });
    if (target.closest('.who')) return choose({ row: p.row, day: 0 }, { row: p.row, day: last.day });
    drag.current = e.shiftKey ? g.anchor : p;
    go(p, drag.current);
  };
  const stop = () => { drag.current = undefined; clearTimeout(rest.current); };
  /* once a finger has begun to choose, the page holds still under it */
  useEffect(() => {
    const el = scroller.current!, hold = (e: TouchEvent) => { if (drag.current) e.preventDefault(); };
    el.addEventListener('touchmove', hold, { passive: false });
    return () => { el.removeEventListener('touchmove', hold); stop(); };
  }, []);
  return {
    onPointerDown: (e: PointerEvent) => {
      touched.current = e.pointerType === 'touch';
      clearTimeout(rest.current);
      rested.current = false;
      if (touched.current) rest.current = setTimeout(() => { rested.current = true; start(e); }, 350);
      else if (e.button === 0 && (e.target as HTMLElement).closest('[role=row]')) { e.preventDefault(); start(e); }
    },
    onPointerMove: (e: PointerEvent) => {
      if (!drag.current) return clearTimeout(rest.current);
      if (e.pointerType === 'mouse' && !(e.buttons & 1)) return stop();
      const to = within(placeOf(e), last);
      if (to.row !== g.at.row || to.day !== g.at.day) go(to, drag.current);
    },
    onPointerUp: stop, onPointerCancel: stop,
    /* a tap */
    onClick: (e: MouseEvent) => { if (touched.current && !rested.current) start(e as PointerEvent); stop(); },
    onDblClick: (e: MouseEvent) => { if ((e.target as HTMLElement).closest('[role=gridcell]')) g.onWhy(); },
  };
}

export function Grid(g: GridProps) {
  const { plan, rows, at, anchor } = g, { scroller, sight, measure, reveal } = useSight(g), dates = useDates(plan), focuses = useRef(false);
  const last: Place = { row: rows.length - 1, day: plan.days - 1 }, area = areaOf(at, anchor), chosen = area.top !== area.bottom || area.from !== area.to;
  /* the tab stop is in sight, however far one has scrolled from where one stood */
  const stop: Place = { row: Math.max(sight[0], Math.min(sight[1], at.row)), day: Math.min(last.day, at.day) };
  const go = (to: Place, from?: Place) => {
    focuses.current = true;
    reveal(to);
    g.onMove(to, from);
  };
  /* a whole row or column: nothing scrolls for it */
  const choose = (to: Place, from?: Place) => {
    focuses.current = true;
    g.onMove(to, from);
  };
  const onScroll = () => {
    const had = scroller.current!.contains(document.activeElement) && document.activeElement!.getAttribute('role') === 'gridcell';
    measure();
    if (!had) return;
    focuses.current = true;
    const [from, to] = g.seen.peek(), row = Math.max(from, Math.min(to, at.row));
    /* what is chosen stays chosen */
    if (!chosen && row !== at.row) g.onMove({ row, day: at.day });
  };
  useLayoutEffect(() => { if (g.jumps) { focuses.current = true; reveal(at); } }, [g.jumps]);
  useLayoutEffect(() => {
    /* not before the rows stand that one goes to */
    if (!focuses.current || sight[0] !== g.seen.peek()[0] || sight[1] !== g.seen.peek()[1]) return;
    focuses.current = false;
    scroller.current!.querySelector<HTMLElement>('[role=gridcell][tabindex="0"]')?.focus({ preventScroll: true });
  });
  const keys = useKeys(g, stop, last, go, choose), pointer = usePointer(g, scroller, last, go, choose);
  const first = Math.max(0, sight[0] - AHEAD), shown = rows.slice(first, sight[1] + 1 + AHEAD);
  return <div class="scroll sheet" ref={scroller} onScroll={onScroll} {...pointer} onPaste={e => { if (!g.readOnly && e.clipboardData) { e.preventDefault(); g.onPaste(e.clipboardData.getData('text/plain')); } }}>
    <div class="gridtop">{g.above}</div>
    {rows.length === 0 && <Empty>{w().noRows}</Empty>}
    <div role="grid" aria-label={w().grid} aria-rowcount={rows.length + 1} aria-colcount={plan.days + 1} aria-multiselectable={true} aria-readonly={!!g.readOnly} onKeyDown={keys} style={{ width: `calc(var(--names) + ${plan.days * PITCH}px)` }}>
      <Head plan={plan} dates={dates} day={at.day} />
      <div class="gridbody" role="rowgroup" style={{ height: `${rows.length * PITCH}px` }}>{shown.map((person, i) => {
        const row = first + i, inArea = chosen && row >= area.top && row <= area.bottom;
        return <Row key={person} plan={plan} person={person} row={row} revision={plan.rowRevision[person]!} dates={dates} stop={row === stop.row ? stop.day : -1} from={inArea ? area.from : -1} to={inArea ? area.to : -2} mayEdit={!g.readOnly}
          starts={row > 0 && plan.sheet.people[rows[row - 1]!]!.group !== plan.sheet.people[person]!.group} />;
      })}</div></div></div>;
}
