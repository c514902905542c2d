/* Meetings: those one has part in, attended by one tap, with minutes and decisions that become tasks; calling one. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { api, online, serverNow, type Got } from '../base/api';
import { Downloads } from '../base/downloads';
import { clock, dayIn, instantOf, longDay, minutesOf, number, shortDay, stamp } from '../base/format';
import { source } from '../base/load';
import { now, zone } from '../base/shell';
import { Action, Chip, DateInput, Dialog, Empty, Field, Show, Skeleton, TimeInput, toast, type Tone } from '../base/ui';
import { t } from '../base/words';
import { More, usePages } from '../absence/parts';
import { added, Chosen, failure, idsOf, isLink, NearChoice, Opened, PersonSelect, recipients, Refusal, Thread, UnitAdd, UnitChoice, without, type Failure, type Who } from './parts';
import { TaskDialog } from './task';
import { w } from './words';

type List = Got<'/api/v1/meetings'>;
type Meeting = List['items'][number];
type Detail = Got<'/api/v1/meetings/{meeting}'>;

const tones: Record<Meeting['state'], Tone> = { called: 'info', minuted: 'ok', cancelled: '' };
const whenOf = (m: Meeting) => `${shortDay(dayIn(new Date(m.starts_at), zone()))} ${clock(m.starts_at, zone())}–${clock(m.ends_at, zone())} ${zone()}`;
const whereOf = (m: Meeting) => [m.place, m.link && w().online].filter(Boolean).join(' · ');

const MeetingRow = ({ m, open }: { m: Meeting; open: () => void }) => <li><button type="button" class="rowbutton" onClick={open}><b>{m.title}</b><span class="sm num">{whenOf(m)}</span><span class="sm muted">{whereOf(m)}</span>
  <span class="row tight"><Chip tone={tones[m.state]}>{w().meetingState[m.state]}</Chip><span class="sm muted num">{w().cameOf(number(m.attended), number(m.invited))}</span></span></button></li>;

/* ---- minutes ---- */

function MinutesForm({ d, onDone, onCancel }: { d: Detail; onDone: () => void; onCancel: () => void }) {
  const [text, setText] = useState(d.minutes ?? ''), [decisions, setDecisions] = useState<string[]>(d.decisions.map(x => x.text)), [tried, setTried] = useState(false), [problem, setProblem] = useState<Failure>();
  const kept = decisions.map(x => x.trim());
  const send = async () => {
    setTried(true);
    if (text.trim().length < 3) return;
    const bad = failure(await api.PUT('/api/v1/meetings/{meeting}/minutes', { params: { path: { meeting: d.meeting.meeting } }, body: { version: d.meeting.version, minutes: text.trim(), decisions: kept.filter(x => x.length >= 3).map(x => ({ text: x })) } }).catch(() => undefined));
    if (bad) return setProblem(bad);
    toast(w().minutesSaid);
    onDone();
  };
  return <Opened title={w().writeMinutes}><Refusal problem={problem} onReload={onDone} />
    <Field label={w().minutes} error={tried && text.trim().length < 3 ? w().needMinutes : undefined}>{p => <textarea {...p} rows={6} maxLength={8000} value={text} onInput={e => setText(e.currentTarget.value)} />}</Field>
    {decisions.map((x, i) => <Field key={i} label={w().decision(i + 1)}>{p => <textarea {...p} rows={2} maxLength={500} value={x} disabled={!!d.decisions[i]?.task} onInput={e => setDecisions(decisions.map((y, k) => k === i ? e.currentTarget.value : y))} />}</Field>)}
    {decisions.length < 30 && <button type="button" class="btn ghost small" onClick={() => setDecisions([...decisions, ''])}>{w().addDecision}</button>}
    <div class="row"><Action class="btn" onAct={send} disabled={!online.value}>{t().save}</Action><button type="button" class="btn ghost" onClick={onCancel}>{t().cancel}</button></div></Opened>;
}

