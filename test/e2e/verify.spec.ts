/* The page that checks evidence: without an account, without a network, also from a file on a disk. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from './app';

interface Case { name: string; bundle: string[]; trust: { log_key?: string; online_key?: string; witnesses: string[]; policy: number }; report: string[] }
const cases: Case[] = JSON.parse(readFileSync(join(import.meta.dirname, '../vectors/bundles.json'), 'utf8'));
const caseOf = (name: string) => cases.find(c => c.name === name)!;
const textOf = (c: Case) => c.bundle.join('\n') + '\n';
const sentences = (c: Case) => c.report.filter(l => l.startsWith('- ')).map(l => l.slice(2));
const alone = pathToFileURL(join(import.meta.dirname, '../../web/dist/verifikasi/luwes-verifikasi.html')).href;

test('says of each bundle what the program says', async ({ page, app }) => {
  const asked: string[] = [];
  page.on('request', r => asked.push(new URL(r.url()).pathname));
  await page.goto(app.server.url + '/verifikasi/');
  await page.getByText('Kunci dari luar berkas').click();
  for (const c of cases) {
    await page.getByLabel('Tempel isi bukti').fill(textOf(c));
    await page.getByLabel('Kunci yang Anda percaya').fill([c.trust.log_key ?? '', ...c.trust.witnesses, c.trust.online_key ?? ''].join('\n'));
    await page.getByLabel('Saksi yang diminta').fill(String(c.trust.policy));
    await page.getByRole('button', { name: 'Periksa' }).click();
    await expect(page.getByText(c.report[0]!)).toBeVisible();
    await expect(page.locator('main section ul > li')).toHaveText(sentences(c));
    await expect(page.getByRole('heading', { level: 2 }).first()).toHaveText(c.report[2]!);
  }
  expect(asked.filter(p => p.startsWith('/api/'))).toEqual([]);
});

test('opens a file, in English too, and without a network once it is there', async ({ page, context, app }) => {
  const c = caseOf('nothing brought along');
  await page.goto(app.server.url + '/verifikasi/');
  await context.setOffline(true);
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByLabel('Open a file').setInputFiles({ name: 'bukti.txt', mimeType: 'text/plain', buffer: Buffer.from(textOf(c).replaceAll('\n', '\r\n')) });
  await expect(page.getByText('NOTHING IN THIS FILE CONTRADICTS ITSELF.')).toBeVisible();
  await expect(page.getByText('So the record was made between 13 November 2025 07:10:00 WIB and 13 November 2025 07:20:12 WIB.')).toBeVisible();
  await page.getByRole('button', { name: 'Bahasa Indonesia' }).click();
  await expect(page.getByText('TIDAK ADA YANG BERTENTANGAN DALAM BERKAS INI.')).toBeVisible();
});

test('names what it does not understand', async ({ page, app }) => {
  const c = caseOf('nothing brought along');
  await page.goto(app.server.url + '/verifikasi/');
  await expect(page.getByRole('button', { name: 'Periksa' })).toBeDisabled();
  await page.getByLabel('Tempel isi bukti').fill('Selamat pagi');
  await page.getByRole('button', { name: 'Periksa' }).click();
  await expect(page.getByRole('alert')).toHaveText('Ini bukan bukti presensi Luwes, atau isinya terpotong. Baris 1 tidak dikenali.');
  await page.getByLabel('Tempel isi bukti').fill(textOf(c));
  await expect(page.getByRole('alert')).toHaveCount(0);
  await page.getByText('Kunci dari luar berkas').click();
  await page.getByLabel('Kunci yang Anda percaya').fill('luwes.jabar+00000000+AAAA');
  await page.getByRole('button', { name: 'Periksa' }).click();
  await expect(page.getByRole('alert')).toHaveText('Kunci ini tidak dikenali: luwes.jabar+00000000+AAAA');
  await page.getByLabel('Kunci yang Anda percaya').fill('');
  await page.getByLabel('Saksi yang diminta').fill('3');
  await page.getByRole('button', { name: 'Periksa' }).click();
  await expect(page.getByRole('alert')).toHaveText('Saksi yang diminta lebih banyak daripada kunci saksi yang diberikan.');
});

test('works from a disk, with nothing beside it', async ({ page }) => {
  const c = caseOf('every key from outside, two witnesses'), asked: string[] = [];
  page.on('request', r => asked.push(r.url()));
  await page.goto(alone);
  await page.getByLabel('Tempel isi bukti').fill(textOf(c));
  await page.getByText('Kunci dari luar berkas').click();
  await page.getByLabel('Kunci yang Anda percaya').fill([c.trust.log_key!, ...c.trust.witnesses, c.trust.online_key!].join('\n'));
  await page.getByLabel('Saksi yang diminta').fill('2');
  await page.getByRole('button', { name: 'Periksa' }).click();
  await expect(page.getByText(c.report[0]!)).toBeVisible();
  await expect(page.locator('main section ul > li')).toHaveText(sentences(c));
  await expect(page.getByRole('link', { name: /Simpan halaman ini/ })).toHaveCount(0);
  expect(asked).toEqual([alone]);
});

test('a browser without Ed25519 fetches the code for it, from here', async ({ page, app }) => {
  const c = caseOf('every key from outside, two witnesses');
  await page.addInitScript(() => {
    const real = crypto.subtle.importKey.bind(crypto.subtle) as (...a: unknown[]) => Promise<CryptoKey>;
    crypto.subtle.importKey = ((...a: unknown[]) => (a[2] === 'Ed25519' ? Promise.reject(new DOMException('no', 'NotSupportedError')) : real(...a))) as typeof crypto.subtle.importKey;
  });
  await page.goto(app.server.url + '/verifikasi/');
  await page.getByLabel('Tempel isi bukti').fill(textOf(c));
  await page.getByRole('button', { name: 'Periksa' }).click();
  await expect(page.getByText(c.report[0]!)).toBeVisible();
  await expect(page.getByText('Kepala log itu ditandatangani kunci luwes.jabar')).toBeVisible();
});
