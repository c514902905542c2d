/*
 * The office's own devices in a real browser: a lobby's screen whose codes the server believes, and a kiosk that reads
 * codes with its camera (drawn by the test on a canvas, so that everything behind the lens is the real thing), signs
 * without a connection and sends later. One test lets Chromium's own fake camera play a clip.
 */
import { chromium, type Page } from '@playwright/test';
import { writeFileSync } from 'node:fs';
import { codeBytes, codeText } from '../../web/src/base/codes';
import { Phone } from '../http/proofs';
import { expect, settled, test } from './app';
import { clip, fakeCamera, hold } from './camera';
import { connect, enrolStation as enrol, filesKept as kept, people, serverNow, signedIn, TODAY } from './stations';

test('a lobby\'s screen shows codes that count, also after it was started without a connection', async ({ page, app, context }) => {
  const { bkd, unit, teacher } = await people(app), own = await signedIn(app, teacher), phone = await Phone.enrol(bkd, own);
  await enrol(page, app.server.url, bkd, { unit, kind: 'display', name: 'Lobi utama' });
  const shown = async () => (await page.getByRole('img', { name: 'Kode hadir yang berganti' }).getAttribute('data-text'))!;
  const send = async () => {
    const now = await serverNow(own), code = codeBytes('D', await shown())!;
    return (await phone.send(now, await phone.event('in', now, { type: 1, bytes: code }))).body.receipts[0];
  };
  expect((await send()).reasons).toContain('proof_display');

  /* the key is in the browser's keeping and cannot be read out */
  expect(await page.evaluate(async () => {
    const db = await new Promise<IDBDatabase>((done, fail) => { const r = indexedDB.open('luwes-kios'); r.onsuccess = () => done(r.result); r.onerror = () => fail(r.error); });
    const s = await new Promise<any>((done, fail) => { const r = db.transaction('one').objectStore('one').get('station'); r.onsuccess = () => done(r.result.value); r.onerror = () => fail(r.error); });
    db.close();
    return [s.display_key.extractable, s.keys.privateKey.extractable];
  })).toEqual([false, false]);

  await kept(page);
  await context.setOffline(true);
  await page.reload();
  await expect(page.getByText('Tanpa sambungan')).toBeVisible();
  expect((await send()).reasons).toContain('proof_display');
});

test('a kiosk without a connection signs for a phone without one; whoever comes back first is believed', async ({ page, app, context }) => {
  const { bkd, unit, teacher, guard } = await people(app), own = await signedIn(app, teacher), phone = await Phone.enrol(bkd, own), other = await Phone.enrol(bkd, await signedIn(app, guard));
  await fakeCamera(page);
  await enrol(page, app.server.url, bkd, { unit, kind: 'kiosk', name: 'Gerbang' });
  await kept(page);
  await context.setOffline(true);
  await page.reload();

  const now = await serverNow(own), event = await phone.event('in', now), second = await other.event('in', now);
  await hold(page, phone.code(event));
  await expect(page.getByText('Masuk', { exact: true })).toBeVisible();
  await expect(page.getByText(/^Tercatat 07\.2\d WIB/)).toBeVisible();
  await expect(page.getByText('1 catatan menunggu dikirim')).toBeVisible();
  /* the hand stays before the camera: once is enough */
  await expect(page.getByText('Perlihatkan kode di ponsel atau kartu Anda')).toBeVisible();
  await expect(page.getByText('Kode ini sudah dicatat')).toBeVisible();
  await hold(page, other.code(second));
  await expect(page.getByText('2 catatan menunggu dikirim')).toBeVisible();
  expect((await own.get(`/api/v1/attendance/days/${teacher.employee}/${TODAY}`)).body.state).toBe('expected');

  /* the guard's phone finds a signal before the kiosk does */
  const sent = (await other.send(await serverNow(own), second)).body.receipts[0];
  expect(sent.status).toBe('accepted');

  /* closed and opened again: what was signed is still there */
  await page.reload();
  await expect(page.getByText('2 catatan menunggu dikirim')).toBeVisible();
  await context.setOffline(false);
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await expect(page.getByText('catatan menunggu dikirim')).toHaveCount(0);
  const day = (await own.get(`/api/v1/attendance/days/${teacher.employee}/${TODAY}`)).body;
  expect(day).toMatchObject({ state: 'present', in_place: 'within' });
  expect(Date.parse(day.in_at)).toBe(now);
  expect((await phone.send(await serverNow(own), event)).body.receipts[0].status).toBe('duplicate');
  const again = (await other.send(await serverNow(own), second)).body.receipts[0];
  expect([again.status, again.punch_id]).toEqual(['duplicate', sent.punch_id]);
  expect(again.reasons).toContain('proof_kiosk');
});

