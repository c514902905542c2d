/*
 * The phone as notary: what it signed counts when it happened, however late it arrives, and once. Real Chromium
 * against the real program; "no signal" is a server that is not there. Security 1.4, 1.5 and 4.3.
 */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from './app';
import { tryVerb } from '../http/server';
import { codeFor, controlled, enrol, home, kept, owner, press, punchesOf, restart, rightAt, setPhoneClock, type Kept } from './phone';

const waits = 'Tersimpan di ponsel, belum terkirim';

test('comes at 07.2x without a signal, closes the app, has one again at 10.05: on time, once', async ({ page, context, app }) => {
  const o = await owner(app);
  await enrol(page, app, o);
  await controlled(page);
  await home(page, app.server.url);
  await app.server.stop();
  await press(page, 'masuk');
  await expect(page.getByText('Tersimpan di ponsel', { exact: false })).toBeVisible();
  const before = await kept(page), claimed = before.outbox[0]!;
  expect(before.chains).toMatchObject([{ seq: 1 }]);
  expect(claimed).toMatchObject({ state: 'waiting', signed: { seq: 1 } });
  await page.close();

  const again = await context.newPage();
  await again.goto(`${app.server.url}/pegawai/`);
  await expect(again.getByText('Tersimpan di ponsel', { exact: false })).toBeVisible();
  await expect(again.getByText(/Bekerja sejak 07\.2\d/)).toBeVisible();
  await again.close();

  const clock = '2025-11-13T10:05+07:00';
  await restart(app.server, clock);
  await setPhoneClock(context, rightAt(before, clock));
  const back = await context.newPage();
  await home(back, app.server.url);
  await expect(back.getByRole('button', { name: /^Presensi masuk 07\.2\d Bukti no\. [\d.]+ Terkirim 10\.0\d/ })).toBeVisible();
  await expect(back.getByText(waits)).toHaveCount(0);
  const after = await kept(back);
  expect(after.outbox).toMatchObject([{ id: claimed.id, state: 'sent', receipt: { status: 'accepted', time_grade: 'consistent', verdict: 'ok' } }]);
  expect(after.outbox[0]!.secret).toBeUndefined();
  const day = await punchesOf(o);
  expect(day.punches).toMatchObject([{ id: after.outbox[0]!.receipt!.punch_id, direction: 'in', phone_at: claimed.made_at }]);
  expect(day.flags).not.toContain('late');
  expect(day.flags).not.toContain('late_unconfirmed');

  await back.getByRole('button', { name: /^Presensi masuk 07/ }).click();
  const sheet = back.getByRole('dialog', { name: /Presensi masuk 07/ });
  await expect(sheet.getByText(/^antara 07\.2\d dan 10\.0\d$/)).toBeVisible();
  await expect(sheet.getByText('itulah waktu presensi Anda', { exact: false })).toBeVisible();
  const [file] = await Promise.all([back.waitForEvent('download'), sheet.getByRole('button', { name: 'Unduh bukti' }).click()]);
  const bundle = join(app.server.dir, 'bukti.txt');
  await file.saveAs(bundle);
  const checked = tryVerb('verify', bundle);
  expect(checked.status, checked.stdout + checked.stderr).toBe(0);
  expect(checked.stdout).toContain('2025');
  await app.server.stop();
  const [receipt] = await Promise.all([back.waitForEvent('download'), sheet.getByRole('button', { name: 'Unduh bukti' }).click()]);
  expect(receipt.suggestedFilename()).toMatch(/^tanda-terima-2025-11-13-\d+\.json$/);
  await expect(back.getByText('yang diunduh adalah tanda terima di ponsel ini', { exact: false })).toBeVisible();
});

