/* Umpan balik & penilaian of the team: who waits for an answer, who is rated, how it is spread; objections to what superiors below rated. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { api, online, serverNow, type Got, type Problem } from '../base/api';
import { dayIn, fullDay, shortFullDay, stamp, type Zone } from '../base/format';
import { source } from '../base/load';
import { zone } from '../base/shell';
import { Action, Chip, Dialog, Empty, Field, Initials, Note, problemText, Reload, Show, toast } from '../base/ui';
import { t } from '../base/words';
import { RatingForm } from './ratingform';
import { expectations, PeriodPicker, periodOf, periodsAt, periodText, predicateOf, predicateTone, RatingHead, RatingView, SharesTable, stateTone, type Expectation, type Rating } from './ratingparts';
import { w } from './ratingwords';

type Team = Got<'/api/v1/reports/rating-team'>;
type Member = Team['items'][number];
type Objections = Got<'/api/v1/reports/rating-objections'>;
type Objection = Objections['items'][number];

/* Who waits and who is rated is said of all: the pages of a list are one list here. */
export async function allPages<T extends { items: unknown[]; next?: string }>(ask: (cursor?: string) => Promise<{ data?: T; error?: object }>): Promise<{ data?: T; error?: object }> {
  const whole = await ask();
  for (let page = whole; page.data?.next && whole.data;) {
    page = await ask(page.data.next);
    if (!page.data) return page;
    whole.data.items.push(...page.data.items);
  }
  return whole;
}

function MemberRow({ m, open }: { m: Member; open: () => void }) {
  return <li><button type="button" class="rowbutton person" onClick={open}><Initials name={m.name} />
    <span class="col tight"><span class="row between start"><span class="col tight"><b>{m.name}</b>{m.position && <span class="sm muted">{m.position}</span>}</span>
      <span class="row tight">{m.predicate && <Chip tone={predicateTone[m.predicate]}>{w().predicate[m.predicate]}</Chip>}{m.state && m.state !== 'none' && <Chip tone={stateTone[m.state]}>{w().state[m.state]}</Chip>}</span></span>
      <span class="sm muted num">{w().feedbacks(m.feedbacks, m.last_feedback && shortFullDay(m.last_feedback))}</span>{m.questions > 0 && <span><Chip tone="warn">{w().questions(m.questions)}</Chip></span>}</span></button></li>;
}

function Decide({ row, z, onClose, onDone }: { row: Objection; z: Zone; onClose: () => void; onDone: () => void }) {
  const path = { objection: row.objection }, s = useMemo(() => source<Rating>(null, () => api.GET('/api/v1/reports/rating-objections/{objection}', { params: { path } })), [row.objection]);
  const [chosen, choose] = useState<{ work?: Expectation; behaviour?: Expectation }>({}), [text, setText] = useState(''), [tried, setTried] = useState(false), [problem, setProblem] = useState<Problem | 'network'>();
  useEffect(() => { void s.refresh(); }, [s]);
  const r = s.state.value.value, work = chosen.work ?? r?.work, behaviour = chosen.behaviour ?? r?.behaviour, short = text.trim().length < 10, waits = r?.state === 'objected';
  const act = async () => {
    setTried(true);
    setProblem(undefined);
    if (!r || !work || !behaviour || short) return;
    const a = await api.POST('/api/v1/reports/rating-objections/{objection}/decide', { params: { path }, body: { version: r.version, work, behaviour, decision: text.trim() } }).catch(() => undefined);
    if (!a?.data) return setProblem((a?.error as Problem | undefined) ?? 'network');
    toast(w().decideDone);
    onDone();
  };
  return <Dialog title={w().decideTitle} sub={`${row.name} · ${periodText({ period: row.period, first_day: row.last_day })}`} onClose={onClose} broad foot={waits ? <><Action onAct={act} disabled={!online.value}>{w().decide}</Action><button type="button" class="btn ghost" onClick={onClose}>{t().cancel}</button></> : undefined}>
    {problem && <Note tone="bad" icon="warn">{problemText(problem)}<Reload problem={problem} onReload={onDone} /></Note>}
    <Show source={s} zone={z} height={280}>{v => <><RatingHead r={v} /><RatingView r={v} z={z} /></>}</Show>
    {waits && work && behaviour && <><div class="two">{([['work', work], ['behaviour', behaviour]] as const).map(([f, value]) => <Field key={f} label={w()[f]}>{p => <select {...p} value={value} onChange={e => choose({ ...chosen, [f]: e.currentTarget.value as Expectation })}>{[...expectations].reverse().map(x => <option key={x} value={x}>{w().expectation[x]}</option>)}</select>}</Field>)}</div>
      <p role="status"><Chip tone={predicateTone[predicateOf(work, behaviour)]}>{w().becomes(w().predicate[predicateOf(work, behaviour)])}</Chip></p>
      <Field label={w().decideLabel} hint={w().decideHint} error={tried && short ? w().decideHint : undefined}>{p => <textarea {...p} rows={4} maxLength={2000} value={text} onInput={e => setText(e.currentTarget.value)} />}</Field></>}
  </Dialog>;
}

