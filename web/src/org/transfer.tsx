/*
 * Another place, another superior, by decree; and everything dated about a person as a history. Nothing is
 * edited: what held until then ends the day before, and what a late decree may not change becomes a case.
 */
import type { ComponentChildren } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { api, type Got } from '../base/api';
import { fullDay, stamp } from '../base/format';
import { source } from '../base/load';
import { zone } from '../base/shell';
import { Action, Chip, DateInput, Dialog, Empty, Field, Show, toast, type Tone } from '../base/ui';
import { t } from '../base/words';
import { failure, Form, useFaults, type Detail } from './assign';
import { holds, roleText, scopeText, spanText, today, type Holds } from './lines';
import { PersonPicker, UnitPicker, type Person, type Unit } from './picker';
import { w } from './transfer_words';
import { w as org } from './words';

type Posts = Got<'/api/v1/org/posts'>['items'];
type History = Got<'/api/v1/org/employees/{employee}/history'>;
type Level = keyof ReturnType<typeof w>['level'];
interface FormProps { person: Detail; onClose: () => void; onDone: () => void }
interface Days { from: string; to: string }

const gaps = (v: Days) => ({ from: !v.from, to: !!v.to && v.to < v.from });
const until = (v: Days) => (v.to ? { valid_to: v.to } : {});
const say = (days: number) => toast(days ? w().savedCase(days) : w().saved);

function DaysFields({ v, put, f }: { v: Days; put: (d: Partial<Days>) => void; f: ReturnType<typeof useFaults> }) {
  return <div class="two roomy">
    <Field label={w().tmt} error={f.of('from', 'valid_from')}>{p => <DateInput {...p} value={v.from} onValue={from => put({ from })} />}</Field>
    <Field label={w().until} error={f.of('to', 'valid_to')}>{p => <DateInput {...p} value={v.to} none={org().form.open} onValue={to => put({ to })} />}</Field></div>;
}

function PostsField({ unit, error, onPick }: { unit: string; error?: string; onPick: (posts: readonly string[]) => void }) {
  const [posts, setPosts] = useState<Posts>([]), [chosen, choose] = useState<readonly string[]>([]);
  useEffect(() => {
    let stale = false;
    choose([]);
    onPick([]);
    void api.GET('/api/v1/org/posts', { params: { query: { unit } } }).then(r => { if (!stale) setPosts(r.data?.items ?? []); }, () => { if (!stale) setPosts([]); });
    return () => { stale = true; };
  }, [unit]);
  const toggle = (id: string) => { const next = chosen.includes(id) ? chosen.filter(x => x !== id) : [...chosen, id]; choose(next); onPick(next); };
  if (posts.length === 0) return null;
  return <fieldset class="col tight"><legend class="strong sm">{w().posts}</legend>{posts.map(p => <label key={p.id} class="check"><input type="checkbox" checked={chosen.includes(p.id)} onChange={() => toggle(p.id)} />{p.name}</label>)}{error && <span class="err">{error}</span>}</fieldset>;
}

export function MoveDialog({ person, onClose, onDone }: FormProps) {
  const f = useFaults(() => w().faults), now = person.placements[0];
  const [unit, setUnit] = useState<Unit>(), [posts, setPosts] = useState<readonly string[]>([]), [v, set] = useState({ position: now?.position ?? '', level: (now?.position_level ?? 'pelaksana') as Level, decree: '', from: today(), to: '' });
  const put = (x: Partial<typeof v>) => set({ ...v, ...x });
  const save = async () => {
    if (!f.complete({ unit: !unit, position: !v.position.trim(), decree: !v.decree.trim(), ...gaps(v) })) return;
    const r = await api.POST('/api/v1/org/employees/{employee}/placements', { params: { path: { employee: person.id } }, body: { unit: unit!.id, position: v.position.trim(), position_level: v.level, decree: v.decree.trim(), valid_from: v.from, posts: [...posts], ...until(v) } }).catch(() => undefined);
    const bad = failure(r);
    if (bad) return f.fail(bad);
    say(r!.data!.case_days);
    onDone();
  };
  return <Form title={w().moveTitle(person.full_name)} hint={w().moveHint} f={f} onClose={onClose} onSave={save}>
    <UnitPicker start={person.agency} error={f.of('unit')} onPick={setUnit} />
    <Field label={w().position} error={f.of('position')}>{p => <input {...p} maxLength={120} value={v.position} onInput={e => put({ position: e.currentTarget.value })} />}</Field>
    <Field label={w().levelOf}>{p => <select {...p} value={v.level} onChange={e => put({ level: e.currentTarget.value as Level })}>{(Object.keys(w().level) as Level[]).map(k => <option key={k} value={k}>{w().level[k]}</option>)}</select>}</Field>
    {unit && <PostsField unit={unit.id} error={f.of('posts')} onPick={setPosts} />}
    <Field label={w().decree} error={f.of('decree')}>{p => <input {...p} maxLength={100} value={v.decree} onInput={e => put({ decree: e.currentTarget.value })} />}</Field>
    <DaysFields v={v} put={put} f={f} /></Form>;
}

