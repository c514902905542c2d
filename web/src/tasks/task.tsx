/* One task as a line and in full, with what one may do; and sending one. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { api, online, type Got } from '../base/api';
import { number, shortFullDay, stamp } from '../base/format';
import { source } from '../base/load';
import { me } from '../base/session';
import { zone } from '../base/shell';
import { Action, Chip, DateInput, Dialog, Field, Note, reportTone, Show, Skeleton, toast, type Tone } from '../base/ui';
import { t } from '../base/words';
import type { Unit } from '../org/picker';
import { added, Chosen, failure, idsOf, isLink, Opened, PersonSelect, recipients, Refusal, Thread, UnitAdd, UnitChoice, without, type Failure, type Who } from './parts';
import { w } from './words';

export type Task = Got<'/api/v1/tasks/inbox'>['items'][number];
type Detail = Got<'/api/v1/tasks/{task}'>;
type Act = 'accept' | 'pass' | 'return' | 'done' | 'close' | 'give_back' | 'withdraw' | 'note';

const tones: Record<Task['state'], Tone> = { sent: 'warn', accepted: 'info', done: 'ok', returned: 'bad', closed: '', withdrawn: '' };
export const holder = (x: Task) => x.to_name ?? w().head(x.to_unit_name);
export const sender = (x: Task) => x.from_office ? `${x.from_name} (${w().head(x.from_unit_name)})` : x.from_name;

/** A task as a row that opens: from whom when it is one's own, with whom when one sent it. */
export const TaskRow = ({ x, sent, open }: { x: Task; sent?: boolean; open: () => void }) => <li><button type="button" class="rowbutton" onClick={open}>
  <b>{x.subject}</b><span class="sm muted">{sent ? `${w().to}: ${holder(x)}` : `${w().from}: ${sender(x)}`}</span>
  <span class="row tight"><Chip tone={tones[x.state]}>{w().state[x.state]}</Chip>{x.past_due && <Chip tone="bad">{w().overdue}</Chip>}{x.for_name && <Chip>{w().forPlace(x.for_name)}</Chip>}{x.is_left && <Chip tone="warn">{w().left}</Chip>}<span class="sm muted num">{w().due(shortFullDay(x.due))}</span></span></button></li>;

/* ---- what one may do ---- */

const needsWords: readonly Act[] = ['return', 'done', 'give_back', 'withdraw'];

function PassFields({ who, onWho }: { who: readonly Who[]; onWho: (who: readonly Who[]) => void }) {
  useEffect(() => { void recipients.refresh(); }, []);
  return <Show source={recipients} height={120}>{r => <div class="col"><PersonSelect list={r.items} value="" label={w().whom} onPick={x => x && onWho(added(who, x))} />
    {r.is_head && <details><summary class="sm strong">{w().addUnit}</summary><UnitAdd onAdd={x => onWho(added(who, x))} /></details>}
    <Chosen who={who} onRemove={x => onWho(without(who, x))} /></div>}</Show>;
}

