/* The rating of one person: what the period left in Luwes beside, the form, the matrix in words; a draft is kept or told. */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { api, online, type Got, type Problem } from '../base/api';
import { fullDay, number, shortFullDay, type Zone } from '../base/format';
import { source } from '../base/load';
import { Action, Chip, Dialog, Empty, Field, Kpi, Note, problemText, Reload, reportTone, Show, StackedBar, toast } from '../base/ui';
import { t } from '../base/words';
import { conducts, expectations, LogList, logOf, Matrix, periodText, predicateOf, predicateTone, RatingHead, RatingView, SayDialog, type Entry, type Expectation, type Log, type Period } from './ratingparts';
import { w } from './ratingwords';
import { shareText } from './targetparts';

type Form = Got<'/api/v1/reports/rating-form/{employee}'>;
type Conduct = (typeof conducts)[number];

function Evidence({ f }: { f: Form }) {
  const n = f.figures, worked = n.office + n.home + n.anywhere + n.outside_duty;
  return <section class="card"><h2>{w().evidence}</h2><p class="sm muted">{w().evidenceHint}</p>
    {f.days === 0 ? <Empty>{w().noEvidence}</Empty> : <div class="kpis"><Kpi label={w().days} value={number(worked)} sub={`WFO ${n.office} · WFH ${n.home} · WFA ${n.anywhere} · DL ${n.outside_duty}`} />
      <Kpi label={w().absent} value={number(n.absent)} sub={`${w().lateTimes}: ${number(n.late_times)}`} tone={n.absent ? 'warn' : ''} />
      <Kpi label={w().reports} value={w().ofDue(number(n.reports_verified), number(n.reports_due))} sub={`${w().returned}: ${number(f.returned)} · ${w().lateReports}: ${number(f.late_reports)}`} />
      <Kpi label={w().feedbackCount} value={number(f.feedbacks)} sub={w().questions(f.questions)} tone={f.questions ? 'warn' : ''} /></div>}</section>;
}

type Facts = Got<'/api/v1/reports/rating-form/{employee}/targets/{target}'>;
type Target = Form['plans'][number]['targets'][number];

/* The report items behind a figure, in day order. */
function FactsDialog({ f, target, z, onClose }: { f: Form; target: Target; z: Zone; onClose: () => void }) {
  const ask = (cursor?: string) => api.GET('/api/v1/reports/rating-form/{employee}/targets/{target}', { params: { path: { employee: f.employee, target: target.target }, query: { period: f.period, day: f.last_day, ...(cursor && { cursor }) } } });
  const s = useMemo(() => source<Facts>(null, () => ask()), [target.target]), [more, setMore] = useState<Facts>();
  useEffect(() => { void s.refresh(); }, [s]);
  const next = async (cursor: string) => {
    const r = await ask(cursor).catch(() => undefined);
    if (!r?.data) return toast(problemText((r?.error as Problem | undefined) ?? 'network'));
    setMore({ ...r.data, items: [...more?.items ?? [], ...r.data.items] });
  };
  return <Dialog title={target.result} sub={`${f.name} · ${periodText(f)}`} onClose={onClose}><Show source={s} zone={z} height={200}>{v => {
    const items = [...v.items, ...more?.items ?? []], cursor = more ? more.next : v.next;
    return items.length === 0 ? <Empty>{w().noFacts}</Empty> : <><ul class="list">{items.map((x, i) => <li key={i}><span class="row between start"><span class="sm strong num">{shortFullDay(x.day)}</span><Chip tone={reportTone[x.state]}>{t().report[x.state]}</Chip></span><span class="wrap">{x.description}</span><span class="sm num">{number(x.volume)} {x.unit_of_measure}</span></li>)}</ul>{cursor && <Action class="btn ghost" onAct={() => next(cursor)}>{w().older}</Action>}</>;
  }}</Show></Dialog>;
}

/* What was planned, and what verified reports brought of it in the period; each figure opens. */
function Plans({ f, z }: { f: Form; z: Zone }) {
  const [open, setOpen] = useState<Target>();
  return <section class="card"><h2>{w().plans}</h2><p class="sm muted">{w().plansHint}</p>{f.plans.length === 0 ? <Empty>{w().noPlans}</Empty> : f.plans.map(p => <div key={p.plan} class="col tight"><h3>{periodText(p)}</h3>
    <ul class="list">{p.targets.map(x => <li key={x.target}><button type="button" class="rowbutton" onClick={() => setOpen(x)}><b>{x.result}</b>
      {x.amount === undefined ? <span class="sm muted">{w().uncounted}</span> : <><StackedBar whole={Math.max(x.amount, x.until ?? 0)} label={w().untilOf(number(x.until ?? 0), number(x.amount), x.unit_of_measure ?? '')} parts={[{ kind: 'office', value: x.until ?? 0 }]} />
        <span class="sm num"><b>{shareText(x.progress ?? 0)}</b> · {w().untilOf(number(x.until ?? 0), number(x.amount), x.unit_of_measure ?? '')}</span><span class="sm muted num">{w().inPeriod(number(x.verified ?? 0))}{(x.waiting ?? 0) > 0 && ` · ${w().waitingOf(number(x.waiting!))}`}</span></>}</button></li>)}</ul></div>)}
    {open && <FactsDialog f={f} target={open} z={z} onClose={() => setOpen(undefined)} />}</section>;
}

