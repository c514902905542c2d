/* Every screen of the app, with how one gets there: for the check of accessibility and for the pictures. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { codeBytes, codeText } from '../../web/src/base/codes';
import { type App, employeeLogin, loginOf, settled } from './app';
import { fakeCamera, hold as holdCode } from './camera';
import { enrolOnce } from './phone';
import { people, signedIn } from './stations';
import { Phone, Station } from '../http/proofs';
import type { Login } from '../http/server';
import { workbook, type Cell } from '../http/workbook';

export interface Screen { name: string; path: string; who?: (app: App) => Login; then?: (page: Page, app: App) => Promise<void> }

export const home = (app: App) => employeeLogin(app.all, 'home'), boss = (app: App) => loginOf(app.all, 'supervisor'), bkd = (app: App) => loginOf(app.all, 'bkd');
export const counter = (app: App) => employeeLogin(app.all, 'counter');
export const lead = (app: App) => loginOf(app.all, 'team_lead');
export const teacher = (app: App) => employeeLogin(app.all, 'teacher');
export const head = (app: App) => loginOf(app.all, 'agency_head'), nurse = (app: App) => employeeLogin(app.all, 'nurse'), ward = (app: App) => loginOf(app.all, 'unit_head');
export const clerk = (app: App) => loginOf(app.all, 'unit_officer'), officer = (app: App) => loginOf(app.all, 'agency_officer'), operator = (app: App) => loginOf(app.all, 'operator');
export const dialog = async (page: Page) => { await expect(page.getByRole('dialog')).toBeVisible(); await settled(page); };
export const press = (name: string | RegExp) => async (page: Page) => { await page.getByRole('button', { name }).first().click(); await dialog(page); };

/** The people of a unit, from the tree. */
const peopleOf = (unit: RegExp) => async (page: Page) => {
  await page.getByRole('button', { name: unit }).first().click();
  await settled(page);
  await expect(page.getByRole('heading', { name: unit })).toBeVisible();
};
/* The facts of a figure, down to a unit that has none below. */
const down = async (page: Page) => {
  const below = page.locator('section', { has: page.getByRole('heading', { name: 'Unit di bawahnya' }) }).getByRole('link');
  for (let deep = 0; deep < 6 && await below.count(); deep++) {
    const last = page.url();
    await below.first().click();
    await expect(page).not.toHaveURL(last);
    await settled(page);
  }
};
/** A report of today, sent. */
export const send = async (page: Page) => {
  const sent = page.getByRole('button', { name: 'Tarik kembali' });
  await expect(sent.or(page.getByRole('button', { name: 'Kirim laporan' }))).toBeVisible();
  if (await sent.count()) return;
  await page.getByLabel('Apa yang dihasilkan?').fill('Menelaah 12 berkas permohonan izin: 9 disetujui, 3 diminta melengkapi gambar.');
  await page.getByLabel('Jumlah').fill('12');
  await page.getByLabel('Satuan').fill('berkas');
  await page.getByRole('button', { name: 'Kirim laporan' }).click();
  await expect(sent).toBeVisible();
};
/** A result that is whole, not sent. */
const result = async (page: Page) => {
  await page.getByLabel('Apa yang dihasilkan?').fill('Menelaah berkas permohonan izin mendirikan bangunan.');
  await page.getByLabel('Satuan').fill('berkas');
};
/** Five verified days of about twelve, and one of ninety that waits: far from habit. */
export const unusual = async (app: App) => {
  const worker = await app.server.client().signIn(home(app)), superior = await app.server.client().signIn(boss(app));
  if ((await worker.get('/api/v1/reports/daily?day=2025-10-31')).body.state !== 'none') return;
  const { target } = (await worker.get('/api/v1/reports/targets?day=2025-11-13')).body.items.find((p: any) => p.state === 'agreed').targets[0];
  for (const [day, volume] of [[20, 10], [21, 14], [22, 12], [23, 12], [24, 15], [31, 90]] as const) {
    const { report, version } = (await worker.put('/api/v1/reports/daily', { day: `2025-10-${day}`, version: 0, submit: true, items: [{ starts: '08:00', ends: '10:00', description: 'Menelaah naskah uji coba aplikasi', volume, unit_of_measure: 'naskah uji', target_id: target, reference: '800/17' }] })).body;
    if (volume < 90) await superior.post(`/api/v1/reports/daily/${report}/verify`, { version });
  }
};
const shape = { name: 'Hari telaah', items: [{ starts: '08:00', ends: '10:00', description: 'Menelaah berkas permohonan izin', volume: 10, unit_of_measure: 'berkas' }] };
/** Templates of one's own, offered. */
const templated = async (page: Page, app: App) => {
  const c = await app.server.client().signIn(boss(app));
  if ((await c.get('/api/v1/reports/templates')).body.items.length === 0) for (const name of ['Hari telaah', 'Rapat koordinasi mingguan']) await c.put('/api/v1/reports/templates', { ...shape, name });
  await press('Dari templat')(page);
  await expect(page.getByText('Hari telaah').first()).toBeVisible();
};
const positionTemplate = async (app: App) => {
  const c = await app.server.client().signIn(officer(app)), unit = (await c.get('/api/v1/me')).body.roles.find((r: any) => r.role === 'agency_officer').unit, path = `/api/v1/reports/positions/${unit}/templates`;
  if ((await c.get(path)).body.items.length === 0) await c.put(path, { ...shape, position: 'Guru Ahli Muda' });
};
/** Whose report is of the week; today is a day before it is due. */
const weekly = async (page: Page, app: App) => {
  const c = await app.server.client().signIn(counter(app)), b = await app.server.client().signIn(bkd(app)), me = (await c.get('/api/v1/me')).body;
  if (!(await c.get('/api/v1/me/today')).body.week) await b.post('/api/v1/policy/instruments', { rank: 'se', number: 'SE 7/MINGGUAN/2025', title: 'Laporan mingguan loket', issued: '2025-11-10', signer: 'Sekretaris Daerah', valid_from: '2025-11-10', legal_basis: 'PermenPANRB 4/2025',
    rules: [{ kind: 'report', article: '1', weekdays: [1, 2, 3, 4, 5, 6, 7], post_match: 'direct', position: me.position, unit: me.unit.id, duty: 'weekly' }] });
  await page.reload();
  await settled(page);
  await expect(page.getByText(/paling lambat Jumat, 14 November 2025/)).toBeVisible();
};
const faulty = '\uFEFFnip;name;employment_kind\r\n199103152020121003;Dewi Rahmawati;pns\r\n1.98504E+17;Agus Salim;pns\r\n199408172022031009;;pppk\r\n';
/** A file with faults, checked. */
export const check = async (page: Page) => {
  await page.getByLabel('Berkas Excel atau CSV').setInputFiles({ name: 'pegawai-november-2025.csv', mimeType: 'text/csv', buffer: Buffer.from(faulty) });
  await page.getByRole('button', { name: 'Periksa dulu' }).click();
  await expect(page.getByRole('row', { name: /1\.98504E\+17/ })).toBeVisible();
};
/** The sheet of an office: titles, merged headings, a column nobody needs. */
export const duk = (...people: Cell[][]) => ({ name: 'duk-november-2025.xlsx', mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', buffer: Buffer.from(workbook({ DUK: [['PEMERINTAH PROVINSI CONTOH'], ['DAFTAR URUT KEPANGKATAN'], [], ['NO', 'NAMA', 'NIP BARU', 'NIK', 'STATUS', 'PENDIDIKAN', null], [null, null, null, null, null, 'NAMA', 'TAHUN'], ...people, [], [null, null, 'Mengetahui, Kepala Badan']] })) });
/** A sheet nobody mapped yet, looked at. */
export const lookAt = async (page: Page) => {
  await page.getByLabel('Berkas Excel atau CSV').setInputFiles(duk([1, 'Wati Kusmawati', '199301012020122006', '3204010101930001', 'P3K', 'S1', 2015], [2, 'Yayat Supriatna', '199304042020121007', '3204010404930002', 'PNS', 'S2', 2016]));
  await expect(page.getByRole('button', { name: 'Simpan pemetaan' })).toBeVisible();
  await settled(page);
};
/** Plans as e-Kinerja might give them: the example of the program, which nobody has looked at yet. */
export const skp = (nip: string) => ({ name: 'skp-2026.xlsx', mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', buffer: Buffer.from(workbook({ SKP: [['SASARAN KINERJA PEGAWAI'], [], ['NIP', 'TAHUN', 'RENCANA HASIL KERJA', 'ASPEK', 'INDIKATOR KINERJA INDIVIDU', 'TARGET'],
  [nip, 2026, 'Berkas mutasi selesai tepat waktu', 'Kuantitas', 'Jumlah berkas', '1.200 berkas'], [null, null, null, 'Waktu', 'Tepat waktu', '12 bulan']] })) });
