/* Tugas: what one has in hand and what one waits for, meetings, documents that are checked; for heads the backlog of their units. */
import { useEffect, useState } from 'preact/hooks';
import { ownUnits } from '../base/access';
import { Downloads } from '../base/downloads';
import { me } from '../base/session';
import { route, zone } from '../base/shell';
import { Empty, Show, Skeleton } from '../base/ui';
import { More, usePages } from '../absence/parts';
import { BacklogPart } from './backlog';
import { ChecksPart } from './checks';
import { ask, kept, type List } from './lists';
import { MeetingsPart } from './meetings';
import { SendDialog, TaskDialog, TaskRow, type Task } from './task';
import { w } from './words';

function OpenTasks({ sent, open }: { sent: boolean; open: (task: string) => void }) {
  const list = sent ? kept.sent : kept.inbox, [more, setMore] = useState<readonly Task[]>([]), first = list.state.value.value;
  useEffect(() => { setMore([]); void list.refresh(); }, [list]);
  const [next, setNext] = useState<string>();
  useEffect(() => { setNext(first?.next); setMore([]); }, [first]);
  const load = async (cursor?: string) => {
    const r = await ask(sent, 'open', cursor).catch(() => undefined);
    if (!r?.data) return;
    setMore(old => [...old, ...r.data!.items]);
    setNext(r.data.next);
  };
  return <Show source={list} zone={zone()} height={160}>{v => v.items.length === 0 ? <Empty>{sent ? w().emptySent : w().emptyInbox}</Empty> : <><ul class="list">{[...v.items, ...more].map(x => <TaskRow key={x.task} x={x} sent={sent} open={() => open(x.task)} />)}</ul><More pages={{ next, load }} /></>}</Show>;
}

function PastTasks({ sent, open }: { sent: boolean; open: (task: string) => void }) {
  const pages = usePages<List>(cursor => ask(sent, 'past', cursor), String(sent)), items = pages.items as readonly Task[] | undefined;
  return <>{items && (items.length === 0 ? <Empty>{w().emptyPast}</Empty> : <ul class="list">{items.map(x => <TaskRow key={x.task} x={x} sent={sent} open={() => open(x.task)} />)}</ul>)}{!items && !pages.problem && <Skeleton height={120} />}<More pages={pages} /></>;
}

const boxes = ['open', 'past'] as const;
function TasksPart({ sent }: { sent: boolean }) {
  const [box, setBox] = useState<(typeof boxes)[number]>('open'), [open, setOpen] = useState<string>(), [sending, setSending] = useState(false);
  const reload = () => void (sent ? kept.sent : kept.inbox).refresh();
  return <section class="card"><div class="row between"><h2>{sent ? w().views.sent : w().views.inbox}</h2><button type="button" class="btn small" onClick={() => setSending(true)}>{w().send}</button></div>
    <div class="row between"><div class="row tight" role="group" aria-label={w().view}>{boxes.map(b => <button key={b} type="button" class={`btn small ${box === b ? '' : 'ghost'}`} aria-pressed={box === b} onClick={() => setBox(b)}>{w().box[b]}</button>)}</div><Downloads path={`/api/v1/tasks${sent ? '' : '/inbox'}?box=${box}`} /></div>
    {box === 'open' ? <OpenTasks sent={sent} open={setOpen} /> : <PastTasks sent={sent} open={setOpen} />}
    {open && <TaskDialog task={open} onClose={() => setOpen(undefined)} onChange={reload} />}{sending && <SendDialog onClose={() => setSending(false)} onSent={() => { setSending(false); void kept.sent.refresh(); void kept.inbox.refresh(); }} />}</section>;
}

const views = ['inbox', 'sent', 'meetings', 'checks', 'backlog'] as const;
type View = (typeof views)[number];
const words: Record<View, string> = { inbox: 'masuk', sent: 'dikirim', meetings: 'rapat', checks: 'periksa', backlog: 'tunggakan' };

/** `first`: what one comes to when the address says nothing. */
function Page({ first }: { first: View }) {
  const has = views.filter(v => v !== 'backlog' || ownUnits(me.value!).length > 0), asked = /[?&]lihat=(\w+)/.exec(route.value)?.[1], view = has.find(v => words[v] === asked) ?? first;
  return <main id="m" tabIndex={-1}><section class="card"><nav class="row tight" aria-label={w().view}>{has.map(v => <a key={v} class={`btn small ${view === v ? '' : 'ghost'}`} aria-current={view === v ? 'page' : undefined} href={`#/tugas?lihat=${words[v]}`}>{w().views[v]}</a>)}</nav></section>
    {view === 'inbox' ? <TasksPart key="in" sent={false} /> : view === 'sent' ? <TasksPart key="out" sent /> : view === 'meetings' ? <MeetingsPart /> : view === 'checks' ? <ChecksPart /> : <BacklogPart />}</main>;
}
export const OwnTasks = () => <Page first="inbox" />;
export const TeamTasks = () => <Page first="sent" />;
