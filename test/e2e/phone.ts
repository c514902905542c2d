/* A phone that signs, as a browser has it: enrolled with an officer's code, offline because the server is away, at another time. */
import { expect, type BrowserContext, type Page } from '@playwright/test';
import { loginOf, type App } from './app';
import { TODAY, type Client, type Login, type Server } from '../http/server';

export interface Owner { login: Login; employee: string; own: Client; officer: Client; bkd: Client }

/** Somebody of an agency officer's agency who works from 07.30 and has not come yet today. */
export async function owner(app: App): Promise<Owner> {
  const officer = await app.server.client().signIn(loginOf(app.all, 'agency_officer')), bkd = await app.server.client().signIn(loginOf(app.all, 'bkd'));
  const me = (await officer.get('/api/v1/me')).body, agency = me.roles.find((r: any) => r.role === 'agency_officer').unit;
  for (const p of (await bkd.get(`/api/v1/org/units/${agency}/employees?limit=200`)).body.items) {
    if (p.account !== 'active' || p.id === me.employee) continue;
    const day = (await bkd.get(`/api/v1/attendance/days/${p.id}/${TODAY}`)).body;
    if (!['expected', 'absent'].includes(day.state) || day.mode !== 'home' || day.explain.shift.starts !== '07:30') continue;
    const login = { role: 'employee', government: 'jabar', nip: p.nip, password: app.all[0]!.password };
    return { login, employee: p.id, own: await app.as(login), officer, bkd };
  }
  throw new Error('nobody of the agency fits');
}

/** What an officer shows; a change soon after another one is approved by a second one first. */
export async function codeFor(o: Owner): Promise<string> {
  const ask = () => o.officer.post('/api/v1/attendance/devices/codes', { employee: o.employee, reason: 'Ponsel lama rusak, diganti.' });
  let r = await ask();
  if (r.body.state === 'waiting') {
    expect((await o.bkd.post(`/api/v1/attendance/devices/codes/${r.body.id}/approve`)).status).toBe(200);
    r = await ask();
  }
  expect(r.body.code, r.text).toBeTruthy();
  return r.body.code;
}

/** Enrols this browser on the screen for it. */
export async function enrol(page: Page, app: App, o: Owner, button = /^Daftarkan/): Promise<void> {
  const code = await codeFor(o);
  await page.goto(`${app.server.url}/pegawai/#/ponsel`);
  await page.getByLabel('Kode dari petugas').fill(code.toLowerCase());
  await page.getByRole('button', { name: button }).click();
  await expect(page.getByText('Terdaftar', { exact: true })).toBeVisible();
}

/** Enrols whoever is signed in here, unless it is done, on the screen that is open. */
export async function enrolOnce(page: Page, app: App): Promise<void> {
  const done = page.getByText('Terdaftar', { exact: true }), code = page.getByLabel('Kode dari petugas');
  await expect(done.or(code)).toBeVisible();
  if (await done.count()) return;
  const employee = await page.evaluate(async () => (await (await fetch('/api/v1/me')).json()).employee), bkd = await app.server.client().signIn(loginOf(app.all, 'bkd'));
  await code.fill((await bkd.post('/api/v1/attendance/devices/codes', { employee })).body.code);
  await page.getByRole('button', { name: /^Daftarkan/ }).click();
  await expect(done).toBeVisible();
}

export const controlled = (page: Page) => page.waitForFunction(() => navigator.serviceWorker.controller !== null);

/** Opens the first screen, also without a server, and waits for its button. */
export async function home(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/pegawai/#/`);
  await expect(page.locator('button.clock')).toBeVisible();
}
/** Presses the big button; the notice on the position is read once. */
export async function press(page: Page, direction: 'masuk' | 'pulang'): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`Presensi ${direction}$`) }).click();
  const notice = page.getByRole('button', { name: 'Mengerti, lanjutkan' }), early = page.getByRole('button', { name: 'Catat presensi pulang' });
  if (direction === 'pulang') await early.click();
  await expect(notice.or(page.getByRole('button', { name: new RegExp(`(Presensi ${direction}|Catatan|Presensi) .*(Belum terkirim|Terkirim|Perlu|Ditahan)`) }).first())).toBeVisible();
  if (await notice.count()) await notice.click();
  await expect(page.getByRole('button', { name: new RegExp(`^Presensi ${direction} \\d\\d\\.\\d\\d`) }).last()).toBeVisible({ timeout: 15_000 });
}

export interface Kept {
  outbox: { id: string; state: string; unsigned?: string; secret?: object; body: Record<string, unknown>; made_at: string; signed?: { device: string; seq: number; offset: number }; receipt?: { status: string; reason?: string; hash?: string; log_index?: number; verdict?: string; time_grade?: string; reasons?: string[]; punch_id?: string; received_at: string } }[];
  keys: { device: string; state: string; token?: { id: string; offset: number; issued_at: number } }[];
  chains: { device: string; seq: number }[];
  receipts: { id: string }[];
}
/** What lies in the browser's database. */
export const kept = (page: Page): Promise<Kept> => page.evaluate(async () => {
  const db = await new Promise<IDBDatabase>(resolve => { const r = indexedDB.open('luwes'); r.onsuccess = () => resolve(r.result); });
  const all = (name: string) => new Promise<unknown[]>(resolve => { const r = db.transaction(name).objectStore(name).getAll(); r.onsuccess = () => resolve(r.result); });
  const out = { outbox: await all('outbox'), keys: await all('keys'), chains: await all('chains'), receipts: await all('receipts') };
  db.close();
  out.outbox.sort((a, b) => Number((a as { made_at: string }).made_at > (b as { made_at: string }).made_at) || -1);
  return JSON.parse(JSON.stringify(out));
});

/** Starts the server again where the phone knows it, at another time. */
export async function restart(server: Server, clock: string, ...more: string[]): Promise<void> {
  const { host } = new URL(server.url);
  await server.stop();
  await server.start('--listen', host, '--clock', `${clock},x1`, ...more);
}

/** The phone's clock in pages opened from now on, ms ahead of this machine's; without Background Sync, whose worker would have another clock. */
export const setPhoneClock = (context: BrowserContext, ahead: number) => context.addInitScript(ms => {
  const Real = Date;
  class Shifted extends Real {
    constructor(...a: unknown[]) { super(...(a.length ? a : [Real.now() + ms]) as [number]); }
    static override now() { return Real.now() + ms; }
  }
  globalThis.Date = Shifted as DateConstructor;
  delete (ServiceWorkerRegistration.prototype as { sync?: unknown }).sync;
}, ahead);
/** How far a right clock is ahead once the server says `clock`: as the phone counted from its last token. */
export const rightAt = (k: Kept, clock: string) => Date.parse(clock) - Date.now() - k.keys[0]!.token!.offset;

export const punchesOf = async (o: Owner, day = TODAY) => (await o.own.get(`/api/v1/attendance/days/${o.employee}/${day}`)).body;