export const lookAtPlans = async (page: Page, app: App) => {
  await page.getByLabel('Jenis data').selectOption('targets');
  await page.getByLabel('Berkas Excel atau CSV').setInputFiles(skp(home(app).nip));
  await expect(page.getByText(/Judul kolomnya seperti "e-Kinerja: SKP"/)).toBeVisible();
  await settled(page);
};
/** Somebody said what he means to do today, after it was asked. */
const planned = async (page: Page, app: App) => {
  const c = await app.server.client().signIn(home(app));
  await c.put('/api/v1/reports/plan', { day: '2025-11-13', items: [{ description: 'Menelaah berkas permohonan izin yang tertunda', volume: 12, unit_of_measure: 'berkas' }, { description: 'Rapat persiapan audit internal' }] });
  await page.reload();
  await settled(page);
  await expect(page.getByText('Terlambat', { exact: true }).first()).toBeVisible();
};
/** The rules of a circular that asks for plans. */
const asksPlans = async (page: Page) => {
  await press('Catat kebijakan baru')(page);
  await page.getByLabel('Minta rencana kerja sehari sebelumnya').check();
  await expect(page.getByLabel('Paling lambat pukul')).toBeVisible();
  await page.getByLabel('Paling lambat pukul').scrollIntoViewIfNeeded();
};
/** One-time codes of two people of one's own office. */
export const slips = async (page: Page) => {
  await peopleOf(/^Badan Kepegawaian Daerah/)(page);
  for (const n of [0, 1]) await page.getByRole('listitem').getByRole('checkbox').nth(n).check();
  await page.getByRole('button', { name: /^Cetak kode sekali pakai/ }).click();
  await dialog(page);
};

/** A person of the list of one's own unit, who answers for others or not. */
export const person = (then?: (page: Page) => Promise<void>, nth = 0) => async (page: Page) => {
  await page.getByRole('button', { name: /^Badan Kepegawaian Daerah/ }).first().click();
  await settled(page);
  await page.getByRole('listitem').filter({ has: page.getByRole('checkbox') }).nth(nth).getByRole('button').click();
  await expect(page.getByRole('link', { name: 'Kembali ke daftar pegawai' })).toBeVisible();
  await settled(page);
  await then?.(page);
};

/** By a part of its name: markup may stand behind it. */
const chooseAgency = async (page: Page, name: string) => { const box = page.getByLabel('Perangkat daerah'); await box.selectOption(await box.locator('option', { hasText: name }).first().getAttribute('value')); };
/** The phones of the board's own office; those enrolled. */
const phones = (then?: (page: Page) => Promise<void>) => async (page: Page) => {
  await chooseAgency(page, 'Badan Kepegawaian Daerah');
  await settled(page);
  await page.getByLabel('Sudah terdaftar').check();
  await settled(page);
  await then?.(page);
};
/** The person whose phone is the nth of them. */
const owner = (nth: number, then?: (page: Page) => Promise<void>) => phones(async page => {
  await page.getByRole('listitem').filter({ has: page.getByText('sejak') }).nth(nth).getByRole('link').click();
  await expect(page.getByRole('heading', { name: 'Ponsel', exact: true })).toBeVisible();
  await settled(page);
  await then?.(page);
});

