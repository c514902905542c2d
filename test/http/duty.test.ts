/*
 * Which report a day owes is policy data (docs/WORK.md, "Duty"): a teacher's or a nurse's day by its schedule is one tap, in the
 * words of the rule; the superior clears a school of ninety with one request; one report may do for a week.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoServer, employeeLogin, loginOf, logins, punch, putUnder, TODAY, uuid7, type Client, type Login, type Server } from './server';

const DAILY = '/api/v1/reports/daily', NOON = new Date('2025-11-13T14:30:00+07:00'), WORDS = 'Melaksanakan pembelajaran sesuai jadwal mengajar';
const tap = (more: object = {}) => ({ day: TODAY, version: 0, items: [], submit: true, confirm: true, ...more });
const item = { starts: '08:00', ends: '09:30', description: 'Menyusun soal ulangan harian', volume: 1, unit_of_measure: 'naskah', reference: '421/17' };
const code = (r: { body: any }) => [r.body.code, r.body.pointer].filter(Boolean).join(' ');
const own = async (c: Client) => (await c.get(`${DAILY}?day=${TODAY}`)).body;

let server: Server, all: Login[], bkd: Client, teacher: Client, worker: Client;
beforeAll(async () => {
  server = await demoServer('--clock', '2025-11-13T14:30+07:00,x1');
  all = logins(server.db);
  [bkd, teacher, worker] = await Promise.all([loginOf(all, 'bkd'), employeeLogin(all, 'teacher'), employeeLogin(all, 'home')].map(l => server.client().signIn(l))) as [Client, Client, Client];
});
afterAll(() => server.remove());

describe('one tap', () => {
  it('is what the rule asks of a teacher, and the day says by which rule', async () => {
    const today = (await teacher.get('/api/v1/me/today')).body;
    expect(today).toMatchObject({ day: TODAY, mode: 'office', duty: 'daily_confirm', schedule: { words: WORDS, starts: today.starts, ends: today.ends } });
    const why = (await teacher.get(`/api/v1/policy/explain?employee=${today.employee}&day=${TODAY}`)).body;
    expect(why.duty).toBe('daily_confirm');
    expect(why.steps.find((s: any) => s.rule_kind === 'report' && s.result === 'applies')).toMatchObject({ duty: 'daily_confirm', verified: false, title: 'Contoh: laporan harian guru dan perawat dengan satu konfirmasi' });
    expect(await own(teacher)).toMatchObject({ state: 'none', due: true, duty: 'daily_confirm', is_confirmed: false, schedule: { words: WORDS } });
  });
  it('is dated: the week before, the same teacher owed nothing', async () => {
    const { employee } = (await teacher.get('/api/v1/me')).body;
    expect((await teacher.get(`/api/v1/policy/explain?employee=${employee}&day=2025-11-06`)).body.duty).toBe('none');
    expect((await teacher.get(`/api/v1/policy/explain?employee=${employee}&day=2025-11-10`)).body.duty).toBe('daily_confirm');
  });
  it('is refused where items are owed, before the day, over a version nobody saw, and with anything beside it', async () => {
    expect((await worker.get('/api/v1/me/today')).body).toMatchObject({ duty: 'daily_items' });
    expect((await worker.get('/api/v1/me/today')).body.schedule).toBeUndefined();
    expect(code(await worker.put(DAILY, tap({ version: (await own(worker)).version })))).toBe('refused /confirm');
    expect(code(await teacher.put(DAILY, tap({ day: '2025-11-14' })))).toBe('bad_field /day');
    expect(code(await teacher.put(DAILY, tap({ day: '2025-11-06' })))).toBe('refused /confirm');
    expect(code(await teacher.put(DAILY, tap({ version: 3 })))).toBe('stale');
    expect(code(await teacher.put(DAILY, tap({ items: [item] })))).toBe('bad_field /items');
    expect(code(await teacher.put(DAILY, tap({ submit: false })))).toBe('bad_field /submit');
  });
  it('hands in one item over the shift, once, however often the phone sends it', async () => {
    const key = { 'idempotency-key': uuid7() }, first = await teacher.put(DAILY, tap(), key);
    expect(first.body, first.text).toMatchObject({ state: 'submitted', version: 1 });
    expect((await teacher.put(DAILY, tap(), key)).body).toEqual(first.body);
    expect(code(await teacher.put(DAILY, tap()))).toBe('stale');
    expect(code(await teacher.put(DAILY, tap({ version: 1 })))).toBe('report_state');
    const r = await own(teacher), today = (await teacher.get('/api/v1/me/today')).body;
    expect(r).toMatchObject({ state: 'submitted', is_confirmed: true, is_late: false });
    expect(r.schedule).toBeUndefined();
    expect(r.items).toEqual([expect.objectContaining({ description: WORDS, starts: today.starts, ends: today.ends, volume: 1, unit_of_measure: 'jadwal' })]);
    expect(today).toMatchObject({ report_state: 'submitted' });
  });
  it('is taken back as a draft, and a full report in its place is no tap', async () => {
    const r = await own(teacher);
    const back = await teacher.post(`${DAILY}/${r.report}/withdraw`, { version: r.version });
    expect(back.body, back.text).toMatchObject({ state: 'draft', version: 2 });
    expect((await own(teacher)).is_confirmed).toBe(false);
    expect((await teacher.put(DAILY, { day: TODAY, version: 2, submit: true, items: [item] })).body).toMatchObject({ state: 'submitted', version: 3 });
    expect(await own(teacher)).toMatchObject({ is_confirmed: false, items: [expect.objectContaining({ description: item.description })] });
  });
});

/* One report for the week, owed on its last day of such work: here Friday, and Thursday once Friday is leave. */
describe('the report of a week', () => {
  const FRIDAY = '2025-11-14', MONDAY = '2025-11-10', NEXT_FRIDAY = '2025-11-21', on = (day: string, more: object = {}) => ({ ...item, day, ...more });
  const week = (items: object[], more: object = {}) => ({ day: FRIDAY, version: 0, submit: true, items, ...more });
  const rule = (over: object = {}) => ({ rank: 'se', number: 'SE 7/MINGGUAN/2025', title: 'Laporan mingguan analis', issued: TODAY, signer: 'Sekretaris Daerah', valid_from: TODAY, legal_basis: 'PermenPANRB 4/2025',
    rules: [{ kind: 'report', article: '1', weekdays: [1, 2, 3, 4, 5, 6, 7], post_match: 'direct', position: me.position, unit: me.unit.id, duty: 'weekly', ...over }] });
  const at = async (day: string) => (await clerk.get(`${DAILY}?day=${day}`)).body, now = async () => (await clerk.get('/api/v1/me/today')).body;
  const stored = async (day: string) => (await clerk.get(`/api/v1/attendance/days/${me.employee}/${day}`)).body.duty;
  let clerk: Client, me: any;
  beforeAll(async () => {
    clerk = await server.client().signIn(employeeLogin(all, 'counter'));
    me = (await clerk.get('/api/v1/me')).body;
  });

  it('is a rule like any other, and no rule says by which day', async () => {
    const refused = await bkd.post('/api/v1/policy/instruments', rule({ duty: 'weekly_due' }));
    expect(code(refused)).toBe('bad_field /rules/0/duty');
    expect(code(await bkd.post('/api/v1/policy/instruments', rule({ words: WORDS })))).toBe('bad_field /rules/0/words');
    const made = await bkd.post('/api/v1/policy/instruments', rule());
    expect(made.status, made.text).toBe(200);
    expect(await now()).toMatchObject({ day: TODAY, duty: 'weekly', report_state: 'none', week: { day: FRIDAY, state: 'none' } });
    expect(await at(TODAY)).toMatchObject({ duty: 'weekly', due: false, week_day: FRIDAY });
    expect(await at(FRIDAY)).toMatchObject({ duty: 'weekly_due', due: true, week_day: FRIDAY, state: 'none' });
    const why = async (day: string) => (await clerk.get(`/api/v1/policy/explain?employee=${me.employee}&day=${day}`)).body;
    expect(await why(TODAY)).toMatchObject({ duty: 'weekly', week_day: FRIDAY });
    const friday = await why(FRIDAY);
    expect(friday).toMatchObject({ duty: 'weekly_due', week_day: FRIDAY });
    expect(friday.steps.find((s: any) => s.rule_kind === 'report' && s.result === 'applies')).toMatchObject({ duty: 'weekly', number: 'SE 7/MINGGUAN/2025' });
    expect((await why('2025-11-15')).week_day).toBeUndefined();
    await expect.poll(() => stored(TODAY)).toBe('weekly');
  });
  it('is written for the day by which it is due, from any day of the week on, and for no other day to come', async () => {
    for (const day of ['2025-11-15', '2025-11-17', NEXT_FRIDAY]) expect(code(await clerk.put(DAILY, week([item], { day })))).toBe('bad_field /day');
    expect(code(await teacher.put(DAILY, week([item])))).toBe('bad_field /day');
  });
  it('has items of days of that week alone, and a daily one of its own day', async () => {
    for (const day of ['2025-11-09', '2025-11-15', '2025-11-17']) expect(code(await clerk.put(DAILY, week([item, on(day)])))).toBe('bad_field /items/1/day');
    expect(code(await clerk.put(DAILY, week([on(MONDAY)], { day: TODAY })))).toBe('bad_field /items/0/day');
    expect(code(await worker.put(DAILY, week([on(MONDAY)], { day: TODAY })))).toBe('bad_field /items/0/day');
  });
  it('is handed in ahead, taken back the same day, and said on every day of the week', async () => {
    const r = await clerk.put(DAILY, week([on(MONDAY), on(TODAY), item]));
    expect(r.body, r.text).toMatchObject({ state: 'submitted', version: 1 });
    const kept = await at(FRIDAY);
    expect(kept).toMatchObject({ state: 'submitted', is_late: false, due: true });
    expect(kept.items.map((i: any) => i.day)).toEqual([MONDAY, TODAY, undefined]);
    expect((await now()).week).toEqual({ day: FRIDAY, state: 'submitted', on_time_until: `${FRIDAY}T17:00:00.000Z` });
    expect((await clerk.post(`${DAILY}/${kept.report}/withdraw`, { version: 1 })).body).toMatchObject({ state: 'draft' });
    expect((await now()).week).toMatchObject({ day: FRIDAY, state: 'draft' });
    expect((await clerk.put(DAILY, week([on(MONDAY), item], { version: 2 }))).body).toMatchObject({ state: 'submitted' });
  });
  it('is owed today once tomorrow is leave, and what was handed in stands for it', async () => {
    const leave = await bkd.post('/api/v1/org/statuses', { employee: me.employee, kind: 'annual_leave', from: FRIDAY, to: FRIDAY, letter: '850/17' });
    expect(leave.status, leave.text).toBe(200);
    expect(await stored(TODAY)).toBe('weekly_due');
    expect(await now()).toMatchObject({ duty: 'weekly_due', report_state: 'submitted', week: { day: TODAY, state: 'submitted' } });
    expect((await clerk.get('/api/v1/attendance/days')).body.items.find((d: any) => d.day === TODAY)).toMatchObject({ duty: 'weekly_due', report_state: 'submitted' });
    expect(code(await clerk.put(DAILY, week([item], { version: 3 })))).toBe('bad_field /day');
  });
});

