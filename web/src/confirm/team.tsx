/* Konfirmasi: what a superior is asked about the events of his people. What needs a look stands first, one by one; what does not is confirmed in one gesture. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { api, online, type Got, type Problem } from '../base/api';
import { longDay, shortFullDay, type Zone } from '../base/format';
import { source } from '../base/load';
import { zone } from '../base/shell';
import { Action, Chip, Dialog, Empty, Field, Note, problemText, Reload, Show, toast } from '../base/ui';
import { t } from '../base/words';
import { TeamChecks } from '../checks/team';
import { eventText, Explanation, Facts, Marks, Meanings, received, type Confirmation } from './parts';
import { w } from './words';

export type Waiting = Got<'/api/v1/attendance/confirmations/waiting'>;
const waitingOf = (office: boolean) => source<Waiting>(office ? 'confirmations/office' : 'confirmations/team', () => api.GET('/api/v1/attendance/confirmations/waiting', { params: { query: office ? { office } : {} } }));
/* shared by the card beside the team and the page */
const team = waitingOf(false);
/* as many as one gesture may name */
const AT_ONCE = 100;

function useWaiting(s: typeof team) {
  useEffect(() => { void s.refresh(); const timer = setInterval(() => void s.refresh(), 60_000); return () => clearInterval(timer); }, [s]);
}

async function confirm(items: readonly Confirmation[], s: typeof team) {
  const r = await api.POST('/api/v1/attendance/confirmations/confirm', { body: { items: items.map(c => ({ confirmation: c.id, version: c.version })) } }).catch(() => undefined);
  const done = r?.data?.results.filter(x => x.status === 'confirmed').length ?? 0;
  if (!r?.data) toast(problemText((r?.error as Problem | undefined) ?? 'network'));
  else toast(done === items.length ? w().done(done) : items.length === 1 ? t().problems[r.data.results[0]!.code as keyof ReturnType<typeof t>['problems']] ?? t().failed : w().some(done, items.length));
  await s.refresh();
}

/** The reason and what follows; nothing is chosen beforehand. */
function Deny({ c, z, onClose, onDone }: { c: Confirmation; z: Zone; onClose: () => void; onDone: () => void }) {
  const [follows, setFollows] = useState<'receipt' | 'not_counted' | ''>(''), [reason, setReason] = useState(''), [tried, setTried] = useState(false), [problem, setProblem] = useState<Problem | 'network'>();
  const short = reason.trim().length < 10;
  const save = async () => {
    setTried(true);
    if (!follows || short) return;
    const r = await api.POST('/api/v1/attendance/confirmations/{confirmation}/deny', { params: { path: { confirmation: c.id } }, body: { version: c.version, consequence: follows, reason: reason.trim() } }).catch(() => undefined);
    if (!r || r.error) return setProblem((r?.error as Problem | undefined) ?? 'network');
    toast(w().deniedDone);
    onDone();
  };
  return <Dialog title={`${w().denyTitle}: ${c.name}`} sub={`${longDay(c.day)} · ${eventText(c, z)}`} onClose={onClose} foot={<><Action class="btn danger" onAct={save} disabled={!online.value}>{w().denySave}</Action><button class="btn ghost" onClick={onClose}>{t().cancel}</button></>}>
    {problem && <Note tone="bad" icon="warn">{problemText(problem)}<Reload problem={problem} onReload={onDone} /></Note>}
    <Explanation c={c} z={z} />
    <fieldset class="col tight" aria-describedby={tried && !follows ? 'follows' : undefined}><legend class="strong">{w().consequence}</legend>
      {(['receipt', 'not_counted'] as const).map(k => <label key={k} class="check"><input type="radio" name="follows" checked={follows === k} aria-invalid={tried && !follows ? 'true' : undefined} onChange={() => setFollows(k)} /><span class="num">{k === 'receipt' ? w().consequenceOf.receipt(received(c, z)) : w().consequenceOf.not_counted}</span></label>)}
      {tried && !follows && <span class="err" id="follows">{w().consequenceError}</span>}</fieldset>
    <Field label={w().reason} hint={w().reasonHint} error={tried && short ? w().reasonHint : undefined}>{p => <textarea {...p} maxLength={500} value={reason} onInput={e => setReason(e.currentTarget.value)} />}</Field>
    <p class="sm muted">{w().denyNote}</p>
  </Dialog>;
}

/** Everything about one event, and both answers. */
function Details({ c, z, onClose, onConfirm, onDeny }: { c: Confirmation; z: Zone; onClose: () => void; onConfirm: () => Promise<unknown>; onDeny: () => void }) {
  return <Dialog title={c.name} sub={`${longDay(c.day)} · ${eventText(c, z)}`} onClose={onClose} foot={<><Action onAct={onConfirm} disabled={!online.value}>{w().confirm}</Action><button class="btn danger" onClick={onDeny}>{w().deny}</button></>}>
    <p>{w().why[c.kind]}</p><Facts c={c} z={z} />
    {c.state === 'denied' && <Note tone="warn">{w().wasDenied}</Note>}
    <Explanation c={c} z={z} /><Meanings c={c} />
    {(c.place === 'outside' || c.place === 'unknown') && <p class="sm">{w().placeToo}</p>}{c.grade === 'doubted' && <p class="sm">{w().timeToo}</p>}
    <p class="sm muted num">{c.unit_name} · {w().dueLong(longDay(c.due_day))}</p>
  </Dialog>;
}

