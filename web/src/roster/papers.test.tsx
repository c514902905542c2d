// @vitest-environment happy-dom
/* The summary of a roster is shared by the phone's own sheet; where there is none it is copied. */
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, expect, it, vi } from 'vitest';
import { madeSheet } from './madesheet';
import { PapersDialog, summary } from './papers';
import type { Version } from './steps';

const sheet = madeSheet(30, 7), v = { id: '9', unit: '1', unit_name: 'Dinas Sosial', state: 'draft', period_from: '2025-12-01', period_to: '2025-12-07' } as Version, text = summary(v, sheet);
const open = () => { render(<PapersDialog v={v} sheet={sheet} wasReturned={false} maySend={false} onClose={() => undefined} />); fireEvent.click(screen.getByRole('button', { name: 'Bagikan' })); };
const has = (what: object) => Object.entries(what).forEach(([key, value]) => Object.defineProperty(navigator, key, { configurable: true, value }));

afterEach(() => { cleanup(); has({ share: undefined, clipboard: undefined }); });

it('says of each working day how many are away, and no name', () => {
  expect(text.split('\n')).toHaveLength(6);
  expect(text).toMatch(/^Jadwal WFH Dinas Sosial, .*\n.*: WFH \d+, WFO \d+\n/);
  for (const p of sheet.people) expect(text).not.toContain(p.name);
});
it('goes to the sheet of the phone, and who dismisses it sees no error', async () => {
  const share = vi.fn(() => Promise.reject(new DOMException('dismissed', 'AbortError'))), writeText = vi.fn();
  has({ share, clipboard: { writeText } });
  open();
  await waitFor(() => expect(share).toHaveBeenCalledWith({ text }));
  expect(writeText).not.toHaveBeenCalled();
  expect(screen.queryByRole('alert')).toBeNull();
});
it('is copied where no sheet is', async () => {
  const writeText = vi.fn(() => Promise.resolve());
  has({ share: undefined, clipboard: { writeText } });
  open();
  await waitFor(() => expect(writeText).toHaveBeenCalledWith(text));
});
