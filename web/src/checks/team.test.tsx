// @vitest-environment happy-dom
/* Beside a call that was missed stands how many there were; beside others nothing. */
import { cleanup, render, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { me } from '../base/session';
import { TeamChecks } from './team';

const check = (id: string, name: string, more: object) => ({ id, employee: id, name, unit_name: 'Bidang I', day: '2025-11-13', kind: 'answer', opens_at: '2025-11-13T03:00:00.000Z', closes_at: '2025-11-13T03:30:00.000Z', until_at: '2025-11-13T04:00:00.000Z', is_signed: false, place: 'none', distance: 'none', may_answer: false, may_see: false, ...more });
const items = [check('1', 'Ani', { state: 'unanswered', missed_week: 1, missed_month: 3 }), check('2', 'Budi', { state: 'unreachable' })];
beforeEach(() => {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(JSON.stringify({ day: '2025-11-13', call_minutes: 30, call_come_minutes: 120, call_day_max: 2, call_week_max: 4, last_minutes: 30, items }), { headers: { 'content-type': 'application/json' } })));
  me.value = { employee: '41', government: { zone: 'WIB' } } as never;
});
afterEach(() => { cleanup(); vi.unstubAllGlobals(); });

it('tells how often, and no verdict', async () => {
  render(<TeamChecks />);
  await screen.findByText('Panggilan yang tidak dijawab pada waktunya: 1 minggu ini, 3 bulan ini.');
  expect(screen.getAllByText(/^Panggilan yang tidak dijawab/)).toHaveLength(1);
});
