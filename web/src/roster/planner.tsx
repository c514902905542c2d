/* The roster planner on a plain sheet: grid, figures and panels on one state. What is stored, and how, is its caller's affair. */
import type { ComponentChildren } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import { span } from '../base/format';
import { Icon } from '../base/icons';
import { lang } from '../base/i18n';
import { Action, Chip, Field, Note, Skeleton, toast } from '../base/ui';
import { t } from '../base/words';
import { AsTable, Columns, figures, ruleText } from './columns';
import { Fairness } from './fairness';
import { areaOf, Grid, modeOf, sentence, type Place } from './grid';
import { Overview } from './overview';
import { parse, type Unread } from './paste';
import './planner.css';
import { figure, w } from './plannerwords';
import { Problems, type Noted } from './problems';
import { apply, changes, dayOf, isLocked, keep, load, mayLock, problems, redo, standing, undo, type Change, type Edit, type Plan, type Problem, type Sheet } from './sheet';
import { Weeks } from './weeks';

export interface PlannerProps {
  sheet: Sheet; readOnly?: boolean; busy?: boolean;
  /** What is not kept and only the server counts. */
  noted?: readonly Noted[];
  /** Stores the cells that differ; true when they are. */
  onSave: (cells: Change[]) => Promise<boolean>;
  /** With the sheet as it stands, whether stored or not. */
  onWhy: (employee: string, day: string, standing: Sheet) => void;
  /** How many cells differ from what is stored. */
  onUnsaved?: (cells: number) => void;
  actions?: ComponentChildren;
}

/** People of a group and all within it whose name has the text in it. */
export function rowsOf(plan: Plan, group: number, text: string): number[] {
  const inside = plan.sheet.groups.map((_, g) => g === group), wanted = text.trim().toLowerCase();
  plan.sheet.groups.forEach((g, i) => { if (g.parent !== undefined && inside[g.parent]) inside[i] = true; });
  return plan.sheet.people.flatMap((p, i) => inside[p.group] && p.name.toLowerCase().includes(wanted) ? [i] : []);
}

const small = typeof matchMedia === 'undefined' ? undefined : matchMedia('(max-width: 767px)');
function useSmall(): boolean {
  const [is, setIs] = useState(small?.matches ?? false);
  useEffect(() => {
    const follow = () => setIs(!!small?.matches);
    follow();
    small?.addEventListener('change', follow);
    return () => small?.removeEventListener('change', follow);
  }, []);
  return is;
}
/* Whoever leaves with changes that are not stored is asked. */
function useGuard(unsaved: boolean) {
  useEffect(() => {
    if (!unsaved) return;
    const ask = (e: BeforeUnloadEvent) => e.preventDefault();
    const follow = (e: MouseEvent) => { if ((e.target as Element).closest?.('a[href^="#/"]') && !confirm(w().leave)) { e.preventDefault(); e.stopPropagation(); } };
    addEventListener('beforeunload', ask);
    addEventListener('click', follow, true);
    return () => { removeEventListener('beforeunload', ask); removeEventListener('click', follow, true); };
  }, [unsaved]);
}

/* The panels are drawn after the grid is to be seen. */
function useLater(): boolean {
  const [is, setIs] = useState(false);
  useEffect(() => { const id = setTimeout(() => setIs(true)); return () => clearTimeout(id); }, []);
  return is;
}

function Legend() {
  const mark = (kind: string, letter: string, text: string) => <span class="row tight"><span class={`letter ${kind}`} aria-hidden="true">{letter}</span>{text}</span>;
  return <p class="row xs muted legend">{Object.entries(modeOf).map(([letter, mode]) => mark(mode, letter, w().mode[letter]!))}{mark('office shut', 'K', w().shut)}{mark('home new', 'R', w().changed)}{mark('office locked', 'K', w().lock)}<span class="row tight"><span class="letter office wish" aria-hidden="true">K</span><span class="letter home unwish" aria-hidden="true">R</span>{w().wishes}</span></p>;
}

