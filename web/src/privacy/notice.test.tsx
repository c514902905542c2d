// @vitest-environment happy-dom
/* The text people were shown is a version: another text under the same number would be untrue. */
import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import 'fake-indexeddb/auto';
import { lang } from '../base/i18n';
import { closeStore, keepNotice, readShown } from '../base/store';
import { told } from './notice';
import { NOTICE_VERSION, noteShown, wasShown } from './shown';

const textHash = () => (['id', 'en'] as const).map(l => { lang.value = l; return JSON.stringify([told('G', 45), told('G')]); }).join('');
afterEach(async () => { lang.value = 'id'; vi.unstubAllGlobals(); await closeStore(); });

describe('the notice', () => {
  it('has another version when it says something else', () => {
    const known: Record<number, string> = { 1: '7b49ee70ed844203' };
    expect(createHash('sha256').update(textHash()).digest('hex').slice(0, 16), 'the text changed: raise NOTICE_VERSION and add its hash here').toBe(known[NOTICE_VERSION]);
  });
  it('says what, why, on which basis, who, how long, and never asks for consent', () => {
    const said = told('Pemerintah Provinsi Contoh', 45);
    expect(said.map(([what]) => what)).toEqual(['Apa yang dicatat', 'Untuk apa', 'Dasarnya', 'Siapa yang melihat', 'Berapa lama disimpan', 'Hak Anda']);
    const text = said.flat().join(' ');
    for (const part of ['UU 27/2022 Pasal 20', 'bukan persetujuan', 'Pemerintah Provinsi Contoh', '45 hari']) expect(text).toContain(part);
    expect(text).not.toMatch(/menyetujui|setuju\b/i);
    expect(told('G')[4]![1]).toContain('batas waktu yang ditetapkan');
  });
});

describe('that it was shown', () => {
  const calls: unknown[] = [];
  const answer = (ok: boolean) => vi.stubGlobal('fetch', async (r: Request) => {
    if (!ok) throw new TypeError('Failed to fetch');
    calls.push([r.method, new URL(r.url).pathname, await r.json()]);
    return new Response(null, { status: 204 });
  });
  it('is kept here first, told to the server when there is a signal, and once', async () => {
    calls.length = 0;
    answer(false);
    expect(await wasShown('7')).toBe(false);
    await noteShown('7', '2025-11-13T00:22:00.000Z');
    await vi.waitFor(async () => expect(await readShown('7')).toEqual({ employee: '7', at: '2025-11-13T00:22:00.000Z', version: NOTICE_VERSION }));
    answer(true);
    expect(await wasShown('7')).toBe(true);
    await vi.waitFor(async () => expect(await readShown('7')).toMatchObject({ told: true }));
    expect(await wasShown('7')).toBe(true);
    expect(calls).toEqual([['PUT', '/api/v1/me/privacy/notice', { version: NOTICE_VERSION }]]);
  });
  it('of an older text is shown anew', async () => {
    answer(true);
    await keepNotice({ employee: '8', at: '2025-11-01T00:00:00.000Z' }); /* before texts had versions */
    expect(await wasShown('8')).toBe(false);
    await keepNotice({ employee: '9', at: '2025-11-01T00:00:00.000Z', version: NOTICE_VERSION + 1, told: true });
    expect(await wasShown('9')).toBe(false);
  });
});
