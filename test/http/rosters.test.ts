/*
 * A month of an agency from the draft to the attendance rule: the officer drafts the best roster, edits it with
 * the consequences said, the head sets it, the board returns or acknowledges it; then an illness, a swap, an
 * office without working at home. What is refused says which field, and leaves everything as it was.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoServer, loginOf, logins, type Client, type Login, type Server } from './server';

let server: Server, all: Login[], officer: Client, head: Client, bkd: Client, worker: Client, agency: string, me: string;
const VERSIONS = '/api/v1/roster/versions', MONTH = { period_from: '2025-12-15', period_to: '2025-12-31' };

beforeAll(async () => {
  server = await demoServer();
  all = logins(server.db);
  [officer, head, bkd, worker] = await Promise.all(['agency_officer', 'agency_head', 'bkd', 'employee'].map(role => server.client().signIn(loginOf(all, role)))) as [Client, Client, Client, Client];
  const who = (await worker.get('/api/v1/me')).body;
  [agency, me] = [who.unit.agency, who.employee];
});
afterAll(async () => { await server.remove(); });

const sheetOf = async (c: Client, id: string) => (await c.get(`${VERSIONS}/${id}/sheet`)).body;
const letter = async (day: string): Promise<string | undefined> => (await worker.get(`/api/v1/policy/explain?employee=${me}&day=${day}`)).body.roster.letter;
async function draft(extra: object = {}): Promise<{ id: string; revision: number }> {
  const r = await officer.post(VERSIONS, { unit: agency, ...MONTH, ...extra });
  expect(r.status, r.text).toBe(200);
  return r.body;
}

describe('a draft', () => {
  it('is the best roster: nothing is broken, and everybody has his fair share', async () => {
    const { id } = await draft(), { version, sheet } = await sheetOf(officer, id);
    expect(version).toMatchObject({ state: 'draft', receipt: 'acknowledge', may_edit: true, may_set: false, revision: 2 });
    expect(sheet.problem_total).toBe(0);
    const node = sheet.groups[0];
    for (const [i, d] of sheet.days.entries()) {
      const home = sheet.people.filter((p: any) => p.days[i] === 'R').length;
      expect(home, d.day).toBeLessThanOrEqual(Math.floor(node.all[i] / 2));
      if (d.is_off) expect(home, d.day).toBe(0);
    }
    for (const p of sheet.people) {
      expect(Math.abs([...p.days].filter(l => l === 'R').length - p.share), p.name).toBeLessThanOrEqual(1);
      expect(new Set(p.week_most)).toEqual(new Set([2]));
    }
    /* equal input, equal roster */
    const again = await sheetOf(officer, (await draft()).id);
    expect(again.sheet.people.map((p: any) => p.days)).toEqual(sheet.people.map((p: any) => p.days));
    const other = await sheetOf(officer, (await draft({ settings: { seed: 7 } })).id);
    expect(other.sheet.people.map((p: any) => p.days)).not.toEqual(sheet.people.map((p: any) => p.days));
  });
  it('follows what the planner sets', async () => {
    const { id } = await draft({ settings: { weekdays: [2, 4], percent: 20 } }), { sheet, settings } = await sheetOf(officer, id);
    expect(settings).toMatchObject({ weekdays: [2, 4], percent: 20 });
    for (const [i, d] of sheet.days.entries()) {
      const home = sheet.people.filter((p: any) => p.days[i] === 'R').length, weekday = new Date(d.day).getUTCDay();
      expect(home, d.day).toBeLessThanOrEqual(weekday === 2 || weekday === 4 ? Math.floor(sheet.groups[0].all[i] / 5) : 0);
    }
  });
  it('keeps a unit in the office on its days, also what a draft said before', async () => {
    const { id, revision } = await draft(), before = (await sheetOf(officer, id)).sheet, wednesday = before.days.findIndex((d: any) => d.day === '2025-12-17');
    expect(before.people.some((p: any) => p.days[wednesday] === 'R')).toBe(true);
    const r = await officer.post(`${VERSIONS}/${id}/solve`, { revision, settings: { office: [{ unit: agency, weekdays: [3] }] } });
    expect(r.status, r.text).toBe(200);
    const { sheet, settings } = await sheetOf(officer, id);
    expect(settings.office).toEqual([{ unit: agency, weekdays: [3] }]);
    expect(sheet.people.filter((p: any) => p.days[wednesday] === 'R')).toEqual([]);
  });
  const bad: [string, object, number, string][] = [
    ['an unknown unit', { unit: '1' }, 404, ''],
    ['a period that ends before it begins', { period_from: '2025-12-31', period_to: '2025-12-15' }, 400, '/period_to'],
    ['63 days', { period_from: '2025-12-01', period_to: '2026-02-01' }, 400, '/period_to'],
    ['a period that is over', { period_from: '2025-11-10', period_to: '2025-11-13' }, 422, '/period_to'],
    ['days long judged', { period_from: '2025-10-01', period_to: '2025-11-20' }, 422, '/period_from'],
    ['an eighth weekday', { settings: { weekdays: [8] } }, 400, '/settings/weekdays'],
    ['a negative share', { settings: { percent: -1 } }, 400, '/settings/percent'],
    ['a least above the most', { settings: { least: 9, most: 8 } }, 400, '/settings/least'],
    ['office days of a unit that is not of the node', { settings: { office: [{ unit: '1', weekdays: [3] }] } }, 400, '/settings/office/0/unit'],
    ['an unknown setting', { settings: { luck: 1 } }, 400, '/settings/luck'],
  ];
  it.each(bad)('is refused for %s, and none is left', async (_name, body, status, pointer) => {
    const before = (await officer.get(VERSIONS)).body.items.length;
    const r = await officer.post(VERSIONS, { unit: agency, ...MONTH, ...body });
    expect(r.status, r.text).toBe(status);
    expect(r.body.pointer ?? '').toBe(pointer);
    expect((await officer.get(VERSIONS)).body.items.length).toBe(before);
  });
  it('is discarded by its planner, and only as a draft', async () => {
    const { id } = await draft();
    expect((await head.send('DELETE', `${VERSIONS}/${id}`)).status).toBe(204);
    expect((await officer.get(`${VERSIONS}/${id}/sheet`)).status).toBe(404);
    const [published] = (await officer.get(VERSIONS)).body.items.filter((v: any) => v.state === 'published');
    expect((await officer.send('DELETE', `${VERSIONS}/${published.id}`)).status).toBe(409);
  });
});

