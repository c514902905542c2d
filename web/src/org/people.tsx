/* Pegawai: search, the tree of units, the people of one, one-time codes printed as slips; a person, and who stands in. */
import { signal } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import { api, type Got, type Problem } from '../base/api';
import { decidesCases, isBoard, seesPhones } from '../base/access';
import { Downloads } from '../base/downloads';
import { dayIn, longDay, nipText, number } from '../base/format';
import { me } from '../base/session';
import { route, zone } from '../base/shell';
import { Action, Chip, Dialog, Empty, governmentName, Note, problemText, Skeleton, toast } from '../base/ui';
import { t } from '../base/words';
import { PhonesPage, useWaitingPhones } from '../devices/office';
import { w as phones } from '../devices/words';
import { PersonPage } from './person';
import { PersonPicker, rootsOfSight, unitsBelow, whyNot, type Unit } from './picker';
import { StandInsPage } from './standins';
import { CasesPage } from './cases';
import { w as transfer } from './transfer_words';
import { w } from './words';

type Person = Got<'/api/v1/org/units/{unit}/employees'>['items'][number];
interface Slip { employee: string; nip: string; name: string; unit: string; code: string; expires_at: string }

/* stays while one looks at a person and comes back */
const shownUnit = signal<{ owner?: string; unit?: Unit }>({});
const openPerson = (id: string) => { location.hash = `#/pegawai?orang=${id}`; };

function Branch({ unit, chosen, choose, unfold = false }: { unit: Unit; chosen?: string; choose: (u: Unit) => void; unfold?: boolean }) {
  const [open, setOpen] = useState(unfold && unit.has_children), [below, setBelow] = useState<readonly Unit[]>();
  useEffect(() => { if (open && !below) void unitsBelow(unit.id).then(setBelow, e => { setOpen(false); toast(problemText(whyNot(e))); }); }, [open]);
  return <li><div class="row between nowrap"><button class="rowbutton" aria-pressed={chosen === unit.id} onClick={() => choose(unit)}><span class={chosen === unit.id ? 'strong' : ''}>{unit.name}</span>{unit.employees !== undefined && <span class="xs muted num">{w().employees(number(unit.employees))}</span>}</button>
    {unit.has_children && <button class="btn ghost small" aria-expanded={open} aria-label={unit.name} onClick={() => setOpen(!open)}>{open ? '−' : '+'}</button>}</div>
    {open && below && <ul class="list" style={{ paddingLeft: '16px' }}>{below.map(u => <Branch key={u.id} unit={u} chosen={chosen} choose={choose} />)}</ul>}</li>;
}

function Slips({ slips, closed, onClose }: { slips: readonly Slip[]; closed: readonly string[]; onClose: () => void }) {
  return <Dialog title={w().slips} onClose={onClose} foot={<button class="btn" onClick={() => print()}>{w().print}</button>}><p class="sm noprint">{w().slipsHint}</p>
    {closed.length > 0 && <div class="noprint"><Note tone="warn" icon="warn">{w().closed(closed.join('; '))}</Note></div>}
    {me.value?.government.is_demo && <p class="band">{t().demoBand}</p>}
    <div class="slips">{slips.map(s => <div class="slip" key={s.employee}><b>{s.name}</b><span class="sm muted num">{s.nip} · {s.unit} · {me.value && governmentName(me.value.government)}</span><code>{s.code}</code><span class="xs">{w().slipHow(location.origin)}</span><span class="xs muted">{w().validUntil(longDay(dayIn(new Date(s.expires_at), zone())))}</span></div>)}</div></Dialog>;
}

