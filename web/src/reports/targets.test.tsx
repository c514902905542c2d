// @vitest-environment happy-dom
/* Sasaran kinerja: a year's plan and a quarter's stand beside each other, and each is offered until it is there. */
import { cleanup, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { me } from '../base/session';
import { TargetsPage } from './targets';

const plan = (period: 'annual' | 'quarterly', first_day: string, last_day: string) => ({ plan: first_day + period, owner: '41', owner_name: 'Ani', period, first_day, last_day, revision: 1, state: 'agreed', version: 1, targets: [], targets_count: 0, may_decide: false });
const annual = plan('annual', '2025-01-01', '2025-12-31'), quarter = plan('quarterly', '2025-10-01', '2025-12-31'), before = plan('quarterly', '2025-07-01', '2025-09-30');
let items: object[] = [];
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2025-11-13T09:00:00+07:00') });
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(JSON.stringify({ items }), { headers: { 'content-type': 'application/json' } })));
  me.value = { employee: '41', government: { zone: 'WIB' } } as never;
});
afterEach(() => { cleanup(); vi.useRealTimers(); vi.unstubAllGlobals(); });

it.each([
  ['neither', [], ['Susun SKP', 'Susun per triwulan']], ['the year', [annual], ['Susun per triwulan']], ['the year and a quarter that is over', [annual, before], ['Susun per triwulan']],
  ['the quarter', [quarter], ['Susun SKP']], ['both', [annual, quarter], []],
])('of %s there is, the other is offered', async (_, there, offered) => {
  items = there;
  render(<TargetsPage />);
  await waitFor(() => expect(document.querySelectorAll('section.card').length).toBe(1 + Math.max(there.length, there.some(p => p.period === 'annual') ? 0 : there.length + 1)));
  await waitFor(() => expect(screen.queryAllByRole('button', { name: /^Susun/ }).map(b => b.textContent)).toEqual(offered));
});
