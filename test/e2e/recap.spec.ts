/* A head closes November, prints it, and seals what is corrected afterwards as supplement 1; an employee reads his own. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, settled, test as base } from './app';
import { employeeLogin, loginOf, logins, Server, verb } from '../http/server';

const NOW = '2025-12-01T08:20+07:00';
/* the whole of November has passed */
const test = base.extend({
  app: async ({ page, context }, use) => {
    const dir = mkdtempSync(join(tmpdir(), 'luwes-recap-')), db = join(dir, 'demo.db');
    verb('demo', '--db', db, '--employees', '600', '--at', NOW, '--history-days', '30');
    const server = await new Server(dir, db).start('--clock', `${NOW},x1`), all = logins(db);
    await use({
      server, all,
      as: async who => {
        const c = await server.client().signIn(who);
        await context.addCookies(c.cookie.split('; ').map(pair => ({ name: pair.split('=')[0]!, value: pair.slice(pair.indexOf('=') + 1), url: server.url })));
        return c;
      },
      open: async path => { await page.goto(server.url + path); await settled(page); },
    });
    await server.remove();
  },
});

test('the head of a unit closes November, prints it, and a later correction is supplement 1', async ({ page, app }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  const bkd = await app.server.client().signIn(loginOf(app.all, 'bkd')), boss = await app.as(loginOf(app.all, 'supervisor'));
  const unit = (await boss.get('/api/v1/me')).body.unit.id;
  /* corrections wait: they are decided, or taken back by who asked */
  for (const c of (await boss.get('/api/v1/attendance/corrections/waiting')).body.items) await boss.post(`/api/v1/attendance/corrections/${c.id}/accept`, { version: c.version, reason: 'Sesuai keterangan rekan kerja' });
  for (const l of (await bkd.get(`/api/v1/recap/units/${unit}?month=2025-11-01`)).body.items) {
    const owner = await app.server.client().signIn({ role: 'employee', government: 'jabar', nip: l.nip, password: app.all[0]!.password });
    for (const c of (await owner.get('/api/v1/attendance/corrections')).body.items) if (c.state === 'waiting') await owner.post(`/api/v1/attendance/corrections/${c.id}/withdraw`, { version: c.version });
  }
  await app.open('/atasan/#/rekap?bulan=2025-11-01');
  await expect(page.getByText('November 2025').first()).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Belum ditutup' })).toBeVisible();

  /* a number opens to its days, a day to its punches and the rule */
  const line = ((await boss.get(`/api/v1/recap/units/${unit}?month=2025-11-01`)).body.items as any[]).find(l => l.figures.home > 0);
  await page.getByRole('row', { name: new RegExp(line.name.split(',')[0]) }).getByRole('button', { name: /^Di rumah/ }).click();
  const dialog = page.getByRole('dialog', { name: line.name });
  await expect(dialog.getByRole('listitem').filter({ hasText: 'Di rumah' }).last()).toBeVisible();
  await dialog.locator('.days button').first().click();
  await expect(page.getByRole('heading', { name: 'Catatan presensi' })).toBeVisible();
  await expect(page.getByText('SE 150/KPG.03/BKD').first()).toBeVisible();
  await page.keyboard.press('Escape');
  await dialog.getByRole('button', { name: 'Tutup', exact: true }).click();

  await page.getByRole('button', { name: 'Tutup November 2025' }).click();
  await page.getByRole('button', { name: 'Tutup dan segel' }).click();
  await expect(page.getByText('Rekap ditutup dan disegel.')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Sudah ditutup' })).toBeVisible();
  await expect(page.getByText(/Sidik jari isi [0-9a-f]{64}/)).toBeVisible();

  await page.getByRole('button', { name: 'Cetak atau unduh' }).click();
  const waiting = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Unduh PDF' }).click();
  expect((await waiting).suggestedFilename()).toMatch(/^rekap-.*-2025-11\.pdf$/);

  const day = ((await boss.get(`/api/v1/recap/units/${unit}/people/${line.employee}?month=2025-11-01`)).body.days as any[]).find(c => c.figure === 'office').day;
  expect((await bkd.post('/api/v1/org/statuses', { employee: line.employee, kind: 'sick_leave', from: day, to: day, letter: '445/11/RS/2025' })).status).toBe(200);
  await page.reload();
  await settled(page);
  await expect(page.getByText('1 hari berubah setelah ditutup')).toBeVisible();
  await page.getByRole('button', { name: 'Lihat perubahan' }).click();
  const changes = page.getByRole('dialog', { name: 'Perubahan setelah ditutup' });
  await expect(changes.getByText('Sakit', { exact: false }).first()).toBeVisible();
  await changes.getByRole('button', { name: 'Sahkan sebagai susulan' }).click();
  await expect(changes.locator('.err')).toBeVisible();
  await changes.getByLabel('Alasan susulan').fill('Surat sakit diterima setelah penutupan');
  await changes.getByRole('button', { name: 'Sahkan sebagai susulan' }).click();
  await expect(page.getByText('Susulan 1 disahkan dan disegel.')).toBeVisible();
  await expect(page.getByText(/^Susulan 1, /)).toBeVisible();
  await expect(page.getByText('Surat sakit diterima setelah penutupan')).toBeVisible();
});

test('an employee reads his own month down to the punch', async ({ page, app }) => {
  await app.as(employeeLogin(app.all, 'home'));
  await app.open('/pegawai/#/kehadiran');
  await page.getByRole('link', { name: 'Lihat rekap bulanan saya' }).click();
  await page.getByRole('button', { name: 'Bulan sebelumnya' }).click();
  await settled(page);
  await page.getByRole('button', { name: /^Di rumah \(WFH\)/ }).click();
  await page.locator('.days button').first().click();
  await expect(page.getByRole('heading', { name: 'Catatan presensi' })).toBeVisible();
});

test('the personnel board sees which units closed, enters classes and a letterhead', async ({ page, app }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await app.as(loginOf(app.all, 'bkd'));
  await app.open('/bkd/#/rekap?bulan=2025-11-01');
  await expect(page.getByRole('row', { name: /Dinas Pendidikan/ })).toContainText('unit sudah menutup');
  await page.getByRole('link', { name: 'Aturan dan cetakan' }).click();
  await page.getByRole('button', { name: 'Catat kelas atau batas baru' }).first().click();
  const band = page.getByRole('dialog');
  await band.getByLabel('Kelas 2 sampai menit ke-').fill('20');
  await band.getByLabel('Dasar hukum').fill('Pergub uji');
  await band.getByRole('button', { name: 'Catat', exact: true }).click();
  await expect(band.locator('[aria-invalid=true]')).toHaveCount(1);
  await band.getByLabel('Kelas 2 sampai menit ke-').fill('45');
  await band.getByRole('button', { name: 'Catat', exact: true }).click();
  await expect(page.getByText('TL2 31–45 menit', { exact: false })).toBeVisible();
  await page.getByRole('button', { name: 'Catat bentuk baru' }).first().click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Baris pemerintah daerah').fill('PEMERINTAH DAERAH PROVINSI UJI');
  await form.getByLabel('Dasar hukum').fill('Pergub tata naskah');
  await form.getByRole('button', { name: 'Catat', exact: true }).click();
  await expect(page.getByText('Bentuk cetakan tercatat.')).toBeVisible();
});