test('an officer takes his turn, and a person without a phone comes with a card and with a PIN', async ({ page, app, context }) => {
  const { bkd, unit, guard, caretaker } = await people(app), own = await signedIn(app, caretaker), officer = await Phone.enrol(bkd, await signedIn(app, guard));
  const [card] = (await bkd.post('/api/v1/attendance/cards', { employees: [caretaker.employee] })).body.items;
  await fakeCamera(page);
  const station = await enrol(page, app.server.url, bkd, { unit, kind: 'kiosk', name: 'Gerbang' });
  await hold(page, card.text);
  await expect(page.getByText('Kartu dan PIN memerlukan petugas jaga')).toBeVisible();
  await hold(page, '');

  const takeTurn = async () => {
    await page.getByRole('button', { name: 'Petugas: mulai jaga' }).click();
    const question = codeBytes('K', (await page.getByRole('img', { name: 'Kode jaga untuk ponsel petugas' }).getAttribute('data-text'))!)!;
    await hold(page, codeText('J', await officer.duty(question.slice(0, 16), question.slice(16))));
  };
  await takeTurn();
  await expect(page.getByText('tidak terdaftar sebagai petugas kios ini')).toBeVisible();
  expect((await bkd.put(`/api/v1/attendance/stations/${station}/officers`, { officers: [guard.employee] })).status).toBe(204);
  await hold(page, '');
  await page.reload(); /* the kiosk asks how it stands, and knows him now */
  await expect(page.getByText('Terhubung', { exact: true })).toBeVisible();
  await takeTurn();
  await expect(page.getByText(/^Petugas jaga ./)).toBeVisible();

  await context.setOffline(true);
  await hold(page, card.text);
  await expect(page.getByText(/pastikan orangnya/)).toBeVisible();
  await hold(page, '');
  await page.getByRole('button', { name: 'Masuk' }).click();
  await expect(page.getByText(/^Tercatat 07\.2\d WIB/)).toBeVisible();
  await expect(page.getByText('Perlihatkan kode di ponsel atau kartu Anda')).toBeVisible();
  await context.setOffline(false);
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await expect(page.getByText('menunggu dikirim')).toHaveCount(0);
  const day = () => own.get(`/api/v1/attendance/days/${caretaker.employee}/${TODAY}`).then(r => r.body);
  expect(await day()).toMatchObject({ state: 'present', in_place: 'within', late_minutes: 0 });
  expect((await bkd.get('/api/v1/attendance/confirmations?unit=' + unit)).body?.items ?? []).toEqual([]);

  expect((await own.put('/api/v1/me/kiosk-pin', { pin: '408173' })).status).toBe(204);
  await page.getByRole('button', { name: 'NIP dan PIN' }).click();
  await page.getByLabel('NIP', { exact: true }).fill(caretaker.login.nip);
  await page.getByLabel('PIN enam angka').fill('000111');
  await page.getByRole('button', { name: 'Periksa' }).click();
  await expect(page.getByText('NIP atau PIN salah.')).toBeVisible();
  await page.getByLabel('PIN enam angka').fill('408173');
  await page.getByRole('button', { name: 'Periksa' }).click();
  await expect(page.getByText(/pastikan orangnya/)).toBeVisible();
  await page.getByRole('button', { name: 'Pulang' }).click();
  await expect(page.getByText('Pulang', { exact: true })).toBeVisible();
  await expect.poll(async () => (await day()).out_at).toBeTruthy();
});

test('a kiosk that was ended sends what it has and lets go', async ({ page, app, context }) => {
  const { bkd, unit, teacher } = await people(app), own = await signedIn(app, teacher), phone = await Phone.enrol(bkd, own);
  await fakeCamera(page);
  const station = await enrol(page, app.server.url, bkd, { unit, kind: 'kiosk', name: 'Gerbang' });
  await kept(page);
  await context.setOffline(true);
  await page.reload();
  const now = await serverNow(own), event = await phone.event('in', now);
  await hold(page, phone.code(event));
  await expect(page.getByText('1 catatan menunggu dikirim')).toBeVisible();
  expect((await bkd.post(`/api/v1/attendance/stations/${station}/end`, { reason: 'Tablet rusak, diganti.' })).status).toBe(204);

  /* it learns of its end, but its record does not get through yet: so it may not be detached */
  const records = '**/api/v1/attendance/countersigns';
  await page.route(records, r => r.abort());
  await context.setOffline(false);
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await expect(page.getByText('Perangkat ini sudah diakhiri')).toBeVisible();
  await expect(page.getByText('Masih ada 1 catatan yang dikirim.', { exact: false })).toBeVisible();
  const detach = page.getByRole('button', { name: 'Lepaskan dan mulai lagi' });
  await expect(detach).toBeDisabled();
  await page.unroute(records);
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await expect(detach).toBeEnabled();
  const day = (await own.get(`/api/v1/attendance/days/${teacher.employee}/${TODAY}`)).body;
  expect(day).toMatchObject({ state: 'present', in_place: 'within' });
  expect(Date.parse(day.in_at)).toBe(now);
  await detach.click();
  await expect(page.getByLabel('Kode sekali pakai')).toBeVisible();
});

