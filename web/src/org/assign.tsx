/*
 * The forms of the person page: a role, an acting head, a delegation, a status, and the end of each. What is
 * missing is said at the field before anything is sent; what the server refuses, at the field it names.
 */
import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { api, type Got, type Problem } from '../base/api';
import { Action, DateInput, Dialog, Field, Note, problemText, toast } from '../base/ui';
import { t } from '../base/words';
import { today, type Role, type Status } from './lines';
import { Chosen, PersonPicker, UnitPicker, type Person, type Unit } from './picker';
import { w } from './words';

export type Detail = Got<'/api/v1/org/employees/{employee}'>;
type Answer = { error?: unknown } | undefined;
export type Failure = Problem | 'network';
export const failure = (r: Answer): Failure | undefined => !r ? 'network' : (r.error as Problem | undefined);

/** The field a refusal names, and the words for it; none when it is about the whole. */
export function faultOf(p: Failure | undefined, faults = w().faults): { field: string; text: string } | undefined {
  if (!p || p === 'network' || !p.pointer) return undefined;
  const text = faults[`${p.code}${p.pointer}`];
  return text ? { field: p.pointer.slice(1), text } : undefined;
}

/** Tells faults at the fields and the rest on top; the first faulty field gets the focus. */
export function useFaults(faults = () => w().faults) {
  const [problem, setProblem] = useState<Failure>(), [missing, setMissing] = useState<readonly string[]>([]);
  const body = useRef<HTMLDivElement>(null);
  const focus = () => requestAnimationFrame(() => body.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus());
  const fault = faultOf(problem, faults());
  return {
    body,
    /** Words for a field; `local` is its name in the form, `sent` the one the server knows. */
    of: (local: string, sent = local) => missing.includes(local) ? faults()[local] : fault?.field === sent ? fault.text : undefined,
    /** Names what is missing; true when nothing is. */
    complete: (gaps: Record<string, boolean>) => {
      const names = Object.keys(gaps).filter(k => gaps[k]);
      setMissing(names);
      setProblem(undefined);
      if (names.length) focus();
      return names.length === 0;
    },
    fail: (p: Failure) => { setProblem(p); focus(); },
    top: problem && !fault ? <Note tone="bad" icon="warn">{problemText(problem)}</Note> : null,
  };
}
type Faults = ReturnType<typeof useFaults>;

export interface Dated { letter: string; from: string; to: string }
/** Letter and days, which every assignment has. */
export function LetterAndDays({ v, put, f, sent = { from: 'valid_from', to: 'valid_to' }, open = false }: { v: Dated; put: (p: Partial<Dated>) => void; f: Faults; sent?: { from: string; to: string }; open?: boolean }) {
  const day = (name: 'from' | 'to') => <Field label={w().form[name]} error={f.of(name, sent[name])}>{p => <DateInput {...p} value={v[name]} none={open && name === 'to' ? w().form.open : ''} onValue={day => put({ [name]: day })} />}</Field>;
  return <><Field label={w().form.letter} error={f.of('letter')}>{p => <input {...p} maxLength={100} value={v.letter} onInput={e => put({ letter: e.currentTarget.value })} />}</Field>
    <div class="two roomy">{day('from')}{day('to')}</div></>;
}
export const gapsOf = (v: Dated, open = false) => ({ letter: !v.letter.trim(), from: !v.from, to: v.to ? v.to < v.from : !open });
const newDates = (): Dated => ({ letter: '', from: today(), to: '' });

const Foot = ({ onClose, children }: { onClose: () => void; children: ComponentChildren }) => <>{children}<button type="button" class="btn ghost" onClick={onClose}>{t().cancel}</button></>;
interface FormProps { person: Detail; onClose: () => void; onDone: () => void }
export function Form({ title, hint, f, onClose, onSave, children }: { title: string; hint?: string; f: Faults; onClose: () => void; onSave: () => Promise<unknown>; children: ComponentChildren }) {
  return <Dialog title={title} onClose={onClose} foot={<Foot onClose={onClose}><Action onAct={onSave}>{w().form.save}</Action></Foot>}><div class="col" ref={f.body}>{f.top}{hint && <p class="sm muted">{hint}</p>}{children}</div></Dialog>;
}

/* those of the whole government, and those of a node of the tree */
const wide = ['bkd', 'inspector', 'council', 'operator'] as const, narrow = ['unit_head', 'agency_head', 'agency_officer', 'unit_officer', 'service_officer'] as const;
type Granted = (typeof wide | typeof narrow)[number];

