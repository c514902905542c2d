import { describe, expect, it } from 'vitest';
import { dice, madeSheet } from './madesheet';
import { apply, awayOn, changes, dayOf, isNew, keep, load, maySet, officeOn, problems, redo, standing, undo, type Edit, type Kind, type Plan, type Sheet } from './sheet';

/* Monday 1 to Sunday 14 December, all open: a node, a unit in it, a post in that; two people at the post, one in the unit */
function small(): Sheet {
  const days = Array.from({ length: 14 }, (_, i) => ({ day: `2025-12-${String(i + 1).padStart(2, '0')}`, is_off: false, is_edge: i % 7 === 0 || i % 7 === 4 })), fill = (n: number) => Array<number>(14).fill(n);
  const group = { all: fill(3), eligible: fill(3), present: fill(3), away: fill(0), least: fill(-1), most: fill(-1), minimum: fill(-1) };
  const person = { position: '', days: 'K'.repeat(14), cells: '.'.repeat(14), locked: '.'.repeat(14), was: '', wishes: '.'.repeat(14), week_most: [-1, -1], edge_most: -1, least: -1, most: -1, share: 2, past: 0, lead: 0, lead_edges: 0, trail: 0, trail_edges: 0, may_anywhere: true, unit: 'Seksi' };
  return {
    from: '2025-12-01', to: '2025-12-14', days, outside: 0,
    groups: [{ ...group, kind: 'node', name: 'Dinas' }, { ...group, kind: 'unit', name: 'Seksi', parent: 0 }, { ...group, kind: 'post', name: 'Loket', parent: 1, present: fill(2) }],
    people: [{ ...person, employee: '1', name: 'Sri', group: 2 }, { ...person, employee: '2', name: 'Budi', group: 2 }, { ...person, employee: '3', name: 'Dewi', group: 1 }],
  };
}
const set = (plan: Plan, person: number, days: number[], letter: string) => apply(plan, days.map(day => ({ person, day, letter })));
const said = (plan: Plan) => problems(plan).map(p => [p.kind, p.group ?? p.person, p.slot, p.count, p.limit]);

describe('counts', () => {
  it('reach every group around a person', () => {
    const plan = load(small());
    set(plan, 0, [3], 'R');
    set(plan, 2, [3], 'A');
    expect([0, 1, 2].map(g => [awayOn(plan, g, 3), officeOn(plan, g, 3), awayOn(plan, g, 4)])).toEqual([[2, 1, 0], [2, 1, 0], [1, 1, 0]]);
  });
  it('have those in them who are away without being on the sheet', () => {
    const sheet = small();
    sheet.groups[0] = { ...sheet.groups[0]!, away: Array<number>(14).fill(2), most: Array<number>(14).fill(2) };
    const plan = load(sheet);
    expect(problems(plan)).toEqual([]);
    set(plan, 0, [3], 'R');
    expect(said(plan)).toEqual([['above', 0, 3, 3, 2]]);
  });
  it('leave out whose letter does not count that day', () => {
    const sheet = small();
    sheet.people[0]!.days = 'R'.repeat(14);
    sheet.people[0]!.cells = 'LCDMZH........';
    const plan = load(sheet);
    expect(Array.from({ length: 7 }, (_, d) => awayOn(plan, 2, d))).toEqual([0, 0, 0, 0, 1, 1, 1]);
    expect(plan.homeOf[0]).toBe(10);
  });
});

