import type { Page } from '@playwright/test';
import { atHome, employeeLogin, expect, loginOf, settled, test } from './app';
import { TODAY } from '../http/server';

const waits = 'Tersimpan di ponsel, belum terkirim';
const controlled = (page: Page) => page.waitForFunction(() => navigator.serviceWorker.controller !== null);

test('signs in, clocks in, goes on without a signal, and everything arrives once', async ({ page, context, app }) => {
  const { login, employee } = await atHome(app), server = await app.server.client().signIn(login);
  const punches = async () => (await server.get(`/api/v1/attendance/days/${employee}/${TODAY}`)).body.punches as { direction: string; phone_at: string }[];
  const sent: string[] = [];
  page.on('response', r => { if (r.url().endsWith('/attendance/punches') && r.status() === 200) sent.push(...r.request().postDataJSON().events.map((e: { direction: string }) => e.direction)); });

  await app.open('/pegawai/');
  await page.getByLabel('Pemerintah daerah').selectOption('jabar');
  await page.getByLabel('NIP / NI PPPK').fill(login.nip);
  await page.getByLabel('Kata sandi', { exact: true }).fill(login.password);
  await page.getByRole('button', { name: 'Masuk', exact: true }).click();
  await page.getByRole('button', { name: /Presensi masuk/ }).click();
  await expect(page.getByText(/Bekerja sejak 07\.2\d/)).toBeVisible();
  await expect.poll(async () => (await punches()).map(p => p.direction)).toEqual(['in']);
  await expect(page.getByText(waits)).toHaveCount(0);

  await controlled(page);
  await context.setOffline(true);
  await page.reload();
  await expect(page.getByText(/Bekerja sejak 07\.2\d/)).toBeVisible();
  await expect(page.getByText('Tanpa sinyal', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: /Presensi pulang/ }).click();
  await page.getByRole('dialog', { name: 'Pulang sebelum waktunya?' }).getByRole('button', { name: 'Catat presensi pulang' }).click();
  await expect(page.getByText(waits)).toBeVisible();
  await page.reload();
  await expect(page.getByText(waits)).toBeVisible();
  expect(await punches()).toHaveLength(1);

  await context.setOffline(false);
  await expect(page.getByText(waits)).toHaveCount(0);
  await expect(page.getByRole('button', { name: /Presensi lengkap/ })).toBeDisabled();
  expect((await punches()).map(p => p.direction)).toEqual(['in', 'out']);
  expect(sent).toEqual(['in', 'out']);
});

test('opens on a phone without a signal, also right after it was closed', async ({ context, app }) => {
  const { login } = await atHome(app), first = await context.newPage();
  await app.as(login);
  await first.goto(`${app.server.url}/pegawai/`);
  await expect(first.getByRole('button', { name: /Presensi masuk/ })).toBeVisible();
  await controlled(first);
  await first.close();
  await context.setOffline(true);
  const again = await context.newPage();
  await again.goto(`${app.server.url}/pegawai/`);
  await expect(again.getByRole('button', { name: /Presensi masuk/ })).toBeVisible();
  await expect(again.getByText(/data pukul 07\.2\d/)).toBeVisible();
});

test('shows the office\'s time, not that of the phone', async ({ page, app }) => {
  await app.as(employeeLogin(app.all, 'home'));
  await app.open('/pegawai/');
  await expect(page.getByText(/Waktu demo.*07\.2\d WIB/)).toBeVisible();
  await expect(page.getByText('07.30–16.00 WIB')).toBeVisible();
});

test('writes a report that survives a reload, sends it with evidence, and sees its state', async ({ page, app }) => {
  const { login } = await atHome(app), c = await app.as(login);
  await app.open('/pegawai/#/laporan');
  await page.getByRole('button', { name: 'Kirim laporan' }).click();
  await expect(page.getByText('Tulis sedikitnya 10 karakter')).toBeVisible();
  await page.getByLabel('Apa yang dihasilkan?').fill('Menelaah 12 berkas permohonan izin penelitian.');
  await page.getByLabel('Jumlah').fill('12');
  await page.getByLabel('Satuan').fill('berkas');
  await expect(page.getByText('Draf tersimpan di ponsel')).toBeVisible();
  await page.reload();
  await settled(page);
  await expect(page.getByLabel('Apa yang dihasilkan?')).toHaveValue('Menelaah 12 berkas permohonan izin penelitian.');
  const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
  await page.getByLabel('Bukti dukung').setInputFiles({ name: 'telaahan.png', mimeType: 'image/png', buffer: png });
  await expect(page.getByText('Terlampir: telaahan.jpg')).toBeVisible();
  await page.getByRole('button', { name: 'Kirim laporan' }).click();
  await expect(page.getByText('Menunggu verifikasi').first()).toBeVisible();
  const report = (await c.get(`/api/v1/reports/daily?day=${TODAY}`)).body;
  expect(report).toMatchObject({ state: 'submitted', items: [{ volume: 12, unit_of_measure: 'berkas', evidence_name: 'telaahan.jpg' }] });
  await expect(page.getByRole('link', { name: 'telaahan.jpg' })).toHaveAttribute('href', `/api/v1/reports/daily/${report.report}/files/${report.items[0].evidence_sha256}`);
});

