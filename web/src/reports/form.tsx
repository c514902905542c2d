/*
 * Laporan: results with quantity and evidence. The draft is kept on the phone every two seconds and when the
 * screen is left, until the server has taken the report.
 */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { api, isProblem, online, serverNow, upload, type Problem } from '../base/api';
import type { Bytes } from '../base/bytes';
import { addDays, clock, dayIn, instantOf, longDay, minute, minutesOf, mondayOf, past, shortDay, stamp, untilText, type Zone } from '../base/format';
import { Icon } from '../base/icons';
import { source } from '../base/load';
import { prepared } from '../base/shrink';
import { me } from '../base/session';
import { later as lazily, route, zone } from '../base/shell';
import { keepDraft, readDraft, reportDraft, type OutboxItem } from '../base/store';
import { Action, Chip, DateInput, Dialog, EVIDENCE, Field, FileInput, isEvidence, Note, problemText, reportTone, Show, Skeleton, TimeInput, toast } from '../base/ui';
import { t } from '../base/words';
import { delivered, flush, outbox, recordReport, rejected, waiting } from '../attendance/outbox';
import { owesReport } from '../attendance/days';
import { OutboxBanner } from '../attendance/home';
import { standing, today as copyOfToday } from '../attendance/today';
import { w as attendance } from '../attendance/words';
import { choicesOn, dayPlanOf, lastReport, plansOf, sameUnit, taskChoices, tasksOf, templates, type Choice, type DayPlan, type TaskChoice, type Tasks, type Template } from './fill';
import { ConfirmDay, REASON_MIN, useDraft } from './confirm';
import { w as tap } from './confirmwords';
import { ReportView, Thread, type Report } from './view';
import { w } from './words';

/* What came later is absent in drafts that phones already keep. */
export interface Item { starts: string; ends: string; description: string; volume: string; unit_of_measure: string; target_id?: string; target: string; task_id?: string; task?: string; effective_minutes?: string; reference?: string; evidence_sha256?: string; evidence_bytes?: Bytes; evidence_name?: string; evidence_link: string; day?: string }
interface Draft { items: Item[]; obstacle: string; late_reason?: string }

const blank = (after?: Item): Item => ({ starts: after?.ends ?? '08:00', ends: after?.ends ? later(after.ends) : '10:00', description: '', volume: '1', unit_of_measure: after?.unit_of_measure ?? '', target_id: after?.target_id, target: after?.target ?? '', evidence_link: '', day: after?.day });
const later = (at: string) => `${String(Math.min(23, Number(at.slice(0, 2)) + 2)).padStart(2, '0')}:${at.slice(3)}`;

/** Days that a result may be of: those of the week up to the day by which its report is due, else none to choose. */
export const daysOf = (r: Pick<Report, 'day' | 'week_day'>): string[] => r.week_day !== r.day ? [] : [0, 1, 2, 3, 4, 5, 6].map(n => addDays(mondayOf(r.day), n)).filter(d => d <= r.day);

/* A day's first result begins when its work does, as far as this phone knows; that of a week is first of today. */
function first(day: string, days: readonly string[] = []): Item {
  const copy = copyOfToday.state.peek().value, now = copy?.day ?? day, item = { ...blank(), day: days.includes(now) ? now : undefined };
  return copy && copy.day === (item.day ?? day) && copy.starts ? { ...item, starts: copy.starts, ends: later(copy.starts) } : item;
}

/** "04:00" after "22:00" is of the next day, "28:00"; what would last longer than half a day is a slip. */
export function endOf(i: Pick<Item, 'starts' | 'ends'>): string {
  const next = past(i.starts, i.ends);
  return i.ends && minutesOf(next) - minutesOf(i.starts) <= 720 ? next : i.ends;
}
/* and back again, as a field can show it */
const ofClock = (at: string) => at < '24:00' ? at : `${String(Number(at.slice(0, 2)) - 24).padStart(2, '0')}${at.slice(2)}`;

