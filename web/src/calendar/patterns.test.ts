// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { dayRows, hourLines } from './patterns';

const day = (cycle_day: number, starts: string, ends: string, rest?: [string, string]) => ({ regime: 'normal' as const, cycle_day, starts, ends, ...(rest ? { break_starts: rest[0], break_ends: rest[1] } : {}) });

describe('hours of a pattern in words', () => {
  it('days alike stand together', () => expect(hourLines({ cycle_days: 7, days: [day(0, '07:30', '16:00', ['12:00', '13:00']), day(1, '07:30', '16:00', ['12:00', '13:00']), day(4, '07:30', '16:30', ['11:30', '13:00'])] }, 'normal'))
    .toEqual(['Senin–Selasa 07.30–16.00 (istirahat 12.00–13.00)', 'Jumat 07.30–16.30 (istirahat 11.30–13.00)']));
  it('a night ends on the next day, a cycle counts its days', () => expect(hourLines({ cycle_days: 9, days: [day(4, '21:00', '31:00'), day(5, '21:00', '31:00')] }, 'normal')).toEqual(['Hari ke-5–6 21.00–07.00 (+1)']));
  it('another regime has its own', () => expect(hourLines({ cycle_days: 7, days: [day(0, '07:30', '16:00')] }, 'ramadan')).toEqual([]));
});

const row = (starts: string, ends: string, rest = '', until = '') => ({ works: true, starts, ends, rest, until });
describe('what a table of hours sends', () => {
  it.each([
    ['an ordinary day', row('07:30', '16:00', '12:00', '13:00'), { starts: '07:30', ends: '16:00', break_starts: '12:00', break_ends: '13:00' }],
    ['a night', row('20:45', '07:15'), { starts: '20:45', ends: '31:15' }],
    ['a night with its rest after midnight', row('20:45', '07:15', '01:00', '02:00'), { starts: '20:45', ends: '31:15', break_starts: '25:00', break_ends: '26:00' }],
  ])('%s', (_what, r, sent) => expect(dayRows([r], 'normal', 0)).toEqual([{ regime: 'normal', cycle_day: 0, ...sent }]));
  it('leaves out free days, and says dynamic hours', () => expect(dayRows([{ ...row('07:00', '14:00'), works: false }, row('06:00', '20:00')], 'normal', 450)).toEqual([{ regime: 'normal', cycle_day: 1, starts: '06:00', ends: '20:00', asked_minutes: 450 }]));
});
