/*
 * Agencies change their attendance system one by one: a parallel run from the letter to the difference, an
 * agency that is not switched on yet, files that come twice, a month of SIMPEGNAS that comes again.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoServer, loginOf, logins, punch, TODAY, verb, type Client, type Login, type Server } from './server';

let server: Server, all: Login[], bkd: Client;
beforeAll(async () => {
  server = await demoServer();
  all = logins(server.db);
  bkd = await server.client().signIn(loginOf(all, 'bkd'));
});
afterAll(() => server.remove());

const YESTERDAY = '2025-11-12';
const agency = async (code: string) => (await bkd.get('/api/v1/attendance/sources')).body.items.find((a: any) => a.code === code);
const peopleOf = async (unit: string) => (await bkd.get(`/api/v1/org/units/${unit}/employees?limit=200`)).body.items as { id: string; nip: string }[];
const set = (agencies: string[], more: object) => bkd.post('/api/v1/attendance/sources', { agencies, letter: '800/9/UJI/2025', valid_from: TODAY, ...more });

async function send(kind: string, file: string, dry_run = false) {
  const up = await bkd.post('/api/v1/files', file, { 'content-type': 'application/octet-stream' });
  const sent = await bkd.post('/api/v1/imports', { kind, sha256: up.body.sha256, file_name: `${kind}.csv`, effective: TODAY, dry_run });
  expect(sent.status, sent.text).toBe(200);
  let r;
  do r = (await bkd.get(`/api/v1/imports/${sent.body.import}`)).body; while (r.state === 'waiting');
  return { ...r, faults: (await bkd.get(`/api/v1/imports/${sent.body.import}/errors`)).body.items };
}
/** Asks again until the job that folds days has done its part. */
async function until<T>(ask: () => Promise<T>, holds: (x: T) => boolean): Promise<T> {
  for (let n = 0; ; n++) {
    const x = await ask();
    if (holds(x) || n === 100) return x;
    await new Promise(done => setTimeout(done, 50));
  }
}
const dayOf = async (employee: string, day: string) => (await bkd.get(`/api/v1/attendance/days/${employee}/${day}`)).body;

describe('a source is set by letter', () => {
  it('shows each agency with what holds and what is to come', async () => {
    expect(await agency('DISHUT')).toMatchObject({ source: 'external', system: 'kmob' });
    expect(await agency('DISPUSIPDA')).toMatchObject({ source: 'both', system: 'fingerprint' });
    const waiting = await agency('BAPENGHUB');
    expect(waiting).toMatchObject({ source: 'none', system: 'none' });
    expect(waiting.rows[0]).toMatchObject({ source: 'luwes', valid_from: '2025-12-01' });
    expect(await agency('DINSOS')).toMatchObject({ source: 'luwes', rows: [] });
  });
  it.each([
    ['without the other system', { source: 'external' }, 400, '/system'],
    ['with one that Luwes does not have', { source: 'luwes', system: 'kmob' }, 400, '/system'],
    ['more than a month back', { source: 'none', valid_from: '2025-10-01' }, 400, '/valid_from'],
    ['more than a year ahead', { source: 'none', valid_from: '2027-01-01' }, 400, '/valid_from'],
    ['that holds already', { source: 'luwes' }, 409, '/source'],
    ['without the number of its letter', { source: 'none', letter: '' }, 400, '/letter'],
  ])('refuses one %s, and names the field', async (_name, more, status, pointer) => {
    const r = await set([(await agency('DINSOS')).agency], more);
    expect([r.status, r.body.pointer], r.text).toEqual([status, pointer]);
    expect((await agency('DINSOS')).rows).toEqual([]);
  });
  it('refuses one before another that stands already, and a unit that is no agency', async () => {
    const waiting = await set([(await agency('BAPENGHUB')).agency], { source: 'external', system: 'kmob' });
    expect([waiting.status, waiting.body.pointer]).toEqual([409, '/valid_from']);
    const good = (await agency('DINSOS')).agency;
    expect((await set([good, '1'], { source: 'none' })).body.pointer).toBe('/agencies/1');
    expect((await set([good, good], { source: 'none' })).body.pointer).toBe('/agencies/1');
  });
  it('is set by the board alone', async () => {
    const head = await server.client().signIn(loginOf(all, 'agency_head'));
    expect((await head.post('/api/v1/attendance/sources', { agencies: ['1'], source: 'none', letter: 'x', valid_from: TODAY })).status).toBe(403);
  });
});