function unreadSaid(plan: Plan, u: Unread): string {
  const where = u.person === undefined ? '' : `${plan.sheet.people[u.person]!.name}, ${span(plan.sheet.days[u.day!]!.day, plan.sheet.days[u.day!]!.day)}`;
  return w().unread[u.what](u.text, where);
}
/* What came of a paste, with everything in it that was not understood. */
function PasteNote({ plan, said, unread, onClose }: { plan: Plan; said: string; unread: readonly Unread[]; onClose: () => void }) {
  return <Note tone={unread.length ? 'warn' : 'ok'} icon={unread.length ? 'warn' : 'check'}><p class="sm">{said} {unread.length > 0 && w().notRead} <button type="button" class="link sm" onClick={onClose}>{t().close}</button></p>
    {unread.length > 0 && <ul class="points sm">{unread.slice(0, 8).map((u, i) => <li key={i}>{unreadSaid(plan, u)}</li>)}{unread.length > 8 && <li>{w().andMore(figure(unread.length - 8))}</li>}</ul>}</Note>;
}

/** All one can do to the sheet; each says what came of it, and the screen follows. */
function usePlan(sheet: Sheet, isSmall: boolean) {
  const plan = useMemo(() => load(sheet), [sheet]), [, draw] = useState({}), [said, setSaid] = useState(''), [pasted, setPasted] = useState<{ said: string; unread: Unread[] }>();
  useEffect(() => { setSaid(''); setPasted(undefined); }, [sheet]);
  const refusedText = (n: number) => n ? figure(n) : '';
  return {
    plan, said, pasted, redraw: () => draw({}), forget: () => setPasted(undefined),
    edit: (edits: readonly Edit[]) => {
      const r = apply(plan, edits);
      const came = r.set ? r.set > 1 || r.refused ? w().did(figure(r.set), refusedText(r.refused)) : '' : r.refused ? w().didNothing : '';
      /* on a phone the line above the list has scrolled away */
      if (isSmall) { if (came) toast(came); } else setSaid(came);
      draw({});
    },
    paste: (text: string, rows: readonly number[], at: Place) => {
      const p = parse(plan, text, { rows, ...at }), r = apply(plan, p.edits);
      setPasted({ said: w().pasted(figure(r.set), refusedText(r.refused)), unread: p.unread });
      draw({});
    },
  };
}

/* Where one stands: the group and names shown, the cell, and how one is led to another. */
function useView(plan: Plan) {
  const [group, setGroup] = useState(0), [text, setText] = useState(''), [at, setAt] = useState<Place>({ row: 0, day: 0 }), [anchor, setAnchor] = useState<Place>({ row: 0, day: 0 }), [jumps, setJumps] = useState(0);
  const known = group < plan.sheet.groups.length ? group : 0, rows = useMemo(() => rowsOf(plan, known, text), [plan, known, text]);
  const held = (p: Place): Place => ({ row: Math.max(0, Math.min(rows.length - 1, p.row)), day: Math.min(plan.days - 1, p.day) });
  const move = (to: Place, from: Place = to) => { setAt(to); setAnchor(from); };
  const jump = (to: Place) => { move(to); setJumps(n => n + 1); };
  return {
    group: known, text, rows, at: held(at), anchor: held(anchor), jumps, move, jump,
    show: (g: number, name: string) => { setGroup(g); setText(name); move({ row: 0, day: at.day }); },
    /* to the cell of a problem, past any filter that hides it */
    goTo: (p: Problem) => {
      const day = dayOf(plan, p);
      if (p.group !== undefined) { setGroup(p.group); setText(''); return jump({ row: 0, day }); }
      const here = rows.indexOf(p.person!);
      if (here < 0) { setGroup(0); setText(''); }
      jump({ row: here < 0 ? p.person! : here, day });
    },
  };
}

