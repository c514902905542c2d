// @vitest-environment happy-dom
/* What a person wrote is never lost: not by leaving, not by a refusal, not to another person. */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { me } from '../base/session';
import { closeStore, keepCopy, keepDraft, readDraft, readOutbox, reportDraft } from '../base/store';
import { today } from '../attendance/today';
import { Editor, ReportPage, type Item } from './form';
import type { Report } from './view';

const report = (version: number): Report => ({ day: '2025-11-13', version, state: version ? 'returned' : 'none', items: [], events: [], is_late: false } as unknown as Report);
const item: Item = { starts: '08:00', ends: '10:00', description: 'Menelaah dua belas berkas.', volume: '12', unit_of_measure: 'berkas', target: '', evidence_link: '' };
const key = reportDraft('41', '2025-11-13');
const text = () => screen.getByLabelText('Apa yang dihasilkan?') as HTMLTextAreaElement;
const kept = async () => (await readDraft<{ items: Item[]; version: number }>(key));
const open = async (version = 0, refused = false) => {
  const done = vi.fn(), view = render(<Editor report={report(version)} refused={refused} onDone={done} />);
  await waitFor(text);
  return { done, view };
};

beforeEach(async () => {
  await closeStore();
  globalThis.indexedDB = new IDBFactory();
  me.value = { employee: '41', government: { zone: 'WIB' } } as never;
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it.each<[string, (leave: () => void) => void]>([
  ['leaves the screen', leave => leave()],
  ['puts the app away', () => document.dispatchEvent(new Event('visibilitychange'))],
  ['closes it', () => dispatchEvent(new Event('pagehide'))],
])('is kept at once when the person %s', async (_name, act) => {
  const { view } = await open();
  fireEvent.input(text(), { target: { value: 'Kalimat terakhir' } });
  act(() => view.unmount());
  await vi.waitFor(async () => expect((await kept())?.items[0]!.description).toBe('Kalimat terakhir'), { timeout: 1000 });
});
it('stays on the phone when the report goes into the outbox', async () => {
  await keepDraft(key, { items: [item], obstacle: '', version: 0 });
  const { done } = await open();
  fireEvent.submit(document.querySelector('form')!);
  await waitFor(() => expect(done).toHaveBeenCalled());
  expect((await readOutbox()).map(i => i.kind)).toEqual(['report']);
  expect((await kept())?.items[0]!.description).toBe(item.description);
});
it('keeps a file that was chosen without a signal, and sends it with the report', async () => {
  await keepDraft(key, { items: [item], obstacle: '', version: 0 });
  const { done } = await open(), pdf = new File(['%PDF-1.7 isi'], 'nota.pdf');
  fireEvent.change(screen.getByLabelText('Bukti dukung'), { target: { files: [pdf] } });
  await waitFor(() => screen.getByText(/Terlampir: nota.pdf · diunggah saat ada sinyal/));
  fireEvent.submit(document.querySelector('form')!);
  await waitFor(() => expect(done).toHaveBeenCalled());
  const [sent] = (await readOutbox())[0]!.body.items as Item[];
  expect([new TextDecoder().decode(sent!.evidence_bytes), sent!.evidence_name]).toEqual(['%PDF-1.7 isi', 'nota.pdf']);
  expect((await kept())?.items[0]!.evidence_bytes).toEqual(sent!.evidence_bytes);
});
it('is not kept on the phone when it is larger than a picture', async () => {
  await open();
  fireEvent.change(screen.getByLabelText('Bukti dukung'), { target: { files: [new File(['%PDF-', new Uint8Array(300 * 1024)], 'nota.pdf')] } });
  await waitFor(() => expect(screen.getByLabelText('Bukti dukung').getAttribute('aria-invalid')).toBe('true'));
  expect(screen.queryByText(/Terlampir/)).toBeNull();
});
it('comes back after a refusal, although the server has another version, and stays', async () => {
  await keepDraft(key, { items: [item], obstacle: '', version: 0 });
  const { view } = await open(3, true);
  expect(text().value).toBe(item.description);
  view.unmount();
  await vi.waitFor(async () => expect((await kept())?.version).toBe(3));
  await open(3, false);
  expect(text().value).toBe(item.description);
});
it('is not shown to another person', async () => {
  await keepDraft(key, { items: [item], obstacle: '', version: 0 });
  me.value = { employee: '42', government: { zone: 'WIB' } } as never;
  await open();
  expect(text().value).toBe('');
});

it('can be written on a day that this phone knows nothing of', async () => {
  render(<ReportPage />);
  await waitFor(() => screen.getByText(/Tanpa sinyal: belum diketahui/));
  await waitFor(text);
  fireEvent.input(text(), { target: { value: item.description } });
  fireEvent.input(screen.getByLabelText('Satuan'), { target: { value: 'berkas' } });
  fireEvent.submit(document.querySelector('form')!);
  await waitFor(async () => expect((await readOutbox()).map(i => i.body)).toMatchObject([{ version: 0, submit: true, items: [{ description: item.description }] }]));
  await waitFor(() => screen.getByText('Yang akan dikirim'));
});

const know = async (employee: string, copy: object) => {
  await keepCopy(`${employee}/me/today`, { zone: 'WIB', mode: 'office', sites: [], returned: [], ...copy }, '2025-11-13T23:10:00.000Z');
  me.value = { employee, government: { zone: 'WIB' } } as never;
  await today.refresh();
};
it('begins in the morning with the day on which the night began, by what the copy of today knows', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2025-11-14T06:30:00+07:00') });
  await know('43', { day: '2025-11-13', starts: '19:00', ends: '31:00', duty: 'none', report_state: 'none', next_days: [{ day: '2025-11-14', mode: 'off' }] });
  render(<ReportPage />);
  await waitFor(() => screen.getByText('Kamis, 13 November 2025'));
  await waitFor(() => screen.getByText('Laporan harian tidak wajib pada tanggal ini.'));
  expect(screen.queryByText(/belum diketahui/)).toBeNull();
  await waitFor(text);
});
it('without a signal says how far today\'s report is, and lets nobody write it anew', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2025-11-14T12:00:00+07:00') });
  await know('44', { day: '2025-11-14', starts: '07:30', ends: '16:00', duty: 'daily_items', report_state: 'submitted', next_days: [] });
  render(<ReportPage />);
  await waitFor(() => screen.getByText('Menunggu verifikasi'));
  screen.getByText(/Isi laporannya tampil saat ada sinyal/);
  expect(screen.queryByLabelText('Apa yang dihasilkan?')).toBeNull();
});

