// @vitest-environment happy-dom
/* Leaving: what stays on this device is said before, and drafts can be deleted. */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { me } from '../base/session';
import { closeStore, countDrafts, keepDraft, reportDraft } from '../base/store';
import { More } from './more';

beforeEach(async () => {
  await closeStore();
  globalThis.indexedDB = new IDBFactory();
  localStorage.clear();
  me.value = { employee: '41', full_name: 'Ani', nip: '1', audiences: [], roles: [], government: { zone: 'WIB' } } as never;
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
});
afterEach(() => { cleanup(); vi.unstubAllGlobals(); });
const leave = () => fireEvent.click(screen.getByRole('button', { name: 'Keluar' }));

it('asks nothing when nothing stays', async () => {
  render(<More />);
  leave();
  await waitFor(() => expect(me.value).toBeNull());
});
it.each([['keeps', 'Keluar', 1], ['deletes', 'Keluar dan hapus draf', 0]] as const)('%s a draft, as one says', async (_what, name, left) => {
  await keepDraft(reportDraft('41', '2025-11-13'), { items: [] });
  await keepDraft(reportDraft('42', '2025-11-13'), { items: [] });
  render(<More />);
  leave();
  await waitFor(() => screen.getByText(/Draf laporan Anda tetap tersimpan di perangkat ini/));
  expect(me.value).not.toBeNull();
  fireEvent.click(within(document.querySelector('dialog')!).getByRole('button', { name, hidden: true }));
  await waitFor(() => expect(me.value).toBeNull());
  await waitFor(async () => expect([await countDrafts('41'), await countDrafts('42')]).toEqual([left, 1]));
});
