/*
 * A plan of results from its draft to its revision, through the real program: both sides agree (PermenPANRB 6/2022), results
 * come from the superior's, and what reports bring to them is counted once and the same when computed again.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoServer, employeeLogin, loginOf, logins, TODAY, verb, type Client, type Login, type Server } from './server';

let server: Server, all: Login[], worker: Client, boss: Client, bkd: Client, teacher: Client, employee: string;
const URL = '/api/v1/reports/targets', NEXT = '2026-02-01';
const quantity = (amount: number, unit_of_measure = 'berkas') => ({ aspect: 'quantity', indicator: 'Jumlah yang selesai', amount, unit_of_measure });
const result = (text: string, more: object = {}) => ({ kind: 'main', result: text, measures: [quantity(600)], ...more });
const save = (c: Client, body: object) => c.put(URL, { version: 0, period: 'annual', day: NEXT, targets: [], ...body });
const move = (c: Client, plan: string, what: string, body: object) => c.post(`${URL}/${plan}/${what}`, body);
const code = (r: { body: any }) => [r.body.code, r.body.pointer].filter(Boolean).join(' ');
const planOf = async (c: Client, plan: string) => (await c.get(`${URL}/${plan}`)).body;

beforeAll(async () => {
  server = await demoServer();
  all = logins(server.db);
  [worker, boss, bkd, teacher] = await Promise.all([employeeLogin(all, 'home'), loginOf(all, 'supervisor'), loginOf(all, 'bkd'), employeeLogin(all, 'teacher')].map(l => server.client().signIn(l))) as [Client, Client, Client, Client];
  employee = (await worker.get('/api/v1/me')).body.employee;
});
afterAll(() => server.remove());

describe('a plan', () => {
  let plan: string, ids: string[];
  it('is its owner\'s alone while it is a draft', async () => {
    const r = await save(worker, { targets: [result('Berkas mutasi terverifikasi tepat waktu'), result('Naskah dinas tersusun', { kind: 'additional' })] });
    expect(r.status, r.text).toBe(200);
    expect(r.body).toMatchObject({ version: 1, state: 'draft' });
    plan = r.body.plan;
    const own = await planOf(worker, plan);
    expect(own).toMatchObject({ first_day: '2026-01-01', last_day: '2026-12-31', revision: 1 });
    ids = own.targets.map((t: any) => t.target);
    expect((await boss.get(`${URL}/${plan}`)).status).toBe(404);
    expect((await move(boss, plan, 'agree', { version: 1 })).status).toBe(404);
    expect((await teacher.get(`${URL}/${plan}`)).status).toBe(404);
  });
  it('refuses with its field what no plan can hold', async () => {
    const said = async (targets: object[], more: object = {}) => code(await save(worker, { plan, version: 1, targets, ...more }));
    expect(await said([result('Dua ukuran kuantitas', { measures: [quantity(1), quantity(2)] })])).toBe('bad_field /targets/0/measures');
    expect(await said([result('Tanpa jumlah apa pun', { measures: [quantity(0)] })])).toBe('bad_field /targets/0/measures/0/amount');
    expect(await said([result('Tanpa ukuran', { measures: [] })])).toBe('bad_field /targets/0/measures');
    expect(await said([result('Milik orang lain', { target: '1' })])).toBe('refused /targets/0/target');
    expect(await said([result('Diturunkan dari yang tidak ada', { parent: '1' })])).toBe('refused /targets/0/parent');
    expect(await said([result('Satu hasil', { target: ids[0] }), result('Hasil yang sama', { target: ids[0] })])).toBe('bad_field /targets/1/target');
    expect(await said(Array.from({ length: 21 }, (_, i) => result(`Hasil kerja ${i}`)))).toBe('bad_field /targets');
    expect(await said([result('Versi lama')], { version: 7 })).toBe('stale');
    expect(code(await save(worker, { day: '2026-07-01', targets: [result('Rencana kedua')] }))).toBe('refused /plan');
    expect(code(await save(worker, { day: '2024-12-31', targets: [result('Tahun yang lewat')] }))).toBe('bad_field /day');
    expect(code(await save(worker, { day: '2027-01-01', targets: [result('Terlalu jauh')] }))).toBe('bad_field /day');
  });
  it('waits for the superior once proposed, comes back with what is to be changed, and holds when both agreed', async () => {
    expect(code(await move(worker, plan, 'propose', { version: 9 }))).toBe('stale');
    expect((await move(worker, plan, 'propose', { version: 1, note: 'Sesuai rapat bidang.' })).body).toMatchObject({ state: 'proposed', version: 2 });
    expect(code(await move(worker, plan, 'propose', { version: 2 }))).toBe('refused');
    expect((await move(worker, plan, 'agree', { version: 2 })).status).toBe(404); /* nobody agrees with himself */

    const waits = (await boss.get(`/api/v1/reports/target-team?day=${NEXT}`)).body.items.find((p: any) => p.employee === employee);
    expect(waits).toMatchObject({ plan, state: 'proposed', version: 2, targets: 2, progress: 0, stand: 'own' });
    expect(code(await move(boss, plan, 'return', { version: 2, note: 'singkat' }))).toBe('bad_field /note');
    expect(code(await move(boss, plan, 'return', { version: 1, note: 'Naikkan target kuantitas.' }))).toBe('stale');
    expect((await move(boss, plan, 'return', { version: 2, note: 'Naikkan target kuantitas.' })).body).toMatchObject({ state: 'returned', version: 3 });
    expect(await planOf(worker, plan)).toMatchObject({ note: 'Naikkan target kuantitas.', decided_by_name: (await boss.get('/api/v1/me')).body.full_name });

    const targets = [result('Berkas mutasi terverifikasi tepat waktu', { target: ids[0], measures: [quantity(700)] })];
    expect((await save(worker, { plan, version: 3, targets })).body).toMatchObject({ state: 'draft', version: 4 });
    expect((await move(worker, plan, 'propose', { version: 4 })).body.version).toBe(5);
    /* saved again it is a draft: what the superior read is no longer there */
    expect((await save(worker, { plan, version: 5, targets })).body).toMatchObject({ state: 'draft', version: 6 });
    expect((await move(boss, plan, 'agree', { version: 5 })).status).toBe(404);
    expect((await move(worker, plan, 'propose', { version: 6 })).body.version).toBe(7);
    expect((await move(boss, plan, 'agree', { version: 7, note: 'Disepakati.' })).body).toMatchObject({ state: 'agreed', version: 8 });
    expect(await planOf(worker, plan)).toMatchObject({ state: 'agreed', note: 'Disepakati.', targets: [{ target: ids[0] }] });
    expect(code(await save(worker, { plan, version: 8, targets }))).toBe('refused');
    expect(code(await move(boss, plan, 'return', { version: 8, note: 'Terlambat dikembalikan.' }))).toBe('refused');
  });
  it('is changed by a revision only, which keeps ids and takes its place once agreed', async () => {
    expect((await move(teacher, plan, 'revise', {})).status).toBe(404);
    expect((await move(boss, plan, 'revise', {})).status).toBe(404);
    const next = (await move(worker, plan, 'revise', {})).body;
    expect(next).toMatchObject({ state: 'draft', version: 1 });
    expect(code(await move(worker, plan, 'revise', {}))).toBe('refused /plan');
    const draft = await planOf(worker, next.plan);
    expect(draft).toMatchObject({ revision: 2, targets: [{ target: ids[0] }] });
    expect(await planOf(worker, plan)).toMatchObject({ state: 'agreed' }); /* holds meanwhile */
    expect((await boss.get(`/api/v1/reports/target-team?day=${NEXT}`)).body.items.find((p: any) => p.employee === employee)).toMatchObject({ plan, state: 'agreed' });
    await save(worker, { plan: next.plan, version: 1, targets: [result('Berkas mutasi terverifikasi', { target: ids[0] }), result('Layanan konsultasi kepegawaian')] });
    expect((await move(worker, next.plan, 'propose', { version: 2 })).status).toBe(200);
    expect((await move(boss, next.plan, 'agree', { version: 3 })).body.state).toBe('agreed');
    expect(await planOf(worker, plan)).toMatchObject({ state: 'replaced' });
    expect(code(await move(worker, plan, 'revise', {}))).toBe('refused');
    expect((await worker.get(`${URL}?day=${NEXT}`)).body.items.map((p: any) => [p.revision, p.state])).toEqual([[2, 'agreed'], [1, 'replaced']]);
  });
});

