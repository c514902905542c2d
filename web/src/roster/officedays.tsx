/* Days of the week on which everybody of a unit is in the office. */
import { useEffect, useState } from 'preact/hooks';
import { Field, Note, problemText } from '../base/ui';
import { t } from '../base/words';
import { unitsBelow, whyNot, type Unit } from '../org/picker';
import type { Problem } from '../base/api';
import { w as orgWords } from '../org/words';
import { Weekdays } from '../policy/weekdays';
import type { Settings } from './make';
import { w } from './officewords';

type Office = NonNullable<Settings['office']>;

/** Which units of the node are all in the office on which weekdays; a unit without a day is not kept. */
export function OfficeDays({ node, value, onChange }: { node: { id: string; name: string }; value: Office; onChange: (o: Office) => void }) {
  const [units, setUnits] = useState<readonly Unit[]>(), [added, setAdded] = useState<readonly string[]>([]), [problem, setProblem] = useState<Problem | 'network'>();
  const ask = () => { setProblem(undefined); unitsBelow(node.id).then(below => setUnits([{ ...node, has_children: below.length > 0 }, ...below]), e => setProblem(whyNot(e))); };
  useEffect(ask, [node.id]);
  const shown = [...value.map(o => o.unit), ...added.filter(id => !value.some(o => o.unit === id))], daysOf = (id: string) => value.find(o => o.unit === id)?.weekdays ?? [];
  const put = (id: string, weekdays: number[]) => {
    if (!weekdays.length && !added.includes(id)) setAdded([...added, id]);
    const rest = value.filter(o => o.unit !== id);
    onChange(weekdays.length ? [...rest, { unit: id, weekdays }].sort((a, b) => shown.indexOf(a.unit) - shown.indexOf(b.unit)) : rest);
  };
  const left = units?.filter(u => !shown.includes(u.id)) ?? [];
  return <div class="col"><div class="col tight"><span class="strong sm">{w().officeDays}</span><span class="xs muted">{w().officeDaysHint}</span></div>
    {problem && <Note tone="bad" icon="warn">{problemText(problem)} <button type="button" class="link" onClick={ask}>{t().retry}</button></Note>}
    {units && shown.map(id => <Weekdays key={id} legend={units.find(u => u.id === id)?.name ?? w().otherUnit} value={daysOf(id)} onChange={days => put(id, days)} />)}
    {left.length > 0 && <Field label={w().addOfficeUnit}>{p => <select {...p} value="" onChange={e => { setAdded([...added, e.currentTarget.value]); e.currentTarget.value = ''; }}><option value="">{orgWords().form.choose}</option>{left.map(u => <option key={u.id} value={u.id}>{u.name}</option>)}</select>}</Field>}</div>;
}
