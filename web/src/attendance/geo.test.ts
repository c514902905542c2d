import { afterEach, describe, expect, it, vi } from 'vitest';
import { distanceText, isInside, locate, metres, nearest, niceStep, toLocal, type Site } from './geo';

const gedungSate = { lat_e7: -69024810, lon_e7: 1076188100 };
const site = (name: string, p: { lat_e7: number; lon_e7: number }, radius_metres = 100): Site => ({ name, ...p, radius_metres, corners: [] });
const here = (north: number, east: number, accuracy_metres = 5) => ({
  lat_e7: gedungSate.lat_e7 + Math.round(north / 0.0111195), lon_e7: gedungSate.lon_e7 + Math.round(east / (0.0111195 * Math.cos((6.902481 * Math.PI) / 180))), accuracy_metres });

afterEach(() => { vi.unstubAllGlobals(); });

describe('distance', () => {
  it('is zero to itself, and what a map says to the next district', () => {
    expect(metres(gedungSate, gedungSate)).toBe(0);
    /* Gedung Sate to the town hall of Bandung: 1.25 km by the great circle */
    expect(metres(gedungSate, { lat_e7: -69117560, lon_e7: 1076096400 })).toBeGreaterThan(1400);
    expect(metres(gedungSate, { lat_e7: -69117560, lon_e7: 1076096400 })).toBeLessThan(1460);
  });
  it('points north up and east right', () => {
    const p = toLocal(gedungSate, here(30, 40));
    expect(p.y).toBeCloseTo(30, 0);
    expect(p.x).toBeCloseTo(40, 0);
    expect(metres(gedungSate, here(30, 40))).toBeCloseTo(50, 0);
  });
});

it.each([
  [99, 5, true], [104, 5, true], [106, 5, false], [150, 60, true], [5000, 5, false],
])('%i m away with an accuracy of %i m is inside 100 m: %s', (north, accuracy, inside) => {
  expect(isInside(site('Kantor', gedungSate), here(north, 0, accuracy))).toBe(inside);
});
it('is never inside a site without a radius', () => {
  expect(isInside(site('Poligon', gedungSate, 0), here(0, 0))).toBe(false);
});
it('finds the nearest of several sites, and none of none', () => {
  const far = site('Jauh', here(4000, 0)), near = site('Dekat', here(0, 200));
  expect(nearest([far, near], here(0, 0))?.site.name).toBe('Dekat');
  expect(nearest([], here(0, 0))).toBeUndefined();
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
    answer(ok => ok({ coords: { latitude: -6.902481, longitude: 107.61881, accuracy: 12.6 } }));
    expect(await locate()).toEqual({ position: { ...gedungSate, accuracy_metres: 13 } });
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
