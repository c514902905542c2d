/*
 * Checking a bundle: the same steps, in the same order, with the same findings as
 * src/attendance/attendance_bundle_check_rules.c; test/vectors/bundles.json holds both to it.
 */
import { Cursor, join, same, u64, hex, type Bytes } from './bytes';
import type { Bundle, Leaf } from './bundle';
import { readCountersign, readEvent, type SignedEvent } from './event';
import { isEd25519, isEs256, sha256 } from './keys';
import { checkNote, isIncluded, leafHash, parseVkey, readCheckpoint, readNote, LOG, WITNESS, type Checkpoint, type Note, type Vkey } from './note';

/* code -> what it is worth, as in attendance_finding.def */
export const worth = {
  event: 'proven', owner: 'proven', token: 'proven', kiosk: 'proven', receipt: 'proven', leaf: 'proven', head: 'proven', witness: 'proven', interval: 'proven',
  online_key: 'unchecked', log_key: 'unchecked', no_owner: 'unchecked', owner_not_in_log: 'unchecked', no_token: 'unchecked', no_proof: 'unchecked', witness_key: 'unchecked', no_witness: 'unchecked',
  kiosk_key: 'unchecked', display: 'unchecked', colleague: 'unchecked', clock: 'unchecked', place: 'unchecked', hand: 'unchecked', name: 'unchecked', later: 'unchecked',
  event_unreadable: 'fault', event_signature: 'fault', owner_other: 'fault', owner_proof: 'fault', token_bad: 'fault', kiosk_bad: 'fault', receipt_signature: 'fault', receipt_other: 'fault',
  leaf_other: 'fault', proof_bad: 'fault', head_bad: 'fault', witness_bad: 'fault', policy: 'fault', order: 'fault',
} as const;
export type Finding = keyof typeof worth;
export type Worth = 'proven' | 'unchecked' | 'fault';

/** What the one who checks brings along. */
export interface Trust { logKey?: Vkey; onlineKeys: Bytes[]; witnesses: Vkey[]; policy: number }
export const nothing: Trust = { onlineKeys: [], witnesses: [], policy: 0 };

export interface Findings {
  found: { what: Finding; witness?: { name: string; at: bigint } }[];
  isFalse: boolean;
  event?: SignedEvent;
  nip: string; enrolledAt: bigint; lower?: bigint; upper?: bigint; receivedAt: bigint; status: number; verdict: number; index: bigint;
  head?: Checkpoint; logKeyId: string; kioskAt?: bigint; signedWitnesses: number;
}

const LEAF_PUNCH = 1, LEAF_DEVICE = 25, ENROLLED = 1n, MAX_WITNESSES = 16, STATUSES = 4, VERDICTS = 3;
const hashOf = (leaf: Leaf) => leafHash(leaf.kind, leaf.at, leaf.salt, leaf.payload);
const startsWith = (bytes: Bytes, length: number, prefix: string) => bytes.length === length && same(bytes.slice(0, prefix.length), join(prefix));

class Check {
  readonly f: Findings = { found: [], isFalse: false, nip: '', enrolledAt: 0n, receivedAt: 0n, status: 0, verdict: 0, index: -1n, logKeyId: '', signedWitnesses: 0 };
  private eventHash!: Bytes;
  private leaf!: Bytes;
  private head?: Checkpoint;
  private hasReceipt = false;
  private hasToken = false;
  constructor(readonly b: Bundle, readonly trust: Trust) {}

  private add(what: Finding, witness?: { name: string; at: bigint }) {
    this.f.found.push({ what, witness });
    this.f.isFalse ||= worth[what] === 'fault';
  }

  private async signedOnline(key: Bytes, message: Bytes, signature: Bytes): Promise<boolean> {
    for (const k of this.trust.onlineKeys.length ? this.trust.onlineKeys : [key]) if (await isEd25519(k, message, signature)) return true;
    return false;
  }

  /* ---- the event ---- */

