/* Penilaian kinerja of the office: how predicates are spread in numbers of units, results of agencies, and the dated numbers around ratings. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { isBoard } from '../base/access';
import { api, serverNow, type Got, type Problem } from '../base/api';
import { Downloads } from '../base/downloads';
import { addDays, dayIn, fullDay, number } from '../base/format';
import { source } from '../base/load';
import { useNeeded } from '../base/needed';
import { me } from '../base/session';
import { zone } from '../base/shell';
import { Action, Chip, DateInput, Dialog, Empty, Field, Note, problemText, Show, toast } from '../base/ui';
import { t } from '../base/words';
import { PeriodPicker, periodOf, periodsAt, periodText, predicates, type Shares } from './ratingparts';
import { w } from './ratingwords';

type Units = Got<'/api/v1/reports/rating-units'>;
type Unit = Units['items'][number];
type Rules = Got<'/api/v1/reports/rating-rules'>;
const results = ['excellent', 'good', 'needs_work', 'poor', 'very_poor'] as const;
type Result = (typeof results)[number];

const Foot = ({ onSave, onClose }: { onSave: () => Promise<unknown>; onClose: () => void }) => <><Action onAct={onSave}>{t().save}</Action><button type="button" class="btn ghost" onClick={onClose}>{t().cancel}</button></>;

function ResultDialog({ unit, at, onClose, onDone }: { unit: Unit; at: Units; onClose: () => void; onDone: () => void }) {
  const [result, setResult] = useState<Result>(unit.result ?? 'good'), [basis, setBasis] = useState(unit.basis ?? ''), [problem, setProblem] = useState<Problem | 'network'>(), n = useNeeded({ basis: basis.trim().length < 3 });
  const save = async () => {
    setProblem(undefined);
    if (!n.complete()) return;
    const r = await api.PUT('/api/v1/reports/rating-results/{unit}', { params: { path: { unit: unit.unit } }, body: { period: at.period, day: at.last_day, result, basis: basis.trim() } }).catch(() => undefined);
    if (!r || r.error) return setProblem((r?.error as Problem | undefined) ?? 'network');
    toast(w().resultDone);
    onDone();
  };
  return <Dialog title={w().resultTitle} sub={`${unit.name} · ${periodText(at)}`} onClose={onClose} foot={<Foot onSave={save} onClose={onClose} />}>
    {problem && <Note tone="bad" icon="warn">{problemText(problem)}</Note>}
    <Field label={w().resultLabel}>{p => <select {...p} value={result} onChange={e => setResult(e.currentTarget.value as Result)}>{results.map(r => <option key={r} value={r}>{w().result[r]}</option>)}</select>}</Field>
    <Field label={w().resultBasis} hint={w().resultBasisHint} error={n.at('basis')}>{p => <input {...p} maxLength={300} value={basis} onInput={e => setBasis(e.currentTarget.value)} />}</Field></Dialog>;
}

function UnitRow({ r, top, open, set }: { r: Unit; top: boolean; open: () => void; set?: () => void }) {
  const name = r.is_own ? w().ownUnit(r.name) : r.name;
  return <tr><th scope="row">{r.has_children ? <button type="button" class="link" onClick={open}>{name}</button> : name}</th><td class="num right">{number(r.people)}</td>
    {r.is_hidden ? <td colSpan={6} class="muted">{w().hidden}</td> : <><td class="num right">{number(r.rated!)}</td>{predicates.map(p => <td key={p} class="num right">{number(r[p]!)}</td>)}</>}
    {top && <td>{r.result ? w().result[r.result] : <span class="muted">{w().notSet}</span>}{set && <> <button type="button" class="link sm" aria-label={`${r.result ? w().changeResult : w().setResult}: ${r.name}`} onClick={set}>{r.result ? w().changeResult : w().setResult}</button></>}</td>}</tr>;
}

/** By name; a unit opens to those below it. */
function Spread({ value }: { value: string }) {
  const { period, day } = periodOf(value), [path, setPath] = useState<readonly { id: string; name: string }[]>([]), [setting, setSetting] = useState<Unit>(), at = path.at(-1);
  const query = `period=${period}&day=${day}${at ? `&parent=${at.id}` : ''}`, s = useMemo(() => source<Units>(`rating-units/${query}`, () => api.GET('/api/v1/reports/rating-units', { params: { query: { period, day, ...(at ? { parent: at.id } : {}) } } })), [query]);
  useEffect(() => { void s.refresh(); }, [s]);
  const mayWrite = !!me.value && isBoard(me.value), top = path.length === 0;
  return <section class="card"><div class="row between"><h2>{w().distribution}</h2><Downloads path={`/api/v1/reports/rating-units?${query}`} /></div><p class="sm muted">{w().distributionHint}</p>
    {path.length > 0 && <nav class="row tight sm" aria-label={w().unit}><button type="button" class="link" onClick={() => setPath([])}>{w().all}</button>{path.map((u, i) => <span key={u.id} class="row tight"><span aria-hidden="true">›</span>{i === path.length - 1 ? <b>{u.name}</b> : <button type="button" class="link" onClick={() => setPath(path.slice(0, i + 1))}>{u.name}</button>}</span>)}</nav>}
    <Show source={s} zone={zone()} height={320}>{v => v.items.length === 0 ? <Empty>{w().none}</Empty> : <><div class="scroll sideways" tabIndex={0} role="group" aria-label={w().distribution}><table class="table"><thead><tr><th scope="col">{w().unit}</th><th scope="col" class="right">{w().people}</th><th scope="col" class="right">{w().rated}</th>{predicates.map(p => <th scope="col" class="right" key={p}>{w().predicate[p]}</th>)}{top && <th scope="col">{w().resultLabel}</th>}</tr></thead>
      <tbody>{v.items.map(r => <UnitRow key={`${r.unit}${r.is_own}`} r={r} top={top} open={() => setPath([...path, { id: r.unit, name: r.name }])} {...(mayWrite && top ? { set: () => setSetting(r) } : {})} />)}</tbody></table></div>{v.is_cut && <p class="sm muted">{w().cut}</p>}
      {setting && <ResultDialog unit={setting} at={v} onClose={() => setSetting(undefined)} onDone={() => { setSetting(undefined); void s.refresh(); }} />}</>}</Show></section>;
}

