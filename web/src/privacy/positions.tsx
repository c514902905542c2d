/* Posisi dan penahanan: which days' positions were erased, and whose evidence a case keeps. Nobody sees a position here. */
import { useEffect, useState } from 'preact/hooks';
import { api, serverNow, type Got, type Problem } from '../base/api';
import { Downloads } from '../base/downloads';
import { addDays, dayIn, fullDay, number, shortFullDay, span, stamp } from '../base/format';
import { source } from '../base/load';
import { useNeeded } from '../base/needed';
import { zone } from '../base/shell';
import { Action, Chip, DateInput, Dialog, Empty, Field, Note, problemText, Show, toast } from '../base/ui';
import { t } from '../base/words';
import { Chosen, PersonPicker, type Person } from '../org/picker';
import { w } from './office_words';

type Holds = Got<'/api/v1/attendance/holds'>;
type Hold = Holds['items'][number];
type Nights = Got<'/api/v1/attendance/erasures'>;
const holds = source<Holds>('holds', () => api.GET('/api/v1/attendance/holds', { params: { query: {} } }));
const nights = source<Nights>('erasures', () => api.GET('/api/v1/attendance/erasures'));

const LEAST = 10;

function HoldDialog({ onClose }: { onClose: () => void }) {
  const today = dayIn(serverNow(), zone());
  const [person, setPerson] = useState<Person>(), [v, set] = useState({ first_day: addDays(today, -7), last_day: today, reason: '', letter: '' }), [problem, setProblem] = useState<Problem | 'network'>();
  const short = v.reason.trim().length < LEAST, need = useNeeded({ person: !person, first_day: !v.first_day, last_day: !v.last_day || v.last_day < v.first_day || v.last_day > today, reason: short, letter: !v.letter.trim() });
  const refused = problem && problem !== 'network' ? w().faults[problem.pointer ?? ''] : undefined;
  const save = async () => {
    setProblem(undefined);
    if (!need.complete() || !person) return;
    const r = await api.POST('/api/v1/attendance/holds', { body: { employee: person.id, first_day: v.first_day, last_day: v.last_day, reason: v.reason.trim(), letter: v.letter.trim() } }).catch(() => undefined);
    if (!r?.data) return need.refuse(() => setProblem((r?.error as Problem | undefined) ?? 'network'));
    toast(w().heldSaved);
    onClose();
    void holds.refresh();
  };
  return <Dialog title={w().hold} onClose={onClose} foot={<><Action onAct={save}>{w().hold}</Action><button class="btn ghost" onClick={onClose}>{t().cancel}</button></>}>
    {problem && !refused && <Note tone="bad" icon="warn">{problemText(problem)}</Note>}
    {person ? <Chosen label={w().person} person={person} onChange={() => setPerson(undefined)} /> : <PersonPicker label={w().person} error={need.at('person') && w().noPerson} onPick={setPerson} />}
    <div class="two"><Field label={w().firstDay} error={need.at('first_day')}>{p => <DateInput {...p} value={v.first_day} max={today} onValue={d => set({ ...v, first_day: d })} />}</Field>
      <Field label={w().lastDay} error={need.at('last_day') ? w().faults['/last_day'] : refused}>{p => <DateInput {...p} value={v.last_day} max={today} onValue={d => set({ ...v, last_day: d })} />}</Field></div>
    <Field label={w().reason} hint={w().reasonHint} error={need.at('reason') && w().reasonHint}>{p => <textarea {...p} rows={3} maxLength={500} value={v.reason} onInput={e => set({ ...v, reason: e.currentTarget.value })} />}</Field>
    <Field label={w().letter} error={need.at('letter')}>{p => <input {...p} maxLength={100} value={v.letter} onInput={e => set({ ...v, letter: e.currentTarget.value })} />}</Field></Dialog>;
}

