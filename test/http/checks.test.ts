/*
 * Presence checks over HTTP: calls of a superior within their limits, what a session fetched, answers signed and not, and
 * a lot whose seed was promised the day before and is drawn again here. Perpres 21/2023 art. 4, 8; UU 27/2022 art. 10.
 */
import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoServer, dumpRows, employeeLogin, loginOf, logins, uuid7, verb, type Client, type Login, type Server } from './server';
import { b64, enrolPhone, sha256, u64 } from './phone';
import { signEvent, type Chain, type Token } from './event';

const CHECKS = '/api/v1/attendance/checks', NOTE = 'Mohon jawab, berkas ditunggu bidang.';
let server: Server, all: Login[], worker: Client, boss: Client, bkd: Client, employee: string, phone: Chain, token: Token;

/** Signs everybody in anew: the clock of the server is another one. */
async function at(clock: string) {
  await server.stop();
  await server.start('--clock', `${clock}+07:00,x1`);
  worker = await server.client().signIn(employeeLogin(all, 'home'));
  boss = await server.client().signIn(loginOf(all, 'supervisor'));
  bkd = await server.client().signIn(loginOf(all, 'bkd'));
}
const call = (kind = 'answer', who = boss, about = employee) => who.post(CHECKS, { employee: about, kind, note: NOTE });
const open = async () => (await worker.get('/api/v1/me/checks?open=true')).body.items as any[];
const own = async () => (await worker.get('/api/v1/me/checks')).body.items as any[];
const team = async (day = '2025-11-13') => (await boss.get(`${CHECKS}?day=${day}`)).body.items as any[];
const ofWorker = async () => (await team()).filter(c => c.employee === employee);
const punch = (at: string) => worker.post('/api/v1/attendance/punches', { events: [{ id: uuid7(), direction: 'check', phone_at: at, offset_ms: 0 }] });

beforeAll(async () => {
  server = await demoServer();
  all = logins(server.db);
  await at('2025-11-13T07:20');
  employee = (await worker.get('/api/v1/me')).body.employee;
  phone = await enrolPhone(bkd, worker);
  token = (await worker.get(`/api/v1/attendance/token?device=${phone.device}`)).body;
}, 60_000);
afterAll(() => server.remove());

