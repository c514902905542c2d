/*
 * The monthly recap: every figure is the sum of days, every day opens to its punches and articles; the head
 * of the unit closes the month once nothing waits; what changes afterwards is a numbered supplement; the
 * paper says what the screen says. On a store that lived through the whole of November 2025.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loginOf, logins, Server, verb, type Client, type Login } from './server';

const NOW = '2025-12-01T08:20+07:00', MONTH = '2025-11-01';
type Figures = Record<string, number>;
interface Cell { day: string; figure: string; late_minutes: number; early_minutes: number; worked_minutes: number; late_class: number; early_class: number; made_up_minutes: number; report: string; no_out: boolean; counts_as: string }
interface Line { employee: string; nip: string; name: string; figures: Figures }

let server: Server, all: Login[], bkd: Client, head: Client, agency: Client, unit: string, agencyUnit: string;
const unitPath = (rest = '') => `/api/v1/recap/units/${unit}${rest}`;
const monthOf = async (c: Client, of = unit) => (await c.get(`/api/v1/recap/units/${of}?month=${MONTH}`)).body;
const daysOf = async (c: Client, employee: string): Promise<Cell[]> => (await c.get(unitPath(`/people/${employee}?month=${MONTH}`))).body.days;

async function paper(c: Client, path: string): Promise<string> {
  const r = await fetch(server.url + path, { headers: { cookie: c.cookie } });
  expect(r.headers.get('content-type')).toBe('application/pdf');
  const file = join(server.dir, 'paper.pdf');
  writeFileSync(file, Buffer.from(await r.arrayBuffer()));
  return execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
}

beforeAll(async () => {
  const dir = mkdtempSync(join(tmpdir(), 'luwes-recap-')), db = join(dir, 'demo.db');
  verb('demo', '--db', db, '--employees', '600', '--at', NOW, '--history-days', '30');
  all = logins(db);
  server = await new Server(dir, db).start('--clock', `${NOW},x1`);
  [bkd, head, agency] = await Promise.all(['bkd', 'supervisor', 'agency_head'].map(role => server.client().signIn(loginOf(all, role)))) as [Client, Client, Client];
  const me = (await head.get('/api/v1/me')).body;
  unit = me.unit.id;
  agencyUnit = me.unit.agency;
}, 60_000);
afterAll(() => server.remove());

/** What waits in the unit is decided by its head, or taken back by who asked. */
async function clearCorrections() {
  for (const c of (await head.get('/api/v1/attendance/corrections/waiting')).body.items as { id: string; version: number }[])
    expect((await head.post(`/api/v1/attendance/corrections/${c.id}/accept`, { version: c.version, reason: 'Sesuai keterangan rekan kerja' })).status).toBe(204);
  for (const line of (await monthOf(bkd)).items as Line[]) {
    const owner = await server.client().signIn({ role: 'employee', government: 'jabar', nip: line.nip, password: all[0]!.password });
    for (const c of (await owner.get('/api/v1/attendance/corrections')).body.items as { id: string; version: number; state: string }[])
      if (c.state === 'waiting') expect((await owner.post(`/api/v1/attendance/corrections/${c.id}/withdraw`, { version: c.version })).status).toBe(204);
  }
}

const matches: Record<string, (c: Cell) => number> = {
  late_minutes: c => c.late_minutes, early_minutes: c => c.early_minutes, worked_minutes: c => c.worked_minutes,
  no_out: c => Number(c.no_out), reports_due: c => Number(c.report !== 'not_due'), reports_filed: c => Number(['filed', 'verified'].includes(c.report)), reports_verified: c => Number(c.report === 'verified'),
  late_times: c => Number(c.late_minutes > 0 || c.made_up_minutes > 0), ...Object.fromEntries(['sick', 'permit', 'leave', 'study'].map(k => [`counts_${k}`, (c: Cell) => Number(c.counts_as === k)])),
  ...Object.fromEntries([1, 2, 3, 4].flatMap(n => [[`late_${n}`, (c: Cell) => Number(c.late_class === n)], [`early_${n}`, (c: Cell) => Number(c.early_class === n)]])),
};

