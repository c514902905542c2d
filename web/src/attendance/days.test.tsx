// @vitest-environment happy-dom
/* A day as people read it: what the phone recorded counts, and every code of the server has words. */
import 'fake-indexeddb/auto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cleanup, render, screen } from '@testing-library/preact';
import { afterEach, describe, expect, it } from 'vitest';
import { lang } from '../base/i18n';
import { DayChip, DayDetailView, duration, spanText, type DayDetail } from './days';
import { w } from './words';

afterEach(() => { cleanup(); lang.value = 'id'; });
const at = (text: string) => new Date(`2025-11-13T${text}:00+07:00`).toISOString();
const day = (more: object = {}) => ({
  employee: '41', name: 'Hani', day: '2025-11-13', mode: 'home', source: 'policy', state: 'complete', flags: [], completion: 'done', duty: 'daily_items', report_state: 'verified', worked_minutes: 450, early_minutes: 0, late_minutes: 0, claim_late_minutes: 0, punches: [], reasons: [],
  explain: { mode: 'home', source: 'policy', duty: 'daily_items', place: 'anywhere', steps: [], zone: 'WIB' }, ...more }) as unknown as DayDetail;

/* the names between the braces of an array in C */
const rules = readFileSync(join(import.meta.dirname, '../../../src/attendance/attendance_rules.c'), 'utf8');
const namesOf = (array: string) => [...new RegExp(`${array}\\[\\] = \\{([^}]*)\\}`).exec(rules)![1]!.matchAll(/"(\w+)"/g)].map(m => m[1]!);

describe.each(['id', 'en'] as const)('in %s', l => {
  it('every reason and every flag of attendance_rules.c has words', () => {
    lang.value = l;
    const reasons = namesOf('day_reason_names'), flags = namesOf('punch_flag_names').filter(f => f !== 'unsigned'), marks = namesOf('day_flag_names').filter(f => f !== 'late');
    expect([reasons.length, flags.length, marks.length]).toEqual([31, 8, 6]);
    expect(Object.keys(w().flag).sort()).toEqual(marks.sort());
    expect(Object.keys(w().reason).sort()).toEqual(reasons.sort());
    expect(Object.keys(w().punchFlag).sort()).toEqual(flags.sort());
  });
});

it.each([[0, '0 menit'], [45, '45 menit'], [60, '1 jam'], [510, '8 jam 30 menit']])('%i minutes are %s', (n, text) => {
  expect(duration(n)).toBe(text);
});

it.each([
  [{ in_at: at('07:29'), in_phone_at: at('07:28'), out_at: at('16:05'), out_phone_at: at('16:05') }, '07.28–16.05'],
  [{ in_at: at('09:10'), in_phone_at: at('07:28') }, 'masuk 07.28'],
  [{ in_at: at('07:29'), in_phone_at: at('08:40') }, 'masuk 07.29'],
  [{ in_at: at('07:29') }, 'masuk 07.29'],
  [{ out_at: at('16:05') }, 'pulang 16.05'],
  [{}, ''],
])('%o reads %s', (row, text) => {
  expect(spanText(row, 'WIB')).toBe(text);
});

describe('the chip', () => {
  it.each([
    ['late by no more than the phone admits', { flags: ['late'], late_minutes: 100, claim_late_minutes: 15 }, 'Terlambat 15 menit'],
    ['late where the phone said nothing', { flags: ['late'], late_minutes: 70 }, 'Terlambat 1 jam 10 menit'],
    ['not left, before its report', { state: 'present', flags: ['no_out', 'place_unknown'], completion: 'waits_report' }, 'Belum presensi pulang'],
    ['late by the server alone', { flags: ['late_unconfirmed'], late_minutes: 100 }, 'Waktu perlu dipastikan'],
    ['waiting for the report', { completion: 'waits_report' }, 'Menunggu laporan'],
    ['done', {}, 'Lengkap'],
    ['absent', { state: 'absent' }, 'Tanpa presensi'],
    ['before the agency uses Luwes', { state: 'not_used' }, 'Belum memakai Luwes'],
  ])('%s', (_name, more, text) => {
    render(<DayChip row={day(more)} />);
    expect(screen.getByText(text)).toBeTruthy();
  });
  it.each(['leave', 'off'])('says nothing more on a day of %s', state => {
    expect(render(<DayChip row={day({ state })} />).container.textContent).toBe('');
  });
});

describe('a late decree', () => {
  const decree = (more: object) => day({ late_decrees: [{ kind: 'placement', decree: '821.2/7', effective: '2025-11-05', state: 'open', was: 'Analis, Bidang Jalan', would_be: 'Analis, Sekretariat', reason: '', decided_by: '', ...more }] });
  it.each([
    ['says that the day stays until an officer decides', {}, /SK 821\.2\/7 \(TMT 5 November 2025\) datang setelah hari ini diputus/],
    ['says that the day follows it', { state: 'accepted' }, /Hari ini mengikuti SK 821\.2\/7/],
    ['says that the day stays for good', { state: 'kept' }, /Hari ini tetap seperti yang diputus/],
    ['that came with an import has no number', { decree: '' }, /^Perubahan data ber-TMT 5 November 2025/],
    ['names who decided and why', { state: 'kept', decided_by: 'Gita', decided_at: at('10:00'), reason: 'Laporan tetap berlaku' }, /^Gita, Kam, 13 Nov 10\.00: Laporan tetap berlaku$/],
  ])('%s', (_name, more, text) => {
    render(<DayDetailView d={decree(more)} z="WIB" />);
    expect(screen.getByText(text)).toBeTruthy();
    expect(screen.getByText('Menurut SK: Analis, Sekretariat')).toBeTruthy();
  });
});

describe('a punch', () => {
  const punch = (more: object) => ({ id: '1', source: 'phone', direction: 'in', received_at: at('09:10'), phone_at: at('07:28'), place: 'not_asked', distance_bucket: 'none', flags: ['unsigned'], ...more });
  it.each([
    ['sent later stands at the time of the phone', ['delayed'], 'Masuk 07.28'],
    ['of a phone whose clock is wrong stands at the time of the server', ['delayed', 'phone_clock_off'], 'Masuk 09.10'],
    ['sent at once stands at the time of the server', [], 'Masuk 09.10'],
  ])('%s', (_name, flags, text) => {
    render(<DayDetailView d={day({ punches: [punch({ flags })] })} z="WIB" />);
    expect(document.querySelector('li b')!.textContent).toBe(text);
    expect(screen.getByText(/diterima server Kam, 13 Nov 09\.10 · menurut ponsel 07\.28/)).toBeTruthy();
  });
  it('of another system stands at its own time, with the name of the machine', () => {
    render(<DayDetailView d={day({ punches: [punch({ source: 'external', machine: 'Sidik jari lobi', flags: [], received_at: at('14:00') })] })} z="WIB" />);
    expect(document.querySelector('li b')!.textContent).toBe('Masuk 07.28');
    expect(screen.getByText('dari Sidik jari lobi')).toBeTruthy();
    expect(screen.queryByText(/diterima server/)).toBeNull();
  });
  it('says where, never a point', () => {
    render(<DayDetailView d={day({ punches: [punch({ place: 'outside', distance_bucket: '1000', site: 'Kantor' })], reasons: ['place_outside'] })} z="WIB" />);
    expect(screen.getByText('Di luar area kantor · dalam 1 km · Kantor')).toBeTruthy();
    expect(screen.getByText('Presensi tercatat di luar area kantor.')).toBeTruthy();
  });
});