describe('a call', () => {
  it('is not made outside working minutes, and says why', async () => {
    for (const [clock, why] of [['2025-11-13T07:20', 'call_not_work'], ['2025-11-13T12:30', 'call_not_work'], ['2025-11-13T15:45', 'call_not_work'], ['2025-11-13T19:00', 'call_not_work'], ['2025-11-14T10:00', 'call_not_home']] as const) {
      await at(clock);
      const r = await call();
      expect([clock, r.status, r.body.code, r.body.reason]).toEqual([clock, 422, 'refused', why]);
    }
    await at('2025-11-13T15:00');
    expect((await call('come')).body.reason).toBe('call_no_time');
  }, 60_000);
  it('is the superior\'s of that day alone, about somebody else, with a word', async () => {
    await at('2025-11-13T09:00');
    expect((await call('answer', worker)).body.code).toBe('not_found');
    expect((await call('answer', bkd)).body.code).toBe('not_supervisor_of_day');
    const stranger = await server.client().signIn(loginOf(all, 'unit_officer'));
    expect((await call('answer', stranger)).body.code).toBe('not_found');
    expect((await boss.post(CHECKS, { employee, kind: 'lot', note: NOTE })).body.code).toBe('bad_field');
    expect((await boss.post(CHECKS, { employee, kind: 'answer', note: '?' })).body.code).toBe('bad_field');
    expect((await boss.get('/api/v1/me')).body.employee).not.toBe(employee);
    expect((await call('answer', boss, (await boss.get('/api/v1/me')).body.employee)).body.code).toBe('not_found');
  });
  it('reaches the phone once, and that is written down', async () => {
    const r = await call();
    expect(r.status, r.text).toBe(200);
    expect(r.body).toMatchObject({ closes_at: expect.stringMatching(/^2025-11-13T02:30/), until_at: expect.stringMatching(/^2025-11-13T03:00/) });
    expect(await ofWorker()).toMatchObject([{ id: r.body.check, kind: 'answer', state: 'waiting', note: NOTE, may_see: true, may_answer: false }]);
    expect((await ofWorker())[0].shown_at).toBeUndefined();
    const [mine] = await open();
    expect(mine).toMatchObject({ id: r.body.check, state: 'waiting', may_answer: true, note: NOTE });
    expect(mine.asked_by).toBeTruthy();
    expect(mine.name).toBeUndefined();
    await expect.poll(async () => (await ofWorker())[0].shown_at, { timeout: 10_000 }).toMatch(/^2025-11-13T02:0/);
    const first = (await ofWorker())[0].shown_at;
    await open();
    expect((await ofWorker())[0].shown_at).toBe(first);
  });
  it('is answered by one tap, unsigned and marked', async () => {
    expect((await punch('2025-11-13T09:04:00+07:00')).body.receipts[0].status).toBe('accepted');
    expect(await ofWorker()).toMatchObject([{ state: 'answered', is_signed: false, may_see: false }]);
    expect((await open())[0]).toMatchObject({ state: 'answered', may_answer: false });
    const day = (await worker.get(`/api/v1/attendance/days/${employee}/2025-11-13`)).body;
    expect(day.state).toBe('present'); /* who answers is there; he has not clocked in */
    expect(day.flags).not.toContain('late');
  });
  it('is limited on a day, by name', async () => {
    await at('2025-11-13T10:00');
    expect((await call()).status).toBe(200);
    await at('2025-11-13T10:30');
    const third = await call();
    expect([third.status, third.body.reason]).toEqual([422, 'call_day_limit']);
    expect((await boss.get(CHECKS)).body).toMatchObject({ call_day_max: 2, call_week_max: 4, call_minutes: 30, last_minutes: 30 });
  });
  it('without an answer is a fact, and starts nothing', async () => {
    await at('2025-11-13T10:04');
    await open();
    await expect.poll(async () => (await ofWorker())[1].shown_at, { timeout: 10_000 }).toBeTruthy();
    await at('2025-11-13T10:45');
    expect((await ofWorker())[1]).toMatchObject({ state: 'overdue' });
    expect((await open())[0]).toMatchObject({ may_answer: true });
    await at('2025-11-13T11:30');
    expect((await ofWorker())[1]).toMatchObject({ state: 'unanswered', missed_week: 1, missed_month: 1 });
    expect((await ofWorker())[0].missed_month).toBeUndefined(); /* it was answered */
    expect((await boss.get('/api/v1/attendance/confirmations/waiting')).body.items.filter((c: any) => c.employee === employee)).toEqual([]);
    expect((await worker.get('/api/v1/attendance/confirmations')).body.items).toEqual([]);
    expect((await worker.get(`/api/v1/attendance/days/${employee}/2025-11-13`)).body.flags).not.toContain('outside_window');
  }, 60_000);
  it('that was signed in time without a signal counts, however late it comes', async () => {
    const events = [await signEvent(phone, employee, 'answer', '2025-11-13T10:06:00+07:00', token)];
    const r = await worker.post('/api/v1/attendance/punches', { events, sent_at: '2025-11-13T11:30:20+07:00' });
    expect(r.status, r.text).toBe(200);
    expect((await ofWorker())[1]).toMatchObject({ state: 'excused', is_signed: true, made_at: '2025-11-13T03:06:00.000Z' });
    expect((await own())[0]).toMatchObject({ state: 'excused' });
  });
});

describe('seeing somebody', () => {
  it('is noted once by the superior of the day', async () => {
    await at('2025-11-06T10:00'); /* another day at home */
    const other = (await boss.get('/api/v1/attendance/team?day=2025-11-06')).body.items.find((p: any) => p.relation === 'supervisor' && p.mode === 'home' && p.employee !== employee);
    const check = (await call('come', boss, other.employee)).body.check as string, seen = (who: Client) => who.post(`${CHECKS}/${check}/seen`, { note: 'Bertemu di ruang rapat.' });
    expect((await seen(worker)).body.code).toBe('not_found');
    expect((await seen(bkd)).body.code).toBe('not_supervisor_of_day');
    expect((await seen(boss)).status).toBe(204);
    expect((await seen(boss)).body.code).toBe('conflict');
    expect((await team('2025-11-06')).find(c => c.id === check)).toMatchObject({ state: 'seen', seen_note: 'Bertemu di ruang rapat.', may_see: false });
    expect((await boss.post(`${CHECKS}/1/seen`, {})).body.code).toBe('not_found');
  });
});

