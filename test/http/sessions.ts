/*
 * People of the demo with a session and an enrolled phone each, and what one of their phones keeps doing: it
 * signs, sends, and sends again until it has the receipt.
 */
import { createECDH, webcrypto } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { b64, eventHash, sha256, signedEvent, type Phone } from './phone';
import { verb, type Server } from './server';

export interface Session { token: string; employee: string; phone: Phone & { device: string }; timeToken: { id: string; issued_at: string } }

/** Writes sessions of so many people into the (closed) store, their time tokens of 07.10, and reads them back. */
export async function sessionsOf(server: Server, count: number): Promise<Session[]> {
  const file = join(server.dir, 'sessions');
  verb('demo', '--db', server.db, '--sessions', String(count), file, '--clock', '2025-11-13T07:10+07:00');
  return Promise.all(readFileSync(file, 'utf8').trim().split('\n').map(async line => {
    const [token, employee, secret, id, issued] = line.split('\t') as [string, string, string, string, string];
    const curve = createECDH('prime256v1'), d = Buffer.from(secret, 'hex');
    curve.setPrivateKey(d);
    const point = curve.getPublicKey().subarray(1), jwk = { kty: 'EC', crv: 'P-256', d: b64(d), x: b64(point.subarray(0, 32)), y: b64(point.subarray(32)) };
    const privateKey = await webcrypto.subtle.importKey('jwk', jwk, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
    const key = { pair: { privateKey } as webcrypto.CryptoKeyPair, public: Buffer.from(point) };
    return { token, employee, phone: { key, install: Buffer.alloc(16), device: b64(sha256(d).subarray(0, 16)) }, timeToken: { id: b64(Buffer.from(id, 'hex')), issued_at: new Date(Number(issued)).toISOString() } };
  }));
}

/** What the server acknowledged. */
export interface Acked { token: string; sent: object; receipt: any }

/** One phone: its chain, and the event it has no receipt for yet. */
export class Sender {
  private seq = 0n;
  private head = Buffer.alloc(32);
  private kept?: { bytes: string; signature: string };
  constructor(private readonly s: Session) {}

  /** Signs an event unless one waits, and sends it. Undefined: no receipt came, and it is sent again next time. */
  async send(server: Server, at: number): Promise<Acked | undefined> {
    if (!this.kept) {
      const e = await signedEvent(this.s.phone, { type: this.seq % 2n ? 'out' : 'in', at, token: this.s.timeToken, seq: ++this.seq, prev: this.head, employee: this.s.employee });
      this.kept = { bytes: e.bytes, signature: e.signature };
      this.head = eventHash(e.raw);
    }
    const sent = this.kept, r = await post(server, this.s.token, sent);
    if (r?.status !== 200) return undefined;
    this.kept = undefined;
    return { token: this.s.token, sent, receipt: r.body.receipts[0] };
  }
}

/** One event of whoever the session is; undefined when no answer came. */
export async function post(server: Server, token: string, event: object) {
  const c = server.client();
  c.cookie = `luwes_session=${token}`;
  return c.post('/api/v1/attendance/punches', { events: [event] }).catch(() => undefined);
}

const LASTING = ['punch_id', 'received_at', 'day', 'hash', 'log_index', 'leaf_salt', 'receipt', 'receipt_signature'] as const;

/** How a receipt that was given once differs from what the server says now: nothing, if it lost nothing. */
export async function differences(server: Server, a: Acked): Promise<string[]> {
  const now = (await post(server, a.token, a.sent))?.body.receipts?.[0];
  return [...(now?.status === 'duplicate' ? [] : [`status ${now?.status}`]), ...LASTING.filter(m => now?.[m] !== a.receipt[m])];
}