const Unread = lazily(async () => (await import('./threads')).Unread, true);
const TemplateDialog = lazily(async () => (await import('./templates')).TemplateDialog, true);
const KeepDialog = lazily(async () => (await import('./templates')).KeepDialog, true);
const ProgressDialog = lazily(async () => (await import('./progress')).ProgressDialog, true);

export type Errors = Partial<Record<keyof Item, string>>;
export function checkItem(i: Item): Errors {
  const e: Errors = {};
  if (i.description.trim().length < 10) e.description = w().errDescription;
  if (!i.starts || !(endOf(i) > i.starts)) e.ends = w().errSpan;
  if (!/^[1-9]\d{0,4}$/.test(i.volume)) e.volume = w().errVolume;
  if (!i.unit_of_measure.trim()) e.unit_of_measure = w().errUnit;
  if (i.effective_minutes && !(/^[1-9]\d{0,3}$/.test(i.effective_minutes) && Number(i.effective_minutes) <= minutesOf(endOf(i)) - minutesOf(i.starts))) e.effective_minutes = w().errMinutes;
  if (i.evidence_link && !/^https:\/\/.+/.test(i.evidence_link)) e.evidence_link = w().errLink;
  return e;
}

/** What the server takes: empty fields left out. */
export const toBody = (day: string, version: number, d: Draft, submit: boolean) => ({
  day, version, submit, ...(d.obstacle.trim() ? { obstacle: d.obstacle.trim() } : {}), ...(submit && d.late_reason?.trim() ? { late_reason: d.late_reason.trim() } : {}),
  items: d.items.filter(i => submit || i.description.trim().length >= 10).map(i => ({
    starts: i.starts, ends: endOf(i), description: i.description.trim(), volume: Number(i.volume) || 1, unit_of_measure: i.unit_of_measure.trim() || '-',
    ...(i.target_id ? { target_id: i.target_id } : i.target.trim() ? { target: i.target.trim() } : {}),
    ...(i.task_id ? { task_id: i.task_id } : {}),
    ...(i.effective_minutes ? { effective_minutes: Number(i.effective_minutes) } : {}),
    ...(i.reference?.trim() ? { reference: i.reference.trim() } : {}),
    ...(i.evidence_sha256 ? { evidence_sha256: i.evidence_sha256, evidence_name: i.evidence_name } : i.evidence_bytes ? { evidence_bytes: i.evidence_bytes, evidence_name: i.evidence_name } : {}),
    ...(i.evidence_link ? { evidence_link: i.evidence_link } : {}),
    ...(i.day && i.day !== day ? { day: i.day } : {}),
  })),
});

/** A report that would be late if it was sent now says why; one that came back stays as timely as it was. */
export const isOver = (r: Pick<Report, 'state' | 'on_time_until'>) => (r.state === 'none' || r.state === 'draft') && !!r.on_time_until && serverNow().getTime() >= Date.parse(r.on_time_until);
export const needsReason = (r: Pick<Report, 'state' | 'on_time_until'>, d: { late_reason?: string }) => isOver(r) && (d.late_reason?.trim().length ?? 0) < REASON_MIN;

const ofServer = (i: Report['items'][number]): Item => ({ starts: ofClock(i.starts), ends: ofClock(i.ends), description: i.description, volume: String(i.volume), unit_of_measure: i.unit_of_measure, target_id: i.target_id, target: i.target ?? '', task_id: i.task_id, task: i.task?.subject, effective_minutes: i.effective_minutes ? String(i.effective_minutes) : '', reference: i.reference ?? '', evidence_sha256: i.evidence_sha256, evidence_name: i.evidence_name, evidence_link: i.evidence_link ?? '', day: i.day });
const fromServer = (r: Report): Draft => ({ obstacle: r.obstacle ?? '', items: r.items.map(ofServer) });

