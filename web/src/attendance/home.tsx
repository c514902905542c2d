/* Beranda: the mode of the day, one big button, what still waits, where one is, the report, the days to come. */
import type { FunctionComponent } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { signal } from '@preact/signals';
import { clockOffset, online, serverNow } from '../base/api';
import { clock, dayIn, instantOf, longDay, minute, minutesOf, number, shortDay, untilText, type Zone } from '../base/format';
import { lang } from '../base/i18n';
import { demo, me, person } from '../base/session';
import { later, now, zone } from '../base/shell';
import type { OutboxItem } from '../base/store';
import { Chip, DateBadge, Dialog, ModeText, Note, problemText, reportTone, Show, Swatch, toast } from '../base/ui';
import { t } from '../base/words';
import { Explain } from '../policy/explain';
import { asked } from '../checks/open';
import { w as policy } from '../policy/words';
import type { NoticeDialog } from '../privacy/notice';
import { noteShown, wasShown } from '../privacy/shown';
import { duration, owesReport, reportPath } from './days';
import { GeoMap } from './geomap';
import { distanceText, judge } from './geo';
import { dismiss, flush, happenedAt, outbox, phoneKey, recordEvent, rejected, soon, typeOf, waiting, type PunchOptions } from './outbox';
import { askProof, KIOSK_MS, kioskItem, offersProof, question, refreshProofs } from './proofs_offer';
import { blind, findPosition, position, punched, shown, standing, today, type Fix, type Standing } from './today';
import { ConfirmDay, useDraft } from '../reports/confirm';
import { w as tap } from '../reports/confirmwords';
import { w } from './words';

type Direction = 'in' | 'out';
/* what a press may record: besides the clock a check window and an answer */
type Pressed = Direction | 'check' | 'answer';
const EARLY_MS = 30 * 60_000;
/* Later than this a press would move the way out of a day long over: then a correction is asked for. */
const AGAIN_MS = 4 * 3_600_000;

/** Instant of a time of that day; "31:00" is on the next one. */
const instantAt = (day: Standing, text: string) => instantOf(day.day, minutesOf(text), day.zone as Zone);

function progress(day: Standing): number {
  if (!day.starts || !day.ends) return 0;
  const from = instantAt(day, day.starts), to = instantAt(day, day.ends);
  return Math.max(0, Math.min(1, (now.value.getTime() - from) / (to - from)));
}

/* The notice, and what is to be done once it was read. */
const notice = signal<{ Dialog: typeof NoticeDialog; act: () => void } | undefined>(undefined);
/** Nobody is asked for his position before he was told once what it is for; where he cannot be told, he is not asked. */
async function withNotice(act: () => void, unasked?: () => void) {
  if (await wasShown(me.peek()!.employee)) return act();
  const told = await import('../privacy/notice').catch(() => undefined);
  if (told) notice.value = { Dialog: told.NoticeDialog, act };
  else unasked?.();
}

function PrivacyNotice() {
  const n = notice.value, close = () => { notice.value = undefined; };
  useEffect(() => { addEventListener('hashchange', close); return () => removeEventListener('hashchange', close); }, []); /* who goes elsewhere has not pressed */
  if (!n) return null;
  const read = () => {
    void noteShown(me.peek()!.employee, serverNow().toISOString());
    close();
    n.act();
  };
  return <n.Dialog onRead={read} onClose={close} />;
}

/* A press that waits for the position; it outlives the screen. */
export const recording = signal(false);
/* A hasty thumb taps twice, and the second tap is no clock-out: the button rests after a press. */
const REST_MS = 1500, resting = signal(false);
person.subscribe(() => { resting.value = false; });
async function record(direction: Pressed, at: number, find?: () => Promise<Fix>, more: PunchOptions = {}) {
  recording.value = true;
  resting.value = true;
  try {
    const fix = await find?.();
    const item = await recordEvent(direction, fix?.position, fix?.error, at, more);
    if (more.held_ms) kioskItem.value = item;
  } catch {
    toast(w().notKept);
  } finally {
    recording.value = false;
    setTimeout(() => { resting.value = false; }, REST_MS);
  }
}
export function punch(direction: Pressed, day: Standing, more?: PunchOptions) {
  const at = Date.now();
  navigator.vibrate?.(30);
  if (day.place_rule === 'site') void withNotice(() => void record(direction, at, findPosition, more), () => void record(direction, at, undefined, more));
  else void record(direction, at, undefined, more);
}
/* The same press, once there is something that proves where it was made. */
export async function prove(direction: Pressed, day: Standing) {
  const proof = await askProof();
  if (proof) punch(direction, day, proof === 'kiosk' ? { held_ms: KIOSK_MS } : proof);
}

