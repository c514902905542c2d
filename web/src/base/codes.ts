/*
 * What the office's QR codes carry, exactly as docs/EVIDENCE.md fixes it: a screen's code, a phone's event, an
 * officer's turn, a card, a colleague's word. The program reads the same bytes
 * (src/attendance/attendance_office_rules.c); test/vectors/office.json holds the two together.
 */
import { ascii, fromText, join, number64, sha256, toText, type Bytes } from './bytes';

/* ---- the lobby's screen ---- */

export const STEP_MS = 15_000;
export const stepOf = (at: number) => Math.floor(at / STEP_MS);

/** What the screen shows in a step: display 8, step 8, the first 10 bytes of its MAC. */
export async function displayCode(display: string, key: CryptoKey, step: number): Promise<Bytes> {
  const head = join(number64(display), number64(step)), mac = await crypto.subtle.sign('HMAC', key, join(ascii('luwes/qr/1\n'), head));
  return join(head, new Uint8Array(mac).slice(0, 10));
}

/* ---- texts of codes ---- */

export type CodeKind = 'D' | 'E' | 'K' | 'J' | 'P' | 'W' | 'S';
export const codeText = (kind: CodeKind, bytes: Uint8Array) => `LW1${kind}.${toText(bytes)}`;
/** The bytes of a code of this kind; undefined for anything else. */
export function codeBytes(kind: CodeKind, text: string): Bytes | undefined {
  if (!text.startsWith(`LW1${kind}.`) || !/^[\w-]+$/.test(text.slice(5))) return undefined;
  try {
    return fromText(text.slice(5));
  } catch {
    return undefined;
  }
}
const idAt = (b: Uint8Array, at: number) => new DataView(b.buffer, b.byteOffset).getBigUint64(at).toString();
const timeAt = (b: Uint8Array, at: number) => Number(new DataView(b.buffer, b.byteOffset).getBigUint64(at));

export const typeCodes = { 1: 'in', 2: 'out', 3: 'check', 4: 'answer' } as const;
export type EventKind = (typeof typeCodes)[keyof typeof typeCodes];
/** A phone's event as its code carries it: enough to countersign, its signature is the server's to judge. */
export interface ScannedEvent { bytes: Bytes; signature: Bytes; employee: string; kind: EventKind; wall: number }
const EVENT_FIXED = 172, EVENT_MAX = 372, SIGNATURE = 64;

export function readEventCode(text: string): ScannedEvent | undefined {
  const all = codeBytes('E', text);
  if (!all || all.length < SIGNATURE + EVENT_FIXED || all.length > SIGNATURE + EVENT_MAX) return undefined;
  const bytes = all.slice(SIGNATURE), v = new DataView(bytes.buffer), kind = typeCodes[bytes[9] as keyof typeof typeCodes];
  if (String.fromCharCode(...bytes.slice(0, 8)) !== 'LUWES-EV' || bytes[8] !== 1 || !kind || bytes.length !== EVENT_FIXED + v.getUint16(146)) return undefined;
  return { bytes, signature: all.slice(0, SIGNATURE), employee: idAt(bytes, 12), kind, wall: timeAt(bytes, 100) };
}

export interface ScannedCard { employee: string; token: Bytes }
export function readCardCode(text: string): ScannedCard | undefined {
  const b = codeBytes('P', text);
  return b?.length === 24 ? { employee: idAt(b, 0), token: b.slice(8) } : undefined;
}
export const cardHash = (token: Uint8Array) => sha256(ascii('luwes/cd/1\n'), token);

/* ---- an officer's turn ---- */

export interface DutyAnswer { bytes: Bytes; officer: string; device: Bytes; signature: Bytes }
export function readDutyAnswer(text: string): DutyAnswer | undefined {
  const b = codeBytes('J', text);
  return b?.length === 88 ? { bytes: b, officer: idAt(b, 0), device: b.slice(8, 24), signature: b.slice(24) } : undefined;
}
export interface DutyQuestion { kiosk: Bytes; random: Bytes }
export function readDutyQuestion(text: string): DutyQuestion | undefined {
  const b = codeBytes('K', text);
  return b?.length === 32 ? { kiosk: b.slice(0, 16), random: b.slice(16) } : undefined;
}
export const dutyMessage = (kiosk: Uint8Array, officer: string, device: Uint8Array, random: Uint8Array) => join(ascii('luwes/du/1\n'), kiosk, number64(officer), device, random);
export const dutyHash = (answer: Uint8Array) => sha256(ascii('luwes/du/1\n'), answer);

/* ---- a colleague as witness ---- */

export interface WitnessQuestion { employee: string; random: Bytes }
export function readWitnessQuestion(text: string): WitnessQuestion | undefined {
  const b = codeBytes('W', text);
  return b?.length === 24 ? { employee: idAt(b, 0), random: b.slice(8) } : undefined;
}
export interface WitnessAnswer { bytes: Bytes; employee: string }
export function readWitnessAnswer(text: string): WitnessAnswer | undefined {
  const b = codeBytes('S', text);
  return b?.length === 88 ? { bytes: b, employee: idAt(b, 0) } : undefined;
}
export const witnessMessage = (employee: string, random: Uint8Array) => join(ascii('luwes/wt/1\n'), number64(employee), random);

/** The 26 bytes of a lobby's screen. */
export function readDisplayCode(text: string): Bytes | undefined {
  const b = codeBytes('D', text);
  return b?.length === 26 ? b : undefined;
}
