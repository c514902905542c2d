/* Sif: the grid of a unit's people and days, filled by keyboard, by paste or from the month before; and its kinds. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { api, type Got, type Problem } from '../base/api';
import { addDays, dayOfMonth, longDay, minute, monthName, past, shortDay, weekday } from '../base/format';
import { source } from '../base/load';
import { fillsTurns, isBoard, ownUnits, setsHours } from '../base/access';
import { me } from '../base/session';
import { Action, Chip, Empty, Field, Note, problemText, Show, Skeleton, TimeInput, toast } from '../base/ui';
import { t } from '../base/words';
import { UnitPicker, type Unit } from '../org/picker';
import { Day, EndDialog, failureOf, FormDialog, Pair, reasonText, Scope, Text, today, unitOf, useForm, type Failure } from './form';
import { cellOf, changes, clean, copyFrom, countChanges, gridOf, paste, unknownIn, type Grid } from './grid';
import { Verified } from './patterns';
import { w } from './words';

type Turns = Got<'/api/v1/calendar/turns'>;
type Kinds = Got<'/api/v1/calendar/turn-kinds'>;
type Kind = Kinds['items'][number];
const kinds = source<Kinds>('calendar/turn-kinds', () => api.GET('/api/v1/calendar/turn-kinds'));
const first = (day: string) => day.slice(0, 8) + '01';
const before = (month: string) => first(addDays(month, -1)), after = (month: string) => first(addDays(month, 32));

const PAGES = 2;
/** The month of a unit, page by page; of a large one its first people, and `next` says that there are more. */
async function loadMonth(unit: string, month: string): Promise<Turns | Failure> {
  let all: Turns | undefined, pages = 0;
  for (let cursor: string | undefined; !all || (cursor && pages < PAGES); pages++) {
    const r = await api.GET('/api/v1/calendar/turns', { params: { query: { unit, month, ...(cursor ? { cursor } : {}) } } }).catch(() => undefined);
    if (!r?.data) return (r?.error as Problem | undefined) ?? 'network';
    all = { ...r.data, loaded_at: all?.loaded_at ?? r.data.loaded_at, lines: [...(all?.lines ?? []), ...r.data.lines] };
    cursor = r.data.next;
  }
  return all;
}
const isTurns = (x: Turns | Failure): x is Turns => typeof x === 'object' && 'lines' in x;

const hoursOf = (k: Pick<Kind, 'starts' | 'ends'>) => k.starts && `${minute(k.starts)}–${minute(k.ends!)}`;

interface GridProps { turns: Turns; grid: Grid; bad?: { employee: string; day: number; text: string }; mayEdit: boolean; onChange: (g: Grid) => void }
function TurnsTable({ turns, grid, bad, mayEdit, onChange }: GridProps) {
  const days = Array.from({ length: turns.lines[0]?.turns.length ?? 0 }, (_, i) => addDays(turns.from, i)), order = turns.lines.map(l => l.employee), table = useRef<HTMLTableElement>(null), now = today();
  const cell = (r: number, d: number) => table.current?.querySelector<HTMLInputElement>(`[data-cell="${r}/${d}"]`);
  useEffect(() => { if (bad) cell(order.indexOf(bad.employee), bad.day)?.focus(); }, [bad]);
  /* the month opens where it is being lived */
  useEffect(() => {
    const head = table.current?.querySelector<HTMLElement>('[aria-current=date]'), box = table.current?.parentElement;
    if (!head || !box) return;
    /* whole columns: the names stay and would cover half of one */
    const names = (head.parentElement!.firstElementChild as HTMLElement).offsetWidth, middle = head.offsetLeft - box.clientWidth / 2;
    box.scrollLeft = [...head.parentElement!.children].map(h => (h as HTMLElement).offsetLeft - names).filter(x => x <= middle).pop() ?? 0;
  }, [turns.from]);
  const put = (id: string, d: number, text: string) => onChange({ ...grid, [id]: grid[id]!.map((c, i) => i === d ? text : c) });
  const move = (e: KeyboardEvent, r: number, d: number) => {
    const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], Enter: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[e.key], input = e.currentTarget as HTMLInputElement;
    if (!step || (e.key === 'ArrowLeft' && input.selectionStart !== 0) || (e.key === 'ArrowRight' && input.selectionEnd !== input.value.length)) return;
    const to = cell(r + step[0]!, d + step[1]!);
    if (!to) return;
    e.preventDefault();
    to.focus();
    to.select();
  };
  const isWrong = (id: string, d: number, text: string) => (bad?.employee === id && bad.day === d) || !!unknownIn(text, turns.kinds);
  return <div class="scroll sideways" tabIndex={0} role="region" aria-label={w().turns.grid}><table ref={table} class="table xs rosterlines turns"><thead><tr><th scope="col">{w().turns.employee}</th>{days.map(d => <th key={d} scope="col" aria-current={d === now ? 'date' : undefined}><span class="sr">{shortDay(d)}</span><span aria-hidden="true">{weekday(d)}<br />{dayOfMonth(d)}</span></th>)}</tr></thead>
    <tbody>{turns.lines.map((l, r) => <tr key={l.employee}><th scope="row">{l.name}</th>{days.map((d, i) => {
      const text = grid[l.employee]?.[i] ?? '';
      return <td key={d}>{mayEdit ? <input data-cell={`${r}/${i}`} class="turn" aria-label={w().turns.cell(l.name, longDay(d))} aria-invalid={isWrong(l.employee, i, text) ? 'true' : undefined} maxLength={13} value={text} autoComplete="off" spellcheck={false}
        onFocus={e => e.currentTarget.select()} onKeyDown={e => move(e, r, i)} onChange={e => put(l.employee, i, clean(e.currentTarget.value, turns.kinds))}
        onPaste={e => { const got = e.clipboardData?.getData('text') ?? ''; if (!/[\t\n]/.test(got)) return; e.preventDefault(); onChange(paste(grid, order, { row: r, day: i }, got, turns.kinds)); }} /> : <span>{text}</span>}</td>;
    })}</tr>)}</tbody></table></div>;
}

