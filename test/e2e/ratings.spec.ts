/* A whole quarter: feedback both ways, the rating with the evidence beside, the objection, the decision above, and what is final. */
import { employeeLogin, expect, loginOf, settled, test } from './app';
import { within } from './reach';
import { superiorOf } from '../http/server';

test.use({ clock: '2026-01-05T09:00+07:00' });

const NOTES = ['Berorientasi pelayanan', 'Akuntabel', 'Kompeten', 'Harmonis', 'Loyal', 'Adaptif', 'Kolaboratif'];

test('from a question in the quarter to the final rating', async ({ page, app }) => {
  const password = app.all[0]!.password, bkd = await app.server.client().signIn(loginOf(app.all, 'bkd'));
  const worker = await app.as(employeeLogin(app.all, 'home')), me = (await worker.get('/api/v1/me')).body;
  const boss = (await superiorOf(bkd, me.employee, password))!, above = (await superiorOf(bkd, boss.employee, password))!;

  /* the person asks */
  await app.open('/pegawai/#/penilaian');
  await expect(page.getByText('Belum ada penilaian yang disampaikan kepada Anda.')).toBeVisible();
  await page.getByRole('button', { name: 'Minta umpan balik' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Kirim' }).click();
  await expect(page.getByRole('dialog').locator('[aria-invalid=true]')).toBeVisible();
  await page.getByRole('dialog').getByRole('textbox').fill('Apakah telaahan Desember sudah sesuai?');
  await page.getByRole('dialog').getByRole('button', { name: 'Kirim' }).click();
  await expect(page.getByText('Apakah telaahan Desember sudah sesuai?')).toBeVisible();
  await within(page, 'own feedback');

  /* the superior answers; the question is of this quarter, so it is there */
  await app.as(boss);
  await app.open('/atasan/#/penilaian');
  await page.getByLabel('Periode').selectOption('quarterly/2026-01-01');
  await settled(page);
  await expect(page.getByText(/Periode ini berakhir 31 Maret 2026/)).toBeVisible();
  await page.getByRole('button', { name: new RegExp(me.full_name.split(',')[0]) }).click();
  await settled(page);
  await page.getByRole('listitem').filter({ hasText: 'Apakah telaahan Desember' }).getByRole('button', { name: 'Jawab' }).click();
  await page.getByRole('dialog').getByRole('textbox').fill('Sudah; lampirkan datanya.');
  await page.getByRole('dialog').getByRole('button', { name: 'Kirim' }).click();
  await expect(page.getByText('Sudah; lampirkan datanya.')).toBeVisible();

  /* ... and rates the quarter that is over, with what it left beside */
  await page.getByRole('button', { name: /Umpan balik & penilaian tim/ }).click();
  await page.getByLabel('Periode').selectOption('quarterly/2025-10-01');
  await settled(page);
  await page.getByRole('button', { name: new RegExp(me.full_name.split(',')[0]) }).click();
  await settled(page);
  await expect(page.getByRole('heading', { name: 'Yang tercatat pada periode ini' })).toBeVisible();
  await expect(page.getByText('Laporan terverifikasi')).toBeVisible();
  await expect(page.getByText('Verifikasi berkas mutasi rapi; pertahankan urutannya.')).toBeVisible();
  await page.getByLabel('Hasil kerja').selectOption('below');
  await page.getByLabel('Perilaku kerja').selectOption('as');
  await expect(page.getByText('Predikat: Butuh perbaikan').first()).toBeVisible();
  await page.getByRole('button', { name: 'Sampaikan ke pegawai' }).click();
  await expect(page.locator('[aria-invalid=true]')).toHaveCount(8);
  await within(page, 'the form');
  await page.getByLabel('Alasan yang di bawah ekspektasi').fill('Dua laporan disampaikan terlambat.');
  for (const n of NOTES) await page.getByLabel(n, { exact: true }).fill('Terlihat dalam pekerjaan.');
  await page.getByRole('button', { name: 'Sampaikan ke pegawai' }).click();
  await expect(page.getByRole('dialog').getByText(/berkeberatan selama 14 hari/)).toBeVisible();
  await page.getByRole('dialog').getByRole('button', { name: 'Sampaikan ke pegawai' }).click();
  await expect(page.getByText('Penilaian disampaikan.')).toBeVisible();
  await expect(page.getByText('Disampaikan', { exact: true })).toBeVisible();

  /* the person reads all of it and objects */
  await app.as(employeeLogin(app.all, 'home'));
  await app.open('/pegawai/#/penilaian');
  await expect(page.getByText('Butuh perbaikan')).toBeVisible();
  await expect(page.getByText('Dua laporan disampaikan terlambat.')).toBeVisible();
  await expect(page.getByText(/Keberatan dapat diajukan sampai 19 Januari 2026/)).toBeVisible();
  await page.getByRole('button', { name: 'Ajukan keberatan' }).click();
  await page.getByRole('dialog').getByRole('textbox').fill('Keduanya menunggu data dari bidang lain.');
  await page.getByRole('dialog').getByRole('button', { name: 'Ajukan keberatan' }).click();
  await expect(page.getByText('Keberatan diajukan', { exact: true })).toBeVisible();
  await within(page, 'an objection');

  /* the superior's superior decides */
  await app.as(above);
  await app.open('/atasan/#/penilaian');
  await page.getByRole('button', { name: new RegExp(me.full_name.split(',')[0]) }).filter({ hasText: 'Keberatan diajukan' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('Keduanya menunggu data dari bidang lain.')).toBeVisible();
  await dialog.getByLabel('Hasil kerja').selectOption('as');
  await dialog.getByRole('button', { name: 'Putuskan' }).click();
  await expect(dialog.locator('[aria-invalid=true]')).toBeVisible();
  await dialog.getByLabel('Pertimbangan putusan').fill('Keterlambatan bukan karena pegawai.');
  await within(page, 'a decision');
  await dialog.getByRole('button', { name: 'Putuskan' }).click();
  await expect(page.getByText('Keberatan diputus; penilaian final.')).toBeVisible();

  /* final, and his to prove */
  await app.as(employeeLogin(app.all, 'home'));
  await app.open('/pegawai/#/penilaian');
  await expect(page.getByText('Final: keberatan diputus, penilaian diubah')).toBeVisible();
  await expect(page.getByText('Semula disampaikan: Butuh perbaikan')).toBeVisible();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Unduh bukti penilaian final' }).click();
  expect((await download).suggestedFilename()).toBe('penilaian-2025-10.json');
});

test('the board enters a result and sees how predicates are spread', async ({ page, app }) => {
  await app.as(loginOf(app.all, 'bkd'));
  await app.open('/bkd/#/penilaian');
  await page.getByLabel('Periode').selectOption('quarterly/2025-07-01');
  await settled(page);
  await expect(page.getByRole('columnheader', { name: 'Sangat baik' }).first()).toBeVisible();
  const first = page.getByRole('button', { name: /^Ubah: / }).first(), agency = (await first.getAttribute('aria-label'))!.slice(6);
  await first.click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox').selectOption('excellent');
  await dialog.getByRole('button', { name: 'Simpan' }).click();
  await expect(page.getByText('Capaian organisasi dicatat.')).toBeVisible();
  await expect(page.getByRole('row', { name: agency }).getByText('Istimewa')).toBeVisible();
  await within(page, 'spread');
});