it('has a main result before it is proposed', async () => {
  const q = (await save(worker, { period: 'quarterly', targets: [result('Hanya tambahan', { kind: 'additional' })] })).body;
  expect(code(await move(worker, q.plan, 'propose', { version: 1 }))).toBe('report_empty');
  expect(await planOf(worker, q.plan)).toMatchObject({ period: 'quarterly', first_day: '2026-01-01', last_day: '2026-03-31' });
});

it('is derived from results of the superior in force, and from nobody else\'s', async () => {
  const choices = (await worker.get('/api/v1/reports/target-parents')).body.items;
  const above = (await boss.get(URL)).body.items.find((p: any) => p.state === 'agreed');
  expect(choices.map((c: any) => c.target).sort()).toEqual(above.targets.map((t: any) => t.target).sort());
  const own = (await worker.get(URL)).body.items.find((p: any) => p.state === 'agreed');
  expect(own.targets.map((t: any) => t.parent_result)).toEqual(own.targets.map((t: any) => above.targets.find((a: any) => a.target === t.parent).result));
  const q = (await worker.get(`${URL}?day=${NEXT}`)).body.items.find((p: any) => p.period === 'quarterly');
  const derived = (parent: string) => save(worker, { plan: q.plan, version: 1, targets: [result('Diturunkan dari atasan', { parent })] });
  expect(code(await derived(own.targets[0].target))).toBe('refused /targets/0/parent');
  expect((await derived(choices[0].target)).status).toBe(200);
  expect((await planOf(worker, q.plan)).targets[0]).toMatchObject({ parent: choices[0].target, parent_result: choices[0].result });
});

