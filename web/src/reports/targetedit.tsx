/*
 * Writing a plan of results: results with their measures, each perhaps derived from the superior's. Kept by the server as a
 * draft, which is nobody's but its owner's; what was wrong is told where it is.
 */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { api, online, type Got, type Problem } from '../base/api';
import { Icon } from '../base/icons';
import { source } from '../base/load';
import { Action, Field, Note, problemText, toast } from '../base/ui';
import { t } from '../base/words';
import type { Plan } from './fill';
import { w } from './targetwords';

type Kind = 'main' | 'additional';
type Aspect = 'quantity' | 'quality' | 'time' | 'cost';
type Parents = Got<'/api/v1/reports/target-parents'>;
export interface Measure { aspect: Aspect; indicator: string; amount: string; unit_of_measure: string }
export interface Row { target?: string; kind: Kind; result: string; parent?: string; parent_result?: string; measures: Measure[] }
/** What is edited: a plan that is there, or the first of a period. */
export interface Subject { plan?: Plan; period: 'annual' | 'quarterly'; day: string }

const freshMeasure = (aspect: Aspect): Measure => ({ aspect, indicator: '', amount: '', unit_of_measure: '' });
const freshRow = (kind: Kind): Row => ({ kind, result: '', measures: [freshMeasure('quantity')] });
const rowsOf = (p?: Plan): Row[] => p?.targets.length ? p.targets.map(x => ({ target: x.target, kind: x.kind, result: x.result, parent: x.parent, parent_result: x.parent_result, measures: x.measures.map(m => ({ ...m, amount: String(m.amount) })) })) : [freshRow('main')];

export type MeasureErrors = Partial<Record<keyof Measure, string>>;
export interface RowErrors { result?: string; measures: MeasureErrors[] }
export function checkRow(r: Row): RowErrors {
  const firstQuantity = r.measures.findIndex(m => m.aspect === 'quantity');
  return {
    ...(r.result.trim().length < 5 && { result: w().errResult }),
    measures: r.measures.map((m, i) => ({
      ...(m.aspect === 'quantity' && i !== firstQuantity && { aspect: w().errTwo }),
      ...(!m.indicator.trim() && { indicator: w().errIndicator }),
      ...(!/^\d{1,9}$/.test(m.amount) ? { amount: w().errAmount } : m.aspect === 'quantity' && Number(m.amount) < 1 && { amount: w().errQuantity }),
      ...(!m.unit_of_measure.trim() && { unit_of_measure: w().errUnit }),
    })),
  };
}
export const isGood = (e: RowErrors) => !e.result && e.measures.every(m => Object.keys(m).length === 0);
export const toBody = (s: Subject, rows: Row[]) => ({
  ...(s.plan && { plan: s.plan.plan }), version: s.plan?.version ?? 0, period: s.period, day: s.day,
  targets: rows.map(r => ({ ...(r.target && { target: r.target }), kind: r.kind, result: r.result.trim(), ...(r.parent && { parent: r.parent }), measures: r.measures.map(m => ({ aspect: m.aspect, indicator: m.indicator.trim(), amount: Number(m.amount), unit_of_measure: m.unit_of_measure.trim() })) })),
});

function MeasureForm({ m, errors, set, remove }: { m: Measure; errors: MeasureErrors; set: (p: Partial<Measure>) => void; remove?: () => void }) {
  return <div class="col measure"><div class="two"><Field label={w().aspectLabel} error={errors.aspect}>{p => <select {...p} value={m.aspect} onChange={e => set({ aspect: e.currentTarget.value as Aspect })}>{(['quantity', 'quality', 'time', 'cost'] as const).map(a => <option key={a} value={a}>{w().aspect[a]}</option>)}</select>}</Field>
    {remove ? <div class="right"><button type="button" class="link sm" onClick={remove}>{w().remove}</button></div> : <span />}</div>
    <Field label={w().indicator} error={errors.indicator}>{p => <input {...p} maxLength={300} value={m.indicator} onInput={e => set({ indicator: e.currentTarget.value })} />}</Field>
    <div class="two"><Field label={w().amount} error={errors.amount}>{p => <input {...p} inputMode="numeric" maxLength={9} value={m.amount} onInput={e => set({ amount: e.currentTarget.value.replace(/\D/g, '') })} />}</Field>
      <Field label={w().unit} error={errors.unit_of_measure}>{p => <input {...p} maxLength={40} value={m.unit_of_measure} onInput={e => set({ unit_of_measure: e.currentTarget.value })} />}</Field></div></div>;
}

