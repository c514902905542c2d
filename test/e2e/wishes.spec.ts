import { employeeLogin, expect, test } from './app';

test('wishes for days, sees them counted, and clears one', async ({ page, app }) => {
  const c = await app.as(employeeLogin(app.all, 'home'));
  const kept = async () => (await c.get('/api/v1/me/roster/wishes?month=2026-01-01')).body.days.filter((d: { wish?: string }) => d.wish).map((d: { day: string; wish: string }) => `${d.day} ${d.wish}`);
  await app.open('/pegawai/#/jadwal');
  const part = page.getByRole('region', { name: 'Usulan hari' }), day = (name: string) => part.getByRole('button', { name });
  await part.getByLabel('Bulan').selectOption('2026-01-01');
  await expect(part.getByText('Ini usulan, bukan janji.')).toBeVisible();
  await expect(part.getByText('0 dari 4')).toBeVisible();
  await day('Selasa, 6 Januari 2026: tanpa usulan').click();
  await day('Rabu, 7 Januari 2026: tanpa usulan').click();
  await day('Rabu, 7 Januari 2026: ingin WFH').click();
  await expect(day('Rabu, 7 Januari 2026: ingin WFO')).toBeVisible();
  await part.getByRole('button', { name: 'Simpan usulan' }).click();
  await expect(page.getByText('Usulan tersimpan.')).toBeVisible();
  await expect(part.getByText('2 dari 4')).toBeVisible();
  expect(await kept()).toEqual(['2026-01-06 home', '2026-01-07 office']);
  await day('Rabu, 7 Januari 2026: ingin WFO').click();
  await part.getByRole('button', { name: 'Simpan usulan' }).click();
  await expect(part.getByText('1 dari 4')).toBeVisible();
  await expect.poll(kept).toEqual(['2026-01-06 home']);
  for (const d of ['Kamis, 8', 'Jumat, 9', 'Senin, 12']) await day(`${d} Januari 2026: tanpa usulan`).click();
  await day('Selasa, 13 Januari 2026: tanpa usulan').click();
  await expect(page.getByText('Paling banyak 4 hari dalam sebulan.')).toBeVisible();
  await expect(day('Selasa, 13 Januari 2026: tanpa usulan')).toBeVisible();
});

test('puts the roster into the calendar of the phone, and takes it back', async ({ page, context, app }) => {
  await app.as(employeeLogin(app.all, 'home'));
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await app.open('/pegawai/#/jadwal');
  const part = page.getByRole('region', { name: 'Kalender di ponsel' });
  await expect(part.getByText('Belum ada tautan kalender.')).toBeVisible();
  await part.getByRole('button', { name: 'Buat tautan' }).click();
  const dialog = page.getByRole('dialog', { name: 'Tautan kalender Anda' }), link = await dialog.getByRole('textbox', { name: 'Tautan' }).inputValue();
  await dialog.getByRole('button', { name: 'Salin tautan' }).click();
  await expect(page.getByText('Tautan disalin.')).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link);
  await expect(dialog.getByRole('link', { name: 'Buka di aplikasi kalender' })).toHaveAttribute('href', link.replace('http:', 'webcal:'));
  await dialog.getByRole('button', { name: 'Tutup' }).click();
  const read = async () => { const r = await fetch(link); return { status: r.status, text: await r.text() }; };
  expect(await read()).toMatchObject({ status: 200, text: expect.stringContaining('X-WR-CALNAME:Jadwal saya') });
  await expect(part.getByText(/dibuat 13 Nov 2025/)).toBeVisible();
  await part.getByRole('button', { name: 'Cabut Jadwal saya' }).click();
  await page.getByRole('dialog', { name: 'Cabut tautan kalender?' }).getByRole('button', { name: 'Cabut' }).click();
  await expect(part.getByText('Belum ada tautan kalender.')).toBeVisible();
  expect((await read()).status).toBe(404);
});