test('takes a report back, mends it and sends it again', async ({ page, app }) => {
  const { login } = await atHome(app), c = await app.as(login), text = 'Menelaah 12 berkas permohonan izin penelitian.';
  const own = async () => (await c.get(`/api/v1/reports/daily?day=${TODAY}`)).body;
  const sent = await c.put('/api/v1/reports/daily', { day: TODAY, version: (await own()).version, submit: true, obstacle: 'Jaringan lambat', items: [{ starts: '08:00', ends: '10:30', description: text, volume: 12, unit_of_measure: 'berkas' }] });
  expect(sent.status, sent.text).toBe(200);
  await app.open('/pegawai/#/laporan');
  await page.getByRole('button', { name: 'Tarik kembali' }).click();
  const asking = page.getByRole('dialog', { name: 'Tarik kembali laporan?' });
  await asking.getByRole('button', { name: 'Batal' }).click();
  await expect(asking).toHaveCount(0);
  expect((await own()).state).toBe('submitted');
  await page.getByRole('button', { name: 'Tarik kembali' }).click();
  await asking.getByRole('button', { name: 'Tarik kembali' }).click();
  await expect(page.getByText('Laporan ditarik kembali.')).toBeVisible();
  await expect(page.getByText('Draf', { exact: true })).toBeVisible();
  await expect(page.getByLabel('Apa yang dihasilkan?')).toHaveValue(text);
  await expect(page.getByLabel('Kendala')).toHaveValue('Jaringan lambat');
  expect(await own()).toMatchObject({ state: 'draft', items: [{ description: text, starts: '08:00', ends: '10:30', volume: 12 }] });
  await page.getByLabel('Jumlah').fill('13');
  await page.getByRole('button', { name: 'Kirim laporan' }).click();
  await expect(page.getByText('Menunggu verifikasi').first()).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: 'Ditarik kembali' })).toBeVisible();
  expect(await own()).toMatchObject({ state: 'submitted', items: [{ volume: 13 }] });
});

test('a report that was decided meanwhile is not taken back, and says so', async ({ page, app }) => {
  const c = await app.as(employeeLogin(app.all, 'home'));
  const { report, version } = (await c.put('/api/v1/reports/daily', { day: TODAY, version: 0, submit: true, items: [{ starts: '08:00', ends: '10:30', description: 'Menyusun notula rapat koordinasi bidang.', volume: 1, unit_of_measure: 'dokumen' }] })).body;
  await app.open('/pegawai/#/laporan');
  await page.getByRole('button', { name: 'Tarik kembali' }).click();
  const boss = await app.server.client().signIn(loginOf(app.all, 'supervisor'));
  expect((await boss.post(`/api/v1/reports/daily/${report}/verify`, { version })).status).toBe(204);
  const asking = page.getByRole('dialog');
  await asking.getByRole('button', { name: 'Tarik kembali' }).click();
  await expect(asking.getByText(/Muat ulang untuk melihat yang terbaru|sudah diputuskan/)).toBeVisible();
  await expect(asking.getByRole('button', { name: 'Tarik kembali' })).toHaveCount(0);
  await asking.getByRole('button', { name: 'Batal' }).click();
  await expect(page.getByText('Terverifikasi').first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Tarik kembali' })).toHaveCount(0);
});

test('keeps a report without a signal and sends it once there is one', async ({ page, context, app }) => {
  const { login } = await atHome(app), c = await app.as(login);
  await app.open('/pegawai/#/laporan');
  await controlled(page);
  await context.setOffline(true);
  await page.getByLabel('Apa yang dihasilkan?').fill('Menyusun notula rapat koordinasi bidang.');
  await page.getByLabel('Satuan').fill('dokumen');
  const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
  await page.getByLabel('Bukti dukung').setInputFiles({ name: 'notula.png', mimeType: 'image/png', buffer: png });
  await expect(page.getByText('Terlampir: notula.jpg · diunggah saat ada sinyal')).toBeVisible();
  await page.getByRole('button', { name: 'Kirim laporan' }).click();
  await expect(page.locator('main').getByText(waits)).toBeVisible();
  expect((await c.get(`/api/v1/reports/daily?day=${TODAY}`)).body.state).toBe('none');
  await context.setOffline(false);
  await expect(page.getByText('Menunggu verifikasi').first()).toBeVisible();
  const sent = (await c.get(`/api/v1/reports/daily?day=${TODAY}`)).body;
  expect(sent).toMatchObject({ is_late: false, items: [{ evidence_name: 'notula.jpg' }] });
  expect(sent.events).toHaveLength(1);
  expect((await c.get(`/api/v1/reports/daily/${sent.report}/files/${sent.items[0].evidence_sha256}`)).status).toBe(200);
});

test('explains a day of the month and a day to come', async ({ page, app }) => {
  await app.as(employeeLogin(app.all, 'home'));
  await app.open('/pegawai/#/kehadiran');
  await page.getByRole('button', { name: /^Kamis, 6 November/ }).click();
  const past = page.getByRole('dialog', { name: /Kamis, 6 November 2025/ });
  await expect(past.getByText('SE 150/KPG.03/BKD').first()).toBeVisible();
  await expect(past.getByText('Masuk', { exact: false }).first()).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(past).toHaveCount(0);
  await page.getByRole('link', { name: 'Jadwal' }).click();
  await page.getByRole('button', { name: /^Kamis, 20 November 2025 Di rumah/ }).click();
  await expect(page.getByRole('dialog', { name: 'Mengapa begini?' }).getByText('Ditetapkan oleh aturan di bawah ini')).toBeVisible();
});

test('works by keyboard alone', async ({ page, app }) => {
  const { login } = await atHome(app);
  await app.as(login);
  await app.open('/pegawai/');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Langsung ke isi' })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: /Presensi masuk/ })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByText(/Bekerja sejak/)).toBeVisible();
});
