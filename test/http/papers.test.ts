/* What people state instead of a phone, through the real program: corrections, paper lists, an outage. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoServer, employeeLogin, headOf, loginOf, logins, punch, uuid7, type Client, type Login, type Server } from './server';
import { png } from './picture';

let server: Server, all: Login[], worker: Client, boss: Client, officer: Client, bkd: Client, employee: string;
const reason = 'Sesuai catatan penjaga kantor.';
beforeAll(async () => {
  server = await demoServer();
  all = logins(server.db);
  [worker, boss, officer, bkd] = await Promise.all([employeeLogin(all, 'home'), loginOf(all, 'supervisor'), loginOf(all, 'agency_officer'), loginOf(all, 'bkd')].map(l => server.client().signIn(l)));
  employee = (await worker.get('/api/v1/me')).body.employee;
});
afterAll(() => server.remove());

const upload = async (c: Client) => (await c.post('/api/v1/files', png(), { 'content-type': 'application/octet-stream' })).body.sha256 as string;
const ask = (day: string, at: string, more: object = {}) => ({ id: uuid7(), day, kind: 'time', direction: 'out', at, cause: 'forgot', reason: 'Lupa presensi pulang, rapat di luar.', ...more });
const dayOf = async (c: Client, who: string, day: string) => (await c.get(`/api/v1/attendance/days/${who}/${day}`)).body;

describe('a correction', () => {
  it('is taken once however often and late it is sent, waits, and is decided by the supervisor of that day', async () => {
    const evidence = await upload(worker), body = ask('2025-11-12', '17:05', { file_sha256: evidence, file_name: 'undangan.png' });
    const first = await worker.post('/api/v1/attendance/corrections', body);
    expect(first.status, first.text).toBe(200);
    expect(first.body).toMatchObject({ state: 'waiting', is_late: false, version: 1, file_sha256: evidence });
    const again = await worker.post('/api/v1/attendance/corrections', body);
    expect(again.body.id).toBe(first.body.id);
    expect((await worker.post('/api/v1/attendance/corrections', ask('2025-11-12', '17:06'))).body).toMatchObject({ code: 'conflict', pointer: '/day' });

    const waits = (await boss.get('/api/v1/attendance/corrections/waiting')).body.items.find((c: any) => c.id === first.body.id);
    expect(waits).toMatchObject({ employee, may_decide: true, direction: 'out' });
    expect((await boss.get(`/api/v1/files/${evidence}`)).status).toBe(200);
    expect((await worker.post(`/api/v1/attendance/corrections/${first.body.id}/accept`, { version: 1, reason })).status).toBe(404);
    expect((await officer.post(`/api/v1/attendance/corrections/${first.body.id}/accept`, { version: 1, reason })).body.code).toBe('not_supervisor_of_day');
    expect((await boss.post(`/api/v1/attendance/corrections/${first.body.id}/accept`, { version: 2, reason })).body.code).toBe('stale');
    expect((await boss.post(`/api/v1/attendance/corrections/${first.body.id}/accept`, { version: 1, reason: 'ya' })).body.pointer).toBe('/reason');
    expect((await boss.post(`/api/v1/attendance/corrections/${first.body.id}/accept`, { version: 1, reason })).status).toBe(204);

    const day = await dayOf(worker, employee, '2025-11-12');
    expect(day.out_at).toBe('2025-11-12T10:05:00.000Z');
    expect(day.reasons).toContain('corrected');
    expect(day.decisions).toEqual([expect.objectContaining({ kind: 'correction', is_accepted: true, reason, by: (await boss.get('/api/v1/me')).body.full_name })]);
    expect(day.punches.length).toBeGreaterThan(1); /* the old value stays */
    expect((await worker.get('/api/v1/attendance/corrections')).body.items[0]).toMatchObject({ state: 'accepted', decision: reason });
    expect((await boss.post(`/api/v1/attendance/corrections/${first.body.id}/refuse`, { version: 2, reason })).body.code).toBe('conflict');
  });
  it('is refused with its field when the day or the time cannot be', async () => {
    const said = async (body: object) => { const r = await worker.post('/api/v1/attendance/corrections', body); return [r.body.code, r.body.pointer]; };
    expect(await said(ask('2025-11-14', '16:00'))).toEqual(['bad_field', '/day']);
    expect(await said(ask('2025-11-13', '16:00'))).toEqual(['bad_field', '/at']);
    expect(await said(ask('2025-11-12', '16:00', { at: undefined }))).toEqual(['bad_field', '/at']);
    expect(await said(ask('2025-11-12', '16:00', { kind: 'confirm', at: undefined, punch: '1' }))).toEqual(['bad_field', '/punch']);
    expect(await said(ask('2025-11-11', '16:00', { file_sha256: 'ab'.repeat(32) }))).toEqual(['bad_field', '/file_sha256']);
    const text = (await worker.post('/api/v1/files', Buffer.from('Saya hadir.\n'), { 'content-type': 'application/octet-stream' })).body;
    expect(text.type).toBe('text/csv');
    const told = await worker.post('/api/v1/attendance/corrections', ask('2025-11-11', '16:00', { file_sha256: text.sha256, file_name: 'bukti.pdf' }));
    expect([told.body.code, told.body.pointer, told.body.reason]).toEqual(['bad_field', '/file_sha256', 'evidence is a picture or a PDF']);
  });
  it('asked late goes to the officer; many at once need a second person', async () => {
    const late = (await worker.post('/api/v1/attendance/corrections', ask('2025-11-03', '17:05'))).body;
    expect(late).toMatchObject({ is_late: true });
    expect((await boss.post(`/api/v1/attendance/corrections/${late.id}/accept`, { version: 1, reason })).body.code).toBe('refused');
    const other = (await worker.post('/api/v1/attendance/corrections', ask('2025-11-04', '17:05'))).body;
    const items = [late, other].map(c => ({ correction: c.id, version: c.version }));
    expect((await boss.post('/api/v1/attendance/corrections/proposals', { items, accepts: true, reason })).body.pointer).toBe('/items/0/correction');
    const mistaken = (await officer.post('/api/v1/attendance/corrections/proposals', { items, accepts: false, reason })).body;
    expect((await officer.post(`/api/v1/attendance/corrections/proposals/${mistaken.id}/verdict`, { confirms: false })).status).toBe(204);
    for (const item of items) item.version += 2;
    const proposal = (await officer.post('/api/v1/attendance/corrections/proposals', { items, accepts: true, reason })).body;
    expect(proposal).toMatchObject({ may_confirm: false, may_withdraw: true, items: [{ is_proposed: true }, {}] });
    expect((await officer.post(`/api/v1/attendance/corrections/proposals/${proposal.id}/verdict`, { confirms: true })).body.code).toBe('not_on_oneself');
    expect((await officer.post(`/api/v1/attendance/corrections/${late.id}/accept`, { version: 4, reason })).body.code).toBe('conflict');
    expect((await bkd.get('/api/v1/attendance/corrections/proposals')).body.items[0]).toMatchObject({ id: proposal.id, may_confirm: true });
    expect((await bkd.post(`/api/v1/attendance/corrections/proposals/${proposal.id}/verdict`, { confirms: true })).status).toBe(204);
    expect((await worker.get('/api/v1/attendance/corrections')).body.items.filter((c: any) => [late.id, other.id].includes(c.id)).map((c: any) => [c.state, !!c.proposed_by])).toEqual([['accepted', true], ['accepted', true]]);
  });
  it('is taken back while nobody has decided', async () => {
    const c = (await worker.post('/api/v1/attendance/corrections', ask('2025-11-10', '17:15'))).body;
    expect((await worker.post(`/api/v1/attendance/corrections/${c.id}/withdraw`, { version: 1 })).status).toBe(204);
    expect((await worker.post(`/api/v1/attendance/corrections/${c.id}/withdraw`, { version: 2 })).body.code).toBe('conflict');
  });
});

