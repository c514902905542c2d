/* A plan of results as its owner and his superior read it: what was planned, and how far verified reports brought it. */
import type { Got } from '../base/api';
import { number, stamp, type Zone } from '../base/format';
import { Chip, Note, StackedBar, type Tone } from '../base/ui';
import type { Plan } from './fill';
import { w } from './targetwords';

type Target = Plan['targets'][number];
export type TeamPlan = Got<'/api/v1/reports/target-team'>['items'][number];
export type State = Plan['state'];
export const planTone: Record<State, Tone> = { draft: '', proposed: 'info', agreed: 'ok', returned: 'bad', replaced: '', closed: '' };

const quarters = ['I', 'II', 'III', 'IV'];
export const periodText = (p: { period: 'annual' | 'quarterly'; first_day: string }) =>
  p.period === 'annual' ? w().annual(p.first_day.slice(0, 4)) : w().quarterly(quarters[Math.floor((Number(p.first_day.slice(5, 7)) - 1) / 3)]!, p.first_day.slice(0, 4));
/** Per mille, as people say it; more than ten times the target is a slip that need not be told exactly. */
export const shareText = (permille: number) => permille >= 9999 ? `> ${number(999)}%` : `${number(Math.round(permille / 10))}%`;

function Progress({ t }: { t: Target }) {
  const m = t.measures.find(x => x.aspect === 'quantity');
  if (!m) return <span class="sm muted">{w().uncounted}</span>;
  const verified = t.verified ?? 0, handedIn = t.handed_in ?? 0, waits = Math.max(0, handedIn - verified), whole = Math.max(m.amount, handedIn);
  const text = w().progress(number(verified), number(m.amount), m.unit_of_measure);
  return <><StackedBar whole={whole} label={text} parts={[{ kind: 'office', value: verified }, { kind: 'waiting', value: waits }]} />
    <span class="sm num"><b>{shareText(t.progress ?? 0)}</b> · {text}{waits > 0 && ` · ${w().waiting(number(waits))}`}{(t.month_verified ?? 0) > 0 && ` · ${w().month(number(t.month_verified!))}`}</span></>;
}

const TargetRow = ({ t }: { t: Target }) => <li><span class="row between start"><b class="grow">{t.result}</b><Chip>{w().kind[t.kind]}</Chip></span>
  <Progress t={t} />
  {t.parent_result && <span class="sm muted">{w().derived(t.parent_result)}</span>}
  <ul class="points sm muted">{t.measures.map((m, k) => <li key={k}>{w().measure(w().aspect[m.aspect], m.indicator, number(m.amount), m.unit_of_measure)}</li>)}</ul></li>;

export const PlanHead = ({ p }: { p: Pick<Plan, 'period' | 'first_day' | 'revision' | 'state'> }) =>
  <div class="row between start"><div class="col tight"><h2>{periodText(p)}</h2>{p.revision > 1 && <p class="sm muted">{w().revision(p.revision)}</p>}</div><Chip tone={planTone[p.state]}>{w().state[p.state]}</Chip></div>;

export function PlanView({ p, z }: { p: Plan; z: Zone }) {
  const said = p.note && w().saidWith(p.note);
  return <>
    {p.state === 'returned' && <Note tone="bad" icon="warn">{w().returnedBy(p.decided_by_name ?? '?')}{p.note && `: ${p.note}`}</Note>}
    {p.state === 'proposed' && <p class="sm muted">{w().waitsFor(p.superior_name ?? '?')}{said && <><br />{said}</>}</p>}
    {(p.state === 'agreed' || p.state === 'closed') && p.decided_by_name && p.decided_at && <p class="sm muted num">{w().agreedBy(p.decided_by_name, stamp(p.decided_at, z))}{said && <><br />{said}</>}</p>}
    {p.state === 'closed' && p.closed_by_name && p.closed_at && <p class="sm muted num">{w().closedBy(p.closed_by_name, stamp(p.closed_at, z))}</p>}
    {p.state === 'draft' && p.is_imported && <Note>{w().imported}</Note>}
    <ul class="list">{p.targets.map(t => <TargetRow key={t.target} t={t} />)}</ul>
  </>;
}