/** Another day's work again: its evidence belongs to its day, and a planned result or a task must hold today. */
export const again = (items: Report['items'], choices: Choice[], tasks: TaskChoice[] = []): Item[] => items.map(i => ({ ...ofServer(i), target_id: choices.some(c => c.id === i.target_id) ? i.target_id : undefined, ...(!tasks.some(x => x.id === i.task_id) && { task_id: undefined, task: undefined }), reference: '', evidence_sha256: undefined, evidence_bytes: undefined, evidence_name: undefined, evidence_link: '', day: undefined }));
/** From a template: its times, without evidence. */
export const ofTemplate = (items: Template['items']): Item[] => items.map(i => ({ ...i, starts: ofClock(i.starts), ends: ofClock(i.ends), volume: String(i.volume), target: '', evidence_link: '' }));
/* as large as a shrunk picture: more is not kept on the phone */
const KEPT_BYTES = 300 * 1024;

/** What a template keeps of items that are whole. */
export const toTemplate = (items: Item[]): Template['items'] => items.filter(i => Object.keys(checkItem({ ...i, evidence_link: '', effective_minutes: '' })).length === 0).map(i => ({ starts: i.starts, ends: endOf(i), description: i.description.trim(), volume: Number(i.volume), unit_of_measure: i.unit_of_measure.trim() }));
/** What was meant for the day, one after the other from when its work begins. */
export const meant = (plan: DayPlan['items'], start: Item, choices: Choice[], tasks: TaskChoice[] = []): Item[] => plan.reduce<Item[]>((done, p) => {
  const next = done.length ? blank(done.at(-1)) : start, choice = choices.find(c => c.id === p.target), task = tasks.find(x => x.id === p.task);
  return [...done, { ...next, description: p.description, ...(task && { task_id: task.id, task: task.subject }), target_id: choice?.id, target: '', volume: String(p.volume ?? 1), unit_of_measure: p.unit_of_measure ?? choice?.unit ?? '' }];
}, []);

function Evidence({ item, error, set }: { item: Item; error?: string; set: (p: Partial<Item>) => void }) {
  const [busy, setBusy] = useState(false), [wrong, setWrong] = useState('');
  const pick = async (file?: File) => {
    if (!file) return;
    setBusy(true);
    setWrong('');
    const ready = await prepared(file).catch(() => 'broken' as const);
    const fault = ready === 'kind' ? t().problems.media_type : ready === 'broken' ? w().errPicture : ready.size > 5 * 1024 * 1024 ? w().errFile : '';
    if (fault || typeof ready === 'string') { setBusy(false); return setWrong(fault); }
    const r = online.peek() ? await upload(ready).catch(() => undefined) : undefined, name = ready.name.slice(-100);
    setBusy(false);
    if (!r && ready.size <= KEPT_BYTES) set({ evidence_bytes: new Uint8Array(await ready.arrayBuffer()), evidence_name: name });
    else if (!r) setWrong(w().uploadOffline);
    else if (isProblem(r)) setWrong(problemText(r));
    else if (!isEvidence(r)) setWrong(t().problems.media_type);
    else set({ evidence_sha256: r.sha256, evidence_name: name });
  };
  return <div class="col">
    <Field label={w().reference} hint={w().referenceHint}>{p => <input {...p} maxLength={100} value={item.reference ?? ''} onInput={e => set({ reference: e.currentTarget.value })} />}</Field>
    {item.evidence_sha256 || item.evidence_bytes
      ? <p class="sm row"><Icon name="check" color="ok" />{w().attached(item.evidence_name ?? '')}{!item.evidence_sha256 && ` · ${w().attachedLater}`} <button type="button" class="link" onClick={() => set({ evidence_sha256: undefined, evidence_bytes: undefined, evidence_name: undefined })}>{w().detach}</button></p>
      : <Field label={w().evidence} hint={online.value ? w().evidenceHint : w().uploadOffline} error={wrong || undefined}>{p => <span><FileInput {...p} label={busy ? w().uploading : w().file} accept={EVIDENCE} disabled={busy} onFile={f => void pick(f)} /></span>}</Field>}
    <p class="sm row nowrap"><Icon name="warn" color="warn" />{w().noFaces}</p>
    <Field label={w().link} error={error}>{p => <input {...p} type="url" inputMode="url" maxLength={500} value={item.evidence_link} onInput={e => set({ evidence_link: e.currentTarget.value })} />}</Field>
  </div>;
}