function ClockButton({ day, asOf }: { day: Standing; asOf?: string }) {
  const [asking, setAsking] = useState<(d: Direction, day: Standing) => void>(), z = day.zone as Zone;
  const p = punched(day, asOf, outbox.value), works = day.mode !== 'leave' && day.mode !== 'off';
  const next = !p.in ? 'in' : 'out', done = !!p.in && !!p.out, busy = recording.value;
  const press = (direction: Direction, act: (d: Direction, day: Standing) => void = punch) => {
    if (resting.value) return;
    if (direction === 'out' && day.ends && instantAt(day, day.ends) - now.value.getTime() > EARLY_MS) setAsking(() => act);
    else act(direction, day);
  };
  return <>
    <button class={`clock${p.in && !done ? ' on' : ''}`} disabled={done || busy} aria-busy={busy} aria-disabled={resting.value || undefined} onClick={() => press(next)}>
      <svg viewBox="0 0 232 232" aria-hidden="true">
        <circle cx="116" cy="116" r="112" fill="none" stroke="var(--line)" stroke-width="5" />
        {p.in && <circle cx="116" cy="116" r="112" fill="none" stroke="var(--kunyit-500)" stroke-width="5" stroke-linecap="round" pathLength="1" stroke-dasharray={`${done ? 1 : progress(day)} 1`} />}
      </svg>
      <b class="num">{clock(now.value, z)}</b><span class="xs">{z}</span>
      <span class="verb">{busy && position.value === 'asking' ? w().locating : done ? w().complete : next === 'in' ? w().punchIn : w().punchOut}</span>
    </button>
    <p role="status" aria-live="polite">{done ? <b class="num">{w().from(clock(p.in!, z), clock(p.out!, z))}</b> : p.in ? <b class="num">{w().since(clock(p.in, z))}</b>
      : <span class="muted">{works ? longDay(day.day) : w().notToday}</span>}</p>
    {done && !(day.ends && now.value.getTime() - instantAt(day, day.ends) > AGAIN_MS) && <button class="btn ghost small" disabled={busy} onClick={() => press('out')}>{w().again}</button>}
    {!done && offersProof(day, position.value) && <button class="btn ghost small" disabled={busy} onClick={() => press(next, (d, on) => void prove(d, on))}>{w().officeProof}</button>}
    {asking && <Dialog title={w().earlyTitle} onClose={() => setAsking(undefined)}
      foot={<><button class="btn" onClick={() => { setAsking(undefined); asking('out', day); }}>{w().earlyYes}</button><button class="btn ghost" onClick={() => setAsking(undefined)}>{t().cancel}</button></>}>
      <p>{w().earlyText(clock(new Date(instantAt(day, day.ends!)), z))}</p>
    </Dialog>}
  </>;
}

function PlaceChip({ day }: { day: Standing }) {
  const p = position.value;
  if (day.place_rule !== 'site') return <Chip>{w().noPlaceNeeded}</Chip>;
  if (p === 'asking') return <Chip>{w().locating}</Chip>;
  if (!p?.position) return <><Chip tone={p ? 'warn' : ''}>{!p ? w().placeLater : p.error === 'denied' ? w().denied : w().noPosition}</Chip>
    <button class="link sm" onClick={() => void withNotice(() => void findPosition())}>{w().checkPlace}</button></>;
  const judged = judge(day.sites, p.position);
  if (!judged) return <Chip>{day.guessed ? w().placeFound : w().placeKnown}</Chip>;
  const far = distanceText(judged.metres, lang.value);
  switch (judged.verdict) {
    case 'within': return <Chip tone="ok">{w().inside(judged.site.name)}</Chip>;
    case 'unknown': return <Chip tone="info">{w().coarse(distanceText(p.position.accuracy_metres, lang.value))}</Chip>;
    case 'outside': return <Chip tone="warn">{w().outside(far)}</Chip>;
  }
}

