/*
 * One day of an office, played on its real screens, and the month that ends with it. The store has lived through
 * November up to the early morning of Thursday the 27th, once for all offices; each plays on a copy of its own
 * and moves the clock from one moment of the day to the next.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BrowserContext, Page } from '@playwright/test';
import { logins, Server, verb, type Client, type Login } from '../http/server';
import { expect, loginOf, settled, test as base } from './app';

export { expect, settled };
export const DAY = '2025-11-27', MONTH = '2025-11-01';

/** The store all days begin with; whoever comes first fills it, the others wait. */
async function november(): Promise<string> {
  const dir = process.env.LUWES_FIXTURE!, db = join(dir, 'november.db');
  try {
    mkdirSync(join(dir, 'november'));
    const fresh = join(dir, 'november', 'demo.db');
    verb('demo', '--db', fresh, '--employees', '600', '--seed', '7', '--at', `${DAY}T05:50+07:00`, '--history-days', '27');
    if (existsSync(`${fresh}.files`)) renameSync(`${fresh}.files`, `${db}.files`);
    renameSync(`${fresh}.keys`, `${db}.keys`);
    renameSync(fresh, db);
  } catch (e) {
    if ((e as NodeJS.ErrnoException).code !== 'EEXIST') throw e;
    for (let i = 0; i < 600 && !existsSync(db); i++) await sleep(100);
  }
  return db;
}

export interface Person { employee: string; name: string; full_name: string; login: Login; client: Client }
const phone = { width: 412, height: 915 }, desk = { width: 1440, height: 900 };

export class Day {
  private clients = new Map<string, { who: Login; client: Client }>();
  private date = DAY;
  constructor(readonly server: Server, readonly all: Login[], readonly page: Page, readonly context: BrowserContext) {}

  /** The program goes on at another moment, "2025-11-27T06:25", and at its address: phones keep what they have. On another day people sign in again. */
  async at(instant: string) {
    await this.page.goto('about:blank');
    await this.server.stop();
    await this.server.start('--clock', `${instant}+07:00,x1`, '--listen', new URL(this.server.url).host);
    const isNew = !instant.startsWith(this.date);
    this.date = instant.slice(0, 10);
    if (isNew) for (const { who, client } of this.clients.values()) await client.signIn(who);
  }
  /** The API in somebody's name, signed in once. */
  async client(who: Login): Promise<Client> {
    const known = this.clients.get(who.nip) ?? { who, client: await this.server.client().signIn(who) };
    this.clients.set(who.nip, known);
    return known.client;
  }
  role = (role: string) => loginOf(this.all, role);
  login = (nip: string): Login => ({ role: 'employee', government: 'jabar', nip, password: this.all[0]!.password });

  /** Somebody takes up his phone, or sits down at his desk, at a page of the app, which knows then that it is he. */
  async open(who: Login, path: string, on: 'phone' | 'desk' = path.startsWith('/pegawai') ? 'phone' : 'desk') {
    const c = await this.client(who);
    await this.page.goto('about:blank');
    await this.page.setViewportSize(on === 'phone' ? phone : desk);
    await this.context.addCookies(c.cookie.split('; ').map(pair => ({ name: pair.split('=')[0]!, value: pair.slice(pair.indexOf('=') + 1), url: this.server.url })));
    await this.page.goto(this.server.url + path);
    const { employee } = (await c.get('/api/v1/me')).body;
    await this.page.waitForFunction(e => localStorage.getItem('person') === e, employee);
    await settled(this.page);
  }
}

export const test = base.extend<{ day: Day }>({
  day: async ({ page, context }, use, info) => {
    info.setTimeout(240_000); /* a whole day and the closing of its month, also on a busy machine */
    const from = await november(), dir = mkdtempSync(join(tmpdir(), 'luwes-day-')), db = join(dir, 'demo.db');
    cpSync(from, db);
    cpSync(`${from}.keys`, `${db}.keys`);
    if (existsSync(`${from}.files`)) cpSync(`${from}.files`, `${db}.files`, { recursive: true });
    const server = await new Server(dir, db).start('--clock', `${DAY}T05:55+07:00,x1`);
    await use(new Day(server, logins(db), page, context));
    await server.remove();
  },
});

/** Who a person is, and the people of his unit, as the office knows them. */
export async function personOf(day: Day, login: Login): Promise<Person & { unit: { id: string; name: string; agency: string } }> {
  const client = await day.client(login), me = (await client.get('/api/v1/me')).body;
  return { employee: me.employee, name: me.name, full_name: me.full_name, unit: me.unit, login, client };
}

/** The phone stands where the work is. */
export async function standAtWork(day: Day, client: Client) {
  const site = (await client.get('/api/v1/me/today')).body.sites[0];
  await day.context.setGeolocation({ latitude: site.lat_e7 / 1e7, longitude: site.lon_e7 / 1e7, accuracy: 12 });
}

const listPhoto = join(import.meta.dirname, '../../data/daftar-hadir-contoh.png');
export const photo = { name: 'daftar-hadir.png', mimeType: 'image/png', buffer: readFileSync(listPhoto) };

