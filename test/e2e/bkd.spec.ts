import { atHome, employeeLogin, expect, loginOf, settled, test } from './app';
import { punch } from '../http/server';
import { duk } from './screens';

test.use({ viewport: { width: 1440, height: 900 } });

test('the board shows 42 agencies and moves when somebody clocks in', async ({ page, app }) => {
  const { login } = await atHome(app), bkd = await app.as(loginOf(app.all, 'bkd'));
  const before = (await bkd.get('/api/v1/monitor/board')).body.total;
  await app.open('/bkd/');
  await expect(page.locator('a.tile')).toHaveCount(42);
  await expect(page.getByText('Langsung', { exact: false }).first()).toBeVisible();
  await expect(page.getByText(`${before.present} dari ${before.expected} pegawai`)).toBeVisible();
  const c = await app.server.client().signIn(login);
  expect((await c.post('/api/v1/attendance/punches', { events: [punch('in', new Date('2025-11-13T00:20:10Z'))] })).body.receipts[0].status).toBe('accepted');
  await expect(page.getByText(`${before.present + 1} dari ${before.expected} pegawai`)).toBeVisible();
  await page.getByLabel('Saring nama').fill('pendidikan');
  await expect(page.locator('a.tile')).toHaveCount(1);
  await page.locator('a.tile').click();
  await expect(page.getByRole('heading', { name: 'Dinas Pendidikan', exact: true })).toBeVisible();
  await expect(page.getByRole('row', { name: /Cabang Dinas/ }).first()).toBeVisible();
});

test('the board says that nothing came, and comes by itself when the server answers again', async ({ page, app }) => {
  await app.as(loginOf(app.all, 'bkd'));
  const busy = (url: string) => page.route(url, r => r.fulfill({ status: 503, contentType: 'application/problem+json', body: '{"status":503,"code":"busy","title":"busy"}' }));
  await busy('**/api/v1/monitor/**');
  await app.open('/bkd/');
  await expect(page.getByText('Server sedang sibuk.', { exact: false })).toBeVisible();
  await page.unroute('**/api/v1/monitor/**');
  await expect(page.locator('a.tile')).toHaveCount(42, { timeout: 20_000 });
  await expect(page.getByText('Langsung', { exact: false }).first()).toBeVisible();
  await busy('**/api/v1/org/units');
  await page.getByRole('link', { name: 'Pegawai', exact: true }).click();
  await expect(page.getByText('Server sedang sibuk.', { exact: false })).toBeVisible();
  await page.unroute('**/api/v1/org/units');
  await page.getByRole('button', { name: 'Coba lagi' }).click();
  await expect(page.getByRole('button', { name: /^Badan Kepegawaian Daerah/ }).first()).toBeVisible();
});

