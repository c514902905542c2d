// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import { awaited, missing, outside, type Counters } from './parts';

const none: Counters = { expected: 0, office: 0, home: 0, anywhere: 0, outside_duty: 0, on_leave: 0, day_off: 0, present: 0, present_office: 0, present_home: 0, late: 0, unconfirmed: 0, left_work: 0, report_due: 0, report_filed: 0, report_verified: 0, report_returned: 0, excused: 0, paper_awaited: 0 };

it('says of everybody expected where he is, so that the figures add up', () => {
  const c = { ...none, expected: 576, present: 396, present_office: 300, present_home: 95, outside_duty: 4, excused: 22, paper_awaited: 13 };
  expect([missing(c), outside(c), awaited(c)]).toEqual([158, 3, 6]);
  expect(c.present + missing(c) + c.paper_awaited + outside(c) + awaited(c)).toBe(c.expected);
});