describe('cells', () => {
  let id: string, revision: number, open: { employee: string; day: string; letter: string }[];
  beforeAll(async () => {
    ({ id, revision } = await draft());
    const { sheet } = await sheetOf(officer, id);
    open = sheet.people.flatMap((p: any) => [...p.cells].flatMap((c, i) => c === '.' ? [{ employee: p.employee, day: sheet.days[i].day, letter: p.days[i] }] : []));
  });
  const put = (cells: object[], at = revision) => officer.post(`${VERSIONS}/${id}/cells`, { revision: at, cells });
  it('are changed with what is then wrong', async () => {
    const day = open[0]!.day, all = open.filter(c => c.day === day).map(c => ({ employee: c.employee, day, letter: 'R' }));
    const r = await put(all);
    expect(r.status, r.text).toBe(200);
    expect(r.body.problems[0]).toMatchObject({ kind: 'share_above', day, is: all.length, is_fault: true });
    expect(r.body.problems.some((p: any) => p.kind === 'week')).toBe(true);
    revision = r.body.revision;
    const set = await head.post(`${VERSIONS}/${id}/set`, { revision });
    expect([set.status, set.body.pointer], set.text).toEqual([422, '/version']);
    expect(set.body.reason).toMatch(/against a rule, first: share_above/);
  });
  it('stay where they are locked when solved again', async () => {
    const cell = open.find(c => c.letter === 'K')!, r = await put([{ ...cell, letter: 'R', locked: true }]);
    revision = r.body.revision;
    const solved = await officer.post(`${VERSIONS}/${id}/solve`, { revision });
    expect([solved.status, solved.body.problem_total], solved.text).toEqual([200, 0]);
    revision = solved.body.revision;
    const { sheet } = await sheetOf(officer, id), p = sheet.people.find((x: any) => x.employee === cell.employee), at = sheet.days.findIndex((d: any) => d.day === cell.day);
    expect([p.days[at], p.locked[at]]).toEqual(['R', 'x']);
  });
  it('are all or nothing, and name the one at fault', async () => {
    const good = { ...open[1]!, letter: 'K', locked: true }, before = (await sheetOf(officer, id)).sheet.people;
    for (const [cell, pointer] of [[{ ...good, employee: '1' }, '/cells/1/employee'], [{ ...good, day: '2026-01-05' }, '/cells/1/day'], [{ ...good, letter: 'X' }, '/cells/1/letter'], [{ ...good, letter: 'A' }, '/cells/1/letter'], [{ ...good, day: '2025-12-25', letter: 'R' }, '/cells/1/letter']] as const) {
      const r = await put([good, cell]);
      expect([r.status, r.body.pointer], r.text).toEqual([400, pointer]);
    }
    expect((await sheetOf(officer, id)).sheet.people).toEqual(before);
  });
  it('of a draft that somebody else changed are refused as stale', async () => {
    expect((await put([{ ...open[0]!, letter: 'K' }], revision - 1)).body.code).toBe('stale');
  });
});

