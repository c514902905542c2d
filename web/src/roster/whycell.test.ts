// @vitest-environment happy-dom
/* Why a cell stands as it does: the week counts from its Monday, also where the period begins later. */
import { expect, it } from 'vitest';
import { madeSheet } from './madesheet';
import { w } from './officewords';
import { reasons } from './whycell';

/* Wednesday 3 December on */
function sheet() {
  const s = madeSheet(10, 10, 5, '2025-12-03');
  Object.assign(s.people[0]!, { days: 'RKKLLKKRKK', cells: '...LL.....', week_most: [2, 2, 2], lead: 1, lead_edges: 1 });
  return s;
}
it.each([[0, '2'], [7, '1']])('a day of the week of day %i', (day, count) => {
  expect(reasons(sheet(), 0, day)).toContain(w().week(count, '2'));
});
