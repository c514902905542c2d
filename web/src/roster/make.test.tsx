// @vitest-environment happy-dom
/* What the dialog of a new draft sends: a roster that is mended keeps what its planner set. */
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, expect, it, vi } from 'vitest';
import { api } from '../base/api';
import { MakeDialog, type Settings } from './make';
import { w } from './officewords';

afterEach(() => { cleanup(); vi.restoreAllMocks(); });

const settings: Settings = { weekdays: [2, 4], percent: 30, least: 4, most: 8, edge_once: true, team_day: true, run_most: 2, edge_most: 3, seed: 7, office: [{ unit: '11', weekdays: [3] }] };
const { least: _, most: _m, edge_most: _e, ...left } = settings;

it.each([
  ['the whole period', '2025-12-01', settings, false],
  ['what is left of it: no count of the whole period', '2025-12-10', left, true],
])('%s is mended with the settings of the version', async (_name, from, sent, isTold) => {
  const post = vi.spyOn(api, 'POST').mockResolvedValue({ data: { id: '9', revision: 2 } } as never), onMade = vi.fn();
  vi.spyOn(api, 'GET').mockResolvedValue({ data: { items: [], units: [] } } as never);
  render(<MakeDialog unit="1" unitName="Dinas" from={from} to="2025-12-31" keeps mended={{ from: '2025-12-01', settings }} onMade={onMade} onClose={() => undefined} />);
  expect(screen.getByText(w().more).closest('details')!.open).toBe(true);
  expect(!!screen.queryByText(w().replanLeft)).toBe(isTold);
  fireEvent.click(screen.getByRole('button', { name: w().compute }));
  await waitFor(() => expect(onMade).toHaveBeenCalledWith('9'));
  expect(post).toHaveBeenCalledWith('/api/v1/roster/versions', { body: { unit: '1', period_from: from, period_to: '2025-12-31', settings: sent, keeps: true } });
});
it('a new roster begins with nothing set', () => {
  vi.spyOn(api, 'GET').mockResolvedValue({ data: { items: [], units: [] } } as never);
  render(<MakeDialog unit="1" unitName="Dinas" from="2025-12-01" to="2025-12-31" onMade={() => undefined} onClose={() => undefined} />);
  expect(screen.getByText(w().more).closest('details')!.open).toBe(false);
});
