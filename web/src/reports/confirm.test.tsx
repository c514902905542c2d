// @vitest-environment happy-dom
/* One tap on a day by its schedule: from the copy of the morning without a signal, never over what somebody began to write. */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Home } from '../attendance/home';
import { flush } from '../attendance/outbox';
import { today } from '../attendance/today';
import { now, route } from '../base/shell';
import { me } from '../base/session';
import { closeStore, keepCopy, keepDraft, readOutbox, reportDraft } from '../base/store';
import { ReportPage } from './form';

const schedule = { starts: '07:00', ends: '14:00', words: 'Melaksanakan pembelajaran sesuai jadwal mengajar' };
const school = { zone: 'WIB', mode: 'office', place_rule: 'site', sites: [], returned: [], windows: [], day: '2025-11-12', starts: '07:00', ends: '14:00', duty: 'daily_confirm', report_state: 'none', schedule, next_days: [{ day: '2025-11-13', mode: 'office', starts: '07:00', ends: '14:00', schedule }, { day: '2025-11-14', mode: 'off' }] };
const bodies = async () => (await readOutbox()).map(i => i.body);
let person = 60;

async function know(at: string, copy: object = school) {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date(`${at}:00+07:00`) });
  now.value = new Date();
  const employee = String(++person);
  await keepCopy(`${employee}/me/today`, copy, '2025-11-12T00:10:00.000Z');
  me.value = { employee, government: { zone: 'WIB' } } as never;
  await today.refresh();
  return employee;
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

it('hands in without a signal what the rule says, and the card says that it waits', async () => {
  await know('2025-11-12T14:05');
  render(<Home />);
  await waitFor(() => screen.getByText(/Melaksanakan pembelajaran/));
  fireEvent.click(screen.getByRole('button', { name: 'Sesuai jadwal' }));
  await waitFor(async () => expect(await bodies()).toEqual([{ made_at: '2025-11-12T07:05:00.000Z', day: '2025-11-12', version: 0, items: [], submit: true, confirm: true }]));
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Sesuai jadwal' })).toBeNull());
  screen.getByText('Belum terkirim');
  screen.getByRole('link', { name: 'Lihat laporan' });
});
it('says why when it is late, and is not sent without', async () => {
  await know('2025-11-13T06:05', { ...school, on_time_until: '2025-11-12T17:00:00.000Z' });
  route.value = '/laporan?hari=2025-11-12';
  render(<ReportPage />);
  await waitFor(() => screen.getByRole('button', { name: 'Sesuai jadwal' }));
  fireEvent.click(screen.getByRole('button', { name: 'Sesuai jadwal' }));
  await waitFor(() => expect(screen.getByLabelText('Alasan terlambat').getAttribute('aria-invalid')).toBe('true'));
  expect(await bodies()).toEqual([]);
  fireEvent.input(screen.getByLabelText('Alasan terlambat'), { target: { value: ' Ponsel tertinggal di sekolah. ' } });
  fireEvent.click(screen.getByRole('button', { name: 'Sesuai jadwal' }));
  await waitFor(async () => expect(await bodies()).toMatchObject([{ day: '2025-11-12', confirm: true, late_reason: 'Ponsel tertinggal di sekolah.', made_at: '2025-11-12T23:05:00.000Z' }]));
  route.value = '/';
});
it('knows the next day from the days to come', async () => {
  await know('2025-11-13T14:05');
  render(<Home />);
  await waitFor(() => screen.getByRole('button', { name: 'Sesuai jadwal' }));
  fireEvent.click(screen.getByRole('button', { name: 'Sesuai jadwal' }));
  await waitFor(async () => expect(await bodies()).toMatchObject([{ day: '2025-11-13', confirm: true }]));
});
it('is not offered before work begins', async () => {
  await know('2025-11-12T06:50');
  render(<Home />);
  await waitFor(() => screen.getByText(/sejak jam kerja dimulai, pukul 07/));
  expect(screen.queryByRole('button', { name: 'Sesuai jadwal' })).toBeNull();
});
it.each([['items are owed', { duty: 'daily_items', schedule: undefined }], ['it was handed in', { report_state: 'submitted' }], ['it came back', { report_state: 'returned' }], ['a draft lies on the server', { report_state: 'draft' }]])('is not offered where %s', async (_why, more) => {
  await know('2025-11-12T14:05', { ...school, ...more });
  render(<Home />);
  await waitFor(() => screen.getByText('Laporan hari ini'));
  await waitFor(() => screen.getByRole('link', { name: /Tulis laporan|Lihat laporan/ }));
  expect(screen.queryByRole('button', { name: 'Sesuai jadwal' })).toBeNull();
});
it('gives way to what was begun in writing on this phone', async () => {
  const employee = await know('2025-11-12T14:05');
  await keepDraft(reportDraft(employee, '2025-11-12'), { items: [], obstacle: 'Listrik padam', version: 0 });
  render(<Home />);
  await waitFor(() => screen.getByRole('link', { name: 'Tulis laporan' }));
  expect(screen.queryByRole('button', { name: 'Sesuai jadwal' })).toBeNull();
});
it('stands in Laporan too, and a full report is one press away', async () => {
  await know('2025-11-12T14:05');
  render(<ReportPage />);
  await waitFor(() => screen.getByRole('button', { name: 'Sesuai jadwal' }));
  expect(screen.queryByLabelText('Apa yang dihasilkan?')).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: 'Tambah hasil kerja' }));
  await waitFor(() => screen.getByLabelText('Apa yang dihasilkan?'));
  expect(await bodies()).toEqual([]);
});
it('waits in Laporan as one sentence', async () => {
  await know('2025-11-12T14:05');
  render(<ReportPage />);
  await waitFor(() => screen.getByRole('button', { name: 'Sesuai jadwal' }));
  fireEvent.click(screen.getByRole('button', { name: 'Sesuai jadwal' }));
  await waitFor(() => screen.getByText(/Konfirmasi sesuai jadwal tersimpan di ponsel/));
});
