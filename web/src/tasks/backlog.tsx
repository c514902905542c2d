/* The backlog of one's units: open, overdue, the oldest; each figure opens the tasks behind it. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { ownUnits } from '../base/access';
import { api, type Got } from '../base/api';
import { Downloads } from '../base/downloads';
import { number, shortFullDay } from '../base/format';
import { source } from '../base/load';
import { me } from '../base/session';
import { zone } from '../base/shell';
import { Chip, Dialog, Empty, Field, Kpi, Show } from '../base/ui';
import { More, usePages } from '../absence/parts';
import { w } from './words';

type Backlog = Got<'/api/v1/tasks/backlog'>;
type Open = Got<'/api/v1/tasks/units/{unit}'>;

export function OpenDialog({ unit, name, onClose }: { unit: string; name: string; onClose: () => void }) {
  const pages = usePages<Open>(cursor => api.GET('/api/v1/tasks/units/{unit}', { params: { path: { unit }, query: cursor ? { cursor } : {} } }), unit), items = pages.items as Open['items'] | undefined;
  return <Dialog title={w().showOpen(name)} onClose={onClose}>{!!items?.length && <Downloads path={`/api/v1/tasks/units/${unit}`} />}
    {items && (items.length === 0 ? <Empty>{w().noOpen}</Empty> : <ul class="list">{items.map(x => <li key={x.task}><b>{x.subject}</b><span class="sm muted">{[w().kind[x.kind], w().number(x.number, x.year), w().fromUnit(x.from_unit_name), w().toUnit(x.unit_name)].join(' · ')}</span><span class="row tight"><Chip tone={x.state === 'sent' ? 'warn' : 'info'}>{w().state[x.state]}</Chip>{x.past_due && <Chip tone="bad">{w().overdue}</Chip>}<span class="sm muted num">{w().due(shortFullDay(x.due))}</span></span></li>)}</ul>)}
    {!items && !pages.problem && <p aria-busy="true" class="sm muted">…</p>}<More pages={pages} /></Dialog>;
}

export function BacklogPart() {
  const own = ownUnits(me.value!), [unit, setUnit] = useState(own[0]?.id ?? ''), [open, setOpen] = useState<{ id: string; name: string }>();
  const one = useMemo(() => source<Backlog>(`tasks/backlog/${unit}`, () => api.GET('/api/v1/tasks/backlog', { params: { query: { unit } } })), [unit]);
  useEffect(() => { void one.refresh(); }, [one]);
  return <section class="card"><div class="row between"><h2>{w().backlog}</h2><Downloads path={`/api/v1/tasks/backlog?unit=${unit}`} /></div>
    {own.length > 1 && <Field label={w().ofUnit}>{p => <select {...p} value={unit} onChange={e => setUnit(e.currentTarget.value)}>{own.map(u => <option key={u.id} value={u.id}>{u.name}</option>)}</select>}</Field>}
    <Show source={one} zone={zone()} height={200}>{v => <>{own.length === 1 && <p class="sm muted">{v.total.unit_name}</p>}<div class="kpis"><Kpi label={w().open} value={number(v.total.open_tasks)} sub="" /><Kpi label={w().late} value={number(v.total.overdue)} sub="" tone={v.total.overdue ? 'bad' : ''} /><Kpi label={w().oldest} value={v.total.oldest_days === undefined ? w().none : w().days(number(v.total.oldest_days))} sub={v.total.oldest ? shortFullDay(v.total.oldest) : ''} /></div>
      <div class="row"><button type="button" class="btn ghost small" onClick={() => setOpen({ id: unit, name: v.total.unit_name })}>{w().showOpen(v.total.unit_name)}</button></div>
      {v.items.length > 0 && <ul class="list">{v.items.map(u => <li key={u.unit}><button type="button" class="rowbutton" onClick={() => setOpen({ id: u.unit!, name: u.unit_name })}><b>{u.unit_name}</b><span class="sm muted num">{[`${w().open} ${number(u.open_tasks)}`, `${w().late} ${number(u.overdue)}`, ...(u.oldest_days === undefined ? [] : [`${w().oldest} ${w().days(number(u.oldest_days))}`])].join(' · ')}</span></button></li>)}</ul>}</>}</Show>
    {open && <OpenDialog unit={open.id} name={open.name} onClose={() => setOpen(undefined)} />}</section>;
}
