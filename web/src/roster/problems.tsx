/* Masalah: what is not kept, by kind, each a way to its cell. */
import { useState } from 'preact/hooks';
import { addDays, mondayOf, shortDay, span, weekday } from '../base/format';
import { Icon } from '../base/icons';
import { Chip, Note } from '../base/ui';
import { t } from '../base/words';
import { figure, w } from './plannerwords';
import { isNew, kinds, letterOf, type Kind, type Plan, type Problem } from './sheet';

const STEP = 20;
/** What the server says of what is stored: home days in a row, at the edges of weeks in the whole period, posts whose people cross units, teams without a day together, and what came into force after the draft was made. */
export interface Noted { kind: 'run' | 'edge_period' | 'cross' | 'team_day' | 'overtaken'; person?: number; name?: string; day?: string; is: number; limit: number }
interface Entry { key: string; who: string; what: string; at: Problem }

function when(plan: Plan, p: Problem): string {
  const day = plan.sheet.days[p.slot]!.day;
  if (p.kind === 'most' || p.kind === 'least') return '';
  if (p.kind !== 'week' && p.kind !== 'edge') return shortDay(day);
  const monday = mondayOf(plan.sheet.days[plan.weekFrom[p.slot]!]!.day);
  return w().weekOf(span(monday, addDays(monday, 6)));
}
/** "Loket 1A" and "Sel, 2 Des: 2 dari minimal 3 orang di loket; kurang 1". */
export function problemSaid(plan: Plan, p: Problem): { who: string; what: string } {
  const who = p.group !== undefined ? plan.sheet.groups[p.group]!.name : plan.sheet.people[p.person!]!.name;
  const what = p.kind === 'cell' ? `${w().mode[letterOf(plan, p.person!, p.slot)]}. ${w().cell[plan.sheet.people[p.person!]!.cells[p.slot]!]}` : w().told[p.kind](figure(p.count), figure(p.limit), figure(Math.abs(p.count - p.limit)));
  return { who, what: [p.kind === 'cell' || p.kind === 'minimum' || p.kind === 'above' || p.kind === 'below' ? shortDay(plan.sheet.days[p.slot]!.day) : when(plan, p), what].filter(Boolean).join(': ') };
}

const entryOf = (plan: Plan, p: Problem): Entry => ({ key: `${p.group ?? p.person}-${p.slot}`, ...problemSaid(plan, p), at: p });
const slotOf = (plan: Plan, n: Noted) => Math.max(0, plan.sheet.days.findIndex(d => d.day === n.day));
/* An entry made as it is in force undoes nothing any more. */
const stands = (plan: Plan, n: Noted) => n.kind !== 'overtaken' || isNew(plan, n.person!, slotOf(plan, n));
function notedEntry(plan: Plan, n: Noted): Entry {
  const slot = slotOf(plan, n);
  if (n.kind === 'overtaken') {
    const p = plan.sheet.people[n.person!]!, mode = (letter: string) => w().mode[letter]!;
    return { key: `${n.person}-${n.day}`, who: p.name, what: `${shortDay(n.day!)}: ${w().overtaken(mode(p.was[slot]!), mode(letterOf(plan, n.person!, slot)))}`, at: { kind: 'cell', person: n.person!, slot, count: 0, limit: 0 } };
  }
  const at: Problem = { kind: 'cell', person: n.person ?? 0, slot, count: n.is, limit: n.limit };
  if (n.kind === 'team_day') return { key: `${n.person}-${n.day}`, who: plan.sheet.people[n.person!]!.unit, what: w().teamAway(weekday(n.day!), figure(n.is)), at };
  const isCross = n.kind === 'cross', what = (isCross ? w().told.above : w().told.week)(figure(n.is), figure(n.limit), figure(n.is - n.limit));
  return { key: `${n.person ?? n.name}-${n.day}`, who: n.person === undefined ? n.name ?? '' : plan.sheet.people[n.person]!.name, what: n.day ? `${isCross ? shortDay(n.day) : w().upTo(shortDay(n.day))}: ${what}` : what, at };
}

function Kinds({ kind, items, onGo }: { kind: Kind | Noted['kind']; items: readonly Entry[]; onGo: (p: Problem) => void }) {
  const [shown, setShown] = useState(STEP);
  return <details open={kind === 'minimum' || items.length <= 5}><summary class="row nowrap"><Icon name="chevron" /><b class="sm">{w().problem[kind]}</b><Chip tone={kind === 'minimum' ? 'bad' : 'warn'}>{figure(items.length)}</Chip></summary>
    <ul class="list">{items.slice(0, shown).map(p => <li key={p.key}><button type="button" class="rowbutton" onClick={() => onGo(p.at)}><b class="sm">{p.who}</b><span class="xs muted num">{p.what}</span></button></li>)}</ul>
    {items.length > shown && <button type="button" class="btn ghost small" onClick={() => setShown(shown + STEP)}>{t().more}</button>}</details>;
}

export function Problems({ plan, items, noted: all, onGo }: { plan: Plan; items: readonly Problem[]; noted: readonly Noted[]; onGo: (p: Problem) => void }) {
  const noted = all.filter(n => stands(plan, n)), count = items.length + noted.length;
  return <section class="card"><div class="row between"><h2>{w().problems}</h2>{count > 0 && <span class="sm num muted" role="status">{w().count(figure(count))}</span>}</div>
    {count === 0 ? <Note tone="ok" icon="check">{w().noProblems}</Note> : <div class="problems">{kinds.map(kind => {
      const own = items.filter(p => p.kind === kind);
      return own.length > 0 && <Kinds key={kind} kind={kind} items={own.map(p => entryOf(plan, p))} onGo={onGo} />;
    })}{(['overtaken', 'cross', 'run', 'edge_period', 'team_day'] as const).map(kind => {
      const own = noted.filter(n => n.kind === kind);
      return own.length > 0 && <Kinds key={kind} kind={kind} items={own.map(n => notedEntry(plan, n))} onGo={onGo} />;
    })}{noted.some(n => n.kind !== 'overtaken') && plan.changed.size > 0 && <p class="xs muted">{w().notedHint}</p>}</div>}</section>;
}
