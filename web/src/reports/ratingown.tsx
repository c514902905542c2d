/* Umpan balik & penilaian: everything that was said about one's work, asking and answering, what one was told, accepting, objecting, and the proof of what is final. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { api, online, serverNow, type Got, type Problem } from '../base/api';
import { dayIn, fullDay, number, type Zone } from '../base/format';
import { source } from '../base/load';
import { zone } from '../base/shell';
import { Action, Dialog, Empty, Note, problemText, Reload, Show, toast } from '../base/ui';
import { t } from '../base/words';
import { LogList, periodText, RatingHead, RatingView, SayDialog, type Entry, type Log, type Rating } from './ratingparts';
import { w } from './ratingwords';

type Ratings = Got<'/api/v1/reports/ratings'>;

/** Saves the text, salt and hash as a file; with the log's own proof anybody can check them. */
async function saveProof(r: Rating): Promise<void> {
  const p = await api.GET('/api/v1/reports/ratings/{rating}/proof', { params: { path: { rating: r.rating } } }).catch(() => undefined);
  if (!p?.data) return toast(problemText((p?.error as Problem | undefined) ?? 'network'));
  const a = document.createElement('a');
  a.href = URL.createObjectURL(new Blob([JSON.stringify(p.data, null, 2)], { type: 'application/json' }));
  a.download = `penilaian-${r.period === 'annual' ? r.first_day.slice(0, 4) : r.first_day.slice(0, 7)}.json`;
  a.click();
  setTimeout(() => URL.revokeObjectURL(a.href), 60_000);
}

function Accept({ r, onClose, onDone }: { r: Rating; onClose: () => void; onDone: () => void }) {
  const [problem, setProblem] = useState<Problem | 'network'>();
  const act = async () => {
    setProblem(undefined);
    const a = await api.POST('/api/v1/reports/ratings/{rating}/accept', { params: { path: { rating: r.rating } }, body: { version: r.version } }).catch(() => undefined);
    if (!a?.data) return setProblem((a?.error as Problem | undefined) ?? 'network');
    toast(w().accepted);
    onDone();
  };
  return <Dialog title={w().acceptTitle} sub={periodText(r)} onClose={onClose} foot={<><Action onAct={act} disabled={!online.value}>{w().accept}</Action><button type="button" class="btn ghost" onClick={onClose}>{t().cancel}</button></>}>
    {problem && <Note tone="bad" icon="warn">{problemText(problem)}<Reload problem={problem} onReload={onDone} /></Note>}<p>{w().acceptWarn}</p></Dialog>;
}

/* What its owner can do with it now. */
function Moves({ r, z, accept, object }: { r: Rating; z: Zone; accept: () => void; object: () => void }) {
  if (r.state === 'locked') return <div class="row between start"><p class="sm muted num grow">{w().proofHint(number(r.leaf_index ?? 0))}</p><Action class="btn ghost small" onAct={() => saveProof(r)} disabled={!online.value}>{w().proof}</Action></div>;
  if (!r.may_answer || !r.object_until) return null;
  const over = r.object_until < dayIn(serverNow(), z);
  return <><p class="sm">{over ? w().objectOver(fullDay(r.object_until)) : `${w().objectUntil(fullDay(r.object_until))} ${r.decider_name ? w().objectTo(r.decider_name) : w().objectToNobody}`}</p>
    <div class="row"><button type="button" class="btn ghost" onClick={accept}>{w().accept}</button>{r.may_object && <button type="button" class="btn ghost" onClick={object}>{w().object}</button>}</div></>;
}

function OwnLog({ z }: { z: Zone }) {
  const s = useMemo(() => source<Log>('feedback', () => api.GET('/api/v1/reports/feedback')), []), [saying, say] = useState<Entry | 'ask'>(), [older, setOlder] = useState<Log>();
  const refresh = () => { setOlder(undefined); void s.refresh(); };
  useEffect(refresh, [s]);
  const next = async (cursor: string) => {
    const r = await api.GET('/api/v1/reports/feedback', { params: { query: { cursor } } }).catch(() => undefined);
    if (!r?.data) return toast(problemText((r?.error as Problem | undefined) ?? 'network'));
    setOlder({ ...r.data, items: [...older?.items ?? [], ...r.data.items] });
  };
  return <section class="card"><div class="row between"><h2>{w().log}</h2><button type="button" class="btn small" disabled={!online.value} onClick={() => say('ask')}>{w().ask}</button></div><p class="sm muted">{w().lead}</p>
    <Show source={s} zone={z} height={240}>{v => {
      const items = [...v.items, ...older?.items ?? []], cursor = older ? older.next : v.next;
      return items.length === 0 ? <Empty>{w().logNone}</Empty> : <><LogList items={items} answer={e => say(e)} mine />{cursor && <Action class="btn ghost" onAct={() => next(cursor)}>{w().older}</Action>}</>;
    }}</Show>
    {saying && <SayDialog title={saying === 'ask' ? w().askTitle : w().answerTitle} {...(saying === 'ask' ? {} : { sub: saying.author_name })} label={saying === 'ask' ? w().askLabel : w().answerLabel} hint={w().saidHint} done={w().sent}
      onSend={said => api.POST('/api/v1/reports/feedback', { body: { said, ...(saying === 'ask' ? {} : { reply_to: saying.feedback }) } })} onClose={() => say(undefined)} onDone={() => { say(undefined); refresh(); }} />}
  </section>;
}

export function OwnRatingsPage() {
  const z = zone(), s = useMemo(() => source<Ratings>('ratings', () => api.GET('/api/v1/reports/ratings')), []), [open, setOpen] = useState<{ r: Rating; what: 'accept' | 'object' }>(), [older, setOlder] = useState<Ratings>();
  const refresh = () => { setOpen(undefined); setOlder(undefined); void s.refresh(); };
  useEffect(refresh, [s]);
  const next = async (cursor: string) => {
    const r = await api.GET('/api/v1/reports/ratings', { params: { query: { cursor } } }).catch(() => undefined);
    if (!r?.data) return toast(problemText((r?.error as Problem | undefined) ?? 'network'));
    setOlder({ ...r.data, items: [...older?.items ?? [], ...r.data.items] });
  };
  return <main id="m" tabIndex={-1}>
    <section class="card"><h2>{w().ratings}</h2>
      <Show source={s} zone={z} height={240}>{v => {
        const items = [...v.items, ...older?.items ?? []], cursor = older ? older.next : v.next;
        return items.length === 0 ? <Empty>{w().ratingsNone}</Empty> : <><ul class="list">{items.map(r => <li key={r.rating}><RatingHead r={r} /><RatingView r={r} z={z} /><Moves r={r} z={z} accept={() => setOpen({ r, what: 'accept' })} object={() => setOpen({ r, what: 'object' })} /></li>)}</ul>{cursor && <Action class="btn ghost" onAct={() => next(cursor)}>{w().older}</Action>}</>;
      }}</Show></section>
    <OwnLog z={z} />
    {open?.what === 'accept' && <Accept r={open.r} onClose={() => setOpen(undefined)} onDone={refresh} />}
    {open?.what === 'object' && <SayDialog title={w().objectTitle} sub={periodText(open.r)} label={w().objectLabel} hint={w().objectHint} least={10} most={2000} send={w().object} done={w().objected}
      onSend={objection => api.POST('/api/v1/reports/ratings/{rating}/object', { params: { path: { rating: open.r.rating } }, body: { version: open.r.version, objection } })} onClose={() => setOpen(undefined)} onDone={refresh} />}
  </main>;
}
