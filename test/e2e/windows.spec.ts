/* The board records K-Mob's four presences a day; the phone shows which is open, records a check, and calls nothing missed before the day does. */
import { employeeLogin, expect, loginOf, settled, test } from './app';
import { within } from './reach';

test('the four windows of K-Mob, from the board to the phone', async ({ page, app }) => {
  const at = async (clock: string) => {
    await app.server.stop();
    await app.server.start('--clock', `${clock}+07:00,x1`);
  };
  await app.as(loginOf(app.all, 'bkd'));
  await app.open('/bkd/#/kebijakan');
  await page.getByRole('button', { name: 'Catat kebijakan baru' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Nomor').fill('SE 151/KPG.03/BKD');
  await dialog.getByLabel('Tentang').fill('Empat kali presensi pada hari WFH');
  await dialog.getByLabel('Penanda tangan').fill('Gubernur Jawa Barat');
  await dialog.getByLabel('Dasar hukum').fill('PermenPANRB 4/2025');
  await dialog.getByLabel('Jam presensi').selectOption({ label: 'K-Mob: empat kali sehari' });
  await dialog.getByLabel('Cek kehadiran 2, sampai').fill('11:00');
  await dialog.getByRole('button', { name: 'Catat', exact: true }).click();
  await within(page, 'kebijakan-jam');
  await expect(dialog.getByText('Jam selesai harus sesudah jam mulai.')).toBeVisible();
  await dialog.getByLabel('Cek kehadiran 2, sampai').fill('12:30');
  await dialog.getByRole('button', { name: 'Catat', exact: true }).click();
  await expect(page.getByText('Kebijakan tercatat dan langsung berlaku sesuai tanggalnya.')).toBeVisible();

  /* the next day at home */
  await at('2025-11-20T07:20');
  const worker = await app.as(employeeLogin(app.all, 'home'));
  await app.open('/pegawai/');
  const card = page.locator('section', { has: page.getByRole('heading', { name: 'Jam presensi hari ini' }) }), row = (text: string) => card.getByRole('listitem').filter({ hasText: text });
  await expect(card.getByText('Masuk sedang dibuka sampai pukul 08.00.')).toBeVisible();
  await expect(row('12.00–12.30').getByText('Belum dibuka')).toBeVisible();
  await page.getByRole('button', { name: 'Presensi masuk' }).click();
  await expect(row('06.00–08.00').getByText('Tercatat')).toBeVisible();
  await expect(card.getByText('Berikutnya: Cek kehadiran, mulai pukul 12.00.')).toBeVisible();
  await expect.poll(async () => (await worker.get('/api/v1/me/today')).body.windows[0].state).toBe('met');

  await at('2025-11-20T12:10');
  await app.as(employeeLogin(app.all, 'home'));
  await app.open('/pegawai/');
  await within(page, 'jam-presensi');
  await card.getByRole('button', { name: 'Catat cek kehadiran' }).click();
  await expect(row('12.00–12.30').getByText('Tercatat')).toBeVisible();
  await expect(card.getByRole('button')).toHaveCount(0);
  await expect(page.getByRole('button', { name: /Cek kehadiran 12\.1/ })).toBeVisible();

  /* the second went by: nobody calls it missed while one is at work */
  await at('2025-11-20T14:00');
  const later = await app.as(employeeLogin(app.all, 'home'));
  await app.open('/pegawai/');
  await expect(row('12.45–13.30').getByText('Lewat')).toBeVisible();
  expect((await later.get('/api/v1/me/today')).body.flags).not.toContain('outside_window');
  await at('2025-11-20T16:05');
  await app.as(employeeLogin(app.all, 'home'));
  await app.open('/pegawai/');
  await page.getByRole('button', { name: 'Presensi pulang' }).click();
  await expect(row('16.00–18.00').getByText('Tercatat')).toBeVisible();
  await settled(page);
  await expect(row('12.45–13.30').getByText('Tidak tercatat')).toBeVisible();
});
