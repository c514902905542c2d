/* Koreksi dari tim: what one's people asked, and what of their days waits for a word. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { api, type Got, type Problem } from '../base/api';
import { Downloads } from '../base/downloads';
import { clock, longDay, shortFullDay, stamp, type Zone } from '../base/format';
import { source } from '../base/load';
import { zone } from '../base/shell';
import { Action, Chip, Dialog, Empty, Field, Note, Reload, Show, toast } from '../base/ui';
import { t } from '../base/words';
import { DayDetailView, type DayDetail } from '../attendance/days';
import { faultText, statedText, type Correction } from './ask';
import { w } from './words';

type Undecided = Got<'/api/v1/attendance/undecided'>['items'][number];

export const Evidence = ({ c }: { c: Pick<Correction, 'file_sha256' | 'file_name'> }) => c.file_sha256 ? <p class="sm">{w().evidenceOf}: <a href={`/api/v1/files/${c.file_sha256}`} download={c.file_name}>{c.file_name}</a></p> : null;

/** A correction with its verdict; `onDone` after it was taken. */
export function DecideDialog({ c, onClose, onDone }: { c: Correction; onClose: () => void; onDone: () => void }) {
  const z = zone(), [reason, setReason] = useState(''), [tried, setTried] = useState(false), [problem, setProblem] = useState<Problem | 'network'>();
  const short = tried && reason.trim().length < 10;
  const settle = async (accepts: boolean) => {
    setTried(true);
    if (reason.trim().length < 10) return;
    const args = { params: { path: { correction: c.id } }, body: { version: c.version, reason: reason.trim() } };
    const r = await (accepts ? api.POST('/api/v1/attendance/corrections/{correction}/accept', args) : api.POST('/api/v1/attendance/corrections/{correction}/refuse', args)).catch(() => undefined);
    if (!r || r.error) return setProblem((r?.error as Problem | undefined) ?? 'network');
    toast(accepts ? w().accepted : w().refusedDone);
    onDone();
  };
  const foot = c.may_decide ? <><Action onAct={() => settle(true)}>{w().accept}</Action><Action class="btn danger" onAct={() => settle(false)}>{w().refuse}</Action></> : undefined;
  return <Dialog title={c.name} sub={longDay(c.day)} onClose={onClose} foot={foot}>
    {problem && <Note tone="bad" icon="warn">{faultText(problem)}<Reload problem={problem} onReload={onDone} /></Note>}
    <dl class="facts"><dt>{w().stated}</dt><dd class="num">{statedText(c, z)}</dd><dt>{w().cause_}</dt><dd>{w().cause[c.cause]}</dd><dt>{w().unit}</dt><dd>{c.unit_name}</dd></dl>
    <p>{c.reason}</p><Evidence c={c} />
    <p class="sm muted num">{w().stands(c.in_at ? clock(c.in_at, z) : w().never, c.out_at ? clock(c.out_at, z) : w().never)} · {w().askedAt(stamp(c.asked_at, z))}</p>
    {c.may_decide ? <Field label={w().verdict} hint={w().verdictHint} error={short ? w().verdictHint : undefined}>{p => <textarea {...p} maxLength={500} value={reason} onInput={e => setReason(e.currentTarget.value)} />}</Field>
      : <Note>{c.is_late ? w().officerDecides : c.is_proposed ? w().inProposal : w().supervisorDecides}</Note>}
  </Dialog>;
}

export const CorrectionRow = ({ c, z, mark, open }: { c: Correction; z: Zone; mark?: string | false; open: () => void }) => <button class="rowbutton" onClick={open}>
  <span class="row between start"><span class="col tight"><b>{c.name}</b><span class="sm muted">{shortFullDay(c.day)} · {c.unit_name}</span></span>{c.is_late ? <Chip tone="warn">{w().late}</Chip> : mark && <Chip>{mark}</Chip>}</span>
  <span class="sm num">{statedText(c, z)}</span><span class="sm muted">{c.reason}</span></button>;