describe('a school of ninety', () => {
  const SIZE = 90;
  let boss: Client, people: Client[];
  beforeAll(async () => {
    const head = loginOf(all, 'supervisor');
    const found = await putUnder(bkd, head, SIZE, (day, position) => /^(Guru|Perawat)/.test(position) && day.duty === 'daily_confirm' && day.report_state === 'none' && day.starts < '14:00');
    boss = await server.client().signIn(head);
    people = [];
    for (const p of found) {
      const c = await server.client().signIn(p.login);
      people.push(c);
      const r = await c.post('/api/v1/attendance/punches', { events: [punch('in', NOON)] });
      expect(r.status, r.text).toBe(200);
      const one = await c.put(DAILY, tap());
      expect(one.body, one.text).toMatchObject({ state: 'submitted' });
    }
  }, 120_000);

  it('waits as ninety confirmed reports without a remark', async () => {
    const rows = (await boss.get('/api/v1/reports/team?state=submitted')).body.items.filter((r: any) => r.is_confirmed && r.day === TODAY);
    expect(rows).toHaveLength(SIZE);
    expect(new Set(rows.map((r: any) => `${r.clean} ${r.remarks.length} ${r.items}`))).toEqual(new Set(['true 0 1']));
  });
  it('is verified in one gesture, each decided by itself', async () => {
    const rows = (await boss.get('/api/v1/reports/team?state=submitted')).body.items.filter((r: any) => r.is_confirmed && r.day === TODAY);
    const body = { items: rows.map((r: any) => ({ report: r.report, version: r.version })) }, began = performance.now();
    const r = await boss.post('/api/v1/reports/verifications', body);
    console.info(`${SIZE} verifications in one request: ${Math.round(performance.now() - began)} ms`);
    expect(r.status, r.text).toBe(200);
    expect(r.body.results.map((x: any) => x.status)).toEqual(Array(SIZE).fill('verified'));
    expect((await boss.get('/api/v1/reports/team?state=submitted')).body.items.filter((x: any) => x.is_confirmed && x.day === TODAY)).toEqual([]);
    for (const c of people.slice(0, 3)) expect(await own(c)).toMatchObject({ state: 'verified', is_confirmed: true });
  });
});