describe('the way to what holds', () => {
  let id: string, revision: number;
  const step = async (c: Client, what: string, body: object = {}) => {
    const r = await c.post(`${VERSIONS}/${id}/${what}`, { revision, ...body });
    if (r.status === 200) revision = r.body.revision;
    return r;
  };
  it('begins with the head, and the board may return it with a reason', async () => {
    ({ id, revision } = await draft({ note: 'Akhir tahun' }));
    expect((await officer.post(`${VERSIONS}/${id}/set`, { revision })).status).toBe(404);
    expect((await step(bkd, 'acknowledge')).status).toBe(409);
    const set = await step(head, 'set', { note: 'Sesuai rapat' });
    expect([set.status, set.body.state], set.text).toEqual([200, 'set']);
    /* two working days of the board: Friday and Monday */
    expect(set.body.due_at).toBe('2025-11-17T16:59:59.999Z');
    expect(await letter('2025-12-16')).toBeUndefined();
    expect((await step(head, 'return', { note: 'Coba' })).status).toBe(404);
    expect((await step(bkd, 'return', { note: '' })).body.pointer).toBe('/note');
    expect((await step(bkd, 'return', { note: 'Loket kosong Selasa' })).body.state).toBe('draft');
    expect((await officer.get(`${VERSIONS}/${id}/steps`)).body.items.map((s: any) => [s.kind, s.note])).toEqual([['made', 'Akhir tahun'], ['set', 'Sesuai rapat'], ['returned', 'Loket kosong Selasa']]);
  });
  it('lets the head take it back before the board answers', async () => {
    expect((await step(head, 'set')).body.state).toBe('set');
    expect((await step(head, 'withdraw')).body.state).toBe('draft');
    expect((await step(head, 'set')).body.state).toBe('set');
  });
  it('is listed for the board as what waits', async () => {
    const { items } = (await bkd.get('/api/v1/roster/awaited?month=2025-12-01')).body, own = items.find((n: any) => n.unit === agency);
    expect(own).toMatchObject({ state: 'set', version: id, due_day: '2025-11-28', is_late: false });
    expect(own).not.toHaveProperty('gap_from'); /* what holds and what waits fill the month */
    expect(items.filter((n: any) => n.state === 'missing').length).toBeGreaterThan(0);
  });
  it('ends with the board, and is the attendance rule at once', async () => {
    const done = await step(bkd, 'acknowledge');
    expect(done.body).toMatchObject({ state: 'published', bound_from: '2025-12-15' });
    const { sheet, version } = await sheetOf(officer, id), own = sheet.people.find((p: any) => p.employee === me);
    expect(version).toMatchObject({ may_edit: false, may_set: false, may_answer: false });
    for (const [i, d] of sheet.days.entries()) if (own.cells[i] === '.') expect(await letter(d.day), d.day).toBe(own.days[i]);
    expect(own.was).toBe(own.days);
    expect((await step(bkd, 'acknowledge')).status).toBe(409);
  });
  it('is mended with few changes when somebody falls ill', async () => {
    const { sheet } = await sheetOf(officer, id), ill = sheet.people.find((p: any) => p.employee !== me && p.days.includes('R')), at = ill.days.indexOf('R'), day = sheet.days[at].day;
    expect((await bkd.post('/api/v1/org/statuses', { employee: ill.employee, kind: 'sick_leave', from: day, to: day, letter: '445/1' })).status).toBe(200);
    const mended = await draft({ keeps: true }), after = (await sheetOf(officer, mended.id)).sheet;
    const changed = after.people.flatMap((p: any) => [...p.cells].flatMap((c, i) => c === '.' && p.was[i] !== p.days[i] ? [p.name] : []));
    expect(changed).toEqual([]);
    expect(after.people.find((p: any) => p.employee === ill.employee).cells[at]).toBe('C');
  });
});

describe('a roster in force', () => {
  it('says when it no longer fits: whoever came by decree has no days on it', async () => {
    const repairs = async () => (await officer.get('/api/v1/roster/repairs')).body.items as { version: string; newcomers: number; gone: number; faults: number }[];
    const before = await repairs(), own = (await worker.get('/api/v1/me')).body.unit;
    const others = (await bkd.get('/api/v1/org/units')).body.items.filter((u: any) => u.id !== agency && u.name === 'Dinas Kehutanan'), [unit] = (await bkd.get(`/api/v1/org/units?parent=${others[0].id}`)).body.items.filter((u: any) => u.employees > 2);
    const person = (await bkd.get(`/api/v1/org/units/${unit.id}/employees`)).body.items.at(-1);
    const moved = await bkd.post(`/api/v1/org/employees/${person.id}/placements`, { unit: own.id, position: 'Analis Kebijakan Ahli Pertama', position_level: 'fungsional', decree: '821.2/9', valid_from: '2025-12-01' });
    expect(moved.status, moved.text).toBe(200);
    const [now] = await repairs();
    expect(now).toMatchObject({ newcomers: (before[0]?.newcomers ?? 0) + 1, faults: 0 });
    const mended = await draft({ keeps: true }), { sheet } = await sheetOf(officer, mended.id);
    expect(sheet.people.some((p: any) => p.employee === person.id)).toBe(true);
    expect((await bkd.get('/api/v1/roster/repairs')).body.items).toEqual([]);
    expect((await worker.get('/api/v1/roster/repairs')).status).toBe(403);
  });
});

