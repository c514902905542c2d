/*
 * The bytes a phone signs: LUWES-EV version 1, exactly as docs/EVIDENCE.md fixes them. The program reads the same
 * bytes (src/attendance/attendance_evidence_rules.c); test/vectors/event.json holds the two together.
 */
import { ascii, fromText, sha256, type Bytes } from '../base/bytes';

export const eventTypes = { in: 1, out: 2, check: 3, answer: 4 } as const;
export type EventType = keyof typeof eventTypes;
export const positionErrors = { none: 0, denied: 1, unavailable: 2, timeout: 3, unsupported: 4 } as const;
export const proofTypes = { none: 0, display: 1, witness: 2 } as const;
export interface Proof { type: keyof typeof proofTypes; bytes: Uint8Array }

const FIXED = 172, PROOF_MAX = 200, NO_COORDINATE = 0x7fffffff, NO_SPEED = 0xffffffff, NO_ALTITUDE = 0x7fffffff;
export const EVENT_PREFIX = ascii('luwes/ev/1\n');

export interface EventPosition {
  lat_e7: number;
  lon_e7: number;
  accuracy_cm: number;
  /** ms UTC, corrected as `wall`. */
  at: number;
  speed_cms?: number;
  altitude_cm?: number;
}
export interface SignedEvent {
  type: EventType;
  /** Made in the installed app. */
  installed: boolean;
  /** Decimal, as the API gives it. */
  employee: string;
  device: Uint8Array;
  seq: number;
  /** Event hash of seq-1; zeros at 1. */
  prev: Uint8Array;
  token?: { id: Uint8Array; issued_at: number };
  /** ms UTC: the phone's clock, corrected by the offset measured when the token came. */
  wall: number;
  /** ms since the token came; undefined where the page has not lived since. */
  mono?: number;
  position?: EventPosition;
  position_error?: keyof typeof positionErrors;
  proof?: Proof;
  /** First 8 bytes of the app's version. */
  build: Uint8Array;
  random: Uint8Array;
}

const clamp = (n: number, most: number) => Math.max(0, Math.min(most, Math.round(n)));

export function encodeEvent(e: SignedEvent): Bytes {
  const proof = e.proof?.bytes ?? new Uint8Array(0), p = e.position;
  if (proof.length > PROOF_MAX) throw new RangeError('proof');
  const out = new Uint8Array(FIXED + proof.length), v = new DataView(out.buffer);
  let at = 0;
  const bytes = (b: Uint8Array, n: number) => {
    if (b.length !== n) throw new RangeError(`${b.length} bytes for ${n}`);
    out.set(b, at);
    at += n;
  };
  const u8 = (n: number) => { v.setUint8(at, n); at += 1; }, u16 = (n: number) => { v.setUint16(at, n); at += 2; };
  const u32 = (n: number) => { v.setUint32(at, n); at += 4; }, i32 = (n: number) => { v.setInt32(at, n); at += 4; };
  const u64 = (n: number | string) => { v.setBigUint64(at, BigInt(n)); at += 8; };
  bytes(ascii('LUWES-EV'), 8);
  u8(1);
  u8(eventTypes[e.type]);
  u16((e.installed ? 1 : 0) | (e.mono === undefined ? 0 : 2));
  u64(e.employee);
  bytes(e.device, 16);
  u64(e.seq);
  bytes(e.prev, 32);
  bytes(e.token?.id ?? new Uint8Array(16), 16);
  u64(e.token?.issued_at ?? 0);
  u64(e.wall);
  u64(e.mono ?? 0);
  i32(p?.lat_e7 ?? NO_COORDINATE);
  i32(p?.lon_e7 ?? NO_COORDINATE);
  u32(clamp(p?.accuracy_cm ?? 0, 0xffffffff));
  u64(p?.at ?? 0);
  u32(p?.speed_cms === undefined ? NO_SPEED : clamp(p.speed_cms, NO_SPEED - 1));
  i32(p?.altitude_cm === undefined ? NO_ALTITUDE : Math.max(-NO_ALTITUDE - 1, Math.min(NO_ALTITUDE - 1, Math.round(p.altitude_cm))));
  u8(positionErrors[e.position_error ?? 'none']);
  u8(proofTypes[e.proof?.type ?? 'none']);
  u16(proof.length);
  bytes(proof, proof.length);
  bytes(e.build, 8);
  bytes(e.random, 16);
  return out;
}

export const eventHash = (bytes: Uint8Array): Promise<Bytes> => sha256(EVENT_PREFIX, bytes);

/** The event's id in the journal and in its receipt: the hash with the marks of a UUIDv7. */
export function eventId(hash: Uint8Array): string {
  const b = hash.slice(0, 16);
  b[6] = (b[6]! & 0x0f) | 0x70;
  b[8] = (b[8]! & 0x3f) | 0x80;
  const h = [...b].map(x => x.toString(16).padStart(2, '0')).join('');
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-${h.slice(12, 16)}-${h.slice(16, 20)}-${h.slice(20)}`;
}

/** What a passkey signs, so that it is bound to this event and to the server's last token. */
export const assertionChallenge = (token: string | undefined, hash: Uint8Array): Promise<Bytes> =>
  sha256(ascii('luwes/wa/1\n'), token ? fromText(token) : new Uint8Array(16), hash);
