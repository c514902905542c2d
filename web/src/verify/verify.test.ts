/*
 * The page's checks against the bundles of the C program (test/vectors/bundles.json): the same findings and,
 * in Bahasa Indonesia, the same sentences; and every byte that proves something changed.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { lang } from '../base/i18n';
import { fromBase64, fromBase64url } from './bytes';
import { BundleFault, readBundle } from './bundle';
import { checkBundle, nothing, worth, type Trust } from './check';
import { forgetBrowser, isEd25519 } from './keys';
import { parseVkey, readCheckpoint, readNote, readTlogProof, checkNote } from './note';
import { report, reportText } from './report';
import { w } from './words';

interface Case { name: string; bundle: string[]; trust: { log_key?: string; online_key?: string; witnesses: string[]; policy: number }; codes: string; is_false: boolean; report: string[] }
const cases: Case[] = JSON.parse(readFileSync(join(import.meta.dirname, '../../../test/vectors/bundles.json'), 'utf8'));
const textOf = (c: Case) => c.bundle.join('\n') + '\n';
const trustOf = async (c: Case): Promise<Trust> => ({
  logKey: c.trust.log_key ? await parseVkey(c.trust.log_key) : undefined, onlineKeys: c.trust.online_key ? [fromBase64url(c.trust.online_key)!] : [],
  witnesses: (await Promise.all(c.trust.witnesses.map(parseVkey))).map(k => k!), policy: c.trust.policy,
});
const codesOf = async (text: string, trust: Trust = nothing) => (await checkBundle(readBundle(text), trust)).found.map(x => x.what).join(' ');

afterAll(() => { lang.value = 'id'; });

describe.each(cases)('$name', c => {
  it('is found out as the program does', async () => {
    const trust = await trustOf(c), b = readBundle(textOf(c)), f = await checkBundle(b, trust);
    expect(f.found.map(x => x.what).join(' ')).toBe(c.codes);
    expect(f.isFalse).toBe(c.is_false);
    expect(reportText(report(b, f, trust))).toEqual(c.report);
  });
  it('is said in English too', async () => {
    lang.value = 'en';
    const b = readBundle(textOf(c)), r = reportText(report(b, await checkBundle(b), nothing));
    lang.value = 'id';
    expect(r.join('\n')).not.toMatch(/[{}]|undefined|NaN/);
    expect(r.join('\n')).not.toContain('Yang terbukti');
  });
});

it('has a sentence for every finding, in both languages', () => {
  for (const l of ['id', 'en'] as const) { lang.value = l; expect(Object.keys(w().sentences).sort()).toEqual(Object.keys(worth).sort()); }
  lang.value = 'id';
});

describe('a browser without Ed25519', () => {
  afterEach(() => { vi.restoreAllMocks(); forgetBrowser(); });
  it('comes to the same', async () => {
    const real = crypto.subtle.importKey.bind(crypto.subtle) as (...a: unknown[]) => Promise<CryptoKey>, asked: unknown[] = [];
    vi.spyOn(crypto.subtle, 'importKey').mockImplementation(((...a: unknown[]) => { asked.push(a[2]); return a[2] === 'Ed25519' ? Promise.reject(new DOMException('no', 'NotSupportedError')) : real(...a); }) as typeof crypto.subtle.importKey);
    forgetBrowser();
    for (const c of cases) expect(await codesOf(textOf(c), await trustOf(c)), c.name).toBe(c.codes);
    expect(asked.filter(a => a === 'Ed25519')).toHaveLength(1);
  });
  it('takes nonsense for a bad signature', async () => {
    expect(await isEd25519(new Uint8Array(32), new Uint8Array(3), new Uint8Array(64))).toBe(false);
    const one = new Uint8Array(32).fill(1, 0, 1); /* the neutral point, under which all signs */
    expect(await isEd25519(one, new Uint8Array(3), new Uint8Array([...one, ...new Uint8Array(32)]))).toBe(false);
    expect(await isEd25519(new Uint8Array(5), new Uint8Array(3), new Uint8Array(6))).toBe(false);
  });
});

