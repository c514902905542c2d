/* What waits of the team one leads: a lead advises, the superior decides. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { api, type Problem } from '../base/api';
import { longDay } from '../base/format';
import { source } from '../base/load';
import { zone } from '../base/shell';
import { Action, Chip, Empty, problemText, Show, toast } from '../base/ui';
import { Judge, Remarks, type Row } from './judge';
import { w } from './words';

/* one gesture advises on at most so many (ReportRecommendations.items) */
const MANY = 200;

/* What was refused of one report is its problem; of many, what was taken is said. */
async function advise(rows: readonly Row[], advice: 'verify' | 'return', text?: string) {
  const r = await api.POST('/api/v1/reports/recommendations', { body: { items: rows.slice(0, MANY).map(x => ({ report: x.report, version: x.version })), advice, ...(text && { text }) } }).catch(() => undefined);
  const taken = r?.data?.results.filter(x => x.status === 'advised').length ?? 0, code = r?.data?.results[0]?.code;
  return { taken, error: r ? r.error ?? (taken === 0 ? { code } as Problem : undefined) : 'network' as const };
}

export function Led({ alone }: { alone: boolean }) {
  const s = useMemo(() => source('reports/led', () => api.GET('/api/v1/reports/led')), []), [open, setOpen] = useState<{ row: Row; left: readonly Row[] }>();
  useEffect(() => { void s.refresh(); const timer = setInterval(() => void s.refresh(), 60_000); return () => clearInterval(timer); }, [s]);
  const adviseMany = async (rows: readonly Row[]) => {
    const r = await advise(rows, 'verify');
    toast(r.error ? problemText(r.error as Problem | 'network') : w().advised(r.taken));
    void s.refresh();
  };
  return <Show source={s} zone={zone()} height={alone ? 160 : 0}>{v => {
    const fresh = v.items.filter(r => !r.advice), clean = fresh.filter(r => r.clean), rows = [...fresh, ...v.items.filter(r => r.advice)];
    if (rows.length === 0 && !alone) return null;
    return <section class="card"><h2>{w().led}</h2><p class="sm muted">{w().ledHint}</p>
      {clean.length > 0 && <div class="row"><Action onAct={() => adviseMany(clean)}>{w().adviseClean(Math.min(clean.length, MANY))}</Action></div>}
      {rows.length === 0 ? <Empty>{w().nothing}</Empty> : <ul class="list">{rows.map((r, i) => <li key={r.report}><div class="row between start nowrap">
        <span class="col tight"><b>{r.name}</b><span class="sm muted">{longDay(r.day)} · {w().items(r.items)}</span><Remarks r={r} /></span>
        <button class="btn ghost small whole" onClick={() => setOpen({ row: r, left: fresh.filter((_, k) => k > i) })}>{w().open}</button></div></li>)}</ul>}
      {v.is_full && <p class="sm muted">{w().full}</p>}
      {open && <Judge key={open.row.report} row={open.row} left={open.left.length} onClose={() => setOpen(undefined)}
        onDone={() => { setOpen(open.left[0] && { row: open.left[0], left: open.left.slice(1) }); void s.refresh(); }}
        yes={{ word: w().advise, done: w().advised(1), act: () => advise([open.row], 'verify') }}
        no={{ word: w().adviseMend, done: w().advised(1), reason: w().mend, act: text => advise([open.row], 'return', text) }} />}</section>;
  }}</Show>;
}
