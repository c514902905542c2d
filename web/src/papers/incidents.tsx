/* Gangguan server: declared or seen by the program, granted by the personnel board, printed as Berita Acara. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { api, serverNow, type Got, type Problem } from '../base/api';
import { Downloads, save } from '../base/downloads';
import { isBoard } from '../base/access';
import { clock, dayIn, fullDay, instantOf, longDay, minutesOf, number, stamp, type Zone } from '../base/format';
import { source } from '../base/load';
import { me } from '../base/session';
import { later, zone } from '../base/shell';
import { Action, Chip, DateInput, Dialog, Empty, Field, Note, problemText, Show, TimeInput, toast, type Tone } from '../base/ui';
import { t } from '../base/words';
import { UnitPicker, type Unit } from '../org/picker';
import { faultText, Upload } from './ask';
import { w } from './words';

const Issue = later(async () => (await import('../documents/issue')).Issue, true);
type List = Got<'/api/v1/attendance/incidents'>;
export type Incident = List['items'][number];
const tones: Record<Incident['state'], Tone> = { proposed: 'info', accepted: 'ok', refused: '', withdrawn: 'bad' };
const causes = ['server', 'network', 'power', 'app', 'unknown'] as const;

/** "Senin, 10 November 2025, 07.25–07.55", or with both days. */
export function spanOf(i: Pick<Incident, 'begins_at' | 'ends_at'>, z: Zone): string {
  const from = dayIn(new Date(i.begins_at), z), to = dayIn(new Date(i.ends_at), z);
  return from === to ? `${longDay(from)}, ${clock(i.begins_at, z)}–${clock(i.ends_at, z)}` : `${longDay(from)} ${clock(i.begins_at, z)} – ${longDay(to)} ${clock(i.ends_at, z)}`;
}
export const lasted = (i: Pick<Incident, 'begins_at' | 'ends_at'>) => Math.round((Date.parse(i.ends_at) - Date.parse(i.begins_at)) / 60_000);
const reasonOf = (i: Incident) => (i.is_detected && w().seen[i.reason]) || i.reason;

