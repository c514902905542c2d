/* A bureau on a Thursday at home: a punch without a place, a report returned and sent again, and November is closed. */
import { headOf } from '../http/server';
import { DAY, december, expect, explain, onPaper, personOf, printBoth, seal, settled, test } from './day';

test('a bureau of the secretariat works at home on Thursday', async ({ day, page }) => {
  const bkd = await day.client(day.role('bkd')), setda = (await bkd.get('/api/v1/org/units')).body.items.find((u: any) => u.code === 'SETDA');
  const unit = (await bkd.get(`/api/v1/org/units?parent=${setda.id}`)).body.items.find((u: any) => u.kind === 'bureau');
  const people = (await bkd.get(`/api/v1/org/units/${unit.id}/employees?limit=200`)).body.items.map((p: any) => ({ ...p, employee: p.id }));
  const head = await headOf(bkd, people, day.all[0]!.password), boss = await day.client(head);
  const worker = await personOf(day, day.login(people.find((p: any) => p.nip !== head.nip).nip));

  await day.at(`${DAY}T07:25`);
  await day.open(worker.login, '/pegawai/');
  await expect(page.getByText('Di rumah').first()).toBeVisible();
  await expect(page.getByText('Lokasi tidak diperiksa hari ini')).toBeVisible();
  await page.getByRole('button', { name: /Presensi masuk/ }).click();
  await expect(page.getByText(/Bekerja sejak 07\.2\d/)).toBeVisible();
  await expect.poll(async () => (await worker.client.get(`/api/v1/attendance/days/${worker.employee}/${DAY}`)).body.punches.length).toBe(1);

  await day.at(`${DAY}T16:05`);
  await day.open(worker.login, '/pegawai/');
  await page.getByRole('button', { name: /Presensi pulang/ }).click();
  await expect(page.getByText(/07\.2\d sampai 16\.0\d/)).toBeVisible();
  await page.getByRole('link', { name: 'Tulis laporan' }).click();
  await page.getByLabel('Apa yang dihasilkan?').fill('Menyusun telaahan staf tentang ruang rapat.');
  await page.getByLabel('Satuan').fill('dokumen');
  await page.getByRole('button', { name: 'Tambah hasil kerja' }).click();
  const second = page.getByRole('group', { name: 'Hasil kerja 2' });
  await second.getByLabel('Apa yang dihasilkan?').fill('Membalas 6 surat peminjaman ruang rapat.');
  await second.getByLabel('Jumlah').fill('6');
  await second.getByLabel('Satuan').fill('surat');
  await page.getByRole('button', { name: 'Kirim laporan' }).click();
  await expect(page.getByText('Menunggu verifikasi').first()).toBeVisible();

  const row = page.getByRole('listitem').filter({ has: page.getByLabel(`Pilih laporan ${worker.name}`) }).filter({ hasText: 'Kamis, 27 November 2025' });
  await day.open(head, '/atasan/');
  await row.getByRole('button', { name: 'Buka' }).click();
  const report = page.getByRole('dialog', { name: worker.name });
  await expect(report.getByText('Membalas 6 surat peminjaman ruang rapat.')).toBeVisible();
  await report.getByRole('button', { name: 'Kembalikan' }).click();
  await report.getByLabel('Alasan pengembalian').fill('Sebutkan nomor naskah telaahannya.');
  await report.getByRole('button', { name: 'Kembalikan' }).click();
  await expect(page.getByText('Laporan dikembalikan.')).toBeVisible();

  await day.open(worker.login, '/pegawai/');
  await page.getByRole('alert').filter({ hasText: 'Laporan Kamis, 27 November' }).getByRole('link', { name: 'Baca alasannya dan perbaiki' }).click();
  await expect(page.getByText('Sebutkan nomor naskah telaahannya.').first()).toBeVisible();
  await page.getByLabel('Apa yang dihasilkan?').first().fill('Menyusun telaahan staf tentang ruang rapat, nomor 000.5/112/UM.');
  await page.getByRole('button', { name: 'Kirim laporan' }).click();
  await expect(page.getByText('Menunggu verifikasi').first()).toBeVisible();

  await day.open(head, '/atasan/');
  await row.getByRole('button', { name: 'Buka' }).click();
  await expect(report.getByText('000.5/112/UM', { exact: false })).toBeVisible();
  await report.getByRole('button', { name: 'Verifikasi' }).click();
  await expect(page.getByText('Laporan diverifikasi.')).toBeVisible();

  /* Friday at the office stands on paper: the network was down */
  await december(day, boss, unit.id);
  await onPaper(day, unit.id, '2025-11-28');
  await day.open(head, '/atasan/#/rekap?bulan=2025-11-01');
  await expect(page.getByText('Belum dapat ditutup')).toHaveCount(0);
  await explain(page, worker.full_name, /^Di rumah \(WFH\)/, DAY, ['SE 150/KPG.03/BKD', 'tahap I', /^Masuk 07\.2\d$/, /^Pulang 16\.0\d$/, 'Terverifikasi']);
  await printBoth(page, await seal(page), ['Biro Umum', worker.full_name]);
});
