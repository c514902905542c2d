/* Angka bukti kehadiran: every number that judges evidence, what it does, what held before and what follows. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { marks } from '../attendance/marks';
import { isBoard } from '../base/access';
import { api, type Got, type Problem } from '../base/api';
import { fullDay, number, span } from '../base/format';
import { source } from '../base/load';
import { useNeeded } from '../base/needed';
import { me } from '../base/session';
import { zone } from '../base/shell';
import { Action, Chip, DateInput, Dialog, Field, Note, problemText, Show, toast } from '../base/ui';
import { t } from '../base/words';
import { w, type NumberWords } from './office_words';

type Numbers = Got<'/api/v1/attendance/parameters'>;
type One = Numbers['items'][number];
type Row = Numbers['history'][number];
const numbers = source<Numbers>('parameters', () => api.GET('/api/v1/attendance/parameters', { params: { query: {} } }));

const groups = {
  time: ['skew_seconds', 'consistent_minutes', 'queued_hours'], score: ['sample_from', 'confirm_from', 'sample_percent', 'confirm_days'],
  signals: ['geo_none', 'geo_coarse', 'geo_perfect', 'geo_same_self', 'geo_same_peer', 'geo_stale', 'teleport', 'time_skew', 'offline_long', 'network_mismatch', 'device_shared', 'device_new', 'pair_burst', 'device_static', 'no_user_verification', 'seq_gap', 'fork'],
  proofs: ['proof_kiosk', 'proof_display', 'proof_witness', 'proof_network'], history: ['signal_days', 'same_days', 'perfect_cm', 'teleport_kmh', 'teleport_metres', 'pair_seconds', 'pair_devices', 'pair_days', 'static_metres', 'elsewhere_days'],
  phones: ['probation_hours', 'change_days', 'code_minutes', 'approval_hours', 'duty_hours', 'pin_minutes'], checks: ['check_percent', 'check_minutes', 'check_week_max', 'check_last_minutes'], calls: ['call_minutes', 'call_come_minutes', 'call_level_2_minutes', 'call_day_max', 'call_week_max'], privacy: ['position_days'], work: ['report_grace_minutes', 'report_unusual_percent', 'report_waits_days', 'task_days', 'meeting_opens_minutes', 'meeting_closes_minutes'],
} as const;
type Group = keyof typeof groups | 'other';
const columns: readonly (readonly Group[])[] = [['time', 'score', 'signals'], ['proofs', 'history', 'phones', 'checks', 'calls', 'privacy', 'work', 'other']];
/** What this program does not know of yet is shown all the same. */
export const groupOf = (kind: string): Group => (Object.keys(groups) as (keyof typeof groups)[]).find(g => (groups[g] as readonly string[]).includes(kind)) ?? 'other';

/* Signals and proofs are called as on every other screen. */
export function wordsOf(kind: string): NumberWords {
  const mark = (marks() as Record<string, { short: string; found: string } | undefined>)[kind];
  return w().names[kind] ?? (mark ? [mark.short, mark.found, 'points'] : [kind, '', '']);
}
const said = (kind: string, value: number) => { const unit = w().units[wordsOf(kind)[2]] ?? ''; return unit === '%' ? `${number(value)}%` : unit ? `${number(value)} ${unit}` : number(value); };

const NumberItem = ({ n, mayWrite, onChange, onHistory }: { n: One; mayWrite: boolean; onChange: () => void; onHistory: () => void }) => {
  const [name, does] = wordsOf(n.kind);
  return <li><div class="row between start"><b class="grow">{name}</b><span class="strong num whole">{said(n.kind, n.value)}</span></div>
    {does && <span class="sm">{does}</span>}
    <div class="row between"><span class="row tight"><Chip tone={n.verified_by ? 'ok' : 'warn'}>{n.verified_by ? w().verified : w().example}</Chip>
      {n.next_from && n.next_value !== undefined && <Chip tone="info"><span class="num">{w().next(said(n.kind, n.next_value), fullDay(n.next_from))}</span></Chip>}</span>
      <span class="row"><button class="link sm" aria-label={w().historyTitle(name)} onClick={onHistory}>{w().historyOf}</button>{mayWrite && <button class="link sm" aria-label={w().changeOf(name)} onClick={onChange}>{w().change}</button>}</span></div></li>;
};

