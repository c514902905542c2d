/* A plan of results by hand: written, returned, agreed; a report that names it; a picture that leaves the phone small and bare. */
import { employeeLogin, expect, loginOf, settled, test } from './app';
import { TODAY } from '../http/server';

const home = (app: { all: Parameters<typeof employeeLogin>[0] }) => employeeLogin(app.all, 'home');

test('is written, returned with what is to be changed, and agreed', async ({ page, app }) => {
  const worker = await app.as(home(app)), { name } = (await worker.get('/api/v1/me')).body;
  await app.open('/pegawai/#/sasaran');
  await page.getByLabel('Tahun').selectOption('2026');
  await expect(page.getByText('Belum ada SKP untuk tahun 2026.')).toBeVisible();
  await page.getByRole('button', { name: 'Susun SKP' }).click();
  await page.getByRole('button', { name: 'Simpan dan ajukan' }).click();
  await expect(page.getByLabel('Rencana hasil kerja', { exact: true })).toBeFocused();
  await page.getByLabel('Rencana hasil kerja', { exact: true }).fill('Berkas mutasi terverifikasi tepat waktu');
  await expect(page.getByText('Tulis sedikitnya 5 karakter.')).toHaveCount(0);
  await page.getByLabel('Mendukung RHK atasan').selectOption({ index: 1 });
  await page.getByLabel('Indikator').fill('Berkas yang selesai diverifikasi');
  await page.getByLabel('Target', { exact: true }).fill('600');
  await page.getByLabel('Satuan').fill('berkas');
  await page.getByRole('button', { name: 'Simpan dan ajukan' }).click();
  await expect(page.getByText('Menunggu atasan')).toBeVisible();
  await expect(page.getByText('0 dari 600 berkas')).toBeVisible();

  const boss = async () => {
    await app.as(loginOf(app.all, 'supervisor'));
    await app.open('/atasan/#/skp');
    await page.getByLabel('Tahun').selectOption('2026');
    await settled(page);
    await page.getByRole('button', { name: new RegExp(name) }).click();
    await expect(page.getByRole('dialog').getByText('Berkas mutasi terverifikasi tepat waktu')).toBeVisible();
  }, dialog = page.getByRole('dialog');
  await boss();
  await dialog.getByRole('button', { name: 'Kembalikan' }).click();
  await dialog.getByLabel('Yang perlu diubah').fill('pendek');
  await dialog.getByRole('button', { name: 'Kembalikan' }).click();
  await expect(dialog.locator('[aria-invalid=true]')).toBeVisible();
  await dialog.getByLabel('Yang perlu diubah').fill('Naikkan targetnya menjadi 700 berkas.');
  await dialog.getByRole('button', { name: 'Kembalikan' }).click();
  await expect(page.getByText('SKP dikembalikan.')).toBeVisible();

  await app.as(home(app));
  await app.open('/pegawai/#/sasaran');
  await page.getByLabel('Tahun').selectOption('2026');
  await expect(page.getByText('Naikkan targetnya menjadi 700 berkas.')).toBeVisible();
  await page.getByRole('button', { name: 'Ubah', exact: true }).click();
  await page.getByLabel('Target', { exact: true }).fill('700');
  await page.getByRole('button', { name: 'Simpan dan ajukan' }).click();
  await expect(page.getByText('0 dari 700 berkas')).toBeVisible();
  await boss();
  await dialog.getByRole('button', { name: 'Setujui' }).click();
  await dialog.getByRole('button', { name: 'Setujui' }).click();
  await expect(page.getByText('SKP disepakati.')).toBeVisible();
  expect((await worker.get('/api/v1/reports/targets?day=2026-01-01')).body.items).toMatchObject([{ state: 'agreed', targets: [{ measures: [{ amount: 700 }] }] }]);
});

test('a report starts from the plan of the day, names the result and keeps it without a signal', async ({ page, app, context }) => {
  const worker = await app.as(home(app)), plan = (await worker.get(`/api/v1/reports/targets?day=${TODAY}`)).body.items[0], target = plan.targets[0], unit = target.measures[0].unit_of_measure;
  await worker.put('/api/v1/reports/plan', { day: TODAY, items: [{ description: 'Menyelesaikan berkas yang tertunda', target: target.target, volume: 4 }] });
  await app.open('/pegawai/#/laporan');
  await page.getByRole('button', { name: 'Dari rencana hari ini (1)' }).click();
  await expect(page.getByLabel('Apa yang dihasilkan?')).toHaveValue('Menyelesaikan berkas yang tertunda');
  await expect(page.getByLabel('Rencana hasil kerja (RHK)')).toHaveValue(target.target);
  await expect(page.getByLabel('Satuan')).toHaveValue(unit);
  await page.getByLabel('Satuan').fill('lembar lain');
  await expect(page.getByText(`Yang dihitung ke RHK ini hanya satuan “${unit}”.`)).toBeVisible();
  await page.getByLabel('Satuan').fill(unit);
  await page.getByLabel('Menit efektif').fill('900');
  await context.setOffline(true);
  await page.getByRole('button', { name: 'Kirim laporan' }).click();
  await expect(page.getByText('Menit efektif tidak boleh melebihi rentang waktunya.')).toBeVisible();
  await page.getByLabel('Menit efektif').fill('60');
  await page.getByLabel('Nomor surat, berkas, atau register').fill('800.1.3/17/2025');
  await page.getByRole('button', { name: 'Kirim laporan' }).click();
  await expect(page.getByText('Yang akan dikirim')).toBeVisible();
  await context.setOffline(false);
  await expect(page.getByText('Nomor: 800.1.3/17/2025')).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText(`RHK: ${target.result}`)).toBeVisible();
  expect((await worker.get(`/api/v1/reports/daily?day=${TODAY}`)).body.items).toMatchObject([{ target_id: target.target, effective_minutes: 60, reference: '800.1.3/17/2025', volume: 4 }]);
});

