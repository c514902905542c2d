/* Beranda: the mode of the day, one big button, what still waits, where one is, the report, the days to come. */
import { useEffect, useState } from 'preact/hooks';
import { clockOffset, serverNow } from '../base/api';
import { clock, dayIn, longDay, minute, type Zone } from '../base/format';
import { lang } from '../base/i18n';

import { now, zone } from '../base/shell';
import { Chip, DateBadge, Dialog, Note, Show, Swatch, type Mode } from '../base/ui';
import { t } from '../base/words';
import { GeoMap } from './geomap';
import { distanceText, isInside, nearest } from './geo';
import { dismiss, flush, recordPunch, rejected, waiting } from './outbox';
import { position, punched, refreshPosition, today, type Today } from './today';
import { w } from './words';

const minutesNow = (z: Zone) => { const [h, m] = clock(now.value, z).split('.').map(Number); return h! * 60 + m!; };
const minutesOf = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));

function progress(day: Today, z: Zone): number {
  if (!day.starts || !day.ends) return 0;
  const from = minutesOf(day.starts), to = minutesOf(day.ends);
  return Math.max(0, Math.min(1, (minutesNow(z) - from) / (to - from)));
}

async function punch(direction: 'in' | 'out') {
  navigator.vibrate?.(30);
  const p = position.peek();
  await recordPunch(direction, p === 'asking' ? undefined : p.position, p === 'asking' ? undefined : p.error);
}

function ClockButton({ day }: { day: Today }) {
  const [asking, setAsking] = useState(false), z = day.zone as Zone;
  const p = punched.value, works = day.mode !== 'leave' && day.mode !== 'off';
  const next = !p.in ? 'in' : 'out', early = next === 'out' && !!day.ends && minutesOf(day.ends) - minutesNow(z) > 30;
  const done = !!p.in && !!p.out;
  const press = () => { if (early) setAsking(true); else void punch(next); };
  return <>
    <button class={`clock${p.in && !done ? ' on' : ''}`} disabled={done} onClick={press}>
      <svg viewBox="0 0 232 232" aria-hidden="true">
        <circle cx="116" cy="116" r="112" fill="none" stroke="var(--line)" stroke-width="5" />
        {p.in && <circle cx="116" cy="116" r="112" fill="none" stroke="var(--kunyit-500)" stroke-width="5" stroke-linecap="round" pathLength="1" stroke-dasharray={`${done ? 1 : progress(day, z)} 1`} />}
      </svg>
      <b class="num">{clock(now.value, z)}</b><span class="xs">{z}</span>
      <span class="verb">{done ? w().complete : next === 'in' ? w().punchIn : w().punchOut}</span>
    </button>
    <p role="status" aria-live="polite">{done ? <b class="num">{w().from(clock(p.in!, z), clock(p.out!, z))}</b> : p.in ? <b class="num">{w().since(clock(p.in, z))}</b>
      : <span class="muted">{works ? longDay(dayIn(serverNow(), z)) : w().notToday}</span>}</p>
    {asking && <Dialog title={w().earlyTitle} onClose={() => setAsking(false)}>
      <p>{w().earlyText(minute(day.ends!))}</p>
      <div class="row"><button class="btn" onClick={() => { setAsking(false); void punch('out'); }}>{w().earlyYes}</button><button class="btn ghost" onClick={() => setAsking(false)}>{t().cancel}</button></div>
    </Dialog>}
  </>;
}

function PlaceChip({ day }: { day: Today }) {
  const p = position.value;
  if (day.place_rule === 'none' || day.place_rule === 'anywhere') return <Chip>{w().noPlaceNeeded}</Chip>;
  if (p === 'asking') return <Chip>{w().locating}</Chip>;
  if (!p.position) return <Chip tone="warn">{p.error === 'denied' ? w().denied : w().noPosition}</Chip>;
  const near = nearest(day.sites, p.position);
  if (!near) return <Chip>{w().noPlaceNeeded}</Chip>;
  const far = distanceText(near.distance, lang.value);
  return isInside(near.site, p.position) ? <Chip tone="ok">{w().inside(near.site.name, far)}</Chip> : <Chip tone="warn">{w().outside(far)}</Chip>;
}

