/*
 * A period from feedback to what is final, through the real program: the direct superior rates (PermenPANRB 6/2022), the
 * person reads all of it, objects, the superior's superior decides; silence locks; numbers of units tell nobody.
 */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoServer, dumpRows, employeeLogin, loginOf, logins, ratingBody, superiorOf, verb, type Client, type Login, type Server } from './server';

let server: Server, all: Login[], worker: Client, boss: Client, above: Client, bkd: Client, lead: Client, employee: string;
const FORM = '/api/v1/reports/rating-form', OWN = '/api/v1/reports/ratings', LOG = '/api/v1/reports/feedback', QUARTER = '?period=quarterly&day=2025-09-30';
const code = (r: { body: any }) => [r.body.code, r.body.pointer].filter(Boolean).join(' ');

beforeAll(async () => {
  server = await demoServer();
  all = logins(server.db);
  [worker, bkd, lead] = await Promise.all([employeeLogin(all, 'home'), loginOf(all, 'bkd'), loginOf(all, 'team_lead')].map(l => server.client().signIn(l))) as [Client, Client, Client];
  employee = (await worker.get('/api/v1/me')).body.employee;
  const direct = (await superiorOf(bkd, employee, all[0]!.password))!, next = (await superiorOf(bkd, direct.employee, all[0]!.password))!;
  boss = await server.client().signIn(direct);
  above = await server.client().signIn(next);
});
afterAll(() => server.remove());

describe('feedback', () => {
  const xss = '<img src=x onerror=alert(1)> =1+1';
  it('goes both ways, and what was said stays as it was said', async () => {
    const given = await boss.post(`${LOG}/${employee}`, { said: xss });
    expect(given.status, given.text).toBe(200);
    const asked = (await worker.post(LOG, { said: 'Apakah telaahan cukup dua halaman?' })).body.feedback;
    expect((await boss.post(`${LOG}/${employee}`, { said: 'Cukup dua halaman.', reply_to: asked })).status).toBe(200);
    const log = (await worker.get(LOG)).body.items;
    expect(log.slice(0, 3).map((e: any) => [e.kind, e.said, e.waits])).toEqual([['answer', 'Cukup dua halaman.', false], ['asked', 'Apakah telaahan cukup dua halaman?', false], ['given', xss, false]]);
    expect((await boss.get(`${LOG}/${employee}`)).body.items.map((e: any) => e.feedback)).toEqual(log.map((e: any) => e.feedback));
  });
  it('is read page by page', async () => {
    const first = (await worker.get(`${LOG}?limit=2`)).body, second = (await worker.get(`${LOG}?limit=2&cursor=${first.next}`)).body;
    expect(first.items).toHaveLength(2);
    expect(new Set([...first.items, ...second.items].map((e: any) => e.feedback)).size).toBe(4);
  });
  it('refuses what is nobody\'s to say', async () => {
    expect(code(await boss.post(`${LOG}/${employee}`, { said: 'ab' }))).toBe('bad_field /said');
    expect(code(await boss.post(`${LOG}/${employee}`, { said: 'Jawaban', reply_to: '1' }))).toBe('bad_field /reply_to');
    expect(code(await boss.post(`${LOG}/${employee}`, { said: 'Besok', day: '2025-11-14' }))).toBe('bad_field /day');
    expect((await bkd.post(`${LOG}/${employee}`, { said: 'Dari BKD' })).status).toBe(404);
    expect((await bkd.get(`${LOG}/${employee}`)).status).toBe(404);
    expect(code(await worker.get(`${LOG}?from=2023-01-01&to=2025-11-13`))).toBe('bad_field /from');
  });
});

