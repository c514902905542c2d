/* What tasks, meetings and checklists share: refusals in words, threads, whom one may choose. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { api, type Got, type Problem } from '../base/api';
import { stamp } from '../base/format';
import { source } from '../base/load';
import { me } from '../base/session';
import { zone } from '../base/shell';
import { Field, Note, problemText, Reload, Show } from '../base/ui';
import { UnitPicker, type Unit } from '../org/picker';
import { w } from './words';

export type Failure = Problem | 'network';
export const failure = (r: { error?: unknown } | undefined): Failure | undefined => !r ? 'network' : r.error as Problem | undefined;
export const said = (p: Failure) => p !== 'network' && w().why[p.reason ?? ''] || problemText(p);
export const Refusal = ({ problem, onReload }: { problem?: Failure; onReload?: () => void }) => problem ? <Note tone="bad" icon="warn">{said(problem)}{onReload && <Reload problem={problem} onReload={onReload} />}</Note> : null;

/** A form within a dialog: it opens above what was read and is brought into sight. */
export function Opened({ title, children }: { title: string; children: ComponentChildren }) {
  const at = useRef<HTMLElement>(null);
  useEffect(() => { at.current?.scrollIntoView({ block: 'start' }); at.current?.focus({ preventScroll: true }); }, []);
  return <section class="col" ref={at} tabIndex={-1} aria-label={title}><h3>{title}</h3>{children}</section>;
}

export type Recipients = Got<'/api/v1/tasks/recipients'>;
export type Recipient = Recipients['items'][number];
export const recipients = source<Recipients>('tasks/recipients', () => api.GET('/api/v1/tasks/recipients', { params: { query: {} } }));

type Event = Got<'/api/v1/tasks/{task}'>['thread'][number];
export const Thread = ({ events }: { events: readonly Event[] }) => <section class="col tight"><h3>{w().thread}</h3><ol class="list">{events.map((e, i) => <li key={i}><span class="sm"><b>{w().by(e.actor_name, e.for_name)}</b> {w().did[e.kind]}</span>{e.note && <blockquote class="sm wrap">{e.note}</blockquote>}<span class="xs muted num">{stamp(e.at, zone())}</span></li>)}</ol></section>;

/* ---- choosing ---- */

export interface Who { id: string; name: string; kind: 'employee' | 'unit' }
export const idsOf = (who: readonly Who[], kind: Who['kind']) => who.filter(x => x.kind === kind).map(x => x.id);

export const Chosen = ({ who, onRemove }: { who: readonly Who[]; onRemove: (x: Who) => void }) => who.length === 0 ? <p class="sm muted">{w().nobodyYet}</p>
  : <ul class="list">{who.map(x => <li key={x.kind + x.id}><div class="row between nowrap"><span class="sm">{x.kind === 'unit' ? w().head(x.name) : x.name}</span><button type="button" class="link sm" aria-label={w().remove(x.name)} onClick={() => onRemove(x)}>×</button></div></li>)}</ul>;

/** People one may send to, by why. `self`: also oneself; `asked`: also who stands above, whom one asks and never assigns. */
export function PersonSelect({ list, value, self, asked, label, error, onPick }: { list: readonly Recipient[]; value: string; self?: boolean; asked?: boolean; label: string; error?: string; onPick: (x?: Who) => void }) {
  const own = me.value?.employee ?? '', vias = ['line', 'team', 'unit', 'peer', ...(asked ? ['superior'] as const : [])] as const;
  return <Field label={label} error={error}>{p => <select {...p} value={value} onChange={e => { const id = e.currentTarget.value, x = list.find(r => r.employee === id); onPick(x ? { id, name: x.full_name, kind: 'employee' } : id && id === own ? { id, name: w().self, kind: 'employee' } : undefined); }}>
    <option value="">{w().choose}</option>{self && <option value={own}>{w().self}</option>}
    {vias.map(via => { const some = list.filter(r => r.via === via); return some.length > 0 && <optgroup key={via} label={w().via[via]}>{some.map(r => <option key={r.employee} value={r.employee}>{`${r.full_name} · ${r.position}`}</option>)}</optgroup>; })}</select>}</Field>;
}

/** A unit, step by step down the tree. */
export const UnitChoice = ({ error, onPick }: { error?: string; onPick: (u?: Unit) => void }) => <div class="col"><UnitPicker none={w().chooseUnit} itself={w().head} error={error} onPick={onPick} /><p class="sm muted">{w().unitHint}</p></div>;

/* Of who heads a unit: anybody in it and below, by name. */
function NameSearch({ onPick }: { onPick: (x: Who) => void }) {
  const [query, setQuery] = useState(''), [found, setFound] = useState<readonly Recipient[]>(), [problem, setProblem] = useState<Failure>();
  useEffect(() => {
    setFound(undefined);
    setProblem(undefined);
    if (query.trim().length < 3) return;
    let stale = false;
    const timer = setTimeout(() => void api.GET('/api/v1/tasks/recipients', { params: { query: { query: query.trim() } } }).then(r => { if (stale) return; if (r.data) setFound(r.data.items); else setProblem(r.error as Problem); }, () => { if (!stale) setProblem('network'); }), 300);
    return () => { stale = true; clearTimeout(timer); };
  }, [query]);
  return <div class="col tight"><Field label={w().find} hint={w().findHint}>{p => <input {...p} type="search" maxLength={60} value={query} onInput={e => setQuery(e.currentTarget.value)} />}</Field>
    {problem && <p class="sm" role="alert">{said(problem)}</p>}
    {found && <ul class="list" aria-live="polite">{found.length === 0 && <li class="sm muted">{w().noneFound}</li>}{found.slice(0, 8).map(r => <li key={r.employee}><button type="button" class="rowbutton" onClick={() => { onPick({ id: r.employee, name: r.full_name, kind: 'employee' }); setQuery(''); }}><b>{r.full_name}</b><span class="sm muted">{r.position} · {r.unit_name}</span></button></li>)}</ul>}</div>;
}
/** Whom one may ask to verify or to come. */
export function NearChoice({ onPick }: { onPick: (x: Who) => void }) {
  useEffect(() => { void recipients.refresh(); }, []);
  return <Show source={recipients} height={72}>{r => <div class="col">{r.items.length > 0 && <PersonSelect list={r.items} asked value="" label={w().person} onPick={x => x && onPick(x)} />}{r.is_head && <NameSearch onPick={onPick} />}</div>}</Show>;
}
/** One unit after the other; the choice is added by a button, because it goes step by step. */
export function UnitAdd({ onAdd }: { onAdd: (x: Who) => void }) {
  const [unit, setUnit] = useState<Unit>(), [round, again] = useState(0);
  return <div class="col tight"><UnitPicker key={round} none={w().chooseUnit} itself={w().head} onPick={setUnit} />
    <button type="button" class="btn ghost small" disabled={!unit} onClick={() => { if (unit) { onAdd({ id: unit.id, name: unit.name, kind: 'unit' }); setUnit(undefined); again(round + 1); } }}>{w().addUnit}</button></div>;
}
export const added = (who: readonly Who[], x: Who) => who.some(y => y.kind === x.kind && y.id === x.id) ? who : [...who, x];
export const without = (who: readonly Who[], x: Who) => who.filter(y => y !== x);
export const isLink = (text: string) => !text.trim() || /^https:\/\/[^\s"<>]+$/.test(text.trim());
