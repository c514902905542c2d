/* The bytes of a signed event: those the program reads and writes (docs/EVIDENCE.md). */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fromText, join, toText, type Bytes } from '../base/bytes';
import { assertionChallenge, encodeEvent, eventHash, eventId, EVENT_PREFIX, eventTypes, positionErrors, proofTypes, type SignedEvent } from './event';

interface Vector {
  name: string;
  event: Record<'employee' | 'device' | 'seq' | 'prev' | 'token' | 'proof' | 'build' | 'random', string> & Record<'version' | 'type' | 'flags' | 'token_issued_at' | 'wall' | 'mono' | 'lat_e7' | 'lon_e7' | 'accuracy_cm' | 'position_at' | 'speed_cms' | 'altitude_cm' | 'position_error' | 'proof_type', number>;
  bytes: string; hash: string; id: string; challenge: string; signature: string;
}
const vectors = JSON.parse(readFileSync(new URL('../../../test/vectors/event.json', import.meta.url), 'utf8')) as { jwk: JsonWebKey; key: string; events: Vector[] };
const nameOf = <K extends string>(names: Record<K, number>, n: number) => (Object.keys(names) as K[]).find(k => names[k] === n)!;

function eventOf({ event: e }: Vector): SignedEvent {
  const hasPoint = e.lat_e7 !== 0x7fffffff, hasToken = e.token_issued_at > 0;
  return {
    type: nameOf(eventTypes, e.type), installed: (e.flags & 1) > 0, employee: e.employee, device: fromText(e.device), seq: e.seq as unknown as number, prev: fromText(e.prev),
    token: hasToken ? { id: fromText(e.token), issued_at: e.token_issued_at } : undefined, wall: e.wall, mono: e.flags & 2 ? e.mono : undefined,
    position: hasPoint ? { lat_e7: e.lat_e7, lon_e7: e.lon_e7, accuracy_cm: e.accuracy_cm, at: e.position_at, speed_cms: e.speed_cms === 0xffffffff ? undefined : e.speed_cms, altitude_cm: e.altitude_cm === 0x7fffffff ? undefined : e.altitude_cm } : undefined,
    position_error: nameOf(positionErrors, e.position_error), proof: e.proof_type ? { type: nameOf(proofTypes, e.proof_type), bytes: fromText(e.proof) } : undefined,
    build: fromText(e.build), random: fromText(e.random),
  };
}

describe.each(vectors.events.map(v => [v.name, v] as const))('%s', (_name, v) => {
  it('has the bytes, the hash, the id and the challenge that the program has', async () => {
    const bytes = encodeEvent(eventOf(v)), hash = await eventHash(bytes);
    expect(toText(bytes)).toBe(v.bytes);
    expect(toText(hash)).toBe(v.hash);
    expect(eventId(hash)).toBe(v.id);
    expect(toText(await assertionChallenge(v.event.token, hash))).toBe(v.challenge);
  });
  it('is signed as this browser would verify it', async () => {
    const key = await crypto.subtle.importKey('raw', join(new Uint8Array([4]), fromText(vectors.key)), { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify']);
    const verify = (bytes: Bytes) => crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, fromText(v.signature), join(EVENT_PREFIX, bytes));
    const bytes = fromText(v.bytes);
    expect(await verify(bytes)).toBe(true);
    for (let i = 0; i < bytes.length; i += 7) {
      const other = bytes.slice();
      other[i]! ^= 1;
      expect(await verify(other), `byte ${i}`).toBe(false);
    }
  });
});

it('has vectors of both ends of every number, of each type, and of each proof', () => {
  expect(new Set(vectors.events.map(v => v.event.type))).toEqual(new Set([1, 2, 3, 4]));
  expect(new Set(vectors.events.map(v => v.event.proof_type))).toEqual(new Set([0, 1, 2]));
  expect(Math.max(...vectors.events.map(v => fromText(v.bytes).length))).toBe(372);
});

const plain: SignedEvent = { type: 'in', installed: false, employee: '41', device: new Uint8Array(16), seq: 1, prev: new Uint8Array(32), wall: 1, build: new Uint8Array(8), random: new Uint8Array(16) };
describe('what does not fit', () => {
  it.each<[string, Partial<SignedEvent>]>([
    ['a device of 15 bytes', { device: new Uint8Array(15) }], ['a hash of 31', { prev: new Uint8Array(31) }], ['a token of 17', { token: { id: new Uint8Array(17), issued_at: 1 } }],
    ['a proof of 201', { proof: { type: 'display', bytes: new Uint8Array(201) } }], ['a build of 7', { build: new Uint8Array(7) }], ['a number of 15', { random: new Uint8Array(15) }],
  ])('%s is no event', (_name, more) => { expect(() => encodeEvent({ ...plain, ...more })).toThrow(RangeError); });
  it('is brought to the nearest that does, where a browser says something odd', () => {
    const position = { lat_e7: 1, lon_e7: 1, accuracy_cm: 1e12, at: 1, speed_cms: 1e12, altitude_cm: -1e12 };
    const v = new DataView(encodeEvent({ ...plain, position }).buffer);
    expect([v.getUint32(124), v.getUint32(136), v.getInt32(140)]).toEqual([0xffffffff, 0xfffffffe, -0x80000000]);
  });
});
