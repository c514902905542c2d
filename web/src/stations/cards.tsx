/* Cards of people without a phone: chosen from a unit, printed at once, because their codes are shown only then. */
import { useEffect, useState } from 'preact/hooks';
import { api, type Got, type Problem } from '../base/api';
import { dayIn, fullDay, number } from '../base/format';
import { Qr } from '../base/qr';
import { me } from '../base/session';
import { zone } from '../base/shell';
import { Action, Dialog, Empty, Field, governmentName, Note, problemText, Skeleton, toast } from '../base/ui';
import { t } from '../base/words';
import { UnitPicker, type Unit } from '../org/picker';
import { w } from './words';
import './cards.css';

type Holder = Got<'/api/v1/attendance/cards'>['items'][number];
interface Card { employee: string; full_name: string; unit_name: string; text: string }

function Printed({ cards, onClose }: { cards: readonly Card[]; onClose: () => void }) {
  return <Dialog title={w().cardsTitle} broad onClose={onClose} foot={<button type="button" class="btn" onClick={() => print()}>{w().print}</button>}>
    <p class="sm noprint">{w().cardsOnce}</p>{me.value?.government.is_demo && <p class="band">{t().demoBand}</p>}
    <div class="idcards">{cards.map(c => <div class="idcard" key={c.employee}><Qr text={c.text} label={w().cardLabel(c.full_name)} />
      <div class="col tight"><span class="xs">{me.value && governmentName(me.value.government)}</span><b>{c.full_name}</b><span class="sm">{c.unit_name}</span><span class="xs">{w().cardFor}</span><span class="xs muted">{w().cardNote}</span></div></div>)}</div></Dialog>;
}

function EndDialog({ holder, onClose }: { holder: Holder; onClose: (done: boolean) => void }) {
  const [reason, setReason] = useState(''), [fault, setFault] = useState('');
  const end = async () => {
    if (reason.trim().length < 10) return setFault(w().reasonHint);
    const r = await api.POST('/api/v1/attendance/cards/end', { body: { employee: holder.employee, reason: reason.trim() } }).catch(() => undefined);
    if (!r?.response.ok) return setFault(problemText((r?.error as Problem | undefined) ?? 'network'));
    toast(w().cardEnded);
    onClose(true);
  };
  return <Dialog title={w().endCardTitle(holder.full_name)} onClose={() => onClose(false)} foot={<Action class="btn danger" onAct={end}>{w().endCard}</Action>}>
    <Field label={w().reason} hint={w().reasonHint} error={fault || undefined}>{p => <textarea {...p} value={reason} maxLength={500} onInput={e => { setReason(e.currentTarget.value); setFault(''); }} />}</Field></Dialog>;
}

const said = (h: Holder) => [h.unit_name, h.issued_at && w().hasCard(fullDay(dayIn(new Date(h.issued_at), zone()))), h.has_pin && w().hasPin, h.has_device && w().hasPhone].filter(Boolean).join(' · ');

/* As many as the server lists at once. */
const HOLDERS_MAX = 500;

function Holders({ unit }: { unit: Unit }) {
  const [all, setAll] = useState<readonly Holder[]>(), [problem, setProblem] = useState<Problem | 'network'>(), [without, setWithout] = useState(true), [chosen, setChosen] = useState<ReadonlySet<string>>(new Set()), [made, setMade] = useState<readonly Card[]>(), [ending, setEnding] = useState<Holder>();
  const load = async () => {
    const r = await api.GET('/api/v1/attendance/cards', { params: { query: { unit: unit.id } } }).catch(() => undefined);
    setProblem(r?.data ? undefined : (r?.error as Problem | undefined) ?? 'network');
    if (r?.data) setAll(r.data.items);
  };
  useEffect(() => { setAll(undefined); setChosen(new Set()); void load(); }, [unit.id]);
  if (problem) return <Note tone="bad" icon="warn">{problemText(problem)} <button type="button" class="link" onClick={() => void load()}>{t().retry}</button></Note>;
  if (!all) return <Skeleton height={200} />;
  const shown = all.filter(h => h.employee !== me.value?.employee && !(without && h.has_device));
  const toggle = (id: string) => { const n = new Set(chosen); if (!n.delete(id)) n.add(id); setChosen(n); };
  const issue = async () => {
    const r = await api.POST('/api/v1/attendance/cards', { body: { employees: [...chosen].slice(0, 100) } }).catch(() => undefined);
    if (!r?.data) return toast(problemText((r?.error as Problem | undefined) ?? 'network'));
    setMade(r.data.items);
    setChosen(new Set());
    await load();
  };
  return <><label class="check sm"><input type="checkbox" checked={without} onChange={e => setWithout(e.currentTarget.checked)} />{w().onlyWithout}</label>
    {all.length >= HOLDERS_MAX && <Note tone="info" icon="info">{w().holdersCut(number(HOLDERS_MAX))}</Note>}
    {shown.length === 0 ? <Empty>{without && all.length > 0 ? w().allHavePhones : w().noHolders}</Empty> : <div class="scroll down" tabIndex={0} role="region" aria-label={unit.name}><ul class="list">{shown.map(h => <li key={h.employee} class="cardholder"><label class="tick"><input type="checkbox" aria-label={h.full_name} checked={chosen.has(h.employee)} onChange={() => toggle(h.employee)} /></label>
      <span class="col tight"><b>{h.full_name}</b><span class="sm muted">{said(h)}</span></span>{h.issued_at && <button type="button" class="link sm" aria-label={`${w().endCard}: ${h.full_name}`} onClick={() => setEnding(h)}>{w().endCard}</button>}</li>)}</ul></div>}
    {chosen.size > 0 && <Action onAct={issue}>{w().printCards(chosen.size)}</Action>}
    {made && <Printed cards={made} onClose={() => setMade(undefined)} />}{ending && <EndDialog holder={ending} onClose={done => { setEnding(undefined); if (done) void load(); }} />}</>;
}

export function Cards() {
  const [open, setOpen] = useState(false), [unit, setUnit] = useState<Unit>();
  return <section class="card"><h2>{w().cards}</h2><p class="sm muted">{w().cardsHint}</p>
    {open ? <><UnitPicker own onPick={setUnit} />{unit && <Holders unit={unit} key={unit.id} />}</> : <div class="row"><button type="button" class="btn ghost" onClick={() => setOpen(true)}>{w().openCards}</button></div>}</section>;
}
