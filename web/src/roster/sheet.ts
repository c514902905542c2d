/*
 * The sheet of the planner without a screen: letters and locks of every cell, who is home per group and day, what is
 * not kept, and edits that can be taken back. An edit counts what it touches alone, never the whole sheet.
 */
import { mondayOf } from '../base/format';

export interface Sheet {
  from: string; to: string;
  /** One per day of the period; label: a holiday, or an assembly. */
  days: { day: string; is_off: boolean; is_edge: boolean; label?: string }[];
  groups: {
    kind: 'node' | 'division' | 'unit' | 'post'; name: string;
    /** Index of an earlier group; the first has none. */
    parent?: number;
    /** Per day, everybody of the group, people who are not on the sheet too; `away`: those of them who are away. */
    all: number[]; eligible: number[]; present: number[]; away: number[];
    /** How many may be away that day, on the sheet or not; -1: no limit. */
    least: number[]; most: number[];
    /** Who must be at the post; -1: none. */
    minimum: number[];
    /** The rule behind least and most. */
    percent?: number; bound?: 'at_most' | 'exactly' | 'at_least'; base?: 'all' | 'eligible' | 'present'; number?: string; article?: string;
  }[];
  people: {
    employee: string; name: string; position: string;
    /** The innermost he belongs to. */
    group: number;
    /** A letter per day: K R A D C L, or - where none is set. */
    days: string;
    /** '.' may be home, 'H' home by a rule for all, else why not: see `Cell`. */
    cells: string;
    /** 'x' locked by the planner, '.' not. */
    locked: string;
    /** The letters published before; '' when none were. */
    was: string;
    /** '+' would like home, '-' office, '.' neither. */
    wishes: string;
    /** Days at home in each week, at the edges of one, and in the period; -1: no limit. */
    week_most: number[]; edge_most: number; least: number; most: number;
    /** Days at home that would be fair in the period, and those of the months before. */
    share: number; past: number;
    /** Home days of the first week before the period begins, and of them Mondays and Fridays. */
    lead: number; lead_edges: number;
    /** The same of its last week after the period. */
    trail: number; trail_edges: number;
    /** A, anywhere, is allowed, too. */
    may_anywhere: boolean;
    unit: string;
  }[];
  /** People of the node who are not on the sheet because no day of theirs is open. */
  outside: number;
}
export type Group = Sheet['groups'][number];
export type Person = Sheet['people'][number];
/** Day off, leave, outside duty, exempt, called to an assembly, no policy, shut by the planner's settings, not of this unit, past. */
export type Cell = '.' | 'H' | 'L' | 'C' | 'D' | 'X' | 'T' | 'P' | 'S' | 'M' | 'Z';

/** In the order in which they weigh: service, shares, people. */
export const kinds = ['minimum', 'above', 'below', 'cell', 'week', 'edge', 'most', 'least'] as const;
export type Kind = (typeof kinds)[number];
/** A limit that is not kept: `count` against `limit`, of a group or of a person. `slot` is its day, or the week of it. */
export interface Problem { kind: Kind; group?: number; person?: number; slot: number; count: number; limit: number }

export interface Edit { person: number; day: number; letter?: string; locked?: boolean }
export interface Change { employee: string; day: string; letter: string; locked: boolean }
interface Step { at: number; letter: string; locked: boolean; oldLetter: string; oldLocked: boolean }

export interface Plan {
  sheet: Sheet; days: number;
  /** Number of the week of each day, and the first day of each week. */
  week: number[]; weekFrom: number[];
  /** By person and day. */
  letters: string[]; locked: boolean[];
  /** As it is stored; what differs is `changed`. */
  stored: { letters: string[]; locked: boolean[] }; changed: Set<number>;
  /** By group and day: people of the sheet who are home. By person and week; by person. */
  home: Int32Array; homeOfWeek: Int16Array; edgeOfWeek: Int16Array; homeOf: Int16Array;
  broken: Map<number, Problem>;
  /** Counts up with each edit; `rowRevision` for its people alone. */
  revision: number; rowRevision: Uint32Array;
  done: Step[][]; undone: Step[][];
}

