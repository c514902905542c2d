/* Jadwal per unit: whose roster of a month is there or awaited, all versions, and the planner on one of them. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { isBoard, plansRosters, seesGovernment } from '../base/access';
import { api, serverNow, type Got, type Problem } from '../base/api';
import { Downloads } from '../base/downloads';
import { addDays, dayIn, fullDay, monthName, number, span, stamp } from '../base/format';
import { source } from '../base/load';
import { me } from '../base/session';
import { later, route, zone } from '../base/shell';
import { Action, Chip, Dialog, Empty, Note, Show, toast, type Tone } from '../base/ui';
import { t } from '../base/words';
import { LinesDialog } from './lines';
import { MakeDialog, said } from './make';
import { w } from './officewords';

const Work = later(async () => (await import('./work')).Work);
const ProceduresPage = later(async () => (await import('./procedures')).ProceduresPage);

type Versions = Got<'/api/v1/roster/versions'>;
export type Version = Versions['items'][number];
type Awaited = Got<'/api/v1/roster/awaited'>;
type Node = Awaited['items'][number];

const list = source<Versions>(null, () => api.GET('/api/v1/roster/versions', { params: { query: {} } }));
export const pathOf = (version: string) => `#/jadwal?versi=${version}`;
/** The version of the path, if it names one. */
export const versionNow = () => /[?&]versi=(\d{1,19})/.exec(route.value)?.[1];
const monthOf = (day: string) => day.slice(0, 8) + '01';
const nextMonth = (month: string) => monthOf(addDays(month, 32));

const tones: Record<string, Tone> = { missing: 'warn', partly: 'warn', draft: 'info', set: 'info', published: 'ok', all_office: 'ok' };

/* What is published holds on its own days only. */
export function StateChip({ v }: { v: Pick<Version, 'state' | 'period_from' | 'period_to'> }) {
  const today = dayIn(serverNow(), zone());
  if (v.state !== 'published') return <Chip tone={v.state === 'draft' || v.state === 'set' ? 'info' : ''}>{w().state[v.state]}</Chip>;
  return v.period_from > today ? <Chip tone="info">{w().later}</Chip> : v.period_to < today ? <Chip>{w().over}</Chip> : <Chip tone="ok">{w().state.published}</Chip>;
}

/* ---- all in the office ---- */

function OfficeDialog({ node, from, to, onDone, onClose }: { node: Node; from: string; to: string; onDone: () => void; onClose: () => void }) {
  const [problem, setProblem] = useState<Problem | 'network'>();
  const act = async () => {
    const r = await api.POST('/api/v1/roster/office', { body: { unit: node.unit, period_from: from, period_to: to } }).catch(() => undefined);
    if (!r || r.error) return setProblem(r?.error as Problem | undefined ?? 'network');
    toast(w().allOfficeDone);
    onDone();
  };
  return <Dialog title={w().allOffice} sub={node.unit_name} onClose={onClose} foot={<><Action onAct={act}>{w().allOffice}</Action><button type="button" class="btn ghost" onClick={onClose}>{t().cancel}</button></>}>
    {problem && <Note tone="bad" icon="warn">{said(problem)}</Note>}<p class="sm">{w().allOfficeHint(node.unit_name, span(from, to))}</p></Dialog>;
}

/* ---- awaited ---- */

const STEP = 12;

function NodeRow({ n, isAhead, isOnly, onMake, onOffice }: { n: Node; isAhead: boolean; isOnly: boolean; onMake: () => void; onOffice: () => void }) {
  const { state } = n, isPart = state !== 'missing' && state !== 'draft';
  return <li><div class="row between"><div class="col tight grow"><b>{n.unit_name}</b><span class="row tight sm muted num">{n.is_late && <Chip tone="bad">{isPart ? w().lateRest : w().late}</Chip>}<Chip tone={tones[state] ?? ''}>{w().awaitedState[state]}</Chip>{[n.gap_from && isPart && w().gap(span(n.gap_from, n.gap_to!)), (n.gap_from || !isPart) && w().due(fullDay(n.due_day))].filter(Boolean).join(' · ')}</span></div>
    <span class="row">{n.version && <a class="btn ghost small" href={pathOf(n.version)}>{w().open}</a>}{n.may_draft && (n.gap_from ? state !== 'draft' : state === 'all_office' && isAhead) && <button type="button" class={isOnly && n.gap_from ? 'btn small' : 'btn ghost small'} onClick={onMake}>{w().make}</button>}{n.gap_from && n.may_confirm && (state === 'missing' || state === 'partly') && <button type="button" class="btn ghost small" onClick={onOffice}>{w().allOffice}</button>}</span></div></li>;
}

/* What is late or missing stands first; for the board what waits for it. */
const urgency = (n: Node) => n.state === 'set' && me.value && isBoard(me.value) ? -1 : n.is_late ? 0 : ['missing', 'draft', 'partly', 'set'].indexOf(n.state) + 1 || 9;

