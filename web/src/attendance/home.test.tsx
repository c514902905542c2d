// @vitest-environment happy-dom
/* The clock button: when it asks for the position, what it sends, and what it offers next. */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { me } from '../base/session';
import { closeStore, readOutbox, readShown } from '../base/store';
import { now } from '../base/shell';
import { Home } from './home';
import { unseal } from './keys';
import { flush } from './outbox';
import { position, today } from './today';

let day: Record<string, unknown>, geolocation: { getCurrentPosition: ReturnType<typeof vi.fn> };
const at = (text: string) => new Date(`${text}:00+07:00`);
const found = { coords: { latitude: -6.9, longitude: 107.6, accuracy: 12 } };

async function open(time: string, more: object = {}) {
  vi.setSystemTime(at(time));
  now.value = at(time);
  day = { day: '2025-11-13', zone: 'WIB', mode: 'office', starts: '07:30', ends: '16:00', place_rule: 'site', sites: [], duty: 'none', report_state: 'none', next_days: [], ...more };
  render(<Home />);
  await waitFor(() => expect(today.state.value.fresh).toBe(true));
}
const button = (name: RegExp | string) => screen.getByRole('button', { name });
/* with what lies sealed beside it */
const bodies = async () => Promise.all((await readOutbox()).map(async i => ({ ...i.body, ...(i.secret ? await unseal<object>(i.secret) : {}) } as Record<string, unknown>)));
/* after a press the button rests */
const rested = () => waitFor(() => expect(document.querySelector('.clock')!.getAttribute('aria-disabled')).toBeNull(), { timeout: 3000 });

beforeEach(async () => {
  await closeStore();
  globalThis.indexedDB = new IDBFactory();
  localStorage.clear();
  vi.useFakeTimers({ toFake: ['Date'] });
  geolocation = { getCurrentPosition: vi.fn(ok => ok(found)) };
  Object.defineProperty(navigator, 'geolocation', { value: geolocation, configurable: true });
  vi.stubGlobal('fetch', async (r: Request) => {
    if (!r.url.endsWith('/me/today')) throw new TypeError('Failed to fetch');
    return new Response(JSON.stringify(day), { headers: { 'content-type': 'application/json' } });
  });
  me.value = { employee: String(Math.random()), government: { zone: 'WIB', is_demo: false } } as never;
});
afterEach(async () => {
  cleanup();
  vi.useRealTimers();
  await flush();
  vi.unstubAllGlobals();
});

describe('the position', () => {
  it('is not asked for by opening the screen', async () => {
    await open('2025-11-13T07:20');
    expect(screen.getByText('Posisi diperiksa saat presensi')).toBeTruthy();
    expect(geolocation.getCurrentPosition).not.toHaveBeenCalled();
  });
  it.each(['anywhere', 'home', 'none'])('is neither asked for nor sent where the rule is %s', async place_rule => {
    await open('2025-11-13T07:20', { mode: 'home', place_rule });
    fireEvent.click(button(/Presensi masuk/));
    await waitFor(async () => expect(await bodies()).toHaveLength(1));
    expect(Object.keys((await bodies())[0]!).sort()).toEqual(['direction', 'id', 'phone_at']);
    expect(geolocation.getCurrentPosition).not.toHaveBeenCalled();
  });
  it('is asked for after the notice was read, once per person, and goes with the press', async () => {
    await open('2025-11-13T07:20');
    fireEvent.click(button(/Presensi masuk/));
    await waitFor(() => button('Mengerti, lanjutkan'));
    expect(geolocation.getCurrentPosition).not.toHaveBeenCalled();
    vi.setSystemTime(at('2025-11-13T07:22'));
    fireEvent.click(button('Mengerti, lanjutkan'));
    await waitFor(async () => expect(await bodies()).toHaveLength(1));
    expect((await bodies())[0]).toMatchObject({ direction: 'in', lat_e7: -69_000_000, lon_e7: 1_076_000_000, phone_at: '2025-11-13T00:20:00.000Z' });
    expect(await readShown(me.value!.employee)).toMatchObject({ at: '2025-11-13T00:22:00.000Z', version: 1 });
    await waitFor(() => button(/Presensi pulang/));
    await rested();
    vi.setSystemTime(at('2025-11-13T16:01'));
    now.value = at('2025-11-13T16:01');
    fireEvent.click(button(/Presensi pulang/));
    await waitFor(async () => expect(await bodies()).toHaveLength(2));
    expect(screen.queryByRole('button', { name: 'Mengerti, lanjutkan' })).toBeNull();
  });
  it('holds the press ten seconds at most, then it is recorded without', async () => {
    geolocation.getCurrentPosition = vi.fn();
    vi.useRealTimers();
    vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'], shouldAdvanceTime: true });
    await open('2025-11-13T07:20');
    fireEvent.click(button('Periksa posisi'));
    await waitFor(() => button('Mengerti, lanjutkan'));
    fireEvent.click(button('Mengerti, lanjutkan'));
    fireEvent.click(button(/Presensi masuk/));
    await waitFor(() => expect((button(/Mencari posisi/) as HTMLButtonElement).disabled).toBe(true));
    expect(await bodies()).toEqual([]);
    await vi.advanceTimersByTimeAsync(10_000);
    await waitFor(async () => expect(await bodies()).toHaveLength(1));
    expect((await bodies())[0]).toMatchObject({ position_error: 'timeout' });
  });
  it('of one person is not shown to the next', () => {
    position.value = { position: { lat_e7: 1, lon_e7: 1, accuracy_metres: 1 } };
    me.value = { employee: 'another', government: {} } as never;
    expect(position.value).toBeUndefined();
  });
});