describe('the limits', () => {
  it('clash where the planner asks for more than they let, with what asks and what lets', async () => {
    const { id } = await draft({ settings: { least: 12 } }), { items, short_by } = (await officer.get(`${VERSIONS}/${id}/clashes`)).body;
    expect(short_by).toBeGreaterThan(0);
    expect(items.reduce((n: number, c: any) => n + c.short_by, 0)).toBe(short_by);
    const [c] = items;
    expect(c.asked - c.let).toBe(c.short_by);
    expect(c.asks[0]).toMatchObject({ place: 'period' });
    expect(c.lets.some((d: any) => d.place === 'week' || d.place === 'group')).toBe(true);
    expect(JSON.stringify(items)).not.toMatch(/sick|leave|cuti|sakit/);
    /* by kind all are counted, also those a list has no room for */
    for (const k of c.kinds) for (const side of ['asks', 'lets']) if (c[side].length < 200) expect(c[side].filter((d: any) => d.place === k.place), k.place + side).toHaveLength(k[side]);
    expect(c.kinds.find((k: any) => k.place === 'period').most).toBe(Math.max(...c.asks.filter((d: any) => d.place === 'period').map((d: any) => d.days)));
    expect(c.locks).toEqual([]);
  });
  it('clash with what the planner locked, until he opens it while solving again', async () => {
    const { id, revision } = await draft(), { sheet } = await sheetOf(officer, id);
    const p = sheet.people.find((x: any) => x.week_most[0] >= 0 && x.week_most[0] < 4 && /^\.{5}/.test(x.cells)), locks = [0, 1, 2, 3, 4].map(i => ({ employee: p.employee, day: sheet.days[i].day }));
    const locked = await officer.post(`${VERSIONS}/${id}/cells`, { revision, cells: locks.map(l => ({ ...l, letter: 'R', locked: true })) });
    expect([locked.status, locked.body.proof], locked.text).toEqual([200, undefined]);
    const own = async () => (await officer.get(`${VERSIONS}/${id}/clashes`)).body.items.flatMap((c: any) => c.locks).filter((l: any) => l.employee === p.employee);
    expect((await own()).map((l: any) => l.day)).toEqual(locks.map(l => l.day));
    for (const [unlock, field] of [[{ ...locks[0]!, employee: '1' }, 'employee'], [{ ...locks[0]!, day: '2026-02-01' }, 'day']] as const) {
      const r = await officer.post(`${VERSIONS}/${id}/solve`, { revision: locked.body.revision, unlock: [locks[0], unlock] });
      expect([r.status, r.body.pointer]).toEqual([400, `/unlock/1/${field}`]);
    }
    const solved = await officer.post(`${VERSIONS}/${id}/solve`, { revision: locked.body.revision, unlock: locks });
    expect([solved.status, solved.body.problem_total], solved.text).toEqual([200, 0]);
    expect(await own()).toEqual([]);
    expect((await sheetOf(officer, id)).sheet.people.find((x: any) => x.employee === p.employee).locked).toMatch(/^\.{5}/);
  });
  it('are kept by a roster that says what is proven of it, until somebody changes it by hand', async () => {
    const { id, revision, proof } = await draft({ settings: { run_most: 1 } }), best = { kind: 'best', rules_gap: 0, cost_gap: 0 };
    expect(['best', 'gap']).toContain(proof.kind); /* by the helper, in time */
    expect((await sheetOf(officer, id)).proof).toEqual(proof);
    const again = await officer.post(`${VERSIONS}/${id}/solve`, { revision, settings: {} });
    expect([again.status, again.body.proof], again.text).toEqual([200, best]);
    const { sheet } = await sheetOf(officer, id), at = sheet.people[0].cells.indexOf('.'), cell = { employee: sheet.people[0].employee, day: sheet.days[at].day, letter: 'K' };
    expect((await officer.post(`${VERSIONS}/${id}/cells`, { revision: again.body.revision, cells: [cell] })).status).toBe(200);
    expect((await sheetOf(officer, id)).proof).toBeUndefined();
  });
  it('leave each team a weekday in the office together, where the planner asks for it', async () => {
    const { id, proof, problem_total } = await draft({ settings: { team_day: true } }), { sheet, settings } = await sheetOf(officer, id);
    expect([settings.team_day, proof, problem_total]).toEqual([true, { kind: 'gap', rules_gap: 0, cost_gap: -1 }, 0]);
    const units = [...new Set<string>(sheet.people.map((p: any) => p.unit))], away = (team: any[], weekday: number) => team.some(p => [...p.days].some((letter, i) => letter === 'R' && new Date(sheet.days[i].day).getUTCDay() === weekday));
    const larger = units.map(u => sheet.people.filter((p: any) => p.unit === u)).filter(team => team.length > 1);
    expect(larger.length).toBeGreaterThan(0);
    for (const team of larger) expect([1, 2, 3, 4, 5].some(w => !away(team, w)), team[0].unit).toBe(true);
  });
  it('let less the more is asked', async () => {
    const { id } = await draft(), { items } = (await officer.get(`${VERSIONS}/${id}/frontier`)).body, lacking = items.map((s: any) => s.service + s.agency + s.unit + s.quota);
    expect(items.map((s: any) => s.percent)).toEqual([10, 20, 30, 40, 50, 60, 70, 80, 90, 100]);
    expect(lacking[0]).toBe(0);
    expect(lacking.at(-1)).toBeGreaterThan(0);
    expect([...lacking].sort((a, b) => a - b)).toEqual(lacking);
  });
});

