/* Leave and duty in the browser: ill at six without a signal, decided by the supervisor; one letter for many. */
import type { Page } from '@playwright/test';
import type { Client } from '../http/server';
import { type App, employeeLogin, expect, loginOf, settled, test } from './app';
import { TODAY } from '../http/server';

const controlled = (page: Page) => page.waitForFunction(() => navigator.serviceWorker.controller !== null);

/** The one who answers for an employee today, with his sign-in. */
async function superiorOf(app: App, bkd: Client, employee: string) {
  const boss = (await bkd.get(`/api/v1/org/employees/${employee}`)).body.superiors.find((s: { relation: string }) => s.relation === 'supervisor');
  const name = boss.full_name.split(',')[0].split(' ').at(-1);
  const found = (await bkd.get(`/api/v1/org/employees?query=${encodeURIComponent(name)}`)).body.items.find((p: { id: string }) => p.id === boss.employee);
  return { role: 'supervisor', government: 'jabar', nip: found.nip as string, password: app.all[0]!.password };
}

test('a nurse is ill at six without a signal; the supervisor accepts, and the day is leave, not absence', async ({ page, context, app }) => {
  await app.server.stop();
  await app.server.start('--clock', '2025-11-13T06:00+07:00,x1');
  const login = employeeLogin(app.all, 'nurse'), nurse = await app.as(login), me = (await nurse.get('/api/v1/me')).body;
  const bkd = await app.server.client().signIn(loginOf(app.all, 'bkd')), boss = await superiorOf(app, bkd, me.employee);

  await app.open('/pegawai/#/izin');
  await controlled(page);
  await context.setOffline(true);
  await page.reload();
  await page.getByRole('button', { name: 'Ajukan izin atau cuti' }).click();
  const form = page.getByRole('dialog', { name: 'Ajukan izin atau cuti' });
  await expect(form.getByLabel('Jenis')).toHaveValue('sick_leave');
  await form.getByLabel('Keterangan (boleh kosong)').fill('Diare sejak dini hari');
  await form.getByRole('button', { name: 'Ajukan', exact: true }).click();
  await expect(page.getByText('Tersimpan di ponsel, belum terkirim').first()).toBeVisible();
  await page.reload();
  await expect(page.getByRole('listitem').filter({ hasText: 'Cuti sakit' }).getByText('Tersimpan di ponsel, belum terkirim')).toBeVisible();
  expect((await nurse.get('/api/v1/me/notices')).body.items).toHaveLength(0);

  await context.setOffline(false);
  await expect(page.getByText('Menunggu atasan langsung')).toBeVisible();
  await expect(page.getByText('Tersimpan di ponsel, belum terkirim')).toHaveCount(0);
  expect((await nurse.get('/api/v1/me/notices')).body.items).toHaveLength(1);

  await app.as(boss);
  await app.open('/atasan/');
  const row = page.getByRole('button', { name: new RegExp(me.name) }).filter({ hasText: 'Sakit/izin' });
  await expect(row).toBeVisible();
  await row.click();
  const decision = page.getByRole('dialog', { name: me.full_name });
  await expect(decision.getByText('Sakit/izin').first()).toBeVisible();
  await expect(decision.getByText('Diare')).toHaveCount(0);
  await expect(decision.getByText('Cuti sakit')).toHaveCount(0);
  await decision.getByLabel('Catatan untuk pegawai (boleh kosong)').fill('Lekas sembuh');
  await decision.getByRole('button', { name: 'Terima' }).click();
  await expect(page.getByText('Diterima; jadwal dan presensi sudah mengikuti.')).toBeVisible();
  await expect(row).toHaveCount(0);

  await app.as(login);
  await app.open('/pegawai/#/izin');
  await expect(page.getByText('Diterima', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: /^Cuti sakit/ }).click();
  await expect(page.getByText('Lekas sembuh').first()).toBeVisible();
  const today = (await nurse.get(`/api/v1/attendance/days/${me.employee}/${TODAY}`)).body;
  expect(today).toMatchObject({ mode: 'leave', state: 'leave', explain: { status: { kind: 'sick_leave' } } });
});

