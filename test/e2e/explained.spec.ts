/* A day explained minute by minute; printed with its evidence, and the paper proves a clock-in to an outsider without account or network. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { signEvent, type Token } from '../http/event';
import { enrolPhone } from '../http/phone';
import { tryVerb, verb } from '../http/server';
import { employeeLogin, expect, loginOf, settled, test, type App } from './app';
import { within } from './reach';

/** In at 07.42 signed, out at 15.30 signed, and the log signed by the evening: the worker at home. */
async function live(app: App) {
  const dir = mkdtempSync(join(tmpdir(), 'luwes-explained-')), key = join(dir, 'log.key'), logKey = verb('sign', '--new-key', key, '--name', 'luwes.jabar').trim();
  const enter = async () => ({ own: await app.server.client().signIn(employeeLogin(app.all, 'home')), bkd: await app.server.client().signIn(loginOf(app.all, 'bkd')) });
  const at = async (clock: string) => {
    await app.server.stop();
    await app.server.start('--clock', `2025-11-13T${clock}+07:00,x1`);
    return enter();
  };
  let { own, bkd } = await enter();
  const { employee } = (await own.get('/api/v1/me')).body, phone = await enrolPhone(bkd, own);
  await app.server.stop();
  verb('sign', '--register', logKey, '--letter', '800/1', '--government', 'jabar', '--db', app.server.db);
  const send = async (type: 'in' | 'out', clock: string) => {
    const token: Token = (await own.get(`/api/v1/attendance/token?device=${phone.device}`)).body, stamp = `2025-11-13T${clock}+07:00`;
    const r = await own.post('/api/v1/attendance/punches', { events: [await signEvent(phone, employee, type, stamp, token)], sent_at: stamp });
    expect(r.body.receipts[0].status, r.text).toBe('accepted');
  };
  ({ own, bkd } = await at('07:42:00'));
  await send('in', '07:42:05');
  ({ own, bkd } = await at('15:30:00'));
  await send('out', '15:30:05');
  await at('16:30:00');
  const signed = tryVerb('sign', '--server', app.server.url, '--government', 'jabar', '--key', key, '--state', join(dir, 'log.state'), '--once');
  expect(signed.status, signed.stderr).toBe(0);
  const online = (await app.server.client().get('/api/v1/public/jabar/log/keys')).body;
  rmSync(dir, { recursive: true, force: true });
  return { logKey, online };
}

test('every minute has its rule and its record, and paper proves the clock-in to an outsider', async ({ page, app, context }) => {
  const { logKey } = await live(app);
  await page.addInitScript(() => { window.print = () => { document.documentElement.dataset.printed = '1'; }; });
  await app.as(employeeLogin(app.all, 'home'));
  await app.open('/pegawai/#/kehadiran');
  await page.getByRole('button', { name: /13 November 2025/ }).click();
  await page.getByRole('link', { name: 'Jelaskan menit demi menit' }).click();
  await expect(page.getByRole('heading', { name: 'Kamis, 13 November 2025' })).toBeVisible();
  await settled(page);
  const minutes = page.getByRole('listitem');
  await expect(page.getByRole('img', { name: /^Pembagian hari dari pukul 00\.00: 00\.00–07\.30 Di luar jam kerja, 07\.30–07\.42 Terlambat, 07\.42–12\.00 Bekerja, 12\.00–13\.00 Istirahat, 13\.00–15\.30 Bekerja, 15\.30–16\.00 Pulang lebih awal, 16\.00–24\.00 Di luar jam kerja$/ })).toBeVisible();
  const late = minutes.filter({ hasText: '07.30–07.42' });
  await expect(late).toContainText('12 menit');
  await expect(late).toContainText('Presensi masuk 07.42: waktu terbukti dari dua sisi');
  await expect(late).toContainText('PP 94/2021 Pasal 4 huruf f');
  await expect(minutes.filter({ hasText: /^Masuk 07\.42/ })).toContainText(/bukti no\. [\d.]+/);

  await page.getByRole('button', { name: 'Cetak', exact: true }).click();
  await expect(page.locator('html[data-printed="1"]')).toHaveCount(1);
  const sheet = page.locator('.sheet').first();
  await expect(sheet).toContainText('Bukti: Masuk, 13 November 2025 07.42.05 WIB');
  await expect(sheet.locator('pre')).toContainText('luwes.jabar');
  const parts = await sheet.locator('svg.qr').evaluateAll(all => all.map(x => x.getAttribute('data-text')!));
  expect(parts.length).toBeGreaterThan(1);

  await within(page, 'hari-bukti');

  /* the outsider: no account, no network, what a reader of codes gave, and the key from elsewhere */
  await page.goto(`${app.server.url}/verifikasi/`);
  await context.clearCookies();
  await context.setOffline(true);
  await page.getByLabel('Tempel isi bukti').fill(parts.slice(1).join('\n'));
  await page.getByRole('button', { name: 'Periksa' }).click();
  await expect(page.getByText('Kode pada lembar cetak belum lengkap. Yang belum dipindai: 1.')).toBeVisible();
  await page.getByText('Kunci dari luar berkas').click();
  await page.getByLabel('Kunci yang Anda percaya').fill(logKey);
  await page.getByLabel('Tempel isi bukti').fill([...parts].reverse().join('\n\n'));
  await page.getByRole('button', { name: 'Periksa' }).click();
  await expect(page.getByText(/13 November 2025 07[.:]42[.:]0/).first()).toBeVisible();
  await expect(page.locator('.note.ok')).toBeVisible();
});

test('a day without a signed record is explained and printed all the same', async ({ page, app }) => {
  await page.addInitScript(() => { window.print = () => { document.documentElement.dataset.printed = '1'; }; });
  await app.as(employeeLogin(app.all, 'home'));
  await app.open('/pegawai/#/hari?hari=2025-11-12');
  await expect(page.getByRole('heading', { name: 'Rabu, 12 November 2025' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Menit demi menit' })).toBeVisible();
  await page.getByRole('button', { name: 'Cetak', exact: true }).click();
  await expect(page.getByText('Tidak ada presensi yang ditandatangani ponsel pada hari ini; yang dicetak hanya penjelasannya.')).toBeVisible();
  await expect(page.locator('html[data-printed="1"]')).toHaveCount(1);
  await page.getByRole('button', { name: 'Hari sebelumnya' }).click();
  await expect(page.getByRole('heading', { name: 'Selasa, 11 November 2025' })).toBeVisible();
});
