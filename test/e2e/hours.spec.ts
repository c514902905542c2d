/* Working hours in the browser: a ward fills its month and the night nurse sees it; Ramadan is moved on the eve. */
import type { Page } from '@playwright/test';
import { employeeLogin, expect, loginOf, settled, test, type App } from './app';
import type { Login } from '../http/server';

test.use({ viewport: { width: 1280, height: 900 } });

/** Another person at the same browser begins with a page of his own. */
async function become(page: Page, app: App, who: Login, path: string) {
  await page.goto('about:blank');
  const c = await app.as(who);
  await app.open(path);
  return c;
}
const nameOf = async (app: App, who: Login) => (await (await app.server.client().signIn(who)).get('/api/v1/me')).body.full_name as string;

test('the head of a ward fills a month by keyboard, and the nurse sees it', async ({ page, app }) => {
  const nurse = employeeLogin(app.all, 'nurse'), name = await nameOf(app, nurse);
  await become(page, app, loginOf(app.all, 'unit_head'), '/bkd/#/sif');
  await expect(page.getByRole('heading', { name: 'November 2025' })).toBeVisible();
  const cell = (day: string) => page.getByRole('textbox', { name: `${name}, ${day}` });
  await cell('Rabu, 26 November 2025').fill('m');
  await page.keyboard.press('ArrowRight');
  await expect(cell('Kamis, 27 November 2025')).toBeFocused();
  await page.keyboard.type('P');
  await page.keyboard.press('ArrowRight');
  await page.getByRole('button', { name: 'Simpan sif' }).click();
  await expect(page.getByText('Bertumpang tindih dengan sif malam hari sebelumnya.')).toBeVisible();
  await expect(cell('Kamis, 27 November 2025')).toBeFocused();
  await cell('Kamis, 27 November 2025').fill('Q');
  await cell('Kamis, 27 November 2025').blur();
  await expect(page.getByText('Tidak ada sif Q pada unit ini.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Simpan sif' })).toBeDisabled();
  await cell('Kamis, 27 November 2025').fill('L');
  await cell('Jumat, 28 November 2025').fill('p+m');
  await cell('Sabtu, 29 November 2025').fill('L');
  await cell('Minggu, 30 November 2025').fill('S');
  await cell('Minggu, 30 November 2025').blur();
  await page.getByRole('button', { name: 'Simpan sif' }).click();
  await expect(page.getByText('Sif tersimpan dan langsung berlaku.')).toBeVisible();
  await settled(page);
  await expect(cell('Jumat, 28 November 2025')).toHaveValue('P+M');

  await become(page, app, nurse, '/pegawai/#/jadwal');
  await expect(page.getByRole('button', { name: /^Rabu, 26 November 2025/ })).toContainText('Sif malam · 20.45–07.15 (+1)');
  await expect(page.getByRole('button', { name: /^Kamis, 27 November 2025/ })).toContainText('Lepas jaga');
  await expect(page.getByRole('button', { name: /^Minggu, 30 November 2025/ })).toContainText('Sif sore');
});

test('a month is copied from the one before into what is empty', async ({ page, app }) => {
  await become(page, app, loginOf(app.all, 'unit_head'), '/bkd/#/sif');
  for (const month of ['Desember 2025', 'Januari 2026']) {
    await page.getByRole('button', { name: 'Bulan berikutnya' }).click();
    await expect(page.getByRole('heading', { name: month })).toBeVisible();
    await settled(page);
  }
  await page.getByRole('button', { name: 'Salin dari bulan lalu' }).click();
  await expect(page.getByText(/^\d+ sel belum disimpan$/)).toBeVisible();
  await page.getByRole('button', { name: 'Simpan sif' }).click();
  await expect(page.getByText('Sif tersimpan dan langsung berlaku.')).toBeVisible();
});

test('the night of a nurse is one day, which she leaves in the morning', async ({ page, app }) => {
  await become(page, app, employeeLogin(app.all, 'nurse'), '/pegawai/');
  await expect(page.getByText('Sif malam').first()).toBeVisible();
  await expect(page.getByText('20.45–07.15 esok hari WIB')).toBeVisible();
  await page.getByRole('button', { name: /Presensi pulang/ }).click();
  await page.getByRole('button', { name: 'Mengerti, lanjutkan' }).click();
  await expect(page.getByText(/^20\.\d\d sampai 07\.2\d$/)).toBeVisible();
  await app.open('/pegawai/#/kehadiran');
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole('button', { name: /^Rabu, 12 November 2025/ })).toContainText(/20\.\d\d–07\.2\d/, { timeout: 2000 });
  }).toPass();
});

