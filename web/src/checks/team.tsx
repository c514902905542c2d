/* Cek kehadiran of one's people: today's lot and calls, what became of each, "saya lihat di tempat", and calling somebody. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { api, online, serverNow, type Got, type Problem } from '../base/api';
import { addDays, clock, dayIn, longDay } from '../base/format';
import { source } from '../base/load';
import { zone } from '../base/shell';
import { Action, Dialog, DateInput, Empty, Field, Note, problemText, Reload, Show, toast } from '../base/ui';
import { t } from '../base/words';
import { answerText, StateChip, windowText } from './parts';
import { w } from './words';

type Team = Got<'/api/v1/attendance/checks'>;
type Check = Team['items'][number];
type People = Got<'/api/v1/attendance/team'>;

function See({ c, onClose, onDone }: { c: Check; onClose: () => void; onDone: () => void }) {
  const [note, setNote] = useState(''), [problem, setProblem] = useState<Problem | 'network'>(), z = zone();
  const save = async () => {
    const r = await api.POST('/api/v1/attendance/checks/{check}/seen', { params: { path: { check: c.id } }, body: { note: note.trim() } }).catch(() => undefined);
    if (!r || r.error) return setProblem((r?.error as Problem | undefined) ?? 'network');
    toast(w().seeDone);
    onDone();
  };
  return <Dialog title={w().seeTitle} sub={`${c.name} · ${windowText(c, z)}`} onClose={onClose} foot={<><Action onAct={save} disabled={!online.value}>{w().seeSave}</Action><button class="btn ghost" onClick={onClose}>{t().cancel}</button></>}>
    {problem && <Note tone="bad" icon="warn">{problemText(problem)}<Reload problem={problem} onReload={onDone} /></Note>}
    <Field label={w().seeNote} hint={w().seeHint}>{p => <input {...p} maxLength={200} value={note} onInput={e => setNote(e.currentTarget.value)} />}</Field></Dialog>;
}

/* A refusal names what stands against it, with the number it has. */
function faultText(p: Problem | 'network', v: Team): string {
  const why = p !== 'network' && p.code === 'refused' ? w().fault[p.reason as keyof ReturnType<typeof w>['fault']] : undefined;
  if (!why) return problemText(p);
  return typeof why === 'string' ? why : why(p !== 'network' && p.reason === 'call_day_limit' ? v.call_day_max : v.call_week_max);
}

function Call({ v, onClose, onDone }: { v: Team; onClose: () => void; onDone: () => void }) {
  const people = useMemo(() => source<People>(null, () => api.GET('/api/v1/attendance/team', { params: { query: { day: v.day } } })), [v.day]);
  const [who, setWho] = useState(''), [kind, setKind] = useState<'answer' | 'come'>('answer'), [note, setNote] = useState(''), [tried, setTried] = useState(false), [problem, setProblem] = useState<Problem | 'network'>();
  useEffect(() => { void people.refresh(); }, [people]);
  const short = note.trim().length < 5, z = zone();
  const home = (people.state.value.value?.items ?? []).filter(p => p.relation === 'supervisor' && (p.mode === 'home' || p.mode === 'anywhere'));
  const send = async () => {
    setTried(true);
    if (!who || short) return;
    const r = await api.POST('/api/v1/attendance/checks', { body: { employee: who, kind, note: note.trim() } }).catch(() => undefined);
    if (!r?.data) return setProblem((r?.error as Problem | undefined) ?? 'network');
    toast(w().sent(clock(r.data.closes_at, z)));
    onDone();
  };
  return <Dialog title={w().call} sub={longDay(v.day)} onClose={onClose} foot={<><Action onAct={send} disabled={!online.value}>{w().send}</Action><button class="btn ghost" onClick={onClose}>{t().cancel}</button></>}>
    {problem && <Note tone="bad" icon="warn">{faultText(problem, v)}</Note>}
    <p class="sm muted num">{w().callHint(kind === 'come' ? v.call_come_minutes : v.call_minutes, v.call_day_max, v.call_week_max)}</p>
    <Show source={people} zone={z} height={80}>{() => home.length === 0 ? <Empty>{w().nobodyHome}</Empty> : <>
      <Field label={w().who} error={tried && !who ? w().faultWho : undefined}>{p => <select {...p} value={who} onChange={e => setWho(e.currentTarget.value)}><option value="">{w().choose}</option>{home.map(x => <option key={x.employee} value={x.employee}>{x.full_name}</option>)}</select>}</Field>
      <fieldset class="col tight"><legend class="strong">{w().what}</legend>{(['answer', 'come'] as const).map(k => <label key={k} class="check"><input type="radio" name="what" checked={kind === k} onChange={() => setKind(k)} />{k === 'answer' ? w().kindAnswer : w().kindCome}</label>)}</fieldset>
      <Field label={w().note} hint={w().noteHint} error={tried && short ? w().noteHint : undefined}>{p => <textarea {...p} rows={2} maxLength={200} value={note} onInput={e => setNote(e.currentTarget.value)} />}</Field></>}</Show></Dialog>;
}

const Row = ({ c, see }: { c: Check; see: () => void }) => {
  const z = zone();
  return <li><div class="row between start"><span class="col tight"><b>{c.name}</b><span class="sm num">{windowText(c, z)}</span></span><StateChip c={c} z={z} /></div>
    {c.note && <span class="sm">{c.note}</span>}{w().why[c.state] && <span class="sm muted">{w().why[c.state]}</span>}
    <span class="sm muted num">{answerText(c, z)}</span>
    {c.missed_month !== undefined && <span class="sm num">{w().missed(c.missed_week ?? 0, c.missed_month)}</span>}
    {c.may_see && <span><button class="btn ghost small" onClick={see}>{w().see}</button></span>}</li>;
};

/** Beside the confirmations: any day, today first. */
export function TeamChecks() {
  const z = zone(), today = dayIn(serverNow(), z), [day, setDay] = useState(today), [seeing, setSeeing] = useState<Check>(), [calling, setCalling] = useState(false);
  const s = useMemo(() => source<Team>(`checks/${day}`, () => api.GET('/api/v1/attendance/checks', { params: { query: { day } } })), [day]);
  useEffect(() => { void s.refresh(); const timer = setInterval(() => void s.refresh(), 60_000); return () => clearInterval(timer); }, [s]);
  const done = () => { setSeeing(undefined); setCalling(false); void s.refresh(); };
  return <section class="card"><div class="row between"><h2>{w().team}</h2>
    <div class="row tight"><button class="btn ghost square" aria-label={w().dayBefore} onClick={() => setDay(addDays(day, -1))}>‹</button>
      <label><span class="sr">{w().day}</span><DateInput value={day} max={today} onValue={d => { if (d) setDay(d); }} /></label>
      <button class="btn ghost square" aria-label={w().dayAfter} disabled={day >= today} onClick={() => setDay(addDays(day, 1))}>›</button></div></div>
    <p class="sm muted">{w().teamHint}</p>
    <Show source={s} zone={z} height={120}>{v => <>{v.day === today && <p><button class="btn ghost" onClick={() => setCalling(true)}>{w().call}</button></p>}
      {v.items.length === 0 ? <Empty>{v.day === today ? w().teamNone : w().teamNoneDay}</Empty> : <ul class="list">{v.items.map(c => <Row key={c.id} c={c} see={() => setSeeing(c)} />)}</ul>}
      {calling && <Call v={v} onClose={() => setCalling(false)} onDone={done} />}</>}</Show>
    {seeing && <See c={seeing} onClose={() => setSeeing(undefined)} onDone={done} />}
  </section>;
}
