/* The personnel board: live board, people, policies, imports, rosters; agency and unit officers see their part. */
import type { ComponentChildren, JSX } from 'preact';
import { signOut, type Me } from '../base/session';
import { later, route, start, Tabs, WideTop } from '../base/shell';
import { t } from '../base/words';
import { BoardPage, useBoard } from '../monitor/board';
import { LiveChip } from '../monitor/livechip';
import { UnitBoard } from '../monitor/unit';
import { w } from '../monitor/words';

/* The board is what everybody opens; the other pages come when they are asked for. */
const ImportsPage = later(async () => (await import('../org/imports')).ImportsPage);
const PeoplePage = later(async () => (await import('../org/people')).PeoplePage);
const PolicyPage = later(async () => (await import('../policy/page')).PolicyPage);
const RosterVersions = later(async () => (await import('../roster/versions')).RosterVersions);

const whole = ['bkd', 'inspector', 'operator'];
const seePeople = ['bkd', 'agency_officer', 'unit_officer', 'inspector', 'agency_head', 'unit_head'];
/** What a tab may show to whom; the server decides again. */
const may = (me: Me, key: string) => key === 'imports' ? me.roles.some(r => r.role === 'bkd') : key !== 'people' || me.roles.some(r => seePeople.includes(r.role));
const pathNow = () => route.value.split('?')[0]!;

function Page({ me, fallback }: { me: Me; fallback: JSX.Element }) {
  const path = pathNow(), unit = /^#\/unit\/(\d+)/.exec(route.value)?.[1];
  const tab = tabs.find(x => x.hash === path);
  if (tab && !may(me, tab.key)) return fallback;
  if (unit) return <UnitBoard unit={unit} back="#/" key={unit} />;
  switch (path) {
    case '#/pegawai': return <PeoplePage />;
    case '#/kebijakan': return <PolicyPage />;
    case '#/impor': return <ImportsPage />;
    case '#/jadwal': return <RosterVersions />;
    default: return fallback;
  }
}

function GovernmentApp({ me }: { me: Me }) {
  const board = useBoard();
  return <Frame me={me} title={titleNow(w().title)} chip={<LiveChip l={board} at={board.value.value?.now} />}><Page me={me} fallback={<BoardPage l={board} />} /></Frame>;
}

const tabs = [{ hash: '#/', key: 'board' }, { hash: '#/pegawai', key: 'people' }, { hash: '#/jadwal', key: 'roster' }, { hash: '#/kebijakan', key: 'policy' }, { hash: '#/impor', key: 'imports' }] as const;

/* `board` is what the first page is called. */
function titleNow(board: string) {
  const tab = tabs.find(x => x.hash === pathNow());
  return tab && tab.key !== 'board' ? w().tabs[tab.key] : board;
}

function Frame({ me, title, chip, children }: { me: Me; title: string; chip?: ComponentChildren; children: ComponentChildren }) {
  const shown = tabs.filter(x => may(me, x.key));
  return <div class="desk"><WideTop sub={me.government.name} title={title}>{chip}<button class="link sm" onClick={() => void signOut()}>{t().signOut}</button></WideTop>
    <Tabs items={shown.map(x => ({ hash: x.hash, label: w().tabs[x.key] }))} />{children}</div>;
}

function App({ me }: { me: Me }) {
  if (me.roles.some(r => whole.includes(r.role))) return <GovernmentApp me={me} />;
  const scope = me.roles.find(r => ['agency_head', 'agency_officer', 'unit_head', 'unit_officer'].includes(r.role))?.unit ?? me.unit?.agency;
  return <Frame me={me} title={titleNow(w().unitBoard)}><Page me={me} fallback={scope ? <UnitBoard unit={scope} key={scope} /> : <PolicyPage />} /></Frame>;
}

start(App);
