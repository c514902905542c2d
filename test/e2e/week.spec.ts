/* One person's week with one report: told on Thursday by when, written ahead, owed on Friday, verified by the superior, explained. */
import { expect, settled, test } from './day';
import { employeeLogin } from './app';
import { punch, superiorOf } from '../http/server';

const FRIDAY = '2025-11-28';

test('a report of the week is written ahead on Thursday and verified on Friday', async ({ page, day, context }) => {
  const login = employeeLogin(day.all, 'counter'), c = await day.client(login), me = (await c.get('/api/v1/me')).body, bkd = await day.client(day.role('bkd'));
  const rule = { kind: 'report', article: '1', weekdays: [1, 2, 3, 4, 5, 6, 7], post_match: 'direct', position: me.position, unit: me.unit.id, duty: 'weekly' };
  const made = await bkd.post('/api/v1/policy/instruments', { rank: 'se', number: 'SE 7/MINGGUAN/2025', title: 'Laporan mingguan loket', issued: '2025-11-24', signer: 'Sekretaris Daerah', valid_from: '2025-11-24', legal_basis: 'PermenPANRB 4/2025', rules: [rule] });
  expect(made.status, made.text).toBe(200);
  await day.at('2025-11-27T14:30');
  await day.open(login, '/pegawai/');
  await expect(page.getByText('Laporan mingguan, paling lambat Jumat, 28 November 2025.')).toBeVisible();
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await page.getByRole('link', { name: 'Tulis laporan' }).click();
  await expect(page.getByRole('heading', { name: 'Laporan mingguan' })).toBeVisible();
  await expect(page.getByText('Jumat, 28 November 2025').first()).toBeVisible();
  await expect(page.getByLabel('Hari', { exact: true })).toHaveValue('2025-11-27');
  await page.getByLabel('Hari', { exact: true }).selectOption({ label: 'Sen, 24 Nov' });
  await page.getByLabel('Apa yang dihasilkan?').fill('Melayani permohonan di loket pelayanan.');
  await page.getByLabel('Jumlah').fill('40');
  await page.getByLabel('Satuan').fill('layanan');
  await page.getByLabel('Nomor surat, berkas, atau register').fill('503/40');
  await page.getByRole('button', { name: 'Tambah hasil kerja' }).click();
  const second = page.getByRole('group', { name: 'Hasil kerja 2' });
  await second.getByLabel('Hari', { exact: true }).selectOption({ label: 'Jum, 28 Nov' });
  await second.getByLabel('Apa yang dihasilkan?').fill('Menyusun rekap layanan seminggu.');
  await second.getByLabel('Nomor surat, berkas, atau register').fill('503/41');
  await context.setOffline(true);
  await page.getByRole('button', { name: 'Kirim laporan' }).click();
  await expect(page.getByText('Yang akan dikirim')).toBeVisible();
  await context.setOffline(false);
  await expect(page.getByText('Menunggu verifikasi').first()).toBeVisible();
  await day.open(login, '/pegawai/');
  await expect(page.getByRole('link', { name: 'Lihat laporan' })).toBeVisible();

  await day.at(`${FRIDAY}T07:20`);
  await c.post('/api/v1/attendance/punches', { events: [punch('in', new Date(`${FRIDAY}T07:20:00+07:00`))] });
  await day.at(`${FRIDAY}T15:00`);
  const superior = (await superiorOf(bkd, me.employee, login.password))!;
  await day.open(superior, '/atasan/');
  const queue = page.locator('section', { has: page.getByRole('heading', { name: 'Perlu diverifikasi' }) }), row = queue.getByRole('listitem').filter({ hasText: me.name });
  await expect(row.filter({ hasText: 'Jumat, 28 November 2025' })).toBeVisible();
  await row.getByRole('button', { name: 'Buka' }).first().click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText(/^Sen, 24 Nov · /)).toBeVisible();
  await expect(dialog.getByText(/^Jum, 28 Nov · /)).toBeVisible();
  await dialog.getByRole('button', { name: 'Verifikasi' }).click();
  await expect(page.getByText('Laporan diverifikasi.')).toBeVisible();

  await day.open(login, `/pegawai/#/hari?hari=${FRIDAY}`);
  await settled(page);
  await expect(page.getByText('Laporan mingguan, paling lambat hari ini')).toBeVisible();
  await page.goto(`${day.server.url}/pegawai/#/hari?hari=2025-11-25`);
  await expect(page.getByText('Laporan mingguan, paling lambat Jumat, 28 November 2025')).toBeVisible();
  const days = (await c.get('/api/v1/attendance/days')).body.items.filter((d: any) => d.day >= '2025-11-24');
  expect(days.map((d: any) => `${d.day.slice(8)} ${d.duty}`)).toEqual(['24 weekly', '25 weekly', '26 weekly', '27 weekly', '28 weekly_due']);
  expect(days.at(-1).report_state).toBe('verified');
});
