/* A rating and the feedback of a period as everybody reads them: the person, his superior, who decides an objection. */
import { useState } from 'preact/hooks';
import { api, online, serverNow, type Got, type Problem } from '../base/api';
import { dayIn, fullDay, number, shortFullDay, stamp, type Zone } from '../base/format';
import { Action, Chip, Dialog, Field, Note, problemText, toast, type Tone } from '../base/ui';
import { t } from '../base/words';
import { w } from './ratingwords';

export type Rating = Got<'/api/v1/reports/ratings/{rating}'>;
export type Log = Got<'/api/v1/reports/feedback'>;
export type Entry = Log['items'][number];
export type Period = 'annual' | 'quarterly';
export type Expectation = NonNullable<Rating['work']>;
export type Predicate = NonNullable<Rating['predicate']>;
export type Shares = Record<Predicate, number>;
export const expectations = ['below', 'as', 'above'] as const;
export const predicates = ['very_good', 'good', 'needs_work', 'poor', 'very_poor'] as const;
export const conducts = ['service', 'accountable', 'competent', 'harmonious', 'loyal', 'adaptive', 'collaborative'] as const;
export const predicateTone: Record<Predicate, Tone> = { very_good: 'ok', good: 'ok', needs_work: 'warn', poor: 'bad', very_poor: 'bad' };
export const stateTone: Record<Rating['state'], Tone> = { none: '', draft: '', rated: 'info', objected: 'warn', locked: 'ok' };

/** The matrix of PermenPANRB 6/2022, as src/reports/reports_rating_rules.c has it; the server decides again. */
export const predicateOf = (work: Expectation, behaviour: Expectation): Predicate =>
  behaviour === 'below' ? (work === 'below' ? 'very_poor' : 'poor') : work === 'below' ? 'needs_work' : work === 'above' && behaviour === 'above' ? 'very_good' : 'good';

const quarters = ['I', 'II', 'III', 'IV'];
export const periodText = (p: { period: Period; first_day: string }) =>
  p.period === 'annual' ? w().annual(p.first_day.slice(0, 4)) : w().quarterly(quarters[Math.floor((Number(p.first_day.slice(5, 7)) - 1) / 3)]!, p.first_day.slice(0, 4));

/** The quarter that ended last, the ones before it, the one under way and the years, as value, first day and name. */
export function periodsAt(today: string): { value: string; period: Period; first_day: string }[] {
  const year = Number(today.slice(0, 4)), quarter = Math.floor((Number(today.slice(5, 7)) - 1) / 3);
  const q = (back: number) => { const n = year * 4 + quarter - back; return { period: 'quarterly' as const, first_day: `${Math.floor(n / 4)}-${String((n % 4) * 3 + 1).padStart(2, '0')}-01` }; };
  return [q(1), q(0), q(2), q(3), { period: 'annual' as const, first_day: `${year - 1}-01-01` }, { period: 'annual' as const, first_day: `${year}-01-01` }].map(p => ({ ...p, value: `${p.period}/${p.first_day}` }));
}
export function PeriodPicker({ value, onValue, today }: { value: string; onValue: (v: string) => void; today: string }) {
  return <label><span class="sr">{w().period}</span><select value={value} onChange={e => onValue(e.currentTarget.value)}>{periodsAt(today).map(p => <option key={p.value} value={p.value}>{periodText(p)}</option>)}</select></label>;
}
export const periodOf = (value: string) => { const [period, day] = value.split('/'); return { period: period as Period, day: day! }; };

/** Names and in whose place. */
const By = ({ r, z }: { r: Rating; z: Zone }) => <p class="sm muted num">{r.rated_at && w().ratedBy(r.rated_by_name ?? '?', stamp(r.rated_at, z))}{r.rated_for_name && `, ${w().ratedFor(r.rated_for_name)}`}</p>;

/** Result, behaviour, predicate, reason and notes; objection and decision. */
export function RatingView({ r, z }: { r: Rating; z: Zone }) {
  const today = dayIn(serverNow(), z);
  return <>
    <dl class="facts"><dt>{w().work}</dt><dd>{r.work ? w().expectation[r.work] : '–'}</dd><dt>{w().behaviour}</dt><dd>{r.behaviour ? w().expectation[r.behaviour] : '–'}</dd></dl>
    {r.outcome === 'changed' && r.first_predicate && <p class="sm">{w().firstTold(w().predicate[r.first_predicate])}</p>}
    {r.reason && <><h3>{w().reason}</h3><blockquote>{r.reason}</blockquote></>}
    {r.behaviours.length > 0 && <details><summary class="sm">{w().notes}</summary><dl class="facts">{r.behaviours.flatMap(b => [<dt key={b.conduct}>{w().conduct[b.conduct]}</dt>, <dd key={`${b.conduct}/note`}>{b.note}</dd>])}</dl></details>}
    <By r={r} z={z} />
    {r.objection && <section class="col tight"><h3>{w().objection}</h3><blockquote>{r.objection}</blockquote><p class="sm muted num">{r.objected_at && w().objectedAt(stamp(r.objected_at, z))}</p>
      {r.state === 'objected' && r.decide_until && (r.decide_until < today ? <Note tone="warn" icon="clock">{w().decideLate(fullDay(r.decide_until))}</Note> : <p class="sm">{w().decideUntil(fullDay(r.decide_until))}</p>)}</section>}
    {r.decision && <section class="col tight"><h3>{w().decision}</h3><blockquote>{r.decision}</blockquote><p class="sm muted num">{r.decided_at && w().decidedBy(r.decided_by_name ?? '?', stamp(r.decided_at, z))}{r.decided_for_name && `, ${w().ratedFor(r.decided_for_name)}`}</p></section>}
    {r.state === 'locked' && <p class="sm">{w().outcome[r.outcome]}</p>}
  </>;
}
export const RatingHead = ({ r }: { r: Rating }) => <div class="row between start"><div class="col tight"><h3>{periodText(r)}</h3>{r.predicate && <span><Chip tone={predicateTone[r.predicate]}>{w().predicate[r.predicate]}</Chip></span>}</div><Chip tone={stateTone[r.state]}>{w().state[r.state]}</Chip></div>;

