/*
 * Phones and kiosks as tests have them: keys of their own, enrolled through the API, and the bytes they sign
 * (docs/EVIDENCE.md). The codes are made by the web app's own module.
 */
import { randomBytes, webcrypto } from 'node:crypto';
import { ascii, fromText, join, number64, sha256, toText, type Bytes } from '../../web/src/base/bytes';
import { codeText, dutyHash, dutyMessage, witnessMessage } from '../../web/src/base/codes';
import { claimMessage, encodeRecord, RECORD_PREFIX, recordHash, type KioskRecord } from '../../web/src/kios/record';
import type { Client, Reply } from './server';

const P256 = { name: 'ECDSA', namedCurve: 'P-256' }, SIGN = { name: 'ECDSA', hash: 'SHA-256' };
export type Keys = webcrypto.CryptoKeyPair;
export async function makeKeys(): Promise<{ keys: Keys; public_key: Bytes }> {
  const keys = await webcrypto.subtle.generateKey(P256, true, ['sign', 'verify']);
  return { keys, public_key: new Uint8Array(await webcrypto.subtle.exportKey('raw', keys.publicKey)).slice(1) };
}
export const sign = async (keys: Keys, message: Bytes) => new Uint8Array(await webcrypto.subtle.sign(SIGN, keys.privateKey, message));

const must = (r: Reply, what: string) => {
  if (r.status >= 300) throw new Error(`${what}: ${r.status} ${r.text}`);
  return r.body;
};

/* ---- a phone ---- */

const zeros = (n: number) => new Uint8Array(n);
const EVENT_PREFIX = ascii('luwes/ev/1\n');
export interface Event { bytes: Bytes; signature: Bytes; hash: Bytes }
const types = { in: 1, out: 2, check: 3, answer: 4 };

export class Phone {
  private seq = 0;
  private head = zeros(32);
  constructor(readonly client: Client, readonly employee: string, readonly keys: Keys, readonly device: Bytes, public token?: { id: string; issued_at: string }) {}

  /** Enrolled in person: the officer shows the code, the employee's phone uses it. */
  static async enrol(officer: Client, own: Client): Promise<Phone> {
    const me = must(await own.get('/api/v1/me'), 'me'), { keys, public_key } = await makeKeys(), install_id = randomBytes(16);
    const { code } = must(await officer.post('/api/v1/attendance/devices/codes', { employee: me.employee }), 'code of a phone');
    const letters = await sha256(ascii(code.replace('-', '')));
    const proof = await sign(keys, join(ascii('luwes/dev/1\n'), number64(me.government.id), number64(me.employee), install_id, public_key, letters));
    const d = must(await own.post('/api/v1/attendance/devices', { code, public_key: toText(public_key), proof: toText(proof), install_id: toText(install_id), label: 'Uji', is_installed: false }), 'phone');
    return new Phone(own, me.employee, keys, fromText(d.device), d.token);
  }
  async event(type: keyof typeof types, wall: number, proof: { type: number; bytes: Bytes } = { type: 0, bytes: zeros(0) }, random: Bytes = randomBytes(16)): Promise<Event> {
    const tail = new Uint8Array(32), v = new DataView(tail.buffer);
    v.setInt32(0, 0x7fffffff);
    v.setInt32(4, 0x7fffffff);
    v.setUint32(20, 0xffffffff);
    v.setInt32(24, 0x7fffffff);
    tail[28] = 1; /* no position: denied */
    tail[29] = proof.type;
    v.setUint16(30, proof.bytes.length);
    const bytes = join(ascii('LUWES-EV'), Uint8Array.of(1, types[type], 0, 0), number64(this.employee), this.device, number64(++this.seq), this.head,
      this.token ? fromText(this.token.id) : zeros(16), number64(this.token ? Date.parse(this.token.issued_at) : 0), number64(wall), number64(0), tail, proof.bytes, zeros(8), random);
    this.head = await sha256(EVENT_PREFIX, bytes);
    return { bytes, signature: await sign(this.keys, join(EVENT_PREFIX, bytes)), hash: this.head };
  }
  send = (now: number, ...events: Event[]) => this.client.post('/api/v1/attendance/punches', { sent_at: new Date(now).toISOString(), events: events.map(e => ({ bytes: toText(e.bytes), signature: toText(e.signature) })) });
  /** What its screen shows to a kiosk. */
  code = (e: Event) => codeText('E', join(e.signature, e.bytes));
  /** Takes a turn at the kiosk that asked with `random`. */
  async duty(kiosk: Bytes, random: Bytes): Promise<Bytes> {
    return join(number64(this.employee), this.device, await sign(this.keys, dutyMessage(kiosk, this.employee, this.device, random)));
  }
  /** Its word about a colleague's event to come. */
  async witness(employee: string, random: Bytes): Promise<Bytes> {
    return join(number64(this.employee), this.device, await sign(this.keys, witnessMessage(employee, random)));
  }
}