function Filter({ plan, group, text, onShow }: { plan: Plan; group: number; text: string; onShow: (group: number, text: string) => void }) {
  const depth = plan.sheet.groups.map(() => 0);
  plan.sheet.groups.forEach((g, i) => { if (g.parent !== undefined) depth[i] = depth[g.parent]! + 1; });
  return <div class="two roomy"><Field label={w().group}>{p => <select {...p} value={group} onChange={e => onShow(Number(e.currentTarget.value), text)}>{plan.sheet.groups.map((g, i) => <option key={i} value={i}>{'\u2003'.repeat(depth[i]!)}{i ? g.name : w().everybody}</option>)}</select>}</Field>
    <Field label={w().find}>{p => <input {...p} type="search" autocomplete="off" value={text} onInput={e => onShow(group, e.currentTarget.value)} />}</Field></div>;
}

/* The group chosen on one day, in figures, with what the columns mean. */
const GroupDay = ({ plan, group, day }: { plan: Plan; group: number; day: number }) => <div class="col tight"><p class="xs num"><b>{plan.sheet.groups[group]!.name}</b> {figures(plan, group, day)} {ruleText(plan, group)}</p>
  <p class="row xs muted legend"><span class="key"><i class="sw office" />{w().office}</span><span class="key"><i class="sw home" />{w().away}</span><span class="key"><i class="dash" />{w().limits}, {w().minimumKey}</span><span class="key"><i class="sw missing" />{w().brokenKey}</span><AsTable plan={plan} group={group} /></p></div>;

interface ToolsProps { plan: Plan; small: boolean; readOnly: boolean; onSet: (letter: string) => void; onLock: () => void; onWhy: () => void; onUndo: () => void; onRedo: () => void }
const Tools = ({ plan, small, readOnly, onSet, onLock, onWhy, onUndo, onRedo }: ToolsProps) => <div class="row" role="group" aria-label={w().tools}>
  {!small && !readOnly && <>{[['K', 'WFO'], ['R', 'WFH'], ['A', 'WFA']].filter(([letter]) => letter !== 'A' || plan.sheet.people.some(p => p.may_anywhere)).map(([letter, word]) => <button key={letter} type="button" class="btn ghost small" aria-label={w().set(word!)} aria-keyshortcuts={letter} onClick={() => onSet(letter!)}><span class={`letter ${modeOf[letter!]}`} aria-hidden="true">{letter}</span>{word}</button>)}
    <button type="button" class="btn ghost small" aria-keyshortcuts="G" onClick={onLock}><Icon name="key" />{w().lockKey}</button></>}{!small && <button type="button" class="btn ghost small" aria-keyshortcuts="Enter" onClick={onWhy}><Icon name="info" />{w().why}</button>}
  {!readOnly && <><button type="button" class="btn ghost small" aria-keyshortcuts="Control+Z" disabled={!plan.done.length} onClick={onUndo}>{w().undo}</button><button type="button" class="btn ghost small" aria-keyshortcuts="Control+Y" disabled={!plan.undone.length} onClick={onRedo}>{w().redo}</button></>}</div>;

