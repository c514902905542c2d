/* The form of a notice, which an employee fills for himself and an officer for somebody without a phone. */
import { useRef, useState } from 'preact/hooks';
import { serverNow, type Got } from '../base/api';
import { addDays, dayIn, number } from '../base/format';
import { zone } from '../base/shell';
import { DateInput, Field, Note, TimeInput } from '../base/ui';
import { t } from '../base/words';
import { DocumentField, kinds, says, type Failure, type Kind } from './parts';
import { w } from './words';

export interface Draft { kind: string; from: string; to: string; part: boolean; from_minute: string; to_minute: string; reason: string; places: string; file?: { sha256: string; name: string } }
export const today = () => dayIn(serverNow(), zone());
export const blank = (): Draft => ({ kind: 'sick_leave', from: today(), to: today(), part: false, from_minute: '08:00', to_minute: '12:00', reason: '', places: '' });

/* the commonest first; those that come by letter alone are not asked for */
const order = ['sick_leave', 'sick_unattested', 'permit', 'annual_leave', 'outside_duty', 'important_leave', 'maternity_leave', 'long_leave', 'training', 'unpaid_leave'];
const health = ['sick_leave', 'sick_unattested', 'maternity_leave'];
const wordless = [...health, 'annual_leave'];

/** Kinds one may ask for, by the rows in force; all common ones on a phone that never saw them. */
export const offered = (rows: readonly Kind[] | undefined) => rows ? order.filter(k => rows.some(r => r.kind === k && r.decided_by !== 'nobody')) : order;
const daysOf = (d: Draft) => Math.round((Date.parse(d.to) - Date.parse(d.from)) / 86_400_000) + 1;
export type Balance = Got<'/api/v1/org/balances'>['items'][number];
/** What is left by SIMPEG, when more days from Monday to Friday are asked for. Holidays and turns are for who decides: it is a hint. */
export function beyond(balances: readonly Balance[], d: Draft): number | undefined {
  const year = Number(d.from.slice(0, 4)), rows = balances.filter(b => b.kind === d.kind && b.year <= year), left = rows.reduce((n, b) => n + b.days, 0);
  if (d.kind !== 'annual_leave' || !rows.some(b => b.year === year)) return undefined;
  for (let day = d.from, n = 0; day && day <= d.to; day = addDays(day, 1)) if (new Date(day).getUTCDay() % 6 && ++n > left) return left;
  return undefined;
}
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

function RuleHint({ row }: { row?: Kind }) {
  if (!row) return null;
  return <p class="sm muted">{[w().rule(w().decider[row.decided_by]), row.document === 'must' && w().mustDocument(number(row.document_days)), row.back_days > 0 ? w().backDays(number(row.back_days)) : w().sameDay].filter(Boolean).join(' ')} {w().basis}: {row.legal_basis}{!row.verified_by && ` (${w().example})`}.</p>;
}

/** The state of such a form: what is missing and what the server refused is told at the field, the rest on top. */
export function useNoticeForm(start: Draft, faults: Record<string, string>) {
  const [d, set] = useState(start), [gaps, setGaps] = useState<readonly string[]>([]), [problem, setProblem] = useState<Failure>(), body = useRef<HTMLDivElement>(null);
  const rows = kinds.state.value.value?.items, part = d.part && mayBePart(rows, d.kind);
  const fault = problem && problem !== 'network' && problem.pointer ? { field: problem.pointer.slice(1), text: says(problem, faults) } : undefined;
  const focus = () => requestAnimationFrame(() => body.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus());
  return {
    d, rows, part, body,
    /* onto what was written meanwhile: an upload takes its time; what is mended is no longer told to be wrong */
    put: (p: Partial<Draft>) => {
      set(now => ({ ...now, ...p }));
      setProblem(undefined);
      setGaps(g => 'kind' in p ? g.filter(x => x === 'employee' || x === 'told') : g.filter(x => !(x in p) && !(x === 'minutes' && ('from_minute' in p || 'to_minute' in p))));
    },
    /** Words for a field; `sent` are more names the server has for it. */
    err: (name: string, ...sent: string[]) => gaps.includes(name) ? faults[name] : fault && [name, ...sent].includes(fault.field) ? fault.text : undefined,
    /** True when nothing is missing, `more` being gaps of the form around it. */
    complete: (...more: string[]) => {
      const missing = [...more, ...gapsIn(d, part)];
      setGaps(missing);
      setProblem(undefined);
      if (missing.length) focus();
      return missing.length === 0;
    },
    fail: (p: Failure) => { setProblem(p); focus(); },
    top: problem && !(fault && named.includes(fault.field)) ? <Note tone="bad" icon="warn">{says(problem, faults)}</Note> : null,
  };
}
/* fields that can show a fault themselves */
const named = ['employee', 'kind', 'from', 'to', 'from_minute', 'to_minute', 'reason', 'places'];
export type NoticeForm = ReturnType<typeof useNoticeForm>;

/** The fields; `other`: they are about somebody else than the one who fills them. */
export function NoticeFields({ f, other, balances = [] }: { f: NoticeForm; other?: boolean; balances?: readonly Balance[] }) {
  const { d, rows, part } = f, left = beyond(balances, d), row = rowOf(rows, d), isWordless = wordless.includes(d.kind);
  return <>
    <Field label={w().kind} error={f.err('kind')}>{p => <select {...p} value={d.kind} onChange={e => f.put({ kind: e.currentTarget.value })}>{offered(rows).map(k => <option key={k} value={k}>{t().kind[k]}</option>)}</select>}</Field>
    <div class="two"><Field label={w().from} error={f.err('from')}>{p => <DateInput {...p} value={d.from} onValue={from => f.put({ from, ...(d.to < from ? { to: from } : {}) })} />}</Field>
      <Field label={w().to} error={f.err('to')}>{p => <DateInput {...p} value={d.to} min={d.from} onValue={to => f.put({ to })} />}</Field></div>
    {left !== undefined && <p class="sm" role="status">{w().beyond(number(left))}</p>}
    {mayBePart(rows, d.kind) && <label class="check"><input type="checkbox" checked={d.part} onChange={e => f.put({ part: e.currentTarget.checked })} />{w().part}</label>}
    {part && <div class="two"><Field label={w().fromMinute} error={f.err('minutes', 'from_minute', 'to_minute')}>{p => <TimeInput {...p} value={d.from_minute} onValue={from_minute => f.put({ from_minute })} />}</Field>
      <Field label={w().toMinute}>{p => <TimeInput {...p} value={d.to_minute} onValue={to_minute => f.put({ to_minute })} />}</Field></div>}
    {d.kind === 'outside_duty' && <Field label={w().places} hint={w().placesHint} error={f.err('places')}>{p => <textarea {...p} maxLength={1000} value={d.places} onInput={e => f.put({ places: e.currentTarget.value })} />}</Field>}
    <Field label={isWordless ? w().reasonOptional : w().reason} hint={health.includes(d.kind) ? other ? w().other.healthHint : w().healthHint : isWordless ? undefined : w().reasonHint} error={f.err('reason')}>{p => <textarea {...p} maxLength={500} value={d.reason} onInput={e => f.put({ reason: e.currentTarget.value })} />}</Field>
    {row?.document !== 'none' && <DocumentField label={w().document} file={d.file} onFile={file => f.put({ file })} />}
    <RuleHint row={row} /></>;
}