export function SuperiorDialog({ person, onClose, onDone }: FormProps) {
  const f = useFaults(() => w().faults), [who, setWho] = useState<Person>(), [relation, setRelation] = useState<'supervisor' | 'team_lead'>('supervisor'), [v, set] = useState({ letter: '', from: today(), to: '' });
  const put = (x: Partial<typeof v>) => set({ ...v, ...x });
  const save = async () => {
    if (!f.complete({ superior: !who, letter: !v.letter.trim(), ...gaps(v) })) return;
    const r = await api.POST('/api/v1/org/employees/{employee}/superiors', { params: { path: { employee: person.id } }, body: { relation, superior: who!.id, letter: v.letter.trim(), valid_from: v.from, ...until(v) } }).catch(() => undefined);
    const bad = failure(r);
    if (bad) return f.fail(bad);
    say(r!.data!.case_days);
    onDone();
  };
  return <Form title={w().superiorTitle(person.full_name)} hint={w().superiorHint} f={f} onClose={onClose} onSave={save}>
    <Field label={w().as}>{p => <select {...p} value={relation} onChange={e => setRelation(e.currentTarget.value as 'supervisor')}>{(['supervisor', 'team_lead'] as const).map(k => <option key={k} value={k}>{w().relation[k]}</option>)}</select>}</Field>
    {who ? <div class="field"><span>{w().who}</span><div class="row between nowrap"><span class="col tight"><b>{who.full_name}</b><span class="sm muted">{who.position} · {who.unit_name}</span>{f.of('superior') && <span class="err" role="alert">{f.of('superior')}</span>}</span><button type="button" class="link sm" onClick={() => setWho(undefined)}>{w().change}</button></div></div>
      : <PersonPicker label={w().who} error={f.of('superior')} without={person.id} onPick={setWho} />}
    <Field label={w().letter} error={f.of('letter')}>{p => <input {...p} maxLength={100} value={v.letter} onInput={e => put({ letter: e.currentTarget.value })} />}</Field>
    <DaysFields v={v} put={put} f={f} /></Form>;
}

/* What was entered wrongly, and how it is taken back: one way for placements, superiors and roles. */
export interface Wrong { title: string; sub: string; send: (reason: string) => Promise<{ data?: { case_days: number }; error?: unknown } | undefined> }

export function WithdrawDecree({ wrong, onClose, onDone }: { wrong: Wrong; onClose: () => void; onDone: () => void }) {
  const f = useFaults(() => w().withdraw.faults), [reason, setReason] = useState('');
  const withdraw = async () => {
    if (!f.complete({ why: reason.trim().length < 5 })) return;
    const r = await wrong.send(reason.trim()).catch(() => undefined), bad = failure(r);
    if (bad) return f.fail(bad);
    const days = r?.data?.case_days ?? 0;
    toast(days ? w().withdraw.doneCase(days) : w().withdraw.done);
    onDone();
  };
  return <Dialog title={w().withdraw.title} onClose={onClose} foot={<><Action class="btn danger" onAct={withdraw}>{w().withdraw.act}</Action><button type="button" class="btn ghost" onClick={onClose}>{t().cancel}</button></>}><div class="col" ref={f.body}>{f.top}
    <p><b>{wrong.title}</b><br /><span class="sm muted num">{wrong.sub}</span></p><p class="sm muted">{w().withdraw.hint}</p>{f.of('valid_from') && <p class="err" role="alert">{f.of('valid_from')}</p>}{f.of('role') && <p class="err" role="alert">{f.of('role')}</p>}
    <Field label={w().withdraw.why} hint={w().withdraw.whyHint} error={f.of('why')}>{p => <input {...p} maxLength={300} value={reason} onInput={e => setReason(e.currentTarget.value)} />}</Field></div></Dialog>;
}

const tones: Record<Holds, Tone> = { now: 'ok', later: 'info', ended: '', withdrawn: '' };
interface Gone { withdrawn_at?: string; withdrawn_by?: string; withdrawn_why?: string }
export const Withdrawn = ({ x }: { x: Gone }) => x.withdrawn_at ? <span class="sm num">{w().withdraw.by(x.withdrawn_by ?? '', stamp(x.withdrawn_at, zone()), x.withdrawn_why ?? '')}</span> : null;

