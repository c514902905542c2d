/* A signed event as a phone makes it (docs/EVIDENCE.md): bytes, signature, chain. */
import { randomBytes } from 'node:crypto';
import { b64, sha256, sign, u64, type Phone } from './phone';

export interface Token { id: string; issued_at: string }
export interface Chain extends Phone { device: string; seq?: number; head?: Buffer }
const TYPES = { in: 1, out: 2, check: 3, answer: 4 } as const, NO_COORDINATE = 0x7fffffff;
const u32 = (n: number) => { const b = Buffer.alloc(4); b.writeUInt32BE(n >>> 0); return b; };

/** The next event of the phone at an instant, with what the server last said of time (none: it never did). */
export async function signEvent(p: Chain, employee: string, type: keyof typeof TYPES, at: string, token?: Token, place?: { lat_e7: number; lon_e7: number } | 'denied') {
  const point = place === 'denied' ? undefined : place;
  p.seq = (p.seq ?? 0) + 1;
  const wall = BigInt(Date.parse(at));
  const bytes = Buffer.concat([Buffer.from('LUWES-EV'), Buffer.from([1, TYPES[type], 0, 0]), u64(employee), Buffer.from(p.device, 'base64url'), u64(BigInt(p.seq)), p.head ?? Buffer.alloc(32),
    token ? Buffer.from(token.id, 'base64url') : Buffer.alloc(16), u64(token ? BigInt(Date.parse(token.issued_at)) : 0n), u64(wall), u64(0n),
    u32(point?.lat_e7 ?? NO_COORDINATE), u32(point?.lon_e7 ?? NO_COORDINATE), u32(point ? 1200 : 0), u64(point ? wall : 0n), u32(0xffffffff), u32(NO_COORDINATE), Buffer.from([place === 'denied' ? 1 : 0, 0, 0, 0]), Buffer.alloc(8), randomBytes(16)]);
  const message = Buffer.concat([Buffer.from('luwes/ev/1\n'), bytes]);
  p.head = sha256(message);
  return { bytes: b64(bytes), signature: b64(await sign(p.key, message)) };
}