describe('a time to be confirmed', () => {
  it('is the superior\'s word: believed, or as it arrived', async () => {
    const { items } = (await boss.get('/api/v1/attendance/undecided')).body, own = `/api/v1/attendance/days/${employee}/2025-11-12/word`;
    const punch = (await dayOf(boss, employee, '2025-11-12')).punches.find((p: any) => p.source === 'phone');
    expect((await worker.post(own, { kind: 'confirm', punch: punch.id, reason })).status).toBe(404);
    expect((await boss.post(own, { kind: 'time', punch: punch.id, reason })).body.pointer).toBe('/kind');
    expect((await boss.post(own, { kind: 'place', punch: punch.id, reason })).status).toBe(204);
    expect((await dayOf(worker, employee, '2025-11-12')).punches.find((p: any) => p.id === punch.id).flags).toContain('confirms_place');
    for (const u of items) expect(u.late_unconfirmed || u.place_unconfirmed || u.held, u.day).toBe(true);
    for (const u of items.slice(0, 1)) expect(await dayOf(boss, u.employee, u.day)).toMatchObject({ employee: u.employee });
  });
});

describe('a clock set far ahead', () => {
  it('waits on the day it arrived, in the superior\'s list, and counts when it arrived once he says so', async () => {
    const sent = await worker.post('/api/v1/attendance/punches', { events: [punch('in', new Date('2025-11-21T00:21:00Z'))] });
    expect(sent.body.receipts[0]).toMatchObject({ status: 'quarantined', reason: 'phone_clock_ahead' });
    const waits = async () => (await boss.get('/api/v1/attendance/undecided')).body.items.filter((u: any) => u.employee === employee && u.clock_ahead);
    expect(await waits()).toMatchObject([{ day: '2025-11-13' }]);
    const kept = (await dayOf(boss, employee, '2025-11-13')).punches.find((p: any) => p.flags.includes('quarantined'));
    const word = await boss.post(`/api/v1/attendance/days/${employee}/2025-11-13/word`, { kind: 'receipt', punch: kept.id, reason });
    expect(word.status, word.text).toBe(204);
    expect(await waits()).toEqual([]);
    expect((await dayOf(worker, employee, '2025-11-13')).state).toBe('present');
  });
});

