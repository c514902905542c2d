/* Izin & cuti for the offices: notices of their units, letters that cover many, kinds and their rules. */
import { useState } from 'preact/hooks';
import { api, type Got } from '../base/api';
import { entersLetters } from '../base/access';
import { Downloads } from '../base/downloads';
import { me } from '../base/session';
import { pathNow, route } from '../base/shell';
import { Empty } from '../base/ui';
import { t } from '../base/words';
import { DecideDialog } from './decide';
import { KindsView } from './kinds';
import { LettersView } from './letters';
import { TellForDialog } from './tell';
import { More, NoticeRow, usePages, type Notice } from './parts';
import { w } from './words';

type Notices = Got<'/api/v1/org/notices'>;
const filters = { waiting: { state: 'waiting' }, late: { state: 'waiting', decider: 'officer' }, overdue: { overdue: true }, all: {} } as const;

function NoticesView() {
  const [filter, setFilter] = useState<keyof typeof filters>('waiting'), [open, setOpen] = useState<string>(), [telling, tell] = useState(false), [round, again] = useState(0);
  const pages = usePages<Notices>(cursor => api.GET('/api/v1/org/notices', { params: { query: { ...filters[filter], ...(cursor ? { cursor } : {}) } } }), filter + round);
  const items = pages.items as readonly Notice[] | undefined;
  return <section class="card"><div class="row between"><h2>{w().views.notices}</h2>{!!items?.length && <Downloads path={`/api/v1/org/notices?${new URLSearchParams(Object.entries(filters[filter]).map(([k, v]) => [k, String(v)]))}`} />}{me.value && entersLetters(me.value) && <button class="btn ghost small" onClick={() => tell(true)}>{w().other.tell}</button>}</div><div class="row tight" role="group" aria-label={w().filter}>{(Object.keys(filters) as (keyof typeof filters)[]).map(f => <button key={f} class={`btn small ${filter === f ? '' : 'ghost'}`} aria-pressed={filter === f} onClick={() => setFilter(f)}>{w().filters[f]}</button>)}</div>
    {items ? items.length === 0 ? <Empty>{w().noneOf}</Empty> : <ul class="list">{items.map(n => <NoticeRow key={n.notice} n={n} who open={() => setOpen(n.notice)} />)}</ul> : !pages.problem && <p aria-busy="true" class="sm muted">{t().loading}</p>}
    <More pages={pages} />
    {telling && <TellForDialog onClose={() => tell(false)} onDone={() => { tell(false); again(round + 1); }} />}
    {open && <DecideDialog notice={open} onClose={() => setOpen(undefined)} onDone={() => { setOpen(undefined); again(round + 1); }} />}</section>;
}

const views = { notices: '', letters: 'surat', kinds: 'jenis' } as const;
type View = keyof typeof views;

export function AbsencePage() {
  const asked = new URLSearchParams(route.value.split('?')[1] ?? '').get('lihat') ?? '';
  const view = (Object.keys(views) as View[]).find(v => views[v] === asked) ?? 'notices';
  const to = (v: View) => { location.hash = views[v] ? `${pathNow()}?lihat=${views[v]}` : pathNow(); };
  return <main id="m" tabIndex={-1}>
    <div class="row tight" role="group" aria-label={w().title}>{(Object.keys(views) as View[]).map(v => <button key={v} class={`btn small ${view === v ? '' : 'ghost'}`} aria-pressed={view === v} onClick={() => to(v)}>{w().views[v]}</button>)}</div>
    {view === 'letters' ? <LettersView /> : view === 'kinds' ? <KindsView /> : <NoticesView />}</main>;
}
