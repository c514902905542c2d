/* SKP tim: whose plan waits, who has none, how far the others are; one is opened and agreed or returned. */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { api, online, serverNow, type Got, type Problem } from '../base/api';
import { Downloads } from '../base/downloads';
import { dayIn, stamp, type Zone } from '../base/format';
import { source } from '../base/load';
import { later, route, zone } from '../base/shell';
import { Action, Chip, Dialog, Empty, Field, Initials, Note, problemText, Reload, Show, StackedBar, toast } from '../base/ui';
import { t } from '../base/words';
import type { Plan } from './fill';
import { periodText, PlanView, planTone, shareText, type TeamPlan } from './targetparts';
import { w } from './targetwords';

type Team = Got<'/api/v1/reports/target-team'>;

/** Reads the plan first: the decision names the version that was read. */
function Decide({ row, z, onClose, onDone }: { row: TeamPlan; z: Zone; onClose: () => void; onDone: () => void }) {
  const s = useMemo(() => source<Plan>(null, () => api.GET('/api/v1/reports/targets/{plan}', { params: { path: { plan: row.plan! } } })), [row.plan]);
  const [asking, setAsking] = useState<'agree' | 'return' | 'close'>(), [text, setText] = useState(''), [tried, setTried] = useState(false), [problem, setProblem] = useState<Problem | 'network'>();
  useEffect(() => { void s.refresh(); }, [s]);
  const box = useRef<HTMLTextAreaElement>(null);
  useEffect(() => { if (asking) box.current?.focus(); }, [asking]);
  const p = s.state.value.value, length = text.trim().length, error = asking === 'return' ? (length < 10 ? w().reasonHint : undefined) : length > 0 && length < 3 ? w().errNote : undefined;
  const decide = async () => {
    setTried(true);
    setProblem(undefined);
    if (!p || error) return;
    const params = { path: { plan: p.plan } }, note = text.trim();
    const r = await (asking === 'close' ? api.POST('/api/v1/reports/targets/{plan}/close', { params, body: { version: p.version } }) : asking === 'return' ? api.POST('/api/v1/reports/targets/{plan}/return', { params, body: { version: p.version, note } })
      : api.POST('/api/v1/reports/targets/{plan}/agree', { params, body: { version: p.version, ...(note && { note }) } })).catch(() => undefined);
    if (!r?.data) return setProblem((r?.error as Problem | undefined) ?? 'network');
    toast(asking === 'return' ? w().returnedDone : asking === 'close' ? w().closedDone : w().agreedDone);
    onDone();
  };
  const ask = (what?: 'agree' | 'return' | 'close') => { setAsking(what); setText(''); setTried(false); setProblem(undefined); };
  const isOver = p?.state === 'agreed' && p.last_day < dayIn(serverNow(), z);
  const foot = p?.state !== 'proposed' && !isOver ? undefined : asking
    ? <><Action class={asking === 'return' ? 'btn danger' : 'btn'} onAct={decide} disabled={!online.value}>{asking === 'return' ? w().giveBack : asking === 'close' ? w().closePlan : w().agree}</Action><button type="button" class="btn ghost" onClick={() => ask()}>{t().cancel}</button></>
    : isOver ? <button type="button" class="btn" onClick={() => ask('close')}>{w().closePlan}</button>
    : <><button type="button" class="btn" onClick={() => ask('agree')}>{w().agree}</button><button type="button" class="btn ghost" onClick={() => ask('return')}>{w().giveBack}</button></>;
  return <Dialog title={row.name} sub={row.first_day && periodText({ period: row.period!, first_day: row.first_day })} onClose={onClose} broad foot={foot}>
    {problem && <Note tone="bad" icon="warn">{problemText(problem)}<Reload problem={problem} onReload={onDone} /></Note>}
    <Show source={s} zone={z} height={280}>{v => <PlanView p={v} z={z} />}</Show>
    {asking === 'close' && <p class="sm">{w().closeHint}</p>}
    {asking && asking !== 'close' && <Field label={asking === 'return' ? w().reason : w().agreeNote} hint={asking === 'return' ? w().reasonHint : w().agreeNoteHint} error={tried ? error : undefined}>{f => <textarea {...f} ref={box} maxLength={500} value={text} onInput={e => setText(e.currentTarget.value)} />}</Field>}
  </Dialog>;
}