test.describe('outside the rush', () => {
  test.use({ clock: '2025-11-13T10:05+07:00' });

  test('two tabs pressing together make one chain, and a hasty second press is the first', async ({ page, context, app }) => {
    const o = await owner(app);
    await enrol(page, app, o);
    await home(page, app.server.url);
    const other = await context.newPage();
    await home(other, app.server.url);
    await Promise.all([press(page, 'masuk'), press(other, 'masuk')]);
    await expect.poll(async () => (await kept(page)).outbox.map(i => i.state)).toEqual(['sent']);
    await other.reload();
    await press(other, 'pulang');
    await expect.poll(async () => (await kept(page)).outbox.map(i => i.state)).toEqual(['sent', 'sent']);
    const k = await kept(page);
    expect(k.chains).toMatchObject([{ seq: 2 }]);
    expect(k.outbox.map(i => i.signed!.seq)).toEqual([1, 2]);
    for (const i of k.outbox) for (const mark of ['fork', 'seq_gap']) expect(i.receipt!.reasons).not.toContain(mark);
    expect((await punchesOf(o)).punches).toHaveLength(2);
  });

  test('a second phone replaces the first; what the first signs later is held, not lost, and it says so', async ({ page, context, browser, app }) => {
    const o = await owner(app);
    await enrol(page, app, o);
    await controlled(page);
    await home(page, app.server.url);
    await app.server.stop();
    await press(page, 'masuk');
    await page.close();
    await restart(app.server, '2025-11-13T10:06+07:00');
    expect((await punchesOf(o)).punches).toEqual([]);

    const second = await browser.newContext(), there = await second.newPage();
    await second.addCookies(await context.cookies());
    await there.goto(`${app.server.url}/pegawai/#/ponsel`);
    await expect(there.getByRole('heading', { name: 'Ponsel lain atas nama Anda' })).toBeVisible();
    await enrol(there, app, o);
    await home(there, app.server.url);
    await press(there, 'masuk');
    await expect.poll(async () => (await kept(there)).outbox.map(i => i.receipt?.status)).toEqual(['accepted']);

    const first = await context.newPage();
    await home(first, app.server.url);
    await expect(first.getByText('Ditahan untuk diperiksa')).toBeVisible();
    await expect(first.getByText('Ponsel ini tidak lagi terdaftar untuk Anda', { exact: false })).toBeVisible();
    expect((await kept(first)).outbox).toMatchObject([{ state: 'sent', receipt: { status: 'quarantined', reason: 'device_ended' } }]);
    expect((await punchesOf(o)).punches).toHaveLength(2);
    await press(first, 'pulang');
    await expect.poll(async () => (await kept(first)).outbox.map(i => [!!i.signed, i.state])).toEqual([[true, 'sent'], [false, 'sent']]);

    /* and the second one is lost: said from the first */
    await first.goto(`${app.server.url}/pegawai/#/ponsel`);
    await first.getByRole('button', { name: 'Laporkan hilang' }).click();
    await first.getByRole('dialog').getByRole('button', { name: 'Laporkan hilang' }).click();
    await expect(first.getByText('Ponsel itu tidak berlaku lagi.')).toBeVisible();
    expect((await o.own.get('/api/v1/attendance/devices')).body.items.map((d: any) => d.state)).toEqual(['lost', 'replaced']);
    await second.close();
  });

  test('a clock set back is put right by the server\'s time; set back without a signal it is seen, and asks', async ({ page, context, app }) => {
    const o = await owner(app);
    await enrol(page, app, o);
    await controlled(page);
    const back = -2 * 3_600_000;
    await setPhoneClock(context, back);
    const wrong = await context.newPage();
    await home(wrong, app.server.url);
    await expect(wrong.getByText(/Jam ponsel Anda berbeda/)).toHaveCount(0);
    await press(wrong, 'masuk');
    await expect(wrong.getByRole('button', { name: /^Presensi masuk 10\.0\d Bukti no\. .* Terkirim 10\.0\d/ })).toBeVisible();
    expect((await kept(wrong)).outbox).toMatchObject([{ receipt: { verdict: 'ok', time_grade: 'proven' } }]);
    await wrong.close();

    /* the server goes away, and only then the clock is set back by two hours more */
    await app.server.stop();
    await setPhoneClock(context, back);
    const offline = await context.newPage();
    await home(offline, app.server.url);
    await press(offline, 'pulang');
    await restart(app.server, '2025-11-13T10:08+07:00');
    await offline.getByRole('button', { name: 'Kirim sekarang' }).click();
    await expect(offline.getByText('Perlu konfirmasi atasan')).toBeVisible();
    const last = (await kept(offline)).outbox.find(i => i.body.direction === 'out')!;
    expect(last.receipt).toMatchObject({ verdict: 'needs_confirmation', time_grade: 'doubted' });
    expect(last.receipt!.reasons).toContain('time_skew');
    await offline.getByRole('button', { name: /^Presensi pulang 08\.0\d/ }).click();
    const sheet = offline.getByRole('dialog', { name: /Presensi pulang/ });
    await expect(sheet.getByText('Jam ponsel bergeser', { exact: true })).toBeVisible();
    await sheet.getByRole('link', { name: 'Beri penjelasan' }).click();
    await expect(offline).toHaveURL(/#\/konfirmasi$/);
    await expect(offline.getByText('Jam ponsel bergeser').first()).toBeAttached();
  });

  test('a day and more without a server: it counts, and the superior sees it', async ({ page, context, app }) => {
    const o = await owner(app);
    await enrol(page, app, o);
    await controlled(page);
    const before = await kept(page);
    await page.close();
    await app.server.stop();
    const morning = '2025-11-14T10:20+07:00';
    await setPhoneClock(context, rightAt(before, morning));
    const next = await context.newPage();
    await home(next, app.server.url);
    await press(next, 'masuk');
    await restart(app.server, '2025-11-14T10:21+07:00');
    await next.getByRole('button', { name: 'Kirim sekarang' }).click();
    await expect(next.getByText(waits)).toHaveCount(0);
    expect((await kept(next)).outbox).toMatchObject([{ receipt: { status: 'accepted', time_grade: 'queued' } }]);
    expect((await kept(next)).outbox[0]!.receipt!.reasons).toContain('offline_long');
    expect((await punchesOf(o, '2025-11-14')).punches).toHaveLength(1);
  });

  test('storage that was wiped asks to enrol anew; the old chain is closed', async ({ page, app }) => {
    const o = await owner(app);
    await enrol(page, app, o);
    const former = (await kept(page)).keys[0]!.device;
    await page.goto(`${app.server.url}/icon.svg`);
    await page.evaluate(() => new Promise((resolve, reject) => { const r = indexedDB.deleteDatabase('luwes'); r.onsuccess = resolve; r.onerror = reject; }));
    await home(page, app.server.url);
    await press(page, 'masuk');
    await expect(page.getByRole('button', { name: /^Presensi masuk .* Belum ditandatangani Terkirim/ })).toBeVisible();
    await page.getByRole('link', { name: 'Daftarkan ponsel ini' }).click();
    await expect(page.getByText('tetapi kuncinya tidak ada di sini', { exact: false })).toBeVisible();
    await enrol(page, app, o);
    const devices = (await o.own.get('/api/v1/attendance/devices')).body.items;
    expect(devices.map((d: any) => [d.device === former, d.state])).toEqual([[false, 'active'], [true, 'replaced']]);
    await home(page, app.server.url);
    await press(page, 'pulang');
    await expect.poll(async () => (await kept(page)).outbox.find(i => i.signed)?.receipt?.status).toBe('accepted');
    const signed = (await kept(page)).outbox.find(i => i.signed)!;
    expect(signed.signed).toMatchObject({ seq: 1 });
    expect(signed.receipt!.reasons).not.toContain('seq_gap');
  });

  test('a server killed between commit and answer has the record once, and gives the same proof', async ({ page, app }) => {
    const o = await owner(app);
    await enrol(page, app, o);
    await home(page, app.server.url);
    let lost: any;
    await page.route('**/attendance/punches', async route => {
      lost = await (await route.fetch()).json();
      await app.server.stop('SIGKILL');
      await route.abort();
    }, { times: 1 });
    await press(page, 'masuk');
    await expect(page.getByText(waits)).toBeVisible();
    await expect.poll(() => lost?.receipts.length).toBe(1);
    await restart(app.server, '2025-11-13T10:09+07:00');
    await page.getByRole('button', { name: 'Kirim sekarang' }).click();
    await expect(page.getByText(waits)).toHaveCount(0);
    const [item] = (await kept(page)).outbox, { id, hash, log_index, punch_id, received_at, verdict } = lost.receipts[0];
    expect(item!.receipt).toMatchObject({ id, hash, log_index, punch_id, received_at, verdict, status: 'duplicate' });
    expect((await punchesOf(o)).punches).toHaveLength(1);
  });

  test('the service worker delivers what a closed page left, signed and once', async ({ page, context, app }) => {
    const o = await owner(app);
    await enrol(page, app, o);
    await controlled(page);
    await home(page, app.server.url);
    await app.server.stop();
    await press(page, 'masuk');
    const id = (await kept(page)).outbox[0]!.id;
    await page.close();
    await restart(app.server, '2025-11-13T10:06+07:00');
    const bare = await context.newPage();
    await bare.goto(`${app.server.url}/icon.svg`);
    expect((await punchesOf(o)).punches).toEqual([]);
    const cdp = await context.newCDPSession(bare), origin = new URL(app.server.url).origin;
    const registered = new Promise<string>(resolve => cdp.on('ServiceWorker.workerRegistrationUpdated', e => { const r = e.registrations.find(x => x.scopeURL.startsWith(origin) && !x.isDeleted); if (r) resolve(r.registrationId); }));
    await cdp.send('ServiceWorker.enable');
    await cdp.send('ServiceWorker.dispatchSyncEvent', { origin, registrationId: await registered, tag: 'outbox', lastChance: false });
    await expect.poll(async () => (await punchesOf(o)).punches.length).toBe(1);
    await expect.poll(async () => (await kept(bare)).outbox).toMatchObject([{ id, state: 'sent', receipt: { status: 'accepted', verdict: 'ok' } }]);
    expect((await kept(bare)).receipts).toMatchObject([{ id }]);
    const opened = await context.newPage();
    await home(opened, app.server.url);
    await expect(opened.getByText(waits)).toHaveCount(0);
    expect((await punchesOf(o)).punches).toHaveLength(1);
  });

  test('a copied profile becomes a fork that the server sees; both records are kept', async ({ app, playwright, launchOptions, contextOptions }) => {
    const o = await owner(app), dir = mkdtempSync(join(tmpdir(), 'luwes-profile-')), one = join(dir, 'one'), two = join(dir, 'two');
    const start = async (profile: string) => {
      const context = await playwright.chromium.launchPersistentContext(profile, { ...launchOptions, ...contextOptions });
      await context.addCookies(o.own.cookie.split('; ').map(pair => ({ name: pair.split('=')[0]!, value: pair.slice(pair.indexOf('=') + 1), url: app.server.url })));
      return context;
    };
    try {
      const first = await start(one), page = first.pages()[0]!;
      await enrol(page, app, o);
      await first.close();
      cpSync(one, two, { recursive: true });
      const sent: Kept['outbox'][number][] = [];
      for (const [profile, direction] of [[one, 'masuk'], [two, 'pulang']] as const) {
        const context = await start(profile), phone = context.pages()[0]!;
        await home(phone, app.server.url);
        await press(phone, direction);
        await expect.poll(async () => (await kept(phone)).outbox.map(i => i.state)).toEqual(['sent']);
        sent.push((await kept(phone)).outbox[0]!);
        await context.close();
      }
      expect(sent.map(i => [i.signed!.device === sent[0]!.signed!.device, i.signed!.seq, i.receipt!.reasons!.includes('fork'), i.receipt!.verdict])).toEqual([[true, 1, false, 'ok'], [true, 1, true, 'needs_confirmation']]);
      expect((await punchesOf(o)).punches).toHaveLength(2);
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });

  test('a browser that keeps no key says so, spends no code, and records all the same', async ({ page, app }) => {
    const o = await owner(app);
    await page.addInitScript(() => {
      const put = IDBObjectStore.prototype.put;
      IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...a: Parameters<typeof put>) {
        if (JSON.stringify(a[0], (_k, v) => v instanceof CryptoKey ? 'a key' : v).includes('a key')) throw new DOMException('keys cannot be cloned', 'DataCloneError');
        return put.apply(this, a);
      };
    });
    const code = await codeFor(o);
    await page.goto(`${app.server.url}/pegawai/#/ponsel`);
    await page.getByLabel('Kode dari petugas').fill(code);
    await page.getByRole('button', { name: 'Daftarkan ponsel ini' }).click();
    await expect(page.getByText('Peramban ini tidak dapat menyimpan kunci', { exact: false })).toBeVisible();
    expect((await o.own.get('/api/v1/attendance/devices')).body.items).toEqual([]);
    await home(page, app.server.url);
    await press(page, 'masuk');
    await expect.poll(async () => (await punchesOf(o)).punches.length).toBe(1);
  });
});

test.describe('a passkey', () => {
  test('is added, asked for at the press, and no obstacle when it fails', async ({ page, context, app }) => {
    const o = await owner(app), port = new URL(app.server.url).port, origin = `http://localhost:${port}`;
    await restart(app.server, '2025-11-13T10:05+07:00', '--origin', origin);
    app.server.url = origin;
    await context.addCookies((await context.cookies()).map(({ name, value }) => ({ name, value, url: origin })));
    const cdp = await context.newCDPSession(page);
    await cdp.send('WebAuthn.enable');
    const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', { options: { protocol: 'ctap2', transport: 'internal', hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true } });
    await enrol(page, app, o);
    await page.getByRole('button', { name: 'Pasang kunci layar' }).click();
    await expect(page.getByRole('button', { name: 'Lepas kunci layar' })).toBeVisible();
    await home(page, origin);
    await press(page, 'masuk');
    await expect.poll(async () => (await kept(page)).outbox.map(i => i.state)).toEqual(['sent']);
    expect((await kept(page)).outbox[0]!.receipt).toMatchObject({ status: 'accepted', verdict: 'ok', reasons: expect.arrayContaining(['user_verified']) });

    await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
    await press(page, 'pulang');
    await expect.poll(async () => (await kept(page)).outbox.map(i => i.state), { timeout: 25_000 }).toEqual(['sent', 'sent']);
    const last = (await kept(page)).outbox[1]!.receipt!;
    expect(last.status).toBe('accepted');
    expect(last.reasons).not.toContain('user_verified');
    expect(last.reasons).not.toContain('assertion_bad');

    await page.goto(`${origin}/pegawai/#/ponsel`);
    await page.getByRole('button', { name: 'Lepas kunci layar' }).click();
    await expect(page.getByRole('button', { name: 'Pasang kunci layar' })).toBeVisible();
    expect((await o.own.get('/api/v1/attendance/devices')).body.items).toMatchObject([{ state: 'active', has_passkey: false }]);
  });
});
