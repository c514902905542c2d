/* The board of live performance: work that piles up is seen without a touch, and a figure opens what it came from. */
import { expect, loginOf, test } from './app';
import { employeeLogin } from '../http/server';

test('work that piles up shows on the board of the government by itself, and opens down to its tasks', async ({ page, app }) => {
  const worker = await app.server.client().signIn(employeeLogin(app.all, 'home')), me = (await worker.get('/api/v1/me')).body;
  const boss = await app.server.client().signIn(loginOf(app.all, 'supervisor'));
  await app.as(loginOf(app.all, 'bkd'));
  await app.open('/bkd/#/kinerja');
  const row = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: me.unit.agency_name, exact: true }) }), open = row.getByRole('link', { name: /^Tugas terbuka/ });
  const before = await open.count() ? Number(await open.textContent()) : 0;
  const sent = await boss.post('/api/v1/tasks', { kind: 'assignment', subject: 'Rekap kerusakan jembatan', employee: me.employee, due: '2025-11-14' });
  expect(sent.status).toBeLessThan(300);
  await expect(open).toHaveText(String(before + 1), { timeout: 2000 });
  await open.click();
  await expect(page.getByRole('heading', { level: 2, name: 'Tugas terbuka' })).toBeVisible();
  await page.getByRole('link', { name: new RegExp(me.unit.name) }).click();
  await expect(page.getByText('Nama pegawai hanya ditampilkan')).toBeVisible(); /* the personnel board has no line to him */
  await expect(page.getByRole('main')).not.toContainText(me.full_name);
  await page.getByRole('button', { name: /terbuka/ }).click();
  await expect(page.getByRole('dialog').getByText('Rekap kerusakan jembatan')).toBeVisible();
  await page.getByRole('dialog').getByRole('button', { name: 'Tutup' }).click();
  await page.getByRole('link', { name: 'Kembali ke papan kinerja' }).click();
  await expect(page.getByRole('heading', { level: 2, name: me.unit.name })).toBeVisible();
  await page.getByRole('link', { name: 'Kembali', exact: true }).click();
  await expect(page.getByRole('heading', { level: 2, name: 'Seluruh pemerintah daerah' })).toBeVisible();
});

test('who heads the agency opens a figure down to the report and the task, beside the presence of the day', async ({ page, app }) => {
  const worker = await app.server.client().signIn(employeeLogin(app.all, 'home')), me = (await worker.get('/api/v1/me')).body, draft = (await worker.get('/api/v1/reports/daily')).body;
  const boss = await app.server.client().signIn(loginOf(app.all, 'supervisor'));
  const items = [{ starts: '08:00', ends: '09:00', description: 'Memeriksa berkas jembatan', volume: 1, unit_of_measure: 'berkas' }];
  expect((await worker.put('/api/v1/reports/daily', { day: draft.day, version: draft.version, submit: true, items })).status).toBeLessThan(300);
  expect((await boss.post('/api/v1/tasks', { kind: 'assignment', subject: 'Rekap kerusakan jembatan', employee: me.employee, due: '2025-11-14' })).status).toBeLessThan(300);
  await app.as(loginOf(app.all, 'agency_head'));
  await app.open(`/atasan/#/kinerja/${me.unit.id}`);
  const presence = page.locator('section', { has: page.getByRole('heading', { name: 'Presensi hari ini' }) });
  await expect(presence).toContainText('yang bertugas');
  await page.getByRole('link', { name: /^Laporan hari ini/ }).first().click();
  await page.getByRole('link', { name: 'Laporan masuk hari ini' }).click();
  await page.getByRole('button', { name: new RegExp(me.full_name) }).click();
  await expect(page.getByRole('dialog').getByText('Memeriksa berkas jembatan')).toBeVisible();
  await page.getByRole('dialog').getByRole('button', { name: 'Tutup' }).click();
  await page.getByRole('link', { name: 'Kembali ke papan kinerja' }).click();
  await page.getByRole('link', { name: /^Tugas terbuka/ }).first().click();
  const task = page.getByRole('button', { name: /Rekap kerusakan jembatan/ });
  await expect(task).toContainText(me.full_name);
  await task.click();
  await expect(page.getByRole('dialog').getByRole('heading', { name: 'Rekap kerusakan jembatan' })).toBeVisible();
});
