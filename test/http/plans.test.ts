/*
 * Plans beside their agreement, through the real program: said the evening before where policy asks (H-1, Diskominfo Jawa Barat),
 * closed when their period is over (PermenPANRB 6/2022), and drafts that come from a file and are agreed by nobody.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoServer, employeeLogin, loginOf, logins, TODAY, verb, type Client, type Login, type Server } from './server';
import { w } from '../../web/src/org/words';
import { workbook, zip, type Cell } from './workbook';

let server: Server, all: Login[], worker: Client, boss: Client, bkd: Client, counter: Client, employee: string, nip: string;
const URL = '/api/v1/reports/targets', code = (r: { body: any }) => [r.body.code, r.body.pointer].filter(Boolean).join(' ');
const signIn = async () => {
  [worker, boss, bkd, counter] = await Promise.all([employeeLogin(all, 'home'), loginOf(all, 'supervisor'), loginOf(all, 'bkd'), employeeLogin(all, 'counter')].map(l => server.client().signIn(l))) as [Client, Client, Client, Client];
};
beforeAll(async () => {
  server = await demoServer();
  all = logins(server.db);
  await signIn();
  employee = (await worker.get('/api/v1/me')).body.employee;
  nip = employeeLogin(all, 'home').nip;
});
afterAll(() => server.remove());

describe('the plan of the day before', () => {
  const own = async (day: string) => (await worker.get(`/api/v1/reports/plan?day=${day}`)).body;
  const put = (day: string, description = 'Memverifikasi berkas mutasi') => worker.put('/api/v1/reports/plan', { day, items: [{ description }] });
  const seen = async (day: string) => (await boss.get(`/api/v1/reports/plan-team?day=${day}`)).body.items.find((r: any) => r.employee === employee);

  it('is asked for by a dated rule, with its minute, and the day says so', async () => {
    expect(await own(TODAY)).toMatchObject({ state: 'missing', asked_until: '2025-11-12T14:00:00.000Z', items: [] });
    expect(await own('2025-11-20')).toMatchObject({ state: 'awaited', asked_until: '2025-11-19T14:00:00.000Z' });
    expect(await own('2025-11-14')).toEqual({ day: '2025-11-14', state: 'not_asked', items: [] }); /* in the office */
    const why = (await worker.get(`/api/v1/policy/explain?employee=${employee}&day=${TODAY}`)).body;
    expect(why.plan_due).toBe('21:00');
    expect(why.steps.find((s: any) => s.rule_kind === 'plan')).toMatchObject({ result: 'applies', verified: false });
  });
  it('is taken late, and keeps when it was said first', async () => {
    expect((await put(TODAY)).body).toMatchObject({ state: 'late' });
    expect((await put('2025-11-20')).body).toMatchObject({ state: 'in_time' });
    const first = (await own('2025-11-20')).said_at;
    expect((await put('2025-11-20', 'Menyusun telaahan staf')).body).toMatchObject({ state: 'in_time', said_at: first });
    const day = (await worker.get(`/api/v1/me/today`)).body; /* and nothing follows from it */
    expect(JSON.stringify(day)).not.toContain('plan_late');
  });
  it('is a fact for who answers for the person, and for nobody else', async () => {
    expect(await seen(TODAY)).toMatchObject({ state: 'late', stand: 'own', items: [{ description: 'Memverifikasi berkas mutasi' }] });
    expect(await seen('2025-11-20')).toMatchObject({ state: 'in_time', items: [{ description: 'Menyusun telaahan staf' }] });
    expect(await seen('2025-11-14')).toBeUndefined();
    const others = (await boss.get(`/api/v1/reports/plan-team?day=${TODAY}`)).body.items.filter((r: any) => r.employee !== employee);
    expect(others.map((r: any) => r.state)).toContain('missing');
    for (const who of [worker, counter]) {
      const r = await who.get(`/api/v1/reports/plan-team?day=${TODAY}`);
      expect(r.status === 403 || (r.body.items ?? []).length === 0, r.text).toBe(true);
    }
    const csv = await (await fetch(`${server.url}/api/v1/reports/plan-team?day=${TODAY}&format=csv`, { headers: { cookie: boss.cookie } })).text();
    expect(csv).toContain('terlambat');
  });
  it('cannot be asked for without a minute, or with one and not', async () => {
    const add = (rule: object) => bkd.post('/api/v1/policy/instruments', { rank: 'se', number: 'SE 9/UJI', title: 'Rencana', issued: TODAY, signer: 'Sekda', valid_from: '2025-11-24', legal_basis: 'PermenPANRB 6/2022', rules: [{ kind: 'plan', article: '', weekdays: [1, 2, 3, 4, 5], post_match: 'any', ...rule }] });
    expect(code(await add({}))).toBe('bad_field /rules/0/closes');
    expect(code(await add({ duty: 'none', closes: '21:00' }))).toBe('bad_field /rules/0/duty');
    expect(code(await add({ duty: 'weekly' }))).toBe('bad_field /rules/0/duty');
    expect((await add({ closes: '18:30' })).status).toBe(200);
    expect(await own('2025-11-24')).toEqual({ day: '2025-11-24', state: 'awaited', asked_until: '2025-11-23T11:30:00.000Z', items: [] }); /* a Monday: until Sunday evening */
  });
});

