/*
 * Izin & cuti of oneself: tell it, also without a signal, see what became of it, send the document later,
 * withdraw what still waits. What is kept on this phone is shown before what the server knows.
 */
import { useEffect, useRef, useState } from 'preact/hooks';
import { api, serverNow, type Got } from '../base/api';
import { dayIn, number, shortFullDay } from '../base/format';
import { source } from '../base/load';
import { zone } from '../base/shell';
import type { OutboxItem } from '../base/store';
import { Action, Chip, DateInput, Dialog, Empty, Field, Note, Show, TimeInput, toast } from '../base/ui';
import { t } from '../base/words';
import { delivered, dismiss, flush, outbox, recordNotice } from '../attendance/outbox';
import { DocumentField, failure, kinds, NoticeDialog, NoticeRow, says, whenText, type Detail, type Failure, type Kind } from './parts';
import { w } from './words';

type Own = Got<'/api/v1/me/notices'>;
const own = source<Own>('notices', () => api.GET('/api/v1/me/notices', { params: { query: {} } }));
const balances = source<Got<'/api/v1/org/balances'>>('balances', () => api.GET('/api/v1/org/balances', { params: { query: {} } }));

export interface Draft { kind: string; from: string; to: string; part: boolean; from_minute: string; to_minute: string; reason: string; places: string; file?: { sha256: string; name: string } }
const today = () => dayIn(serverNow(), zone());
const blank = (): Draft => ({ kind: 'sick_leave', from: today(), to: today(), part: false, from_minute: '08:00', to_minute: '12:00', reason: '', places: '' });

/* the commonest first; those that come by letter alone are not asked for */
const order = ['sick_leave', 'sick_unattested', 'permit', 'annual_leave', 'outside_duty', 'important_leave', 'maternity_leave', 'long_leave', 'training', 'unpaid_leave'];
const health = ['sick_leave', 'sick_unattested', 'maternity_leave'];
const wordless = [...health, 'annual_leave'];

/** Kinds one may ask for, by the rows in force; all common ones on a phone that never saw them. */
export const offered = (rows: readonly Kind[] | undefined) => rows ? order.filter(k => rows.some(r => r.kind === k && r.decided_by !== 'nobody')) : order;
const daysOf = (d: Draft) => Math.round((Date.parse(d.to) - Date.parse(d.from)) / 86_400_000) + 1;
/** The row that speaks of so many days. */
export const rowOf = (rows: readonly Kind[] | undefined, d: Draft) => rows?.find(r => r.kind === d.kind && daysOf(d) >= r.least_days && (r.longest_days === 0 || daysOf(d) <= r.longest_days));
export const mayBePart = (rows: readonly Kind[] | undefined, kind: string) => rows ? rows.some(r => r.kind === kind && r.part_of_day) : kind === 'permit' || kind === 'outside_duty';

export function gapsIn(d: Draft, part: boolean): string[] {
  return [
    !d.from && 'from', (!d.to || d.to < d.from) && 'to',
    part && !(d.from_minute && d.to_minute > d.from_minute) && 'minutes',
    !wordless.includes(d.kind) && d.reason.trim().length < 5 && 'reason',
    d.kind === 'outside_duty' && !d.places.trim() && 'places',
  ].filter((x): x is string => !!x);
}
/** What the server takes: empty fields left out. */
export const toBody = (d: Draft, part: boolean) => ({
  kind: d.kind, from: d.from, to: d.to, ...(part ? { from_minute: d.from_minute, to_minute: d.to_minute } : {}),
  ...(d.reason.trim() ? { reason: d.reason.trim() } : {}),
  ...(d.kind === 'outside_duty' ? { places: d.places.split('\n').map(p => p.trim()).filter(Boolean).slice(0, 10) } : {}),
  ...(d.file ? { document_sha256: d.file.sha256, document_name: d.file.name } : {}),
});
const fromBody = (b: Record<string, unknown>): Draft => ({ ...blank(), kind: String(b.kind), from: String(b.from), to: String(b.to), part: !!b.from_minute, from_minute: String(b.from_minute ?? '08:00'), to_minute: String(b.to_minute ?? '12:00'), reason: String(b.reason ?? ''), places: ((b.places as string[] | undefined) ?? []).join('\n') });

