/* Law is data: a circular recorded today changes tomorrow for everybody it names, and every day says why. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoServer, employeeLogin, loginOf, logins, TODAY, type Client, type Login, type Server } from './server';

const FRIDAY = '2025-11-14', NEXT_FRIDAY = '2025-11-21', MONDAY = '2025-11-17';
let server: Server, all: Login[], bkd: Client, worker: Client, me: any;
beforeAll(async () => {
  server = await demoServer();
  all = logins(server.db);
  bkd = await server.client().signIn(loginOf(all, 'bkd'));
  worker = await server.client().signIn(employeeLogin(all, 'home'));
  me = (await worker.get('/api/v1/me')).body;
});
afterAll(() => server.remove());

const explain = async (c: Client, employee: string, day: string) => (await c.get(`/api/v1/policy/explain?employee=${employee}&day=${day}`)).body;
const every = [1, 2, 3, 4, 5, 6, 7];
const circular = (over: object = {}) => ({
  rank: 'se', number: 'SE 99/UJI/2025', title: 'Bekerja dari rumah pada hari Jumat', issued: TODAY, signer: 'Sekretaris Daerah', valid_from: FRIDAY, legal_basis: 'PermenPANRB 4/2025',
  rules: [{ kind: 'mode', article: '1', weekdays: [5], post_match: 'any', mode: 'home' }, { kind: 'exempt', article: '2', weekdays: [5], post_match: 'direct' }], ...over,
});

describe('instruments', () => {
  it('in force are listed with rank, number, dates and rules', async () => {
    const items = (await worker.get(`/api/v1/policy/instruments?on=${TODAY}`)).body.items;
    expect(items.map((i: any) => i.number)).toEqual(expect.arrayContaining(['Perpres 21/2023', 'PermenPANRB 4/2025', 'SE 150/KPG.03/BKD']));
    const phase = items.find((i: any) => i.number === 'SE 150/KPG.03/BKD');
    expect(phase).toMatchObject({ rank: 'se', valid_from: '2025-11-01', valid_to: '2025-11-30' });
    expect(phase.rules).toEqual(expect.arrayContaining([expect.objectContaining({ kind: 'mode', weekdays: [4], mode: 'home' })]));
  });
  it('change on the first of December from all at home on Thursdays to half of each agency by roster', async () => {
    const items = (await worker.get('/api/v1/policy/instruments?on=2025-12-04')).body.items;
    const phase = items.find((i: any) => i.number === 'SE 150/KPG.03/BKD');
    expect(phase.rules).toEqual(expect.arrayContaining([expect.objectContaining({ kind: 'roster', bound: 'at_most', percent: 50, share_level: 'agency' })]));
    expect((await explain(worker, me.employee, '2025-11-27')).mode).toBe('home');
    expect((await explain(worker, me.employee, '2025-12-18')).mode).toBe('office');
  });
});

describe('a circular recorded today', () => {
  let id: string;
  it('changes the day it names and no other', async () => {
    expect((await explain(worker, me.employee, FRIDAY)).mode).toBe('office');
    const made = await bkd.post('/api/v1/policy/instruments', circular());
    expect(made.status, made.text).toBe(200);
    id = made.body.id;
    expect((await explain(worker, me.employee, TODAY)).steps.map((s: any) => s.number)).not.toContain('SE 99/UJI/2025');
    expect((await explain(worker, me.employee, MONDAY)).mode).toBe('office');
  });
  it('is the reason that is given', async () => {
    const why = await explain(worker, me.employee, FRIDAY);
    expect(why).toMatchObject({ mode: 'home', source: 'policy' });
    expect(why.steps.find((s: any) => s.rule_kind === 'mode' && s.result === 'applies')).toMatchObject({ number: 'SE 99/UJI/2025', article: '1', rank: 'se' });
    const roster = (await worker.get(`/api/v1/me/roster?from=${TODAY}&days=9`)).body.items;
    expect(roster.filter((d: any) => d.mode === 'home').map((d: any) => d.day)).toEqual([TODAY, FRIDAY, '2025-11-20', NEXT_FRIDAY]);
  });
  it('leaves the counter at the counter, and says by which article', async () => {
    const counter = await server.client().signIn(employeeLogin(all, 'counter'));
    const self = (await counter.get('/api/v1/me')).body.employee;
    const why = await explain(counter, self, FRIDAY);
    expect(why).toMatchObject({ mode: 'office', source: 'exempt' });
    expect(why.steps.find((s: any) => s.rule_kind === 'exempt' && s.result === 'applies')).toMatchObject({ number: 'SE 99/UJI/2025', article: '2' });
    expect(why.steps.find((s: any) => s.rule_kind === 'mode')).toMatchObject({ result: 'overruled_by_exempt' });
  });
  it('is ended, not edited: from the day after its last everything is as before', async () => {
    expect((await bkd.post(`/api/v1/policy/instruments/${id}/end`, { last_day: FRIDAY })).status).toBe(204);
    expect((await explain(worker, me.employee, FRIDAY)).mode).toBe('home');
    expect((await explain(worker, me.employee, NEXT_FRIDAY)).mode).toBe('office');
    const kept = (await worker.get(`/api/v1/policy/instruments?on=${FRIDAY}`)).body.items.find((i: any) => i.id === id);
    expect(kept.valid_to).toBe(FRIDAY);
    expect((await bkd.post(`/api/v1/policy/instruments/${id}/end`, { last_day: NEXT_FRIDAY })).status).toBe(409);
  });
  const faults: [string, object, string][] = [
    ['no rule kind of ours', circular({ rules: [{ kind: 'magic', article: '', weekdays: every, post_match: 'any' }] }), '/rules/0/kind'],
    ['a weekday that is none', circular({ rules: [{ kind: 'mode', article: '', weekdays: [8], post_match: 'any', mode: 'home' }] }), '/rules/0/weekdays'],
    ['a mode rule without a mode', circular({ rules: [{ kind: 'mode', article: '', weekdays: [5], post_match: 'any' }] }), '/rules/0/mode'],
    ['a percentage over a hundred', circular({ rules: [{ kind: 'roster', article: '', weekdays: every, post_match: 'any', mode: 'home', bound: 'at_most', percent: 101, base: 'all', share_level: 'agency' }] }), '/rules/0/percent'],
    ['an end before the beginning', circular({ valid_to: '2025-11-01' }), '/valid_to'],
    ['no number', circular({ number: '' }), '/number'],
    ['51 rules', circular({ rules: Array.from({ length: 51 }, () => circular().rules[0]) }), '/rules'],
  ];
  it.each(faults)('is refused with %s', async (_name, body, pointer) => {
    const before = (await bkd.get('/api/v1/policy/instruments')).body.items.length;
    const r = await bkd.post('/api/v1/policy/instruments', body);
    expect(r.status, r.text).toBe(400);
    expect(r.body.pointer).toMatch(new RegExp(`^${pointer}`));
    expect((await bkd.get('/api/v1/policy/instruments')).body.items.length).toBe(before);
  });
});

describe('a status', () => {
  it('decides the day, with its kind for those who must know and masked for the others', async () => {
    const made = await bkd.post('/api/v1/org/statuses', { employee: me.employee, kind: 'sick_leave', from: MONDAY, to: MONDAY, letter: '445/12/RSUD' });
    expect(made.status, made.text).toBe(200);
    const boss = await server.client().signIn(loginOf(all, 'supervisor')), lead = await server.client().signIn(loginOf(all, 'team_lead'));
    for (const c of [worker, bkd]) expect(await explain(c, me.employee, MONDAY)).toMatchObject({ mode: 'leave', source: 'status', masked: false, status: { kind: 'sick_leave', letter: '445/12/RSUD' } });
    /* health is for its owner and the named officer: the superior reads that it is excused */
    expect(await explain(boss, me.employee, MONDAY)).toMatchObject({ mode: 'leave', source: 'status', status: { kind: 'sick_or_permit', letter: '' } });
    const seen = await explain(lead, me.employee, MONDAY);
    expect(seen).toMatchObject({ mode: 'leave', masked: true });
    expect(JSON.stringify(seen)).not.toMatch(/sick|445/);
    expect((await bkd.post(`/api/v1/org/statuses/${made.body.status_id}/end`, { reason: 'Salah orang' })).status).toBe(204);
    expect((await explain(worker, me.employee, MONDAY)).mode).toBe('office');
  });
});