function LiftDialog({ h, onClose }: { h: Hold; onClose: () => void }) {
  const [reason, setReason] = useState(''), [problem, setProblem] = useState<Problem | 'network'>(), need = useNeeded({ reason: reason.trim().length < LEAST });
  const lift = async () => {
    setProblem(undefined);
    if (!need.complete()) return;
    const r = await api.POST('/api/v1/attendance/holds/{hold}/lift', { params: { path: { hold: h.id } }, body: { reason: reason.trim() } }).catch(() => undefined);
    if (!r?.data) return setProblem((r?.error as Problem | undefined) ?? 'network');
    toast(w().liftSaved);
    onClose();
    void holds.refresh();
  };
  return <Dialog title={w().liftTitle} sub={`${h.full_name} · ${span(h.first_day, h.last_day)}`} onClose={onClose} foot={<><Action class="btn danger" onAct={lift}>{w().lift}</Action><button class="btn ghost" onClick={onClose}>{t().cancel}</button></>}>
    {problem && <Note tone="bad" icon="warn">{problemText(problem)}</Note>}<p class="sm">{w().liftHint}</p>
    <Field label={w().reason} hint={w().reasonHint} error={need.at('reason') && w().reasonHint}>{p => <textarea {...p} rows={3} maxLength={500} value={reason} onInput={e => setReason(e.currentTarget.value)} />}</Field></Dialog>;
}

const on = (at: string) => fullDay(dayIn(new Date(at), zone()));
function HoldsCard() {
  const [adding, setAdding] = useState(false), [lifting, setLifting] = useState<Hold>();
  useEffect(() => { void holds.refresh(); }, []);
  return <section class="card"><div class="row between"><h2>{w().holdsTitle}</h2>{!!holds.state.value.value?.items.length && <Downloads path="/api/v1/attendance/holds" />}<button class="btn small" onClick={() => setAdding(true)}>{w().hold}</button></div><p class="sm muted">{w().holdsHint}</p>
    <Show source={holds} zone={zone()} height={160}>{v => v.items.length === 0 ? <Empty>{w().noHolds}</Empty> : <ul class="list lined">{v.items.map(h => <li key={h.id}>
      <div class="row between start"><b class="grow">{h.full_name}</b><Chip tone={h.lifted_at ? '' : 'warn'}>{h.lifted_at ? w().lifted : w().holdsNow}</Chip></div>
      <span class="sm num">{span(h.first_day, h.last_day)} · {w().letterNo(h.letter)}</span><span class="sm">{h.reason}</span>
      <div class="row between start"><span class="sm muted grow">{w().by(h.set_by, on(h.set_at))}{h.lifted_at && <><br />{w().liftedBy(h.lifted_by ?? '', on(h.lifted_at), h.lift_reason ?? '')}</>}</span>{h.may_lift && <button class="link sm" onClick={() => setLifting(h)}>{w().lift}</button>}</div></li>)}</ul>}</Show>
    {adding && <HoldDialog onClose={() => setAdding(false)} />}{lifting && <LiftDialog h={lifting} onClose={() => setLifting(undefined)} />}</section>;
}

const stateOf = (n: Nights['items'][number], today: string) => n.is_done ? <Chip tone="ok">{w().done}</Chip> : n.due_from <= today ? <Chip tone="warn">{w().dueSoon}</Chip> : <Chip>{w().pending}</Chip>;
function NightsCard() {
  const today = dayIn(serverNow(), zone());
  useEffect(() => { void nights.refresh(); }, []);
  return <section class="card"><div class="row between"><h2>{w().nightsTitle}</h2>{!!nights.state.value.value?.items.length && <Downloads path="/api/v1/attendance/erasures" />}</div>
    <Show source={nights} zone={zone()} height={240}>{v => <><p class="sm muted">{w().nightsHint(number(v.position_days))}</p>
      {v.items.length === 0 ? <Empty>{w().noNights}</Empty> : <div class="scroll" tabIndex={0} role="region" aria-label={w().nightsTitle}><table class="table sm"><thead><tr><th scope="col">{w().day}</th><th scope="col">{w().state}</th><th scope="col">{w().dueFrom}</th><th scope="col">{w().erased}</th><th scope="col">{w().heldPeople}</th></tr></thead>
        <tbody>{v.items.map(n => <tr key={n.day}><th scope="row" class="num whole">{shortFullDay(n.day)}</th><td>{stateOf(n, today)}</td><td class="num whole">{shortFullDay(n.due_from)}</td><td class="num">{n.erased ? w().rows(number(n.erased)) : '–'}{n.looked_at && n.erased > 0 && <span class="muted"> · {stamp(n.looked_at, zone())}</span>}</td><td class="num">{n.people_held ? w().people(number(n.people_held)) : '–'}</td></tr>)}</tbody></table></div>}</>}</Show></section>;
}

export const PositionsPart = () => <div class="cols"><NightsCard /><HoldsCard /></div>;