function MapCard({ day }: { day: Standing }) {
  const p = position.value, here = p === 'asking' ? undefined : p?.position;
  const judged = here && judge(day.sites, here), site = judged?.site ?? day.sites[0];
  if (!site || day.place_rule !== 'site') return null;
  const text = `${site.name}${site.radius_metres ? ` · ${w().radius(site.radius_metres)}` : ''}`;
  return <section class="card"><h2 class="sr">{w().site}</h2><GeoMap site={site} position={here} verdict={judged?.verdict} label={text} /><p class="sm muted">{text}</p></section>;
}

/** What a record kept on this phone is. */
export const itemName = (i: OutboxItem) => i.kind === 'report' ? w().kindReport : i.kind === 'notice' ? w().kindNotice : i.kind === 'correction' ? w().kindCorrection : w().kindPunch[typeOf(i)];

/** Such a record with the day it is about. */
export const itemTitle = (i: OutboxItem) => i.kind === 'punch' ? itemName(i) : `${itemName(i)}, ${shortDay(String(i.body.day ?? i.body.from))}`;
/* Their own screens say why, and what can be done. */
const own: Partial<Record<OutboxItem['kind'], string>> = { correction: '#/koreksi', notice: '#/izin' };

/** What waits and what was refused; `but` is told by the screen itself. */
export function OutboxBanner({ but }: { but?: OutboxItem['kind'] }) {
  const n = waiting.value.length, turns = soon.value && online.value, bad = rejected.value.filter(i => i.kind !== but);
  return <>
    {n > 0 && <Note tone="warn" icon="sync"><b>{n > 1 ? w().keptCount(n) : turns ? w().soon : w().kept}</b><p class="sm">{turns ? w().soonHint : w().keptHint} <button class="link" onClick={() => void flush()}>{w().sendNow}</button></p></Note>}
    {bad.map(i => <Note key={i.id} tone="bad" icon="warn"><b>{w().rejectedTitle}: {itemTitle(i)}</b>
      <p class="sm">{own[i.kind] ? <a href={own[i.kind]}>{w().readWhy}</a> : w().refused[i.reason ?? ''] ?? (t().problems as Record<string, string>)[i.reason ?? ''] ?? i.reason} <button class="link" onClick={() => void dismiss(i.id)}>{w().gotIt}</button></p></Note>)}
  </>;
}

const CheckCards = later(async () => (await import('../checks/card')).CheckCards, true);
const WindowsCard = later(async () => (await import('../checks/windows')).WindowsCard, true);
const ProofSheet = later(async () => (await import('./proofs')).ProofSheet, true), KioskSheet = later(async () => (await import('./proofs')).KioskSheet, true);
const Sheet = later(async () => (await import('./record')).RecordSheet, true);

/** What became of a record, in one chip. */
export function RecordChip({ i }: { i: OutboxItem }) {
  const z = zone();
  if (i.state === 'waiting') return <Chip tone="warn">{w().record.waiting}</Chip>;
  if (i.receipt?.status === 'quarantined' || i.receipt?.reason === 'device_ended') return <Chip tone="warn">{w().record.held}</Chip>;
  return i.receipt?.verdict === 'needs_confirmation' ? <Chip tone="warn">{w().record.confirm}</Chip> : <Chip tone="ok">{w().sentAt(clock(i.received_at ?? i.made_at, z))}</Chip>;
}

