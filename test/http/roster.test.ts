/* The engine of rosters held against another solver: CBC, from scratch, knowing nothing of flows; and side rules by the verb. */
import { spawn } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BIN, QUICK, verb } from './server';

const MIP = join(dirname(BIN), 'luwes-mip'), EXACT = ['--exact', '--seconds', '60', '--memory-mb', '4096'];
const INSTANCES = QUICK ? 40 : 300, LANES = 3;

interface Group { parent?: number; rank: string; least?: number[]; most?: number[] }
interface Person { group: number; cells: string; week_least?: number; week_most?: number; edge_most?: number; least?: number; most?: number; share?: number; wishes?: number[]; published?: string }
interface Instance { days: { day: string; week: number; edge?: boolean }[]; groups: Group[]; people: Person[]; fairness?: number; side?: object }

/** Runs a program with text on stdin. */
function pipe(program: string, args: string[], input: string): Promise<{ status: number | null; stdout: string; stderr: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args);
    let stdout = '', stderr = '';
    child.stdout.setEncoding('utf8').on('data', s => { stdout += s; });
    child.stderr.setEncoding('utf8').on('data', s => { stderr += s; });
    child.stdin.on('error', () => undefined); /* it may end before it read all */
    child.on('error', reject).on('close', status => resolve({ status, stdout, stderr }));
    child.stdin.end(input);
  });
}

/** Numbers that come out the same everywhere (mulberry32). */
function numbers(seed: number) {
  let s = seed;
  return (low: number, high: number) => {
    s = (s + 0x6d2b79f5) | 0;
    let t = Math.imul(s ^ (s >>> 15), 1 | s);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return low + (((t ^ (t >>> 14)) >>> 0) % (high - low + 1));
  };
}

/** A small invented government, made as odd as the model lets: every rank, least and most, quotas, edges, locks, a roster that stands. */
function draw(seed: number): Instance {
  const n = numbers(seed), odd = seed % 4 !== 0, shape = seed % 3;
  const instance: Instance = JSON.parse(verb('roster', 'generate', '--employees', String(n(2, 30)), '--days', String(n(1, 11)), '--seed', String(seed),
    ...(shape === 1 ? ['--exactly', String(n(20, 70))] : shape === 2 ? ['--weekday', String(n(1, 5))] : [])));
  if (!odd) return instance;
  const days = instance.days.length;
  instance.fairness = n(0, 6);
  instance.days.forEach((d, i) => { d.edge = i % 5 === 0 || i % 5 === 4; });
  for (const g of instance.groups) {
    g.rank = ['service', 'agency', 'unit', 'quota'][n(0, 3)]!;
    if (n(0, 2) === 0) g.least = instance.days.map(() => n(0, 3));
    if (n(0, 2) === 0 || g.least) g.most = instance.days.map((_, d) => (g.least?.[d] ?? 0) + n(0, 5));
  }
  for (const p of instance.people) {
    if (n(0, 1)) p.week_least = n(0, 2);
    if (n(0, 1)) p.week_most = (p.week_least ?? 0) + n(0, 2); else delete p.week_most;
    if (n(0, 2) === 0) p.edge_most = n(0, 1);
    if (n(0, 2) === 0) p.least = n(0, 4);
    if (n(0, 2) === 0) p.most = (p.least ?? 0) + n(0, 3); else delete p.most;
    p.share = n(0, days);
    p.cells = [...p.cells].map(c => (n(0, 9) === 0 ? 'R' : n(0, 5) === 0 ? '.' : c)).join('');
    p.wishes = instance.days.map(() => n(-20, 20));
    if (seed % 2) p.published = instance.days.map(() => 'KR'[n(0, 1)]).join('');
  }
  return instance;
}

