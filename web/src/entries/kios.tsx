/*
 * The office's own devices: a screen in the lobby or a kiosk. Nobody is signed in; the page stays open for months, so
 * it keeps the screen awake, asks how it stands every few minutes, and takes a new version by itself when nobody is
 * about.
 */
import { render } from 'preact';
import { useEffect } from 'preact/hooks';
import { lang } from '../base/i18n';
import { takeTheme } from '../base/theme';
import { Skeleton } from '../base/ui';
import { startWorker, update } from '../base/worker';
import { flush, loadWaiting, waiting } from '../kios/chain';
import { Display } from '../kios/display';
import { Kiosk } from '../kios/kiosk';
import { Start } from '../kios/start';
import { askPeople, askState, loadStation, station, stationNow } from '../kios/station';
import { forgetStation, type Station } from '../kios/store';
import { w } from '../kios/words';
import '../base/base.css';
import '../kios/kios.css';

const STATE_MS = 5 * 60_000, PEOPLE_MS = 60 * 60_000, QUIET_HOUR = 2;

function Ended() {
  const unsent = waiting.value.filter(r => !r.refused).length, refused = waiting.value.length - unsent;
  const forget = async () => {
    await forgetStation();
    await loadStation();
  };
  return <main id="m" class="signin" tabIndex={-1}><section class="card"><h1>{w().ended}</h1><p>{w().endedText(unsent, refused)}</p>
    <button type="button" class="btn" disabled={unsent > 0} onClick={() => void forget()}>{w().forget}</button></section></main>;
}

/* Asked for again whenever the page comes back: the browser takes it away with it. */
async function stayAwake() {
  if (document.visibilityState === 'visible') await (navigator as Navigator & { wakeLock?: { request(k: 'screen'): Promise<unknown> } }).wakeLock?.request('screen').catch(() => undefined);
}

/* Nobody stands here at two in the morning. */
function takeUpdate(s: Station) {
  if (update.peek() && new Date(stationNow(s) + { WIB: 7, WITA: 8, WIT: 9 }[s.zone] * 3_600_000).getUTCHours() === QUIET_HOUR) update.peek()!.postMessage('skip');
}

function useUpkeep() {
  const id = station.value?.id;
  useEffect(() => {
    if (!id) return;
    const ask = () => void askState().then(() => { if (station.peek()) takeUpdate(station.peek()!); }), people = () => void askPeople(), back = () => { ask(); void flush(); void stayAwake(); };
    void loadWaiting().then(flush);
    ask();
    people();
    void stayAwake();
    const timers = [setInterval(ask, STATE_MS), setInterval(people, PEOPLE_MS)];
    addEventListener('online', back);
    document.addEventListener('visibilitychange', back);
    return () => {
      timers.forEach(clearInterval);
      removeEventListener('online', back);
      document.removeEventListener('visibilitychange', back);
    };
  }, [id]);
}

function App() {
  const s = station.value;
  useUpkeep();
  useEffect(() => { document.title = `${s?.name ?? w().title} · Luwes`; }, [s?.name]);
  if (s === undefined) return <main id="m"><Skeleton height={320} /></main>;
  if (s === null) return <Start />;
  if (s.ended) return <Ended />;
  return s.kind === 'display' ? <Display s={s} /> : <Kiosk s={s} />;
}

takeTheme();
document.documentElement.lang = lang.value;
const root = document.getElementById('app')!;
root.textContent = '';
render(<App />, root);
void loadStation();
void startWorker('/kios/').catch(() => undefined);
