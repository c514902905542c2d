/* The employee's app: five screens, opens and records without a signal. */
import { useEffect } from 'preact/hooks';
import { Icon, type IconName } from '../base/icons';
import type { Me } from '../base/session';
import { later, pathNow, route, start, useTitle } from '../base/shell';
import { NetChip } from '../base/ui';
import { t } from '../base/words';
import { Days } from '../attendance/days';
import { Home } from '../attendance/home';
import { startOutbox, waiting } from '../attendance/outbox';
import { w } from '../attendance/words';
import { useChecks } from '../checks/open';
import { Roster } from '../roster/roster';

/* Fetched when first shown; the service worker has them all for a day without a signal. */
const ReportPage = later(async () => (await import('../reports/form')).ReportPage);
const More = later(async () => (await import('../attendance/more')).More);
const Absence = later(async () => (await import('../absence/own')).OwnAbsence);
const OwnPhone = later(async () => (await import('../devices/own')).OwnPhone);
const OwnConfirmations = later(async () => (await import('../confirm/own')).OwnConfirmationsPage);
const OwnChecks = later(async () => (await import('../checks/own')).OwnChecks);
const ExplainedDay = later(async () => (await import('../attendance/explained')).ExplainedDay);
const OwnData = later(async () => (await import('../privacy/own')).OwnData);
const Tasks = later(async () => (await import('../tasks/page')).OwnTasks);
const Corrections = later(async () => (await import('../papers/ask')).CorrectionsPage);

const screens: { hash: string; key: 'home' | 'roster' | 'days' | 'report' | 'more'; icon: IconName }[] = [
  { hash: '#/', key: 'home', icon: 'home' },
  { hash: '#/jadwal', key: 'roster', icon: 'calendar' },
  { hash: '#/kehadiran', key: 'days', icon: 'clock' },
  { hash: '#/laporan', key: 'report', icon: 'report' },
  { hash: '#/lainnya', key: 'more', icon: 'more' },
];

/* Reached from Laporan and Kehadiran; they keep those tabs. */
const Targets = later(async () => (await import('../reports/targets')).TargetsPage);
const DayPlan = later(async () => (await import('../reports/dayplan')).DayPlanPage);
const OwnRatings = later(async () => (await import('../reports/ratingown')).OwnRatingsPage);
const RecapOwn = later(async () => (await import('../reports/recapown')).RecapOwn);

function Screen({ me }: { me: Me }) {
  switch (pathNow()) {
    case '#/jadwal': return <Roster />;
    case '#/kehadiran': return <Days />;
    case '#/rekap': return <RecapOwn />;
    case '#/laporan': return <ReportPage key={route.value} />;
    case '#/sasaran': return <Targets />;
    case '#/rencana': return <DayPlan />;
    case '#/penilaian': return <OwnRatings />;
    case '#/konfirmasi': return <OwnConfirmations />;
    case '#/koreksi': return <Corrections key={route.value} />;
    case '#/lainnya': return <More />;
    case '#/izin': return <Absence />;
    case '#/tugas': return <Tasks />;
    case '#/ponsel': return <OwnPhone />;
    case '#/cek': return <OwnChecks />;
    case '#/hari': return <ExplainedDay key={route.value} />;
    case '#/data': return <OwnData />;
    default: return <Home />;
  }
}

function App({ me }: { me: Me }) {
  useEffect(() => { startOutbox(); }, []);
  useChecks();
  const sub = pathNow() === '#/penilaian' ? w().myRatings : pathNow() === '#/izin' ? w().absence : pathNow() === '#/ponsel' ? w().myPhone : pathNow() === '#/tugas' ? w().tasks : pathNow() === '#/data' ? w().myData : undefined, path = ['#/sasaran', '#/rencana'].includes(pathNow()) ? '#/laporan' : sub ? '#/lainnya' : ['#/koreksi', '#/konfirmasi', '#/cek', '#/hari', '#/rekap'].includes(pathNow()) ? '#/kehadiran' : pathNow(), screen = screens.find(s => s.hash === path) ?? screens[0]!;
  const title = sub ?? (screen.key === 'home' ? w().hello(me.name.split(' ')[0]!) : w().nav[screen.key]);
  useTitle(sub ?? w().nav[screen.key]);
  return <div class="app">
    <header class="top"><div class="col tight"><span class="sub">{me.unit?.agency_name ?? me.government.name}{me.unit && me.unit.name !== me.unit.agency_name ? ` · ${me.unit.name}` : ''}</span>
      <div class="row between"><h1 class="grow">{title}</h1><NetChip /></div></div></header>
    <Screen me={me} />
    <nav class="nav" aria-label={t().menu}><div>{screens.map(s => <a key={s.hash} href={s.hash} aria-current={screen === s ? 'page' : undefined}>
      <Icon name={s.icon} />{w().nav[s.key]}{s.key === 'home' && waiting.value.length > 0 && <span class="badge" aria-hidden="true">{waiting.value.length}</span>}</a>)}</div></nav>
  </div>;
}

start(App, 'pegawai');