describe('everybody in the office', () => {
  it('is confirmed by the head, and received like any roster', async () => {
    const body = { unit: agency, period_from: '2025-12-29', period_to: '2025-12-31' };
    expect((await officer.post('/api/v1/roster/office', body)).status).toBe(404);
    const r = await head.post('/api/v1/roster/office', body);
    expect([r.status, r.body.state], r.text).toEqual([200, 'set']);
    const made = (await head.get(`${VERSIONS}?on=2025-12-29`)).body.items.find((v: any) => v.source === 'all_office');
    expect((await bkd.post(`${VERSIONS}/${made.id}/acknowledge`, { revision: r.body.revision })).body.state).toBe('published');
    expect(await letter('2025-12-30')).toBe('K');
    expect((await bkd.get('/api/v1/roster/awaited?month=2025-12-01')).body.items.find((n: any) => n.unit === agency)).toMatchObject({ state: 'all_office', is_late: false });
  });
});

describe('two rosters for the same days', () => {
  const steps = async (id: string) => (await officer.get(`${VERSIONS}/${id}/steps`)).body.items, state = async (id: string) => (await sheetOf(officer, id)).version.state;
  const set = async (period_from: string, period_to: string) => {
    const { id, revision } = await draft({ period_from, period_to, keeps: true }), r = await head.post(`${VERSIONS}/${id}/set`, { revision });
    expect([r.status, r.body.state], r.text).toEqual([200, 'set']);
    return { id, revision: r.body.revision as number };
  };
  it('do not both wait: the one set later goes before, and the other one says why it is a draft again', async () => {
    const older = await set('2025-12-15', '2025-12-17'), newer = await set('2025-12-17', '2025-12-19'), apart = await set('2025-12-22', '2025-12-23');
    expect([await state(older.id), await state(newer.id), await state(apart.id)]).toEqual(['draft', 'set', 'set']);
    const [last] = (await steps(older.id)).slice(-1), { name } = (await head.get('/api/v1/me')).body;
    expect(last).toMatchObject({ kind: 'superseded', note: '17 s.d. 19 Desember 2025' });
    expect(last.by_name).toContain(name);
    expect((await bkd.post(`${VERSIONS}/${older.id}/acknowledge`, { revision: older.revision })).status).toBe(409);
    /* an office without working at home is a roster like any other */
    const office = await head.post('/api/v1/roster/office', { unit: agency, period_from: '2025-12-19', period_to: '2025-12-22' });
    expect(office.body.state).toBe('set');
    expect([await state(newer.id), await state(apart.id)]).toEqual(['draft', 'draft']);
    const made = (await head.get(`${VERSIONS}?on=2025-12-19`)).body.items.find((v: any) => v.source === 'all_office' && v.state === 'set');
    expect((await head.post(`${VERSIONS}/${made.id}/withdraw`, { revision: office.body.revision })).body.state).toBe('draft');
    for (const v of [older, newer, apart, made]) expect((await officer.send('DELETE', `${VERSIONS}/${v.id}`)).status).toBe(204);
  });
});

