/* Where the phone is against the office, without tiles: metres on a plane, rings, a scale, north. */
import { lang } from '../base/i18n';
import type { Position } from './outbox';
import { distanceText, niceStep, toLocal, type Judged, type Site } from './geo';
import { w } from './words';

const WIDTH = 360, HEIGHT = 170, CX = WIDTH / 2, CY = HEIGHT / 2;
const colors = { within: 'var(--ok)', outside: 'var(--warn)', unknown: 'var(--info)' };

export function GeoMap({ site, position, verdict = 'unknown', label }: { site: Site; position?: Position; verdict?: Judged['verdict']; label: string }) {
  const p = position && toLocal(site, position), corners = site.corners.map(c => toLocal(site, c));
  const size = Math.max(site.radius_metres || 30, ...corners.map(c => Math.hypot(c.x, c.y)));
  const reach = Math.max(size * 1.5, p ? (Math.hypot(p.x, p.y) + position!.accuracy_metres) * 1.15 : 0), scale = (HEIGHT / 2 - 8) / reach;
  const step = niceStep(reach / 3), rings: number[] = [];
  for (let r = step; r * scale < WIDTH / 2; r += step) rings.push(r);
  return <svg class="map" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
    {rings.map(r => <circle key={r} cx={CX} cy={CY} r={r * scale} fill="none" stroke="var(--line)" />)}
    <path d={`M0 ${CY}H${WIDTH}M${CX} 0V${HEIGHT}`} stroke="var(--line)" />
    {corners.length >= 3
      ? <polygon points={corners.map(c => `${CX + c.x * scale},${CY - c.y * scale}`).join(' ')} fill="var(--laut-300)" fill-opacity=".22" stroke="var(--brand)" stroke-width="2" stroke-dasharray="6 4" />
      : <circle cx={CX} cy={CY} r={site.radius_metres * scale} fill="var(--laut-300)" fill-opacity=".22" stroke="var(--brand)" stroke-width="2" stroke-dasharray="6 4" />}
    <path d={`M${CX - 9} ${CY + 8}v-11l9-6 9 6v11z`} fill="var(--brand)" />
    {p && <>
      <circle cx={CX + p.x * scale} cy={CY - p.y * scale} r={Math.max(9, position!.accuracy_metres * scale)} fill="var(--info)" fill-opacity=".16" />
      <circle cx={CX + p.x * scale} cy={CY - p.y * scale} r="7" fill={colors[verdict]} stroke="var(--surface)" stroke-width="3" />
    </>}
    <g transform={`translate(12 ${HEIGHT - 14})`}><path d={`M0 -4v4h${step * scale}v-4`} fill="none" stroke="var(--ink-2)" stroke-width="1.5" /><text x={step * scale + 6} y="2" font-size="13" fill="var(--ink-2)">{distanceText(step, lang.value)}</text></g>
    <g transform="translate(338 22)"><path d="M0 -12l6 16-6-4-6 4z" fill="var(--ink-2)" /><text y="17" text-anchor="middle" font-size="13" fill="var(--ink-2)">{w().north}</text></g>
  </svg>;
}