describe('one gesture', () => {
  it('decides two hundred reports and not one more', async () => {
    const boss = await server.client().signIn(loginOf(all, 'supervisor')), URL = '/api/v1/reports/verifications';
    const items = (n: number) => ({ items: Array.from({ length: n }, (_, i) => ({ report: String(i + 1), version: 1 })) });
    const r = await boss.post(URL, items(200));
    expect(r.status, r.text).toBe(200);
    expect(r.body.results.map((x: any) => `${x.status} ${x.code}`)).toEqual(Array(200).fill('refused not_found'));
    expect(code(await boss.post(URL, items(201)))).toBe('bad_field /items');
  });
});

describe('templates', () => {
  const URL = '/api/v1/reports/templates', body = (name: string, more: object = {}) => ({ name, items: [{ starts: '08:00', ends: '09:30', description: 'Menyusun soal ulangan harian', volume: 1, unit_of_measure: 'naskah' }], ...more });
  const listed = async (c: Client) => (await c.get(URL)).body.items;
  let agency: string, other: string, position: string, keeper: Client;
  beforeAll(async () => {
    keeper = await server.client().signIn(loginOf(all, 'agency_officer'));
    const roots = (await bkd.get('/api/v1/org/units')).body.items, own = (await keeper.get('/api/v1/me')).body.roles.find((r: any) => r.role === 'agency_officer').unit;
    agency = roots.find((u: any) => u.id === own).id;
    other = roots.find((u: any) => u.id !== own).id;
    position = (await worker.get('/api/v1/me')).body.position;
  });

  it('are kept, replaced and put away by their owner, and nobody else sees them', async () => {
    const { id } = (await teacher.put(URL, body('Hari ujian'))).body;
    expect(await listed(teacher)).toEqual([expect.objectContaining({ id, name: 'Hari ujian', own: true, items: body('').items })]);
    expect((await teacher.put(URL, body('Hari ulangan', { id }))).body).toEqual({ id });
    expect((await listed(teacher)).map((x: any) => x.name)).toEqual(['Hari ulangan']);
    expect((await listed(worker)).filter((x: any) => x.own)).toEqual([]);
    expect((await worker.put(URL, body('Bukan milik saya', { id }))).status).toBe(404);
    expect((await worker.post(`${URL}/${id}/end`)).status).toBe(404);
    expect((await teacher.post(`${URL}/${id}/end`)).status).toBe(204);
    expect(await listed(teacher)).toEqual([]);
  });
  it('are at most twenty of twenty items, each item whole', async () => {
    const said = async (b: object) => code(await worker.put(URL, b));
    expect(await said(body('Tanpa isi', { items: [] }))).toBe('bad_field /items');
    expect(await said(body('Terlalu banyak', { items: Array(21).fill(body('').items[0]) }))).toBe('bad_field /items');
    expect(await said(body('Terbalik', { items: [{ ...body('').items[0], ends: '07:00' }] }))).toBe('bad_field /items/0/ends');
    expect(await said(body(''))).toBe('bad_field /name');
    for (let i = 0; i < 20; i++) expect((await worker.put(URL, body(`Templat ${i}`))).status).toBe(200);
    expect(await said(body('Yang kedua puluh satu'))).toBe('refused /name');
    const first = (await listed(worker))[0];
    expect((await worker.put(URL, body('Diganti', { id: first.id }))).status).toBe(200);
  });
  it('of a position are kept by the officer of its agency and offered to whoever holds it there', async () => {
    const path = `/api/v1/reports/positions/${agency}/templates`, mine = (await keeper.get('/api/v1/me')).body;
    const made = await keeper.put(path, body('Dari kantor', { position: `  ${mine.position.toUpperCase()} `.trim() }));
    expect(made.status, made.text).toBe(200);
    expect((await listed(keeper)).filter((x: any) => !x.own)).toEqual([expect.objectContaining({ id: made.body.id, name: 'Dari kantor', own: false })]);
    expect((await listed(teacher)).filter((x: any) => !x.own)).toEqual([]);
    expect((await keeper.get(path)).body.items).toHaveLength(1);
    expect((await keeper.put(`/api/v1/reports/positions/${other}/templates`, body('Bukan kantor saya', { position }))).status).toBe(404);
    expect((await worker.get(path)).status).toBe(404);
    expect((await bkd.post(`/api/v1/reports/positions/${other}/templates/${made.body.id}/end`)).status).toBe(404);
    expect((await keeper.post(`${path}/${made.body.id}/end`)).status).toBe(204);
    expect((await keeper.get(path)).body.items).toEqual([]);
  });
});
