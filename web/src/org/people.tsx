/* Pegawai: the tree of units, the people of one, one-time codes printed as slips. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { api, serverNow, type Got, type Problem } from '../base/api';
import { dayIn, longDay, number } from '../base/format';
import { me } from '../base/session';
import { zone } from '../base/shell';
import { Action, Chip, Dialog, Empty, problemText, Skeleton, toast } from '../base/ui';
import { t } from '../base/words';
import { DayDialog } from '../attendance/days';
import { w } from './words';

type Unit = Got<'/api/v1/org/units'>['items'][number];
type Person = Got<'/api/v1/org/units/{unit}/employees'>['items'][number];
interface Slip { employee: string; nip: string; name: string; unit: string; code: string; expires_at: string }

const byName = (units: readonly Unit[]) => [...units].sort((a, b) => a.name.localeCompare(b.name, 'id', { numeric: true }));

function Branch({ unit, chosen, choose }: { unit: Unit; chosen?: string; choose: (u: Unit) => void }) {
  const [open, setOpen] = useState(false), [below, setBelow] = useState<readonly Unit[]>();
  useEffect(() => { if (open && !below) void api.GET('/api/v1/org/units', { params: { query: { parent: unit.id } } }).then(r => setBelow(byName(r.data?.items ?? []))).catch(() => undefined); }, [open]);
  return <li><div class="row between nowrap"><button class="rowbutton" aria-pressed={chosen === unit.id} onClick={() => choose(unit)}><span class={chosen === unit.id ? 'strong' : ''}>{unit.name}</span><span class="xs muted num">{w().employees(number(unit.employees))}</span></button>
    {unit.has_children && <button class="btn ghost small" aria-expanded={open} aria-label={unit.name} onClick={() => setOpen(!open)}>{open ? '−' : '+'}</button>}</div>
    {open && below && <ul class="list" style={{ paddingLeft: '16px' }}>{below.map(u => <Branch key={u.id} unit={u} chosen={chosen} choose={choose} />)}</ul>}</li>;
}

function Slips({ slips, onClose }: { slips: readonly Slip[]; onClose: () => void }) {
  return <Dialog title={w().slips} onClose={onClose}><p class="sm noprint">{w().slipsHint}</p>
    {me.value?.government.is_demo && <p class="band">{t().demoBand}</p>}
    <div class="slips">{slips.map(s => <div class="slip" key={s.employee}><b>{s.name}</b><span class="sm muted num">{s.nip} · {s.unit} · {me.value?.government.short_name}</span><code>{s.code}</code><span class="xs">{w().slipHow(location.origin)}</span><span class="xs muted">{w().validUntil(longDay(dayIn(new Date(s.expires_at), zone())))}</span></div>)}</div>
    <button class="btn noprint" onClick={() => print()}>{w().print}</button></Dialog>;
}

function PeopleList({ unit }: { unit: Unit }) {
  const [people, setPeople] = useState<readonly Person[]>(), [next, setNext] = useState<string>(), [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const heading = useRef<HTMLHeadingElement>(null);
  const [slips, setSlips] = useState<readonly Slip[]>(), [open, setOpen] = useState<string>();
  const load = async (cursor?: string) => {
    const r = await api.GET('/api/v1/org/units/{unit}/employees', { params: { path: { unit: unit.id }, query: { limit: 100, ...(cursor ? { cursor } : {}) } } }).catch(() => undefined);
    if (!r?.data) return toast(problemText((r?.error as Problem | undefined) ?? 'network'));
    setPeople(cursor ? [...(people ?? []), ...r.data.items] : r.data.items);
    setNext(r.data.next);
  };
  useEffect(() => { setPeople(undefined); setChosen(new Set()); void load(); }, [unit.id]);
  useEffect(() => { if (innerWidth < 900) heading.current?.scrollIntoView(); }, [people !== undefined]);
  if (!people) return <Skeleton height={320} />;
  /* nobody gives a code to himself */
  const others = people.filter(p => p.id !== me.value?.employee);
  const toggle = (id: string) => { const n = new Set(chosen); if (!n.delete(id)) n.add(id); setChosen(n); };
  const issue = async () => {
    const r = await api.POST('/api/v1/accounts/codes', { body: { employees: [...chosen].slice(0, 200) } }).catch(() => undefined);
    if (r?.data) setSlips(r.data.items as Slip[]);
    else toast(problemText((r?.error as Problem | undefined) ?? 'network'));
  };
  return <section class="card"><div class="row between"><h2 ref={heading}>{unit.name}</h2>{chosen.size > 0 && <Action onAct={issue} class="btn small">{w().issue(chosen.size)}</Action>}</div>
    {people.length === 0 ? <Empty>{w().none}</Empty> : <>
      <label class="check sm"><input type="checkbox" checked={chosen.size > 0 && chosen.size === others.length} onChange={e => setChosen(e.currentTarget.checked ? new Set(others.map(p => p.id)) : new Set())} />{w().selectAll}</label>
      <ul class="list">{people.map(p => <li key={p.id} style={{ gridTemplateColumns: 'auto minmax(0,1fr) auto' }}>
        <input type="checkbox" checked={chosen.has(p.id)} disabled={p.id === me.value?.employee} aria-label={p.full_name} onChange={() => toggle(p.id)} />
        <button class="rowbutton" onClick={() => setOpen(p.id)}><span class="col tight"><b class="ell">{p.full_name}</b><span class="sm muted ell num">{p.nip} · {p.position}</span></span></button>
        <span class="col tight right"><Chip tone={p.account === 'active' ? 'ok' : 'warn'}>{w().account[p.account]}</Chip>{!p.has_phone && <span class="xs muted">{w().noPhone}</span>}</span></li>)}</ul>
      {next && <button class="btn ghost" onClick={() => void load(next)}>{t().more}</button>}</>}
    {slips && <Slips slips={slips} onClose={() => setSlips(undefined)} />}
    {open && <DayDialog employee={open} day={dayIn(serverNow(), zone())} onClose={() => setOpen(undefined)} />}
  </section>;
}

export function PeoplePage() {
  const [agencies, setAgencies] = useState<readonly Unit[]>(), [chosen, setChosen] = useState<Unit>();
  useEffect(() => { void api.GET('/api/v1/org/units', { params: { query: {} } }).then(r => setAgencies(byName(r.data?.items ?? []))).catch(() => setAgencies([])); }, []);
  return <main id="m" tabIndex={-1}><div class="cols even"><section class="card"><h2>{w().units}</h2>{agencies ? <ul class="list">{agencies.map(u => <Branch key={u.id} unit={u} chosen={chosen?.id} choose={setChosen} />)}</ul> : <Skeleton height={420} />}</section>
    {chosen ? <PeopleList unit={chosen} key={chosen.id} /> : <section class="card"><Empty>{w().choose}</Empty></section>}</div></main>;
}