export function RoleDialog({ person, onClose, onDone }: FormProps) {
  const f = useFaults(), [v, set] = useState(newDates), [role, setRole] = useState<Granted>('agency_officer'), [unit, setUnit] = useState<Unit>();
  const isWide = (wide as readonly string[]).includes(role);
  const save = async () => {
    if (!f.complete({ ...gapsOf(v, true), unit: !isWide && !unit })) return;
    const bad = failure(await api.POST('/api/v1/org/roles', { body: { employee: person.id, role, acting: 'definitive', letter: v.letter.trim(), valid_from: v.from, ...(v.to ? { valid_to: v.to } : {}), ...(isWide ? {} : { unit: unit!.id }) } }).catch(() => undefined));
    if (bad) return f.fail(bad);
    onDone();
  };
  return <Form title={w().form.roleTitle(person.full_name)} f={f} onClose={onClose} onSave={save}>
    <Field label={w().form.role}>{p => <select {...p} value={role} onChange={e => setRole(e.currentTarget.value as Granted)}>{[...narrow, ...wide].map(r => <option key={r} value={r}>{t().role[r]}</option>)}</select>}</Field>
    {!isWide && <UnitPicker start={person.agency} error={f.of('unit')} onPick={setUnit} />}
    <LetterAndDays v={v} put={x => set({ ...v, ...x })} f={f} open /></Form>;
}

/** The office itself, and with it the place of the one who is away, so that his people have somebody to verify. */
export function ActingDialog({ person, onClose, onDone }: FormProps) {
  const f = useFaults(), [v, set] = useState(newDates), [acting, setActing] = useState<'plt' | 'plh'>('plh'), [unit, setUnit] = useState<Unit>(), [away, setAway] = useState<Person>(), [appointed, setAppointed] = useState(false);
  const save = async () => {
    if (!f.complete({ ...gapsOf(v), unit: !unit })) return;
    const both = { employee: person.id, letter: v.letter.trim(), valid_from: v.from, valid_to: v.to };
    if (!appointed) {
      const bad = failure(await api.POST('/api/v1/org/roles', { body: { ...both, role: unit!.kind === 'agency' ? 'agency_head' : 'unit_head', unit: unit!.id, acting } }).catch(() => undefined));
      if (bad) return f.fail(bad);
      setAppointed(true);
    }
    if (away) {
      const bad = failure(await api.POST('/api/v1/org/roles', { body: { ...both, role: 'supervisor', acting: 'delegate', acts_for: away.id } }).catch(() => undefined));
      if (bad) return f.fail(bad);
    }
    onDone();
  };
  return <Form title={w().form.actingTitle(person.full_name)} f={f} onClose={appointed ? onDone : onClose} onSave={save}>
    {appointed && <Note tone="warn" icon="warn">{w().form.half}</Note>}
    <fieldset class="row" disabled={appointed}><legend class="strong sm">{w().form.actingAs}</legend>{(['plh', 'plt'] as const).map(a => <label key={a} class="check"><input type="radio" name="acting" checked={acting === a} onChange={() => setActing(a)} />{w().form[a]}</label>)}{f.of('acting') && <span class="err" role="alert">{f.of('acting')}</span>}</fieldset>
    <fieldset class="col" disabled={appointed}><legend class="sr">{w().form.office}</legend><UnitPicker start={person.agency} itself={w().form.headOf} error={f.of('unit')} onPick={setUnit} />
      <LetterAndDays v={v} put={x => set({ ...v, ...x })} f={f} /></fieldset>
    {away ? <Chosen label={w().form.replaces} person={away} onChange={() => setAway(undefined)} />
      : <PersonPicker label={w().form.replaces} hint={w().form.replacesHint} error={f.of('acts_for')} without={person.id} onPick={setAway} />}</Form>;
}

