/* One working day through the real program: punches, the day, reports, the supervisor, the board. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoServer, employeeLogin, employeeWho, loginOf, logins, punch, TODAY, type Client, type Login, type Server } from './server';
import { png } from './picture';

let server: Server, all: Login[];
beforeAll(async () => { server = await demoServer(); all = logins(server.db); });
afterAll(() => server.remove());

const at = (minutes: number) => new Date(Date.UTC(2025, 10, 13, 0, 20 + minutes));
const item = (description: string) => ({ starts: '08:00', ends: '11:30', description, volume: 3, unit_of_measure: 'dokumen' });

describe('punches', () => {
  let c: Client;
  beforeAll(async () => { c = await server.client().signIn(loginOf(all, 'employee')); });

  it('gives one receipt per event in order, and the same one on a repeat', async () => {
    const one = punch('in', at(1));
    const first = await c.post('/api/v1/attendance/punches', { events: [one, one] });
    expect(first.status).toBe(200);
    expect(first.body.receipts.map((r: any) => [r.id, r.status])).toEqual([[one.id, 'accepted'], [one.id, 'duplicate']]);
    const again = await c.post('/api/v1/attendance/punches', { events: [one] });
    expect(again.body.receipts[0]).toMatchObject({ status: 'duplicate', punch_id: first.body.receipts[0].punch_id, received_at: first.body.receipts[0].received_at });
  });
  it('knows the day is home because the circular says so, and shows the rule', async () => {
    const today = (await c.get('/api/v1/me/today')).body;
    expect(today).toMatchObject({ day: TODAY, mode: 'home', state: 'present', late_minutes: 0, zone: 'WIB' });
    const me = (await c.get('/api/v1/me')).body;
    const why = (await c.get(`/api/v1/policy/explain?employee=${me.employee}&day=${TODAY}`)).body;
    expect(why.mode).toBe('home');
    expect(why.steps.find((s: any) => s.result === 'applies' && s.rule_kind === 'mode').number).toBe('SE 150/KPG.03/BKD');
  });
  it('keeps an event of an impossible time and says so instead of refusing it', async () => {
    const r = await c.post('/api/v1/attendance/punches', { events: [punch('in', new Date('2031-01-01T00:00:00Z'))] });
    expect(r.status).toBe(200);
    expect(r.body.receipts[0].status).toBe('quarantined');
  });
  it('keeps a punch sent late with the time the phone says beside it', async () => {
    const { login, employee } = await employeeWho(server, all, d => d.state === 'expected' && d.starts === '07:30');
    const late = await server.client().signIn(login), event = punch('in', at(-5));
    const r = await late.post('/api/v1/attendance/punches', { events: [event] });
    expect(r.body.receipts[0].status).toBe('accepted');
    const day = (await late.get(`/api/v1/attendance/days/${employee}/${TODAY}`)).body;
    expect(day.punches).toHaveLength(1);
    expect(Date.parse(day.punches[0].phone_at)).toBe(Date.parse(event.phone_at));
    expect(Date.parse(day.punches[0].received_at)).toBeGreaterThan(Date.parse(event.phone_at));
    expect(day.flags).not.toContain('late');
  });
});

describe('the daily report', () => {
  let c: Client, boss: Client, report: string, version: number;
  beforeAll(async () => {
    boss = await server.client().signIn(loginOf(all, 'supervisor'));
    c = await server.client().signIn(loginOf(all, 'employee'));
  });
  it('is drafted, then submitted', async () => {
    const before = (await c.get(`/api/v1/reports/daily?day=${TODAY}`)).body;
    const draft = await c.put('/api/v1/reports/daily', { day: TODAY, version: before.version, items: [], submit: false });
    expect(draft.status).toBe(200);
    const empty = await c.put('/api/v1/reports/daily', { day: TODAY, version: draft.body.version, items: [], submit: true });
    expect(empty.body.code).toBe('report_empty');
    const sent = await c.put('/api/v1/reports/daily', { day: TODAY, version: draft.body.version, items: [item('Menyusun telaahan staf tentang pola kerja')], submit: true });
    expect(sent.body.state).toBe('submitted');
    ({ report, version } = sent.body);
  });
  it('refuses a stale version and a report of tomorrow', async () => {
    expect((await c.put('/api/v1/reports/daily', { day: '2025-11-14', version: 0, items: [item('Pekerjaan yang belum terjadi')], submit: true })).status).toBe(400);
    expect((await boss.post(`/api/v1/reports/daily/${report}/verify`, { version: version - 1 })).body.code).toBe('stale');
  });
  it('is taken back on the day it was handed in, as long as nobody decided', async () => {
    expect((await boss.post(`/api/v1/reports/daily/${report}/withdraw`, { version })).status).toBe(404);
    expect((await c.post(`/api/v1/reports/daily/${report}/withdraw`, { version: version - 1 })).body.code).toBe('stale');
    const back = await c.post(`/api/v1/reports/daily/${report}/withdraw`, { version });
    expect(back.body).toEqual({ report, version: version + 1, state: 'draft' });
    expect((await boss.get(`/api/v1/reports/daily/${report}`)).status).toBe(404);
    expect((await c.get('/api/v1/me/today')).body.report_state).toBe('draft');
    const sent = await c.put('/api/v1/reports/daily', { day: TODAY, version: version + 1, items: [item('Menyusun telaahan staf tentang pola kerja')], submit: true });
    version = sent.body.version;
    expect((await c.get(`/api/v1/reports/daily?day=${TODAY}`)).body.events.map((e: any) => e.kind)).toEqual(['submitted', 'withdrawn', 'submitted']);
  });
  it('is not verified by oneself', async () => {
    const r = await c.post(`/api/v1/reports/daily/${report}/verify`, { version });
    expect([404, 422]).toContain(r.status);
  });
  it('is returned with a reason, mended, verified, and then the home day counts', async () => {
    expect((await boss.post(`/api/v1/reports/daily/${report}/return`, { version, reason: 'pendek' })).body.pointer).toBe('/reason');
    expect((await boss.post(`/api/v1/reports/daily/${report}/return`, { version, reason: 'Lampirkan nomor naskah telaahannya.' })).status).toBe(204);
    const seen = (await c.get(`/api/v1/reports/daily?day=${TODAY}`)).body;
    expect(seen).toMatchObject({ state: 'returned', reason: 'Lampirkan nomor naskah telaahannya.' });
    const again = await c.put('/api/v1/reports/daily', { day: TODAY, version: seen.version, items: [item('Menyusun telaahan staf nomor 12/XI/2025')], submit: true });
    expect((await boss.post(`/api/v1/reports/daily/${report}/verify`, { version: again.body.version })).status).toBe(204);
    expect((await c.get('/api/v1/me/today')).body).toMatchObject({ report_state: 'verified', completion: 'done' });
  });
});

describe('the board', () => {
  it('moves in the transaction of the punch, for the government and the unit', async () => {
    const bkd = await server.client().signIn(loginOf(all, 'bkd'));
    const before = (await bkd.get('/api/v1/monitor/board')).body;
    const { login } = await employeeWho(server, all, d => d.state === 'expected');
    const c = await server.client().signIn(login);
    expect((await c.post('/api/v1/attendance/punches', { events: [punch('in', at(0))] })).body.receipts[0].status).toBe('accepted');
    const after = (await bkd.get('/api/v1/monitor/board')).body;
    expect(after.total.present).toBe(before.total.present + 1);
    expect(after.agencies).toHaveLength(42);
    for (const key of ['expected', 'office', 'home', 'on_leave', 'day_off', 'present', 'late', 'report_due', 'report_filed'])
      expect(after.agencies.reduce((n: number, a: any) => n + a[key], 0), key).toBe(after.total[key]);
  });
  it('streams a snapshot on connect', async () => {
    const bkd = await server.client().signIn(loginOf(all, 'bkd'));
    const stop = new AbortController();
    const r = await fetch(`${server.url}/api/v1/monitor/events`, { headers: { cookie: bkd.cookie }, signal: stop.signal });
    expect(r.headers.get('content-type')).toMatch(/^text\/event-stream/);
    let text = '';
    const reader = r.body!.pipeThrough(new TextDecoderStream()).getReader();
    while (!/event: board\ndata: .*\n\n/.test(text)) text += (await reader.read()).value ?? '';
    stop.abort();
    const board = JSON.parse(/event: board\ndata: (.*)\n/.exec(text)![1]!);
    expect(board.agencies).toHaveLength(42);
  });
});

describe('two governments in one store', () => {
  it('never see each other', async () => {
    const here = await server.client().signIn(loginOf(all, 'bkd'));
    const other = await server.client().signIn(all.find(l => l.government === 'kotacontoh')!);
    const me = (await here.get('/api/v1/me')).body, their = (await other.get('/api/v1/me')).body;
    expect((await here.get(`/api/v1/attendance/days/${their.employee}/${TODAY}`)).status).toBe(404);
    expect((await other.get(`/api/v1/attendance/days/${me.employee}/${TODAY}`)).status).toBe(404);
    expect((await here.get(`/api/v1/policy/explain?employee=${their.employee}&day=${TODAY}`)).status).toBe(404);
    const units = (await other.get('/api/v1/org/units')).body.items;
    const mine = (await here.get('/api/v1/org/units')).body.items;
    expect(units.map((u: any) => u.id).filter((id: string) => mine.some((m: any) => m.id === id))).toEqual([]);
    const wrong = other.cookie.replace('luwes_session=kotacontoh.', 'luwes_session=jabar.');
    const forged = server.client();
    forged.cookie = wrong;
    expect((await forged.get('/api/v1/me')).status).toBe(401);
  });
});

it('uploads evidence by content and refuses what it is not', async () => {
  const c = await server.client().signIn(loginOf(all, 'employee'));
  const picture = png(), up = await c.post('/api/v1/files', picture, { 'content-type': 'application/octet-stream' });
  expect(up.status).toBe(200);
  expect(up.body.type).toBe('image/png');
  const down = await fetch(`${server.url}/api/v1/files/${up.body.sha256}`, { headers: { cookie: c.cookie } });
  expect(new Uint8Array(await down.arrayBuffer())).toEqual(new Uint8Array(picture));
  expect(down.headers.get('content-disposition')).toMatch(/^attachment/);
  const exe = await c.post('/api/v1/files', new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0]), { 'content-type': 'image/png' });
  expect(exe.status).toBe(415);
  const stranger = await server.client().signIn(employeeLogin(all, 'teacher'));
  expect((await stranger.get(`/api/v1/files/${up.body.sha256}`)).status).toBe(404);
});
