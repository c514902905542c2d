// @vitest-environment happy-dom
/* Ways out of a clash, and that one tap takes them. */
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { api, type Got } from '../base/api';
import { LimitsDialog, remediesOf } from './limits';
import { madeSheet } from './madesheet';
import type { Settings } from './make';
import { w } from './officewords';
import type { Version } from './steps';

type Clash = Got<'/api/v1/roster/versions/{version}/clashes'>['items'][number];
const none: Settings = { weekdays: [], edge_once: false, team_day: false, office: [] };
const places = ['group', 'week', 'edge', 'period', 'cell'] as const;
type Count = Partial<Clash['kinds'][number]>;
/* the lists are cut to nothing: what counts is said by kind */
const clash = (short_by: number, kinds: Partial<Record<(typeof places)[number], Count>>, locks: Clash['locks'] = []): Clash =>
  ({ asked: short_by + 10, let: 10, short_by, asks: [], lets: [], locks, kinds: places.map(place => ({ place, asks: 0, lets: 0, most: 0, ...kinds[place] })) });
const lock = { employee: '1000', day: '2025-12-02' };

afterEach(() => { cleanup(); vi.restoreAllMocks(); });

describe('ways out', () => {
  it.each<[string, Clash, Settings, unknown[]]>([
    ['a day less of each of 300 people', clash(300, { period: { asks: 300, most: 8 } }), { ...none, least: 8 }, [{ least: 7 }]],
    ['no less than what can be asked', clash(10, { period: { asks: 5, most: 4 } }), { ...none, least: 8 }, [{ least: 2 }]],
    ['the share and the edges where they limit', clash(3, { group: { lets: 1 }, edge: { lets: 2 } }), { ...none, percent: 40, edge_once: true }, [{ percent: undefined }, { edge_once: false }]],
    ['nothing of what does not limit', clash(3, { week: { lets: 2 } }), { ...none, percent: 40, edge_once: true }, []],
    ['the locks', clash(1, { cell: { asks: 3, most: 1 } }, [lock]), none, [{ edge_once: false }]],
  ])('%s', (_name, c, settings, expected) => {
    const found = remediesOf(c, settings);
    expect(found).toHaveLength(expected.length);
    expected.forEach((e, i) => expect({ percent: undefined, ...found[i]!.settings }).toMatchObject(e as object));
    expect(found.at(-1)?.unlock).toEqual(c.locks.length ? c.locks : undefined);
  });
});

it('opens the planner\'s own locks, and solves anew', async () => {
  const get = (path: string) => Promise.resolve({ data: path.endsWith('clashes') ? { items: [clash(1, { cell: { asks: 1, most: 1 } }, [lock])], short_by: 1 } : { items: [] } });
  vi.spyOn(api, 'GET').mockImplementation(get as never);
  const post = vi.spyOn(api, 'POST').mockResolvedValue({ data: { id: '9', revision: 5 } } as never), onApplied = vi.fn();
  const v = { id: '9', unit: '1', unit_name: 'Dinas', period_from: '2025-12-01', period_to: '2025-12-14', may_edit: true } as Version;
  render(<LimitsDialog v={v} sheet={madeSheet(10, 14)} settings={none} revision={4} onApplied={onApplied} onClose={() => undefined} />);
  const item = (await screen.findByText(w().remedy.unlock('1'))).closest('li')!;
  fireEvent.click(item.querySelector('button')!);
  await waitFor(() => expect(onApplied).toHaveBeenCalled());
  expect(post).toHaveBeenCalledWith('/api/v1/roster/versions/{version}/solve', { params: { path: { version: '9' } }, body: { revision: 4, settings: none, unlock: [lock] } });
});