describe('a month that is filled in part', () => {
  const january = async (c = officer) => (await c.get('/api/v1/roster/awaited?month=2026-01-01')).body.items;
  it('is awaited of those alone whom the circular is for', async () => {
    const rule = { kind: 'roster', article: '', weekdays: [1, 2, 3, 4, 5], post_match: 'any', mode: 'home', bound: 'at_most', percent: 50, base: 'all', share_level: 'agency' };
    expect(await january(bkd)).toEqual([]);
    const made = await bkd.post('/api/v1/policy/instruments', { rank: 'se', number: 'SE 1/UJI/2026', title: 'WFH satu perangkat daerah', issued: '2025-11-13', signer: 'Sekretaris Daerah', unit: agency, valid_from: '2026-01-01', legal_basis: 'PermenPANRB 4/2025', rules: [rule] });
    expect(made.status, made.text).toBe(200);
    expect((await january(bkd)).map((n: any) => n.unit)).toEqual([agency]);
    expect((await january())[0]).toMatchObject({ state: 'missing', gap_from: '2026-01-01', gap_to: '2026-01-31', due_day: '2025-12-29', is_late: false });
  });
  it('goes by its first days without a roster, also when its end was filled first', async () => {
    const { id, revision } = await draft({ period_from: '2026-01-16', period_to: '2026-01-31' }), gap = { gap_from: '2026-01-01', gap_to: '2026-01-15', due_day: '2025-12-29' };
    expect((await january())[0]).toMatchObject({ state: 'draft', version: id, gap_from: '2026-01-01', gap_to: '2026-01-31' });
    const set = await head.post(`${VERSIONS}/${id}/set`, { revision });
    expect((await january())[0]).toMatchObject({ state: 'set', ...gap });
    expect((await bkd.post(`${VERSIONS}/${id}/acknowledge`, { revision: set.body.revision })).body.state).toBe('published');
    expect((await january())[0]).toMatchObject({ state: 'partly', version: id, ...gap, is_late: false, may_draft: true });
    const late = { unit: agency, receipt: 'acknowledge', review_days: 2, due_days: 50, swap_approved: false, wishes: 4, columns: 'nip,kode', legal_basis: 'SK uji', valid_from: '2025-11-13' };
    expect((await bkd.post('/api/v1/roster/procedures', late)).status).toBe(200);
    expect((await january())[0]).toMatchObject({ state: 'partly', due_day: '2025-11-12', is_late: true });
    const rest = await draft({ period_from: '2026-01-01', period_to: '2026-01-15' });
    expect((await january())[0]).toMatchObject({ state: 'draft', version: rest.id, is_late: true });
    const all_of_it = await head.post(`${VERSIONS}/${rest.id}/set`, { revision: rest.revision });
    expect(all_of_it.body.state, all_of_it.text).toBe('set');
    const [own] = await january();
    expect(own).toMatchObject({ state: 'set', version: rest.id, is_late: false });
    expect(own).not.toHaveProperty('gap_from');
  });
});

describe('the procedure', () => {
  it('is dated data of the board: without a receipt a set roster holds at once', async () => {
    const row = { unit: agency, receipt: 'none', review_days: 0, due_days: 0, swap_approved: false, wishes: 4, columns: 'nip,kode', legal_basis: 'SK uji', valid_from: '2025-11-13' };
    expect((await head.post('/api/v1/roster/procedures', row)).status).toBe(403);
    expect((await bkd.post('/api/v1/roster/procedures', { ...row, columns: 'gaji' })).body.pointer).toBe('/columns');
    expect((await bkd.post('/api/v1/roster/procedures', { ...row, valid_from: '2025-11-12' })).body.pointer).toBe('/valid_from');
    expect((await bkd.post('/api/v1/roster/procedures', row)).status).toBe(200);
    const { id, revision } = await draft({ period_from: '2025-12-22', period_to: '2025-12-24' }), r = await head.post(`${VERSIONS}/${id}/set`, { revision });
    expect(r.body).toMatchObject({ state: 'published', bound_from: '2025-12-22' });
  });
  it('leaves a way back to a set roster when it asks nobody any more', async () => {
    const row = { unit: agency, review_days: 2, due_days: 0, swap_approved: false, wishes: 4, columns: 'nip,kode', legal_basis: 'SK uji', valid_from: '2025-11-13' };
    expect((await bkd.post('/api/v1/roster/procedures', { ...row, receipt: 'approve' })).status).toBe(200);
    const { id, revision } = await draft({ period_from: '2025-12-22', period_to: '2025-12-24' }), r = await head.post(`${VERSIONS}/${id}/set`, { revision });
    expect(r.body.state, r.text).toBe('set');
    expect((await bkd.post('/api/v1/roster/procedures', { ...row, receipt: 'none' })).status).toBe(200);
    expect((await head.get(`${VERSIONS}/${id}/sheet`)).body.version).toMatchObject({ state: 'set', may_withdraw: true });
    expect((await head.post(`${VERSIONS}/${id}/withdraw`, { revision: r.body.revision })).body.state).toBe('draft');
    expect((await officer.send('DELETE', `${VERSIONS}/${id}`)).status).toBe(204);
  });
});

describe('a unit that plans for itself', () => {
  it('does so for periods from its letter on; when it stops, its drafts go nowhere', async () => {
    const unit = (await worker.get('/api/v1/me')).body.unit.id;
    const plan = (period_from: string) => officer.post(VERSIONS, { unit, period_from, period_to: '2025-12-19' });
    expect((await bkd.post('/api/v1/roster/nodes', { unit, letter: 'SK 1/UJI', valid_from: '2025-12-16' })).status).toBe(204);
    expect((await plan('2025-12-15')).body.reason).toMatch(/another unit plans/);
    const made = await plan('2025-12-17'), { id, revision } = made.body;
    expect(made.status, made.text).toBe(200);
    const node = (await bkd.get('/api/v1/roster/nodes')).body.items.find((n: any) => n.unit === unit);
    expect((await bkd.post(`/api/v1/roster/nodes/${node.id}/end`, { last_day: '2025-12-16' })).status).toBe(204);
    for (const step of ['solve', 'set']) expect((await head.post(`${VERSIONS}/${id}/${step}`, { revision })).body.reason, step).toMatch(/another unit plans/);
    expect((await officer.send('DELETE', `${VERSIONS}/${id}`)).status).toBe(204);
  });
});

