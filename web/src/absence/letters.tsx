/* Letters that cover many: recorded once, all or nothing, withdrawn as a whole or for one person. */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { entersLetters } from '../base/access';
import { api, serverNow, type Got } from '../base/api';
import { Downloads } from '../base/downloads';
import { dayIn, number, shortFullDay, stamp } from '../base/format';
import { source } from '../base/load';
import { me } from '../base/session';
import { zone } from '../base/shell';
import { Action, Chip, DateInput, Dialog, Empty, Field, Note, problemText, Show, TimeInput, toast } from '../base/ui';
import { t } from '../base/words';
import { PersonPicker, UnitPicker, type Unit } from '../org/picker';
import { DocumentField, failure, hoursText, More, says, usePages, whenText, type Failure } from './parts';
import { w } from './words';

type Letters = Got<'/api/v1/org/letters'>;
type Letter = Letters['items'][number];
type Detail = Got<'/api/v1/org/letters/{letter}'>;
type Outcome = { conflicts: readonly { employee: string; full_name: string; kind: string; from: string; to: string }[] };
const kinds = ['outside_duty', 'training', 'study', 'joint_leave'] as const;
const MOST = 500;

interface Member { id: string; full_name: string; position: string }
const today = () => dayIn(serverNow(), zone());

function Members({ members, set, unit, error }: { members: readonly Member[]; set: (m: readonly Member[]) => void; unit?: Unit; error?: string }) {
  const [problem, setProblem] = useState<Failure>(), mine = me.value?.employee;
  const add = (more: readonly Member[]) => set([...members, ...more.filter(m => m.id !== mine && !members.some(x => x.id === m.id))].slice(0, MOST));
  const addUnit = async () => {
    const all: Member[] = [];
    let cursor: string | undefined;
    do {
      const r = await api.GET('/api/v1/org/units/{unit}/employees', { params: { path: { unit: unit!.id }, query: { limit: 200, ...(cursor ? { cursor } : {}) } } }).catch(() => undefined);
      if (!r?.data) return setProblem(failure(r) ?? 'network');
      all.push(...r.data.items);
      cursor = r.data.next;
    } while (cursor && all.length < MOST);
    setProblem(undefined);
    add(all);
  };
  return <fieldset class="col"><legend class="strong sm">{w().letters.people} · <span class="num">{w().letters.count(number(members.length))}</span></legend>
    {error && <p class="err" role="alert">{error}</p>}{problem && <p class="sm" role="alert">{problemText(problem)}</p>}
    <PersonPicker label={w().letters.add} onPick={p => add([p])} />
    {unit && <Action class="btn ghost small" onAct={addUnit}>{w().letters.addUnit}</Action>}
    {members.length > 0 && <ul class="list">{members.map(m => <li key={m.id} class="row between nowrap"><span class="col tight"><b>{m.full_name}</b><span class="sm muted">{m.position}</span></span><button type="button" class="link sm" aria-label={w().letters.takeOff(m.full_name)} onClick={() => set(members.filter(x => x.id !== m.id))}>{w().letters.remove}</button></li>)}</ul>}</fieldset>;
}

const Conflicts = ({ found }: { found: Outcome['conflicts'] }) => <Note tone="bad" icon="warn"><b>{w().letters.conflicts}</b><ul class="points sm">{found.map(c => <li key={c.employee}>{c.full_name}: {t().kind[c.kind]}, <span class="num">{whenText(c)}</span></li>)}</ul><p class="sm">{w().letters.conflictsHint}</p></Note>;