function RowForm({ n, r, parents, errors, set, remove }: { n: number; r: Row; parents: Parents['items']; errors?: RowErrors; set: (p: Partial<Row>) => void; remove?: () => void }) {
  const kept = r.parent && !parents.some(p => p.target === r.parent) ? { target: r.parent, result: r.parent_result ?? w().keptParent } : undefined, all = kept ? [kept, ...parents] : parents;
  const setMeasure = (i: number, p: Partial<Measure>) => set({ measures: r.measures.map((m, k) => k === i ? { ...m, ...p } : m) });
  return <fieldset class="card"><legend class="sr">{w().resultN(n)}</legend>
    <div class="row between"><h3>{w().resultN(n)}</h3>{remove && <button type="button" class="link sm" onClick={remove}>{w().remove}</button>}</div>
    <Field label={w().result} hint={w().resultHint} error={errors?.result}>{p => <textarea {...p} maxLength={500} value={r.result} onInput={e => set({ result: e.currentTarget.value })} />}</Field>
    <Field label={w().kindLabel}>{p => <select {...p} value={r.kind} onChange={e => set({ kind: e.currentTarget.value as Kind })}>{(['main', 'additional'] as const).map(k => <option key={k} value={k}>{w().kind[k]}</option>)}</select>}</Field>
    <Field label={w().parent} hint={all.length ? undefined : w().noParents}>{p => <select {...p} disabled={!all.length} value={r.parent ?? ''} onChange={e => set({ parent: e.currentTarget.value || undefined })}><option value="">{w().noParent}</option>{all.map(x => <option key={x.target} value={x.target}>{x.result}</option>)}</select>}</Field>
    <h3>{w().measures}</h3><p class="sm muted">{w().quantityHint}</p>
    {r.measures.map((m, i) => <MeasureForm key={i} m={m} errors={errors?.measures[i] ?? {}} set={p => setMeasure(i, p)} remove={r.measures.length > 1 ? () => set({ measures: r.measures.filter((_, k) => k !== i) }) : undefined} />)}
    {r.measures.length < 8 && <button type="button" class="link" onClick={() => set({ measures: [...r.measures, freshMeasure(r.measures.some(m => m.aspect === 'quantity') ? 'quality' : 'quantity')] })}>{w().addMeasure}</button>}
  </fieldset>;
}

/** `onDone` once the server has it; the draft stays on the screen when it does not. */
export function PlanEditor({ subject, onDone, onClose }: { subject: Subject; onDone: () => void; onClose: () => void }) {
  const [rows, setRows] = useState(() => rowsOf(subject.plan)), [tried, setTried] = useState(false), [problem, setProblem] = useState<Problem | 'network'>(), [noMain, setNoMain] = useState(false);
  const parents = useMemo(() => source<Parents>('target-parents', () => api.GET('/api/v1/reports/target-parents')), []), form = useRef<HTMLDivElement>(null);
  useEffect(() => { void parents.refresh(); }, [parents]);
  /* a plan that was saved before it could be proposed is then the one that is edited */
  const saved = useRef<{ plan: string; version: number } | undefined>(undefined);
  const errors = tried ? rows.map(checkRow) : [], choices = parents.state.value.value?.items ?? [];
  const change = (i: number, p: Partial<Row>) => setRows(rows.map((r, k) => k === i ? { ...r, ...p } : r));
  const save = async (propose: boolean) => {
    setTried(true);
    setProblem(undefined);
    setNoMain(false);
    if (!rows.every(r => isGood(checkRow(r)))) return requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus());
    if (propose && !rows.some(r => r.kind === 'main')) return setNoMain(true);
    const r = await api.PUT('/api/v1/reports/targets', { body: { ...toBody(subject, rows), ...saved.current } }).catch(() => undefined);
    if (!r?.data) return setProblem((r?.error as Problem | undefined) ?? 'network');
    saved.current = { plan: r.data.plan, version: r.data.version };
    const p = propose ? await api.POST('/api/v1/reports/targets/{plan}/propose', { params: { path: { plan: r.data.plan } }, body: { version: r.data.version } }).catch(() => undefined) : undefined;
    if (propose && !p?.data) return setProblem((p?.error as Problem | undefined) ?? 'network');
    toast(propose ? w().proposed : w().saved);
    onDone();
  };
  return <div class="col" ref={form}>
    {!online.value && <Note tone="warn" icon="warn">{w().offline}</Note>}
    {rows.map((r, i) => <RowForm key={r.target ?? i} n={i + 1} r={r} parents={choices} errors={errors[i]} set={p => change(i, p)} remove={rows.length > 1 ? () => setRows(rows.filter((_, k) => k !== i)) : undefined} />)}
    {rows.length < 20 && <button type="button" class="btn ghost" onClick={() => setRows([...rows, freshRow('main')])}><Icon name="plus" />{w().addResult}</button>}
    <section class="card">{problem && <Note tone="bad" icon="warn">{problem !== 'network' && problem.code === 'refused' ? w().refused : problemText(problem)}</Note>}{noMain && <Note tone="bad" icon="warn">{w().errMain}</Note>}
      <div class="row"><Action onAct={() => save(true)} disabled={!online.value}>{w().saveAndPropose}</Action><Action class="btn ghost" onAct={() => save(false)} disabled={!online.value}>{w().save}</Action><button type="button" class="btn ghost" onClick={onClose}>{t().cancel}</button></div></section>
  </div>;
}
