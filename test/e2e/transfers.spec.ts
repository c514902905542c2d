/* A decree that comes late, lived through by the three it concerns; and a head who left with nobody in his place. */
import type { Page } from '@playwright/test';
import { employeeLogin, expect, loginOf, settled, test, type App } from './app';
import { TODAY, type Client, type Login } from '../http/server';

test.use({ viewport: { width: 1280, height: 900 } });

const whois = async (app: App, login: Login) => {
  const c = await app.server.client().signIn(login);
  return { c, login, me: (await c.get('/api/v1/me')).body as { employee: string; nip: string; name: string; full_name: string; unit: { id: string; name: string; agency: string } } };
};

/** Another person at the same browser begins with a page of his own. */
async function become(page: Page, app: App, who: Login) {
  await page.goto('about:blank');
  await app.as(who);
}
async function openPerson(page: Page, app: App, of: { nip: string; full_name: string }) {
  await app.open('/bkd/#/pegawai');
  await page.getByLabel('Cari nama atau NIP').fill(of.nip);
  await page.getByRole('button', { name: of.full_name }).click();
  await expect(page.getByRole('heading', { name: of.full_name })).toBeVisible();
  await settled(page);
}

/** His report of a day, verified by his supervisor. */
async function decideDay(worker: Client, boss: Client, day: string) {
  const before = (await worker.get(`/api/v1/reports/daily?day=${day}`)).body;
  if (before.state === 'verified') return;
  const items = [{ starts: '08:00', ends: '09:00', description: 'Menyusun bahan rapat koordinasi', volume: 1, unit_of_measure: 'dokumen' }];
  const report = before.state === 'submitted' ? before : (await worker.put('/api/v1/reports/daily', { day, version: before.version, items, submit: true })).body;
  expect((await boss.post(`/api/v1/reports/daily/${report.report}/verify`, { version: report.version })).status).toBe(204);
}