/** Two of the personnel board: what one enters, the other confirms. */
async function boardOfTwo(day: Day): Promise<[Client, Client]> {
  const one = await day.client(day.role('bkd')), me = (await one.get('/api/v1/me')).body;
  for (const p of (await one.get(`/api/v1/org/units/${me.unit.agency}/employees?limit=200`)).body.items)
    if (p.id !== me.employee && (await one.get(`/api/v1/org/roles?employee=${p.id}`)).body.items.some((r: { role: string }) => r.role === 'bkd'))
      return [one, await day.client(day.login(p.nip))];
  throw new Error('the board has one officer only');
}

/** A day on paper, for everybody of the unit who works on it and is not in yet. */
export async function onPaper(day: Day, unit: string, date: string) {
  const [enters, confirms] = await boardOfTwo(day), rows = [];
  const people = async () => (await enters.get(`/api/v1/attendance/sheet?unit=${unit}&day=${date}`)).body.rows as { employee: string; mode?: string; is_listed: boolean; in_at?: string }[];
  await expect.poll(async () => (await people()).every(r => r.mode), 'the day is open').toBe(true);
  for (const r of await people()) {
    if (r.is_listed || r.in_at || !['office', 'home'].includes(r.mode!)) continue;
    const { shift } = (await enters.get(`/api/v1/policy/explain?employee=${r.employee}&day=${date}`)).body;
    rows.push({ employee: r.employee, in: shift.starts, out: shift.ends });
  }
  if (rows.length === 0) return;
  const sha = (await enters.post('/api/v1/files', photo.buffer, { 'content-type': 'application/octet-stream' })).body.sha256;
  const sent = await enters.post('/api/v1/attendance/papers', { unit, day: date, file_sha256: sha, file_name: photo.name, rows });
  expect(sent.status, sent.text).toBe(200);
  const confirmed = await confirms.post(`/api/v1/attendance/papers/${sent.body.id}/confirm`, { version: sent.body.version });
  expect(confirmed.status, confirmed.text).toBe(200);
}

/** The first morning of December: the program has judged the last days of the month. */
export async function december(day: Day, head: Client, unit: string) {
  await day.at('2025-12-01T07:45');
  await expect.poll(async () => (await head.get(`/api/v1/recap/units/${unit}?month=${MONTH}`)).body.blockers.map((b: { kind: string }) => b.kind)).not.toContain('month');
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

export const longDay = (day: string) => new Date(day).toLocaleDateString('id-ID', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });

/** A number of the recap opens to its days with what it rests on, and a day to its rule, article and punches. */
export async function explain(page: Page, name: string, figure: RegExp, date: string, says: (string | RegExp)[], basis?: RegExp) {
  await page.getByRole('row', { name: new RegExp(escaped(name)) }).getByRole('button', { name: figure }).click();
  const person = page.getByRole('dialog', { name });
  if (basis) await expect(person.getByText(basis)).toBeVisible();
  await person.getByRole('button', { name: new RegExp(longDay(date)) }).click();
  const opened = page.getByRole('dialog').last();
  await expect(opened.getByRole('heading', { name: 'Catatan presensi' })).toBeVisible();
  await settled(page);
  for (const text of says) await expect(opened.getByText(text).first()).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(person).toHaveCount(0);
}

/** The head seals the month; the fingerprint of what was sealed. */
export async function seal(page: Page): Promise<string> {
  await page.getByRole('button', { name: /^Tutup \w+ \d{4}$/ }).click();
  await page.getByRole('button', { name: 'Tutup dan segel' }).click();
  await expect(page.getByText('Rekap ditutup dan disegel.')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Sudah ditutup' })).toBeVisible();
  return /[0-9a-f]{64}/.exec(await page.getByText(/Sidik jari isi/).innerText())![0];
}

/** What the printed paper says, after it proved to be a PDF of that format. */
async function printed(page: Page, paper: 'A4' | 'F4'): Promise<string> {
  await page.getByRole('button', { name: 'Cetak atau unduh' }).click();
  const dialog = page.getByRole('dialog', { name: 'Cetak atau unduh' });
  await dialog.getByLabel('Kertas').selectOption(paper.toLowerCase());
  const waiting = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Unduh PDF' }).click();
  const download = await waiting, file = await download.path();
  expect(download.suggestedFilename()).toMatch(/^rekap-.*-2025-11\.pdf$/);
  /* 210 × 297 and 215 × 330 mm, lying */
  expect(execFileSync('pdfinfo', [file], { encoding: 'utf8' })).toMatch(paper === 'A4' ? /Page size: +84[12]\S* x 595/ : /Page size: +935\S* x 609/);
  const text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
  expect(text.trimEnd().split('\f').at(-1), 'nobody signs an empty page').toMatch(/bertugas pada hari itu[^]*Mengetahui/);
  return text;
}

/** Printed on both papers; each carries the fingerprint and these words. */
export async function printBoth(page: Page, print: string, says: string[]) {
  for (const paper of ['A4', 'F4'] as const) {
    const text = await printed(page, paper);
    for (const words of ['REKAPITULASI KEHADIRAN PEGAWAI', 'Bulan November 2025', 'Ditutup', ...says]) expect(text).toContain(words);
    expect(text.replace(/\s/g, '')).toContain(print);
  }
}
