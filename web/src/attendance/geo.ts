/* What the phone can say about its place; the server judges. */
import type { Got } from '../base/api';
import type { Position, PositionError } from './outbox';

export type Site = Got<'/api/v1/me/today'>['sites'][number];

const RADIUS = 6_371_008.8, RAD = Math.PI / 180;
export interface Local { x: number; y: number }

/** East and north metres from `origin`: flat within the few kilometres of an office. */
export const toLocal = (origin: { lat_e7: number; lon_e7: number }, p: { lat_e7: number; lon_e7: number }): Local => ({
  x: ((p.lon_e7 - origin.lon_e7) / 1e7) * RAD * RADIUS * Math.cos((origin.lat_e7 / 1e7) * RAD),
  y: ((p.lat_e7 - origin.lat_e7) / 1e7) * RAD * RADIUS,
});
export function metres(a: { lat_e7: number; lon_e7: number }, b: { lat_e7: number; lon_e7: number }): number {
  const { x, y } = toLocal(a, b);
  return Math.hypot(x, y);
}
export const isInside = (site: Site, p: Position) => site.radius_metres > 0 && metres(site, p) <= site.radius_metres + p.accuracy_metres;
export function nearest(sites: readonly Site[], p: Position): { site: Site; distance: number } | undefined {
  return sites.map(site => ({ site, distance: metres(site, p) })).sort((a, b) => a.distance - b.distance)[0];
}
/** 1, 2 or 5 times a power of ten, at least m. */
export function niceStep(m: number): number {
  const e = 10 ** Math.floor(Math.log10(m));
  return [1, 2, 5, 10].map(k => k * e).find(v => v >= m)!;
}
export const distanceText = (m: number, locale: string) =>
  m > 999 ? `${(m / 1000).toLocaleString(locale, { maximumFractionDigits: 1 })} km` : `${Math.round(m)} m`;

const LOCATE_MS = 10_000;
/** One position, at most ten seconds, a question of the browser left open included; never throws. */
export function locate(): Promise<{ position?: Position; error?: PositionError }> {
  if (!navigator.geolocation) return Promise.resolve({ error: 'unsupported' });
  const late = new Promise<{ error: PositionError }>(resolve => setTimeout(() => resolve({ error: 'timeout' }), LOCATE_MS));
  const told = new Promise<{ position?: Position; error?: PositionError }>(resolve => navigator.geolocation.getCurrentPosition(
    g => resolve({ position: {
      lat_e7: Math.round(g.coords.latitude * 1e7), lon_e7: Math.round(g.coords.longitude * 1e7),
      accuracy_metres: Math.min(100_000, Math.max(0, Math.round(g.coords.accuracy))) } }),
    e => resolve({ error: e.code === 1 ? 'denied' : e.code === 3 ? 'timeout' : 'unavailable' }),
    { enableHighAccuracy: true, timeout: LOCATE_MS, maximumAge: 30_000 }));
  return Promise.race([told, late]);
}
