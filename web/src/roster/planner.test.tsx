// @vitest-environment happy-dom
/* The planner by keyboard, paste and save: what one does to a cell arrives in the sheet, and nothing else does. */
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { PITCH } from './grid';
import { madeSheet } from './madesheet';
import { Planner, rowsOf, type PlannerProps } from './planner';
import { load, type Sheet } from './sheet';

const ROWS = 10;
let sheet: Sheet;
beforeEach(() => {
  sheet = madeSheet(60, 14, 5);
  /* the first week of the first five is open, at the office, and was never otherwise */
  sheet.people.slice(0, 5).forEach(p => Object.assign(p, { days: `KKKKK${p.days.slice(5)}`, cells: `.....${p.cells.slice(5)}`, locked: '.'.repeat(14), was: '', wishes: '.'.repeat(14) }));
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', { configurable: true, get: () => ROWS * PITCH + PITCH });
});
afterEach(cleanup);

const show = (props: Partial<PlannerProps> = {}) => {
  const onSave = vi.fn(() => Promise.resolve(true)), onWhy = vi.fn();
  render(<Planner sheet={sheet} onSave={onSave} onWhy={onWhy} {...props} />);
  return { onSave, onWhy };
};
const stop = () => document.querySelector<HTMLElement>('[role=gridcell][tabindex="0"]')!;
const key = (k: string, more: object = {}) => fireEvent.keyDown(stop(), { key: k, ...more });
const cell = (row: number, day: number) => document.querySelector<HTMLElement>(`[aria-rowindex="${row + 2}"] > [aria-colindex="${day + 2}"]`)!;
const letters = (row: number) => [0, 1, 2, 3, 4].map(d => cell(row, d).textContent).join('');
const settled = () => waitFor(() => screen.getByText('Masalah', { selector: 'h2' }));

