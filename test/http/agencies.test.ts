/*
 * Every agency of the demo, not one alone: its officer drafts the best roster of the month that waits for
 * one and solves it again with a change of his, its head sets it, the board acknowledges it, and from then on
 * the day that was changed is worked where the roster says. Where nobody may be at home, the head says so.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { demoServer, dumpRows, loginOf, logins, TODAY, verb, type Client, type Login, type Server } from './server';

interface Node { unit: string; unit_name: string; state: string; version?: string; gap_from?: string; gap_to?: string }
let server: Server, all: Login[], bkd: Client, nodes: Node[], roles: Record<string, string>[], nips: Map<string, string>;
const VERSIONS = '/api/v1/roster/versions', HEAD = 4, OFFICER = 5 /* enum role */, today = Date.parse(TODAY) / 86_400_000;
const awaited = async (): Promise<Node[]> => (await bkd.get(`/api/v1/roster/awaited?month=2025-12-01`)).body.items;

beforeAll(async () => {
  server = await demoServer();
  all = logins(server.db);
  bkd = await server.client().signIn(loginOf(all, 'bkd'));
  nodes = await awaited();
  const dump = verb('dump', '--db', server.db);
  roles = dumpRows(dump, 'org_role');
  nips = new Map(dumpRows(dump, 'org_employee').map(r => [r.employee_id!, r.nip!]));
});
afterAll(() => server.remove());

/* Whoever holds the role in the agency today signs in. */
function holder(role: number, n: Node): Promise<Client> {
  const held = roles.find(r => r.role === String(role) && r.unit_id === n.unit && Number(r.valid_from) <= today && Number(r.valid_to) >= today);
  if (!held) throw new Error(`nobody is role ${role} of ${n.unit_name}`);
  return server.client().signIn({ ...loginOf(all, 'employee'), nip: nips.get(held.employee_id!)! });
}

type Step = { id: string; revision: number };
async function acknowledge(n: Node, id: string, revision: number) {
  const done = await bkd.post(`${VERSIONS}/${id}/acknowledge`, { revision });
  expect([done.status, done.body.state, done.body.bound_from], `${n.unit_name}: ${done.text}`).toEqual([200, 'published', n.gap_from]);
}
const isOpenHome = (p: any) => (l: string, i: number) => l === 'R' && p.cells[i] === '.';
const homeDay = (sheet: any, p: any): string | undefined => sheet.days[[...p.days].findIndex(isOpenHome(p))]?.day;
const rule = async (employee: string, day: string) => { const r = (await bkd.get(`/api/v1/policy/explain?employee=${employee}&day=${day}`)).body; return [r.mode, r.source, r.roster?.letter]; };

async function takeThrough(n: Node, officer: Client, head: Client, made: Step) {
  const path = `${VERSIONS}/${made.id}`, { sheet } = (await officer.get(`${path}/sheet`)).body;
  /* a day at home that the officer calls in; the rest is solved around it */
  const called = sheet.people.find((p: any) => homeDay(sheet, p)), day = homeDay(sheet, called)!;
  const put = await officer.post(`${path}/cells`, { revision: made.revision, cells: [{ employee: called.employee, day, letter: 'K', locked: true }] });
  expect(put.status, `${n.unit_name}: ${put.text}`).toBe(200);
  const solved = await officer.post(`${path}/solve`, { revision: put.body.revision });
  expect([solved.status, solved.body.problems?.filter((p: any) => p.is_fault)], `${n.unit_name}: ${solved.text}`).toEqual([200, []]);
  const set = await head.post(`${path}/set`, { revision: solved.body.revision });
  expect([set.status, set.body.state], `${n.unit_name}: ${set.text}`).toEqual([200, 'set']);
  await acknowledge(n, made.id, set.body.revision);
  /* attendance asks what the roster says: the day that was changed, and a day at home */
  const after = (await officer.get(`${path}/sheet`)).body.sheet, home = after.people.find((p: any) => homeDay(after, p));
  expect(await rule(called.employee, day), n.unit_name).toEqual(['office', 'roster', 'K']);
  expect(await rule(home.employee, homeDay(after, home)!), n.unit_name).toEqual(['home', 'roster', 'R']);
}

/* Where nobody may be at home the head says so, and that is received like any roster. */
async function sayAllInOffice(n: Node, head: Client) {
  const said = await head.post('/api/v1/roster/office', { unit: n.unit, period_from: n.gap_from, period_to: n.gap_to });
  expect([said.status, said.body.state], `${n.unit_name}: ${said.text}`).toEqual([200, 'set']);
  await acknowledge(n, (await awaited()).find(x => x.unit === n.unit)!.version!, said.body.revision);
}

it('every agency takes a month from the draft to the attendance rule', async () => {
  const agencies = (await bkd.get('/api/v1/org/units')).body.items.map((u: any) => u.id).sort(), inOffice: string[] = [];
  expect(nodes.map(n => n.unit).sort()).toEqual(agencies);
  expect(new Set(nodes.map(n => n.state))).toEqual(new Set(['missing', 'partly']));
  for (const n of nodes) {
    expect(n, n.unit_name).toMatchObject({ gap_from: n.state === 'missing' ? '2025-12-01' : '2025-12-15', gap_to: '2025-12-31' });
    const [officer, head] = await Promise.all([holder(OFFICER, n), holder(HEAD, n)]);
    const made = await officer.post(VERSIONS, { unit: n.unit, period_from: n.gap_from, period_to: n.gap_to });
    if (made.status === 200) { await takeThrough(n, officer, head, made.body); continue; }
    expect(made.body, n.unit_name).toMatchObject({ code: 'refused', pointer: '/unit', reason: 'nobody of this node may be home in the period' });
    inOffice.push(n.unit_name);
    await sayAllInOffice(n, head);
  }
  expect(inOffice).toEqual(['RSUD Al Ihsan', 'Rumah Sakit Jiwa', 'RSUD Kesehatan Kerja', 'Rumah Sakit Paru']);
  const after = await awaited();
  expect(after.filter(n => n.gap_from)).toEqual([]);
  expect(after.filter(n => n.state !== 'published').map(n => n.unit_name)).toEqual(inOffice);
}, 60_000);
