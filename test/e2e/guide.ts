/* The pictures of docs/panduan-*.md, into LUWES_PICTURES/panduan; what is good goes to docs/pictures. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext, Locator, Page } from '@playwright/test';
import { type App, expect, settled, test } from './app';
import { askAbout } from './confirm';
import { punch } from '../http/server';
import { bkd, boss, check, clerk, dialog, head, home, lookAt, operator, person, press, screens, send, show, slips, ward, type Screen } from './screens';

const dir = join(process.env.LUWES_PICTURES ?? '', 'panduan');

interface Picture extends Omit<Screen, 'then'> { width: number; height: number; then?: (page: Page, app: App, context: BrowserContext) => Promise<void> }

const phone = { width: 390, height: 800 };
/** A screen that is looked at anyway. */
const same = (name: string): Omit<Screen, 'name'> => screens.find(s => s.name === name)!;
const letter = async (page: Page, from: string, to: string, number: string) => {
  const form = page.getByRole('dialog');
  await form.getByLabel('Nomor surat').fill(number);
  await form.getByLabel('Mulai').fill(from);
  await form.getByLabel('Sampai').fill(to);
  await form.getByRole('heading', { level: 2 }).click();
};

/* the address of the test's own server means nothing to a reader */
const hideAddress = (where: Locator) => where.evaluateAll(all => { for (const e of all) e.textContent = e.textContent!.replace(location.origin, 'https://luwes.contoh.go.id').replace(location.host, 'luwes.contoh.go.id'); });

