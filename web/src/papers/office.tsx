/* Koreksi di kantor: what was asked late the officer decides; many at once need a second person. And the limits. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { api, serverNow, type Got, type Problem } from '../base/api';
import { Downloads } from '../base/downloads';
import { isBoard } from '../base/access';
import { addDays, dayIn, shortFullDay, stamp } from '../base/format';
import { source } from '../base/load';
import { me } from '../base/session';
import { later, zone } from '../base/shell';
import { Action, Chip, DateInput, Dialog, Empty, Field, Note, Show, toast } from '../base/ui';
import { t } from '../base/words';
import { faultText, statedText, type Correction } from './ask';
import { CorrectionRow, DecideDialog } from './decide';
import { w } from './words';

const OfficeConfirmations = later(async () => (await import('../confirm/team')).OfficeConfirmations, true);
type Waiting = Got<'/api/v1/attendance/corrections/waiting'>;
type Proposal = Got<'/api/v1/attendance/corrections/proposals'>['items'][number];
type Limits = Got<'/api/v1/attendance/limits'>;

function ProposeDialog({ items, accepts, onClose, onDone }: { items: readonly Correction[]; accepts: boolean; onClose: () => void; onDone: () => void }) {
  const [reason, setReason] = useState(''), [tried, setTried] = useState(false), [problem, setProblem] = useState<Problem | 'network'>();
  const send = async () => {
    setTried(true);
    if (reason.trim().length < 10) return;
    const r = await api.POST('/api/v1/attendance/corrections/proposals', { body: { items: items.map(c => ({ correction: c.id, version: c.version })), accepts, reason: reason.trim() } }).catch(() => undefined);
    if (!r?.data) return setProblem((r?.error as Problem | undefined) ?? 'network');
    toast(w().proposed);
    onDone();
  };
  return <Dialog title={w().proposeTitle(items.length)} onClose={onClose} foot={<><Action onAct={send}>{w().propose}</Action><button class="btn ghost" onClick={onClose}>{t().cancel}</button></>}>
    {problem && <Note tone="bad" icon="warn">{faultText(problem)}</Note>}
    <p>{w().proposeText}</p>
    <ul class="list">{items.map(c => <li key={c.id}><b>{c.name}</b><span class="sm num">{shortFullDay(c.day)} · {statedText(c, zone())}</span></li>)}</ul>
    <Field label={w().verdict} hint={w().verdictHint} error={tried && reason.trim().length < 10 ? w().verdictHint : undefined}>{p => <textarea {...p} maxLength={500} value={reason} onInput={e => setReason(e.currentTarget.value)} />}</Field>
  </Dialog>;
}

function Proposals({ s, onDone }: { s: ReturnType<typeof proposalsOf>; onDone: () => void }) {
  const z = zone();
  const settle = async (p: Proposal, confirms: boolean) => {
    const r = await api.POST('/api/v1/attendance/corrections/proposals/{proposal}/verdict', { params: { path: { proposal: p.id } }, body: { confirms } }).catch(() => undefined);
    toast(!r || r.error ? faultText((r?.error as Problem | undefined) ?? 'network') : confirms ? w().confirmed : p.may_withdraw ? w().proposalBack : w().rejected);
    onDone();
  };
  return <Show source={s} zone={z} height={80}>{v => v.items.length === 0 ? null : <section class="card"><h2>{w().proposals}</h2><ul class="list">{v.items.map(p => <li key={p.id}>
    <div class="row between start"><b>{w().proposalOf(p.items.length, p.accepts)}</b><span class="sm muted num">{w().proposedBy(p.proposed_by)}, {stamp(p.proposed_at, z)}</span></div>
    <span class="sm">{p.reason}</span>
    <ul class="points sm">{p.items.map(c => <li key={c.id} class="num">{c.name} · {shortFullDay(c.day)} · {statedText(c, z)}</li>)}</ul>
    {p.may_confirm ? <div class="row"><Action class="btn small" onAct={() => settle(p, true)}>{w().confirm}</Action><Action class="btn ghost small" onAct={() => settle(p, false)}>{w().reject}</Action></div> : <div class="row"><span class="sm muted grow">{w().notYou}</span>{p.may_withdraw && <Action class="btn ghost small" onAct={() => settle(p, false)}>{w().takeBack}</Action>}</div>}</li>)}</ul></section>}</Show>;
}

function LimitDialog({ kind, onClose, onDone }: { kind: 'correction' | 'paper'; onClose: () => void; onDone: () => void }) {
  const today = dayIn(serverNow(), zone());
  const [days, setDays] = useState('5'), [basis, setBasis] = useState(''), [verified, setVerified] = useState(''), [from, setFrom] = useState(addDays(today, 1)), [tried, setTried] = useState(false), [problem, setProblem] = useState<Problem | 'network'>();
  const save = async () => {
    setTried(true);
    if (!/^\d{1,2}$/.test(days) || Number(days) > 60 || !basis.trim() || !from) return;
    const r = await api.POST('/api/v1/attendance/limits', { body: { kind, days: Number(days), legal_basis: basis.trim(), verified_by: verified.trim(), valid_from: from } }).catch(() => undefined);
    if (!r?.data) return setProblem((r?.error as Problem | undefined) ?? 'network');
    toast(w().limitSaved);
    onDone();
  };
  return <Dialog title={w().limitOf[kind]!} onClose={onClose} foot={<><Action onAct={save}>{t().save}</Action><button class="btn ghost" onClick={onClose}>{t().cancel}</button></>}>
    {problem && <Note tone="bad" icon="warn">{faultText(problem)}</Note>}
    <div class="two"><Field label={w().limitDaysLabel}>{p => <input {...p} inputMode="numeric" maxLength={2} value={days} onInput={e => setDays(e.currentTarget.value.replace(/\D/g, ''))} />}</Field>
      <Field label={w().validFrom}>{p => <DateInput {...p} value={from} min={today} onValue={setFrom} />}</Field></div>
    <Field label={w().basis} error={tried && !basis.trim() ? w().basis : undefined}>{p => <input {...p} maxLength={200} value={basis} onInput={e => setBasis(e.currentTarget.value)} />}</Field>
    <Field label={w().verified} hint={w().verifiedHint}>{p => <input {...p} maxLength={100} value={verified} onInput={e => setVerified(e.currentTarget.value)} />}</Field>
  </Dialog>;
}

function LimitsCard() {
  const s = useMemo(() => source<Limits>('limits', () => api.GET('/api/v1/attendance/limits')), []);
  const [kind, setKind] = useState<'correction' | 'paper'>(), today = dayIn(serverNow(), zone());
  useEffect(() => { void s.refresh(); }, [s]);
  return <section class="card"><h2>{w().limits}</h2><Show source={s} zone={zone()} height={80}>{v => <ul class="list">{(['correction', 'paper'] as const).map((k, i) => {
    const row = v.items.find(x => x.kind === k && x.valid_from <= today && x.valid_to >= today);
    return <li key={k}><div class="row between start"><span class="col tight"><b>{w().limitOf[k]}</b><span class="sm num">{w().limitDays(v.in_force[i] ?? 0)}</span><span class="sm muted">{row ? row.legal_basis : w().limitDefault}{!row?.verified_by && ` · ${w().example}`}</span></span>
      {me.value && isBoard(me.value) && <button class="btn ghost small" onClick={() => setKind(k)}>{w().newLimit}</button>}</div></li>;
  })}</ul>}</Show>{kind && <LimitDialog kind={kind} onClose={() => setKind(undefined)} onDone={() => { setKind(undefined); void s.refresh(); }} />}</section>;
}

const proposalsOf = () => source<Got<'/api/v1/attendance/corrections/proposals'>>('proposals', () => api.GET('/api/v1/attendance/corrections/proposals'));

export function OfficeCorrectionsPage() {
  const z = zone(), [chosen, setChosen] = useState<ReadonlySet<string>>(new Set()), [open, setOpen] = useState<Correction>(), [asking, setAsking] = useState<boolean>();
  const s = useMemo(() => source<Waiting>('corrections/office', () => api.GET('/api/v1/attendance/corrections/waiting', { params: { query: { office: true } } })), []);
  const proposals = useMemo(proposalsOf, []);
  const refresh = () => { setChosen(new Set()); void s.refresh(); void proposals.refresh(); };
  useEffect(refresh, [s]);
  const toggle = (id: string) => { const n = new Set(chosen); if (!n.delete(id)) n.add(id); setChosen(n); };
  return <main id="m" tabIndex={-1}><OfficeConfirmations /><Proposals s={proposals} onDone={refresh} />
    <div class="cols"><section class="card"><div class="row between"><h2>{w().waitingOf}</h2>{!!s.state.value.value?.items.length && <Downloads path="/api/v1/attendance/corrections/waiting?office=true" />}</div><p class="sm muted">{w().officeHint}</p><Show source={s} zone={z} height={240}>{v => {
      const picked = v.items.filter(c => chosen.has(c.id));
      return v.items.length === 0 ? <Empty>{w().nothing}</Empty> : <>
        {picked.length > 0 && <div class="row"><button class="btn" onClick={() => setAsking(true)}>{w().many(picked.length)}</button><button class="btn danger" onClick={() => setAsking(false)}>{w().manyRefuse(picked.length)}</button></div>}
        <ul class="list">{v.items.map(c => <li key={c.id} class="pick"><label class="tick"><input type="checkbox" checked={chosen.has(c.id)} aria-label={w().select(c.name)} onChange={() => toggle(c.id)} /></label>
          <CorrectionRow c={c} z={z} mark={w().supervisorDecides} open={() => setOpen(c)} /></li>)}</ul>
        {asking !== undefined && <ProposeDialog items={picked} accepts={asking} onClose={() => setAsking(undefined)} onDone={() => { setAsking(undefined); refresh(); }} />}</>;
    }}</Show></section><LimitsCard /></div>
    {open && <DecideDialog c={open} onClose={() => setOpen(undefined)} onDone={() => { setOpen(undefined); refresh(); }} />}
  </main>;
}