it('explains weekends and holidays by the calendar', async () => {
  expect(await explain(worker, me.employee, '2025-11-15')).toMatchObject({ mode: 'off', source: 'calendar' });
  expect(await explain(worker, me.employee, '2025-12-25')).toMatchObject({ mode: 'off', source: 'calendar', holiday: 'Hari Raya Natal' });
});

describe('the roster of December, by which phase II goes', () => {
  it('decides where each person of the agency works, and the explanation says so', async () => {
    const { items } = (await worker.get('/api/v1/me/roster?from=2025-12-01&days=14')).body;
    const home = items.filter((d: any) => d.mode === 'home'), office = items.filter((d: any) => d.mode === 'office');
    expect([home.length, office.length, items.length]).toEqual([4, 6, 14]); /* two days of each week */
    for (const d of [...home, ...office]) expect(d.source).toBe('roster');
    expect(await explain(worker, me.employee, home[0].day)).toMatchObject({ mode: 'home', source: 'roster', roster: { letter: 'R', decides: true } });
    expect(await explain(worker, me.employee, '2025-12-16')).toMatchObject({ mode: 'office', roster: { decides: true } });
  });
  it('is published by the head for at most half of the agency a day', async () => {
    const versions = (await bkd.get('/api/v1/roster/versions?on=2025-12-01')).body.items;
    expect(versions.length).toBeGreaterThanOrEqual(2);
    for (const v of versions) {
      expect(v).toMatchObject({ state: 'published', period_from: '2025-12-01', period_to: '2025-12-14', instrument_number: 'SE 150/KPG.03/BKD' });
      expect(v.published_at < `${TODAY}T`).toBe(true);
      const { lines } = (await bkd.get(`/api/v1/roster/versions/${v.id}`)).body;
      const away = Array.from({ length: 14 }, (_, i) => lines.filter((l: any) => l.days[i] === 'R').length);
      expect(lines.length).toBe(v.people);
      expect(Math.max(...away) * 2).toBeLessThanOrEqual(v.people);
      expect(Math.max(...away)).toBeGreaterThan(0);
    }
  });
});
