/*
 * A roster as its days go by: on a Friday, when nothing of it can be decided any more, and long after. It is seen as
 * it held; what no longer fits is said of days ahead alone, of every roster in force and not of the newest one only.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoServer, loginOf, logins, type Client, type Login, type Server } from './server';

let server: Server, all: Login[], officer: Client, head: Client, bkd: Client, worker: Client, agency: string, first: string, second: string;
const VERSIONS = '/api/v1/roster/versions', SECOND = { period_from: '2025-12-15', period_to: '2025-12-23' }, LAST = { period_from: '2025-12-24', period_to: '2025-12-31' };

async function enter() {
  [officer, head, bkd, worker] = await Promise.all(['agency_officer', 'agency_head', 'bkd', 'employee'].map(role => server.client().signIn(loginOf(all, role)))) as [Client, Client, Client, Client];
}
async function goTo(instant: string) {
  await server.stop();
  await server.start('--clock', `${instant},x1`);
  await enter();
}
const sheetOf = async (id: string) => (await officer.get(`${VERSIONS}/${id}/sheet`)).body;
const repairs = async () => (await officer.get('/api/v1/roster/repairs')).body.items as { version: string; period_from: string; period_to: string; faults: number; newcomers: number; gone: number }[];
async function publish(period: object, extra: object = {}): Promise<string> {
  const made = await officer.post(VERSIONS, { unit: agency, ...period, ...extra });
  expect(made.status, made.text).toBe(200);
  const set = await head.post(`${VERSIONS}/${made.body.id}/set`, { revision: made.body.revision });
  expect(set.body.state, set.text).toBe('set');
  const done = await bkd.post(`${VERSIONS}/${made.body.id}/acknowledge`, { revision: set.body.revision });
  expect(done.body.state, done.text).toBe('published');
  return made.body.id;
}
const rows = (sheet: any) => sheet.people.map((p: any) => [p.employee, p.days]);

beforeAll(async () => {
  server = await demoServer();
  all = logins(server.db);
  await enter();
  agency = (await worker.get('/api/v1/me')).body.unit.agency;
  first = (await officer.get(`${VERSIONS}?on=2025-12-01`)).body.items.find((v: any) => v.state === 'published' && v.unit === agency).id;
  second = await publish(SECOND);
});
afterAll(async () => { await server.remove(); });

describe('a roster whose days have begun', () => {
  let ahead: any;
  beforeAll(async () => { ahead = (await sheetOf(first)).sheet; });
  it.each([['amid it', '2025-12-03T07:20+07:00'], ['on its last working day', '2025-12-12T07:20+07:00'], ['when it is over', '2025-12-20T07:20+07:00']])('is seen as it held, %s', async (_name, instant) => {
    await goTo(instant);
    const { version, sheet } = await sheetOf(first), today = instant.slice(0, 10);
    expect(version).toMatchObject({ state: 'published', may_edit: false });
    expect(ahead.people.length).toBeGreaterThan(2);
    expect(rows(sheet)).toEqual(rows(ahead));
    for (const p of sheet.people)
      for (const [i, d] of sheet.days.entries()) if (d.day <= today) expect('.H', `${p.name} ${d.day}`).not.toContain(p.cells[i]);
    /* what has begun is judged no more, and is counted as it was */
    const wednesday = sheet.days.findIndex((d: any) => d.day === '2025-12-03'), home = (s: any) => s.people.filter((p: any) => p.days[wednesday] === 'R').length + s.groups[0].away[wednesday];
    expect(sheet.groups[0].most[wednesday]).toBe(-1);
    expect([home(sheet), sheet.groups[0].present[wednesday]]).toEqual([home(ahead), ahead.groups[0].present[wednesday]]);
    expect(sheet).toMatchObject({ problem_total: 0, fault_total: 0 });
    expect((await repairs()).filter(r => r.version === first)).toEqual([]);
  });
  it('lets nothing be decided where nothing lies ahead', async () => {
    await goTo('2025-12-12T07:20+07:00');
    const refused = await officer.post(VERSIONS, { unit: agency, period_from: '2025-12-01', period_to: '2025-12-14' });
    expect([refused.status, refused.body.pointer], refused.text).toEqual([422, '/unit']);
    expect((await officer.get(`${VERSIONS}/${first}/clashes`)).body).toMatchObject({ items: [], short_by: 0 });
    expect((await officer.get(`${VERSIONS}/${first}/frontier`)).body.items).toEqual([]);
  });
});

describe('rosters in force', () => {
  let last: string;
  const told = async () => (await repairs()).map(r => [r.version, r.period_from, r.period_to, r.gone, r.newcomers]);
  it('are judged each, the one of these days too once the next is published', async () => {
    await goTo('2025-12-20T07:20+07:00');
    last = await publish(LAST);
    expect(await repairs()).toEqual([]);
    await goTo('2025-12-21T07:20+07:00');
    const { sheet } = await sheetOf(second), leaver = sheet.people.find((p: any) => /R/.test(p.days.slice(7)));
    const [other] = (await bkd.get('/api/v1/org/units')).body.items.filter((u: any) => u.id !== agency && u.name === 'Dinas Kehutanan'), [unit] = (await bkd.get(`/api/v1/org/units?parent=${other.id}`)).body.items;
    const moved = await bkd.post(`/api/v1/org/employees/${leaver.employee}/placements`, { unit: unit.id, position: 'Analis Kebijakan Ahli Pertama', position_level: 'fungsional', decree: '821.2/9', valid_from: '2025-12-22' });
    expect(moved.status, moved.text).toBe(200);
    expect(await told()).toEqual([[second, '2025-12-22', '2025-12-23', 1, 0], [last, '2025-12-24', '2025-12-31', 1, 0]]);
    /* he is seen still: with his days where he had some, by name where he has none */
    const seen = async (id: string) => (await sheetOf(id)).sheet.people.find((p: any) => p.employee === leaver.employee);
    expect((await seen(second)).days).toBe(`${leaver.days.slice(0, 7)}--`);
    expect((await seen(second)).cells.slice(7)).toBe('MM');
    expect(await seen(last)).toMatchObject({ name: leaver.name, cells: 'MMMMMMMM', week_most: [-1, -1] });
  });
  it('are judged up to where a newer one holds', async () => {
    await publish({ period_from: '2025-12-23', period_to: '2025-12-31' }, { keeps: true });
    expect(await told()).toEqual([[second, '2025-12-22', '2025-12-22', 1, 0]]);
  });
});
