/*
 * Where the phone stands to the places of the day. The verdict is worked out in integers exactly as the server does
 * it (src/base/geo.c, attendance_judge_place): the phone says beforehand what the server will say. Floating point
 * only draws the map.
 */
import type { Got } from '../base/api';
import type { Position, PositionError } from './outbox';

export type Site = Got<'/api/v1/me/today'>['sites'][number];
export interface Point { lat_e7: number; lon_e7: number }

/* ---- src/base/geo.c: centimetres on a plane around one point ---- */
const MICRO_CM_PER_E7 = 1_113_195n, FAR_CM = 2_000_000_000n, COSINE_ONE = 1n << 20n;
interface Plane { x: bigint; y: bigint }
const magnitude = (v: bigint) => (v < 0n ? -v : v);

export function isqrt(v: bigint): bigint {
  let root = 0n;
  for (let bit = 1n << 62n; bit; bit >>= 2n) {
    const trial = root + bit;
    root >>= 1n;
    if (v >= trial) {
      v -= trial;
      root += bit;
    }
  }
  return root;
}

/** cos(lat) * 2^20 by the integer series. */
export function cosine(lat_e7: number): bigint {
  const one = 1n << 30n, x = (magnitude(BigInt(lat_e7)) * 8_048_910_509n) >> 32n, x2 = (x * x) >> 30n;
  let c = one;
  for (let k = 13n; k >= 1n; k -= 2n) c = one - ((x2 * c) >> 30n) / (k * (k + 1n));
  c = (c + 512n) >> 10n;
  return c > 0n ? c : 0n;
}

function arcCm(e7: number): bigint {
  const v = BigInt(e7), cm = (magnitude(v) * MICRO_CM_PER_E7 + 500_000n) / 1_000_000n, near = cm > FAR_CM ? FAR_CM : cm;
  return v < 0n ? -near : near;
}
const planeFrom = (origin: Point, p: Point, cos: bigint): Plane => ({ x: (arcCm(p.lon_e7 - origin.lon_e7) * cos) / COSINE_ONE, y: arcCm(p.lat_e7 - origin.lat_e7) });
const lengthCm = (p: Plane) => isqrt(p.x * p.x + p.y * p.y);
const metresOf = (cm: bigint) => Number((cm + 50n) / 100n);

export const distanceMetres = (a: Point, b: Point, cos: bigint) => metresOf(lengthCm(planeFrom(a, b, cos)));

const sideOf = (a: Point, b: Point, p: Point) =>
  BigInt(b.lon_e7 - a.lon_e7) * BigInt(p.lat_e7 - a.lat_e7) - BigInt(b.lat_e7 - a.lat_e7) * BigInt(p.lon_e7 - a.lon_e7);
const isBetween = (v: number, a: number, b: number) => (a < b ? v >= a && v <= b : v >= b && v <= a);
const isOnEdge = (a: Point, b: Point, p: Point) => sideOf(a, b, p) === 0n && isBetween(p.lat_e7, a.lat_e7, b.lat_e7) && isBetween(p.lon_e7, a.lon_e7, b.lon_e7);
function rayCrosses(a: Point, b: Point, p: Point): boolean {
  if (a.lat_e7 > p.lat_e7 === b.lat_e7 > p.lat_e7) return false;
  const side = sideOf(a, b, p);
  return b.lat_e7 > a.lat_e7 ? side > 0n : side < 0n;
}
const edges = (corners: readonly Point[]) => corners.map((b, i) => [corners[(i || corners.length) - 1]!, b] as const);

/** Even-odd rule; the border counts as inside. */
export function inPolygon(p: Point, corners: readonly Point[]): boolean {
  let inside = false;
  for (const [a, b] of edges(corners)) {
    if (isOnEdge(a, b, p)) return true;
    if (rayCrosses(a, b, p)) inside = !inside;
  }
  return inside;
}