/* Who carries it out: somebody one may send to, or a unit. */
function DecisionTask({ d, decision, onDone, onCancel }: { d: Detail; decision: number; onDone: () => void; onCancel: () => void }) {
  const [who, setWho] = useState<Who>(), [due, setDue] = useState(''), [toUnit, setToUnit] = useState(true), [tried, setTried] = useState(false), [problem, setProblem] = useState<Failure>();
  useEffect(() => { void recipients.refresh(); }, []);
  const send = async () => {
    setTried(true);
    if (!who) return;
    const bad = failure(await api.POST('/api/v1/meetings/{meeting}/task', { params: { path: { meeting: d.meeting.meeting } }, body: { decision, ...(who.kind === 'unit' ? { unit: who.id } : { employee: who.id }), ...(due ? { due } : {}) } }).catch(() => undefined));
    if (bad) return setProblem(bad);
    toast(w().madeTask);
    onDone();
  };
  const missing = tried && !who ? w().needWhom : undefined;
  return <Opened title={`${w().makeTask}: ${w().decision(decision)}`}><Refusal problem={problem} onReload={onDone} />
    <div class="row" role="group" aria-label={w().whom}>{([true, false] as const).map(u => <button key={String(u)} type="button" class={`btn small ${toUnit === u ? '' : 'ghost'}`} aria-pressed={toUnit === u} onClick={() => { setToUnit(u); setWho(undefined); }}>{u ? w().unit : w().person}</button>)}</div>
    {toUnit ? <UnitChoice error={missing} onPick={u => setWho(u && { id: u.id, name: u.name, kind: 'unit' })} /> : <Show source={recipients} height={72}>{r => <PersonSelect list={r.items} value={who?.id ?? ''} label={w().whom} error={missing} onPick={setWho} />}</Show>}
    <Field label={w().dueDay} hint={w().dueHint}>{p => <DateInput {...p} none={w().none} value={due} onValue={setDue} />}</Field>
    <div class="row"><Action class="btn" onAct={send} disabled={!online.value}>{w().sendNow}</Action><button type="button" class="btn ghost" onClick={onCancel}>{t().cancel}</button></div></Opened>;
}

/* ---- one ---- */

function Invited({ d, onName }: { d: Detail; onName: (invited: number) => void }) {
  return <section class="col"><div class="row between"><h3>{w().list}</h3><Downloads path={`/api/v1/meetings/${d.meeting.meeting}/attendance`} /></div><ol class="list">{d.invited.map(i => <li key={i.invited}><div class="row between"><span class="grow"><b>{i.full_name ?? w().head(i.unit_name)}</b>{i.full_name && <span class="sm muted"> · {i.unit_name}</span>}{i.named_name && <span class="sm muted"> · {w().named(i.named_name)}</span>}</span>
    {i.attended_as ? <Chip tone="ok">{w().attended[i.attended_as]}</Chip> : <span class="sm muted">{w().notYet}</span>}</div>
    {i.attended_name && i.attended_name !== i.full_name && <span class="sm muted">{i.attended_name}{i.attended_at && ` · ${clock(i.attended_at, zone())}`}</span>}
    {i.may_name && <div class="row"><button type="button" class="btn ghost small" onClick={() => onName(i.invited)}>{w().name}</button></div>}</li>)}</ol></section>;
}

type Doing = { kind: 'minutes' } | { kind: 'task'; decision: number } | { kind: 'name'; invited: number } | { kind: 'cancel' };

function NameForm({ d, invited, onDone, onCancel }: { d: Detail; invited: number; onDone: () => void; onCancel: () => void }) {
  const [who, setWho] = useState<Who>(), [problem, setProblem] = useState<Failure>();
  const send = async () => {
    const bad = failure(await api.POST('/api/v1/meetings/{meeting}/name', { params: { path: { meeting: d.meeting.meeting } }, body: { invited, employee: who!.id } }).catch(() => undefined));
    if (bad) return setProblem(bad);
    toast(w().nameSaid);
    onDone();
  };
  return <Opened title={w().name}><Refusal problem={problem} onReload={onDone} />{who ? <Chosen who={[who]} onRemove={() => setWho(undefined)} /> : <NearChoice onPick={setWho} />}
    <div class="row"><Action class="btn" onAct={send} disabled={!who || !online.value}>{w().nameNow}</Action><button type="button" class="btn ghost" onClick={onCancel}>{t().cancel}</button></div></Opened>;
}