function PeopleList({ unit, alone }: { unit: Unit; alone: boolean }) {
  const [people, setPeople] = useState<readonly Person[]>(), [problem, setProblem] = useState<Problem | 'network'>(), [next, setNext] = useState<string>(), [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const heading = useRef<HTMLHeadingElement>(null);
  const [mayIssue, setMayIssue] = useState(false), [slips, setSlips] = useState<{ made: readonly Slip[]; closed: readonly string[] }>();
  const load = async (cursor?: string) => {
    const r = await api.GET('/api/v1/org/units/{unit}/employees', { params: { path: { unit: unit.id }, query: { limit: 100, ...(cursor ? { cursor } : {}) } } }).catch(() => undefined);
    if (!r?.data) return setProblem((r?.error as Problem | undefined) ?? 'network');
    setProblem(undefined);
    setPeople(cursor ? [...(people ?? []), ...r.data.items] : r.data.items);
    setNext(r.data.next);
    setMayIssue(r.data.may_issue);
  };
  useEffect(() => { setPeople(undefined); setChosen(new Set()); void load(); }, [unit.id]);
  /* on a phone the people come below the tree: what was asked for comes into sight, and into the ear */
  useEffect(() => { if (alone) return; heading.current?.focus({ preventScroll: true }); if (innerWidth < 900) heading.current?.scrollIntoView(); }, [people !== undefined]);
  const trouble = problem && <Note tone="bad" icon="warn">{problemText(problem)} <button class="link" onClick={() => void load(next)}>{t().retry}</button></Note>;
  if (!people) return trouble || <Skeleton height={320} />;
  /* nobody gives a code to himself */
  const others = people.filter(p => p.id !== me.value?.employee);
  const toggle = (id: string) => { const n = new Set(chosen); if (!n.delete(id)) n.add(id); setChosen(n); };
  const issue = async () => {
    const r = await api.POST('/api/v1/accounts/codes', { body: { employees: [...chosen].slice(0, 200) } }).catch(() => undefined);
    if (r?.data) setSlips({ made: r.data.items, closed: r.data.skipped.flatMap(s => s.reason === 'disabled' ? people.filter(p => p.id === s.employee).map(p => p.full_name) : []) });
    else toast(problemText((r?.error as Problem | undefined) ?? 'network'));
  };
  return <section class="card"><div class="row between"><h2 ref={heading} tabIndex={-1}>{unit.name}</h2>{chosen.size > 0 && <Action onAct={issue} class="btn small">{w().issue(chosen.size)}</Action>}</div>
    {people.length === 0 ? <Empty>{w().none}</Empty> : <>
      <Downloads path={`/api/v1/org/units/${unit.id}/employees`} />
      {mayIssue && <label class="check sm"><input type="checkbox" checked={chosen.size > 0 && chosen.size === others.length} onChange={e => setChosen(e.currentTarget.checked ? new Set(others.map(p => p.id)) : new Set())} />{w().selectAll}</label>}
      <ul class="list">{people.map(p => <li key={p.id} style={{ gridTemplateColumns: `${mayIssue ? '28px ' : ''}minmax(0,1fr) auto` }}>
        {!mayIssue ? null : p.id === me.value?.employee ? <span aria-hidden="true" /> : <label class="tick"><input type="checkbox" checked={chosen.has(p.id)} aria-label={p.full_name} onChange={() => toggle(p.id)} /></label>}
        <button class="rowbutton" onClick={() => openPerson(p.id)}><span class="col tight"><b>{p.full_name}</b><span class="sm muted num">{nipText(p.nip)} · {p.position}</span></span></button>
        <span class="col tight right"><Chip tone={p.account === 'active' ? 'ok' : 'warn'}>{w().account[p.account]}</Chip>{!p.has_phone && <span class="xs muted">{w().noPhone}</span>}</span></li>)}</ul>
      {trouble || (next && <button class="btn ghost" onClick={() => void load(next)}>{t().more}</button>)}</>}
    {slips && <Slips slips={slips.made} closed={slips.closed} onClose={() => setSlips(undefined)} />}
  </section>;
}

function People() {
  const [agencies, setAgencies] = useState<readonly Unit[]>(), [problem, setProblem] = useState<Problem | 'network'>(), mine = me.value?.employee, unit = shownUnit.value.owner === mine ? shownUnit.value.unit : undefined;
  const choose = (picked: Unit) => { shownUnit.value = { unit: picked, ...(mine ? { owner: mine } : {}) }; };
  /* who sees one unit has nothing to choose */
  const only = (all?: readonly Unit[]) => all?.length === 1 && !all[0]!.has_children ? all[0] : undefined;
  const load = () => { setProblem(undefined); void rootsOfSight().then(all => { setAgencies(all); const one = only(all); if (one) choose(one); }, e => setProblem(whyNot(e))); };
  const waiting = useWaitingPhones();
  useEffect(load, []);
  return <main id="m" tabIndex={-1}><section class="card"><PersonPicker onPick={p => openPerson(p.id)} />
    {me.value && seesPhones(me.value) && <p><a href="#/pegawai?lihat=ponsel">{waiting ? phones().office.seeWaiting(number(waiting)) : phones().office.see}</a></p>}
    {me.value && isBoard(me.value) && <p><a href="#/pegawai?lihat=penugasan">{w().seeStandIns}</a></p>}
    {me.value && decidesCases(me.value) && <p><a href="#/pegawai?lihat=kasus">{transfer().list.see}</a></p>}</section>
    <div class="cols even"><section class="card"><h2>{w().units}</h2>{agencies ? <div class="scroll down" tabIndex={0} role="region" aria-label={w().units}><ul class="list">{agencies.map(u => <Branch key={u.id} unit={u} unfold={agencies.length === 1} chosen={unit?.id} choose={choose} />)}</ul></div> : problem ? <Note tone="bad" icon="warn">{problemText(problem)} <button class="link" onClick={load}>{t().retry}</button></Note> : <Skeleton height={420} />}</section>
      {unit ? <PeopleList unit={unit} alone={!!only(agencies)} key={unit.id} /> : <section class="card"><Empty>{w().choose}</Empty></section>}</div></main>;
}

export function PeoplePage() {
  const asked = new URLSearchParams(route.value.split('?')[1]), person = asked.get('orang');
  if (person && /^\d{1,19}$/.test(person)) return <PersonPage id={person} key={person} />;
  if (asked.get('lihat') === 'ponsel' && me.value && seesPhones(me.value)) return <PhonesPage />;
  if (asked.get('lihat') === 'kasus' && me.value && decidesCases(me.value)) return <CasesPage />;
  return asked.get('lihat') === 'penugasan' ? <StandInsPage /> : <People />;
}