function DeclareDialog({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const z = zone(), today = dayIn(serverNow(), z);
  const [from, setFrom] = useState(today), [to, setTo] = useState(today), [begins, setBegins] = useState(''), [ends, setEnds] = useState(''), [cause, setCause] = useState<(typeof causes)[number]>('server'), [unit, setUnit] = useState<string>(), [reason, setReason] = useState(''), [file, setFile] = useState<{ sha256: string; name: string }>(), [tried, setTried] = useState(false), [problem, setProblem] = useState<Problem | 'network'>();
  const at = (day: string, time: string) => new Date(instantOf(day, minutesOf(time), z)).toISOString();
  const send = async () => {
    setTried(true);
    if (!begins || !ends || reason.trim().length < 10) return;
    const r = await api.POST('/api/v1/attendance/incidents', { body: { begins_at: at(from, begins), ends_at: at(to, ends), cause, reason: reason.trim(), ...(unit ? { unit } : {}), ...(file ? { file_sha256: file.sha256, file_name: file.name } : {}) } }).catch(() => undefined);
    if (!r?.data) return setProblem((r?.error as Problem | undefined) ?? 'network');
    toast(w().declared);
    onDone();
  };
  return <Dialog title={w().declare} onClose={onClose} foot={<><Action onAct={send}>{t().save}</Action><button class="btn ghost" onClick={onClose}>{t().cancel}</button></>}>
    {problem && <Note tone="bad" icon="warn">{faultText(problem)}</Note>}
    <div class="two"><Field label={w().from}>{p => <DateInput {...p} value={from} max={today} onValue={d => { setFrom(d); if (d > to) setTo(d); }} />}</Field><Field label={w().fromTime} error={tried && !begins ? w().errAt : undefined}>{p => <TimeInput {...p} value={begins} onValue={setBegins} />}</Field></div>
    <div class="two"><Field label={w().to}>{p => <DateInput {...p} value={to} max={today} onValue={setTo} />}</Field><Field label={w().toTime} error={tried && !ends ? w().errAt : undefined}>{p => <TimeInput {...p} value={ends} onValue={setEnds} />}</Field></div>
    <Field label={w().causeLabel}>{p => <select {...p} value={cause} onChange={e => setCause(e.currentTarget.value as typeof cause)}>{causes.map(c => <option key={c} value={c}>{w().iCause[c]}</option>)}</select>}</Field>
    <fieldset class="col"><legend class="strong">{w().scope}</legend><UnitPicker none={w().everybody} onPick={(u?: Unit) => setUnit(u?.id)} /></fieldset>
    <Field label={w().happened} hint={w().happenedHint} error={tried && reason.trim().length < 10 ? w().happenedHint : undefined}>{p => <textarea {...p} maxLength={500} value={reason} onInput={e => setReason(e.currentTarget.value)} />}</Field>
    <Upload label={w().evidence} hint={w().evidenceHint} name={file?.name} onDone={(sha256, name) => setFile({ sha256, name })} onRemove={() => setFile(undefined)} />
  </Dialog>;
}

/* The same dialog asks for what a verdict needs: a number when it is granted, always a reason. */
function VerdictDialog({ i, verdict, onClose, onDone }: { i: Incident; verdict: 'accept' | 'refuse' | 'withdraw'; onClose: () => void; onDone: () => void }) {
  const [no, setNo] = useState(''), [reason, setReason] = useState(''), [tried, setTried] = useState(false), [problem, setProblem] = useState<Problem | 'network'>();
  const title = { accept: w().grantTitle, refuse: w().deny, withdraw: w().revoke }[verdict];
  const send = async () => {
    setTried(true);
    if (reason.trim().length < 10 || (verdict === 'accept' && !no.trim())) return;
    const path = { incident: i.id }, body = { version: i.version, reason: reason.trim() };
    const r = await (verdict === 'accept' ? api.POST('/api/v1/attendance/incidents/{incident}/accept', { params: { path }, body: { ...body, number: no.trim() } })
      : verdict === 'refuse' ? api.POST('/api/v1/attendance/incidents/{incident}/refuse', { params: { path }, body }) : api.POST('/api/v1/attendance/incidents/{incident}/withdraw', { params: { path }, body })).catch(() => undefined);
    if (!r?.data) return setProblem((r?.error as Problem | undefined) ?? 'network');
    toast({ accept: w().granted, refuse: w().denied, withdraw: w().revoked }[verdict]);
    onDone();
  };
  return <Dialog title={title} sub={spanOf(i, zone())} onClose={onClose} foot={<><Action class={verdict === 'accept' ? 'btn' : 'btn danger'} onAct={send}>{title}</Action><button class="btn ghost" onClick={onClose}>{t().cancel}</button></>}>
    {problem && <Note tone="bad" icon="warn">{faultText(problem)}</Note>}
    <p><b>{i.scope_name}</b></p><p>{reasonOf(i)}</p>
    {verdict === 'accept' && <Field label={w().number} error={tried && !no.trim() ? w().numberEmpty : undefined}>{p => <input {...p} maxLength={100} value={no} onInput={e => setNo(e.currentTarget.value)} />}</Field>}
    <Field label={w().verdict} hint={w().shortHint} error={tried && reason.trim().length < 10 ? w().shortHint : undefined}>{p => <textarea {...p} maxLength={500} value={reason} onInput={e => setReason(e.currentTarget.value)} />}</Field>
  </Dialog>;
}

/* A4, as it is signed and filed. */
function ReportDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const z = zone(), s = useMemo(() => source<Got<'/api/v1/attendance/incidents/{incident}'>>(null, () => api.GET('/api/v1/attendance/incidents/{incident}', { params: { path: { incident: id } } })), [id]), [problem, setProblem] = useState<Problem | 'network'>();
  const issuable = isBoard(me.value!) && s.state.value.value?.state === 'accepted';
  useEffect(() => { void s.refresh(); }, [s]);
  return <Dialog broad title={w().report} onClose={onClose} foot={<><button class="btn" onClick={() => print()}>{w().printIt}</button><Action class="btn ghost" onAct={async () => setProblem(await save(`/api/v1/attendance/incidents/${id}/document`))}>{w().pdf}</Action></>}>
    {problem && <Note tone="bad" icon="warn">{problemText(problem)}</Note>}
    <Show source={s} zone={z} height={420}>{i => {
      const day = dayIn(new Date(i.begins_at), z), to = dayIn(new Date(i.ends_at), z), end = day === to ? clock(i.ends_at, z) : `${clock(i.ends_at, z)} (${longDay(to)})`;
      return <article class="doc"><header><b>{i.government}</b></header>
        {me.value?.government.is_demo && <p class="xs strong">{t().demoBand}</p>}
        <h2>{w().reportTitle}</h2>{i.number && <p class="num">{w().reportNo(i.number)}</p>}
        {i.state === 'proposed' && <p class="strong">{w().draftMark}</p>}{i.state === 'withdrawn' && <p class="strong">{w().withdrawnMark}</p>}
        <p class="lead">{w().reportText1(longDay(day), clock(i.begins_at, z), end, i.zone, i.scope_name)}</p>
        <dl class="facts"><dt>{w().interval}</dt><dd class="num">{spanOf(i, z)} {i.zone}</dd><dt>{w().lasted}</dt><dd class="num">{w().minutes(lasted(i))}</dd><dt>{w().affected}</dt><dd>{i.scope_name}</dd><dt>{w().causeLabel}</dt><dd>{w().iCause[i.cause]}</dd><dt>{w().happened}</dt><dd>{reasonOf(i)}</dd>
          {i.file_sha256 && <><dt>{w().evidenceLine}</dt><dd>{i.file_name}<br /><span class="xs num wrap">SHA-256 {i.file_sha256}</span></dd></>}
          {i.state === 'accepted' && i.relieved_days !== undefined && <><dt>{w().iState.accepted}</dt><dd class="num">{w().relieved(number(i.relieved_days))}</dd></>}</dl>
        <p class="lead">{w().reportText2}</p><p class="lead">{w().reportText3}</p>
        <div class="signs"><p>{w().operatorSign}<br />{i.declared_position}<span class="line" />{i.declared_by || w().systemDeclared}</p>
          <p>{i.decided_at && fullDay(dayIn(new Date(i.decided_at), z))}<br />{w().boardSign}<br />{i.decided_position ?? i.board_label}<span class="line" />{i.decided_by ?? ''}</p></div></article>;
    }}</Show>
    {issuable && <div class="noprint"><Issue subject={id} send={({ signed }) => api.POST('/api/v1/attendance/incidents/{incident}/document', { params: { path: { incident: id } }, body: { signed } })} /></div>}</Dialog>;
}