function CancelForm({ d, onDone, onCancel }: { d: Detail; onDone: () => void; onCancel: () => void }) {
  const [note, setNote] = useState(''), [tried, setTried] = useState(false), [problem, setProblem] = useState<Failure>();
  const send = async () => {
    setTried(true);
    if (note.trim().length < 5) return;
    const bad = failure(await api.POST('/api/v1/meetings/{meeting}/cancel', { params: { path: { meeting: d.meeting.meeting } }, body: { version: d.meeting.version, note: note.trim() } }).catch(() => undefined));
    if (bad) return setProblem(bad);
    toast(w().cancelled);
    onDone();
  };
  return <Opened title={w().cancel}><Refusal problem={problem} onReload={onDone} />
    <Field label={w().cancelWhy} error={tried && note.trim().length < 5 ? w().needWords : undefined}>{p => <textarea {...p} rows={2} maxLength={1000} value={note} onInput={e => setNote(e.currentTarget.value)} />}</Field>
    <div class="row"><Action class="btn danger" onAct={send} disabled={!online.value}>{w().cancel}</Action><button type="button" class="btn ghost" onClick={onCancel}>{t().cancel}</button></div></Opened>;
}

const DoForm = ({ d, doing, onDone, onCancel }: { d: Detail; doing: Doing; onDone: () => void; onCancel: () => void }) => doing.kind === 'minutes' ? <MinutesForm d={d} onDone={onDone} onCancel={onCancel} /> : doing.kind === 'task' ? <DecisionTask d={d} decision={doing.decision} onDone={onDone} onCancel={onCancel} /> : doing.kind === 'name' ? <NameForm d={d} invited={doing.invited} onDone={onDone} onCancel={onCancel} /> : <CancelForm d={d} onDone={onDone} onCancel={onCancel} />;

function Presence({ d }: { d: Detail }) {
  if (d.attended_as) return <Chip tone="ok">{w().attended[d.attended_as]}</Chip>;
  if (d.may_attend || d.meeting.state === 'cancelled' || !d.invited.length) return null;
  return <p class="sm muted num">{now.value.getTime() < Date.parse(d.opens_at) ? w().opens(stamp(d.opens_at, zone())) : w().closedSince(stamp(d.closes_at, zone()))}</p>;
}

