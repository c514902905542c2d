/*
 * CSV as personnel offices have it: from spreadsheets of every age. A check names each fault with line,
 * column, reason and value; a file with a fault changes nothing; the same file again changes nothing.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoServer, employeeLogin, loginOf, logins, TODAY, verb, type Client, type Login, type Server } from './server';
import { w } from '../../web/src/org/words';
import { workbook, zip, type Cell } from './workbook';

let server: Server, all: Login[], c: Client;
beforeAll(async () => {
  server = await demoServer();
  all = logins(server.db);
  c = await server.client().signIn(loginOf(all, 'bkd'));
});
afterAll(() => server.remove());

interface Fault { line: number; column: string; reason: string; value: string; cell?: string }
interface Outcome { mapping?: string; state: string; rows: number; created: number; updated: number; unchanged: number; errors: number; faults: Fault[] }

async function run(kind: string, file: string | Uint8Array, dry_run = true, effective = TODAY): Promise<Outcome> {
  const up = await c.post('/api/v1/files', file, { 'content-type': 'application/octet-stream' });
  expect(up.status, up.text).toBe(200);
  const sent = await c.post('/api/v1/imports', { kind, sha256: up.body.sha256, file_name: 'data.csv', effective, dry_run });
  expect(sent.status, sent.text).toBe(200);
  let r;
  do r = (await c.get(`/api/v1/imports/${sent.body.import}`)).body; while (r.state === 'waiting');
  return { ...r, faults: (await c.get(`/api/v1/imports/${sent.body.import}/errors`)).body.items };
}
const check = (kind: string, file: string | Uint8Array) => run(kind, file);
const apply = (kind: string, file: string | Uint8Array, effective?: string) => run(kind, file, false, effective);
const find = async (query: string) => (await c.get(`/api/v1/org/employees?query=${encodeURIComponent(query)}`)).body.items;

const BOM = '\uFEFF';
const employees = (...rows: string[]) => ['nip;name;employment_kind', ...rows].join('\r\n') + '\r\n';
const book = (...rows: Cell[][]) => workbook({ Data: rows });
const head = ['nip', 'name', 'employment_kind'];
const EMPTY = { '[Content_Types].xml': '<Types><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>', 'xl/workbook.xml': '<workbook><sheets><sheet name="Data" id="r0"/></sheets></workbook>', 'xl/_rels/workbook.xml.rels': '<Relationships><Relationship Id="r0" Type="x/worksheet" Target="worksheets/sheet0.xml"/></Relationships>' };
const utf16 = (text: string) => new Uint8Array(Buffer.from(BOM + text, 'utf16le'));

describe('templates', () => {
  it.each(['units', 'employees', 'placements', 'supervisors', 'posts', 'holidays', 'status', 'rosters'])('%s: a header that can be filled in, and an example that is no row', async kind => {
    const r = await fetch(`${server.url}/api/v1/imports/templates/${kind}`, { headers: { cookie: c.cookie } });
    expect(r.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(r.headers.get('content-disposition')).toBe(`attachment; filename="luwes-${kind}.csv"`);
    const bytes = new Uint8Array(await r.arrayBuffer());
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const [header, example] = new TextDecoder().decode(bytes).trimEnd().split('\r\n');
    expect(example).toMatch(/^#/);
    expect(example!.split(';').length).toBe(header!.split(';').length);
    expect((await check(kind, bytes)).faults).toEqual([{ line: 1, column: '', reason: 'empty', value: '', cell: '' }]);
  });
});

describe('a check', () => {
  const met = new Set<string>();
  const good = '199103152020121003;Dewi Rahmawati;pns';
  const cases: [string, string, string | Uint8Array, Partial<Fault>[]][] = [
    ['a NIP that a spreadsheet turned into a number', 'employees', employees('1.98E+17;Dewi Rahmawati;pns', '1,98504E+17;Asep Sunandar;pns'), [{ line: 2, column: 'nip', reason: 'nip_scientific', value: '1.98E+17' }, { line: 3, column: 'nip', reason: 'nip_scientific', value: '1,98504E+17' }]],
    ['a NIP that is none', 'employees', employees('12345;Dewi Rahmawati;pns', '199113152020121003;Asep Sunandar;pns'), [{ line: 2, column: 'nip', reason: 'nip_malformed', value: '12345' }, { line: 3, column: 'nip', reason: 'nip_malformed', value: '199113152020121003' }]],
    ['a name that is missing', 'employees', employees('199103152020121003;;pns'), [{ line: 2, column: 'name', reason: 'required' }]],
    ['a formula for a name', 'employees', employees(good, '199103152020121004;"=HYPERLINK(""http://jahat.example"")";pns'), [{ line: 3, column: 'name', reason: 'formula' }]],
    ['every cell of a row that is wrong', 'employees', employees('12345;;honorer'), [{ line: 2, column: 'employment_kind', reason: 'not_one_of' }, { line: 2, column: 'name', reason: 'required' }, { line: 2, column: 'nip', reason: 'nip_malformed' }]],
    ['a kind that is not one', 'employees', employees('199103152020121003;Dewi Rahmawati;honorer'), [{ line: 2, column: 'employment_kind', reason: 'not_one_of', value: 'honorer' }]],
    ['somebody twice', 'employees', employees(good, good), [{ line: 3, column: 'nip', reason: 'double', value: '199103152020121003' }]],
    ['a name that is too long', 'employees', employees(`199103152020121003;${'x'.repeat(300)};pns`), [{ line: 2, column: 'name', reason: 'too_long' }]],
    ['a column that is missing', 'employees', 'name;employment_kind\r\nDewi;pns\r\n', [{ line: 1, column: 'nip', reason: 'missing_column' }]],
    ['a column nobody knows', 'employees', 'nip;name;employment_kind;gaji\r\n' + good + ';1\r\n', [{ line: 1, column: '4', reason: 'unknown_column', value: 'gaji' }]],
    ['a column given twice', 'employees', 'nip;name;name;employment_kind\r\n', [{ line: 1, column: '3', reason: 'double_column' }]],
    ['more cells than the header', 'employees', employees(good + ';lagi'), [{ line: 2, reason: 'more_cells_than_header' }]],
    ['an empty file but for its header', 'employees', employees(), [{ line: 1, reason: 'empty' }]],
    ['UTF-16', 'employees', utf16(employees(good)), [{ line: 1, reason: 'encoding_utf16' }]],
    ['Windows-1252', 'employees', new Uint8Array([...Buffer.from(employees(good)), ...Buffer.from('199103152020121005;Andr'), 0xe9, ...Buffer.from(';pns\r\n')]), [{ line: 3, reason: 'encoding_windows_1252' }]],
    ['a quote that never ends', 'employees', employees(good, '199103152020121004;"Asep;pns'), [{ line: 3, reason: 'quote' }]],
    ['a NIP in a workbook that is a number by now', 'employees', book(['DAFTAR PEGAWAI'], head, ['1', '2', '3'], [198504122010012003, 'Dewi', 'pns'], ["'199103152020121003", 'Asep', 'pns']), [{ line: 4, cell: 'A4', column: 'nip', reason: 'nip_scientific', value: '1.98504122010012E+17' }]],
    ['an error in a cell of a workbook', 'employees', book(head, ['199103152020121003', { error: '#N/A' }, 'pns']), [{ line: 2, cell: 'B2', column: 'name', reason: 'cell_error', value: '#N/A' }]],
    ['a day in a workbook that is none', 'employees', book([...head, 'last_day'], ['199103152020121003', 'Dewi', 'pns', '31/11/2025'], ['199103152020121004', 'Asep', 'pns', { date: 45992 }]), [{ line: 2, cell: 'D2', column: 'last_day', reason: 'not_a_date' }]],
    ['a workbook with a document type', 'employees', zip({ ...EMPTY, 'xl/worksheets/sheet0.xml': '<!DOCTYPE x [<!ENTITY a "a">]><worksheet>&a;</worksheet>' }), [{ line: 1, reason: 'workbook_dtd' }]],
    ['a workbook that blows up', 'employees', zip({ ...EMPTY, 'xl/worksheets/sheet0.xml': `<worksheet><sheetData><row><c t="str"><v>${'x'.repeat(40 << 20)}</v></c></row></sheetData></worksheet>` }), [{ line: 1, reason: 'workbook_too_large' }]],
    ['a workbook that is cut off', 'employees', zip({ ...EMPTY, 'xl/worksheets/sheet0.xml': '<worksheet><sheetData><row>' }), [{ line: 1, reason: 'workbook_damaged' }]],
    ['a line of 10 MB', 'employees', employees(good, '199103152020121004;' + 'x'.repeat(10 << 20) + ';pns'), [{ line: 3, reason: 'line_too_long' }]],
    ['a unit and a person nobody knows', 'placements', 'nip;unit;position;position_level;decree\r\n199103152020121003;TIDAK-ADA;Analis;pelaksana;821/1\r\n', [{ line: 2, column: 'nip', reason: 'unknown_nip' }, { line: 2, column: 'unit', reason: 'unknown_unit', value: 'TIDAK-ADA' }]],
    ['a day that is none', 'holidays', 'date;kind;name;source\r\n30/02/2026;national;Hari apa;SKB 1\r\n', [{ line: 2, column: 'date', reason: 'not_a_date', value: '30/02/2026' }]],
    ['a counter that closes before it opens', 'posts', 'code;unit;name;is_direct;skills;weekdays;opens;closes;minimum\r\nUJI-1;SETDA;Loket uji;ya;;1-5;15:00;08:00;1\r\n', [{ line: 2, column: 'closes', reason: 'closes_before_opens' }]],
    ['leave that ends before it begins', 'status', `nip;kind;from;to;letter\r\nNIP;annual_leave;2025-11-20;2025-11-19;850/1\r\n`, [{ line: 2, column: 'to', reason: 'ends_before_it_begins' }]],
    ['a unit below one nobody knows', 'units', 'code;parent;name;kind;character\r\nUJI;TIDAK-ADA;Unit uji;division;office\r\n', [{ line: 2, column: 'parent', reason: 'unknown_unit', value: 'TIDAK-ADA' }]],
    ['a roster letter nobody knows', 'rosters', 'nip;nama;2025-11-17\r\nNIP;Siapa;WFX\r\n', [{ line: 2, column: '2025-11-17', reason: 'unknown_letter', value: 'WFX' }]],
    /* phase I of November opens Thursdays alone, and WFH alone; the counters stay open */
    ['days at home that no circular opens', 'rosters', 'nip;2025-11-20;2025-11-21;2025-11-22;2025-11-27\r\nNIP;WFH;WFH;WFH;WFA\r\nCOUNTER;WFH;WFO;;\r\n',
      [{ line: 2, column: '2025-11-21', reason: 'day_not_open', value: 'WFH' }, { line: 2, column: '2025-11-22', reason: 'day_off', value: 'WFH' }, { line: 2, column: '2025-11-27', reason: 'only_home', value: 'WFA' }, { line: 3, column: '2025-11-20', reason: 'exempt', value: 'WFH' }]],
    ['more days a week than PermenPANRB 4/2025 allows', 'rosters', 'nip;2025-12-15;2025-12-16;2025-12-17;2025-12-22\r\nNIP;WFH;WFH;WFH;WFH\r\n', [{ line: 2, column: '2025-12-17', reason: 'above_weekly_cap', value: '3 > 2' }]],
  ];
  it.each(cases)('names %s', async (_name, kind, file, faults) => {
    const text = typeof file === 'string' ? file.replace('NIP;', `${loginOf(all, 'employee').nip};`).replace('COUNTER;', `${employeeLogin(all, 'counter').nip};`) : file;
    const r = await check(kind, text);
    expect(r).toMatchObject({ state: 'refused', errors: faults.length, faults });
    for (const f of r.faults) met.add(f.reason);
  });
  it('names agency, day, people and limit of a roster above its share', async () => {
    /* all five logins of one agency of the demo; at most half of it may be at home (phase II) */
    const nips = ['employee', 'supervisor', 'team_lead', 'agency_head', 'agency_officer'].map(role => loginOf(all, role).nip);
    const r = await check('rosters', `nip;2025-12-18\r\n${nips.map(nip => `${nip};WFH\r\n`).join('')}`);
    expect(r).toMatchObject({ state: 'refused', errors: 1, faults: [{ line: 1, column: '2025-12-18', reason: 'share_above' }] });
    expect(r.faults[0]!.value).toMatch(/^[A-Z]+ 5\/8 > 4 \(50%\)$/);
    met.add('share_above').add('share_below');
    expect(await check('rosters', `nip;2025-12-18\r\n${nips.slice(1).map(nip => `${nip};WFH\r\n`).join('')}`)).toMatchObject({ state: 'checked', created: 4 });
  });
  it('met no reason that the app has no words for', () => {
    expect([...met].filter(reason => !w().reasons[reason])).toEqual([]);
  });
  it('names every line that is wrong in one run, and changes nothing', async () => {
    const r = await check('employees', employees('1.98E+17;Dewi;pns', good, '199103152020121003;;pns', '12;Asep;pns'));
    expect(r.faults.map(f => [f.line, f.reason])).toEqual([[2, 'nip_scientific'], [4, 'required'], [4, 'double'], [5, 'nip_malformed']]);
    expect(await find('Dewi Rahmawati')).toEqual([]);
  });
  it('of a good file tells what would happen, and changes nothing', async () => {
    expect(await check('employees', employees(good))).toMatchObject({ state: 'checked', rows: 1, created: 1, updated: 0, errors: 0 });
    expect(await find('Dewi Rahmawati')).toEqual([]);
  });
  it('takes no other zip for a workbook', async () => {
    const up = await c.post('/api/v1/files', new Uint8Array([0x50, 0x4b, 3, 4, ...new Array(60).fill(0)]));
    expect(up.status).toBe(415);
  });
});

