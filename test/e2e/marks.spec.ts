/* A superior and his home worker over a report: the task it speaks of, a quantity out of habit, a note and its answer; and above them what waits. */
import { expect, settled, test } from './app';
import { boss, head, home, unusual } from './screens';

test('says what is unusual, and both sides speak in the thread of the report', async ({ page, app }) => {
  const worker = await app.server.client().signIn(home(app)), me = (await worker.get('/api/v1/me')).body, superior = await app.server.client().signIn(boss(app));
  await unusual(app);
  await app.as(boss(app));
  await app.open('/atasan/');
  await settled(page);
  const queue = page.locator('section', { has: page.getByRole('heading', { name: 'Perlu diverifikasi' }) }), row = queue.locator('li.pick').filter({ hasText: 'jumlah di luar kebiasaan' }).filter({ hasText: me.full_name });
  await row.getByRole('button', { name: 'Buka' }).click();
  const opened = page.getByRole('dialog');
  await expect(opened.getByText('biasanya sekitar 12 naskah uji')).toBeVisible();
  await opened.getByText('Tulis catatan').click();
  await opened.getByRole('button', { name: 'Kirim catatan' }).click();
  await expect(opened.getByText('Tulis catatannya.')).toBeVisible();
  await opened.getByLabel('Catatan', { exact: true }).fill('Benar sembilan puluh naskah?');
  await opened.getByRole('button', { name: 'Kirim catatan' }).click();
  await expect(opened.getByText('Benar sembilan puluh naskah?')).toBeVisible();

  await app.as(home(app));
  await app.open('/pegawai/#/laporan');
  await page.locator('li', { hasText: 'Jumat, 31 Oktober 2025' }).getByRole('link').click();
  await expect(page.getByText('Benar sembilan puluh naskah?')).toBeVisible();
  await expect(page.locator('li', { hasText: 'Jumat, 31 Oktober 2025' }).getByRole('link')).toHaveCount(0); /* it was seen */
  await page.getByLabel('Catatan', { exact: true }).fill('Salah ketik, seharusnya sembilan.');
  await page.getByRole('button', { name: 'Kirim catatan' }).click();
  await expect(page.getByText('Salah ketik, seharusnya sembilan.')).toBeVisible();
  expect((await superior.get('/api/v1/reports/threads')).body.items).toContainEqual(expect.objectContaining({ day: '2025-10-31', unread: 1, is_own: false }));

  await app.as(boss(app));
  await app.open('/atasan/');
  const notes = page.locator('section', { has: page.getByRole('heading', { name: /^Catatan baru/ }) });
  await notes.getByRole('button', { name: new RegExp('31 Oktober') }).click();
  await expect(page.getByRole('dialog').getByText('Salah ketik, seharusnya sembilan.')).toBeVisible();
});

test('names a task in a report, and whoever sent it reads it there', async ({ page, app }) => {
  const worker = await app.server.client().signIn(home(app)), superior = await app.server.client().signIn(boss(app)), me = (await worker.get('/api/v1/me')).body;
  const { task } = (await superior.post('/api/v1/tasks', { kind: 'disposition', subject: 'Petakan ruas jalan rawan longsor', employee: me.employee })).body;
  await app.as(home(app));
  await app.open('/pegawai/#/laporan');
  await page.getByLabel('Apa yang dihasilkan?').fill('Memetakan tujuh ruas jalan di wilayah barat.');
  await page.getByLabel('Tugas', { exact: true }).selectOption({ label: 'Petakan ruas jalan rawan longsor' });
  await page.getByLabel('Jumlah').fill('7');
  await page.getByLabel('Satuan').fill('ruas');
  await page.getByRole('button', { name: 'Kirim laporan' }).click();
  await expect(page.getByText(/^Tugas: Petakan ruas jalan rawan longsor \(No\. \d+\/2025\)$/)).toBeVisible();
  expect((await superior.get(`/api/v1/tasks/${task}`)).body.reported).toHaveLength(1);
  await app.as(boss(app));
  await app.open('/atasan/#/tugas');
  await page.getByRole('button', { name: /^Petakan ruas jalan/ }).first().click();
  const opened = page.getByRole('dialog');
  await expect(opened.getByRole('heading', { name: 'Dilaporkan dalam laporan harian' })).toBeVisible();
  await expect(opened.getByText('Memetakan tujuh ruas jalan di wilayah barat.')).toBeVisible();
});

test('shows above whom reports wait for, and lets a figure of the plan be opened', async ({ page, app }) => {
  await app.as(head(app));
  await app.open('/atasan/');
  await expect(page.getByRole('heading', { name: /^Menunggu di \d+ atasan di bawah Anda$/ })).toBeVisible();
  await expect(page.getByText(/^tertua dikirim /).first()).toBeVisible();
  await app.as(boss(app));
  await app.open('/atasan/#/penilaian');
  await settled(page);
  await page.getByLabel('Periode').selectOption({ index: 1 });
  await settled(page);
  await page.locator('main .person').first().click();
  const card = page.locator('section', { has: page.getByRole('heading', { name: 'SKP yang disepakati' }) });
  await expect(card.getByText(/sampai akhir periode$/).first()).toBeVisible();
  await card.getByRole('button').first().click();
  await expect(page.getByRole('dialog').getByText(/Diverifikasi|Terverifikasi|Menunggu verifikasi|Tidak ada laporan/).first()).toBeVisible();
});