/* The words an act needs, or whom it goes to. */
function ActForm({ act, d, onDone, onCancel }: { act: Act; d: Detail; onDone: () => void; onCancel: () => void }) {
  const [note, setNote] = useState(''), [who, setWho] = useState<readonly Who[]>([]), [tried, setTried] = useState(false), [problem, setProblem] = useState<Failure>();
  const path = { task: d.task.task }, body = { version: d.task.version, ...(note.trim() ? { note: note.trim() } : {}) };
  const short = needsWords.includes(act) && note.trim().length < 5 ? w().needWords : act === 'note' && !note.trim() ? w().needWord : '', nobody = act === 'pass' && who.length === 0;
  const ask = () => {
    const said = { version: d.task.version, note: note.trim() };
    switch (act) {
      case 'accept': return api.POST('/api/v1/tasks/{task}/accept', { params: { path }, body });
      case 'pass': return api.POST('/api/v1/tasks/{task}/pass', { params: { path }, body: { ...body, employees: idsOf(who, 'employee'), units: idsOf(who, 'unit') } });
      case 'return': case 'give_back': return api.POST('/api/v1/tasks/{task}/return', { params: { path }, body: said });
      case 'done': return api.POST('/api/v1/tasks/{task}/done', { params: { path }, body: said });
      case 'close': return api.POST('/api/v1/tasks/{task}/close', { params: { path }, body });
      case 'withdraw': return api.POST('/api/v1/tasks/{task}/withdraw', { params: { path }, body: said });
      case 'note': return api.POST('/api/v1/tasks/{task}/note', { params: { path }, body: { note: note.trim() } });
    }
  };
  const send = async () => {
    setTried(true);
    if (short || nobody) return;
    const bad = failure(await ask().catch(() => undefined));
    if (bad) return setProblem(bad);
    toast(w().says[act]);
    onDone();
  };
  return <Opened title={w().act[act]}><Refusal problem={problem} onReload={onDone} />
    {act === 'pass' && <><PassFields who={who} onWho={setWho} />{tried && nobody && <p class="err" role="alert">{w().needWhom}</p>}</>}
    {act === 'withdraw' && d.children.length > 0 && <Note tone="warn" icon="warn">{w().withdrawsAll}</Note>}
    <Field label={w().ask[act]} error={tried && short ? short : undefined}>{p => <textarea {...p} rows={3} maxLength={1000} value={note} onInput={e => setNote(e.currentTarget.value)} />}</Field>
    {!online.value && <p class="sm muted">{w().offline}</p>}
    <div class="row"><Action class={act === 'withdraw' || act === 'return' ? 'btn danger' : 'btn'} onAct={send} disabled={!online.value}>{w().act[act]}</Action><button type="button" class="btn ghost" onClick={onCancel}>{t().cancel}</button></div></Opened>;
}

const actsOf = (d: Detail): Act[] => [...(d.may_accept ? ['accept'] as const : []), ...(d.may_done ? ['done'] as const : []), ...(d.may_pass ? ['pass'] as const : []), ...(d.may_close ? ['close'] as const : []), ...(d.may_give_back ? ['give_back'] as const : []), ...(d.may_return ? ['return'] as const : []), ...(d.may_withdraw ? ['withdraw'] as const : [])];

function Facts({ d }: { d: Detail }) {
  const x = d.task;
  return <><span class="row tight"><Chip tone={tones[x.state]}>{w().state[x.state]}</Chip>{x.past_due && <Chip tone="bad">{w().overdue}</Chip>}{x.for_name && <Chip>{w().forPlace(x.for_name)}</Chip>}{x.is_left && <Chip tone="warn">{w().left}</Chip>}</span>
    {d.body && <p class="wrap pre">{d.body}</p>}
    <dl class="facts"><dt>{w().from}</dt><dd>{sender(x)}</dd><dt>{w().to}</dt><dd>{holder(x)}{x.to_name && <span class="muted"> · {x.to_unit_name}</span>}</dd><dt>{w().sentAt}</dt><dd class="num">{stamp(x.sent_at, zone())}</dd><dt>{w().dueDay}</dt><dd class="num">{shortFullDay(x.due)}</dd>
      {x.letter_number && <><dt>{w().letter}</dt><dd>{x.letter_number}{x.letter_link && <> · <a href={x.letter_link} target="_blank" rel="noreferrer noopener">{w().openLetter}</a></>}</dd></>}
      {!x.letter_number && x.letter_link && <><dt>{w().letter}</dt><dd><a href={x.letter_link} target="_blank" rel="noreferrer noopener">{w().openLetter}</a></dd></>}
      {d.result && <><dt>{w().result}</dt><dd>{d.result}</dd></>}</dl></>;
}