/** The planned result; where this phone knows of no plan in force, in one's own words. */
function TargetField({ item, choices, set }: { item: Item; choices: Choice[]; set: (p: Partial<Item>) => void }) {
  if (!choices.length) return <Field label={w().target} hint={w().targetHint}>{p => <input {...p} maxLength={200} value={item.target} onInput={e => set({ target: e.currentTarget.value })} />}</Field>;
  const chosen = choices.find(c => c.id === item.target_id);
  const choose = (id: string) => {
    const next = choices.find(c => c.id === id), isOwn = item.unit_of_measure.trim() && !sameUnit(item.unit_of_measure, chosen?.unit ?? '');
    set({ target_id: next?.id, target: '', ...(next?.unit && !isOwn ? { unit_of_measure: next.unit } : {}) });
  };
  return <Field label={w().target} hint={chosen?.unit && !sameUnit(item.unit_of_measure, chosen.unit) ? w().countsOnly(chosen.unit) : undefined}>{p => <select {...p} value={chosen?.id ?? ''} onChange={e => choose(e.currentTarget.value)}>
    <option value="">{w().noTarget}</option>{choices.map(c => <option key={c.id} value={c.id}>{c.result}</option>)}</select>}</Field>;
}

/** The task it speaks of, where one has any. */
function TaskField({ item, tasks, set }: { item: Item; tasks: Tasks | undefined; set: (p: Partial<Item>) => void }) {
  const list = taskChoices(tasks, item.task_id ? { id: item.task_id, subject: item.task ?? '' } : undefined);
  if (!list.length) return null;
  return <Field label={w().task}>{p => <select {...p} value={item.task_id ?? ''} onChange={e => { const x = list.find(c => c.id === e.currentTarget.value); set({ task_id: x?.id, task: x?.subject }); }}>
    <option value="">{w().noTask}</option>{list.map(x => <option key={x.id} value={x.id}>{x.subject}</option>)}</select>}</Field>;
}

function ItemForm({ n, item, day, days, choices, tasks, errors, set, remove }: { n: number; item: Item; day: string; days: readonly string[]; choices: Choice[]; tasks: Tasks | undefined; errors: Errors; set: (p: Partial<Item>) => void; remove?: () => void }) {
  return <fieldset class="card"><legend class="sr">{w().item(n)}</legend>
    <div class="row between"><h3>{w().item(n)}</h3>{remove && <button type="button" class="link sm" onClick={remove}>{w().remove}</button>}</div>
    <Field label={w().description} hint={w().descriptionHint} error={errors.description}>{p => <textarea {...p} maxLength={500} value={item.description} onInput={e => set({ description: e.currentTarget.value })} />}</Field>
    {days.length > 1 && <Field label={w().itemDay}>{p => <select {...p} value={item.day ?? day} onChange={e => set({ day: e.currentTarget.value })}>{days.map(d => <option key={d} value={d}>{shortDay(d)}</option>)}</select>}</Field>}
    <div class="two"><Field label={w().from}>{p => <TimeInput {...p} value={item.starts} onValue={starts => set({ starts })} />}</Field>
      <Field label={w().to} error={errors.ends}>{p => <TimeInput {...p} value={item.ends} onValue={ends => set({ ends })} />}</Field></div>
    <TargetField item={item} choices={choices} set={set} /><TaskField item={item} tasks={tasks} set={set} />
    <div class="two"><Field label={w().volume} error={errors.volume}>{p => <input {...p} inputMode="numeric" maxLength={5} value={item.volume} onInput={e => set({ volume: e.currentTarget.value.replace(/\D/g, '') })} />}</Field>
      <Field label={w().unit} error={errors.unit_of_measure}>{p => <input {...p} list="satuan" maxLength={40} value={item.unit_of_measure} onInput={e => set({ unit_of_measure: e.currentTarget.value })} />}</Field></div>
    <Field label={w().minutes} hint={w().minutesHint} error={errors.effective_minutes}>{p => <input {...p} inputMode="numeric" maxLength={4} value={item.effective_minutes ?? ''} onInput={e => set({ effective_minutes: e.currentTarget.value.replace(/\D/g, '') })} />}</Field>
    <Evidence item={item} error={errors.evidence_link} set={set} />
  </fieldset>;
}

