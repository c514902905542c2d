/*
 * Ponsel saya: whether this phone signs for its owner, enrolling it with an officer's code, the passkey beside it, a
 * phone that was lost, and the receipts kept here. Loaded when it is first opened.
 */
import { useEffect, useState } from 'preact/hooks';
import { api, isProblem, type Got, type Problem } from '../base/api';
import { dayIn, fullDay, number, stamp } from '../base/format';
import { source } from '../base/load';
import { me } from '../base/session';
import { useTitle, zone } from '../base/shell';
import { readChain, readReceipts, type KeptReceipt, type PhoneKey } from '../base/store';
import { Action, Chip, Dialog, Empty, Field, Note, problemText, Show, Skeleton, toast, type Tone } from '../base/ui';
import { NoKeyHere } from '../attendance/keys_make';
import { isInstalled, phoneKey, refreshKey } from '../attendance/outbox';
import { Findings, ReceiptFacts, TimeFacts } from '../attendance/record';
import { w as words } from '../attendance/words';
import { enrol, readCode, type Enrolled } from './own_enrol';
import { addPasskey, hasScreenLock, removePasskey } from './own_passkey';
import { w } from './own_words';

type Devices = Got<'/api/v1/attendance/devices'>;
type Device = Devices['items'][number];
const devices = source<Devices>('devices/own', () => api.GET('/api/v1/attendance/devices', { params: { query: {} } }));

const dayOf = (at: string) => fullDay(dayIn(new Date(at), zone()));
const isApple = () => /iPhone|iPad|iPod/.test(navigator.userAgent) || (/Macintosh/.test(navigator.userAgent) && navigator.maxTouchPoints > 1);

function Enrol({ again }: { again: boolean }) {
  const [code, setCode] = useState(''), [tried, setTried] = useState(false), [problem, setProblem] = useState<Problem | 'network' | 'noKey'>(), [anyway, setAnyway] = useState(false);
  const wrong = !readCode(code);
  const act = async () => {
    setTried(true);
    setProblem(undefined);
    if (wrong) return;
    const r: Enrolled | Problem | 'network' | 'noKey' = await enrol(me.peek()!, readCode(code)!).catch(e => { if (e instanceof NoKeyHere) return 'noKey' as const; throw e; });
    if (r === 'network' || r === 'noKey' || isProblem(r)) return setProblem(r);
    toast(w().done);
    await devices.refresh();
  };
  if (isApple() && !isInstalled() && !anyway) return <Note icon="info"><b>{w().appleTitle}</b><p class="sm">{w().apple} <button class="link" onClick={() => setAnyway(true)}>{w().appleAnyway}</button></p></Note>;
  return <form class="col" onSubmit={e => e.preventDefault()}>
    {problem && <Note tone="bad" icon="warn">{problem === 'noKey' ? w().noKey : problemText(problem)}</Note>}
    <Field label={w().code} hint={w().codeHint} error={tried && wrong ? w().codeWrong : undefined}>{p => <input {...p} class="num" autocomplete="one-time-code" autocapitalize="characters" spellcheck={false} maxLength={16} value={code} onInput={e => setCode(e.currentTarget.value)} />}</Field>
    <Action onAct={act}>{again ? w().again : w().enrol}</Action>
    <p class="sm muted">{w().former}</p></form>;
}

function Facts({ k, d }: { k: PhoneKey; d?: Device }) {
  const [signed, setSigned] = useState<number>();
  useEffect(() => { void readChain(k.device).then(c => setSigned(c?.seq ?? 0), () => undefined); }, [k.device]);
  return <><dl class="facts"><dt>{w().since}</dt><dd class="num">{dayOf(k.enrolled_at)}</dd>
    {d && <><dt>{w().by}</dt><dd>{d.enrolled_by}</dd></>}
    <dt>{w().signed}</dt><dd class="num">{signed === undefined ? '' : number(signed)}</dd>
    <dt>{w().lastTime}</dt><dd class="num">{k.token ? `${stamp(new Date(k.token.issued_at).toISOString(), zone())} ${zone()}` : w().noTime}</dd></dl>
    {d?.probation_until && <p class="sm muted">{w().probation(`${stamp(d.probation_until, zone())} ${zone()}`)}</p>}
    {d?.is_shared && <Note icon="people">{w().shared}</Note>}</>;
}

const tones: Record<PhoneKey['state'] | 'none', Tone> = { none: '', active: 'ok', ended: 'warn', broken: 'warn' };
function Here({ list }: { list?: Devices }) {
  const k = phoneKey.value;
  if (k === undefined) return <Skeleton height={160} />;
  const state = k?.state ?? 'none', active = list?.items.find(d => d.state === 'active');
  return <section class="card"><div class="row between"><h2>{w().here}</h2><Chip tone={tones[state]}>{w()[state]}</Chip></div>
    {state === 'active' ? <Facts k={k!} d={list?.items.find(d => d.device === k!.device)} />
      : <><p class="sm">{!k && active ? w().lostText(active.label, dayOf(active.enrolled_at)) : w()[`${state}Text` as const]}</p><Request list={list} /><Enrol again={state !== 'none' || !!active} /></>}</section>;
}

/* A change that needs a second officer: where it stands. */
function Request({ list }: { list?: Devices }) {
  const r = list?.request;
  if (!r || (r.state !== 'waiting' && r.state !== 'approved' && r.state !== 'refused')) return null;
  return <Note icon="clock">{r.state === 'refused' ? w().request.refused(r.refusal) : w().request[r.state]}</Note>;
}

