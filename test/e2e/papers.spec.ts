/* Without a phone: a month on paper, a correction asked without a signal, an outage with its Berita Acara, a phone of two. */
import { test, expect, employeeLogin, loginOf, settled } from './app';
import { headOf, punch, TODAY, type Client, type Server } from '../http/server';
import type { Page } from '@playwright/test';

const photo = { name: 'daftar-hadir.png', mimeType: 'image/png', buffer: Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64') };
const controlled = (page: Page) => page.evaluate(async () => { await navigator.serviceWorker.ready; if (!navigator.serviceWorker.controller) await new Promise(done => navigator.serviceWorker.addEventListener('controllerchange', done, { once: true })); });
/* as the list of days has it: of a row that the server settles */
const listed = async (c: Client, day: string) => (await c.get(`/api/v1/attendance/days?month=${day.slice(0, 8)}01`)).body.items.find((d: { day: string }) => d.day === day)?.state;
const dayOf = async (c: Client, who: string, day: string) => (await c.get(`/api/v1/attendance/days/${who}/${day}`)).body;

/** The program once more, on another day. */
async function wake(server: Server, instant: string) {
  await server.stop();
  await server.start('--clock', `${instant},x1`);
}

test('a whole month of an employee without a phone is lived on paper', async ({ page, app }) => {
  test.setTimeout(240_000);
  const clerk = loginOf(app.all, 'unit_officer'), c = await app.as(clerk), bkd = await app.server.client().signIn(loginOf(app.all, 'bkd'));
  const { unit } = (await c.get('/api/v1/me')).body;
  const rows = (await c.get(`/api/v1/attendance/sheet?unit=${unit.id}&day=${TODAY}`)).body.rows as { employee: string; name: string; nip: string; has_phone: boolean }[];
  const someone = rows.find(r => !r.has_phone)!, head = await headOf(bkd, rows, clerk.password);

  /* the first half of the month stands in the demo; its last list waits for the head */
  await app.as(head);
  await app.open('/bkd/#/daftar-hadir');
  await page.getByRole('button', { name: /12 November 2025.*Menunggu orang kedua/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Konfirmasi daftar' }).click();
  await expect(page.getByText('Daftar dikonfirmasi; jamnya dihitung mulai sekarang.')).toBeVisible();

  for (let day = 13; day <= 30; day++) {
    const date = `2025-11-${day}`;
    await wake(app.server, `${date}T17:30+07:00`);
    const board = await app.server.client().signIn(loginOf(app.all, 'bkd')), plan = await dayOf(board, someone.employee, date);
    if (plan.mode === 'off' || plan.mode === 'leave') continue;
    /* in the browser on three days of them; every day is the same */
    if ([13, 14, 28].includes(day)) {
      await app.as(clerk);
      await page.goto('about:blank');
      await app.open('/bkd/#/daftar-hadir');
      await page.getByRole('button', { name: 'Masukkan daftar hadir' }).click();
      const form = page.getByRole('dialog'), line = form.getByRole('group', { name: new RegExp(someone.name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')) });
      await form.getByLabel('Foto daftar yang ditandatangani').setInputFiles(photo);
      await expect(form.getByText('Terlampir: daftar-hadir.png')).toBeVisible();
      await line.getByLabel('Masuk').fill(plan.starts);
      await line.getByLabel('Pulang').fill(plan.ends);
      await form.getByRole('button', { name: 'Kirim untuk dikonfirmasi' }).click();
      await expect(page.getByText('Daftar terkirim; menunggu orang kedua.')).toBeVisible();
    } else {
      const own = await app.server.client().signIn(clerk), sha = (await own.post('/api/v1/files', photo.buffer, { 'content-type': 'application/octet-stream' })).body.sha256;
      const r = await own.post('/api/v1/attendance/papers', { unit: unit.id, day: date, file_sha256: sha, file_name: photo.name, rows: [{ employee: someone.employee, in: plan.starts, out: plan.ends }] });
      expect(r.status, r.text).toBe(200);
    }
    expect((await dayOf(board, someone.employee, date)).state).toMatch(/expected|waits/);
    const second = await app.server.client().signIn(head), [paper] = (await second.get('/api/v1/attendance/papers?waiting=true')).body.items;
    expect((await second.post(`/api/v1/attendance/papers/${paper.id}/confirm`, { version: paper.version })).status).toBe(200);
    expect((await dayOf(board, someone.employee, date)).state).toBe('complete');
  }
  const own = await app.as({ role: 'employee', government: 'jabar', nip: someone.nip, password: clerk.password }), month = (await own.get('/api/v1/attendance/days?month=2025-11-01')).body.items;
  const worked = month.filter((d: any) => d.mode === 'office');
  expect(worked.length).toBeGreaterThan(18);
  expect(worked.map((d: any) => [d.day, d.state])).toEqual(worked.map((d: any) => [d.day, 'complete']));
  await app.open('/pegawai/#/kehadiran');
  await expect(page.getByText(`Hadir ${worked.length}`)).toBeVisible();
  await expect(page.getByText('Tanpa presensi')).toHaveCount(0);
  await page.getByRole('button', { name: /^Jumat, 28 November/ }).click();
  await expect(page.getByRole('dialog').getByText('Daftar hadir kertas dikonfirmasi')).toBeVisible();
  await expect(page.getByRole('dialog').getByText('Dicatat oleh petugas.')).toBeVisible();
});

test('who has no phone is awaited on paper, missed by nobody, until the list has had its time', async ({ page, app }) => {
  const clerk = loginOf(app.all, 'unit_officer'), c = await app.server.client().signIn(clerk), { unit } = (await c.get('/api/v1/me')).body;
  const rows = (await c.get(`/api/v1/attendance/sheet?unit=${unit.id}&day=${TODAY}`)).body.rows as { employee: string; name: string; nip: string; has_phone: boolean }[];
  const someone = rows.find(r => !r.has_phone)!, head = await headOf(await app.server.client().signIn(loginOf(app.all, 'bkd')), rows, clerk.password);
  const own = { ...clerk, nip: someone.nip }, evening = `${TODAY}T17:30+07:00`, monday = '2025-11-17T07:45+07:00';

  await wake(app.server, evening);
  await app.as(head);
  await app.open('/atasan/');
  await page.getByRole('button', { name: /^Menunggu daftar hadir \d/ }).click();
  await expect(page.getByRole('listitem').filter({ hasText: someone.name })).toContainText('Menunggu daftar hadir');
  await app.as(own);
  await app.open('/pegawai/#/kehadiran');
  const day = page.getByRole('button', { name: /^Kamis, 13 November/ });
  await expect(day).toContainText('Menunggu daftar hadir');
  await day.click();
  await expect(page.getByRole('dialog').getByText(/Daftarnya belum masuk/)).toBeVisible();

  await page.goto('about:blank');
  await wake(app.server, monday);
  const mine = await app.as(own);
  await expect.poll(() => listed(mine, TODAY), 'the morning settles what was awaited').toBe('absent');
  await app.open('/pegawai/#/kehadiran');
  await expect(day).toContainText('Tanpa presensi');
  await page.goto('about:blank');
  await app.as(clerk);
  await app.open('/bkd/#/daftar-hadir');
  await page.getByLabel('Hari', { exact: true }).fill(TODAY);
  await page.getByRole('button', { name: 'Masukkan daftar hadir' }).click();
  const form = page.getByRole('dialog'), line = form.getByRole('group', { name: new RegExp(someone.name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')) });
  await form.getByLabel('Mengapa terlambat diserahkan?').fill('Petugas sakit dua hari; daftar baru dijemput.');
  await form.getByLabel('Foto daftar yang ditandatangani').setInputFiles(photo);
  await line.getByLabel('Masuk').fill('06:25');
  await line.getByLabel('Pulang').fill('15:05');
  await form.getByRole('button', { name: 'Kirim untuk dikonfirmasi' }).click();
  await expect(page.getByText('Daftar terkirim; menunggu orang kedua.')).toBeVisible();
  await app.as(own);
  await app.open('/pegawai/#/kehadiran');
  await expect(day, 'what waits for a decision is nobody\'s absence').toContainText('Menunggu keputusan');
});

test('a correction is asked without a signal, sent by itself, accepted, and the day says so', async ({ page, context, app }) => {
  const login = employeeLogin(app.all, 'home'), c = await app.as(login);
  await app.open('/pegawai/#/koreksi?hari=2025-11-12');
  await controlled(page);
  await context.setOffline(true);
  await page.getByRole('button', { name: 'Kirim koreksi' }).click();
  await expect(page.getByText('Isi jamnya.')).toBeVisible();
  await page.getByLabel('Pukul berapa?').fill('17:05');
  await page.getByLabel('Ceritakan singkat').fill('Rapat di gedung sebelah sampai sore.');
  await page.getByRole('button', { name: 'Kirim koreksi' }).click();
  await expect(page.getByText('Koreksi tersimpan di ponsel dan terkirim sendiri saat ada sinyal.')).toBeVisible();
  await page.reload();
  await expect(page.getByRole('listitem').filter({ hasText: 'Tersimpan di ponsel, belum terkirim' }).first()).toBeVisible();
  const before = (await c.get('/api/v1/attendance/corrections')).body.items.length;
  await context.setOffline(false);
  await expect(page.getByRole('listitem').filter({ hasText: 'Menunggu keputusan' }).filter({ hasText: '17.05' })).toBeVisible();
  expect((await c.get('/api/v1/attendance/corrections')).body.items).toHaveLength(before + 1);

  await app.as(loginOf(app.all, 'supervisor'));
  await app.open('/atasan/#/koreksi');
  await page.getByRole('button', { name: /17\.05/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Terima' }).click();
  await expect(dialog.getByText('Sedikitnya 10 karakter; dibaca oleh pegawai yang bersangkutan.').first()).toBeVisible();
  await dialog.getByLabel('Alasan keputusan').fill('Saya memimpin rapatnya.');
  await dialog.getByRole('button', { name: 'Terima' }).click();
  await expect(page.getByText('Koreksi diterima.')).toBeVisible();

  await app.as(login);
  await app.open('/pegawai/#/kehadiran');
  await page.getByRole('button', { name: /^Rabu, 12 November/ }).click();
  await expect(page.getByRole('dialog').getByText('Koreksi diterima')).toBeVisible();
  await expect(page.getByRole('dialog').getByText('Saya memimpin rapatnya.')).toBeVisible();
});

test('a correction that a rule refuses says why, with its text kept, and one refused later says so in the list', async ({ page, context, app }) => {
  await app.as(employeeLogin(app.all, 'home'));
  await app.open(`/pegawai/#/koreksi?hari=${TODAY}`);
  await controlled(page);
  const ask = async () => {
    await page.getByLabel('Pukul berapa?').fill('16:05');
    await page.getByLabel('Ceritakan singkat').fill('Akan lupa presensi pulang.');
    await page.getByRole('button', { name: 'Kirim koreksi' }).click();
  };
  await expect(page.getByText(/^Sekarang tercatat masuk/)).toBeVisible();
  await ask();
  await expect(page.getByText('Waktu itu belum tiba.')).toBeVisible();
  await expect(page.getByText('Koreksi terkirim.')).toHaveCount(0);
  await expect(page.getByLabel('Ceritakan singkat')).toHaveValue('Akan lupa presensi pulang.');

  await context.setOffline(true);
  await ask();
  await expect(page.getByText('Koreksi tersimpan di ponsel dan terkirim sendiri saat ada sinyal.')).toBeVisible();
  await context.setOffline(false);
  const row = page.getByRole('listitem').filter({ hasText: 'Waktu itu belum tiba.' });
  await expect(row).toContainText('Tidak diterima');
  await app.open('/pegawai/#/');
  await page.getByRole('link', { name: 'Baca alasannya', exact: true }).click();
  await row.getByRole('button', { name: 'Mengerti' }).click();
  await expect(row).toHaveCount(0);
});

test('an outage is declared by the operator, granted by the board, and printed', async ({ page, app }) => {
  await app.as(loginOf(app.all, 'operator'));
  await app.open('/bkd/#/gangguan');
  await page.getByRole('button', { name: 'Catat gangguan' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Mulai', { exact: true }).fill('2025-11-12');
  await form.getByLabel('Selesai', { exact: true }).fill('2025-11-12');
  await form.getByLabel('Pukul mulai').fill('07:25');
  await form.getByLabel('Pukul selesai').fill('07:55');
  await form.getByLabel('Apa yang terjadi').fill('Listrik pusat data padam sesaat.');
  await form.getByRole('button', { name: 'Simpan' }).click();
  await expect(page.getByText('Gangguan dicatat; menunggu keputusan BKD.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Berikan dispensasi' })).toHaveCount(0);

  await app.as(loginOf(app.all, 'bkd'));
  await page.goto('about:blank');
  await app.open('/bkd/#/gangguan');
  await page.getByRole('button', { name: 'Berikan dispensasi' }).first().click();
  await page.getByLabel('Nomor Berita Acara').fill('800.1.11/77/BA/2025');
  await page.getByLabel('Alasan keputusan').fill('Sesuai catatan pusat data.');
  await page.getByRole('dialog').getByRole('button', { name: 'Berikan dispensasi gangguan' }).click();
  await expect(page.getByText('Dispensasi gangguan diberikan; hari yang terkena dihitung ulang.')).toBeVisible();
  await page.getByRole('listitem').filter({ hasText: 'Listrik pusat data padam sesaat.' }).getByRole('button', { name: 'Berita Acara' }).click();
  const paper = page.getByRole('article');
  await expect(paper.getByText('Nomor: 800.1.11/77/BA/2025')).toBeVisible();
  await expect(paper.getByText(/Rabu, 12 November 2025 pukul 07.25 sampai dengan pukul 07.55 WIB/)).toBeVisible();
  await page.emulateMedia({ media: 'print' });
  await expect(paper).toBeVisible();
  await expect(page.getByRole('button', { name: 'Cetak' })).toBeHidden();
  const pdf = (await page.pdf({ format: 'A4' })).toString('latin1');
  expect(pdf.match(/\/Type \/Page\b(?!s)/g)).toHaveLength(1);
});

test('a phone of two keeps each one\'s records apart', async ({ page, context, app }) => {
  const one = employeeLogin(app.all, 'counter'), two = employeeLogin(app.all, 'teacher'), waits = 'Tersimpan di ponsel, belum terkirim';
  const enter = async (who: typeof one) => {
    await page.getByLabel('NIP / NI PPPK').fill(who.nip);
    await page.getByLabel('Kata sandi', { exact: true }).fill(who.password);
    await page.getByRole('button', { name: 'Masuk', exact: true }).click();
    await expect(page.getByRole('button', { name: /Presensi masuk|Presensi pulang|Presensi lengkap/ })).toBeVisible();
  };
  const leave = async () => {
    await page.getByRole('link', { name: 'Lainnya' }).click();
    await page.getByRole('button', { name: 'Keluar' }).click();
    const sure = page.getByRole('dialog', { name: 'Keluar' }).getByRole('button', { name: 'Keluar' });
    await expect(sure.or(page.getByLabel('NIP / NI PPPK'))).toBeVisible();
    if (await sure.count()) await sure.click();
    await expect(page.getByLabel('NIP / NI PPPK')).toBeVisible();
  };
  await app.open('/pegawai/');
  await enter(one);
  await controlled(page);
  await page.getByRole('link', { name: 'Kehadiran' }).click();
  await settled(page);
  await page.getByRole('link', { name: 'Beranda' }).click();
  await context.setOffline(true);
  await page.goto(`${app.server.url}/pegawai/#/koreksi?hari=2025-11-12`);
  await page.getByLabel('Pukul berapa?').fill('17:05');
  await page.getByLabel('Ceritakan singkat').fill('Melayani wajib pajak sampai sore.');
  await page.getByRole('button', { name: 'Kirim koreksi' }).click();
  await expect(page.getByText(waits).first()).toBeVisible();
  await leave();

  /* the next one starts on his own first screen and sees nothing of it, nor does it leave in his name */
  await context.setOffline(false);
  await enter(two);
  expect(new URL(page.url()).hash).toMatch(/^(#\/)?$/);
  await expect(page.getByText(waits)).toHaveCount(0);
  await page.getByRole('link', { name: 'Lainnya' }).click();
  await expect(page.getByText('Semua catatan sudah terkirim.')).toBeVisible();
  const c = await app.server.client().signIn(two);
  expect((await c.get('/api/v1/attendance/corrections')).body.items.filter((x: any) => x.reason.startsWith('Melayani'))).toEqual([]);
  const kept = await page.evaluate(() => new Promise<string[]>((done, fail) => {
    const open = indexedDB.open('luwes');
    open.onerror = () => fail(open.error);
    open.onsuccess = () => { const all = open.result.transaction('copies').objectStore('copies').getAllKeys(); all.onsuccess = () => done(all.result.map(String)); };
  }));
  const mine = (await (await app.server.client().signIn(one)).get('/api/v1/me')).body.employee;
  expect(kept.filter(k => k.startsWith(mine))).toEqual([]);
  await leave();

  await enter(one);
  await page.goto(`${app.server.url}/pegawai/#/koreksi`);
  await expect(page.getByRole('listitem').filter({ hasText: 'Melayani wajib pajak sampai sore.' }).filter({ hasText: 'Menunggu keputusan' })).toBeVisible();
});

test('a clock a week ahead is in the superior\'s list on the day it arrived, and counted when it arrived', async ({ page, app }) => {
  const worker = await app.server.client().signIn(employeeLogin(app.all, 'home')), me = (await worker.get('/api/v1/me')).body;
  await worker.post('/api/v1/attendance/punches', { events: [punch('in', new Date('2025-11-21T00:21:00Z'))] });
  await app.as(loginOf(app.all, 'supervisor'));
  await app.open('/atasan/#/koreksi');
  const row = page.getByRole('button', { name: new RegExp(me.name) }).filter({ hasText: 'Jam ponsel jauh di depan' });
  await expect(row).toContainText('Kamis, 13 November 2025');
  await row.click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText(/Ponselnya menyebut Jum, 21 Nov/)).toBeVisible();
  await dialog.getByLabel('Apa yang perlu dibetulkan?').selectOption('receipt');
  await dialog.getByLabel('Alasan keputusan').fill('Ia di kantor sejak pagi, jam ponselnya salah.');
  await dialog.getByRole('button', { name: 'Simpan' }).click();
  await expect(row).toHaveCount(0);
  expect((await dayOf(worker, me.employee, TODAY)).state).toBe('present');
});