type Row = [string, Kind, (s: Sheet) => void, [person: number, days: number[]][], unknown[]];
describe('what is not kept', () => {
  it.each<Row>([
    ['a minimum', 'minimum', s => { s.groups[2]!.minimum = Array<number>(14).fill(1); }, [[0, [2]], [1, [2]]], [2, 2, 0, 1]],
    ['a share above', 'above', s => { s.groups[1]!.most = Array<number>(14).fill(1); }, [[0, [2]], [2, [2]]], [1, 2, 2, 1]],
    ['a share below', 'below', s => { s.groups[0]!.least = s.days.map((_, d) => d === 2 ? 2 : 0); }, [[0, [2]]], [0, 2, 1, 2]],
    ['days of a week', 'week', s => { s.people[0]!.week_most = [2, 2]; }, [[0, [6, 7, 8, 9]]], [0, 1, 3, 2]],
    ['days of a week, where the next has another cap', 'week', s => { s.people[0]!.week_most = [2, 1]; }, [[0, [1, 2, 8, 9]]], [0, 1, 2, 1]],
    ['days at the edges of a week', 'edge', s => { s.people[0]!.edge_most = 1; }, [[0, [4, 7, 11]]], [0, 1, 2, 1]],
    ['days of the period at most', 'most', s => { s.people[1]!.most = 2; }, [[1, [1, 2, 8]]], [1, 0, 3, 2]],
    ['days of the period at least', 'least', s => { s.people[1]!.least = 2; }, [[1, [1]]], [1, 0, 1, 2]],
  ])('%s', (_name, kind, change, edits, expected) => {
    const sheet = small();
    change(sheet);
    const plan = load(sheet);
    for (const [person, days] of edits) set(plan, person, days, 'R');
    expect(said(plan)).toEqual([[kind, ...expected]]);
  });
  /* from Wednesday on: Monday and Tuesday of the first week lie before the period */
  it.each<[string, Partial<Sheet['people'][number]>, number[], unknown[]]>([
    ['a Friday after a Monday at home', { lead: 1, lead_edges: 1, edge_most: 1 }, [2], [['edge', 0, 0, 2, 1]]],
    ['a Friday after a Tuesday at home', { lead: 1, edge_most: 1 }, [2], []],
    ['a third day of the week', { lead: 2, lead_edges: 1, week_most: [2, 2] }, [0], [['week', 0, 0, 3, 2]]],
    ['the same days a week later', { lead: 2, lead_edges: 1, week_most: [2, 2], edge_most: 1 }, [5, 9], [['edge', 0, 1, 2, 1]]],
    ['too much before the period alone', { lead: 2, lead_edges: 1, week_most: [1, 1], edge_most: 0 }, [], []],
  ])('in a week that began before the period: %s', (_name, who, days, expected) => {
    const sheet = small();
    sheet.days = sheet.days.slice(2);
    sheet.people[0] = { ...sheet.people[0]!, ...who };
    const plan = load(sheet);
    set(plan, 0, days, 'R');
    expect(said(plan)).toEqual(expected);
  });
  it('in a week that goes on after the period: a Monday before a Friday at home', () => {
    const sheet = small(), plan = load({ ...sheet, days: sheet.days.slice(0, 10), people: sheet.people.map((p, i) => i ? p : { ...p, trail: 1, trail_edges: 1, edge_most: 1, week_most: [1, 1] }) });
    expect(said(plan)).toEqual([]);
    set(plan, 0, [7], 'R');
    expect(said(plan)).toEqual([['week', 0, 1, 2, 1], ['edge', 0, 1, 2, 1]]);
  });
  it.each([...'LCDXTPM'])('a day at home where the cell is %s', cell => {
    const sheet = small();
    sheet.people[1]!.cells = `...${cell}..........`;
    sheet.people[1]!.days = 'KKKRKKKKKKKKKK';
    expect(said(load(sheet))).toEqual([['cell', 1, 3, 1, 0]]);
  });
  it('comes service first, then shares, then people', () => {
    const sheet = small();
    sheet.people[0]!.least = 14;
    sheet.groups[2]!.minimum = sheet.days.map((_, d) => d === 5 ? 3 : -1);
    sheet.groups[0]!.least = sheet.days.map((_, d) => d === 1 ? 3 : -1);
    expect(problems(load(sheet)).map(p => p.kind)).toEqual(['minimum', 'below', 'least']);
  });
  it('leads to the first day at home of its week', () => {
    const sheet = small();
    sheet.people[0]!.week_most = [0, 0];
    sheet.people[0]!.edge_most = 0;
    const plan = load(sheet);
    set(plan, 0, [9, 11], 'R');
    expect(problems(plan).map(p => [p.kind, dayOf(plan, p)])).toEqual([['week', 9], ['edge', 11]]);
  });
});

