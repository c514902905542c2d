/*
 * Until when a daily report is on time is a dated number of the government (docs/WORK.md, "The daily report"): without one the same
 * day; the number that holds is that of the report's day, not of the day on which it is handed in.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyStore, employeeLogin, loginOf, logins, Server, TODAY, type Client, type Login } from './server';

const DAILY = '/api/v1/reports/daily', FRIDAY = '2025-11-14', item = { starts: '08:00', ends: '09:30', description: 'Menyusun berkas contoh', volume: 1, unit_of_measure: 'naskah', reference: '421/17' };
const set = (value: number, more: object = {}) => ({ kind: 'report_grace_minutes', value, legal_basis: 'Contoh: aturan daerah, sampai pukul 10.00 besoknya', valid_from: FRIDAY, ...more });

let server: Server, all: Login[];
beforeAll(async () => {
  const { dir, db } = copyStore();
  server = new Server(dir, db);
  all = logins(db);
  await server.start('--clock', `${TODAY}T14:00+07:00,x1`);
});
afterAll(() => server.remove());
const at = async (when: string) => { await server.stop(); await server.start('--clock', `${when}+07:00,x1`); };
const sign = (kind: 'home' | 'counter' | 'nurse'): Promise<Client> => server.client().signIn(employeeLogin(all, kind));
async function hand(c: Client, day: string): Promise<any> {
  const before = (await c.get(`${DAILY}?day=${day}`)).body, r = await c.put(DAILY, { day, version: before.version, items: [item], submit: true });
  expect(r.status, r.text).toBe(200);
  return (await c.get(`${DAILY}?day=${day}`)).body;
}

describe('until when a report is on time', () => {
  it('is the end of its day where no number speaks, and the phone is told', async () => {
    const c = await sign('home'), until = '2025-11-13T17:00:00.000Z';
    expect((await c.get(`${DAILY}?day=${TODAY}`)).body.on_time_until).toBe(until);
    expect((await c.get('/api/v1/me/today')).body.on_time_until).toBe(until);
    const numbers = (await c.get('/api/v1/attendance/parameters?kind=report_grace_minutes')).body;
    expect(numbers.items.find((n: any) => n.kind === 'report_grace_minutes')).toMatchObject({ value: 0, fallback: 0, next_value: 600, next_from: '2025-12-01' });
    expect(numbers.history).toMatchObject([{ value: 600, verified_by: '', legal_basis: expect.stringMatching(/^Contoh/) }]);
  });
  it('is set by the board for days to come, within bounds', async () => {
    const bkd = await server.client().signIn(loginOf(all, 'bkd'));
    for (const [body, pointer] of [[set(4321), '/value'], [set(600, { valid_from: TODAY }), '/valid_from']] as const)
      expect(await bkd.put('/api/v1/attendance/parameters', body)).toMatchObject({ status: 400, body: { pointer } });
    expect((await (await sign('home')).put('/api/v1/attendance/parameters', set(600))).status).toBe(403);
    expect((await bkd.put('/api/v1/attendance/parameters', set(600))).status).toBe(200);
  });
  it('is then the hour of the next day, to the minute, for reports of its days alone', async () => {
    await at('2025-11-15T09:58');
    const early = await sign('home');
    expect((await early.get(`${DAILY}?day=${FRIDAY}`)).body).toMatchObject({ is_late: false });
    expect(await hand(early, FRIDAY)).toMatchObject({ is_late: false, state: 'submitted' });
    expect(await hand(early, TODAY)).toMatchObject({ is_late: true });
    await at('2025-11-15T10:00');
    expect(await hand(await sign('counter'), FRIDAY)).toMatchObject({ is_late: true, state: 'submitted' });
  });
});

describe('why a report is late', () => {
  const SATURDAY = '2025-11-15', why = 'Jaringan di rumah terputus sejak sore.';
  const put = async (c: Client, day: string, late_reason: string) => c.put(DAILY, { day, version: (await c.get(`${DAILY}?day=${day}`)).body.version, items: [item], submit: true, late_reason });
  const told = async (c: Client, day: string) => (await c.get(`${DAILY}?day=${day}`)).body.events.filter((e: any) => e.kind === 'submitted').map((e: any) => e.note);
  it('is said in ten characters or more, and read in its thread', async () => {
    const c = await sign('nurse');
    expect((await put(c, TODAY, 'lupa')).body).toMatchObject({ code: 'bad_field', pointer: '/late_reason' });
    expect((await put(c, TODAY, why)).status).toBe(200);
    expect(await told(c, TODAY)).toEqual([why]);
  });
  it('is nothing to say of one that is in time', async () => {
    const c = await sign('nurse');
    expect((await c.get(`${DAILY}?day=${SATURDAY}`)).body).toMatchObject({ is_late: false });
    expect((await put(c, SATURDAY, why)).status).toBe(200);
    expect(await told(c, SATURDAY)).toEqual(['']);
  });
});

/* A dated rule of kind report_missing: told to the writer with its instrument, applied to nobody. */
describe('what follows of a missing report', () => {
  const OFFICE = '2025-11-19', HOME = '2025-11-20', words = 'Tambahan penghasilan hari itu tidak dibayarkan';
  const rule = (more: object = {}) => ({ rank: 'perkada', number: 'Pergub 9/UJI', title: 'Akibat laporan', issued: '2025-11-15', signer: 'Gubernur', valid_from: HOME, legal_basis: 'PP 12/2019', rules: [{ kind: 'report_missing', article: 'Pasal 7', weekdays: [1, 2, 3, 4, 5, 6, 7], post_match: 'any', words, ...more }] });
  it('is said in words, and by a rule that says nothing else', async () => {
    const bkd = await server.client().signIn(loginOf(all, 'bkd'));
    for (const [more, pointer] of [[{ words: undefined }, '/rules/0/words'], [{ duty: 'daily_items' }, '/rules/0/duty']] as const)
      expect((await bkd.post('/api/v1/policy/instruments', rule(more))).body).toMatchObject({ code: 'bad_field', pointer });
    expect((await (await sign('home')).post('/api/v1/policy/instruments', rule())).status).toBe(403);
    expect((await bkd.post('/api/v1/policy/instruments', rule())).status).toBe(200);
  });
  it('is told from its day on, where a report is asked for, and in the explanation', async () => {
    await at(`${HOME}T15:00`);
    const c = await sign('home'), me = (await c.get('/api/v1/me')).body.employee, report = async (day: string) => (await c.get(`${DAILY}?day=${day}`)).body;
    const explained = async (day: string) => (await c.get(`/api/v1/policy/explain?employee=${me}&day=${day}`)).body;
    expect((await report(OFFICE)).missing).toBeUndefined();
    expect(await report(HOME)).toMatchObject({ due: true, missing: words, missing_basis: 'Pergub 9/UJI, Pasal 7' });
    expect((await explained(HOME)).report_missing).toBe(words);
    expect((await explained(OFFICE)).report_missing).toBeUndefined();
  });
});