/** The person is away; somebody else stands in his place as supervisor or team lead. */
export function DelegateDialog({ person, onClose, onDone }: FormProps) {
  const f = useFaults(), [v, set] = useState(newDates), [to, setTo] = useState<Person>();
  const places = [...(person.supervises ? ['supervisor' as const] : []), ...(person.leads ? ['team_lead' as const] : [])];
  const [role, setRole] = useState(places[0]!);
  const save = async () => {
    if (!f.complete({ ...gapsOf(v), employee: !to })) return;
    const bad = failure(await api.POST('/api/v1/org/roles', { body: { employee: to!.id, role, acting: 'delegate', acts_for: person.id, letter: v.letter.trim(), valid_from: v.from, valid_to: v.to } }).catch(() => undefined));
    if (bad) return f.fail(bad);
    onDone();
  };
  return <Form title={w().form.delegateTitle(person.full_name)} hint={w().form.delegateHint} f={f} onClose={onClose} onSave={save}>
    {to ? <Chosen label={w().form.receiver} person={to} onChange={() => setTo(undefined)} />
      : <PersonPicker label={w().form.receiver} error={f.of('employee')} without={person.id} onPick={setTo} />}
    {places.length > 1 && <Field label={w().form.as}>{p => <select {...p} value={role} onChange={e => setRole(e.currentTarget.value as 'supervisor')}>{places.map(r => <option key={r} value={r}>{t().role[r]}</option>)}</select>}</Field>}
    <LetterAndDays v={v} put={x => set({ ...v, ...x })} f={f} /></Form>;
}

const kinds = ['annual_leave', 'sick_leave', 'outside_duty', 'training', 'permit', 'important_leave', 'maternity_leave', 'long_leave', 'unpaid_leave', 'study'] as const;

export function StatusDialog({ person, onClose, onDone }: FormProps) {
  const f = useFaults(), [v, set] = useState<Dated>(() => ({ ...newDates(), to: today() })), [kind, setKind] = useState<(typeof kinds)[number]>('annual_leave');
  const save = async () => {
    if (!f.complete(gapsOf(v))) return;
    const bad = failure(await api.POST('/api/v1/org/statuses', { body: { employee: person.id, kind, from: v.from, to: v.to, letter: v.letter.trim() } }).catch(() => undefined));
    if (bad) return f.fail(bad);
    onDone();
  };
  return <Form title={w().form.statusTitle(person.full_name)} hint={w().form.statusHint} f={f} onClose={onClose} onSave={save}>
    <Field label={w().form.kind}>{p => <select {...p} value={kind} onChange={e => setKind(e.currentTarget.value as 'permit')}>{kinds.map(k => <option key={k} value={k}>{t().kind[k]}</option>)}</select>}</Field>
    <LetterAndDays v={v} put={x => set({ ...v, ...x })} f={f} sent={{ from: 'from', to: 'to' }} /></Form>;
}

/** Ends an assignment after a day one names; `send` knows whose right that is. */
export function EndDialog({ title, send, onClose, onDone }: { title: string; send: (lastDay: string) => Promise<Answer>; onClose: () => void; onDone: () => void }) {
  const f = useFaults(), [day, setDay] = useState(today);
  const end = async () => {
    if (!f.complete({ last_day: !day })) return;
    const bad = failure(await send(day).catch(() => undefined));
    if (bad) return f.fail(bad);
    toast(w().form.ended);
    onDone();
  };
  return <Dialog title={w().form.endTitle} onClose={onClose} foot={<Foot onClose={onClose}><Action class="btn danger" onAct={end}>{w().act.end}</Action></Foot>}><div class="col" ref={f.body}>{f.top}<p><b>{title}</b></p><p class="sm muted">{w().form.endHint}</p>
    <Field label={w().form.lastDay} error={f.of('last_day')}>{p => <DateInput {...p} value={day} onValue={setDay} />}</Field></div></Dialog>;
}
export const endRole = (r: Role) => (last_day: string) => api.POST('/api/v1/org/roles/{role}/end', { params: { path: { role: r.role_id } }, body: { last_day } });

export function WithdrawDialog({ status, onClose, onDone }: { status: Status; onClose: () => void; onDone: () => void }) {
  const f = useFaults(), [reason, setReason] = useState('');
  const withdraw = async () => {
    if (!f.complete({ reason: reason.trim().length < 5 })) return;
    const bad = failure(await api.POST('/api/v1/org/statuses/{status}/end', { params: { path: { status: status.status_id } }, body: { reason: reason.trim() } }).catch(() => undefined));
    if (bad) return f.fail(bad);
    toast(w().form.withdrawn);
    onDone();
  };
  return <Dialog title={w().form.withdrawTitle} onClose={onClose} foot={<Foot onClose={onClose}><Action class="btn danger" onAct={withdraw}>{w().act.withdraw}</Action></Foot>}><div class="col" ref={f.body}>{f.top}<p><b>{t().kind[status.kind]}</b></p><p class="sm muted">{w().form.withdrawHint}</p>
    <Field label={w().form.reason} hint={w().form.reasonHint} error={f.of('reason')}>{p => <input {...p} maxLength={300} value={reason} onInput={e => setReason(e.currentTarget.value)} />}</Field></div></Dialog>;
}