const isBlank = (i: Item) => !i.description.trim() && !i.evidence_sha256 && !i.evidence_bytes;

/* Two gestures instead of writing everything again. */
function Quick({ day, isWeek, choices, tasks, items, fill }: { day: string; isWeek: boolean; choices: Choice[]; tasks: TaskChoice[]; items: Item[]; fill: (more: Item[]) => void }) {
  const plan = useMemo(() => dayPlanOf(day), [day]), [none, setNone] = useState(''), [choosing, choose] = useState(false);
  useEffect(() => { void plan.refresh(); }, [plan]);
  const planned = plan.state.value.value?.items ?? [], room = 20 - items.filter(i => !isBlank(i)).length;
  const add = (more: Item[]) => { setNone(''); fill(more.slice(0, room)); };
  const asBefore = async () => {
    const r = await lastReport(day);
    if (!r || r === 'network') return setNone(r ? w().beforeUnknown : w().nothingBefore);
    add(again(r.items, choices, tasks));
  };
  if (room < 1) return null;
  return <section class="card"><h3>{w().quick}</h3><div class="row"><Action class="btn ghost small" onAct={asBefore}>{isWeek ? w().asLast : w().asBefore}</Action>
    <button type="button" class="btn ghost small" onClick={() => choose(true)}>{w().fromTemplate}</button>
    {planned.length > 0 && <button type="button" class="btn ghost small" onClick={() => add(meant(planned, first(day), choices, tasks))}>{w().fromPlan(planned.length)}</button>}</div>
    {none && <p class="sm muted" role="status">{none}</p>}
    {choosing && <TemplateDialog onUse={t => { add(ofTemplate(t.items)); choose(false); }} onClose={() => choose(false)} />}</section>;
}

