// @vitest-environment happy-dom
import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import type { OutboxItem } from '../base/store';
import { punched, standing, type Today } from './today';

const office = { mode: 'office', starts: '07:30', ends: '16:00' } as const;
/* Thursday 13 November 2025 as the server told it, with the days that it foretold */
const copy = {
  day: '2025-11-13', zone: 'WIB', mode: 'home', starts: '07:30', ends: '16:00', place_rule: 'anywhere', duty: 'daily_items', report_state: 'submitted',
  in_at: '2025-11-13T00:03:00.000Z', out_at: '2025-11-13T09:05:00.000Z', sites: [{ name: 'Kantor' }],
  next_days: [{ day: '2025-11-14', ...office }, { day: '2025-11-15', mode: 'off' }, { day: '2025-11-16', mode: 'off' }, { day: '2025-11-17', ...office, mode: 'leave' }],
} as unknown as Today;
const night = { ...copy, mode: 'office', starts: '19:00', ends: '31:00', in_at: '2025-11-13T11:50:00.000Z', out_at: undefined } as Today;
const wib = (text: string) => new Date(`${text}:00+07:00`);

describe('standing', () => {
  it.each([['at noon', '2025-11-13T12:00'], ['at midnight', '2025-11-14T00:00'], ['until work lets in again', '2025-11-14T03:29']])('is the copy %s', (_name, at) => {
    expect(standing(copy, wib(at))).toMatchObject({ ...copy, guessed: false });
  });
  it('is the next morning what the copy foretold, with nothing recorded yet', () => {
    const day = standing(copy, wib('2025-11-14T03:30'));
    expect(day).toMatchObject({ day: '2025-11-14', ...office, place_rule: 'site', sites: copy.sites, report_state: 'none', guessed: true });
    expect([day.in_at, day.out_at]).toEqual([undefined, undefined]);
    expect(day.next_days.map(d => d.day)).toEqual(['2025-11-14', '2025-11-15', '2025-11-16', '2025-11-17']);
  });
  it.each([
    ['a day off opens at four', '2025-11-15T03:59', '2025-11-14', 'office'], ['a day off', '2025-11-15T04:00', '2025-11-15', 'off'],
    ['a day of leave', '2025-11-17T09:00', '2025-11-17', 'leave'], ['a day nobody foretold', '2025-11-18T09:00', '2025-11-18', undefined], ['a week later', '2025-11-25T09:00', '2025-11-25', undefined],
  ])('%s', (_name, at, day, mode) => {
    expect(standing(copy, wib(at))).toMatchObject({ day, ...(mode && { mode }) });
    expect(standing(copy, wib(at)).mode).toBe(mode);
  });
  it('asks for no position on a day off', () => {
    expect(standing(copy, wib('2025-11-15T09:00')).place_rule).toBe('anywhere');
  });
  it.each([
    ['at the office by the last day foretold', copy, 'site'],
    ['at home by the last day foretold', { ...copy, place_rule: 'site', next_days: [{ day: '2025-11-14', ...office, mode: 'home' }, copy.next_days[1]] }, 'anywhere'],
    ['at the office by the copy, nothing but days off foretold', { ...copy, place_rule: 'site', next_days: [copy.next_days[1]] }, 'site'],
    ['at home by the copy, nothing but days off foretold', { ...copy, next_days: [copy.next_days[1]] }, 'anywhere'],
  ] as [string, Today, string][])('on a day nobody foretold goes by the last known day of work: %s', (_name, known, rule) => {
    expect(standing(known, wib('2025-11-20T09:00'))).toMatchObject({ place_rule: rule, guessed: true });
    expect(standing(known, wib('2025-11-20T09:00')).mode).toBeUndefined();
  });
  it.each([['2025-11-14T06:50', '2025-11-13'], ['2025-11-14T06:59', '2025-11-13'], ['2025-11-14T07:00', '2025-11-14']])('a night shift lasts until its end: %s', (at, day) => {
    expect(standing(night, wib(at)).day).toBe(day);
  });
  it('before a day off a late way out is still of the night', () => {
    const before = { ...night, next_days: copy.next_days.slice(1).map((d, n) => (n ? d : { ...d, day: '2025-11-14' })) } as Today;
    expect(standing(before, wib('2025-11-14T10:59')).day).toBe('2025-11-13');
    expect(standing(before, wib('2025-11-14T11:00')).day).toBe('2025-11-14');
  });
});

describe('punched', () => {
  const open = { ...copy, in_at: undefined, out_at: undefined } as Today, day = standing(open, wib('2025-11-13T12:00')), asOf = wib('2025-11-13T08:00').toISOString();
  const press = (direction: string, at: string, more: Partial<OutboxItem> = {}): OutboxItem =>
    ({ id: at, owner: '41', kind: 'punch', made_at: wib(at).toISOString(), tries: 0, state: 'waiting', body: { direction, phone_at: wib(at).toISOString() }, ...more });
  const at = (text: string) => wib(text).toISOString();

  it('counts what waits, and what was sent after the copy was given', () => {
    const sent = press('in', '2025-11-13T07:20', { state: 'sent', received_at: at('2025-11-13T08:01') });
    expect(punched(day, asOf, [sent, press('out', '2025-11-13T16:01')])).toEqual({ in: at('2025-11-13T07:20'), out: at('2025-11-13T16:01') });
  });
  it('counts neither what the copy knows already nor what was refused nor a report', () => {
    const items = [press('in', '2025-11-13T07:20', { state: 'sent', received_at: at('2025-11-13T07:21') }), press('in', '2025-11-13T07:20', { state: 'rejected' }), press('in', '2025-11-13T07:20', { kind: 'report' })];
    expect(punched(day, asOf, items)).toEqual({ in: undefined, out: undefined });
  });
  it('leaves yesterday\'s to yesterday', () => {
    expect(punched(standing(copy, wib('2025-11-14T07:25')), asOf, [press('in', '2025-11-13T07:20'), press('out', '2025-11-13T16:00')])).toEqual({ in: undefined, out: undefined });
  });
  it('takes the first in and the last out', () => {
    expect(punched(standing(copy, wib('2025-11-13T17:00')), asOf, [press('in', '2025-11-13T12:00'), press('out', '2025-11-13T16:30')]))
      .toEqual({ in: copy.in_at, out: at('2025-11-13T16:30') });
  });
  it('goes by the server\'s time, not by the phone\'s', () => {
    const slow = press('in', '2025-11-13T07:20', { body: { direction: 'in', phone_at: at('2024-11-13T07:20'), offset_ms: 365 * 86_400_000 } });
    expect(punched(day, asOf, [slow]).in).toBe(at('2025-11-13T07:20'));
  });
});