test('Ramadan is moved on the eve, and the employee sees it at once', async ({ page, app }) => {
  const home = employeeLogin(app.all, 'home');
  await become(page, app, loginOf(app.all, 'bkd'), '/bkd/#/jam');
  await page.getByRole('button', { name: 'Tetapkan Ramadan' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Catat', exact: true }).click();
  await expect(dialog.getByText('Wajib diisi.').first()).toBeVisible();
  await dialog.getByLabel('Hari pertama puasa').fill('2025-11-14');
  await dialog.getByLabel('Hari terakhir puasa').fill('2025-12-31');
  await dialog.getByLabel('Dasar penetapan').fill('Sidang isbat 13 November 2025');
  await dialog.getByRole('button', { name: 'Catat', exact: true }).click();
  await expect(dialog.getByText('Ramadan berlangsung 29 atau 30 hari.')).toBeVisible();
  await dialog.getByLabel('Hari terakhir puasa').fill('2025-12-12');
  await dialog.getByRole('button', { name: 'Catat', exact: true }).click();
  await expect(page.getByText('Sidang isbat 13 November 2025')).toBeVisible();
  await become(page, app, home, '/pegawai/#/jadwal');
  await expect(page.getByRole('button', { name: /^Jumat, 14 November 2025/ })).toContainText('08.00–15.30');
});

test('a pattern without hours is refused, one with hours is given to a unit', async ({ page, app }) => {
  await become(page, app, loginOf(app.all, 'bkd'), '/bkd/#/jam');
  await page.getByRole('button', { name: 'Buat pola' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Kode').fill('UJI');
  await dialog.getByLabel('Nama pola').fill('Pola uji');
  await dialog.getByLabel('Dasar hukum').fill('Perpres 21/2023 Pasal 7');
  for (const day of ['Senin', 'Selasa', 'Rabu', 'Kamis', 'Jumat']) await dialog.getByRole('checkbox', { name: day, exact: true }).uncheck();
  await dialog.getByRole('button', { name: 'Catat', exact: true }).click();
  await expect(dialog.getByText('Pola tanpa jam kerja tidak dapat dicatat.')).toBeVisible();
  await dialog.getByRole('checkbox', { name: 'Sabtu', exact: true }).check();
  await dialog.getByRole('button', { name: 'Catat', exact: true }).click();
  await expect(page.getByText('Sabtu 07.30–16.00 (istirahat 12.00–13.00)')).toBeVisible();
  await page.getByRole('button', { name: 'Beri pola' }).click();
  await dialog.getByLabel('Pola', { exact: true }).selectOption({ label: 'Pola uji' });
  await dialog.getByRole('radio', { name: 'Unit dan unit di bawahnya' }).check();
  await expect(dialog.getByLabel('Perangkat daerah')).not.toHaveValue('');
  await dialog.getByRole('button', { name: 'Catat', exact: true }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'Pola uji' }).filter({ hasText: 'akan berlaku' })).toBeVisible();
});

test('an assembly is called; its numbers come on its day', async ({ page, app }) => {
  await become(page, app, loginOf(app.all, 'bkd'), '/bkd/#/jam');
  await expect(page.getByText('Senin, 17 November 2025, 07.15')).toBeVisible();
  await page.getByRole('button', { name: 'Panggil apel' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Nama', { exact: true }).fill('Upacara HUT KORPRI');
  await dialog.getByLabel('Nomor surat').fill('005/77/2025');
  await dialog.getByLabel('Tempat', { exact: true }).fill('Lapangan Gasibu');
  await dialog.getByLabel('Tanggal').fill('2025-11-29');
  await dialog.getByRole('button', { name: 'Catat', exact: true }).click();
  const item = page.getByRole('listitem').filter({ hasText: 'Upacara HUT KORPRI' });
  await expect(item).toContainText('Lapangan Gasibu');
  await item.getByRole('button', { name: 'Lihat kehadiran' }).click();
  await expect(dialog.getByText('Yang dipanggil dan kehadirannya dihitung pada harinya.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Tutup' }).click();
  await item.getByRole('button', { name: 'Batalkan' }).click();
  await dialog.getByLabel('Alasan').fill('Hujan lebat');
  await dialog.getByRole('button', { name: 'Batalkan', exact: true }).click();
  await expect(item).toContainText('dibatalkan');

  const home = await app.as(employeeLogin(app.all, 'home')), unit = (await home.get('/api/v1/me')).body.unit.id;
  await become(page, app, loginOf(app.all, 'bkd'), '/bkd/#/jam');
  expect((await (await app.as(loginOf(app.all, 'bkd'))).post('/api/v1/calendar/events', { name: 'Upacara pagi', place: 'Halaman', letter: '005/9/2025', day: '2025-11-13', opens: '06:00', starts: '07:25', closes: '08:00', excuses_shift: true, excuses_home: false, excuses_off: true, units: [unit] })).status).toBe(200);
  await page.reload();
  await expect(async () => {
    await page.getByRole('listitem').filter({ hasText: 'Upacara pagi' }).getByRole('button', { name: 'Lihat kehadiran' }).click();
    const called = Number.parseInt(await dialog.getByText(/ pegawai dipanggil$/).innerText()), numbers = await dialog.locator('td').allInnerTexts();
    await dialog.getByRole('button', { name: 'Tutup' }).click();
    expect(called).toBeGreaterThan(0);
    expect(numbers.reduce((sum, n) => sum + Number(n), 0)).toBe(called);
  }).toPass();
});

test('a local holiday of today is entered by its letter, judged at once and said so; the wrong one is withdrawn and stays in sight', async ({ page, app }) => {
  const home = employeeLogin(app.all, 'home');
  await become(page, app, loginOf(app.all, 'bkd'), '/bkd/#/jam');
  const dialog = page.getByRole('dialog'), enter = async (name: string, day: string, number: string) => {
    await page.getByRole('button', { name: 'Catat hari libur' }).click();
    await dialog.getByLabel('Nama hari libur').fill(name);
    await dialog.getByLabel('Tanggal libur').fill(day);
    await dialog.getByLabel('Nomor surat keputusan').fill(number);
    await dialog.getByLabel('Ditetapkan oleh').fill('Gubernur Jawa Barat');
    await dialog.getByRole('button', { name: 'Catat', exact: true }).click();
  };
  await page.getByRole('button', { name: 'Catat hari libur' }).click();
  await dialog.getByRole('button', { name: 'Catat', exact: true }).click();
  await expect(dialog.getByText('Wajib diisi.')).toHaveCount(3);
  await dialog.getByRole('button', { name: 'Batal' }).click();
  await enter('Libur hari jadi', '2025-11-13', '003.3/612-Org/2025');
  await expect(page.getByText('Hari libur tercatat; hari yang sudah dimulai dinilai ulang.')).toBeVisible();
  await enter('Cuti bersama daerah', '2025-11-13', '003.3/613-Org/2025');
  await expect(dialog.getByText('Tanggal itu sudah tercatat sebagai hari libur.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Batal' }).click();

  await become(page, app, home, '/pegawai/#/jadwal');
  await page.getByRole('button', { name: /^Kamis, 13 November 2025/ }).click();
  await expect(dialog.getByText('Libur hari jadi')).toBeVisible();
  await expect(dialog.getByText(/Sebelumnya: 07\.30–16\.00/)).toBeVisible();

  await become(page, app, loginOf(app.all, 'bkd'), '/bkd/#/jam');
  await page.getByRole('button', { name: 'Batalkan: Libur hari jadi, 13 November 2025' }).click();
  await dialog.getByLabel('Apa yang keliru').fill('Seharusnya 14 November');
  await dialog.getByRole('button', { name: 'Batalkan', exact: true }).click();
  await expect(page.getByText('Hari libur dibatalkan; harinya dinilai ulang.')).toBeVisible();
  await page.getByText('1 yang dibatalkan').click();
  await expect(page.getByRole('listitem').filter({ hasText: 'Libur hari jadi' })).toContainText('Seharusnya 14 November');
  await become(page, app, home, '/pegawai/#/jadwal');
  await expect(page.getByRole('button', { name: /^Kamis, 13 November 2025/ })).toContainText('07.30–16.00');
});