test('takes the work of the last report, without its evidence', async ({ page, app }) => {
  const worker = await app.as(home(app));
  const days = Array.from({ length: 7 }, (_, i) => new Date(Date.parse(TODAY) - (i + 1) * 86_400_000).toISOString().slice(0, 10));
  let last: any;
  for (const d of days) { last = (await worker.get(`/api/v1/reports/daily?day=${d}`)).body; if (last.items.length) break; }
  expect(last.items.length).toBeGreaterThan(0);
  await app.open('/pegawai/#/laporan');
  await page.getByRole('button', { name: 'Seperti kemarin' }).click();
  await expect(page.getByLabel('Apa yang dihasilkan?')).toHaveCount(last.items.length);
  await expect(page.getByLabel('Apa yang dihasilkan?').first()).toHaveValue(last.items[0].description);
  for (const field of await page.getByLabel('Tautan (https)').all()) await expect(field).toHaveValue('');
});

test('a picture leaves the phone small and without what the camera wrote into it', async ({ page, app }) => {
  const worker = await app.as(home(app));
  await app.open('/pegawai/#/laporan');
  /* a large picture of noise, with a place in its metadata */
  const drawn = await page.evaluate(async () => {
    const c = document.createElement('canvas');
    [c.width, c.height] = [2400, 1800];
    const d = c.getContext('2d')!, pixels = d.createImageData(c.width, c.height);
    let x = 1;
    for (let i = 0; i < pixels.data.length; i++) pixels.data[i] = i % 4 === 3 ? 255 : (x = (x * 1103515245 + 12345) & 0x7fffffff) >> 16;
    d.putImageData(pixels, 0, 0);
    const blob: Blob = await new Promise(done => c.toBlob(b => done(b!), 'image/jpeg', 0.9));
    const bytes = new Uint8Array(await blob.arrayBuffer());
    return Array.from(bytes, b => String.fromCharCode(b)).join('');
  });
  const text = 'Exif\0\0LOKASI -6.90248,107.61881', app1 = Buffer.concat([Buffer.from([0xff, 0xe1, 0, text.length + 2]), Buffer.from(text, 'latin1')]);
  const photo = Buffer.from(drawn, 'latin1'), marked = Buffer.concat([photo.subarray(0, 2), app1, photo.subarray(2)]);
  expect(marked.length).toBeGreaterThan(1_000_000);
  await expect(page.getByText('Jangan unggah foto murid atau pasien.')).toBeVisible();
  await page.locator('input[type=file]').setInputFiles({ name: 'IMG_2041.JPG', mimeType: 'image/jpeg', buffer: marked });
  await expect(page.getByText('Terlampir: IMG_2041.jpg')).toBeVisible({ timeout: 30_000 });
  await page.getByLabel('Apa yang dihasilkan?').fill('Memeriksa kondisi ruang arsip');
  await page.getByLabel('Satuan').fill('kegiatan');
  await page.getByRole('button', { name: 'Kirim laporan' }).click();
  await expect(page.getByRole('button', { name: 'Tarik kembali' })).toBeVisible();
  const [item] = (await worker.get(`/api/v1/reports/daily?day=${TODAY}`)).body.items;
  const kept = Buffer.from(await (await page.request.get(`${app.server.url}/api/v1/files/${item.evidence_sha256}`)).body());
  expect(kept.length).toBeLessThanOrEqual(300 * 1024);
  expect(kept.subarray(0, 3).toString('hex')).toBe('ffd8ff');
  expect(kept.includes('LOKASI')).toBe(false);
});

test('a day is planned the evening before', async ({ page, app }) => {
  const worker = await app.as(home(app));
  await app.open('/pegawai/#/laporan');
  await page.getByRole('link', { name: 'Rencana besok' }).click();
  await expect(page.getByText('Jumat, 14 November 2025')).toBeVisible();
  await page.getByLabel('Apa yang akan dikerjakan?').fill('abc');
  await page.getByRole('button', { name: 'Simpan rencana' }).click();
  await expect(page.getByText('Tulis sedikitnya 5 karakter.')).toBeVisible();
  await page.getByLabel('Apa yang akan dikerjakan?').fill('Menyelesaikan telaahan staf');
  await page.getByLabel('Rencana hasil kerja (RHK)').selectOption({ index: 1 });
  await expect(page.getByLabel('Satuan')).not.toHaveValue('');
  await page.getByLabel('Jumlah').fill('2');
  await page.getByRole('button', { name: 'Simpan rencana' }).click();
  await expect(page.getByText(/^Disimpan /)).toBeVisible();
  expect((await worker.get('/api/v1/reports/plan?day=2025-11-14')).body.items).toMatchObject([{ description: 'Menyelesaikan telaahan staf', volume: 2 }]);
});
