/* Bad input gets a clear problem document that names the field, and nothing is lost or half-done. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoServer, loginOf, logins, punch, TODAY, uuid7, type Client, type Login, type Server } from './server';

let server: Server, all: Login[], c: Client, before: string;
const ownPunches = async () => {
  const me = (await c.get('/api/v1/me')).body;
  return JSON.stringify((await c.get(`/api/v1/attendance/days/${me.employee}/${TODAY}`)).body.punches);
};
beforeAll(async () => {
  server = await demoServer();
  all = logins(server.db);
  c = await server.client().signIn(loginOf(all, 'employee'));
  before = await ownPunches();
});
afterAll(() => server.remove());

const good = () => punch('in', new Date('2025-11-13T00:21:00Z'));

describe('the envelope of punches', () => {
  const cases: [string, unknown, number, string, string?][] = [
    ['not JSON', '{"events":', 400, 'bad_request'],
    ['an array', '[]', 400, 'bad_field'],
    ['a duplicate key', '{"events":[],"events":[]}', 400, 'bad_request'],
    ['no events', {}, 400, 'bad_field', '/events'],
    ['an empty list', { events: [] }, 400, 'bad_field', '/events'],
    ['51 events', { events: Array.from({ length: 51 }, good) }, 400, 'bad_field', '/events'],
    ['an unknown field', { events: [good()], extra: 1 }, 400, 'bad_field', '/extra'],
    ['an unknown field inside', { events: [{ ...good(), x: 1 }] }, 400, 'bad_field', '/events/0/x'],
    ['a UUID of version 4', { events: [{ ...good(), id: '7d444840-9dc0-41d1-b245-5ffdce74fad2' }] }, 400, 'bad_field', '/events/0/id'],
    ['a direction of neither kind', { events: [good(), { ...good(), direction: 'sideways' }] }, 400, 'bad_field', '/events/1/direction'],
    ['a number as text', { events: [{ ...good(), lat_e7: '1' }] }, 400, 'bad_field', '/events/0/lat_e7'],
    ['a latitude past the pole', { events: [{ ...good(), lat_e7: 900000001, lon_e7: 0 }] }, 400, 'bad_field', '/events/0/lat_e7'],
    ['a time without zone', { events: [{ ...good(), phone_at: '2025-11-13T07:20:00' }] }, 400, 'bad_field', '/events/0/phone_at'],
    ['a real where an integer belongs', `{"events":[{"id":"${uuid7()}","direction":"in","phone_at":"2025-11-13T00:20:00Z","offset_ms":1.5}]}`, 400, 'bad_field', '/events/0/offset_ms'],
    ['nesting without end', '{"events":' + '['.repeat(5000), 400, 'bad_request'],
    ['bytes that are not UTF-8', new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), 400, 'bad_request'],
  ];
  it.each(cases)('refuses %s', async (_name, body, status, code, pointer) => {
    const r = await c.post('/api/v1/attendance/punches', body);
    expect(r.status).toBe(status);
    expect(r.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(r.body.code).toBe(code);
    if (pointer) expect(r.body.pointer).toBe(pointer);
  });
  it('refuses a body over 64 KiB with 413', async () => {
    expect((await c.post('/api/v1/attendance/punches', { events: [{ ...good(), note: 'x'.repeat(70000) }] })).status).toBe(413);
  });
  it('kept nothing of all that', async () => {
    expect(await ownPunches()).toBe(before);
  });
});

describe('paths and methods', () => {
  it('knows 404 from 405', async () => {
    expect((await c.get('/api/v1/nothing')).status).toBe(404);
    const r = await c.send('DELETE', '/api/v1/attendance/punches');
    expect(r.status).toBe(405);
    expect(r.headers.get('allow')).toBe('POST');
  });
  it('answers an id that is none as a missing thing', async () => {
    for (const id of ['x', '0', '-1', '99999999999999999999', '%00', '..%2f'])
      expect((await c.get(`/api/v1/attendance/days/${id}/2025-11-13`)).status).toBe(404);
  });
  it('refuses unknown and repeated query parameters', async () => {
    expect((await c.get('/api/v1/me/roster?from=2025-11-13&days=3&foo=1')).body.pointer).toBe('/foo');
    expect((await c.get('/api/v1/me/roster?from=2025-11-13&from=2025-11-14&days=3')).body.pointer).toBe('/from');
    expect((await c.get('/api/v1/me/roster?from=2025-02-30&days=3')).body.pointer).toBe('/from');
  });
  it('sends its security headers with every answer', async () => {
    for (const path of ['/livez', '/pegawai/', '/api/v1/nothing', '/api/v1/me']) {
      const r = await c.get(path);
      expect(r.headers.get('content-security-policy'), path).toContain("default-src 'none'");
      expect(r.headers.get('x-content-type-options'), path).toBe('nosniff');
      expect(r.headers.get('referrer-policy'), path).toBe('no-referrer');
    }
  });
  it('refuses an expired session', async () => {
    const stale = server.client();
    stale.cookie = 'luwes_session=jabar.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';
    expect((await stale.get('/api/v1/me')).status).toBe(401);
  });
});