/* Each record of this day that this phone made, with what the server says of it. */
function Records({ day }: { day: Standing }) {
  const z = day.zone as Zone, items = outbox.value.filter(i => i.kind === 'punch' && i.state !== 'rejected' && happenedAt(i) >= day.from), key = phoneKey.value;
  const lost = key?.state === 'ended' ? w().phoneEnded : key?.state === 'broken' ? w().phoneBroken : undefined;
  if (!items.length && !lost) return null;
  return <section class="card"><h2>{w().records}</h2>
    {items.length > 0 && <ul class="list">{items.map(i => <li key={i.id}><button class="rowbutton" onClick={() => { shown.value = i; }}>
      <span class="row between"><span class="col tight"><b class="num">{itemName(i)} {clock(new Date(happenedAt(i)), z)}</b>
        <span class="sm muted num">{!i.signed ? w().record.unsigned : i.receipt?.log_index === undefined ? '' : w().proofNo(number(Number(i.receipt.log_index)))}</span></span><RecordChip i={i} /></span></button></li>)}</ul>}
    {lost ? <Note tone="warn" icon="warn">{lost} <a href="#/ponsel">{w().enrol}</a></Note> : key === null && <p class="sm muted">{w().enrolHint} <a href="#/ponsel">{w().enrol}</a></p>}
    {shown.value && <Sheet />}</section>;
}

function ReportCard({ day }: { day: Standing }) {
  /* that of the week is of the day by which it is due */
  const week = day.week, of = week?.day ?? day.day, state = week?.state ?? day.report_state, until = week?.on_time_until ?? day.on_time_until, open = state === 'none' || state === 'draft', due = owesReport(day.duty), queued = waiting.value.some(i => i.kind === 'report' && i.body.day === of);
  /* what was begun in writing goes on in writing */
  const isWriting = useDraft(of), schedule = state === 'none' && !queued && isWriting === false ? day.schedule : undefined;
  const isToday = day.day === dayIn(serverNow(), zone()); /* of the night that ended this morning else */
  return <section class="card"><div class="row between"><h2>{week ? w().weekReport : isToday ? w().todayReport : w().reportOf(shortDay(day.day))}</h2><Chip tone={queued ? 'warn' : reportTone[state] || (due ? 'warn' : '')}>{queued ? tap().waits : t().report[state]}</Chip></div>
    {schedule ? <ConfirmDay day={day.day} zone={day.zone as Zone} schedule={schedule} version={0} until={day.on_time_until} onWrite={`${reportPath(day.day)}&tulis`} /> : <>
    {week ? <p class="sm muted">{of === dayIn(serverNow(), zone()) ? w().weekDueToday : w().weekDue(longDay(of))}</p> : !due && !day.guessed && state === 'none' && <p class="sm muted">{isToday ? w().noReportDue : w().noReportWasDue}</p>}
    {until && open && !queued && (due || week) && <p class="sm muted num">{(serverNow().getTime() < Date.parse(until) ? w().onTime : w().overTime)(untilText(until, day.zone as Zone))}</p>}
    <a class="btn ghost" href={week ? reportPath(of) : '#/laporan'}>{!queued && (open || state === 'returned') ? w().writeReport : w().seeReport}</a></>}</section>;
}

/* What came back waits for its owner, also when its day has passed. */
function Returned({ days }: { days: readonly { day: string }[] }) {
  return <>{days.map(r => <Note key={r.day} tone="bad" icon="warn">{w().reportReturned(longDay(r.day))} <a href={reportPath(r.day)}>{w().mendReport}</a></Note>)}</>;
}

/* Said before somebody presses and wonders; a copy of an earlier version of the app does not know. */
const systems: Record<string, string> = { kmob: 'K-Mob', epresensi: 'e-presensi', simpegnas: 'SIMPEGNAS' };
function SourceNote() {
  const copy = today.state.value.value;
  if (copy?.attendance_source === 'none') return <Note icon="info">{w().notUsed}</Note>;
  return copy?.attendance_source === 'external' ? <Note icon="info">{w().beside(systems[copy.attendance_system] ?? w().otherSystem)}</Note> : null;
}

function ClockNote() {
  const off = Math.round((clockOffset.value ?? 0) / 60_000), isDemo = me.value?.government.is_demo ?? demo.value?.is_demo;
  if (isDemo || Math.abs(off) < 2) return null;
  return <Note tone="warn" icon="clock">{Math.abs(off) < 24 * 60 ? w().clockOff(Math.abs(off)) : w().dateOff}</Note>;
}

/* Every day can say why it is as it is. */
function Why({ day }: { day: string }) {
  const [open, setOpen] = useState(false);
  return <><button class="link sm" onClick={() => setOpen(true)}>{w().why}</button>
    {open && me.value && <Dialog title={policy().title} onClose={() => setOpen(false)}><Explain employee={me.value.employee} day={day} /></Dialog>}</>;
}