function GridCard({ unit, mayEdit }: { unit: { id: string; name: string }; mayEdit: boolean }) {
  const [month, setMonth] = useState(first(today())), [turns, setTurns] = useState<Turns>(), [grid, setGrid] = useState<Grid>({}), [problem, setProblem] = useState<Failure>(), [bad, setBad] = useState<GridProps['bad']>();
  const load = async () => {
    setTurns(undefined);
    setProblem(undefined);
    setBad(undefined);
    const got = await loadMonth(unit.id, month);
    if (!isTurns(got)) return setProblem(got);
    setTurns(got);
    setGrid(gridOf(got.lines));
  };
  useEffect(() => { void load(); }, [unit.id, month]);
  const stored = turns ? gridOf(turns.lines) : {}, changed = countChanges(stored, grid);
  const wrong = turns && Object.values(grid).flat().map(c => unknownIn(c, turns.kinds)).find(Boolean);
  const copy = async () => {
    const got = await loadMonth(unit.id, before(month));
    if (!isTurns(got)) return toast(problemText(got));
    const { grid: next, copied } = copyFrom(grid, gridOf(got.lines), turns!.kinds);
    setGrid(next);
    toast(copied ? w().turns.copied(copied) : w().turns.nothingToCopy);
  };
  const save = async () => {
    const lines = changes(stored, grid);
    setBad(undefined);
    setProblem(undefined);
    const failed = failureOf(await api.PUT('/api/v1/calendar/turns', { body: { unit: unit.id, month, loaded_at: turns!.loaded_at, lines: lines.map(l => ({ employee: l.employee, turns: [...l.turns] })) } }).catch(() => undefined));
    if (!failed) {
      toast(w().turns.saved);
      return load();
    }
    const at = failed === 'network' ? undefined : cellOf(failed.pointer, lines);
    if (at) setBad({ ...at, text: reasonText((failed as Problem).reason) });
    setProblem(failed);
  };
  const nameOf = (id: string) => turns?.lines.find(l => l.employee === id)?.name ?? '';
  return <section class="card"><div class="row between"><h2>{monthName(month)}</h2><span class="row noprint"><button class="link sm" disabled={changed > 0} onClick={() => setMonth(before(month))}>{w().turns.previous}</button><button class="link sm" disabled={changed > 0} onClick={() => setMonth(after(month))}>{w().turns.next}</button></span></div>
    {mayEdit && <p class="sm muted">{w().turns.hint}</p>}
    {turns?.next && <Note icon="info">{w().turns.large(turns.lines.length)}</Note>}
    {turns && (turns.kinds.length === 0 ? <Note icon="info">{w().turns.noKinds}</Note> : <p class="row sm">{turns.kinds.map(k => <span key={k.id} class="num"><b>{k.code}</b> {k.name} {hoursOf(k)}</span>)}</p>)}
    {!turns ? !problem && <Skeleton height={320} /> : turns.lines.length === 0 ? <Empty>{w().turns.nobody}</Empty> : <TurnsTable turns={turns} grid={grid} mayEdit={mayEdit} onChange={g => { setBad(undefined); setGrid(g); }} {...(bad ? { bad } : {})} />}
    {/* beside what saves: the grid above it may be long */}
    {bad ? <Note tone="bad" icon="warn"><b>{w().turns.cell(nameOf(bad.employee), longDay(addDays(turns!.from, bad.day)))}:</b> {bad.text}</Note> : problem && <Note tone="bad" icon="warn">{problemText(problem)} {problem !== 'network' && reasonText(problem.reason)} {!turns && <button class="link" onClick={() => void load()}>{t().retry}</button>}</Note>}
    {wrong && <Note tone="warn" icon="warn">{w().turns.unknown(wrong)}</Note>}
    {mayEdit && turns && turns.lines.length > 0 && <div class="row"><Action onAct={save} disabled={changed === 0 || !!wrong}>{w().turns.save}</Action><Action class="btn ghost" onAct={copy}>{w().turns.copy}</Action>{changed > 0 && <><Chip tone="warn">{w().turns.changed(changed)}</Chip><button class="link sm" onClick={() => { setGrid(stored); setBad(undefined); setProblem(undefined); }}>{w().turns.dismiss}</button></>}</div>}</section>;
}

