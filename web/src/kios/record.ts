/*
 * The bytes a kiosk signs: LUWES-KC version 1, exactly as docs/EVIDENCE.md fixes them, and how a station says who it is.
 */
import { ascii, join, number64, sha256, type Bytes } from '../base/bytes';
import type { EventKind } from '../base/codes';

export const recordKinds = { qr: 1, pin: 2, card: 3, officer: 4 } as const;
export interface KioskRecord {
  kind: keyof typeof recordKinds;
  kiosk: Uint8Array;
  seq: number;
  /** Hash of seq-1; zeros at 1. */
  prev: Uint8Array;
  token?: { id: Uint8Array; issued_at: number };
  /** ms UTC, corrected by the offset measured when the token came. */
  wall: number;
  /** ms since the token came; undefined where the page has not lived since. */
  mono?: number;
  subject: Uint8Array;
  employee?: string;
  type?: EventKind;
  officer?: string;
  random: Uint8Array;
}
export const RECORD_PREFIX = ascii('luwes/kc/1\n');
const typeOf = (kind?: EventKind) => kind ? ['in', 'out', 'check', 'answer'].indexOf(kind) + 1 : 0;

export const encodeRecord = (r: KioskRecord): Bytes => join(
  ascii('LUWES-KC'), Uint8Array.of(1, recordKinds[r.kind], 0, 0), r.kiosk, number64(r.seq), r.prev, r.token?.id ?? new Uint8Array(16), number64(r.token?.issued_at ?? 0),
  number64(r.wall), number64(r.mono ?? 0), r.subject, number64(r.employee ?? 0), Uint8Array.of(typeOf(r.type)), number64(r.officer ?? 0), r.random);
export const recordHash = (bytes: Uint8Array) => sha256(RECORD_PREFIX, bytes);

/** What a station signs to be let in: itself and the instant. */
export const claimMessage = (station: string, at: number) => join(ascii('luwes/ks/1\n'), number64(station), number64(at));
