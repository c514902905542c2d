/*
 * The authorisation matrix over HTTP: every route for every role and relation, with the route's own
 * example. Allowed is neither 401, 403 nor 404; denied over an object is, but for the request id, the
 * reply for a missing object. What each cell must be stands in test/golden/authorisation.csv, which
 * people review; no cell may be missing there.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoServer, loginOf, logins, readText, verb, type Client, type Login, type Server } from './server';

interface Route { method: string; path: string; permission: string; tx: string; object: boolean; example_path: string; example: string }
interface Cell { permission: string; role: string; reach: string; cover: string; allowed: boolean }

let server: Server, all: Login[];
const routes: Route[] = verb('routes', '--examples').trim().split('\n').map(line => {
  const [method, path, permission, tx, object, example_path, example] = line.split('\t');
  return { method: method!, path: path!, permission: permission!, tx: tx!, object: object === 'object', example_path: example_path!, example: example ?? '' };
});
const table: Cell[] = readText('test/golden/authorisation.csv').trim().split('\n').filter(l => !l.startsWith('#')).slice(1).map(line => {
  const [permission, role, reach, cover, allowed] = line.split(',');
  return { permission: permission!, role: role!, reach: reach!, cover: cover!, allowed: allowed === 'yes' };
});

beforeAll(async () => { server = await demoServer(); all = logins(server.db); });
afterAll(() => server.remove());

it('has a reviewed cell for every permission and role', () => {
  for (const permission of new Set(routes.map(r => r.permission)))
    if (permission !== 'public' && permission !== 'signed_in')
      expect(table.filter(c => c.permission === permission).length, permission).toBeGreaterThan(0);
});

describe('nobody signed in', () => {
  it.each(routes.filter(r => r.permission !== 'public').map(r => [`${r.method} ${r.path}`, r] as const))('%s is 401', async (_n, r) => {
    const reply = await server.client().send(r.method, r.path.replace(/\{[^}]*\}/g, '1'), r.method === 'GET' ? undefined : r.example || {});
    expect(reply.status).toBe(401);
  });
});

/* Roles of the demo logins and the objects they meet. */
const roles = ['employee', 'supervisor', 'team_lead', 'agency_head', 'agency_officer', 'unit_officer', 'bkd', 'inspector', 'operator'] as const;

describe.each(roles)('as %s', role => {
  let c: Client, me: any, stranger: any, foreigner: any;
  beforeAll(async () => {
    c = await server.client().signIn(loginOf(all, role));
    me = (await c.get('/api/v1/me')).body;
    stranger = (await (await server.client().signIn(loginOf(all, 'teacher'))).get('/api/v1/me')).body;
    foreigner = (await (await server.client().signIn(all.find(l => l.government === 'kotacontoh')!)).get('/api/v1/me')).body;
  });
  const fill = (text: string, who: any) => text
    .replaceAll('{employee}', who.employee).replaceAll('{employee:self}', who.employee)
    .replaceAll('{unit}', who.unit?.id ?? '1').replaceAll('{unit:own}', who.unit?.id ?? '1').replaceAll('{day}', '2025-11-13');
  const isDenied = (status: number) => status === 401 || status === 403 || status === 404;
  const mayHave = (permission: string, reach: string, cover: string) =>
    table.some(x => x.permission === permission && x.reach === reach && x.cover === cover && x.allowed && (x.role === role || x.role === 'employee'));

  it('reads and writes about itself exactly what the table says', async () => {
    for (const r of routes.filter(x => /\{(employee|day)\}/.test(x.path) && x.permission !== 'public')) {
      const reply = await c.send(r.method, fill(r.example_path, me), r.method === 'GET' ? undefined : fill(r.example, me) || {});
      const allowed = mayHave(r.permission, 'self', 'yes') || mayHave(r.permission, 'self', 'no');
      if (!allowed) expect(isDenied(reply.status), `${r.method} ${r.path} ${reply.status}`).toBe(true);
    }
  });

  it('gets for what it may not see the reply for what does not exist', async () => {
    for (const r of routes.filter(x => x.path.includes('{employee}'))) {
      const strip = (s: string) => s.replace(/"request_id":"[^"]*"/, '');
      const missing = await c.send(r.method, fill(r.path, { employee: '123456789', unit: { id: '123456789' } }), r.method === 'GET' ? undefined : r.example);
      const foreign = await c.send(r.method, fill(r.path, foreigner), r.method === 'GET' ? undefined : r.example);
      expect(foreign.status, r.path).toBe(404);
      expect(strip(foreign.text)).toBe(strip(missing.text));
      const other = await c.send(r.method, fill(r.path, stranger), r.method === 'GET' ? undefined : r.example);
      if (isDenied(other.status)) expect(strip(other.text)).toBe(strip(missing.text));
    }
  });

  it('is refused every permission the table does not give it', async () => {
    for (const r of routes.filter(x => !x.object && x.permission !== 'public' && x.permission !== 'signed_in' && !x.path.includes('{'))) {
      const any = table.some(x => x.permission === r.permission && x.allowed && (x.role === role || x.role === 'employee' || (x.role === 'supervisor' && me.is_supervisor)));
      const reply = await c.send(r.method, r.example_path, r.method === 'GET' ? undefined : r.example);
      if (!any) expect(isDenied(reply.status), `${r.method} ${r.path} as ${role}: ${reply.status}`).toBe(true);
    }
  });
});
