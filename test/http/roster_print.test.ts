/*
 * What leaves a roster: the cover letter with the roster as its annex, the order to work from home, the
 * board's return; and the file for the old attendance app, whole or with what it was not told yet. One
 * roster of December from its draft to a second version.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { demoServer, employeeLogin, loginOf, logins, TODAY, type Client, type Login, type Server } from './server';

interface Person { employee: string; name: string; days: string }
interface Row { [column: string]: string }
let server: Server, all: Login[], bkd: Client, head: Client, officer: Client, unit: string, version: string, people: Person[], names: Map<string, string>;
const NUMBER = 'SE 150/KPG.03/BKD';
const path = (rest = '', of = version) => `/api/v1/roster/versions/${of}${rest}`;

async function pdf(c: Client, url: string): Promise<{ text: string; plain: string; size: string[]; name: string }> {
  const r = await fetch(server.url + url, { headers: { cookie: c.cookie } });
  const bytes = Buffer.from(await r.arrayBuffer());
  expect([r.status, r.headers.get('content-type')], bytes.toString('utf8', 0, 300)).toEqual([200, 'application/pdf']);
  const file = join(server.dir, 'paper.pdf');
  writeFileSync(file, bytes);
  const text = execFileSync('pdftotext', ['-raw', file, '-'], { encoding: 'utf8' });
  const size = [...execFileSync('pdfinfo', ['-l', '-1', file], { encoding: 'utf8' }).matchAll(/size:\s+([\d.]+) x ([\d.]+)/g)].map(m => `${Math.round(Number(m[1]))}x${Math.round(Number(m[2]))}`);
  return { text, plain: text.replace(/\s+/g, ' '), size, name: r.headers.get('content-disposition')! };
}
async function file(c: Client, rest: string, of = version): Promise<Row[]> {
  const r = await c.get(path(`/file?format=csv${rest}`, of));
  expect(r.status, r.text).toBe(200);
  const rows = r.text.replace('\uFEFF', '').trim().split('\r\n').map(l => [...l.matchAll(/(?:^|;)(?:"((?:[^"]|"")*)"|([^;]*))/g)].map(m => m[1] ?? m[2]!));
  expect(rows[0]).toEqual(['DATA CONTOH - bukan data pegawai atau kinerja sebenarnya']);
  const at = rows.findIndex(l => l.includes('nip')), keys = rows[at]!;
  return rows.slice(at + 1).map(l => Object.fromEntries(keys.map((k, i) => [k, l[i]!])));
}
const draft = async (c: Client, from: string, to: string, more: object = {}) => {
  const r = await c.post('/api/v1/roster/versions', { unit, period_from: from, period_to: to, ...more });
  expect(r.status, r.text).toBe(200);
  return r.body as { id: string; revision: number };
};
const sheet = async (of = version) => (await bkd.get(path('/sheet', of))).body;
const step = async (c: Client, what: string, revision: number, more: object = {}, of = version) => {
  const r = await c.post(path(`/${what}`, of), { revision, ...more });
  expect(r.status, r.text).toBe(200);
  return r.body as { state: string; revision: number };
};
const weekday = ['Minggu', 'Senin', 'Selasa', 'Rabu', 'Kamis', 'Jumat', 'Sabtu'];
const inWords = (day: number) => `${weekday[new Date(Date.UTC(2025, 11, day)).getUTCDay()]}, ${day} Desember 2025`;
const homeDays = (p: Person) => [...p.days].flatMap((l, i) => (l === 'R' ? [i + 1] : []));

beforeAll(async () => {
  server = await demoServer();
  all = logins(server.db);
  [bkd, head, officer] = await Promise.all(['bkd', 'agency_head', 'agency_officer'].map(role => server.client().signIn(loginOf(all, role)))) as [Client, Client, Client];
  const me = (await head.get('/api/v1/me')).body;
  unit = me.unit.agency;
  const first = await draft(bkd, '2025-12-01', '2025-12-31');
  const ill = ((await bkd.get(path('/sheet', first.id))).body.sheet.people as Person[])[2]!;
  expect((await bkd.post('/api/v1/org/statuses', { employee: ill.employee, kind: 'sick_leave', from: '2025-12-08', to: '2025-12-09', letter: '445/12/RSUD' })).status).toBe(200);
  version = (await draft(bkd, '2025-12-01', '2025-12-31')).id;
  people = (await sheet()).sheet.people;
  names = new Map(people.map(p => [p.employee, p.name]));
});
afterAll(() => server.remove());

describe('the cover letter of a draft', () => {
  it('has the roster as its annex, and says KONSEP on every page', async () => {
    const a = await pdf(head, path('/letter?kind=cover'));
    expect(a.name).toMatch(/jadwal-cover-\w+-2025-12-01\.pdf/);
    for (const said of ['SURAT PENGANTAR', 'Yth. Kepala Badan Kepegawaian Daerah', `Bandung, 13 November 2025`, 'periode 1 s.d. 31 Desember 2025', NUMBER, `memuat ${people.length} pegawai`, 'LAMPIRAN SURAT PENGANTAR', 'R bekerja dari rumah (WFH)']) expect(a.plain).toContain(said);
    for (const p of people) expect(a.text).toContain(p.name);
    expect(a.text.match(/KONSEP/g)!.length).toBeGreaterThanOrEqual(a.size.length);
    expect(a.size[0]).toBe('595x842');
    expect(new Set(a.size.slice(1))).toEqual(new Set(['842x595']));
  });
  it('shows each letter, and an absence without its kind', async () => {
    const { text } = await pdf(head, path('/letter?kind=cover&paper=f4'));
    for (const p of people) {
      const row = text.split('\n').find(l => l.includes(p.name) && /\d{18} /.test(l))!;
      expect(row.replace(/^.*\d{18}/, '').trim().split(/\s+/).join(''), p.name).toBe(p.days.replaceAll('C', 'x').replaceAll('-', ''));
    }
    expect(people[2]!.days.slice(7, 9)).toBe('CC');
    expect(text).not.toMatch(/sakit|cuti|445/i);
  });
  it('counts who is away on each day, as a share of all', async () => {
    const { text } = await pdf(head, path('/letter?kind=cover&paper=f4')), { sheet: s } = await sheet();
    const figures = (label: string) => text.split('\n').find(l => l.includes(label))!.replace(label, '').trim().split(/\s+/).map(Number);
    const worked = [...Array(31).keys()].filter(d => s.groups[0].present[d] > 0), home = (d: number) => people.filter(p => p.days[d] === 'R').length + s.groups[0].away[d];
    expect(worked.length).toBeGreaterThan(15);
    expect(figures('Bekerja di luar kantor')).toEqual(worked.map(home));
    expect(figures('Bekerja di kantor')).toEqual(worked.map(d => s.groups[0].present[d] - home(d)));
    expect(figures('Persen di luar kantor')).toEqual(worked.map(d => Math.ceil((home(d) * 100) / s.groups[0].all[d])));
  });
  it('is on F4 with the recipient and copies one names', async () => {
    const f = await pdf(head, path(`/letter?kind=cover&paper=f4&recipient=${encodeURIComponent('Kepala BKPSDM')}&copies=${encodeURIComponent('Sekretaris Daerah; Inspektur')}`));
    expect(f.size.slice(0, 2)).toEqual(['609x935', '935x609']);
    expect(f.plain).toContain('Yth. Kepala BKPSDM');
    expect(f.plain).toContain('Tembusan: 1. Sekretaris Daerah 2. Inspektur');
  });
  it('parts a long period where the months end, and stands upright for a week', async () => {
    const long = await draft(bkd, '2025-12-01', '2026-01-31'), week = await draft(bkd, '2025-12-08', '2025-12-12');
    const two = await pdf(head, path('/letter?kind=cover', long.id)), one = await pdf(head, path('/letter?kind=cover', week.id));
    for (const p of people) expect(two.text.split(p.name).length - 1, p.name).toBeGreaterThanOrEqual(2);
    for (const month of ['Desember 2025', 'Januari 2026']) expect(two.text.split('\n').some(l => l.trim() === month)).toBe(true);
    expect(new Set(one.size)).toEqual(new Set(['595x842']));
    expect(one.plain).toContain('periode 8 s.d. 12 Desember 2025');
    for (const v of [long, week]) expect((await bkd.send('DELETE', path('', v.id), {})).status).toBe(204);
  });
});

describe('the board', () => {
  it('has no return to print before it returned', async () => {
    expect((await bkd.get(path('/letter?kind=return'))).body).toMatchObject({ code: 'conflict', pointer: '/kind' });
  });
  it('gives its reason to the agency on its own paper', async () => {
    const set = await step(head, 'set', (await sheet()).version.revision);
    expect(set.state).toBe('set');
    expect((await pdf(head, path('/letter?kind=cover'))).text).not.toContain('KONSEP');
    await step(bkd, 'return', set.revision, { note: 'Loket kosong pada hari Kamis pekan kedua' });
    const r = await pdf(bkd, path('/letter?kind=return'));
    for (const said of ['BADAN KEPEGAWAIAN DAERAH', 'Pengembalian jadwal', 'Loket kosong pada hari Kamis pekan kedua', `versi ${version}`, 'Bandung, 13 November 2025', 'paling lambat tanggal 28 November 2025', 'Kepala Badan Kepegawaian Daerah']) expect(r.plain).toContain(said);
    expect(r.text).not.toContain('KONSEP');
    expect(r.plain).not.toContain('Tembusan');
    expect((await pdf(bkd, path(`/letter?kind=return&copies=${encodeURIComponent('Sekretaris Daerah; Inspektur')}`))).plain).toContain('Tembusan: 1. Sekretaris Daerah 2. Inspektur');
    expect(r.size).toEqual(['595x842']);
    expect((await pdf(head, path('/letter?kind=cover'))).text).toContain('KONSEP'); /* a draft again */
  });
});

