/* A school's ordinary day: a teacher confirms it with one tap without a signal, and her superior clears the confirmed ones in one gesture. */
import { employeeLogin, expect, loginOf, settled, test } from './app';
import { headOf, TODAY } from '../http/server';

test('confirms a day by its schedule without a signal, and the head verifies it with the others', async ({ page, context, app }) => {
  const login = employeeLogin(app.all, 'teacher'), c = await app.server.client().signIn(login), bkd = await app.server.client().signIn(loginOf(app.all, 'bkd')), me = (await c.get('/api/v1/me')).body;
  const report = async () => (await c.get(`/api/v1/reports/daily?day=${TODAY}`)).body;
  await app.as(login);
  await app.open('/pegawai/');
  await expect(page.getByText('Hari ini cukup dikonfirmasi.')).toBeVisible();
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await context.setOffline(true);
  await page.reload();
  await page.getByRole('button', { name: 'Sesuai jadwal' }).click();
  await expect(page.getByText('Belum terkirim', { exact: true })).toBeVisible();
  expect((await report()).state).toBe('none');
  await context.setOffline(false);
  await expect(page.getByText('Menunggu verifikasi').first()).toBeVisible();
  expect(await report()).toMatchObject({ state: 'submitted', is_confirmed: true });
  await page.getByRole('link', { name: 'Lihat laporan' }).click();
  await expect(page.getByText('Melaksanakan pembelajaran sesuai jadwal mengajar')).toBeVisible();
  await expect(page.getByText('Sesuai jadwal', { exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Tarik kembali' })).toBeVisible();
  const [site] = (await c.get('/api/v1/me/today')).body.sites;
  await context.setGeolocation({ latitude: site.lat_e7 / 1e7, longitude: site.lon_e7 / 1e7, accuracy: 12 });
  await page.goto(`${app.server.url}/pegawai/#/`);
  await page.getByRole('button', { name: /Presensi masuk/ }).click();
  await page.getByRole('button', { name: 'Mengerti, lanjutkan' }).click();
  await expect(page.getByText(/Bekerja sejak/)).toBeVisible();
  await expect.poll(async () => (await c.get(`/api/v1/attendance/days/${me.employee}/${TODAY}`)).body.punches.length).toBe(1);

  const people = (await bkd.get(`/api/v1/org/units/${me.unit.id}/employees?limit=200`)).body.items.map((p: any) => ({ employee: p.id, nip: p.nip })), head = await headOf(bkd, people, login.password);
  await app.as(head);
  await app.open('/atasan/');
  await settled(page);
  const queue = page.locator('section', { has: page.getByRole('heading', { name: 'Perlu diverifikasi' }) });
  await expect(queue.getByText(/^\d+ laporan dikonfirmasi sesuai jadwal, tanpa catatan$/)).toBeVisible();
  await expect(queue.getByLabel(`Pilih laporan ${me.name}`)).toHaveCount(0);
  await queue.getByRole('button', { name: 'Lihat satu per satu' }).click();
  await expect(queue.getByRole('listitem').filter({ hasText: me.name }).filter({ hasText: 'Kamis, 13 November 2025' })).toBeVisible();
  await queue.getByRole('button', { name: /^Verifikasi \d+ laporan tanpa catatan$/ }).click();
  await expect(page.getByText(/^\d+ laporan diverifikasi\.$/)).toBeVisible();
  await expect.poll(async () => (await report()).state).toBe('verified');
  await expect(queue.getByText(/dikonfirmasi sesuai jadwal/)).toHaveCount(0);
});

test('keeps a template from what was written, and starts the next report from it', async ({ page, app }) => {
  await app.as(employeeLogin(app.all, 'counter'));
  await app.open('/pegawai/#/laporan');
  await page.getByLabel('Apa yang dihasilkan?').fill('Melayani permohonan di loket pelayanan.');
  await page.getByLabel('Jumlah').fill('25');
  await page.getByLabel('Satuan').fill('layanan');
  await page.getByRole('button', { name: 'Simpan sebagai templat' }).click();
  await page.getByLabel('Nama templat').fill('Hari loket');
  await page.getByRole('button', { name: 'Simpan', exact: true }).click();
  await expect(page.getByText('Templat tersimpan.')).toBeVisible();

  await page.goto(`${app.server.url}/pegawai/#/laporan?hari=2025-11-12`);
  await settled(page);
  await page.getByRole('button', { name: 'Dari templat' }).click();
  await page.getByRole('button', { name: 'Pakai templat Hari loket' }).click();
  await expect(page.getByLabel('Apa yang dihasilkan?').first()).toHaveValue('Melayani permohonan di loket pelayanan.');
  await expect(page.getByLabel('Jumlah').first()).toHaveValue('25');
  await page.getByRole('button', { name: 'Dari templat' }).click();
  await page.getByRole('button', { name: 'Hapus templat Hari loket' }).click();
  await expect(page.getByText('Templat dihapus.')).toBeVisible();
});
