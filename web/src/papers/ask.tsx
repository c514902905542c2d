/* Koreksi: asking that a day be put right, also without a signal, and what became of it. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { api, isProblem, online, serverNow, upload, type Got, type Problem } from '../base/api';
import { Downloads } from '../base/downloads';
import { clock, dayIn, longDay, minute, shortFullDay, stamp, type Zone } from '../base/format';
import { Icon } from '../base/icons';
import { source } from '../base/load';
import { me } from '../base/session';
import { route, zone } from '../base/shell';
import type { OutboxItem } from '../base/store';
import { Action, Chip, DateInput, Empty, EVIDENCE, Field, FileInput, isEvidence, Note, problemText, Show, TimeInput, toast, type Tone } from '../base/ui';
import { t } from '../base/words';
import type { DayDetail } from '../attendance/days';
import { happened } from '../attendance/happened';
import { OutboxBanner } from '../attendance/home';
import { delivered, dismiss, flush, outbox, recordCorrection } from '../attendance/outbox';
import { w as attendance } from '../attendance/words';
import { w } from './words';

export type Correction = Got<'/api/v1/attendance/corrections'>['items'][number];
type Kind = 'time' | 'confirm' | 'place' | 'void';
const kinds: readonly Kind[] = ['time', 'confirm', 'place', 'void'];
const causes = ['forgot', 'phone', 'signal', 'mistake', 'place', 'other'] as const;

export const tones: Record<Correction['state'], Tone> = { waiting: 'info', accepted: 'ok', refused: 'bad', withdrawn: '' };
/** Why a rule refused, in the reader's language. */
export const faultText = (p: Problem | 'network') => (p !== 'network' && p.reason && w().fault[p.reason]) || problemText(p);

const refusalOf = (i: OutboxItem) => ({ code: i.reason, reason: i.why } as Problem);

/** "Masuk 07.25" of a correction: what it states. */
export const statedText = (c: Pick<Correction, 'kind' | 'direction' | 'at'>, z: Zone) => `${w().kind[c.kind]}: ${w().direction[c.direction]} ${clock(c.at, z)}`;

export interface Draft { day: string; kind: Kind; direction: 'in' | 'out'; at: string; night: boolean; punch: string; cause: string; reason: string; file_sha256?: string; file_name?: string }
/** What the server takes; the time of a night is told past 24:00. */
export function toBody(d: Draft): Record<string, unknown> {
  const at = d.night ? `${String(Number(d.at.slice(0, 2)) + 24)}${d.at.slice(2)}` : d.at;
  return {
    day: d.day, kind: d.kind, cause: d.cause, reason: d.reason.trim(),
    ...(d.kind === 'time' ? { direction: d.direction, at } : { punch: d.punch }),
    ...(d.file_sha256 ? { file_sha256: d.file_sha256, file_name: d.file_name } : {}),
  };
}
export type Errors = Partial<Record<'day' | 'at' | 'punch' | 'reason', string>>;
export function check(d: Draft, today: string): Errors {
  const e: Errors = {};
  if (!d.day || d.day > today) e.day = w().errDay;
  if (d.kind === 'time' && !d.at) e.at = w().errAt;
  if (d.kind !== 'time' && !d.punch) e.punch = w().whichWrong;
  if (d.reason.trim().length < 10) e.reason = w().reasonHint;
  return e;
}

/** A file for evidence; what is chosen is uploaded at once. */
export function Upload({ label, hint, name, onDone, onRemove, error }: { label: string; hint: string; name?: string; onDone: (sha256: string, name: string) => void; onRemove: () => void; error?: string }) {
  const [busy, setBusy] = useState(false), [wrong, setWrong] = useState('');
  const pick = async (file?: File) => {
    if (!file) return;
    if (file.size > 5 * 1024 * 1024) return setWrong(t().problems.too_large);
    if (!isEvidence(file)) return setWrong(t().problems.media_type);
    setBusy(true);
    setWrong('');
    const r = await upload(file).catch(() => undefined);
    setBusy(false);
    if (!r) setWrong(w().evidenceOffline);
    else if (isProblem(r)) setWrong(problemText(r));
    else if (!isEvidence(r)) setWrong(t().problems.media_type);
    else onDone(r.sha256, file.name.slice(0, 100));
  };
  return name ? <p class="sm row"><Icon name="check" color="ok" />{w().attached(name)} <button type="button" class="link" onClick={onRemove}>{w().detach}</button></p>
    : <Field label={label} hint={hint} error={wrong || error}>{p => <span><FileInput {...p} label={busy ? w().uploading : w().pickFile} accept={EVIDENCE} disabled={busy || !online.value} onFile={f => void pick(f)} /></span>}</Field>;
}