describe('the order to work from home', () => {
  it('is KONSEP until the roster holds', async () => {
    const set = await step(head, 'set', (await sheet()).version.revision);
    expect((await pdf(head, path('/letter?kind=order'))).text).toContain('KONSEP');
    expect((await step(bkd, 'acknowledge', set.revision)).state).toBe('published');
    expect((await pdf(head, path('/letter?kind=order'))).text).not.toContain('KONSEP');
  });
  it('names the days of one person, what they rest on and what he owes', async () => {
    const p = people.find(x => homeDays(x).length > 3)!, o = await pdf(head, path(`/letter?kind=order&employee=${p.employee}`));
    for (const said of ['SURAT PERINTAH', 'MEMERINTAHKAN:', NUMBER, 'PermenPANRB 4/2025', 'melakukan presensi masuk dan pulang dari tempat bekerja', 'menyampaikan laporan kinerja harian', 'Ditetapkan di Bandung', 'Tembusan:']) expect(o.plain).toContain(said);
    expect(o.plain).toContain(homeDays(p).map(inWords).join('; '));
    expect(o.text).toMatch(new RegExp(`Nama\\s+:.*${p.name}`));
    for (const other of people) if (other.name !== p.name && other.employee !== (people[0]!.employee)) expect(o.text.includes(other.name), other.name).toBe(false);
    expect(o.size).toEqual(['595x842']);
  });
  it('for all has their days in a list', async () => {
    const o = await pdf(head, path('/letter?kind=order'));
    expect(o.plain).toContain(`${people.filter(p => homeDays(p).length).length} pegawai`);
    for (const p of people.filter(x => homeDays(x).length)) {
      expect(o.text).toContain(p.name);
      expect(o.plain, p.name).toContain(`${homeDays(p).join(', ')} Desember 2025`);
    }
  });
  it('is of nobody who is not on the roster', async () => {
    const other = (await bkd.get('/api/v1/me')).body.employee;
    expect((await head.get(path(`/letter?kind=order&employee=${other}`))).body).toMatchObject({ code: 'bad_field', pointer: '/employee' });
  });
});

