import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoServer, employeeLogin, loginOf, logins, uuid7, type Login, type Server } from './server';

let server: Server, all: Login[];
beforeAll(async () => { server = await demoServer(); all = logins(server.db); });
afterAll(() => server.remove());

describe('signing in', () => {
  it('gives a session cookie that is HttpOnly and SameSite', async () => {
    const c = server.client();
    const r = await c.post('/api/v1/sessions', (({ government, nip, password }) => ({ government, nip, password }))(loginOf(all, 'employee')));
    expect(r.status).toBe(200);
    const cookie = r.headers.getSetCookie().find(x => x.startsWith('luwes_session='));
    expect(cookie).toMatch(/^luwes_session=jabar\.[A-Za-z0-9_-]{43}; /);
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Lax/);
    expect((await c.get('/api/v1/me')).body.government.code).toBe('jabar');
  });

  it('answers a wrong password and an unknown NIP with the same bytes', async () => {
    const l = loginOf(all, 'employee');
    const known = await server.client().post('/api/v1/sessions', { government: 'jabar', nip: l.nip, password: 'bukan kata sandinya' }, { 'x-request-id': 'same-request-id' });
    const unknown = await server.client().post('/api/v1/sessions', { government: 'jabar', nip: '199912312024121999', password: 'bukan kata sandinya' }, { 'x-request-id': 'same-request-id' });
    expect(known.status).toBe(401);
    expect(known.body.code).toBe('bad_credentials');
    expect(unknown.text).toBe(known.text);
  });

  it('is open to each kind of visitor of a demo, and the day still waits for its employees', async () => {
    const here = all.filter(l => l.government === 'jabar');
    expect(here.map(l => l.role)).toEqual(['employee', 'employee', 'employee', 'employee', 'supervisor', 'team_lead', 'agency_head', 'agency_officer', 'unit_officer', 'unit_head', 'bkd', 'inspector', 'operator']);
    for (const l of here) {
      const c = await server.client().signIn(l);
      expect((await c.get('/api/v1/me')).status, l.role).toBe(200);
      /* the night nurse is still in the night that began yesterday */
      if (l.role === 'employee') expect((await c.get('/api/v1/me/today')).body.in_at ?? '', l.nip).toMatch(l === employeeLogin(all, 'nurse') ? /^2025-11-12T1/ : /^$/);
    }
  });

  it('ends with sign-out, also for a copy of the cookie', async () => {
    const c = await server.client().signIn(loginOf(all, 'employee'));
    const copy = server.client();
    copy.cookie = c.cookie;
    expect((await c.send('DELETE', '/api/v1/sessions/current')).status).toBe(204);
    expect((await copy.get('/api/v1/me')).status).toBe(401);
  });

  it('throttles a guesser but not the browser the owner already used', async () => {
    const l = loginOf(all, 'supervisor');
    const known = await server.client().signIn(l);
    const guesser = server.client();
    let last = 0;
    for (let i = 0; i < 40 && last !== 429; i++)
      last = (await guesser.post('/api/v1/sessions', { government: l.government, nip: l.nip, password: `tebakan nomor ${i}` })).status;
    expect(last).toBe(429);
    known.cookie = known.cookie.split('; ').filter(p => p.startsWith('luwes_browser=')).join('; ');
    await known.signIn(l);
    expect((await known.get('/api/v1/me')).status).toBe(200);
  });

  it('sets a first password by a one-time code, once', async () => {
    const officer = await server.client().signIn(loginOf(all, 'agency_officer'));
    const me = (await officer.get('/api/v1/me')).body;
    const scope = me.roles.find((r: any) => r.role === 'agency_officer').unit;
    const people = (await officer.get(`/api/v1/org/units/${scope}/employees?limit=20`)).body.items;
    const somebody = people.find((p: any) => p.id !== me.employee);
    /* the list of a unit holds its officer too: the others get theirs */
    const issued = await officer.post('/api/v1/accounts/codes', { employees: [me.employee, somebody.id] });
    expect(issued.status).toBe(200);
    expect(issued.body).toMatchObject({ items: [{ employee: somebody.id }], skipped: [{ employee: me.employee, reason: 'oneself' }] });
    const { code, nip } = issued.body.items[0];
    const body = { government: 'jabar', nip, code, password: 'kereta malam 2025' };
    expect((await server.client().post('/api/v1/accounts/activation', { ...body, password: 'pendek' })).status).toBe(422);
    expect((await server.client().post('/api/v1/accounts/activation', body)).status).toBe(204);
    expect((await server.client().post('/api/v1/accounts/activation', body)).body.code).toBe('bad_code');
    await server.client().signIn({ role: '', government: 'jabar', nip, password: body.password });
  });
});

describe('a write', () => {
  it('needs our header, a key and our media type', async () => {
    const c = await server.client().signIn(loginOf(all, 'employee'));
    const report = { day: '2025-11-13', version: 0, items: [], submit: false };
    expect((await c.put('/api/v1/reports/daily', report, { 'x-luwes': '0' })).body.code).toBe('cross_site');
    expect((await c.put('/api/v1/reports/daily', report, { origin: 'https://jahat.example' })).body.code).toBe('cross_site');
    expect((await c.put('/api/v1/reports/daily', report, { 'idempotency-key': 'x' })).body.code).toBe('idempotency_key_required');
    expect((await c.put('/api/v1/reports/daily', report, { 'content-type': 'text/plain' })).status).toBe(415);
  });

  it('repeated with its key gets the first reply; with another body 422', async () => {
    const c = await server.client().signIn(loginOf(all, 'employee'));
    const key = { 'idempotency-key': uuid7() };
    const report = { day: '2025-11-13', version: 0, items: [], submit: false, obstacle: 'jaringan lambat' };
    const first = await c.put('/api/v1/reports/daily', report, key);
    expect(first.status).toBe(200);
    const again = await c.put('/api/v1/reports/daily', report, key);
    expect(again.text).toBe(first.text);
    const other = await c.put('/api/v1/reports/daily', { ...report, obstacle: 'lain' }, key);
    expect(other.body.code).toBe('idempotency_key_reused');
  });
});

it('writes no secret to the log', async () => {
  const loud = await demoServer('--log', 'debug');
  const canary = 'kenari-rahasia-4711';
  await loud.client().post('/api/v1/sessions', { government: 'jabar', nip: '199001012015011001', password: canary });
  const c = await loud.client().signIn(loginOf(all, 'employee'));
  await c.get(`/api/v1/org/employees?query=${canary}`);
  await c.get(`/api/v1/public/calendar/${canary}`);
  await c.post('/api/v1/accounts/activation', { government: 'jabar', nip: '199001012015011001', code: canary.slice(0, 11), password: canary });
  await loud.stop();
  expect(loud.log).toContain('"request"');
  expect(loud.log).not.toContain(canary);
  expect(loud.log).not.toContain('199001012015011001');
  expect(loud.log).not.toContain(c.cookie.split('=')[1]!.split(';')[0]!);
  await loud.remove();
});
