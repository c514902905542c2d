import { describe, expect, it } from 'vitest';
import { mayOpen, ownUnits, seesGovernment, tabOf, type OfficeTab } from './access';
import type { Me } from './session';

type Role = Me['roles'][number]['role'];
const who = (...roles: [Role, string?][]) => ({
  employee: '1', roles: roles.map(([role, unit]) => ({ role, acting: 'definitive', letter: '1', valid_from: '2025-01-01', valid_to: '2025-12-31', ...(unit ? { unit, unit_name: `Unit ${unit}` } : {}) })),
}) as unknown as Me;
const tabs: OfficeTab[] = ['board', 'people', 'roster', 'absence', 'recap', 'turns', 'hours', 'policy', 'imports'];
const opens = (me: Me) => tabs.filter(x => mayOpen(me, x));

/* the rows board_government, board_unit, people_read, roster_read, recap_read, policy_read, org_write of test/golden/authorisation.csv */
describe('what a role opens', () => {
  it.each([
    [who(['bkd']), tabs],
    [who(['inspector']), ['board', 'people', 'roster', 'absence', 'recap', 'turns', 'hours', 'policy']],
    [who(['agency_head', '7']), ['board', 'people', 'roster', 'absence', 'recap', 'turns', 'hours', 'policy']],
    [who(['agency_officer', '7']), ['board', 'people', 'roster', 'absence', 'recap', 'turns', 'hours', 'policy']],
    [who(['unit_head', '7']), ['board', 'people', 'roster', 'absence', 'recap', 'turns', 'hours', 'policy']],
    [who(['unit_officer', '7']), ['board', 'people', 'roster', 'absence', 'recap', 'turns', 'hours', 'policy']],
    [who(['operator']), ['hours', 'policy']],
    [who(['council']), ['hours', 'policy']],
    [who(['operator'], ['agency_officer', '7']), ['board', 'people', 'roster', 'absence', 'recap', 'turns', 'hours', 'policy']],
    /* BKD of a part of the tree: the imports and the board of the whole are not his */
    [who(['bkd', '7']), ['board', 'people', 'roster', 'absence', 'recap', 'turns', 'hours', 'policy']],
  ] as const)('%#', (me, expected) => expect(opens(me)).toEqual(expected));

  it('gives the board of the government to a role over all of it alone', () => {
    expect(seesGovernment(who(['bkd']))).toBe(true);
    expect(seesGovernment(who(['bkd', '7']))).toBe(false);
    expect(seesGovernment(who(['operator']))).toBe(false);
    expect(seesGovernment(who(['agency_officer']))).toBe(false);
  });

  it('names each own unit once, also of an acting head of two', () =>
    expect(ownUnits(who(['agency_head', '7'], ['agency_officer', '7'], ['agency_head', '9'], ['council'])).map(u => u.id)).toEqual(['7', '9']));
});

it('opens the first tab that is one\'s own where the path is unknown or another\'s', () => {
  const shown = [{ hash: '#/kebijakan' }, { hash: '#/jadwal' }];
  expect(tabOf(shown, '#/jadwal')).toBe(shown[1]);
  expect(tabOf(shown, '#/')).toBe(shown[0]);
  expect(tabOf(shown, '#/impor')).toBe(shown[0]);
});