const days = (text: string) => /^\d{1,3}$/.test(text) && Number(text) >= 1 && Number(text) <= 366 ? Number(text) : undefined;
const blank = (): Record<Result, string[]> => Object.fromEntries(results.map(r => [r, ['', '', '', '', '']])) as Record<Result, string[]>;
const sharesOf = (texts: string[]): Shares | undefined => texts.every(x => !x) ? undefined : Object.fromEntries(predicates.map((p, i) => [p, Number(texts[i] || 0)])) as Shares;
const isWhole = (texts: string[]) => texts.every(x => !x) || texts.reduce((n, x) => n + Number(x || 0), 0) === 100;

function RuleDialog({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const [n, setN] = useState({ rate_days: '', object_days: '', decide_days: '' }), [curves, setCurves] = useState(blank), [basis, setBasis] = useState(''), [from, setFrom] = useState(addDays(dayIn(serverNow(), zone()), 1)), [tried, setTried] = useState(false), [problem, setProblem] = useState<Problem | 'network'>();
  const at = (f: keyof typeof n) => tried && !days(n[f]) ? w().errDays : undefined;
  const save = async () => {
    setTried(true);
    setProblem(undefined);
    const [rate_days, object_days, decide_days] = [days(n.rate_days), days(n.object_days), days(n.decide_days)];
    if (!rate_days || !object_days || !decide_days || !basis.trim() || !from || !results.every(r => isWhole(curves[r]))) return;
    const r = await api.POST('/api/v1/reports/rating-rules', { body: { rate_days, object_days, decide_days, curves: results.flatMap(k => { const shares = sharesOf(curves[k]); return shares ? [{ result: k, shares }] : []; }), legal_basis: basis.trim(), valid_from: from } }).catch(() => undefined);
    if (!r?.data) return setProblem((r?.error as Problem | undefined) ?? 'network');
    toast(w().ruleDone);
    onDone();
  };
  return <Dialog broad title={w().addRule} onClose={onClose} foot={<Foot onSave={save} onClose={onClose} />}>
    {problem && <Note tone="bad" icon="warn">{problem !== 'network' && problem.pointer === '/valid_from' ? w().errFrom : problemText(problem)}</Note>}
    {([['rate_days', w().rateDays], ['object_days', w().objectDays], ['decide_days', w().decideDays]] as const).map(([f, label]) => <Field key={f} label={label} error={at(f)}>{p => <input {...p} inputMode="numeric" maxLength={3} value={n[f]} onInput={e => setN({ ...n, [f]: e.currentTarget.value })} />}</Field>)}
    <Field label={w().legalBasis} error={tried && !basis.trim() ? w().errEmpty : undefined}>{p => <input {...p} maxLength={300} value={basis} onInput={e => setBasis(e.currentTarget.value)} />}</Field>
    <Field label={w().from} error={tried && !from ? w().errEmpty : undefined}>{p => <DateInput {...p} value={from} onValue={setFrom} />}</Field>
    {results.map(r => <fieldset key={r} class="col tight"><legend class="sm"><b>{w().curveFor(w().result[r])}</b></legend><span class="sm muted">{w().curveHint}</span>
      <div class="two roomy">{predicates.map((p, i) => <Field key={p} label={w().predicate[p]}>{f => <input {...f} inputMode="numeric" maxLength={3} value={curves[r][i]} onInput={e => setCurves({ ...curves, [r]: curves[r].map((x, k) => k === i ? e.currentTarget.value.replace(/\D/g, '') : x) })} />}</Field>)}</div>
      {tried && !isWhole(curves[r]) && <span class="err">{w().errCurve}</span>}</fieldset>)}</Dialog>;
}

function RulesCard() {
  const s = useMemo(() => source<Rules>('rating-rules', () => api.GET('/api/v1/reports/rating-rules')), []), [adding, setAdding] = useState(false);
  useEffect(() => { void s.refresh(); }, [s]);
  return <section class="card"><div class="row between"><h2>{w().rules}</h2>{!!me.value && isBoard(me.value) && <button type="button" class="btn ghost small" onClick={() => setAdding(true)}>{w().addRule}</button>}</div><p class="sm muted">{w().rulesHint}</p>
    <Show source={s} zone={zone()} height={160}>{v => v.items.length === 0 ? <Empty>{w().rulesNone}</Empty> : <ul class="list">{v.items.map(r => <li key={r.id}><b class="num">{w().ruleDays(r.rate_days, r.object_days, r.decide_days)}</b><span class="sm">{r.legal_basis}</span>
      <span class="row tight sm muted">{r.valid_to ? w().until(fullDay(r.valid_from), fullDay(r.valid_to)) : w().since(fullDay(r.valid_from))} {r.verified ? w().verifiedBy(r.verified_by) : <Chip tone="warn">{w().example}</Chip>}</span>
      {r.curves.length > 0 && <div class="scroll sideways" tabIndex={0} role="group" aria-label={w().suggested}><table class="table"><thead><tr><th scope="col">{w().resultLabel}</th>{predicates.map(p => <th scope="col" class="right" key={p}>{w().predicate[p]}</th>)}</tr></thead><tbody>{r.curves.map(c => <tr key={c.result}><th scope="row">{w().result[c.result]}</th>{predicates.map(p => <td key={p} class="num right">{number(c.shares[p])}%</td>)}</tr>)}</tbody></table></div>}</li>)}</ul>}</Show>
    {adding && <RuleDialog onClose={() => setAdding(false)} onDone={() => { setAdding(false); void s.refresh(); }} />}</section>;
}

export function RatingOfficePage() {
  const today = dayIn(serverNow(), zone()), [value, setValue] = useState(() => periodsAt(today)[0]!.value);
  return <main id="m" tabIndex={-1}><div class="row between"><h2>{w().office}</h2><PeriodPicker value={value} onValue={setValue} today={today} /></div>
    <div class="col gap"><Spread key={value} value={value} /><RulesCard /></div></main>;
}