describe('the lot', () => {
  const lot = async (day: string) => (await server.client().get(`/api/v1/public/jabar/checks/${day}`));
  it('is promised before its day and tells nothing until it is over', async () => {
    await at('2025-11-13T11:40');
    const today = (await lot('2025-11-13')).body, tomorrow = (await lot('2025-11-14')).body;
    for (const l of [today, tomorrow]) {
      expect(l.seed).toBeUndefined();
      expect(l.percent).toBeUndefined();
      expect(Date.parse(l.committed_at)).toBeLessThan(Date.parse(`${l.day}T00:00:00+09:00`));
    }
    expect((await lot('2025-12-31')).status).toBe(404);
    expect((await server.client().get('/api/v1/public/nirgendwo/checks/2025-11-12')).status).toBe(404);
  });
  it('can be drawn again by everybody: nobody was chosen', async () => {
    const l = (await lot('2025-11-11')).body, days = Buffer.alloc(4);
    days.writeInt32BE(Date.parse(l.day) / 86_400_000);
    const seed = Buffer.from(l.seed, 'base64url');
    expect(b64(sha256('luwes/cs/1\n', u64(l.government), days, seed))).toBe(l.commitment);
    /* and the promise is the leaf of the log */
    const payload = Buffer.concat([Buffer.from('luwes/ck/1\n'), Buffer.from([1]), days, Buffer.from(l.commitment, 'base64url')]);
    const inner = sha256('luwes/leaf/1', Buffer.from(l.leaf_salt, 'base64url'), payload), leaf = sha256(Buffer.from([0, 32]), u64(BigInt(Date.parse(l.committed_at))), inner);
    await server.stop();
    const dump = verb('dump', '--db', server.db), rows = dumpRows(dump, 'attendance_check').filter(r => r.government_id === l.government && r.day === String(Date.parse(l.day) / 86_400_000) && r.kind === '0');
    const stored = dumpRows(dump, 'trust_leaf').find(r => r.government_id === l.government && r.leaf_index === String(l.leaf_index))!;
    expect(stored.leaf_hash).toContain(leaf.toString('hex'));
    const drawn = (id: string) => createHmac('sha256', seed).update('luwes/lt/1\n').update(u64(id)).digest().readUInt32BE(0) * 100 < l.percent * 2 ** 32;
    expect(rows.length).toBeGreaterThan(3);
    expect(rows.filter(r => !drawn(r.employee_id!))).toEqual([]);
    const asked = new Set(rows.map(r => r.employee_id)), worked = dumpRows(dump, 'attendance_day').filter(r => r.government_id === l.government && r.day === rows[0]!.day && r.mode === '0' && r.starts === '450' && r.state !== '7');
    /* who had room and was drawn was asked, but for the limit of the week */
    expect(worked.filter(r => drawn(r.employee_id!) && !asked.has(r.employee_id)).length).toBeLessThanOrEqual(3);
    await server.start();
  }, 60_000);
  it('asks people of a day that has opened, within their minutes, and tells a superior no sooner', async () => {
    await at('2025-11-14T00:10');
    const drawn = () => dumpRows(verb('dump', '--db', server.db), 'attendance_check').filter(r => r.kind === '0' && r.day === String(Date.parse('2025-11-14') / 86_400_000));
    await expect.poll(() => drawn().length, { timeout: 90_000, interval: 2000 }).toBeGreaterThan(3);
    const rows = drawn();
    for (const r of rows) {
      const from = (Number(r.opens_at) + 7 * 3_600_000) % 86_400_000 / 60_000;
      expect(Number(r.closes_at) - Number(r.opens_at)).toBe(15 * 60_000);
      expect(from).toBeGreaterThan(5 * 60);
    }
    expect(await team('2025-11-14')).toEqual([]);
  }, 150_000);
});