/** `refused`: the server did not take what was sent, so the text on the phone goes before the server's. */
export function Editor({ report, refused, onDone }: { report: Report; refused: boolean; onDone: () => void }) {
  const key = reportDraft(me.peek()!.employee, report.day), days = daysOf(report);
  const [draft, setDraft] = useState<Draft>(), [tried, setTried] = useState(false), [kept, setKept] = useState(false), [busy, setBusy] = useState(false);
  const plans = useMemo(() => plansOf(report.day), [report.day.slice(0, 4)]), choices = choicesOn(plans.state.value.value, report.day);
  const tasks = useMemo(() => tasksOf(report.day), [report.day]), ownTasks = tasks.state.value.value;
  useEffect(() => { void plans.refresh(); }, [plans]);
  useEffect(() => { void tasks.refresh(); }, [tasks]);
  const [keeping, keep] = useState(false);
  const unkept = useRef<Draft | undefined>(undefined), form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    void readDraft<Draft & { version: number }>(key).then(d => {
      const server = fromServer(report);
      const use = d && (refused || d.version === report.version) ? d : server, shown = { items: use.items.length ? use.items : [first(report.day, days)], obstacle: use.obstacle, late_reason: use.late_reason };
      if (use !== server) unkept.current = shown;
      setDraft(shown);
    });
  }, [key, report.version]);
  useEffect(() => {
    const keep = () => {
      const d = unkept.current;
      unkept.current = undefined;
      if (d) void keepDraft(key, { ...d, version: report.version }).then(() => setKept(true), () => { unkept.current ??= d; });
    };
    const timer = setInterval(keep, 2000);
    document.addEventListener('visibilitychange', keep);
    addEventListener('pagehide', keep);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', keep);
      removeEventListener('pagehide', keep);
      keep();
    };
  }, [key, report.version]);
  if (!draft) return null;

  /* onto what was written meanwhile: an upload takes its time */
  const change = (p: (d: Draft) => Partial<Draft>) => { setKept(false); setDraft(d => (unkept.current = { ...d!, ...p(d!) })); };
  const setItem = (i: number, p: Partial<Item>) => change(d => ({ items: d.items.map((x, k) => (k === i ? { ...x, ...p } : x)) }));
  /* what was told to be wrong is right as soon as it is mended */
  const errors = tried ? draft.items.map(checkItem) : [];
  const submit = async () => {
    setTried(true);
    if (draft.items.some(i => Object.keys(checkItem(i)).length) || needsReason(report, draft)) {
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus());
      return;
    }
    let item: OutboxItem;
    try {
      await keepDraft(key, { ...draft, version: report.version });
      unkept.current = undefined;
      item = await recordReport(toBody(report.day, report.version, draft, true));
    } catch {
      return toast(attendance().notKept);
    }
    onDone();
    await flush();
    /* only what the server took is called sent */
    const state = outbox.peek().find(i => i.id === item.id)?.state;
    if (state !== 'rejected') toast(state === 'sent' ? w().sent : w().queued);
  };
  /* a report sent twice would be refused the second time */
  const once = (e: SubmitEvent) => { e.preventDefault(); if (!busy) { setBusy(true); void submit().finally(() => setBusy(false)); } };
  return <form class="col" ref={form} onSubmit={once} noValidate>
    <datalist id="satuan">{w().units.map(u => <option key={u} value={u} />)}</datalist>
    <Quick day={report.day} isWeek={days.length > 0} choices={choices} tasks={taskChoices(ownTasks, undefined)} items={draft.items} fill={more => change(d => ({ items: [...d.items.filter(i => !isBlank(i)), ...more] }))} />
    {draft.items.map((item, i) => <ItemForm key={i} n={i + 1} item={item} day={report.day} days={days} choices={choices} tasks={ownTasks} errors={errors[i] ?? {}} set={p => setItem(i, p)}
      remove={draft.items.length > 1 ? () => change(d => ({ items: d.items.filter((_, k) => k !== i) })) : undefined} />)}
    {draft.items.length < 20 && <button type="button" class="btn ghost" onClick={() => change(d => ({ items: [...d.items, blank(d.items.at(-1))] }))}><Icon name="plus" />{w().add}</button>}
    <section class="card">{isOver(report) && <Field label={tap().lateReason} hint={tap().lateReasonHint} error={tried && needsReason(report, draft) ? tap().lateReasonHint : undefined}>{p => <textarea {...p} maxLength={500} value={draft.late_reason ?? ''} onInput={e => { const late_reason = e.currentTarget.value; change(() => ({ late_reason })); }} />}</Field>}
      <Field label={w().obstacle} hint={w().obstacleHint}>{p => <textarea {...p} maxLength={500} value={draft.obstacle} onInput={e => { const obstacle = e.currentTarget.value; change(() => ({ obstacle })); }} />}</Field>
      <button class="btn block" disabled={busy} aria-busy={busy}>{w().send}</button><p class="sm muted" role="status">{kept && w().draftKept}</p>
      {toTemplate(draft.items).length > 0 && <button type="button" class="link sm" onClick={() => keep(true)}>{w().keepTemplate}</button>}</section>
    {keeping && <KeepDialog items={toTemplate(draft.items)} onClose={() => keep(false)} />}
  </form>;
}

/* What waits, and what can be sent no more, is still the person's own text. */
const Own = ({ title, items }: { title: string; items: Report['items'] }) => <section class="card"><h3>{title}</h3>
  <ul class="list">{items.map((i, k) => <li key={k}><b>{i.description}</b><span class="sm num">{minute(i.starts)}–{minute(i.ends)} · {i.volume} {i.unit_of_measure}</span></li>)}</ul></section>;

/* A day that this phone knows nothing of can be written down all the same. */
const unknown = (day: string) => ({ day, version: 0, state: 'none', items: [], events: [], is_late: false }) as unknown as Report;