function Dated({ title, sub, from, to, said, by, at, gone, withdraw }: { title: string; sub?: string; from: string; to: string; said: string; by?: string; at?: string; gone?: Gone; withdraw?: () => void }) {
  const state = gone?.withdrawn_at ? 'withdrawn' : holds(from, to);
  return <li><div class="row between"><b>{title}</b><Chip tone={tones[state]}>{org().holds[state]}</Chip></div>{sub && <span class="sm">{sub}</span>}
    <span class="sm muted num">{[spanText(from, state === 'withdrawn' && to < from ? from : to), said, at && w().by(by ?? '', stamp(at, zone()))].filter(Boolean).join(' · ')}</span>{gone && <Withdrawn x={gone} />}
    {withdraw && <span><button class="link sm" aria-label={`${w().withdraw.act}: ${said}`} onClick={withdraw}>{w().withdraw.act}</button></span>}</li>;
}

const place = (p: History['placements'][number]) => p.agency_name === p.unit_name ? p.unit_name : `${p.unit_name}, ${p.agency_name}`;

function Sections({ h, person, roles, onWrong }: { h: History; person: string; roles: boolean; onWrong?: (wrong: Wrong) => void }) {
  const section = (title: string, items: ComponentChildren[]) => items.length > 0 && <section class="col tight" key={title}><h3>{title}</h3><ul class="list">{items}</ul></section>;
  const path = { employee: person };
  const placed = (p: History['placements'][number]): Wrong => ({ title: `${p.position}, ${place(p)}`, sub: `${w().decreeNo(p.decree)} · ${w().list.from(fullDay(p.valid_from))}`, send: reason => api.POST('/api/v1/org/employees/{employee}/placements/withdraw', { params: { path }, body: { valid_from: p.valid_from, reason } }) });
  const led = (s: History['superiors'][number]): Wrong => ({ title: `${w().relation[s.relation]}: ${s.full_name}`, sub: `${w().letterNo(s.letter)} · ${w().list.from(fullDay(s.valid_from))}`, send: reason => api.POST('/api/v1/org/employees/{employee}/superiors/withdraw', { params: { path }, body: { relation: s.relation, valid_from: s.valid_from, reason } }) });
  const offer = (may: boolean, wrong: Wrong) => onWrong && may ? () => onWrong(wrong) : undefined;
  return <>{section(w().placements, h.placements.map(p => <Dated key={p.valid_from + (p.withdrawn_at ?? '')} gone={p} withdraw={offer(p.may_withdraw, placed(p))} title={p.position} sub={place(p)} from={p.valid_from} to={p.valid_to} said={w().decreeNo(p.decree)} by={p.entered_by} at={p.entered_at} />))}
    {section(w().superiors, h.superiors.map(s => <Dated key={s.relation + s.valid_from + (s.withdrawn_at ?? '')} gone={s} withdraw={offer(s.may_withdraw, led(s))} title={s.full_name} sub={w().relation[s.relation]} from={s.valid_from} to={s.valid_to} said={w().letterNo(s.letter)} by={s.entered_by} at={s.entered_at} />))}
    {roles && section(w().roles, h.roles.map(r => <Dated key={r.role_id} gone={r} title={roleText(r, person)} sub={scopeText(r)} from={r.valid_from} to={r.valid_to} said={org().letterNo(r.letter)} />))}
    {section(w().cases, h.cases.map(c => <li key={c.case_id}><div class="row between"><b>{w().decreeNo(c.decree)}</b><Chip tone={c.open_days ? 'warn' : ''}>{c.open_days ? w().list.waiting(c.open_days, c.days) : w().list.done}</Chip></div>
      <span class="sm muted num">{w().list.kind[c.kind]} · {w().list.from(fullDay(c.effective))}</span></li>))}</>;
}

/** What a person was, under whom, and where no card beside it tells them, with which roles; `turn` renews it after a change. */
export function HistoryCard({ id, turn, roles, onWrong }: { id: string; turn: number; roles: boolean; onWrong?: (wrong: Wrong) => void }) {
  const s = useMemo(() => source<History>(null, () => api.GET('/api/v1/org/employees/{employee}/history', { params: { path: { employee: id } } })), [id]);
  useEffect(() => { void s.refresh(); }, [s, turn]);
  return <section class="card"><h2>{w().history}</h2><Show source={s} zone={zone()} height={240}>{h =>
    h.placements.length + h.superiors.length + (roles ? h.roles.length : 0) === 0 ? <Empty>{w().noHistory}</Empty> : <Sections h={h} person={id} roles={roles} onWrong={onWrong} />}</Show></section>;
}
