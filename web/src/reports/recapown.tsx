/* Rekap saya: one's own month, a line for each unit one belonged to; every number opens to its days. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { api, serverNow, type Got } from '../base/api';
import { dayIn, monthName } from '../base/format';
import { source } from '../base/load';
import { zone } from '../base/shell';
import { Chip, Empty, Show } from '../base/ui';
import { MonthSteps } from './recapmonth';
import { PersonDays } from './recapparts';
import { w } from './recapwords';

type Own = Got<'/api/v1/recap/me'>;

export function RecapOwn() {
  const [month, setMonth] = useState(dayIn(serverNow(), zone()).slice(0, 8) + '01');
  const s = useMemo(() => source<Own>(`recap/${month}`, () => api.GET('/api/v1/recap/me', { params: { query: { month } } })), [month]);
  useEffect(() => { void s.refresh(); }, [s]);
  return <main id="m" tabIndex={-1}><section class="card"><div class="row between"><h2>{monthName(month)}</h2><MonthSteps month={month} onMonth={setMonth} /></div><p class="sm muted">{w().hint}</p>
    <Show source={s} zone={zone()} height={420}>{v => v.items.length === 0 ? <Empty>{w().noLines}</Empty> : <>{v.items.map(i => <section class="col" key={i.unit}>
      <div class="row between"><h3>{i.unit_name}</h3><Chip tone={i.is_closed ? 'ok' : ''}>{i.is_closed ? w().closed : w().open}</Chip></div>
      <PersonDays employee={i.employee} figures={i.figures} days={i.days} {...(i.is_often_late && i.late_limit ? { limit: i.late_limit } : {})} /></section>)}</>}</Show></section></main>;
}