test('a PIN is not guessed at a kiosk, and nothing of it stays on the screen', async ({ page, app }) => {
  const { bkd, unit, guard, caretaker } = await people(app), own = await signedIn(app, caretaker), officer = await Phone.enrol(bkd, await signedIn(app, guard));
  await fakeCamera(page);
  await page.clock.install(); /* the page's own timers; the server keeps its clock */
  await page.clock.resume();
  const { code, station } = (await bkd.post('/api/v1/attendance/stations', { unit, kind: 'kiosk', name: 'Gerbang' })).body;
  expect((await bkd.put(`/api/v1/attendance/stations/${station}/officers`, { officers: [guard.employee] })).status).toBe(204);
  expect((await own.put('/api/v1/me/kiosk-pin', { pin: '408173' })).status).toBe(204);
  await connect(page, app.server.url, code);
  await page.getByRole('button', { name: 'Petugas: mulai jaga' }).click();
  const question = codeBytes('K', (await page.getByRole('img', { name: 'Kode jaga untuk ponsel petugas' }).getAttribute('data-text'))!)!;
  await hold(page, codeText('J', await officer.duty(question.slice(0, 16), question.slice(16))));
  await expect(page.getByText(/^Petugas jaga ./)).toBeVisible();
  await hold(page, '');

  const nip = page.getByLabel('NIP', { exact: true }), pin = page.getByLabel('PIN enam angka');
  await page.getByRole('button', { name: 'NIP dan PIN' }).click();
  await nip.fill(guard.login.nip);
  await pin.fill('408173');
  await page.getByRole('button', { name: 'Periksa' }).click();
  await expect(page.getByText('NIP atau PIN salah.')).toBeVisible(); /* he has none; the answer is that of a wrong one */
  await nip.fill(caretaker.login.nip);
  for (let n = 0; n < 4; n++) {
    await pin.fill(String(500_111 + n));
    await expect(page.getByText('NIP atau PIN salah.')).toHaveCount(0);
    await page.getByRole('button', { name: 'Periksa' }).click();
    await expect(page.getByText('NIP atau PIN salah.')).toBeVisible();
    await expect(pin).toHaveValue('');
  }
  await pin.fill('408173'); /* the right one, too late */
  await page.getByRole('button', { name: 'Periksa' }).click();
  await expect(page.getByText('Terlalu sering salah.', { exact: false })).toBeVisible();
  expect((await own.get(`/api/v1/attendance/days/${caretaker.employee}/${TODAY}`)).body.punches).toEqual([]);

  await page.clock.fastForward(121_000); /* he walked away */
  await expect(nip).toHaveCount(0);
  await expect(page.getByText('Perlihatkan kode di ponsel atau kartu Anda')).toBeVisible();
  await page.getByRole('button', { name: 'NIP dan PIN' }).click();
  await expect(nip).toHaveValue('');
});

/* Chrome on Android reads codes itself; this Chromium has no such part, so the page is given one that knows what is held. */
const detector = (page: Page, fails: boolean) => page.addInitScript(fails => {
  const w = window as unknown as { held: string; asked: number; BarcodeDetector: unknown };
  w.held = '';
  w.asked = 0;
  w.BarcodeDetector = class {
    static getSupportedFormats = async () => ['ean_13', 'qr_code'];
    async detect(source: HTMLVideoElement) {
      w.asked++;
      if (fails || source.readyState < 2) throw new DOMException('Barcode detection service unavailable.', 'NotSupportedError');
      return w.held ? [{ rawValue: w.held }] : [];
    }
  };
}, fails);