describe('a swap', () => {
  let mine: string, other: Client, partner: { employee: string; days: string[] };
  const MINE = '/api/v1/me/roster/swaps';
  it('is offered where two of one unit and post can give each other a day', async () => {
    const days = (await worker.get('/api/v1/me/roster?from=2025-11-14&days=31')).body.items.filter((d: any) => d.mode === 'home' && d.source === 'roster').map((d: any) => d.day);
    for (mine of days) {
      const { items } = (await worker.get(`${MINE}/partners?day=${mine}`)).body;
      if (items.length) { partner = items[0]; break; }
    }
    expect(partner.days.length).toBeGreaterThan(0);
    const { nip } = (await bkd.get(`/api/v1/org/units/${(await worker.get('/api/v1/me')).body.unit.id}/employees`)).body.items.find((p: any) => p.id === partner.employee);
    other = await server.client().signIn({ ...loginOf(all, 'employee'), nip });
  });
  it('is refused with its reason where it cannot be', async () => {
    const refused = async (body: object) => { const r = await worker.post(MINE, { other: partner.employee, my_day: mine, other_day: partner.days[0], ...body }); return [r.status, r.body.reason]; };
    expect(await refused({ other_day: mine })).toEqual([422, 'same_day']);
    expect(await refused({ other: me })).toEqual([422, 'oneself']);
    expect(await refused({ my_day: '2025-11-13' })).toEqual([422, 'day_begun']);
    expect((await worker.post(MINE, { other: partner.employee, my_day: mine, other_day: '2026-01-20' })).body.pointer).toBe('/other_day');
    expect(await refused({ other: (await bkd.get('/api/v1/me')).body.employee })).toEqual([422, 'not_one_post']);
  });
  it('holds once the other agreed, where no superior is asked; nobody else sees it', async () => {
    const day = partner.days[0]!, asked = (await worker.post(MINE, { other: partner.employee, my_day: mine, other_day: day })).body;
    expect(asked.state).toBe('asked');
    expect((await bkd.post(`${MINE}/${asked.id}/answer`, { accept: true })).status).toBe(404);
    expect((await worker.post(`${MINE}/${asked.id}/answer`, { accept: true })).status).toBe(404);
    expect((await other.get(MINE)).body.items[0]).toMatchObject({ id: asked.id, may_answer: true, may_withdraw: false });
    const done = await other.post(`${MINE}/${asked.id}/answer`, { accept: true });
    expect([done.status, done.body.state], done.text).toEqual([200, 'done']);
    expect([await letter(mine), await letter(day)]).toEqual(['K', 'R']);
    expect((await other.post(`${MINE}/${asked.id}/answer`, { accept: true })).status).toBe(409);
  });
  it('waits for the superior where the procedure says so', async () => {
    const row = { unit: agency, receipt: 'none', review_days: 0, due_days: 0, swap_approved: true, wishes: 4, columns: 'nip,kode', legal_basis: 'SK uji 2', valid_from: '2025-11-13' };
    expect((await bkd.post('/api/v1/roster/procedures', row)).status).toBe(200);
    const day = partner.days[0]!, asked = (await worker.post(MINE, { other: partner.employee, my_day: day, other_day: mine })).body;
    expect((await other.post(`${MINE}/${asked.id}/answer`, { accept: true })).body.state).toBe('accepted');
    expect(await letter(day)).toBe('R');
    const decided = await head.post(`/api/v1/roster/swaps/${asked.id}/decide`, { accept: true });
    expect([decided.status, decided.body.state], decided.text).toEqual([200, 'done']);
    expect([await letter(mine), await letter(day)]).toEqual(['R', 'K']);
  });
  it('can be taken back before it is decided', async () => {
    const asked = (await worker.post(MINE, { other: partner.employee, my_day: mine, other_day: partner.days[0] })).body;
    expect((await worker.post(`${MINE}/${asked.id}/withdraw`)).body.state).toBe('withdrawn');
    expect((await other.post(`${MINE}/${asked.id}/answer`, { accept: true })).status).toBe(409);
  });
});

