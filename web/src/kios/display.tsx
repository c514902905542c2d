/*
 * The lobby's screen: a code that nobody can know before its time, the office's time, and the head of the log. It
 * works without a connection; its timers sleep between two seconds, and the picture changes only with them.
 */
import { useEffect, useState } from 'preact/hooks';
import { codeText, displayCode, stepOf, STEP_MS } from '../base/codes';
import { clockSeconds, dayIn, longDay, number } from '../base/format';
import { Qr } from '../base/qr';
import { Net } from './parts';
import { station, stationNow } from './station';
import type { Station } from './store';
import { w } from './words';

/* The next whole second of the corrected clock. */
function useSecond(s: Station): number {
  const [now, setNow] = useState(() => stationNow(s));
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const tick = () => {
      const at = stationNow(station.peek() ?? s);
      setNow(at);
      timer = setTimeout(tick, 1000 - (at % 1000) + 5);
    };
    tick();
    return () => clearTimeout(timer);
  }, []);
  return now;
}

function useCode(s: Station, now: number): string | undefined {
  const [code, setCode] = useState<string>(), step = stepOf(now);
  useEffect(() => {
    let current = true;
    void displayCode(s.id, s.display_key!, step).then(bytes => { if (current) setCode(codeText('D', bytes)); });
    return () => { current = false; };
  }, [step, s.id]);
  return code;
}

interface Head { size: string; root: string }
const HEAD_MS = 10 * 60_000, ANSWER_MS = 20_000, ROOT_SHOWN = 16;
/* A checkpoint is a text of three lines: origin, size, root. */
async function askHead(government: string): Promise<Head | undefined> {
  const r = await fetch(`/api/v1/public/${encodeURIComponent(government)}/log/checkpoint`, { signal: AbortSignal.timeout(ANSWER_MS) }).catch(() => undefined);
  const [, size, root] = r?.ok ? (await r.text()).split('\n') : [];
  return size && root ? { size, root: root.slice(0, ROOT_SHOWN) } : undefined;
}
/* What the log says of itself; a screen in the hall is one more place where a changed past would be seen. */
function useLogHead(s: Station): Head | undefined {
  const [head, setHead] = useState<Head>();
  useEffect(() => {
    const ask = () => void askHead(s.government).then(h => { if (h) setHead(h); });
    ask();
    const timer = setInterval(ask, HEAD_MS);
    return () => clearInterval(timer);
  }, [s.government]);
  return head;
}

export function Display({ s }: { s: Station }) {
  const now = useSecond(s), code = useCode(s, now), head = useLogHead(s), at = new Date(now), left = Math.ceil((STEP_MS - (now % STEP_MS)) / 1000);
  return <main id="m" class="lobby" tabIndex={-1}>
    <section class="lobbytime"><h1>{s.unit_name}</h1><p class="bigclock num"><span>{clockSeconds(at, s.zone)}</span> <small>{s.zone}</small></p><p class="lobbyday">{longDay(dayIn(at, s.zone))}</p></section>
    <section class="lobbycode"><p class="lobbyask">{w().scanMe}</p>{code && <Qr text={code} label={w().codeLabel} />}
      <p class="num" aria-hidden="true">{w().next(left)}</p><p class="lobbyhow">{w().scanHow}</p></section>
    <footer class="lobbyfoot sm"><Net s={s} />{head && <span class="num">{w().logHead(number(Number(head.size)), head.root)}</span>}</footer>
  </main>;
}
