/* The personnel office: live board, people, rosters, policies, imports; each sees what his roles let him. */
import type { ComponentChildren, JSX } from 'preact';
import { mayOpen, ownUnits, seesGovernment, tabOf } from '../base/access';
import { signOut, type Me } from '../base/session';
import { later, pathNow, route, start, Tabs, useRealPath, WideTop } from '../base/shell';
import { t } from '../base/words';
import { BoardPage, useBoard } from '../monitor/board';
import { LiveChip } from '../monitor/livechip';
import { UnitBoard } from '../monitor/unit';
import { w } from '../monitor/words';

/* The board is what everybody opens; the other pages come when they are asked for. */
const AbsencePage = later(async () => (await import('../absence/office')).AbsencePage);
const CoexistPage = later(async () => (await import('../coexist/page')).CoexistPage);
const HoursPage = later(async () => (await import('../calendar/hours')).HoursPage);
const ImportsPage = later(async () => (await import('../org/imports')).ImportsPage);
const PeoplePage = later(async () => (await import('../org/people')).PeoplePage);
const IncidentsPage = later(async () => (await import('../papers/incidents')).IncidentsPage);
const OfficeCorrectionsPage = later(async () => (await import('../papers/office')).OfficeCorrectionsPage);
const PapersPage = later(async () => (await import('../papers/lists')).PapersPage);
const PerformancePage = later(async () => (await import('../monitor/performance')).PerformancePage);
const PolicyPage = later(async () => (await import('../policy/page')).PolicyPage);
const QualityPage = later(async () => (await import('../confirm/quality')).QualityPage);
const RatingOfficePage = later(async () => (await import('../reports/ratingoffice')).RatingOfficePage);
const RecapPage = later(async () => (await import('../reports/recap')).RecapPage);
const RosterOffice = later(async () => (await import('../roster/office')).RosterOffice);
const StationsPage = later(async () => (await import('../stations/page')).StationsPage);
const TurnsPage = later(async () => (await import('../calendar/turns')).TurnsPage);

const tabs = [{ hash: '#/', key: 'board' }, { hash: '#/kinerja', key: 'performance' }, { hash: '#/pegawai', key: 'people' }, { hash: '#/jadwal', key: 'roster' }, { hash: '#/izin', key: 'absence' }, { hash: '#/sif', key: 'turns' }, { hash: '#/koreksi', key: 'corrections' }, { hash: '#/daftar-hadir', key: 'papers' }, { hash: '#/presensi', key: 'attendance' }, { hash: '#/bukti', key: 'evidence' }, { hash: '#/kios', key: 'stations' }, { hash: '#/rekap', key: 'recap' }, { hash: '#/penilaian', key: 'ratings' }, { hash: '#/kebijakan', key: 'policy' }, { hash: '#/jam', key: 'hours' }, { hash: '#/gangguan', key: 'incidents' }, { hash: '#/impor', key: 'imports' }] as const;

/* The page of the path, the first of one's own when it is not one's own; and the unit of a board below. */
function place(me: Me) {
  const shown = tabs.filter(x => mayOpen(me, x.key)), [, path, unit] = /^#\/(unit|kinerja)\/(\d{1,19})$/.exec(pathNow()) ?? [];
  const tab = path && mayOpen(me, 'board') ? tabs[path === 'unit' ? 0 : 1] : tabOf(shown, pathNow())!;
  return { shown, tab, unit: tab.key === 'board' || tab.key === 'performance' ? unit : undefined };
}

function Performance({ me, unit }: { me: Me; unit?: string }) {
  const own = ownUnits(me), shown = unit ?? (seesGovernment(me) ? undefined : own[0]!.id);
  return <PerformancePage unit={shown} own={own} back={unit && '#/kinerja'} key={shown} />;
}

function Page({ me, board }: { me: Me; board: (unit?: string) => JSX.Element }) {
  const { tab, unit } = place(me);
  switch (tab.key) {
    case 'board': return board(unit);
    case 'performance': return <Performance me={me} unit={unit} />;
    case 'people': return <PeoplePage />;
    case 'roster': return <RosterOffice />;
    case 'absence': return <AbsencePage />;
    case 'attendance': return <CoexistPage />;
    case 'evidence': return <QualityPage />;
    case 'recap': return <RecapPage />;
    case 'ratings': return <RatingOfficePage />;
    case 'turns': return <TurnsPage />;
    case 'hours': return <HoursPage />;
    case 'policy': return <PolicyPage />;
    case 'imports': return <ImportsPage />;
    case 'corrections': return <OfficeCorrectionsPage />;
    case 'papers': return <PapersPage />;
    case 'incidents': return <IncidentsPage />;
    case 'stations': return <StationsPage />;
  }
}

function Frame({ me, title, chip, children }: { me: Me; title: string; chip?: ComponentChildren; children: ComponentChildren }) {
  const { shown, tab, unit } = place(me);
  useRealPath(unit ? route.value : tab.hash);
  return <div class="desk"><WideTop sub={[me.full_name, me.government.name].join(' · ')} title={tab.key === 'board' ? title : w().tabs[tab.key]}>{tab.key !== 'performance' && chip}<button class="link sm" onClick={() => void signOut()}>{t().signOut}</button></WideTop>
    <Tabs current={tab.hash} items={shown.map(x => ({ hash: x.hash, label: w().tabs[x.key] }))} />{children}</div>;
}

function GovernmentApp({ me }: { me: Me }) {
  const board = useBoard();
  return <Frame me={me} title={w().title} chip={<LiveChip l={board} at={board.value.value?.now} />}>
    <Page me={me} board={unit => unit ? <UnitBoard unit={unit} back="#/" chip={false} key={unit} /> : <BoardPage l={board} />} /></Frame>;
}

function PartApp({ me }: { me: Me }) {
  const own = ownUnits(me);
  return <Frame me={me} title={w().unitBoard}>
    <Page me={me} board={unit => { const shown = unit ?? own[0]!.id; return <UnitBoard unit={shown} own={own} back={unit && '#/'} key={shown} />; }} /></Frame>;
}

const App = ({ me }: { me: Me }) => seesGovernment(me) ? <GovernmentApp me={me} /> : <PartApp me={me} />;

start(App, 'bkd');
