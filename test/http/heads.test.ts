/*
 * A roster is mostly made for a whole agency. The head of a division reads what was decided, with the lines
 * of his own people alone; drafts above and other agencies stay out of his sight, and setting one is the
 * agency head's (product.md principle 8, UU 27/2022 art. 16).
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { demoServer, loginOf, logins, type Client, type Login, type Server } from './server';

interface Version { id: string; unit: string; unit_name: string; state: string; people: number; is_partial: boolean; may_set: boolean; revision: number }
let server: Server, all: Login[], division: Client, agency: Client, bkd: Client, unit: string, parent: string;

const versions = async (c: Client, query = ''): Promise<Version[]> => (await c.get(`/api/v1/roster/versions${query}`)).body.items;
const draft = async (c: Client, of: string) => (await c.post('/api/v1/roster/versions', { unit: of, period_from: '2025-11-17', period_to: '2025-11-23', weekdays: [4] })).body.id as string;

beforeAll(async () => {
  server = await demoServer();
  all = logins(server.db);
  [division, agency, bkd] = await Promise.all(['supervisor', 'agency_head', 'bkd'].map(role => server.client().signIn(loginOf(all, role)))) as [Client, Client, Client];
  const me = (await division.get('/api/v1/me')).body;
  unit = me.unit.id;
  parent = me.unit.agency;
});
afterAll(async () => { await server.remove(); });

it('shows a division what its agency decided, with its own people alone', async () => {
  const [own] = await versions(division), [whole] = await versions(agency, `?unit=${parent}`);
  expect(own).toMatchObject({ id: whole!.id, unit: parent, is_partial: true, may_set: false });
  expect(whole).toMatchObject({ is_partial: false });
  const people = new Set(((await division.get(`/api/v1/org/units/${unit}/employees`)).body.items as { id: string }[]).map(p => p.id));
  const lines = (await division.get(`/api/v1/roster/versions/${own!.id}`)).body.lines as { employee: string }[];
  expect(lines.map(l => l.employee).filter(e => !people.has(e))).toEqual([]);
  expect(lines.length).toBeGreaterThan(0);
  expect((await agency.get(`/api/v1/roster/versions/${own!.id}`)).body.lines.length).toBe(whole!.people);
  expect(lines.length).toBeLessThan(whole!.people);
});

it('hides drafts above, other agencies, and the decision', async () => {
  const above = await draft(agency, parent), others = (await versions(bkd)).filter(v => v.unit !== parent && v.unit !== unit);
  expect(others.length).toBeGreaterThan(0);
  for (const id of [above, others[0]!.id]) {
    expect((await versions(division)).some(v => v.id === id)).toBe(false);
    expect((await division.get(`/api/v1/roster/versions/${id}`)).status).toBe(404);
  }
  expect((await versions(agency)).find(v => v.id === above)).toMatchObject({ may_set: true, is_partial: false });
  const decided = (await versions(division)).find(v => v.is_partial)!;
  expect((await division.post(`/api/v1/roster/versions/${decided.id}/set`, { revision: 0 })).status).toBe(404);
});

it('lets a division draft for itself once it is a planning node, and its agency head decide', async () => {
  const own = { unit, period_from: '2025-11-17', period_to: '2025-11-23' };
  const refused = await division.post('/api/v1/roster/versions', own);
  expect([refused.status, refused.body.pointer]).toEqual([422, '/unit']);
  expect((await agency.post('/api/v1/roster/nodes', { unit, letter: 'SK 1/2025', valid_from: '2025-11-13' })).status).toBe(403);
  expect((await bkd.post('/api/v1/roster/nodes', { unit, letter: 'SK 1/2025', valid_from: '2025-11-13' })).status).toBe(204);
  const id = await draft(division, unit);
  expect((await versions(division)).find(v => v.id === id)).toMatchObject({ state: 'draft', is_partial: false, may_set: false });
  const [made] = (await versions(agency)).filter(v => v.id === id);
  const set = await agency.post(`/api/v1/roster/versions/${id}/set`, { revision: made!.revision });
  expect([set.status, set.body.state], set.text).toEqual([200, 'set']);
  expect((await bkd.post(`/api/v1/roster/versions/${id}/acknowledge`, { revision: set.body.revision })).body.state).toBe('published');
  expect((await versions(division)).find(v => v.id === id)).toMatchObject({ state: 'published', may_set: false });
});

it('keeps rosters from those without an office', async () => {
  const lead = await server.client().signIn(loginOf(all, 'team_lead'));
  expect((await lead.get('/api/v1/roster/versions')).status).toBe(403);
});