/** Feedback of the period, with giving, answering and the talk. */
export function PersonLog({ employee, name, from, to, z, mayTalk }: { employee: string; name: string; from: string; to: string; z: Zone; mayTalk: boolean }) {
  const s = useMemo(() => source<Log>(null, () => logOf(employee, from, to)), [employee, from, to]), [saying, say] = useState<Entry | 'give' | 'dialogue'>(), [older, setOlder] = useState<Log>();
  const refresh = () => { setOlder(undefined); void s.refresh(); };
  useEffect(refresh, [s]);
  const next = async (cursor: string) => {
    const r = await logOf(employee, from, to, cursor).catch(() => undefined);
    if (!r?.data) return toast(problemText((r?.error as Problem | undefined) ?? 'network'));
    setOlder({ ...r.data, items: [...older?.items ?? [], ...r.data.items] });
  };
  const reply = typeof saying === 'object' ? saying : undefined;
  return <section class="card"><h2>{w().logOf}</h2><div class="row"><button type="button" class="btn ghost small" disabled={!online.value} onClick={() => say('give')}>{w().give}</button>{mayTalk && <button type="button" class="btn ghost small" disabled={!online.value} onClick={() => say('dialogue')}>{w().dialogue}</button>}</div>
    <Show source={s} zone={z} height={160}>{v => {
      const items = [...v.items, ...older?.items ?? []], cursor = older ? older.next : v.next;
      return items.length === 0 ? <Empty>{w().logNone}</Empty> : <><LogList items={items} answer={e => say(e)} />{cursor && <Action class="btn ghost" onAct={() => next(cursor)}>{w().older}</Action>}</>;
    }}</Show>
    {saying && <SayDialog title={reply ? w().answerTitle : saying === 'dialogue' ? w().dialogue : w().give} sub={name} label={reply ? w().answerLabel : saying === 'dialogue' ? w().dialogueLabel : w().logOf} hint={saying === 'dialogue' ? w().dialogueHint : w().saidHintBoss} done={w().sent}
      onSend={said => api.POST('/api/v1/reports/feedback/{employee}', { params: { path: { employee } }, body: { said, ...(reply ? { reply_to: reply.feedback } : {}), ...(saying === 'dialogue' ? { dialogue: true } : {}), ...(mayTalk && !reply ? { day: to } : {}) } })} onClose={() => say(undefined)} onDone={() => { say(undefined); refresh(); }} />}
  </section>;
}

interface Draft { work?: Expectation; behaviour?: Expectation; reason: string; notes: Record<Conduct, string> }
const draftOf = (f: Form): Draft => ({ ...(f.rating?.work ? { work: f.rating.work } : {}), ...(f.rating?.behaviour ? { behaviour: f.rating.behaviour } : {}), reason: f.rating?.reason ?? '', notes: Object.fromEntries(conducts.map(c => [c, f.rating?.behaviours.find(b => b.conduct === c)?.note ?? ''])) as Draft['notes'] });
/** What is missing before it can be told, by field. */
export function gapsOf(d: Draft): { work?: string; behaviour?: string; reason?: string; notes: Partial<Record<Conduct, string>> } {
  const below = d.work === 'below' || d.behaviour === 'below';
  return { ...(!d.work && { work: w().errChoose }), ...(!d.behaviour && { behaviour: w().errChoose }), ...(below && d.reason.trim().length < 10 && { reason: w().reasonHint }), notes: Object.fromEntries(conducts.filter(c => d.notes[c].trim().length < 3).map(c => [c, w().errNote])) };
}
const isWhole = (g: ReturnType<typeof gapsOf>) => !g.work && !g.behaviour && !g.reason && Object.keys(g.notes).length === 0;

const Choose = ({ label, value, error, set }: { label: string; value?: Expectation; error?: string; set: (v: Expectation | undefined) => void }) =>
  <Field label={label} error={error}>{p => <select {...p} value={value ?? ''} onChange={e => set((e.currentTarget.value || undefined) as Expectation | undefined)}><option value="">{w().choose}</option>{[...expectations].reverse().map(x => <option key={x} value={x}>{w().expectation[x]}</option>)}</select>}</Field>;

