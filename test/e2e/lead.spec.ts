/* A team lead advises: his word stands beside the report, the superior decides. */
import { employeeLogin, expect, loginOf, settled, test } from './app';
import { TODAY } from '../http/server';

test.use({ viewport: { width: 1280, height: 900 } });

const item = { starts: '08:00', ends: '09:30', description: 'Menyusun telaahan staf tentang pola kerja', volume: 1, unit_of_measure: 'dokumen', evidence_link: 'https://naskah.example/12' };

test('a team lead advises what is to be mended, then that it may be verified', async ({ page, app }) => {
  const worker = await app.server.client().signIn(employeeLogin(app.all, 'home')), name = (await worker.get('/api/v1/me')).body.name;
  const before = (await worker.get(`/api/v1/reports/daily?day=${TODAY}`)).body, sent = await worker.put('/api/v1/reports/daily', { day: TODAY, version: before.version, items: [item], submit: true });
  expect(sent.status, sent.text).toBe(200);
  const boss = await app.server.client().signIn(loginOf(app.all, 'supervisor'));
  const seenByBoss = async () => (await boss.get('/api/v1/reports/team?state=submitted')).body.items.find((r: any) => r.report === sent.body.report);

  await app.as(loginOf(app.all, 'team_lead'));
  await app.open('/atasan/');
  const queue = page.locator('section', { has: page.getByRole('heading', { name: 'Laporan tim yang Anda pimpin' }) }), row = queue.getByRole('listitem').filter({ hasText: name }).filter({ hasText: 'Kamis, 13 November 2025' }), dialog = page.getByRole('dialog');
  await row.getByRole('button', { name: 'Buka' }).click();
  await expect(dialog.getByText(item.description)).toBeVisible();
  await dialog.getByRole('button', { name: 'Sarankan perbaikan' }).click();
  await dialog.getByRole('button', { name: 'Sarankan perbaikan' }).click();
  await expect(dialog.locator('[aria-invalid=true]')).toBeVisible();
  await dialog.getByLabel('Yang perlu diperbaiki').fill('Sebutkan nomor naskah telaahannya.');
  await dialog.getByRole('button', { name: 'Sarankan perbaikan' }).click();
  await expect(page.getByText('1 saran disampaikan.')).toBeVisible();
  expect(await seenByBoss()).toMatchObject({ clean: false, advice: 'return', remarks: expect.arrayContaining(['advised_return']) });
  expect((await worker.get(`/api/v1/reports/daily?day=${TODAY}`)).body).toMatchObject({ state: 'submitted', notes: 1 });

  await page.reload();
  await settled(page);
  await expect(row.getByText('ketua tim menyarankan perbaikan')).toBeVisible();
  await row.getByRole('button', { name: 'Buka' }).click();
  await expect(dialog.getByText('Sebutkan nomor naskah telaahannya.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Sarankan verifikasi' }).click();
  await expect.poll(seenByBoss).toMatchObject({ advice: 'verify', state: 'submitted' });

  await app.as(loginOf(app.all, 'supervisor'));
  await app.open('/atasan/');
  const waits = page.getByRole('listitem').filter({ has: page.getByLabel(`Pilih laporan ${name}`) }).filter({ hasText: 'Kamis, 13 November 2025' });
  await expect(waits.getByText('ketua tim menyarankan verifikasi')).toBeVisible();
});
