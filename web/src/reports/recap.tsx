/* Rekap: the units one may read with the sums of a month; a unit with its people; closing, supplements, papers. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { decidesCases, isBoard, mayOpen } from '../base/access';
import { api, serverNow, type Got, type Problem } from '../base/api';
import { Downloads } from '../base/downloads';
import { clock, dayIn, fullDay, monthName, nipText, number, type Zone } from '../base/format';
import { source } from '../base/load';
import { me } from '../base/session';
import { later, route, zone } from '../base/shell';
import { Action, Chip, Dialog, Empty, Note, problemText, Show, toast } from '../base/ui';
import { t } from '../base/words';
import { ChangesDialog } from './recapchanges';
import { MonthSteps, monthAtWork } from './recapmonth';
import { columns, OftenLate, PersonDays, shown, type Figures } from './recapparts';
import { PrintDialog } from './recapprint';
import { w } from './recapwords';

type Units = Got<'/api/v1/recap/units'>;
type Unit = Got<'/api/v1/recap/units/{unit}'>;
type Line = Unit['items'][number];
export type Part = Unit['parts'][number];

const RulesPage = later(async () => (await import('./recaprules')).RulesPage);
const pathOf = (month: string, unit?: string) => `#/rekap?bulan=${month}${unit ? `&unit=${unit}` : ''}`;
const groups = (() => {
  const list: { group: (typeof columns)[number]['group']; n: number }[] = [];
  for (const c of columns) { const last = list.at(-1); if (last && c.group && last.group === c.group) last.n++; else list.push({ group: c.group, n: 1 }); }
  return list;
})();

/** The figures under their heads, the first column always in sight. */
function Heads({ first }: { first: string }) {
  let at = 0;
  return <thead><tr><th scope="col" rowSpan={2}>{first}</th>{groups.map((g, i) => { const c = columns[at]!; at += g.n; return g.group ? <th key={i} scope="colgroup" colSpan={g.n}>{w().group[g.group]}</th> : <th key={i} scope="col" rowSpan={2}>{w().head[c.key]}</th>; })}</tr>
    <tr>{columns.filter(c => c.group).map(c => <th key={c.key} scope="col"><abbr title={w().long[c.key]}>{w().head[c.key]}</abbr></th>)}</tr></thead>;
}

const Numbers = ({ f, onOpen }: { f: Figures; onOpen?: (key: (typeof columns)[number]['key']) => void }) => <>{columns.map(c => <td key={c.key} class="num">{onOpen && c.of(f) > 0 ? <button class="link" aria-label={`${w().long[c.key]} ${shown(c, f)}`} onClick={() => onOpen(c.key)}>{shown(c, f)}</button> : shown(c, f)}</td>)}</>;
const Sum = ({ f }: { f: Figures }) => <tr><th scope="row"><b>{w().total}</b></th>{columns.map(c => <td key={c.key} class="num"><b>{shown(c, f)}</b></td>)}</tr>;

function UnitTable({ month, units, under }: { month: string; units: Units; under?: string }) {
  const parent = !!under;
  return <section class="card"><div class="row between"><h2>{parent ? w().below : w().title}</h2>{units.items.length > 0 && <Downloads path={`/api/v1/recap/units?month=${month}${under ? `&parent=${under}` : ''}`} />}</div>{!parent && <p class="sm muted">{w().hint}</p>}
    {units.items.length === 0 ? <Empty>{w().noUnits}</Empty> : <div class="scroll" tabIndex={0} role="region" aria-label={w().title}><table class="table xs rosterlines"><Heads first={w().unit} />
      <tbody>{units.items.map(u => <tr key={u.unit}><th scope="row"><a href={pathOf(month, u.unit)}>{u.name}</a><span class="xs muted num"><br />{u.not_used ? t().state.not_used : <>{number(u.people)} {w().people.toLowerCase()} · {u.units === 1 ? (u.is_closed ? w().closed : w().open) : w().closedOf(number(u.closed_units), number(u.units))}{u.supplements > 0 && ` · ${w().supplements(u.supplements)}`}</>}</span></th><Numbers f={u.figures} /></tr>)}
        <Sum f={units.total} /></tbody></table></div>}
    {units.is_cut && <p class="sm muted">{w().cut}</p>}<p class="xs muted">{w().legend}</p></section>;
}

function PersonDialog({ unit, month, line, chosen, onClose }: { unit: string; month: string; line: Line; chosen?: (typeof columns)[number]['key']; onClose: () => void }) {
  const s = useMemo(() => source<Got<'/api/v1/recap/units/{unit}/people/{employee}'>>(null, () => api.GET('/api/v1/recap/units/{unit}/people/{employee}', { params: { path: { unit, employee: line.employee }, query: { month } } })), [unit, line.employee, month]);
  useEffect(() => { void s.refresh(); }, [s]);
  return <Dialog title={line.name} sub={`${line.position} · ${monthName(month)}`} onClose={onClose}><Show source={s} zone={zone()} height={320}>{p => <PersonDays employee={p.employee} figures={p.figures} days={p.days} {...(chosen ? { chosen } : {})} {...(p.is_often_late && p.late_limit ? { limit: p.late_limit } : {})} />}</Show></Dialog>;
}