describe('an agency that is not switched on', () => {
  it('counts in no figure of the board, and is shown as such', async () => {
    const board = (await bkd.get('/api/v1/monitor/board')).body;
    const tile = board.agencies.find((a: any) => a.code === 'BAPENGHUB');
    expect(tile).toMatchObject({ source: 'none', expected: 0, present: 0, day_off: 0, on_leave: 0, report_due: 0 });
    const recap = (await bkd.get('/api/v1/recap/units?month=2025-11-01')).body.items;
    for (const u of recap) expect(u.not_used, u.name).toBe(u.people === 0);
    expect(recap.some((u: any) => u.not_used)).toBe(true);
    expect(board.attention.some((a: any) => a.unit === tile.unit)).toBe(false);
    expect(board.total.expected).toBe(board.agencies.reduce((n: number, a: any) => n + a.expected, 0));
  });
  it('has no absent people, says so on the day, and begins on its day', async () => {
    const [one] = await peopleOf((await agency('BAPENGHUB')).agency);
    expect(await dayOf(one!.id, YESTERDAY)).toMatchObject({ state: 'not_used', reasons: ['not_used'], duty: 'none' });
    const [switched] = await peopleOf((await agency('DISBUN')).agency);
    expect((await dayOf(switched!.id, '2025-11-07')).state).toBe('not_used');
    expect((await dayOf(switched!.id, '2025-11-11')).state).not.toBe('not_used');
  });
  it('leaves the figures when it is put off, and is back when it is not', async () => {
    const dinas = await agency('DINSOS'), tile = async () => (await bkd.get('/api/v1/monitor/board')).body.agencies.find((a: any) => a.unit === dinas.agency);
    const before = await tile();
    expect(before.expected).toBeGreaterThan(0);
    expect((await set([dinas.agency], { source: 'none' })).status).toBe(204);
    expect((await until(tile, t => t.expected === 0))).toMatchObject({ source: 'none', expected: 0, present: 0 });
    expect((await set([dinas.agency], { source: 'luwes' })).status).toBe(204);
    expect(await until(tile, t => t.expected === before.expected)).toMatchObject({ source: 'luwes', expected: before.expected, present: before.present });
    expect((await agency('DINSOS')).rows).toHaveLength(2); /* what never held is not shown */
  });
});

