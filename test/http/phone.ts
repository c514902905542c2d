/* A phone as the server sees one: a real P-256 key of WebCrypto, what it signs, and its passkey. */
import { createHash, createPublicKey, randomBytes, verify, webcrypto } from 'node:crypto';
import { type Client, type Reply } from './server';

const EC = { name: 'ECDSA', namedCurve: 'P-256' } as const, SIGN = { name: 'ECDSA', hash: 'SHA-256' } as const;

export const b64 = (b: Uint8Array) => Buffer.from(b).toString('base64url');
export const sha256 = (...parts: (Uint8Array | string)[]) => parts.reduce((h, p) => h.update(p), createHash('sha256')).digest();
export const u64 = (n: string | bigint) => { const b = Buffer.alloc(8); b.writeBigUInt64BE(BigInt(n)); return b; };

export interface Key { pair: webcrypto.CryptoKeyPair; public: Buffer }
export async function makeKey(): Promise<Key> {
  const pair = await webcrypto.subtle.generateKey(EC, false, ['sign', 'verify']) as webcrypto.CryptoKeyPair;
  return { pair, public: Buffer.from(await webcrypto.subtle.exportKey('raw', pair.publicKey)).subarray(1) };
}
export const sign = async (key: Key, message: Uint8Array) => Buffer.from(await webcrypto.subtle.sign(SIGN, key.pair.privateKey, message as Uint8Array<ArrayBuffer>));

export interface Phone { key: Key; install: Buffer; device?: string }
export const makePhone = async (install: Buffer = randomBytes(16)): Promise<Phone> => ({ key: await makeKey(), install });

/** The ten letters of a code as it is printed. */
export const letters = (code: string) => code.replace('-', '');

/** What the phone signs to enrol; every part may be another one. */
export function proofMessage(p: { government: string; employee: string; install: Uint8Array; key: Uint8Array; code: string }): Buffer {
  return Buffer.concat([Buffer.from('luwes/dev/1\n'), u64(p.government), u64(p.employee), p.install, p.key, sha256(letters(p.code))]);
}

/** The body of an enrolment by the signed-in person. */
export async function enrolment(own: Client, phone: Phone, code: string) {
  const me = (await own.get('/api/v1/me')).body;
  const proof = await sign(phone.key, proofMessage({ government: me.government.id, employee: me.employee, install: phone.install, key: phone.key.public, code }));
  return { code, public_key: b64(phone.key.public), proof: b64(proof), install_id: b64(phone.install), label: 'Chrome di Android', is_installed: true };
}

/** Enrols a phone of the signed-in person with a code an officer shows. */
export async function enrolPhone(officer: Client, own: Client, phone?: Phone, reason?: string): Promise<Phone & { device: string; reply: Reply }> {
  const p = phone ?? await makePhone(), employee = (await own.get('/api/v1/me')).body.employee;
  const shown = await officer.post('/api/v1/attendance/devices/codes', { employee, ...(reason && { reason }) });
  if (shown.status !== 200 || !shown.body.code) throw new Error(`code: ${shown.status} ${shown.text}`);
  const reply = await own.post('/api/v1/attendance/devices', await enrolment(own, p, shown.body.code));
  if (reply.status !== 200) throw new Error(`enrolment: ${reply.status} ${reply.text}`);
  return Object.assign(p, { device: reply.body.device as string, reply });
}

/** Whether a time token is the server's word about this phone. */
export function isToken(t: { id: string; issued_at: string; signature: string; key: string }, government: string, device: string): boolean {
  const message = Buffer.concat([Buffer.from('luwes/tok/1\n'), u64(government), Buffer.from(device, 'base64url'), u64(BigInt(Date.parse(t.issued_at)))]);
  const signature = Buffer.from(t.signature, 'base64url'), key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: t.key }, format: 'jwk' });
  return verify(null, message, key, signature) && b64(sha256(signature).subarray(0, 16)) === t.id;
}

/* ---- a passkey ---- */

export interface Passkey { key: Key; id: Buffer }
export const makePasskey = async (): Promise<Passkey> => ({ key: await makeKey(), id: randomBytes(32) });
const COSE = (k: Buffer) => Buffer.concat([Buffer.from('a5010203262001215820', 'hex'), k.subarray(0, 32), Buffer.from('225820', 'hex'), k.subarray(32)]);

/** What navigator.credentials.create gives, attestation none. */
export function registration(p: Passkey, rp: string, origin: string, challenge: string, change: { flags?: number; type?: string; more?: string } = {}) {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(p.id.length);
  const data = Buffer.concat([sha256(rp), Buffer.from([change.flags ?? 0x45]), Buffer.alloc(4), Buffer.alloc(16), length, p.id, COSE(p.key.public), Buffer.from(change.more ?? '', 'hex')]);
  const client = JSON.stringify({ type: change.type ?? 'webauthn.create', challenge, origin, crossOrigin: false });
  return { credential_id: b64(p.id), authenticator_data: b64(data), client_data: b64(Buffer.from(client)) };
}

/* ---- a signed event ---- */

export interface Pressed { type: 'in' | 'out' | 'check'; at: number; token?: { id: string; issued_at: string }; seq?: bigint; prev?: Buffer; employee: string; place?: { lat_e7: number; lon_e7: number; accuracy_metres: number } }
const TYPE = { in: 1, out: 2, check: 3 };
const u32 = (n: number) => { const b = Buffer.alloc(4); b.writeUInt32BE(n >>> 0); return b; };
const u8 = (n: number) => Buffer.from([n]);

/** The bytes of docs/EVIDENCE.md, written here a second time and by hand. */
export function eventBytes(device: string, p: Pressed): Buffer {
  return Buffer.concat([
    Buffer.from('LUWES-EV'), u8(1), u8(TYPE[p.type]), Buffer.from([0, 0]), u64(p.employee), Buffer.from(device, 'base64url'), u64(p.seq ?? 1n), p.prev ?? Buffer.alloc(32),
    p.token ? Buffer.from(p.token.id, 'base64url') : Buffer.alloc(16), u64(BigInt(p.token ? Date.parse(p.token.issued_at) : 0)), u64(BigInt(p.at)), u64(0n),
    u32(p.place?.lat_e7 ?? 0x7fffffff), u32(p.place?.lon_e7 ?? 0x7fffffff), u32((p.place?.accuracy_metres ?? 0) * 100), u64(BigInt(p.place ? p.at : 0)), u32(0xffffffff), u32(0x7fffffff),
    u8(0), u8(0), Buffer.from([0, 0]), Buffer.alloc(8), randomBytes(16)]);
}
export const eventHash = (bytes: Uint8Array) => sha256('luwes/ev/1\n', bytes);
export async function signedEvent(phone: Phone & { device?: string }, p: Pressed): Promise<{ bytes: string; signature: string; raw: Buffer }> {
  const raw = eventBytes(phone.device!, p);
  return { raw, bytes: b64(raw), signature: b64(await sign(phone.key, Buffer.concat([Buffer.from('luwes/ev/1\n'), raw]))) };
}
/** Whether the server's key signed the receipt. */
export const isReceipt = (r: { receipt: string; receipt_signature: string; key: string }) =>
  verify(null, Buffer.from(r.receipt, 'base64url'), createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: r.key }, format: 'jwk' }), Buffer.from(r.receipt_signature, 'base64url'));
