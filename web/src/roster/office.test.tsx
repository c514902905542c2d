// @vitest-environment happy-dom
/* What the roster office says and sends: what a draft would undo, who gets a copy of a letter, and that more nodes are one's own than were looked at. */
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { lang } from '../base/i18n';
import { me } from '../base/session';
import { madeSheet } from './madesheet';
import { Repairs } from './office';
import { PapersDialog } from './papers';
import { Problems, type Noted } from './problems';
import { apply, load } from './sheet';
import { StepDialog, type Version } from './steps';
import { CameBack } from './work';

let asked: { url: string; body?: unknown }[], answer: object;
const v = { id: '7', unit: '3', unit_name: 'Dinas Sosial', period_from: '2025-12-01', period_to: '2025-12-14', state: 'draft', receipt: 'acknowledge', revision: 2 } as Version;
beforeEach(() => {
  lang.value = 'id';
  asked = [];
  answer = {};
  me.value = { employee: '1', roles: [], scopes: [], permissions: [], unit: { id: '3', agency: '3' }, government: { zone: 'WIB' } } as never;
  HTMLDialogElement.prototype.showModal ??= function show(this: HTMLDialogElement) { this.open = true; };
  vi.stubGlobal('fetch', async (input: Request | string) => {
    asked.push(typeof input === 'string' ? { url: input } : { url: input.url, ...(input.body ? { body: await input.clone().json() } : {}) });
    return Response.json(answer);
  });
});
afterEach(() => { cleanup(); vi.unstubAllGlobals(); });

it('says that more planning units are one’s own than were looked at', async () => {
  answer = { items: [], is_cut: true };
  render(<Repairs />);
  await waitFor(() => expect(screen.getByText(/lebih banyak daripada yang diperiksa di sini/)).toBeTruthy());
  answer = { items: [], is_cut: false };
  cleanup();
  render(<Repairs />);
  await waitFor(() => expect(screen.queryByText(/lebih banyak daripada yang diperiksa/)).toBeNull());
});
it('lets a draft that undoes what is in force be set by who says that he knows', async () => {
  const onDone = vi.fn(), overtaken = Array.from({ length: 10 }, (_, i) => ({ name: `Pegawai ${i + 1}`, day: '2025-12-03' }));
  answer = { state: 'set', revision: 3 };
  render(<StepDialog step="set" v={v} faults={0} remarks={0} overtaken={overtaken} onDone={onDone} onReload={onDone} onClose={onDone} />);
  expect(screen.getByText(/10 isian mengubah kembali yang mulai berlaku/)).toBeTruthy();
  expect(screen.getByText(/^Pegawai 8, .*3 Desember 2025$/)).toBeTruthy();
  expect(screen.getByText('dan 2 lagi')).toBeTruthy();
  const set = screen.getByRole<HTMLButtonElement>('button', { name: 'Tetapkan' });
  expect(set.disabled).toBe(true);
  fireEvent.click(screen.getByLabelText(/Saya mengetahuinya/));
  await waitFor(() => expect(set.disabled).toBe(false));
  fireEvent.click(set);
  await waitFor(() => expect(onDone).toHaveBeenCalled());
  expect(asked.at(-1)).toMatchObject({ body: { revision: 2, overrides: true } });
});
it('asks for nothing of a draft that undoes nothing', async () => {
  const onDone = vi.fn();
  render(<StepDialog step="set" v={v} faults={0} remarks={0} overtaken={[]} onDone={onDone} onReload={onDone} onClose={onDone} />);
  expect(screen.queryByLabelText(/Saya mengetahuinya/)).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: 'Tetapkan' }));
  await waitFor(() => expect(onDone).toHaveBeenCalled());
  expect(asked.at(-1)!.body).toEqual({ revision: 2 });
});
it('lists an entry that undoes what is in force until it is made the same', () => {
  const sheet = madeSheet(20, 14, 5), p = sheet.people[0]!;
  Object.assign(p, { days: `R${p.days.slice(1)}`, cells: `.${p.cells.slice(1)}`, locked: '.'.repeat(14), was: `K${p.days.slice(1)}` });
  const plan = load(sheet), noted: Noted[] = [{ kind: 'overtaken', person: 0, day: sheet.days[0]!.day, is: 0, limit: 0 }], shown = () => <Problems plan={plan} items={[]} noted={noted} onGo={() => undefined} />;
  const { rerender } = render(shown());
  expect(screen.getByText('Mengubah kembali yang sudah berlaku')).toBeTruthy();
  expect(screen.getByText(/kini berlaku di kantor \(WFO\), di sini di rumah \(WFH\)/)).toBeTruthy();
  apply(plan, [{ person: 0, day: 0, letter: 'K' }]);
  rerender(shown());
  expect(screen.queryByText('Mengubah kembali yang sudah berlaku')).toBeNull();
});
it('sends who gets a copy of each kind of letter', async () => {
  answer = { items: [], signer: 'none' };
  render(<PapersDialog v={v} sheet={madeSheet(20, 14, 5)} wasReturned maySend={false} onClose={() => undefined} />);
  for (const kind of ['cover', 'order', 'return']) {
    fireEvent.change(screen.getByLabelText('Surat'), { target: { value: kind } });
    fireEvent.input(screen.getByLabelText('Tembusan'), { target: { value: ' Sekretaris Daerah; Inspektur ' } });
    asked = [];
    await waitFor(() => expect(screen.getByLabelText<HTMLSelectElement>('Surat').value).toBe(kind));
    fireEvent.click(screen.getByRole('button', { name: 'Unduh PDF' }));
    await waitFor(() => expect(asked.some(a => a.url.includes('/letter?'))).toBe(true));
    const query = new URL(asked.find(a => a.url.includes('/letter?'))!.url, 'http://x').searchParams;
    expect([query.get('kind'), query.get('copies')]).toEqual([kind, 'Sekretaris Daerah; Inspektur']);
  }
});
it('says why a draft came back, until it is set anew', () => {
  const step = (kind: 'set' | 'returned' | 'superseded', note = '') => ({ id: kind, kind, by_name: 'Sri', at: '2025-11-13T02:00:00.000Z', note });
  const shown = (...steps: ReturnType<typeof step>[]) => { cleanup(); return render(<CameBack v={v} steps={steps} />).container.textContent; };
  expect(shown(step('set'), step('superseded', '17 s.d. 19 Desember 2025'))).toMatch(/^Kembali menjadi draf pada .*: jadwal lain untuk hari yang sama ditetapkan atau mulai berlaku kemudian \(17 s\.d\. 19 Desember 2025\)\./);
  expect(shown(step('set'), step('returned', 'Loket kosong'))).toMatch(/^Dikembalikan oleh Sri pada .*: Loket kosong$/);
  expect(shown(step('superseded'), step('set'))).toBe('');
});