describe('an edit', () => {
  it.each([['.', 'K', true], ['.', 'R', true], ['H', 'A', true], ['.', 'C', false], ['.', '-', false], ['C', 'K', false], ['Z', 'K', false], ['X', 'R', false], ['X', 'K', false]])('of a cell %s to %s', (cell, letter, may) => {
    const sheet = small();
    sheet.people[0]!.cells = cell.repeat(14);
    expect(maySet(load(sheet), 0, 0, letter)).toBe(may);
  });
  it('mends what the cell does not allow', () => {
    const sheet = small();
    sheet.people[0]!.cells = 'X.............';
    sheet.people[0]!.days = 'RKKKKKKKKKKKKK';
    const plan = load(sheet);
    expect(set(plan, 0, [0], 'K')).toEqual({ set: 1, refused: 0 });
    expect(problems(plan)).toEqual([]);
  });
  it('leaves locked cells, and says how many', () => {
    const plan = load(small());
    expect(apply(plan, [{ person: 0, day: 1, locked: true }])).toEqual({ set: 1, refused: 0 });
    expect(set(plan, 0, [0, 1, 2], 'R')).toEqual({ set: 2, refused: 1 });
    expect(apply(plan, [{ person: 0, day: 1, locked: false, letter: 'R' }])).toEqual({ set: 1, refused: 0 });
  });
  it('locks no cell that nobody plans', () => {
    const sheet = small();
    sheet.people[0]!.cells = 'L.............';
    expect(apply(load(sheet), [{ person: 0, day: 0, locked: true }])).toEqual({ set: 0, refused: 1 });
  });
  it('is sent as it differs from what is stored, until it is kept or taken back', () => {
    const plan = load(small());
    set(plan, 1, [2, 3], 'R');
    apply(plan, [{ person: 0, day: 2, locked: true }]);
    const sent = changes(plan);
    expect(sent).toEqual([{ employee: '1', day: '2025-12-03', letter: 'K', locked: true }, { employee: '2', day: '2025-12-03', letter: 'R', locked: false }, { employee: '2', day: '2025-12-04', letter: 'R', locked: false }]);
    set(plan, 1, [3], 'A');
    keep(plan, sent);
    expect(changes(plan)).toEqual([{ employee: '2', day: '2025-12-04', letter: 'A', locked: false }]);
    expect([plan.sheet.people[0]!.locked.slice(0, 4), plan.sheet.people[1]!.days.slice(0, 4)]).toEqual(['..x.', 'KKRR']);
    expect(standing(plan).people[1]!.days.slice(0, 4)).toBe('KKRA');
    undo(plan);
    expect(changes(plan)).toEqual([]);
    undo(plan);
    undo(plan);
    expect(changes(plan).map(c => c.letter + c.locked)).toEqual(['Kfalse', 'Kfalse', 'Kfalse']);
  });
  it('is new against what was published, where anything was', () => {
    const sheet = small();
    sheet.people[0]!.was = 'R'.repeat(14);
    const plan = load(sheet);
    expect([isNew(plan, 0, 0), isNew(plan, 1, 0)]).toEqual([true, false]);
    set(plan, 0, [0], 'R');
    expect(isNew(plan, 0, 0)).toBe(false);
    sheet.people[0]!.was = '-'.repeat(14);
    expect(isNew(load(sheet), 0, 0)).toBe(false);
  });
  it('touches its own rows alone', () => {
    const plan = load(small());
    set(plan, 1, [2], 'R');
    expect([...plan.rowRevision]).toEqual([0, 1, 0]);
  });
});

/* all that is counted, and the sheet as it stands, to be counted anew */
const counted = (plan: Plan) => ({ home: [...plan.home], week: [...plan.homeOfWeek], edge: [...plan.edgeOfWeek], of: [...plan.homeOf], broken: problems(plan), letters: plan.letters.join(''), locked: plan.locked.map(Number).join('') });
const asSheet = (plan: Plan): Sheet => ({ ...plan.sheet, people: plan.sheet.people.map((p, i) => ({ ...p, days: plan.letters.slice(i * plan.days, (i + 1) * plan.days).join(''), locked: plan.locked.slice(i * plan.days, (i + 1) * plan.days).map(x => x ? 'x' : '.').join('') })) });

function randomEdits(plan: Plan, roll: (n: number) => number): Edit[] {
  const row = roll(plan.sheet.people.length), day = roll(plan.days), rows = 1 + roll(6), days = 1 + roll(6), what = roll(5);
  return Array.from({ length: rows * days }, (_, i) => ({ person: (row + Math.floor(i / days)) % plan.sheet.people.length, day: Math.min(plan.days - 1, day + i % days), ...(what < 3 ? { letter: 'KRA'[what]! } : { locked: what === 3 }) }));
}
it.each([1, 2, 3, 4, 5, 6, 7, 8])('whatever is edited, taken back and redone counts as if it were counted anew: %i', seed => {
  const plan = load(madeSheet(60, 31, seed)), roll = dice(seed * 77), before = counted(plan), states = [before];
  for (let i = 0; i < 60; i++) {
    if (apply(plan, randomEdits(plan, roll)).set) states.push(counted(plan));
    if (i % 20 === 0) expect(counted(plan)).toEqual(counted(load(asSheet(plan))));
  }
  expect(counted(plan)).toEqual(counted(load(asSheet(plan))));
  expect(states.length).toBeGreaterThan(30);
  for (let i = states.length - 2; i >= 0; i--) {
    undo(plan);
    expect(counted(plan)).toEqual(states[i]);
  }
  expect(changes(plan)).toEqual([]);
  expect(undo(plan)).toBeUndefined();
  while (redo(plan));
  expect(counted(plan)).toEqual(states.at(-1));
});

it('an edit among 300 people and 31 days is checked at once: a tenth of the 50 ms that a planner may wait, by the median', () => {
  const plan = load(madeSheet(300, 31, 3)), roll = dice(9), took: number[] = [];
  while (took.length < 200) {
    const edits = randomEdits(plan, roll), from = performance.now();
    apply(plan, edits);
    problems(plan);
    took.push(performance.now() - from);
  }
  expect(took.sort((a, b) => a - b)[100]).toBeLessThan(5);
});