describe('a rating', () => {
  let rating: string;
  it('is the direct superior\'s: a team lead is told so, with the regulation', async () => {
    const led = (await lead.get('/api/v1/attendance/team')).body.items.find((p: any) => p.relation === 'team_lead').employee;
    const form = await lead.get(`${FORM}/${led}${QUARTER}`);
    expect(form.body).toMatchObject({ stand: 'none', may_rate: false });
    const refused = await lead.put(`${FORM}/${led}`, ratingBody());
    expect([refused.status, code(refused)]).toEqual([422, 'refused /employee']);
    expect(refused.text).toContain('PermenPANRB 6/2022');
    for (const c of [worker, above, bkd]) expect((await c.put(`${FORM}/${employee}`, ratingBody())).status).toBe(404);
  });
  it('stands beside what the period left, and is a draft of its writer until it is whole', async () => {
    const form = (await boss.get(`${FORM}/${employee}${QUARTER}`)).body;
    expect(form).toMatchObject({ first_day: '2025-07-01', last_day: '2025-09-30', stand: 'own', is_over: true, may_rate: true, version: 0, has_rule: true, verified: false });
    expect(form.figures).toHaveProperty('reports_verified');
    const running = (await boss.get(`${FORM}/${employee}?period=quarterly&day=2025-11-13`)).body;
    expect(running).toMatchObject({ is_over: false, may_rate: false });
    expect(running.days).toBeGreaterThan(5);
    expect(code(await boss.put(`${FORM}/${employee}`, ratingBody({ day: '2025-11-13' })))).toBe('refused /day');
    expect(code(await boss.put(`${FORM}/${employee}`, ratingBody({ behaviours: [] })))).toBe('bad_field /behaviours');
    expect(code(await boss.put(`${FORM}/${employee}`, ratingBody({ work: 'below' })))).toBe('bad_field /reason');
    const draft = (await boss.put(`${FORM}/${employee}`, ratingBody({ work: undefined, behaviours: [], tell: false }))).body;
    expect(draft).toMatchObject({ version: 1, state: 'draft' });
    rating = draft.rating;
    expect((await worker.get(OWN)).body.items).toEqual([]);
    for (const c of [worker, bkd, boss]) expect((await c.get(`${OWN}/${rating}`)).status).toBe(404);
    expect(code(await boss.put(`${FORM}/${employee}`, ratingBody()))).toBe('stale');
  });
  it('is told, objected to and decided above, and each reads why', async () => {
    const told = await boss.put(`${FORM}/${employee}`, ratingBody({ version: 1, work: 'below', reason: 'Dua laporan disampaikan terlambat.' }));
    expect(told.body).toMatchObject({ rating, version: 2, state: 'rated', predicate: 'needs_work' });
    expect(code(await boss.put(`${FORM}/${employee}`, ratingBody({ version: 2 })))).toBe('refused /day');
    const own = (await worker.get(OWN)).body.items[0];
    expect(own).toMatchObject({ rating, predicate: 'needs_work', reason: 'Dua laporan disampaikan terlambat.', may_object: true, object_until: '2025-11-27', decider_name: (await above.get('/api/v1/me')).body.full_name });
    expect(own.behaviours).toHaveLength(7);
    expect(code(await worker.post(`${OWN}/${rating}/object`, { version: 2, objection: 'singkat' }))).toBe('bad_field /objection');
    expect(code(await worker.post(`${OWN}/${rating}/object`, { version: 1, objection: 'Laporan menunggu data bidang lain' }))).toBe('stale');
    expect((await boss.post(`${OWN}/${rating}/object`, { version: 2, objection: 'Atas nama pegawai saya' })).status).toBe(404);
    expect(code(await worker.get(`${OWN}/${rating}/proof`))).toBe('conflict /rating');
    expect((await worker.post(`${OWN}/${rating}/object`, { version: 2, objection: 'Laporan menunggu data bidang lain' })).body).toMatchObject({ state: 'objected', version: 3 });

    const verdict = { version: 3, work: 'as', behaviour: 'as', decision: 'Keterlambatan bukan karena pegawai.' }, decide = (c: Client, body: object) => c.post(`/api/v1/reports/rating-objections/${rating}/decide`, body);
    for (const c of [worker, boss, bkd]) expect((await decide(c, verdict)).status).toBe(404);
    expect((await above.get('/api/v1/reports/rating-objections')).body.items.find((o: any) => o.objection === rating)).toMatchObject({ employee, state: 'objected', decide_until: '2025-11-27' });
    expect((await above.get(`/api/v1/reports/rating-objections/${rating}`)).body.objection).toBe('Laporan menunggu data bidang lain');
    expect(code(await decide(above, { ...verdict, version: 2 }))).toBe('stale');
    expect((await decide(above, verdict)).body).toMatchObject({ state: 'locked', predicate: 'good' });
    expect(code(await decide(above, verdict))).toBe('refused /objection');
    expect((await worker.get(`${OWN}/${rating}`)).body).toMatchObject({ state: 'locked', outcome: 'changed', first_predicate: 'needs_work', predicate: 'good', decision: verdict.decision });
    expect((await boss.get(`${OWN}/${rating}`)).body.decision).toBe(verdict.decision);
  });
  it('can be proved by its owner: text, salt and time give the hash of its leaf', async () => {
    const p = (await worker.get(`${OWN}/${rating}/proof`)).body, sha = (...parts: Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest();
    const at = Buffer.alloc(8);
    at.writeBigUInt64BE(BigInt(Date.parse(p.at)));
    const commitment = sha(Buffer.from('luwes/leaf/1'), Buffer.from(p.salt, 'hex'), Buffer.from(p.payload));
    expect(sha(Buffer.from([0, p.kind]), at, commitment).toString('hex')).toBe(p.leaf_hash);
    expect(JSON.parse(p.payload)).toMatchObject({ rating, predicate: 'good', state: 'locked', first_work: 'below' });
    expect((await bkd.get(`${OWN}/${rating}`)).body.leaf_index).toBe(p.leaf_index);
  });
  it('leaves a trace with the person when somebody else reads it', async () => {
    const seen = (await worker.get('/api/v1/me/accesses')).body.items.map((x: any) => x.what);
    expect(seen).toContain('rating');
    expect(seen).toContain('feedback');
  });
});

describe('the office', () => {
  it('enters days and curves that follow, and never two of one day', async () => {
    const rule = { rate_days: 20, object_days: 7, decide_days: 7, curves: [{ result: 'good', shares: { very_good: 20, good: 70, needs_work: 10, poor: 0, very_poor: 0 } }], legal_basis: 'Pergub contoh', valid_from: '2026-01-01' };
    expect(code(await bkd.post('/api/v1/reports/rating-rules', { ...rule, curves: [{ result: 'good', shares: { ...rule.curves[0]!.shares, good: 71 } }] }))).toBe('bad_field /curves');
    expect((await boss.post('/api/v1/reports/rating-rules', rule)).status).toBe(403);
    expect((await bkd.post('/api/v1/reports/rating-rules', rule)).status).toBe(200);
    expect(code(await bkd.post('/api/v1/reports/rating-rules', rule))).toBe('bad_field /valid_from');
    const [newest, example] = (await worker.get('/api/v1/reports/rating-rules')).body.items;
    expect(newest).toMatchObject({ verified: true, object_days: 7 });
    expect(example).toMatchObject({ verified: false, valid_to: '2025-12-31' });
  });
  it('enters what an agency achieved, which its superiors see and nothing enforces', async () => {
    const agency = (await worker.get('/api/v1/me')).body.unit.agency, put = (unit: string, more: object = {}) => bkd.put(`/api/v1/reports/rating-results/${unit}`, { period: 'quarterly', day: '2025-09-30', result: 'excellent', basis: 'Berita acara 12/2025', ...more });
    expect((await put(agency)).status).toBe(204);
    expect(code(await put((await worker.get('/api/v1/me')).body.unit.id))).toBe('refused /unit');
    expect(code(await put(agency, { day: '2026-03-01' }))).toBe('bad_field /day');
    expect((await put('1')).status).toBe(404);
    const team = (await boss.get(`/api/v1/reports/rating-team${QUARTER}`)).body;
    expect(team).toMatchObject({ result: 'excellent', curve: { very_good: 40 } });
    expect(team.items.find((p: any) => p.employee === employee)).toMatchObject({ state: 'locked', predicate: 'good' });
  });
  it('sees numbers of units, none of fewer than ten people and no names; the file holds the same', async () => {
    const units = `/api/v1/reports/rating-units${QUARTER}`, top = (await bkd.get(units)).body.items;
    for (const u of top) {
      if (u.is_hidden) expect(u.rated).toBeUndefined();
      else if (u.rated) expect(u.rated).toBeGreaterThanOrEqual(10);
      if (!u.is_hidden) expect(u.very_good + u.good + u.needs_work + u.poor + u.very_poor).toBe(u.rated);
    }
    expect(top.some((u: any) => u.rated >= 10), JSON.stringify(top.filter((u: any) => u.rated !== 0))).toBe(true);
    const hidden = top.filter((u: any) => u.is_hidden).length;
    expect(hidden === 1).toBe(false); /* one alone is found by subtraction */
    const csv = await bkd.get(`${units}&format=csv`);
    expect(csv.headers.get('content-type')).toContain('csv');
    expect(csv.text).toContain('Sangat baik');
    expect(csv.text).not.toContain((await worker.get('/api/v1/me')).body.name);
    expect((await boss.get(units)).status).toBe(403);
    expect((await worker.get(units)).status).toBe(403);
  });
});

describe('silence', () => {
  it('makes final what was told when the promised days are over, and decides no objection', async () => {
    const inState = (state: string) => dumpRows(verb('dump', '--db', server.db), 'reports_rating').filter(r => r.state === state).length, objected = inState('3');
    expect(inState('2')).toBeGreaterThan(0);
    expect(objected).toBeGreaterThan(0);
    await server.stop();
    await server.start('--clock', '2025-11-29T08:00+07:00,x1');
    await expect.poll(() => inState('2'), { timeout: 60_000, interval: 2000 }).toBe(0);
    expect(inState('3')).toBe(objected);
    await server.stop();
    expect(verb('doctor', '--db', server.db)).not.toContain('fault');
  });
});