/** One task in full; what one may do is always in sight. */
export function TaskDialog({ task, onClose, onChange }: { task: string; onClose: () => void; onChange: () => void }) {
  const [act, setAct] = useState<Act>(), [problem, setProblem] = useState<Failure>(), [child, openChild] = useState<string>();
  const one = useMemo(() => source<Detail>(`tasks/one/${task}`, () => api.GET('/api/v1/tasks/{task}', { params: { path: { task } } })), [task]);
  useEffect(() => { void one.refresh(); }, [one]);
  const d = one.state.value.value;
  const done = () => { setAct(undefined); setProblem(undefined); void one.refresh(); onChange(); };
  const accept = async () => {
    const bad = failure(await api.POST('/api/v1/tasks/{task}/accept', { params: { path: { task } }, body: { version: d!.task.version } }).catch(() => undefined));
    if (bad) return setProblem(bad);
    toast(w().says.accept);
    done();
  };
  const acts = d && one.state.value.fresh ? actsOf(d) : [];
  const foot = d && !act && acts.length > 0 ? <>{acts.map((a, i) => a === 'accept' ? <Action key={a} class="btn" onAct={accept} disabled={!online.value}>{w().act[a]}</Action> : <button key={a} type="button" class={`btn ${a === 'withdraw' ? 'danger' : i === 0 ? '' : 'ghost'}`} onClick={() => setAct(a)}>{w().act[a]}</button>)}</> : undefined;
  return <Dialog title={d?.task.subject ?? w().views.inbox} sub={d && `${w().kind[d.task.kind]} ${w().number(d.task.number, d.task.year)}`} onClose={onClose} foot={foot}>
    <Refusal problem={problem} onReload={done} />
    <Show source={one} zone={zone()} height={240}>{v => <>{act && <ActForm key={act} act={act} d={v} onDone={done} onCancel={() => setAct(undefined)} />}<Facts d={v} />
      {v.line.length > 0 && <section class="col tight"><h3>{w().line}</h3><ol class="list">{v.line.map((l, i) => <li key={i}><span class="sm"><b>{l.from_name}</b> <span class="muted">· {l.from_unit_name}</span></span>{l.body && <blockquote class="sm wrap">{l.body}</blockquote>}<span class="xs muted num">{stamp(l.sent_at, zone())}</span></li>)}</ol></section>}
      {v.children.length > 0 && <section class="col tight"><h3>{w().children}</h3><ul class="list">{v.children.map(x => <TaskRow key={x.task} x={x} sent open={() => openChild(x.task)} />)}</ul></section>}
      {v.reported.length > 0 && <section class="col tight"><h3>{w().reported}</h3><ul class="list">{v.reported.map((f, i) => <li key={i}><span class="row between start"><span class="sm"><b>{f.name}</b> <span class="muted num">· {shortFullDay(f.day)}</span></span><Chip tone={reportTone[f.state]}>{t().report[f.state]}</Chip></span><span class="sm wrap">{f.description}</span><span class="sm num">{number(f.volume)} {f.unit_of_measure}</span></li>)}</ul></section>}
      <Thread events={v.thread} />{v.may_note && !act && one.state.value.fresh && <div class="row"><button type="button" class="btn ghost small" onClick={() => setAct('note')}>{w().act.note}</button></div>}</>}</Show>
    {child && <TaskDialog task={child} onClose={() => openChild(undefined)} onChange={done} />}</Dialog>;
}

/* ---- sending ---- */

const blank = { kind: 'assignment' as 'disposition' | 'assignment', subject: '', body: '', due: '', letter: '', link: '' };

