/* Beranda, where the rule of the day sets hours for presence: which is open, which comes next, and one tap for a check between coming and leaving. */
import { dayIn, instantOf, minute, minutesOf, type Zone } from '../base/format';
import { now } from '../base/shell';
import { Chip, type Tone } from '../base/ui';
import { punch, recording } from '../attendance/home';
import { happenedAt, outbox, typeOf } from '../attendance/outbox';
import { standing, today, type Standing, type Today } from '../attendance/today';
import { w } from './words';

type Window = Today['windows'][number];
type State = Window['state'];
const tones: Record<State, Tone> = { ahead: '', open: 'info', met: 'ok', passed: '', missed: 'warn' };
const at = (day: Standing, text: string) => instantOf(day.day, minutesOf(text), day.zone as Zone);

/** As the server last said, and what this phone knows since: the clock went on, or it recorded something itself. */
export function stateOf(x: Window, day: Standing, items: typeof outbox.value, ms: number): State {
  const opens = at(day, x.opens), closes = at(day, x.closes) + 59_999;
  if (x.state === 'met' || x.state === 'missed') return x.state;
  const own = items.some(i => i.kind === 'punch' && i.state !== 'rejected' && (x.kind === 'check' || typeOf(i) === x.kind) && happenedAt(i) >= opens && happenedAt(i) <= closes);
  return own ? 'met' : ms < opens ? 'ahead' : ms <= closes ? 'open' : 'passed';
}

export function WindowsCard() {
  const copy = today.state.value.value, ms = now.value.getTime();
  if (!copy || copy.day !== standing(copy, now.value).day) return null;
  const day = standing(copy, now.value), list = copy.windows.map(x => ({ x, state: stateOf(x, day, outbox.value, ms) })).sort((a, b) => a.x.opens.localeCompare(b.x.opens));
  const open = list.find(l => l.state === 'open'), next = list.find(l => l.state === 'ahead'), isToday = day.day === dayIn(now.value, day.zone as Zone);
  return <section class="card"><h2>{w().windows}</h2>
    <p class="sm muted num">{open ? w().windowOpen(w().window[open.x.kind], minute(open.x.closes)) : next && isToday ? w().windowNext(w().window[next.x.kind], minute(next.x.opens)) : w().windowDone}</p>
    <ul class="list">{list.map(({ x, state }) => <li key={x.kind + x.opens}><div class="row between"><span><b>{w().window[x.kind]}</b> <span class="num muted">{minute(x.opens)}–{minute(x.closes)}</span></span><Chip tone={tones[state]}>{w().windowState[state]}</Chip></div></li>)}</ul>
    {open?.x.kind === 'check' && <p><button class="btn" disabled={recording.value} aria-busy={recording.value} onClick={() => punch('check', day)}>{w().windowPress}</button></p>}
  </section>;
}
