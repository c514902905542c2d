/*
 * What evidence asks of people: a superior confirms or does not, the employee explains and objects, silence counts
 * for the employee. Real phones against the real program. UU 27/2022 art. 10; PP 94/2021 art. 24-27.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoServer, employeeLogin, loginOf, logins, uuid7, type Client, type Login, type Server } from './server';
import { enrolPhone } from './phone';
import { signEvent, type Chain, type Token } from './event';

const CONFIRMATIONS = '/api/v1/attendance/confirmations', REASON = 'Menurut petugas piket ia belum tiba.';
let server: Server, all: Login[], worker: Client, boss: Client, bkd: Client, employee: string, phone: Chain, token: Token;

/** Signs everybody in anew: the clock of the server is another one. */
async function at(clock: string) {
  await server.stop();
  await server.start('--clock', `${clock},x1`);
  await enter();
}
async function enter() {
  worker = await server.client().signIn(employeeLogin(all, 'home'));
  boss = await server.client().signIn(loginOf(all, 'supervisor'));
  bkd = await server.client().signIn(loginOf(all, 'bkd'));
  employee = (await worker.get('/api/v1/me')).body.employee;
}
const send = async (events: object[], sent_at: string) => {
  const r = await worker.post('/api/v1/attendance/punches', { events, sent_at });
  expect(r.status, r.text).toBe(200);
  return r.body.receipts as any[];
};
const waiting = async (who = boss) => (await who.get(`${CONFIRMATIONS}/waiting`)).body.items as any[];
const own = async () => (await worker.get(CONFIRMATIONS)).body.items as any[];
const confirm = (items: any[], who = boss) => who.post(`${CONFIRMATIONS}/confirm`, { items: items.map(c => ({ confirmation: c.id, version: c.version })) });
const deny = (c: any, consequence: string, who = boss) => who.post(`${CONFIRMATIONS}/${c.id}/deny`, { version: c.version, consequence, reason: REASON });
const day = async (d = '2025-11-13') => (await worker.get(`/api/v1/attendance/days/${employee}/${d}`)).body;

/* at home, in the morning: two events whose time nothing proves, and three that came after five hours without a signal */
beforeAll(async () => {
  server = await demoServer();
  all = logins(server.db);
  await enter();
  phone = await enrolPhone(bkd, worker);
  token = (await worker.get(`/api/v1/attendance/token?device=${phone.device}`)).body;
  const doubted = [await signEvent(phone, employee, 'in', '2025-11-13T07:05:00+07:00'), await signEvent(phone, employee, 'out', '2025-11-13T07:10:00+07:00')];
  const queued = [];
  for (const [i, type] of (['in', 'out', 'in'] as const).entries()) queued.push(await signEvent(phone, employee, type, `2025-11-13T07:${25 + i}:00+07:00`, token));
  await at('2025-11-13T12:30:00+07:00');
  const receipts = await send([...doubted, ...queued], '2025-11-13T12:30:00+07:00');
  expect(receipts.map(r => r.time_grade)).toEqual(['doubted', 'doubted', 'queued', 'queued', 'queued']);
  expect(receipts.every(r => r.status === 'accepted')).toBe(true);
}, 60_000);
afterAll(() => server.remove());

describe('what waits', () => {
  it('is shown to the superior with its reasons, never a score or a position', async () => {
    const items = await waiting();
    expect(items).toHaveLength(5);
    const [first] = items;
    expect(first).toMatchObject({ employee, day: '2025-11-13', kind: 'needs_confirmation', grade: 'doubted', direction: 'in', at: '2025-11-13T00:05:00.000Z', due_day: '2025-11-17', state: 'waiting', is_plain: false, may_decide: true });
    expect(first.marks).toEqual(['device_new', 'token_missing']);
    expect(items.filter(c => c.is_plain).map(c => c.kind)).toEqual(['queued_time', 'queued_time', 'queued_time']);
    const text = (await boss.get(`${CONFIRMATIONS}/waiting`)).text;
    for (const never of ['score', 'lat_e7', 'weight', 'sealed']) expect(text).not.toContain(never);
  });
  it('is one\'s own to read at once, and nobody else\'s', async () => {
    expect((await own()).map(c => c.state)).toEqual(Array(5).fill('waiting'));
    expect((await worker.get(`${CONFIRMATIONS}/waiting`)).status).toBe(403);
    const teacher = await server.client().signIn(employeeLogin(all, 'teacher'));
    expect((await teacher.get(CONFIRMATIONS)).body.items).toHaveLength(0);
  });
  it('hurts nobody: the time that counts does, the other waits', async () => {
    const d = await day();
    expect(d.flags).not.toContain('late');
    expect(d.in_phone_at).toBe('2025-11-13T00:05:00.000Z');
    expect((await boss.get('/api/v1/attendance/undecided')).body.items.filter((u: any) => u.employee === employee && u.day === '2025-11-13')).toEqual([]);
  });
});