export function SendDialog({ onClose, onSent }: { onClose: () => void; onSent: () => void }) {
  const [d, put] = useState({ ...blank, ...(me.value?.is_supervisor ? { kind: 'disposition' as const } : {}) }), [toUnit, setToUnit] = useState(false), [who, setWho] = useState<Who>(), [tried, setTried] = useState(false), [problem, setProblem] = useState<Failure>();
  useEffect(() => { void recipients.refresh(); }, []);
  const set = (x: Partial<typeof d>) => put({ ...d, ...x }), pick = (u?: Unit) => setWho(u && { id: u.id, name: u.name, kind: 'unit' });
  const at = (pointer: string) => problem && problem !== 'network' && problem.pointer === pointer ? w().why[problem.reason ?? ''] : undefined;
  const send = async () => {
    setTried(true);
    if (d.subject.trim().length < 3 || !who || !isLink(d.link)) return;
    const r = await api.POST('/api/v1/tasks', { body: { kind: d.kind, subject: d.subject.trim(), ...(d.body.trim() ? { body: d.body.trim() } : {}), ...(who.kind === 'unit' ? { unit: who.id } : { employee: who.id }), ...(d.due ? { due: d.due } : {}), ...(d.letter.trim() ? { letter_number: d.letter.trim() } : {}), ...(d.link.trim() ? { letter_link: d.link.trim() } : {}) } }).catch(() => undefined);
    if (!r?.data) return setProblem(failure(r));
    toast(w().sent(w().number(r.data.number, r.data.year)));
    onSent();
  };
  const list = recipients.state.value.value, missing = tried && !who ? w().needWhom : at('/employee') ?? at('/unit');
  return <Dialog title={w().send} onClose={onClose} foot={<><Action onAct={send} disabled={!online.value}>{w().sendNow}</Action><button type="button" class="btn ghost" onClick={onClose}>{t().cancel}</button></>}>
    <Refusal problem={problem} />{!online.value && <p class="sm muted">{w().offline}</p>}
    <Field label={w().subject} error={tried && d.subject.trim().length < 3 ? w().needSubject : undefined}>{p => <input {...p} maxLength={200} value={d.subject} onInput={e => set({ subject: e.currentTarget.value })} />}</Field>
    <div class="row" role="group" aria-label={w().kindOf}>{(['disposition', 'assignment'] as const).map(k => <button key={k} type="button" class={`btn small ${d.kind === k ? '' : 'ghost'}`} aria-pressed={d.kind === k} onClick={() => set({ kind: k })}>{w().kind[k]}</button>)}</div>
    {!list ? <Skeleton height={72} /> : <>
      {list.is_head && <div class="row" role="group" aria-label={w().whom}>{([false, true] as const).map(u => <button key={String(u)} type="button" class={`btn small ${toUnit === u ? '' : 'ghost'}`} aria-pressed={toUnit === u} onClick={() => { setToUnit(u); setWho(undefined); }}>{u ? w().unit : w().person}</button>)}</div>}
      {toUnit ? <UnitChoice error={missing} onPick={pick} /> : list.items.length === 0 && d.kind === 'disposition' ? <p class="sm muted">{w().noRecipients}</p>
        : <PersonSelect list={list.items} self={d.kind === 'assignment'} value={who?.id ?? ''} label={w().whom} error={missing} onPick={setWho} />}</>}
    <Field label={w().body}>{p => <textarea {...p} rows={3} maxLength={2000} value={d.body} onInput={e => set({ body: e.currentTarget.value })} />}</Field>
    <Field label={w().dueDay} hint={w().dueHint} error={at('/due')}>{p => <DateInput {...p} none={w().none} value={d.due} onValue={due => set({ due })} />}</Field>
    <details><summary class="sm strong">{w().letterPart}</summary><div class="col"><Field label={w().letterNumber}>{p => <input {...p} maxLength={100} value={d.letter} onInput={e => set({ letter: e.currentTarget.value })} />}</Field>
      <Field label={w().letterLink} hint={w().linkHint} error={tried && !isLink(d.link) ? w().needLink : undefined}>{p => <input {...p} type="url" maxLength={300} value={d.link} onInput={e => set({ link: e.currentTarget.value })} />}</Field></div></details></Dialog>;
}
