/*
 * Kasus: decrees that came after days were decided. Each day is shown as it stands and as the decree would have
 * it; the officer lets it follow or keeps it, with a reason the employee reads.
 */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { api, type Got, type Problem } from '../base/api';
import { fullDay, longDay, stamp } from '../base/format';
import { source } from '../base/load';
import { me } from '../base/session';
import { zone } from '../base/shell';
import { Action, Chip, Dialog, Empty, Field, Note, problemText, Show, Skeleton, toast, type Tone } from '../base/ui';
import { t } from '../base/words';
import { failure, useFaults } from './assign';
import { w } from './transfer_words';
import { w as org } from './words';

type Cases = Got<'/api/v1/org/cases'>;
type Item = Cases['items'][number];
type Case = Got<'/api/v1/org/cases/{case}'>;
type Line = Case['lines'][number];

const tone: Record<Line['state'], Tone> = { open: 'warn', accepted: 'ok', kept: '' };
const was = (l: Line) => l.was_superior || [l.was_position, l.was_unit].filter(Boolean).join(', ');
const would = (l: Line) => l.new_superior || [l.new_position, l.new_unit].filter(Boolean).join(', ');

function DayLine({ l, chosen, onToggle }: { l: Line; chosen?: boolean; onToggle?: () => void }) {
  return <li class={onToggle ? 'pick' : ''}>{onToggle && <label class="tick"><input type="checkbox" checked={chosen} aria-label={w().one.select(longDay(l.day))} onChange={onToggle} /></label>}
    <div class="col tight"><div class="row between"><b>{longDay(l.day)}</b><Chip tone={tone[l.state]}>{w().one.state[l.state]}</Chip></div>
      <span class="sm muted">{(l.grounds as string[]).map(g => w().one.ground[g] ?? g).join(' · ')}</span>
      <span class="sm">{w().one.was}: {was(l)}</span><span class="sm">{w().one.would}: {would(l)}</span>
      {l.decided_at && <span class="sm">{w().one.decidedBy(l.decided_by, stamp(l.decided_at, zone()), l.reason)}</span>}</div></li>;
}

function useDecision(c: Case | undefined, onDone: () => void) {
  const f = useFaults(() => w().faults), [left, setLeft] = useState<readonly string[]>([]), [reason, setReason] = useState('');
  const open = (c?.lines ?? []).filter(l => l.state === 'open').map(l => l.day), chosen = open.filter(d => !left.includes(d));
  const decide = (decision: 'accept' | 'keep') => async () => {
    if (!f.complete({ days: chosen.length === 0, reason: reason.trim().length < 10 })) return;
    const bad = failure(await api.POST('/api/v1/org/cases/{case}/decisions', { params: { path: { case: c!.case_id } }, body: { decision, days: chosen, reason: reason.trim() } }).catch(() => undefined));
    if (bad) return f.fail(bad);
    toast(w().one.decided);
    onDone();
  };
  return { f, chosen, reason, setReason, decide, toggle: (day: string) => setLeft(left.includes(day) ? left.filter(d => d !== day) : [...left, day]) };
}

function Body({ c, d }: { c: Case; d: ReturnType<typeof useDecision> }) {
  const days = d.f.of('days');
  return <div class="col" ref={d.f.body}>{d.f.top}
    <ul class="list">{c.lines.map(l => <DayLine key={l.day} l={l} chosen={d.chosen.includes(l.day)} onToggle={c.may_decide && l.state === 'open' ? () => d.toggle(l.day) : undefined} />)}</ul>
    {days && <p class="err" role="alert">{days}</p>}
    {c.may_decide && <Field label={w().one.reason} hint={w().one.reasonHint} error={d.f.of('reason')}>{p => <textarea {...p} maxLength={500} value={d.reason} onInput={e => d.setReason(e.currentTarget.value)} />}</Field>}</div>;
}

function CaseDialog({ item, onClose, onDone }: { item: Item; onClose: () => void; onDone: () => void }) {
  const s = useMemo(() => source<Case>(null, () => api.GET('/api/v1/org/cases/{case}', { params: { path: { case: item.case_id } } })), [item.case_id]);
  useEffect(() => { void s.refresh(); }, [s]);
  const isMine = item.employee === me.value?.employee, c = s.state.value.value, d = useDecision(c, onDone);
  const foot = !isMine && c?.may_decide && <><Action onAct={d.decide('accept')}>{w().one.accept}</Action><Action class="btn ghost" onAct={d.decide('keep')}>{w().one.keep}</Action></>;
  return <Dialog broad title={item.full_name} sub={`${w().decreeNo(item.decree)} · ${w().list.from(fullDay(item.effective))}`} onClose={onClose} foot={foot}>
    {isMine ? <Note>{w().one.self}</Note> : <Show source={s} zone={zone()} height={320}>{c => <Body c={c} d={d} />}</Show>}</Dialog>;
}

function CaseLine({ c, onOpen }: { c: Item; onOpen: () => void }) {
  return <li><div class="row between"><b>{c.full_name}</b><Chip tone={c.open_days ? 'warn' : ''}>{c.open_days ? w().list.waiting(c.open_days, c.days) : w().list.done}</Chip></div>
    <span class="sm">{c.unit_name}</span>
    <span class="sm muted num">{w().decreeNo(c.decree)} · {w().list.kind[c.kind]} · {w().list.from(fullDay(c.effective))} · {w().list.by(c.opened_by, stamp(c.opened_at, zone()))}</span>
    <span><button class="btn ghost small" onClick={onOpen}>{w().list.look}</button></span></li>;
}

export function CasesPage() {
  const [state, setState] = useState<'open' | 'all'>('open'), [items, setItems] = useState<readonly Item[]>(), [next, setNext] = useState<string>(), [problem, setProblem] = useState<Problem | 'network'>(), [open, setOpen] = useState<Item>();
  const load = async (cursor?: string) => {
    const r: { data?: Cases; error?: unknown } | undefined = await api.GET('/api/v1/org/cases', { params: { query: { state, ...(cursor ? { cursor } : {}) } } }).catch(() => undefined);
    if (!r?.data) return setProblem((r?.error as Problem | undefined) ?? 'network');
    setProblem(undefined);
    setItems(cursor ? [...(items ?? []), ...r.data.items] : r.data.items);
    setNext(r.data.next);
  };
  useEffect(() => { setItems(undefined); void load(); }, [state]);
  return <main id="m" tabIndex={-1}><p><a href="#/pegawai">{org().backToPeople}</a></p>
    <section class="card"><h2>{w().list.title}</h2><p class="sm muted">{w().list.hint}</p>
      <div class="row tight" role="group" aria-label={w().list.title}>{(['open', 'all'] as const).map(k => <button key={k} class={`btn small ${state === k ? '' : 'ghost'}`} aria-pressed={state === k} onClick={() => setState(k)}>{w().list[k]}</button>)}</div>
      {problem ? <Note tone="bad" icon="warn">{problemText(problem)} <button class="link" onClick={() => void load()}>{t().retry}</button></Note>
        : !items ? <Skeleton height={240} /> : items.length === 0 ? <Empty>{state === 'open' ? w().list.none : w().list.noneAtAll}</Empty>
          : <ul class="list">{items.map(c => <CaseLine key={c.case_id} c={c} onOpen={() => setOpen(c)} />)}</ul>}
      {next && <button class="btn ghost" onClick={() => void load(next)}>{t().more}</button>}</section>
    {open && <CaseDialog item={open} onClose={() => setOpen(undefined)} onDone={() => { setOpen(undefined); void load(); }} />}
  </main>;
}