/* ---- kinds ---- */


function KindDialog({ onClose }: { onClose: () => void }) {
  const board = !!me.value && isBoard(me.value);
  const f = useForm(['unit', 'code', 'name', 'legal_basis', 'starts', 'ends', 'valid_from']), [v, set] = useState<Record<string, string>>({ code: '', name: '', legal_basis: '', starts: '07:00', ends: '14:00', valid_from: today() }), [unit, setUnit] = useState<Unit | 'all' | undefined>(board ? 'all' : undefined), [free, setFree] = useState(false), put = (x: Record<string, string>) => set({ ...v, ...x }), p = { f, v, put };
  const save = async () => {
    if (!f.complete({ code: !v.code, name: !v.name, legal_basis: !v.legal_basis, valid_from: !v.valid_from, unit: !unit, starts: !free && !v.starts, ends: !free && !v.ends })) return;
    const bad = failureOf(await api.POST('/api/v1/calendar/turn-kinds', { body: { code: v.code!.trim(), name: v.name!, legal_basis: v.legal_basis!, valid_from: v.valid_from!, ...(free ? {} : { starts: v.starts!, ends: past(v.starts!, v.ends!) }), ...unitOf(unit) } }).catch(() => undefined));
    if (bad) return f.fail(bad);
    toast(w().saved);
    onClose();
    void kinds.refresh();
  };
  const time = (name: string, label: string) => <Field label={label} error={f.at(name)}>{x => <TimeInput {...x} value={v[name]!} onValue={y => put({ [name]: y })} />}</Field>;
  return <FormDialog title={w().turns.make} hint={w().turns.kindHint} f={f} onClose={onClose} onSave={save}><Pair><Text {...p} name="code" label={w().turns.code} max={6} /><Text {...p} name="name" label={w().turns.name} max={60} /></Pair>
    <label class="check"><input type="checkbox" checked={free} onChange={e => setFree(e.currentTarget.checked)} />{w().turns.free}</label>{!free && <Pair>{time('starts', w().turns.starts)}{time('ends', w().turns.ends)}</Pair>}
    <Text {...p} name="legal_basis" label={w().basis} max={400} /><Day {...p} name="valid_from" label={w().from} /><Scope unit={unit} f={f} onPick={setUnit} /></FormDialog>;
}

function KindsCard({ mayWrite }: { mayWrite: boolean }) {
  const [making, setMaking] = useState(false), [ending, setEnding] = useState<Kind>(), board = !!me.value && isBoard(me.value);
  return <section class="card"><div class="row between"><h2>{w().turns.kinds}</h2>{mayWrite && <button class="btn ghost small" onClick={() => setMaking(true)}>{w().turns.make}</button>}</div>
    <Show source={kinds} height={120}>{r => r.items.length === 0 ? <Empty>{w().none}</Empty> : <ul class="list lined">{r.items.map(k => <li key={k.id}><div class="row between start"><span class="grow"><b>{k.code}</b> {k.name} <span class="num">{hoursOf(k)}</span></span><Verified by={k.verified_by} /></div>
      <div class="row between start"><span class="sm muted grow">{k.unit_name ?? w().everyone} · {k.legal_basis}</span>{mayWrite && (board || k.unit) && !k.valid_to && <button class="link sm" onClick={() => setEnding(k)}>{w().end}</button>}</div></li>)}</ul>}</Show>
    {making && <KindDialog onClose={() => setMaking(false)} />}
    {ending && <EndDialog what={w().turns.what} name={`${ending.code} ${ending.name}`} onClose={() => setEnding(undefined)} onDone={() => void kinds.refresh()} onEnd={last_day => api.POST('/api/v1/calendar/turn-kinds/{turn_kind}/end', { params: { path: { turn_kind: ending.id } }, body: { last_day } })} />}</section>;
}

export function TurnsPage() {
  const own = me.value ? ownUnits(me.value) : [], [unit, setUnit] = useState<{ id: string; name: string } | undefined>(own[0]);
  useEffect(() => { void kinds.refresh(); }, []);
  const mayEdit = !!me.value && fillsTurns(me.value), mayWrite = !!me.value && setsHours(me.value);
  return <main id="m" tabIndex={-1}><section class="card"><h2>{w().turns.title}</h2>
    {own.length > 1 && <Field label={w().unit}>{p => <select {...p} value={unit?.id} onChange={e => setUnit(own.find(u => u.id === e.currentTarget.value))}>{own.map(u => <option key={u.id} value={u.id}>{u.name}</option>)}</select>}</Field>}
    {own.length === 1 && <p><b>{own[0]!.name}</b></p>}
    {(own.length === 0 || setsHours(me.value!)) && <details open={own.length === 0}><summary class="strong sm">{w().turns.choose}</summary><div class="col"><UnitPicker own start={me.value?.unit?.agency} itself={w().all} onPick={u => { if (u) setUnit(u); }} /></div></details>}</section>
    {unit && <GridCard unit={unit} mayEdit={mayEdit} key={unit.id} />}
    <KindsCard mayWrite={mayWrite} /></main>;
}
