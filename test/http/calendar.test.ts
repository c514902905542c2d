/*
 * Calendars behind a secret link, read as a phone reads them: without a session, unfolded and parsed here.
 * A dead link says nothing, whatever it was. And wishes: for days ahead, within bounds, promised to nobody.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoServer, employeeLogin, employeeWho, headOf, loginOf, logins, TODAY, type Client, type Login, type Reply, type Server } from './server';

let server: Server, all: Login[], worker: Client, bkd: Client, me: any;
beforeAll(async () => {
  server = await demoServer();
  all = logins(server.db);
  worker = await server.client().signIn(employeeLogin(all, 'home'));
  bkd = await server.client().signIn(loginOf(all, 'bkd'));
  me = (await worker.get('/api/v1/me')).body;
});
afterAll(() => server.remove());

const phone = (path: string, headers: Record<string, string> = {}): Promise<Reply> => server.client().send('GET', path, undefined, headers);
const strip = (r: Reply) => `${r.status} ${r.text.replace(/"request_id":"[^"]*"/, '')} ${r.headers.get('cache-control')} ${r.headers.get('etag')}`;
const unknown = '/api/v1/public/calendar/AAAAAAAAAAAAAAAAAAAAAA';
const make = async (c: Client, body: object = { kind: 'own' }) => {
  const r = await c.post('/api/v1/me/roster/feeds', body);
  expect(r.status, r.text).toBe(200);
  return r.body as { id: string; path: string };
};
/** Events of a calendar by their day. */
function events(text: string): Record<string, Record<string, string>> {
  expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  expect(text.split('\r\n').filter(l => Buffer.byteLength(l) > 75)).toEqual([]);
  const found: Record<string, Record<string, string>> = {};
  for (const event of text.replaceAll('\r\n ', '').split('BEGIN:VEVENT').slice(1)) {
    const lines = Object.fromEntries(event.split('\r\n').filter(l => l.includes(':')).map(l => [l.slice(0, l.search(/[:;]/)), l.slice(l.indexOf(':') + 1)]));
    found[lines.DTSTART!.replace(/(\d{4})(\d\d)(\d\d)/, '$1-$2-$3')] = lines as Record<string, string>;
  }
  return found;
}