  private async event(): Promise<boolean> {
    const { b, f } = this;
    f.event = readEvent(b.event);
    if (!f.event) { this.add('event_unreadable'); return false; }
    this.eventHash = await sha256('luwes/ev/1\n', b.event);
    this.add((await isEs256(b.deviceKey, join('luwes/ev/1\n', b.event), b.signature)) ? 'event' : 'event_signature');
    return true;
  }

  /* ---- the server's signatures ---- */

  private async token() {
    const { token, government, onlineKey } = this.b, e = this.f.event!;
    if (!token) return this.add('no_token');
    const id = (await sha256(token.signature)).slice(0, 16);
    this.hasToken = e.tokenAt === token.at && same(e.token, id) && (await this.signedOnline(token.key ?? onlineKey, join('luwes/tok/1\n', u64(government), e.device, u64(token.at)), token.signature));
    this.add(this.hasToken ? 'token' : 'token_bad');
    if (this.hasToken) this.f.lower = token.at;
  }

  /* what the receipt says; undefined unless it speaks of this event and of the leaf that is opened */
  private readReceipt(): { punch: bigint } | undefined {
    const { b, f } = this, e = f.event!;
    if (!startsWith(b.receipt, 133, 'luwes/rc/1\n')) return undefined;
    const c = new Cursor(b.receipt.slice(11)), government = c.number(8), employee = c.number(8), device = c.take(16), event = c.take(32), punch = c.number(8);
    f.receivedAt = c.number(8);
    const leaf = c.take(32);
    f.index = c.number(8);
    f.status = c.small(1);
    f.verdict = c.small(1);
    const good = government === b.government && employee === e.employee && same(device, e.device) && same(event, this.eventHash) && same(leaf, this.leaf) && f.status < STATUSES && f.verdict < VERDICTS;
    return good ? { punch } : undefined;
  }

  private isLeafOf(punch: bigint): boolean {
    const { leaf } = this.b, e = this.f.event!;
    if (leaf.kind !== LEAF_PUNCH || !startsWith(leaf.payload, 67, 'luwes/pu/1\n')) return false;
    const c = new Cursor(leaf.payload.slice(11));
    return c.number(8) === e.employee && c.number(8) === punch && c.number(8) === this.f.receivedAt && leaf.at === this.f.receivedAt && same(c.take(32), this.eventHash);
  }

  private async receipt() {
    const { b } = this;
    this.leaf = await hashOf(b.leaf);
    const isSigned = await this.signedOnline(b.onlineKey, b.receipt, b.receiptSignature), about = this.readReceipt(), isLeaf = !!about && this.isLeafOf(about.punch);
    this.hasReceipt = isSigned && isLeaf;
    this.add(!isSigned ? 'receipt_signature' : !about ? 'receipt_other' : isLeaf ? 'receipt' : 'leaf_other');
    if (this.hasReceipt) this.f.upper = this.f.receivedAt;
    if (!this.trust.onlineKeys.length) this.add('online_key');
    if (this.hasReceipt && this.hasToken) this.add(this.f.lower! <= this.f.upper! ? 'interval' : 'order');
  }

  private async kiosk() {
    const { kiosk } = this.b, k = kiosk && readCountersign(kiosk.countersign);
    if (!kiosk) return;
    if (!k || !same(k.subject, this.eventHash) || k.employee !== this.f.event!.employee || !(await isEs256(kiosk.key, join('luwes/kc/1\n', kiosk.countersign), kiosk.signature))) return this.add('kiosk_bad');
    this.f.kioskAt = k.wallAt;
    this.add('kiosk');
    this.add('kiosk_key');
  }

  /* ---- the log ---- */

  private async readHead(): Promise<Note | undefined> {
    const { b, f, trust } = this, key = trust.logKey ?? (await parseVkey(b.logKey)), note = readNote(b.proof!.note);
    if (!key) return undefined;
    f.logKeyId = key.id;
    f.head = note && readCheckpoint(note.text);
    if (key.type !== LOG || !note || !f.head || f.head.origin !== key.name || (await checkNote(note, key)).by !== 'key') return undefined;
    this.head = f.head;
    return note;
  }