const pictures: Picture[] = [
  { name: 'pegawai-presensi-masuk', path: '/pegawai/', who: home, ...phone },
  { name: 'pegawai-tanpa-sinyal', path: '/pegawai/', who: home, ...phone, then: async (page, _app, context) => {
    await context.setOffline(true);
    await page.getByRole('button', { name: /Presensi masuk/ }).click();
    await expect(page.getByText('Tersimpan di ponsel, belum terkirim')).toBeVisible();
  } },
  { name: 'pegawai-ponsel', path: '/pegawai/#/ponsel', who: home, ...phone },
  { ...same('pegawai-hari'), name: 'pegawai-hari', width: 390, height: 1100 },
  { ...same('pegawai-bukti-kantor'), name: 'pegawai-bukti-kantor', ...phone, then: async (page, app) => {
    await same('pegawai-bukti-kantor').then?.(page, app);
    await expect(page.locator('.toast')).toHaveCount(0);
  } },
  { ...same('petugas-ponsel-kode'), name: 'petugas-ponsel-kode', width: 820, height: 760, then: async (page, app) => {
    await same('petugas-ponsel-kode').then?.(page, app);
    await hideAddress(page.getByRole('dialog').locator('li'));
  } },
  { ...same('kios-layar'), name: 'kios-layar', width: 1100, height: 640 },
  { name: 'atasan-konfirmasi', path: '/atasan/#/konfirmasi', who: boss, width: 820, height: 760, then: async (page, app) => {
    await askAbout(app, 3, 2);
    await app.as(boss(app));
    await app.open('/atasan/#/konfirmasi');
    await expect(page.getByRole('listitem').first()).toBeVisible();
  } },
  { ...same('verifikasi-cocok'), name: 'verifikasi-cocok', width: 820, height: 1000 },
  { name: 'pegawai-laporan', path: '/pegawai/#/laporan', who: home, width: 390, height: 1010, then: async page => {
    await page.getByLabel('Apa yang dihasilkan?').fill('Menelaah 12 berkas permohonan izin: 9 disetujui, 3 diminta melengkapi gambar.');
    await page.getByLabel('Jumlah').fill('12');
    await page.getByLabel('Satuan').fill('berkas');
    await page.getByRole('heading', { level: 1 }).click();
  } },
  { ...same('pegawai-beranda-konfirmasi'), name: 'pegawai-konfirmasi-jadwal', width: 390, height: 900 },
  { ...same('pegawai-sasaran'), name: 'pegawai-sasaran', ...phone },
  { ...same('pegawai-rencana'), name: 'pegawai-rencana', ...phone },
  { ...same('pegawai-laporan-catatan'), name: 'pegawai-catatan-laporan', width: 390, height: 1240 },
  { ...same('atasan-tim-tanda'), name: 'atasan-tanda', width: 820, height: 760 },
  { ...same('atasan-tim-saran'), name: 'atasan-saran', width: 1000, height: 700 },
  { ...same('atasan-progres'), name: 'atasan-progres', width: 820, height: 700 },
  { ...same('atasan-rencana'), name: 'atasan-rencana', width: 1000, height: 760 },
  { ...same('pegawai-tugas-satu'), name: 'pegawai-tugas', ...phone },
  { ...same('pegawai-penilaian'), name: 'pegawai-penilaian', ...phone },
  { ...same('atasan-skp'), name: 'atasan-skp', width: 820, height: 860 },
  { ...same('atasan-tugas'), name: 'atasan-tugas', width: 820, height: 860 },
  { ...same('atasan-rapat'), name: 'atasan-rapat', width: 820, height: 760 },
  { ...same('atasan-kinerja'), name: 'atasan-kinerja', width: 1100, height: 760 },
  { ...same('bkd-kinerja'), name: 'bkd-kinerja', width: 1100, height: 860 },
  { ...same('periksa-berlaku'), name: 'periksa-surat', width: 820, height: 760 },
  { name: 'pegawai-tarik-kembali', path: '/pegawai/#/laporan', who: home, ...phone, then: async page => {
    await send(page);
    await expect(page.locator('.toast')).toHaveCount(0);
    await press('Tarik kembali')(page);
  } },
  { name: 'pegawai-mengapa', path: '/pegawai/#/jadwal', who: home, ...phone, then: press(/^Kamis, 13 November/) },
  { name: 'pegawai-izin', path: '/pegawai/#/izin', who: home, width: 390, height: 900, then: async page => {
    await press('Ajukan izin atau cuti')(page);
    const form = page.getByRole('dialog');
    await form.getByLabel('Jenis').selectOption('annual_leave');
    await form.getByRole('heading', { level: 2 }).click();
  } },
  { ...same('pegawai-koreksi'), name: 'pegawai-koreksi', width: 390, height: 900 },
  { name: 'atasan-izin', path: '/atasan/#/izin', who: boss, width: 820, height: 760, then: press(/Cuti tahunan/) },
  { name: 'atasan-koreksi', path: '/atasan/#/koreksi', who: boss, width: 900, height: 860, then: press(/Rapat sampai sore/) },
  { name: 'atasan-rekap', path: '/atasan/#/rekap', who: boss, width: 1100, height: 760 },
  { name: 'petugas-daftar-hadir', path: '/bkd/#/daftar-hadir', who: clerk, width: 900, height: 860, then: press('Masukkan daftar hadir') },
  { name: 'bkd-pindah', path: '/bkd/#/pegawai', who: bkd, width: 900, height: 860, then: person(press('Pindah tugas')) },
  { ...same('bkd-kasus-putus'), name: 'bkd-kasus', width: 900, height: 760 },
  { ...same('bkd-selisih'), name: 'bkd-selisih', width: 1100, height: 760 },
  { name: 'bkd-gangguan', path: '/bkd/#/gangguan', who: operator, width: 900, height: 760, then: press('Catat gangguan') },
  { name: 'atasan-tim', path: '/atasan/', who: boss, width: 820, height: 830, then: async (page, app) => {
    const c = await app.server.client().signIn(home(app));
    await c.post('/api/v1/attendance/punches', { events: [punch('in', new Date('2025-11-13T00:19:30Z'))] });
    await page.reload();
    await expect(page.getByText('masuk 07.19')).toBeVisible();
  } },
  { name: 'atasan-kembalikan', path: '/atasan/', who: boss, width: 820, height: 700, then: async page => {
    await press('Buka')(page);
    await page.getByRole('dialog').getByRole('button', { name: 'Kembalikan' }).click();
    await page.getByLabel('Alasan pengembalian').fill('Sebutkan nomor surat dan kepada siapa konsepnya dikirim.');
  } },
  { name: 'atasan-papan-unit', path: '/atasan/#/unit', who: head, width: 900, height: 700 },
  { name: 'atasan-delegasi', path: '/atasan/#/delegasi', who: boss, width: 820, height: 760, then: async page => {
    await press('Delegasikan')(page);
    await page.getByRole('dialog').getByLabel('Penerima').selectOption({ index: 1 });
    await letter(page, '2025-11-17', '2025-11-21', '800/214-DBMPR/2025');
  } },
  { name: 'bkd-papan', path: '/bkd/', who: bkd, width: 900, height: 600 },
  { name: 'bkd-kebijakan', path: '/bkd/#/kebijakan', who: bkd, width: 900, height: 860, then: press('Catat kebijakan baru') },
  { name: 'bkd-jadwal', path: '/bkd/#/jadwal', who: bkd, width: 1100, height: 640 },
  { ...same('jadwal-perencana'), name: 'jadwal-perencana', width: 1440, height: 900 },
  { ...same('jadwal-uji-batas'), name: 'jadwal-uji-batas', width: 1100, height: 760 },
  { ...same('jadwal-tetapkan'), name: 'jadwal-tetapkan', width: 1100, height: 760 },
  { name: 'pegawai-tukar-hari', path: '/pegawai/#/jadwal', who: home, ...phone, then: async page => {
    await press('Minta tukar hari')(page);
    const form = page.getByRole('dialog'), given = form.getByLabel('Hari WFH yang saya berikan'), whom = form.getByLabel('Ditukar dengan');
    /* the first day that a colleague can take */
    for (let day = 1; await whom.count() === 0; day++) {
      await given.selectOption({ index: day });
      await expect(whom.or(form.getByText(/^Tidak ada rekan/))).toBeVisible();
    }
    await whom.selectOption({ index: 1 });
  } },
  { name: 'bkd-jam', path: '/bkd/#/jam', who: bkd, width: 1100, height: 900 },
  { name: 'bkd-sif', path: '/bkd/#/sif', who: ward, width: 1300, height: 760 },
  { name: 'bkd-impor', path: '/bkd/#/impor', who: bkd, width: 900, height: 860, then: check },
  { name: 'bkd-impor-pemetaan', path: '/bkd/#/impor', who: bkd, width: 900, height: 1100, then: lookAt },
  { name: 'bkd-slip', path: '/bkd/#/pegawai', who: bkd, width: 900, height: 660, then: async page => {
    await slips(page);
    await hideAddress(page.locator('.slip .xs'));
  } },
  { name: 'bkd-orang', path: '/bkd/#/pegawai', who: bkd, width: 1100, height: 760, then: person(async page => {
    await press('Catat status')(page);
    await letter(page, '2025-11-17', '2025-11-18', '851/93-BKD/2025');
    await page.getByRole('button', { name: 'Catat', exact: true }).click();
    await expect(page.getByRole('listitem').filter({ hasText: '851/93-BKD/2025' })).toBeVisible();
    await expect(page.locator('.toast')).toHaveCount(0);
  }) },
  { name: 'bkd-plh', path: '/bkd/#/pegawai', who: bkd, width: 900, height: 860, then: async (page, app) => {
    const c = await app.server.client().signIn(bkd(app)), { agency } = (await c.get('/api/v1/me')).body.unit;
    const [away] = (await c.get(`/api/v1/org/units/${agency}/employees?limit=1`)).body.items;
    await person(press('Tunjuk Plt./Plh.'), 1)(page);
    await page.getByRole('dialog').getByLabel('Pejabat yang digantikan').fill(away.nip);
    await page.getByRole('dialog').getByRole('button', { name: away.full_name }).click();
    await letter(page, '2025-11-17', '2025-11-21', '821/77-BKD/2025');
  } },
  { name: 'bkd-status', path: '/bkd/#/pegawai', who: bkd, width: 900, height: 640, then: person(async page => {
    await press('Catat status')(page);
    await page.getByRole('dialog').getByLabel('Jenis').selectOption('outside_duty');
    await letter(page, '2025-11-17', '2025-11-19', '090/412-BKD/2025');
  }) },
  { name: 'bkd-penugasan', path: '/bkd/#/pegawai?lihat=penugasan', who: bkd, width: 900, height: 560 },
];

for (const { width, height, then, ...screen } of pictures)
  test(`panduan ${screen.name}`, async ({ page, app, context }) => {
    mkdirSync(dir, { recursive: true });
    await page.setViewportSize({ width, height });
    await show(page, app, screen, 'light');
    await then?.(page, app, context);
    await settled(page);
    if (await page.getByRole('dialog').count()) await dialog(page);
    await page.screenshot({ path: join(dir, `${screen.name}.png`), animations: 'disabled' });
  });
