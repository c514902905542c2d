/* The facts behind a figure of the board: how much of it lies at which unit below, and at the unit itself whose it is, or how much of which day. */
import { useEffect, useState } from 'preact/hooks';
import { api, serverNow, type Got, type Problem } from '../base/api';
import { clock, number, shortFullDay } from '../base/format';
import { zone } from '../base/shell';
import { Chip, Empty, Note, problemText, reportTone, Skeleton } from '../base/ui';
import { t } from '../base/words';
import { ThreadDialog } from '../reports/threads';
import { OpenDialog } from '../tasks/backlog';
import { TaskDialog } from '../tasks/task';
import { w as taskWords } from '../tasks/words';
import { w } from './performance_words';

type Facts = Got<'/api/v1/monitor/performance/facts'>;
type Fact = Facts['items'][number];
export type FactsOf = Facts['of'];

export const pathOf = (unit?: string) => unit ? `#/kinerja/${unit}` : '#/kinerja';
export const factsPath = (unit: string | undefined, of: FactsOf, measure?: string) => `${pathOf(unit)}?${new URLSearchParams({ fakta: of, ...(measure && { satuan: measure }) })}`;
/** Days from then until today. */
export const age = (day: string | undefined, today: string) => day ? Math.round((Date.parse(today) - Date.parse(day)) / 86_400_000) : undefined;

/* What is asked together: from one to the other by a touch. */
const together: readonly (readonly FactsOf[])[] = [['report_due', 'report_filed', 'report_verified', 'report_returned'], ['waiting', 'decided'], ['open_tasks', 'overdue_tasks']];
const isOfTasks = (of: FactsOf) => of === 'open_tasks' || of === 'overdue_tasks';

function useFacts(unit: string | undefined, of: FactsOf, measure?: string) {
  const [facts, setFacts] = useState<Facts>(), [at, setAt] = useState<Date>(), [problem, setProblem] = useState<Problem | 'network'>();
  const load = async (cursor?: string) => {
    const r = await api.GET('/api/v1/monitor/performance/facts', { params: { query: { of, ...(unit && { unit }), ...(measure && { unit_of_measure: measure }), ...(cursor && { cursor }) } } }).catch(() => undefined);
    if (!r?.data) return setProblem((r?.error as Problem | undefined) ?? 'network');
    setProblem(undefined);
    setAt(serverNow());
    setFacts(old => cursor && old ? { ...r.data!, items: [...old.items, ...r.data!.items] } : r.data);
  };
  useEffect(() => { void load(); }, []);
  return { facts, at, problem, load };
}

const ageText = (x: Fact, f: Facts) => x.since && !f.of.startsWith('report_') && f.of !== 'output' ? w().facts.age(isOfTasks(f.of), age(x.since, f.day) ?? 0) : '';

/** What is counted, behind its number. */
const counted = (f: Facts) => f.unit_of_measure ?? (isOfTasks(f.of) ? w().facts.tasks : f.of === 'report_due' ? w().facts.due : w().facts.reports);

function ByDay({ f }: { f: Facts }) {
  return <ul class="list">{f.items.map(x => <li key={x.day}><span class="row between"><b class="num">{isOfTasks(f.of) ? taskWords().due(shortFullDay(x.day)) : shortFullDay(x.day)}</b><span class="num">{number(x.amount)} {counted(f)}</span></span>{ageText(x, f) && <span class="sm muted">{w().facts.oldest(ageText(x, f))}</span>}</li>)}</ul>;
}