/** One's own day, as it stands. */
function useDay(day: string) {
  const employee = me.value!.employee;
  const s = useMemo(() => source<DayDetail>(`day/${employee}/${day}`, () => api.GET('/api/v1/attendance/days/{employee}/{day}', { params: { path: { employee, day } } })), [employee, day]);
  useEffect(() => { void s.refresh(); }, [s]);
  return s;
}

/* Nobody need ask for what is recorded already; without a signal it is not said. */
function Recorded({ day }: { day: string }) {
  const d = useDay(day).state.value.value, z = zone(), at = (server?: string, phone?: string) => { const t = happened(server, phone); return t ? clock(t, z) : w().never; };
  return d ? <p class="sm muted num" role="status">{w().stands(at(d.in_at, d.in_phone_at), at(d.out_at, d.out_phone_at))}</p> : null;
}

/* What did not count before is chosen only by who objects to that. */
function PunchChoice({ day, value, error, onPick }: { day: string; value: string; error?: string; onPick: (id: string) => void }) {
  const s = useDay(day), z = zone();
  return <Show source={s} zone={z} height={64}>{d => {
    const own = d.punches.filter(p => p.source === 'phone' && (p.id === asked('catatan') || !(p.flags as string[]).includes('voids')));
    return own.length === 0 ? <Note>{w().whichEmpty}</Note> : <Field label={w().which} error={error}>{p => <select {...p} value={value} onChange={e => onPick(e.currentTarget.value)}>
      <option value="">{w().choose}</option>{own.map(x => <option key={x.id} value={x.id}>{`${w().direction[x.direction]} ${clock(x.phone_at ?? x.received_at, z)}`}</option>)}</select>}</Field>;
  }}</Show>;
}

const asked = (name: 'hari' | 'catatan') => new URLSearchParams(route.value.split('?')[1]).get(name) ?? '';

function Form({ onSent }: { onSent: () => void }) {
  const today = dayIn(serverNow(), zone());
  const [d, setDraft] = useState<Draft>({ day: /^\d{4}-\d\d-\d\d$/.test(asked('hari')) ? asked('hari') : today, kind: asked('catatan') ? 'confirm' : 'time', direction: 'out', at: '', night: false, punch: asked('catatan'), cause: asked('catatan') ? 'other' : 'forgot', reason: '' });
  const [tried, setTried] = useState(false), [refused, setRefused] = useState<Problem>();
  const errors = tried ? check(d, today) : {};
  /* onto what was written meanwhile: an upload takes its time */
  const set = (p: Partial<Draft>) => { setRefused(undefined); setDraft(now => ({ ...now, ...p })); };
  const send = async () => {
    setTried(true);
    setRefused(undefined);
    if (Object.keys(check(d, today)).length) {
      requestAnimationFrame(() => document.querySelector<HTMLElement>('[aria-invalid=true]')?.focus());
      return;
    }
    const item = await recordCorrection(toBody(d)).catch(() => undefined);
    if (!item) return toast(w().notKept);
    await flush();
    const now = outbox.peek().find(i => i.id === item.id);
    if (now?.state === 'rejected') {
      /* told here, where it can be mended, so it need not stay among what was kept */
      await dismiss(item.id);
      return setRefused(refusalOf(now));
    }
    toast(now?.state === 'waiting' ? w().keptOffline : w().sentOnline);
    setTried(false);
    setDraft({ ...d, at: '', night: false, punch: '', reason: '', file_sha256: undefined, file_name: undefined });
    onSent();
  };
  return <section class="card"><h2>{w().askTitle}</h2>
    <Field label={w().day} hint={d.day ? longDay(d.day) : undefined} error={errors.day}>{p => <DateInput {...p} value={d.day} max={today} onValue={day => set({ day, punch: '' })} />}</Field>
    <Field label={w().what}>{p => <select {...p} value={d.kind} onChange={e => set({ kind: e.currentTarget.value as Kind, cause: e.currentTarget.value === 'void' ? 'mistake' : e.currentTarget.value === 'place' ? 'place' : e.currentTarget.value === 'confirm' ? 'signal' : 'forgot' })}>{kinds.map(k => <option key={k} value={k}>{w().kind[k]}</option>)}</select>}</Field>
    {d.kind === 'time' ? <>
      {d.day && d.day <= today && <Recorded day={d.day} />}
      <div class="two"><Field label={w().direct}>{p => <select {...p} value={d.direction} onChange={e => set({ direction: e.currentTarget.value as 'in' | 'out', night: false })}><option value="in">{w().inCol}</option><option value="out">{w().outCol}</option></select>}</Field>
        <Field label={w().at} error={errors.at}>{p => <TimeInput {...p} value={d.at} onValue={at => set({ at })} />}</Field></div>
      {/* in the small hours alone is it a question */}
      {d.direction === 'out' && (d.night || (d.at && d.at < '12:00')) && <label class="row nowrap sm"><input type="checkbox" checked={d.night} onChange={e => set({ night: e.currentTarget.checked })} /><span>{w().night}</span></label>}</>
      : d.day && <PunchChoice day={d.day} value={d.punch} error={errors.punch} onPick={punch => set({ punch })} />}
    <Field label={w().cause_}>{p => <select {...p} value={d.cause} onChange={e => set({ cause: e.currentTarget.value })}>{causes.map(c => <option key={c} value={c}>{w().cause[c]}</option>)}</select>}</Field>
    <Field label={w().reason} hint={w().reasonHint} error={errors.reason}>{p => <textarea {...p} maxLength={500} value={d.reason} onInput={e => set({ reason: e.currentTarget.value })} />}</Field>
    <Upload label={w().evidence} hint={online.value ? w().evidenceHint : w().evidenceOffline} name={d.file_name} onDone={(file_sha256, file_name) => set({ file_sha256, file_name })} onRemove={() => set({ file_sha256: undefined, file_name: undefined })} />
    <p class="sm muted">{w().whoDecides}</p>
    {refused && <Note tone="bad" icon="warn">{faultText(refused)}</Note>}
    <Action onAct={send}>{w().send}</Action>
  </section>;
}