export function IncidentsPage() {
  const z = zone(), s = useMemo(() => source<List>('incidents', () => api.GET('/api/v1/attendance/incidents', { params: { query: {} } })), []);
  const [asking, setAsking] = useState<{ i: Incident; verdict: 'accept' | 'refuse' | 'withdraw' }>(), [declaring, setDeclaring] = useState(false), [shown, setShown] = useState<string>();
  useEffect(() => { void s.refresh(); }, [s]);
  const roles = me.value!.roles, decides = isBoard(me.value!), declares = decides || roles.some(r => r.role === 'operator');
  const done = () => { setAsking(undefined); setDeclaring(false); void s.refresh(); };
  return <main id="m" tabIndex={-1}><section class="card"><div class="row between start"><h2>{w().incidents}</h2>{!!s.state.value.value?.items.length && <Downloads path="/api/v1/attendance/incidents" />}{declares && <button class="btn small" onClick={() => setDeclaring(true)}>{w().declare}</button>}</div><p class="sm muted">{w().incidentsHint}</p>
    <Show source={s} zone={z} height={240}>{v => v.items.length === 0 ? <Empty>{w().noIncidents}</Empty> : <ul class="list">{v.items.map(i => <li key={i.id}>
      <div class="row between start"><span class="col tight"><b class="num">{spanOf(i, z)} {i.zone}</b><span class="sm">{i.scope_name} · {w().iCause[i.cause]} · <span class="num">{w().minutes(lasted(i))}</span></span></span><span class="row tight">{i.is_detected && <Chip>{w().detected}</Chip>}<Chip tone={tones[i.state]}>{w().iState[i.state]}</Chip></span></div>
      <span class="sm">{reasonOf(i)}</span>{i.declared_by && <span class="xs muted num">{w().enteredBy(i.declared_by, stamp(i.declared_at, z))}</span>}{i.decided_by && i.decided_at && <span class="xs muted num">{w().decidedBy(i.decided_by, stamp(i.decided_at, z))}{i.decision && `: ${i.decision}`}</span>}
      <div class="row">{decides && i.state === 'proposed' && i.may_decide && <button class="btn small" onClick={() => setAsking({ i, verdict: 'accept' })}>{w().grant}</button>}{decides && i.state === 'proposed' && !i.may_decide && <span class="sm muted">{w().notYours}</span>}{decides && i.state === 'proposed' && <button class="btn ghost small" onClick={() => setAsking({ i, verdict: 'refuse' })}>{w().deny}</button>}
        {i.state !== 'refused' && <button class="btn ghost small" onClick={() => setShown(i.id)}>{w().report}</button>}{decides && i.state === 'accepted' && <button class="link sm" onClick={() => setAsking({ i, verdict: 'withdraw' })}>{w().revoke}</button>}</div></li>)}</ul>}</Show></section>
    {declaring && <DeclareDialog onClose={() => setDeclaring(false)} onDone={done} />}
    {asking && <VerdictDialog i={asking.i} verdict={asking.verdict} onClose={() => setAsking(undefined)} onDone={done} />}
    {shown && <ReportDialog id={shown} onClose={() => setShown(undefined)} />}
  </main>;
}
