/*
 * Work that moves, in the browser: a disposition of the secretary of the province through the head of an agency to a person
 * and back, read without a signal; a meeting over two agencies, attended by one tap, whose decision becomes a task.
 */
import type { Page } from '@playwright/test';
import type { Client, Login } from '../http/server';
import { type App, employeeLogin, expect, loginOf, settled, test } from './app';

const HOSTILE = '<img src=x onerror=alert(1)>';

interface Line { secretary: Login; chief: Login; boss: Login; worker: Login; agency: string; agencyName: string; names: { boss: string; worker: string } }
/** Who stands above the person at home, up to the secretary of the province. */
async function lineOf(app: App): Promise<Line> {
  const bkd = await app.server.client().signIn(loginOf(app.all, 'bkd')), worker = employeeLogin(app.all, 'home');
  const me = (await (await app.server.client().signIn(worker)).get('/api/v1/me')).body;
  const above = async (id: string) => (await bkd.get(`/api/v1/org/employees/${id}`)).body.superiors.find((s: { relation: string }) => s.relation === 'supervisor') as { employee: string; full_name: string };
  const login = async (id: string): Promise<Login> => {
    const unit = (await bkd.get(`/api/v1/org/employees/${id}`)).body.placements[0].unit;
    const { nip } = (await bkd.get(`/api/v1/org/units/${unit}/employees?limit=200`)).body.items.find((p: { id: string }) => p.id === id);
    return { ...worker, nip };
  };
  const boss = await above(me.employee), chief = await above(boss.employee), secretary = await above(chief.employee);
  return { secretary: await login(secretary.employee), chief: await login(chief.employee), boss: await login(boss.employee), worker, agency: me.unit.agency, agencyName: me.unit.agency_name, names: { boss: boss.full_name, worker: me.full_name } };
}

const controlled = (page: Page) => page.waitForFunction(() => navigator.serviceWorker.controller !== null);
const dialog = (page: Page) => page.getByRole('dialog').last();
/** Opens a task or a document by its subject. */
async function openTask(page: Page, app: App, path: string, subject: string) {
  await app.open(path);
  await page.reload(); /* the address may be that of whoever sat here before */
  await page.getByRole('button', { name: new RegExp(`^${subject}`) }).first().click();
  await settled(page);
}
/** Passes the open task on to one person. */
async function pass(page: Page, to: string, words: string) {
  const d = dialog(page);
  await d.getByRole('button', { name: 'Teruskan' }).click();
  const option = d.getByRole('option', { name: new RegExp(`^${to.replaceAll('.', '\\.')}`) });
  await d.getByLabel('Untuk siapa').selectOption(await option.first().getAttribute('value'));
  await d.getByLabel('Pesan untuk penerima (boleh kosong)').fill(words);
  await d.getByRole('button', { name: 'Teruskan' }).click();
  await expect(page.getByText('Tugas diteruskan.')).toBeVisible();
}

