import { describe, expect, it } from 'vitest';
import { madeSheet } from './madesheet';
import { bareName, parse, readDates } from './paste';
import { load } from './sheet';

const december = Array.from({ length: 31 }, (_, i) => `2025-12-${String(i + 1).padStart(2, '0')}`), turn = ['2025-12-30', '2025-12-31', ...Array.from({ length: 30 }, (_, i) => `2026-01-${String(i + 1).padStart(2, '0')}`)];

it.each<[string, number | undefined]>([
  ['1', 0], ['01', 0], ['31', 30], ['1 Des', 0], ['1 Des 2025', 0], ['01 Desember 2025', 0], ['1-Des-25', 0], ['1-Dec-25', 0], ['01/12/2025', 0], ['1/12/25', 0], ['2/12', 1], ['02.12.2025', 1], ['02-12-2025', 1], ['2025-12-31', 30], ['2025-12-02T00:00:00', 1],
  ['Sen 1', 0], ['Sel, 2 Des', 1], ['Rabu, 3 Desember 2025', 2], ['45992', 0], ['12/1/2025', undefined], ['1 Nov', undefined], ['32', undefined], ['2024-12-01', undefined], ['Jumlah', undefined], ['', undefined], ['1.234', undefined],
])('the head "%s" is day %s', (head, day) => expect(readDates([head], december)).toEqual([day]));
it('takes dates as rising where a number alone stands for two', () => expect(readDates(['30', '31', '1', '30'], turn)).toEqual([0, 1, 2, 31]));

it.each([['Dr. H. ASEP Sunandar, S.E., M.M.', 'asep sunandar'], ['Drs. Budi  Santoso', 'budi santoso'], ['budi santoso S.Sos. M.Si', 'budi santoso'], ['Hj Nining Kurniasih', 'nining kurniasih'], ["Nur'aini", "nur'aini"], ['M. Yusuf', 'm yusuf'], ['Sri Wahyuni / 198001012005012001', 'sri wahyuni'], ['Sri Wahyuni NIP. 19800101 200501 2 001', 'sri wahyuni'], ['H.', 'h']])('the bare name of "%s" is "%s"', (name, bare) => expect(bareName(name)).toBe(bare));

const sheet = madeSheet(4, 31);
sheet.people.forEach((p, i) => Object.assign(p, { name: ['Sri Wahyuni, S.E.', 'Dr. H. Asep Sunandar', 'Budi Santoso', 'Budi Santoso, S.Kom.'][i], days: 'KKKKKLLKKKKCLLKKKKKLLKKKKKLLKKK', cells: '.....LL....CLL.....LL.....LL...' }));
const plan = load(sheet), at = { rows: [0, 1, 2, 3], row: 1, day: 1 }, paste = (text: string) => parse(plan, text, at);

describe('names by dates', () => {
  it('reads letters and words, and leaves what is empty', () => expect(paste('Nama\t1\t2\t3\t4\t5\r\nSRI WAHYUNI\tWFH\tr\t-\t\tWFO\r\nAsep Sunandar, M.M.\tWFA\tk\tRumah\t-\t-\r\n')).toEqual({
    edits: [{ person: 0, day: 0, letter: 'R' }, { person: 0, day: 1, letter: 'R' }, { person: 0, day: 4, letter: 'K' }, { person: 1, day: 0, letter: 'A' }, { person: 1, day: 1, letter: 'K' }, { person: 1, day: 2, letter: 'R' }], unread: [] }));
  it('passes over a title, columns before the name, and weekdays beneath the dates', () => expect(paste('JADWAL DESEMBER\n\nNo\tNama\tNIP\t01/12/2025\t02/12/2025\n\t\t\tS\tS\n1\tSri Wahyuni\t198001012005012001\tWFH\tWFO\n')).toEqual({ edits: [{ person: 0, day: 0, letter: 'R' }, { person: 0, day: 1, letter: 'K' }], unread: [] }));
  it('takes the exact name before one without titles', () => expect(paste('\t1\nBudi Santoso\tR\nBudi Santoso, S.Kom.\tR').edits.map(e => e.person)).toEqual([2, 3]));
  it('names what it does not understand', () => expect(paste('Nama\t1\t40\t2\nTuti\tWFH\t\tR\nBudi Santoso, M.M.\tR\t\t\nSri Wahyuni\tXX\t\tR\n\tR\t\tR\nsri wahyuni\tR\t\tR')).toEqual({
    edits: [{ person: 0, day: 1, letter: 'R' }],
    unread: [{ what: 'day', text: '40' }, { what: 'name', text: 'Tuti' }, { what: 'twice', text: 'Budi Santoso, M.M.' }, { what: 'word', text: 'XX', person: 0, day: 0 }, { what: 'no_name', text: 'R R' }, { what: 'twice', text: 'sri wahyuni' }] }));
  it('takes leave and days off where the sheet has them, and sets none', () => expect(paste('Nama\t5\t6\t12\nSri Wahyuni\tC\tL\tCuti')).toEqual({ edits: [], unread: [{ what: 'fact', text: 'C', person: 0, day: 4 }] }));
  it('reads cells in quotes', () => expect(paste('Nama\t"1 Des\n2025"\n"Sri ""Wahyuni"""\tR')).toEqual({ edits: [{ person: 0, day: 0, letter: 'R' }], unread: [] }));
});

describe('a plain block', () => {
  it('is laid down from the cell', () => expect(paste('R\tWFO\n-\tA\n')).toEqual({ edits: [{ person: 1, day: 1, letter: 'R' }, { person: 1, day: 2, letter: 'K' }, { person: 2, day: 2, letter: 'A' }], unread: [] }));
  it('names what lies outside', () => expect(parse(plan, 'R\tK\nR\t', { rows: [0, 1], row: 1, day: 30 })).toEqual({ edits: [{ person: 1, day: 30, letter: 'R' }], unread: [{ what: 'outside', text: 'K' }, { what: 'outside', text: 'R' }] }));
  it('of nothing is nothing', () => expect(paste('')).toEqual({ edits: [], unread: [] }));
});