describe('a parallel run', () => {
  let dinas: any, people: { id: string; nip: string }[], file: string;
  it('begins by letter and takes the file of the machine once', async () => {
    dinas = await agency('DLH');
    people = await peopleOf(dinas.agency);
    expect((await set([dinas.agency], { source: 'both', system: 'fingerprint', tolerance_minutes: 5, valid_from: '2025-11-10' })).status).toBe(204);
    file = ['nip;tanggal;jam;arah;mesin', ...people.flatMap(p => [`'${p.nip};12/11/2025;06.02.10;otomatis;Lobi`, `'${p.nip};12/11/2025;12.00.00;otomatis;Lobi`, `'${p.nip};12/11/2025;19.05.00;otomatis;Lobi`])].join('\r\n');
    expect(await send('punches', file, true)).toMatchObject({ state: 'checked', created: people.length * 2, errors: 0 });
    expect(await send('punches', file)).toMatchObject({ state: 'applied', created: people.length * 2, unchanged: 0 });
    expect(await send('punches', file)).toMatchObject({ state: 'applied', created: 0, unchanged: people.length * 2 });
    const longer = file + `\r\n'${people[0]!.nip};2025-11-11;06:00;masuk;Lobi`;
    expect(await send('punches', longer)).toMatchObject({ state: 'applied', created: 1, unchanged: people.length * 2 });
  });
  it('judges by Luwes, and names what differs by day and person', async () => {
    const list = await until(async () => (await bkd.get(`/api/v1/attendance/differences?unit=${dinas.agency}&day=${YESTERDAY}`)).body, l => l.items?.length > 0);
    expect(list.arrived_units).toBeGreaterThan(0);
    for (const item of list.items) {
      expect(item.external.length).toBeGreaterThan(0);
      expect(item.external_in_at).toBe('2025-11-11T23:02:10.000Z');
      const day = await dayOf(item.employee, YESTERDAY);
      expect(day.in_at).toBe(item.in_at); /* the machine changed nothing */
      expect(day.punches.filter((p: any) => p.source === 'external').map((p: any) => p.machine)).toEqual(['Lobi', 'Lobi']);
    }
    const days = (await bkd.get(`/api/v1/attendance/differences/days?unit=${dinas.agency}`)).body.items;
    expect(days.map((d: any) => d.day)).toHaveLength(7);
    expect(days[0]).toMatchObject({ day: YESTERDAY, differing: list.items.length, compared: people.length });
    expect((await bkd.get(`/api/v1/attendance/differences?unit=${dinas.agency}&day=${TODAY}`)).body).toMatchObject({ code: 'bad_field', pointer: '/day' });
  });
  it('is seen by the heads of the unit, and by nobody of another', async () => {
    const head = await server.client().signIn(loginOf(all, 'agency_head'));
    const own = (await head.get('/api/v1/me')).body.roles.find((r: any) => r.role === 'agency_head').unit;
    expect((await head.get(`/api/v1/attendance/differences?unit=${own}`)).status).toBe(200);
    expect((await head.get(`/api/v1/attendance/differences?unit=${dinas.agency}`)).status).toBe(404);
    expect((await head.get(`/api/v1/attendance/simpegnas/recap?unit=${own}`)).status).toBe(404);
  });
  it('names every fault of a file with line, column and reason', async () => {
    const r = await send('punches', `nip;tanggal;jam;arah;mesin\r\n1.98E+17;2025-11-12;07:00;in;Lobi\r\n${people[0]!.nip};2025-11-12;07:00;;Lobi\r\n${people[0]!.nip};2025-11-20;07:00;in;Lobi\r\n${people[0]!.nip};2025-11-12;25:00;in;\r\n`);
    expect(r.state).toBe('refused');
    expect(r.faults.map((f: any) => [f.line, f.column, f.reason])).toEqual([[2, 'nip', 'nip_scientific'], [3, 'arah', 'direction_missing'], [4, 'tanggal', 'in_the_future'], [5, 'jam', 'not_a_time'], [5, 'mesin', 'required']]);
  });
});

describe('an agency judged by another system', () => {
  it('keeps what phones say, and waits for its file: nobody is absent by a late file', async () => {
    const [one] = await peopleOf((await agency('DISHUT')).agency);
    expect(await dayOf(one!.id, TODAY)).toMatchObject({ state: 'expected', reasons: ['awaited'] });
    expect((await dayOf(one!.id, YESTERDAY)).reasons).toContain('external');
    const tile = (await bkd.get('/api/v1/monitor/board')).body.agencies.find((a: any) => a.code === 'DISHUT');
    expect(tile).toMatchObject({ source: 'external', system: 'kmob', present: 0, excused: tile.expected });
  });
  it('tells the person before he presses', async () => {
    const worker = await server.client().signIn(loginOf(all, 'employee'));
    expect((await worker.get('/api/v1/me/today')).body).toMatchObject({ attendance_source: 'luwes', attendance_system: 'none' });
    const unit = (await worker.get('/api/v1/me')).body.unit.agency;
    expect((await set([unit], { source: 'external', system: 'epresensi' })).status).toBe(204);
    const r = await worker.post('/api/v1/attendance/punches', { events: [punch('in', new Date('2025-11-13T00:20:05Z'))] });
    expect(r.body.receipts[0].status).toBe('accepted');
    expect((await worker.get('/api/v1/me/today')).body).toMatchObject({ attendance_source: 'external', attendance_system: 'epresensi', state: 'expected' });
    expect((await set([unit], { source: 'luwes' })).status).toBe(204);
    expect((await worker.get('/api/v1/me/today')).body).toMatchObject({ attendance_source: 'luwes', state: 'present' });
  });
});