/* What is particular about the hours of today: a turn, hours that float, an assembly. */
function HoursNote({ day }: { day: Standing }) {
  /* a night belongs to the day on which it began */
  const a = day.assembly, said = [day.turn, day.day < dayIn(now.value, day.zone as Zone) && longDay(day.day), day.asked_minutes && w().dynamicToday(duration(day.asked_minutes)), day.band_after && w().bandToday(day.band_after), a && `${w().assembly(a.name, minute(a.starts))} · ${a.place}`, a && day.event && day.event !== 'none' && day.event !== 'expected' && w().eventVerdict[day.event]].filter(Boolean);
  return said.length ? <p class="sm">{said.map((s, i) => <span key={i}>{i > 0 && <br />}{s}</span>)}</p> : null;
}

function Standings({ day, at }: { day: Standing; at?: string }) {
  return <>
    {asked.value.length > 0 && <CheckCards />}
    <section class="card hero" aria-label={longDay(day.day)}>
      <div class="row">{day.mode ? <><Swatch mode={day.mode} /><b>{t().mode[day.mode]}</b></> : <b>{w().unknownDay}</b>}{day.starts && <span class="muted num">{minute(day.starts)}–{minute(day.ends!, t().nextDay)} {day.zone}</span>}</div>
      <HoursNote day={day} />
      <ClockButton day={day} asOf={at} />
      <div class="row">{(day.mode || day.place_rule === 'site') && <PlaceChip day={day} />}{!day.guessed && <Why day={day.day} />}</div>
    </section>
    {!day.guessed && !!day.windows?.length && <WindowsCard />}
    <SourceNote />
    <OutboxBanner />
    <Records day={day} />
    {/* a copy of an earlier version of the app knows of none */}
    <Returned days={(day.returned ?? []).filter(r => !waiting.value.some(i => i.kind === 'report' && i.body.day === r.day))} />
    <ClockNote />
    <ReportCard day={day} />
    <section class="card"><div class="row between"><h2>{w().absence}</h2></div><p class="sm muted">{w().absenceHint}</p><a class="btn ghost" href="#/izin">{w().openAbsence}</a></section>
    <MapCard day={day} />
    {day.next_days.length > 0 && <section class="card"><div class="row between"><h2>{w().myRoster}</h2><a class="sm" href="#/jadwal">{w().allRoster}</a></div>
      <ul class="list">{day.next_days.slice(0, 4).map(d => <li key={d.day} class={`dayrow${d.day === day.day ? ' today' : ''}`}><DateBadge day={d.day} />
        <ModeText mode={d.mode}>{[d.turn, d.starts && `${minute(d.starts)}–${minute(d.ends!)}`].filter(Boolean).join(' · ')}</ModeText></li>)}</ul></section>}
  </>;
}

/* Fetched after the day itself; where it cannot be had, the first screen is as it was. */
const workCard = signal<FunctionComponent | undefined>(undefined);
function Work() {
  useEffect(() => { void import('../tasks/home').then(m => { workCard.value = m.TasksCard; }, () => undefined); }, []);
  const Card = workCard.value;
  return Card ? <Card /> : null;
}

export function Home() {
  const { value, at, fresh, problem } = today.state.value, day = value && standing(value, now.value);
  /* a screen left open passes into the next day */
  const isPast = fresh && !!day?.guessed;
  useEffect(() => { void today.refresh(); }, []);
  const signs = phoneKey.value?.state === 'active';
  useEffect(() => { if (signs) void refreshProofs(); }, [signs]);
  useEffect(() => { if (isPast) void today.refresh(); }, [isPast]);
  return <main id="m" tabIndex={-1}>
    {!day && problem ? <><Standings day={blind(now.value, zone())} /><Note tone="warn" icon="clock">{problemText(problem)} <button class="link" onClick={() => void today.refresh()}>{t().retry}</button></Note></>
      : <Show source={today} zone={zone()} height={420}>{() => day && <Standings day={day} at={at} />}</Show>}
    <Work />
    <PrivacyNotice />
    {question.value && <ProofSheet />}{kioskItem.value && <KioskSheet key={kioskItem.value.id} />}
  </main>;
}
