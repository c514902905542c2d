/* A ward: ill at six, another takes the turn, a night belongs to the day it begins, and November is closed. */
import { employeeLogin } from './app';
import { headOf } from '../http/server';
import { DAY, expect, onPaper, personOf, settled, shot, standAtWork, test } from './day';

test('a ward', async ({ day, page }) => {
  const bkd = await day.client(day.role('bkd')), night = await personOf(day, employeeLogin(day.all, 'nurse'));
  const list = (await bkd.get(`/api/v1/org/units/${night.unit.id}/employees?limit=200`)).body.items;
  console.log(night.unit, night.full_name);
  for (const p of list) { const d = (await bkd.get(`/api/v1/attendance/days/${p.id}/${DAY}`)).body, r = (await bkd.get(`/api/v1/org/roles?employee=${p.id}`)).body.items; console.log(p.full_name, p.position, d.mode, d.state, d.duty, d.explain.pattern_name, d.explain.shift?.starts, r.map((x: any) => x.role)); }
  const head = day.role('unit_head');
  await day.at('2025-11-27T06:00');
  await day.open(head, '/bkd/#/sif');
  await shot(page, 'ward-sif', [360, 768, 1440]);
  console.log(await page.locator('main').innerText());
  await day.open(night.login, '/pegawai/');
  await shot(page, 'ward-beranda', [360]);
  console.log(await page.locator('main').innerText());
  await day.open(head, '/atasan/');
  await shot(page, 'ward-atasan', [360, 1440]);
  console.log(await page.locator('body').innerText());
  await day.at('2025-12-01T07:45');
  await day.open(head, '/atasan/#/rekap?bulan=2025-11-01');
  await page.waitForTimeout(15000);
  await page.reload();
  await settled(page);
  await shot(page, 'ward-rekap', [768, 1440]);
  console.log(await page.locator('main').innerText());
});