function segmentCm(a: Plane, b: Plane): bigint {
  const edge = { x: b.x - a.x, y: b.y - a.y }, squared = edge.x * edge.x + edge.y * edge.y, along = -(a.x * edge.x + a.y * edge.y);
  if (along <= 0n) return lengthCm(a);
  if (along >= squared) return lengthCm(b);
  return (magnitude(a.x * edge.y - a.y * edge.x) * 16n) / isqrt(squared * 256n);
}
/** Metres to the nearest edge, 0 inside. */
export function polygonMetres(p: Point, corners: readonly Point[], cos: bigint): number {
  if (inPolygon(p, corners)) return 0;
  const all = edges(corners).map(([a, b]) => segmentCm(planeFrom(p, a, cos), planeFrom(p, b, cos)));
  return metresOf(all.reduce((least, cm) => (cm < least ? cm : least)));
}

/* ---- attendance_judge_place ---- */
/** A coarser position neither proves nor disproves a place. */
const TRUSTED_METRES = 200;
export interface Judged { site: Site; metres: number; verdict: 'within' | 'outside' | 'unknown' }

function siteMetres(site: Site, p: Point): number {
  const cos = cosine(site.lat_e7);
  return site.radius_metres === 0 ? polygonMetres(p, site.corners, cos) : Math.max(0, distanceMetres(p, site, cos) - site.radius_metres);
}
/** What the server will make of the position; undefined where no place is recorded. */
export function judge(sites: readonly Site[], p: Position): Judged | undefined {
  let near: { site: Site; metres: number } | undefined;
  for (const site of sites) {
    const metres = siteMetres(site, p);
    if (!near || metres < near.metres) near = { site, metres };
  }
  if (!near) return undefined;
  const covered = near.metres <= p.accuracy_metres;
  return { ...near, verdict: near.metres === 0 || (covered && p.accuracy_metres <= TRUSTED_METRES) ? 'within' : covered ? 'unknown' : 'outside' };
}

/* ---- the map ---- */
const METRES_PER_DEGREE = 111_319.5;
export interface Local { x: number; y: number }
/** East and north metres from `origin`: flat within the few kilometres of an office. */
export const toLocal = (origin: Point, p: Point): Local => ({
  x: ((p.lon_e7 - origin.lon_e7) / 1e7) * METRES_PER_DEGREE * Math.cos((origin.lat_e7 / 1e7) * (Math.PI / 180)),
  y: ((p.lat_e7 - origin.lat_e7) / 1e7) * METRES_PER_DEGREE,
});
/** 1, 2 or 5 times a power of ten, at least m. */
export function niceStep(m: number): number {
  const e = 10 ** Math.floor(Math.log10(m));
  return [1, 2, 5, 10].map(k => k * e).find(v => v >= m)!;
}
export const distanceText = (m: number, locale: string) =>
  m > 999 ? `${(m / 1000).toLocaleString(locale, { maximumFractionDigits: 1 })} km` : `${Math.round(m)} m`;

/* what a phone does not know it gives as null, some as NaN */
const cm = (metres: number | null | undefined) => Number.isFinite(metres) ? Math.round(metres! * 100) : undefined;
const LOCATE_MS = 10_000;
/** One position, at most ten seconds, a question of the browser left open included; never throws. */
export function locate(): Promise<{ position?: Position; error?: PositionError }> {
  if (!navigator.geolocation) return Promise.resolve({ error: 'unsupported' });
  const late = new Promise<{ error: PositionError }>(resolve => setTimeout(() => resolve({ error: 'timeout' }), LOCATE_MS));
  const told = new Promise<{ position?: Position; error?: PositionError }>(resolve => navigator.geolocation.getCurrentPosition(
    g => resolve({ position: {
      lat_e7: Math.round(g.coords.latitude * 1e7), lon_e7: Math.round(g.coords.longitude * 1e7),
      accuracy_metres: Math.min(100_000, Math.max(0, Math.round(g.coords.accuracy))),
      at: g.timestamp, accuracy_cm: Math.round(g.coords.accuracy * 100), speed_cms: cm(g.coords.speed), altitude_cm: cm(g.coords.altitude) } }),
    e => resolve({ error: e.code === 1 ? 'denied' : e.code === 3 ? 'timeout' : 'unavailable' }),
    { enableHighAccuracy: true, timeout: LOCATE_MS, maximumAge: 30_000 }));
  return Promise.race([told, late]);
}
