import { expect, it } from 'vitest';
import { whyNotPlanned } from './why';

it.each([
  ['more than 2 days a week: PermenPANRB 4/2025, article Pasal 13 ayat (1)', 'WFH lebih dari 2 hari dalam seminggu, melebihi PermenPANRB 4/2025, Pasal 13 ayat (1). Kurangi harinya.'],
  ['5 of 8 away in Dinas Sosial on 2025-12-04, above 50 percent: SE 150/KPG.03/BKD', 'Pada Kamis, 4 Desember 2025 5 dari 8 pegawai Dinas Sosial bekerja di luar kantor, melebihi 50% menurut SE 150/KPG.03/BKD. Kurangi harinya, atau impor jadwal bergantian.'],
  ['nobody of this node may be home on these weekdays', 'Tidak ada pegawai unit ini yang boleh WFH pada hari itu menurut kebijakan yang berlaku.'],
])('says why in words: %s', (reason, says) => {
  expect(whyNotPlanned({ pointer: '/weekdays', reason })).toBe(says);
});

it('knows the fields of a period, and nothing of the rest', () => {
  expect(whyNotPlanned({ pointer: '/period_to', reason: 'not 1 to 62 days' })).toContain('62 hari');
  expect(whyNotPlanned({ pointer: '/unit', reason: 'unknown' })).toBeUndefined();
});
