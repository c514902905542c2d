/* Letters as people work with them: an acting head, a delegation, leave; each seen by the one it is about. */
import type { Page } from '@playwright/test';
import { employeeLogin, expect, loginOf, settled, test, type App } from './app';
import { TODAY, type Client, type Login } from '../http/server';

test.use({ viewport: { width: 1280, height: 900 } });

const LETTER = '821/PLH.77-BKD/2025';
const whois = async (app: App, login: Login) => {
  const c = await app.server.client().signIn(login);
  return { c, login, me: (await c.get('/api/v1/me')).body as { employee: string; nip: string; name: string; full_name: string; unit: { id: string; name: string; agency: string } } };
};
const teamOf = async (c: Client) => ((await c.get('/api/v1/attendance/team')).body?.items ?? []) as { employee: string; full_name: string; acts_for_name?: string }[];

/** Another person at the same browser begins with a page of his own. */
async function become(page: Page, app: App, who: Login) {
  await page.goto('about:blank');
  await app.as(who);
}

/** Opens somebody from the search of the personnel office. */
async function openPerson(page: Page, app: App, of: { nip: string; full_name: string }) {
  await app.open('/bkd/#/pegawai');
  await page.getByLabel('Cari nama atau NIP').fill(of.nip);
  await page.getByRole('button', { name: of.full_name }).click();
  await expect(page.getByRole('heading', { name: of.full_name })).toBeVisible();
  await settled(page);
}
async function choose(page: Page, field: string, of: { nip: string; full_name: string }) {
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(field).fill(of.nip);
  await dialog.getByRole('button', { name: of.full_name }).click();
  await expect(dialog.getByRole('button', { name: 'Ganti' })).toBeVisible();
}

test('an acting head is appointed by letter, sees the team the same day, and is ended', async ({ page, app }) => {
  const boss = await whois(app, loginOf(app.all, 'supervisor')), stand = await whois(app, loginOf(app.all, 'unit_officer'));
  const people = await teamOf(boss.c);
  expect(people.length).toBeGreaterThan(0);
  expect((await teamOf(stand.c)).some(p => p.employee === people[0]!.employee)).toBe(false);

  await become(page, app, loginOf(app.all, 'bkd'));
  await openPerson(page, app, stand.me);
  await page.getByRole('button', { name: 'Tunjuk Plt./Plh.' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Perangkat daerah').selectOption(boss.me.unit.agency);
  await dialog.getByRole('button', { name: 'Catat', exact: true }).click();
  await expect(dialog.getByText('Isi nomor suratnya.')).toBeVisible();
  await expect(dialog.getByLabel('Nomor surat')).toBeFocused();
  await expect(dialog.getByText('Isi tanggal selesai')).toBeVisible();
  await dialog.getByLabel('Nomor surat').fill(LETTER);
  await dialog.getByLabel('Mulai').fill('2025-09-01');
  await dialog.getByLabel('Sampai').fill('2025-11-30');
  await choose(page, 'Pejabat yang digantikan', boss.me);
  await dialog.getByRole('button', { name: 'Catat', exact: true }).click();
  await expect(dialog.getByText('Paling jauh 31 hari ke belakang.')).toBeVisible();
  await expect(dialog.getByLabel('Mulai')).toBeFocused();
  await dialog.getByLabel('Mulai').fill(TODAY);
  await dialog.getByRole('button', { name: 'Catat', exact: true }).click();
  await expect(page.getByText('Tercatat.', { exact: true })).toBeVisible();
  const line = page.getByRole('listitem').filter({ hasText: LETTER });
  await expect(line).toHaveCount(2);
  await expect(line.filter({ hasText: 'Plh. Kepala perangkat daerah' })).toContainText('13–30 November 2025');
  await expect(line.filter({ hasText: `Atasan langsung, atas nama ${boss.me.full_name}` })).toContainText('berlaku');
  await app.open('/bkd/#/pegawai?lihat=penugasan');
  await expect(page.getByRole('listitem').filter({ hasText: LETTER })).toHaveCount(2);

  await become(page, app, stand.login);
  await app.open('/atasan/');
  await expect(page.getByRole('button', { name: new RegExp(`^${people[0]!.full_name}`) })).toContainText(boss.me.name);
  await expect(page.getByRole('link', { name: 'Papan unit' })).toBeVisible();
  await app.open('/atasan/#/delegasi');
  await expect(page.getByText('Wewenang yang Anda terima tidak dapat diteruskan.')).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: LETTER })).toContainText(`atas nama ${boss.me.full_name}`);

  await become(page, app, loginOf(app.all, 'bkd'));
  await openPerson(page, app, stand.me);
  await line.filter({ hasText: 'Atasan langsung' }).getByRole('button', { name: 'Akhiri' }).click();
  await dialog.getByLabel('Hari terakhir berlaku').fill('2025-11-01');
  await dialog.getByRole('button', { name: 'Akhiri' }).click();
  await expect(dialog.getByText('Paling awal kemarin.')).toBeVisible();
  await dialog.getByLabel('Hari terakhir berlaku').fill('2025-11-12');
  await dialog.getByRole('button', { name: 'Akhiri' }).click();
  await expect(page.getByText('Diakhiri.')).toBeVisible();
  await expect(line.filter({ hasText: 'Kepala perangkat daerah' }).getByText('berlaku', { exact: true })).toBeVisible();
  await page.getByText('Sudah berakhir (1)').click();
  await expect(line.filter({ hasText: 'Atasan langsung' })).toContainText('dibatalkan');
  expect((await teamOf(stand.c)).some(p => p.employee === people[0]!.employee)).toBe(false);
});