/* One word about one punch of the day: time, place, or that it does not count. */
type Word = 'confirm' | 'receipt' | 'place' | 'void';
/* A clock more than a day ahead names a day that has not come: it counts when it arrived, or not at all. */
export const isAhead = (p: Pick<DayDetail['punches'][number], 'flags' | 'phone_at' | 'received_at'>) => (p.flags as readonly string[]).includes('quarantined') && !!p.phone_at && Date.parse(p.phone_at) > Date.parse(p.received_at) + 86_400_000;
function WordForm({ d, onDone }: { d: DayDetail; onDone: () => void }) {
  const z = zone(), own = d.punches.filter(p => p.source === 'phone' && !(p.flags as string[]).includes('voids'));
  const [punch, setPunch] = useState(own.length === 1 ? own[0]!.id : ''), [word, setWord] = useState<Word | ''>(''), [reason, setReason] = useState(''), [tried, setTried] = useState(false), [problem, setProblem] = useState<Problem | 'network'>();
  const chosen = own.find(p => p.id === punch), ahead = chosen && isAhead(chosen);
  const send = async () => {
    setTried(true);
    if (!punch || !word || reason.trim().length < 10) return;
    const r = await api.POST('/api/v1/attendance/days/{employee}/{day}/word', { params: { path: { employee: d.employee, day: d.day } }, body: { kind: word, punch, reason: reason.trim() } }).catch(() => undefined);
    if (!r || r.error) return setProblem((r?.error as Problem | undefined) ?? 'network');
    toast(w().wordDone);
    onDone();
  };
  if (own.length === 0) return null;
  return <fieldset class="col"><legend class="strong">{w().wordOf}</legend>
    {problem && <Note tone="bad" icon="warn">{faultText(problem)}</Note>}
    <div class="two roomy"><Field label={w().which} error={tried && !punch ? w().chooseOne : undefined}>{p => <select {...p} value={punch} onChange={e => setPunch(e.currentTarget.value)}><option value="">{w().choose}</option>{own.map(x => <option key={x.id} value={x.id}>{`${w().direction[x.direction]} ${clock(isAhead(x) ? x.received_at : x.phone_at ?? x.received_at, z)}`}</option>)}</select>}</Field>
      <Field label={w().what} error={tried && !word ? w().chooseOne : undefined}>{p => <select {...p} value={word} onChange={e => setWord(e.currentTarget.value as Word)}><option value="">{w().choose}</option>{(ahead ? ['receipt', 'void'] as const : ['confirm', 'receipt', 'place', 'void'] as const).map(k => <option key={k} value={k}>{w().word[k]}</option>)}</select>}</Field></div>
    {ahead && <Note tone="warn" icon="clock">{w().aheadHint(stamp(chosen.phone_at!, z), stamp(chosen.received_at, z))}</Note>}
    <Field label={w().verdict} hint={w().verdictHint} error={tried && reason.trim().length < 10 ? w().verdictHint : undefined}>{p => <textarea {...p} maxLength={500} value={reason} onInput={e => setReason(e.currentTarget.value)} />}</Field>
    <p><Action onAct={send}>{t().save}</Action></p></fieldset>;
}

/* what is uncertain about the day */
const why = (u: Undecided) => [u.late_unconfirmed && w().timeUnsure, u.place_unconfirmed && w().placeUnsure, u.clock_ahead ? w().clockAhead : u.held && w().held].filter(x => typeof x === 'string');

function WordDialog({ u, onClose, onDone }: { u: Undecided; onClose: () => void; onDone: () => void }) {
  const s = useMemo(() => source<DayDetail>(`day/${u.employee}/${u.day}`, () => api.GET('/api/v1/attendance/days/{employee}/{day}', { params: { path: { employee: u.employee, day: u.day } } })), [u.employee, u.day]);
  useEffect(() => { void s.refresh(); }, [s]);
  return <Dialog title={u.name} sub={longDay(u.day)} onClose={onClose}><Show source={s} zone={zone()} height={240}>{d => <><WordForm d={d} onDone={onDone} /><h3>{w().fullDay}</h3><DayDetailView d={d} z={zone()} /></>}</Show></Dialog>;
}

export function TeamCorrectionsPage() {
  const z = zone(), [open, setOpen] = useState<Correction>(), [day, setDay] = useState<Undecided>();
  const waits = useMemo(() => source<Got<'/api/v1/attendance/corrections/waiting'>>('corrections/team', () => api.GET('/api/v1/attendance/corrections/waiting', { params: { query: {} } })), []);
  const days = useMemo(() => source<Got<'/api/v1/attendance/undecided'>>('undecided', () => api.GET('/api/v1/attendance/undecided')), []);
  const refresh = () => { void waits.refresh(); void days.refresh(); };
  useEffect(() => { refresh(); const timer = setInterval(refresh, 60_000); return () => clearInterval(timer); }, [waits, days]);
  return <main id="m" tabIndex={-1}><div class="cols even">
    <section class="card"><div class="row between"><h2>{w().decideTitle}</h2>{!!waits.state.value.value?.items.length && <Downloads path="/api/v1/attendance/corrections/waiting" />}</div><Show source={waits} zone={z} height={160}>{v => v.items.length === 0 ? <Empty>{w().nothingOfTeam}</Empty> : <ul class="list">{v.items.map(c => <li key={c.id}><CorrectionRow c={c} z={z} open={() => setOpen(c)} /></li>)}</ul>}</Show></section>
    <section class="card"><div class="row between"><h2>{w().undecided}</h2>{!!days.state.value.value?.items.length && <Downloads path="/api/v1/attendance/undecided" />}</div><p class="sm muted">{w().undecidedHint}</p><Show source={days} zone={z} height={160}>{v => v.items.length === 0 ? <Empty>{w().undecidedNone}</Empty> : <ul class="list">{v.items.map(u => <li key={`${u.employee}/${u.day}`}><button class="rowbutton" onClick={() => setDay(u)}><b>{u.name}</b><span class="sm muted">{longDay(u.day)}</span><span class="row tight">{why(u).map(x => <Chip key={x} tone="warn">{x}</Chip>)}</span></button></li>)}</ul>}</Show></section></div>
    {open && <DecideDialog c={open} onClose={() => setOpen(undefined)} onDone={() => { setOpen(undefined); refresh(); }} />}
    {day && <WordDialog u={day} onClose={() => setDay(undefined)} onDone={() => { setDay(undefined); refresh(); }} />}
  </main>;
}
