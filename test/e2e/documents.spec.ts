/*
 * A paper is issued from where it is printed, and whoever holds it checks it: by its code, and by its file, which stays
 * on the device.
 */
import { readFileSync } from 'node:fs';
import { expect, loginOf, settled, test, type App } from './app';

/** A roster that the head of the agency set, in the browser of its officer's head. */
async function setRoster(app: App): Promise<{ version: string }> {
  const head = await app.as(loginOf(app.all, 'agency_head')), bkd = await app.server.client().signIn(loginOf(app.all, 'bkd'));
  const unit = (await head.get('/api/v1/me')).body.unit.agency;
  const made = await bkd.post('/api/v1/roster/versions', { unit, period_from: '2025-12-15', period_to: '2025-12-31' });
  expect(made.status, made.text).toBe(200);
  const { version } = (await head.get(`/api/v1/roster/versions/${made.body.id}/sheet`)).body;
  expect((await head.post(`/api/v1/roster/versions/${made.body.id}/set`, { revision: version.revision })).status).toBe(200);
  return { version: made.body.id };
}

test('a letter is issued, checked by its code and its file, and withdrawn', async ({ page, app, context }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await setRoster(app);
  await app.open('/bkd/#/jadwal');
  await page.getByRole('listitem').filter({ hasText: 'Menunggu BKD' }).first().getByRole('link', { name: 'Buka' }).click();
  await page.getByRole('button', { name: 'Unduh dan cetak' }).click();
  const dialog = page.getByRole('dialog', { name: 'Unduh dan cetak' });
  await expect(dialog.getByText('Naskah yang diterbitkan diberi kode')).toBeVisible();
  await expect(dialog.getByLabel(/tidak tersertifikasi/)).toHaveCount(0); /* this server has no key */
  await dialog.getByRole('button', { name: 'Terbitkan' }).click();
  await expect(page.getByText('Naskah diterbitkan.')).toBeVisible();
  await expect(dialog.getByText('berlaku', { exact: true })).toBeVisible();
  await dialog.getByRole('button', { name: 'Terbitkan' }).click();
  await expect(page.getByText('Naskah dengan isi ini sudah terbit.')).toBeVisible();
  await expect(dialog.getByRole('listitem')).toHaveCount(1);
  /* an order does not bind yet: it cannot be issued here */
  await dialog.getByLabel('Surat').selectOption('order');
  await expect(dialog.getByRole('button', { name: 'Terbitkan' })).toHaveCount(0);
  await dialog.getByLabel('Surat').selectOption('cover');

  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Unduh', exact: true }).click();
  const file = await (await download).path(), bytes = readFileSync(file);
  const address = await dialog.getByRole('link', { name: 'Periksa' }).getAttribute('href');
  expect(address).toMatch(/^\/periksa\/#[0-9a-f]{32}$/);

  /* whoever holds it has no account */
  const other = await context.browser()!.newContext(), reader = await other.newPage(), asked: string[] = [];
  reader.on('request', r => asked.push(`${r.method()} ${new URL(r.url()).pathname}`));
  await reader.goto(app.server.url + address);
  await expect(reader.getByText('Diterbitkan dan masih berlaku')).toBeVisible();
  await expect(reader.getByText('SURAT PENGANTAR')).toBeVisible();
  await expect(reader.getByText('15 s.d. 31 Desember 2025')).toBeVisible();
  const choose = (name: string, buffer: Buffer) => reader.getByLabel('Pilih berkas PDF').setInputFiles({ name, mimeType: 'application/pdf', buffer });
  await choose('surat.pdf', bytes);
  await expect(reader.getByText('Berkas ini sama persis dengan yang diterbitkan.')).toBeVisible();
  const changed = Buffer.from(bytes);
  changed[2000]! ^= 1;
  await choose('ubah.pdf', changed);
  await expect(reader.getByRole('alert')).toContainText('Berkas ini bukan yang diterbitkan');
  expect(asked.filter(a => !/^GET \/(periksa|assets|api\/v1\/public\/documents|icon)/.test(a))).toEqual([]);
  await reader.getByRole('button', { name: 'English' }).click();
  await expect(reader.getByText('Issued, and holds')).toBeVisible();
  await reader.getByRole('button', { name: 'Bahasa Indonesia' }).click();

  await dialog.getByRole('button', { name: 'Tarik' }).click();
  const withdraw = page.getByRole('dialog', { name: 'Tarik naskah' });
  await withdraw.getByRole('button', { name: 'Tarik' }).click();
  await expect(withdraw.locator('.err')).toBeVisible();
  await withdraw.getByLabel('Alasan').fill('Salah penerima, diterbitkan ulang.');
  await withdraw.getByRole('button', { name: 'Tarik' }).click();
  await expect(page.getByText('Naskah ditarik.')).toBeVisible();
  await expect(dialog.getByText('ditarik', { exact: true })).toBeVisible();
  await reader.getByRole('button', { name: 'Periksa' }).click();
  await expect(reader.getByRole('alert')).toContainText('Sudah ditarik');
  await expect(reader.getByText('Salah penerima')).toHaveCount(0);
  await other.close();
});

test('a code is typed as it is printed, and a wrong one is said to be none', async ({ page, app }) => {
  await page.goto(app.server.url + '/periksa/');
  const code = page.getByLabel('Kode pada naskah'), check = page.getByRole('button', { name: 'Periksa' });
  await check.click();
  await expect(page.getByText('Kode terdiri atas 32 angka dan huruf A sampai F.')).toBeVisible();
  await code.fill('selamat pagi');
  await check.click();
  await expect(code).toHaveAttribute('aria-invalid', 'true');
  await code.fill('0000-0000-0000-0000-0000-0000-0000-0000');
  await code.press('Enter');
  await expect(page.getByRole('alert')).toContainText('Tidak ada naskah dengan kode ini.');
  await page.context().setOffline(true);
  await check.click();
  await expect(page.getByRole('alert')).toContainText('Layanan tidak terjangkau.');
});

test('the board issues a Berita Acara with its code', async ({ page, app }) => {
  await app.as(loginOf(app.all, 'bkd'));
  await app.open('/bkd/#/gangguan');
  await page.getByRole('listitem').filter({ hasText: 'Dispensasi gangguan diberikan' }).first().getByRole('button', { name: 'Berita Acara' }).click();
  await settled(page);
  await page.getByRole('dialog').getByRole('button', { name: 'Terbitkan' }).click();
  await expect(page.getByText('Naskah diterbitkan.')).toBeVisible();
  await expect(page.getByRole('dialog').getByRole('listitem').getByText('BERITA ACARA GANGGUAN PRESENSI')).toBeVisible();
});