function LetterDialog({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const own = me.value?.unit, [v, set] = useState({ kind: 'outside_duty' as (typeof kinds)[number], number: '', issued: today(), signer: '', subject: '', places: '', from: today(), to: today(), part: false, from_minute: '08:00', to_minute: '12:00' });
  const [unit, setUnit] = useState<Unit>(), [members, setMembers] = useState<readonly Member[]>([]), [file, setFile] = useState<{ sha256: string; name: string }>();
  const [gaps, setGaps] = useState<Record<string, string | undefined>>({}), [problem, setProblem] = useState<Failure>(), [found, setFound] = useState<Outcome['conflicts']>([]), body = useRef<HTMLDivElement>(null);
  const put = (p: Partial<typeof v>) => set({ ...v, ...p }), part = v.part && v.kind === 'outside_duty', x = w().letters;
  const who = problem && problem !== 'network' ? /^\/members\/(\d+)$/.exec(problem.pointer ?? '')?.[1] : undefined;
  const said = problem && problem !== 'network' && who !== undefined ? `${members[Number(who)]?.full_name ?? ''}: ${x.member[problem.code] ?? problemText(problem)}` : problem && says(problem, x.faults);
  const top = () => requestAnimationFrame(() => { body.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus(); body.current?.closest('.dbody')?.scrollTo({ top: 0 }); });
  const save = async () => {
    const missing = { number: v.number.trim() ? undefined : x.noNumber, issued: v.issued && v.issued <= today() ? undefined : x.future, signer: v.signer.trim().length < 3 ? x.signerShort : undefined, subject: v.subject.trim().length < 3 ? x.subjectShort : undefined, to: v.from && v.to >= v.from ? undefined : x.faults['bad_field/to'], unit: unit ? undefined : w().kinds.blank, members: members.length ? undefined : x.empty, minutes: part && !(v.to_minute > v.from_minute) ? x.faults['bad_field/to_minute'] : undefined };
    setGaps(missing);
    setProblem(undefined);
    setFound([]);
    if (Object.values(missing).some(Boolean)) return top();
    const letter = { unit: unit!.id, kind: v.kind, number: v.number.trim(), issued: v.issued, signer: v.signer.trim(), subject: v.subject.trim(), places: v.places.split('\n').map(p => p.trim()).filter(Boolean).slice(0, 10), from: v.from, to: v.to, ...(part ? { from_minute: v.from_minute, to_minute: v.to_minute } : {}), ...(file ? { file_sha256: file.sha256, file_name: file.name } : {}), members: members.map(m => m.id) };
    /* first who cannot go, all of them at once */
    const checked = await api.POST('/api/v1/org/letters', { body: { ...letter, dry_run: true } }).catch(() => undefined);
    if (!checked?.data) { setProblem(failure(checked) ?? 'network'); return top(); }
    if (checked.data.conflicts.length) { setFound(checked.data.conflicts); return top(); }
    const bad = failure(await api.POST('/api/v1/org/letters', { body: { ...letter, dry_run: false } }).catch(() => undefined));
    if (bad) { setProblem(bad); return top(); }
    toast(x.saved);
    onDone();
  };
  return <Dialog title={x.make} onClose={onClose} foot={<><Action onAct={save}>{x.save}</Action><button class="btn ghost" onClick={onClose}>{t().cancel}</button></>}><div class="col" ref={body}>
    {said && <Note tone="bad" icon="warn">{said}</Note>}{found.length > 0 && <Conflicts found={found} />}
    <p class="sm muted">{x.hint}</p>
    <Field label={w().kind}>{p => <select {...p} value={v.kind} onChange={e => put({ kind: e.currentTarget.value as 'training' })}>{kinds.map(k => <option key={k} value={k}>{t().kind[k]}</option>)}</select>}</Field>
    <div class="two"><Field label={x.number} error={gaps.number}>{p => <input {...p} maxLength={100} value={v.number} onInput={e => put({ number: e.currentTarget.value })} />}</Field>
      <Field label={x.issued} error={gaps.issued}>{p => <DateInput {...p} value={v.issued} max={today()} onValue={issued => put({ issued })} />}</Field></div>
    <Field label={x.signer} error={gaps.signer}>{p => <input {...p} maxLength={120} value={v.signer} onInput={e => put({ signer: e.currentTarget.value })} />}</Field>
    <Field label={x.subject} error={gaps.subject}>{p => <input {...p} maxLength={300} value={v.subject} onInput={e => put({ subject: e.currentTarget.value })} />}</Field>
    <div class="two"><Field label={w().from}>{p => <DateInput {...p} value={v.from} onValue={from => put({ from, ...(v.to < from ? { to: from } : {}) })} />}</Field>
      <Field label={w().to} error={gaps.to}>{p => <DateInput {...p} value={v.to} min={v.from} onValue={to => put({ to })} />}</Field></div>
    {v.kind === 'outside_duty' && <><label class="check"><input type="checkbox" checked={v.part} onChange={e => put({ part: e.currentTarget.checked })} />{w().part}</label>
      {part && <div class="two"><Field label={w().fromMinute} error={gaps.minutes}>{p => <TimeInput {...p} value={v.from_minute} onValue={from_minute => put({ from_minute })} />}</Field><Field label={w().toMinute}>{p => <TimeInput {...p} value={v.to_minute} onValue={to_minute => put({ to_minute })} />}</Field></div>}
      <Field label={w().places} hint={w().placesHint}>{p => <textarea {...p} maxLength={1000} value={v.places} onInput={e => put({ places: e.currentTarget.value })} />}</Field></>}
    <fieldset class="col"><legend class="strong sm">{x.unit}</legend><UnitPicker own start={own?.agency} error={gaps.unit} onPick={setUnit} /></fieldset>
    <Members members={members} set={setMembers} unit={unit} error={gaps.members} />
    <DocumentField label={x.file} file={file} onFile={setFile} /></div></Dialog>;
}

function LetterFoot({ d, onDone }: { d: Detail; onDone: () => void }) {
  const [asking, setAsking] = useState(false), [why, setWhy] = useState(''), [tried, setTried] = useState(false), [problem, setProblem] = useState<Failure>(), short = why.trim().length < 5;
  const withdraw = async () => {
    setTried(true);
    if (short) return;
    const bad = failure(await api.POST('/api/v1/org/letters/{letter}/withdraw', { params: { path: { letter: d.letter.letter } }, body: { reason: why.trim() } }).catch(() => undefined));
    if (bad) return setProblem(bad);
    toast(w().letters.withdrawn);
    onDone();
  };
  if (d.letter.withdrawn_at || !me.value || !entersLetters(me.value)) return null;
  if (!asking) return <button class="btn danger" onClick={() => setAsking(true)}>{w().letters.withdraw}</button>;
  return <div class="col grow">{problem && <Note tone="bad" icon="warn">{problemText(problem)}</Note>}<p class="sm">{w().letters.withdrawHint}</p>
    <Field label={w().letters.why} hint={w().reasonHint} error={tried && short ? w().reasonHint : undefined}>{p => <input {...p} maxLength={300} value={why} onInput={e => setWhy(e.currentTarget.value)} />}</Field>
    <div class="row"><Action class="btn danger" onAct={withdraw}>{w().letters.withdraw}</Action><button class="btn ghost" onClick={() => setAsking(false)}>{t().cancel}</button></div></div>;
}

function OpenLetter({ id, onClose, onDone }: { id: string; onClose: () => void; onDone: () => void }) {
  const s = useMemo(() => source<Detail>(null, () => api.GET('/api/v1/org/letters/{letter}', { params: { path: { letter: id } } })), [id]), [problem, setProblem] = useState<Failure>();
  useEffect(() => { void s.refresh(); }, [s]);
  const d = s.state.value.value, may = !!me.value && entersLetters(me.value);
  const takeOff = async (employee: string) => {
    const bad = failure(await api.POST('/api/v1/org/letters/{letter}/members/{employee}/withdraw', { params: { path: { letter: id, employee } } }).catch(() => undefined));
    if (bad) return setProblem(bad);
    toast(w().letters.tookOff);
    await s.refresh();
  };
  return <Dialog title={d ? w().letters.of(d.letter.number) : w().views.letters} sub={d?.letter.subject} onClose={onClose} foot={d && <LetterFoot d={d} onDone={onDone} />}><Show source={s} zone={zone()} height={240}>{v => <>
    {problem && <Note tone="bad" icon="warn">{problem !== 'network' ? w().letters.member[problem.code] ?? problemText(problem) : problemText(problem)}</Note>}
    <dl class="facts"><dt>{w().kind}</dt><dd>{t().kind[v.letter.kind]}</dd><dt>{w().days}</dt><dd class="num">{whenText(v.letter)}</dd><dt>{w().letters.issued}</dt><dd class="num">{shortFullDay(v.letter.issued)}</dd><dt>{w().letters.signer}</dt><dd>{v.letter.signer}</dd>
      {v.letter.places.length > 0 && <><dt>{w().places}</dt><dd>{v.letter.places.map(p => <div key={p}>{p}</div>)}</dd></>}
      <dt>{w().letters.unit}</dt><dd>{v.letter.unit_name} · <span class="num">{stamp(v.letter.entered_at, zone())}</span></dd>
      {v.letter.file_sha256 && <><dt>{w().letters.file}</dt><dd><a href={`/api/v1/files/${v.letter.file_sha256}`}>{v.letter.file_name || w().openDocument}</a></dd></>}
      {v.letter.withdrawn_at && <><dt>{w().letters.withdrawnAt}</dt><dd><span class="num">{stamp(v.letter.withdrawn_at, zone())}</span> · {v.letter.withdrawn_why}</dd></>}</dl>
    <section class="col"><h3>{w().letters.people} · <span class="num">{w().letters.count(number(v.letter.members))}</span></h3><ul class="list">{v.people.map(p => <li key={p.employee} class="row between nowrap"><span class="col tight"><b>{p.full_name}</b><span class="sm muted">{p.position}</span></span>
      {p.withdrawn_at ? <Chip>{w().letters.takenOff}</Chip> : may && !v.letter.withdrawn_at && <button class="link sm" aria-label={w().letters.takeOff(p.full_name)} onClick={() => void takeOff(p.employee)}>{w().letters.remove}</button>}</li>)}</ul></section></>}</Show></Dialog>;
}

export function LettersView() {
  const [making, make] = useState(false), [open, setOpen] = useState<string>(), [round, again] = useState(0);
  const pages = usePages<Letters>(cursor => api.GET('/api/v1/org/letters', { params: { query: cursor ? { cursor } : {} } }), String(round)), items = pages.items as readonly Letter[] | undefined;
  const renew = () => { make(false); setOpen(undefined); again(round + 1); };
  return <section class="card"><div class="row between"><h2>{w().views.letters}</h2>{!!items?.length && <Downloads path="/api/v1/org/letters" />}{me.value && entersLetters(me.value) && <button class="btn small" onClick={() => make(true)}>{w().letters.make}</button>}</div><p class="sm muted">{w().letters.hint}</p>
    {items ? items.length === 0 ? <Empty>{w().letters.none}</Empty> : <ul class="list">{items.map(l => <li key={l.letter}><button class="rowbutton" onClick={() => setOpen(l.letter)}>
      <b>{l.subject}</b><span class="sm">{l.number} · {t().kind[l.kind]}</span><span class="sm muted num">{whenText({ ...l, from_minute: undefined })}{l.from_minute && ` · ${hoursText(l)}`} · {w().letters.count(number(l.members))} · {l.unit_name}</span>
      {l.withdrawn_at && <span class="row tight"><Chip>{w().letters.withdrawnAt}</Chip></span>}</button></li>)}</ul> : !pages.problem && <p aria-busy="true" class="sm muted">{t().loading}</p>}
    <More pages={pages} />
    {making && <LetterDialog onClose={() => make(false)} onDone={renew} />}
    {open && <OpenLetter id={open} onClose={() => { setOpen(undefined); again(round + 1); }} onDone={renew} />}</section>;
}