describe('a calendar of oneself', () => {
  let feed: { id: string; path: string };
  it('is read without a session, and says what the roster says', async () => {
    feed = await make(worker);
    expect(feed.path).toMatch(/^\/api\/v1\/public\/calendar\/[\w-]{22}$/);
    const r = await phone(feed.path);
    expect(r.status, r.text).toBe(200);
    expect(r.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    expect(r.headers.get('cache-control')).toBe('private, no-cache');
    expect(r.headers.getSetCookie()).toEqual([]);
    expect(r.text).toMatch(/^BEGIN:VCALENDAR\r\nVERSION:2\.0\r\nPRODID:-\/\/Luwes\/\/Jadwal\/\/ID\r\nMETHOD:PUBLISH\r\nX-WR-CALNAME:Jadwal saya\r\n/);
    const shown = events(r.text), days = (await worker.get(`/api/v1/me/roster?from=2025-12-01&days=31`)).body.items as any[];
    const word: Record<string, string> = { office: 'WFO', home: 'WFH', anywhere: 'WFA', outside_duty: 'DL' };
    const covered = days.filter(d => shown[d.day]);
    expect(covered.length).toBe(10);
    expect(new Set(covered.map(d => d.mode)).size).toBeGreaterThan(1);
    for (const d of covered) expect([d.day, shown[d.day]!.SUMMARY]).toEqual([d.day, word[d.mode]]);
    expect(shown['2025-12-10']!.DESCRIPTION).toBe('Jam kerja 07.30–16.00 WIB');
    expect(shown['2025-12-10']!.UID).toBe(`own-${me.employee}-2025-12-10@jabar.luwes`);
  });
  it('is not sent again while nothing changed', async () => {
    const first = await phone(feed.path), again = await phone(feed.path, { 'if-none-match': first.headers.get('etag')! });
    expect([again.status, again.text, again.headers.get('etag')]).toEqual([304, '', first.headers.get('etag')]);
    expect((await phone(feed.path)).text).toBe(first.text);
  });
  it('changes a day in place when the roster is published again', async () => {
    const before = events((await phone(feed.path)).text), day = '2025-12-10';
    expect(before[day]).toBeDefined();
    const set = await bkd.post('/api/v1/roster/office', { unit: me.unit.agency, period_from: '2025-12-08', period_to: '2025-12-14' });
    expect(set.status, set.text).toBe(200);
    expect(events((await phone(feed.path)).text)[day]).toEqual(before[day]); // set, and not yet in force
    const version = (await bkd.get(`/api/v1/roster/versions?unit=${me.unit.agency}`)).body.items[0];
    const held = await bkd.post(`/api/v1/roster/versions/${version.id}/acknowledge`, { revision: set.body.revision });
    expect(held.body?.state, held.text).toBe('published');
    const after = events((await phone(feed.path)).text);
    expect(after[day]!.UID).toBe(before[day]!.UID);
    expect(Number(after[day]!.SEQUENCE)).toBeGreaterThan(Number(before[day]!.SEQUENCE));
    expect(after['2025-12-05']).toEqual(before['2025-12-05']);
  });
  it('is listed without its link', async () => {
    const r = await worker.get('/api/v1/me/roster/feeds');
    expect(r.body.items).toEqual([{ id: feed.id, kind: 'own', made_at: expect.any(String) }]);
    expect(r.text).not.toContain(feed.path.split('/').at(-1)!);
    expect(r.body.choices).toEqual([{ kind: 'own' }]);
  });
  it('is dead once revoked, as if it had never been', async () => {
    const stranger = await server.client().signIn(employeeLogin(all, 'counter')), away = await server.client().signIn(loginOf(all, 'employee', 'kotacontoh'));
    for (const c of [stranger, away, bkd]) expect((await c.post(`/api/v1/me/roster/feeds/${feed.id}/revoke`)).status).toBe(404);
    expect((await phone(feed.path)).status).toBe(200);
    expect((await worker.post(`/api/v1/me/roster/feeds/${feed.id}/revoke`)).status).toBe(204);
    const dead = strip(await phone(feed.path));
    expect(dead).toMatch(/^404 /);
    expect(dead).toBe(strip(await phone(unknown)));
    expect(dead).toBe(strip(await phone('/api/v1/public/calendar/x')));
    expect((await worker.post(`/api/v1/me/roster/feeds/${feed.id}/revoke`)).status).toBe(404);
  });
  it('of another government shows that government', async () => {
    const there = await server.client().signIn(loginOf(all, 'employee', 'kotacontoh')), other = await make(there), r = await phone(other.path);
    expect(r.status, r.text).toBe(200);
    for (const e of Object.values(events(r.text))) expect(e.UID).toMatch(/@kotacontoh\.luwes$/);
  });
  it('exists ten times at most', async () => {
    for (let i = 0; i < 10; i++) await make(worker);
    const more = await worker.post('/api/v1/me/roster/feeds', { kind: 'own' });
    expect([more.status, more.body.code]).toEqual([422, 'refused']);
    const { items } = (await worker.get('/api/v1/me/roster/feeds')).body;
    expect((await worker.post(`/api/v1/me/roster/feeds/${items[0].id}/revoke`)).status).toBe(204);
    await make(worker);
  });
});

describe('a calendar of a unit', () => {
  it('is not for an employee, nor of what one may not read', async () => {
    for (const kind of ['unit', 'post']) {
      const r = await worker.post('/api/v1/me/roster/feeds', { kind, subject: me.unit.id });
      expect([r.status, r.body.code]).toEqual([404, 'not_found']);
    }
    const none = await worker.post('/api/v1/me/roster/feeds', { kind: 'unit' });
    expect([none.status, none.body.pointer]).toEqual([400, '/subject']);
    const boss = await server.client().signIn(loginOf(all, 'agency_head')), away = await server.client().signIn(loginOf(all, 'bkd', 'kotacontoh'));
    const foreign = (await away.get('/api/v1/me')).body.unit.id;
    expect((await boss.post('/api/v1/me/roster/feeds', { kind: 'unit', subject: foreign })).status).toBe(404);
  });
  it('counts and names who works where, and never says who is on leave', async () => {
    const people = (await bkd.get(`/api/v1/org/units/${me.unit.id}/employees`)).body.items as any[];
    const head = await server.client().signIn(await headOf(bkd, people.map(p => ({ employee: p.id, nip: p.nip })), all[0]!.password));
    const { choices } = (await head.get('/api/v1/me/roster/feeds')).body;
    expect(choices).toContainEqual({ kind: 'unit', subject: me.unit.id, name: me.unit.name });
    const feed = await make(head, { kind: 'unit', subject: me.unit.id }), day = '2025-12-03';
    const before = events((await phone(feed.path)).text)[day]!;
    expect(before.SUMMARY).toMatch(/^WF[HO]: \d+ orang/);
    expect(before.DESCRIPTION).toContain(me.name);
    const sick = await bkd.post('/api/v1/org/statuses', { employee: me.employee, kind: 'sick_leave', from: day, to: day, letter: 'SKD/77/2025' });
    expect(sick.status, sick.text).toBe(200);
    const text = (await phone(feed.path)).text, after = events(text)[day]!;
    expect(after.DESCRIPTION).not.toContain(me.name);
    expect(after.UID).toBe(before.UID);
    expect(text).not.toMatch(/SKD|sakit|cuti|sick/i);
  });
  it('dies with the right of its owner to read that roster', async () => {
    const counter = await server.client().signIn(employeeLogin(all, 'counter')), self = (await counter.get('/api/v1/me')).body;
    const role = await bkd.post('/api/v1/org/roles', { employee: self.employee, role: 'unit_head', unit: me.unit.id, acting: 'plh', letter: '821/1', valid_from: TODAY, valid_to: '2025-11-20' });
    expect(role.status, role.text).toBe(200);
    const feed = await make(counter, { kind: 'unit', subject: me.unit.id });
    expect((await phone(feed.path)).status).toBe(200);
    const taken = await bkd.post(`/api/v1/org/roles/${role.body.role_id}/withdraw`, { reason: 'Salah unit' });
    expect(taken.status, taken.text).toBe(204);
    expect(strip(await phone(feed.path))).toBe(strip(await phone(unknown)));
  });
});

describe('wishes', () => {
  const month = '2026-01-01';
  const read = async () => (await worker.get(`/api/v1/me/roster/wishes?month=${month}`)).body;
  const put = (days: { day: string; wish: string }[], of = month) => worker.put('/api/v1/me/roster/wishes', { month: of, days });
  const refusal = (r: Reply) => [r.status, r.body?.pointer, r.body?.reason];
  it('begin empty, with the days that are open and how many are allowed', async () => {
    const w = await read();
    expect(w).toMatchObject({ month, allowed: 4, used: 0, is_promise: false });
    expect(w.days).toHaveLength(31);
    expect(w.days.filter((d: any) => d.state === 'open').map((d: any) => d.day)).toEqual(expect.arrayContaining(['2026-01-05', '2026-01-06']));
    expect(w.days.find((d: any) => d.day === '2026-01-10').state).toBe('off'); // a Saturday
    expect(w.days.find((d: any) => d.day === '2026-01-01').state).toBe('off'); // New Year
  });
  it('are replaced as a whole', async () => {
    const first = await put([{ day: '2026-01-06', wish: 'home' }, { day: '2026-01-07', wish: 'office' }]);
    expect(first.body).toEqual({ month, allowed: 4, used: 2, is_promise: false });
    expect((await put([{ day: '2026-01-08', wish: 'home' }])).body.used).toBe(1);
    expect((await read()).days.filter((d: any) => d.wish)).toEqual([{ day: '2026-01-08', state: 'open', wish: 'home' }]);
  });
  it('are refused with the field, and then nothing changes', async () => {
    const home = (...days: string[]) => days.map(day => ({ day, wish: 'home' }));
    expect(refusal(await put(home('2026-01-05', '2026-01-06', '2026-01-07', '2026-01-08', '2026-01-12')))).toEqual([422, '/days', 'more than are allowed']);
    expect(refusal(await put(home('2026-01-06', '2026-01-06')))).toEqual([422, '/days/1/day', 'twice the same day']);
    expect(refusal(await put(home('2026-01-06', '2026-02-02')))).toEqual([422, '/days/1/day', 'not within the month']);
    expect(refusal(await put(home('2026-01-10')))).toEqual([422, '/days/0/day', 'no working day']);
    expect(refusal(await put(home('2025-11-12'), '2025-11-01'))).toEqual([422, '/days/0/day', 'past: a wish is for days ahead']);
    expect(refusal(await put(home(TODAY), '2025-11-01'))).toEqual([422, '/days/0/day', 'past: a wish is for days ahead']);
    expect(refusal(await put(home('2025-12-03'), '2025-12-01'))).toEqual([422, '/days/0/day', 'its roster is published']);
    expect(refusal(await put(home('2027-01-04'), '2027-01-01'))).toEqual([422, '/month', 'too far ahead']);
    const reason = await worker.put('/api/v1/me/roster/wishes', { month, days: [{ day: '2026-01-06', wish: 'home', reason: 'antar anak' }] });
    expect([reason.status, reason.body.code]).toEqual([400, 'bad_field']);
    expect((await read()).days.filter((d: any) => d.wish).map((d: any) => d.day)).toEqual(['2026-01-08']);
  });
  it('follow the procedure of the agency', async () => {
    const set = await bkd.post('/api/v1/roster/procedures', { unit: me.unit.agency, receipt: 'none', review_days: 2, due_days: 3, swap_approved: false, wishes: 1, columns: 'nip,nama,tanggal,kode', legal_basis: 'SE 1/UJI', valid_from: month });
    expect(set.status, set.text).toBe(200);
    expect(await read()).toMatchObject({ allowed: 1, used: 1 });
    expect(refusal(await put([{ day: '2026-01-06', wish: 'home' }, { day: '2026-01-07', wish: 'home' }]))).toEqual([422, '/days', 'more than are allowed']);
  });
});

it('wrong links stop the network they come from, and no other', async () => {
  const feed = (await worker.get('/api/v1/me/roster/feeds')).body.items[0], c = await server.client().signIn(employeeLogin(all, 'counter')), right = await make(c);
  expect(feed).toBeDefined();
  const from = (address: string, path = unknown) => phone(path, { 'x-forwarded-for': address });
  let last = 404, tries = 0;
  for (; last === 404 && tries < 1000; tries++) last = (await from('203.0.113.9')).status;
  expect([last, tries > 250]).toEqual([429, true]);
  expect((await from('203.0.113.10', right.path)).headers.get('retry-after')).toMatch(/^[1-9]/);
  expect((await from('198.51.100.7', right.path)).status).toBe(200);
});
