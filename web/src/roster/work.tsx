/* One version under the planner: its sheet, what may be done with it now, and every panel that explains it. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { plansRosterOf } from '../base/access';
import { api, serverNow, type Got, type Problem } from '../base/api';
import { Downloads } from '../base/downloads';
import { addDays, dayIn, span, stamp } from '../base/format';
import { me } from '../base/session';
import { zone } from '../base/shell';
import { Action, Dialog, Note, Reload, Skeleton, toast } from '../base/ui';
import { t } from '../base/words';
import { DifferenceDialog } from './difference';
import { LimitsDialog } from './limits';
import { MakeDialog, said, SettingsFields, Solving, useSolve, type Settings } from './make';
import { pathOf, StateChip, versionNow } from './office';
import { w } from './officewords';
import { PapersDialog } from './papers';
import { Planner } from './planner';
import type { Noted } from './problems';
import { ProofNote, type Proof } from './proof';
import type { Change, Sheet } from './sheet';
import { StepDialog, StepsDialog, versionLine, type StepName, type Version } from './steps';
import { WhyDialog } from './whycell';

type Reply = Got<'/api/v1/roster/versions/{version}/sheet'>;
type Problems = Reply['sheet']['problems'];
/* What the server counts, listed or not. */
type Found = Pick<Reply['sheet'], 'problems' | 'problem_total' | 'fault_total'>;
const nothing: Found = { problems: [], problem_total: 0, fault_total: 0 };
type Steps = Got<'/api/v1/roster/versions/{version}/steps'>['items'];

/* ---- loading ---- */

function useWork(id: string) {
  const [got, setGot] = useState<Reply>(), [problem, setProblem] = useState<Problem | 'network'>(), [revision, setRevision] = useState(0), [found, setFound] = useState(nothing), [proof, setProof] = useState<Proof>(), [steps, setSteps] = useState<Steps>([]);
  const load = async () => {
    const r = await api.GET('/api/v1/roster/versions/{version}/sheet', { params: { path: { version: id } } }).catch(() => undefined);
    if (!r?.data) return setProblem(r?.error as Problem | undefined ?? 'network');
    setProblem(undefined);
    setGot(r.data);
    setRevision(r.data.version.revision);
    setFound(r.data.sheet);
    setProof(r.data.proof);
    const way = await api.GET('/api/v1/roster/versions/{version}/steps', { params: { path: { version: id } } }).catch(() => undefined);
    if (way?.data) setSteps(way.data.items);
  };
  useEffect(() => { void load(); }, [id]);
  return { got, problem, revision, found, proof, steps, load, note: (now: Found & { revision: number; proof?: Proof }) => { setRevision(now.revision); setFound(now); setProof(now.proof); } };
}

/** Why a draft came back, from the board or for a later roster, until it is set anew. */
export function CameBack({ v, steps }: { v: Pick<Version, 'state'>; steps: Steps }) {
  const last = steps.filter(s => /^(set|returned|withdrawn|superseded)$/.test(s.kind)).at(-1);
  if (v.state !== 'draft' || !last || (last.kind !== 'returned' && last.kind !== 'superseded')) return null;
  const at = stamp(last.at, zone());
  return <Note tone="warn" icon="warn">{last.kind === 'superseded' ? w().supersededBecause(at, last.note) : <><b>{w().returnedBecause(last.by_name, at)}</b> {last.note}</>}</Note>;
}
/* What the planner's own settings ask and the grid cannot count: the server says it of what is stored. */
const notedOf = (problems: Problems) => problems.flatMap((p): Noted[] => p.kind === 'post' && p.group === undefined ? [{ ...p, kind: 'cross' }] : p.kind === 'run' || p.kind === 'edge_period' || p.kind === 'team_day' || p.kind === 'overtaken' ? [{ ...p, kind: p.kind }] : []);

/* ---- solving again ---- */

function SolveDialog({ v, revision, settings: now, onDone, onClose }: { v: Version; revision: number; settings: Settings; onDone: () => void; onClose: () => void }) {
  const [settings, setSettings] = useState(now), [keeps, setKeeps] = useState(false), [problem, setProblem] = useState<Problem | 'network'>(), solve = useSolve(v.unit);
  const act = async () => {
    setProblem(undefined);
    const r = await solve.run(() => api.POST('/api/v1/roster/versions/{version}/solve', { params: { path: { version: v.id } }, body: { revision, settings, keeps } }));
    if (r.stopped) return toast(w().stopped);
    if (!r.data) return setProblem(r.problem);
    toast(w().solved);
    onDone();
  };
  return <Dialog title={w().solveAgain} sub={`${v.unit_name} · ${span(v.period_from, v.period_to)}`} onClose={onClose} foot={<><Action onAct={act}>{w().compute}</Action><button type="button" class="btn ghost" onClick={onClose}>{t().cancel}</button></>}>
    {problem && <Note tone="bad" icon="warn">{said(problem)}<Reload problem={problem} onReload={onDone} /></Note>}{solve.busy && <Solving onStop={solve.stop} />}
    <SettingsFields node={{ id: v.unit, name: v.unit_name }} value={settings} onChange={setSettings} /><label class="check"><input type="checkbox" checked={keeps} onChange={e => setKeeps(e.currentTarget.checked)} />{w().keeps}</label></Dialog>;
}

/* ---- what may be done ---- */

type Panel = StepName | 'solve' | 'steps' | 'difference' | 'limits' | 'replan' | 'papers';