describe('a draft from a file', () => {
  interface Outcome { state: string; created: number; unchanged: number; mapping: string; faults: any[] }
  async function run(file: string | Uint8Array, dry_run = false): Promise<Outcome> {
    const up = await bkd.post('/api/v1/files', file, { 'content-type': 'application/octet-stream' });
    expect(up.status, up.text).toBe(200);
    const sent = await bkd.post('/api/v1/imports', { kind: 'targets', sha256: up.body.sha256, file_name: 'skp.xlsx', effective: TODAY, dry_run });
    let r;
    do r = (await bkd.get(`/api/v1/imports/${sent.body.import}`)).body; while (r.state === 'waiting');
    return { ...r, faults: (await bkd.get(`/api/v1/imports/${sent.body.import}/errors`)).body.items };
  }
  const headings = ['NIP', 'TAHUN', 'RENCANA HASIL KERJA', 'ASPEK', 'INDIKATOR KINERJA INDIVIDU', 'TARGET'];
  const rows = (): Cell[][] => [['SASARAN KINERJA PEGAWAI'], [], headings, [nip, 2026, 'Berkas mutasi selesai tepat waktu', 'Kuantitas', 'Jumlah berkas', '1.200 berkas'], [null, null, null, 'Waktu', '<b>Tepat</b> waktu', '12 bulan'],
    [], [null, null, 'Bandung, Januari 2026']];
  const look = async (file: Uint8Array) => (await bkd.send('POST', '/api/v1/imports/preview?kind=targets', file)).body;
  const plans = async () => (await worker.get(`${URL}?day=2026-01-01`)).body.items;

  it('is read by nothing nobody looked at: the example is marked, and refuses until a person saved it', async () => {
    const seen = await look(workbook({ SKP: rows() }));
    expect(seen).toMatchObject({ from: 'example', name: 'e-Kinerja: SKP', line: 3 });
    expect(seen.proposal.find((p: any) => p.column === 'aspect').values).toContainEqual({ said: 'Kuantitas', meant: 'quantity' });
    expect(await run(workbook({ SKP: rows() }))).toMatchObject({ state: 'refused' });
    const saved = await bkd.post('/api/v1/imports/mappings', { kind: 'targets', name: 'e-Kinerja kami', dates: 'dmy', ends_at_blank: true, columns: seen.proposal });
    expect(saved.status, saved.text).toBe(200);
    expect(await look(workbook({ SKP: rows() }))).toMatchObject({ from: 'saved', name: 'e-Kinerja kami' });
  });
  it('is checked first, and then a draft of its owner that nobody has agreed', async () => {
    expect(await run(workbook({ SKP: rows() }), true)).toMatchObject({ state: 'checked', created: 1, faults: [] });
    expect(await plans()).toEqual([]);
    expect(await run(workbook({ SKP: rows() }))).toMatchObject({ state: 'applied', created: 1, mapping: 'e-Kinerja kami' });
    const [p] = await plans();
    expect(p).toMatchObject({ state: 'draft', is_imported: true, version: 1, targets: [{ result: 'Berkas mutasi selesai tepat waktu', kind: 'main', measures: [{ aspect: 'quantity', amount: 1200, unit_of_measure: 'berkas' }, { aspect: 'time', indicator: '<b>Tepat</b> waktu', amount: 12, unit_of_measure: 'bulan' }] }] });
    expect(p.decided_by_name).toBeUndefined();
    for (const who of [boss, bkd]) expect((await who.get(`${URL}/${p.plan}`)).status).toBe(404); /* whoever sent it */
    expect(code(await boss.post(`${URL}/${p.plan}/agree`, { version: 1 }))).toBe('not_found');
  });
  it('changes nothing the second time, and never touches what is there', async () => {
    expect(await run(workbook({ SKP: rows() }))).toMatchObject({ state: 'applied', created: 0, unchanged: 1 });
    const other = rows();
    other[3]![5] = '900 berkas';
    expect(await run(workbook({ SKP: other }))).toMatchObject({ state: 'refused', faults: [{ line: 4, cell: 'C4', column: 'result', reason: 'plan_exists' }] });
    expect(await plans()).toHaveLength(1);
  });
  it('goes the way of every plan: proposed by its owner, agreed by his superior', async () => {
    const [p] = await plans();
    expect((await worker.post(`${URL}/${p.plan}/propose`, { version: 1 })).body.state).toBe('proposed');
    expect((await boss.post(`${URL}/${p.plan}/agree`, { version: 2 })).body.state).toBe('agreed');
    expect(await run(workbook({ SKP: rows() }))).toMatchObject({ state: 'applied', created: 0, unchanged: 1 });
  });
  it('is refused with cell, column and words people have', async () => {
    const wrong: Cell[][] = [headings, [nip, 2024, 'Berkas', 'Kuantitas', 'Jumlah', 5], ["'" + nip, 'lusa', '=cmd|calc', 'Mutu', '@SUM(A1)', '2,5 jam'], [1.98e17, 2027, 'Abc', 'Biaya', { error: '#REF!' }, 'banyak']];
    const r = await run(workbook({ SKP: wrong }));
    expect(r.faults.map((f: any) => [f.cell, f.reason])).toEqual(expect.arrayContaining([['B2', 'period_over'], ['B3', 'not_a_period'], ['C3', 'formula'], ['D3', 'not_one_of'], ['E3', 'formula'], ['F3', 'not_a_whole_number'], ['A4', 'nip_scientific'], ['C4', 'too_short'], ['E4', 'cell_error'], ['F4', 'not_a_whole_number']]));
    expect(r.faults.filter((f: any) => !w().reasons[f.reason])).toEqual([]);
  });
  it('of a hostile workbook is none', async () => {
    const types = { '[Content_Types].xml': '<Types><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>', 'xl/_rels/workbook.xml.rels': '<Relationships><Relationship Id="r0" Type="x/worksheet" Target="worksheets/sheet0.xml"/></Relationships>' };
    const book = '<workbook><sheets><sheet name="SKP" id="r0"/></sheets></workbook>';
    const reason = async (parts: Record<string, string>) => (await run(zip({ ...types, ...parts }))).faults[0]?.reason;
    expect(await reason({ 'xl/workbook.xml': book, 'xl/worksheets/sheet0.xml': `<worksheet><sheetData>${' '.repeat(60 << 20)}</sheetData></worksheet>` })).toMatch(/^workbook_(too_large|damaged)$/); /* a bomb */
    expect(await reason({ 'xl/workbook.xml': `<!DOCTYPE x [<!ENTITY a "b">]>${book}`, 'xl/worksheets/sheet0.xml': '<worksheet/>' })).toBe('workbook_dtd');
    expect(await reason({ 'xl/workbook.xml': book })).toBe('not_a_workbook');
  });
  it('is nobody\'s to send but the office\'s', async () => {
    for (const who of [worker, boss]) expect((await who.post('/api/v1/imports', { kind: 'targets', sha256: 'ab'.repeat(32), file_name: 'x.csv', effective: TODAY, dry_run: true })).status).toBe(403);
  });
});

