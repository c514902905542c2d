/* Reading a bundle of evidence: the same text as src/attendance/attendance_bundle_rules.c (docs/EVIDENCE.md, "The bundle"). */
import { decimal, fromBase64url, utf8, INT64_MAX, type Bytes } from './bytes';
import { readHash, readTlogProof, type TlogProof } from './note';
import type { Zone } from '../base/format';

export interface Leaf { kind: number; at: bigint; salt: Bytes; payload: Bytes }
export interface Bundle {
  government: bigint; governmentName: string; personName: string; zone: Zone;
  event: Bytes; signature: Bytes; deviceKey: Bytes;
  token?: { at: bigint; signature: Bytes; key?: Bytes };
  receipt: Bytes; receiptSignature: Bytes; onlineKey: Bytes; leaf: Leaf;
  enrolment?: Leaf & { index?: bigint; hashes: Bytes[] };
  kiosk?: { countersign: Bytes; signature: Bytes; key: Bytes };
  logKey: string; witnesses: string[]; proof?: TlogProof;
}

const MAX_BYTES = 65536, MAX_LABEL = 300, MAX_WITNESSES = 16, MAX_HASHES = 64;

/** A bundle that is not understood, with the line that is not. */
export class BundleFault extends Error {
  constructor(readonly line: number) { super(`line ${line}`); }
}

/* Lines one after the other; those that begin with # are remarks. */
class Reader {
  private at = 0;
  number = 0;
  line: string | undefined;
  constructor(readonly text: string) { this.advance(); }
  get rest() { return this.text.slice(this.at); }
  advance() {
    do {
      const end = this.text.indexOf('\n', this.at);
      this.number++;
      if (end < 0) { this.line = undefined; return; }
      this.line = this.text.slice(this.at, end);
      this.at = end + 1;
    } while (this.line.startsWith('#'));
  }
  fail(): never { throw new BundleFault(this.number); }
  /** The value of the line when it is this one; it is then passed. */
  take<T>(name: string, read: (value: string) => T | undefined): T | undefined {
    if (!this.line?.startsWith(name + ' ')) return undefined;
    const value = this.line.length > name.length + 1 ? read(this.line.slice(name.length + 1)) : undefined;
    if (value === undefined) this.fail();
    this.advance();
    return value;
  }
  must<T>(name: string, read: (value: string) => T | undefined): T {
    return this.take(name, read) ?? this.fail();
  }
}

const bytes = (least: number, most = least) => (text: string) => {
  const b = fromBase64url(text);
  return b && b.length >= least && b.length <= most ? b : undefined;
};
const number = (text: string) => decimal(text, INT64_MAX);
const label = (text: string) => (utf8(text).length <= MAX_LABEL ? text : undefined);
const zoneOf = (text: string) => (['WIB', 'WITA', 'WIT'] as const).find(z => z === text);

function leaf(text: string): Leaf | undefined {
  const part = text.split(' '), kind = decimal(part[0]!, 255n), at = number(part[1] ?? ''), salt = bytes(16)(part[2] ?? ''), payload = bytes(1, 1024)(part[3] ?? '');
  return part.length === 4 && kind && at !== undefined && salt && payload ? { kind: Number(kind), at, salt, payload } : undefined;
}

function takeToken(r: Reader): Bundle['token'] {
  const at = r.take('token-issued', number);
  return at === undefined ? undefined : { at, signature: r.must('token-signature', bytes(64)), key: r.take('token-key', bytes(32)) };
}

function takeEnrolment(r: Reader): Bundle['enrolment'] {
  const found = r.take('enrolment', leaf);
  if (!found) return undefined;
  const index = r.take('enrolment-index', number), hashes: Bytes[] = [];
  for (let h; index !== undefined && (h = r.take('enrolment-hash', readHash)); ) if (hashes.push(h) > MAX_HASHES) r.fail();
  return { ...found, index, hashes };
}

function takeKiosk(r: Reader): Bundle['kiosk'] {
  const countersign = r.take('countersign', bytes(1, 255));
  return countersign && { countersign, signature: r.must('countersign-signature', bytes(64)), key: r.must('kiosk-key', bytes(64)) };
}

function takeWitnesses(r: Reader): string[] {
  const list: string[] = [];
  for (let w; (w = r.take('witness', x => x)); ) if (list.push(w) > MAX_WITNESSES) r.fail();
  return list;
}

/* behind the blank line: nothing, or the proof */
function takeProof(r: Reader): TlogProof | undefined {
  if (r.line !== '') r.fail();
  r.number++;
  return r.rest === '' ? undefined : readTlogProof(r.rest) ?? r.fail();
}

/** Throws BundleFault. */
export function readBundle(text: string): Bundle {
  const r = new Reader(text);
  if (utf8(text).length > MAX_BYTES || /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/.test(text) || r.line !== 'LUWES-BUNDLE 1') r.fail();
  r.advance();
  const b: Bundle = {
    government: r.must('government', number), governmentName: r.take('government-name', label) ?? '', personName: r.take('person-name', label) ?? '', zone: r.must('zone', zoneOf),
    event: r.must('event', bytes(1, 372)), signature: r.must('signature', bytes(64)), deviceKey: r.must('device-key', bytes(64)), token: takeToken(r),
    receipt: r.must('receipt', bytes(1, 255)), receiptSignature: r.must('receipt-signature', bytes(64)), onlineKey: r.must('online-key', bytes(32)), leaf: r.must('leaf', leaf),
    enrolment: takeEnrolment(r), kiosk: takeKiosk(r), logKey: r.take('log-key', label) ?? '', witnesses: takeWitnesses(r), proof: takeProof(r),
  };
  if ((b.proof && !b.logKey) || (b.enrolment && (b.enrolment.index !== undefined) !== !!b.proof)) r.fail();
  return b;
}
