/* Choosing a person by name or NIP among those one may see, and a unit step by step down the tree. */
import { useEffect, useState } from 'preact/hooks';
import { api, type Got, type Problem } from '../base/api';
import { ownUnits, seesGovernment } from '../base/access';
import { me } from '../base/session';
import { Field, Note, problemText } from '../base/ui';
import { t } from '../base/words';
import { w as policyWords } from '../policy/words';
import { w } from './words';

export type Person = Got<'/api/v1/org/employees'>['items'][number];
type Listed = Got<'/api/v1/org/units'>['items'][number];
/** A unit of the tree, or one of one's own roles, which says no more than that. */
export type Unit = Pick<Listed, 'id' | 'name' | 'has_children'> & Partial<Pick<Listed, 'employees' | 'kind'>>;

/** Finds an employee by name or NIP among those one may see. */
export function PersonPicker({ label, hint, error, without, onPick }: { label?: string; hint?: string; error?: string; without?: string; onPick: (p: Person) => void }) {
  const [query, setQuery] = useState(''), [found, setFound] = useState<readonly Person[]>(), [problem, setProblem] = useState<Problem | 'network'>();
  useEffect(() => {
    setFound(undefined);
    setProblem(undefined);
    if (query.trim().length < 3) return;
    let stale = false;
    const timer = setTimeout(() => void api.GET('/api/v1/org/employees', { params: { query: { query: query.trim() } } }).then(r => { if (stale) return; if (r.data) setFound(r.data.items.filter(p => p.id !== without)); else setProblem(r.error as Problem); }, () => { if (!stale) setProblem('network'); }), 300);
    return () => { stale = true; clearTimeout(timer); };
  }, [query]);
  return <div class="col"><Field label={label ?? policyWords().search} hint={hint ?? w().searchHint} error={error}>{p => <input {...p} type="search" maxLength={60} value={query} onInput={e => setQuery(e.currentTarget.value)} />}</Field>
    {problem && <p class="sm" role="alert">{problemText(problem)}</p>}
    {found && <ul class="list" aria-live="polite">{found.length === 0 && <li class="sm muted">{policyWords().noneFound}</li>}{found.slice(0, 8).map(e => <li key={e.id}><button type="button" class="rowbutton" onClick={() => { onPick(e); setQuery(''); setFound(undefined); }}><b>{e.full_name}</b><span class="sm muted">{e.position} · {e.unit_name}</span></button></li>)}</ul>}</div>;
}

export const Chosen = ({ label, person, onChange }: { label: string; person: Person; onChange: () => void }) =>
  <div class="field"><span>{label}</span><div class="row between nowrap"><span class="col tight"><b>{person.full_name}</b><span class="sm muted">{person.position} · {person.unit_name}</span></span><button type="button" class="link sm" onClick={onChange}>{w().form.change}</button></div></div>;

export const byName = (units: readonly Unit[]) => [...units].sort((a, b) => a.name.localeCompare(b.name, 'id', { numeric: true }));
class Refused extends Error {
  constructor(readonly problem: Problem) { super(problem.code); }
}
/** Why a promise of units failed. */
export const whyNot = (e: unknown): Problem | 'network' => e instanceof Refused ? e.problem : 'network';
/** The units right below one, or the agencies; fails when they cannot be had. */
export async function unitsBelow(parent?: string): Promise<readonly Unit[]> {
  const r = await api.GET('/api/v1/org/units', { params: { query: parent ? { parent } : {} } });
  if (!r.data) throw new Refused(r.error as Problem);
  return byName(r.data.items);
}

/** Where one's sight begins: the agencies, else the units of one's own roles. */
export async function rootsOfSight(): Promise<readonly Unit[]> {
  const mine = me.peek(), own = mine && !seesGovernment(mine) ? ownUnits(mine) : [];
  return own.length ? Promise.all(own.map(async ({ id, name }) => ({ id, name, has_children: (await unitsBelow(id)).length > 0 }))) : unitsBelow();
}

interface Step { units: readonly Unit[]; chosen?: Unit }

/** Agency first, then as far down as one wants; the deepest choice counts. Begins at agency `start`; `own` offers only
 * what is one's own to write for; `itself` words the choice of nothing below, `none` that of no unit at all where that is one. */
export function UnitPicker({ start, own = false, itself = w().form.allOf, none = w().form.choose, error, onPick }: { start?: string; own?: boolean; itself?: (unit: string) => string; none?: string; error?: string; onPick: (u?: Unit) => void }) {
  const [steps, setSteps] = useState<readonly Step[]>([]), [problem, setProblem] = useState<Problem | 'network'>();
  const choose = async (above: readonly Step[], units: readonly Unit[], chosen?: Unit) => {
    const path = [...above, { units, ...(chosen ? { chosen } : {}) }];
    setSteps(path);
    onPick(chosen ?? above.at(-1)?.chosen);
    if (!chosen?.has_children) return;
    const below = await unitsBelow(chosen.id).catch(e => { setProblem(whyNot(e)); return undefined; });
    if (below) setSteps(now => now === path ? [...path, { units: below }] : now);
  };
  const begin = () => { setProblem(undefined); void (own ? rootsOfSight() : unitsBelow()).then(units => choose([], units, units.find(u => u.id === start) ?? (units.length === 1 ? units[0] : undefined)), e => setProblem(whyNot(e))); };
  useEffect(begin, []);
  return <>{problem && <Note tone="bad" icon="warn">{problemText(problem)} <button type="button" class="link" onClick={begin}>{t().retry}</button></Note>}{steps.map((step, i) => <Field key={steps[i - 1]?.chosen?.id ?? ''} label={i ? w().form.unitBelow : own && me.value && !seesGovernment(me.value) ? w().units : w().form.agency} error={i ? undefined : error}>{p =>
    <select {...p} value={step.chosen?.id ?? ''} onChange={e => { const id = e.currentTarget.value; void choose(steps.slice(0, i), step.units, step.units.find(u => u.id === id)); }}>
      {(i > 0 || step.units.length > 1) && <option value="">{i ? itself(steps[i - 1]!.chosen!.name) : none}</option>}
      {step.units.map(u => <option key={u.id} value={u.id}>{u.name}</option>)}</select>}</Field>)}</>;
}