const ObjectionRow = ({ o, z, open }: { o: Objection; z: Zone; open: () => void }) => <li><button type="button" class="rowbutton person" onClick={open}><Initials name={o.name} />
  <span class="col tight"><span class="row between start"><b>{o.name}</b><Chip tone={o.state === 'objected' ? 'warn' : 'ok'}>{w().state[o.state]}</Chip></span>
    <span class="sm muted num">{[periodText({ period: o.period, first_day: o.last_day }), w().predicate[o.predicate], o.rated_by_name && w().by(o.rated_by_name), w().objectedAt(stamp(o.objected_at, z))].filter(Boolean).join(' · ')}</span>
    {o.state === 'objected' && <span class="sm">{o.decide_until < dayIn(serverNow(), z) ? w().decideLate(fullDay(o.decide_until)) : w().decideUntil(fullDay(o.decide_until))}</span>}</span></button></li>;

/* Only who has superiors below him has any. */
function ObjectionsCard({ z }: { z: Zone }) {
  const s = useMemo(() => source<Objections>('rating-objections', () => allPages(cursor => api.GET('/api/v1/reports/rating-objections', { params: { query: { ...(cursor && { cursor }) } } }))), []), [open, setOpen] = useState<Objection>();
  const refresh = () => void s.refresh();
  useEffect(refresh, [s]);
  const items = s.state.value.value?.items ?? [], waits = items.filter(o => o.state === 'objected'), decided = items.filter(o => o.state !== 'objected');
  if (!items.length) return null;
  const list = (l: Objection[]) => <ul class="list">{l.map(o => <ObjectionRow key={o.objection} o={o} z={z} open={() => setOpen(o)} />)}</ul>;
  return <section class="card"><h2>{w().objections(waits.length)}</h2><p class="sm muted">{w().objectionsHint}</p>{waits.length > 0 && list(waits)}
    {decided.length > 0 && <details><summary class="sm">{w().decided}</summary>{list(decided)}</details>}
    {open && <Decide row={open} z={z} onClose={() => setOpen(undefined)} onDone={() => { setOpen(undefined); refresh(); }} />}</section>;
}

function Around({ v }: { v: Team }) {
  return <section class="card"><h2>{w().spread}</h2><p class="sm">{v.result ? w().resultIs(w().result[v.result]) : w().noResult}</p><SharesTable own={v.told} {...(v.curve ? { curve: v.curve } : {})} /><p class="sm muted">{w().spreadHint}{v.result && !v.curve && ` ${w().noCurve}`}</p>
    {v.legal_basis && <p class="sm muted">{w().basis(v.legal_basis)} {!v.verified && <Chip tone="warn">{w().example}</Chip>}</p>}</section>;
}

export function RatingTeamPage() {
  const z = zone(), today = dayIn(serverNow(), z), [value, setValue] = useState(() => periodsAt(today)[0]!.value), [open, setOpen] = useState<Member>(), { period, day } = periodOf(value);
  const s = useMemo(() => source<Team>(`rating-team/${value}`, () => allPages(cursor => api.GET('/api/v1/reports/rating-team', { params: { query: { period, day, ...(cursor && { cursor }) } } }))), [value]);
  const refresh = () => void s.refresh();
  useEffect(refresh, [s]);
  if (open) return <RatingForm employee={open.employee} period={period} day={day} z={z} onClose={() => { setOpen(undefined); refresh(); }} onTold={refresh} />;
  return <main id="m" tabIndex={-1}>
    <div class="row between"><h2>{w().team}</h2><PeriodPicker value={value} onValue={setValue} today={today} /></div>
    <Show source={s} zone={z} height={420}>{v => {
      const own = v.items.filter(m => m.relation === 'supervisor'), led = v.items.filter(m => m.relation !== 'supervisor'), open = own.filter(m => !m.rating), told = own.filter(m => m.rating);
      const list = (l: Member[]) => <ul class="list">{l.map(m => <MemberRow key={m.employee} m={m} open={() => setOpen(m)} />)}</ul>;
      return <>{!v.is_over ? <Note icon="info">{w().notOver(fullDay(v.last_day))}</Note> : !v.has_rule ? <Note tone="warn" icon="warn">{w().noRule}</Note> : v.rate_until && open.length > 0 && <Note tone={v.rate_until < today ? 'warn' : ''} icon="clock">{(v.rate_until < today ? w().rateLate : w().rateUntil)(fullDay(v.rate_until))}</Note>}
        {!v.items.length ? <section class="card"><Empty>{w().noTeam}</Empty></section> : <div class="cols even"><div class="col gap"><ObjectionsCard z={z} />
          {own.length > 0 && <section class="card"><h2>{w().toRate(open.length)}</h2>{open.length ? list(open) : <Empty>{w().allRated}</Empty>}</section>}
          {led.length > 0 && <section class="card"><h2>{w().followed}</h2><p class="sm muted">{w().followedHint}</p>{list(led)}</section>}</div>
          <div class="col gap">{told.length > 0 && <section class="card"><h2>{w().told(told.length)}</h2>{list(told)}</section>}{own.length > 0 && <Around v={v} />}</div></div>}</>;
    }}</Show>
  </main>;
}
