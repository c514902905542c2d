/* Why a cell is as it stands on the screen: the groups it counts in that day, the person's week and fair share, and the policy behind it. */
import { useEffect, useMemo } from 'preact/hooks';
import { api, type Got } from '../base/api';
import { longDay, mondayOf, number } from '../base/format';
import { source } from '../base/load';
import { zone } from '../base/shell';
import { Dialog, Show } from '../base/ui';
import { ExplanationView } from '../policy/explain';
import { w } from './officewords';
import { isElsewhere, isHome, weekOf, type Cell, type Sheet } from './sheet';

const chain = (sheet: Sheet, group: number): number[] => { const parent = sheet.groups[group]!.parent; return parent === undefined ? [group] : [group, ...chain(sheet, parent)]; };
const awayIn = (sheet: Sheet, group: number, day: number) => sheet.groups[group]!.away[day]! + sheet.people.filter(p => isHome(p.days[day]!) && !isElsewhere(p.cells[day] as Cell) && chain(sheet, p.group).includes(group)).length;

/** The reasons that lie in the roster itself, in sentences. */
export function reasons(sheet: Sheet, person: number, day: number): string[] {
  const p = sheet.people[person]!, said: string[] = [], monday = mondayOf(sheet.days[day]!.day), weekMost = p.week_most[weekOf(sheet, day)]!;
  for (const g of chain(sheet, p.group)) {
    const group = sheet.groups[g]!, away = awayIn(sheet, g, day);
    if (group.minimum[day]! >= 0) said.push(w().post(group.name, number(group.present[day]! - away), number(group.minimum[day]!)));
    else if (group.most[day]! >= 0 || group.least[day]! >= 0) said.push(w().group(group.name, number(away), group.most[day]! >= 0 ? w().ofMost(number(group.most[day]!)) : w().ofLeast(number(group.least[day]!))));
  }
  const home = (from: (d: string) => boolean) => [...p.days].filter((l, i) => isHome(l) && !isElsewhere(p.cells[i] as Cell) && from(sheet.days[i]!.day)).length;
  const beside = (monday === mondayOf(sheet.from) ? p.lead : 0) + (monday === mondayOf(sheet.to) ? p.trail : 0);
  if (weekMost >= 0) said.push(w().week(number(beside + home(d => mondayOf(d) === monday)), number(weekMost)));
  said.push(w().fair(number(home(() => true)), number(p.share), number(p.past)));
  if (p.wishes[day] !== '.') said.push(w().wished[p.wishes[day]!]!);
  if (p.locked[day] === 'x') said.push(w().keptByPlanner);
  return said;
}

export function WhyDialog({ sheet, employee, day, onClose }: { sheet: Sheet; employee: string; day: string; onClose: () => void }) {
  const person = sheet.people.findIndex(p => p.employee === employee), at = sheet.days.findIndex(d => d.day === day), p = sheet.people[person];
  const s = useMemo(() => source<Got<'/api/v1/policy/explain'>>(null, () => api.GET('/api/v1/policy/explain', { params: { query: { employee, day } } })), [employee, day]);
  useEffect(() => { void s.refresh(); }, [s]);
  if (!p || at < 0) return null;
  return <Dialog title={w().why} sub={isHome(p.days[at]!) ? w().whyHome(p.name, longDay(day)) : w().whyOffice(p.name, longDay(day))} onClose={onClose}><ul class="points sm">{reasons(sheet, person, at).map(r => <li key={r}>{r}.</li>)}</ul>
    <h3>{w().policy}</h3><Show source={s} zone={zone()} height={200}>{e => <ExplanationView e={e} />}</Show></Dialog>;
}
