/*
 * Izin & cuti of oneself: tell it, also without a signal, see what became of it, send the document later,
 * withdraw what still waits. What is kept on this phone is shown before what the server knows.
 */
import { useEffect, useState } from 'preact/hooks';
import { api, type Got } from '../base/api';
import { Downloads } from '../base/downloads';
import { number, shortFullDay } from '../base/format';
import { source } from '../base/load';
import { zone } from '../base/shell';
import type { OutboxItem } from '../base/store';
import { Action, Chip, Dialog, Empty, Note, Show, toast } from '../base/ui';
import { t } from '../base/words';
import { delivered, dismiss, flush, outbox, recordNotice } from '../attendance/outbox';
import { blank, NoticeFields, toBody, useNoticeForm, type Balance, type Draft } from './form';
import { failure, kinds, NoticeDialog, NoticeRow, says, whenText, type Detail, type Failure } from './parts';
import { w } from './words';

type Own = Got<'/api/v1/me/notices'>;
const own = source<Own>('notices', () => api.GET('/api/v1/me/notices', { params: { query: {} } }));
const balances = source<Got<'/api/v1/org/balances'>>('balances', () => api.GET('/api/v1/org/balances', { params: { query: {} } }));

const fromBody = (b: Record<string, unknown>): Draft => ({ ...blank(), kind: String(b.kind), from: String(b.from), to: String(b.to), part: !!b.from_minute, from_minute: String(b.from_minute ?? '08:00'), to_minute: String(b.to_minute ?? '12:00'), reason: String(b.reason ?? ''), places: ((b.places as string[] | undefined) ?? []).join('\n') });

function TellDialog({ start, left, onClose }: { start: Draft; left: readonly Balance[]; onClose: () => void }) {
  const f = useNoticeForm(start, w().faults);
  const send = async () => {
    if (!f.complete()) return;
    let item: OutboxItem;
    try {
      item = await recordNotice(toBody(f.d, f.part));
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
    f.fail({ code: now.reason, pointer: now.pointer } as Failure);
  };
  return <Dialog title={w().tell} onClose={onClose} foot={<><Action onAct={send}>{w().send}</Action><button class="btn ghost" onClick={onClose}>{t().cancel}</button></>}><div class="col" ref={f.body}>{f.top}
    <NoticeFields f={f} balances={left} /><p class="sm muted">{w().byLetter}</p></div></Dialog>;
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
    {asking ? <><p class="sm">{w().withdrawAsk}</p><Action class="btn danger" onAct={withdraw}>{w().withdraw}</Action><button class="btn ghost" onClick={() => setAsking(false)}>{w().keepIt}</button></>
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
    <section class="card"><div class="row between"><h2>{w().views.notices}</h2>{!!own.state.value.value?.items.length && <Downloads path="/api/v1/me/notices" />}</div>
      {kept.length > 0 && <ul class="list">{kept.map(i => <Kept key={i.id} i={i} again={() => { tell(fromBody(i.body)); void dismiss(i.id); }} />)}</ul>}
      <Show source={own} zone={zone()} height={200}>{v => v.items.length === 0 ? kept.length === 0 && <Empty>{w().none}</Empty> : <ul class="list">{v.items.map(n => <NoticeRow key={n.notice} n={n} open={() => setOpen(n.notice)} />)}</ul>}</Show></section>
    {telling && <TellDialog start={telling} left={left} onClose={() => { tell(undefined); void own.refresh(); }} />}
    {open && <NoticeDialog notice={open} onClose={() => setOpen(undefined)} onChange={() => void own.refresh()} foot={d => <WithdrawFoot d={d} onDone={close} />} />}
  </main>;
}
