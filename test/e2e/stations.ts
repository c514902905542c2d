/* What tests of the office's screens and kiosks share: people of one agency, a page that becomes a kiosk, another phone. */
import { type Browser, type Page } from '@playwright/test';
import type { Client, Login } from '../http/server';
import { expect, loginOf, useSession, type App } from './app';
import { enrolOnce } from './phone';

export const TODAY = '2025-11-13';
export const serverNow = async (c: Client) => Date.parse((await c.get('/api/v1/governments')).headers.get('x-luwes-now')!);
export interface Person { employee: string; login: Login }

/** Three people expected at one agency's offices today: one who stands guard, one with a phone, one without. */
export async function people(app: App) {
  const bkd = await app.server.client().signIn(loginOf(app.all, 'bkd'));
  for (const a of (await bkd.get('/api/v1/org/units')).body.items as { id: string }[]) {
    const found: Person[] = [];
    for (const p of (await bkd.get(`/api/v1/org/units/${a.id}/employees?limit=200`)).body.items) {
      const day = found.length < 3 && p.account === 'active' ? (await bkd.get(`/api/v1/attendance/days/${p.id}/${TODAY}`)).body : undefined;
      if (day?.mode === 'office' && day.state === 'expected') found.push({ employee: p.id, login: { role: 'employee', government: 'jabar', nip: p.nip, password: app.all[0]!.password } });
    }
    if (found.length === 3) return { bkd, unit: a.id, guard: found[0]!, teacher: found[1]!, caretaker: found[2]! };
  }
  throw new Error('no agency with three people');
}
export const signedIn = (app: App, who: { login: Login }) => app.server.client().signIn(who.login);

/** The page becomes the screen or kiosk of the code. */
export async function connect(page: Page, url: string, code: string) {
  await page.goto(`${url}/kios/`);
  await page.getByLabel('Pemerintah daerah').selectOption('jabar');
  await page.getByLabel('Kode sekali pakai').fill(code);
  await page.getByRole('button', { name: 'Hubungkan' }).click();
  await expect(page.getByText('Terhubung', { exact: true })).toBeVisible();
}
export async function enrolStation(page: Page, url: string, bkd: Client, input: object) {
  const { code, station } = (await bkd.post('/api/v1/attendance/stations', input)).body;
  await connect(page, url, code);
  return station as string;
}
/** The worker has this page's files: from now on it opens without a connection. */
export const filesKept = (page: Page) => expect.poll(() => page.evaluate(async () => {
  for (const key of await caches.keys()) if (await (await caches.open(key)).match('/kios/')) return (await (await caches.open(key)).keys()).some(r => r.url.endsWith('.wasm'));
  return false;
})).toBe(true);

/** Another device in the room. */
export const device = async (browser: Browser) => (await browser.newContext()).newPage();
/** This page is the phone of somebody, and signs for him. */
export async function phoneOf(page: Page, app: App, who: Person): Promise<Client> {
  const own = await signedIn(app, who);
  await useSession(page.context(), app.server, own);
  await page.goto(`${app.server.url}/pegawai/#/ponsel`);
  await enrolOnce(page, app);
  return own;
}
/** What a code on the screen says. */
export const shownCode = async (page: Page, name: string) => (await page.getByRole('img', { name }).getAttribute('data-text'))!;
