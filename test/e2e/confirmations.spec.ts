/* A superior clears the day's confirmations, the employee explains and objects, the board sees units and rules. */
import { employeeLogin, expect, loginOf, settled, test } from './app';
import { askAbout } from './confirm';
import { within } from './reach';

const PLAIN = 12;

test('a superior clears the day: twelve in one gesture, one by itself, one not right', async ({ page, app }) => {
  await askAbout(app, PLAIN, 2);
  const boss = await app.as(loginOf(app.all, 'supervisor'));
  await app.open('/atasan/');
  await expect(page.getByText(`${PLAIN + 2} presensi menunggu konfirmasi`)).toBeVisible();
  await page.getByRole('link', { name: 'Rincian' }).click();
  await expect(page.getByRole('heading', { name: 'Perlu dilihat (2)' })).toBeVisible();
  await expect(page.getByRole('heading', { name: `Tampak wajar (${PLAIN})` })).toBeVisible();
  await within(page, 'confirmations');
  await page.getByRole('button', { name: `Konfirmasi semua (${PLAIN})` }).click();
  await expect(page.getByText(`${PLAIN} presensi dikonfirmasi.`)).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Tampak wajar' })).toHaveCount(0);

  /* what a mark means and does not mean stands beside it */
  const first = page.getByRole('listitem').filter({ hasText: 'Masuk 07.00' });
  await expect(first.getByText('Waktu belum terbukti')).toBeVisible();
  await first.getByRole('button', { name: 'Apa artinya?' }).click();
  await expect(page.getByRole('dialog').getByText('Tidak berarti jamnya salah; hanya belum dapat dibuktikan.')).toBeVisible();
  await within(page, 'what a mark means');
  await page.getByRole('dialog').getByRole('button', { name: 'Konfirmasi', exact: true }).click();
  await expect(page.getByText('Presensi dikonfirmasi.')).toBeVisible();
  await expect(first).toHaveCount(0);
  await expect(page.getByRole('dialog')).toHaveCount(0);

  /* a denial needs its reason and what follows, and neither is chosen for him */
  await page.getByRole('button', { name: 'Tidak benar' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Simpan keputusan' }).click();
  await expect(dialog.getByText('Pilih akibatnya.')).toBeVisible();
  await within(page, 'a denial');
  await dialog.getByLabel('Tidak dihitung sama sekali').check();
  await dialog.getByLabel('Alasan').fill('Pada jam itu belum ada di ruangan.');
  await dialog.getByRole('button', { name: 'Simpan keputusan' }).click();
  await expect(page.getByText('Keputusan dicatat; pegawai dapat membacanya.')).toBeVisible();
  await expect(page.getByText('Tidak ada presensi yang menunggu konfirmasi Anda.')).toBeVisible();
  expect((await boss.get('/api/v1/attendance/confirmations/waiting')).body.items).toEqual([]);
});

test('the employee reads why, explains before the decision, and objects after it', async ({ page, app }) => {
  await askAbout(app, 0, 1);
  await app.as(employeeLogin(app.all, 'home'));
  await app.open('/pegawai/#/konfirmasi');
  await expect(page.getByText('Menunggu atasan')).toBeVisible();
  await page.getByRole('button', { name: 'Beri penjelasan' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Penjelasan Anda' }).fill('singkat');
  await dialog.getByRole('button', { name: 'Simpan' }).click();
  await expect(dialog.locator('[aria-invalid=true]')).toBeVisible();
  await dialog.getByRole('textbox', { name: 'Penjelasan Anda' }).fill('Ponsel baru dinyalakan; Pak Ujang melihat saya.');
  await dialog.getByRole('button', { name: 'Simpan' }).click();
  await expect(page.getByText('Penjelasan tersimpan; atasan membacanya sebelum memutuskan.')).toBeVisible();

  const boss = await app.server.client().signIn(loginOf(app.all, 'supervisor')), [c] = (await boss.get('/api/v1/attendance/confirmations/waiting')).body.items;
  expect(c.explanation).toBe('Ponsel baru dinyalakan; Pak Ujang melihat saya.');
  expect((await boss.post(`/api/v1/attendance/confirmations/${c.id}/deny`, { version: c.version, consequence: 'not_counted', reason: 'Pada jam itu belum ada di ruangan.' })).status).toBe(204);
  await page.reload();
  await settled(page);
  await expect(page.getByText('Pada jam itu belum ada di ruangan.')).toBeVisible();
  await page.getByRole('link', { name: 'Ajukan keberatan' }).click();
  await expect(page.getByLabel('Apa yang perlu dibetulkan?')).toHaveValue('confirm');
  await expect(page.getByLabel('Catatan yang mana?')).toHaveValue(c.punch);
  await page.getByLabel('Ceritakan singkat').fill('Saya sudah di gerbang, ada saksi.');
  await page.getByRole('button', { name: 'Kirim koreksi' }).click();
  await expect(page.getByText('Koreksi terkirim. Atasan Anda yang memutuskan.')).toBeVisible();
});

test('the board sees what became of it by unit, and every rule', async ({ page, app }) => {
  await askAbout(app, 11, 0);
  await app.as(loginOf(app.all, 'bkd'));
  await app.open('/bkd/#/bukti');
  const units = page.getByRole('table').first();
  await expect(units.getByRole('row')).toHaveCount(2);
  await expect(units.getByRole('cell', { name: 'kurang dari sepuluh orang' })).toBeVisible(); /* eleven events of one person */
  await units.getByRole('button').first().click();
  await settled(page);
  await expect(page.getByRole('navigation', { name: 'Unit' })).toBeVisible();
  await expect(page.getByRole('row', { name: /Nomor urut kembar/ })).toContainText('belum cukup');
});
