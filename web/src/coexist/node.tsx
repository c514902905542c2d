/* The unit whose people are looked at: any of the government, or one of one's own; and the month. */
import { useEffect, useState } from 'preact/hooks';
import { ownUnits, seesGovernment } from '../base/access';
import { addDays, monthName } from '../base/format';
import { me } from '../base/session';
import { Field, Note, problemText } from '../base/ui';
import { t } from '../base/words';
import { unitsBelow, UnitPicker, whyNot } from '../org/picker';
import { w } from './words';

/** Calls `onPick` with the unit; of who sees one unit only, at once. `start`: the agency to begin with, if there is one. */
export function NodePicker({ start, onPick }: { start?: () => Promise<string | undefined>; onPick: (unit?: string) => void }) {
  const own = me.value && !seesGovernment(me.value) ? ownUnits(me.value) : undefined;
  const [first, setFirst] = useState<string>(), [problem, setProblem] = useState<ReturnType<typeof whyNot>>(), [chosen, setChosen] = useState(own?.[0]?.id);
  const begin = () => {
    setProblem(undefined);
    if (own) onPick(own[0]?.id);
    else void Promise.all([unitsBelow(), start?.()]).then(([units, id]) => setFirst(id ?? units[0]?.id ?? ''), e => setProblem(whyNot(e)));
  };
  useEffect(begin, []);
  if (problem) return <Note tone="bad" icon="warn">{problemText(problem)} <button type="button" class="link" onClick={begin}>{t().retry}</button></Note>;
  if (own) return own.length < 2 ? <p class="sm strong">{own[0]?.name}</p> : <Field label={w().unit}>{p => <select {...p} value={chosen} onChange={e => { setChosen(e.currentTarget.value); onPick(e.currentTarget.value); }}>{own.map(u => <option key={u.id} value={u.id}>{u.name}</option>)}</select>}</Field>;
  return first === undefined ? null : <UnitPicker start={first} onPick={u => onPick(u?.id)} />;
}

/** A month and the ones beside it; never one that has not begun. */
export function MonthPicker({ month, last, onMonth }: { month: string; last: string; onMonth: (month: string) => void }) {
  const next = addDays(month, 32).slice(0, 8) + '01';
  return <div class="row between"><b>{monthName(month)}</b><span class="row noprint"><button type="button" class="link sm" onClick={() => onMonth(addDays(month, -1).slice(0, 8) + '01')}>{w().previous}</button>{next <= last && <button type="button" class="link sm" onClick={() => onMonth(next)}>{w().following}</button>}</span></div>;
}
