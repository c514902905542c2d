/* A superior calls, the phone shows it and answers by one tap, also without a signal; what became of it stands in his list; the lot is drawn again on the phone. */
import { employeeLogin, expect, loginOf, settled, test, type App } from './app';
import { within } from './reach';

const NOTE = 'Berkas mutasi ditunggu bidang.';
test.use({ clock: '2025-11-13T10:00+07:00' });

async function call(app: App, kind: 'answer' | 'come' = 'answer') {
  const worker = await app.server.client().signIn(employeeLogin(app.all, 'home')), boss = await app.server.client().signIn(loginOf(app.all, 'supervisor'));
  const { employee, name } = (await worker.get('/api/v1/me')).body;
  const r = await boss.post('/api/v1/attendance/checks', { employee, kind, note: NOTE });
  expect(r.status, r.text).toBe(200);
  const state = async () => (await boss.get('/api/v1/attendance/checks')).body.items.find((c: any) => c.id === r.body.check);
  return { boss, state, name: name as string };
}

test('the superior calls, the phone answers by one tap', async ({ page, app }) => {
  await app.as(loginOf(app.all, 'supervisor'));
  await app.open('/atasan/#/konfirmasi');
  await expect(page.getByText('Belum ada cek kehadiran yang dibuka pada hari ini.')).toBeVisible();
  await page.getByRole('button', { name: 'Panggil pegawai' }).click();
  const dialog = page.getByRole('dialog'), worker = await app.server.client().signIn(employeeLogin(app.all, 'home')), { full_name } = (await worker.get('/api/v1/me')).body;
  await settled(page);
  await dialog.getByRole('button', { name: 'Panggil', exact: true }).click();
  await expect(dialog.getByText('Pilih siapa yang dipanggil.')).toBeVisible();
  await dialog.getByLabel('Siapa?').selectOption({ label: full_name });
  await dialog.getByLabel('Keperluan').fill(NOTE);
  await dialog.getByRole('button', { name: 'Panggil', exact: true }).click();
  await expect(page.getByText(/Panggilan dikirim; ditunggu sampai pukul 10\.3/)).toBeVisible();
  const row = page.getByRole('listitem').filter({ hasText: full_name });
  await expect(row.getByText('Belum dijawab')).toBeVisible();
  await expect(row.getByText('belum tampil di ponsel')).toBeVisible();

  await app.as(employeeLogin(app.all, 'home'));
  await app.open('/pegawai/');
  const card = page.getByRole('region', { name: 'Cek kehadiran' });
  await expect(card.getByText(NOTE)).toBeVisible();
  await expect(card.getByText(/Sisa \d+ menit/)).toBeVisible();
  await within(page, 'cek-kartu');
  await card.getByRole('button', { name: 'Jawab panggilan' }).click();
  await expect(card.getByText(/Dijawab pukul 10\.0/)).toBeVisible();
  await expect(card.getByText('Terima kasih, jawaban Anda tercatat.')).toBeVisible();
  await expect(page.getByRole('button', { name: /Jawaban cek kehadiran/ })).toBeVisible();

  await app.as(loginOf(app.all, 'supervisor'));
  await app.open('/atasan/#/konfirmasi');
  await expect(page.getByRole('listitem').filter({ hasText: full_name }).getByText(/Dijawab 10\.0/)).toBeVisible();
});

test('without a signal the answer is kept and counts', async ({ page, app, context }) => {
  const { state } = await call(app);
  await app.as(employeeLogin(app.all, 'home'));
  await app.open('/pegawai/');
  const card = page.getByRole('region', { name: 'Cek kehadiran' });
  await expect(card.getByRole('button', { name: 'Jawab panggilan' })).toBeVisible();
  await expect.poll(async () => (await state()).shown_at).toBeTruthy();
  await context.setOffline(true);
  await card.getByRole('button', { name: 'Jawab panggilan' }).click();
  await expect(card.getByText('Tersimpan di ponsel; terkirim sendiri saat ada sinyal.')).toBeVisible();
  expect((await state()).state).toBe('waiting');
  await context.setOffline(false);
  await expect.poll(async () => (await state()).state, { timeout: 30_000 }).toBe('answered');
});

test('"saya lihat di tempat" settles what no phone answered', async ({ page, app }) => {
  const { name } = await call(app, 'come');
  await app.as(loginOf(app.all, 'supervisor'));
  await app.open('/atasan/#/konfirmasi');
  const row = page.getByRole('listitem').filter({ hasText: name });
  await row.getByRole('button', { name: 'Saya lihat di tempat' }).click();
  await page.getByRole('dialog').getByLabel('Keterangan').fill('Bertemu di ruang rapat.');
  await within(page, 'cek-lihat');
  await page.getByRole('dialog').getByRole('button', { name: 'Catat' }).click();
  await expect(page.getByText('Dicatat: dilihat langsung di tempat.')).toBeVisible();
  await expect(row.getByText('Dilihat langsung', { exact: true })).toBeVisible();
  await expect(row.getByRole('button')).toHaveCount(0);
  /* the limits are said with their numbers */
  const { boss } = await call(app);
  await page.getByRole('button', { name: 'Panggil pegawai' }).click();
  const dialog = page.getByRole('dialog');
  await settled(page);
  const worker = await app.server.client().signIn(employeeLogin(app.all, 'home')), { full_name } = (await worker.get('/api/v1/me')).body;
  await dialog.getByLabel('Siapa?').selectOption({ label: full_name });
  await dialog.getByLabel('Keperluan').fill(NOTE);
  await dialog.getByRole('button', { name: 'Panggil', exact: true }).click();
  await expect(dialog.getByText('Hari ini ia sudah dipanggil 2 kali; itu batas sehari.')).toBeVisible();
  expect((await boss.get('/api/v1/attendance/checks')).body.items.length).toBe(2);
});

test('one\'s own lots stand with what became of them, and can be drawn again on the phone', async ({ page, app }) => {
  /* somebody on whom the lot fell before the day before yesterday */
  const bkd = await app.server.client().signIn(loginOf(app.all, 'bkd')), password = app.all[0]!.password;
  let found: { nip: string } | undefined;
  for (const agency of (await bkd.get('/api/v1/org/units')).body.items) {
    for (const p of (await bkd.get(`/api/v1/org/units/${agency.id}/employees?limit=200`)).body.items) {
      if (found || p.account !== 'active') continue;
      const own = await app.server.client().signIn({ role: 'employee', government: 'jabar', nip: p.nip, password });
      if ((await own.get('/api/v1/me/checks')).body.items.some((c: any) => c.kind === 'lot' && c.day <= '2025-11-11')) found = p;
    }
    if (found) break;
  }
  await app.as({ role: 'employee', government: 'jabar', nip: found!.nip, password });
  await app.open('/pegawai/#/cek');
  await page.getByRole('button', { name: 'Periksa undian' }).last().click();
  await expect(page.getByText(/Undian benar: benihnya sama dengan yang dikunci sehari sebelumnya/)).toBeVisible();
});
