/* A school goes over to six days: a teacher comes at half past six, her report is verified, and November is closed. */
import { employeeLogin } from './app';
import { headOf, type Client } from '../http/server';
import { DAY, december, expect, explain, MONTH, onPaper, personOf, printBoth, seal, settled, standAtWork, test } from './day';

/** The branch of the education agency above a school. */
async function branchOf(bkd: Client, unit: { id: string; agency: string }): Promise<string> {
  for (const branch of (await bkd.get(`/api/v1/org/units?parent=${unit.agency}`)).body.items.filter((u: any) => u.has_children))
    if ((await bkd.get(`/api/v1/org/units?parent=${branch.id}`)).body.items.some((u: any) => u.id === unit.id)) return branch.id;
  throw new Error('the school stands below no branch');
}

test('a school of six days', async ({ day, page }) => {
  const bkd = await day.client(day.role('bkd')), teacher = await personOf(day, employeeLogin(day.all, 'teacher')), { unit } = teacher;
  const people = (await bkd.get(`/api/v1/org/units/${unit.id}/employees?limit=200`)).body.items.map((p: any) => ({ ...p, employee: p.id }));
  const head = await headOf(bkd, people, day.all[0]!.password), boss = await day.client(head);

  /* the board enters the pattern and gives it to the school from today */
  await day.open(day.role('bkd'), '/bkd/#/jam');
  await page.getByRole('button', { name: 'Buat pola' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Kode').fill('SEKOLAH6');
  await form.getByLabel('Nama pola').fill('Sekolah enam hari, mulai 06.30');
  await form.getByLabel('Dasar hukum').fill('SE Gubernur 58/PK.03/DISDIK');
  await form.getByLabel('Mulai', { exact: true }).fill(DAY);
  await form.getByRole('checkbox', { name: 'Sabtu' }).check();
  for (const name of ['Senin', 'Selasa', 'Rabu', 'Kamis', 'Jumat', 'Sabtu']) {
    await form.getByLabel(`${name}: Masuk`).fill('06:30');
    await form.getByLabel(`${name}: Pulang`).fill(name === 'Jumat' ? '11:30' : '13:30');
    await form.getByLabel(`${name}: Istirahat`).fill(name === 'Jumat' ? '09:00' : '10:00');
    await form.getByLabel(`${name}: sampai`).fill(name === 'Jumat' ? '09:15' : '10:30');
  }
  await form.getByRole('button', { name: 'Catat', exact: true }).click();
  await expect(page.getByText('Sekolah enam hari, mulai 06.30')).toBeVisible();
  await page.getByRole('button', { name: 'Beri pola' }).click();
  await form.getByLabel('Pola', { exact: true }).selectOption({ label: 'Sekolah enam hari, mulai 06.30' });
  await form.getByRole('radio', { name: 'Unit dan unit di bawahnya' }).check();
  await settled(page);
  await form.getByLabel('Perangkat daerah').selectOption(unit.agency);
  const below = form.getByLabel('Unit di bawahnya', { exact: true });
  await below.first().selectOption(await branchOf(bkd, unit));
  await below.nth(1).selectOption(unit.id);
  await form.getByLabel('Mulai', { exact: true }).fill(DAY);
  await form.getByRole('button', { name: 'Catat', exact: true }).click();
  await expect(page.getByRole('listitem').filter({ hasText: unit.name }).filter({ hasText: 'Sekolah enam hari, mulai 06.30' })).toBeVisible();

  await day.at(`${DAY}T06:25`);
  await standAtWork(day, teacher.client);
  await day.open(teacher.login, '/pegawai/');
  await expect(page.getByText('06.30–13.30 WIB')).toBeVisible();
  await page.getByRole('button', { name: /Presensi masuk/ }).click();
  await page.getByRole('button', { name: 'Mengerti, lanjutkan' }).click();
  await expect(page.getByText(/Bekerja sejak 06\.2\d/)).toBeVisible();
  await expect(page.getByText(`Di area ${unit.name}`)).toBeVisible();
  await page.getByRole('link', { name: 'Jadwal' }).click();
  await expect(page.getByRole('button', { name: /^Sabtu, 29 November 2025/ })).toContainText('06.30–13.30');

  /* a school's day by its timetable is one tap; hers says more, and is verified */
  await day.at(`${DAY}T13:32`);
  await day.open(teacher.login, '/pegawai/');
  await page.getByRole('button', { name: /Presensi pulang/ }).click();
  await expect(page.getByText(/06\.2\d sampai 13\.3\d/)).toBeVisible();
  await expect(page.getByText('Hari ini cukup dikonfirmasi.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Sesuai jadwal' })).toBeVisible();
  await page.getByRole('link', { name: 'Tambah hasil kerja' }).click();
  await page.getByLabel('Apa yang dihasilkan?').fill('Mengajar Matematika kelas XI IPA 2, materi limit fungsi.');
  await page.getByLabel('Jumlah').fill('4');
  await page.getByLabel('Satuan').fill('jam pelajaran');
  await page.getByRole('button', { name: 'Kirim laporan' }).click();
  await expect(page.getByText('Menunggu verifikasi').first()).toBeVisible();
  await day.open(head, '/atasan/');
  await page.getByRole('listitem').filter({ has: page.getByLabel(`Pilih laporan ${teacher.name}`) }).getByRole('button', { name: 'Buka' }).click();
  const report = page.getByRole('dialog', { name: teacher.name });
  await expect(report.getByText('materi limit fungsi', { exact: false })).toBeVisible();
  await report.getByRole('button', { name: 'Verifikasi' }).click();
  await expect(page.getByText('Laporan diverifikasi.')).toBeVisible();

  /* Saturday is a working day: Friday's list is due by then */
  await day.at('2025-11-29T14:00');
  for (const date of ['2025-11-28', '2025-11-29']) await onPaper(day, unit.id, date);
  await december(day, boss, unit.id);
  await day.open(head, '/atasan/#/rekap?bulan=2025-11-01');
  await page.getByRole('listitem').filter({ hasText: 'daftar hadir kertas menunggu konfirmasi orang kedua' }).getByRole('link', { name: 'Selesaikan' }).click();
  await page.getByRole('button', { name: /Menunggu orang kedua/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Konfirmasi daftar' }).click();
  await expect(page.getByText('Daftar dikonfirmasi; jamnya dihitung mulai sekarang.')).toBeVisible();
  await page.getByRole('link', { name: 'Rekap', exact: true }).click();
  await settled(page);
  await explain(page, teacher.full_name, /^Di kantor \(WFO\)/, DAY, ['Sekolah enam hari, mulai 06.30', 'SE Gubernur 58/PK.03/DISDIK', /^Masuk 06\.2\d$/, /^Pulang 13\.3\d$/, 'Terverifikasi']);
  await explain(page, teacher.full_name, /^Di kantor \(WFO\)/, '2025-11-29', ['Sekolah enam hari, mulai 06.30', 'Dicatat oleh petugas.']);
  const away = (await boss.get(`/api/v1/recap/units/${unit.id}?month=${MONTH}`)).body.items.find((l: any) => l.figures.absent > 0 && l.employee !== teacher.employee);
  await explain(page, away.name, /^Tanpa keterangan \(TK\)/, DAY, ['Belum ada catatan presensi pada hari ini.', 'Sekolah enam hari, mulai 06.30']);
  await printBoth(page, await seal(page), [unit.name, teacher.full_name]);
});
