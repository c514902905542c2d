/* Reading what a phone and a kiosk signed (docs/EVIDENCE.md), within the bounds the program holds. */
import { Cursor, type Bytes } from './bytes';

export interface SignedEvent { type: number; employee: bigint; device: Bytes; token: Bytes; tokenAt: bigint; wallAt: bigint; place?: { lat: number; lon: number; accuracyCm: number }; proofType: number }

const FIXED = 172, MAX_PROOF = 200, NO_COORDINATE = 0x7fffffff, LAST_INSTANT = 253402300799999n;
const isInstant = (at: bigint) => at <= LAST_INSTANT;
const text = (bytes: Bytes) => String.fromCharCode(...bytes);
export const positive = (n: bigint) => n > 0n && n < 1n << 63n;

/** Undefined when it is not an event of this version within its bounds. */
export function readEvent(bytes: Bytes): SignedEvent | undefined {
  if (bytes.length < FIXED || bytes.length > FIXED + MAX_PROOF) return undefined;
  const c = new Cursor(bytes), magic = text(c.take(8)), version = c.small(1), type = c.small(1), bits = c.small(2), employee = c.number(8), device = c.take(16), seq = c.number(8);
  c.take(32);
  const token = c.take(16), tokenAt = c.number(8), wallAt = c.number(8), mono = c.number(8), lat = c.signed(), lon = c.signed(), accuracyCm = c.small(4), positionAt = c.number(8);
  c.take(8);
  const positionError = c.small(1), proofType = c.small(1), proof = c.small(2), none = lat === NO_COORDINATE && lon === NO_COORDINATE;
  const isPlace = lat !== NO_COORDINATE && lon !== NO_COORDINATE && Math.abs(lat) <= 90e7 && Math.abs(lon) <= 180e7;
  if (magic !== 'LUWES-EV' || version !== 1 || type < 1 || type > 4 || bits & ~3 || !positive(employee) || !positive(seq) || wallAt === 0n) return undefined;
  if (![tokenAt, wallAt, mono, positionAt].every(isInstant) || positionError > 4 || !(none || isPlace) || proofType > 2 || bytes.length !== FIXED + proof) return undefined;
  return { type, employee, device, token, tokenAt, wallAt, place: isPlace ? { lat, lon, accuracyCm } : undefined, proofType };
}

export interface Countersign { subject: Bytes; employee: bigint; wallAt: bigint }
export const COUNTERSIGN_BYTES = 173;

/** Of a QR (kind 1) alone: the others are no event of a phone. */
export function readCountersign(bytes: Bytes): Countersign | undefined {
  if (bytes.length !== COUNTERSIGN_BYTES) return undefined;
  const c = new Cursor(bytes), magic = text(c.take(8)), version = c.small(1), kind = c.small(1), bits = c.small(2);
  c.take(16);
  const seq = c.number(8);
  c.take(48);
  const tokenAt = c.number(8), wallAt = c.number(8), mono = c.number(8), subject = c.take(32), employee = c.number(8), type = c.small(1), officer = c.number(8);
  if (magic !== 'LUWES-KC' || version !== 1 || kind !== 1 || bits || !positive(seq) || wallAt === 0n || ![tokenAt, wallAt, mono].every(isInstant)) return undefined;
  return positive(employee) && type >= 1 && type <= 4 && officer !== employee && officer < 1n << 63n ? { subject, employee, wallAt } : undefined;
}
