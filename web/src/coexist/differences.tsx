/* Where Luwes and another system do not agree: the last days of a unit, and the people of one of them. */
import { useEffect, useState } from 'preact/hooks';
import { api, serverNow, type Got, type Problem } from '../base/api';
import { addDays, clock, dayIn, number, shortDay, type Zone } from '../base/format';
import { zone } from '../base/shell';
import { Chip, DateInput, Empty, Field, ModeText, Note, problemText, Skeleton } from '../base/ui';
import { DayDialog } from '../attendance/days';
import { NodePicker } from './node';
import { w } from './words';

type Differences = Got<'/api/v1/attendance/differences'>;
type Item = Differences['items'][number];
type Days = Got<'/api/v1/attendance/differences/days'>;

export const times = (a: string | undefined, b: string | undefined, z: Zone) => `${a ? clock(a, z) : '–'} / ${b ? clock(b, z) : '–'}`;
/** What differs, in words; of SIMPEGNAS with its name. */
export const kinds = (i: Pick<Item, 'external' | 'simpegnas'>) => [...i.external.map(k => w().kind[k] ?? k), ...i.simpegnas.map(k => w().simpegnasKind(w().kind[k] ?? k))];

function ItemRow({ i, z, onOpen }: { i: Item; z: Zone; onOpen: () => void }) {
  return <tr><th scope="row"><button type="button" class="link" aria-label={`${w().dayTitle}: ${i.full_name}`} onClick={onOpen}>{i.full_name}</button><br /><span class="xs muted">{i.unit_name}</span></th>
    <td><ModeText mode={i.mode}>{times(i.in_at, i.out_at, z)}</ModeText></td>
    <td class="num sm">{(i.external.length > 0 || i.external_in_at || i.external_out_at) && <div>{times(i.external_in_at, i.external_out_at, z)}</div>}{i.simpegnas_code && <div>{i.simpegnas_code}{(i.simpegnas_in_at || i.simpegnas_out_at) && ` ${times(i.simpegnas_in_at, i.simpegnas_out_at, z)}`}</div>}</td>
    <td class="reason"><span class="row tight">{kinds(i).map(k => <Chip key={k} tone="warn">{k}</Chip>)}</span></td></tr>;
}

function DayTable({ unit, day, onDay }: { unit: string; day: string; onDay: (day: string) => void }) {
  const [days, setDays] = useState<Days>(), [problem, setProblem] = useState<Problem | 'network'>();
  useEffect(() => {
    let stale = false;
    setDays(undefined);
    void api.GET('/api/v1/attendance/differences/days', { params: { query: { unit } } }).then(r => { if (!stale) { if (r.data) setDays(r.data); else setProblem(r.error as Problem); } }, () => { if (!stale) setProblem('network'); });
    return () => { stale = true; };
  }, [unit]);
  if (problem) return <Note tone="bad" icon="warn">{problemText(problem)}</Note>;
  if (!days) return <Skeleton height={200} />;
  return <div class="scroll" tabIndex={0} role="region" aria-label={w().lastDays}><table class="table"><thead><tr><th scope="col">{w().day}</th><th scope="col" class="r">{w().compared}</th><th scope="col" class="r">{w().differing}</th><th scope="col" class="r">{w().files}</th></tr></thead>
    <tbody>{days.items.map(d => <tr key={d.day}><th scope="row"><button type="button" class="link" aria-pressed={d.day === day} onClick={() => onDay(d.day)}>{shortDay(d.day)}</button></th><td class="r num">{number(d.compared)}/{number(d.people)}</td><td class="r num"><b>{number(d.differing)}</b></td><td class="r num">{w().unitsCame(number(d.arrived_units))}</td></tr>)}</tbody></table></div>;
}

function List({ unit, day }: { unit: string; day: string }) {
  const [list, setList] = useState<Differences>(), [problem, setProblem] = useState<Problem | 'network'>(), [open, setOpen] = useState<string>();
  const load = async (before?: Differences) => {
    const r = await api.GET('/api/v1/attendance/differences', { params: { query: { unit, day, ...(before?.next ? { cursor: before.next } : {}) } } }).catch(() => undefined);
    if (!r?.data) return setProblem((r?.error as Problem | undefined) ?? 'network');
    setProblem(undefined);
    setList(before ? { ...r.data, items: [...before.items, ...r.data.items] } : r.data);
  };
  useEffect(() => { setList(undefined); void load(); }, [unit, day]);
  if (problem) return <Note tone="bad" icon="warn">{problemText(problem)}</Note>;
  if (!list) return <Skeleton height={300} />;
  return <>{list.arrived_units === 0 && <Note icon="info">{w().noFiles}</Note>}
    {list.items.length === 0 ? <Empty>{w().noDifferences}</Empty> : <div class="scroll sideways" tabIndex={0} role="region" aria-label={w().parts.differences}><table class="table"><thead><tr><th scope="col">{w().name}</th><th scope="col">{w().here}</th><th scope="col">{w().there}</th><th scope="col">{w().what}</th></tr></thead>
      <tbody>{list.items.map(i => <ItemRow key={i.employee} i={i} z={zone()} onOpen={() => setOpen(i.employee)} />)}</tbody></table></div>}
    {list.next && <button class="btn ghost small" onClick={() => void load(list)}>{w().more}</button>}
    {open && <DayDialog employee={open} day={day} onClose={() => setOpen(undefined)} />}</>;
}

/* Where two systems can differ: an agency that runs them in parallel. */
const parallel = async () => (await api.GET('/api/v1/attendance/sources', { params: { query: {} } }).catch(() => undefined))?.data?.items.find(a => a.source === 'both')?.agency;

export function DifferencesPart() {
  const [unit, setUnit] = useState<string>(), [day, setDay] = useState(addDays(dayIn(serverNow(), zone()), -1)), last = addDays(dayIn(serverNow(), zone()), -1);
  return <div class="cols flip"><section class="card"><h2>{w().parts.differences} · {shortDay(day)}</h2><p class="sm muted">{w().differencesHint}</p>
    {unit ? <List unit={unit} day={day} /> : <Skeleton height={300} />}</section>
    <section class="card noprint"><NodePicker start={parallel} onPick={setUnit} /><Field label={w().day}>{p => <DateInput {...p} value={day} max={last} onValue={d => { if (d && d <= last) setDay(d); }} />}</Field>
      <h3>{w().lastDays}</h3>{unit && <DayTable unit={unit} day={day} onDay={setDay} />}</section></div>;
}