/* One person's report or task; in the order of days, never of persons. */
function ByPerson({ f, open }: { f: Facts; open: (x: Fact) => void }) {
  const inside = (x: Fact) => <>
    <b>{x.subject ?? x.name}</b>{x.subject && <span class="sm">{x.name ?? taskWords().head(f.name ?? '')}</span>}
    <span class="row tight">{x.report_state && <Chip tone={reportTone[x.report_state]}>{t().report[x.report_state]}</Chip>}{x.task_state && <Chip tone={x.task_state === 'sent' ? 'warn' : 'info'}>{taskWords().state[x.task_state]}</Chip>}{x.task && x.day < f.day && <Chip tone="bad">{taskWords().overdue}</Chip>}
      <span class="sm muted num">{[x.task ? taskWords().due(shortFullDay(x.day)) : shortFullDay(x.day), f.unit_of_measure && `${number(x.amount)} ${f.unit_of_measure}`, ageText(x, f)].filter(Boolean).join(' · ')}</span></span></>;
  return <ul class="list">{f.items.map(x => <li key={`${x.day}.${x.task ?? x.employee}`}>{x.report || x.task ? <button type="button" class="rowbutton" onClick={() => open(x)}>{inside(x)}</button> : <div class="col tight">{inside(x)}</div>}</li>)}</ul>;
}

function Own({ f, more, reload }: { f: Facts; more: (cursor: string) => void; reload: () => void }) {
  const [shown, open] = useState<Fact>(), [tasks, setTasks] = useState(false), k = w().facts;
  if (!f.unit) return null;
  return <section class="card"><div class="row between"><h2>{f.units.length ? k.here(f.name ?? '') : k.each}</h2>{isOfTasks(f.of) && !f.by_person && f.amount > 0 && <button type="button" class="btn ghost small" onClick={() => setTasks(true)}>{taskWords().showOpen(f.name ?? '')}</button>}</div>
    {f.items.length === 0 ? <Empty>{f.units.length ? k.noneHere : k.none}</Empty> : f.by_person ? <ByPerson f={f} open={open} /> : <ByDay f={f} />}
    {f.next && <button type="button" class="btn ghost" onClick={() => more(f.next!)}>{t().more}</button>}
    {!f.by_person && <p class="sm muted">{k.noNames}</p>}
    {shown?.report && <ThreadDialog row={{ report: shown.report, name: shown.name ?? '', day: shown.day, state: shown.report_state ?? 'submitted' }} onClose={() => open(undefined)} />}
    {shown?.task && <TaskDialog task={shown.task} onClose={() => open(undefined)} onChange={reload} />}
    {tasks && <OpenDialog unit={f.unit} name={f.name ?? ''} onClose={() => setTasks(false)} />}</section>;
}

/** Without `unit` of the whole government, by its agencies. */
export function FactsPage({ unit, of, measure }: { unit?: string; of: FactsOf; measure?: string }) {
  const { facts: f, at, problem, load } = useFacts(unit, of, measure), k = w().facts, row = together.find(x => x.includes(of));
  const wrong = problem && <Note tone="bad" icon="warn">{problemText(problem)} <button class="link" onClick={() => void load(f?.next)}>{t().retry}</button></Note>;
  return <main id="m" tabIndex={-1} class="performance">
    <div class="col tight"><a class="sm" href={pathOf(unit)}>{k.back}</a><h2>{of === 'output' ? k.output(measure ?? '') : k.of[of]}</h2>{f && <span class="sm muted num">{[f.name ?? w().government, at && k.at(clock(at.toISOString(), zone()))].filter(Boolean).join(' · ')} <button type="button" class="link" onClick={() => void load()}>{k.again}</button></span>}</div>
    {row && <nav class="row tight" aria-label={k.figures}>{row.map(x => <a key={x} class={`btn small ${x === of ? '' : 'ghost'}`} aria-current={x === of ? 'page' : undefined} href={factsPath(unit, x)}>{k.of[x]}</a>)}</nav>}
    {wrong}{!f ? !problem && <Skeleton height={240} /> : <>
      <p class="num"><b class="figure">{number(f.amount)}</b> {counted(f)}</p>
      {f.units.length > 0 && <section class="card"><h2>{w().units}</h2><ul class="list">{f.units.map(u => <li key={u.unit}><span class="row between nowrap"><a href={factsPath(u.unit, of, measure)}>{u.name}</a><span class="num strong">{number(u.amount)}</span></span></li>)}</ul></section>}
      {!f.unit && f.units.length === 0 && <section class="card"><Empty>{k.none}</Empty></section>}
      <Own f={f} more={cursor => void load(cursor)} reload={() => void load()} /></>}
  </main>;
}