describe('a paper list', () => {
  let clerk: Client, head: Client, unit: string, sheet: any;
  beforeAll(async () => {
    clerk = await server.client().signIn(loginOf(all, 'unit_officer'));
    unit = (await clerk.get('/api/v1/me')).body.unit.id;
    sheet = (await clerk.get(`/api/v1/attendance/sheet?unit=${unit}&day=2025-11-12`)).body;
    head = await server.client().signIn(await headOf(bkd, sheet.rows, all[0]!.password));
  });
  const listOf = (rows: object[], file: string, more: object = {}) => ({ unit, day: '2025-11-12', file_sha256: file, file_name: 'daftar.png', rows, ...more });

  it('of the demo waits for its second person, and so do its days', async () => {
    const papers = (await clerk.get('/api/v1/attendance/papers')).body.items;
    expect(papers.map((p: any) => p.state)).toContain('refused');
    const waits = papers.find((p: any) => p.state === 'waiting');
    expect(waits).toMatchObject({ day: '2025-11-12', may_confirm: false, may_withdraw: true });
    const list = (await clerk.get(`/api/v1/attendance/papers/${waits.id}`)).body;
    expect((await dayOf(bkd, list.rows[0].employee, '2025-11-12')).state).toBe('waits');
    expect((await clerk.post(`/api/v1/attendance/papers/${waits.id}/confirm`, { version: 1 })).body.code).toBe('not_on_oneself');
    expect((await head.post(`/api/v1/attendance/papers/${waits.id}/confirm`, { version: 1 })).body).toMatchObject({ state: 'confirmed' });
    const day = await dayOf(bkd, list.rows[0].employee, '2025-11-12');
    expect(day).toMatchObject({ state: 'complete', in_place: 'within' });
    expect(day.reasons).toContain('manual');
    expect(day.decisions).toEqual([expect.objectContaining({ kind: 'paper', is_accepted: true })]);
    expect(day.punches.map((p: any) => p.source)).toEqual(['paper', 'paper']);
  });
  it('is refused for who is twice, of another unit, listed already, or at an impossible time', async () => {
    const file = await upload(clerk), me = (await clerk.get('/api/v1/me')).body.employee, row = { employee: me, in: '07:00', out: '16:00' };
    const said = async (rows: object[], more: object = {}) => { const r = await clerk.post('/api/v1/attendance/papers', listOf(rows, file, more)); return r.status === 200 ? r.body.state : [r.body.code, r.body.pointer]; };
    const listed = sheet.rows.find((r: any) => r.is_listed);
    expect(await said([row, row])).toEqual(['bad_field', '/rows/1/employee']);
    expect(await said([{ ...row, employee }])).toEqual(['bad_field', '/rows/0/employee']);
    if (listed) expect(await said([{ ...row, employee: listed.employee }])).toEqual(['conflict', '/rows/0/employee']);
    expect(await said([{ employee: me }])).toEqual(['bad_field', '/rows/0/in']);
    expect(await said([{ ...row, out: '06:30' }])).toEqual(['bad_field', '/rows/0/out']);
    expect(await said([{ ...row, in: '00:10' }])).toEqual(['bad_field', '/rows/0/in']);
    expect(await said([row], { day: '2025-11-14' })).toEqual(['bad_field', '/day']);
    expect(await said([row], { file_sha256: 'ab'.repeat(32) })).toEqual(['bad_field', '/file_sha256']);
    expect(await said([row], { day: '2025-11-07' })).toEqual(['bad_field', '/late_reason']);
  });
  it('handed in late is confirmed by the agency\'s officer alone', async () => {
    const file = await upload(clerk), me = (await clerk.get('/api/v1/me')).body.employee;
    const late = (await clerk.post('/api/v1/attendance/papers', listOf([{ employee: me, in: '07:00', out: '16:00' }], file, { day: '2025-11-07', late_reason: 'Petugas dirawat di rumah sakit.' }))).body;
    expect(late).toMatchObject({ is_late: true, state: 'waiting' });
    expect((await head.post(`/api/v1/attendance/papers/${late.id}/confirm`, { version: 1 })).body.code).toBe('refused');
    expect((await bkd.post(`/api/v1/attendance/papers/${late.id}/confirm`, { version: 1 })).body.state).toBe('confirmed');
  });
});