it('is agreed by who stands in the superior\'s place by letter, never by a team lead', async () => {
  const me = (await boss.get('/api/v1/me')).body, as = async (who: string) => server.client().signIn({ ...loginOf(all, 'team_lead'), nip: (await bkd.get(`/api/v1/org/employees/${who}`)).body.nip });
  const propose = async (c: Client, day: string) => {
    const made = (await save(c, { period: 'quarterly', day, targets: [result('Data kepegawaian mutakhir')] })).body;
    expect((await move(c, made.plan, 'propose', { version: 1 })).status).toBe(200);
    return made.plan as string;
  };
  /* as a person led by him proposed it: he may read it, and that is all */
  const lead = await server.client().signIn(loginOf(all, 'team_lead')), led = (await lead.get('/api/v1/attendance/team')).body.items.filter((p: any) => p.relation === 'team_lead').map((p: any) => p.employee);
  const shown = await propose(await as(led[0]), '2026-05-01');
  expect((await planOf(lead, shown)).state).toBe('proposed');
  expect((await move(lead, shown, 'agree', { version: 2 })).status).toBe(404);
  expect((await lead.get(`/api/v1/reports/target-team?day=${NEXT}`)).body.items?.map((p: any) => p.employee) ?? []).not.toContain(led[0]);

  const colleague = (await boss.get(`/api/v1/reports/target-team?day=${TODAY}`)).body.items.map((p: any) => p.employee).find((e: string) => e !== employee);
  const waiting = await propose(await as(colleague), '2026-08-01'), delegate = employee, agreed = () => move(worker, waiting, 'agree', { version: 2 });
  expect((await agreed()).status).toBe(404);
  const letter = { employee: delegate, acts_for: me.employee, role: 'supervisor', acting: 'delegate', letter: '800/9/UJI/2025', valid_from: TODAY, valid_to: TODAY };
  const given = await bkd.post('/api/v1/org/roles', letter);
  expect(given.status, given.text).toBe(200);
  expect((await agreed()).body).toMatchObject({ state: 'agreed' });
  expect(await planOf(boss, waiting)).toMatchObject({ decided_by_name: (await worker.get('/api/v1/me')).body.full_name });
});