export function MeetingDialog({ meeting, onClose, onChange }: { meeting: string; onClose: () => void; onChange: () => void }) {
  const [doing, setDoing] = useState<Doing>(), [task, openTask] = useState<string>(), [problem, setProblem] = useState<Failure>();
  const one = useMemo(() => source<Detail>(`meetings/one/${meeting}`, () => api.GET('/api/v1/meetings/{meeting}', { params: { path: { meeting } } })), [meeting]);
  useEffect(() => { void one.refresh(); }, [one]);
  const d = one.state.value.value, done = () => { setDoing(undefined); setProblem(undefined); void one.refresh(); onChange(); };
  const attend = (way: 'on_site' | 'online') => async () => {
    const bad = failure(await api.POST('/api/v1/meetings/{meeting}/attend', { params: { path: { meeting } }, body: { way } }).catch(() => undefined));
    if (bad) return setProblem(bad);
    toast(w().attendedSaid);
    done();
  };
  const foot = d && !doing && (d.may_attend || d.may_minute || d.may_cancel) ? <>
    {d.may_attend && d.meeting.place && <Action class="btn" onAct={attend('on_site')} disabled={!online.value}>{w().attend.on_site}</Action>}
    {d.may_attend && d.meeting.link && <Action class={d.meeting.place ? 'btn ghost' : 'btn'} onAct={attend('online')} disabled={!online.value}>{w().attend.online}</Action>}
    {d.may_minute && <button type="button" class={`btn ${d.may_attend ? 'ghost' : ''}`} onClick={() => setDoing({ kind: 'minutes' })}>{d.minutes ? w().editMinutes : w().writeMinutes}</button>}
    {d.may_cancel && <button type="button" class="btn danger" onClick={() => setDoing({ kind: 'cancel' })}>{w().cancel}</button>}</> : undefined;
  return <Dialog title={d?.meeting.title ?? w().views.meetings} sub={d && whenOf(d.meeting)} onClose={onClose} foot={foot}><Refusal problem={problem} onReload={done} />
    <Show source={one} zone={zone()} height={240}>{v => <>{doing && <DoForm d={v} doing={doing} onDone={done} onCancel={() => setDoing(undefined)} />}
      <span class="row tight"><Chip tone={tones[v.meeting.state]}>{w().meetingState[v.meeting.state]}</Chip><Presence d={v} /></span>
      <dl class="facts"><dt>{w().when}</dt><dd class="num">{longDay(dayIn(new Date(v.meeting.starts_at), zone()))}, {clock(v.meeting.starts_at, zone())}–{clock(v.meeting.ends_at, zone())} {zone()}</dd>{v.meeting.place && <><dt>{w().place}</dt><dd>{v.meeting.place}</dd></>}{v.meeting.link && <><dt>{w().online}</dt><dd><a href={v.meeting.link} target="_blank" rel="noreferrer noopener">{w().joinNow}</a></dd></>}
        <dt>{w().convenor}</dt><dd>{v.meeting.convenor_name} <span class="muted">· {v.meeting.unit_name}</span></dd>{v.meeting.letter_number && <><dt>{w().letter}</dt><dd>{v.meeting.letter_number}</dd></>}</dl>
      {v.agenda && <p class="wrap pre">{v.agenda}</p>}
      {v.minutes && <section class="col tight"><h3>{w().minutes}</h3><p class="wrap pre">{v.minutes}</p>{v.minutes_by_name && v.minutes_at && <span class="xs muted num">{w().minutesBy(v.minutes_by_name, stamp(v.minutes_at, zone()))}</span>}</section>}
      {v.decisions.length > 0 && <section class="col"><h3>{w().decisions}</h3><ol class="list">{v.decisions.map(x => <li key={x.decision}><span>{x.decision}. {x.text}</span>{x.task ? <span class="row tight"><Chip tone="ok">{w().isTask}</Chip><button type="button" class="link sm" onClick={() => openTask(x.task)}>{w().openTask}</button></span> : v.may_minute && <div class="row"><button type="button" class="btn ghost small" onClick={() => setDoing({ kind: 'task', decision: x.decision })}>{w().makeTask}</button></div>}</li>)}</ol></section>}
      <Invited d={v} onName={invited => setDoing({ kind: 'name', invited })} /><Thread events={v.thread} /></>}</Show>
    {task && <TaskDialog task={task} onClose={() => openTask(undefined)} onChange={done} />}</Dialog>;
}

/* ---- calling ---- */

