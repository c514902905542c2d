// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import { monthsFrom } from './wishes';

it.each([
  ['2025-11-13', ['2025-11-01', '2025-12-01', '2026-01-01', '2026-02-01']],
  ['2025-12-31', ['2025-12-01', '2026-01-01', '2026-02-01', '2026-03-01', '2026-04-01']],
  ['2026-01-01', ['2026-01-01', '2026-02-01', '2026-03-01', '2026-04-01']],
])('from %s one may wish in %j', (today, months) => { expect(monthsFrom(today)).toEqual(months); });
