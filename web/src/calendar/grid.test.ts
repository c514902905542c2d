import { describe, expect, it } from 'vitest';
import { cellOf, changes, clean, copyFrom, countChanges, gridOf, paste, runsInto, unknownIn } from './grid';

const kinds = [{ code: 'P', starts: '07:00', ends: '14:00' }, { code: 'S', starts: '14:00', ends: '21:00' }, { code: 'M', starts: '20:45', ends: '31:15' }, { code: 'L' }, { code: 'Pg', starts: '08:00', ends: '12:00' }];
const grid = gridOf([{ employee: '1', turns: ['P', '', 'M'] }, { employee: '2', turns: ['', '', ''] }]);

it.each([[' p ', 'P'], ['p + m', 'P+M'], ['pg', 'Pg'], ['x', 'X'], ['-', '-'], ['', '']])('reads "%s"', (text, cell) => expect(clean(text, kinds)).toBe(cell));
it.each([['P', undefined], ['P+M', undefined], ['P+X', 'X'], ['-', undefined], ['', undefined]])('knows the turns of "%s"', (cell, unknown) => expect(unknownIn(cell, kinds)).toBe(unknown));

describe('a paste from a sheet', () => {
  it('is laid down from its corner', () => expect(paste(grid, ['1', '2'], { row: 0, day: 1 }, 's\tm\r\nl\t\r\n', kinds)).toEqual({ 1: ['P', 'S', 'M'], 2: ['', 'L', ''] }));
  it('leaves out what falls outside', () => expect(paste(grid, ['1', '2'], { row: 1, day: 2 }, 'p\ts\nm', kinds)).toEqual({ 1: ['P', '', 'M'], 2: ['', '', 'P'] }));
  it('does not touch what it was given', () => expect(grid[1]).toEqual(['P', '', 'M']));
});

it.each([['M', 'P', true], ['P+M', 'P', true], ['M', 'Pg', false], ['M', 'L', false], ['S', 'P', false], ['', 'P', false]])('whether %s runs into %s', (day, next, does) => expect(runsInto(day, next, kinds)).toBe(does));

describe('the month before', () => {
  it('fills empty cells alone', () => expect(copyFrom(grid, { 1: ['L', 'S', 'S', 'P'], 2: ['M'] }, kinds)).toEqual({ grid: { 1: ['P', 'S', 'M'], 2: ['M', '', ''] }, copied: 2 }));
  it('leaves out what a night of its last day runs into, or runs into what stands', () => expect(copyFrom(gridOf([{ employee: '1', turns: ['', '', 'P'] }]), { 1: ['P', 'M', 'L', 'M'] }, kinds)).toEqual({ grid: { 1: ['', '', 'P'] }, copied: 0 }));
});

it('sends what changed: emptied cells take back, others are left', () => {
  const next = { 1: ['', 'S', 'M'], 2: ['', '', ''] };
  expect(changes(grid, next)).toEqual([{ employee: '1', turns: ['-', 'S', ''] }]);
  expect(countChanges(grid, next)).toBe(2);
  expect(changes(grid, grid)).toEqual([]);
});

it('finds the cell a refusal points at', () => {
  const sent = [{ employee: '7', turns: [] }, { employee: '9', turns: [] }];
  expect(cellOf('/lines/1/turns/14', sent)).toEqual({ employee: '9', day: 14 });
  expect(cellOf('/lines/5/turns/14', sent)).toBeUndefined();
  expect(cellOf('/month', sent)).toBeUndefined();
});
