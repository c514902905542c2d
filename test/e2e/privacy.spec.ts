/* Told before asked, one's own copy, who looked; the numbers and holds of the personnel board. */
import { readFileSync } from 'node:fs';
import { employeeLogin, expect, loginOf, settled, test } from './app';
import { hold, press } from './screens';

test('the notice is read once, noted at the server, and one has a copy of everything', async ({ page, app }) => {
  const worker = await app.as(employeeLogin(app.all, 'counter')), { employee, full_name } = (await worker.get('/api/v1/me')).body;
  await app.open('/pegawai/');
  await page.getByRole('button', { name: /Presensi masuk/ }).click();
  const notice = page.getByRole('dialog');
  await expect(notice.getByText('Pengendali datanya Pemerintah Daerah Provinsi Jawa Barat.')).toBeVisible();
  await expect(notice.getByText(/selama 45 hari, lalu dihapus/)).toBeVisible();
  expect((await worker.get('/api/v1/me/privacy')).body).not.toHaveProperty('shown_version');
  await notice.getByRole('button', { name: 'Mengerti, lanjutkan' }).click();
  await expect(page.getByRole('button', { name: /Presensi pulang/ })).toBeVisible();
  await expect.poll(async () => (await worker.get('/api/v1/me/privacy')).body.shown_version).toBe(1);
  await expect.poll(async () => (await worker.get('/api/v1/me/punches')).body.items.length).toBeGreaterThan(0);

  /* his superior and the board look at his day, and a case holds it */
  const board = await app.server.client().signIn(loginOf(app.all, 'bkd'));
  expect((await board.get(`/api/v1/attendance/days/${employee}/2025-11-13`)).status).toBe(200);
  expect((await board.post('/api/v1/attendance/holds', { employee, first_day: '2025-11-12', last_day: '2025-11-13', reason: 'Keberatan pegawai sedang diperiksa.', letter: '700/9/2025' })).status).toBe(200);
  const officer = (await board.get('/api/v1/me')).body.full_name;

  await app.open('/pegawai/#/lainnya');
  await page.getByRole('link', { name: 'Privasi dan data saya' }).click();
  await settled(page);
  await expect(page.getByText('Pemberitahuan ini pertama kali Anda baca pada 13 November 2025.')).toBeVisible();
  await expect(page.getByText(`Ditetapkan oleh ${officer} pada 13 November 2025 dengan surat 700/9/2025.`)).toBeVisible();
  const seen = page.getByRole('listitem').filter({ hasText: 'Rincian hari presensi' });
  await expect(seen.first()).toContainText(officer);

  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Unduh JSON' }).click();
  const file = await saving, copy = JSON.parse(readFileSync(await file.path(), 'utf8'));
  expect(file.suggestedFilename()).toBe('data-saya-2025-11.json');
  expect(copy.employee).toMatchObject({ id: employee, full_name });
  expect(copy.punches.items.at(-1)).toMatchObject({ direction: 'in', latitude_e7: -69024810 });
  expect(copy.days.items.length).toBeGreaterThan(5);
  expect(copy.privacy.holds).toHaveLength(1);
  expect(copy.accesses.items[0]).toMatchObject({ seen_by: officer, what: 'day' });
});

test('a number changes from tomorrow on, with its basis, and says so', async ({ page, app }) => {
  await app.as(loginOf(app.all, 'bkd'));
  await app.open('/bkd/#/kebijakan?lihat=angka');
  const item = page.getByRole('listitem').filter({ hasText: 'Masa simpan titik lokasi' });
  await expect(item).toContainText('45 hari');
  await expect(item).toContainText('Contoh');
  await press('Ubah Masa simpan titik lokasi')(page);
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Angka (hari)').fill('61');
  await dialog.getByRole('button', { name: 'Simpan' }).click();
  await expect(dialog.getByText('Antara 1 dan 60.')).toBeVisible();
  await dialog.getByLabel('Angka (hari)').fill('30');
  await dialog.getByLabel('Dasar').fill('SE 800/77/BKD/2025');
  await dialog.getByLabel('Diperiksa oleh').fill('Biro Hukum');
  await dialog.getByRole('button', { name: 'Simpan' }).click();
  await expect(item).toContainText('mulai 14 November 2025: 30 hari');
  await expect(item).toContainText('45 hari');
  await press('Riwayat Masa simpan titik lokasi')(page);
  await expect(page.getByRole('dialog')).toContainText('berlaku mulai 14 November 2025');
  await expect(page.getByRole('dialog')).toContainText('Dasar: SE 800/77/BKD/2025, diperiksa oleh Biro Hukum');
});

test('who may not set numbers reads them, and sees no holds', async ({ page, app }) => {
  await app.as(loginOf(app.all, 'agency_officer'));
  await app.open('/bkd/#/kebijakan?lihat=angka');
  await expect(page.getByRole('button', { name: /^Riwayat Mulai perlu dipastikan/ })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Ubah / })).toHaveCount(0);
  await expect(page.getByRole('link', { name: 'Posisi dan penahanan' })).toHaveCount(0);
});

test('a hold is set and lifted with a reason', async ({ page, app }) => {
  await app.as(loginOf(app.all, 'inspector'));
  await app.open('/bkd/#/kebijakan?lihat=posisi');
  await hold(page);
  const held = page.getByRole('listitem').filter({ hasText: '700/41/ITPROV/2025' });
  await held.getByRole('button', { name: 'Cabut' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Cabut' }).click();
  await expect(dialog.locator('.err')).toBeVisible();
  await dialog.getByLabel('Alasan').fill('Pemeriksaan telah selesai.');
  await dialog.getByRole('button', { name: 'Cabut' }).click();
  await expect(held).toContainText('Dicabut oleh');
  await expect(held.getByRole('button', { name: 'Cabut' })).toHaveCount(0);
});
