/* What the office's codes carry, against the known values that the program's own tests read (test/vectors/office.json). */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fromText, join, number64, toText } from './bytes';
import { cardHash, codeBytes, codeText, displayCode, dutyHash, dutyMessage, readCardCode, readDisplayCode, readDutyAnswer, readDutyQuestion, readEventCode, readWitnessAnswer, readWitnessQuestion, stepOf, witnessMessage } from './codes';
import { claimMessage, encodeRecord, recordHash, type KioskRecord } from '../kios/record';

const v = JSON.parse(readFileSync(new URL('../../../test/vectors/office.json', import.meta.url), 'utf8'));
const events = JSON.parse(readFileSync(new URL('../../../test/vectors/event.json', import.meta.url), 'utf8')).events as { name: string; bytes: string; signature: string; event: { employee: string; type: number; wall: number } }[];

it('shows the codes of a screen that the program expects', async () => {
  const key = await crypto.subtle.importKey('raw', fromText(v.display.key), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  for (const c of v.display.codes) {
    expect(stepOf(c.at)).toBe(c.step);
    const bytes = await displayCode(v.display.display, key, c.step);
    expect(toText(bytes)).toBe(c.proof);
    expect(readDisplayCode(codeText('D', bytes))).toEqual(bytes);
  }
});

describe('a kiosk\'s record', () => {
  it.each(v.records.map((r: { name: string }) => [r.name, r]) as [string, { record: Record<string, any>; bytes: string; hash: string }][])('%s', async (_n, { record: r, bytes, hash }) => {
    const made: KioskRecord = {
      kind: r.kind, kiosk: fromText(r.kiosk), seq: r.seq, prev: fromText(r.prev), token: r.token && { id: fromText(r.token), issued_at: r.token_issued_at }, wall: r.wall, mono: r.mono || undefined,
      subject: fromText(r.subject), employee: r.employee === '0' ? undefined : r.employee, type: r.type || undefined, officer: r.officer === '0' ? undefined : r.officer, random: fromText(r.random),
    };
    expect(toText(encodeRecord(made))).toBe(bytes);
    expect(toText(await recordHash(fromText(bytes)))).toBe(hash);
  });
});

it('says who takes a turn, who saw whom, whose card it is, and which station asks', async () => {
  const d = v.duty, c = v.card;
  expect(toText(dutyMessage(fromText(d.kiosk), d.officer, fromText(d.device), fromText(d.random)))).toBe(d.message);
  expect(toText(await dutyHash(fromText(d.answer)))).toBe(d.hash);
  expect(readDutyAnswer(`LW1J.${d.answer}`)).toMatchObject({ officer: d.officer, device: fromText(d.device) });
  expect(readDutyQuestion(codeText('K', join(fromText(d.kiosk), fromText(d.random))))).toEqual({ kiosk: fromText(d.kiosk), random: fromText(d.random) });
  expect(toText(witnessMessage(v.witness.employee, fromText(v.witness.random)))).toBe(v.witness.message);
  expect(readWitnessQuestion(codeText('W', join(number64(v.witness.employee), fromText(v.witness.random))))).toEqual({ employee: v.witness.employee, random: fromText(v.witness.random) });
  expect(readWitnessAnswer(codeText('S', fromText(d.answer)))?.employee).toBe(d.officer);
  expect(readCardCode(c.text)).toEqual({ employee: c.employee, token: fromText(c.token) });
  expect(toText(await cardHash(fromText(c.token)))).toBe(c.hash);
  expect(toText(claimMessage(v.claim.station, v.claim.at))).toBe(v.claim.message);
});

describe('a phone\'s event in a code', () => {
  it.each(events.map(e => [e.name, e] as const))('%s', (_n, e) => {
    const read = readEventCode(codeText('E', join(fromText(e.signature), fromText(e.bytes))));
    expect(read).toMatchObject({ employee: e.event.employee, kind: ['', 'in', 'out', 'check', 'answer'][e.event.type], wall: e.event.wall });
    expect(toText(read!.bytes)).toBe(e.bytes);
    expect(toText(read!.signature)).toBe(e.signature);
  });
  const whole = join(fromText(events[0]!.signature), fromText(events[0]!.bytes)), flip = (at: number, to: number) => { const b = whole.slice(); b[at] = to; return codeText('E', b); };
  it.each([
    ['nothing', ''], ['another kind', codeText('D', whole)], ['a byte short', codeText('E', whole.slice(0, -1))], ['a byte long', codeText('E', join(whole, new Uint8Array(1)))], ['the signature alone', codeText('E', whole.slice(0, 64))],
    ['another magic', flip(64, 77)], ['another version', flip(72, 2)], ['no type', flip(73, 0)], ['an unknown type', flip(73, 5)], ['a longer proof than there is', flip(64 + 147, 9)], ['padding', `${codeText('E', whole)}=`], ['letters outside the alphabet', 'LW1E.ä'], ['a lone letter', 'LW1E.A'],
  ])('is not read from %s', (_n, text) => expect(readEventCode(text)).toBeUndefined());
});

it('takes no code for another', () => {
  const bytes = new Uint8Array(26).fill(7), kinds = ['D', 'E', 'K', 'J', 'P', 'W', 'S'] as const;
  for (const a of kinds) for (const b of kinds) expect(codeBytes(a, codeText(b, bytes)) !== undefined).toBe(a === b);
  for (const text of ['https://contoh.go.id', 'LW1D', 'LW1D.', 'lw1d.AAAA', 'LW1D.A A', 'LW2D.AAAA']) expect(readDisplayCode(text)).toBeUndefined();
});