describe('figures', () => {
  it('of a line are the sum of its days, of a unit the sum of its lines', async () => {
    const month = await monthOf(head);
    expect(month).toMatchObject({ is_closed: false, may_close: true });
    const lines = month.items as Line[], total: Figures = {};
    expect(lines.length).toBe(month.people);
    for (const line of lines) {
      const cells = await daysOf(head, line.employee);
      for (const [key, n] of Object.entries(line.figures)) {
        const sum = cells.reduce((a, c) => a + (matches[key] ? matches[key](c) : Number(c.figure === key)), 0);
        if (key !== 'made_up_minutes' && key !== 'relieved_minutes') expect(sum, `${line.name} ${key}`).toBe(n);
        total[key] = (total[key] ?? 0) + n;
      }
      expect(cells.length).toBe(30);
    }
    expect(total).toEqual(month.total);
  });
  it('of the government are the sum of its agencies, and of an agency of its units', async () => {
    const whole = (await bkd.get(`/api/v1/recap/units?month=${MONTH}`)).body;
    expect(whole.items).toHaveLength(42);
    for (const key of Object.keys(whole.total)) expect(whole.items.reduce((n: number, a: any) => n + a.figures[key], 0), key).toBe(whole.total[key]);
    const below = (await bkd.get(`/api/v1/recap/units?month=${MONTH}&parent=${agencyUnit}`)).body, own = await monthOf(bkd, agencyUnit);
    const its = whole.items.find((a: any) => a.unit === agencyUnit);
    for (const key of ['office', 'home', 'absent', 'late_minutes', 'reports_verified']) expect(below.total[key] + own.total[key], key).toBe(its.figures[key]);
    expect(its.closed_units).toBe(0);
  });
  it('counts a transferred person in both units, each day in the unit of that day', async () => {
    const whole = (await bkd.get(`/api/v1/recap/units?month=${MONTH}`)).body;
    const people = new Map<string, string[]>();
    for (const a of whole.items as { unit: string; has_children: boolean }[]) {
      const units = [a.unit], seen: string[] = [];
      while (units.length) {
        const u = units.pop()!;
        seen.push(u);
        for (const b of (await bkd.get(`/api/v1/org/units?parent=${u}`)).body.items) units.push(b.id);
      }
      for (const u of seen) for (const l of (await monthOf(bkd, u)).items as Line[]) people.set(l.employee, [...people.get(l.employee) ?? [], u]);
    }
    const moved = [...people].filter(([, units]) => units.length > 1);
    expect(moved.length).toBeGreaterThan(0);
    const [employee, units] = moved[0]!;
    const days = (await Promise.all(units.map(u => bkd.get(`/api/v1/recap/units/${u}/people/${employee}?month=${MONTH}`)))).map(r => (r.body.days as Cell[]).map(d => d.day));
    expect(new Set(days.flat()).size).toBe(days.flat().length);
    expect(days.flat()).toHaveLength(30);
  }, 60_000);
  it('open to the punch and the article', async () => {
    const lines = (await monthOf(head)).items as Line[], late = lines.find(l => l.figures.late_minutes! > 0)!;
    const cell = (await daysOf(head, late.employee)).find(c => c.late_minutes > 0)!;
    const day = (await head.get(`/api/v1/attendance/days/${late.employee}/${cell.day}`)).body;
    expect(day.punches.find((p: any) => p.direction === 'in')).toBeTruthy();
    expect(day.flags).toContain('late');
    expect(Math.min(day.late_minutes, day.claim_late_minutes || day.late_minutes)).toBe(cell.late_minutes);
    const home = (await daysOf(head, late.employee)).find(c => c.figure === 'home')!;
    const why = (await head.get(`/api/v1/attendance/days/${late.employee}/${home.day}`)).body;
    expect(why.explain.steps.some((s: any) => s.result === 'applies' && s.number && s.article)).toBe(true);
    const bands = (await head.get('/api/v1/recap/bands')).body.items;
    expect(bands.find((b: any) => b.kind === 'late')).toMatchObject({ first_to: 30, verified: false });
    expect(cell.late_class).toBe(cell.late_minutes <= 30 ? 1 : cell.late_minutes <= 60 ? 2 : cell.late_minutes <= 90 ? 3 : 4);
  });
  it('name who came late more often than the dated rule bears, as an example that cuts nothing', async () => {
    const month = await monthOf(head), limit = month.late_limit;
    expect(limit).toMatchObject({ times: 5, legal_basis: expect.stringMatching(/PermenPANRB 6\/2018/), verified: false });
    const lines = month.items as (Line & { is_often_late: boolean })[];
    for (const l of lines) expect(l.is_often_late, l.name).toBe(l.figures.late_times! > limit.times);
    expect(month.often_late).toBe(lines.filter(l => l.is_often_late).length);
    const one = lines.reduce((a, b) => (a.figures.late_times! > b.figures.late_times! ? a : b)), days = await daysOf(head, one.employee);
    expect(one.figures.late_times).toBeGreaterThan(0);
    expect(days.filter(c => c.late_minutes > 0 || c.made_up_minutes > 0)).toHaveLength(one.figures.late_times!);
  });
  it('are one\'s own to see, and nobody else\'s', async () => {
    const employee = await server.client().signIn(loginOf(all, 'employee'));
    const own = (await employee.get(`/api/v1/recap/me?month=${MONTH}`)).body;
    expect(own.items).toHaveLength(1);
    expect(own.items[0].days).toHaveLength(30);
    expect((await employee.get(unitPath())).status).toBe(404);
    expect((await employee.get('/api/v1/recap/units')).status).toBe(403);
  });
  it('show a head the NIP masked, and the personnel board in full', async () => {
    expect((await monthOf(head)).items[0].nip).toMatch(/^\*+\d{3}$/);
    expect((await monthOf(bkd)).items[0].nip).toMatch(/^\d{18}$/);
  });
});

