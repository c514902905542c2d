import { expect, loginOf, test } from './app';

const form = { nip: 'NIP / NI PPPK', password: 'Kata sandi' };

test('says in words what is wrong, and nothing about which of the two', async ({ page, app }) => {
  await app.open('/pegawai/');
  await page.getByRole('button', { name: 'Masuk', exact: true }).click();
  await expect(page.getByText('NIP terdiri atas 18 angka.')).toBeVisible();
  await expect(page.getByLabel(form.nip)).toBeFocused();
  await page.getByLabel(form.nip).fill(loginOf(app.all, 'employee').nip);
  await page.getByLabel(form.password, { exact: true }).fill('bukan kata sandinya');
  await page.getByRole('button', { name: 'Masuk', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText('NIP atau kata sandi tidak cocok.');
});

test('lists the demo users, fills in the one that is tapped, and lets him in', async ({ page, app }) => {
  await app.open('/pegawai/');
  const users = page.getByRole('region', { name: 'Pengguna contoh' }).or(page.locator('section', { hasText: 'Pengguna contoh' })).first();
  await expect(users.getByRole('button')).toHaveCount(app.all.length);
  await users.getByRole('button', { name: /WFH hari ini/ }).click();
  await page.getByRole('button', { name: 'Masuk', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Selamat bekerja');
  await expect(page.getByText('DATA CONTOH - bukan data pegawai atau kinerja sebenarnya')).toBeVisible();
});

test('sets a first password by the code on a slip', async ({ page, app }) => {
  const officer = await app.server.client().signIn(loginOf(app.all, 'agency_officer'));
  const me = (await officer.get('/api/v1/me')).body, scope = me.roles.find((r: { role: string }) => r.role === 'agency_officer').unit;
  const person = (await officer.get(`/api/v1/org/units/${scope}/employees?limit=20`)).body.items.find((p: { id: string }) => p.id !== me.employee);
  const slip = (await officer.post('/api/v1/accounts/codes', { employees: [person.id] })).body.items[0], password = 'kereta malam ke timur';

  await app.open('/pegawai/');
  await page.getByRole('button', { name: 'Pakai kode sekali pakai' }).click();
  await page.getByLabel(form.nip).fill(slip.nip);
  await page.getByLabel('Kode', { exact: true }).fill(slip.code.toLowerCase());
  await page.getByLabel('Kata sandi baru').fill('pendek');
  await page.getByRole('button', { name: 'Simpan kata sandi' }).click();
  await expect(page.getByText('Kata sandi terlalu lemah')).toBeVisible();
  await page.getByLabel('Kata sandi baru').fill(password);
  await page.getByRole('button', { name: 'Simpan kata sandi' }).click();
  await expect(page.getByText('Kata sandi tersimpan. Silakan masuk.')).toBeVisible();
  await page.getByLabel(form.nip).fill(slip.nip);
  await page.getByLabel(form.password, { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Masuk', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(person.name.split(' ')[0]);
});

test('ends for good: after leaving, the phone keeps nothing of the person', async ({ page, app }) => {
  await app.as(loginOf(app.all, 'employee'));
  await app.open('/pegawai/#/lainnya');
  await page.getByRole('button', { name: 'Keluar' }).click();
  await expect(page.getByRole('heading', { name: 'Masuk ke Luwes' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Masuk ke Luwes' })).toBeVisible();
  const kept = await page.evaluate(() => new Promise<number>((resolve, reject) => {
    const open = indexedDB.open('luwes');
    open.onerror = () => reject(open.error);
    open.onsuccess = () => { const all = open.result.transaction('copies').objectStore('copies').count(); all.onsuccess = () => resolve(all.result); };
  }));
  expect(kept).toBe(0);
});