function RuleHint({ row }: { row?: Kind }) {
  if (!row) return null;
  return <p class="sm muted">{[w().rule(w().decider[row.decided_by]), row.document === 'must' && w().mustDocument(number(row.document_days)), row.back_days > 0 ? w().backDays(number(row.back_days)) : w().sameDay].filter(Boolean).join(' ')} {w().basis}: {row.legal_basis}{!row.verified_by && ` (${w().example})`}.</p>;
}

function TellDialog({ start, onClose }: { start: Draft; onClose: () => void }) {
  const [d, set] = useState(start), [gaps, setGaps] = useState<readonly string[]>([]), [problem, setProblem] = useState<Failure>(), body = useRef<HTMLDivElement>(null);
  const rows = kinds.state.value.value?.items, row = rowOf(rows, d), part = d.part && mayBePart(rows, d.kind), isWordless = wordless.includes(d.kind);
  const put = (p: Partial<Draft>) => set({ ...d, ...p });
  const fault = problem && problem !== 'network' && problem.pointer ? { field: problem.pointer.slice(1), text: says(problem, w().faults) } : undefined;
  const known = ['kind', 'from', 'to', 'from_minute', 'to_minute', 'reason', 'places'];
  const err = (name: string, ...sent: string[]) => gaps.includes(name) ? w().faults[name] : fault && [name, ...sent].includes(fault.field) ? fault.text : undefined;
  const focus = () => requestAnimationFrame(() => body.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus());
  const send = async () => {
    const missing = gapsIn(d, part);
    setGaps(missing);
    setProblem(undefined);
    if (missing.length) return focus();
    let item: OutboxItem;
    try {
      item = await recordNotice(toBody(d, part));
    } catch {
      return toast(w().notKept);
    }
    await flush();
    const now = outbox.peek().find(i => i.id === item.id);
    if (now?.state !== 'rejected') {
      toast(now?.state === 'sent' ? w().sent : w().kept);
      return onClose();
    }
    /* told here at the field, so it need not stay among what was kept */
    await dismiss(item.id);
    setProblem({ code: now.reason, pointer: now.pointer } as Failure);
    focus();
  };
  return <Dialog title={w().tell} onClose={onClose} foot={<><Action onAct={send}>{w().send}</Action><button class="btn ghost" onClick={onClose}>{t().cancel}</button></>}><div class="col" ref={body}>
    {problem && !(fault && known.includes(fault.field)) && <Note tone="bad" icon="warn">{says(problem, w().faults)}</Note>}
    <Field label={w().kind} error={err('kind')}>{p => <select {...p} value={d.kind} onChange={e => put({ kind: e.currentTarget.value })}>{offered(rows).map(k => <option key={k} value={k}>{t().kind[k]}</option>)}</select>}</Field>
    <div class="two"><Field label={w().from} error={err('from')}>{p => <DateInput {...p} value={d.from} onValue={from => put({ from, ...(d.to < from ? { to: from } : {}) })} />}</Field>
      <Field label={w().to} error={err('to')}>{p => <DateInput {...p} value={d.to} min={d.from} onValue={to => put({ to })} />}</Field></div>
    {mayBePart(rows, d.kind) && <label class="check"><input type="checkbox" checked={d.part} onChange={e => put({ part: e.currentTarget.checked })} />{w().part}</label>}
    {part && <div class="two"><Field label={w().fromMinute} error={err('minutes', 'from_minute', 'to_minute')}>{p => <TimeInput {...p} value={d.from_minute} onValue={from_minute => put({ from_minute })} />}</Field>
      <Field label={w().toMinute}>{p => <TimeInput {...p} value={d.to_minute} onValue={to_minute => put({ to_minute })} />}</Field></div>}
    {d.kind === 'outside_duty' && <Field label={w().places} hint={w().placesHint} error={err('places')}>{p => <textarea {...p} maxLength={1000} value={d.places} onInput={e => put({ places: e.currentTarget.value })} />}</Field>}
    <Field label={isWordless ? w().reasonOptional : w().reason} hint={health.includes(d.kind) ? w().healthHint : isWordless ? undefined : w().reasonHint} error={err('reason')}>{p => <textarea {...p} maxLength={500} value={d.reason} onInput={e => put({ reason: e.currentTarget.value })} />}</Field>
    {row?.document !== 'none' && <DocumentField label={w().document} file={d.file} onFile={file => put({ file })} />}
    <RuleHint row={row} /><p class="sm muted">{w().byLetter}</p></div></Dialog>;
}

