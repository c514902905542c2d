import { afterEach, describe, expect, it } from 'vitest';
import { addDays, clock, clockSeconds, dayIn, dayOfMonth, initials, longDay, minute, minuteIn, mondayOf, monthName, number, percent, shortDay, shortFullDay, span, stamp, type Zone } from './format';
import { lang } from './i18n';

afterEach(() => { lang.value = 'id'; });

describe('office time', () => {
  it.each([
    ['2025-11-13T00:20:00.000Z', 'WIB', '07.20', '2025-11-13'],
    ['2025-11-13T00:20:00.000Z', 'WITA', '08.20', '2025-11-13'],
    ['2025-11-13T00:20:00.000Z', 'WIT', '09.20', '2025-11-13'],
    ['2025-11-12T16:59:59.999Z', 'WIB', '23.59', '2025-11-12'],
    ['2025-11-12T17:00:00.000Z', 'WIB', '00.00', '2025-11-13'],
    ['2025-11-12T16:00:00.000Z', 'WITA', '00.00', '2025-11-13'],
    ['2025-12-31T15:00:00.000Z', 'WIT', '00.00', '2026-01-01'],
  ] as [string, Zone, string, string][])('%s is %s %s on %s', (at, zone, text, day) => {
    expect(clock(at, zone)).toBe(text);
    expect(dayIn(new Date(at), zone)).toBe(day);
    expect(minuteIn(new Date(at), zone)).toBe(Number(text.slice(0, 2)) * 60 + Number(text.slice(3)));
  });
  it('shows seconds, and a stamp with its day', () => {
    expect(clockSeconds(new Date('2025-11-13T00:20:07Z'), 'WIB')).toBe('07.20.07');
    expect(stamp('2025-11-13T17:05:00Z', 'WIB')).toBe('Jum, 14 Nov 00.05');
  });
});

it('has a colon in English', () => {
  lang.value = 'en';
  expect([clock('2025-11-13T00:20:00.000Z', 'WIB'), clockSeconds(new Date('2025-11-13T00:20:07Z'), 'WIB'), minute('31:15')]).toEqual(['07:20', '07:20:07', '07:15 (+1)']);
});

it.each([['07:30', '07.30'], ['00:00', '00.00'], ['23:59', '23.59'], ['24:00', '00.00 (+1)'], ['31:15', '07.15 (+1)']])('minute %s reads %s', (from, to) => {
  expect(minute(from)).toBe(to);
});

describe('days', () => {
  it('speaks Indonesian, and English when asked', () => {
    expect(longDay('2025-11-13')).toBe('Kamis, 13 November 2025');
    expect(shortDay('2025-11-13')).toBe('Kam, 13 Nov');
    expect(monthName('2026-03-01')).toBe('Maret 2026');
    expect(dayOfMonth('2025-11-03')).toBe('3');
    lang.value = 'en';
    expect(longDay('2025-11-13')).toMatch(/^Thursday,? 13 November 2025$/);
  });
  it('writes a span as shortly as it is clear', () => {
    expect(shortFullDay('2025-11-03')).toBe('3 Nov 2025');
    expect(span('2025-11-10', '2025-11-16')).toBe('10–16 November 2025');
    expect(span('2025-11-10', '2025-11-10')).toBe('10 November 2025');
    expect(span('2025-11-24', '2025-12-07')).toBe('24 November – 7 Desember 2025');
    expect(span('2025-12-29', '2026-01-04')).toBe('29 Desember 2025 – 4 Januari 2026');
  });
  it.each([['2025-11-10', '2025-11-10'], ['2025-11-13', '2025-11-10'], ['2025-11-16', '2025-11-10'], ['2026-01-01', '2025-12-29']])('the week of %s begins on Monday %s', (day, monday) => {
    expect(mondayOf(day)).toBe(monday);
  });
  it('counts over the ends of months, of leap years and of the year', () => {
    expect(addDays('2025-12-31', 1)).toBe('2026-01-01');
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(addDays('2026-03-01', -1)).toBe('2026-02-28');
    expect(addDays('2025-11-01', 32).slice(0, 8) + '01').toBe('2025-12-01');
  });
});

it('writes figures as an Indonesian office does', () => {
  expect(number(36005)).toBe('36.005');
  expect(percent(1, 3)).toBe('33,3%');
  expect([percent(0, 0), percent(4, 25)]).toEqual(['0,0%', '16,0%']);
  expect(minute('31:15', 'esok hari')).toBe('07.15 esok hari');
  lang.value = 'en';
  expect(number(36005)).toBe('36,005');
});

it('takes initials from the name and not from titles', () => {
  expect(initials('Dr. Siti Aminah Lestari, M.Si.')).toBe('SA');
  expect(initials('H. Asep Sunandar, S.E.')).toBe('AS');
  expect(initials('Suparman')).toBe('S');
});
