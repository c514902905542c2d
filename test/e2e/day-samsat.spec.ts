/* A Samsat: its counter stays at the office on Thursday, who has no phone is on the paper list, and November is closed. */
import { employeeLogin } from './app';
import { headOf } from '../http/server';
import { DAY, december, expect, explain, MONTH, onPaper, personOf, photo, printBoth, seal, settled, standAtWork, test } from './day';

test('the counter of a Samsat stays open on Thursday', async ({ day, page }) => {
  const bkd = await day.client(day.role('bkd')), clerk = await personOf(day, employeeLogin(day.all, 'counter')), { unit } = clerk;
  const people = (await bkd.get(`/api/v1/org/units/${unit.id}/employees?limit=200`)).body.items.map((p: any) => ({ ...p, employee: p.id }));
  const head = await headOf(bkd, people, day.all[0]!.password), boss = await day.client(head);
  const rolesOf = async (p: any) => (await bkd.get(`/api/v1/org/roles?employee=${p.id}`)).body.items.map((r: any) => r.role);
  let officer, without: any;
  for (const p of people) if (p.nip !== head.nip && p.nip !== clerk.login.nip) { if ((await rolesOf(p)).includes('unit_officer')) officer = day.login(p.nip); else without ??= p; }

  await day.at(`${DAY}T07:20`);
  await standAtWork(day, clerk.client);
  await day.open(clerk.login, '/pegawai/');
  await page.getByRole('button', { name: 'Mengapa?' }).click();
  const why = page.getByRole('dialog', { name: 'Mengapa begini?' });
  await expect(why.getByText('Dikecualikan oleh aturan di bawah ini')).toBeVisible();
  await expect(why.getByText('petugas layanan langsung · tahap I: pelayanan langsung')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /Presensi masuk/ }).click();
  await page.getByRole('button', { name: 'Mengerti, lanjutkan' }).click();
  await expect(page.getByText(/Bekerja sejak 07\.2\d/)).toBeVisible();
  await expect(page.getByText(`Di area ${unit.name}`)).toBeVisible();
  await expect.poll(async () => (await clerk.client.get(`/api/v1/attendance/days/${clerk.employee}/${DAY}`)).body.punches.length).toBe(1);

  /* in the morning the officer hangs up the list, in the afternoon he enters it from its photo */
  await day.open(officer!, '/bkd/#/daftar-hadir');
  await page.getByRole('button', { name: 'Cetak daftar kosong' }).click();
  await expect(page.getByRole('article').getByText(without.full_name)).toBeVisible();
  await day.at(`${DAY}T16:10`);
  await day.open(clerk.login, '/pegawai/');
  await page.getByRole('button', { name: /Presensi pulang/ }).click();
  await expect(page.getByText(/07\.2\d sampai 16\.1\d/)).toBeVisible();
  await day.open(officer!, '/bkd/#/daftar-hadir');
  await page.getByRole('button', { name: 'Masukkan daftar hadir' }).click();
  const form = page.getByRole('dialog'), line = form.getByRole('group', { name: new RegExp(without.full_name) });
  await form.getByLabel('Foto daftar yang ditandatangani').setInputFiles(photo);
  await expect(form.getByText('Terlampir: daftar-hadir.png')).toBeVisible();
  await line.getByLabel('Masuk').fill('07:28');
  await line.getByLabel('Pulang').fill('16:04');
  await form.getByRole('button', { name: 'Kirim untuk dikonfirmasi' }).click();
  await expect(page.getByText('Daftar terkirim; menunggu orang kedua.')).toBeVisible();

  /* nobody confirmed it until the month is to be closed */
  await december(day, boss, unit.id);
  await onPaper(day, unit.id, '2025-11-28');
  await day.open(head, '/atasan/#/rekap?bulan=2025-11-01');
  const blocked = page.getByRole('listitem').filter({ hasText: '1 daftar hadir kertas menunggu konfirmasi orang kedua' });
  await expect(page.getByRole('button', { name: 'Tutup November 2025' })).toBeDisabled();
  await blocked.getByRole('link', { name: 'Selesaikan' }).click();
  await page.getByRole('button', { name: /27 November 2025.*Menunggu orang kedua/ }).click();
  await settled(page);
  await expect.poll(() => page.getByRole('img', { name: 'Foto daftar yang ditandatangani' }).evaluate((i: HTMLImageElement) => i.naturalWidth)).toBeGreaterThan(100);
  await page.getByRole('dialog').getByRole('button', { name: 'Konfirmasi daftar' }).click();
  await expect(page.getByText('Daftar dikonfirmasi; jamnya dihitung mulai sekarang.')).toBeVisible();
  await page.getByRole('link', { name: 'Rekap', exact: true }).click();
  await settled(page);
  await explain(page, without.full_name, /^Di kantor \(WFO\)/, DAY, ['SE 150/KPG.03/BKD', /tahap I: pelayanan langsung/, /^Masuk 07\.28$/, /^Pulang 16\.04$/, 'Dicatat oleh petugas.', 'Daftar hadir kertas dikonfirmasi']);
  const late = (await boss.get(`/api/v1/recap/units/${unit.id}?month=${MONTH}`)).body.items.find((l: any) => l.figures.late_1 > 0);
  const [day1] = (await boss.get(`/api/v1/recap/units/${unit.id}/people/${late.employee}?month=${MONTH}`)).body.days.filter((c: any) => c.late_class === 1);
  await explain(page, late.name, /^Terlambat TL1/, day1.day, [/^Masuk \d\d\.\d\d$/, 'Perpres 21/2023 Pasal 3 dan Pasal 4', /^Terlambat \d+ menit$/], /TL1 1–30 menit.*Dasar hukum: Tabel 30\/60\/90 menit/);
  await printBoth(page, await seal(page), [unit.name, clerk.full_name, without.full_name]);
});
