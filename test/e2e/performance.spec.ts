/* The board of live performance: work that piles up is seen without a touch, and a figure opens what it came from. */
import { expect, loginOf, test } from './app';
import { employeeLogin } from '../http/server';

test('work that piles up shows on the board of the government by itself, and opens to its tasks', async ({ page, app }) => {
  const worker = await app.server.client().signIn(employeeLogin(app.all, 'home')), me = (await worker.get('/api/v1/me')).body;
  const boss = await app.server.client().signIn(loginOf(app.all, 'supervisor'));
  await app.as(loginOf(app.all, 'bkd'));
  await app.open('/bkd/#/kinerja');
  const row = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: me.unit.agency_name, exact: true }) }), open = row.getByRole('button', { name: /tugas terbuka/ });
  const before = await open.count() ? Number(await open.textContent()) : 0;
  const sent = await boss.post('/api/v1/tasks', { kind: 'assignment', subject: 'Rekap kerusakan jembatan', employee: me.employee, due: '2025-11-14' });
  expect(sent.status).toBeLessThan(300);
  await expect(open).toHaveText(String(before + 1));
  await open.click();
  await expect(page.getByRole('dialog').getByText('Rekap kerusakan jembatan')).toBeVisible();
  await page.getByRole('dialog').getByRole('button', { name: 'Tutup' }).click();
  await row.getByRole('link').click();
  await expect(page.getByRole('heading', { level: 2, name: me.unit.agency_name })).toBeVisible();
  await expect(page.getByRole('link', { name: me.unit.name, exact: true })).toBeVisible();
  await page.getByRole('link', { name: 'Kembali' }).click();
  await expect(page.getByRole('heading', { level: 2, name: 'Seluruh pemerintah daerah' })).toBeVisible();
});