function PlanRow({ r, z, open }: { r: TeamPlan; z: Zone; open: () => void }) {
  const facts = [r.first_day && periodText({ period: r.period!, first_day: r.first_day }), r.targets !== undefined && w().results(r.targets), r.state === 'proposed' && r.proposed_at && w().proposedAt(stamp(r.proposed_at, z))].filter(Boolean).join(' · ');
  return <li><button type="button" class="rowbutton person" onClick={open}><Initials name={r.name} />
    <span class="col tight"><span class="row between start"><span class="col tight"><b>{r.name}</b>{r.position && <span class="sm muted">{r.position}</span>}</span><Chip tone={planTone[r.state!]}>{w().state[r.state!]}</Chip></span>
      <span class="sm muted num">{facts}</span>
      {r.state !== 'proposed' && r.progress !== undefined && <><StackedBar whole={1000} label={w().reached(shareText(r.progress))} parts={[{ kind: 'office', value: Math.min(1000, r.progress) }]} /><span class="sm num" aria-hidden="true">{w().reached(shareText(r.progress))}</span></>}</span></button></li>;
}

const Without = ({ r }: { r: TeamPlan }) => <li class="person"><Initials name={r.name} /><span class="col tight"><b>{r.name}</b>{r.position && <span class="sm muted">{r.position}</span>}</span></li>;

/** Days by which a plan is looked for: next year, now, the quarters of this year that are over, last year. */
export function periodsFrom(today: string): { day: string; label: string }[] {
  const year = Number(today.slice(0, 4)), over = ['09-30', '06-30', '03-31'].map(d => `${year}-${d}`).filter(d => d < today);
  return [{ day: `${year + 1}-01-01`, label: String(year + 1) }, { day: today, label: String(year) },
    ...over.map(day => ({ day, label: periodText({ period: 'quarterly', first_day: `${day.slice(0, 5)}${String(Number(day.slice(5, 7)) - 2).padStart(2, '0')}-01` }) })), { day: `${year - 1}-12-31`, label: String(year - 1) }];
}

const DayPlanTeam = later(async () => (await import('./dayplanteam')).DayPlanTeam, true);

/** Plans of results, or what is meant to be done on a day. */
export function TargetTeamPage() {
  const daily = new URLSearchParams(route.value.split('?')[1] ?? '').get('lihat') === 'rencana';
  return <main id="m" tabIndex={-1}><nav class="row noprint" aria-label={w().teamTitle}>{([['', w().tab], ['?lihat=rencana', w().planTab]] as const).map(([q, label]) => <a key={q} class={`btn small ${!!q === daily ? '' : 'ghost'}`} aria-current={!!q === daily ? 'true' : undefined} href={`#/skp${q}`}>{label}</a>)}</nav>
    {daily ? <DayPlanTeam /> : <PlansOfTeam />}</main>;
}

function PlansOfTeam() {
  const z = zone(), periods = periodsFrom(dayIn(serverNow(), z)), [day, setDay] = useState(periods[1]!.day), [open, setOpen] = useState<TeamPlan>();
  const s = useMemo(() => source<Team>(`target-team/${day}`, () => api.GET('/api/v1/reports/target-team', { params: { query: { day } } })), [day]);
  const refresh = () => void s.refresh();
  useEffect(refresh, [s]);
  return <>
    <div class="row between"><h2>{w().teamTitle}</h2><div class="row"><label><span class="sr">{w().year}</span><select value={day} onChange={e => setDay(e.currentTarget.value)}>{periods.map(p => <option key={p.day} value={p.day}>{p.label}</option>)}</select></label><Downloads path={`/api/v1/reports/target-team?day=${day}`} /></div></div>
    <Show source={s} zone={z} height={420}>{v => {
      if (!v.items.length) return <section class="card"><Empty>{w().noTeam}</Empty></section>;
      const waits = v.items.filter(r => r.state === 'proposed'), none = v.items.filter(r => !r.plan), rest = v.items.filter(r => r.plan && r.state !== 'proposed');
      return <div class="cols even flip"><div class="col gap">{rest.length > 0 && <section class="card"><h2>{w().everybody}</h2><ul class="list">{rest.map(r => <PlanRow key={r.employee} r={r} z={z} open={() => setOpen(r)} />)}</ul></section>}</div>
        <div class="col gap"><section class="card"><h2>{w().toAgree(waits.length)}</h2>{waits.length ? <ul class="list">{waits.map(r => <PlanRow key={r.employee} r={r} z={z} open={() => setOpen(r)} />)}</ul> : <Empty>{w().nothing}</Empty>}</section>
          {none.length > 0 && <section class="card"><h2>{w().without(none.length)}</h2><ul class="list">{none.map(r => <Without key={r.employee} r={r} />)}</ul></section>}</div></div>;
    }}</Show>
    {open && <Decide row={open} z={z} onClose={() => setOpen(undefined)} onDone={() => { setOpen(undefined); refresh(); }} />}
  </>;
}
