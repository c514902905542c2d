/*
 * December of one agency in the browser: the officer has the best roster made and edits it, the head sets it, the
 * board acknowledges it, and the attendance rule of a changed day follows. Then a colleague swaps a day.
 */
import type { Page } from '@playwright/test';
import { employeeLogin, expect, loginOf, settled, test, type App } from './app';
import type { Login } from '../http/server';

test.use({ viewport: { width: 1440, height: 900 } });

/** Another person at the same browser begins with a page of his own. */
async function become(page: Page, app: App, who: Login, path: string) {
  await page.goto('about:blank');
  await app.as(who);
  await app.open(path);
}
const confirm = (page: Page, name: string) => page.getByRole('dialog').getByRole('button', { name, exact: true }).click();

test('a month is made, edited, set, acknowledged, and is the attendance rule', async ({ page, app }) => {
  const worker = await app.server.client().signIn(employeeLogin(app.all, 'home')), me = (await worker.get('/api/v1/me')).body;
  const rule = async (day: string) => (await worker.get(`/api/v1/policy/explain?employee=${me.employee}&day=${day}`)).body;
  await become(page, app, loginOf(app.all, 'agency_officer'), '/bkd/#/jadwal');
  await expect(page.getByText('belum terisi 15–')).toBeVisible();
  await page.getByRole('button', { name: 'Susun jadwal' }).first().click();
  await confirm(page, 'Susun');
  await expect(page.getByText('Jadwal tersusun sebagai draf.')).toBeVisible();
  await expect(page.getByText('Tidak ada masalah: semua batas terpenuhi.')).toBeVisible();

  /* an edit shows its consequence at once, is undone, and another one is stored */
  const grid = page.getByRole('grid');
  await page.getByLabel('Cari nama').fill(me.name);
  const first = grid.getByRole('row', { name: new RegExp(me.name) }).getByRole('gridcell').first();
  await first.click();
  for (let i = 0; i < 5; i++) { await page.keyboard.press('r'); await page.keyboard.press('ArrowRight'); }
  await expect(page.getByText('WFH seminggu melebihi batas').first()).toBeVisible();
  await expect(page.getByText(/sel belum disimpan/)).toBeVisible();
  await page.getByRole('button', { name: 'Riwayat' }).click();
  await expect(page.getByText('Simpan perubahan dahulu.')).toBeVisible();
  while (await page.getByRole('button', { name: 'Urungkan' }).isEnabled()) await page.getByRole('button', { name: 'Urungkan' }).click();
  await expect(page.getByText('Tidak ada masalah: semua batas terpenuhi.')).toBeVisible();
  await first.click();
  await page.keyboard.press('k');
  await page.keyboard.press('g');
  await page.getByRole('button', { name: 'Simpan', exact: true }).click();
  await expect(page.getByText('Semua tersimpan')).toBeVisible();
  await page.getByRole('button', { name: 'Susun ulang' }).click();
  await page.getByText('Setelan lain').click();
  await page.getByLabel('Tambah unit').selectOption({ index: 1 });
  await page.getByRole('dialog').getByRole('group').last().getByLabel('Rabu').check();
  await confirm(page, 'Susun');
  await expect(page.getByText('Jadwal disusun ulang; sel yang dikunci tetap.')).toBeVisible();
  await settled(page);
  await page.getByLabel('Cari nama').fill('');
  for (const row of (await grid.getByRole('row').all()).slice(1, 5)) await expect(row.getByRole('gridcell').nth(2)).toContainText('K'); /* Wednesday: all of the agency come in */
  await expect(page.getByRole('button', { name: 'Tetapkan' })).toHaveCount(0);
  const path = new URL(page.url()).pathname + new URL(page.url()).hash;
  expect((await rule('2025-12-15')).roster.letter).toBeUndefined();

  await become(page, app, loginOf(app.all, 'agency_head'), path);
  await page.getByRole('button', { name: 'Tetapkan' }).click();
  await confirm(page, 'Tetapkan');
  await expect(page.getByText('Jadwal ditetapkan dan dikirim ke BKD.')).toBeVisible();
  await settled(page);
  await expect(page.getByText('berlaku bila BKD tidak menjawab sampai Sen, 17 Nov 23.59')).toBeVisible();

  await become(page, app, loginOf(app.all, 'bkd'), '/bkd/#/jadwal');
  await page.getByRole('listitem').filter({ hasText: 'Menunggu BKD' }).first().getByRole('link', { name: 'Buka' }).click();
  await page.getByRole('button', { name: 'Kembalikan' }).click();
  await confirm(page, 'Kembalikan');
  await expect(page.getByRole('dialog').getByText('Wajib diisi.')).toBeVisible();
  await page.getByRole('dialog').getByRole('button', { name: 'Batal' }).click();
  await page.getByRole('button', { name: 'Terima', exact: true }).click();
  await confirm(page, 'Terima');
  await expect(page.getByText('Jadwal diterima dan berlaku.')).toBeVisible();
  await settled(page);
  await page.getByRole('button', { name: 'Riwayat' }).click();
  for (const step of ['Disusun', 'Disusun ulang', 'Ditetapkan pimpinan', 'Diterima BKD', 'Mulai berlaku']) await expect(page.getByRole('dialog').getByText(step, { exact: true })).toBeVisible();
  await page.getByRole('dialog').getByRole('button', { name: 'Tutup' }).click();

  /* the locked day is the rule, and the employee sees it */
  expect(await rule('2025-12-15')).toMatchObject({ mode: 'office', source: 'roster', roster: { letter: 'K' } });
  await page.getByRole('button', { name: 'Unduh dan cetak' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('dialog').getByRole('button', { name: 'Unduh PDF' }).click();
  expect((await download).suggestedFilename()).toMatch(/\.pdf$/);
});

test('two of one unit swap a day, and the superior lets them', async ({ page, app }) => {
  const login = employeeLogin(app.all, 'home'), worker = await app.server.client().signIn(login), me = (await worker.get('/api/v1/me')).body;
  const mode = async (day: string) => (await worker.get(`/api/v1/me/roster?from=${day}&days=1`)).body.items[0].mode;
  const bkd = await app.server.client().signIn(loginOf(app.all, 'bkd'));
  const superior = (await bkd.get(`/api/v1/org/employees/${me.employee}`)).body.superiors.find((s: { relation: string }) => s.relation === 'supervisor').employee as string, { unit } = (await bkd.get(`/api/v1/org/employees/${superior}`)).body.placements[0];
  const boss = ((await bkd.get(`/api/v1/org/units/${unit}/employees`)).body.items as { id: string; nip: string; name: string }[]).find(p => p.id === superior)!;
  await become(page, app, login, '/pegawai/#/jadwal');
  await page.getByRole('button', { name: 'Minta tukar hari' }).click();
  const dialog = page.getByRole('dialog'), given = dialog.getByLabel('Hari WFH yang saya berikan');
  let name = '', days: [string, string] = ['', ''];
  await expect(given.locator('option').nth(1)).toBeAttached();
  for (const day of await given.locator('option').evaluateAll(o => o.map(x => (x as HTMLOptionElement).value).filter(Boolean))) {
    const partners = page.waitForResponse(r => r.url().endsWith(`/swaps/partners?day=${day}`)); /* what is shown until then is of the day before */
    await given.selectOption(day);
    await (await partners).finished();
    await settled(page);
    await expect(dialog.getByLabel('Ditukar dengan').or(dialog.getByText(/^Tidak ada rekan/))).toBeVisible();
    if (await dialog.getByLabel('Ditukar dengan').count() === 0) continue;
    const options = dialog.getByLabel('Ditukar dengan').locator('option').filter({ hasNotText: boss.name }); /* who decides swaps with nobody here */
    if (await options.count() < 2) continue;
    const option = options.nth(1), value = (await option.getAttribute('value'))!;
    await dialog.getByLabel('Ditukar dengan').selectOption(value);
    [name, days] = [(await option.textContent())!.split(':')[0]!, [day, value.split(' ')[1]!]];
    break;
  }
  await confirm(page, 'Kirim permintaan');
  await expect(page.getByText('Permintaan terkirim.')).toBeVisible();
  await expect(page.getByText('Menunggu rekan')).toBeVisible();

  const { nip } = ((await bkd.get(`/api/v1/org/units/${me.unit.id}/employees`)).body.items as { name: string; nip: string }[]).find(p => p.name === name)!;
  await become(page, app, { ...login, nip }, '/pegawai/#/jadwal');
  await page.getByRole('button', { name: 'Setuju', exact: true }).click();
  await expect(page.getByText('Menunggu atasan')).toBeVisible();
  expect(await mode(days[0])).toBe('home');

  await become(page, app, { ...login, nip: boss.nip }, '/atasan/');
  await page.getByRole('link', { name: 'Izin & cuti' }).click();
  await page.getByRole('button', { name: 'Setujui', exact: true }).click();
  await expect(page.getByText('Tukar hari berlaku.')).toBeVisible();
  expect([await mode(days[0]), await mode(days[1])]).toEqual(['office', 'home']);
});

test.describe('on the last working day of a roster', () => {
  test.use({ clock: '2025-12-12T07:20+07:00' });

  test('it is seen as it held, to look at only, also on a phone', async ({ page, app }) => {
    const officer = await app.as(loginOf(app.all, 'agency_officer')), { id, people } = (await officer.get('/api/v1/roster/versions?on=2025-12-12')).body.items.find((v: any) => v.state === 'published' && v.period_from === '2025-12-01');
    await app.open(`/bkd/#/jadwal?versi=${id}`);
    await expect(page.getByText('Hanya untuk dilihat')).toBeVisible();
    const grid = page.getByRole('grid'), home = grid.getByRole('gridcell', { name: /1 Desember 2025: di rumah \(WFH\)\. Sudah lewat, tidak dapat diubah\.$/ });
    await expect(grid).toHaveAttribute('aria-rowcount', String(people + 1));
    await expect(home.first()).toHaveAttribute('aria-readonly', 'true');
    await page.setViewportSize({ width: 360, height: 780 });
    await expect(page.getByText('1–7 Desember 2025')).toBeVisible();
    await expect(page.getByRole('button', { name: /1 Desember 2025: di rumah \(WFH\)/ }).first()).toBeVisible();
  });
});
