/*
 * A normal day of a superior, cleared in the browser: what is in order with one gesture, what is not one by one. The time it
 * takes is told, never asserted; how often he must press is.
 */
import { expect, loginOf, settled, test, type App } from './app';
import { punch, putUnder, TODAY, type Client } from '../http/server';
import type { Page } from '@playwright/test';

test.use({ clock: '2025-11-13T16:20+07:00', viewport: { width: 360, height: 800 } });

const NOON = new Date('2025-11-13T14:30:00+07:00');
const item = (more: object = {}) => ({ starts: '08:00', ends: '11:30', description: 'Menelaah usulan kenaikan pangkat periode Desember', volume: 6, unit_of_measure: 'usulan', reference: '823/114', ...more });
const other = (more: object = {}) => ({ starts: '13:00', ends: '15:30', description: 'Menyusun nota dinas hasil penelaahan', volume: 1, unit_of_measure: 'dokumen', reference: '823/115', ...more });

/** Every press on the page is counted. */
async function counting(page: Page) {
  let presses = 0;
  await page.exposeFunction('pressed', () => { presses++; });
  await page.addInitScript(() => addEventListener('click', e => { if (e.isTrusted) (window as unknown as { pressed: () => void }).pressed(); }, true));
  return () => presses;
}

async function comes(c: Client) {
  const r = await c.post('/api/v1/attendance/punches', { events: [punch('in', NOON)] });
  expect(r.status, r.text).toBe(200);
}
async function writes(c: Client, items: object[]) {
  const { version } = (await c.get(`/api/v1/reports/daily?day=${TODAY}`)).body, r = await c.put('/api/v1/reports/daily', { day: TODAY, version, items, submit: true });
  expect(r.body, r.text).toMatchObject({ state: 'submitted' });
}
/* what waits from before is another day's work */
async function clearBefore(boss: Client) {
  const rows = (await boss.get('/api/v1/reports/team?state=submitted')).body.items;
  if (rows.length) await boss.post('/api/v1/reports/verifications', { items: rows.map((r: any) => ({ report: r.report, version: r.version })) });
}
async function signedIn(app: App) {
  const head = loginOf(app.all, 'supervisor'), bkd = await app.server.client().signIn(loginOf(app.all, 'bkd'));
  return { head, bkd, boss: await app.server.client().signIn(head) };
}
const waiting = async (boss: Client) => (await boss.get('/api/v1/reports/team?state=submitted')).body.items.filter((r: any) => r.day === TODAY);

test('thirty who wrote: the clean ones at once, five by themselves, one of them returned', async ({ page, app }) => {
  const { head, bkd, boss } = await signedIn(app);
  await clearBefore(boss);
  const people = await putUnder(bkd, head, 30, day => day.duty === 'daily_items' && day.report_state === 'none');
  for (const [i, p] of people.entries()) {
    const c = await app.server.client().signIn(p.login);
    if (i !== 3) await comes(c);
    await writes(c, i === 0 || i === 1 ? [item({ reference: undefined })] : i === 2 || i === 4 ? [item(), other({ starts: '10:00' })] : [item(), other()]);
  }
  const all = (await waiting(boss)).filter((r: any) => people.some(p => p.employee === r.employee)), odd = all.filter((r: any) => !r.clean);
  expect(all).toHaveLength(30);
  expect(odd).toHaveLength(5);

  const presses = await counting(page);
  await app.as(head);
  await app.open('/atasan/');
  const began = Date.now(), before = presses();
  await page.getByRole('button', { name: /^Verifikasi \d+ laporan tanpa catatan$/ }).click();
  await expect(page.getByText(/^\d+ laporan diverifikasi\.$/)).toBeVisible();
  const dialog = page.getByRole('dialog');
  await page.getByRole('button', { name: 'Buka', exact: true }).first().click();
  for (let left = odd.length; left > 0; left--) {
    await settled(page);
    await expect(dialog.getByText('Menelaah usulan kenaikan pangkat')).toBeVisible();
    if (left === 1) {
      await dialog.getByRole('button', { name: 'Kembalikan' }).click();
      await dialog.getByLabel('Alasan pengembalian').fill('Lampirkan nomor usulan yang ditelaah.');
      await dialog.getByRole('button', { name: 'Kembalikan' }).click();
      continue;
    }
    const title = await dialog.getByRole('heading').first().textContent();
    await dialog.getByRole('button', { name: 'Verifikasi' }).click();
    await expect(dialog.getByRole('heading').first()).not.toHaveText(title!);
  }
  await expect(dialog).toHaveCount(0);
  await expect(page.getByText('Tidak ada laporan yang menunggu.')).toBeVisible();
  console.info(`30 reports, ${odd.length} of them by themselves: ${presses() - before} presses, ${((Date.now() - began) / 1000).toFixed(1)} s`);
  expect(presses() - before).toBeLessThanOrEqual(2 + odd.length + 1); /* all clean, open, one each, and the second of the return */
  expect(await waiting(boss)).toEqual([]);
});

test('a school of ninety: the confirmed ones at once, three who wrote by themselves', async ({ page, app }) => {
  const { head, bkd, boss } = await signedIn(app);
  await clearBefore(boss);
  const people = await putUnder(bkd, head, 90, (day, position) => /^(Guru|Perawat)/.test(position) && day.duty === 'daily_confirm' && day.report_state === 'none' && day.starts < '14:00');
  for (const [i, p] of people.entries()) {
    const c = await app.server.client().signIn(p.login);
    if (i >= 3) await comes(c);
    if (i < 3) await writes(c, [item({ description: 'Menelaah usulan kenaikan pangkat guru', reference: undefined })]);
    else expect((await c.put('/api/v1/reports/daily', { day: TODAY, version: 0, items: [], submit: true, confirm: true })).body).toMatchObject({ state: 'submitted' });
  }
  const presses = await counting(page);
  await app.as(head);
  await app.open('/atasan/');
  const began = Date.now(), before = presses();
  await expect(page.getByText('87 laporan dikonfirmasi sesuai jadwal, tanpa catatan')).toBeVisible();
  await page.getByRole('button', { name: 'Verifikasi 87 laporan tanpa catatan' }).click();
  await expect(page.getByText('87 laporan diverifikasi.')).toBeVisible();
  await page.getByRole('button', { name: 'Buka', exact: true }).first().click();
  const dialog = page.getByRole('dialog');
  for (let left = 3; left > 0; left--) {
    await settled(page);
    const title = await dialog.getByRole('heading').first().textContent();
    await dialog.getByRole('button', { name: 'Verifikasi' }).click();
    if (left > 1) await expect(dialog.getByRole('heading').first()).not.toHaveText(title!);
  }
  await expect(page.getByText('Tidak ada laporan yang menunggu.')).toBeVisible();
  console.info(`90 reports, 3 of them by themselves: ${presses() - before} presses, ${((Date.now() - began) / 1000).toFixed(1)} s`);
  expect(presses() - before).toBeLessThanOrEqual(5);
  expect(await waiting(boss)).toEqual([]);
});