describe('the file for the old attendance app', () => {
  it('has a row per person and day, the NIP in full for who may read it', async () => {
    const rows = await file(bkd, '');
    expect(Object.keys(rows[0]!)).toEqual(['nip', 'nama', 'tanggal', 'kode']);
    expect(rows.length).toBe(people.length * 31);
    expect(rows.every(r => /^\d{18}$/.test(r.nip!))).toBe(true);
    for (const p of people) expect(rows.filter(r => r.nama!.includes(p.name)).map(r => r.kode).join(''), p.name).toBe(p.days);
    expect((await file(officer, '')).map(r => r.nip)).toEqual(rows.map(r => r.nip));
    expect((await file(head, '')).every(r => /^\*+\d{3}$/.test(r.nip!))).toBe(true);
  });
  it('has the columns the procedure names, with the hours of each day', async () => {
    const procedure = { receipt: 'acknowledge', review_days: 2, due_days: 3, swap_approved: true, wishes: 4, columns: 'tanggal,nip,unit,kode,mode,jam_masuk,jam_pulang', legal_basis: 'SE uji', valid_from: TODAY, unit };
    expect((await bkd.post('/api/v1/roster/procedures', procedure)).status).toBe(200);
    const rows = await file(bkd, '');
    expect(Object.keys(rows[0]!)).toEqual(procedure.columns.split(','));
    const mode: Record<string, string> = { K: 'WFO', R: 'WFH', A: 'WFA' };
    for (const r of rows) {
      expect(r.mode).toBe(mode[r.kode!] ?? '');
      if (!mode[r.kode!]) expect([r.jam_masuk, r.jam_pulang]).toEqual(['', '']);
      else { expect(r.jam_masuk).toMatch(/^\d\d:\d\d$/); expect(r.jam_pulang! > r.jam_masuk!).toBe(true); }
    }
    expect(rows.some(r => r.kode === 'R' && r.jam_masuk === '07:30')).toBe(true);
    const book = await fetch(server.url + path('/file'), { headers: { cookie: bkd.cookie } });
    expect(book.headers.get('content-disposition')).toMatch(/jadwal-\w+-2025-12-01\.xlsx/);
    expect(Buffer.from(await book.arrayBuffer()).toString('latin1', 0, 2)).toBe('PK');
  });
  it('is all change until it was sent, and then none', async () => {
    expect((await file(bkd, '&changes=true')).length).toBe(people.length * 31);
    expect((await officer.post(path('/sent'), { note: 'Dikirim ke pengelola' })).status).toBe(204);
    expect(await file(bkd, '&changes=true')).toEqual([]);
    const steps = (await bkd.get(path('/steps'))).body.items;
    expect(steps.at(-1)).toMatchObject({ kind: 'sent', note: 'Dikirim ke pengelola' });
  });
  it('of a second version has the changed cells alone', async () => {
    const next = await draft(bkd, '2025-12-15', '2025-12-31', { keeps: true }), before = (await sheet(next.id)).sheet.people as Person[];
    const p = before.find(x => x.days.slice(0, 5).includes('R'))!, at = p.days.indexOf('R'), day = `2025-12-${15 + at}`;
    const cells = await bkd.post(path('/cells', next.id), { revision: next.revision, cells: [{ employee: p.employee, day, letter: 'K', locked: true }] });
    expect(cells.status, cells.text).toBe(200);
    expect((await bkd.get(path('/file?format=csv', next.id))).body).toMatchObject({ code: 'conflict' }); /* holds nothing yet */
    expect((await officer.post(path('/sent', next.id))).body).toMatchObject({ code: 'conflict' });
    const set = await step(bkd, 'set', cells.body.revision, {}, next.id);
    await step(bkd, 'acknowledge', set.revision, {}, next.id);
    const after = (await sheet(next.id)).sheet.people as Person[], first = new Map(people.map(x => [x.employee, x.days.slice(14)]));
    const changed = after.flatMap(x => [...x.days].flatMap((l, i) => (l !== first.get(x.employee)![i] ? [`2025-12-${15 + i} ${l}`] : []))).sort();
    expect(changed).toContain(`${day} K`);
    const rows = await file(bkd, '&changes=true', next.id);
    expect(rows.map(r => `${r.tanggal} ${r.kode}`).sort()).toEqual(changed);
    expect((await file(bkd, '', next.id)).length).toBe(after.length * 17);
    /* the file of the first one says what the second one holds by now */
    const whole = await file(bkd, '');
    expect(whole.length).toBe(people.length * 31);
    expect(whole.filter(r => r.tanggal! >= '2025-12-15').map(r => `${r.tanggal} ${r.kode}`).sort()).toEqual(after.flatMap(x => [...x.days].map((l, i) => `2025-12-${15 + i} ${l}`)).sort());
    expect((await file(bkd, '&changes=true')).map(r => `${r.tanggal} ${r.kode}`).sort()).toEqual(changed);
    expect((await officer.post(path('/sent', next.id))).status).toBe(204);
    expect(await file(bkd, '&changes=true', next.id)).toEqual([]);
    expect(await file(bkd, '&changes=true')).toEqual([]);
  });
  it('of the month has both days of a swap, and nothing between them', async () => {
    const procedure = { receipt: 'acknowledge', review_days: 2, due_days: 3, swap_approved: false, wishes: 4, columns: 'nip,nama,tanggal,kode', legal_basis: 'SE uji 2', valid_from: TODAY, unit };
    expect((await bkd.post('/api/v1/roster/procedures', procedure)).status).toBe(200);
    const before = await file(bkd, ''), nipOf = (name: string) => before.find(r => r.nama!.includes(name))!.nip!, SWAPS = '/api/v1/me/roster/swaps';
    const as = (nip: string) => server.client().signIn({ ...loginOf(all, 'employee'), nip });
    let asked: { asker: string; other: string; days: [string, string] } | undefined;
    for (const p of people.filter(x => homeDays(x).some(d => d < 10))) {
      const c = await as(nipOf(p.name)), my_day = `2025-12-0${homeDays(p).find(d => d < 10)}`;
      const offer = (await c.get(`${SWAPS}/partners?day=${my_day}`)).body.items?.find((o: any) => o.days.some((d: string) => d > my_day));
      if (!offer) continue;
      const other_day = offer.days.find((d: string) => d > my_day), sent = await c.post(SWAPS, { other: offer.employee, my_day, other_day });
      const done = await (await as(nipOf(offer.name))).post(`${SWAPS}/${sent.body.id}/answer`, { accept: true });
      expect([done.status, done.body.state], done.text).toEqual([200, 'done']);
      asked = { asker: nipOf(p.name), other: nipOf(offer.name), days: [my_day, other_day] };
      break;
    }
    const { asker, other, days: [given, taken] } = asked!, row = (r: Row) => `${r.nip} ${r.tanggal} ${r.kode}`;
    const swapped = [`${asker} ${given} K`, `${asker} ${taken} R`, `${other} ${given} R`, `${other} ${taken} K`].sort();
    expect((await file(bkd, '&changes=true')).map(row).sort()).toEqual(swapped);
    const now = await file(bkd, ''), old = new Set(before.map(row));
    expect(now.length).toBe(before.length);
    expect(now.map(row).filter(r => !old.has(r)).sort()).toEqual(swapped);
    expect((await officer.post(path('/sent'))).status).toBe(204);
    expect(await file(bkd, '&changes=true')).toEqual([]);
  });
});