test('a supervisor lends his authority to one of his people and takes it back', async ({ page, app }) => {
  const boss = await whois(app, loginOf(app.all, 'supervisor')), worker = await whois(app, employeeLogin(app.all, 'home'));
  const others = (await teamOf(boss.c)).filter(p => p.employee !== worker.me.employee);
  expect(others.length).toBeGreaterThan(0);
  await become(page, app, boss.login);
  await app.open('/atasan/');
  await page.getByRole('link', { name: 'Pendelegasian' }).click();
  await page.getByRole('button', { name: 'Delegasikan' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Catat', exact: true }).click();
  await expect(dialog.getByText('Pilih penerimanya.')).toBeVisible();
  await dialog.getByLabel('Penerima').selectOption(worker.me.employee);
  await dialog.getByLabel('Nomor surat').fill('800/DLG.1/2025');
  await dialog.getByLabel('Sampai').fill('2025-11-20');
  await dialog.getByRole('button', { name: 'Catat', exact: true }).click();
  await expect(page.getByText('Tercatat.', { exact: true })).toBeVisible();
  const line = page.getByRole('listitem').filter({ hasText: '800/DLG.1/2025' });
  await expect(line).toContainText(`kepada ${worker.me.full_name}`);
  /* the same days again: said at the field */
  await page.getByRole('button', { name: 'Delegasikan' }).click();
  await dialog.getByLabel('Penerima').selectOption(worker.me.employee);
  await dialog.getByLabel('Nomor surat').fill('800/DLG.2/2025');
  await dialog.getByLabel('Sampai').fill('2025-11-20');
  await dialog.getByRole('button', { name: 'Catat', exact: true }).click();
  await expect(dialog.getByText('Sudah ada surat lain')).toBeVisible();
  await dialog.getByRole('button', { name: 'Batal' }).click();

  const seen = await teamOf(worker.c);
  expect(seen.map(p => p.employee)).toEqual(expect.arrayContaining(others.map(p => p.employee)));
  await become(page, app, worker.login);
  await app.open('/atasan/');
  await expect(page.getByRole('button', { name: new RegExp(`^${others[0]!.full_name}`) })).toBeVisible();
  await expect(page.getByRole('button', { name: new RegExp(`^${worker.me.full_name}`) })).toHaveCount(0);

  await become(page, app, boss.login);
  await app.open('/atasan/#/delegasi');
  await line.getByRole('button', { name: 'Akhiri' }).click();
  await dialog.getByLabel('Hari terakhir berlaku').fill('2025-11-12');
  await dialog.getByRole('button', { name: 'Akhiri' }).click();
  await expect(page.getByText('Diakhiri.')).toBeVisible();
  expect((await teamOf(worker.c)).filter(p => others.some(o => o.employee === p.employee))).toEqual([]);
});

test('a status is on the roster of the person, and gone when it is withdrawn', async ({ page, app }) => {
  const worker = await whois(app, employeeLogin(app.all, 'home'));
  const roster = async () => ((await worker.c.get('/api/v1/me/roster?from=2025-11-17&days=3')).body.items as { day: string; mode: string }[]).map(d => d.mode);
  const before = await roster();
  expect(before).not.toContain('leave');
  await become(page, app, loginOf(app.all, 'bkd'));
  await openPerson(page, app, worker.me);
  const dialog = page.getByRole('dialog'), record = async (kind: string, from: string, to: string, letter: string) => {
    await page.getByRole('button', { name: 'Catat status' }).click();
    await dialog.getByLabel('Jenis').selectOption(kind);
    await dialog.getByLabel('Nomor surat').fill(letter);
    await dialog.getByLabel('Mulai').fill(from);
    await dialog.getByLabel('Sampai').fill(to);
    await dialog.getByRole('button', { name: 'Catat', exact: true }).click();
  };
  await record('annual_leave', '2025-11-17', '2025-11-18', '851/1-BKD/2025');
  await expect(page.getByText('Tercatat.', { exact: true })).toBeVisible();
  const line = page.getByRole('listitem').filter({ hasText: '851/1-BKD/2025' });
  await expect(line).toContainText('Cuti tahunan');
  await expect(line).toContainText('akan datang');
  await record('outside_duty', '2025-11-18', '2025-11-19', '090/2/2025');
  await expect(dialog.getByText('Sudah ada cuti, dinas luar, atau diklat pada salah satu tanggal ini.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Batal' }).click();
  expect(await roster()).toEqual(['leave', 'leave', before[2]]);

  await become(page, app, worker.login);
  await app.open('/pegawai/#/jadwal');
  await expect(page.getByRole('button', { name: /^Senin, 17 November 2025/ })).toContainText('Cuti/izin');

  await become(page, app, loginOf(app.all, 'bkd'));
  await openPerson(page, app, worker.me);
  await line.getByRole('button', { name: 'Batalkan' }).click();
  await dialog.getByLabel('Alasan pembatalan').fill('Cutinya ditunda');
  await dialog.getByRole('button', { name: 'Batalkan' }).click();
  await expect(page.getByText('Dibatalkan.')).toBeVisible();
  await expect(line.getByRole('button', { name: 'Batalkan' })).toHaveCount(0);
  expect(await roster()).toEqual(before);

  /* a day that has begun is judged again at once */
  await record('outside_duty', TODAY, TODAY, '090/3/2025');
  await expect(page.getByRole('listitem').filter({ hasText: '090/3/2025' })).toContainText('berlaku');
  await page.getByRole('button', { name: 'Kehadiran hari ini' }).click();
  await expect(dialog.getByText('Dinas luar').first()).toBeVisible();
  expect((await worker.c.get(`/api/v1/attendance/days/${worker.me.employee}/${TODAY}`)).body.mode).toBe('outside_duty');
});

test('shows each what is his to do, and nothing else', async ({ page, app }) => {
  const officer = await whois(app, loginOf(app.all, 'agency_officer')), inspector = loginOf(app.all, 'inspector');
  const bkd = await app.server.client().signIn(loginOf(app.all, 'bkd'));
  const someone = ((await bkd.get(`/api/v1/org/units/${officer.me.unit.agency}/employees`)).body.items as { id: string; nip: string; full_name: string }[]).find(p => p.id !== officer.me.employee)!;
  await become(page, app, officer.login);
  await openPerson(page, app, someone);
  await expect(page.getByRole('button', { name: 'Catat status' })).toBeVisible();
  for (const act of ['Beri peran', 'Tunjuk Plt./Plh.', 'Delegasikan']) await expect(page.getByRole('button', { name: act })).toHaveCount(0);
  await expect(page.getByRole('heading', { name: 'Cuti, dinas luar, diklat' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Peran dan penugasan', level: 2 })).toHaveCount(0);
  await expect(page.getByText(someone.nip), 'a personnel office reads the whole NIP').toBeVisible();
  await openPerson(page, app, officer.me);
  await expect(page.getByText('Peran dan status Anda sendiri dicatat oleh petugas lain.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Catat status' })).toHaveCount(0);
  await app.open('/bkd/#/impor');
  await expect(page.getByLabel('Berkas Excel atau CSV')).toHaveCount(0);

  await become(page, app, inspector);
  await openPerson(page, app, someone);
  await expect(page.getByRole('button', { name: 'Kehadiran hari ini' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Catat status' })).toHaveCount(0);
  await expect(page.getByRole('heading', { name: 'Cuti, dinas luar, diklat' })).toHaveCount(0);
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 780 } });
  test('a tap on a unit brings its people into sight, and one is found by name', async ({ page, app }) => {
    const worker = await whois(app, employeeLogin(app.all, 'home'));
    await become(page, app, loginOf(app.all, 'bkd'));
    await app.open('/bkd/#/pegawai');
    await page.getByRole('button', { name: /^Badan Pendapatan Daerah/ }).first().click();
    const heading = page.getByRole('heading', { name: 'Badan Pendapatan Daerah' });
    await expect(heading).toBeFocused();
    await expect(heading).toBeInViewport();
    await page.getByLabel('Cari nama atau NIP').fill(worker.me.name);
    await page.getByRole('button', { name: worker.me.full_name }).click();
    await expect(page.getByText(worker.me.unit.name, { exact: false }).first()).toBeVisible();
    await page.getByRole('link', { name: 'Kembali ke daftar pegawai' }).click();
    await expect(heading).toBeVisible();
  });
});