describe('an import', () => {
  const two = employees('199103152020121003;Dewi Rahmawati;pns', '199507012022031002;Ujang Koswara;pppk');
  it('creates people, and again leaves them as they are, with BOM and semicolons or commas', async () => {
    expect(await apply('employees', BOM + two)).toMatchObject({ state: 'applied', rows: 2, created: 2, updated: 0, unchanged: 0 });
    expect(await apply('employees', BOM + two)).toMatchObject({ state: 'applied', rows: 2, created: 0, updated: 0, unchanged: 2 });
    expect(await apply('employees', two.replaceAll(';', ',').replaceAll('\r\n', '\n'))).toMatchObject({ created: 0, updated: 0, unchanged: 2 });
  });
  it('takes a workbook for what its rows say, by content and not by name', async () => {
    const rows: Cell[][] = [['DAFTAR PEGAWAI NEGERI SIPIL'], ['Keadaan November 2025'], [], ['NIP', 'Name', 'Employment_kind'], ["'199103152020121003", ' Dewi Rahmawati ', 'PNS'], ['19950701 202203 1 002', 'Ujang Koswara', 'pppk']];
    expect(await apply('employees', workbook({ Pegawai: rows }))).toMatchObject({ state: 'applied', rows: 2, created: 0, updated: 0, unchanged: 2 });
  });
  it('updates by NIP', async () => {
    expect(await apply('employees', employees('199103152020121003;Dewi Rahmawati Putri;pns', '199507012022031002;Ujang Koswara;pppk'))).toMatchObject({ created: 0, updated: 1, unchanged: 1 });
  });
  it('places people from its day on, so that they are found and have a day', async () => {
    const [unit] = (await c.get('/api/v1/org/units')).body.items.filter((u: any) => u.code === 'DISKOMINFO');
    const placements = `nip;unit;position;position_level;decree\r\n199103152020121003;${unit.code};Pranata Komputer Ahli Muda;fungsional;821.2/KEP.1/2025\r\n`;
    expect(await apply('placements', placements)).toMatchObject({ state: 'applied', created: 1 });
    expect(await apply('placements', placements)).toMatchObject({ state: 'applied', created: 0, updated: 0, unchanged: 1 });
    const [dewi] = await find('Dewi Rahmawati');
    expect(dewi).toMatchObject({ nip: '199103152020121003', name: 'Dewi Rahmawati Putri', position: 'Pranata Komputer Ahli Muda' });
    const why = (await c.get(`/api/v1/policy/explain?employee=${dewi.id}&day=2025-11-14`)).body;
    expect(why).toMatchObject({ name: 'Dewi Rahmawati Putri', mode: 'office' });
  });
  it('is all or nothing', async () => {
    const r = await apply('employees', employees('199808082024011001;Sofyan Ali;pns', '1.98E+17;Rusak;pns'));
    expect(r).toMatchObject({ state: 'refused', errors: 1 });
    expect(await apply('employees', employees('199808082024011001;Sofyan Ali;pns'))).toMatchObject({ created: 1 });
  });
  it('enters leave that decides the day at once', async () => {
    const [dewi] = await find('Dewi Rahmawati');
    expect(await apply('status', 'nip;kind;from;to;letter\r\n199103152020121003;annual_leave;2025-11-17;18/11/2025;850/9/CUTI\r\n')).toMatchObject({ state: 'applied', created: 1 });
    for (const [day, mode] of [['2025-11-17', 'leave'], ['2025-11-18', 'leave'], ['2025-11-19', 'office']])
      expect((await c.get(`/api/v1/policy/explain?employee=${dewi.id}&day=${day}`)).body.mode, day).toBe(mode);
  });
  it('enters a holiday from a decree', async () => {
    expect(await apply('holidays', 'date;kind;name;source\r\n2025-11-24;local;Hari jadi daerah;Kepgub 1/2025\r\n')).toMatchObject({ state: 'applied', created: 1 });
    expect((await c.get('/api/v1/calendar/holidays?year=2025')).body.items).toEqual(expect.arrayContaining([expect.objectContaining({ day: '2025-11-24', name: 'Hari jadi daerah' })]));
  });
  it('takes a roster as drafts, which hold once they are published', async () => {
    const [dewi] = await find('Dewi Rahmawati');
    /* from December on rosters decide who is at home (phase II) */
    expect(await apply('rosters', 'nip;nama;2025-12-04;2025-12-05\r\n199103152020121003;Dewi;WFO;WFH\r\n')).toMatchObject({ state: 'applied', created: 1 });
    const draft = (await c.get('/api/v1/roster/versions?on=2025-12-04')).body.items.find((v: any) => v.state === 'draft' && v.source === 'imported' && v.people === 1);
    expect(draft).toMatchObject({ period_from: '2025-12-04', period_to: '2025-12-05' });
    const modes = () => Promise.all(['2025-12-04', '2025-12-05'].map(async day => (await c.get(`/api/v1/policy/explain?employee=${dewi.id}&day=${day}`)).body.mode));
    expect(await modes()).toEqual(['office', 'office']);
    const set = await c.post(`/api/v1/roster/versions/${draft.id}/set`, { revision: draft.revision });
    expect([set.status, set.body.state], set.text).toEqual([200, 'set']);
    expect(await modes()).toEqual(['office', 'office']);
    expect((await c.post(`/api/v1/roster/versions/${draft.id}/acknowledge`, { revision: set.body.revision })).body.state).toBe('published');
    expect(await modes()).toEqual(['office', 'home']);
  });
  it('of who left ends his account and his session with it', async () => {
    expect(await apply('employees', employees('199203152020122004;Rini Marlina;pns'), '2025-11-01')).toMatchObject({ state: 'applied', created: 1 });
    const [rini] = await find('Rini Marlina');
    const { code, nip } = (await c.post('/api/v1/accounts/codes', { employees: [rini.id] })).body.items[0];
    const account = { government: 'jabar', nip, password: 'kereta malam 2025' };
    expect((await server.client().post('/api/v1/accounts/activation', { ...account, code })).status).toBe(204);
    const hers = await server.client().signIn({ role: 'employee', ...account });
    expect((await hers.get('/api/v1/me')).status).toBe(200);
    const leaving = `nip;name;employment_kind;last_day\r\n${nip};Rini Marlina;pns;`;
    expect(await apply('employees', `${leaving}2025-11-30\r\n`)).toMatchObject({ state: 'applied', updated: 1 });
    expect((await hers.get('/api/v1/me')).status).toBe(200);
    expect(await apply('employees', `${leaving}2025-11-12\r\n`)).toMatchObject({ state: 'applied', updated: 1 });
    expect((await hers.get('/api/v1/me')).status).toBe(401);
    const again = await server.client().post('/api/v1/sessions', account);
    expect([again.status, again.body.code]).toEqual([401, 'bad_credentials']);
    expect(await apply('employees', `${leaving}2030-01-31\r\n`)).toMatchObject({ state: 'applied', updated: 1 });
    await server.client().signIn({ role: 'employee', ...account });
  });
  it('is listed with its outcome, newest first', async () => {
    const items = (await c.get('/api/v1/imports?limit=3')).body.items;
    expect(items).toHaveLength(3);
    expect(items[0]).toMatchObject({ kind: 'employees', state: 'applied', file_name: 'data.csv' });
    /* an import is applied a moment before its job has ended */
    const states = async () => Promise.all(items.map(async (i: any) => (await c.get(`/api/v1/jobs/${i.job}`)).body.state));
    await expect.poll(states).toEqual(items.map(() => 'done'));
  });
  it('is refused over a file of somebody else', async () => {
    const other = await server.client().signIn(loginOf(all, 'agency_officer'));
    const up = await other.post('/api/v1/files', 'nip;name;employment_kind\r\n199808082024011009;Orang Lain;pns\r\n');
    const r = await c.post('/api/v1/imports', { kind: 'employees', sha256: up.body.sha256, file_name: 'x.csv', effective: TODAY, dry_run: true });
    expect([r.status, r.body.pointer]).toEqual([404, '/sha256']);
  });
});