/** What was decided, by whom and why. */
export function Verdict({ c, z }: { c: Correction; z: Zone }) {
  if (c.state === 'waiting' || c.state === 'withdrawn') return null;
  return <span class="sm muted">{w().decidedBy(c.decided_by ?? '', stamp(c.decided_at!, z))}{c.decided_for && ` · ${w().actingFor(c.decided_for)}`}{c.proposed_by && ` · ${w().proposedBy(c.proposed_by)}`}{c.decision && <><br />{c.decision}</>}</span>;
}

function Mine({ s }: { s: ReturnType<typeof own> }) {
  const z = zone(), kept = outbox.value.filter(i => i.kind === 'correction' && i.state !== 'sent');
  const back = async (c: Correction) => {
    const r = await api.POST('/api/v1/attendance/corrections/{correction}/withdraw', { params: { path: { correction: c.id } }, body: { version: c.version } }).catch(() => undefined);
    toast(!r || r.error ? faultText((r?.error as Problem | undefined) ?? 'network') : w().withdrawn);
    void s.refresh();
  };
  return <section class="card"><div class="row between"><h2>{w().mine}</h2>{!!s.state.value.value?.items.length && <Downloads path="/api/v1/attendance/corrections" />}</div>
    {kept.length > 0 && <ul class="list">{kept.map(i => <li key={i.id}><div class="row between"><b>{shortFullDay(String(i.body.day))}</b>{i.state === 'rejected' ? <Chip tone="bad">{w().state.refused}</Chip> : <Chip tone="warn">{w().waitsOnPhone}</Chip>}</div><span class="sm muted">{w().kind[String(i.body.kind)]}{i.body.at !== undefined && ` ${minute(String(i.body.at))}`}</span>
      {i.state === 'rejected' && <><span class="sm">{faultText(refusalOf(i))}</span><button class="link sm" onClick={() => void dismiss(i.id)}>{attendance().gotIt}</button></>}</li>)}</ul>}
    <Show source={s} zone={z} height={160}>{v => v.items.length === 0 ? (kept.length === 0 ? <Empty>{w().none}</Empty> : null) : <ul class="list">{v.items.map(c => <li key={c.id}>
      <div class="row between start"><b>{shortFullDay(c.day)}</b><Chip tone={tones[c.state]}>{w().state[c.state]}</Chip></div>
      <span class="sm num">{statedText(c, z)}</span><span class="sm">{c.reason}</span>
      <span class="xs muted num">{w().askedAt(stamp(c.asked_at, z))}{c.is_late && ` · ${w().late}`}</span><Verdict c={c} z={z} />
      {c.state === 'waiting' && !c.is_proposed && <button class="link sm" onClick={() => void back(c)}>{w().withdraw}</button>}</li>)}</ul>}</Show>
  </section>;
}

const own = () => source<Got<'/api/v1/attendance/corrections'>>('corrections', () => api.GET('/api/v1/attendance/corrections'));

export function CorrectionsPage() {
  const s = useMemo(own, []);
  useEffect(() => { void s.refresh(); return delivered.subscribe(n => { if (n > 0) void s.refresh(); }); }, [s]);
  return <main id="m" tabIndex={-1}><OutboxBanner but="correction" /><Form onSent={() => void s.refresh()} /><Mine s={s} /></main>;
}
