// @vitest-environment happy-dom
/* The notice form: what is missing is said before anything is kept, and what the server takes is exactly what was asked. */
import { describe, expect, it } from 'vitest';
import type { Kind } from './parts';
import { beyond, gapsIn, mayBePart, offered, rowOf, toBody, type Balance, type Draft } from './form';

const draft = (p: Partial<Draft> = {}): Draft => ({ kind: 'sick_leave', from: '2025-11-13', to: '2025-11-13', part: false, from_minute: '08:00', to_minute: '12:00', reason: '', places: '', ...p });
const row = (p: Partial<Kind>): Kind => ({ kind_id: '1', kind: 'sick_leave', name: 'Cuti sakit', decided_by: 'supervisor', document: 'must', document_days: 3, least_days: 1, longest_days: 1, back_days: 3, sensitive: true, part_of_day: false, recap_class: 'sick', for_kinds: ['pns'], legal_basis: 'Perka BKN 24/2017', verified_by: '', valid_from: '2025-01-01', valid_to: '9999-12-31', ...p });

describe('what is missing', () => {
  it.each([
    ['sickness needs no words', draft(), false, []],
    ['annual leave neither', draft({ kind: 'annual_leave' }), false, []],
    ['a permit says what for', draft({ kind: 'permit', reason: 'abc' }), false, ['reason']],
    ['duty has a place', draft({ kind: 'outside_duty', reason: 'Rapat koordinasi' }), false, ['places']],
    ['days turned', draft({ to: '2025-11-12' }), false, ['to']],
    ['hours turned', draft({ kind: 'permit', reason: 'Mengurus akta', from_minute: '12:00', to_minute: '08:00' }), true, ['minutes']],
    ['no first day', draft({ from: '' }), false, ['from']],
  ] as const)('%s', (_what, d, part, expected) => expect(gapsIn(d, part)).toEqual(expected));
});

describe('what is sent', () => {
  it('leaves out what is empty', () => expect(toBody(draft(), false)).toEqual({ kind: 'sick_leave', from: '2025-11-13', to: '2025-11-13' }));
  it('sends hours only for part of a day', () => expect(toBody(draft({ kind: 'permit', reason: ' Mengurus akta ' }), true)).toEqual({ kind: 'permit', from: '2025-11-13', to: '2025-11-13', from_minute: '08:00', to_minute: '12:00', reason: 'Mengurus akta' }));
  it('sends places of duty, a line each', () => expect(toBody(draft({ kind: 'outside_duty', reason: 'Rapat', places: 'Gedung Sate\n\n BPS ' }), false)).toMatchObject({ places: ['Gedung Sate', 'BPS'] }));
  it('sends no place of anything else', () => expect(toBody(draft({ places: 'Gedung Sate' }), false)).not.toHaveProperty('places'));
});

describe('what is left by SIMPEG', () => {
  const left = [{ kind: 'annual_leave', year: 2025, days: 2 }, { kind: 'annual_leave', year: 2024, days: 1 }, { kind: 'long_leave', year: 2025, days: 0 }] as Balance[];
  it.each([
    ['three days, one of them of last year', { to: '2025-11-17' }, undefined], ['a fourth, over a weekend', { to: '2025-11-18' }, 3],
    ['another kind', { kind: 'long_leave', to: '2025-12-31' }, undefined], ['a year of which nothing is known', { from: '2026-01-05', to: '2026-01-30' }, undefined], ['no last day', { to: '' }, undefined],
  ] as const)('%s', (_what, p, expected) => expect(beyond(left, draft({ kind: 'annual_leave', ...p }))).toBe(expected));
});

describe('the rows in force', () => {
  const rows = [row({}), row({ least_days: 2, longest_days: 14, name: 'Cuti sakit 2 sampai 14 hari' }), row({ kind: 'joint_leave', decided_by: 'nobody', longest_days: 0 }), row({ kind: 'permit', part_of_day: true, longest_days: 3 })];
  it('offers what may be asked for, not what comes by letter', () => expect(offered(rows)).toEqual(['sick_leave', 'permit']));
  it('offers the common ones on a phone that never saw the rows', () => expect(offered(undefined)).toContain('annual_leave'));
  it('finds the row that speaks of the days', () => {
    expect(rowOf(rows, draft())?.name).toBe('Cuti sakit');
    expect(rowOf(rows, draft({ to: '2025-11-15' }))?.name).toBe('Cuti sakit 2 sampai 14 hari');
    expect(rowOf(rows, draft({ to: '2025-12-15' }))).toBeUndefined();
  });
  it('knows what may be part of a day', () => {
    expect(mayBePart(rows, 'permit')).toBe(true);
    expect(mayBePart(rows, 'sick_leave')).toBe(false);
    expect(mayBePart(undefined, 'outside_duty')).toBe(true);
  });
});