describe('another solver', () => {
  it(`finds the same breaches by rank and the same cost on ${INSTANCES} instances`, async () => {
    let next = 1, broken = 0, kept = 0;
    const lane = async () => {
      for (let seed = next++; seed <= INSTANCES; seed = next++) {
        const text = JSON.stringify(draw(seed));
        const [flow, exact] = await Promise.all([pipe(BIN, ['roster', 'solve'], text), pipe(MIP, EXACT, text)]);
        expect(flow.status, `seed ${seed}: ${flow.stderr}`).toBe(0);
        expect(exact.status, `seed ${seed}: ${exact.stderr}`).toBe(0);
        const ours = JSON.parse(flow.stdout), theirs = JSON.parse(exact.stdout);
        expect({ seed, broken: ours.broken, cost: ours.cost }).toEqual({ seed, broken: theirs.broken, cost: theirs.cost });
        if (ours.breaches.length) broken++; else kept++;
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    expect(Math.min(broken, kept)).toBeGreaterThan(INSTANCES / 10);
  }, 400_000);

  it('says what is wrong with what it is given, and nothing on stdout', async () => {
    for (const [args, text, status] of [[['--exact'], '{}', 2], [[...EXACT, 'more'], '{}', 2], [['--exact', '--seconds', '0', '--memory-mb', '999'], '{}', 2],
      [EXACT, '{', 1], [EXACT, '{"days":[]}', 1], [EXACT.slice(1), verb('roster', 'generate', '--employees', '3'), 1]] as const)
      expect(await pipe(MIP, [...args], text)).toMatchObject({ status, stdout: '', stderr: expect.stringMatching(/^luwes-mip: /) });
  });
});

describe('a limit over a whole government', () => {
  const government = (people: number): Instance => {
    const instance: Instance = JSON.parse(verb('roster', 'generate', '--employees', String(people), '--days', '5', '--seed', '3'));
    instance.groups[0]!.most = instance.days.map((_, d) => Math.floor(instance.people.filter(p => p.cells[d] !== '-').length * 0.3));
    return instance;
  };
  const solve = async (instance: Instance) => { const r = await pipe(BIN, ['roster', 'solve'], JSON.stringify(instance)); expect(r.status, r.stderr).toBe(0); return { ...JSON.parse(r.stdout), stderr: r.stderr }; };
  it('is kept by a price where the instance is large, and the gap is said', async () => {
    const instance = government(6000), { priced, people, broken, cost, stderr } = await solve(instance);
    expect(priced).toMatchObject({ broken, gap: cost - priced.least_cost });
    expect(priced.gap).toBeGreaterThanOrEqual(0);
    expect(priced.is_best).toBe(priced.gap === 0);
    expect(/at most \d+ above it/.test(stderr)).toBe(!priced.is_best);
    instance.groups[0]!.most!.forEach((most, d) => expect(people.filter((p: string) => p[d] === 'R').length).toBeLessThanOrEqual(most));
    const open = await solve({ ...instance, groups: instance.groups.map((g, i) => i ? g : { ...g, most: undefined }) });
    expect([open.priced, open.cost <= priced.least_cost]).toEqual([undefined, true]); /* the bound knows of the limit */
  });
  it('is solved whole where it is small', async () => {
    expect((await solve(government(600))).priced).toBeUndefined();
  });
});

describe('side rules', () => {
  let dir: string, luwes: string;
  beforeAll(() => { dir = mkdtempSync(join(tmpdir(), 'luwes-roster-')); luwes = join(dir, 'luwes'); copyFileSync(BIN, luwes); chmodSync(luwes, 0o700); });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));
  /** A month of ten who wish for every day; what they may not is beside the limits. */
  const office = (side: object): Instance => ({
    days: Array.from({ length: 10 }, (_, d) => ({ day: `2025-12-${String(1 + d + 2 * Math.floor(d / 5)).padStart(2, '0')}`, week: Math.floor(d / 5), edge: d % 5 === 0 || d % 5 === 4 })),
    groups: [{ rank: 'agency' }, { parent: 0, rank: 'unit' }, { parent: 0, rank: 'unit' }],
    people: Array.from({ length: 10 }, (_, p) => ({ group: 1 + (p % 2), cells: '..........', wishes: Array.from({ length: 10 }, () => -3) })), side,
  });
  const daily = (n: number) => Array.from({ length: 10 }, () => n);
  const solve = async (instance: Instance, program = BIN, ...options: string[]) => {
    const r = await pipe(program, ['roster', 'solve', ...options], JSON.stringify(instance));
    return { ...r, roster: r.status === 0 ? JSON.parse(r.stdout) : undefined };
  };

  it('are kept at the least cost, with the proof', async () => {
    const { roster, stderr } = await solve(office({ run_most: 2, edge_most: 3, sets: [{ people: [0, 1, 2], most: daily(1) }], anchors: [{ group: 1, weekdays: [1, 2, 3, 4, 5] }] }));
    expect(stderr).toBe('');
    expect(roster.side).toMatchObject({ broken: [], amount: 0, least: 0, cost: roster.cost, bound: roster.cost, is_fallback: false });
    const people: string[] = roster.people, [anchor] = roster.side.anchors;
    expect(anchor).toEqual({ group: 1, weekdays: [expect.any(Number)] });
    people.forEach((line, p) => {
      expect(line).not.toMatch(/RRR/);
      expect([...line].filter((c, d) => c === 'R' && (d % 5 === 0 || d % 5 === 4)).length).toBeLessThanOrEqual(3);
      if (p % 2 === 0) for (const d of [anchor.weekdays[0] - 1, anchor.weekdays[0] + 4]) expect(line[d]).toBe('K');
    });
    for (let d = 0; d < 10; d++) expect([0, 1, 2].filter(p => people[p]![d] === 'R').length).toBeLessThanOrEqual(1);
  });
  it('that cannot be kept are named', async () => {
    const instance = office({ run_most: 2, sets: [{ people: [0, 5], most: daily(1) }] });
    instance.people[0]!.cells = 'RRRR......';
    instance.people[5]!.cells = 'R.........';
    const { roster } = await solve(instance);
    expect(roster.side).toMatchObject({ amount: 3, least: 3, is_fallback: false, broken: [{ kind: 'run', row: 0, column: 0, amount: 2 }, { kind: 'set', row: 0, column: 0, amount: 1 }] });
  });
  it('are checked by name before anything is solved', async () => {
    const check = async (side: object) => (await pipe(BIN, ['roster', 'check'], JSON.stringify(office(side)))).stderr;
    expect((await pipe(BIN, ['roster', 'check'], JSON.stringify(office({ run_most: 3, sets: [{ people: [0, 9], most: daily(1) }] })))).stdout).toBe('sound: 10 people, 10 days, 3 groups, side rules: 1 sets, 0 anchors\n');
    for (const [side, said] of [[{ run_most: 0 }, '/side/run_most'], [{ edge_most: -1 }, '/side/edge_most'], [{ edge_most: 63 }, '/side/edge_most'], [{ runs: 2 }, '/side/runs'],
      [{ sets: [{ people: [], most: daily(1) }] }, '/side/sets/0/people'], [{ sets: [{ people: [0, 10], most: daily(1) }] }, 'set 0: no such person: 10'],
      [{ sets: [{ people: [-1], most: daily(1) }] }, 'set 0: no such person: -1'], [{ sets: [{ people: [3, 3], most: daily(1) }] }, 'set 0: person 3 stands twice'],
      [{ sets: [{ people: [3], most: [1] }] }, '/side/sets/0/most'], [{ sets: [{ people: [3], most: daily(-1) }] }, 'set 0, day 0: at most -1'], [{ anchors: [{ group: 3, weekdays: [1] }] }, 'anchor 0: no such group: 3'],
      [{ anchors: [{ group: 1, weekdays: [8] }] }, '/side/anchors/0/weekdays'], [{ anchors: [{ group: 1, weekdays: [6, 7] }] }, 'anchor 0: none of its weekdays is planned']] as const)
      expect(await check(side)).toContain(said);
  });
  it('are refused where luwes-mip is not beside the program, and only where it is needed', async () => {
    expect(existsSync(join(dir, 'luwes-mip'))).toBe(false);
    expect(await solve(office({ run_most: 2 }), luwes)).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining('luwes-mip') });
    expect((await solve(office({ run_most: 10 }), luwes)).roster.side).toMatchObject({ broken: [], is_fallback: false });
  });
  it('leave the roster of the flow when luwes-mip is killed or does not end', async () => {
    const instance = office({ run_most: 2 }), plain = (await solve({ ...instance, side: undefined })).roster;
    for (const script of ['kill -9 $$', 'while :; do :; done']) {
      writeFileSync(join(dir, 'luwes-mip'), `#!/bin/sh\n${script}\n`, { mode: 0o700 });
      const { status, stderr, roster } = await solve(instance, luwes, '--seconds', '1');
      expect(status).toBe(0);
      expect(stderr).toContain('does not know all side rules');
      expect(roster.people).toEqual(plain.people);
      expect(roster.side).toMatchObject({ is_fallback: true, amount: 80, least: 0, cost: plain.cost, bound: plain.cost });
      rmSync(join(dir, 'luwes-mip'));
    }
  });
});