describe('a swap and a roster of its days', () => {
  let mine: string, day: string, partner: any, other: Client, id: string, revision: number;
  const MINE = '/api/v1/me/roster/swaps';
  const swap = async (my_day: string, other_day: string) => {
    const asked = await worker.post(MINE, { other: partner.employee, my_day, other_day });
    return asked.status === 200 ? other.post(`${MINE}/${asked.body.id}/answer`, { accept: true }) : asked;
  };
  const step = async (c: Client, what: string, body: object = {}) => {
    const r = await c.post(`${VERSIONS}/${id}/${what}`, { revision, ...body });
    if (r.status === 200) revision = r.body.revision;
    return r;
  };
  const undone = async () => (await sheetOf(officer, id)).sheet.problems.filter((p: any) => p.kind === 'overtaken').map((p: any) => `${p.name} ${p.day}`).sort();
  it('is not undone unseen by a draft that was made before', async () => {
    const row = { unit: agency, receipt: 'acknowledge', review_days: 2, due_days: 0, swap_approved: false, wishes: 4, columns: 'nip,kode', legal_basis: 'SK uji 3', valid_from: '2025-11-13' };
    expect((await bkd.post('/api/v1/roster/procedures', row)).status).toBe(200);
    const days = (await worker.get('/api/v1/me/roster?from=2025-11-14&days=31')).body.items.filter((d: any) => d.mode === 'home' && d.source === 'roster').map((d: any) => d.day);
    for (mine of days) if ((partner = (await worker.get(`${MINE}/partners?day=${mine}`)).body.items[0])) break;
    day = partner.days[0]!;
    const { nip } = (await bkd.get(`/api/v1/org/units/${(await worker.get('/api/v1/me')).body.unit.id}/employees`)).body.items.find((p: any) => p.id === partner.employee);
    other = await server.client().signIn({ ...loginOf(all, 'employee'), nip });
    const [period_from, period_to] = [mine, day].sort();
    ({ id, revision } = await draft({ period_from, period_to, keeps: true }));
    expect(await undone()).toEqual([]);
    const done = await swap(mine, day);
    expect([done.status, done.body.state], done.text).toEqual([200, 'done']);
    const { name } = (await worker.get('/api/v1/me')).body, both = [name, partner.name].flatMap(n => [mine, day].map(d => `${n} ${d}`)).sort();
    expect(await undone()).toEqual(both);
    const set = await step(head, 'set');
    expect([set.status, set.body.pointer], set.text).toEqual([422, '/overrides']);
    expect(set.body.reason).toMatch(/^4 letters came into force after it was made, first: /);
  });
  it('is undone by who knows it; while that waits for the board the days are not swapped', async () => {
    expect((await step(head, 'set', { overrides: true, note: 'Sesuai rapat' })).body.state).toBe('set');
    expect((await officer.get(`${VERSIONS}/${id}/steps`)).body.items.at(-1)).toMatchObject({ kind: 'set', note: 'Sesuai rapat · Mengganti 4 isian yang mulai berlaku sesudah draf disusun.' });
    expect((await worker.get(`${MINE}/partners?day=${day}`)).body.items.filter((p: any) => p.days.includes(mine))).toEqual([]);
    const asked = await worker.post(MINE, { other: partner.employee, my_day: day, other_day: mine });
    expect([asked.status, asked.body.reason], asked.text).toEqual([422, 'roster_waits']);
    expect((await step(head, 'withdraw')).body.state).toBe('draft');
  });
  it('stays where the planner takes it over', async () => {
    const { sheet } = await sheetOf(officer, id), at = (d: string) => sheet.days.findIndex((x: any) => x.day === d);
    const cells = sheet.problems.filter((p: any) => p.kind === 'overtaken').map((p: any) => ({ employee: sheet.people[p.person].employee, day: p.day, letter: sheet.people[p.person].was[at(p.day)] }));
    const put = await step(officer, 'cells', { cells });
    expect(put.status, put.text).toBe(200);
    expect(put.body.problems.filter((p: any) => p.kind === 'overtaken')).toEqual([]);
    expect((await step(head, 'set')).body.state).toBe('set');
    expect((await step(bkd, 'acknowledge')).body.state).toBe('published');
    expect([await letter(mine), await letter(day)]).toEqual(['K', 'R']);
  });
});

it('is not set once the policy it rests on was superseded', async () => {
  const { id, revision } = await draft({ period_from: '2025-12-15', period_to: '2025-12-19' });
  const phase = (await bkd.get('/api/v1/policy/instruments?on=2025-12-15')).body.items.find((i: any) => i.number === 'SE 150/KPG.03/BKD');
  expect((await bkd.post(`/api/v1/policy/instruments/${phase.id}/end`, { last_day: '2025-12-14' })).status).toBe(204);
  const { sheet } = await sheetOf(officer, id);
  expect(sheet.people).toEqual([]);
  const set = await head.post(`${VERSIONS}/${id}/set`, { revision });
  expect([set.status, set.body.pointer], set.text).toEqual([422, '/version']);
  expect((await officer.post(VERSIONS, { unit: agency, ...MONTH })).body).toMatchObject({ pointer: '/unit', reason: 'nobody of this node may be home in the period' });
});