export const isHome = (letter: string) => letter === 'R' || letter === 'A';
export const cellOf = (plan: Plan, person: number, day: number) => plan.sheet.people[person]!.cells[day] as Cell;
export const letterOf = (plan: Plan, person: number, day: number) => plan.letters[person * plan.days + day]!;
export const isLocked = (plan: Plan, person: number, day: number) => plan.locked[person * plan.days + day]!;
/** Set or published otherwise before; where nothing was, nothing changed. */
export const isNew = (plan: Plan, person: number, day: number) => { const was = plan.sheet.people[person]!.was[day]; return was !== undefined && was !== '-' && was !== letterOf(plan, person, day); };
/** The week of a day, counted from 0. */
export const weekOf = (sheet: Sheet, day: number) => sheet.days.slice(1, day + 1).filter((d, i) => mondayOf(d.day) !== mondayOf(sheet.days[i]!.day)).length;
const isOpen = (cell: Cell) => cell === '.' || cell === 'H';
/* whose letter counts nowhere: he is off, on leave, on duty outside, or with another unit */
export const isElsewhere = (cell: Cell) => 'LCDM'.includes(cell);

/** Whether a planner may write this letter there; office is also where a letter is mended that the cell does not allow. */
export function maySet(plan: Plan, person: number, day: number, letter: string): boolean {
  const cell = cellOf(plan, person, day);
  return isOpen(cell) ? 'KR'.includes(letter) || letter === 'A' && plan.sheet.people[person]!.may_anywhere : letter === 'K' && 'XTPS'.includes(cell) && isHome(letterOf(plan, person, day));
}
export const mayLock = (plan: Plan, person: number, day: number) => isOpen(cellOf(plan, person, day));

/** Everybody of the group who is away that day, on the sheet or not, and who is at his post. */
export const awayOn = (plan: Plan, group: number, day: number) => plan.home[group * plan.days + day]! + plan.sheet.groups[group]!.away[day]!;
export const officeOn = (plan: Plan, group: number, day: number) => plan.sheet.groups[group]!.present[day]! - awayOn(plan, group, day);

/* ---- what is not kept ---- */

function note(plan: Plan, holds: boolean, p: Problem) {
  const key = (kinds.indexOf(p.kind) * 65536 + (p.group ?? p.person!)) * 64 + p.slot;
  if (holds) plan.broken.delete(key);
  else plan.broken.set(key, p);
}
function checkGroup(plan: Plan, group: number, day: number) {
  const g = plan.sheet.groups[group]!, away = awayOn(plan, group, day), office = officeOn(plan, group, day), minimum = g.minimum[day]!, most = g.most[day]!, least = g.least[day]!;
  note(plan, minimum < 0 || office >= minimum, { kind: 'minimum', group, slot: day, count: office, limit: minimum });
  note(plan, most < 0 || away <= most, { kind: 'above', group, slot: day, count: away, limit: most });
  note(plan, least < 0 || away >= least, { kind: 'below', group, slot: day, count: away, limit: least });
}
function checkWeek(plan: Plan, person: number, week: number) {
  const p = plan.sheet.people[person]!, at = person * plan.weekFrom.length + week, count = plan.homeOfWeek[at]!, edge = plan.edgeOfWeek[at]!, weekMost = p.week_most[week] ?? -1;
  /* what lies beside the period alone is none of its mistakes */
  const isOwn = count > (week ? 0 : p.lead) + (week < plan.weekFrom.length - 1 ? 0 : p.trail);
  note(plan, !isOwn || weekMost < 0 || count <= weekMost, { kind: 'week', person, slot: week, count, limit: weekMost });
  note(plan, !isOwn || p.edge_most < 0 || edge <= p.edge_most, { kind: 'edge', person, slot: week, count: edge, limit: p.edge_most });
}
function checkPeriod(plan: Plan, person: number) {
  const p = plan.sheet.people[person]!, count = plan.homeOf[person]!;
  note(plan, p.most < 0 || count <= p.most, { kind: 'most', person, slot: 0, count, limit: p.most });
  note(plan, p.least < 0 || count >= p.least, { kind: 'least', person, slot: 0, count, limit: p.least });
}
const checkCell = (plan: Plan, person: number, day: number) =>
  note(plan, !isHome(letterOf(plan, person, day)) || '.HZ'.includes(cellOf(plan, person, day)), { kind: 'cell', person, slot: day, count: 1, limit: 0 });