test('a policy is recorded, explains a day, and is ended', async ({ page, app }) => {
  await app.as(loginOf(app.all, 'bkd'));
  const me = (await (await app.server.client().signIn(employeeLogin(app.all, 'home'))).get('/api/v1/me')).body;
  await app.open('/bkd/#/kebijakan');
  await expect(page.getByText('SE 150/KPG.03/BKD').first()).toBeVisible();
  await page.getByRole('button', { name: 'Catat kebijakan baru' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Nomor').fill('SE 99/UJI/2025');
  await dialog.getByLabel('Tentang').fill('Bekerja dari rumah pada hari Jumat');
  await dialog.getByLabel('Penanda tangan').fill('Sekretaris Daerah');
  await dialog.getByLabel('Dasar hukum').fill('PermenPANRB 4/2025');
  await dialog.getByLabel('Kamis').uncheck();
  await dialog.getByLabel('Jumat').check();
  await dialog.getByRole('button', { name: 'Catat', exact: true }).click();
  await expect(page.getByText('Kebijakan tercatat')).toBeVisible();
  await page.getByLabel('Cari nama atau NIP').fill(me.nip);
  await page.getByRole('button', { name: new RegExp(me.name) }).click();
  await page.getByLabel('Tanggal').fill('2025-11-14');
  await expect(page.getByText('Jumat, 14 November 2025').last()).toBeVisible();
  await settled(page);
  await expect(page.locator('section', { hasText: 'Jelaskan satu hari' }).getByText('SE 99/UJI/2025').first()).toBeVisible();
});

test('an import is checked, names its faults, and is applied when it has none', async ({ page, app }) => {
  const bkd = await app.as(loginOf(app.all, 'bkd'));
  await app.open('/bkd/#/impor');
  const file = (rows: string) => ({ name: 'pegawai.csv', mimeType: 'text/csv', buffer: Buffer.from(`\uFEFFnip;name;employment_kind\r\n${rows}`) });
  await page.getByLabel('Berkas Excel atau CSV').setInputFiles(file('1.98E+17;Dewi Rahmawati;pns\r\n199103152020121003;;pns\r\n'));
  await page.getByRole('button', { name: 'Periksa dulu' }).click();
  await expect(page.getByRole('row', { name: /2\s*nip\s*NIP berubah menjadi angka ilmiah.*1\.98E\+17/ })).toBeVisible();
  await expect(page.getByRole('row', { name: /3\s*name\s*wajib diisi/ })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Terapkan' })).toHaveCount(0);
  await page.getByLabel('Berkas Excel atau CSV').setInputFiles(file('199103152020121003;Dewi Rahmawati;pns\r\n'));
  await page.getByRole('button', { name: 'Periksa dulu' }).click();
  await expect(page.getByText('Diperiksa, belum diterapkan').first()).toBeVisible();
  await page.getByRole('button', { name: 'Terapkan' }).click();
  await expect(page.getByText('Diterapkan', { exact: true }).first()).toBeVisible();
  await expect(page.getByText('1 baru, 0 berubah, 0 tetap').first()).toBeVisible();
  expect((await bkd.get('/api/v1/imports?limit=1')).body.items[0]).toMatchObject({ state: 'applied', created: 1, file_name: 'pegawai.csv' });
});

test('the sheet of an office is mapped once, a ruined NIP is refused in words, the mended one passes', async ({ page, app }) => {
  const bkd = await app.as(loginOf(app.all, 'bkd'));
  await app.open('/bkd/#/impor');
  const pick = (nip: string | number) => page.getByLabel('Berkas Excel atau CSV').setInputFiles(duk([1, 'Wati Kusmawati', nip, '3204010101930001', 'P3K', 'S1', 2015]));
  await pick(1.98e17);
  await expect(page.getByText('Lembar "DUK", judul kolom di baris 5.')).toBeVisible();
  await expect(page.getByText(/tidak ditampilkan dan tidak disimpan: NIK/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Periksa dulu' })).toBeDisabled();
  const kind = page.getByRole('group', { name: /^Kepegawaian/ });
  await kind.getByLabel('Dibaca dari kolom').selectOption('STATUS');
  await kind.getByLabel('"P3K" berarti').selectOption('pppk');
  await page.getByRole('button', { name: 'Simpan pemetaan' }).click();
  await expect(page.getByText('Beri nama, misalnya "DUK SIMPEG".')).toBeVisible();
  await page.getByLabel('Nama pemetaan').fill('DUK kami');
  await page.getByRole('button', { name: 'Simpan pemetaan' }).click();
  await expect(page.getByText('Dibaca dengan pemetaan "DUK kami".')).toBeVisible();
  await page.getByRole('button', { name: 'Periksa dulu' }).click();
  await expect(page.getByRole('row', { name: /C6\s*nip\s*NIP berubah menjadi angka ilmiah.*1\.98E\+17/ })).toBeVisible();
  await pick("'199301012020122006");
  await expect(page.getByText('Dibaca dengan pemetaan "DUK kami".')).toBeVisible();
  await page.getByRole('button', { name: 'Periksa dulu' }).click();
  await page.getByRole('button', { name: 'Terapkan' }).click();
  await expect(page.getByText('Diterapkan', { exact: true }).first()).toBeVisible();
  await expect(page.getByText('1 baru, 0 berubah, 0 tetap').first()).toBeVisible();
  expect((await bkd.get('/api/v1/org/employees?query=Wati+Kusmawati')).body.items).toMatchObject([{ nip: '199301012020122006', employment_kind: 'pppk' }]);
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Unduh Excel' }).last().click();
  expect((await saved).suggestedFilename()).toMatch(/^luwes-impor-2025-11-13\.xlsx$/);
});

test('slips with one-time codes are made for the people chosen', async ({ page, app }) => {
  const me = (await (await app.as(loginOf(app.all, 'bkd'))).get('/api/v1/me')).body;
  await app.open('/bkd/#/pegawai');
  await page.getByRole('button', { name: /^Badan Kepegawaian Daerah/ }).first().click();
  await settled(page);
  const boxes = page.getByRole('listitem').getByRole('checkbox').and(page.locator(`:not([aria-label="${me.full_name}"])`));
  await boxes.nth(0).check();
  await boxes.nth(1).check();
  await page.getByRole('button', { name: 'Cetak kode sekali pakai (2)' }).click();
  const slips = page.getByRole('dialog', { name: 'Slip kode sekali pakai' });
  await expect(slips.locator('code')).toHaveCount(2);
  await expect(slips.locator('code').first()).toHaveText(/^[0-9A-Z]{5}-[0-9A-Z]{5}$/);
  await expect(slips.getByText('DATA CONTOH')).toBeVisible();
});
