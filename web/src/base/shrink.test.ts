import { describe, expect, it } from 'vitest';
import { fitted, kindOf, prepared } from './shrink';

const bytes = (text: string) => new Uint8Array([...text].map(c => c.charCodeAt(0)));

describe('kindOf', () => {
  it.each<[string, string, string | undefined]>([
    ['a photograph', '\xff\xd8\xff\xe1\x00\x10JFIF', 'image/jpeg'],
    ['a screenshot', '\x89PNG\r\n\x1a\n\x00\x00\x00\r', 'image/png'],
    ['WebP', 'RIFF\x10\x00\x00\x00WEBP', 'image/webp'],
    ['a PDF', '%PDF-1.7\n', 'application/pdf'],
    ['a sound in the same box as WebP', 'RIFF\x10\x00\x00\x00WAVE', undefined],
    ['SVG, which may hold a script', '<svg xmlns="', undefined],
    ['a page', '<!doctype ht', undefined],
    ['an archive', 'PK\x03\x04\x14\x00\x00\x00', undefined],
    ['half a signature', '\x89PNG', undefined],
    ['nothing', '', undefined],
  ])('%s', (_name, head, kind) => { expect(kindOf(bytes(head))).toBe(kind); });
});
describe('fitted', () => {
  it.each([[4000, 3000, 1600, 1200], [3000, 4000, 1200, 1600], [800, 600, 800, 600], [100_000, 10, 1600, 1], [1, 1, 1, 1]])('%i × %i', (w, h, ...expected) => { expect(fitted(w, h, 1600)).toEqual(expected); });
});
it('takes no file that only its name makes a picture, and leaves a PDF as it is', async () => {
  expect(await prepared(new File(['<script>'], 'foto.jpg', { type: 'image/jpeg' }))).toBe('kind');
  const pdf = await prepared(new File(['%PDF-1.7 isi'], 'nota.bin'));
  expect(pdf).toMatchObject({ name: 'nota.bin', type: 'application/pdf' });
  expect(await (pdf as File).text()).toBe('%PDF-1.7 isi');
});