it('goes into the outbox once, however often one presses', async () => {
  await keepDraft(key, { items: [item], obstacle: '', version: 0 });
  const { done } = await open();
  fireEvent.submit(document.querySelector('form')!);
  await waitFor(() => expect((screen.getByRole('button', { name: 'Kirim laporan' }) as HTMLButtonElement).disabled).toBe(true));
  fireEvent.submit(document.querySelector('form')!);
  await waitFor(() => expect(done).toHaveBeenCalled());
  expect(await readOutbox()).toHaveLength(1);
});
it('says what is wrong only until it is mended', async () => {
  await open();
  fireEvent.submit(document.querySelector('form')!);
  await waitFor(() => screen.getByText(/^Tulis sedikitnya/));
  fireEvent.input(text(), { target: { value: item.description } });
  await waitFor(() => expect(screen.queryByText(/^Tulis sedikitnya/)).toBeNull());
  screen.getByText('Isi satuannya, misalnya dokumen.');
});
it('keeps what is written while a file is on its way, and takes no file that is no evidence', async () => {
  let answer = (_: Response) => {};
  vi.stubGlobal('fetch', (r: Request | string) => String(r instanceof Request ? r.url : r).includes('/files') ? new Promise<Response>(done => { answer = done; }) : Promise.reject(new TypeError('Failed to fetch')));
  await open();
  const pick = (name: string, type: string, content: string) => fireEvent.change(document.querySelector('input[type=file]')!, { target: { files: [new File([content], name, { type })] } });
  pick('catatan.txt', 'text/plain', 'x');
  await waitFor(() => screen.getByText(/^Berkas tidak diterima/));
  pick('skrip.jpg', 'image/jpeg', '<script>');
  await waitFor(() => screen.getByText(/^Berkas tidak diterima/));
  pick('nota.pdf', 'application/pdf', '%PDF-1.7');
  await waitFor(() => screen.getByText('Mengunggah…'));
  fireEvent.input(text(), { target: { value: item.description } });
  answer(new Response(JSON.stringify({ sha256: 'a'.repeat(64), type: 'application/pdf' }), { headers: { 'content-type': 'application/json' } }));
  await waitFor(() => screen.getByText(/Terlampir: nota\.pdf/));
  expect(text().value).toBe(item.description);
});