describe('SIMPEGNAS', () => {
  let dinas: any, people: { id: string; nip: string }[];
  const month = (...rows: string[]) => ['nip;tanggal;kode;masuk_utc;pulang_utc', ...rows].join('\r\n');
  it('comes as a month, and again: the version before stays, and what changed is listed', async () => {
    dinas = await agency('DKP');
    people = await peopleOf(dinas.agency);
    const [a, b] = people.map(p => p.nip), first = month(`${a};2025-11-11;TM1-PC2;00:41;08:12`, `${a};2025-11-09;LN-TMM-PCM;;`, `${b};2025-11-11;HN;23:50;09:10`);
    expect(await send('simpegnas', first)).toMatchObject({ state: 'applied', created: 2 });
    expect(await send('simpegnas', first)).toMatchObject({ state: 'applied', created: 0, updated: 0, unchanged: 2 });
    expect(await send('simpegnas', month(`${a};2025-11-11;CT;;`, `${a};2025-11-09;LN;;`, `${b};2025-11-11;HN;23:50;09:10`))).toMatchObject({ updated: 1, unchanged: 1 });
    const versions = (await bkd.get(`/api/v1/attendance/simpegnas?unit=${dinas.agency}&month=2025-11-30`)).body.items;
    expect(versions.filter((v: any) => v.employee === people[0]!.id).map((v: any) => [v.version, v.changes])).toEqual([[1, []], [2, [{ day: '2025-11-11', before: 'TM1PC2 07:41 15:12', after: 'CT' }]]]);
  });
  it('stands beside the day and is no judge of it', async () => {
    const list = (await bkd.get(`/api/v1/attendance/differences?unit=${dinas.agency}&day=2025-11-11`)).body.items;
    const one = list.find((i: any) => i.employee === people[0]!.id);
    expect(one).toMatchObject({ simpegnas_code: 'CT', simpegnas: ['status'] });
    expect((await dayOf(people[0]!.id, '2025-11-11')).state).not.toBe('leave');
  });
  it('refuses a code nobody defined, and a class whose minutes nobody defined', async () => {
    const r = await send('simpegnas', month(`${people[0]!.nip};2025-11-10;TM7;;`));
    expect(r.faults.map((f: any) => [f.column, f.reason])).toEqual([['kode', 'unknown_code']]);
    const bad = await bkd.post('/api/v1/attendance/codes', { code: 'TM7', meaning: 'late', label: 'x', legal_basis: 'x', verified_by: '', valid_from: '2025-11-01' });
    expect([bad.status, bad.body.pointer]).toEqual([400, '/from_minute']);
    expect((await bkd.post('/api/v1/attendance/codes/examples')).status).toBe(409);
  });
  it('is written from our days in its codes, as defined on each day', async () => {
    const ended = await bkd.post('/api/v1/attendance/codes', { code: 'HN', meaning: 'normal', label: 'Hadir', legal_basis: 'SE 1', verified_by: 'BKD', valid_from: '2025-12-01' });
    expect(ended.status, ended.text).toBe(200);
    const r = await bkd.get(`/api/v1/attendance/simpegnas/recap?unit=${dinas.agency}&month=2025-11-01&format=csv`);
    expect(r.status).toBe(200);
    expect(r.headers.get('content-disposition')).toContain('simpegnas-2025-11.csv');
    const lines = r.text.trimEnd().split('\r\n').map(line => line.split(';')), first = lines.findIndex(line => line[0] === 'NIP'), head = lines[first]!, rows = lines.slice(first + 1);
    expect(head.length).toBe(33);
    expect(lines[0]!.join()).toContain('DATA CONTOH');
    expect(rows).toHaveLength(people.length);
    const at = head.indexOf('2025-11-09');
    for (const row of rows) expect(row[at]).toBe('LJ');
    expect(rows.some(row => row.includes('HN'))).toBe(true);
    const book = await bkd.get(`/api/v1/attendance/simpegnas/recap?unit=${dinas.agency}&month=2025-11-01`);
    expect([book.status, book.text.slice(0, 2)]).toEqual([200, 'PK']);
  });
});

it('is the same after everything is computed again', async () => {
  await server.stop();
  verb('rebuild', '--government', 'jabar', '--db', server.db, '--from', '2025-11-01', '--to', TODAY, '--clock', '2025-11-13T07:21+07:00'); /* exit 3 when a row differs */
  verb('doctor', '--db', server.db);
  await server.start();
});
