/*
 * One record of this phone: what became of it, how well its time is known, what was found about it, and the
 * server's receipt, which its owner may keep and show to anybody. Loaded when it is first opened.
 */
import { useState } from 'preact/hooks';
import { save } from '../base/downloads';
import { clock, clockSeconds, dayIn, longDay, number, stamp, type Zone } from '../base/format';
import { zone } from '../base/shell';
import type { KeptReceipt, OutboxItem, Receipt } from '../base/store';
import { Action, Chip, Dialog, Note } from '../base/ui';
import { itemName, RecordChip } from './home';
import { isProof, marks, type Mark } from './marks';
import { flush, happenedAt, outbox, typeOf } from './outbox';
import { kioskItem, officeProofs } from './proofs_offer';
import { w } from './record_words';
import { shown } from './today';
import { w as words } from './words';

const NEAR_MS = 180_000;
/** The interval that is proved, and what that makes of the time the phone stated. */
export function TimeFacts({ receipt: r, token_at, made_at, z }: { receipt: Receipt; token_at?: number; made_at: string; z: Zone }) {
  /* seconds where minutes would say nothing, the day where it is another one */
  const near = !!token_at && Date.parse(r.received_at ?? '') - token_at < NEAR_MS;
  const at = (x: string | number) => dayIn(new Date(x), z) !== dayIn(new Date(r.received_at!), z) ? stamp(new Date(x).toISOString(), z) : near ? clockSeconds(new Date(x), z) : clock(new Date(x), z);
  const grade = r.time_grade ?? 'arrival', isStrange = r.reasons?.some(m => m === 'token_missing' || m === 'token_foreign');
  return <section class="col tight"><h3>{w().time}</h3><dl class="facts">
    <dt>{w().claimed}</dt><dd class="num">{clockSeconds(new Date(made_at), z)} {z}</dd>
    {r.received_at && <><dt>{w().proved}</dt><dd class="num">{token_at && !isStrange ? w().between(at(token_at), at(r.received_at)) : w().before(at(r.received_at))}</dd></>}</dl>
    <p class="sm muted">{w().grade[grade] ?? grade}</p></section>;
}

/** What speaks for the record, and what asks a question: never about the person. */
export function Findings({ codes }: { codes: readonly string[] }) {
  const known = codes.filter(c => marks()[c as Mark]), for_ = known.filter(isProof), ask = known.filter(c => !isProof(c));
  if (!known.length) return null;
  return <section class="col"><h3>{w().found}</h3>
    {for_.length > 0 && <div class="row tight">{for_.map(c => <Chip key={c} tone="ok">{marks()[c as Mark].short}</Chip>)}</div>}
    {ask.length > 0 && <ul class="list">{ask.map(c => <li key={c}><b>{marks()[c as Mark].short}</b><span class="sm">{marks()[c as Mark].found}</span><span class="sm muted">{marks()[c as Mark].not}</span></li>)}</ul>}</section>;
}

/* What lies on this phone, as the server signed it: without a signal, and when the server has erased the rest. */
function keepReceipt(r: KeptReceipt) {
  const a = document.createElement('a');
  a.href = URL.createObjectURL(new Blob([JSON.stringify({ direction: r.direction, claimed_at: r.made_at, token_issued_at: r.token_at && new Date(r.token_at).toISOString(), ...r.receipt }, null, 1)], { type: 'application/json' }));
  a.download = `${w().file}-${r.receipt.day ?? r.made_at.slice(0, 10)}-${r.receipt.log_index ?? r.id.slice(0, 8)}.json`;
  a.click();
  setTimeout(() => URL.revokeObjectURL(a.href), 60_000);
}
/** The bundle that proves the event to an outsider can be had here; without a server, the receipt on this phone. */
export function ReceiptFacts({ kept: k, z }: { kept: KeptReceipt; z: Zone }) {
  const [less, setLess] = useState<string>(), r = k.receipt;
  if (!r.receipt) return null;
  const keep = async () => {
    const problem = await save(`/api/v1/attendance/evidence/${r.day}/${k.id}`);
    if (problem) keepReceipt(k);
    setLess(problem && (problem === 'network' ? w().keptOffline : w().keptErased));
  };
  return <section class="col tight"><h3>{w().receipt}</h3><dl class="facts">
    <dt>{w().logIndex}</dt><dd class="num">{number(Number(r.log_index))}</dd><dt>{w().receivedAt}</dt><dd class="num">{stamp(r.received_at!, z)} {z}</dd>
    <dt>{w().hash}</dt><dd class="xs num">{r.hash}</dd></dl>
    <p class="sm muted">{w().receiptHint}</p>{less && <Note icon="info">{less}</Note>}<div class="row"><Action class="btn ghost small" onAct={keep}>{w().keep}</Action><a class="btn ghost small" href="/verifikasi/">{w().check}</a></div></section>;
}

/* Without a signal the kiosk of the office takes it along. */
function Waiting({ i }: { i: OutboxItem }) {
  const show = () => {
    shown.value = undefined;
    kioskItem.value = i;
  };
  return <Note tone="warn" icon="sync"><b>{words().kept}</b><p class="sm">{words().keptHint} <button class="link" onClick={() => void flush()}>{words().sendNow}</button>
    {i.signed && !!officeProofs.value?.kiosks && <> <button class="link" onClick={show}>{w().toKiosk}</button></>}</p></Note>;
}

export function RecordSheet() {
  const open = shown.value, close = () => { shown.value = undefined; };
  /* as it is now: it may be sent while one looks */
  const i = open && (outbox.value.find(x => x.id === open.id) ?? open);
  if (!i) return null;
  const z = zone(), at = new Date(happenedAt(i)), r = i.receipt, day = r?.day ?? dayIn(at, z), isAsked = r?.verdict === 'needs_confirmation', asks = isAsked || r?.status === 'quarantined';
  return <Dialog title={`${itemName(i)} ${clock(at, z)}`} sub={longDay(day)} onClose={close} foot={asks ? <a class="btn" href={isAsked ? '#/konfirmasi' : `#/koreksi?hari=${day}`} onClick={close}>{w().explain}</a> : undefined}>
    <div class="row tight"><RecordChip i={i} />{!i.signed && <Chip>{words().record.unsigned}</Chip>}</div>
    {i.state === 'waiting' && <Waiting i={i} />}
    {isAsked && <p>{w().confirm}</p>}
    {r?.reason && w().held[r.reason] && <p>{w().held[r.reason]}</p>}
    {i.unsigned ? <p class="sm">{w().unsigned}</p> : !i.signed && <p class="sm muted">{words().enrolHint} <a href="#/ponsel" onClick={close}>{words().enrol}</a></p>}
    {r && <TimeFacts receipt={r} token_at={i.signed?.token_at} made_at={at.toISOString()} z={z} />}
    <Findings codes={r?.reasons ?? []} />
    {r && <ReceiptFacts kept={{ id: i.id, owner: i.owner, made_at: i.made_at, direction: typeOf(i), token_at: i.signed?.token_at, receipt: r }} z={z} />}
  </Dialog>;
}