describe('a day that was never loaded', () => {
  it('can be recorded all the same', async () => {
    vi.setSystemTime(at('2025-11-13T07:20'));
    now.value = at('2025-11-13T07:20');
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
    render(<Home />);
    await waitFor(() => screen.getByText('Jadwal hari ini belum ada di ponsel ini'));
    fireEvent.click(button(/Presensi masuk/));
    await waitFor(async () => expect(await bodies()).toMatchObject([{ direction: 'in', phone_at: '2025-11-13T00:20:00.000Z' }]));
    await waitFor(() => screen.getByText('Bekerja sejak 07.20'));
    screen.getByText('Tersimpan di ponsel, belum terkirim');
    expect(geolocation.getCurrentPosition).not.toHaveBeenCalled();
  });
});

describe('a day that the last copy does not foretell', () => {
  const later = at('2025-11-20T07:20');
  it.each([['office', 'site', 1], ['home', 'anywhere', 0]] as const)('asks for the position as on the last known day: %s', async (mode, place_rule, times) => {
    await open('2025-11-13T07:20', { mode, place_rule });
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
    vi.setSystemTime(later);
    now.value = later;
    await waitFor(() => screen.getByText('Jadwal hari ini belum ada di ponsel ini'));
    fireEvent.click(button(/Presensi masuk/));
    if (times) {
      await waitFor(() => button('Mengerti, lanjutkan'));
      fireEvent.click(button('Mengerti, lanjutkan'));
    }
    await waitFor(async () => expect(await bodies()).toHaveLength(1));
    expect('lat_e7' in (await bodies())[0]!).toBe(times === 1);
    expect(geolocation.getCurrentPosition).toHaveBeenCalledTimes(times);
    if (times) await waitFor(() => screen.getByText('Posisi diketahui'));
  });
});

describe('the next press', () => {
  const night = { starts: '19:00', ends: '31:00', place_rule: 'none', in_at: '2025-11-13T11:50:00.000Z' };
  it('at the end of a night shift is no early one', async () => {
    await open('2025-11-14T06:50', night);
    fireEvent.click(button(/Presensi pulang/));
    await waitFor(async () => expect(await bodies()).toMatchObject([{ direction: 'out' }]));
  });
  it('in the middle of a night shift is one, and the ring shows half of it', async () => {
    await open('2025-11-14T01:00', night);
    expect(document.querySelectorAll('button.clock circle')[1]!.getAttribute('stroke-dasharray')).toBe('0.5 1');
    fireEvent.click(button(/Presensi pulang/));
    await waitFor(() => screen.getByText('Pulang sebelum waktunya?'));
  });
  it('goes on from when the phone recorded the first, not from when a signal let it through', async () => {
    await open('2025-11-13T09:20', { place_rule: 'none', in_at: at('2025-11-13T09:10').toISOString(), in_phone_at: at('2025-11-13T07:28').toISOString() });
    screen.getByText('Bekerja sejak 07.28');
  });
  it('is not the second tap of a hasty thumb', async () => {
    await open('2025-11-13T15:45', { place_rule: 'none' });
    fireEvent.click(button(/Presensi masuk/));
    await waitFor(() => button(/Presensi pulang/));
    fireEvent.click(button(/Presensi pulang/));
    await rested();
    expect(await bodies()).toMatchObject([{ direction: 'in' }]);
    vi.setSystemTime(at('2025-11-13T15:50'));
    fireEvent.click(button(/Presensi pulang/));
    await waitFor(async () => expect(await bodies()).toMatchObject([{ direction: 'in' }, { direction: 'out' }]));
  });
  it('of a night says which day it belongs to, once that day has passed', async () => {
    await open('2025-11-14T06:50', night);
    screen.getByText('Kamis, 13 November 2025');
  });
  it('mends a way out that was pressed by mistake', async () => {
    await open('2025-11-13T16:30', { place_rule: 'none', in_at: '2025-11-13T00:20:00.000Z', out_at: '2025-11-13T03:00:00.000Z' });
    expect((button(/Presensi lengkap/) as HTMLButtonElement).disabled).toBe(true);
    fireEvent.click(button('Presensi pulang lagi'));
    await waitFor(async () => expect(await bodies()).toMatchObject([{ direction: 'out' }]));
    await waitFor(() => screen.getByText('07.20 sampai 16.30'));
  });
  it('moves no way out of a night that is long over', async () => {
    await open('2025-11-14T14:30', { ...night, out_at: '2025-11-14T00:05:00.000Z', next_days: [{ day: '2025-11-14', mode: 'office', starts: '19:00', ends: '31:00' }] });
    screen.getByText('18.50 sampai 07.05');
    expect(screen.queryByRole('button', { name: 'Presensi pulang lagi' })).toBeNull();
  });
  it('is said to have failed when the phone cannot keep it', async () => {
    await open('2025-11-13T07:20', { place_rule: 'none' });
    await closeStore();
    globalThis.indexedDB = { open: () => { throw new DOMException('full', 'QuotaExceededError'); } } as unknown as IDBFactory;
    fireEvent.click(button(/Presensi masuk/));
    const { Toast } = await import('../base/ui');
    render(<Toast />);
    await waitFor(() => screen.getByText(/^Belum tersimpan/));
    await waitFor(() => expect((button(/Presensi masuk/) as HTMLButtonElement).disabled).toBe(false));
  });
});
