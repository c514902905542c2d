/* The board of one unit: the same figures, and the units right below it. */
import { useEffect, useMemo } from 'preact/hooks';
import { api, type Got } from '../base/api';
import { number, percent } from '../base/format';
import { LiveChip } from './livechip';
import { live } from './live';
import { Awaited, Kpis, Legend, PresenceBar } from './parts';
import { w } from './words';

type UnitBoardData = Got<'/api/v1/monitor/board/{unit}'>;

export function UnitBoard({ unit, back }: { unit: string; back?: string }) {
  const l = useMemo(() => live<UnitBoardData>(`/api/v1/monitor/events?unit=${unit}`, async () => (await api.GET('/api/v1/monitor/board/{unit}', { params: { path: { unit } } })).data), [unit]);
  useEffect(() => () => l.close(), [l]);
  const b = l.value.value;
  if (!b) return <Awaited failed={l.failed.value} heights={[110, 320]} />;
  return <main id="m" tabIndex={-1}>
    <div class="row between"><div class="col tight">{back && <a class="sm" href={back}>{w().backToBoard}</a>}<h2>{b.name}</h2></div><span class="row"><Legend />{!back && <LiveChip l={l} at={b.now} />}</span></div>
    <Kpis c={b.total} />
    {b.units.length > 0 && <section class="card"><h2>{w().units}</h2><div class="scroll" tabIndex={0} role="region" aria-label={w().units}>
      <table class="table"><thead><tr><th scope="col">{w().unit}</th><th scope="col" class="r">{w().present}</th><th scope="col" class="barcell">{w().presence}</th><th scope="col" class="r">{w().kpi.late}</th><th scope="col" class="r">{w().kpi.reports}</th></tr></thead>
        <tbody>{b.units.map(u => <tr key={u.unit}><th scope="row">{back ? <a href={`#/unit/${u.unit}`}>{u.name}</a> : u.name}</th><td class="r num whole"><b>{percent(u.present, u.expected)}</b> <span class="muted">{number(u.present)}/{number(u.expected)}</span></td>
          <td class="barcell"><PresenceBar c={u} /></td><td class="r num">{number(u.late)}</td><td class="r num">{number(u.report_filed)}/{number(u.report_due)}</td></tr>)}</tbody></table></div></section>}
  </main>;
}