function CloseDialog({ u, onDone, onClose }: { u: Unit; onDone: () => void; onClose: () => void }) {
  const [problem, setProblem] = useState<Problem | 'network'>();
  const close = async () => {
    const r = await api.POST('/api/v1/recap/units/{unit}/close', { params: { path: { unit: u.unit } }, body: { month: u.month } }).catch(() => undefined);
    if (!r || r.error) return setProblem((r?.error as Problem | undefined) ?? 'network');
    toast(w().closedNow);
    onDone();
  };
  return <Dialog title={w().closeTitle(monthName(u.month))} sub={u.name} onClose={onClose} foot={<><Action onAct={close}>{w().closeYes}</Action><button class="btn ghost" onClick={onClose}>{t().cancel}</button></>}>
    {problem && <Note tone="bad" icon="warn">{problemText(problem)}</Note>}<p>{w().closeText(number(u.people))}</p></Dialog>;
}

/* Where what stands in the way is decided, if its page is the reader's. */
function wayTo(kind: string): string | undefined {
  const own = me.value!, corrects = location.pathname.startsWith('/atasan') ? own.has_team : mayOpen(own, 'corrections');
  return kind === 'notices' ? '#/izin' : kind === 'papers' ? '#/daftar-hadir' : kind === 'corrections' && corrects ? '#/koreksi' : kind === 'cases' && decidesCases(own) ? '#/pegawai?lihat=kasus' : undefined;
}

/* read years later */
const sealedAt = (p: Part, z: Zone) => `${fullDay(dayIn(new Date(p.sealed_at), z))}, ${clock(p.sealed_at, z)} ${z}`;
const sealer = (p: Part) => [w().acting[p.acting], p.sealer].filter(Boolean).join(' ');

/** Open: what stands in the way, and the button. Closed: who sealed what, and what changed since. */
function State({ u, onReload }: { u: Unit; onReload: () => void }) {
  const [closing, setClosing] = useState(false), [part, setPart] = useState<Part | 'waiting'>();
  const z = zone();
  return <section class="card"><div class="row between"><h2>{u.is_closed ? w().closed : w().open}</h2>{!u.is_closed && u.may_close && <button class="btn small" disabled={u.blockers.length > 0} onClick={() => setClosing(true)}>{w().close(monthName(u.month))}</button>}</div>
    {!u.is_closed && (u.blockers.length > 0 ? <Note tone="warn" icon="clock"><b>{w().blocked}</b><ul class="points sm">{u.blockers.map(b => <li key={b.kind}>{w().blocker[b.kind]!(number(b.count))}{wayTo(b.kind) && <> <a href={wayTo(b.kind)}>{w().settle}</a></>}</li>)}</ul></Note>
      : !u.may_close && <p class="sm muted">{u.closer ? w().closer(u.closer) : w().noCloser}</p>)}
    {u.changed_days > 0 && <Note tone="warn" icon="warn">{w().changed(number(u.changed_days))} <button class="link" onClick={() => setPart('waiting')}>{w().see}</button></Note>}
    {u.parts.length > 0 && <ul class="list">{u.parts.map(p => <li key={p.part}><div class="row between"><b>{p.part ? w().supplementBy(p.part, sealer(p), sealedAt(p, z)) : w().sealedBy(sealer(p), sealedAt(p, z))}</b>{p.part > 0 && <button class="link sm" onClick={() => setPart(p)}>{w().see}</button>}</div>
      {p.reason && <span class="sm">{p.reason}</span>}<span class="xs muted num wrap">{w().fingerprint} {p.sha256}</span></li>)}</ul>}
    {closing && <CloseDialog u={u} onClose={() => setClosing(false)} onDone={() => { setClosing(false); onReload(); }} />}
    {part && <ChangesDialog unit={u.unit} name={u.name} month={u.month} maySeal={u.may_close} {...(part === 'waiting' ? {} : { part: part.part })} onClose={() => setPart(undefined)} onDone={() => { setPart(undefined); onReload(); }} />}</section>;
}