const nothing: readonly Noted[] = [];
export function Planner({ sheet, noted = nothing, readOnly, busy, onSave, onWhy, onUnsaved, actions }: PlannerProps) {
  const isSmall = useSmall(), s = usePlan(sheet, isSmall), { plan } = s, v = useView(plan), isLater = useLater(), seen = useSignal<readonly [number, number]>([0, 0]), [pointed, setPointed] = useState<number>(), [failed, setFailed] = useState(false), still = !!readOnly || !!busy;
  const { rows, at, anchor, group } = v, area = areaOf(at, anchor), unsaved = plan.changed.size, person = rows[at.row], live = useRef({ plan, v });
  live.current = { plan, v };
  useGuard(unsaved > 0);
  useEffect(() => onUnsaved?.(unsaved), [unsaved]);
  useEffect(() => setFailed(false), [sheet]);

  const cells = (): Edit[] => rows.slice(area.top, area.bottom + 1).flatMap(p => Array.from({ length: area.to - area.from + 1 }, (_, i) => ({ person: p, day: area.from + i })));
  const set = (letter: string) => { if (!still) s.edit(cells().map(c => ({ ...c, letter }))); };
  const lock = (those = cells()) => {
    const open = those.filter(c => mayLock(plan, c.person, c.day)), locked = !open.every(c => isLocked(plan, c.person, c.day));
    if (!still) s.edit((open.length ? open : those).map(c => ({ ...c, locked })));
  };
  const why = (p = person, day = at.day) => { if (p !== undefined) onWhy(sheet.people[p]!.employee, sheet.days[day]!.day, standing(plan)); };
  /* the screen goes where something was taken back */
  const back = (take: typeof undo) => {
    const steps = still ? undefined : take(plan), first = steps?.[0]?.at, row = first === undefined ? -1 : rows.indexOf(Math.floor(first / plan.days));
    s.redraw();
    if (row >= 0) v.jump({ row, day: first! % plan.days });
  };
  const save = async () => {
    const sent = changes(plan), done = await onSave(sent);
    setFailed(!done);
    if (done) keep(plan, sent);
    if (live.current.plan === plan) s.redraw();
  };

  const day = pointed ?? at.day, top = useMemo(() => <Columns plan={plan} group={group} day={day} onDay={setPointed} />, [plan, plan.revision, group, day, lang.value]);
  const panels = useMemo(() => <><Problems plan={plan} items={problems(plan)} noted={noted} onGo={p => live.current.v.goTo(p)} /><Fairness plan={plan} /></>, [plan, plan.revision, noted, lang.value]);
  const overview = useMemo(() => <Overview plan={plan} rows={rows} revision={plan.revision} seen={isSmall ? undefined : seen} onGo={(row, d) => live.current.v.jump({ row, day: d })} />, [plan, plan.revision, rows, isSmall, lang.value]);
  return <div class="planner">
    <section class="card main"><div class="row between start"><div class="col tight grow"><h2>{span(sheet.from, sheet.to)}</h2><p class="sm muted num">{w().people(figure(sheet.people.length))}{sheet.outside > 0 && `. ${w().outside(figure(sheet.outside))}`}</p></div>
      <div class="row">{readOnly ? <Chip>{w().readOnly}</Chip> : <span role="status"><Chip tone={unsaved ? 'warn' : 'ok'}>{unsaved ? w().unsaved(figure(unsaved)) : w().saved}</Chip></span>}{!readOnly && <Action class="btn small" disabled={!unsaved || busy} onAct={save}>{t().save}</Action>}{actions}</div></div>
      {failed && unsaved > 0 && <Note tone="bad" icon="warn">{w().failed}</Note>}
      <Filter plan={plan} group={group} text={v.text} onShow={v.show} />
      {!(readOnly && isSmall) && <Tools plan={plan} small={isSmall} readOnly={!!readOnly} onSet={set} onLock={() => lock()} onWhy={() => why()} onUndo={() => back(undo)} onRedo={() => back(redo)} />}
      {s.pasted && <PasteNote plan={plan} {...s.pasted} onClose={s.forget} />}
      {!isSmall && <p class="xs num status" role="status">{s.said}</p>}
      {!isSmall && <GroupDay plan={plan} group={group} day={day} />}
      {isSmall ? <Weeks plan={plan} rows={rows} at={at} jumps={v.jumps} readOnly={still} onMove={v.move} onCell={(p, d, letter) => s.edit([{ person: p, day: d, letter }])} onLock={(p, d) => lock([{ person: p, day: d }])} onWhy={why} />
        : <><Grid plan={plan} rows={rows} at={at} anchor={anchor} jumps={v.jumps} seen={seen} readOnly={still} onMove={v.move} onSet={set} onLock={() => lock()} onUndo={() => back(undo)} onRedo={() => back(redo)} onPaste={text => s.paste(text, rows, { row: area.top, day: area.from })} onWhy={() => why()} above={top} />
          <p class="sm status" aria-hidden="true">{person !== undefined && sentence(plan, person, at.day)}</p></>}
      {isSmall && <GroupDay plan={plan} group={group} day={day} />}<Legend />{!isSmall && <details><summary class="sm strong">{w().keys}</summary><ul class="points sm">{w().keyList.map(k => <li key={k}>{k}</li>)}</ul></details>}</section>
    <div class="col side">{isLater ? <>{panels}{overview}</> : <Skeleton height={480} />}</div></div>;
}
