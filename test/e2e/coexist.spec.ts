/* A parallel run of an agency in the browser: from the letter, over the machine's file, to the list of differences. */
import { expect, loginOf, settled, test } from './app';

test.use({ viewport: { width: 1440, height: 900 } });

test('a parallel run: the letter, the file of the machine, what differs', async ({ page, app }) => {
  const bkd = await app.as(loginOf(app.all, 'bkd'));
  const dinas = (await bkd.get('/api/v1/attendance/sources')).body.items.find((a: { code: string }) => a.code === 'DLH');
  const people = (await bkd.get(`/api/v1/org/units/${dinas.agency}/employees`)).body.items as { nip: string; full_name: string }[];

  await app.open('/bkd/#/presensi');
  await page.getByLabel('Saring nama').fill('lingkungan');
  await page.getByRole('checkbox', { name: 'Dinas Lingkungan Hidup' }).check();
  await page.getByRole('button', { name: 'Ubah sumber (1)' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Memakai').selectOption({ label: 'Berjalan paralel' });
  await dialog.getByLabel('Sistem lain').selectOption({ label: 'Mesin sidik jari' });
  await dialog.getByLabel('Nomor surat').fill('800.1.11/2001/BKD/2025');
  await dialog.getByLabel('Mulai tanggal').fill('2025-09-01');
  await dialog.getByRole('button', { name: 'Tetapkan' }).click();
  await expect(dialog).toContainText('paling jauh 31 hari ke belakang');
  await dialog.getByLabel('Mulai tanggal').fill('2025-11-10');
  await dialog.getByRole('button', { name: 'Tetapkan' }).click();
  await expect(page.getByText('Sumber presensi ditetapkan.')).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: 'Dinas Lingkungan Hidup' }).first()).toContainText('Berjalan paralel (Mesin sidik jari)');

  await app.open('/bkd/#/impor');
  await page.getByLabel('Jenis data').selectOption({ label: 'Presensi dari mesin atau aplikasi lain' });
  const file = ['nip;tanggal;masuk;pulang;mesin', ...people.map(p => `${p.nip};2025-11-12;05:30;19:40;Sidik jari lobi`)].join('\r\n');
  const send = async () => {
    await page.locator('input[type=file]').setInputFiles({ name: 'mesin-12-november.csv', mimeType: 'text/csv', buffer: Buffer.from(file) });
    await page.getByRole('button', { name: 'Periksa dulu' }).click();
    await expect(page.getByText('Diperiksa, belum diterapkan').first()).toBeVisible();
  };
  await send();
  await expect(page.getByText(`${people.length * 2} baru, 0 berubah, 0 tetap`).first()).toBeVisible();
  await page.getByRole('button', { name: 'Terapkan' }).click();
  await expect(page.getByText('Diterapkan').first()).toBeVisible();
  await send();
  await expect(page.getByText(`0 baru, 0 berubah, ${people.length * 2} tetap`).first()).toBeVisible();

  await app.open('/bkd/#/presensi?lihat=selisih');
  await page.getByLabel('Perangkat daerah').selectOption({ label: 'Dinas Lingkungan Hidup' });
  await settled(page);
  const row = page.getByRole('row', { name: new RegExp('jam masuk berbeda') }).first();
  await expect(row).toContainText('05.30 / 19.40');
  await row.getByRole('button').click();
  await expect(page.getByRole('dialog')).toContainText('dari Sidik jari lobi');
});

test('who does not use Luwes yet is told so, and is nobody\'s absence', async ({ page, app }) => {
  await app.as(loginOf(app.all, 'bkd'));
  await app.open('/bkd/');
  const tile = page.locator('a.tile', { hasText: 'Badan Penghubung' });
  await expect(tile).toContainText('Belum memakai Luwes');
  await expect(tile).toContainText('Tidak dihitung di angka mana pun');
  await expect(page.locator('a.tile', { hasText: 'Dinas Kehutanan' })).toContainText('Presensi dari K-Mob, lewat impor');
});