test('the board enters a late decree, the officer decides, the employee reads why', async ({ page, app }) => {
  const worker = await whois(app, employeeLogin(app.all, 'home')), boss = await whois(app, loginOf(app.all, 'supervisor')), officer = loginOf(app.all, 'agency_officer');
  await decideDay(worker.c, boss.c, '2025-11-12');
  const day = async (d: string) => (await worker.c.get(`/api/v1/attendance/days/${worker.me.employee}/${d}`)).body;
  const board = await app.as(loginOf(app.all, 'bkd'));
  const other = ((await board.get(`/api/v1/org/units?parent=${worker.me.unit.agency}`)).body.items as { id: string; name: string }[]).find(u => u.id !== worker.me.unit.id)!;

  await openPerson(page, app, worker.me);
  await page.getByRole('button', { name: 'Pindah tugas' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByLabel('Unit di bawahnya')).toBeVisible();
  await dialog.getByLabel('Unit di bawahnya').first().selectOption(other.id);
  await dialog.getByRole('button', { name: 'Catat', exact: true }).click();
  await expect(dialog.getByText('Isi nomor SK-nya.')).toBeVisible();
  await expect(dialog.getByLabel('Nomor SK')).toBeFocused();
  await dialog.getByLabel('Nomor SK').fill('821.2/Kep.601-BKD/2025');
  await dialog.getByLabel('TMT').fill('2024-01-01');
  await dialog.getByRole('button', { name: 'Catat', exact: true }).click();
  await expect(dialog.getByText(/paling jauh satu tahun ke belakang/)).toBeVisible();
  await dialog.getByLabel('TMT').fill('2025-11-11');
  await dialog.getByRole('button', { name: 'Catat', exact: true }).click();
  await expect(page.getByText(/hari yang sudah diputus tidak berubah sendiri/)).toBeVisible();
  const line = page.getByRole('listitem').filter({ hasText: '821.2/Kep.601-BKD/2025' });
  await expect(line.filter({ hasText: other.name })).toContainText('sejak 11 November 2025');

  /* nobody decided about today: it follows at once; the 12th stays as it was decided */
  expect((await day(TODAY)).late_decrees).toEqual([]);
  expect((await day('2025-11-12')).late_decrees[0]).toMatchObject({ state: 'open', decree: '821.2/Kep.601-BKD/2025' });

  await become(page, app, officer);
  await app.open('/bkd/#/pegawai');
  await page.getByRole('link', { name: 'Lihat kasus SK terlambat' }).click();
  const item = page.getByRole('listitem').filter({ hasText: '821.2/Kep.601-BKD/2025' });
  await expect(item).toContainText(worker.me.full_name);
  await item.getByRole('button', { name: 'Buka' }).click();
  await expect(dialog.getByText('laporan sudah diputus').first()).toBeVisible();
  await dialog.getByRole('button', { name: 'Tetapkan seperti sekarang' }).click();
  await expect(dialog.getByText('Tulis alasannya, sedikitnya 10 karakter.')).toBeVisible();
  await dialog.getByLabel('Alasan').fill('Laporan hari itu sudah diverifikasi atasan lama');
  await dialog.getByRole('button', { name: 'Tetapkan seperti sekarang' }).click();
  await expect(page.getByText('Keputusan tercatat.')).toBeVisible();
  await expect(item).toHaveCount(0);

  await become(page, app, worker.login);
  await app.open('/pegawai/#/kehadiran');
  await page.getByRole('button', { name: /^Rabu, 12 November/ }).click();
  await expect(dialog.getByText(/Hari ini tetap seperti yang diputus, walaupun ada SK 821\.2\/Kep\.601-BKD\/2025/)).toBeVisible();
  await expect(dialog.getByText(/Laporan hari itu sudah diverifikasi atasan lama/)).toBeVisible();
});

test('a vacant office sends its people one level up until a plt is set', async ({ page, app }) => {
  const worker = await whois(app, employeeLogin(app.all, 'home')), boss = await whois(app, loginOf(app.all, 'supervisor')), head = loginOf(app.all, 'agency_head');
  const board = await app.server.client().signIn(loginOf(app.all, 'bkd'));
  const office = ((await board.get(`/api/v1/org/roles?employee=${boss.me.employee}`)).body.items as { role_id: string; role: string; acting: string; unit: string }[]).find(r => r.role === 'unit_head' && r.acting === 'definitive')!;
  const row = page.getByRole('button', { name: new RegExp(`^${worker.me.full_name}`) });
  await app.as(head);
  await app.open('/atasan/');
  await expect(row).toHaveCount(0);

  expect((await board.post(`/api/v1/org/roles/${office.role_id}/end`, { last_day: '2025-11-12' })).status).toBe(204);
  await app.open('/atasan/');
  await page.reload();
  await expect(row).toContainText(`karena jabatan ${boss.me.full_name} kosong`);

  const plt = ((await board.get(`/api/v1/org/units/${worker.me.unit.id}/employees`)).body.items as { id: string }[]).find(p => ![boss.me.employee, worker.me.employee].includes(p.id))!;
  expect((await board.post('/api/v1/org/roles', { employee: plt.id, role: 'unit_head', unit: office.unit, acting: 'plt', letter: '821/PLT.9/2025', valid_from: TODAY, valid_to: '2026-02-12' })).status).toBe(200);
  await page.reload();
  await settled(page);
  await expect(row).toHaveCount(0);
});

test('a decree of somebody else is withdrawn: the place before holds again, and the mistake stays in sight', async ({ page, app }) => {
  const worker = await whois(app, employeeLogin(app.all, 'home'));
  const board = await app.as(loginOf(app.all, 'bkd'));
  const other = ((await board.get(`/api/v1/org/units?parent=${worker.me.unit.agency}`)).body.items as { id: string; name: string }[]).find(u => u.id !== worker.me.unit.id)!;
  expect((await board.post(`/api/v1/org/employees/${worker.me.employee}/placements`, { unit: other.id, position: 'Analis', position_level: 'fungsional', decree: '821.2/Kep.700-BKD/2025', valid_from: TODAY })).status).toBe(200);
  expect((await worker.c.get('/api/v1/me')).body.unit.id).toBe(other.id);

  await openPerson(page, app, worker.me);
  const dialog = page.getByRole('dialog'), line = page.getByRole('listitem').filter({ hasText: '821.2/Kep.700-BKD/2025' }).last();
  await page.getByRole('button', { name: 'Batalkan: SK 821.2/Kep.700-BKD/2025' }).click();
  await dialog.getByRole('button', { name: 'Batalkan', exact: true }).click();
  await expect(dialog.getByText('Tulis apa yang keliru, sedikitnya 5 karakter.')).toBeVisible();
  await dialog.getByLabel('Apa yang keliru').fill('SK milik pegawai lain');
  await dialog.getByRole('button', { name: 'Batalkan', exact: true }).click();
  await expect(page.getByText('Dibatalkan; yang sebelumnya berlaku lagi.')).toBeVisible();
  await expect(line).toContainText('dibatalkan');
  await expect(line).toContainText('SK milik pegawai lain');
  await expect(line.getByRole('button')).toHaveCount(0);
  expect((await worker.c.get('/api/v1/me')).body.unit.id).toBe(worker.me.unit.id);
});
