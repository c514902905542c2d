// @vitest-environment happy-dom
/* What a roster is refused for, in the words of the office. */
import { expect, test } from 'vitest';
import { refusal } from './versions';

const refused = (reason: string) => refusal({ type: 'about:blank', title: 'Refused', status: 422, code: 'refused', reason, request_id: '1' });

test('a roster that breaks a rule is refused in words, with the rule and the day', () => {
  expect(refused('more than 2 days a week: PermenPANRB 4/2025, article Pasal 13 ayat (1)')).toBe('Lebih dari 2 hari WFH seminggu (PermenPANRB 4/2025, Pasal 13 ayat (1)). Kurangi harinya.');
  expect(refused('2 of 3 away in BAPPEDA on 2025-12-02, above 50 percent: SE 150')).toBe('Selasa, 2 Desember 2025: 2 dari 3 pegawai BAPPEDA akan WFH, melebihi 50% (SE 150). Kurangi harinya, atau impor jadwal bergantian.');
  expect(refused('too far back: those days are judged')).toBe('Hari itu sudah dinilai. Mulailah dari tanggal yang lebih baru.');
  expect(refused('something new')).not.toContain('new');
  expect(refusal('network')).toBe('Server belum dapat dihubungi.');
});
