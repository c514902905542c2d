import { employeeLogin, expect, loginOf, settled, test } from './app';
import { TODAY, type Client } from '../http/server';

test.use({ viewport: { width: 1280, height: 900 } });

const item = { starts: '08:00', ends: '09:30', description: 'Menyusun telaahan staf tentang pola kerja', volume: 1, unit_of_measure: 'dokumen', evidence_link: 'https://naskah.example/12' };
async function submit(c: Client, items: object[] = [item]) {
  const before = (await c.get(`/api/v1/reports/daily?day=${TODAY}`)).body;
  const r = await c.put('/api/v1/reports/daily', { day: TODAY, version: before.version, items, submit: true });
  expect(r.status, r.text).toBe(200);
}

test('returns a report with a reason, then verifies what was mended', async ({ page, app }) => {
  const worker = await app.server.client().signIn(employeeLogin(app.all, 'home')), name = (await worker.get('/api/v1/me')).body.name;
  await submit(worker);
  await app.as(loginOf(app.all, 'supervisor'));
  await app.open('/atasan/');
  const row = page.getByRole('listitem').filter({ has: page.getByLabel(`Pilih laporan ${name}`) }).filter({ hasText: 'Kamis, 13 November 2025' });
  await row.getByRole('button', { name: 'Buka' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText(item.description)).toBeVisible();
  await dialog.getByRole('button', { name: 'Kembalikan' }).click();
  await dialog.getByLabel('Alasan pengembalian').fill('pendek');
  await dialog.getByRole('button', { name: 'Kembalikan' }).click();
  await expect(dialog.locator('[aria-invalid=true]')).toBeVisible();
  await dialog.getByLabel('Alasan pengembalian').fill('Sebutkan nomor naskah telaahannya.');
  await dialog.getByRole('button', { name: 'Kembalikan' }).click();
  await expect(page.getByText('Laporan dikembalikan.')).toBeVisible();
  expect((await worker.get(`/api/v1/reports/daily?day=${TODAY}`)).body).toMatchObject({ state: 'returned', reason: 'Sebutkan nomor naskah telaahannya.' });

  await submit(worker);
  await page.reload();
  await settled(page);
  await row.getByRole('button', { name: 'Buka' }).click();
  await expect(dialog.getByText('Sebutkan nomor naskah telaahannya.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Verifikasi' }).click();
  await expect(page.getByText('Laporan diverifikasi.')).toBeVisible();
  expect((await worker.get(`/api/v1/reports/daily?day=${TODAY}`)).body.state).toBe('verified');
  await expect(row).toHaveCount(0);
});

test('verifies many in one gesture', async ({ page, app }) => {
  const boss = await app.as(loginOf(app.all, 'supervisor'));
  await submit(await app.server.client().signIn(employeeLogin(app.all, 'home')), [{ ...item, evidence_link: undefined }]);
  const waiting = (await boss.get('/api/v1/reports/team?state=submitted')).body.items;
  expect(waiting.length).toBeGreaterThan(1);
  await app.open('/atasan/');
  for (const box of await page.getByLabel(/^Pilih laporan/).all()) await box.check();
  await page.getByRole('button', { name: `Verifikasi ${waiting.length} yang dipilih` }).click();
  const asking = page.getByRole('dialog', { name: `Verifikasi ${waiting.length} laporan?` });
  await expect(asking.getByText('tanpa bukti').first()).toBeVisible();
  expect((await boss.get('/api/v1/reports/team?state=submitted')).body.items).toHaveLength(waiting.length);
  await asking.getByRole('button', { name: 'Verifikasi semuanya' }).click();
  await expect(page.getByText(`${waiting.length} laporan diverifikasi.`)).toBeVisible();
  await expect(page.getByText('Tidak ada laporan yang menunggu.')).toBeVisible();
  expect((await boss.get('/api/v1/reports/team?state=submitted')).body.items).toEqual([]);
});

test('a team lead sees his people and is offered nothing to verify', async ({ page, app }) => {
  await app.as(loginOf(app.all, 'team_lead'));
  await app.open('/atasan/');
  await expect(page.getByText('sebagai ketua tim').first()).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Perlu diverifikasi' })).toHaveCount(0);
});

test('sees who is in and opens a person\'s day', async ({ page, app }) => {
  const boss = await app.as(loginOf(app.all, 'supervisor'));
  const team = (await boss.get('/api/v1/attendance/team')).body;
  await app.open('/atasan/');
  await expect(page.getByRole('button', { name: `Semua ${team.items.length}` })).toBeVisible();
  await page.getByRole('button', { name: /^Belum masuk/ }).click();
  const missing = team.items.filter((p: { state: string }) => ['expected', 'absent'].includes(p.state));
  await expect(page.getByRole('button', { name: /, |^[A-Z]/ }).filter({ has: page.locator('.initials') })).toHaveCount(missing.length);
  await page.getByRole('button', { name: /^Semua/ }).click();
  await page.getByRole('button', { name: new RegExp(`^${team.items[0].full_name}`) }).click();
  await expect(page.getByRole('dialog').getByRole('heading', { name: 'Catatan presensi' })).toBeVisible();
});