function Editor({ f, onDone }: { f: Form; onDone: (told: boolean) => void }) {
  const [d, set] = useState(() => draftOf(f)), [tried, setTried] = useState(false), [asking, ask] = useState(false), [problem, setProblem] = useState<Problem | 'network'>(), form = useRef<HTMLDivElement>(null);
  const gaps = gapsOf(d), shown = tried ? gaps : { notes: {} } as ReturnType<typeof gapsOf>;
  const save = async (tell: boolean) => {
    setProblem(undefined);
    const body = { period: f.period, day: f.last_day, version: f.version, ...(d.work ? { work: d.work } : {}), ...(d.behaviour ? { behaviour: d.behaviour } : {}), reason: d.reason.trim(), behaviours: conducts.filter(c => d.notes[c].trim()).map(c => ({ conduct: c, note: d.notes[c].trim() })), tell };
    const r = await api.PUT('/api/v1/reports/rating-form/{employee}', { params: { path: { employee: f.employee } }, body }).catch(() => undefined);
    if (!r?.data) { ask(false); return setProblem((r?.error as Problem | undefined) ?? 'network'); }
    toast(tell ? w().toldDone : w().saved);
    onDone(tell);
  };
  const tell = () => {
    setTried(true);
    if (isWhole(gaps)) return ask(true);
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus());
  };
  return <div class="col gap" ref={form}>
    <section class="card"><h2>{w().formTitle}</h2>{f.acts_for_name && <Note icon="info">{w().actingFor(f.acts_for_name)}</Note>}
      {problem && <Note tone="bad" icon="warn">{problem !== 'network' && problem.pointer === '/employee' ? w().refusedLead : problem !== 'network' && problem.pointer === '/tell' ? w().noRule : problemText(problem)}<Reload problem={problem} onReload={() => onDone(false)} /></Note>}
      <div class="two"><Choose label={w().work} value={d.work} error={shown.work} set={work => set({ ...d, work })} /><Choose label={w().behaviour} value={d.behaviour} error={shown.behaviour} set={behaviour => set({ ...d, behaviour })} /></div>
      {d.work && d.behaviour && <p role="status"><Chip tone={predicateTone[predicateOf(d.work, d.behaviour)]}>{w().becomes(w().predicate[predicateOf(d.work, d.behaviour)])}</Chip></p>}
      {(d.work === 'below' || d.behaviour === 'below' || d.reason) && <Field label={w().reasonLabel} hint={w().reasonHint} error={shown.reason}>{p => <textarea {...p} rows={3} maxLength={1000} value={d.reason} onInput={e => set({ ...d, reason: e.currentTarget.value })} />}</Field>}
      <h3>{w().conductTitle}</h3><p class="sm muted">{w().conductHint}</p>
      {conducts.map(c => <Field key={c} label={w().conduct[c]} error={shown.notes[c]}>{p => <textarea {...p} rows={2} maxLength={500} value={d.notes[c]} onInput={e => set({ ...d, notes: { ...d.notes, [c]: e.currentTarget.value } })} />}</Field>)}
      {!f.has_rule && <Note tone="warn" icon="warn">{w().noRule}</Note>}
      <div class="row"><button type="button" class="btn" disabled={!f.has_rule || !online.value} onClick={tell}>{w().tell}</button><Action class="btn ghost" onAct={() => save(false)} disabled={!online.value}>{w().save}</Action></div></section>
    <Matrix work={d.work} behaviour={d.behaviour} />
    {asking && <Dialog title={w().tellTitle} sub={`${f.name} · ${periodText(f)}`} onClose={() => ask(false)} foot={<><Action onAct={() => save(true)} disabled={!online.value}>{w().tell}</Action><button type="button" class="btn ghost" onClick={() => ask(false)}>{t().cancel}</button></>}>
      {d.work && d.behaviour && <p><Chip tone={predicateTone[predicateOf(d.work, d.behaviour)]}>{w().becomes(w().predicate[predicateOf(d.work, d.behaviour)])}</Chip></p>}<p>{w().tellWarn(f.object_days ?? 0)}</p></Dialog>}
  </div>;
}

export function RatingForm({ employee, period, day, z, onClose, onTold }: { employee: string; period: Period; day: string; z: Zone; onClose: () => void; onTold: () => void }) {
  const s = useMemo(() => source<Form>(null, () => api.GET('/api/v1/reports/rating-form/{employee}', { params: { path: { employee }, query: { period, day } } })), [employee, period, day]);
  useEffect(() => { void s.refresh(); }, [s]);
  return <main id="m" tabIndex={-1}><div><button type="button" class="link" onClick={onClose}>← {w().team}</button></div>
    <Show source={s} zone={z} height={480}>{f => <>
      <div class="row between start"><div class="col tight"><h2>{f.name}</h2><p class="sm muted">{[f.position, f.unit_name].filter(Boolean).join(' · ')}</p></div><Chip>{periodText(f)}</Chip></div>
      {!f.is_over && <Note icon="info">{w().notOver(fullDay(f.last_day))}</Note>}
      <div class="cols even"><div class="col gap"><Evidence f={f} /><Plans f={f} z={z} /><PersonLog employee={employee} name={f.name} from={f.first_day} to={f.last_day} z={z} mayTalk={f.is_over && f.stand !== 'none'} /></div>
        <div class="col gap">{f.may_rate ? <Editor key={f.version} f={f} onDone={told => { void s.refresh(); if (told) onTold(); }} /> : f.rating && f.rating.state !== 'draft' ? <section class="card"><h2>{w().formTitle}</h2><RatingHead r={f.rating} /><RatingView r={f.rating} z={z} /></section> : f.stand === 'none' ? <Note icon="info">{w().followedHint}</Note> : <Matrix />}</div></div>
    </>}</Show></main>;
}
