/* The board of one unit: the same figures, and the units right below it. */
import { useEffect, useMemo } from 'preact/hooks';
import type { Scope } from '../base/access';
import { api, type Got } from '../base/api';
import { Downloads } from '../base/downloads';
import { number, percent } from '../base/format';
import { Skeleton } from '../base/ui';
import { LiveChip, NoBoard } from './livechip';
import { live } from './live';
import { Kpis, Legend, PresenceBar, SourceLine } from './parts';
import { w } from './words';

type UnitBoardData = Got<'/api/v1/monitor/board/{unit}'>;
const pathOf = (unit: string) => `#/unit/${unit}`;

interface Props { unit: string; back?: string; own?: readonly Scope[]; chip?: boolean }

/** `own`: who heads several units goes from one to the other. */
export function UnitBoard({ unit, back, own = [], chip = true }: Props) {
  const l = useMemo(() => live<UnitBoardData>(`/api/v1/monitor/events?unit=${unit}`, () => api.GET('/api/v1/monitor/board/{unit}', { params: { path: { unit } } })), [unit]);
  useEffect(() => () => l.close(), [l]);
  const b = l.value.value;
  if (!b) return <NoBoard l={l} back={back}><Skeleton height={110} /><Skeleton height={320} /></NoBoard>;
  return <main id="m" tabIndex={-1}>
    <div class="row between"><div class="col tight">{back && <a class="sm" href={back}>{w().backToBoard}</a>}<h2>{b.name}</h2><SourceLine of={b} /></div><span class="row">
      {own.length > 1 && <select aria-label={w().unit} value={unit} onChange={e => { location.hash = pathOf(e.currentTarget.value); }}>{!own.some(u => u.id === unit) && <option value={unit}>{b.name}</option>}{own.map(u => <option key={u.id} value={u.id}>{u.name}</option>)}</select>}
      <Legend />{chip && <LiveChip l={l} at={b.now} />}</span></div>
    <Kpis c={b.total} />
    {b.units.length > 0 && <section class="card"><div class="row between"><h2>{w().units}</h2><Downloads path={`/api/v1/monitor/board/${unit}`} /></div><div class="scroll" tabIndex={0} role="region" aria-label={w().units}>
      <table class="table"><thead><tr><th scope="col">{w().unit}</th><th scope="col" class="r">{w().present}</th><th scope="col" class="barcell">{w().presence}</th><th scope="col" class="r">{w().kpi.late}</th><th scope="col" class="r">{w().kpi.reports}</th></tr></thead>
        <tbody>{b.units.map(u => <tr key={u.unit}><th scope="row"><a href={pathOf(u.unit)}>{u.name}</a></th><td class="r num whole"><b>{percent(u.present, u.expected)}</b> <span class="muted">{number(u.present)}/{number(u.expected)}</span></td>
          <td class="barcell"><PresenceBar c={u} /></td><td class="r num">{number(u.late)}</td><td class="r num">{number(u.report_filed)}/{number(u.report_due)}</td></tr>)}</tbody></table></div></section>}
  </main>;
}
