/* Hari libur: those of a year with their letter; local holidays and joint leave are entered here, and withdrawn when wrong. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { api, type Got } from '../base/api';
import { addDays, fullDay, longDay, shortFullDay, stamp } from '../base/format';
import { source } from '../base/load';
import { isBoard } from '../base/access';
import { me } from '../base/session';
import { zone } from '../base/shell';
import { Action, Chip, DateInput, Dialog, Empty, Field, Show, toast } from '../base/ui';
import { t } from '../base/words';
import { type Unit } from '../org/picker';
import { Day, failureOf, FormDialog, Pair, Scope, Text, today, unitOf, useForm } from './form';
import { w } from './words';

type Holidays = Got<'/api/v1/calendar/holidays'>;
type Holiday = Holidays['items'][number];
const kinds = ['local', 'joint_leave', 'national'] as const;
type Kind = (typeof kinds)[number];

function HolidayDialog({ onClose, onDone }: { onClose: () => void; onDone: (day: string) => void }) {
  const board = !!me.value && isBoard(me.value), x = w().holidays;
  const f = useForm(['name', 'day', 'source', 'issued', 'issuer', 'unit']), [v, set] = useState<Record<string, string>>({ name: '', day: addDays(today(), 1), source: '', issued: today(), issuer: '' }), [kind, setKind] = useState<Kind>('local'), [unit, setUnit] = useState<Unit | 'all' | undefined>(board ? 'all' : undefined);
  const put = (p: Record<string, string>) => set({ ...v, ...p }), p = { f, v, put };
  const save = async () => {
    if (!f.complete({ name: !v.name!.trim(), day: !v.day, source: !v.source!.trim(), issued: !v.issued, issuer: v.issuer!.trim().length < 3, unit: !unit })) return;
    const bad = failureOf(await api.POST('/api/v1/calendar/holidays', { body: { name: v.name!.trim(), day: v.day!, kind, source: v.source!.trim(), issued: v.issued!, issuer: v.issuer!.trim(), ...unitOf(unit) } }).catch(() => undefined));
    if (bad) return f.fail(bad);
    toast(v.day! <= today() ? x.savedBack : x.saved);
    onDone(v.day!);
  };
  return <FormDialog title={x.make} hint={x.makeHint} f={f} onClose={onClose} onSave={save}>
    <Field label={x.kind}>{q => <select {...q} value={kind} onChange={e => setKind(e.currentTarget.value as Kind)}>{kinds.filter(k => k !== 'national' || board).map(k => <option key={k} value={k}>{x.kinds[k]}</option>)}</select>}</Field>
    <Pair><Text {...p} name="name" label={x.name} max={200} /><Day {...p} name="day" label={x.day} /></Pair>
    <Pair><Text {...p} name="source" label={x.source} max={200} /><Field label={x.issued} error={f.at('issued')}>{q => <DateInput {...q} value={v.issued!} max={today()} onValue={issued => put({ issued })} />}</Field></Pair>
    <Text {...p} name="issuer" label={x.issuer} hint={x.issuerHint} max={200} /><Scope unit={unit} f={f} onPick={setUnit} /></FormDialog>;
}

function WithdrawDialog({ h, onClose, onDone }: { h: Holiday; onClose: () => void; onDone: () => void }) {
  const f = useForm(['reason']), [v, set] = useState<Record<string, string>>({ reason: '' }), x = w().holidays;
  const withdraw = async () => {
    if (!f.complete({ reason: v.reason!.trim().length < 5 })) return;
    const bad = failureOf(await api.POST('/api/v1/calendar/holidays/{holiday}/withdraw', { params: { path: { holiday: h.id } }, body: { reason: v.reason!.trim() } }).catch(() => undefined));
    if (bad) return f.fail(bad);
    toast(x.withdrawn);
    onDone();
  };
  return <Dialog title={x.withdrawTitle} onClose={onClose} foot={<><Action class="btn danger" onAct={withdraw}>{x.withdraw}</Action><button class="btn ghost" onClick={onClose}>{t().cancel}</button></>}>
    <div class="col" ref={f.body}>{f.top}<p><b>{h.name}</b>, {longDay(h.day)}</p><p class="sm muted">{x.withdrawHint}</p><Text f={f} v={v} put={p => set({ ...v, ...p })} name="reason" label={x.reason} hint={x.reasonHint} max={300} /></div></Dialog>;
}

function Row({ h, withdraw }: { h: Holiday; withdraw?: () => void }) {
  const x = w().holidays, letter = [h.source, h.issued && shortFullDay(h.issued), h.issuer].filter(Boolean).join(' · ');
  return <li><div class="row between start"><b class="grow">{h.name}</b><Chip tone={h.withdrawn_at ? '' : h.kind === 'national' ? 'info' : 'ok'}>{h.withdrawn_at ? x.isWithdrawn : x.kinds[h.kind]}</Chip></div>
    <span class="sm num">{longDay(h.day)}{(h.unit_name || !h.withdrawn_at) && <span class="muted"> · {h.unit_name ?? w().everyone}</span>}</span>
    <span class="sm muted num">{letter}{h.recorded_by && h.recorded_at && ` · ${x.by(h.recorded_by, stamp(h.recorded_at, zone()))}`}</span>
    {h.withdrawn_at && <span class="sm num">{x.withdrawnBy(h.withdrawn_by ?? '', stamp(h.withdrawn_at, zone()), h.withdrawn_why ?? '')}</span>}
    {withdraw && h.may_withdraw && <span><button class="link sm" aria-label={`${x.withdraw}: ${h.name}, ${fullDay(h.day)}`} onClick={withdraw}>{x.withdraw}</button></span>}</li>;
}

export function HolidaysCard({ mayWrite, board }: { mayWrite: boolean; board: boolean }) {
  const thisYear = Number(today().slice(0, 4)), [year, setYear] = useState(thisYear), [making, make] = useState(false), [wrong, setWrong] = useState<Holiday>(), x = w().holidays;
  const s = useMemo(() => source<Holidays>(`calendar/holidays/${year}`, () => api.GET('/api/v1/calendar/holidays', { params: { query: { year, withdrawn: true } } })), [year]);
  useEffect(() => { void s.refresh(); }, [s]);
  const mayTouch = (h: Holiday) => mayWrite && (board || !!h.unit);
  const list = (items: readonly Holiday[]) => <ul class="list lined">{items.map(h => <Row key={h.id} h={h} withdraw={mayTouch(h) ? () => setWrong(h) : undefined} />)}</ul>;
  return <section class="card"><div class="row between"><h2>{x.title}</h2>{mayWrite && <button class="btn ghost small" onClick={() => make(true)}>{x.make}</button>}</div><p class="sm muted">{x.hint}</p>
    <div class="row tight" role="group" aria-label={x.year}>{[thisYear - 1, thisYear, thisYear + 1].map(y => <button key={y} class={`btn small ${y === year ? '' : 'ghost'}`} aria-pressed={y === year} onClick={() => setYear(y)}>{y}</button>)}</div>
    <Show source={s} zone={zone()} height={120}>{r => {
      const coming = r.items.filter(h => h.day >= today() && !h.withdrawn_at), past = r.items.filter(h => h.day < today() && !h.withdrawn_at), gone = r.items.filter(h => h.withdrawn_at);
      return <>{r.items.length === 0 ? <Empty>{w().none}</Empty> : coming.length > 0 ? list(coming) : past.length > 0 && <Empty>{x.noneLeft}</Empty>}
        {past.length > 0 && <details><summary class="sm strong">{x.past(past.length)}</summary>{list(past)}</details>}
        {gone.length > 0 && <details><summary class="sm strong">{x.gone(gone.length)}</summary>{list(gone)}</details>}</>;
    }}</Show>
    {making && <HolidayDialog onClose={() => make(false)} onDone={day => { make(false); const y = Number(day.slice(0, 4)); if (y === year) void s.refresh(); else setYear(y); }} />}
    {wrong && <WithdrawDialog h={wrong} onClose={() => setWrong(undefined)} onDone={() => { setWrong(undefined); void s.refresh(); }} />}</section>;
}