function MapCard({ day }: { day: Today }) {
  const p = position.value, here = p === 'asking' ? undefined : p.position;
  const site = here ? nearest(day.sites, here)?.site : day.sites[0];
  if (!site || day.place_rule !== 'site') return null;
  const text = `${site.name}${site.radius_metres ? ` · ${w().radius(site.radius_metres)}` : ''}`;
  return <section class="card"><h2 class="sr">{w().site}</h2><GeoMap site={site} position={here} label={text} /><p class="sm muted">{text}</p></section>;
}

export function OutboxBanner() {
  const n = waiting.value.length, bad = rejected.value;
  return <>
    {n > 0 && <Note tone="warn" icon="sync"><b>{n === 1 ? w().kept : w().keptCount(n)}</b><p class="sm">{w().keptHint} <button class="link" onClick={() => void flush()}>{w().sendNow}</button></p></Note>}
    {bad.map(i => <Note key={i.id} tone="bad" icon="warn"><b>{w().rejectedTitle}: {i.kind === 'report' ? w().kindReport : w().kindPunch[i.body.direction as 'in' | 'out']}</b>
      <p class="sm">{(t().problems as Record<string, string>)[i.reason ?? ''] ?? i.reason} <button class="link" onClick={() => void dismiss(i.id)}>{w().gotIt}</button></p></Note>)}
  </>;
}

function ReportCard({ day }: { day: Today }) {
  const state = day.report_state, due = day.duty === 'daily';
  return <section class="card"><div class="row between"><h2>{w().todayReport}</h2><Chip tone={state === 'verified' ? 'ok' : state === 'returned' ? 'bad' : state === 'submitted' ? 'info' : due ? 'warn' : ''}>{t().report[state]}</Chip></div>
    {!due && state === 'none' && <p class="sm muted">{w().noReportDue}</p>}
    <a class="btn ghost" href="#/laporan">{state === 'none' || state === 'draft' || state === 'returned' ? w().writeReport : w().seeReport}</a></section>;
}

export function Home() {
  useEffect(() => { void today.refresh(); void refreshPosition(); }, []);
  const off = clockOffset.value === null ? 0 : Math.round(clockOffset.value / 60_000);
  return <main id="m" tabIndex={-1}>
    <Show source={today} zone={zone()} height={420}>{day => <>
      <section class="card hero" aria-label={longDay(day.day)}>
        <div class="row"><Swatch mode={day.mode as Mode} /><b>{t().mode[day.mode as Mode]}</b>{day.starts && <span class="muted num">{minute(day.starts)}–{minute(day.ends!)} {day.zone}</span>}</div>
        <ClockButton day={day} />
        <PlaceChip day={day} />
      </section>
      <OutboxBanner />
      {Math.abs(off) >= 2 && Math.abs(off) < 60 * 24 && <Note tone="warn" icon="clock">{w().clockOff(Math.abs(off))}</Note>}
      <ReportCard day={day} />
      <MapCard day={day} />
      <section class="card"><div class="row between"><h2>{w().myRoster}</h2><a class="sm" href="#/jadwal">{w().allRoster}</a></div>
        <ul class="list">{day.next_days.slice(0, 4).map(d => <li key={d.day} class={`dayrow${d.day === day.day ? ' today' : ''}`}><DateBadge day={d.day} />
          <span class="row"><Swatch mode={d.mode as Mode} /><b>{t().mode[d.mode as Mode]}</b></span>
          <span class="sm muted num">{d.starts ? `${minute(d.starts)}–${minute(d.ends!)}` : ''}</span></li>)}</ul></section>
    </>}</Show>
  </main>;
}