test('what is missing is said at its field, and a refusal where the server names it', async ({ page, app }) => {
  await app.as(employeeLogin(app.all, 'home'));
  await app.open('/pegawai/#/izin');
  await page.getByRole('button', { name: 'Ajukan izin atau cuti' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Jenis').selectOption('outside_duty');
  await form.getByRole('button', { name: 'Ajukan', exact: true }).click();
  await expect(form.getByText('Isi tempat yang dituju.')).toBeVisible();
  await form.getByLabel('Tempat yang dituju').fill('Gedung Sate');
  await form.getByLabel('Keperluan').fill('Rapat koordinasi');
  await form.getByRole('button', { name: 'Ajukan', exact: true }).click();
  await expect(page.getByText('Menunggu atasan langsung')).toBeVisible();
  await page.getByRole('button', { name: 'Ajukan izin atau cuti' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Ajukan', exact: true }).click();
  await expect(page.getByRole('dialog').getByText('Pengajuan lain masih menunggu pada salah satu tanggal itu.')).toBeVisible();
});

test('an officer records one letter for many, is told who cannot go, and takes one off', async ({ page, app }) => {
  const c = await app.as(loginOf(app.all, 'agency_officer')), me = (await c.get('/api/v1/me')).body;
  const people = (await c.get(`/api/v1/org/units/${me.unit.agency}/employees?limit=50`)).body.items.filter((p: { id: string }) => p.id !== me.employee);
  await app.open('/bkd/#/izin?lihat=surat');
  await page.getByRole('button', { name: 'Catat surat' }).click();
  const form = page.getByRole('dialog', { name: 'Catat surat' });
  await settled(page);
  await form.getByRole('button', { name: 'Catat', exact: true }).click();
  await expect(form.getByText('Isi nomor suratnya.')).toBeVisible();
  await form.getByLabel('Nomor surat').fill('094/12/ST/2025');
  await form.getByLabel('Penanda tangan').fill('Kepala Dinas');
  await form.getByLabel('Perihal').fill('Pendampingan penilaian mandiri');
  await form.getByLabel('Tempat yang dituju').fill('Kantor Gubernur');
  await expect(form.getByLabel('Unit', { exact: true })).toHaveValue(me.unit.agency); /* what is one's own is chosen already */
  await form.getByRole('button', { name: 'Tambah semua pegawai unit ini' }).click();
  await expect(form.getByText(people[0].full_name).first()).toBeVisible();
  await form.getByRole('button', { name: 'Catat', exact: true }).click();
  /* whoever has leave or duty today is named; the others go */
  const clash = form.getByText('Sudah ada cuti atau dinas pada tanggal itu:');
  await expect(clash.or(page.getByText('Surat tercatat.'))).toBeVisible();
  if (await clash.isVisible()) {
    const names = await form.getByRole('alert').getByRole('listitem').allTextContents();
    for (const name of names) await form.getByRole('button', { name: `Keluarkan ${name.split(': ')[0]} dari surat ini` }).click();
    await form.getByRole('button', { name: 'Catat', exact: true }).click();
  }
  await expect(page.getByText('Surat tercatat.')).toBeVisible();
  await page.getByRole('button', { name: /Pendampingan penilaian mandiri/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: /^Keluarkan / }).first().click();
  await expect(page.getByText('Dikeluarkan', { exact: true })).toBeVisible();
});

test('a clerk tells it for somebody who rang; his superior decides, and what the office withdraws later is in its history', async ({ page, app }) => {
  const rings = employeeLogin(app.all, 'counter'), him = (await (await app.as(rings)).get('/api/v1/me')).body;
  const bkd = await app.server.client().signIn(loginOf(app.all, 'bkd')), boss = await superiorOf(app, bkd, him.employee);
  await app.as(loginOf(app.all, 'bkd'));
  await app.open('/bkd/#/izin');
  await page.getByRole('button', { name: 'Catat untuk pegawai' }).click();
  const form = page.getByRole('dialog', { name: 'Catat untuk pegawai' });
  await form.getByLabel('Jenis').selectOption('permit');
  await form.getByRole('button', { name: 'Catat', exact: true }).click();
  await expect(form.getByText('Pilih pegawainya.')).toBeVisible();
  await form.getByLabel('Pegawai', { exact: true }).fill(him.name);
  await form.getByRole('listitem').filter({ hasText: him.full_name }).getByRole('button').click();
  await form.getByLabel('Keperluan').fill('Mengantar anak ke rumah sakit');
  await form.getByRole('button', { name: 'Catat', exact: true }).click();
  await expect(page.getByText('Pengajuan tercatat dan menunggu keputusan.')).toBeVisible();

  const teller = (await bkd.get('/api/v1/me')).body.full_name;
  await app.as(boss);
  await app.open('/atasan/');
  await page.getByRole('button', { name: new RegExp(him.name) }).filter({ hasText: 'Dicatat petugas' }).click();
  const one = page.getByRole('dialog', { name: him.full_name });
  await expect(one.getByText(`Dicatat ${teller}`)).toBeVisible();
  await one.getByRole('button', { name: 'Terima' }).click();
  await expect(page.getByText('Diterima; jadwal dan presensi sudah mengikuti.')).toBeVisible();

  const status = (await bkd.get(`/api/v1/org/statuses?employee=${him.employee}`)).body.items.find((s: { kind: string }) => s.kind === 'permit');
  expect((await bkd.post(`/api/v1/org/statuses/${status.status_id}/end`, { reason: 'Anaknya sudah pulang' })).status).toBe(204);
  for (const [who, path] of [[rings, '/pegawai/#/izin'], [boss, '/atasan/#/izin']] as const) {
    await app.as(who);
    await app.open(path);
    if (who === boss) await page.getByRole('button', { name: 'Semua' }).click();
    await page.getByRole('button', { name: who === boss ? new RegExp(him.name) : /^Izin/ }).filter({ hasText: 'Diterima, lalu dibatalkan petugas' }).click();
    await expect(page.getByRole('dialog').getByText('Dibatalkan petugas').first()).toBeVisible();
    await expect(page.getByRole('dialog').getByText(teller).first()).toBeVisible();
    await page.getByText('Riwayat').click();
    await expect(page.getByRole('dialog').getByRole('listitem').filter({ hasText: 'Dibatalkan petugas' })).toBeVisible();
    await expect(page.getByText('Anaknya sudah pulang')).toHaveCount(who === boss ? 0 : 2);
  }
});
