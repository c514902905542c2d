// @vitest-environment happy-dom
/* The figures and days of the recap, as its screens count and word them. */
import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, describe, expect, it } from 'vitest';
import { monthAtWork } from './recapmonth';
import { cellText, columns, PersonDays, shown, type Cell, type Figures } from './recapparts';

const keys = ['office', 'home', 'anywhere', 'outside_duty', 'sick_leave', 'sick_unattested', 'permit', 'annual_leave', 'long_leave', 'maternity_leave', 'important_leave', 'unpaid_leave', 'joint_leave', 'training', 'study', 'absent', 'waits', 'open', 'off', 'late_1', 'late_2', 'late_3', 'late_4', 'early_1', 'early_2', 'early_3', 'early_4', 'no_out', 'late_minutes', 'early_minutes', 'worked_minutes', 'made_up_minutes', 'relieved_minutes', 'reports_due', 'reports_filed', 'reports_verified', 'counts_sick', 'counts_permit', 'counts_leave', 'counts_study', 'late_times'] as const;
const figures = (some: Partial<Record<(typeof keys)[number], number>>) => Object.fromEntries(keys.map(k => [k, some[k] ?? 0])) as unknown as Figures;
const cell = (day: string, some: Partial<Cell>): Cell => ({ day, figure: 'office', late_minutes: 0, early_minutes: 0, worked_minutes: 0, made_up_minutes: 0, relieved_minutes: 0, late_class: 0, early_class: 0, no_out: false, report: 'not_due', counts_as: 'none', ...some }) as Cell;
const of = (key: string) => columns.find(c => c.key === key)!;

describe('columns', () => {
  it('sum presence, sickness and leave', () => {
    const f = figures({ office: 12, home: 4, outside_duty: 1, sick_leave: 2, sick_unattested: 1, annual_leave: 3, joint_leave: 1, training: 1, counts_sick: 3, counts_leave: 4, counts_study: 1, waits: 1, open: 2, worked_minutes: 8946 });
    expect(['present', 'sick', 'leave', 'study', 'waits', 'absent'].map(k => of(k).of(f))).toEqual([17, 3, 4, 1, 3, 0]);
    expect(shown(of('worked_minutes'), f)).toBe('149:06');
    expect(shown(of('absent'), f)).toBe('–');
  });
  it('know the days they count', () => {
    const days = [cell('2025-11-03', { late_class: 2, late_minutes: 33 }), cell('2025-11-04', { figure: 'home', report: 'verified' }), cell('2025-11-05', { figure: 'sick_unattested', counts_as: 'sick' }), cell('2025-11-06', { made_up_minutes: 20 }), cell('2025-11-07', { figure: 'maternity_leave', counts_as: 'sick' })];
    expect(['present', 'late_2', 'late_times', 'sick', 'leave', 'reports_due', 'reports_verified', 'absent'].map(k => days.filter(of(k).has).length)).toEqual([3, 1, 2, 2, 0, 1, 1, 0]);
  });
});

it('opens on the month that is being closed until the tenth', () => {
  expect(['2025-12-01', '2025-12-10', '2025-12-11', '2026-01-03', '2025-03-10'].map(monthAtWork)).toEqual(['2025-11-01', '2025-11-01', '2025-12-01', '2025-12-01', '2025-02-01']);
});

it('a day says what it came to', () => {
  expect(cellText(cell('2025-11-03', { late_minutes: 12, late_class: 1, no_out: true, report: 'due' }))).toBe('Di kantor, terlambat 12 menit (TL1), tanpa presensi pulang, laporan belum ada');
  expect(cellText(cell('2025-11-03', { figure: 'absent' }))).toBe('Tanpa keterangan');
});

describe('a person', () => {
  afterEach(cleanup);
  it('late too often is told with the rule, where it comes from, and that nothing is cut', () => {
    const rule = { times: 5, legal_basis: 'PermenPANRB 6/2018 Pasal 4', verified: false }, days = Array.from({ length: 6 }, (_, i) => cell(`2025-11-0${i + 1}`, { late_minutes: 9 }));
    render(<PersonDays employee="1" figures={figures({ office: 6, late_times: 6 })} days={days} limit={rule} chosen="late_times" />);
    expect(screen.getByText('Terlambat 6 kali pada bulan ini; batasnya 5 kali.')).toBeTruthy();
    expect(screen.getByText('PermenPANRB 6/2018 Pasal 4.')).toBeTruthy();
    expect(screen.getByText('contoh, belum diverifikasi')).toBeTruthy();
    expect(screen.getAllByRole('listitem').filter(l => l.querySelector('.dayrow'))).toHaveLength(6);
  });
  it('has every figure open to the days it counts', () => {
    render(<PersonDays employee="1" figures={figures({ office: 1, home: 1, late_1: 1, late_minutes: 12 })} days={[cell('2025-11-03', { late_minutes: 12, late_class: 1 }), cell('2025-11-06', { figure: 'home' })]} />);
    expect(screen.getAllByRole('listitem').filter(l => l.querySelector('.dayrow'))).toHaveLength(2);
    fireEvent.click(screen.getByRole('button', { name: /Di rumah \(WFH\)/ }));
    expect(screen.getAllByRole('listitem').filter(l => l.querySelector('.dayrow'))).toHaveLength(1);
    expect(screen.getByRole('heading', { name: 'Di rumah (WFH)' })).toBeTruthy();
  });
});
