/* Papan: the whole government, live. Six figures, the day's arrivals, what needs attention, a tile per agency. */
import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { api, type Got } from '../base/api';
import { Downloads } from '../base/downloads';
import { number, percent } from '../base/format';
import { me } from '../base/session';
import { Chip, Empty, Skeleton } from '../base/ui';
import { ArrivalChart } from './chart';
import { live, type Live } from './live';
import { NoBoard } from './livechip';
import { isBeforeStart, Kpis, Legend, missing, PresenceBar, SourceLine } from './parts';
import { w } from './words';

export type Board = Got<'/api/v1/monitor/board'>;
type Agency = Board['agencies'][number];

/* absolute counters arrive every second: a tile is drawn again only when its own figures moved */
const same = (a: Agency, b: Agency, early: boolean, wasEarly: boolean) => early === wasEarly && a.source === b.source && a.system === b.system && a.present === b.present && a.expected === b.expected && a.late === b.late && a.excused === b.excused && a.present_office === b.present_office && a.present_home === b.present_home && a.report_filed === b.report_filed && a.report_due === b.report_due;
const seen = new Map<string, { agency: Agency; early: boolean; view: JSX.Element }>();

function tile(a: Agency) {
  const old = seen.get(a.unit), early = isBeforeStart();
  if (old && same(old.agency, a, early, old.early) && old.agency.name === a.name) return old.view;
  const view = <a class="tile" key={a.unit} href={`#/unit/${a.unit}`}>
    <b>{a.name}</b><SourceLine of={a} />{a.source === 'none' ? <span class="sm muted">{w().notCounted}</span> : a.source === 'external' && a.present === 0 && a.expected > 0 && a.excused === a.expected ? <span class="sm muted">{w().awaited(number(a.expected))}</span> : <><PresenceBar c={a} />
    <span class="row between sm"><span class="num"><b>{percent(a.present, a.expected)}</b> <span class="muted">{w().onDuty}</span></span><span class="muted num">{number(a.present)}/{number(a.expected)}</span></span>
    <span class="row between xs muted num"><span class={a.late ? 'warn' : ''}>{w().kpi.late} {number(a.late)}</span><span>{w().kpi.reports} {number(a.report_filed)}/{number(a.report_due)}</span></span></>}</a>;
  seen.set(a.unit, { agency: a, early, view });
  return view;
}

function Attention({ items }: { items: Board['attention'] }) {
  return <section class="card"><div class="row between"><h2>{w().attention}</h2>{items.length > 0 && <Chip>{number(items.length)}</Chip>}</div>{items.length === 0 ? <Empty>{w().calm}</Empty> : <div class="scroll down" tabIndex={0} role="region" aria-label={w().attention}><ul class="list" aria-live="polite">{items.map(a =>
    <li key={`${a.kind}${a.unit}`}><a class="sm" href={`#/unit/${a.unit}`}>{w().kinds[a.kind]?.(a.unit_name, a.value) ?? a.unit_name}</a></li>)}</ul></div>}</section>;
}

export function useBoard(): Live<Board> {
  const l = useMemo(() => live<Board>('/api/v1/monitor/events', () => api.GET('/api/v1/monitor/board')), []);
  useEffect(() => () => l.close(), [l]);
  return l;
}

export function BoardPage({ l }: { l: Live<Board> }) {
  const [order, setOrder] = useState<'name' | 'presence'>('name'), [filter, setFilter] = useState('');
  const b = l.value.value;
  if (!b) return <NoBoard l={l}><Skeleton height={110} /><Skeleton height={320} /><Skeleton height={420} /></NoBoard>;
  const shown = b.agencies.filter(a => a.name.toLowerCase().includes(filter.toLowerCase()));
  if (order === 'presence') shown.sort((x, y) => missing(y) / (y.expected || 1) - missing(x) / (x.expected || 1));
  else shown.sort((x, y) => x.name.localeCompare(y.name, 'id'));
  return <main id="m" tabIndex={-1}>
    <Kpis c={b.total} />
    <div class="cols tall"><ArrivalChart slots={b.slots} /><Attention items={b.attention} /></div>
    <section class="col gap"><div class="row between"><div class="col tight"><h2>{w().agencies(b.agencies.length, me.value?.government.agency_label ?? '')}</h2><Legend /><Downloads path="/api/v1/monitor/board" /></div>
      <div class="row noprint tools"><input type="search" aria-label={w().filter} placeholder={w().filter} value={filter} onInput={e => setFilter(e.currentTarget.value)} />
        <select aria-label={w().sort} value={order} onChange={e => setOrder(e.currentTarget.value as 'name')}><option value="name">{w().byName}</option><option value="presence">{w().byPresence}</option></select></div></div>
      {shown.length ? <div class="tiles">{shown.map(tile)}</div> : <section class="card"><Empty>{w().noMatch}</Empty></section>}</section>
  </main>;
}