function State({ r }: { r: Report }) {
  return <>
    <div class="row tight"><Chip tone={reportTone[r.state] || (r.due ? 'warn' : '')}>{t().report[r.state]}</Chip>{r.is_confirmed && <Chip>{tap().confirmed}</Chip>}{r.is_late && <Chip tone="warn">{w().late}</Chip>}</div>
    {r.week_day && (r.state === 'none' || r.state === 'draft') ? <p class="sm muted">{r.week_day === r.day ? w().weekDue(longDay(r.week_day), r.day > dayIn(serverNow(), zone())) : w().weekElsewhere(longDay(r.week_day))}</p> : !r.due && r.state === 'none' && <p class="sm muted">{w().notDue}</p>}
    {r.on_time_until && (r.state === 'none' || r.state === 'draft') && <p class="sm muted num">{(serverNow().getTime() < Date.parse(r.on_time_until) ? w().onTime : w().overTime)(untilText(r.on_time_until, zone()))}</p>}
    {r.missing && (r.state === 'none' || r.state === 'draft') && <p class="sm muted">{w().missing(r.missing, r.missing_basis ?? '')}</p>}
    {r.state === 'returned' && r.reason && <Note tone="bad" icon="warn">{w().returned(r.reason)}</Note>}
    {r.state === 'verified' && r.decided_by_name && <Note tone="ok" icon="check">{w().verifiedBy([r.decided_by_name, r.decided_for_name && w().stand[r.decided_as](r.decided_for_name)].filter(Boolean).join(', '), stamp(r.decided_at!, zone()))}</Note>}
  </>;
}

/** What was handed in today and nobody has decided comes back as a draft, with its text. */
function Withdraw({ r, onDone }: { r: Report; onDone: () => Promise<void> }) {
  const [asking, ask] = useState(false), [problem, setProblem] = useState<Problem | 'network'>();
  const withdraw = async () => {
    const a = await api.POST('/api/v1/reports/daily/{report}/withdraw', { params: { path: { report: r.report! } }, body: { version: r.version } }).catch(() => undefined);
    if (!a?.data) return setProblem((a?.error as Problem | undefined) ?? 'network');
    toast(w().withdrawn);
    await onDone();
  };
  /* a refusal says that what is on the screen is no longer so */
  const close = () => { ask(false); setProblem(undefined); if (problem && problem !== 'network') void onDone(); };
  return <><div class="row between"><p class="sm muted grow">{w().withdrawHint}</p><button type="button" class="btn ghost small" onClick={() => ask(true)}>{w().withdraw}</button></div>
    {asking && <Dialog title={w().withdrawTitle} onClose={close} foot={<>{(!problem || problem === 'network') && <Action onAct={withdraw}>{w().withdraw}</Action>}<button type="button" class="btn ghost" onClick={close}>{t().cancel}</button></>}>
      {problem && <Note tone="bad" icon="warn">{problemText(problem)}</Note>}<p>{w().withdrawText}</p></Dialog>}</>;
}
const mayWithdraw = (r: Report) => r.state === 'submitted' && !!r.report && !!r.submitted_at && dayIn(new Date(r.submitted_at), zone()) === dayIn(serverNow(), zone());

/* Of `#/laporan?hari=2025-11-12`: another screen leads to the report of a day. */
const askedDay = () => /[?&]hari=(\d{4}-\d{2}-\d{2})(?:&tulis)?$/.exec(route.value)?.[1];

/* Said while it can still come in time; a plan is a help, and nothing here depends on it. */
function PlanAsked() {
  const s = useMemo(() => dayPlanOf(addDays(dayIn(serverNow(), zone()), 1)), []), p = s.state.value.value;
  useEffect(() => { void s.refresh(); }, [s]);
  return p?.state === 'awaited' ? <p class="sm num">{w().planAsked(stamp(p.asked_until!, zone()))}</p> : null;
}