describe('an outage', () => {
  const poll = async <T>(get: () => Promise<T>, good: (x: T) => boolean): Promise<T> => {
    for (let i = 0; ; i++) {
      const x = await get();
      if (good(x) || i > 100) return x;
      await new Promise(r => setTimeout(r, 100));
    }
  };
  it('relieves the days in it, and gives the lateness back when it is withdrawn', async () => {
    const found = (await bkd.get('/api/v1/attendance/incidents')).body.items.find((i: any) => i.state === 'accepted');
    const one = (await bkd.get(`/api/v1/attendance/incidents/${found.id}`)).body;
    expect(one.relieved_days).toBeGreaterThan(0);
    const people = (await bkd.get(`/api/v1/org/units/${one.unit}/employees?limit=200`)).body.items;
    let relieved: any;
    for (const p of people) {
      const day = await dayOf(bkd, p.id, '2025-11-10');
      if (day.relieved_minutes > 0) { relieved = day; break; }
    }
    if (relieved) {
      expect(relieved.flags).not.toContain('late_unconfirmed');
      expect(relieved.reasons).toContain('relieved');
      expect(relieved.decisions.at(-1)).toMatchObject({ kind: 'incident', asked: one.number });
    }
    expect((await bkd.post(`/api/v1/attendance/incidents/${found.id}/withdraw`, { version: found.version, reason: 'Tanggalnya keliru dicatat.' })).body.state).toBe('withdrawn');
    const after = await poll(async () => (await bkd.get(`/api/v1/attendance/incidents/${found.id}`)).body, i => i.relieved_days === 0);
    expect(after.relieved_days).toBe(0);
  });
  it('is declared by the operator, who sees nobody, and granted by another', async () => {
    const operator = await server.client().signIn(loginOf(all, 'operator'));
    const body = { begins_at: '2025-11-12T00:25:00.000Z', ends_at: '2025-11-12T00:55:00.000Z', cause: 'power', reason: 'Listrik pusat data padam.' };
    expect((await operator.post('/api/v1/attendance/incidents', { ...body, ends_at: body.begins_at })).body.pointer).toBe('/ends_at');
    const i = (await operator.post('/api/v1/attendance/incidents', body)).body;
    expect(i).toMatchObject({ state: 'proposed', is_detected: false });
    expect((await operator.post(`/api/v1/attendance/incidents/${i.id}/accept`, { version: 1, number: '1', reason })).status).toBe(403);
    expect((await worker.get('/api/v1/attendance/incidents')).status).toBe(403);
    const granted = (await bkd.post(`/api/v1/attendance/incidents/${i.id}/accept`, { version: 1, number: '800/7/BA/2025', reason })).body;
    expect(granted).toMatchObject({ state: 'accepted', number: '800/7/BA/2025' });
    const pdf = await fetch(`${server.url}/api/v1/attendance/incidents/${i.id}/document`, { headers: { cookie: operator.cookie } });
    expect([pdf.status, pdf.headers.get('content-type'), Buffer.from(await pdf.arrayBuffer()).subarray(0, 5).toString()]).toEqual([200, 'application/pdf', '%PDF-']);
    const own = (await bkd.post('/api/v1/attendance/incidents', body)).body;
    expect((await bkd.post(`/api/v1/attendance/incidents/${own.id}/accept`, { version: 1, number: '2', reason })).body.code).toBe('not_on_oneself');
  });
});