function People({ u, lines, next, onMore }: { u: Unit; lines: readonly Line[]; next?: string; onMore: () => Promise<unknown> }) {
  const [open, setOpen] = useState<{ line: Line; chosen?: (typeof columns)[number]['key'] }>();
  return <section class="card"><h2>{w().people} <span class="muted num">{number(u.people)}</span></h2>
    {u.often_late > 0 && u.late_limit && <OftenLate limit={u.late_limit}>{w().oftenLate(number(u.often_late), u.late_limit.times)}</OftenLate>}
    {lines.length === 0 ? <Empty>{w().noLines}</Empty> : <div class="scroll" tabIndex={0} role="region" aria-label={w().people}><table class="table xs rosterlines"><Heads first={w().name} />
      <tbody>{lines.map(l => <tr key={l.employee}><th scope="row"><button class="link" onClick={() => setOpen({ line: l })}>{l.name}</button><span class="xs muted num"><br />{nipText(l.nip)}</span>{l.is_often_late && <><br /><Chip tone="warn">{w().isOftenLate}</Chip></>}</th><Numbers f={l.figures} onOpen={chosen => setOpen({ line: l, chosen })} /></tr>)}
        <Sum f={u.total} /></tbody></table></div>}
    {next && <Action class="btn ghost" onAct={onMore}>{w().more}</Action>}<p class="xs muted">{w().legend}</p>
    {open && <PersonDialog unit={u.unit} month={u.month} line={open.line} {...(open.chosen ? { chosen: open.chosen } : {})} onClose={() => setOpen(undefined)} />}</section>;
}

function UnitRecap({ unit, month, onMonth, isTop = false }: { unit: string; month: string; onMonth: (m: string) => void; isTop?: boolean }) {
  const ask = (cursor?: string) => api.GET('/api/v1/recap/units/{unit}', { params: { path: { unit }, query: { month, ...(cursor ? { cursor } : {}) } } });
  const s = useMemo(() => source<Unit>(null, () => ask()), [unit, month]);
  const below = useMemo(() => source<Units>(null, () => api.GET('/api/v1/recap/units', { params: { query: { month, parent: unit } } })), [unit, month]);
  const [printing, setPrinting] = useState(false), [more, setMore] = useState<{ lines: readonly Line[]; next?: string }>();
  const reload = () => { setMore(undefined); void s.refresh(); void below.refresh(); };
  useEffect(reload, [s]);
  const loadMore = async (u: Unit) => {
    const r = await ask(more?.next ?? u.next).catch(() => undefined);
    if (!r?.data) return toast(problemText((r?.error as Problem | undefined) ?? 'network'));
    setMore({ lines: [...more?.lines ?? u.items, ...r.data.items], ...(r.data.next ? { next: r.data.next } : {}) });
  };
  const units = below.state.value.value, next = (u: Unit) => more ? more.next : u.next;
  return <Show source={s} zone={zone()} height={420}>{u => <>
    <div class="row between"><div class="col tight">{!isTop && <a class="sm" href={pathOf(month)}>{w().back}</a>}<h2>{u.name}</h2><span class="sm muted">{u.agency_name !== u.name && `${u.agency_name} · `}{monthName(month)}</span></div><span class="row"><MonthSteps month={month} onMonth={onMonth} /><button class="btn ghost small" onClick={() => setPrinting(true)}>{w().print}</button></span></div>
    {(u.people > 0 || !units?.items.length) && <><State u={u} onReload={reload} /><People u={u} lines={more?.lines ?? u.items} {...(next(u) ? { next: next(u)! } : {})} onMore={() => loadMore(u)} /></>}
    {units && units.items.length > 0 && <UnitTable month={month} units={units} under={unit} />}
    {printing && <PrintDialog unit={unit} month={month} hasUnits={!!units?.items.length} parts={u.parts} onClose={() => setPrinting(false)} />}</>}</Show>;
}

function Overview({ month, onMonth }: { month: string; onMonth: (m: string) => void }) {
  const s = useMemo(() => source<Units>(null, () => api.GET('/api/v1/recap/units', { params: { query: { month } } })), [month]);
  useEffect(() => { void s.refresh(); }, [s]);
  return <Show source={s} zone={zone()} height={420}>{units => units.items.length === 1 ? <UnitRecap key={units.items[0]!.unit} unit={units.items[0]!.unit} month={month} onMonth={onMonth} isTop /> : <>
    <div class="row between"><h2>{monthName(month)}</h2><span class="row"><MonthSteps month={month} onMonth={onMonth} />{me.value && isBoard(me.value) && <a class="btn ghost small" href="#/rekap?lihat=aturan">{w().rules}</a>}</span></div>
    <UnitTable month={month} units={units} /></>}</Show>;
}

export function RecapPage() {
  const asked = new URLSearchParams(route.value.split('?')[1] ?? ''), today = dayIn(serverNow(), zone());
  const month = /^\d{4}-\d{2}-01$/.test(asked.get('bulan') ?? '') ? asked.get('bulan')! : monthAtWork(today), unit = /^\d{1,19}$/.exec(asked.get('unit') ?? '')?.[0];
  if (asked.get('lihat') === 'aturan') return <RulesPage />;
  const go = (m: string) => { location.hash = pathOf(m, unit); };
  return <main id="m" tabIndex={-1}>{unit ? <UnitRecap key={unit} unit={unit} month={month} onMonth={go} /> : <Overview month={month} onMonth={go} />}</main>;
}