function CallDialog({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const [d, put] = useState({ title: '', agenda: '', place: '', link: '', letter: '', day: dayIn(serverNow(), zone()), from: '09:00', to: '10:00' }), [who, setWho] = useState<readonly Who[]>([]), [tried, setTried] = useState(false), [problem, setProblem] = useState<Failure>();
  useEffect(() => { void recipients.refresh(); }, []);
  const set = (x: Partial<typeof d>) => put({ ...d, ...x }), list = recipients.state.value.value;
  const gaps = { title: d.title.trim().length < 3, place: !d.place.trim() && !d.link.trim(), link: !isLink(d.link), times: !d.day || minutesOf(d.to) <= minutesOf(d.from), who: who.length === 0 };
  const err = (gap: keyof typeof gaps, text: string) => tried && gaps[gap] ? text : undefined;
  const send = async () => {
    setTried(true);
    if (Object.values(gaps).includes(true)) return;
    const at = (time: string) => new Date(instantOf(d.day, minutesOf(time), zone())).toISOString();
    const bad = failure(await api.POST('/api/v1/meetings', { body: { title: d.title.trim(), ...(d.agenda.trim() ? { agenda: d.agenda.trim() } : {}), ...(d.place.trim() ? { place: d.place.trim() } : {}), ...(d.link.trim() ? { link: d.link.trim() } : {}), ...(d.letter.trim() ? { letter_number: d.letter.trim() } : {}), starts_at: at(d.from), ends_at: at(d.to), employees: idsOf(who, 'employee'), units: idsOf(who, 'unit') } }).catch(() => undefined));
    if (bad) return setProblem(bad);
    toast(w().called);
    onDone();
  };
  return <Dialog title={w().call} onClose={onClose} foot={<><Action onAct={send} disabled={!online.value}>{w().callNow}</Action><button type="button" class="btn ghost" onClick={onClose}>{t().cancel}</button></>}>
    <Refusal problem={problem} />{!online.value && <p class="sm muted">{w().offline}</p>}
    <Field label={w().meetingTitle} error={err('title', w().needTitle)}>{p => <input {...p} maxLength={200} value={d.title} onInput={e => set({ title: e.currentTarget.value })} />}</Field>
    <Field label={w().day} error={err('times', w().needTimes)}>{p => <DateInput {...p} value={d.day} onValue={day => set({ day })} />}</Field>
    <div class="two"><Field label={w().starts}>{p => <TimeInput {...p} value={d.from} onValue={from => set({ from })} />}</Field><Field label={w().ends}>{p => <TimeInput {...p} value={d.to} onValue={to => set({ to })} />}</Field></div>
    <Field label={w().place} hint={w().placeHint} error={err('place', w().needPlace)}>{p => <input {...p} maxLength={200} value={d.place} onInput={e => set({ place: e.currentTarget.value })} />}</Field>
    <Field label={w().link} hint={w().linkHint} error={err('link', w().needLink)}>{p => <input {...p} type="url" maxLength={300} value={d.link} onInput={e => set({ link: e.currentTarget.value })} />}</Field>
    <section class="col"><h3>{w().invited}</h3>{tried && gaps.who && <p class="err" role="alert">{w().needInvited}</p>}<Chosen who={who} onRemove={x => setWho(without(who, x))} />
      <NearChoice onPick={x => setWho(added(who, x))} />{!list ? <Skeleton height={48} /> : list.is_head && <UnitAdd onAdd={x => setWho(added(who, x))} />}</section>
    <Field label={w().agenda}>{p => <textarea {...p} rows={3} maxLength={2000} value={d.agenda} onInput={e => set({ agenda: e.currentTarget.value })} />}</Field>
    <Field label={w().letterNumber}>{p => <input {...p} maxLength={100} value={d.letter} onInput={e => set({ letter: e.currentTarget.value })} />}</Field></Dialog>;
}

const boxes = ['coming', 'past'] as const;
export function MeetingsPart() {
  const [box, setBox] = useState<(typeof boxes)[number]>('coming'), [round, again] = useState(0), [open, setOpen] = useState<string>(), [calling, setCalling] = useState(false);
  const pages = usePages<List>(cursor => api.GET('/api/v1/meetings', { params: { query: { box, ...(cursor ? { cursor } : {}) } } }), `${box}${round}`), items = pages.items as readonly Meeting[] | undefined, reload = () => again(round + 1);
  return <section class="card"><div class="row between"><h2>{w().views.meetings}</h2><button type="button" class="btn small" onClick={() => setCalling(true)}>{w().call}</button></div>
    <div class="row between"><div class="row tight" role="group" aria-label={w().view}>{boxes.map(b => <button key={b} type="button" class={`btn small ${box === b ? '' : 'ghost'}`} aria-pressed={box === b} onClick={() => setBox(b)}>{w().coming[b]}</button>)}</div>{!!items?.length && <Downloads path={`/api/v1/meetings?box=${box}`} />}</div>
    {items && (items.length === 0 ? <Empty>{w().emptyMeetings}</Empty> : <ul class="list">{items.map(m => <MeetingRow key={m.meeting} m={m} open={() => setOpen(m.meeting)} />)}</ul>)}{!items && !pages.problem && <Skeleton height={120} />}<More pages={pages} />
    {open && <MeetingDialog meeting={open} onClose={() => setOpen(undefined)} onChange={reload} />}{calling && <CallDialog onClose={() => setCalling(false)} onDone={() => { setCalling(false); reload(); }} />}</section>;
}
