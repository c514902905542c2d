/* Plans beside their agreement: said the evening before, closed when their period is over, and drafts from a file of e-Kinerja. */
import { employeeLogin, expect, loginOf, settled, test, type App } from './app';
import { skp } from './screens';

const home = (app: App) => employeeLogin(app.all, 'home');

test('a rule asks for plans; one comes in time, one late, and the superior sees which', async ({ page, app }) => {
  await app.as(loginOf(app.all, 'bkd'));
  await app.open('/bkd/#/kebijakan');
  await page.getByRole('button', { name: 'Catat kebijakan baru' }).click();
  const d = page.getByRole('dialog');
  for (const [label, value] of [['Nomor', 'SE 12/UJI/2025'], ['Tentang', 'Rencana kerja H-1'], ['Penanda tangan', 'Sekretaris Daerah'], ['Dasar hukum', 'PermenPANRB 6/2022']] as const) await d.getByLabel(label, { exact: true }).fill(value);
  await d.getByLabel('Tempat kerja').selectOption('office');
  await d.getByLabel('Minta rencana kerja sehari sebelumnya').check();
  await d.getByLabel('Paling lambat pukul').fill('18:30');
  await d.getByRole('button', { name: 'Catat', exact: true }).click();
  await expect(page.getByText('Kebijakan tercatat dan langsung berlaku sesuai tanggalnya.')).toBeVisible();
  await page.getByRole('listitem').filter({ hasText: 'SE 12/UJI/2025' }).first().getByText(/^Isi aturan/).click();
  await expect(page.getByText('paling lambat pukul 18.30 sehari sebelumnya').first()).toBeVisible();

  const worker = await app.as(home(app)), { name } = (await worker.get('/api/v1/me')).body;
  await app.open('/pegawai/#/laporan');
  await expect(page.getByText(/^Kebijakan meminta rencana kerja untuk besok, paling lambat .*18\.30/)).toBeVisible();
  await page.getByRole('link', { name: 'Rencana besok' }).click();
  await expect(page.getByText(/^Kebijakan meminta rencana ini paling lambat .*18\.30/)).toBeVisible();
  await page.getByLabel('Apa yang akan dikerjakan?').fill('Menyelesaikan telaahan staf');
  await page.getByRole('button', { name: 'Simpan rencana' }).click();
  await expect(page.getByText(/^Disimpan /)).toBeVisible();
  await page.getByLabel('Tanggal rencana').fill('2025-11-13');
  await expect(page.getByText(/^Batas menurut kebijakan sudah lewat .*21\.00/)).toBeVisible();
  await page.getByLabel('Apa yang akan dikerjakan?').fill('Memeriksa berkas mutasi');
  await page.getByRole('button', { name: 'Simpan rencana' }).click();
  await expect(page.getByText(/^Disimpan setelah .*Rencana tetap diterima\.$/)).toBeVisible();

  await app.as(loginOf(app.all, 'supervisor'));
  await app.open('/atasan/#/skp');
  await page.getByRole('link', { name: 'Rencana harian' }).click();
  const row = page.getByRole('listitem').filter({ hasText: name });
  await expect(row.getByText('Terlambat', { exact: true })).toBeVisible();
  await expect(row.getByText('Memeriksa berkas mutasi')).toBeVisible();
  await expect(page.getByText('Belum ada', { exact: true }).first()).toBeVisible();
  await page.getByRole('button', { name: 'Hari berikutnya' }).click();
  await expect(row.getByText('Tepat waktu', { exact: true })).toBeVisible();
  await expect(row.getByText('Menyelesaikan telaahan staf')).toBeVisible();
});

test('plans of e-Kinerja are mapped, checked and become drafts that their owner proposes', async ({ page, app }) => {
  const bkd = await app.as(loginOf(app.all, 'bkd'));
  await app.open('/bkd/#/impor');
  await page.getByLabel('Jenis data').selectOption('targets');
  await page.getByLabel('Berkas Excel atau CSV').setInputFiles(skp(home(app).nip));
  await expect(page.getByText(/Judul kolomnya seperti "e-Kinerja: SKP". Itu contoh yang belum diverifikasi/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Periksa dulu' })).toBeDisabled();
  await page.getByLabel('Nama pemetaan').fill('e-Kinerja kami');
  await page.getByRole('button', { name: 'Simpan pemetaan' }).click();
  await expect(page.getByText('Dibaca dengan pemetaan "e-Kinerja kami".')).toBeVisible();
  await page.getByRole('button', { name: 'Periksa dulu' }).click();
  await expect(page.getByText('Diperiksa, belum diterapkan').first()).toBeVisible();
  await page.getByRole('button', { name: 'Terapkan' }).click();
  await expect(page.getByText('Diterapkan', { exact: true }).first()).toBeVisible();
  expect((await bkd.get('/api/v1/imports?limit=1')).body.items[0]).toMatchObject({ kind: 'targets', created: 1 });

  const worker = await app.as(home(app));
  await app.open('/pegawai/#/sasaran');
  await expect(async () => { // the page begins anew when it finds that somebody else has signed in
    await page.getByLabel('Tahun').selectOption('2026');
    await expect(page.getByText(/^Draf ini berasal dari berkas impor\./)).toBeVisible({ timeout: 2000 });
  }).toPass();
  await expect(page.getByText('0 dari 1.200 berkas')).toBeVisible();
  await page.getByRole('button', { name: 'Ajukan ke atasan' }).click();
  await expect(page.getByText('Menunggu atasan')).toBeVisible();
  expect((await worker.get('/api/v1/reports/targets?day=2026-01-01')).body.items).toMatchObject([{ state: 'proposed', is_imported: true }]);
});

test.describe('in the new year', () => {
  test.use({ clock: '2026-01-05T08:00+07:00' });
  test('a plan of the old one is closed', async ({ page, app }) => {
    const boss = await app.as(loginOf(app.all, 'supervisor')), me = (await boss.get('/api/v1/me')).body;
    await app.open('/atasan/#/skp');
    await page.getByLabel('Tahun').selectOption('2025');
    await settled(page);
    const person = page.locator('main .person').filter({ hasText: 'Disepakati' }).first(), name = (await person.locator('b').first().textContent())!;
    await person.click();
    const d = page.getByRole('dialog');
    await d.getByRole('button', { name: 'Tutup periode' }).click();
    await expect(d.getByText(/^Periode ini sudah berakhir\./)).toBeVisible();
    await d.getByRole('button', { name: 'Batal' }).click();
    await d.getByRole('button', { name: 'Tutup periode' }).click();
    await d.getByRole('button', { name: 'Tutup periode' }).click();
    await expect(page.getByText('SKP ditutup.')).toBeVisible();
    await page.locator('main .person').filter({ hasText: name }).click();
    await expect(d.getByText(new RegExp(`^Ditutup oleh ${me.full_name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`))).toBeVisible();
    await expect(d.getByText(/^Disepakati bersama /)).toBeVisible();
    await expect(d.getByRole('button', { name: 'Tutup periode' })).toHaveCount(0);
  });
});