test('a disposition goes from the secretary through a head to a person, and comes back done', async ({ page, context, app }) => {
  test.slow(); /* twelve pages of four people */
  const line = await lineOf(app), subject = 'Data jalan rusak';
  await app.as(line.secretary);
  await app.open('/atasan/#/tugas');
  await page.getByRole('button', { name: 'Kirim tugas' }).click();
  const form = dialog(page);
  await form.getByLabel('Apa yang harus dikerjakan?').fill(`${subject} ${HOSTILE}`);
  await form.getByRole('button', { name: 'Unit kerja' }).click();
  await form.getByRole('combobox').selectOption({ label: line.agencyName });
  await form.getByLabel('Keterangan (boleh kosong)').fill(HOSTILE);
  await form.getByText('Surat di SRIKANDI', { exact: true }).click();
  await form.getByLabel('Nomor surat di SRIKANDI (boleh kosong)').fill('600/77/Set');
  await form.getByRole('button', { name: 'Kirim', exact: true }).click();
  await expect(page.getByText(/^Tugas No\. \d+\/2025 terkirim\.$/)).toBeVisible();
  await expect(page.getByRole('button', { name: new RegExp(`^${subject}`) })).toBeVisible();

  await app.as(line.chief);
  await openTask(page, app, '/atasan/#/tugas?lihat=masuk', subject);
  await expect(dialog(page).getByText('600/77/Set')).toBeVisible();
  await expect(dialog(page).getByText(HOSTILE, { exact: true })).toBeVisible(); /* as text: nothing ran, nothing was fetched */
  await pass(page, line.names.boss, 'Rabu di meja saya');

  await app.as(line.boss);
  await openTask(page, app, '/atasan/#/tugas?lihat=masuk', subject);
  await pass(page, line.names.worker, 'Mulai dari wilayah barat');

  await app.as(line.worker);
  await openTask(page, app, '/pegawai/#/tugas', subject);
  await expect(dialog(page).getByText('Rabu di meja saya')).toBeVisible();
  await controlled(page);
  await context.setOffline(true);
  await page.reload();
  await page.getByRole('button', { name: new RegExp(`^${subject}`) }).click();
  await expect(dialog(page).getByText('Mulai dari wilayah barat').first()).toBeVisible(); /* the last copy, and it says so */
  await expect(dialog(page).getByRole('button', { name: 'Selesai' })).toHaveCount(0);
  await context.setOffline(false);
  await openTask(page, app, '/pegawai/#/tugas', subject);
  await dialog(page).getByRole('button', { name: 'Selesai' }).click();
  await dialog(page).getByLabel('Apa hasilnya?').fill('Tabel 27 daerah terkirim');
  await dialog(page).getByRole('button', { name: 'Selesai' }).click();
  await expect(page.getByText('Tercatat selesai.')).toBeVisible();

  for (const [who, path] of [[line.boss, 'dikirim'], [line.chief, 'dikirim'], [line.secretary, 'dikirim']] as const) {
    await app.as(who);
    await openTask(page, app, `/atasan/#/tugas?lihat=${path}`, subject);
    await dialog(page).getByRole('button', { name: 'Tutup tugas' }).click();
    await dialog(page).getByRole('button', { name: 'Tutup tugas' }).click();
    await expect(page.getByText('Tugas ditutup.')).toBeVisible();
    if (who === line.secretary) break;
    await openTask(page, app, '/atasan/#/tugas?lihat=masuk', subject);
    await dialog(page).getByRole('button', { name: 'Selesai' }).click();
    await dialog(page).getByLabel('Apa hasilnya?').fill('Rekap sudah dikirim');
    await dialog(page).getByRole('button', { name: 'Selesai' }).click();
    await expect(page.getByText('Tercatat selesai.')).toBeVisible();
  }
  await app.open('/atasan/#/tugas?lihat=dikirim');
  await page.reload();
  await page.getByRole('button', { name: 'Sudah lewat' }).click();
  await expect(page.getByRole('button', { name: new RegExp(`^${subject}`) })).toContainText('Ditutup');
});

test('a meeting over two agencies is attended by one tap, and its decision becomes a task', async ({ page, app }) => {
  const line = await lineOf(app), c: Client = await app.as(line.secretary);
  const made = await c.post('/api/v1/meetings', { title: `Rapat siaga ${HOSTILE}`, place: 'Aula', link: 'https://rapat.contoh.go.id/1', starts_at: '2025-11-13T00:10:00.000Z', ends_at: '2025-11-13T02:00:00.000Z', units: [line.agency] });
  expect(made.status, made.text).toBe(200);

  await app.as(line.chief);
  await app.open('/atasan/#/tugas?lihat=rapat');
  await page.getByRole('button', { name: /^Rapat siaga/ }).click();
  await settled(page);
  await dialog(page).getByRole('button', { name: 'Tunjuk wakil' }).click();
  await dialog(page).getByLabel('Cari nama di unit yang Anda pimpin').fill(line.names.worker.split(',')[0]!.split(' ').at(-1)!);
  await dialog(page).getByRole('button', { name: new RegExp(line.names.worker.split(',')[0]!) }).first().click();
  await dialog(page).getByRole('button', { name: 'Tunjuk', exact: true }).click();
  await expect(page.getByText('Wakil tercatat.')).toBeVisible();

  await app.as(line.worker);
  await app.open('/pegawai/#/tugas?lihat=rapat');
  await page.getByRole('button', { name: /^Rapat siaga/ }).click();
  await dialog(page).getByRole('button', { name: 'Hadir daring' }).click();
  await expect(page.getByText('Kehadiran tercatat.')).toBeVisible();
  await expect(dialog(page).getByRole('button', { name: 'Hadir di tempat' })).toHaveCount(0);

  await app.as(line.secretary);
  await app.open('/atasan/#/tugas?lihat=rapat');
  await page.getByRole('button', { name: /^Rapat siaga/ }).click();
  await expect(dialog(page).getByText('Hadir daring')).toBeVisible();
  await dialog(page).getByRole('button', { name: 'Tulis notula' }).click();
  await dialog(page).getByRole('textbox', { name: 'Notula' }).fill('Dibuka pukul 07.10.');
  await dialog(page).getByRole('button', { name: 'Tambah keputusan' }).click();
  await dialog(page).getByLabel('Keputusan 1').fill('Dinas mengirim data piket');
  await dialog(page).getByRole('button', { name: 'Simpan' }).click();
  await expect(page.getByText('Notula tersimpan.')).toBeVisible();
  await dialog(page).getByRole('button', { name: 'Jadikan tugas' }).click();
  await dialog(page).getByRole('combobox').selectOption({ label: line.agencyName });
  await dialog(page).getByRole('button', { name: 'Kirim', exact: true }).click();
  await expect(page.getByText('Keputusan menjadi tugas.')).toBeVisible();

  await app.as(line.chief);
  await openTask(page, app, '/atasan/#/tugas?lihat=masuk', 'Dinas mengirim data piket');
  await expect(dialog(page).getByText(/^Keputusan rapat/)).toBeVisible();
});

