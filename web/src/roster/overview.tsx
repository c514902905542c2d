/* Every person of the sheet as one line of pixels; a click leads to the cell. The grid says the same to those who do not see it. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Signal } from '@preact/signals';
import { shortDay } from '../base/format';
import { figure, w } from './plannerwords';
import { letterOf, type Plan } from './sheet';

const tokens: Record<string, string> = { K: '--m-office', R: '--m-home', A: '--m-home', D: '--m-duty', C: '--m-leave', L: '--m-off', '-': '--surface' };

/* the colours of the theme as bytes */
function palette(g: CanvasRenderingContext2D): Record<string, number> {
  const style = getComputedStyle(document.documentElement);
  return Object.fromEntries(Object.entries(tokens).map(([letter, token]) => {
    g.fillStyle = style.getPropertyValue(token);
    g.fillRect(0, 0, 1, 1);
    return [letter, new Uint32Array(g.getImageData(0, 0, 1, 1).data.buffer)[0]!];
  }));
}
function draw(canvas: HTMLCanvasElement, plan: Plan, rows: readonly number[]) {
  const g = canvas.getContext('2d', { willReadFrequently: true });
  if (!g || !rows.length) return;
  canvas.width = plan.days;
  canvas.height = rows.length;
  const colors = palette(g), image = g.createImageData(plan.days, rows.length), pixels = new Uint32Array(image.data.buffer);
  rows.forEach((person, r) => { for (let d = 0; d < plan.days; d++) pixels[r * plan.days + d] = colors[letterOf(plan, person, d)]!; });
  g.putImageData(image, 0, 0);
}

/* Rows in sight of the grid. */
const Frame = ({ seen, count }: { seen: Signal<readonly [number, number]>; count: number }) =>
  <i class="frame" style={{ top: `${seen.value[0] / count * 100}%`, height: `${Math.min(1, (seen.value[1] - seen.value[0] + 1) / count) * 100}%` }} />;

export function Overview({ plan, rows, revision, seen, onGo }: { plan: Plan; rows: readonly number[]; revision: number; seen?: Signal<readonly [number, number]>; onGo: (row: number, day: number) => void }) {
  const ref = useRef<HTMLCanvasElement>(null), [pointed, setPointed] = useState<{ row: number; day: number }>();
  useEffect(() => {
    const paint = () => { if (ref.current) draw(ref.current, plan, rows); }, frame = requestAnimationFrame(paint), dark = matchMedia('(prefers-color-scheme: dark)');
    dark.addEventListener('change', paint);
    return () => { cancelAnimationFrame(frame); dark.removeEventListener('change', paint); };
  }, [plan, rows, revision]);
  const placeOf = (e: MouseEvent) => {
    const box = ref.current!.getBoundingClientRect(), part = (at: number, size: number, n: number) => Math.max(0, Math.min(n - 1, Math.floor(at / size * n)));
    return { row: part(e.clientY - box.top, box.height, rows.length), day: part(e.clientX - box.left, box.width, plan.days) };
  };
  const person = pointed && rows[pointed.row], said = pointed && person !== undefined ? `${plan.sheet.people[person]!.name}, ${shortDay(plan.sheet.days[pointed.day]!.day)}: ${w().mode[letterOf(plan, person, pointed.day)]}` : w().overviewHint;
  return <section class="card"><h2>{w().overview}</h2><p class="xs muted status">{said}</p>
    <div class="overview" style={{ height: `${Math.max(48, Math.min(360, rows.length * 3))}px` }}><canvas ref={ref} role="img" aria-label={w().overviewLabel(figure(rows.length), figure(plan.days))} onPointerMove={e => setPointed(placeOf(e))} onPointerLeave={() => setPointed(undefined)} onClick={e => { const p = placeOf(e); onGo(p.row, p.day); }} />{seen && rows.length > 0 && <Frame seen={seen} count={rows.length} />}</div></section>;
}
