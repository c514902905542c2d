/* Masalah: what is not kept, by kind, each a way to its cell. */
import { useState } from 'preact/hooks';
import { addDays, mondayOf, shortDay, span } from '../base/format';
import { Icon } from '../base/icons';
import { Chip, Note } from '../base/ui';
import { t } from '../base/words';
import { figure, w } from './plannerwords';
import { kinds, letterOf, type Kind, type Plan, type Problem } from './sheet';

const STEP = 20;

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

function Kinds({ plan, kind, items, onGo }: { plan: Plan; kind: Kind; items: readonly Problem[]; onGo: (p: Problem) => void }) {
  const [shown, setShown] = useState(STEP);
  return <details open={kind === 'minimum' || items.length <= 5}><summary class="row nowrap"><Icon name="chevron" /><b class="sm">{w().problem[kind]}</b><Chip tone={kind === 'minimum' ? 'bad' : 'warn'}>{figure(items.length)}</Chip></summary>
    <ul class="list">{items.slice(0, shown).map(p => {
      const { who, what } = problemSaid(plan, p);
      return <li key={`${p.group ?? p.person}-${p.slot}`}><button type="button" class="rowbutton" onClick={() => onGo(p)}><b class="sm">{who}</b><span class="xs muted num">{what}</span></button></li>;
    })}</ul>
    {items.length > shown && <button type="button" class="btn ghost small" onClick={() => setShown(shown + STEP)}>{t().more}</button>}</details>;
}

export function Problems({ plan, items, onGo }: { plan: Plan; items: readonly Problem[]; onGo: (p: Problem) => void }) {
  return <section class="card"><div class="row between"><h2>{w().problems}</h2>{items.length > 0 && <span class="sm num muted" role="status">{w().count(figure(items.length))}</span>}</div>
    {items.length === 0 ? <Note tone="ok" icon="check">{w().noProblems}</Note> : <div class="problems">{kinds.map(kind => {
      const own = items.filter(p => p.kind === kind);
      return own.length > 0 && <Kinds key={kind} plan={plan} kind={kind} items={own} onGo={onGo} />;
    })}</div>}</section>;
}