function AwaitedCard({ onChanged }: { onChanged: () => void }) {
  const today = dayIn(serverNow(), zone()), [month, setMonth] = useState(nextMonth(monthOf(today))), [making, setMaking] = useState<Node>(), [office, setOffice] = useState<Node>(), [shown, setShown] = useState(STEP);
  const s = useMemo(() => source<Awaited>(null, () => api.GET('/api/v1/roster/awaited', { params: { query: { month } } })), [month]);
  useEffect(() => { void s.refresh(); }, [s]);
  const refresh = () => { void s.refresh(); onChanged(); };
  const first = (d: Awaited) => d.from > today ? d.from : addDays(today, 1);
  const unplanned = (d: Awaited, n: Node) => ({ from: n.gap_from && n.gap_from > first(d) ? n.gap_from : first(d), to: n.gap_to ?? d.to });
  return <section class="card"><div class="row between"><h2>{w().awaited} {monthName(month)}</h2><span class="row noprint"><button type="button" class="link sm" disabled={month <= monthOf(today)} onClick={() => setMonth(monthOf(addDays(month, -1)))}>{w().previous}</button><button type="button" class="link sm" onClick={() => setMonth(nextMonth(month))}>{w().next}</button><Downloads path={`/api/v1/roster/awaited?month=${month}`} /></span></div>
    <p class="sm muted">{w().awaitedHint}</p>
    <Show source={s} zone={zone()} height={200}>{d => d.items.length === 0 ? <Empty>{me.value && seesGovernment(me.value) ? w().noAwaited : w().noAwaitedHere}</Empty> : <>{d.items.length > 3 && <p class="row tight">{['missing', 'draft', 'partly', 'set', 'published', 'all_office'].map(state => { const n = d.items.filter(i => i.state === state).length; return n > 0 && <Chip key={state} tone={tones[state] ?? ''}>{w().summary(number(n), w().awaitedState[state]!)}</Chip>; })}</p>}
      <ul class="list">{[...d.items].sort((a, b) => urgency(a) - urgency(b)).slice(0, shown).map(n => <NodeRow key={n.unit} n={n} isAhead={first(d) <= d.to} isOnly={d.items.length === 1} onMake={() => setMaking(n)} onOffice={() => setOffice(n)} />)}</ul>{d.items.length > shown && <button type="button" class="btn ghost" onClick={() => setShown(d.items.length)}>{w().all(number(d.items.length))}</button>}
      {making && <MakeDialog unit={making.unit} unitName={making.unit_name} {...unplanned(d, making)} onMade={id => { location.hash = pathOf(id); }} onClose={() => setMaking(undefined)} />}
      {office && <OfficeDialog node={office} {...unplanned(d, office)} onDone={() => { setOffice(undefined); refresh(); }} onClose={() => setOffice(undefined)} />}</>}</Show></section>;
}

/* ---- what no longer fits ---- */

const repairs = source<Got<'/api/v1/roster/repairs'>>(null, () => api.GET('/api/v1/roster/repairs'));

/** Rosters of one's own that illness, leave or a decree has overtaken; nothing is shown while all of them fit and were looked at. */
export function Repairs() {
  useEffect(() => { void repairs.refresh(); }, []);
  const items = repairs.state.value.value?.items ?? [], said = (i: (typeof items)[number]) => (['faults', 'newcomers', 'gone'] as const).filter(k => i[k] > 0).map(k => w().repairOf[k](number(i[k]))).join(', ');
  return <>{items.map(i => <Note key={i.version} tone="warn" icon="warn"><b>{w().repairs(i.unit_name, span(i.period_from, i.period_to))}</b><p class="sm">{said(i)}. <a class="link" href={pathOf(i.version)}>{w().mend}</a></p></Note>)}{repairs.state.value.value?.is_cut && <Note tone="info" icon="info">{w().repairsCut}</Note>}</>;
}

/* ---- versions ---- */

function VersionRow({ v, onLines }: { v: Version; onLines: () => void }) {
  return <li><div class="row between"><b>{v.unit_name}</b><span class="row"><StateChip v={v} />{v.is_partial ? <button type="button" class="btn ghost small" onClick={onLines}>{w().open}</button> : <a class="btn ghost small" href={pathOf(v.id)}>{w().open}</a>}</span></div>
    <span class="sm num">{span(v.period_from, v.period_to)} · {w().people(number(v.people))}{v.instrument_number && ` · ${v.instrument_number}`}</span>
    <span class="sm muted">{[w().by(w().source[v.source] ?? v.source, v.made_by_name), stamp(v.made_at, zone()), v.state === 'set' && v.due_at && w().dueAt(stamp(v.due_at, zone())), v.published_at && w().setAt(stamp(v.published_at, zone())), v.note].filter(Boolean).join(' · ')}</span></li>;
}

function VersionsCard() {
  const [open, setOpen] = useState<Version>(), [making, setMaking] = useState(false), [shown, setShown] = useState(STEP), today = dayIn(serverNow(), zone());
  return <section class="card"><div class="row between"><h2>{w().versions}</h2><span class="row">{!!list.state.value.value?.items.length && <Downloads path="/api/v1/roster/versions" />}{me.value && plansRosters(me.value) && <button type="button" class="btn ghost small" onClick={() => setMaking(true)}>{w().makeOther}</button>}</span></div>
    <Show source={list} zone={zone()} height={240}>{v => v.items.length === 0 ? <Empty>{w().noVersions}</Empty> : <><ul class="list">{v.items.slice(0, shown).map(i => <VersionRow key={i.id} v={i} onLines={() => setOpen(i)} />)}</ul>{v.items.length > shown && <button type="button" class="btn ghost" onClick={() => setShown(v.items.length)}>{w().all(number(v.items.length))}</button>}</>}</Show>
    {open && <LinesDialog v={open} onClose={() => setOpen(undefined)} />}{making && <MakeDialog from={addDays(today, 1)} to={addDays(today, 14)} onMade={id => { location.hash = pathOf(id); }} onClose={() => setMaking(false)} />}</section>;
}

function RosterList() {
  useEffect(() => { void list.refresh(); }, []);
  return <main id="m" tabIndex={-1}>{me.value && plansRosters(me.value) && <Repairs />}<AwaitedCard onChanged={() => void list.refresh()} /><VersionsCard />{me.value && isBoard(me.value) && <ProceduresPage />}</main>;
}

export function RosterOffice() {
  const version = versionNow();
  return version ? <Work key={version} /> : <RosterList />;
}
