/*
 * The phone's half of what an office gives as proof: the lobby's screen, a colleague, a kiosk, an officer's turn and the
 * PIN of people without a phone. Real pages on both sides; cameras are canvases on which the test draws what the other
 * side shows. Security 4.3; docs/EVIDENCE.md.
 */
import type { Page } from '@playwright/test';
import { codeBytes, codeText } from '../../web/src/base/codes';
import { Station } from '../http/proofs';
import { expect, settled, test, useSession } from './app';
import { fakeCamera, hold } from './camera';
import { controlled, home, kept } from './phone';
import { device, enrolStation, filesKept, people, phoneOf, serverNow, shownCode, signedIn, TODAY } from './stations';

const proof = 'Bukti kantor';
/* A signed event's first sending is spread over some seconds in the morning; by hand it goes at once. */
const sendNow = async (page: Page) => {
  const button = page.getByRole('button', { name: 'Kirim sekarang' });
  await expect(button.or(page.getByText(/^Bukti no/)).first()).toBeVisible();
  if (await button.count()) await button.click({ timeout: 2_000 }).catch(() => undefined); /* it went meanwhile */
};
const reasons = async (page: Page) => (await kept(page)).outbox.map(i => i.receipt?.reasons ?? []);

test('a clock-in with the code of the lobby\'s screen is at the office, without any position', async ({ page, app }) => {
  const { bkd, unit, teacher } = await people(app);
  await fakeCamera(page);
  const own = await phoneOf(page, app, teacher);
  await home(page, app.server.url);
  await expect(page.getByRole('button', { name: /Presensi masuk$/ })).toBeVisible();
  await expect(page.getByRole('button', { name: proof })).toHaveCount(0); /* nothing here to prove it with */

  const display = await Station.enrol(bkd, app.server.client(), { unit, kind: 'display', name: 'Lobi utama' });
  await page.goto(`${app.server.url}/pegawai/#/lainnya`); /* asks anew what the office has */
  await expect(page.getByRole('button', { name: 'Jadi saksi' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Jaga kios' })).toHaveCount(0);
  await expect.poll(async () => (await (await page.request.get(`${app.server.url}/api/v1/me/office-proofs`)).json()).displays).toBe(1);
  await home(page, app.server.url);
  await page.getByRole('button', { name: proof }).click();
  const sheet = page.getByRole('dialog', { name: proof });
  await expect(sheet.getByRole('button', { name: /Perlihatkan ke kios/ })).toHaveCount(0);
  await sheet.getByRole('button', { name: /Pindai layar lobi/ }).click();
  await hold(page, 'https://example.id/bukan-kode-luwes');
  await hold(page, codeText('D', await display.code(await serverNow(own))));
  await page.getByRole('button', { name: 'Mengerti, lanjutkan' }).click();
  await expect(page.getByRole('button', { name: /^Presensi masuk \d\d\.\d\d/ })).toBeVisible();
  await sendNow(page);
  await expect.poll(() => reasons(page)).toEqual([expect.arrayContaining(['proof_display'])]);
  expect((await own.get(`/api/v1/attendance/days/${teacher.employee}/${TODAY}`)).body).toMatchObject({ state: 'present', in_place: 'within' });
});

test('one who thinks better of it has recorded nothing; a refused camera leaves the typed way', async ({ page, app }) => {
  const { bkd, unit, teacher } = await people(app), display = await Station.enrol(bkd, app.server.client(), { unit, kind: 'display', name: 'Lobi utama' });
  await page.addInitScript(() => { navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError')); });
  const own = await phoneOf(page, app, teacher);
  await home(page, app.server.url);
  await page.getByRole('button', { name: proof }).click();
  await page.getByRole('button', { name: /Pindai layar lobi/ }).click();
  await expect(page.getByText('Kamera tidak diizinkan.')).toBeVisible();
  await page.getByRole('button', { name: 'Tutup' }).click();
  expect((await kept(page)).outbox).toEqual([]);

  await page.getByRole('button', { name: proof }).click();
  await page.getByRole('button', { name: /Pindai layar lobi/ }).click();
  await page.getByText('Tidak bisa memindai?').click();
  await page.getByLabel('Isi kode').fill('LW1D.bukan');
  await page.getByRole('button', { name: 'Pakai kode' }).click();
  await expect(page.getByText('Ini bukan kode yang diminta.')).toBeVisible();
  await page.getByLabel('Isi kode').fill(codeText('D', await display.code(await serverNow(own))));
  await page.getByRole('button', { name: 'Pakai kode' }).click();
  await page.getByRole('button', { name: 'Mengerti, lanjutkan' }).click();
  await sendNow(page);
  await expect.poll(() => reasons(page)).toEqual([expect.arrayContaining(['proof_display'])]);
});

test('a phone without a signal shows its record to a kiosk without one; the kiosk comes back first', async ({ page, app, browser, context }) => {
  const { bkd, unit, teacher } = await people(app), kiosk = await device(browser);
  await fakeCamera(kiosk);
  await enrolStation(kiosk, app.server.url, bkd, { unit, kind: 'kiosk', name: 'Gerbang' });
  await filesKept(kiosk);
  const own = await phoneOf(page, app, teacher);
  await controlled(page);
  await home(page, app.server.url);
  await expect(page.getByRole('button', { name: proof })).toBeVisible();
  await context.setOffline(true);
  await kiosk.context().setOffline(true);

  await page.reload();
  await page.getByRole('button', { name: proof }).click();
  await page.getByRole('button', { name: /Perlihatkan ke kios/ }).click();
  await page.getByRole('button', { name: 'Mengerti, lanjutkan' }).click();
  await hold(kiosk, await shownCode(page, 'Kode presensi untuk kios'));
  await expect(kiosk.getByText('Masuk', { exact: true })).toBeVisible();
  await expect(kiosk.getByText('1 catatan menunggu dikirim')).toBeVisible();
  await settled(page);
  await page.getByRole('button', { name: 'Selesai' }).click();
  await expect(page.getByText('Tersimpan di ponsel, belum terkirim')).toBeVisible();

  /* later the same record can be shown again, from its own sheet */
  await page.getByRole('button', { name: /^Presensi masuk \d\d\.\d\d/ }).click();
  await page.getByRole('button', { name: 'Perlihatkan ke kios' }).click();
  const again = await shownCode(page, 'Kode presensi untuk kios');
  await page.getByRole('button', { name: 'Selesai' }).click();
  await hold(kiosk, '');
  await expect(kiosk.getByText('Perlihatkan kode di ponsel atau kartu Anda')).toBeVisible();
  await hold(kiosk, again);
  await expect(kiosk.getByText('Kode ini sudah dicatat')).toBeVisible();

  await kiosk.context().setOffline(false);
  await kiosk.evaluate(() => dispatchEvent(new Event('online')));
  await expect(kiosk.getByText('menunggu dikirim')).toHaveCount(0);
  const day = async () => (await own.get(`/api/v1/attendance/days/${teacher.employee}/${TODAY}`)).body;
  expect(await day()).toMatchObject({ state: 'present', in_place: 'within' });
  expect((await kept(page)).outbox).toMatchObject([{ state: 'waiting' }]);
  await context.setOffline(false);
  await sendNow(page);
  await expect.poll(() => reasons(page)).toEqual([expect.arrayContaining(['proof_kiosk'])]);
  expect((await kept(page)).outbox).toMatchObject([{ state: 'sent', receipt: { status: 'duplicate' } }]);
  expect((await day()).punches).toHaveLength(1);
  await kiosk.context().close();
});

/* Who had a connection when the code was shown, and who comes back first of those who had none. */
for (const c of [
  { name: 'the phone had no signal, the kiosk had', phone: false, kiosk: true, first: 'kiosk' },
  { name: 'the kiosk had no line, the phone had', phone: true, kiosk: false, first: 'phone' },
  { name: 'neither had, and the phone comes back first', phone: false, kiosk: false, first: 'phone' },
] as const) test(`one record of two devices: ${c.name}`, async ({ page, app, browser, context }) => {
  const { bkd, unit, teacher } = await people(app), kiosk = await device(browser), outbox = () => kept(page).then(k => k.outbox);
  await fakeCamera(kiosk);
  await enrolStation(kiosk, app.server.url, bkd, { unit, kind: 'kiosk', name: 'Gerbang' });
  await filesKept(kiosk);
  const own = await phoneOf(page, app, teacher);
  await controlled(page);
  await home(page, app.server.url);
  await expect(page.getByRole('button', { name: proof })).toBeVisible();
  await context.setOffline(!c.phone);
  await kiosk.context().setOffline(!c.kiosk);

  await page.getByRole('button', { name: proof }).click();
  await page.getByRole('button', { name: /Perlihatkan ke kios/ }).click();
  await page.getByRole('button', { name: 'Mengerti, lanjutkan' }).click();
  await hold(kiosk, await shownCode(page, 'Kode presensi untuk kios'));
  await expect(kiosk.getByText('Masuk', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Selesai' }).click();
  const day = async () => (await own.get(`/api/v1/attendance/days/${teacher.employee}/${TODAY}`)).body, back = { phone: () => context.setOffline(false), kiosk: async () => {
    await kiosk.context().setOffline(false);
    await kiosk.evaluate(() => dispatchEvent(new Event('online')));
    await expect(kiosk.getByText('menunggu dikirim')).toHaveCount(0);
  } };
  if (c.kiosk) await expect(kiosk.getByText('menunggu dikirim')).toHaveCount(0);
  else await expect(kiosk.getByText('1 catatan menunggu dikirim')).toBeVisible();
  if (!c.phone && c.first === 'phone') await back.phone();
  if (c.first === 'phone') {
    await sendNow(page);
    await expect.poll(outbox).toMatchObject([{ state: 'sent', receipt: { status: 'accepted' } }]);
  }
  if (!c.kiosk) await back.kiosk();
  if (!c.phone && c.first === 'kiosk') {
    expect(await day()).toMatchObject({ state: 'present', in_place: 'within' });
    await back.phone();
    await sendNow(page);
    await expect.poll(outbox).toMatchObject([{ state: 'sent', receipt: { status: 'duplicate' } }]);
  }
  const now = await day(), of = now.punches.filter((p: { source: string }) => p.source === 'phone');
  expect(now).toMatchObject({ state: 'present', in_place: 'within', late_minutes: 0 });
  expect(of).toMatchObject([{ direction: 'in', phone_at: now.in_at }]);
  expect((await own.get(`/api/v1/attendance/evidence?day=${TODAY}`)).body.items).toMatchObject([{ punch_id: of[0].id, reasons: expect.arrayContaining(['proof_kiosk']) }]);
  await kiosk.context().close();
});

test('a colleague is the witness, with his own phone', async ({ page, app, browser }) => {
  const { bkd, unit, teacher, guard } = await people(app), other = await device(browser);
  await Station.enrol(bkd, app.server.client(), { unit, kind: 'display', name: 'Lobi utama' });
  for (const p of [page, other]) await fakeCamera(p);
  await phoneOf(page, app, teacher);
  await phoneOf(other, app, guard);
  await home(page, app.server.url);
  await page.getByRole('button', { name: proof }).click();
  await page.getByRole('button', { name: /Rekan sebagai saksi/ }).click();
  await other.goto(`${app.server.url}/pegawai/#/lainnya`);
  await other.getByRole('button', { name: 'Jadi saksi' }).click();
  await hold(other, await shownCode(page, 'Permintaan kesaksian'));
  await expect(other.getByText('tercatat atas nama Anda', { exact: false })).toBeVisible();
  await other.getByRole('button', { name: 'Ya, ia di dekat saya' }).click();
  await page.getByRole('button', { name: 'Pindai jawabannya' }).click();
  await hold(page, await shownCode(other, 'Kode kesaksian'));
  await page.getByRole('button', { name: 'Mengerti, lanjutkan' }).click();
  await sendNow(page);
  await expect.poll(() => reasons(page)).toEqual([expect.arrayContaining(['proof_witness'])]);
  await other.context().close();
});

test('an officer takes his turn with his phone, and the PIN set in Luwes is the one typed at the kiosk', async ({ page, app, browser }) => {
  const { bkd, unit, guard, caretaker } = await people(app), kiosk = await device(browser), without = await device(browser);
  for (const p of [page, kiosk]) await fakeCamera(p);
  const { code, station } = (await bkd.post('/api/v1/attendance/stations', { unit, kind: 'kiosk', name: 'Gerbang' })).body;
  expect((await bkd.put(`/api/v1/attendance/stations/${station}/officers`, { officers: [guard.employee] })).status).toBe(204);
  await phoneOf(page, app, guard); /* before the kiosk first asks whose phones may answer */
  await kiosk.goto(`${app.server.url}/kios/`);
  await kiosk.getByLabel('Pemerintah daerah').selectOption('jabar');
  await kiosk.getByLabel('Kode sekali pakai').fill(code);
  await kiosk.getByRole('button', { name: 'Hubungkan' }).click();
  await kiosk.getByRole('button', { name: 'Petugas: mulai jaga' }).click();
  await page.goto(`${app.server.url}/pegawai/#/lainnya`);
  await page.getByRole('button', { name: 'Jaga kios' }).click();
  await hold(page, await shownCode(kiosk, 'Kode jaga untuk ponsel petugas'));
  await page.getByRole('button', { name: 'Mulai jaga' }).click();
  const answer = await shownCode(page, 'Kode jawaban untuk kios');
  expect(codeBytes('J', answer)).toHaveLength(88);
  await hold(kiosk, answer);
  await expect(kiosk.getByText(/^Petugas jaga ./)).toBeVisible();
  await hold(kiosk, '');

  await useSession(without.context(), app.server, await signedIn(app, caretaker));
  await without.goto(`${app.server.url}/pegawai/#/lainnya`);
  await expect(without.getByRole('button', { name: 'Jadi saksi' })).toHaveCount(0); /* no phone that signs */
  await without.getByRole('button', { name: 'Kartu dan PIN kios' }).click();
  const dialog = without.getByRole('dialog', { name: 'Kartu dan PIN kios' }), pin = dialog.getByLabel('PIN baru, enam angka'), again = dialog.getByLabel('Ulangi PIN'), save = dialog.getByRole('button', { name: 'Simpan PIN' });
  await pin.fill('4081');
  await save.click();
  await expect(dialog.getByText('PIN terdiri atas enam angka.')).toBeVisible();
  await pin.fill('123456');
  await again.fill('123465');
  await save.click();
  await expect(dialog.getByText('Kedua PIN tidak sama.')).toBeVisible();
  await again.fill('123456');
  await save.click();
  await expect(dialog.getByText('PIN ini mudah ditebak.', { exact: false })).toBeVisible();
  await pin.fill('408173');
  await again.fill('408173');
  await save.click();
  await expect(without.getByText('PIN disimpan.')).toBeVisible();

  await kiosk.getByRole('button', { name: 'NIP dan PIN' }).click();
  await kiosk.getByLabel('NIP', { exact: true }).fill(caretaker.login.nip);
  await kiosk.getByLabel('PIN enam angka').fill('408173');
  await kiosk.getByRole('button', { name: 'Periksa' }).click();
  await expect(kiosk.getByText(/pastikan orangnya/)).toBeVisible();
  await kiosk.getByRole('button', { name: 'Masuk' }).click();
  await expect(kiosk.getByText(/^Tercatat 07\.2\d WIB/)).toBeVisible();
  const own = await app.server.client().signIn(caretaker.login);
  await expect.poll(async () => (await own.get(`/api/v1/attendance/days/${caretaker.employee}/${TODAY}`)).body.state).toBe('present');

  await without.getByRole('button', { name: 'Kartu dan PIN kios' }).click();
  await without.getByRole('button', { name: 'Hapus PIN' }).click();
  await expect(without.getByText('PIN dihapus.')).toBeVisible();
  for (const p of [kiosk, without]) await p.context().close();
});
