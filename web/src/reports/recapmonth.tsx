/* The month of a recap: which one, and from one to the next, not beyond this one. */
import { serverNow } from '../base/api';
import { addDays, dayIn } from '../base/format';
import { zone } from '../base/shell';
import { w } from './recapwords';

const CLOSING_DAYS = 10;

/** The month an office works on: in the first days of a month it closes the one before. */
export const monthAtWork = (today: string) => addDays(today, Number(today.slice(8)) > CLOSING_DAYS ? 0 : -CLOSING_DAYS).slice(0, 8) + '01';

export function MonthSteps({ month, onMonth }: { month: string; onMonth: (month: string) => void }) {
  const next = addDays(month, 32).slice(0, 8) + '01';
  return <span class="row noprint"><button type="button" class="link sm" onClick={() => onMonth(addDays(month, -1).slice(0, 8) + '01')}>{w().previous}</button>{next <= dayIn(serverNow(), zone()) && <button type="button" class="link sm" onClick={() => onMonth(next)}>{w().next}</button>}</span>;
}
