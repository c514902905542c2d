/* Tukar hari: swaps I asked for or am asked for, and asking for one. */
import { useEffect, useState } from 'preact/hooks';
import { api, online, serverNow, type Got, type Problem } from '../base/api';
import { addDays, dayIn, longDay, shortDay } from '../base/format';
import { source } from '../base/load';
import { me } from '../base/session';
import { zone } from '../base/shell';
import { Action, Chip, Dialog, Empty, Field, Note, problemText, Show, Skeleton, toast, type Tone } from '../base/ui';
import { t } from '../base/words';
import { w } from './swapwords';

type Swaps = Got<'/api/v1/me/roster/swaps'>;
export type Swap = Swaps['items'][number];
type Partners = Got<'/api/v1/me/roster/swaps/partners'>['items'];
const swaps = source<Swaps>(null, () => api.GET('/api/v1/me/roster/swaps'));

export const said = (p: Problem | 'network') => p !== 'network' && w().why[p.reason ?? ''] || problemText(p);
const tones: Record<string, Tone> = { asked: 'info', accepted: 'info', done: 'ok', refused: 'bad', withdrawn: '' };
export const SwapState = ({ s }: { s: Swap }) => <Chip tone={s.is_over ? '' : tones[s.state] ?? ''}>{s.is_over ? w().over : w().state[s.state]}</Chip>;

/** Who comes in when, and who is home instead. */
export function swapText(s: Swap): string {
  const name = (id: string, n: string) => id === me.value?.employee ? w().me : n;
  return w().told(name(s.asker, s.asker_name), shortDay(s.asker_day), name(s.other, s.other_name), shortDay(s.other_day));
}

/* ---- asking ---- */

function Partner({ given, onPick }: { given: string; onPick: (other: string, day: string) => void }) {
  const [found, setFound] = useState<Partners>(), [problem, setProblem] = useState<Problem | 'network'>(), [chosen, setChosen] = useState('');
  useEffect(() => {
    let stale = false;
    setFound(undefined);
    setProblem(undefined);
    setChosen('');
    void api.GET('/api/v1/me/roster/swaps/partners', { params: { query: { day: given } } }).then(r => { if (stale) return; if (r.data) setFound(r.data.items); else setProblem(r.error as Problem); }, () => { if (!stale) setProblem('network'); });
    return () => { stale = true; };
  }, [given]);
  if (problem) return <Note tone="bad" icon="warn">{said(problem)}</Note>;
  if (!found) return <Skeleton height={72} />;
  if (found.length === 0) return <Empty>{w().noPartners}</Empty>;
  return <Field label={w().whom}>{p => <select {...p} value={chosen} onChange={e => { const value = e.currentTarget.value, [other, day] = value.split(' '); setChosen(value); if (other && day) onPick(other, day); }}><option value="">{w().choose}</option>{found.map(x => <optgroup key={x.employee} label={x.name}>{x.days.map(d => <option key={d} value={`${x.employee} ${d}`}>{`${x.name}: ${longDay(d)}`}</option>)}</optgroup>)}</select>}</Field>;
}

function AskDialog({ onDone, onClose }: { onDone: () => void; onClose: () => void }) {
  const [days, setDays] = useState<string[]>(), [given, setGiven] = useState(''), [taken, setTaken] = useState<{ other: string; day: string }>(), [problem, setProblem] = useState<Problem | 'network'>();
  useEffect(() => { void api.GET('/api/v1/me/roster', { params: { query: { from: addDays(dayIn(serverNow(), zone()), 1), days: 31 } } }).then(r => { if (r.data) setDays(r.data.items.filter(d => d.mode === 'home').map(d => d.day)); else setProblem(r.error as Problem); }, () => setProblem('network')); }, []);
  const send = async () => {
    const r = await api.POST('/api/v1/me/roster/swaps', { body: { other: taken!.other, my_day: given, other_day: taken!.day } }).catch(() => undefined);
    if (!r?.data) return setProblem(r?.error as Problem | undefined ?? 'network');
    toast(w().sent);
    onDone();
  };
  return <Dialog title={w().ask} onClose={onClose} foot={<><Action onAct={send} disabled={!taken || !online.value}>{w().send}</Action><button type="button" class="btn ghost" onClick={onClose}>{t().cancel}</button></>}>
    <p class="sm">{w().hint}</p>{problem && <Note tone="bad" icon="warn">{said(problem)}</Note>}
    {!days ? !problem && <Skeleton height={72} /> : days.length === 0 ? <Empty>{w().noDays}</Empty> : <Field label={w().mine}>{p => <select {...p} value={given} onChange={e => { setGiven(e.currentTarget.value); setTaken(undefined); }}><option value="">{w().choose}</option>{days.map(d => <option key={d} value={d}>{longDay(d)}</option>)}</select>}</Field>}
    {given && <Partner given={given} onPick={(other, day) => setTaken({ other, day })} />}</Dialog>;
}

/* ---- mine ---- */

function SwapRow({ s, onDone }: { s: Swap; onDone: () => void }) {
  const [problem, setProblem] = useState<Problem | 'network'>(), path = { swap: s.id };
  const settle = (r: { error?: unknown } | undefined, done: string) => {
    if (!r || r.error) return setProblem(r?.error as Problem | undefined ?? 'network');
    toast(done);
    onDone();
  };
  const answer = (accept: boolean) => async () => settle(await api.POST('/api/v1/me/roster/swaps/{swap}/answer', { params: { path }, body: { accept } }).catch(() => undefined), accept ? w().accepted : w().refused);
  const withdraw = async () => settle(await api.POST('/api/v1/me/roster/swaps/{swap}/withdraw', { params: { path } }).catch(() => undefined), w().withdrawn);
  return <li><div class="row between start"><span class="grow sm">{swapText(s)}</span><SwapState s={s} /></div>{(s.decided_by_name || s.note) && <span class="sm muted">{[s.decided_by_name && w().byWhom(s.decided_by_name), s.note].filter(Boolean).join(': ')}</span>}
    {problem && <Note tone="bad" icon="warn">{said(problem)}</Note>}
    {(s.may_answer || s.may_withdraw) && <div class="row">{s.may_answer && <><Action class="btn small" onAct={answer(true)} disabled={!online.value}>{w().accept}</Action><Action class="btn ghost small" onAct={answer(false)} disabled={!online.value}>{w().refuse}</Action></>}{s.may_withdraw && <Action class="btn ghost small" onAct={withdraw} disabled={!online.value}>{w().withdraw}</Action>}</div>}</li>;
}

export function SwapsPart() {
  const [asking, setAsking] = useState(false);
  useEffect(() => { void swaps.refresh(); }, []);
  return <section class="card"><div class="row between"><h2>{w().title}</h2><button type="button" class="btn ghost small" onClick={() => setAsking(true)}>{w().ask}</button></div><p class="sm muted">{w().hint}</p>
    <Show source={swaps} zone={zone()} height={72}>{v => v.items.length === 0 ? <Empty>{w().none}</Empty> : <ul class="list">{v.items.slice(0, 20).map(s => <SwapRow key={s.id} s={s} onDone={() => void swaps.refresh()} />)}</ul>}</Show>
    {asking && <AskDialog onDone={() => { setAsking(false); void swaps.refresh(); }} onClose={() => setAsking(false)} />}</section>;
}
