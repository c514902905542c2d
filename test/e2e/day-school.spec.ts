/* A school of six days: its pattern is given, a teacher comes at half past six, the head verifies, and November is closed. */
import { employeeLogin } from './app';
import { expect, personOf, shot, standAtWork, test, settled } from './day';
import { headOf } from '../http/server';

test('a school', async ({ day, page }) => {
  const teacher = await personOf(day, employeeLogin(day.all, 'teacher'));
  const bkd = await day.client(day.role('bkd'));
  const people = (await bkd.get(`/api/v1/org/units/${teacher.unit.id}/employees?limit=200`)).body.items.map((p: any) => ({ employee: p.id, nip: p.nip }));
  const head = await headOf(bkd, people, day.all[0]!.password);
  console.log(teacher.full_name, teacher.unit, head);

  await day.open(day.role('bkd'), '/bkd/#/jam');
  await shot(page, 'school-jam', [360, 1440]);
  await page.getByRole('button', { name: 'Buat pola' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Kode').fill('SEKOLAH6');
  await form.getByLabel('Nama pola').fill('Sekolah enam hari, mulai 06.30');
  await form.getByLabel('Dasar hukum').fill('SE Gubernur 58/PK.03/DISDIK');
  await shot(page, 'school-pola', [360, 768, 1440]);
  console.log(await form.innerText());
  await page.keyboard.press('Escape');

  await day.at('2025-11-27T06:25');
  await standAtWork(day, teacher.client);
  await day.open(teacher.login, '/pegawai/');
  await shot(page, 'school-beranda', [360, 768]);
  console.log(await page.locator('main').innerText());
  await page.getByRole('button', { name: /Presensi masuk/ }).click();
  await page.getByRole('button', { name: 'Mengerti, lanjutkan' }).click();
  await expect(page.getByText(/Bekerja sejak/)).toBeVisible();
  await page.waitForTimeout(500);
  await shot(page, 'school-masuk', [360, 768]);
  await day.open(head, '/atasan/');
  await shot(page, 'school-atasan', [360, 768, 1440]);
  console.log(await page.locator('body').innerText());

  await day.at('2025-12-01T07:45');
  await day.open(head, '/atasan/#/rekap?bulan=2025-11-01');
  await shot(page, 'school-rekap', [360, 768, 1440]);
  console.log(await page.locator('body').innerText());
});
