/* Privasi dan data saya: what is kept about oneself and why, one's own copy of it, and who looked. */
import { useEffect, useState } from 'preact/hooks';
import { signal } from '@preact/signals';
import { api, serverNow, type Got } from '../base/api';
import { Downloads } from '../base/downloads';
import { addDays, dayIn, fullDay, monthName, span, stamp } from '../base/format';
import { source } from '../base/load';
import { me } from '../base/session';
import { zone } from '../base/shell';
import { Action, Chip, Empty, Note, Show, toast } from '../base/ui';
import { Notice, privacy } from './notice';
import { w } from './words';

type Seen = Got<'/api/v1/me/accesses'>;
const seen = source<Seen>('accesses', () => api.GET('/api/v1/me/accesses', { params: { query: {} } }));

const firstOf = (day: string) => day.slice(0, 8) + '01';

/** Everything of a month in one file; undefined when a part of it did not come. */
async function collect(month: string): Promise<object | undefined> {
  const at = { params: { query: { month } } };
  const [days, punches, kept, looked] = await Promise.all([api.GET('/api/v1/attendance/days', at), api.GET('/api/v1/me/punches', at), api.GET('/api/v1/me/privacy'), everybody()].map(p => p.catch(() => undefined)));
  if (!days || !punches || !kept || !looked) return undefined;
  const part = (r: unknown) => (r as { data?: object }).data;
  const p = me.peek()!, all = { days: part(days), punches: part(punches), privacy: part(kept), accesses: part(looked) };
  return Object.values(all).every(Boolean) ? { employee: { id: p.employee, nip: p.nip, full_name: p.full_name, government: p.government.name }, month, taken_at: serverNow().toISOString(), ...all } : undefined;
}
const PAGES = 20;
async function everybody(): Promise<{ data?: object; error?: object }> {
  const items: Seen['items'] = [];
  let cursor: string | undefined;
  for (let page = 0; page < PAGES; page++) {
    const r = await api.GET('/api/v1/me/accesses', { params: { query: cursor ? { cursor } : {} } });
    if (!r.data) return { error: r.error ?? {} };
    items.push(...r.data.items);
    if (!(cursor = r.data.next)) break;
  }
  return { data: { items, complete: !cursor } };
}
function keepFile(name: string, content: object) {
  const a = document.createElement('a');
  a.href = URL.createObjectURL(new Blob([JSON.stringify(content, null, 2)], { type: 'application/json' }));
  a.download = name;
  a.click();
  setTimeout(() => URL.revokeObjectURL(a.href), 60_000);
}

function DownloadCard() {
  const today = dayIn(serverNow(), zone()), [month, setMonth] = useState(firstOf(today)), next = firstOf(addDays(month, 31));
  const whole = async () => {
    const content = await collect(month);
    if (content) keepFile(`data-saya-${month.slice(0, 7)}.json`, content);
    else toast(w().failed);
  };
  return <section class="card"><div class="row between"><h2>{w().downloadTitle}</h2></div><p class="sm muted">{w().downloadHint}</p>
    <div class="row between"><b>{monthName(month)}</b><span class="row"><button class="link sm" onClick={() => setMonth(firstOf(addDays(month, -1)))}>{w().earlier}</button>{next <= today && <button class="link sm" onClick={() => setMonth(next)}>{w().later}</button>}</span></div>
    <ul class="list lined">
      <li><div class="row between"><b>{w().punches}</b><Downloads path={`/api/v1/me/punches?month=${month}`} /></div><span class="sm muted">{w().punchesHint}</span></li>
      <li><div class="row between"><b>{w().days}</b><Downloads path={`/api/v1/attendance/days?month=${month}`} /></div><span class="sm muted">{w().daysHint}</span></li>
      <li><div class="row between"><b>{w().whole}</b><Action class="btn ghost small" onAct={whole}>{w().wholeGet}</Action></div><span class="sm muted">{w().wholeHint}</span></li>
    </ul></section>;
}

function Holds({ items }: { items: Got<'/api/v1/me/privacy'>['holds'] }) {
  if (!items.length) return null;
  const on = (at: string) => fullDay(dayIn(new Date(at), zone()));
  return <section class="card"><h2>{w().holdsTitle}</h2><p class="sm muted">{w().holdsHint}</p><ul class="list lined">{items.map(h => <li key={h.id}>
    <div class="row between"><b>{span(h.first_day, h.last_day)}</b><Chip tone={h.lifted_at ? '' : 'warn'}>{h.lifted_at ? w().lifted : w().holds}</Chip></div>
    <span class="sm">{h.reason}</span><span class="sm muted">{w().holdBy(h.set_by, on(h.set_at), h.letter)}</span>
    {h.lifted_at && <span class="sm muted">{w().liftedBy(h.lifted_by ?? '', on(h.lifted_at), h.lift_reason ?? '')}</span>}</li>)}</ul></section>;
}

/* What came after the first page, while this screen is open. */
const older = signal<{ items: Seen['items']; next?: string } | undefined>(undefined);
function SeenCard() {
  useEffect(() => { older.value = undefined; void seen.refresh(); }, []);
  const more = async (cursor: string) => {
    const r = await api.GET('/api/v1/me/accesses', { params: { query: { cursor } } }).catch(() => undefined);
    if (!r?.data) return toast(w().failed);
    older.value = { items: [...older.peek()?.items ?? [], ...r.data.items], ...(r.data.next ? { next: r.data.next } : {}) };
  };
  return <section class="card"><div class="row between"><h2>{w().seenTitle}</h2><Downloads path="/api/v1/me/accesses" /></div><p class="sm muted">{w().seenHint}</p>
    <Show source={seen} zone={zone()} height={160}>{v => {
      const items = [...v.items, ...older.value?.items ?? []], next = older.value ? older.value.next : v.next;
      return items.length === 0 ? <Empty>{w().nobody}</Empty> : <><ul class="list lined">{items.map(a => <li key={a.id}>
        <div class="row between start"><b class="grow">{a.seen_by || w().account}</b><span class="sm muted num">{stamp(a.seen_at, zone())}</span></div>
        <span class="sm">{w().what[a.what] ?? w().what.other}{a.position && <span class="muted"> · {a.position}</span>}</span></li>)}</ul>
        {next && <Action class="btn ghost small" onAct={() => more(next)}>{w().more}</Action>}</>;
    }}</Show></section>;
}

export function OwnData() {
  useEffect(() => { void privacy.refresh(); }, []);
  return <main id="m" tabIndex={-1}>
    <Show source={privacy} zone={zone()} height={320}>{p => <>
      <section class="card"><h2>{w().title}</h2><Notice /><Note>{p.shown_at ? w().shownAt(fullDay(dayIn(new Date(p.shown_at), zone()))) : w().notShown}</Note></section>
      <Holds items={p.holds} /></>}</Show>
    <DownloadCard />
    <SeenCard />
  </main>;
}