/** All that is not kept: service first, then shares, then people; each in the order of the sheet. */
export const problems = (plan: Plan): Problem[] => [...plan.broken].sort((a, b) => a[0] - b[0]).map(([, p]) => p);
/** The day to look at: of a person's week or period the first one at home. */
export function dayOf(plan: Plan, p: Problem): number {
  if (p.person === undefined || p.kind === 'cell') return p.slot;
  const inWeek = p.kind === 'week' || p.kind === 'edge', from = inWeek ? plan.weekFrom[p.slot]! : 0, to = inWeek ? plan.weekFrom[p.slot + 1] ?? plan.days : plan.days;
  for (let d = from; d < to; d++) if (isHome(letterOf(plan, p.person, d)) && (p.kind !== 'edge' || plan.sheet.days[d]!.is_edge)) return d;
  return from;
}

/* ---- counts ---- */

/* One day at home more or less, in its groups, week and period. */
function count(plan: Plan, person: number, day: number, by: number) {
  const p = plan.sheet.people[person]!, week = person * plan.weekFrom.length + plan.week[day]!;
  for (let g: number | undefined = p.group; g !== undefined; g = plan.sheet.groups[g]!.parent) plan.home[g * plan.days + day]! += by;
  plan.homeOfWeek[week]! += by;
  plan.homeOf[person]! += by;
  if (plan.sheet.days[day]!.is_edge) plan.edgeOfWeek[week]! += by;
}
function check(plan: Plan, person: number, day: number) {
  for (let g: number | undefined = plan.sheet.people[person]!.group; g !== undefined; g = plan.sheet.groups[g]!.parent) checkGroup(plan, g, day);
  checkWeek(plan, person, plan.week[day]!);
  checkPeriod(plan, person);
  checkCell(plan, person, day);
}
function put(plan: Plan, at: number, letter: string, locked: boolean) {
  const person = Math.floor(at / plan.days), day = at % plan.days, counts = !isElsewhere(cellOf(plan, person, day)), by = Number(isHome(letter)) - Number(isHome(plan.letters[at]!));
  plan.letters[at] = letter;
  plan.locked[at] = locked;
  if (counts && by) count(plan, person, day, by);
  check(plan, person, day);
  if (letter === plan.stored.letters[at] && locked === plan.stored.locked[at]) plan.changed.delete(at);
  else plan.changed.add(at);
  plan.rowRevision[person] = plan.revision;
}

/** A sheet as it came, counted once. */
export function load(sheet: Sheet): Plan {
  const days = sheet.days.length, week: number[] = [], weekFrom: number[] = [];
  sheet.days.forEach((d, i) => {
    if (!i || mondayOf(d.day) !== mondayOf(sheet.days[i - 1]!.day)) weekFrom.push(i);
    week.push(weekFrom.length - 1);
  });
  const letters = sheet.people.flatMap(p => [...p.days]), locked = sheet.people.flatMap(p => Array.from(p.locked, c => c === 'x'));
  const plan: Plan = {
    sheet, days, week, weekFrom, letters, locked, stored: { letters: [...letters], locked: [...locked] }, changed: new Set(),
    home: new Int32Array(sheet.groups.length * days), homeOfWeek: new Int16Array(sheet.people.length * weekFrom.length), edgeOfWeek: new Int16Array(sheet.people.length * weekFrom.length), homeOf: new Int16Array(sheet.people.length),
    broken: new Map(), revision: 0, rowRevision: new Uint32Array(sheet.people.length), done: [], undone: [],
  };
  sheet.people.forEach((p, person) => { plan.homeOfWeek[person * weekFrom.length] = p.lead; plan.edgeOfWeek[person * weekFrom.length] = p.lead_edges; plan.homeOfWeek[(person + 1) * weekFrom.length - 1]! += p.trail; plan.edgeOfWeek[(person + 1) * weekFrom.length - 1]! += p.trail_edges; for (let d = 0; d < days; d++) if (isHome(p.days[d]!) && !isElsewhere(p.cells[d] as Cell)) count(plan, person, d, 1); });
  sheet.groups.forEach((_, g) => { for (let d = 0; d < days; d++) checkGroup(plan, g, d); });
  sheet.people.forEach((_, person) => {
    for (let d = 0; d < days; d++) checkCell(plan, person, d);
    weekFrom.forEach((_, w) => checkWeek(plan, person, w));
    checkPeriod(plan, person);
  });
  return plan;
}