/* A row that was replaced before its first day never held. */
const when = (r: Row) => r.valid_to < r.valid_from ? w().replaced(fullDay(r.valid_from)) : r.valid_to.startsWith('9999') ? w().openFrom(fullDay(r.valid_from)) : w().until(span(r.valid_from, r.valid_to));
function HistoryDialog({ n, onClose }: { n: One; onClose: () => void }) {
  const s = useMemo(() => source<Numbers>(null, () => api.GET('/api/v1/attendance/parameters', { params: { query: { kind: n.kind } } })), [n.kind]), [name, does] = wordsOf(n.kind);
  useEffect(() => { void s.refresh(); }, [s]);
  return <Dialog title={name} sub={w().historyOf} onClose={onClose}>{does && <p class="sm">{does}</p>}
    <Show source={s} zone={zone()} height={120}>{v => <ul class="list lined">{v.history.map(r => <li key={r.id}><div class="row between start"><span class="strong num">{said(r.kind, r.value)}</span><Chip tone={r.verified_by ? 'ok' : 'warn'}>{r.verified_by ? w().verified : w().example}</Chip></div>
      <span class="sm num">{when(r)}</span><span class="sm muted">{w().basis(r.legal_basis)}{r.verified_by && `, ${w().verifiedBy(r.verified_by)}`}</span></li>)}
      <li><b class="num">{said(n.kind, n.fallback)}</b><span class="sm muted">{v.history.length ? w().byDefault : w().noHistory}</span></li></ul>}</Show></Dialog>;
}

function ChangeDialog({ n, earliest, onClose }: { n: One; earliest: string; onClose: () => void }) {
  const [v, set] = useState({ value: String(n.next_value ?? n.value), legal_basis: '', verified_by: '', valid_from: earliest }), [problem, setProblem] = useState<Problem | 'network'>();
  const [name, does] = wordsOf(n.kind), value = Number(v.value), within = /^\d{1,6}$/.test(v.value) && value >= n.lowest && value <= n.highest, bounds = w().between(number(n.lowest), number(n.highest));
  const need = useNeeded({ value: !within, legal_basis: !v.legal_basis.trim(), valid_from: !v.valid_from || v.valid_from < earliest });
  const refused = (field: string) => problem && problem !== 'network' && problem.pointer === `/${field}` ? (field === 'value' ? w().together : w().validHint) : undefined;
  const save = async () => {
    setProblem(undefined);
    if (!need.complete()) return;
    const r = await api.PUT('/api/v1/attendance/parameters', { body: { kind: n.kind, value, legal_basis: v.legal_basis.trim(), ...(v.verified_by.trim() ? { verified_by: v.verified_by.trim() } : {}), valid_from: v.valid_from } }).catch(() => undefined);
    if (!r?.data) return need.refuse(() => setProblem((r?.error as Problem | undefined) ?? 'network'));
    toast(w().saved);
    onClose();
    void numbers.refresh();
  };
  const told = problem && !refused('value') && !refused('valid_from');
  return <Dialog title={name} onClose={onClose} foot={<><Action onAct={save}>{t().save}</Action><button class="btn ghost" onClick={onClose}>{t().cancel}</button></>}>
    {told && <Note tone="bad" icon="warn">{problemText(problem)}</Note>}
    {does && <p class="sm">{does}</p>}
    <div class="two"><Field label={`${w().value}${w().units[wordsOf(n.kind)[2]] ? ` (${w().units[wordsOf(n.kind)[2]]})` : ''}`} hint={bounds} error={need.at('value') ? bounds : refused('value')}>{p => <input {...p} inputMode="numeric" maxLength={6} value={v.value} onInput={e => set({ ...v, value: e.currentTarget.value.replace(/\D/g, '') })} />}</Field>
      <Field label={w().validFrom} hint={w().validHint} error={need.at('valid_from') ? w().validHint : refused('valid_from')}>{p => <DateInput {...p} value={v.valid_from} min={earliest} onValue={d => set({ ...v, valid_from: d })} />}</Field></div>
    <Field label={w().legalBasis} hint={w().legalHint} error={need.at('legal_basis')}>{p => <input {...p} maxLength={200} value={v.legal_basis} onInput={e => set({ ...v, legal_basis: e.currentTarget.value })} />}</Field>
    <Field label={w().checkedBy} hint={w().checkedHint}>{p => <input {...p} maxLength={100} value={v.verified_by} onInput={e => set({ ...v, verified_by: e.currentTarget.value })} />}</Field></Dialog>;
}

export function NumbersPart() {
  const [changing, setChanging] = useState<One>(), [asked, setAsked] = useState<One>(), mayWrite = !!me.value && isBoard(me.value);
  useEffect(() => { void numbers.refresh(); }, []);
  return <><section class="card"><h2>{w().numbersTitle}</h2><p class="sm muted">{w().numbersHint}</p></section>
    <Show source={numbers} zone={zone()} height={420}>{v => <div class="cols even">{columns.map((column, i) => <div key={i} class="col">{column.map(g => {
      const items = v.items.filter(n => groupOf(n.kind) === g);
      return items.length > 0 && <section key={g} class="card"><h3>{w().groups[g]}</h3><ul class="list lined">{items.map(n => <NumberItem key={n.kind} n={n} mayWrite={mayWrite} onChange={() => setChanging(n)} onHistory={() => setAsked(n)} />)}</ul></section>;
    })}</div>)}</div>}</Show>
    {asked && <HistoryDialog n={asked} onClose={() => setAsked(undefined)} />}
    {changing && <ChangeDialog n={changing} earliest={numbers.state.value.value?.earliest ?? ''} onClose={() => setChanging(undefined)} />}</>;
}