describe('closing', () => {
  it('is refused by who is not the head, before the month is over, and while days wait', async () => {
    expect((await bkd.post(unitPath('/close'), { month: MONTH })).status).toBe(404);
    const above = await agency.post(unitPath('/close'), { month: MONTH });
    expect(above.body).toMatchObject({ status: 422, code: 'refused', pointer: '/unit' });
    const early = await head.post(unitPath('/close'), { month: '2025-12-01' });
    expect(early.body).toMatchObject({ code: 'refused', pointer: '/month', reason: expect.stringMatching(/not over/) });
    expect((await monthOf(head)).is_closed).toBe(false);
    expect((await head.get(unitPath('?month=2025-12-01'))).body.blockers.map((b: any) => b.kind)).toContain('month');
  });
  it('is refused while nobody was there', async () => {
    expect((await head.post(unitPath('/close'), { month: '2025-09-01' })).body).toMatchObject({ code: 'refused', reason: expect.stringMatching(/nobody/) });
  });
  it('is refused while corrections wait, and says how many', async () => {
    const waiting = (await monthOf(head)).blockers.find((b: any) => b.kind === 'corrections');
    expect(waiting.count).toBeGreaterThan(0);
    expect((await head.post(unitPath('/close'), { month: MONTH })).body).toMatchObject({ code: 'refused', pointer: '/month', reason: expect.stringMatching(/corrections wait/) });
    await clearCorrections();
    expect((await monthOf(head)).blockers).toEqual([]);
  });
  it('seals the lines once and for all', async () => {
    const before = await monthOf(head), sealed = await head.post(unitPath('/close'), { month: MONTH });
    expect(sealed.status).toBe(200);
    expect((await head.get('/api/v1/attendance/undecided')).body.items.filter((u: any) => before.items.some((l: Line) => l.employee === u.employee) && u.day < '2025-12-01')).toEqual([]);
    expect(sealed.body).toMatchObject({ part: 0, people: before.people, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
    const after = await monthOf(head);
    expect(after).toMatchObject({ is_closed: true, changed_days: 0, total: before.total, parts: [{ part: 0, acting: 'definitive', people: before.people, sha256: sealed.body.sha256 }] });
    expect(after.items).toEqual(before.items);
    expect((await head.post(unitPath('/close'), { month: MONTH })).body).toMatchObject({ code: 'conflict' });
    const rows = (await bkd.get(`/api/v1/recap/units?month=${MONTH}&parent=${agencyUnit}`)).body.items;
    expect(rows.find((u: any) => u.unit === unit)).toMatchObject({ is_closed: true, closed_units: 1, people: before.people });
  });
  it('issues what was sealed, once, and nothing that is open', async () => {
    const issue = (month: string, signed = false) => head.post(unitPath(`/print?month=${month}&paper=f4`), { signed });
    expect((await issue('2025-12-01')).body).toMatchObject({ code: 'conflict', pointer: '/month' });
    expect((await head.post(unitPath(`/print?month=${MONTH}&form=units`), {})).body).toMatchObject({ code: 'conflict' });
    const first = await issue(MONTH), again = await issue(MONTH);
    expect([first.status, again.status], first.text).toEqual([200, 200]);
    expect(again.body).toEqual({ ...first.body, is_new: false });
    expect((await server.client().get(`/api/v1/public/documents/${first.body.code}`)).body).toMatchObject({ kind: 'recap', title: 'REKAPITULASI KEHADIRAN PEGAWAI', state: 'in_force', about: expect.stringContaining('bulan November 2025') });
    const text = await paper(head, `/api/v1/documents/${first.body.id}/file`);
    expect(text).toContain('Periksa naskah ini');
    expect(text).toContain('Sidik jari isi');
    const { parts } = await monthOf(head);
    expect((await head.get(`/api/v1/documents?unit=${unit}&subject=${parts[0].id}`)).body.items).toHaveLength(1);
  });
  it('prints what was sealed, the same bytes again', async () => {
    const path = unitPath(`/print?month=${MONTH}&paper=f4`), one = await paper(head, path);
    const [a, b] = await Promise.all([head.get(path), head.get(path)]);
    expect(a.text).toBe(b.text);
    const month = await monthOf(bkd);
    for (const line of month.items as Line[]) expect(one).toContain(line.nip);
    for (const said of ['DATA CONTOH - bukan data pegawai', 'REKAPITULASI KEHADIRAN PEGAWAI', 'Bulan November 2025', month.name, 'Mengetahui,', month.parts[0].sha256, 'Halaman 1 dari', 'belum diverifikasi'])
      expect(one).toContain(said);
    expect(await paper(bkd, `/api/v1/recap/units/${agencyUnit}/print?month=${MONTH}&form=units`)).toContain('1 dari 1 unit menutup');
  });
  it('leaves as a workbook and as CSV, a NIP as text', async () => {
    const csv = await bkd.get(unitPath(`/sheet?month=${MONTH}&format=csv`)), month = await monthOf(bkd);
    expect(csv.headers.get('content-type')).toMatch(/^text\/csv/);
    for (const l of month.items as Line[]) expect(csv.text).toContain(l.nip);
    expect(csv.text).toContain('ditutup');
    expect(csv.text).toMatch(/DATA CONTOH/);
    const book = await fetch(`${server.url}/api/v1/recap/units/${agencyUnit}/sheet?month=${MONTH}&below=true`, { headers: { cookie: bkd.cookie } });
    expect(book.headers.get('content-disposition')).toMatch(/rekap-.*-2025-11\.xlsx/);
    expect(Buffer.from(await book.arrayBuffer()).subarray(0, 2).toString()).toBe('PK');
  });
  it('turns later changes into supplement 1: before, after, by whom', async () => {
    expect((await head.post(unitPath('/supplements'), { month: MONTH, days: 1, reason: 'Tidak ada yang berubah' })).body).toMatchObject({ code: 'refused', reason: expect.stringMatching(/nothing to add/) });
    const sealed = await monthOf(head), who = (sealed.items as Line[])[0]!, cell = (await daysOf(head, who.employee)).find(c => c.figure === 'office')!;
    const status = await bkd.post('/api/v1/org/statuses', { employee: who.employee, kind: 'sick_leave', from: cell.day, to: cell.day, letter: '445/11/RS/2025' });
    expect(status.status).toBe(200);
    const changed = await monthOf(head);
    expect(changed).toMatchObject({ is_closed: true, changed_days: 1, total: sealed.total });
    const waiting = (await head.get(unitPath(`/changes?month=${MONTH}`))).body;
    expect(waiting.items).toMatchObject([{ employee: who.employee, day: cell.day, before: { figure: 'office' }, after: { figure: 'sick_leave', counts_as: 'sick' }, why: 'status', decider: expect.stringMatching(/\S/), decided_at: expect.stringMatching(/^20/) }]);
    expect((await head.post(unitPath('/supplements'), { month: MONTH, days: 2, reason: 'Surat sakit menyusul' })).body.code).toBe('stale');
    expect((await head.post(unitPath('/supplements'), { month: MONTH, days: 1, reason: 'pendek' })).body.pointer).toBe('/reason');
    const part = await head.post(unitPath('/supplements'), { month: MONTH, days: 1, reason: 'Surat sakit diterima setelah penutupan' });
    expect(part.body).toMatchObject({ part: 1, people: 1 });
    const after = await monthOf(head);
    expect(after).toMatchObject({ changed_days: 0, parts: [{ part: 0 }, { part: 1, reason: 'Surat sakit diterima setelah penutupan' }] });
    expect(after.total).toMatchObject({ office: sealed.total.office - 1, sick_leave: sealed.total.sick_leave + 1 });
    expect((await head.get(unitPath(`/changes?month=${MONTH}&part=1`))).body.items).toHaveLength(1);
    const text = await paper(head, unitPath(`/print?month=${MONTH}&part=1`));
    for (const said of ['REKAPITULASI KEHADIRAN SUSULAN 1', 'Semula', 'WFO', 'Cuti sakit', 'Surat sakit diterima setelah penutupan', 'Cuti atau tugas dicatat']) expect(text).toContain(said);
    expect(await paper(head, unitPath(`/print?month=${MONTH}`))).toContain(sealed.parts[0].sha256); /* what was signed does not change */
    expect((await head.get(unitPath(`/print?month=${MONTH}&part=2`))).body).toMatchObject({ code: 'bad_field', pointer: '/part' });
  });
  it('is in the log', () => expect(verb('doctor', '--db', server.db)).toMatch(/root [0-9a-f]{64}/));
});

describe('classes and templates', () => {
  const band = (more: object) => ({ kind: 'late', first_to: 15, second_to: 30, third_to: 60, legal_basis: 'Pergub contoh', valid_from: '2026-01-01', ...more });
  it.each([
    [{ second_to: 15 }, '/second_to'], [{ second_to: undefined }, '/third_to'], [{ first_to: 0 }, '/first_to'], [{ legal_basis: '' }, '/legal_basis'],
    [{ kind: 'times', first_to: 5 }, '/second_to'], [{ kind: 'times', first_to: 32, second_to: undefined, third_to: undefined }, '/first_to'],
    [{ valid_from: '2025-11-20' }, '/valid_from'], [{ valid_from: '2024-01-01' }, '/valid_from'],
  ])('refuses %o', async (wrong, pointer) => {
    expect((await bkd.post('/api/v1/recap/bands', band(wrong))).body).toMatchObject({ code: 'bad_field', pointer });
  });
  it('are entered by the personnel board alone, dated, and replace the ones before', async () => {
    expect((await head.post('/api/v1/recap/bands', band({}))).status).toBe(403);
    expect((await bkd.post('/api/v1/recap/bands', band({}))).status).toBe(200);
    const late = (await bkd.get('/api/v1/recap/bands')).body.items.filter((b: any) => b.kind === 'late');
    expect(late).toMatchObject([{ first_to: 15, verified: true, valid_from: '2026-01-01' }, { first_to: 30, valid_to: '2025-12-31' }]);
  });
  it('change the paper from their day on', async () => {
    const template = { kind: 'recap', government_line: 'PEMERINTAH DAERAH PROVINSI UJI', agency_line: '', address: 'Jalan Uji 7', number_format: '900/{nomor}/{tahun}', place: 'Cimahi', left_caption: 'Mengetahui,', left_office: 'Kepala {perangkat_daerah}', right_office: 'Kepala {unit}', footer: '', legal_basis: 'Pergub uji', valid_from: '2025-12-01' };
    expect((await bkd.post('/api/v1/org/print-templates', { ...template, valid_from: '2025-11-01' })).body).toMatchObject({ pointer: '/valid_from' });
    expect((await bkd.post('/api/v1/org/print-templates', { ...template, logo_sha256: 'ab'.repeat(32) })).body).toMatchObject({ pointer: '/logo_sha256' });
    expect((await bkd.post('/api/v1/org/print-templates', { ...template, number_format: '900/{nomer}/{tahun}' })).body).toMatchObject({ pointer: '/number_format' });
    expect((await head.post('/api/v1/org/print-templates', template)).status).toBe(403);
    expect((await bkd.post('/api/v1/org/print-templates', template)).status).toBe(200);
    expect((await bkd.post('/api/v1/org/print-templates', template)).body).toMatchObject({ pointer: '/valid_from' });
    const text = await paper(bkd, `/api/v1/recap/units/${agencyUnit}/print?month=${MONTH}`);
    for (const said of ['PEMERINTAH DAERAH PROVINSI UJI', 'Jalan Uji 7', '900/........', 'Cimahi, 1 Desember 2025', 'SEMENTARA']) expect(text).toContain(said);
  });
});
