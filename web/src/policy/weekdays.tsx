/* Which days of the week: a box for each. */
import { w } from './words';

export function Weekdays({ legend, hint, error, last = 6, value, onChange }: { legend: string; hint?: string; error?: string | false | undefined; last?: 6 | 7; value: readonly number[]; onChange: (days: number[]) => void }) {
  return <fieldset class="row"><legend class="strong sm">{legend}</legend>{[1, 2, 3, 4, 5, 6, 7].slice(0, last).map(d => <label key={d} class="check"><input type="checkbox" checked={value.includes(d)} onChange={e => onChange(e.currentTarget.checked ? [...value, d].sort() : value.filter(x => x !== d))} />{w().weekdays[d]}</label>)}{hint && <span class="xs muted">{hint}</span>}{error && <span class="err" role="alert">{error}</span>}</fieldset>;
}