function Actions({ v, unsaved, onOpen }: { v: Version; unsaved: number; onOpen: (p: Panel) => void }) {
  const open = (p: Panel) => () => unsaved > 0 ? toast(w().saveFirst) : onOpen(p);
  const button = (p: Panel, text: string, kind = 'btn ghost small') => <button type="button" class={kind} onClick={open(p)}>{text}</button>;
  const mayReplan = v.state === 'published' && !!me.value && plansRosterOf(me.value, v.unit) && v.period_to > dayIn(serverNow(), zone());
  /* one leads on: first what is not stored */
  const first = unsaved > 0 ? 'btn ghost small' : 'btn small';
  return <>{v.may_set && button('set', w().set, first)}{v.may_answer && button('acknowledge', v.receipt === 'approve' ? w().approve : w().acknowledge, first)}{v.may_answer && button('return', w().giveBack)}{v.may_withdraw && button('withdraw', w().withdraw)}
    {v.may_edit && button('solve', w().solveAgain)}{mayReplan && button('replan', w().replan)}{button('difference', w().difference)}{button('limits', w().limits)}{button('papers', w().downloads)}{button('steps', w().steps)}{v.may_edit && button('discard', w().discard, 'btn danger small')}</>;
}

/* ---- the page ---- */

export function Work() {
  const [id] = useState(versionNow() ?? ''), work = useWork(id), { got, revision } = work, [panel, setPanel] = useState<Panel>(), [why, setWhy] = useState<{ employee: string; day: string; sheet: Sheet }>(), [unsaved, setUnsaved] = useState(0), [refused, setRefused] = useState<Problem | 'network'>(), noted = useMemo(() => notedOf(work.found.problems), [work.found]);
  if (!got) return <main id="m" tabIndex={-1}><p><a class="link" href="#/jadwal">{w().back}</a></p>{work.problem ? <Note tone="bad" icon="warn">{said(work.problem)} <button type="button" class="link" onClick={() => void work.load()}>{t().retry}</button></Note> : <Skeleton height={480} />}</main>;
  const v: Version = { ...got.version, revision }, sheet = got.sheet as Sheet, close = () => setPanel(undefined);
  const save = async (cells: Change[]) => {
    const r = await api.POST('/api/v1/roster/versions/{version}/cells', { params: { path: { version: id } }, body: { revision, cells } }).catch(() => undefined);
    if (!r?.data) { setRefused(r?.error as Problem | undefined ?? 'network'); return false; }
    setRefused(undefined);
    work.note(r.data);
    return true;
  };
  const reload = () => { setRefused(undefined); void work.load(); }, done = () => { close(); reload(); };
  const faults = work.found.fault_total, overtaken = work.found.problems.filter(p => p.kind === 'overtaken'), remarks = work.found.problem_total - faults - overtaken.length, from = v.period_from > dayIn(serverNow(), zone()) ? v.period_from : addDays(dayIn(serverNow(), zone()), 1);
  const step = panel && ['set', 'withdraw', 'acknowledge', 'return', 'discard'].includes(panel) ? panel as StepName : undefined;
  return <main id="m" tabIndex={-1}>
    <div class="row between"><div class="col tight grow"><a class="link sm noprint" href="#/jadwal">{w().back}</a><h1>{v.unit_name}</h1><p class="sm muted">{[v.instrument_number, versionLine(v), v.note].filter(Boolean).join(' · ')}</p></div><span class="row"><StateChip v={v} /><Downloads path={`/api/v1/roster/versions/${id}`} /></span></div>
    {work.problem && <Note tone="bad" icon="warn">{said(work.problem)} <button type="button" class="link" onClick={reload}>{t().retry}</button></Note>}
    {refused && <Note tone="bad" icon="warn">{refused !== 'network' && refused.code === 'stale' ? w().staleSheet : said(refused)}<Reload problem={refused} onReload={reload} /></Note>}
    <CameBack v={v} steps={work.steps} />
    {unsaved === 0 && <ProofNote proof={work.proof} />}
    <Planner sheet={sheet} noted={noted} readOnly={!v.may_edit} onSave={save} onUnsaved={setUnsaved} onWhy={(employee, day, standing) => setWhy({ employee, day, sheet: standing })} actions={<Actions v={v} unsaved={unsaved} onOpen={setPanel} />} />
    {why && <WhyDialog {...why} onClose={() => setWhy(undefined)} />}
    {step && <StepDialog step={step} v={v} faults={faults} remarks={remarks} overtaken={overtaken} onDone={() => { if (step === 'discard') location.hash = '#/jadwal'; else done(); }} onReload={done} onClose={close} />}
    {panel === 'solve' && <SolveDialog v={v} revision={revision} settings={got.settings} onDone={done} onClose={close} />}
    {panel === 'steps' && <StepsDialog v={v} onClose={close} />}
    {panel === 'difference' && <DifferenceDialog v={v} sheet={sheet} onClose={close} />}
    {panel === 'limits' && <LimitsDialog v={v} sheet={sheet} settings={got.settings} revision={revision} onApplied={done} onClose={close} />}
    {panel === 'papers' && <PapersDialog v={v} sheet={sheet} wasReturned={work.steps.some(s => s.kind === 'returned')} maySend={!!me.value && plansRosterOf(me.value, v.unit)} onClose={close} />}
    {panel === 'replan' && <MakeDialog unit={v.unit} unitName={v.unit_name} from={from} to={v.period_to} keeps mended={{ from: v.period_from, settings: got.settings }} onMade={made => { location.hash = pathOf(made); }} onClose={close} />}</main>;
}
