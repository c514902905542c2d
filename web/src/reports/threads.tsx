/* Notes one has not seen, one's own and one's people's; and what waits too long with superiors below. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { api, type Got } from '../base/api';
import { Downloads } from '../base/downloads';
import { longDay, number, shortFullDay } from '../base/format';
import { source } from '../base/load';
import { zone } from '../base/shell';
import { Chip, Dialog, reportTone, Show } from '../base/ui';
import { t } from '../base/words';
import { ReportView, seen, type Report } from './view';
import { w } from './words';

type Threads = Got<'/api/v1/reports/threads'>;
type Row = Threads['items'][number];
type Waiting = Got<'/api/v1/reports/waiting'>;

/** Somebody's report with its thread; deciding is done where it waits. */
export function ThreadDialog({ row, onClose }: { row: Pick<Row, 'report' | 'name' | 'day' | 'state'>; onClose: () => void }) {
  const s = useMemo(() => source<Report>(null, () => api.GET('/api/v1/reports/daily/{report}', { params: { path: { report: row.report } } })), [row.report]);
  useEffect(() => { void s.refresh(); }, [s]);
  return <Dialog title={row.name} sub={longDay(row.day)} onClose={onClose}><div class="row tight"><Chip tone={reportTone[row.state]}>{t().report[row.state]}</Chip></div>
    <Show source={s} zone={zone()} height={200}>{r => <ReportView r={r} z={zone()} onNoted={() => void s.refresh()} />}</Show></Dialog>;
}

/** Own ones lead to the day; those of one's people open here. */
export function Unread({ own }: { own: boolean }) {
  const s = useMemo(() => source<Threads>('reports/threads', () => api.GET('/api/v1/reports/threads')), []), [open, setOpen] = useState<Row>();
  useEffect(() => { void s.refresh(); const timer = setInterval(() => void s.refresh(), 60_000); return () => clearInterval(timer); }, [s, seen.value]);
  const rows = (s.state.value.value?.items ?? []).filter(r => r.is_own === own), unread = rows.reduce((n, r) => n + r.unread, 0);
  if (!rows.length && !open) return null;
  return <section class="card"><h2>{w().unread(number(unread))}</h2><ul class="list">{rows.map(r => <li key={r.report}>{own ? <div class="row between"><a href={`#/laporan?hari=${r.day}`}>{longDay(r.day)}</a><Chip tone="info">{w().newNotes(number(r.unread))}</Chip></div>
    : <button type="button" class="rowbutton" onClick={() => setOpen(r)}><span class="row between"><span class="col tight"><b>{r.name}</b><span class="sm muted">{longDay(r.day)}</span></span><Chip tone="info">{w().newNotes(number(r.unread))}</Chip></span></button>}</li>)}</ul>
    {open && <ThreadDialog row={open} onClose={() => { setOpen(undefined); void s.refresh(); }} />}</section>;
}

/** Only who has superiors below him sees any. The software tells; people act. */
export function WaitingBelow() {
  const s = useMemo(() => source<Waiting>('reports/waiting', () => api.GET('/api/v1/reports/waiting')), []);
  useEffect(() => { void s.refresh(); }, [s]);
  const v = s.state.value.value;
  if (!v?.items.length) return null;
  return <section class="card"><h2>{w().waitsBelow(v.items.length)}</h2><p class="sm muted">{w().waitsHint(v.working_days)}</p><Downloads path="/api/v1/reports/waiting" />
    <ul class="list">{v.items.map(x => <li key={x.superior}><span class="row between start"><span class="col tight"><b>{x.name}</b>{x.position && <span class="sm muted">{x.position}</span>}</span><Chip tone="warn">{w().waitsCount(x.reports < 500 ? number(x.reports) : '500+')}</Chip></span>
      <span class="sm num">{w().waitsSince(shortFullDay(x.oldest))}</span>{x.may_decide && <span class="sm">{w().waitsYours}</span>}</li>)}</ul></section>;
}
