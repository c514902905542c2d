// @vitest-environment happy-dom
/* Until when a report is on time is said before it is sent, also without a signal; after that, that it is still taken. */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { cleanup, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { today } from '../attendance/today';
import { now, route } from '../base/shell';
import { me } from '../base/session';
import { closeStore, keepCopy } from '../base/store';
import { untilText } from '../base/format';
import { isOver, needsReason, ReportPage, toBody } from './form';

let person = 180;
beforeEach(async () => {
  await closeStore();
  globalThis.indexedDB = new IDBFactory();
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
});
afterEach(() => { cleanup(); vi.useRealTimers(); vi.unstubAllGlobals(); });

it.each([
  ['2025-11-13T17:00:00.000Z', 'Kam, 13 Nov 24.00'], ['2025-11-14T03:00:00.000Z', 'Jum, 14 Nov 10.00'],
])('%s is %s', (at, text) => { expect(untilText(at, 'WIB')).toBe(text); });
it.each([
  ['on the day', '2025-11-13T15:00', 'Tepat waktu bila dikirim sebelum Jum, 14 Nov 10.00.'],
  ['the next morning', '2025-11-14T09:59', 'Tepat waktu bila dikirim sebelum Jum, 14 Nov 10.00.'],
  ['after that', '2025-11-14T10:00', 'Batas tepat waktunya Jum, 14 Nov 10.00. Laporan tetap diterima dan ditandai terlambat.'],
])('is said without a signal %s', async (_when, at, says) => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date(`${at}:00+07:00`) });
  now.value = new Date();
  const employee = String(++person), copy = { zone: 'WIB', mode: 'office', place_rule: 'site', sites: [], returned: [], windows: [], day: '2025-11-13', starts: '07:30', ends: '16:00', duty: 'daily_items', report_state: 'none', on_time_until: '2025-11-14T03:00:00.000Z', next_days: [] };
  await keepCopy(`${employee}/me/today`, copy, '2025-11-13T07:00:00.000Z');
  me.value = { employee, government: { zone: 'WIB' } } as never;
  route.value = '/laporan?hari=2025-11-13';
  await today.refresh();
  render(<ReportPage />);
  await waitFor(() => screen.getByText(says));
});
it.each([
  ['in time', '2025-11-14T09:59', 'none', '', false],
  ['late and silent', '2025-11-14T10:00', 'none', '', true],
  ['late and too short', '2025-11-14T10:00', 'draft', '  lupa    ', true],
  ['late and explained', '2025-11-14T10:00', 'draft', 'Jaringan terputus.', false],
  ['sent back, as timely as it was', '2025-11-20T10:00', 'returned', '', false],
] as const)('a reason is asked of what is late: %s', (_case, at, state, late_reason, needs) => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date(`${at}:00+07:00`) });
  const r = { state, on_time_until: '2025-11-14T03:00:00.000Z' };
  expect(needsReason(r, { late_reason })).toBe(needs);
  expect(isOver(r)).toBe(at !== '2025-11-14T09:59' && state !== 'returned');
});
it('the reason goes with what is handed in, not with a draft', () => {
  const d = { items: [], obstacle: '', late_reason: ' Jaringan terputus. ' };
  expect(toBody('2025-11-13', 0, d, true)).toMatchObject({ late_reason: 'Jaringan terputus.' });
  expect(toBody('2025-11-13', 0, d, false)).not.toHaveProperty('late_reason');
});