describe('what reports bring', () => {
  const own = async () => (await worker.get(`${URL}?day=${TODAY}`)).body.items.find((p: any) => p.state === 'agreed');
  const item = (target_id: string, volume: number, unit_of_measure: string, at = 8) => ({ starts: `0${at}:00`, ends: `0${at}:50`, description: 'Memverifikasi berkas mutasi', volume, unit_of_measure, target_id, effective_minutes: 45, reference: '800/11/2025' });
  const put = async (items: object[]) => worker.put('/api/v1/reports/daily', { day: TODAY, version: (await worker.get(`/api/v1/reports/daily?day=${TODAY}`)).body.version, submit: true, items });
  const numbers = async (target: string) => { const t = (await own()).targets.find((x: any) => x.target === target); return [t.handed_in, t.verified, t.month_verified]; };
  it('rises with what is handed in and verified, falls with what is returned, and counts one unit of measure', async () => {
    const plan = await own(), { target, measures } = plan.targets[0], unit = measures[0].unit_of_measure, planned = measures[0].amount;
    const [h, v, m] = await numbers(target) as [number, number, number];
    expect(code(await put([item('1', 1, unit)]))).toBe('refused /items/0/target_id');
    expect(code(await put([{ ...item(target, 1, unit), effective_minutes: 51 }]))).toBe('bad_field /items/0/effective_minutes');
    const sent = await put([item(target, 7, ` ${unit.toUpperCase()}  `), item(target, 90, 'satuan lain', 9)]);
    expect(sent.status, sent.text).toBe(200);
    expect(await numbers(target)).toEqual([h + 7, v, m]);
    const report = (await worker.get(`/api/v1/reports/daily/${sent.body.report}`)).body;
    expect(report.items[0]).toMatchObject({ target_id: target, effective_minutes: 45, reference: '800/11/2025' });
    await boss.post(`/api/v1/reports/daily/${sent.body.report}/return`, { version: sent.body.version, reason: 'Volume belum sesuai bukti' });
    expect(await numbers(target)).toEqual([h, v, m]);
    const again = (await put([item(target, 5, unit)])).body;
    expect((await boss.post(`/api/v1/reports/daily/${again.report}/verify`, { version: again.version })).status).toBe(204);
    expect(await numbers(target)).toEqual([h + 5, v + 5, m + 5]);
    expect((await own()).targets[0].progress).toBe(Math.min(9999, Math.floor((2000 * (v + 5) + planned) / (2 * planned))));
  });
  it('follows the unit of measure of the revision: what had another one counts no more', async () => {
    const plan = await own(), [first, ...rest] = plan.targets;
    const input = (t: any) => ({ target: t.target, kind: t.kind, result: t.result, ...(t.parent && { parent: t.parent }), measures: t.measures });
    const next = (await move(worker, plan.plan, 'revise', {})).body;
    const saved = await save(worker, { plan: next.plan, version: 1, day: TODAY, targets: [{ ...input(first), measures: [quantity(50, 'Satuan  Lain')] }, ...rest.map(input)] });
    expect(saved.status, saved.text).toBe(200);
    await move(worker, next.plan, 'propose', { version: 2 });
    expect((await move(boss, next.plan, 'agree', { version: 3 })).body.state).toBe('agreed');
    expect((await own()).plan).toBe(next.plan);
    expect(await numbers(first.target)).toEqual([0, 0, 0]);
  });
});

describe('the plan of a day', () => {
  const put = (day: string, items: object[] = []) => worker.put('/api/v1/reports/plan', { day, items });
  it('is said for today and the coming week, and starts the report', async () => {
    const target = (await worker.get(URL)).body.items.find((p: any) => p.state === 'agreed').targets[0].target;
    const items = [{ description: 'Memverifikasi berkas mutasi', target, volume: 10, unit_of_measure: 'berkas' }, { description: 'Rapat koordinasi' }];
    expect((await worker.get('/api/v1/reports/plan?day=2025-11-14')).body).toEqual({ day: '2025-11-14', state: 'not_asked', items: [] });
    expect((await put('2025-11-14', items)).body).toMatchObject({ day: '2025-11-14', items });
    expect((await worker.get('/api/v1/reports/plan?day=2025-11-14')).body.planned_at).toMatch(/^2025-11-13T00:/);
    expect((await put('2025-11-14', [items[1]!])).body.items).toEqual([items[1]]);
    expect((await put('2025-11-14', [])).body).toEqual({ day: '2025-11-14', state: 'not_asked', items: [] });
  });
  it('has bounds', async () => {
    expect(code(await put('2025-11-12'))).toBe('bad_field /day');
    expect((await put('2025-11-20')).status).toBe(200);
    expect(code(await put('2025-11-21'))).toBe('bad_field /day');
    expect(code(await put('2025-11-14', Array.from({ length: 11 }, () => ({ description: 'Rapat koordinasi' }))))).toBe('bad_field /items');
    expect(code(await put('2025-11-14', [{ description: 'Milik orang lain', target: '1' }]))).toBe('refused /items/0/target');
    expect(code(await put('2025-11-14', [{ description: 'Rapat koordinasi', volume: 0 }]))).toBe('bad_field /items/0/volume');
  });
});

it('is the same when it is computed again, whatever was revised', async () => {
  await server.stop();
  expect(verb('rebuild', '--db', server.db, '--clock', `${TODAY}T07:40+07:00`)).toMatch(/jabar: .* 0 days of output differed/);
});