type Act = { confirm: (c: Confirmation) => Promise<unknown>; deny: (c: Confirmation) => void; open: (c: Confirmation) => void };

/** One that needs a look: all that is known in sight, both answers beside it. */
const Exception = ({ c, z, act }: { c: Confirmation; z: Zone; act: Act }) => <li>
  <span class="col tight"><span class="row between start"><b>{c.name}</b><span class="sm muted num">{shortFullDay(c.day)}</span></span>
    <span class="num">{eventText(c, z)} <Facts c={c} z={z} /></span><Marks c={c} />
    {c.state === 'denied' && <span class="sm">{w().wasDenied}</span>}<Explanation c={c} z={z} /></span>
  <span class="row"><Action class="btn small" onAct={() => act.confirm(c)} disabled={!online.value}>{w().confirm}</Action><button class="btn danger small" onClick={() => act.deny(c)}>{c.state === 'denied' ? w().keepDenied : w().deny}</button><button class="link sm" onClick={() => act.open(c)}>{w().notes}</button></span></li>;

/* The days of a list that is sorted by them. */
function byDay(items: readonly Confirmation[]): [string, Confirmation[]][] {
  const days = new Map<string, Confirmation[]>();
  for (const c of items) days.set(c.day, [...days.get(c.day) ?? [], c]);
  return [...days];
}

const PlainDay = ({ day, items, z, act }: { day: string; items: readonly Confirmation[]; z: Zone; act: Act }) => <section class="col tight"><h3>{longDay(day)}</h3>
  <ul class="list">{items.map(c => <li key={c.id}><button class="rowbutton" onClick={() => act.open(c)}><span class="row between start"><b>{c.name}</b><Chip>{w().kind[c.kind]}</Chip></span><span class="sm num">{eventText(c, z)} <Facts c={c} z={z} /></span></button></li>)}</ul></section>;

function Lists({ v, s, z }: { v: Waiting; s: typeof team; z: Zone }) {
  const [denying, setDenying] = useState<Confirmation>(), [open, setOpen] = useState<Confirmation>();
  const odd = v.items.filter(c => !c.is_plain), plain = v.items.filter(c => c.is_plain), once = plain.slice(0, AT_ONCE);
  const act: Act = { confirm: c => confirm([c], s), deny: setDenying, open: setOpen };
  const closed = () => { setDenying(undefined); setOpen(undefined); void s.refresh(); };
  return <div class={odd.length && plain.length ? 'cols even' : 'col gap'}>
    {odd.length > 0 && <section class="card"><h2>{w().look(odd.length)}</h2><p class="sm muted">{w().lookHint}</p><ul class="list">{odd.map(c => <Exception key={c.id} c={c} z={z} act={act} />)}</ul></section>}
    {plain.length > 0 && <section class="card"><h2>{w().plain(plain.length)}</h2><p class="sm muted">{w().plainHint}</p>
      <p><Action onAct={() => confirm(once, s)} disabled={!online.value}>{w().confirmAll(once.length)}</Action></p>
      {byDay(plain).map(([day, items]) => <PlainDay key={day} day={day} items={items} z={z} act={act} />)}</section>}
    {open && !denying && <Details c={open} z={z} onClose={() => setOpen(undefined)} onConfirm={() => confirm([open], s).then(() => setOpen(undefined))} onDeny={() => setDenying(open)} />}
    {denying && <Deny c={denying} z={z} onClose={() => setDenying(undefined)} onDone={closed} />}
  </div>;
}

export function TeamConfirmationsPage() {
  const z = zone();
  useWaiting(team);
  return <main id="m" tabIndex={-1}><p class="muted">{w().teamHint}</p>
    <Show source={team} zone={z} height={240}>{v => v.items.length === 0 ? <section class="card"><Empty>{w().none}</Empty></section> : <><Lists v={v} s={team} z={z} />{v.has_more && <p class="sm muted">{w().more}</p>}</>}</Show><TeamChecks /></main>;
}

/** Beside the team of the day: how many wait, and the plain ones in one gesture. Nothing waits: nothing is shown. */
export function ToConfirm() {
  useWaiting(team);
  const v = team.state.value.value;
  if (!v || v.items.length === 0) return null;
  const plain = v.items.filter(c => c.is_plain).slice(0, AT_ONCE), odd = v.items.filter(c => !c.is_plain).length;
  return <section class="card"><div class="row between"><h2>{w().title}</h2><a class="sm" href="#/konfirmasi">{w().details}</a></div>
    <p class="num">{w().waits(v.items.length)}{odd > 0 && <> <Chip tone="warn">{w().waitsLook(odd)}</Chip></>}</p><p class="sm muted">{w().teamHint}</p>
    {plain.length > 0 && <p><Action onAct={() => confirm(plain, team)} disabled={!online.value}>{w().confirmAll(plain.length)}</Action></p>}</section>;
}

/** What goes to the agency's officer, on his page of corrections; nothing there: nothing is shown. */
export function OfficeConfirmations() {
  const z = zone(), s = useMemo(() => waitingOf(true), []);
  useWaiting(s);
  const v = s.state.value.value;
  if (!v || v.items.length === 0) return null;
  return <section class="col gap"><div class="col tight"><h2>{w().officeTitle}</h2><p class="sm muted">{w().officeHint}</p></div><Lists v={v} s={s} z={z} /></section>;
}