/** Why the first cell is as it is: by a button, on a phone by a tap that asks. */
const why = async (page: Page) => {
  const asks = page.getByRole('radio', { name: 'Mengapa?' });
  if (await asks.count() === 0) return press('Mengapa?')(page);
  await asks.check();
  await page.locator('.thumb').first().click();
  await dialog(page);
};
/** All that may be set before a roster is sought, with days for one unit. */
const settings = async (page: Page) => {
  await press('Susun ulang')(page);
  await page.getByText('Setelan lain').click();
  await page.getByLabel('Tambah unit').selectOption({ index: 1 });
  await page.getByRole('dialog').getByRole('group').last().getByLabel('Rabu').check();
};
/** The planner on the draft of one's own agency, new unless it is there. */
export const planner = (then?: (page: Page) => Promise<void>) => async (page: Page) => {
  const make = page.getByRole('button', { name: 'Susun jadwal' }).first(), draft = page.getByRole('listitem').filter({ hasText: 'Draf' }).getByRole('link', { name: 'Buka' }).first();
  await expect(draft.or(make).first()).toBeVisible();
  if (await draft.count()) await draft.click();
  else {
    await make.click();
    await page.getByRole('dialog').getByRole('button', { name: 'Susun', exact: true }).click();
  }
  await expect(page.getByRole('heading', { name: '15–31 Desember 2025' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Pemerataan' })).toBeVisible();
  await expect(page.getByText('Jadwal tersusun sebagai draf.')).toHaveCount(0, { timeout: 10_000 });
  await settled(page);
  if (then) await then(page);
};

/** This phone signs for whoever is signed in. */
const enrolled = async (page: Page, app: App) => {
  await page.goto(`${app.server.url}/pegawai/#/ponsel`);
  await enrolOnce(page, app);
};
/** A record of today, signed and received. */
const recorded = async (page: Page, app: App) => {
  await enrolled(page, app);
  await page.goto(`${app.server.url}/pegawai/#/`);
  const record = page.getByRole('button', { name: /^Presensi masuk \d\d\.\d\d/ });
  await expect(record.or(page.getByRole('button', { name: /Presensi masuk$/ }))).toBeVisible();
  if (!await record.count()) await page.getByRole('button', { name: /Presensi masuk$/ }).click();
  await expect(record).toBeVisible();
  if (await page.getByRole('button', { name: 'Kirim sekarang' }).count()) await page.getByRole('button', { name: 'Kirim sekarang' }).click();
  await expect(page.getByText(/^Bukti no/)).toBeVisible();
};
const board = (app: App) => app.server.client().signIn(bkd(app));
/** The office of whoever is signed in, or of the board, has a screen, a kiosk and a network. */
const equipped = (then?: (page: Page, app: App) => Promise<void>) => async (page: Page, app: App) => {
  const c = await board(app), mine = await page.evaluate(async () => (await (await fetch('/api/v1/me')).json()).unit?.id as string | undefined), unit = mine ?? (await c.get('/api/v1/org/units')).body.items[0].id;
  const known = (await c.get('/api/v1/attendance/stations')).body.items as { unit: string }[];
  if (!known.some(s => s.unit === unit)) {
    for (const [kind, name] of [['display', 'Lobi utama'], ['kiosk', 'Gerbang timur']] as const) await Station.enrol(c, app.server.client(), { unit, kind, name });
    await c.post('/api/v1/attendance/networks', { unit, label: 'Kantor', range: '203.0.113.0/24', valid_from: '2025-11-13' });
  }
  await page.reload();
  await settled(page);
  await then?.(page, app);
};
/** A phone that signs, of somebody whose office has all of these. */
const proving = (path: string, then: (page: Page) => Promise<void>) => equipped(async (page, app) => {
  await enrolled(page, app);
  await page.goto(`${app.server.url}/pegawai/#/lainnya`);
  await expect(page.getByRole('button', { name: 'Kartu dan PIN kios' })).toBeVisible();
  await page.goto(`${app.server.url}/pegawai/${path}`);
  await then(page);
});
const cards = async (page: Page) => {
  await page.getByRole('button', { name: 'Pilih pegawai' }).click();
  await chooseAgency(page, 'Badan Kepegawaian Daerah');
  await settled(page);
  await page.getByLabel('Hanya yang tanpa ponsel terdaftar').uncheck();
  await expect(page.getByRole('listitem').filter({ has: page.getByRole('checkbox') }).first()).toBeVisible();
};

/** This browser is a screen or kiosk of the board's office, set up anew when it was another one. */
const station = (kind: 'display' | 'kiosk', then?: (page: Page, app: App, id: string) => Promise<void>) => async (page: Page, app: App) => {
  const code = page.getByLabel('Kode sekali pakai'), ended = page.getByRole('button', { name: 'Lepaskan dan mulai lagi' }), here = page.getByText('Terhubung', { exact: true });
  await expect(code.or(ended).or(here).first()).toBeVisible();
  if (await ended.count()) await ended.click();
  const c = await board(app), unit = (await c.get('/api/v1/org/units')).body.items[0].id;
  let id = (await c.get('/api/v1/attendance/stations')).body.items.find((s: { state: string; kind: string }) => s.state === 'active' && s.kind === kind)?.id;
  if (!await here.count()) {
    const made = (await c.post('/api/v1/attendance/stations', { unit, kind, name: kind === 'kiosk' ? 'Gerbang timur' : 'Lobi utama' })).body;
    id = made.station;
    await page.getByLabel('Pemerintah daerah').selectOption('jabar');
    await code.fill(made.code);
    await page.getByRole('button', { name: 'Hubungkan' }).click();
    await expect(here).toBeVisible();
  }
  await settled(page);
  await then?.(page, app, id);
};
const typed = async (page: Page, text: string) => {
  await page.getByText('Tidak bisa memindai?').click();
  await page.getByLabel('Isi kode').fill(text);
  await page.getByRole('button', { name: 'Pakai kode' }).click();
};
const takesTurn = async (page: Page) => {
  await page.getByRole('button', { name: 'Petugas: mulai jaga' }).click();
  await expect(page.getByRole('img', { name: 'Kode jaga' })).toBeVisible();
};
/** An officer stands there; a person without a phone has a card and holds it before the camera. */
const staffed = (then: (page: Page) => Promise<void>) => station('kiosk', async (page, app, id) => {
  const { bkd, guard, caretaker } = await people(app), onDuty = page.getByText(/^Petugas jaga ./);
  if (!await onDuty.count()) {
    const phone = await Phone.enrol(bkd, await signedIn(app, guard));
    await bkd.put(`/api/v1/attendance/stations/${id}/officers`, { officers: [guard.employee] });
    await page.reload();
    await expect(page.getByText('Terhubung', { exact: true })).toBeVisible();
    await takesTurn(page);
    const question = codeBytes('K', (await page.getByRole('img', { name: 'Kode jaga untuk ponsel petugas' }).getAttribute('data-text'))!)!;
    await typed(page, codeText('J', await phone.duty(question.slice(0, 16), question.slice(16))));
    await expect(onDuty).toBeVisible();
  }
  const [card] = (await bkd.post('/api/v1/attendance/cards', { employees: [caretaker.employee] })).body.items;
  await fakeCamera(page);
  await page.addInitScript(() => { /* what was recorded stays as long as one looks */
    const real = window.setTimeout.bind(window);
    window.setTimeout = ((run: () => void, ms?: number, ...more: unknown[]) => (ms === 3500 ? 0 : real(run, ms, ...more))) as typeof window.setTimeout;
  });
  await page.reload();
  await expect(page.getByText('Terhubung', { exact: true })).toBeVisible();
  await expect(page.getByText('Menyalakan kamera')).toHaveCount(0);
  await holdCode(page, card.text);
  await expect(page.getByText(/pastikan orangnya/)).toBeVisible();
  await holdCode(page, '');
  await then(page);
  await settled(page);
});
const guards = async (page: Page, app: App) => {
  const c = await board(app), me = await page.evaluate(async () => (await (await fetch('/api/v1/me')).json()).employee);
  const kiosk = (await c.get('/api/v1/attendance/stations')).body.items.find((s: { kind: string; state: string }) => s.kind === 'kiosk' && s.state === 'active');
  const r = await c.put(`/api/v1/attendance/stations/${kiosk.id}/officers`, { officers: [me] });
  expect(r.status, r.text).toBe(204);
  await page.reload();
  await press('Jaga kios')(page);
  await typed(page, codeText('K', new Uint8Array(32)));
  await page.getByRole('button', { name: 'Mulai jaga' }).click();
  await expect(page.getByRole('img', { name: 'Kode jawaban untuk kios' })).toBeVisible();
};
const ended = async (page: Page, app: App, id: string) => {
  await (await board(app)).post(`/api/v1/attendance/stations/${id}/end`, { reason: 'Tablet rusak, diganti.' });
  await page.reload();
  await expect(page.getByText('Perangkat ini sudah diakhiri')).toBeVisible();
};

/** Evidence that the C program made, pasted and checked. */
const evidence: { name: string; bundle: string[] }[] = JSON.parse(readFileSync(join(import.meta.dirname, '../vectors/bundles.json'), 'utf8'));
export const bundleOf = (name: string) => evidence.find(c => c.name === name)!.bundle.join('\n') + '\n';
const checked = (name: string) => async (page: Page) => {
  await page.getByLabel('Tempel isi bukti').fill(bundleOf(name));
  await page.getByText('Kunci dari luar berkas').click();
  await page.getByRole('button', { name: 'Periksa' }).click();
  await expect(page.getByRole('heading', { name: 'Yang tidak dapat diperiksa' })).toBeVisible();
};
/** Evidence of a person that a case keeps, set as one does it. */
export const hold = async (page: Page) => {
  await press('Tahan bukti')(page);
  const d = page.getByRole('dialog');
  await d.getByLabel('Pegawai').fill('Asep');
  await d.getByRole('listitem').getByRole('button').first().click();
  await d.getByLabel('Alasan').fill('Pemeriksaan khusus atas dugaan titip presensi.');
  await d.getByLabel('Nomor surat').fill('700/41/ITPROV/2025');
  await d.getByRole('button', { name: 'Tahan bukti' }).click();
  await expect(page.getByText('700/41/ITPROV/2025').first()).toBeVisible();
  await expect(page.getByText(/Bukti ditahan\./)).toHaveCount(0, { timeout: 10_000 });
  await settled(page);
};
/** Why the number of a parameter is refused. */
const refuseNumber = async (page: Page) => {
  await press('Ubah Mulai perlu dipastikan')(page);
  const d = page.getByRole('dialog');
  await d.getByLabel('Angka (poin)').fill('20');
  await d.getByLabel('Dasar').fill('SE contoh');
  await d.getByRole('button', { name: 'Simpan' }).click();
  await expect(d.getByText(/Tidak sejalan dengan angka lain/)).toBeVisible();
};

/* a plan of next year that waits, about to be returned without a word */
async function proposed(page: Page, app: App) {
  const worker = await app.server.client().signIn(home(app)), measures = [{ aspect: 'quantity', indicator: 'Berkas yang selesai diverifikasi', amount: 600, unit_of_measure: 'berkas' }];
  const { plan, version } = (await worker.put('/api/v1/reports/targets', { version: 0, period: 'annual', day: '2026-01-01', targets: [{ kind: 'main', result: 'Berkas mutasi terverifikasi tepat waktu', measures }] })).body;
  await worker.post(`/api/v1/reports/targets/${plan}/propose`, { version });
  await page.getByLabel('Tahun').selectOption('2026');
  await page.getByRole('button', { name: /Menunggu atasan/ }).click();
  await dialog(page);
  for (let i = 0; i < 2; i++) await page.getByRole('dialog').getByRole('button', { name: 'Kembalikan' }).click();
}
/** What the board issued is asked for by its code, as a reader of QR codes does. */
const issued = (then?: (page: Page, app: App, id: string) => Promise<void>) => async (page: Page, app: App) => {
  const c = await board(app), incident = (await c.get('/api/v1/attendance/incidents')).body.items.find((i: { state: string }) => i.state === 'accepted').id;
  const r = await c.post(`/api/v1/attendance/incidents/${incident}/document`, {});
  expect(r.status, r.text).toBe(200);
  await page.goto(`${app.server.url}/periksa/#${r.body.code}`);
  await page.reload();
  await expect(page.getByText('Diterbitkan dan masih berlaku')).toBeVisible();
  await then?.(page, app, r.body.id);
};
const otherFile = async (page: Page) => {
  await page.getByLabel('Pilih berkas PDF').setInputFiles({ name: 'surat.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n') });
  await expect(page.getByText('Berkas ini bukan yang diterbitkan')).toBeVisible();
  await page.getByText('Keterangan teknis').click();
};
const withdrawn = async (page: Page, app: App, id: string) => {
  expect((await (await board(app)).post(`/api/v1/documents/${id}/withdraw`, { reason: 'Diterbitkan ulang dengan nomor lain.' })).status).toBe(204);
  await page.getByRole('button', { name: 'Periksa' }).click();
  await expect(page.getByText('Sudah ditarik')).toBeVisible();
};

/** The cover letter of a roster that its head set, issued from where it is printed. */
const issuedLetter = async (page: Page, app: App) => {
  await planner()(page);
  const c = await app.server.client().signIn(head(app)), v = (await c.get('/api/v1/roster/versions')).body.items.find((x: { state: string }) => x.state === 'draft'), { version } = (await c.get(`/api/v1/roster/versions/${v.id}/sheet`)).body;
  expect((await c.post(`/api/v1/roster/versions/${v.id}/set`, { revision: version.revision })).status).toBe(200);
  await page.reload();
  await settled(page);
  await press('Unduh dan cetak')(page);
  await page.getByRole('dialog').getByRole('button', { name: 'Terbitkan' }).click();
  await expect(page.getByRole('dialog').getByText('SURAT PENGANTAR', { exact: true })).toBeVisible();
  await expect(page.getByText('Naskah diterbitkan.')).toHaveCount(0, { timeout: 10_000 });
};

export const screens: Screen[] = [
  { name: 'periksa', path: '/periksa/' },
  { name: 'periksa-salah', path: '/periksa/', then: async page => { await page.getByLabel('Kode pada naskah').fill('12'); await page.getByRole('button', { name: 'Periksa' }).click(); await expect(page.getByText('Kode terdiri atas 32 angka')).toBeVisible(); } },
  { name: 'periksa-berlaku', path: '/periksa/', then: issued() },
  { name: 'periksa-berkas', path: '/periksa/', then: issued(otherFile) },
  { name: 'periksa-ditarik', path: '/periksa/', then: issued(withdrawn) },
  { name: 'verifikasi', path: '/verifikasi/' },
  { name: 'verifikasi-cocok', path: '/verifikasi/', then: checked('nothing brought along') },
  { name: 'verifikasi-salah', path: '/verifikasi/', then: checked('another signature of the phone') },
  { name: 'kios-hubungkan', path: '/kios/' },
  { name: 'kios-layar', path: '/kios/', then: station('display') },
  { name: 'kios-diakhiri', path: '/kios/', then: station('display', ended) },
  { name: 'kios', path: '/kios/', then: station('kiosk') },
  { name: 'kios-tanpa-petugas', path: '/kios/', then: station('kiosk', async page => { await page.getByRole('button', { name: 'NIP dan PIN' }).click(); await expect(page.getByText('Kartu dan PIN memerlukan petugas jaga')).toBeVisible(); }) },
  { name: 'kios-jaga', path: '/kios/', then: station('kiosk', takesTurn) },
  { name: 'kios-pastikan', path: '/kios/', then: staffed(async () => undefined) },
  { name: 'kios-tercatat', path: '/kios/', then: staffed(async page => { await page.getByRole('button', { name: 'Masuk' }).click(); await expect(page.getByText(/^Tercatat/)).toBeVisible(); }) },
  { name: 'kios-siap', path: '/kios/', then: staffed(async page => { await page.getByRole('button', { name: 'Bukan orangnya' }).click(); await expect(page.locator('video')).toBeVisible(); }) },
  { name: 'kios-pin', path: '/kios/', then: staffed(async page => { await page.getByRole('button', { name: 'Bukan orangnya' }).click(); await page.getByRole('button', { name: 'NIP dan PIN' }).click(); await page.getByLabel('NIP', { exact: true }).fill('199001012015031001'); await page.getByLabel('PIN enam angka').fill('000111'); await page.getByRole('button', { name: 'Periksa' }).click(); await expect(page.getByText('NIP atau PIN salah.')).toBeVisible(); }) },
  { name: 'masuk', path: '/pegawai/' },
  { name: 'masuk-salah', path: '/pegawai/', then: async page => { await page.getByRole('button', { name: 'Masuk', exact: true }).click(); await expect(page.getByText('NIP terdiri atas 18 angka.')).toBeVisible(); } },
  { name: 'masuk-kode', path: '/pegawai/', then: async page => { await page.getByRole('button', { name: 'Pakai kode sekali pakai' }).click(); } },
  { name: 'pegawai-beranda', path: '/pegawai/', who: home },
  { name: 'pegawai-beranda-konfirmasi', path: '/pegawai/', who: teacher, then: async page => { await expect(page.getByText('Hari ini cukup dikonfirmasi.')).toBeVisible(); } },
  { name: 'pegawai-laporan-konfirmasi', path: '/pegawai/#/laporan', who: teacher, then: async page => { await expect(page.getByText('Hari ini cukup dikonfirmasi.')).toBeVisible(); } },
  { name: 'pegawai-beranda-sif', path: '/pegawai/', who: nurse },
  { name: 'pegawai-jadwal-sif', path: '/pegawai/#/jadwal', who: nurse },
  { name: 'pegawai-jadwal', path: '/pegawai/#/jadwal', who: home },
  { name: 'pegawai-jadwal-mengapa', path: '/pegawai/#/jadwal', who: home, then: press(/^Kamis, 13 November/) },
  { name: 'pegawai-jadwal-rotasi', path: '/pegawai/#/jadwal', who: home, then: press(/^Senin, 1 Desember/) },
  { name: 'pegawai-kehadiran', path: '/pegawai/#/kehadiran', who: home },
  { name: 'pegawai-kehadiran-hari', path: '/pegawai/#/kehadiran', who: home, then: press(/^Kamis, 6 November/) },
  { name: 'pegawai-rekap', path: '/pegawai/#/rekap', who: home },
  { name: 'pegawai-laporan', path: '/pegawai/#/laporan', who: home },
  { name: 'pegawai-progres', path: '/pegawai/#/laporan', who: home, then: press('Unduh Progres Harian') },
  { name: 'pegawai-templat', path: '/pegawai/#/laporan', who: boss, then: templated },
  { name: 'pegawai-templat-simpan', path: '/pegawai/#/laporan', who: boss, then: async page => { await result(page); await press('Simpan sebagai templat')(page); } },
  { name: 'pegawai-laporan-salah', path: '/pegawai/#/laporan', who: home, then: async page => { await page.getByRole('button', { name: 'Kirim laporan' }).click(); await expect(page.locator('[aria-invalid=true]').first()).toBeVisible(); } },
  { name: 'pegawai-laporan-terkirim', path: '/pegawai/#/laporan', who: home, then: send },
  { name: 'pegawai-laporan-tarik', path: '/pegawai/#/laporan', who: home, then: async page => { await send(page); await press('Tarik kembali')(page); } },
  { name: 'pegawai-sasaran', path: '/pegawai/#/sasaran', who: home },
  { name: 'pegawai-sasaran-susun', path: '/pegawai/#/sasaran', who: home, then: async page => { await page.getByLabel('Tahun').selectOption('2026'); await settled(page); await page.getByRole('button', { name: 'Susun SKP' }).click(); await page.getByRole('button', { name: 'Simpan dan ajukan' }).click(); await settled(page); } },
  { name: 'pegawai-rencana', path: '/pegawai/#/rencana', who: home },
  { name: 'pegawai-rencana-terlambat', path: '/pegawai/#/rencana', who: home, then: async page => { await page.getByLabel('Tanggal rencana').fill('2025-11-13'); await settled(page); await expect(page.getByText(/^(Batas menurut kebijakan sudah lewat|Disimpan setelah)/)).toBeVisible(); } },
  { name: 'pegawai-koreksi', path: '/pegawai/#/koreksi?hari=2025-11-12', who: home },
  { name: 'pegawai-konfirmasi', path: '/pegawai/#/konfirmasi', who: home },
  { name: 'pegawai-cek', path: '/pegawai/#/cek', who: home },
  { name: 'pegawai-hari', path: '/pegawai/#/hari?hari=2025-11-12', who: home },
  { name: 'pegawai-hari-cetak', path: '/pegawai/#/hari?hari=2025-11-12', who: home, then: async page => { await page.evaluate(() => { window.print = () => undefined; }); await page.getByRole('button', { name: 'Cetak', exact: true }).click(); await expect(page.getByText(/^Tidak ada presensi yang ditandatangani/)).toBeVisible(); } },
  { name: 'pegawai-lainnya', path: '/pegawai/#/lainnya', who: home },
  { name: 'pegawai-tugas', path: '/pegawai/#/tugas', who: home },
  { name: 'pegawai-tugas-satu', path: '/pegawai/#/tugas', who: home, then: press(/^Rekap infrastruktur/) },
  { name: 'pegawai-tugas-selesai', path: '/pegawai/#/tugas', who: home, then: async page => { await press(/^Rekap infrastruktur/)(page); await page.getByRole('dialog').getByRole('button', { name: 'Selesai' }).click(); await page.getByLabel('Apa hasilnya?').focus(); await page.getByRole('dialog').getByRole('button', { name: 'Selesai' }).click(); await expect(page.getByText('Tulis 5 huruf atau lebih.')).toBeVisible(); } },
  { name: 'pegawai-laporan-tugas', path: '/pegawai/#/laporan', who: home, then: async page => { await page.getByLabel('Tugas', { exact: true }).first().scrollIntoViewIfNeeded(); } },
  { name: 'pegawai-laporan-catatan', path: '/pegawai/#/laporan', who: home, then: async page => { await page.locator('li', { hasText: /catatan baru$/ }).getByRole('link').click(); await expect(page.getByText(/^Mohon sebutkan nomor surat/)).toBeVisible(); await settled(page); } },
  { name: 'pegawai-tugas-kirim', path: '/pegawai/#/tugas?lihat=dikirim', who: home, then: async page => { await press('Kirim tugas')(page); await page.getByRole('button', { name: 'Kirim', exact: true }).click(); await expect(page.getByText('Pilih penerimanya.')).toBeVisible(); } },
  { name: 'pegawai-rapat', path: '/pegawai/#/tugas?lihat=rapat', who: home, then: press(/^Rapat koordinasi/) },
  { name: 'pegawai-periksa', path: '/pegawai/#/tugas?lihat=periksa', who: home, then: press(/^Draf surat edaran/) },
  { name: 'pegawai-rapat-notula', path: '/pegawai/#/tugas?lihat=rapat', who: home, then: async page => { await page.getByRole('button', { name: 'Sudah lewat' }).click(); await press(/^Evaluasi uji coba/)(page); } },
  { name: 'pegawai-periksa-minta', path: '/pegawai/#/tugas?lihat=periksa', who: home, then: async page => { await press('Minta pemeriksaan')(page); await page.getByLabel('Orang', { exact: true }).scrollIntoViewIfNeeded(); } },
  { name: 'pegawai-ponsel', path: '/pegawai/#/ponsel', who: home, then: async page => { await page.getByRole('button', { name: /^Daftarkan/ }).click(); await expect(page.getByText('Kode terdiri atas 10 huruf dan angka.')).toBeVisible(); } },
  { name: 'pegawai-ponsel-terdaftar', path: '/pegawai/#/ponsel', who: home, then: enrolled },
  { name: 'pegawai-beranda-catatan', path: '/pegawai/', who: home, then: recorded },
  { name: 'pegawai-catatan', path: '/pegawai/', who: home, then: async (page, app) => { await recorded(page, app); await press(/^Presensi masuk \d\d/)(page); } },
  { name: 'pegawai-lokasi', path: '/pegawai/', who: counter, then: press('Periksa posisi') },
  { name: 'pegawai-beranda-mingguan', path: '/pegawai/', who: counter, then: weekly },
  { name: 'pegawai-laporan-mingguan', path: '/pegawai/#/laporan', who: counter, then: weekly },
  { name: 'pegawai-laporan-mingguan-lain', path: '/pegawai/#/laporan?hari=2025-11-12', who: counter, then: async (page, app) => { await weekly(page, app); await expect(page.getByRole('button', { name: 'Buka laporan mingguan' })).toBeVisible(); } },
  { name: 'pegawai-mengapa-mingguan', path: '/pegawai/', who: counter, then: async (page, app) => { await weekly(page, app); await press('Mengapa?')(page); } },
  { name: 'pegawai-data', path: '/pegawai/#/data', who: home },
  { name: 'pegawai-bukti-kantor', path: '/pegawai/', who: teacher, then: proving('#/', press('Bukti kantor')) },
  { name: 'pegawai-bukti-layar', path: '/pegawai/', who: teacher, then: proving('#/', async page => { await press('Bukti kantor')(page); await page.getByRole('button', { name: /Pindai layar lobi/ }).click(); await settled(page); }) },
  { name: 'pegawai-bukti-saksi', path: '/pegawai/', who: teacher, then: proving('#/', async page => { await press('Bukti kantor')(page); await page.getByRole('button', { name: /Rekan sebagai saksi/ }).click(); await settled(page); }) },
  { name: 'pegawai-lainnya-kios', path: '/pegawai/', who: teacher, then: proving('#/lainnya', async () => undefined) },
  { name: 'pegawai-saksi', path: '/pegawai/', who: teacher, then: proving('#/lainnya', press('Jadi saksi')) },
  { name: 'pegawai-jaga', path: '/pegawai/', who: teacher, then: async (page, app) => { await proving('#/lainnya', async () => undefined)(page, app); await guards(page, app); } },
  { name: 'pegawai-kode-kios', path: '/pegawai/', who: teacher, then: proving('#/', async page => { await press('Bukti kantor')(page); await page.getByRole('button', { name: /Perlihatkan ke kios/ }).click(); await page.getByRole('button', { name: 'Mengerti, lanjutkan' }).click(); await expect(page.getByRole('img', { name: 'Kode presensi untuk kios' })).toBeVisible(); }) },
  { name: 'pegawai-pin', path: '/pegawai/', who: teacher, then: proving('#/lainnya', async page => { await press('Kartu dan PIN kios')(page); await page.getByRole('button', { name: 'Simpan PIN' }).click(); await expect(page.getByText('PIN terdiri atas enam angka.')).toBeVisible(); }) },
  { name: 'pegawai-izin', path: '/pegawai/#/izin', who: home },
  { name: 'pegawai-izin-baru', path: '/pegawai/#/izin', who: home, then: async page => { await press('Ajukan izin atau cuti')(page); await page.getByLabel('Jenis').selectOption('outside_duty'); await page.getByLabel('Hanya sebagian hari').check(); await page.getByRole('button', { name: 'Ajukan', exact: true }).click(); await expect(page.getByText('Isi tempat yang dituju.')).toBeVisible(); } },
  { name: 'pegawai-izin-satu', path: '/pegawai/#/izin', who: lead, then: press(/^Cuti tahunan/) },
  { name: 'pegawai-penilaian', path: '/pegawai/#/penilaian', who: lead },
  { name: 'pegawai-penilaian-keberatan', path: '/pegawai/#/penilaian', who: lead, then: press('Ajukan keberatan') },
  { name: 'pegawai-umpan-balik', path: '/pegawai/#/penilaian', who: home, then: press('Minta umpan balik') },
  { name: 'atasan-progres', path: '/atasan/', who: boss, then: press('Unduh Progres Harian') },
  { name: 'atasan-tim', path: '/atasan/', who: boss },
  { name: 'atasan-tim-menunggu', path: '/atasan/', who: head, then: async page => { await expect(page.getByRole('heading', { name: /^Menunggu di \d+ atasan/ })).toBeVisible(); await settled(page); } },
  { name: 'atasan-tim-catatan', path: '/atasan/', who: boss, then: press(/catatan baru$/) },
  { name: 'atasan-tim-tanda', path: '/atasan/', who: boss, then: async (page, app) => { await unusual(app); await page.reload(); await page.locator('li.pick', { hasText: 'jumlah di luar kebiasaan' }).first().getByRole('button', { name: 'Buka' }).click(); await dialog(page); await expect(page.getByText(/^biasanya sekitar/).first()).toBeVisible(); } },
  { name: 'atasan-tim-saran', path: '/atasan/', who: lead },
  { name: 'atasan-tim-saran-satu', path: '/atasan/', who: lead, then: press('Buka') },
  { name: 'atasan-tim-jadwal', path: '/atasan/', who: ward, then: async page => { await expect(page.getByText(/laporan dikonfirmasi sesuai jadwal, tanpa catatan$/)).toBeVisible(); } },
  { name: 'atasan-skp', path: '/atasan/#/skp', who: head },
  { name: 'atasan-rencana', path: '/atasan/#/skp?lihat=rencana', who: boss, then: planned },
  { name: 'atasan-skp-satu', path: '/atasan/#/skp', who: boss, then: async page => { await page.locator('main .person').first().click(); await dialog(page); } },
  { name: 'atasan-skp-setujui', path: '/atasan/#/skp', who: boss, then: proposed },
  { name: 'atasan-penilaian', path: '/atasan/#/penilaian', who: boss },
  { name: 'atasan-penilaian-isi', path: '/atasan/#/penilaian', who: boss, then: async page => { await page.locator('main .person').first().click(); await settled(page); await page.getByRole('button', { name: 'Sampaikan ke pegawai' }).click(); await expect(page.locator('[aria-invalid=true]').first()).toBeVisible(); } },
  { name: 'atasan-penilaian-skp', path: '/atasan/#/penilaian', who: boss, then: async page => { await page.locator('main .person').first().click(); const card = page.locator('section', { has: page.getByRole('heading', { name: 'SKP yang disepakati' }) }); await card.getByRole('button').first().click(); await dialog(page); } },
  { name: 'atasan-penilaian-keberatan', path: '/atasan/#/penilaian', who: head },
  { name: 'atasan-izin', path: '/atasan/#/izin', who: boss },
  { name: 'atasan-izin-satu', path: '/atasan/#/izin', who: boss, then: press(/Cuti tahunan/) },
  { name: 'atasan-unit', path: '/atasan/#/unit', who: boss },
  { name: 'atasan-rekap', path: '/atasan/#/rekap', who: boss },
  { name: 'atasan-rekap-orang', path: '/atasan/#/rekap', who: boss, then: async page => { await page.locator('tbody button').first().click(); await dialog(page); } },
  { name: 'atasan-rekap-cetak', path: '/atasan/#/rekap', who: boss, then: press('Cetak atau unduh') },
  { name: 'atasan-delegasi', path: '/atasan/#/delegasi', who: boss },
  { name: 'atasan-delegasi-baru', path: '/atasan/#/delegasi', who: boss, then: press('Delegasikan') },
  { name: 'atasan-konfirmasi', path: '/atasan/#/konfirmasi', who: boss },
  { name: 'atasan-cek-panggil', path: '/atasan/#/konfirmasi', who: boss, then: async page => { await press('Panggil pegawai')(page); await page.getByRole('dialog').getByRole('button', { name: 'Panggil', exact: true }).click(); await expect(page.getByText('Pilih siapa yang dipanggil.')).toBeVisible(); } },
  { name: 'atasan-koreksi', path: '/atasan/#/koreksi', who: boss },
  { name: 'atasan-koreksi-putus', path: '/atasan/#/koreksi', who: boss, then: press(/Rapat sampai sore/) },
  { name: 'petugas-daftar-hadir', path: '/bkd/#/daftar-hadir', who: clerk },
  { name: 'petugas-daftar-hadir-isi', path: '/bkd/#/daftar-hadir', who: clerk, then: press('Masukkan daftar hadir') },
  { name: 'petugas-daftar-hadir-kosong', path: '/bkd/#/daftar-hadir', who: clerk, then: press('Cetak daftar kosong') },
  { name: 'petugas-daftar-hadir-lihat', path: '/bkd/#/daftar-hadir', who: clerk, then: press(/Menunggu orang kedua/) },
  { name: 'petugas-ponsel', path: '/bkd/#/pegawai?lihat=ponsel', who: clerk },
  { name: 'petugas-ponsel-kode', path: '/bkd/#/pegawai?lihat=ponsel', who: clerk, then: press(/^Daftarkan ponsel/) },
  { name: 'pengelola-templat', path: '/bkd/#/kebijakan?lihat=templat', who: officer, then: async (page, app) => { await positionTemplate(app); await page.reload(); await expect(page.getByText('Guru Ahli Muda')).toBeVisible(); await settled(page); } },
  { name: 'pengelola-templat-tambah', path: '/bkd/#/kebijakan?lihat=templat', who: officer, then: async page => { await press('Tambah templat')(page); await page.getByRole('dialog').getByRole('button', { name: 'Simpan' }).click(); await settled(page); } },
  { name: 'pengelola-koreksi', path: '/bkd/#/koreksi', who: officer },
  { name: 'pengelola-koreksi-putus', path: '/bkd/#/koreksi', who: officer, then: press(/Baru sadar/) },
  { name: 'operator-gangguan', path: '/bkd/#/gangguan', who: operator },
  { name: 'operator-gangguan-catat', path: '/bkd/#/gangguan', who: operator, then: press('Catat gangguan') },
  { name: 'bkd-penilaian', path: '/bkd/#/penilaian', who: bkd },
  { name: 'bkd-penilaian-aturan', path: '/bkd/#/penilaian', who: bkd, then: press('Catat aturan baru') },
  { name: 'bkd-penilaian-capaian', path: '/bkd/#/penilaian', who: bkd, then: press(/^Ubah: /) },
  { name: 'bkd-kinerja', path: '/bkd/#/kinerja', who: bkd },
  { name: 'atasan-kinerja', path: '/atasan/#/kinerja', who: head },
  { name: 'bkd-kinerja-fakta', path: '/bkd/#/kinerja?fakta=waiting', who: bkd },
  { name: 'bkd-kinerja-fakta-unit', path: '/bkd/#/kinerja?fakta=waiting', who: bkd, then: down },
  { name: 'atasan-kinerja-fakta', path: '/atasan/#/kinerja?fakta=waiting', who: head, then: down },
  { name: 'atasan-kinerja-fakta-laporan', path: '/atasan/#/kinerja?fakta=report_due', who: head, then: down },
  { name: 'atasan-kinerja-fakta-tugas', path: '/atasan/#/kinerja?fakta=open_tasks', who: head, then: down },
  { name: 'bkd-papan', path: '/bkd/', who: bkd },
  { name: 'bkd-papan-tabel', path: '/bkd/', who: bkd, then: async page => { await page.getByRole('button', { name: 'Lihat sebagai tabel' }).click(); } },
  { name: 'bkd-pegawai', path: '/bkd/#/pegawai', who: bkd, then: async page => { await page.getByRole('button', { name: /^Badan Kepegawaian Daerah/ }).first().click(); await settled(page); } },
  { name: 'bkd-orang', path: '/bkd/#/pegawai', who: bkd, then: person() },
  { name: 'bkd-orang-peran', path: '/bkd/#/pegawai', who: bkd, then: person(press('Beri peran')) },
  { name: 'bkd-orang-plt', path: '/bkd/#/pegawai', who: bkd, then: person(async page => { await press('Tunjuk Plt./Plh.')(page); await page.getByRole('button', { name: 'Catat', exact: true }).click(); await expect(page.getByText('Isi nomor suratnya.')).toBeVisible(); }) },
  { name: 'bkd-orang-status', path: '/bkd/#/pegawai', who: bkd, then: person(press('Catat status')) },
  { name: 'bkd-orang-pindah', path: '/bkd/#/pegawai', who: bkd, then: person(press('Pindah tugas')) },
  { name: 'bkd-orang-atasan', path: '/bkd/#/pegawai', who: bkd, then: person(press('Ganti atasan')) },
  { name: 'bkd-ponsel', path: '/bkd/#/pegawai?lihat=ponsel', who: bkd, then: phones() },
  { name: 'bkd-ponsel-tolak', path: '/bkd/#/pegawai?lihat=ponsel', who: bkd, then: press('Tolak') },
  { name: 'bkd-orang-ponsel', path: '/bkd/#/pegawai?lihat=ponsel', who: bkd, then: owner(0) },
  { name: 'bkd-orang-ponsel-ganti', path: '/bkd/#/pegawai?lihat=ponsel', who: bkd, then: owner(1, async page => { await press('Ganti ponsel')(page); await page.getByRole('button', { name: 'Minta persetujuan' }).click(); await expect(page.getByText('Tulis alasannya, 10 karakter atau lebih.')).toBeVisible(); }) },
  { name: 'bkd-orang-ponsel-akhiri', path: '/bkd/#/pegawai?lihat=ponsel', who: bkd, then: owner(0, press('Hilang atau cabut')) },
  { name: 'bkd-orang-ponsel-tunggu', path: '/bkd/#/pegawai?lihat=ponsel', who: bkd, then: async page => { await page.getByRole('listitem').filter({ hasText: 'Alasan:' }).getByRole('link').click(); await expect(page.getByText('menunggu petugas kedua', { exact: false })).toBeVisible(); await settled(page); } },
  { name: 'bkd-kasus', path: '/bkd/#/pegawai?lihat=kasus', who: bkd },
  { name: 'bkd-kasus-putus', path: '/bkd/#/pegawai?lihat=kasus', who: bkd, then: press('Buka') },
  { name: 'bkd-penugasan', path: '/bkd/#/pegawai?lihat=penugasan', who: bkd },
  { name: 'bkd-penugasan-akhiri', path: '/bkd/#/pegawai?lihat=penugasan', who: bkd, then: press('Akhiri') },
  { name: 'bkd-jadwal', path: '/bkd/#/jadwal', who: bkd },
  { name: 'bkd-jadwal-susun', path: '/bkd/#/jadwal', who: bkd, then: press('Susun jadwal') },
  { name: 'bkd-jadwal-tata-cara', path: '/bkd/#/jadwal', who: bkd, then: press('Atur') },
  { name: 'bkd-jadwal-unit-perencana', path: '/bkd/#/jadwal', who: bkd, then: press('Tambah') },
  { name: 'jadwal-perencana', path: '/bkd/#/jadwal', who: officer, then: planner() },
  { name: 'jadwal-mengapa', path: '/bkd/#/jadwal', who: officer, then: planner(why) },
  { name: 'jadwal-uji-batas', path: '/bkd/#/jadwal', who: officer, then: planner(press('Uji batas')) },
  { name: 'jadwal-bandingkan', path: '/bkd/#/jadwal', who: officer, then: planner(press('Bandingkan')) },
  { name: 'jadwal-susun-ulang', path: '/bkd/#/jadwal', who: officer, then: planner(settings) },
  { name: 'jadwal-cetak', path: '/bkd/#/jadwal', who: officer, then: planner(press('Unduh dan cetak')) },
  { name: 'jadwal-riwayat', path: '/bkd/#/jadwal', who: officer, then: planner(press('Riwayat')) },
  { name: 'jadwal-tetapkan', path: '/bkd/#/jadwal', who: head, then: planner(press('Tetapkan')) },
  { name: 'jadwal-terbit', path: '/bkd/#/jadwal', who: head, then: issuedLetter },
  { name: 'pegawai-tukar-hari', path: '/pegawai/#/jadwal', who: home, then: press('Minta tukar hari') },
  { name: 'bkd-izin', path: '/bkd/#/izin', who: bkd },
  { name: 'bkd-izin-catat', path: '/bkd/#/izin', who: bkd, then: async page => { await press('Catat untuk pegawai')(page); await page.getByRole('button', { name: 'Catat', exact: true }).click(); await expect(page.getByText('Pilih pegawainya.')).toBeVisible(); } },
  { name: 'bkd-izin-satu', path: '/bkd/#/izin', who: bkd, then: press(/Cuti sakit/) },
  { name: 'bkd-surat', path: '/bkd/#/izin?lihat=surat', who: bkd },
  { name: 'bkd-surat-satu', path: '/bkd/#/izin?lihat=surat', who: bkd, then: press(/^Monitoring/) },
  { name: 'bkd-surat-baru', path: '/bkd/#/izin?lihat=surat', who: bkd, then: async page => { await press('Catat surat')(page); await page.getByRole('button', { name: 'Catat', exact: true }).click(); await expect(page.getByText('Isi nomor suratnya.')).toBeVisible(); } },
  { name: 'bkd-jenis', path: '/bkd/#/izin?lihat=jenis', who: bkd },
  { name: 'bkd-jenis-ganti', path: '/bkd/#/izin?lihat=jenis', who: bkd, then: press(/^Ganti aturan: Cuti tahunan/) },
  { name: 'bkd-sumber', path: '/bkd/#/presensi', who: bkd },
  { name: 'bkd-sumber-ubah', path: '/bkd/#/presensi', who: bkd, then: async page => { await page.getByRole('checkbox', { name: 'Dinas Sosial', exact: true }).check(); await page.getByRole('button', { name: 'Ubah sumber (1)' }).click(); await dialog(page); } },
  { name: 'bkd-selisih', path: '/bkd/#/presensi?lihat=selisih', who: bkd, then: async page => { await chooseAgency(page, 'Dinas Perpustakaan dan Kearsipan Daerah'); await settled(page); await page.getByRole('button', { name: 'Sel, 11 Nov' }).click(); await settled(page); } },
  { name: 'bkd-simpegnas', path: '/bkd/#/presensi?lihat=simpegnas', who: bkd, then: async page => { await expect(page.getByText('Hadir normal')).toBeVisible(); await settled(page); } },
  { name: 'bkd-simpegnas-kode', path: '/bkd/#/presensi?lihat=simpegnas', who: bkd, then: async page => { await settled(page); await press('Tambah kode')(page); } },
  { name: 'bkd-bukti', path: '/bkd/#/bukti', who: bkd },
  { name: 'bkd-rekap', path: '/bkd/#/rekap', who: bkd },
  { name: 'bkd-rekap-aturan', path: '/bkd/#/rekap?lihat=aturan', who: bkd },
  { name: 'bkd-rekap-kelas', path: '/bkd/#/rekap?lihat=aturan', who: bkd, then: press('Catat kelas atau batas baru') },
  { name: 'bkd-rekap-bentuk', path: '/bkd/#/rekap?lihat=aturan', who: bkd, then: press('Catat bentuk baru') },
  { name: 'bkd-naskah-sifat', path: '/bkd/#/rekap?lihat=aturan', who: bkd, then: async page => { await press('Catat sifat naskah')(page); await page.getByRole('dialog').getByRole('button', { name: 'Simpan' }).click(); await expect(page.getByRole('dialog').getByText('Wajib diisi.')).toBeVisible(); } },
  { name: 'bkd-jam', path: '/bkd/#/jam', who: bkd },
  { name: 'bkd-jam-pola', path: '/bkd/#/jam', who: bkd, then: press('Buat pola') },
  { name: 'bkd-jam-beri', path: '/bkd/#/jam', who: bkd, then: press('Beri pola') },
  { name: 'bkd-jam-hari-libur', path: '/bkd/#/jam', who: bkd, then: press('Catat hari libur') },
  { name: 'bkd-jam-ramadan', path: '/bkd/#/jam', who: bkd, then: press('Tetapkan Ramadan') },
  { name: 'bkd-jam-apel', path: '/bkd/#/jam', who: bkd, then: press('Panggil apel') },
  { name: 'bkd-jam-apel-jumlah', path: '/bkd/#/jam', who: bkd, then: press('Lihat kehadiran') },
  { name: 'bkd-jam-libur', path: '/bkd/#/jam', who: bkd, then: press('Catat libur semester') },
  { name: 'bkd-jam-fleksibel', path: '/bkd/#/jam', who: bkd, then: press('Beri kelonggaran') },
  { name: 'bkd-jam-akhiri', path: '/bkd/#/jam', who: bkd, then: press('Akhiri') },
  { name: 'bkd-sif-jenis', path: '/bkd/#/sif', who: bkd, then: press('Tambah jenis sif') },
  { name: 'kepala-ruangan-sif', path: '/bkd/#/sif', who: ward },
  { name: 'bkd-gangguan', path: '/bkd/#/gangguan', who: bkd },
  { name: 'bkd-gangguan-berita-acara', path: '/bkd/#/gangguan', who: bkd, then: press('Berita Acara') },
  { name: 'bkd-koreksi', path: '/bkd/#/koreksi', who: bkd },
  { name: 'bkd-kios', path: '/bkd/#/kios', who: bkd, then: equipped() },
  { name: 'bkd-kios-tambah', path: '/bkd/#/kios', who: bkd, then: equipped(async page => { await press('Tambah')(page); await page.getByRole('button', { name: 'Buat kode' }).click(); await expect(page.getByText('Isi nama tempatnya.')).toBeVisible(); }) },
  { name: 'bkd-kios-petugas', path: '/bkd/#/kios', who: bkd, then: equipped(press('Petugas jaga')) },
  { name: 'bkd-kios-akhiri', path: '/bkd/#/kios', who: bkd, then: equipped(press('Akhiri')) },
  { name: 'bkd-kios-jaringan', path: '/bkd/#/kios', who: bkd, then: equipped(async page => { await page.getByRole('button', { name: 'Tambah' }).nth(1).click(); await dialog(page); }) },
  { name: 'bkd-kios-kartu', path: '/bkd/#/kios', who: bkd, then: equipped(cards) },
  { name: 'bkd-kios-cetak', path: '/bkd/#/kios', who: bkd, then: equipped(async page => { await cards(page); await page.getByRole('checkbox').nth(1).check(); await press(/^Cetak kartu/)(page); }) },
  { name: 'atasan-tugas', path: '/atasan/#/tugas', who: boss },
  { name: 'atasan-tugas-kirim', path: '/atasan/#/tugas', who: boss, then: press('Kirim tugas') },
  { name: 'atasan-tugas-masuk', path: '/atasan/#/tugas?lihat=masuk', who: head, then: press(/^Rekap infrastruktur/) },
  { name: 'atasan-tugas-teruskan', path: '/atasan/#/tugas?lihat=masuk', who: head, then: async page => { await press(/^Rekap infrastruktur/)(page); await page.getByRole('dialog').getByRole('button', { name: 'Teruskan' }).click(); await expect(page.getByLabel('Untuk siapa')).toBeVisible(); } },
  { name: 'atasan-rapat', path: '/atasan/#/tugas?lihat=rapat', who: head, then: press('Undang rapat') },
  { name: 'atasan-rapat-diundang', path: '/atasan/#/tugas?lihat=rapat', who: head, then: async page => { await press('Undang rapat')(page); await page.getByLabel('Cari nama di unit yang Anda pimpin').fill('hani'); await page.getByRole('dialog').getByRole('button', { name: /^Hani/ }).first().click(); await page.getByRole('dialog').getByRole('button', { name: 'Tambah unit kerja' }).scrollIntoViewIfNeeded(); } },
  { name: 'atasan-periksa', path: '/atasan/#/tugas?lihat=periksa', who: boss, then: press(/^Draf surat edaran/) },
  { name: 'atasan-tunggakan', path: '/atasan/#/tugas?lihat=tunggakan', who: head },
  { name: 'atasan-tunggakan-buka', path: '/atasan/#/tugas?lihat=tunggakan', who: head, then: press(/^Bidang Pemeliharaan/) },
  { name: 'atasan-kios', path: '/atasan/#/kios', who: boss, then: equipped() },
  { name: 'bkd-kebijakan', path: '/bkd/#/kebijakan', who: bkd },
  { name: 'bkd-kebijakan-rencana', path: '/bkd/#/kebijakan', who: bkd, then: asksPlans },
  { name: 'bkd-kebijakan-baru', path: '/bkd/#/kebijakan', who: bkd, then: press('Catat kebijakan baru') },
  { name: 'bkd-kebijakan-mingguan', path: '/bkd/#/kebijakan', who: bkd, then: async page => { await press('Catat kebijakan baru')(page); const report = page.getByLabel('Laporan kerja'); await report.selectOption('weekly'); await report.scrollIntoViewIfNeeded(); } },
  { name: 'bkd-angka', path: '/bkd/#/kebijakan?lihat=angka', who: bkd },
  { name: 'bkd-angka-ubah', path: '/bkd/#/kebijakan?lihat=angka', who: bkd, then: refuseNumber },
  { name: 'bkd-angka-riwayat', path: '/bkd/#/kebijakan?lihat=angka', who: bkd, then: press('Riwayat Masa simpan titik lokasi') },
  { name: 'bkd-posisi', path: '/bkd/#/kebijakan?lihat=posisi', who: bkd, then: hold },
  { name: 'bkd-posisi-tahan', path: '/bkd/#/kebijakan?lihat=posisi', who: bkd, then: async page => { await press('Tahan bukti')(page); await page.getByRole('dialog').getByRole('button', { name: 'Tahan bukti' }).click(); await expect(page.getByText('Pilih pegawai.')).toBeVisible(); } },
  { name: 'bkd-impor', path: '/bkd/#/impor', who: bkd },
  { name: 'bkd-impor-salah', path: '/bkd/#/impor', who: bkd, then: check },
  { name: 'bkd-impor-skp', path: '/bkd/#/impor', who: bkd, then: lookAtPlans },
  { name: 'bkd-impor-pemetaan', path: '/bkd/#/impor', who: bkd, then: lookAt },
  { name: 'bkd-slip', path: '/bkd/#/pegawai', who: bkd, then: slips },
  { name: 'kepala-pegawai', path: '/bkd/#/pegawai', who: head, then: peopleOf(/^Dinas Bina Marga/) },
  { name: 'kepala-unit-pegawai', path: '/bkd/#/pegawai', who: boss, then: peopleOf(/^Bidang Pemeliharaan Jalan/) },
  { name: 'kepala-jadwal', path: '/bkd/#/jadwal', who: head },
  { name: 'kepala-unit-jadwal', path: '/bkd/#/jadwal', who: boss },
];

/** Opens a screen in the theme of the phone, for its visitor unless he is already signed in. */
export async function show(page: Page, app: App, screen: Screen, theme: 'light' | 'dark', isSignedIn = false) {
  await page.emulateMedia({ colorScheme: theme });
  if (screen.who && !isSignedIn) await app.as(screen.who(app));
  if (isSignedIn) { // the path alone would only change the hash of the page that is open
    await page.evaluate(path => history.replaceState(null, '', path), screen.path);
    await page.reload();
    await settled(page);
  } else await app.open(screen.path);
  await screen.then?.(page, app);
}