function WithdrawFoot({ d, onDone }: { d: Detail; onDone: () => void }) {
  const [asking, setAsking] = useState(false), [problem, setProblem] = useState<Failure>();
  const withdraw = async () => {
    const bad = failure(await api.POST('/api/v1/org/notices/{notice}/withdraw', { params: { path: { notice: d.notice.notice } }, body: { version: d.notice.version } }).catch(() => undefined));
    if (bad) return setProblem(bad);
    toast(w().withdrawn);
    onDone();
  };
  if (d.notice.state !== 'waiting') return null;
  return <>{problem && <Note tone="bad" icon="warn">{says(problem, w().decisionFaults)}</Note>}
    {asking ? <><p class="sm">{w().withdrawAsk}</p><Action class="btn danger" onAct={withdraw}>{w().withdraw}</Action><button class="btn ghost" onClick={() => setAsking(false)}>{t().cancel}</button></>
      : <button class="btn danger" onClick={() => setAsking(true)}>{w().withdraw}</button>}</>;
}

/* Not with the server yet, or not taken by it. */
function Kept({ i, again }: { i: OutboxItem; again: () => void }) {
  const b = i.body as { kind: string; from: string; to: string; from_minute?: string; to_minute?: string };
  return <li><div class="row between"><b>{t().kind[b.kind]}</b><Chip tone={i.state === 'rejected' ? 'bad' : 'warn'}>{i.state === 'rejected' ? w().keptRejected : w().kept}</Chip></div>
    <span class="sm muted num">{whenText(b)}</span>
    {i.state === 'rejected' && <><span class="sm">{says({ code: i.reason, pointer: i.pointer } as Failure, w().faults)}</span>
      <span class="row"><button class="link sm" onClick={again}>{w().tellAgain}</button><button class="link sm" onClick={() => void dismiss(i.id)}>{w().dismiss}</button></span></>}</li>;
}

export function OwnAbsence() {
  const [telling, tell] = useState<Draft>(), [open, setOpen] = useState<string>();
  useEffect(() => { void kinds.refresh(); void balances.refresh(); }, []);
  useEffect(() => { void own.refresh(); }, [delivered.value]);
  const kept = outbox.value.filter(i => i.kind === 'notice' && i.state !== 'sent'), left = balances.state.value.value?.items ?? [];
  const close = () => { setOpen(undefined); void own.refresh(); };
  return <main id="m" tabIndex={-1}>
    <section class="card"><p class="sm muted">{w().intro}</p><button class="btn" onClick={() => tell(blank())}>{w().tell}</button>
      {left.length > 0 && <div class="col tight"><h3>{w().balances}</h3>{left.map(b => <div key={b.kind + b.year}><b class="num">{w().balance(t().kind[b.kind]!, String(b.year), number(b.days))}</b><br /><span class="sm muted num">{w().asOf(b.source, shortFullDay(b.as_of))}</span></div>)}</div>}</section>
    <section class="card"><h2>{w().views.notices}</h2>
      {kept.length > 0 && <ul class="list">{kept.map(i => <Kept key={i.id} i={i} again={() => { tell(fromBody(i.body)); void dismiss(i.id); }} />)}</ul>}
      <Show source={own} zone={zone()} height={200}>{v => v.items.length === 0 ? kept.length === 0 && <Empty>{w().none}</Empty> : <ul class="list">{v.items.map(n => <NoticeRow key={n.notice} n={n} open={() => setOpen(n.notice)} />)}</ul>}</Show></section>
    {telling && <TellDialog start={telling} onClose={() => { tell(undefined); void own.refresh(); }} />}
    {open && <NoticeDialog notice={open} onClose={() => setOpen(undefined)} onChange={() => void own.refresh()} foot={d => <WithdrawFoot d={d} onDone={close} />} />}
  </main>;
}
