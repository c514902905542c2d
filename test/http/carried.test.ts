/*
 * A report handed in without a signal is as timely as its phone says, within bounds (docs/WORK.md, "On time"); and what it shows as
 * evidence opens for whoever answers for its day, also after the writer moved to another superior.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { png } from './picture';
import { copyStore, employeeLogin, loginOf, logins, Server, superiorOf, TODAY, uuid7, type Client, type Login } from './server';

const DAILY = '/api/v1/reports/daily', FRIDAY = '2025-11-14', LETTER = '800/9/UJI/2025';
const item = { starts: '08:00', ends: '09:30', description: 'Menyusun berkas contoh', volume: 99999, unit_of_measure: 'naskah', reference: '421/17' };

let server: Server, all: Login[];
beforeAll(async () => {
  const { dir, db } = copyStore();
  server = new Server(dir, db);
  all = logins(db);
  await server.start('--clock', `${TODAY}T14:00+07:00,x1`);
});
afterAll(() => server.remove());
const at = async (when: string) => { await server.stop(); await server.start('--clock', `${when}+07:00,x1`); };
const sign = (l: Login): Promise<Client> => server.client().signIn(l);
const own = async (c: Client, day: string) => (await c.get(`${DAILY}?day=${day}`)).body;
const hand = async (c: Client, day: string, more: object = {}, items: object[] = [item]) => {
  const r = await c.put(DAILY, { day, version: (await own(c, day)).version, items, submit: true, ...more });
  expect(r.status, r.text).toBe(200);
  return own(c, day);
};

describe('evidence', () => {
  it('opens for the superior of the day, who is no longer today\'s, and for his delegate of that day', async () => {
    const c = await sign(employeeLogin(all, 'home')), bkd = await sign(loginOf(all, 'bkd')), me = (await c.get('/api/v1/me')).body;
    const a = (await superiorOf(bkd, me.employee, all[0]!.password))!, b = (await superiorOf(bkd, a.employee, all[0]!.password))!;
    const sha = (await c.post('/api/v1/files', png(), { 'content-type': 'application/octet-stream' })).body.sha256;
    const other = (await c.post('/api/v1/files', png(), { 'content-type': 'application/octet-stream' })).body.sha256;
    const { report } = await hand(c, TODAY, {}, [{ ...item, evidence_sha256: sha, evidence_name: 'bukti.png' }]);
    const delegates = (await bkd.get(`/api/v1/org/units/${me.unit.agency}/employees?limit=200`)).body.items, delegate = delegates.find((p: any) => p.account === 'active' && ![me.employee, a.employee, b.employee].includes(p.id));
    expect((await bkd.post('/api/v1/org/roles', { employee: delegate.id, acts_for: a.employee, role: 'supervisor', acting: 'delegate', letter: LETTER, valid_from: TODAY, valid_to: TODAY })).status).toBe(200);
    const moved = await bkd.post(`/api/v1/org/employees/${me.employee}/superiors`, { relation: 'supervisor', superior: b.employee, letter: LETTER, valid_from: FRIDAY });
    expect(moved.status, moved.text).toBe(200);
    await at(`${FRIDAY}T08:00`);
    const opens = async (l: Login, file = sha) => (await (await sign(l)).get(`${DAILY}/${report}/files/${file}`)).status;
    expect(await opens(a)).toBe(200);
    expect(await opens(employeeLogin(all, 'home'))).toBe(200);
    expect(await opens({ ...a, nip: delegate.nip })).toBe(200);
    expect(await opens(employeeLogin(all, 'teacher'))).toBe(404);
    expect(await opens(a, other)).toBe(404); /* his file, but of no report */
  });
});

it('is of at most 99,999 of its unit, as the page has it', async () => {
  const c = await sign(employeeLogin(all, 'counter'));
  expect((await c.put(DAILY, { day: TODAY, version: 0, items: [{ ...item, volume: 100000 }], submit: false })).body).toMatchObject({ code: 'bad_field', pointer: '/items/0/volume' });
});

describe('a report that a phone kept without a signal', () => {
  const when = async (c: Client, made_at: string, more: object = {}) => hand(c, FRIDAY, { made_at, ...more });
  it('is on time when it was handed in on it in time, and both times are shown', async () => {
    await at('2025-11-15T07:10');
    const c = await sign(employeeLogin(all, 'counter')), r = await when(c, '2025-11-14T08:00:00.000Z');
    expect(r).toMatchObject({ is_late: false, made_at: '2025-11-14T08:00:00.000Z', submitted_at: expect.stringMatching(/^2025-11-15T00:1/) });
    const bkd = await sign(loginOf(all, 'bkd')), boss = await sign((await superiorOf(bkd, r.employee, all[0]!.password))!);
    const row = (await boss.get('/api/v1/reports/team?state=submitted')).body.items.find((x: any) => x.report === r.report);
    expect(row).toMatchObject({ is_late: false, made_at: r.made_at });
    expect(row.remarks).not.toContain('late');
  });
  it.each([['nurse', 'a time to come', '2025-11-16T00:00:00.000Z'], ['home', 'more than a week before', '2025-11-07T00:00:00.000Z']] as const)('of %s counts when it came: it says %s', async (kind, _says, made_at) => {
    const r = await when(await sign(employeeLogin(all, kind)), made_at, { late_reason: 'Jaringan terputus sejak sore.' });
    expect(r).toMatchObject({ is_late: true });
    expect(r.made_at).toBeUndefined();
  });
});

it('says why it is late by one tap too', async () => {
  const c = await sign(employeeLogin(all, 'teacher')), why = 'Ponsel tertinggal di sekolah.';
  const r = await c.put(DAILY, { day: FRIDAY, version: 0, items: [], submit: true, confirm: true, late_reason: why }, { 'idempotency-key': uuid7() });
  expect(r.status, r.text).toBe(200);
  const v = await own(c, FRIDAY);
  expect(v).toMatchObject({ is_late: true, is_confirmed: true });
  expect(v.events.map((e: any) => e.note)).toContain(why);
});