/* ---- edits ---- */

function perform(plan: Plan, steps: readonly Step[]) {
  plan.revision++;
  for (const s of steps) put(plan, s.at, s.letter, s.locked);
}
/** One transaction. What may not be set, or is locked, stays; returned is how many cells changed and how many stayed. */
export function apply(plan: Plan, edits: readonly Edit[]): { set: number; refused: number } {
  const steps = new Map<number, Step>();
  let refused = 0;
  for (const e of edits) {
    const at = e.person * plan.days + e.day, earlier = steps.get(at), oldLetter = plan.letters[at]!, oldLocked = plan.locked[at]!;
    const letter = e.letter ?? earlier?.letter ?? oldLetter, locked = e.locked ?? earlier?.locked ?? oldLocked;
    if (letter !== oldLetter && (oldLocked && locked || !maySet(plan, e.person, e.day, letter)) || locked !== oldLocked && !mayLock(plan, e.person, e.day)) refused++;
    else if (letter !== oldLetter || locked !== oldLocked) steps.set(at, { at, letter, locked, oldLetter, oldLocked });
    else steps.delete(at);
  }
  if (steps.size) {
    plan.done.push([...steps.values()]);
    plan.undone = [];
    perform(plan, plan.done.at(-1)!);
  }
  return { set: steps.size, refused };
}
/** Takes the last transaction back; which cells these were, so that they can be looked at. */
export function undo(plan: Plan): Step[] | undefined {
  const steps = plan.done.pop();
  if (!steps) return undefined;
  plan.undone.push(steps);
  perform(plan, steps.map(s => ({ ...s, letter: s.oldLetter, locked: s.oldLocked })));
  return steps;
}
export function redo(plan: Plan): Step[] | undefined {
  const steps = plan.undone.pop();
  if (!steps) return undefined;
  plan.done.push(steps);
  perform(plan, steps);
  return steps;
}

/** What is not stored yet, in the order of the sheet. */
export const changes = (plan: Plan): Change[] => [...plan.changed].sort((a, b) => a - b).map(at =>
  ({ employee: plan.sheet.people[Math.floor(at / plan.days)]!.employee, day: plan.sheet.days[at % plan.days]!.day, letter: plan.letters[at]!, locked: plan.locked[at]! }));
/* the letters and locks of a person as they stand, stored or not */
const rowOf = (plan: Plan, person: number) => ({ days: plan.letters.slice(person * plan.days, (person + 1) * plan.days).join(''), locked: plan.locked.slice(person * plan.days, (person + 1) * plan.days).map(l => l ? 'x' : '.').join('') });
/** The sheet as it stands on the screen. */
export const standing = (plan: Plan): Sheet => ({ ...plan.sheet, people: plan.sheet.people.map((p, i) => ({ ...p, ...rowOf(plan, i) })) });
/** What was sent is stored now, and the sheet says so; what was edited meanwhile stays changed. */
export function keep(plan: Plan, sent: readonly Change[]) {
  const person = new Map(plan.sheet.people.map((p, i) => [p.employee, i])), day = new Map(plan.sheet.days.map((d, i) => [d.day, i]));
  for (const c of sent) {
    const at = person.get(c.employee)! * plan.days + day.get(c.day)!;
    plan.stored.letters[at] = c.letter;
    plan.stored.locked[at] = c.locked;
    if (c.letter === plan.letters[at] && c.locked === plan.locked[at]) plan.changed.delete(at);
    else plan.changed.add(at);
    const p = plan.sheet.people[person.get(c.employee)!]!, put = (row: string, one: string) => row.slice(0, at % plan.days) + one + row.slice(at % plan.days + 1);
    Object.assign(p, { days: put(p.days, c.letter), locked: put(p.locked, c.locked ? 'x' : '.') });
  }
  plan.revision++;
}