describe('a sheet of an office', () => {
  const duk: Cell[][] = [['PEMERINTAH PROVINSI CONTOH'], ['DAFTAR URUT KEPANGKATAN'], [], ['NO', 'NAMA', 'NIP BARU', 'NIK', 'STATUS', 'PENDIDIKAN', null], [null, null, null, null, null, 'NAMA', 'TAHUN'],
    [1, 'Wati Kusmawati', '19930101 202012 2 006', '3204010101930001', 'P3K', 'S1', 2015], [2, 'Yayat Supriatna', "'199304042020121007", '3204010404930002', 'PNS', 'S2', 2016], [], [null, null, 'Mengetahui, Kepala Badan']];
  const column = (column: string, heading: string, fixed = '', values: object[] = []) => ({ column, heading, fixed, values });
  const mapping = { kind: 'employees', name: 'DUK kami', dates: 'dmy', ends_at_blank: true, columns: [column('nip', 'NIP BARU'), column('name', 'NAMA'), column('employment_kind', 'STATUS', 'pns', [{ said: 'P3K', meant: 'pppk' }])] };
  const look = async (file: Uint8Array | string) => (await c.send('POST', '/api/v1/imports/preview?kind=employees', file)).body;

  it('is looked at without being kept, and what is private is not shown', async () => {
    const seen = await look(workbook({ Sampul: [['Rahasia']], DUK: duk }));
    expect(seen).toMatchObject({ sheets: ['Sampul', 'DUK'], sheet: 'DUK', line: 5, from: 'example', name: 'SIMPEG: DUK' });
    expect(seen.headings.map((h: any) => [h.heading, h.cell, h.is_private])).toEqual([['NO', 'A5', false], ['NAMA', 'B5', false], ['NIP BARU', 'C5', false], ['NIK', 'D5', true], ['STATUS', 'E5', false], ['PENDIDIKAN NAMA', 'F5', false], ['PENDIDIKAN TAHUN', 'G5', false]]);
    expect(JSON.stringify(seen)).not.toContain('320401');
    const kind = seen.proposal.find((x: any) => x.column === 'employment_kind');
    expect(kind).toMatchObject({ heading: 'STATUS', fixed: '' });
    expect(kind.values).toContainEqual({ said: 'P3K', meant: 'pppk' });
    const plain = await look(workbook({ DUK: duk.map(row => row.filter((_, i) => i !== 4)) }));
    expect(plain.proposal.find((x: any) => x.column === 'employment_kind')).toMatchObject({ heading: '', fixed: 'pns', values: [] });
  });
  it('names the reason when it cannot be read', async () => {
    expect(await look('PK\x03\x04')).toMatchObject({ fault: 'not_a_workbook', fault_line: 1 });
    expect(await look(utf16(employees('1;x;pns')))).toMatchObject({ fault: 'encoding_utf16' });
  });
  it('is refused while nobody said what its headings mean', async () => {
    const r = await check('employees', workbook({ DUK: duk }));
    expect([...new Set(r.faults.map(f => f.reason))].sort()).toEqual(['missing_column', 'unknown_column']);
  });
  it('is read by a saved mapping, from then on by itself, and its file is not kept', async () => {
    const saved = await c.post('/api/v1/imports/mappings', mapping);
    expect(saved.status, saved.text).toBe(200);
    const file = workbook({ DUK: duk }), up = await c.post('/api/v1/files', file);
    expect(await check('employees', file)).toMatchObject({ state: 'checked', rows: 2, created: 2, errors: 0, mapping: 'DUK kami' });
    expect((await c.get(`/api/v1/files/${up.body.sha256}`)).status).toBe(404);
    expect(await apply('employees', file)).toMatchObject({ state: 'applied', created: 2, mapping: 'DUK kami' });
    expect(await apply('employees', file)).toMatchObject({ state: 'applied', created: 0, unchanged: 2 });
    expect(await find('Wati Kusmawati')).toMatchObject([{ employment_kind: 'pppk', nip: '199301012020122006' }]);
    expect(await look(file)).toMatchObject({ from: 'saved', mapping: saved.body.mapping, name: 'DUK kami' });
  });
  it('with a NIP that Excel ruined is refused in the cell where it stands', async () => {
    const r = await check('employees', workbook({ DUK: duk.map((row, i) => (i === 6 ? [2, 'Yayat', 1.98e17, null, 'PNS'] : row)) }));
    expect(r).toMatchObject({ state: 'refused', faults: [{ line: 7, cell: 'C7', column: 'nip', reason: 'nip_scientific', value: '1.98E+17' }] });
  });
  it('is refused when it lacks a heading the chosen mapping needs, or has it twice', async () => {
    const saved = await c.post('/api/v1/imports/mappings', { ...mapping, name: 'Lain' });
    const send = async (rows: Cell[][]) => {
      const up = await c.post('/api/v1/files', workbook({ S: rows }));
      const sent = await c.post('/api/v1/imports', { kind: 'employees', sha256: up.body.sha256, file_name: 's.xlsx', effective: TODAY, dry_run: true, mapping: saved.body.mapping });
      let r;
      do r = (await c.get(`/api/v1/imports/${sent.body.import}`)).body; while (r.state === 'waiting');
      return (await c.get(`/api/v1/imports/${sent.body.import}/errors`)).body.items.map((f: Fault) => [f.cell, f.column, f.reason, f.value]);
    };
    expect(await send([['NIP BARU', 'NAMA'], ['199301012020122006', 'X']])).toEqual([['', 'employment_kind', 'missing_column', 'STATUS']]);
    expect(await send([['NIP BARU', 'NAMA', 'STATUS', 'Nama'], ['199301012020122006', 'X', 'PNS', 'Y']])).toEqual([['D1', '4', 'double_column', 'Nama']]);
    expect((await c.post(`/api/v1/imports/mappings/${saved.body.mapping}/end`)).status).toBe(204);
    const r = await c.post('/api/v1/imports', { kind: 'employees', sha256: 'ab'.repeat(32), file_name: 's.xlsx', effective: TODAY, dry_run: true, mapping: saved.body.mapping });
    expect([r.status, r.body.pointer]).toEqual([404, '/sha256']);
  });
  it('cannot be saved without a column that must be there', async () => {
    const r = await c.post('/api/v1/imports/mappings', { ...mapping, columns: mapping.columns.slice(0, 2) });
    expect([r.status, r.body.code, r.body.pointer]).toEqual([400, 'bad_field', '/columns/employment_kind']);
  });
});

it('keeps the log whole through all of that', async () => {
  await server.stop();
  expect(verb('doctor', '--db', server.db)).toMatch(/^root [0-9a-f]{64}/m);
});
