// @vitest-environment happy-dom
/* One report for the week: said with its day on every day of it, written ahead and without a signal, each result of its own day. */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Home } from '../attendance/home';
import { flush } from '../attendance/outbox';
import { today } from '../attendance/today';
import { now, route } from '../base/shell';
import { me } from '../base/session';
import { closeStore, keepCopy, readOutbox } from '../base/store';
import { daysOf, ReportPage } from './form';
import { ReportView, type Report } from './view';

/* Wednesday 12 November; the week's report is due on Friday */
const office = { zone: 'WIB', mode: 'office', place_rule: 'site', sites: [], returned: [], windows: [], day: '2025-11-12', starts: '07:30', ends: '16:00', duty: 'weekly', report_state: 'none', week: { day: '2025-11-14', state: 'none' }, next_days: ['13', '14', '17'].map(d => ({ day: `2025-11-${d}`, mode: 'office', starts: '07:30', ends: '16:00' })) };
let person = 80;

async function know(at: string, copy: object = office) {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date(`${at}:00+07:00`) });
  now.value = new Date();
  const employee = String(++person);
  await keepCopy(`${employee}/me/today`, copy, '2025-11-12T00:10:00.000Z');
  me.value = { employee, government: { zone: 'WIB' } } as never;
  await today.refresh();
}
beforeEach(async () => {
  await closeStore();
  globalThis.indexedDB = new IDBFactory();
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
});
afterEach(async () => {
  cleanup();
  vi.useRealTimers();
  await flush();
  vi.unstubAllGlobals();
});

it.each([
  ['on a day before it', '2025-11-12T09:00', 'Laporan mingguan, paling lambat Jumat, 14 November 2025.'],
  ['the next morning, by the copy of the day before', '2025-11-13T09:00', 'Laporan mingguan, paling lambat Jumat, 14 November 2025.'],
  ['on the day itself', '2025-11-14T09:00', 'Laporan mingguan, paling lambat hari ini.'],
])('is said %s, with the way to it', async (_when, at, says) => {
  await know(at);
  render(<Home />);
  await waitFor(() => screen.getByText('Laporan minggu ini'));
  screen.getByText(says);
  expect(screen.getByRole('link', { name: 'Tulis laporan' }).getAttribute('href')).toBe('#/laporan?hari=2025-11-14');
});
it('of the week before says nothing of the next', async () => {
  await know('2025-11-17T09:00');
  render(<Home />);
  await waitFor(() => screen.getByText('Laporan hari ini'));
  expect(screen.queryByText(/Laporan mingguan/)).toBeNull();
});
it('once sent is seen, not written again', async () => {
  await know('2025-11-12T09:00', { ...office, week: { day: '2025-11-14', state: 'submitted' } });
  render(<Home />);
  await waitFor(() => screen.getByRole('link', { name: 'Lihat laporan' }));
  screen.getByText('Menunggu verifikasi');
});
it('is written ahead without a signal, and each result says its day', async () => {
  await know('2025-11-12T09:00');
  render(<ReportPage />);
  await waitFor(() => screen.getByText('Jumat, 14 November 2025'));
  screen.getByRole('heading', { name: 'Laporan mingguan' });
  const day = await waitFor(() => screen.getByLabelText('Hari') as HTMLSelectElement);
  expect([...day.options].map(o => o.value)).toEqual(['10', '11', '12', '13', '14'].map(d => `2025-11-${d}`));
  expect(day.value).toBe('2025-11-12');
  fireEvent.change(day, { target: { value: '2025-11-10' } });
  fireEvent.input(screen.getByLabelText('Apa yang dihasilkan?'), { target: { value: 'Menelaah dua belas berkas.' } });
  fireEvent.input(screen.getByLabelText('Satuan'), { target: { value: 'berkas' } });
  fireEvent.submit(document.querySelector('form')!);
  await waitFor(async () => expect((await readOutbox()).map(i => i.body)).toMatchObject([{ day: '2025-11-14', version: 0, submit: true, items: [{ day: '2025-11-10', starts: '07:30' }] }]));
});
it('is what another day of the week leads to', async () => {
  await know('2025-11-12T09:00');
  const asked = { day: '2025-11-11', version: 0, state: 'none', due: false, duty: 'weekly', week_day: '2025-11-14', items: [], events: [], is_late: false };
  vi.stubGlobal('fetch', (r: Request) => new URL(r.url).searchParams.get('day') === '2025-11-11' ? Promise.resolve(Response.json(asked)) : Promise.reject(new TypeError('Failed to fetch')));
  route.value = '/laporan?hari=2025-11-11';
  render(<ReportPage />);
  route.value = '/laporan';
  fireEvent.click(await waitFor(() => screen.getByRole('button', { name: 'Buka laporan mingguan' })));
  await waitFor(() => screen.getByText('Jumat, 14 November 2025'));
});
it('has days to choose up to the one by which it is due, and a daily one none', () => {
  expect(daysOf({ day: '2026-01-02', week_day: '2026-01-02' })).toEqual(['2025-12-29', '2025-12-30', '2025-12-31', '2026-01-01', '2026-01-02']);
  expect(daysOf({ day: '2025-11-13', week_day: '2025-11-14' })).toEqual([]);
  expect(daysOf({ day: '2025-11-13' })).toEqual([]);
});
it('shows its superior the day of each result', () => {
  const items = [{ day: '2025-11-10', starts: '08:00', ends: '09:00', description: 'Menelaah berkas', volume: 1, unit_of_measure: 'berkas' }, { starts: '08:00', ends: '09:00', description: 'Menyusun telaahan', volume: 1, unit_of_measure: 'naskah' }];
  render(<ReportView r={{ day: '2025-11-14', week_day: '2025-11-14', items, events: [] } as unknown as Report} z="WIB" />);
  screen.getByText(/^Sen, 10 Nov · 08/);
  screen.getByText(/^Jum, 14 Nov · 08/);
});
