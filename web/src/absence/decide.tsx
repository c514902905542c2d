/* Notices to decide: beside the reports of the team, and as a page with what was decided. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { api, online, type Got } from '../base/api';
import { Downloads } from '../base/downloads';
import { source } from '../base/load';
import { later, route, zone } from '../base/shell';
import { Action, Empty, Field, Note, Reload, Show, toast } from '../base/ui';
import { t } from '../base/words';
import { failure, More, NoticeDialog, NoticeRow, says, usePages, type Detail, type Failure, type Notice } from './parts';
import { w } from './words';

const WaitingSwaps = later(async () => (await import('../roster/swapdecide')).WaitingSwaps, true);

type Team = Got<'/api/v1/org/team/notices'>;

/** One notice with what its decision needs in the body, and the decision itself always in sight. */
export function DecideDialog({ notice, onClose, onDone }: { notice: string; onClose: () => void; onDone: () => void }) {
  const [mode, setMode] = useState<'accept' | 'refuse'>('accept'), [letter, setLetter] = useState(''), [words, setWords] = useState(''), [tried, setTried] = useState(false), [problem, setProblem] = useState<Failure>();
  const box = useRef<HTMLTextAreaElement>(null), said = words.trim(), short = mode === 'refuse' && said.length < 10;
  useEffect(() => { if (mode === 'refuse') box.current?.focus(); }, [mode]);
  const settle = (r: { error?: unknown } | undefined, done: string) => {
    const bad = failure(r);
    if (bad) return setProblem(bad);
    toast(done);
    onDone();
  };
  const path = { notice };
  const accept = async (n: Notice) => settle(await api.POST('/api/v1/org/notices/{notice}/accept', { params: { path }, body: { version: n.version, ...(letter.trim() ? { letter: letter.trim() } : {}), ...(said ? { reason: said } : {}) } }).catch(() => undefined), w().accepted);
  const refuse = async (n: Notice) => {
    setTried(true);
    if (short) return box.current?.focus();
    settle(await api.POST('/api/v1/org/notices/{notice}/refuse', { params: { path }, body: { version: n.version, reason: said } }).catch(() => undefined), w().refused);
  };
  const foot = ({ notice: n }: Detail) => !n.may_decide ? n.state === 'waiting' ? <p class="sm muted">{w().notYours(w().decider[n.decider])}</p> : null
    : mode === 'accept' ? <><Action onAct={() => accept(n)} disabled={!online.value}>{w().accept}</Action><button class="btn ghost" onClick={() => setMode('refuse')}>{w().refuse}</button></>
      : <><Action class="btn danger" onAct={() => refuse(n)} disabled={!online.value}>{w().refuse}</Action><button class="btn ghost" onClick={() => setMode('accept')}>{t().cancel}</button></>;
  return <NoticeDialog notice={notice} onClose={onClose} foot={foot}>{d => d.notice.may_decide && <>
    {problem && <Note tone="bad" icon="warn">{says(problem, w().decisionFaults)}<Reload problem={problem} onReload={onDone} /></Note>}
    {mode === 'accept' && <Field label={w().letter}>{p => <input {...p} maxLength={100} value={letter} onInput={e => setLetter(e.currentTarget.value)} />}</Field>}
    <Field label={mode === 'accept' ? w().note : w().refusal} hint={mode === 'refuse' ? w().refusalHint : undefined} error={tried && short ? w().refusalHint : undefined}>{p => <textarea {...p} ref={box} rows={2} maxLength={500} value={words} onInput={e => setWords(e.currentTarget.value)} />}</Field></>}</NoticeDialog>;
}

const waiting = source<Team>('notices/team', () => api.GET('/api/v1/org/team/notices', { params: { query: { state: 'waiting' } } }));

/** What waits for one's own decision, beside the reports. */
export function ToDecide() {
  const [open, setOpen] = useState<string>();
  useEffect(() => { void waiting.refresh(); const timer = setInterval(() => void waiting.refresh(), 60_000); return () => clearInterval(timer); }, []);
  return <section class="card"><div class="row between"><h2>{w().toDecide}</h2><a class="sm" href="#/izin">{w().seeAll}</a></div><Show source={waiting} zone={zone()} height={120}>{v => {
    const mine = v.items.filter(n => n.may_decide);
    return mine.length === 0 ? <Empty>{w().nothing}</Empty> : <ul class="list">{mine.map(n => <NoticeRow key={n.notice} n={n} who open={() => setOpen(n.notice)} />)}</ul>;
  }}</Show>
    {open && <DecideDialog notice={open} onClose={() => setOpen(undefined)} onDone={() => { setOpen(undefined); void waiting.refresh(); }} />}</section>;
}

const filters = ['waiting', 'all'] as const;
export function TeamNotices() {
  const [filter, setFilter] = useState<(typeof filters)[number]>('waiting'), [open, setOpen] = useState<string>(), [round, again] = useState(0);
  const pages = usePages<Team>(cursor => api.GET('/api/v1/org/team/notices', { params: { query: { ...(filter === 'waiting' ? { state: 'waiting' as const } : {}), ...(cursor ? { cursor } : {}) } } }), `${filter}${round}${route.value}`);
  const items = pages.items as readonly Notice[] | undefined;
  return <main id="m" tabIndex={-1}><section class="card">{!!items?.length && <Downloads path={`/api/v1/org/team/notices${filter === 'waiting' ? '?state=waiting' : ''}`} />}<div class="row tight" role="group" aria-label={w().filter}>{filters.map(f => <button key={f} class={`btn small ${filter === f ? '' : 'ghost'}`} aria-pressed={filter === f} onClick={() => setFilter(f)}>{w().filters[f]}</button>)}</div>
    {items && (items.length === 0 ? <Empty>{w().noneOf}</Empty> : <ul class="list">{items.map(n => <NoticeRow key={n.notice} n={n} who open={() => setOpen(n.notice)} />)}</ul>)}
    {!items && !pages.problem && <p aria-busy="true" class="sm muted">{t().loading}</p>}<More pages={pages} /></section><WaitingSwaps />
    {open && <DecideDialog notice={open} onClose={() => setOpen(undefined)} onDone={() => { setOpen(undefined); again(round + 1); }} />}</main>;
}