describe('text', () => {
  const text = textOf(cases[0]!);
  it('cut anywhere is another bundle or none', async () => {
    for (let n = 0; n < text.length; n += 7) {
      try { expect(readBundle(text.slice(0, n)).proof?.note).not.toBe(readBundle(text).proof!.note); } catch (e) { expect(e).toBeInstanceOf(BundleFault); }
    }
  });
  it.each([
    ['LUWES-BUNDLE 1', 'LUWES-BUNDLE 2', 1], ['government 7', 'government 07', 3], ['government 7', 'government -7', 3], ['zone WIB', 'zone WIX', 6], ['zone WIB\n', '', 6], ['event ', 'events ', 7], ['signature ', 'signature A', 8],
    ['leaf 1 ', 'leaf 0 ', 15], ['leaf 1 ', 'leaf 256 ', 15], ['enrolment-index 3', 'enrolment-index 03', 17], ['\n\nc2sp', '\nc2sp', 27], ['index 41', 'index 041', 28],
  ])('%j for %j is refused', (from, to, line) => {
    let fault: unknown;
    try { readBundle(text.replace(from, to)); } catch (e) { fault = e; }
    expect(fault).toBeInstanceOf(BundleFault);
    expect(Math.abs((fault as BundleFault).line - line)).toBeLessThanOrEqual(2);
  });
  it('with a letter of any value changed no longer fits', async () => {
    const lines = cases[0]!.bundle;
    for (const [i, line] of lines.entries()) {
      const m = /^(event|signature|device-key|token-signature|receipt|receipt-signature|online-key|leaf|enrolment|enrolment-hash) (.*)$/.exec(line);
      if (!m) continue;
      for (let at = m[1]!.length + 1; at < line.length - 1; at += 37) {
        if (line[at] === ' ') continue;
        const changed = lines.with(i, line.slice(0, at) + (line[at] === 'A' ? 'B' : 'A') + line.slice(at + 1)).join('\n') + '\n';
        let isFalse = true;
        try { isFalse = (await checkBundle(readBundle(changed))).isFalse; } catch (e) { expect(e).toBeInstanceOf(BundleFault); }
        expect(isFalse, changed.split('\n')[i]).toBe(true);
      }
    }
  }, 30_000);
});

describe('notes of others', () => {
  const vkey = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k'; /* c2sp.org/signed-note */
  const note = 'This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n';
  it('are read and checked', async () => {
    const key = (await parseVkey(vkey))!;
    expect([key.name, key.id, key.type]).toEqual(['example.com/foo', '530d903a', 1]);
    expect(await checkNote(readNote(note)!, key)).toEqual({ by: 'key', time: 0n });
    expect(await checkNote(readNote(note.replace('example m', 'Example m'))!, key)).toEqual({ by: 'bad' });
    expect(await checkNote(readNote(note)!, (await parseVkey('PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'))!)).toEqual({ by: 'nobody' });
  });
  it('are refused when they are malformed', async () => {
    for (const bad of ['', '\n', note.slice(0, -1), note.replace('\n\n', '\n'), note + 'x\n', note.replace('— ', '- '), '\u0001' + note, 'a\tb\n\n' + note.split('\n\n')[1]]) expect(readNote(bad), JSON.stringify(bad)).toBeUndefined();
    for (const bad of ['', vkey + 'A', vkey.replace('530d', '530e'), vkey.replace('+Aeky', '+Zeky'), vkey.replace('example.com/foo', 'a b')]) expect(await parseVkey(bad), bad).toBeUndefined();
    const root = 'CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=';
    expect(readCheckpoint(`o\n5\n${root}\nextension\n`)?.size).toBe(5n);
    for (const bad of [`o\n05\n${root}\n`, `o\n-5\n${root}\n`, `\n5\n${root}\n`, `o\n5\n${root}`, `o\n5\n${root.replace('2I=', '2J=')}\n`, `o\n9223372036854775808\n${root}\n`, `o\n5\n${root}\n\nx\n`]) expect(readCheckpoint(bad), bad).toBeUndefined();
    expect(readTlogProof(`c2sp.org/tlog-proof@v1\nindex 5\n\n${note}`)?.index).toBe(5n);
    for (const bad of [`c2sp.org/tlog-proof@v2\nindex 5\n\n${note}`, 'c2sp.org/tlog-proof@v1\nindex 5\n', `c2sp.org/tlog-proof@v1\nindex 05\n\n${note}`, `c2sp.org/tlog-proof@v1\nindex 5\nAAAA\n\n${note}`]) expect(readTlogProof(bad), bad).toBeUndefined();
  });
  it('base64 has one spelling', () => {
    expect(fromBase64url('AQ')).toEqual(new Uint8Array([1]));
    for (const bad of ['AR', 'A', 'AQ=', 'A+AA', 'AQAAA']) expect(fromBase64url(bad), bad).toBeUndefined();
    expect(fromBase64('AQ==')).toEqual(new Uint8Array([1]));
    for (const bad of ['AQ', 'AQ=', 'AR==', 'A===', 'AQ_=', 'AQAB=']) expect(fromBase64(bad), bad).toBeUndefined();
  });
});