export function ReportPage() {
  const today = dayIn(serverNow(), zone()), asked = askedDay(), copy = copyOfToday.state.value;
  /* in the morning a night is still of the day on which it began; the report of a week is written before it is due */
  const isAsking = copy.busy && !copy.value, stands = copy.value && standing(copy.value, serverNow()), week = stands?.week, stood = stands?.day ?? today;
  const [chosen, setDay] = useState(asked), [downloads, download] = useState(false), may = chosen && (chosen <= today || chosen === week?.day), day = may ? chosen : week?.day ?? (stood < today ? stood : today);
  const s = useMemo(() => source<Report>(`report/${day}`, () => api.GET('/api/v1/reports/daily', { params: { query: { day } } })), [day]);
  useEffect(() => { void s.refresh(); }, [s, delivered.value]);
  useEffect(() => { if (!copyOfToday.state.peek().value) void copyOfToday.refresh(); }, []);
  const queued = waiting.value.find(i => i.kind === 'report' && i.body.day === day), refused = rejected.value.find(i => i.kind === 'report' && i.body.day === day);
  const l = s.state.value, isNew = l.value === undefined && !l.busy && l.problem === 'network';
  /* the copy of today knows how far its report is, not what it says */
  const told = !isNew ? undefined : copy.value?.day === day ? { state: copy.value.report_state, duty: copy.value.duty, schedule: copy.value.schedule, on_time_until: copy.value.on_time_until } : week?.day === day ? { state: week.state, duty: 'weekly_due' as const, on_time_until: week.on_time_until } : undefined;
  const r = isNew ? { ...unknown(day), ...(told && { ...told, due: owesReport(told.duty), week_day: week?.day }) } : l.value;
  /* a tap takes the place of nothing that was written, here or there */
  const isBegun = useDraft(day), [asks, write] = useState(route.value.endsWith('&tulis')), taps = !!r?.schedule && !asks && isBegun === false && r.items.length === 0;
  return <main id="m" tabIndex={-1}>
    <section class="card"><div class="row between"><div class="col tight"><h2>{(r ? r.week_day : week?.day) === day ? w().weekTitle : w().title}</h2><p class="sm muted">{longDay(day)}</p></div>
      <label><span class="sr">{w().day}</span><DateInput value={day} max={week && week.day > today ? week.day : today} onValue={d => { if (d) setDay(d); }} /></label></div>
      {isNew && queued ? null : r && told ? <><Note tone="warn" icon="clock">{t().staleOf(clock(copy.at!, zone()))} {r.state !== 'none' && w().textLater} <button class="link" onClick={() => void s.refresh()}>{t().retry}</button></Note><State r={r} /></> : isNew ? <Note tone="warn" icon="clock">{w().notKnown} <button class="link" onClick={() => void s.refresh()}>{t().retry}</button></Note> : <Show source={s} zone={zone()} height={32}>{v => <State r={v} />}</Show>}</section>
    <p class="row"><a class="btn ghost small" href="#/sasaran">{w().toTargets}</a><a class="btn ghost small" href="#/rencana">{w().toDayPlan}</a><button type="button" class="btn ghost small" onClick={() => download(true)}>{w().progress}</button></p>
    <PlanAsked />
    {downloads && <ProgressDialog onClose={() => download(false)} />}
    <OutboxBanner /><Unread own={true} />
    {!r || isAsking ? (l.busy || isAsking) && <Skeleton height={320} /> : queued ? queued.body.confirm ? <section class="card"><p>{tap().willSend}</p></section> : <Own title={w().willSend} items={queued.body.items as Report['items']} /> : told && r.state !== 'none' ? null : r.state === 'none' || r.state === 'draft' || r.state === 'returned'
      ? r.duty === 'weekly' && r.state === 'none' && r.week_day && !refused ? <section class="card"><button type="button" class="btn block" onClick={() => setDay(r.week_day!)}>{w().toWeek}</button></section> : taps ? <section class="card"><ConfirmDay day={day} zone={zone()} schedule={r.schedule!} version={r.version} until={r.on_time_until} onWrite={() => write(true)} onDone={() => { void s.refresh(); }} /></section> : <><Editor key={`${r.day}/${r.version}`} report={r} refused={!!refused} onDone={() => { void s.refresh(); }} />{r.state === 'returned' && <section class="card"><Thread r={r} z={zone()} onNoted={() => void s.refresh()} /></section>}</>
      : <><section class="card"><ReportView r={r} z={zone()} onNoted={() => void s.refresh()} />{mayWithdraw(r) && <Withdraw r={r} onDone={() => s.refresh()} />}</section>{refused && !refused.body.confirm && <Own title={w().notTaken} items={refused.body.items as Report['items']} />}</>}
  </main>;
}
