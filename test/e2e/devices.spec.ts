/*
 * The officer's screen of phones against the real program: the code on the screen enrols a real key, the window closes
 * by itself, a second officer is asked for where one is needed, and an ended phone is told. The phone itself is played
 * by the API here (security 1.3).
 */
import type { Page } from '@playwright/test';
import { expect, loginOf, settled, test, type App } from './app';
import { enrolment, enrolPhone, makePhone } from '../http/phone';
import type { Client } from '../http/server';

test.use({ viewport: { width: 1280, height: 900 } });

interface Person { own: Client; employee: string; name: string }
/** The nth teacher of the officer's school who has no phone yet. */
async function teacher(app: App, nth: number): Promise<Person> {
  const c = await app.server.client().signIn(loginOf(app.all, 'unit_officer')), me = (await c.get('/api/v1/me')).body;
  const unit = me.roles.find((r: any) => r.role === 'unit_officer').unit, bkd = await app.server.client().signIn(loginOf(app.all, 'bkd'));
  const missing = (await c.get(`/api/v1/attendance/devices/people?unit=${unit}&only=missing&limit=200`)).body.items.map((p: any) => p.employee);
  const people = (await bkd.get(`/api/v1/org/units/${unit}/employees?limit=200`)).body.items.filter((p: any) => p.account === 'active' && p.id !== me.employee && missing.includes(p.id));
  const p = people[nth];
  return { own: await app.server.client().signIn({ role: 'employee', government: 'jabar', nip: p.nip, password: app.all[0]!.password }), employee: p.id, name: p.full_name };
}
const codeOn = async (page: Page) => (await page.getByRole('dialog').locator('.bigcode').innerText()).trim();

test('the code on the screen enrols a phone, and the window closes by itself', async ({ page, app }) => {
  const p = await teacher(app, 0);
  await app.as(loginOf(app.all, 'unit_officer'));
  await app.open('/bkd/#/pegawai');
  await page.getByRole('link', { name: 'Ponsel pegawai' }).click();
  await settled(page);
  const enrolled = page.locator('.kpi').filter({ hasText: 'Ponsel terdaftar' }).locator('b'), before = Number(await enrolled.innerText());
  await page.getByRole('button', { name: `Daftarkan ponsel: ${p.name}` }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('img', { name: `Kode QR untuk mendaftarkan ponsel ${p.name}` })).toBeVisible();
  await expect(dialog.getByRole('timer')).toContainText(/Berlaku (10:00|9:5\d) lagi/);
  const code = await codeOn(page);
  expect(await dialog.getByRole('img').getAttribute('data-text')).toBe(`LW1C.${code.replace('-', '')}`);
  expect((await p.own.post('/api/v1/attendance/devices', await enrolment(p.own, await makePhone(), code))).status).toBe(200);
  await expect(dialog).toHaveCount(0, { timeout: 15_000 });
  await expect(page.getByText(`Ponsel ${p.name} sudah terdaftar.`)).toBeVisible();
  await expect(enrolled).toHaveText(String(before + 1));
  await page.getByLabel('Sudah terdaftar').check();
  await page.getByRole('link', { name: p.name }).click();
  const card = page.locator('section.card', { has: page.getByRole('heading', { name: 'Ponsel', exact: true }) });
  await expect(card.getByText('Dipakai', { exact: true })).toBeVisible();
  await expect(card.getByText(/^Baru, sampai Jum, 14 Nov/)).toBeVisible();
  await expect(card.getByText('Chrome di Android · aplikasi terpasang')).toBeVisible();
});

test('a code that nobody used says that its time is over, and another one is made', async ({ page, app }) => {
  const p = await teacher(app, 1);
  await app.as(loginOf(app.all, 'unit_officer'));
  await page.clock.install();
  await app.open('/bkd/#/pegawai?lihat=ponsel');
  await page.getByRole('button', { name: `Daftarkan ponsel: ${p.name}` }).click();
  await expect(page.getByRole('dialog').locator('.bigcode')).toBeVisible();
  const first = await codeOn(page);
  await page.route('**/attendance/devices/codes/*', r => r.abort()); /* an answer would bring the server's time, which has not moved */
  await page.clock.fastForward('10:05');
  await expect(page.getByText('Kode ini sudah lewat waktunya.')).toBeVisible();
  await page.unroute('**/attendance/devices/codes/*');
  await page.getByRole('button', { name: 'Buat kode baru' }).click();
  await expect(page.getByRole('dialog').locator('.bigcode')).not.toHaveText(first);
});

