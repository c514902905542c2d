/** @vitest-environment happy-dom */
/* A QR code is drawn module by module: the path says exactly what the encoder said, with a quiet zone of four. */
import { afterEach, describe, expect, it } from 'vitest';
import { cleanup, render } from '@testing-library/preact';
import { encode } from 'uqr';
import { Qr, qrPath } from './qr';

/** The path painted back into modules. */
function paint(path: string, size: number): boolean[][] {
  const rows = Array.from({ length: size }, () => Array<boolean>(size).fill(false));
  for (const [, x, y, n] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) for (let i = 0; i < Number(n); i++) rows[Number(y)]![Number(x) + i] = true;
  return rows;
}

afterEach(cleanup);

describe('qr', () => {
  it.each(['LW1C.7K2QDM49XA', 'A', `LW1E.${'b'.repeat(380)}`])('draws what was encoded: %s', text => {
    const { data } = encode(text, { ecc: 'M', border: 4 });
    expect(paint(qrPath(data), data.length)).toEqual(data);
  });

  it('leaves four modules white on every side, and is an image with words', async () => {
    const { findByRole } = render(<Qr text="LW1C.7K2QDM49XA" label="Kode untuk ponsel Asep" />), svg = await findByRole('img', { name: 'Kode untuk ponsel Asep' });
    const size = Number(svg.getAttribute('viewBox')!.split(' ')[2]), rows = paint(svg.lastElementChild!.getAttribute('d')!, size);
    for (let i = 0; i < size; i++) for (const k of [0, 1, 2, 3, size - 4, size - 3, size - 2, size - 1]) expect(rows[k]![i] || rows[i]![k]).toBe(false);
    expect(rows[4]!.slice(4, 11)).toEqual(Array(7).fill(true)); /* the finder's upper edge */
  });

  it('follows its text', async () => {
    const { findByRole, rerender } = render(<Qr text="LW1D.AAAA" label="Layar lobi" />);
    const before = (await findByRole('img')).lastElementChild!.getAttribute('d');
    rerender(<Qr text="LW1D.AAAB" label="Layar lobi" />);
    await expect.poll(async () => (await findByRole('img')).getAttribute('data-text')).toBe('LW1D.AAAB');
    expect((await findByRole('img')).lastElementChild!.getAttribute('d')).not.toBe(before);
  });
});