function Passkey({ k }: { k: PhoneKey }) {
  const [able, setAble] = useState<boolean>(), [problem, setProblem] = useState<Problem | 'network' | 'refused'>(), mine = me.value!;
  useEffect(() => { void hasScreenLock().then(setAble); }, []);
  const run = async (act: () => Promise<Problem | 'network' | 'refused' | undefined>, done: string) => {
    setProblem(undefined);
    const p = await act();
    setProblem(p);
    if (!p) toast(done);
  };
  if (able === undefined) return null;
  return <section class="card"><div class="row between"><h2>{w().passkey}</h2>{k.credential && <Chip tone="ok">{w().passkeySet}</Chip>}</div>
    {problem && <Note tone={problem === 'refused' ? 'warn' : 'bad'} icon="warn">{problem === 'refused' ? w().passkeyRefused : problem !== 'network' && w().passkeyReason[problem.reason ?? ''] || problemText(problem)}</Note>}
    <p class="sm">{k.credential ? w().passkeyOn : able ? w().passkeyOff : w().passkeyNo}</p>
    {k.credential ? <Action class="btn ghost small" onAct={() => run(() => removePasskey(mine.employee, k.device), w().passkeyGone)}>{w().passkeyRemove}</Action>
      : able && <Action class="btn ghost small" onAct={() => run(() => addPasskey(mine.employee, k.device, mine.nip), w().passkeyDone)}>{w().passkeyAdd}</Action>}</section>;
}

function Lost({ d, onClose }: { d: Device; onClose: () => void }) {
  const [note, setNote] = useState(''), [problem, setProblem] = useState<Problem | 'network'>();
  const act = async () => {
    const r = await api.POST('/api/v1/attendance/devices/{device}/end', { params: { path: { device: d.device } }, body: { reason: 'lost', ...(note.trim() ? { note: note.trim() } : {}) } }).catch(() => undefined);
    if (!r?.data) return setProblem(r ? r.error as Problem : 'network');
    toast(w().lostDone);
    onClose();
    await devices.refresh();
  };
  return <Dialog title={w().lostTitle} onClose={onClose} foot={<Action class="btn danger" onAct={act}>{w().lost}</Action>}>
    {problem && <Note tone="bad" icon="warn">{problemText(problem)}</Note>}<p>{w().lostSure}</p>
    <Field label={w().lostNote} hint={w().lostNoteHint}>{p => <textarea {...p} rows={2} maxLength={200} value={note} onInput={e => setNote(e.currentTarget.value)} />}</Field></Dialog>;
}

/* What the server knows of: another phone that is active, and those before. */
function Others({ list }: { list: Devices }) {
  const [losing, lose] = useState<Device>(), k = phoneKey.value, other = list.items.find(d => d.state === 'active' && d.device !== k?.device), before = list.items.filter(d => d.state !== 'active');
  return <>
    {other && <section class="card"><h2>{w().other}</h2><p class="sm">{w().otherText(other.label, dayOf(other.enrolled_at))}</p><button class="btn ghost small" onClick={() => lose(other)}>{w().lost}</button></section>}
    {before.length > 0 && <section class="card"><h2>{w().history}</h2><ul class="list">{before.map(d => <li key={d.device}><div class="row between"><b>{d.label}</b><Chip>{w().state[d.state]}</Chip></div>
      <span class="sm muted num">{w().span(dayOf(d.enrolled_at), dayOf(d.ended_at!))}{d.end_reason && ` · ${d.end_reason}`}</span></li>)}</ul></section>}
    {losing && <Lost d={losing} onClose={() => lose(undefined)} />}</>;
}

const FEW = 10;
function Receipts() {
  const [all, setAll] = useState<KeptReceipt[]>(), [most, setMost] = useState(FEW), [open, setOpen] = useState<KeptReceipt>(), z = zone();
  useEffect(() => { void readReceipts(me.value!.employee).then(setAll, () => setAll([])); }, []);
  const name = (r: KeptReceipt) => words().kindPunch[r.direction as 'in'] ?? r.direction;
  return <section class="card"><h2>{w().receipts}</h2><p class="sm muted">{w().receiptsHint}</p>
    {!all ? <Skeleton height={72} /> : all.length === 0 ? <Empty>{w().noReceipts}</Empty> : <ul class="list">{all.slice(0, most).map(r => <li key={r.id}><button class="rowbutton" onClick={() => setOpen(r)}>
      <span class="row between"><b>{name(r)}</b><span class="sm muted num">{stamp(r.made_at, z)}</span></span></button></li>)}</ul>}
    {all && all.length > most && <button class="btn ghost small" onClick={() => setMost(most + 50)}>{w().more(number(Math.min(50, all.length - most)))}</button>}
    {open && <Dialog title={name(open)} sub={`${stamp(open.made_at, z)} ${z}`} onClose={() => setOpen(undefined)}>
      <TimeFacts receipt={open.receipt} token_at={open.token_at} made_at={open.made_at} z={z} /><Findings codes={open.receipt.reasons ?? []} /><ReceiptFacts kept={open} z={z} /></Dialog>}</section>;
}

export function OwnPhone() {
  useTitle(words().myPhone);
  useEffect(() => { void refreshKey(); void devices.refresh(); }, []);
  if (!me.value) return null;
  const { value, problem } = devices.state.value, k = phoneKey.value;
  return <main id="m" tabIndex={-1}>
    <Here list={value} />
    {k?.state === 'active' && <Passkey k={k} />}
    {value ? <Others list={value} /> : problem && <Show source={devices} zone={zone()}>{() => null}</Show>}
    <Receipts />
    <p class="row"><a class="btn ghost small" href="#/lainnya">{w().back}</a></p>
  </main>;
}