/* ---- a screen or kiosk ---- */

export type Kept = { bytes: Bytes; signature: Bytes; event?: Event; duty?: Bytes };
type Draft = Omit<KioskRecord, 'kiosk' | 'seq' | 'prev' | 'random'> & { random?: Bytes; event?: Event; duty?: Bytes };

export class Station {
  seq = 0;
  head = zeros(32);
  private constructor(readonly anyone: Client, readonly government: string, readonly id: string, readonly kind: string, readonly keys: Keys, readonly kiosk_key: Bytes, readonly display_key: Bytes, public token?: { id: string; issued_at: string }) {}

  static async enrol(officer: Client, anyone: Client, input: object, government = 'jabar'): Promise<Station> {
    const { code, station } = must(await officer.post('/api/v1/attendance/stations', input), 'station'), { keys, public_key } = await makeKeys();
    const d = must(await anyone.post('/api/v1/attendance/stations/enrolment', { government, code, public_key: toText(public_key), label: 'Uji' }), 'enrolment');
    if (d.station !== station) throw new Error('another station');
    return new Station(anyone, government, d.station, d.kind, keys, d.kiosk_key ? fromText(d.kiosk_key) : zeros(0), d.display_key ? fromText(d.display_key) : zeros(0), d.token);
  }
  async claim(at: number) {
    return { government: this.government, station: this.id, at: new Date(at).toISOString(), proof: toText(await sign(this.keys, claimMessage(this.id, at))) };
  }
  state = async (at: number) => this.anyone.post('/api/v1/attendance/stations/state', await this.claim(at));
  people = async (at: number) => this.anyone.get(`/api/v1/attendance/stations/people?${new URLSearchParams(await this.claim(at))}`);
  /** What a lobby's screen shows. */
  async code(at: number): Promise<Bytes> {
    const key = await webcrypto.subtle.importKey('raw', this.display_key, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
    const head = join(number64(this.id), number64(Math.floor(at / 15_000))), mac = await webcrypto.subtle.sign('HMAC', key, join(ascii('luwes/qr/1\n'), head));
    return join(head, new Uint8Array(mac).slice(0, 10));
  }
  async record(d: Draft): Promise<Kept> {
    const token = d.token ?? (this.token && { id: fromText(this.token.id), issued_at: Date.parse(this.token.issued_at) });
    const bytes = encodeRecord({ random: randomBytes(16), ...d, token, kiosk: this.kiosk_key, seq: ++this.seq, prev: this.head });
    this.head = await recordHash(bytes);
    return { bytes, signature: await sign(this.keys, join(RECORD_PREFIX, bytes)), event: d.event, duty: d.duty };
  }
  scan = (e: Event, employee: string, type: 'in' | 'out' | 'check', wall: number) => this.record({ kind: 'qr', subject: e.hash, employee, type, wall, event: e });
  async turn(phone: Phone, wall: number): Promise<Kept> {
    const random = randomBytes(16), duty = await phone.duty(this.kiosk_key, random);
    return this.record({ kind: 'officer', subject: await dutyHash(duty), officer: phone.employee, wall, random, duty });
  }
  send = (now: number, ...records: Kept[]) => this.anyone.post('/api/v1/attendance/countersigns', {
    government: this.government, station: this.id, sent_at: new Date(now).toISOString(),
    records: records.map(r => ({ bytes: toText(r.bytes), signature: toText(r.signature), ...(r.event ? { event: toText(r.event.bytes), event_signature: toText(r.event.signature) } : {}), ...(r.duty ? { duty: toText(r.duty) } : {}) })),
  });
}