test('a change soon after an enrolment waits for a second officer', async ({ page, app }) => {
  const p = await teacher(app, 2), helper = await app.server.client().signIn(loginOf(app.all, 'unit_officer')), bkd = await app.server.client().signIn(loginOf(app.all, 'bkd'));
  await enrolPhone(helper, p.own);
  await app.as(loginOf(app.all, 'unit_officer'));
  await app.open(`/bkd/#/pegawai?orang=${p.employee}`);
  await page.getByRole('button', { name: 'Ganti ponsel' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Minta persetujuan' }).click();
  await expect(dialog.getByText('Tulis alasannya, 10 karakter atau lebih.')).toBeVisible();
  await dialog.getByLabel('Alasan mengganti').fill('Ponsel lama rusak, layar pecah.');
  await dialog.getByRole('button', { name: 'Minta persetujuan' }).click();
  await expect(dialog.getByText('Menunggu petugas kedua.', { exact: false })).toBeVisible();
  const waiting = (await bkd.get('/api/v1/attendance/devices/codes')).body.items.find((c: any) => c.employee === p.employee);
  expect((await bkd.post(`/api/v1/attendance/devices/codes/${waiting.id}/approve`)).status).toBe(200);
  await dialog.getByRole('button', { name: 'Tunjukkan kode' }).click({ timeout: 20_000 });
  expect((await p.own.post('/api/v1/attendance/devices', await enrolment(p.own, await makePhone(), await codeOn(page)))).status).toBe(200);
  await expect(dialog).toHaveCount(0, { timeout: 15_000 });
  await page.getByText('Ponsel sebelumnya (1)').click();
  await expect(page.getByRole('listitem').filter({ hasText: 'Diganti' })).toBeVisible();
});

test('the second officer sees the reason and decides; an officer revokes a phone', async ({ page, app }) => {
  const p = await teacher(app, 3), q = await teacher(app, 4), helper = await app.server.client().signIn(loginOf(app.all, 'unit_officer'));
  await enrolPhone(helper, p.own);
  await enrolPhone(helper, q.own);
  for (const x of [p, q]) expect((await helper.post('/api/v1/attendance/devices/codes', { employee: x.employee, reason: 'Ponsel lama rusak, layar pecah.' })).body.state).toBe('waiting');
  await app.as(loginOf(app.all, 'bkd'));
  await app.open('/bkd/#/pegawai');
  await page.getByRole('link', { name: /^Ponsel pegawai \(\d+ menunggu persetujuan\)/ }).click();
  const line = (x: Person) => page.getByRole('listitem').filter({ hasText: x.name });
  await line(p).getByRole('button', { name: 'Setujui' }).click();
  await expect(line(p).getByText('Disetujui')).toBeVisible();
  await line(q).getByRole('button', { name: 'Tolak' }).click();
  await page.getByRole('dialog').getByLabel('Alasan menolak').fill('Ponsel lama masih dipakai kemarin.');
  await page.getByRole('dialog').getByRole('button', { name: 'Tolak' }).click();
  await expect(line(q)).toHaveCount(0);
  expect((await helper.get(`/api/v1/attendance/devices?employee=${q.employee}`)).body.request).toMatchObject({ state: 'refused', refusal: 'Ponsel lama masih dipakai kemarin.' });
  /* who approved does not show the code */
  await line(p).getByRole('link').click();
  await page.getByRole('button', { name: 'Tunjukkan kode' }).click();
  await expect(page.getByRole('dialog').getByText('Anda yang menyetujui penggantian ini', { exact: false })).toBeVisible();
  await page.getByRole('dialog').getByRole('button', { name: 'Tutup' }).click();
  await page.getByRole('button', { name: 'Hilang atau cabut' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(/^Dicabut/).check();
  await dialog.getByRole('button', { name: 'Akhiri' }).click();
  await expect(dialog.getByText('Tulis alasannya, 10 karakter atau lebih.')).toBeVisible();
  await dialog.getByLabel('Keterangan').fill('Dipegang orang lain pagi ini.');
  await dialog.getByRole('button', { name: 'Akhiri' }).click();
  await expect(page.getByText('Belum ada ponsel terdaftar.', { exact: false })).toBeVisible();
  expect((await p.own.get('/api/v1/attendance/devices')).body.items[0]).toMatchObject({ state: 'revoked', end_reason: 'Dipegang orang lain pagi ini.' });
});

test('officers see to no phone of their own', async ({ page, app }) => {
  const c = await app.as(loginOf(app.all, 'unit_officer')), me = (await c.get('/api/v1/me')).body;
  await app.open(`/bkd/#/pegawai?orang=${me.employee}`);
  await expect(page.getByText('Ponsel Anda sendiri didaftarkan oleh petugas lain.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Daftarkan ponsel' })).toHaveCount(0);
});

test('heads see no phones of their people', async ({ page, app }) => {
  await app.as(loginOf(app.all, 'agency_head'));
  await app.open('/bkd/#/pegawai');
  await expect(page.getByRole('searchbox')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Ponsel pegawai' })).toHaveCount(0);
  await page.getByRole('button', { name: /^Dinas Bina Marga/ }).first().click();
  await page.getByRole('listitem').filter({ hasText: 'Sekretaris' }).getByRole('button').last().click();
  await expect(page.getByRole('heading', { name: 'Riwayat' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Ponsel', exact: true })).toHaveCount(0);
});
