/*
 * Hari saya dijelaskan: every minute of a day as a bar and as a list, each stretch with its rule and the record it rests on;
 * the receipts of signed records; and a paper that proves them to an outsider.
 */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { api, serverNow, type Got } from '../base/api';
import { save } from '../base/downloads';
import { addDays, clock, dayIn, longDay, minute, minutesOf, number, stamp, type Zone } from '../base/format';
import { source } from '../base/load';
import { me } from '../base/session';
import { route, zone } from '../base/shell';
import { Action, Chip, DateInput, Empty, ModeText, Note, Show, toast } from '../base/ui';
import { t } from '../base/words';
import { ExplanationView } from '../policy/explain';
import { w as policy } from '../policy/words';
import { DayChip, duration, type DayDetail } from './days';
import { EvidenceSheet, makeSheet, type Sheet } from './explained_sheet';
import { w } from './explained_words';
import { happened } from './happened';
import { w as words } from './words';
import './explained.css';

type Span = DayDetail['spans'][number];
type Punch = DayDetail['punches'][number];
type Receipts = Got<'/api/v1/attendance/evidence'>['items'];
/* a day ends at 24.00, not at 0.00 of the next */
const until = (text: string, next?: string) => text === '24:00' ? '24.00' : minute(text, next);
const lengthOf = (s: Span) => minutesOf(s.to) - minutesOf(s.from);
export const askedDay = () => /[?&]hari=(\d{4}-\d{2}-\d{2})$/.exec(route.value)?.[1];
export const explainedPath = (day: string) => `#/hari?hari=${day}`;

function Bar({ spans }: { spans: readonly Span[] }) {
  const whole = minutesOf(spans.at(-1)!.to), ticks = Array.from({ length: Math.floor(whole / 360) + 1 }, (_, i) => i * 6);
  return <div class="col tight"><div class="daybar" role="img" aria-label={`${w().barLabel}: ${spans.map(s => `${minute(s.from)}–${until(s.to)} ${w().span[s.kind]}`).join(', ')}`}>
    {spans.map(s => <i key={s.from} class={s.kind} style={{ width: `${lengthOf(s) / whole * 100}%` }} />)}</div>
    <div class="dayticks xs muted num" aria-hidden="true">{ticks.map(h => <span key={h}>{String(h % 24 || (h ? 24 : 0)).padStart(2, '0')}.00</span>)}</div></div>;
}

/* On what a stretch rests: the hours, the letter, the record, the article. */
function basisOf(d: DayDetail, s: Span, z: Zone): string[] {
  const e = d.explain, hours = e.pattern_name && w().hoursOf([e.pattern_name, e.legal_basis].filter(Boolean).join(' · '));
  const came = happened(d.in_at, d.in_phone_at), left = happened(d.out_at, d.out_phone_at), grade = (direction: string) => w().grade[d.punches.find(p => p.direction === direction && p.source === 'phone')?.grade ?? ''];
  const from = came && w().from(clock(came, z), grade('in') ?? ''), to = left && w().to(clock(left, z), grade('out') ?? ''), letters = e.status?.letter && w().letter(e.status.letter);
  const incident = d.decisions.find(x => x.kind === 'incident' && x.is_accepted)?.asked;
  const parts: Record<string, (string | undefined | false)[]> = {
    worked: [hours, from, to], break: [hours], late: [hours, from], early: [hours, to], flexible: [e.band_basis, from, to], credited: [e.band_basis, from, to], extra: [from, to], unconfirmed: [from], relieved: [incident && w().incident(incident), from], covered: [letters], leave: [letters], unknown: [from, to], waits: [], absent: [hours], ahead: [hours], free: [e.holiday && `${e.holiday} (${e.holiday_source})`],
  };
  return [...(parts[s.kind] ?? []), w().article[s.kind]].filter((x): x is string => !!x).map(x => x.replace(/: $/, ''));
}

const SpanRow = ({ d, s, z }: { d: DayDetail; s: Span; z: Zone }) => <li><div class="row nowrap start"><i class={`spanmark ${s.kind}`} aria-hidden="true" /><span class="col tight grow">
  <span class="row between"><b class="num">{minute(s.from)}–{until(s.to, t().nextDay)}</b><span class="sm muted num">{duration(lengthOf(s))}</span></span><span>{w().span[s.kind]}</span>
  {w().why[s.kind] && <span class="sm">{w().why[s.kind]}</span>}<span class="sm muted num">{basisOf(d, s, z).join(' · ')}</span></span></div></li>;

