// @vitest-environment happy-dom
/* What differs between two rosters, cell by cell: also of who came, who left, and where a letter is not set. */
import { cleanup, render, screen } from '@testing-library/preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { api } from '../base/api';
import { compare, DifferenceDialog, type Side } from './difference';
import { madeSheet } from './madesheet';
import { w } from './officewords';
import type { Version } from './steps';

/* Monday 1 to Sunday 7 December; one person */
const sheetOf = (days: string, was = '') => { const s = madeSheet(10, 7); s.people = s.people.slice(0, 1); Object.assign(s.people[0]!, { days, was }); return s; };
const sideOf = (...lines: [string, string][]): Side => new Map(lines.map(([employee, days]) => [employee, { name: `Pegawai ${employee}`, days }]));
const said = (sheet: ReturnType<typeof sheetOf>, side: Side) => compare(sheet, side).map(d => [d.employee, d.only, d.cells.map(c => `${c.day.slice(8)}${c.before}${c.after}`).join(' ')]);

afterEach(() => { cleanup(); vi.restoreAllMocks(); });

describe('two rosters', () => {
  it.each<[string, string, Side, unknown[]]>([
    ['of the same letters', 'KRKKKLL', sideOf(['1000', 'KRKKKLL']), []],
    ['with another letter', 'KRKKKLL', sideOf(['1000', 'RKKKKLL']), [['1000', undefined, '01RK 02KR']]],
    ['with a letter that is not set', 'KRK-KLL', sideOf(['1000', '-RKRK--'], ['2', 'KRKKKLL']), [['1000', undefined, '01-K 04R-'], ['2', 'there', '01K- 02R- 03K- 04K- 05K-']]],
    ['with somebody who came', 'KRKKKLL', sideOf(['2', 'R---KLL']), [['1000', 'here', '01-K 05-K'], ['2', 'there', '01R- 05K-']]],
    ['on days of which one says nothing', 'KRKKKLL', sideOf(['1000', 'RK-----']), [['1000', undefined, '01RK 02KR']]],
    ['of which one says nothing at all', 'KRKKKLL', sideOf(), []],
  ])('%s', (_name, days, side, expected) => {
    expect(said(sheetOf(days), side)).toEqual(expected);
  });
});

it('what is in force is of the people on the sheet, and of those who left it', async () => {
  const version = (id: string, published_at: string, period_from: string) => ({ id, unit: '1', unit_name: 'Dinas', state: 'published', source: 'generated', made_at: published_at, published_at, period_from, period_to: '2025-12-07' });
  const lines: Record<string, object[]> = { 7: [{ employee: '1000', name: 'Sri', days: 'RRRRRLL' }, { employee: '2', name: 'Joko', days: 'KRKKKLL' }], 8: [{ employee: '2', name: 'Joko', days: 'R--' }] };
  const get = (path: string, { params }: { params: { path?: { version: string } } }) => Promise.resolve({ data: path.endsWith('{version}') ? { lines: lines[params.path!.version] } : { items: [version('8', '2025-11-20T00:00:00Z', '2025-12-05'), version('7', '2025-11-10T00:00:00Z', '2025-12-01')] } });
  vi.spyOn(api, 'GET').mockImplementation(get as never);
  const v = { id: '9', unit: '1', unit_name: 'Dinas', period_from: '2025-12-01', period_to: '2025-12-07' } as Version;
  render(<DifferenceDialog v={v} sheet={sheetOf('KRKKKLL', 'RRKKKLL')} onClose={() => undefined} />);
  const gone = (await screen.findByText('Joko')).closest('li')!;
  expect(gone.textContent).toContain(w().only.there);
  expect([...gone.querySelectorAll('.letter')].map(l => l.textContent).join('')).toBe('K-R-K-K-R-');
  screen.getByText(w().cells('6', '2'));
});