test('reads with the browser\'s own reader where there is one, and loads no other', async ({ page, app }) => {
  const { bkd, unit, teacher } = await people(app), own = await signedIn(app, teacher), phone = await Phone.enrol(bkd, own), loaded: string[] = [];
  page.on('worker', w => loaded.push(w.url()));
  await fakeCamera(page);
  await detector(page, false);
  await enrol(page, app.server.url, bkd, { unit, kind: 'kiosk', name: 'Gerbang' });
  await page.evaluate(text => { (window as unknown as { held: string }).held = text; }, phone.code(await phone.event('in', await serverNow(own))));
  await expect(page.getByText(/^Tercatat 07\.2\d WIB/)).toBeVisible();
  expect(loaded.filter(u => u.includes('scanworker'))).toEqual([]);
});

test('reads with its own where the browser\'s reader does not work', async ({ page, app }) => {
  const { bkd, unit, teacher } = await people(app), own = await signedIn(app, teacher), phone = await Phone.enrol(bkd, own);
  await fakeCamera(page);
  await detector(page, true);
  await enrol(page, app.server.url, bkd, { unit, kind: 'kiosk', name: 'Gerbang' });
  await hold(page, phone.code(await phone.event('in', await serverNow(own))));
  await expect(page.getByText(/^Tercatat 07\.2\d WIB/)).toBeVisible();
  expect(await page.evaluate(() => (window as unknown as { asked: number }).asked)).toBe(1);
});

test('a camera that is pulled out is said to be missing, and comes back by itself', async ({ page, app }) => {
  const { bkd, unit, teacher } = await people(app), own = await signedIn(app, teacher), phone = await Phone.enrol(bkd, own);
  await fakeCamera(page);
  await page.clock.install();
  await page.clock.resume();
  await enrol(page, app.server.url, bkd, { unit, kind: 'kiosk', name: 'Gerbang' });
  await page.locator('video').evaluate((v: HTMLVideoElement) => { (v.srcObject as MediaStream).getTracks().forEach(t => t.dispatchEvent(new Event('ended'))); });
  const missing = page.getByText('Kamera tidak ditemukan', { exact: false });
  await expect(missing).toBeVisible();
  /* the page sets its timer some frames after it says so */
  await expect(async () => {
    await page.clock.fastForward(10_500);
    await expect(missing).toBeHidden({ timeout: 1000 });
  }).toPass();
  await hold(page, phone.code(await phone.event('in', await serverNow(own))));
  await expect(page.getByText(/^Tercatat 07\.2\d WIB/)).toBeVisible();
});

test('reads a code through the browser\'s own camera', async ({ app }, info) => {
  const { bkd, unit, teacher } = await people(app), own = await signedIn(app, teacher), phone = await Phone.enrol(bkd, own), file = info.outputPath('code.y4m');
  const event = await phone.event('in', await serverNow(own));
  writeFileSync(file, clip(phone.code(event)));
  const use = info.project.use.launchOptions!, browser = await chromium.launch({ ...use, args: [...use.args!, '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${file}`] });
  try {
    const page = await browser.newPage({ permissions: ['camera'] });
    await enrol(page, app.server.url, bkd, { unit, kind: 'kiosk', name: 'Gerbang' });
    await expect(page.getByText('Masuk', { exact: true })).toBeVisible({ timeout: 20_000 });
    await expect.poll(async () => (await own.get(`/api/v1/attendance/days/${teacher.employee}/${TODAY}`)).body.state).toBe('present');
  } finally {
    await browser.close();
  }
});

test('says plainly what to do when the camera is refused', async ({ page, app }) => {
  const { bkd, unit } = await people(app);
  await page.addInitScript(() => { navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError')); });
  await enrol(page, app.server.url, bkd, { unit, kind: 'kiosk', name: 'Gerbang' });
  await expect(page.getByText('Kamera tidak diizinkan.')).toBeVisible();
  await settled(page);
});

test('the reader of codes may compile, and nothing else may', async ({ app }) => {
  const c = app.server.client(), page = (await c.get('/kios/')).text, script = /src="(\/assets\/[^"]+\.js)"/.exec(page)![1]!;
  const csp = async (path: string) => (await c.get(path)).headers.get('content-security-policy')!;
  const part = /scan-[\w-]+\.js/.exec((await c.get(script)).text)![0], worker = /\/assets\/scanworker-[\w-]+\.js/.exec((await c.get(`/assets/${part}`)).text)![0];
  expect(await csp(worker)).toContain("'wasm-unsafe-eval'");
  for (const path of ['/kios/', '/pegawai/', script, '/api/v1/governments', '/assets/scanworker-nothing.js'])
    expect([path, await csp(path)]).toEqual([path, expect.not.stringContaining('unsafe')]);
});