describe('deciding', () => {
  it('confirms the plain ones in one gesture and refuses to take others along', async () => {
    const items = await waiting(), plain = items.filter(c => c.is_plain), odd = items.find(c => !c.is_plain);
    const mixed = await confirm([...plain.slice(0, 2), odd]);
    expect(mixed.body.results.map((r: any) => r.code ?? r.status)).toEqual(['confirmed', 'confirmed', 'refused']);
    const again = await confirm(plain);
    expect(again.body.results.map((r: any) => r.code ?? r.status)).toEqual(['stale', 'stale', 'confirmed']);
    expect(await waiting()).toHaveLength(2);
    expect((await day()).decisions ?? []).toEqual([]); /* agreeing corrects nothing */
  });
  it('is the superior\'s alone', async () => {
    const [c] = await waiting();
    const stranger = await server.client().signIn(loginOf(all, 'unit_officer')), inspector = await server.client().signIn(loginOf(all, 'inspector'));
    expect((await deny(c, 'not_counted', worker)).body.code).toBe('not_found'); /* nobody about himself */
    expect((await deny(c, 'not_counted', bkd)).body.code).toBe('not_supervisor_of_day');
    for (const who of [stranger, inspector]) expect((await deny(c, 'not_counted', who)).body.code).toBe('not_found');
    expect((await boss.post(`${CONFIRMATIONS}/${c.id}/deny`, { version: c.version, consequence: 'counts', reason: REASON })).body.code).toBe('bad_field');
    expect((await boss.post(`${CONFIRMATIONS}/${c.id}/deny`, { version: c.version, consequence: 'receipt', reason: 'pendek' })).body.code).toBe('bad_field');
  });
  it('denies with a reason and what follows; the employee reads it, explains, objects, and is believed', async () => {
    const [c, other] = await waiting();
    expect((await confirm([other])).body.results[0].status).toBe('confirmed');
    expect((await deny(c, 'not_counted')).status).toBe(204);
    const mine = (await own()).find(x => x.id === c.id);
    expect(mine).toMatchObject({ state: 'denied', consequence: 'not_counted', decision: REASON, may_object: true });
    expect(mine.decided_by).toBeTruthy();
    expect((await day()).decisions).toContainEqual(expect.objectContaining({ kind: 'confirmation', is_accepted: false, reason: REASON }));

    expect(await waiting()).toHaveLength(0);
    const explained = await worker.put(`${CONFIRMATIONS}/${c.id}/explanation`, { explanation: 'Ponsel baru dinyalakan; Pak Ujang melihat saya.' });
    expect(explained.status, explained.text).toBe(204);
    expect(await waiting()).toMatchObject([{ id: c.id, state: 'denied', explanation: 'Ponsel baru dinyalakan; Pak Ujang melihat saya.' }]);

    const objection = await worker.post('/api/v1/attendance/corrections', { id: uuid7(), day: c.day, kind: 'confirm', punch: c.punch, cause: 'other', reason: 'Saya berada di tempat; ada saksi.' });
    expect(objection.status, objection.text).toBe(200);
    expect((await boss.post(`/api/v1/attendance/corrections/${objection.body.id}/accept`, { version: 1, reason: 'Saksi menguatkan keterangannya.' })).status).toBe(204);
    expect((await own()).find(x => x.id === c.id)).toMatchObject({ state: 'confirmed', consequence: 'counts' });
    expect((await day()).in_at).toBe('2025-11-13T00:05:00.000Z');
    expect((await worker.put(`${CONFIRMATIONS}/${c.id}/explanation`, { explanation: 'Sekali lagi saya jelaskan.' })).body.code).toBe('conflict');
  });
});

describe('silence', () => {
  it('counts for the employee after the second working day, and against the queue of the unit', async () => {
    const late = await signEvent(phone, employee, 'in', '2025-11-13T06:58:00+07:00');
    await send([late], '2025-11-13T12:31:00+07:00');
    expect(await waiting()).toHaveLength(1);
    await at('2025-11-17T23:50:00+07:00');
    expect(await waiting()).toHaveLength(1);
    await at('2025-11-18T00:05:00+07:00');
    await expect.poll(async () => (await own())[0].state, { timeout: 90_000, interval: 500 }).toBe('silent');
    expect((await own())[0].decided_by).toBeUndefined();
    expect(await waiting()).toHaveLength(0);
    expect((await day()).in_at).toBe('2025-11-12T23:58:00.000Z');
  }, 120_000);
  it('is shown per unit, small numbers never, and how right each rule is', async () => {
    const units = (await bkd.get('/api/v1/attendance/evidence/outcomes?month=2025-11-01')).body;
    expect(units.items).toMatchObject([{ is_hidden: true }]); /* of one person */
    expect(units.items[0].silent).toBeUndefined();
    const rules = (await bkd.get('/api/v1/attendance/evidence/marks?month=2025-11-01')).body;
    expect(rules).toMatchObject({ from: '2025-09-01', to: '2025-11-30' });
    expect(rules.items).toHaveLength(17);
    expect(rules.items.every((r: any) => r.precision_percent === undefined && r.needs_review === false)).toBe(true);
    expect((await boss.get('/api/v1/attendance/evidence/marks')).status).toBe(403);
  });
});
