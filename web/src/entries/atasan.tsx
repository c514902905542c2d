/* The superior: the team of today, reports to verify, delegation; for heads also board, rosters and people of their units. */
import { mayOpen, ownUnits, tabOf } from '../base/access';
import type { Me } from '../base/session';
import { signOut } from '../base/session';
import { later, pathNow, route, start, Tabs, useRealPath, WideTop } from '../base/shell';
import { NetChip } from '../base/ui';
import { t } from '../base/words';
import { UnitBoard } from '../monitor/unit';
import { w as board } from '../monitor/words';
import { TeamPage } from '../reports/team';
import { w } from '../reports/words';

const TeamNotices = later(async () => (await import('../absence/decide')).TeamNotices);
const TeamTasks = later(async () => (await import('../tasks/page')).TeamTasks);
const DelegationsPage = later(async () => (await import('../org/delegations')).DelegationsPage);
const PeoplePage = later(async () => (await import('../org/people')).PeoplePage);
const PolicyPage = later(async () => (await import('../policy/page')).PolicyPage);
const PapersPage = later(async () => (await import('../papers/lists')).PapersPage);
const TeamConfirmationsPage = later(async () => (await import('../confirm/team')).TeamConfirmationsPage);
const TeamCorrectionsPage = later(async () => (await import('../papers/decide')).TeamCorrectionsPage);
const PerformancePage = later(async () => (await import('../monitor/performance')).PerformancePage);
const RecapPage = later(async () => (await import('../reports/recap')).RecapPage);
const TargetTeamPage = later(async () => (await import('../reports/targetteam')).TargetTeamPage);
const RatingTeamPage = later(async () => (await import('../reports/ratingteam')).RatingTeamPage);
const StationsPage = later(async () => (await import('../stations/page')).StationsPage);
const TurnsPage = later(async () => (await import('../calendar/turns')).TurnsPage);
const RosterOffice = later(async () => (await import('../roster/office')).RosterOffice);

/* Who has a team begins there; who heads a unit also has what belongs to heading it. */
function tabsOf(me: Me) {
  const heads = mayOpen(me, 'people');
  return [
    ...(me.has_team || !heads ? [{ hash: '#/', key: 'team', label: w().team }] as const : []),
    { hash: '#/tugas', key: 'tasks', label: w().tasks } as const,
    ...(me.is_supervisor ? [{ hash: '#/skp', key: 'targets', label: w().targetTab }] as const : []),
    ...(me.has_team ? [{ hash: '#/penilaian', key: 'ratings', label: board().tabs.ratings }] as const : []),
    ...(me.is_supervisor || heads ? [{ hash: '#/izin', key: 'absence', label: board().tabs.absence }] as const : []),
    ...(me.is_supervisor ? [{ hash: '#/delegasi', key: 'lending', label: w().lending }] as const : []),
    ...(me.has_team ? [{ hash: '#/konfirmasi', key: 'confirm', label: board().tabs.confirm }, { hash: '#/koreksi', key: 'corrections', label: board().tabs.corrections }] as const : []),
    ...(ownUnits(me).length > 0 ? [{ hash: '#/unit', key: 'board', label: board().unitBoard }, { hash: '#/kinerja', key: 'performance', label: board().tabs.performance }] as const : []),
    ...(heads ? [{ hash: '#/jadwal', key: 'roster', label: board().tabs.roster }, { hash: '#/sif', key: 'turns', label: board().tabs.turns }, { hash: '#/daftar-hadir', key: 'papers', label: board().tabs.papers }, { hash: '#/rekap', key: 'recap', label: board().tabs.recap }, { hash: '#/kios', key: 'stations', label: board().tabs.stations }, { hash: '#/pegawai', key: 'people', label: board().tabs.people }, { hash: '#/kebijakan', key: 'policy', label: board().tabs.policy }] as const : []),
  ];
}

function Board({ me, unit }: { me: Me; unit?: string }) {
  const own = ownUnits(me), shown = unit ?? own[0]!.id;
  return <UnitBoard unit={shown} own={own} back={unit && '#/unit'} key={shown} />;
}
function Performance({ me, unit }: { me: Me; unit?: string }) {
  const own = ownUnits(me), shown = unit ?? own[0]!.id;
  return <PerformancePage unit={shown} own={own} back={unit && '#/kinerja'} key={shown} />;
}

function App({ me }: { me: Me }) {
  const tabs = tabsOf(me), [, hash, unit] = /^(#\/(?:unit|kinerja))\/(\d{1,19})$/.exec(pathNow()) ?? [];
  const tab = tabOf(tabs, hash ?? pathNow())!;
  useRealPath(tab.hash === hash ? route.value : tab.hash);
  return <div class="desk">
    <WideTop sub={[me.full_name, me.unit?.agency_name ?? me.government.name].join(' · ')} title={tab.label}><NetChip /><button class="link" onClick={() => void signOut()}>{t().signOut}</button></WideTop>
    <Tabs items={tabs} current={tab.hash} />
    {tab.key === 'tasks' ? <TeamTasks /> : tab.key === 'absence' ? <TeamNotices /> : tab.key === 'targets' ? <TargetTeamPage /> : tab.key === 'ratings' ? <RatingTeamPage /> : tab.key === 'lending' ? <DelegationsPage /> : tab.key === 'confirm' ? <TeamConfirmationsPage /> : tab.key === 'corrections' ? <TeamCorrectionsPage /> : tab.key === 'papers' ? <PapersPage /> : tab.key === 'board' ? <Board me={me} unit={unit} /> : tab.key === 'performance' ? <Performance me={me} unit={unit} /> : tab.key === 'roster' ? <RosterOffice /> : tab.key === 'turns' ? <TurnsPage /> : tab.key === 'recap' ? <RecapPage /> : tab.key === 'stations' ? <StationsPage /> : tab.key === 'people' ? <PeoplePage /> : tab.key === 'policy' ? <PolicyPage /> : <TeamPage />}
  </div>;
}

start(App, 'atasan');