/** The nine fields in words; the one that is chosen is said. */
export function Matrix({ work, behaviour }: { work?: Expectation; behaviour?: Expectation }) {
  return <details class="card" open={!work || !behaviour}><summary>{w().matrix}</summary><p class="sm muted">{w().matrixHint}</p>
    <div class="scroll sideways" tabIndex={0} role="group" aria-label={w().matrix}><table class="table"><thead><tr><th scope="col">{w().work}</th>{expectations.map(b => <th scope="col" key={b}><span class="xs muted">{w().behaviourShort}</span><br />{w().short[b]}</th>)}</tr></thead>
      <tbody>{[...expectations].reverse().map(a => <tr key={a}><th scope="row">{w().short[a]}</th>{expectations.map(b => { const p = predicateOf(a, b); return <td key={b}>{work === a && behaviour === b ? <Chip tone={predicateTone[p]}>{w().predicate[p]}</Chip> : w().predicate[p]}</td>; })}</tr>)}</tbody></table></div></details>;
}

/** What was said, the newest first. */
export function LogList({ items, answer, mine = false }: { items: readonly Entry[]; answer: (e: Entry) => void; mine?: boolean }) {
  return <ul class="list">{items.map(e => <li key={e.feedback}>
    <span class="row between start"><span class="col tight"><b>{e.author_name}</b><span class="sm muted num">{w().kind[e.kind]} · {shortFullDay(e.day)}{e.author_as in w().stand && ` · ${w().stand[e.author_as as 'delegate']}`}{!e.is_person && e.author_as === 'none' && ` · ${w().lead_author}`}</span></span>{e.waits && <Chip tone="warn">{w().waits}</Chip>}</span>
    <blockquote>{e.said}</blockquote>
    {e.is_person !== mine && <span><button type="button" class="link sm" onClick={() => answer(e)}>{w().answer}</button></span>}</li>)}</ul>;
}

/** One text to be sent; `onSend` gives the problem, if any. */
export function SayDialog({ title, sub, label, hint, least = 3, most = 1000, warn, send, onSend, onClose, onDone, done }: { title: string; sub?: string; label: string; hint: string; least?: number; most?: number; warn?: string; send?: string; onSend: (text: string) => Promise<{ error?: unknown; response?: Response } | undefined>; onClose: () => void; onDone: () => void; done: string }) {
  const [text, setText] = useState(''), [tried, setTried] = useState(false), [problem, setProblem] = useState<Problem | 'network'>();
  const short = text.trim().length < least;
  const act = async () => {
    setTried(true);
    setProblem(undefined);
    if (short) return;
    const r = await onSend(text.trim()).catch(() => undefined);
    if (!r || r.error) return setProblem((r?.error as Problem | undefined) ?? 'network');
    toast(done);
    onDone();
  };
  const said = problem && problem !== 'network' && problem.pointer === '/said' ? w().refusedDay : problem && problemText(problem);
  return <Dialog title={title} {...(sub ? { sub } : {})} onClose={onClose} foot={<><Action onAct={act} disabled={!online.value}>{send ?? w().send}</Action><button type="button" class="btn ghost" onClick={onClose}>{t().cancel}</button></>}>
    {said && <Note tone="bad" icon="warn">{said}</Note>}{warn && <Note icon="info">{warn}</Note>}
    <Field label={label} hint={hint} error={tried && short ? hint : undefined}>{p => <textarea {...p} rows={4} maxLength={most} value={text} onInput={e => setText(e.currentTarget.value)} />}</Field>
  </Dialog>;
}

/** People by predicate as a table, with what is suggested beside. */
export function SharesTable({ own, curve }: { own: Shares; curve?: Shares }) {
  const sum = predicates.reduce((n, p) => n + own[p], 0);
  return <div class="scroll sideways" tabIndex={0} role="group" aria-label={w().spread}><table class="table"><thead><tr><th scope="col">{w().predicateLabel}</th><th scope="col" class="right">{w().own}</th>{curve && <th scope="col" class="right">{w().suggested}</th>}</tr></thead>
    <tbody>{predicates.map(p => <tr key={p}><th scope="row">{w().predicate[p]}</th><td class="num right">{own[p]}{sum > 0 && <span class="muted"> ({number(Math.round(own[p] * 100 / sum))}%)</span>}</td>{curve && <td class="num right">{number(curve[p])}%</td>}</tr>)}</tbody></table></div>;
}

/** The log of somebody in a period, page by page. */
export const logOf = (employee: string, from: string, to: string, cursor?: string) =>
  api.GET('/api/v1/reports/feedback/{employee}', { params: { path: { employee }, query: { from, to, ...(cursor ? { cursor } : {}) } } });