it('has one tab stop, and moves it by keys as far as the sheet goes', async () => {
  show();
  await settled();
  const at = async (k: string, row: number, day: number, more = {}) => { key(k, more); await waitFor(() => expect(stop()).toBe(cell(row, day))); };
  await at('ArrowUp', 0, 0);
  await at('ArrowDown', 1, 0);
  await at('End', 1, 13);
  await at('ArrowRight', 1, 13);
  await at('Home', 1, 0);
  await at('End', 59, 13, { ctrlKey: true });
  await at('PageUp', 49, 13);
  await at('Home', 0, 0, { ctrlKey: true });
  expect(document.querySelectorAll('[role=gridcell][tabindex="0"]')).toHaveLength(1);
  expect(document.activeElement).toBe(stop());
});
it('keeps the tab stop among the rows in sight after scrolling', async () => {
  show();
  await settled();
  key('ArrowDown');
  const scroller = document.querySelector<HTMLElement>('.sheet')!;
  scroller.scrollTop = 30 * PITCH;
  fireEvent.scroll(scroller);
  await waitFor(() => expect(stop()).toBe(cell(30, 0)));
  await waitFor(() => expect(document.activeElement).toBe(stop()));
  expect(cell(1, 0)).toBeNull();
  key('ArrowDown');
  await waitFor(() => expect(stop()).toBe(cell(31, 0)));
});
it('sets what is chosen, takes it back and redoes it', async () => {
  show();
  await settled();
  key('ArrowDown', { shiftKey: true });
  key('ArrowRight', { shiftKey: true });
  await waitFor(() => expect(cell(1, 1).getAttribute('aria-selected')).toBe('true'));
  key('r');
  await waitFor(() => expect([letters(0), letters(1), letters(2)]).toEqual(['RRKKK', 'RRKKK', 'KKKKK']));
  screen.getByText('4 sel belum disimpan');
  key('z', { ctrlKey: true });
  await waitFor(() => expect(letters(0)).toBe('KKKKK'));
  screen.getByText('Semua tersimpan');
  key('y', { ctrlKey: true });
  await waitFor(() => expect(letters(1)).toBe('RRKKK'));
});
it('leaves locked cells, and says so', async () => {
  show();
  await settled();
  key('g');
  await waitFor(() => expect(cell(0, 0).getAttribute('aria-label')).toContain('Dikunci.'));
  key('a');
  await waitFor(() => screen.getByText('Tidak ada yang diubah: sel dikunci atau tidak dapat WFH.'));
  expect(letters(0)).toBe('KKKKK');
  key('g');
  key('a');
  await waitFor(() => expect(letters(0)).toBe('AKKKK'));
});
it('saves what differs; what could not be saved stays', async () => {
  const onSave = vi.fn().mockResolvedValueOnce(false).mockResolvedValueOnce(true);
  show({ onSave });
  await settled();
  key('r');
  await waitFor(() => screen.getByText('1 sel belum disimpan'));
  fireEvent.click(screen.getByText('Simpan'));
  await waitFor(() => screen.getByText(/^Belum tersimpan/));
  fireEvent.click(screen.getByText('Simpan'));
  await waitFor(() => screen.getByText('Semua tersimpan'));
  expect(onSave.mock.calls).toEqual(Array(2).fill([[{ employee: sheet.people[0]!.employee, day: '2025-12-01', letter: 'R', locked: false }]]));
  expect(letters(0)).toBe('RKKKK');
});
it('chooses a row, a column or everything without scrolling', async () => {
  show();
  await settled();
  const chosen = () => [...document.querySelectorAll('[aria-selected=true]')].map(c => `${c.parentElement!.getAttribute('aria-rowindex')}:${c.getAttribute('aria-colindex')}`);
  key(' ', { shiftKey: true });
  await waitFor(() => expect(chosen()).toEqual(Array.from({ length: 14 }, (_, d) => `2:${d + 2}`)));
  key(' ', { ctrlKey: true });
  await waitFor(() => expect(new Set(chosen().map(c => c.split(':')[1]))).toEqual(new Set(['2'])));
  key('a', { ctrlKey: true });
  await waitFor(() => expect(document.querySelectorAll('[aria-selected=false]')).toHaveLength(0));
  expect(document.querySelector('.sheet')!.scrollTop).toBe(0);
});
it('asks why by Enter, for the cell one stands on, as it stands', async () => {
  const { onWhy } = show();
  await settled();
  key('ArrowRight');
  const letter = stop().textContent === 'K' ? 'R' : 'K';
  key(letter.toLowerCase());
  key('Enter');
  expect(onWhy).toHaveBeenCalledWith(sheet.people[0]!.employee, '2025-12-02', expect.anything());
  expect(onWhy.mock.calls[0]![2].people[0].days[1]).toBe(letter);
  expect(sheet.people[0]!.days[1]).not.toBe(letter);
});
it('reads a paste, and names what it does not understand', async () => {
  show();
  await settled();
  fireEvent.paste(stop(), { clipboardData: { getData: () => `Nama\t1\t2\n${sheet.people[1]!.name}\tWFH\tWFA\nTuti\tWFH\tWFH` } });
  await waitFor(() => expect(letters(1)).toBe('RAKKK'));
  screen.getByText('“Tuti”: tidak ada pegawai bernama ini di lembar.');
});
it('shows to whoever may only look, and changes nothing', async () => {
  show({ readOnly: true });
  await settled();
  for (const k of ['r', 'g']) key(k);
  fireEvent.paste(stop(), { clipboardData: { getData: () => 'R' } });
  expect(letters(0)).toBe('KKKKK');
  expect(screen.queryByText('Simpan')).toBeNull();
  screen.getByText('Hanya untuk dilihat');
});
it('says all of a cell in its name', async () => {
  Object.assign(sheet.people[0]!, { days: `RK${sheet.people[0]!.days.slice(2)}`, cells: `.X${sheet.people[0]!.cells.slice(2)}`, was: `KK${sheet.people[0]!.days.slice(2)}`, wishes: `-${'.'.repeat(13)}` });
  show();
  await settled();
  expect(cell(0, 0).getAttribute('aria-label')).toBe(`${sheet.people[0]!.name}, Senin, 1 Desember 2025: di rumah (WFH). Ingin di kantor. Sebelumnya di kantor (WFO).`);
  expect(cell(0, 1).getAttribute('aria-label')).toBe(`${sheet.people[0]!.name}, Selasa, 2 Desember 2025: di kantor (WFO). Dikecualikan dari WFH.`);
});
it('leads from a problem to its cell, past the filter', async () => {
  sheet.people[40] = { ...sheet.people[40]!, name: 'Tuti Alawiyah', week_most: Array<number>(6).fill(-1), edge_most: -1, least: 14, most: -1 };
  sheet.people.forEach((p, i) => { if (i !== 40) Object.assign(p, { week_most: Array<number>(6).fill(-1), edge_most: -1, least: -1, most: -1 }); });
  show();
  await settled();
  fireEvent.input(screen.getByLabelText('Cari nama'), { target: { value: 'sri' } });
  fireEvent.click(screen.getByText('Tuti Alawiyah', { selector: '.rowbutton b' }));
  await waitFor(() => expect(stop().getAttribute('aria-label')).toContain('Tuti Alawiyah'));
  await waitFor(() => expect(document.activeElement).toBe(stop()));
  expect((screen.getByLabelText('Cari nama') as HTMLInputElement).value).toBe('');
});
it('says when every limit is kept', async () => {
  sheet.people.forEach(p => Object.assign(p, { week_most: Array<number>(6).fill(-1), edge_most: -1, least: -1, most: -1 }));
  sheet.groups.forEach(g => Object.assign(g, { minimum: g.minimum.map(() => -1), most: g.most.map(() => -1) }));
  show();
  await waitFor(() => screen.getByText('Tidak ada masalah: semua batas terpenuhi.'));
});
it('shows a group with all within it, and names by any part of them', () => {
  const plan = load(sheet), unit = plan.sheet.groups.findIndex(g => g.kind === 'unit');
  expect(rowsOf(plan, 0, '')).toHaveLength(60);
  expect(rowsOf(plan, unit, '')).toEqual(sheet.people.flatMap((p, i) => sheet.groups[p.group]!.parent === unit ? [i] : []));
  expect(rowsOf(plan, 0, ' WAHYU ').map(i => sheet.people[i]!.name).every(n => n.includes('Wahyu'))).toBe(true);
});
it('names the team that has no day in the office together, and the weekday nearest to one', async () => {
  sheet.people[3]!.unit = 'Seksi Arsip';
  show({ noted: [{ kind: 'team_day', person: 3, day: sheet.days[3]!.day, is: 2, limit: 0 }] });
  await settled();
  const entry = screen.getByText('Seksi Arsip', { selector: '.rowbutton b' }).closest('button')!;
  expect(entry.textContent).toBe('Seksi Arsippaling mendekati Kam: masih 2 hari WFH');
  expect(entry.closest('details')!.textContent).toContain('Tim tanpa hari kantor bersama');
});
