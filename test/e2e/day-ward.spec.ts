/* A ward: ill at six, another takes the turn, a night belongs to the day it begins, and November is closed. */
import { headOf, type Client } from '../http/server';
import { type Day, DAY, december, expect, explain, MONTH, onPaper, personOf, printBoth, seal, settled, standAtWork, test } from './day';
import type { Page } from '@playwright/test';

/** A ward with somebody in the morning, two in the afternoon, and one whose nights begin. */
async function findWard(bkd: Client) {
  for (const agency of (await bkd.get('/api/v1/org/units')).body.items.filter((u: any) => u.kind === 'hospital'))
    for (const ward of (await bkd.get(`/api/v1/org/units?parent=${agency.id}`)).body.items.filter((u: any) => u.kind === 'ward')) {
      const { lines } = (await bkd.get(`/api/v1/calendar/turns?unit=${ward.id}&month=${MONTH}`)).body;
      const on = (today: string) => lines.filter((l: any) => l.turns[26] === today), [ill] = on('P'), [second, spare] = on('S'), night = on('M').find((l: any) => l.turns[25] !== 'M');
      if (ill && second && spare && night) return { unit: ward, ill, second, night };
    }
  throw new Error('no ward has all turns');
}
async function punch(day: Day, page: Page, who: { client: Client; employee: string }, direction: 'masuk' | 'pulang', date: string, punches: number) {
  await page.getByRole('button', { name: `Presensi ${direction}` }).click();
  const notice = page.getByRole('button', { name: 'Mengerti, lanjutkan' });
  if (direction === 'masuk') await notice.click();
  await expect.poll(async () => (await who.client.get(`/api/v1/attendance/days/${who.employee}/${date}`)).body.punches.length).toBe(punches);
}

test('a ward has somebody by every bed', async ({ day, page }) => {
  const bkd = await day.client(day.role('bkd')), { unit, ...cast } = await findWard(bkd);
  const people = (await bkd.get(`/api/v1/org/units/${unit.id}/employees?limit=200`)).body.items.map((p: any) => ({ ...p, employee: p.id }));
  const head = await headOf(bkd, people, day.all[0]!.password), boss = await day.client(head);
  const play = (line: { employee: string }) => personOf(day, day.login(people.find((p: any) => p.id === line.employee).nip));
  const ill = await play(cast.ill), night = await play(cast.night), second = await play(cast.second);

  /* six in the morning: she cannot come, and has no signal problem of her own */
  await day.at(`${DAY}T06:00`);
  await day.open(ill.login, '/pegawai/#/izin');
  await page.getByRole('button', { name: 'Ajukan izin atau cuti' }).click();
  const form = page.getByRole('dialog', { name: 'Ajukan izin atau cuti' });
  await expect(form.getByLabel('Jenis')).toHaveValue('sick_leave');
  await form.getByLabel('Keterangan (boleh kosong)').fill('Demam sejak semalam');
  await form.getByRole('button', { name: 'Ajukan', exact: true }).click();
  await expect(page.getByText('Menunggu atasan langsung')).toBeVisible();

  /* the head decides on her phone, and gives the turn to one of two in the afternoon */
  await day.open(head, '/atasan/', 'phone');
  await page.getByRole('button', { name: new RegExp(ill.name) }).filter({ hasText: 'Sakit/izin' }).click();
  const decision = page.getByRole('dialog', { name: ill.full_name });
  await expect(decision.getByText('Demam')).toHaveCount(0);
  await decision.getByLabel('Catatan untuk pegawai (boleh kosong)').fill('Lekas sembuh; sif pagi sudah ada penggantinya.');
  await decision.getByRole('button', { name: 'Terima' }).click();
  await expect(page.getByText('Diterima; jadwal dan presensi sudah mengikuti.')).toBeVisible();
  await page.getByRole('link', { name: 'Sif', exact: true }).click();
  await settled(page);
  const cell = page.getByRole('textbox', { name: `${second.full_name}, Kamis, 27 November 2025` });
  expect((await cell.boundingBox())!.x, 'the month opens at today').toBeLessThan(page.viewportSize()!.width);
  await cell.fill('P');
  await cell.blur();
  await page.getByRole('button', { name: 'Simpan sif' }).click();
  await expect(page.getByText('Sif tersimpan dan langsung berlaku.')).toBeVisible();

  await day.at(`${DAY}T06:50`);
  await standAtWork(day, second.client);
  await day.open(second.login, '/pegawai/');
  await expect(page.getByText('07.00–14.15 WIB')).toBeVisible();
  await expect(page.getByText('Sif pagi').first()).toBeVisible();
  await punch(day, page, second, 'masuk', DAY, 1);
  await day.at(`${DAY}T14:16`);
  await day.open(second.login, '/pegawai/');
  await punch(day, page, second, 'pulang', DAY, 2);

  /* the night that begins on the 27th ends on the 28th and is one day */
  await day.at(`${DAY}T20:40`);
  await standAtWork(day, night.client);
  await day.open(night.login, '/pegawai/');
  await expect(page.getByText('20.45–07.15 esok hari WIB')).toBeVisible();
  await punch(day, page, night, 'masuk', DAY, 1);
  await day.at('2025-11-28T07:16');
  await day.open(night.login, '/pegawai/');
  await punch(day, page, night, 'pulang', DAY, 2);
  await onPaper(day, unit.id, DAY);
  await day.open(night.login, '/pegawai/#/kehadiran');
  await expect(page.getByRole('button', { name: /^Kamis, 27 November 2025/ })).toContainText(/20\.4\d–07\.1\d/);

  await december(day, boss, unit.id);
  for (const date of ['2025-11-28', '2025-11-29', '2025-11-30']) await onPaper(day, unit.id, date);
  await day.open(head, '/atasan/#/rekap?bulan=2025-11-01');
  /* somebody else had told she was ill, and was forgotten */
  await page.getByRole('listitem').filter({ hasText: '1 pemberitahuan tidak masuk menunggu keputusan' }).getByRole('link', { name: 'Selesaikan' }).click();
  await settled(page);
  await page.locator('main').getByRole('button').filter({ hasText: 'Sakit/izin' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Terima' }).click();
  await expect(page.getByText('Diterima; jadwal dan presensi sudah mengikuti.')).toBeVisible();
  await page.getByRole('link', { name: 'Rekap', exact: true }).click();
  await settled(page);
  await explain(page, night.full_name, /^Di kantor \(WFO\)/, DAY, ['Sif malam', 'PermenPANRB 4/2025 Pasal 17 (sif); jam contoh', /^Masuk 20\.4\d$/, /^Pulang 07\.1\d$/]);
  await explain(page, second.full_name, /^Di kantor \(WFO\)/, DAY, ['Sif pagi', /^Masuk 06\.5\d$/, /^Pulang 14\.1\d$/]);
  await explain(page, ill.full_name, /^Sakit \(S\)/, DAY, ['Sakit/izin']);
  await printBoth(page, await seal(page), [unit.name, night.full_name, ill.full_name]);
});
