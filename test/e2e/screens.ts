/* Every screen of the app, with how one gets there: for the check of accessibility and for the pictures. */
import { expect, type Page } from '@playwright/test';
import { type App, employeeLogin, loginOf, settled } from './app';
import type { Login } from '../http/server';

export interface Screen { name: string; path: string; who?: (app: App) => Login; then?: (page: Page) => Promise<void> }

const home = (app: App) => employeeLogin(app.all, 'home'), boss = (app: App) => loginOf(app.all, 'supervisor'), bkd = (app: App) => loginOf(app.all, 'bkd');
const dialog = async (page: Page) => { await expect(page.getByRole('dialog')).toBeVisible(); await settled(page); };
const press = (name: string | RegExp) => async (page: Page) => { await page.getByRole('button', { name }).first().click(); await dialog(page); };

/** A person of the list of one's own unit, who answers for others or not. */
const person = (then?: (page: Page) => Promise<void>) => async (page: Page) => {
  await page.getByRole('button', { name: /^Badan Kepegawaian Daerah/ }).first().click();
  await settled(page);
  await page.getByRole('listitem').filter({ has: page.getByRole('checkbox') }).getByRole('button').first().click();
  await expect(page.getByRole('link', { name: 'Kembali ke daftar pegawai' })).toBeVisible();
  await settled(page);
  await then?.(page);
};

export const screens: Screen[] = [
  { name: 'masuk', path: '/pegawai/' },
  { name: 'masuk-salah', path: '/pegawai/', then: async page => { await page.getByRole('button', { name: 'Masuk', exact: true }).click(); await expect(page.getByText('NIP terdiri atas 18 angka.')).toBeVisible(); } },
  { name: 'masuk-kode', path: '/pegawai/', then: async page => { await page.getByRole('button', { name: 'Pakai kode sekali pakai' }).click(); } },
  { name: 'pegawai-beranda', path: '/pegawai/', who: home },
  { name: 'pegawai-jadwal', path: '/pegawai/#/jadwal', who: home },
  { name: 'pegawai-jadwal-mengapa', path: '/pegawai/#/jadwal', who: home, then: press(/^Kamis, 13 November/) },
  { name: 'pegawai-kehadiran', path: '/pegawai/#/kehadiran', who: home },
  { name: 'pegawai-kehadiran-hari', path: '/pegawai/#/kehadiran', who: home, then: press(/^Kamis, 6 November/) },
  { name: 'pegawai-laporan', path: '/pegawai/#/laporan', who: home },
  { name: 'pegawai-laporan-salah', path: '/pegawai/#/laporan', who: home, then: async page => { await page.getByRole('button', { name: 'Kirim laporan' }).click(); await expect(page.locator('[aria-invalid=true]').first()).toBeVisible(); } },
  { name: 'pegawai-lainnya', path: '/pegawai/#/lainnya', who: home },
  { name: 'atasan-tim', path: '/atasan/', who: boss },
  { name: 'atasan-unit', path: '/atasan/#/unit', who: boss },
  { name: 'atasan-delegasi', path: '/atasan/#/delegasi', who: boss },
  { name: 'atasan-delegasi-baru', path: '/atasan/#/delegasi', who: boss, then: press('Delegasikan') },
  { name: 'bkd-papan', path: '/bkd/', who: bkd },
  { name: 'bkd-papan-tabel', path: '/bkd/', who: bkd, then: async page => { await page.getByRole('button', { name: 'Lihat sebagai tabel' }).click(); } },
  { name: 'bkd-pegawai', path: '/bkd/#/pegawai', who: bkd, then: async page => { await page.getByRole('button', { name: /^Badan Kepegawaian Daerah/ }).first().click(); await settled(page); } },
  { name: 'bkd-orang', path: '/bkd/#/pegawai', who: bkd, then: person() },
  { name: 'bkd-orang-peran', path: '/bkd/#/pegawai', who: bkd, then: person(press('Beri peran')) },
  { name: 'bkd-orang-plt', path: '/bkd/#/pegawai', who: bkd, then: person(async page => { await press('Tunjuk Plt./Plh.')(page); await page.getByRole('button', { name: 'Catat', exact: true }).click(); await expect(page.getByText('Isi nomor suratnya.')).toBeVisible(); }) },
  { name: 'bkd-orang-status', path: '/bkd/#/pegawai', who: bkd, then: person(press('Catat status')) },
  { name: 'bkd-penugasan', path: '/bkd/#/pegawai?lihat=penugasan', who: bkd },
  { name: 'bkd-penugasan-akhiri', path: '/bkd/#/pegawai?lihat=penugasan', who: bkd, then: press('Akhiri') },
  { name: 'bkd-jadwal', path: '/bkd/#/jadwal', who: bkd },
  { name: 'bkd-kebijakan', path: '/bkd/#/kebijakan', who: bkd },
  { name: 'bkd-kebijakan-baru', path: '/bkd/#/kebijakan', who: bkd, then: press('Catat kebijakan baru') },
  { name: 'bkd-impor', path: '/bkd/#/impor', who: bkd },
];

/** Opens a screen in the theme of the phone. */
export async function show(page: Page, app: App, screen: Screen, theme: 'light' | 'dark') {
  await page.emulateMedia({ colorScheme: theme });
  if (screen.who) await app.as(screen.who(app));
  await page.goto('about:blank');
  await app.open(screen.path);
  await screen.then?.(page);
}