function PunchRow({ p, r, z }: { p: Punch; r?: Receipts[number]; z: Zone }) {
  const keep = async () => { if (await save(`/api/v1/attendance/evidence/${r!.day}/${r!.id}`)) toast(w().keepFailed); };
  const isUnsigned = (p.flags as string[]).includes('unsigned'), at = p.phone_at ?? p.received_at;
  return <li><div class="row between start"><b class="num">{words().direction[p.direction]} {clock(at, z)}</b>{(p.flags as string[]).filter(f => f !== 'unsigned').map(f => <Chip key={f}>{words().punchFlag[f] ?? f}</Chip>)}</div>
    <span class="sm muted num">{[p.source === 'phone' ? w().grade[p.grade] : words().bySource[p.source], words().receivedAt(stamp(p.received_at, z)), r?.log_index !== undefined && w().receiptNo(number(r.log_index)), isUnsigned && w().unsigned].filter(Boolean).join(' · ')}</span>
    {r?.receipt && <span class="noprint"><Action class="btn ghost small" onAct={keep}>{w().keep}</Action></span>}</li>;
}

/* Receipts of every civil day the punches stand under, of oneself alone. */
async function receiptsOf(d: DayDetail): Promise<Receipts> {
  const found = await Promise.all([...new Set(d.punches.map(p => p.punch_day))].map(day => api.GET('/api/v1/attendance/evidence', { params: { query: { day } } }).catch(() => undefined)));
  return found.flatMap(r => r?.data?.items ?? []);
}

function Whole({ d, z }: { d: DayDetail; z: Zone }) {
  const [receipts, setReceipts] = useState<Receipts>([]), [sheets, setSheets] = useState<Sheet[]>(), [less, setLess] = useState<string>();
  useEffect(() => { setSheets(undefined); setLess(undefined); void receiptsOf(d).then(setReceipts); }, [d]);
  const of = (p: Punch) => receipts.find(r => r.id === p.event), signed = d.punches.filter(p => of(p)?.receipt);
  const toPaper = async () => {
    const made = await Promise.all(signed.map(p => makeSheet(of(p)!, p.direction))), good = made.filter((s): s is Sheet => !!s);
    setSheets(good);
    setLess(signed.length === 0 ? w().noBundles : good.length < signed.length ? w().someFailed : undefined);
    /* the codes are drawn a moment after */
    for (let i = 0; i < 50 && (i === 0 || document.querySelector('.sheetcodes [aria-busy=true]')); i++) await new Promise(resolve => setTimeout(resolve, 60));
    if (good.length === signed.length) print();
  };
  return <>
    <section class="card"><div class="row between start"><ModeText mode={d.mode}>{d.starts && `${minute(d.starts)}–${minute(d.ends!, t().nextDay)} ${z}`}</ModeText><DayChip row={d} /></div><Bar spans={d.spans} /></section>
    <section class="card"><h2>{w().minutes}</h2><ul class="list">{d.spans.map(s => <SpanRow key={s.from} d={d} s={s} z={z} />)}</ul></section>
    <section class="card"><h2>{w().facts}</h2>{d.punches.length === 0 ? <Empty>{w().noFacts}</Empty> : <ul class="list">{d.punches.map(p => <PunchRow key={p.id} p={p} r={of(p)} z={z} />)}</ul>}</section>
    <section class="card"><h2>{policy().title}</h2><ExplanationView e={d.explain} /></section>
    <section class="card noprint"><p class="sm muted">{w().printHint}</p>{less && <Note icon="info">{less}</Note>}<p><Action onAct={toPaper}>{w().print}</Action></p></section>
    {sheets?.map(s => <EvidenceSheet key={s.hash} s={s} z={z} />)}
  </>;
}

export function ExplainedDay() {
  const z = zone(), today = dayIn(serverNow(), z), [day, setDay] = useState(askedDay() ?? today), employee = me.value!.employee, who = me.value!;
  const s = useMemo(() => source<DayDetail>(`day/${employee}/${day}`, () => api.GET('/api/v1/attendance/days/{employee}/{day}', { params: { path: { employee, day } } })), [employee, day]);
  useEffect(() => { void s.refresh(); }, [s]);
  return <main id="m" tabIndex={-1}>
    <section class="card"><div class="row between"><div class="col tight"><h2>{longDay(day)}</h2><p class="sm muted">{who.full_name} · {who.unit?.name ?? who.government.name}</p></div>
      <div class="row tight noprint"><button class="btn ghost square" aria-label={w().dayBefore} onClick={() => setDay(addDays(day, -1))}>‹</button>
        <label><span class="sr">{w().day}</span><DateInput value={day} max={today} onValue={d => { if (d) setDay(d); }} /></label>
        <button class="btn ghost square" aria-label={w().dayAfter} disabled={day >= today} onClick={() => setDay(addDays(day, 1))}>›</button></div></div><p class="sm muted">{w().intro}</p></section>
    <Show source={s} zone={z} height={420}>{d => <Whole d={d} z={z} />}</Show>
  </main>;
}