test('a document is objected to, replaced and verified line by line, by a person and by whoever heads a unit', async ({ page, app }) => {
  const line = await lineOf(app), open = async (who: Login, path: string) => {
    await app.as(who);
    await openTask(page, app, path, 'Draf SK piket');
  };
  await app.as(line.worker);
  await app.open('/pegawai/#/tugas?lihat=periksa');
  await page.getByRole('button', { name: 'Minta pemeriksaan' }).click();
  const form = dialog(page), boss = form.getByRole('option', { name: new RegExp(`^${line.names.boss.replaceAll('.', '\\.')}`) });
  await form.getByLabel('Dokumen apa?').fill(`Draf SK piket ${HOSTILE}`);
  await form.getByLabel('Nomor atau nama acuan').fill('065/DRAF-1');
  await form.getByLabel('Apa yang diperiksa?').fill('Substansi');
  await form.getByLabel('Orang', { exact: true }).selectOption(await boss.first().getAttribute('value'));
  await form.getByRole('button', { name: 'Tambah bagian' }).click();
  await form.getByLabel('Apa yang diperiksa?').nth(1).fill('Dasar hukum');
  await form.getByRole('button', { name: 'Unit kerja' }).click();
  await form.getByRole('combobox').selectOption({ label: line.agencyName });
  await form.getByRole('button', { name: 'Minta', exact: true }).click();
  await expect(page.getByText('Permintaan terkirim.')).toBeVisible();

  await open(line.boss, '/atasan/#/tugas?lihat=periksa');
  await dialog(page).getByRole('button', { name: 'Keberatan' }).click();
  await expect(dialog(page).getByText('Tulis 5 huruf atau lebih.')).toBeVisible();
  await dialog(page).getByLabel('Catatan (wajib bila keberatan)').fill('Jumlah regu keliru');
  await dialog(page).getByRole('button', { name: 'Keberatan' }).click();
  await expect(page.getByText('Tercatat.')).toBeVisible();

  await open(line.worker, '/pegawai/#/tugas?lihat=periksa');
  await expect(dialog(page).getByText('Ada keberatan')).toBeVisible();
  await dialog(page).getByRole('button', { name: 'Ganti dokumen' }).click();
  await dialog(page).getByLabel('Nomor atau nama acuan').fill('065/DRAF-2');
  await dialog(page).getByRole('button', { name: 'Ganti dokumen' }).click();
  await expect(page.getByText('Dokumen diganti; pemeriksaan dimulai lagi.')).toBeVisible();
  await expect(dialog(page).getByText('0 dari 2 bagian terverifikasi')).toBeVisible();
  await expect(dialog(page).getByRole('button', { name: 'Verifikasi' })).toHaveCount(0); /* his own document */

  for (const who of [line.boss, line.chief]) {
    await open(who, '/atasan/#/tugas?lihat=periksa');
    await dialog(page).getByRole('button', { name: 'Verifikasi' }).click();
    await expect(page.getByText('Tercatat.')).toBeVisible();
  }
  await expect(dialog(page).getByText('2 dari 2 bagian terverifikasi')).toBeVisible();
});
