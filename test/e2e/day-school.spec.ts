/* A school goes over to six days: a teacher comes at half past six, her report is verified, and November is closed. */
import { employeeLogin } from './app';
import { headOf } from '../http/server';
import { DAY, december, expect, explain, onPaper, personOf, printBoth, seal, settled, shot, standAtWork, test } from './day';

test('a school of six days', async ({ day, page }) => {
  const bkd = await day.client(day.role('bkd')), teacher = await personOf(day, employeeLogin(day.all, 'teacher')), { unit } = teacher;
  const people = (await bkd.get(`/api/v1/org/units/${unit.id}/employees?limit=200`)).body.items.map((p: any) => ({ ...p, employee: p.id }));
  const head = await headOf(bkd, people, day.all[0]!.password), boss = await day.client(head);

  /* the board enters the pattern and gives it to the school from today */
  await day.open(day.role('bkd'), '/bkd/#/jam');
  await page.getByRole('button', { name: 'Buat pola' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Kode').fill('SEKOLAH6');
  await form.getByLabel('Nama pola').fill('Sekolah enam hari, mulai 06.30');
  await form.getByLabel('Dasar hukum').fill('SE Gubernur 58/PK.03/DISDIK');
  await form.getByLabel('Mulai', { exact: true }).fill(DAY);
  await form.getByRole('checkbox', { name: 'Sabtu' }).check();
  for (const name of ['Senin', 'Selasa', 'Rabu', 'Kamis', 'Jumat', 'Sabtu']) {
    await form.getByLabel(`${name}: Masuk`).fill('06:30');
    await form.getByLabel(`${name}: Pulang`).fill(name === 'Jumat' ? '11:30' : name === 'Sabtu' ? '12:00' : '13:30');
  }
  await shot(page, 'sekolah-pola', [360, 768, 1440]);
  await form.getByRole('button', { name: 'Catat', exact: true }).click();
  console.log(await form.innerText().catch(() => 'closed'));
  await expect(page.getByText('Sekolah enam hari, mulai 06.30')).toBeVisible();
  await page.getByRole('button', { name: 'Beri pola' }).click();
  await form.getByLabel('Pola', { exact: true }).selectOption({ label: 'Sekolah enam hari, mulai 06.30' });
  await form.getByRole('radio', { name: 'Unit dan unit di bawahnya' }).check();
  await settled(page);
  await shot(page, 'sekolah-beri', [360, 768, 1440]);
  console.log(await form.innerText());
});
