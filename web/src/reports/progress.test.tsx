// @vitest-environment happy-dom
/* Progres Harian: a period of at most 62 days, and the file of that period, one's own or of one's own line. */
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { me } from '../base/session';
import { periodFault, ProgressDialog } from './progress';

const asked: string[] = [];
beforeEach(() => {
  asked.length = 0;
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2025-11-13T09:00:00+07:00') });
  vi.stubGlobal('fetch', (url: string) => { asked.push(url); return Promise.reject(new TypeError('Failed to fetch')); });
  me.value = { employee: '41', government: { zone: 'WIB' } } as never;
});
afterEach(() => { cleanup(); vi.useRealTimers(); vi.unstubAllGlobals(); });

it.each([
  ['2025-11-01', '2025-11-01', undefined], ['2025-11-01', '2026-01-01', undefined], ['2025-11-01', '2026-01-02', 'long'], ['2025-11-02', '2025-11-01', 'order'],
] as const)('%s to %s: %s', (from, to, fault) => { expect(periodFault(from, to)).toBe(fault); });
it.each([[false, '/api/v1/reports/progress?from=2025-11-01&to=2025-11-13&format=xlsx'], [true, '/api/v1/reports/progress-team?from=2025-11-01&to=2025-11-13&format=xlsx']])('asks for this month until today (team: %s)', async (team, url) => {
  render(<ProgressDialog team={team} onClose={() => undefined} />);
  screen.getByText(/belum dicocokkan dengan e-Kinerja/);
  fireEvent.click(screen.getByRole('button', { name: 'Unduh Excel' }));
  await waitFor(() => expect(asked).toEqual([url]));
});
