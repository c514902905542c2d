/* The verdict of the phone is the server's: the tables of src/base/geo_test.c are run here too. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { cosine, distanceMetres, distanceText, inPolygon, isqrt, judge, locate, niceStep, polygonMetres, toLocal, type Point, type Site } from './geo';

const table = readFileSync(join(import.meta.dirname, '../../../src/base/geo_test.c'), 'utf8').replace(/\/\*[^]*?\*\//g, '');
/* the rows of an initialiser in C between two marks */
function rows(from: string, to: string): (number | boolean)[][] {
  const text = table.slice(table.indexOf(from), table.indexOf(to, table.indexOf(from)));
  return [...text.slice(text.indexOf('= {') + 3).matchAll(/\{([^{}]+)\}/g)].map(m => m[1]!.split(',').map(v => v.trim()).map(v => (v === 'true' ? true : v === 'false' ? false : Number(v))));
}
const point = (lat_e7: number, lon_e7: number): Point => ({ lat_e7, lon_e7 });

const gedungSate = point(-69024810, 1076188100);
const site = (name: string, p: Point, radius_metres = 100, corners: Point[] = []): Site => ({ name, ...p, radius_metres, corners });
const here = (north: number, east: number, accuracy_metres = 5) => ({
  lat_e7: gedungSate.lat_e7 + Math.round(north / 0.01113195), lon_e7: gedungSate.lon_e7 + Math.round(east / (0.01113195 * Math.cos((6.902481 * Math.PI) / 180))), accuracy_metres });

afterEach(() => { vi.unstubAllGlobals(); });

describe('as src/base/geo_test.c has it', () => {
  const cosines = rows('test_cosine_constants', 'for ('), distances = rows('test_distances', 'for ('), shape = rows('l_shape[]', ';').map(([lat, lon]) => point(lat as number, lon as number)), polygons = rows('test_polygon', 'int32_t cosine');
  it('finds the tables', () => {
    expect([cosines.length, distances.length, shape.length, polygons.length]).toEqual([10, 8, 6, 14]);
    for (const row of [...cosines, ...distances, ...polygons]) expect(row).not.toContain(NaN);
  });
  it.each(cosines)('the cosine of %i', (lat, e9) => {
    const off = (cosine(lat as number) * 1_000_000_000n) / (1n << 20n) - BigInt(e9 as number);
    expect(off >= -1000n && off <= 1000n).toBe(true);
  });
  it.each(distances)('from %i %i to %i %i', (...row) => {
    const [aLat, aLon, bLat, bLon, metres] = row as number[], a = point(aLat!, aLon!), b = point(bLat!, bLon!), cos = cosine(aLat!);
    expect(Math.abs(distanceMetres(a, b, cos) - metres!)).toBeLessThanOrEqual(metres! <= 100 ? 0 : 1);
    expect(distanceMetres(b, a, cos)).toBe(distanceMetres(a, b, cos));
  });
  it.each(polygons)('the building, from %i %i: %s', (lat, lon, inside, metres) => {
    const p = point(lat as number, lon as number);
    expect(inPolygon(p, shape)).toBe(inside);
    expect(inPolygon(p, [...shape].reverse())).toBe(inside);
    expect(polygonMetres(p, shape, cosine(-69000000))).toBe(metres);
  });
  it('neither overflows nor comes near at the antipodes', () => {
    expect(distanceMetres(point(-900000000, -1800000000), point(900000000, 1800000000), 1n << 20n)).toBeGreaterThanOrEqual(20_000_000);
    expect(inPolygon(point(900000000, -1800000000), shape)).toBe(false);
    expect(polygonMetres(point(900000000, -1800000000), shape, cosine(-69000000))).toBeGreaterThan(1_000_000);
  });
  it('takes the floor of a root', () => {
    for (const v of [0n, 1n, 2n, 3n, 4n, 99n, 100n, 69_999n, 9_223_372_036_854_775_807n]) expect(isqrt(v) ** 2n <= v && (isqrt(v) + 1n) ** 2n > v, String(v)).toBe(true);
  });
});

describe('the verdict', () => {
  it.each([
    [99, 5, 'within'], [104, 5, 'within'], [106, 5, 'outside'], [150, 60, 'within'], [290, 200, 'within'], [290, 201, 'unknown'], [99, 5000, 'within'], [5000, 5, 'outside'],
  ] as const)('%i m away from the middle with an accuracy of %i m is %s 100 m', (north, accuracy, verdict) => {
    expect(judge([site('Kantor', gedungSate)], here(north, 0, accuracy))?.verdict).toBe(verdict);
  });
  it('on a polygon goes by its edges, the yard between its wings included', () => {
    const corners = [here(0, 0), here(0, 60), here(30, 60), here(30, 30), here(60, 30), here(60, 0)], building = site('Gedung', here(20, 20), 0, corners);
    expect(judge([building], here(15, 45))).toMatchObject({ verdict: 'within', metres: 0 });
    expect(judge([building], here(50, 50, 5))).toMatchObject({ verdict: 'outside', metres: 20 });
    expect(judge([building], here(50, 50, 25))).toMatchObject({ verdict: 'within', metres: 20 });
    expect(judge([building], here(400, 0, 500))?.verdict).toBe('unknown');
  });
  it('is about the nearest of several places, the first of equals, and none where there is none', () => {
    const far = site('Jauh', here(4000, 0)), near = site('Dekat', here(0, 200)), around = site('Luas', here(0, 900), 5000), wide = site('Lebar', here(0, 0), 9000);
    expect(judge([far, near], here(0, 0))?.site.name).toBe('Dekat');
    expect(judge([near, around, wide], here(0, 0))?.site.name).toBe('Luas');
    expect(judge([], here(0, 0))).toBeUndefined();
  });
});

it('draws north up and east right', () => {
  const p = toLocal(gedungSate, here(30, 40));
  expect([p.x, p.y].map(Math.round)).toEqual([40, 30]);
});
it.each([[1, 1], [1.1, 2], [3, 5], [7, 10], [50, 50], [51, 100], [420, 500], [1200, 2000]])('rings for %f m stand %f m apart', (m, step) => {
  expect(niceStep(m)).toBe(step);
});
it('words a distance', () => {
  expect(distanceText(42.4, 'id')).toBe('42 m');
  expect(distanceText(1540, 'id')).toBe('1,5 km');
});

describe('locate', () => {
  const answer = (how: (ok: (g: unknown) => void, no: (e: unknown) => void) => void) =>
    vi.stubGlobal('navigator', { geolocation: { getCurrentPosition: how } });
  it('scales to 1e-7 degrees and bounds the accuracy', async () => {
    answer(ok => ok({ timestamp: 1763000000000, coords: { latitude: -6.902481, longitude: 107.61881, accuracy: 12.6, speed: 1.4, altitude: NaN } }));
    expect(await locate()).toEqual({ position: { ...gedungSate, accuracy_metres: 13, accuracy_cm: 1260, at: 1763000000000, speed_cms: 140, altitude_cm: undefined } });
    answer(ok => ok({ coords: { latitude: 0, longitude: 0, accuracy: 4e6 } }));
    expect((await locate()).position!.accuracy_metres).toBe(100_000);
  });
  it.each([[1, 'denied'], [2, 'unavailable'], [3, 'timeout']])('names error %i %s and never throws', async (code, error) => {
    answer((_ok, no) => no({ code }));
    expect(await locate()).toEqual({ error });
  });
  it('says when there is nothing to ask', async () => {
    vi.stubGlobal('navigator', {});
    expect(await locate()).toEqual({ error: 'unsupported' });
  });
});