  private told = 0;
  private async witness(note: Note, key: Vkey, signedIs: Finding): Promise<boolean> {
    const signed = key.type === WITNESS ? await checkNote(note, key) : { by: 'nobody' as const };
    if (signed.by === 'nobody' || this.told === MAX_WITNESSES) return signed.by === 'key';
    this.told++;
    this.add(signed.by === 'key' ? signedIs : 'witness_bad', { name: key.name, at: signed.by === 'key' ? signed.time * 1000n : 0n });
    return signed.by === 'key';
  }

  private async witnesses(note: Note) {
    for (const key of this.trust.witnesses) this.f.signedWitnesses += Number(await this.witness(note, key, 'witness'));
    for (const text of this.b.witnesses) {
      const key = await parseVkey(text);
      if (key && !this.trust.witnesses.some(w => w.id === key.id && w.name === key.name)) await this.witness(note, key, 'witness_key');
    }
    if (this.told === 0) this.add('no_witness');
  }

  private async log() {
    const { b, f } = this;
    if (!b.proof) return this.add('no_proof');
    const note = await this.readHead();
    if (!note) return this.add('head_bad');
    this.add(b.proof.index === f.index && (await isIncluded(this.leaf, b.proof.index, this.head!, b.proof.hashes)) ? 'leaf' : 'proof_bad');
    this.add('head');
    if (!this.trust.logKey) this.add('log_key');
    await this.witnesses(note);
  }

  /* ---- whose phone ---- */

  private async readEnrolment(): Promise<boolean> {
    const { b, f } = this, leaf = b.enrolment!, e = f.event!;
    if (leaf.kind !== LEAF_DEVICE || !startsWith(leaf.payload, 118, 'luwes/de/1\n')) return false;
    const c = new Cursor(leaf.payload.slice(11)), kind = c.number(1), government = c.number(8), employee = c.number(8), device = c.take(16);
    c.take(8);
    const at = c.number(8), key = c.take(32);
    c.take(8);
    const nip = /^([0-9]+)\0*$/.exec(String.fromCharCode(...c.take(18)));
    f.enrolledAt = at;
    if (kind !== ENROLLED || government !== b.government || employee !== e.employee || !same(device, e.device) || at !== leaf.at || !same(key, await sha256(b.deviceKey)) || !nip) return false;
    f.nip = nip[1]!;
    return true;
  }

  private async owner() {
    const { enrolment, proof } = this.b;
    if (!enrolment) return this.add('no_owner');
    if (!(await this.readEnrolment())) return this.add('owner_other');
    if (!proof) return this.add('owner_not_in_log');
    this.add(this.head && (await isIncluded(await hashOf(enrolment), enrolment.index!, this.head, enrolment.hashes)) ? 'owner' : 'owner_proof');
  }

  /* ---- what no bundle can show ---- */

  private limits() {
    const e = this.f.event!;
    if (e.proofType === 1) this.add('display');
    if (e.proofType === 2) this.add('colleague');
    this.add('clock');
    if (e.place) this.add('place');
    this.add('hand');
    if (this.b.personName) this.add('name');
    this.add('later');
  }

  async run(): Promise<Findings> {
    if (!(await this.event())) return this.f;
    await this.token();
    await this.receipt();
    await this.kiosk();
    await this.log();
    await this.owner();
    if (this.f.signedWitnesses < this.trust.policy) this.add('policy');
    this.limits();
    return this.f;
  }
}

/** Checks everything that can be checked. */
export const checkBundle = (b: Bundle, trust: Trust = nothing): Promise<Findings> => new Check(b, trust).run();
export const deviceText = (e: SignedEvent) => hex(e.device.slice(0, 4));