describe('a plan whose period is over', () => {
  const close = (c: Client, p: any, version = p.version) => c.post(`${URL}/${p.plan}/close`, { version });
  const plan = async () => (await worker.get(`${URL}?day=2025-12-31`)).body.items.find((p: any) => p.state === 'agreed' || p.state === 'closed');
  it('is not closed before', async () => {
    expect(code(await close(boss, await plan()))).toBe('refused');
  });
  it('is closed by the superior, keeps who agreed, its progress, and changes no more', async () => {
    const agreed = await plan(), draft = (await worker.post(`${URL}/${agreed.plan}/revise`)).body; /* begun, and not agreed in time */
    expect((await worker.post(`${URL}/${draft.plan}/propose`, { version: 1 })).status).toBe(200);
    await server.stop();
    await server.start('--clock', '2026-01-05T08:00+07:00,x1');
    await signIn();
    const before = await plan();
    expect(before.state).toBe('agreed');
    expect(code(await close(boss, before, 99))).toBe('stale');
    expect((await close(worker, before)).status).toBe(404); /* nobody closes his own */
    expect((await close(counter, before)).status).toBe(404);
    expect((await close(boss, before)).body).toMatchObject({ state: 'closed', version: before.version + 1 });
    const after = await plan(), me = (await boss.get('/api/v1/me')).body;
    expect(after).toMatchObject({ state: 'closed', closed_by_name: me.full_name, decided_by_name: before.decided_by_name, decided_at: before.decided_at });
    expect(after.closed_at).toMatch(/^2026-01-05T01:/);
    expect(after.targets.map((t: any) => [t.verified, t.progress])).toEqual(before.targets.map((t: any) => [t.verified, t.progress]));
    expect(code(await close(boss, after))).toBe('refused');
    expect(code(await worker.post(`${URL}/${after.plan}/revise`))).toBe('refused');
    /* the revision that waited came too late */
    expect(code(await boss.post(`${URL}/${draft.plan}/agree`, { version: 2 }))).toBe('refused /plan');
    expect((await plan()).state).toBe('closed');
  });
  it('stays in the sums of its unit', async () => {
    await server.stop();
    expect(verb('doctor', '--db', server.db)).toMatch(/^root [0-9a-f]{64}/m);
  });
});
