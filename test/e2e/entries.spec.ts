/* Every entry opens on what its visitor may use, or says plainly that it is not his and where to go. */
import type { Page } from '@playwright/test';
import { employeeLogin, expect, loginOf, settled, test, type App } from './app';
import { TODAY, type Login } from '../http/server';

const tabs = (page: Page) => page.getByRole('navigation', { name: 'Menu' }).getByRole('link');
const nurse = (app: App) => employeeLogin(app.all, 'nurse');

/** A plain employee with one role over the whole government. */
async function grant(app: App, login: Login, role: string) {
  const bkd = await app.server.client().signIn(loginOf(app.all, 'bkd')), { employee } = (await (await app.server.client().signIn(login)).get('/api/v1/me')).body;
  expect((await bkd.post('/api/v1/org/roles', { employee, role, acting: 'definitive', letter: '490/1/2025', valid_from: TODAY })).status).toBe(200);
}

for (const role of ['operator', 'council']) {
  test(`the office page of a ${role} opens on the published rules, and on nothing that is refused`, async ({ page, app }) => {
    const refused: string[] = [];
    page.on('response', r => { if (r.status() === 403 || r.status() === 404) refused.push(r.url()); });
    await grant(app, nurse(app), role);
    await app.as(nurse(app));
    for (const path of ['/bkd/', '/bkd/#/pegawai', '/bkd/#/impor', '/bkd/#/unit/1']) {
      await page.goto('about:blank');
      await app.open(path);
      await expect(page.getByRole('heading', { name: 'Kebijakan', level: 1 })).toBeVisible();
      await expect(page).toHaveURL(/#\/kebijakan$/);
      await expect(page.getByText('SE 150/KPG.03/BKD').first()).toBeVisible();
    }
    await expect(tabs(page)).toHaveText(role === 'operator' ? ['Kebijakan', 'Jam kerja', 'Gangguan'] : ['Kebijakan', 'Jam kerja']);
    await expect(page.getByLabel('Cari nama atau NIP')).toHaveCount(0);
    expect(refused).toEqual([]);
  });
}

test('a page of others says so and shows the way out', async ({ page, app }) => {
  await app.as(employeeLogin(app.all, 'home'));
  for (const path of ['/bkd/', '/bkd/#/jadwal', '/atasan/', '/atasan/#/unit']) {
    await page.goto('about:blank');
    await app.open(path);
    await expect(page.getByRole('heading', { name: 'Bukan halaman Anda' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Keluar' })).toBeVisible();
    await expect(page.getByRole('link', { name: 'Tim saya' })).toHaveCount(0);
  }
  await page.getByRole('link', { name: 'Presensi saya' }).click();
  await expect(page.getByRole('button', { name: /Presensi masuk/ })).toBeVisible();
});

test('a board one may not see says so, with the way back', async ({ page, app }) => {
  await app.as(loginOf(app.all, 'agency_officer'));
  await app.open('/bkd/#/unit/999');
  await expect(page.getByText('Tidak ditemukan, atau di luar kewenangan Anda.')).toBeVisible();
  await page.getByRole('link', { name: 'Kembali ke papan' }).click();
  await settled(page);
  await expect(page.getByText('Sudah masuk').first()).toBeVisible();
  /* the page of another role is the first of one's own, under its own name */
  await app.open('/bkd/#/impor');
  await expect(page.getByRole('heading', { name: 'Papan unit' })).toBeVisible();
  await expect(page).toHaveURL(/#\/$/);
});

test('an inspector who is officer of his own agency issues codes there and nowhere else', async ({ page, app }) => {
  await page.setViewportSize({ width: 1280, height: 900 });
  await app.as(loginOf(app.all, 'inspector'));
  await app.open('/bkd/#/pegawai');
  await page.getByRole('button', { name: /^Badan Kepegawaian Daerah/ }).first().click();
  await expect(page.getByRole('heading', { name: 'Badan Kepegawaian Daerah' })).toBeVisible();
  await expect(page.getByRole('checkbox')).toHaveCount(0);
  await page.getByRole('button', { name: /^Inspektorat Daerah/ }).first().click();
  await expect(page.getByRole('checkbox', { name: 'Pilih semua' })).toBeVisible();
});

test('the people of a unit that cannot be had are said to be so, and asked for again', async ({ page, app }) => {
  await app.as(loginOf(app.all, 'bkd'));
  await page.route('**/api/v1/org/units', r => r.fulfill({ status: 403, contentType: 'application/problem+json', body: '{"type":"about:blank","title":"Forbidden","status":403,"code":"forbidden","request_id":"1"}' }));
  await app.open('/bkd/#/pegawai');
  await expect(page.getByText('Anda tidak berwenang melakukan ini.')).toBeVisible();
  await page.unroute('**/api/v1/org/units');
  await page.getByRole('button', { name: 'Coba lagi' }).click();
  await expect(page.getByRole('button', { name: /^Badan Kepegawaian Daerah/ }).first()).toBeVisible();
});

test('a screen whose code cannot be fetched says so and can be asked for again', async ({ page, app, context }) => {
  await app.as(loginOf(app.all, 'bkd'));
  await context.route(/\/assets\/people-/, r => r.abort());
  await page.goto(`${app.server.url}/bkd/#/pegawai`);
  await expect(page.getByText('Server belum dapat dihubungi.')).toBeVisible();
  await expect(page.locator('main [aria-busy=true]')).toHaveCount(0);
  await context.unroute(/\/assets\/people-/);
  await page.getByRole('button', { name: 'Coba lagi' }).click();
  await expect(page.getByLabel('Cari nama atau NIP')).toBeVisible();
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 760 } });

  test('the head of a unit finds board, roster, people and rules where his team is', async ({ page, app }) => {
    const c = await app.as(loginOf(app.all, 'supervisor')), me = (await c.get('/api/v1/me')).body;
    await app.open('/pegawai/#/lainnya');
    await page.getByRole('link', { name: 'Tim saya' }).click();
    await expect(tabs(page)).toHaveText(['Tim hari ini', 'Tugas', 'SKP', 'Penilaian', 'Izin & cuti', 'Pendelegasian', 'Konfirmasi', 'Koreksi', 'Papan unit', 'Kinerja', 'Jadwal', 'Sif', 'Daftar hadir', 'Rekap', 'Layar & kios', 'Pegawai', 'Kebijakan']);
    await page.getByRole('link', { name: 'Jadwal', exact: true }).click();
    await settled(page);
    await expect(page.getByText('1–14 Desember 2025', { exact: false }).first()).toBeVisible();
    await expect(page.getByRole('button', { name: 'Tetapkan' })).toHaveCount(0);
    await page.getByRole('button', { name: 'Buka' }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByText(`Disusun untuk ${me.unit.agency_name}. Yang tampak hanya pegawai unit Anda.`)).toBeVisible();
    await expect(dialog.getByRole('row', { name: new RegExp(me.name) })).toBeVisible();
    await expect(dialog.getByRole('row')).toHaveCount(1 + (await c.get(`/api/v1/org/units/${me.unit.id}/employees`)).body.items.length);
    await dialog.getByRole('button', { name: 'Tutup' }).click();
    await expect(page.getByRole('button', { name: 'Susun jadwal' })).toHaveCount(0); /* his agency plans for his unit */
    await page.getByRole('link', { name: 'Pegawai', exact: true }).click();
    await page.getByRole('button', { name: new RegExp(`^${me.full_name}`) }).click(); /* of one unit the people are there at once */
    await expect(page.getByRole('link', { name: 'Kembali ke daftar pegawai' })).toBeVisible();
  });

  test('an acting head of two offices sees the board of either', async ({ page, app }) => {
    const bkd = await app.server.client().signIn(loginOf(app.all, 'bkd')), c = await app.as(loginOf(app.all, 'agency_head')), me = (await c.get('/api/v1/me')).body;
    const other = ((await bkd.get('/api/v1/org/units')).body.items as { id: string; name: string }[]).find(u => u.name === 'Dinas Kehutanan')!;
    expect((await bkd.post('/api/v1/org/roles', { employee: me.employee, role: 'agency_head', unit: other.id, acting: 'plh', letter: '821/2/2025', valid_from: TODAY, valid_to: '2025-12-31' })).status).toBe(200);
    await app.open('/atasan/#/unit');
    await expect(page.getByRole('heading', { name: me.unit.agency_name })).toBeVisible();
    await page.getByLabel('Unit', { exact: true }).selectOption({ label: 'Dinas Kehutanan' });
    await expect(page.getByRole('heading', { name: 'Dinas Kehutanan' })).toBeVisible();
    await settled(page);
    await expect(page.getByRole('link', { name: 'Papan unit' })).toHaveAttribute('aria-current', 'page');
  });

  test('a report that came back is said on the first screen and opened from there', async ({ page, app }) => {
    const boss = await app.server.client().signIn(loginOf(app.all, 'supervisor'));
    const waits = (await boss.get('/api/v1/reports/team?state=submitted')).body.items as { report: string; version: number; day: string; name: string }[];
    const login = employeeLogin(app.all, 'home'), worker = await app.server.client().signIn(login), mine = (await worker.get('/api/v1/me')).body;
    const report = waits.find(r => r.name === mine.name || r.name === mine.full_name)!;
    expect(report).toBeDefined();
    await app.as(login);
    await app.open('/pegawai/');
    await expect(page.getByText('dikembalikan', { exact: false })).toHaveCount(0);
    expect((await boss.post(`/api/v1/reports/daily/${report.report}/return`, { version: report.version, reason: 'Sebutkan nomor suratnya.' })).status).toBeLessThan(300);
    await page.reload();
    await expect(page.getByText('Laporan Rabu, 12 November 2025 dikembalikan.')).toBeVisible();
    await page.getByRole('link', { name: 'Baca alasannya dan perbaiki' }).click();
    await expect(page.getByText('Sebutkan nomor suratnya.', { exact: false }).first()).toBeVisible();
    await expect(page.getByText('Rabu, 12 November 2025').first()).toBeVisible();
    /* the month says the same of that day, and leads to the same form */
    await app.open('/pegawai/#/kehadiran');
    await page.getByRole('button', { name: /^Rabu, 12 November/ }).click();
    await expect(page.getByRole('dialog').getByText('Dikembalikan').first()).toBeVisible();
    await page.getByRole('dialog').getByRole('link', { name: 'Tulis laporan' }).click();
    await expect(page.getByRole('button', { name: 'Kirim laporan' })).toBeVisible();
  });
});