describe('who signs', () => {
  const cover = async (of: string) => (await pdf(bkd, path('/letter?kind=cover', of))).text;
  it('is who decided as he holds the office: the head, a.n. or Plh.', async () => {
    const me = (await head.get('/api/v1/me')).body, deputy = (await officer.get('/api/v1/me')).body;
    expect(await cover(version)).not.toMatch(/a\.n\.|Plt\.|Plh\./);
    const grant = async (role: object) => { const r = await bkd.post('/api/v1/org/roles', { role: 'agency_head', unit, letter: '800/7/UJI', valid_from: TODAY, valid_to: TODAY, ...role }); expect(r.status, r.text).toBe(200); };
    await grant({ employee: deputy.employee, acting: 'delegate', acts_for: me.employee });
    const own = await draft(bkd, '2025-12-22', '2025-12-24', { keeps: true });
    await step(officer, 'set', own.revision, {}, own.id);
    const text = await cover(own.id);
    expect(text).toMatch(/a\.n\. Kepala Dinas/);
    expect(text).toContain(names.get(deputy.employee));
    const third = people.find(p => p.employee !== me.employee && p.employee !== deputy.employee)!;
    await grant({ employee: third.employee, acting: 'plh' });
    const theirs = await draft(bkd, '2025-12-29', '2025-12-31', { keeps: true });
    await step(bkd, 'set', theirs.revision, {}, theirs.id); /* the board, which holds no office of the agency */
    expect(await cover(theirs.id)).toMatch(/Plh\. Kepala Dinas/);
  });
});

it('is for those who read rosters; sending for those who plan', async () => {
  const lead = await server.client().signIn(loginOf(all, 'team_lead')), clerk = await server.client().signIn(employeeLogin(all, 'counter')), inspector = await server.client().signIn(loginOf(all, 'inspector'));
  for (const c of [lead, clerk]) for (const url of ['/letter?kind=cover', '/file?format=csv']) expect((await c.get(path(url))).status).toBe(404);
  expect((await inspector.get(path('/letter?kind=cover'))).status).toBe(200);
  expect((await inspector.post(path('/sent'))).status).toBe(404);
});
