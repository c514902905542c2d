/* Kinds of absence with the rule behind each: everybody of an office reads them, the board puts a new row in the old one's place. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { isBoard } from '../base/access';
import { api, serverNow } from '../base/api';
import { addDays, dayIn, number, shortFullDay } from '../base/format';
import { me } from '../base/session';
import { zone } from '../base/shell';
import { Action, Chip, DateInput, Dialog, Field, Note, Show, toast } from '../base/ui';
import { t } from '../base/words';
import { w as org } from '../org/words';
import { failure, kinds, says, type Failure, type Kind } from './parts';
import { w } from './words';

const today = () => dayIn(serverNow(), zone());
const deciders = ['supervisor', 'agency_head', 'bkd', 'nobody'] as const, documents = ['none', 'may', 'must'] as const;
const digits = (s: string) => s.replace(/\D/g, '').slice(0, 4);

function ReplaceDialog({ row, onClose, onDone }: { row: Kind; onClose: () => void; onDone: () => void }) {
  const [v, set] = useState({ name: row.name, decided_by: row.decided_by, document: row.document, document_days: String(row.document_days), least_days: String(row.least_days), longest_days: String(row.longest_days), back_days: String(row.back_days), legal_basis: row.legal_basis, verified_by: row.verified_by, valid_from: addDays(today(), 1) });
  const [tried, setTried] = useState(false), [problem, setProblem] = useState<Failure>(), body = useRef<HTMLDivElement>(null), x = w().kinds;
  const put = (p: Partial<typeof v>) => set({ ...v, ...p }), at = problem && problem !== 'network' ? problem.pointer?.slice(1) : undefined;
  const err = (name: keyof typeof v) => tried && v[name] === '' && name !== 'verified_by' ? x.blank : at === name && problem ? says(problem, x.faults) : undefined;
  const focus = () => requestAnimationFrame(() => body.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus());
  const save = async () => {
    setTried(true);
    setProblem(undefined);
    if (Object.entries(v).some(([k, s]) => s === '' && k !== 'verified_by')) return focus();
    const { kind, sensitive, part_of_day, recap_class, for_kinds } = row;
    const bad = failure(await api.POST('/api/v1/org/kinds', { body: { ends: row.kind_id, kind, sensitive, part_of_day, recap_class, for_kinds, ...v, name: v.name.trim(), legal_basis: v.legal_basis.trim(), verified_by: v.verified_by.trim(), document_days: Number(v.document_days), least_days: Number(v.least_days), longest_days: Number(v.longest_days), back_days: Number(v.back_days) } }).catch(() => undefined));
    if (bad) { setProblem(bad); return focus(); }
    toast(x.saved);
    onDone();
  };
  const text = (name: 'name' | 'legal_basis' | 'verified_by', label: string, max: number, hint?: string) => <Field label={label} hint={hint} error={err(name)}>{p => <input {...p} maxLength={max} value={v[name]} onInput={e => put({ [name]: e.currentTarget.value })} />}</Field>;
  const count = (name: 'document_days' | 'least_days' | 'longest_days' | 'back_days', label: string) => <Field label={label} error={err(name)}>{p => <input {...p} inputMode="numeric" value={v[name]} onInput={e => put({ [name]: digits(e.currentTarget.value) })} />}</Field>;
  return <Dialog title={x.replace} sub={row.name} onClose={onClose} foot={<><Action onAct={save}>{t().save}</Action><button class="btn ghost" onClick={onClose}>{t().cancel}</button></>}><div class="col" ref={body}>
    {problem && !(at && at in v) && <Note tone="bad" icon="warn">{says(problem, x.faults)}</Note>}
    {text('name', x.name, 120)}
    <div class="two"><Field label={x.decidedBy}>{p => <select {...p} value={v.decided_by} onChange={e => put({ decided_by: e.currentTarget.value as 'bkd' })}>{deciders.map(k => <option key={k} value={k}>{w().decider[k]}</option>)}</select>}</Field>{count('back_days', x.back)}</div>
    <div class="two"><Field label={x.document}>{p => <select {...p} value={v.document} onChange={e => put({ document: e.currentTarget.value as 'may' })}>{documents.map(k => <option key={k} value={k}>{x.documents[k]}</option>)}</select>}</Field>{count('document_days', x.documentDays)}</div>
    <div class="two">{count('least_days', x.least)}{count('longest_days', x.longest)}</div>
    {text('legal_basis', x.basis, 200)}{text('verified_by', x.verifiedBy, 120, x.verifiedHint)}
    <Field label={x.since} error={err('valid_from')}>{p => <DateInput {...p} value={v.valid_from} min={today()} onValue={valid_from => put({ valid_from })} />}</Field></div></Dialog>;
}

function EndKind({ row, onClose, onDone }: { row: Kind; onClose: () => void; onDone: () => void }) {
  const [day, setDay] = useState(today()), [problem, setProblem] = useState<Failure>();
  const end = async () => {
    const bad = failure(await api.POST('/api/v1/org/kinds/{kind}/end', { params: { path: { kind: row.kind_id } }, body: { last_day: day } }).catch(() => undefined));
    if (bad) return setProblem(bad);
    toast(w().kinds.ended);
    onDone();
  };
  return <Dialog title={w().kinds.end} sub={row.name} onClose={onClose} foot={<><Action class="btn danger" onAct={end}>{w().kinds.end}</Action><button class="btn ghost" onClick={onClose}>{t().cancel}</button></>}>
    <p class="sm muted">{w().kinds.endHint}</p><Field label={w().kinds.lastDay} error={problem ? says(problem, w().kinds.faults) : undefined}>{p => <DateInput {...p} value={day} min={today()} onValue={setDay} />}</Field></Dialog>;
}

export function KindsView() {
  const [replacing, replace] = useState<Kind>(), [ending, end] = useState<Kind>(), may = !!me.value && isBoard(me.value), x = w().kinds;
  useEffect(() => { void kinds.refresh(); }, []);
  const renew = () => { replace(undefined); end(undefined); void kinds.refresh(); };
  return <section class="card"><h2>{w().views.kinds}</h2><p class="sm muted">{x.hint}</p><Show source={kinds} zone={zone()} height={320}>{v => <ul class="list">{v.items.map(k => <li key={k.kind_id}>
    <div class="row between"><b>{k.name}</b><Chip tone={k.verified_by ? 'ok' : 'warn'}>{k.verified_by ? k.verified_by : x.unverified}</Chip></div>
    <span class="sm">{x.decidedBy}: {w().decider[k.decided_by]} · {x.document}: {x.documents[k.document]}{k.document === 'must' && `, ${x.within(number(k.document_days))}`}</span>
    <span class="sm muted num">{x.span(number(k.least_days), number(k.longest_days))} · {x.told(number(k.back_days))} · {x.employment}: {k.for_kinds.map(e => org().employment[e as 'pns']).join(', ')}</span>
    <span class="sm muted">{k.legal_basis} · <span class="num">{x.since} {shortFullDay(k.valid_from)}</span></span>
    {may && <span class="row"><button class="link sm" aria-label={`${x.replace}: ${k.name}`} onClick={() => replace(k)}>{x.replace}</button><button class="link sm" aria-label={`${x.end}: ${k.name}`} onClick={() => end(k)}>{x.end}</button></span>}</li>)}</ul>}</Show>
    {replacing && <ReplaceDialog row={replacing} onClose={() => replace(undefined)} onDone={renew} />}
    {ending && <EndKind row={ending} onClose={() => end(undefined)} onDone={renew} />}</section>;
}
