/*
 * Signatures by the browser's own WebCrypto; Ed25519, which older browsers lack, else by @noble/ed25519,
 * fetched only then. A key or signature that is none is a signature that does not hold, never an error.
 */
import { hex, join, type Bytes } from './bytes';

export const sha256 = async (...parts: (Bytes | string)[]): Promise<Bytes> => new Uint8Array(await crypto.subtle.digest('SHA-256', join(...parts)));

/** ECDSA P-256 with SHA-256; key x‖y, signature r‖s. */
export async function isEs256(key: Bytes, message: Bytes, signature: Bytes): Promise<boolean> {
  try {
    const k = await crypto.subtle.importKey('raw', join(new Uint8Array([4]), key), { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify']);
    return await crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, k, signature, message);
  } catch {
    return false;
  }
}

/* asked once, with a key that is one: RFC 8032, 7.1, test 1 */
const known = new Uint8Array([0xd7, 0x5a, 0x98, 0x01, 0x82, 0xb1, 0x0a, 0xb7, 0xd5, 0x4b, 0xfe, 0xd3, 0xc9, 0x64, 0x07, 0x3a, 0x0e, 0xe1, 0x72, 0xf3, 0xda, 0xa6, 0x23, 0x25, 0xaf, 0x02, 0x1a, 0x68, 0xf7, 0x07, 0x51, 0x1a]);
let native: Promise<boolean> | undefined;
const hasEd25519 = () => (native ??= crypto.subtle.importKey('raw', known, 'Ed25519', false, ['verify']).then(() => true, () => false));
/** For tests: asks the browser again. */
export const forgetBrowser = () => { native = undefined; };

/* Points of small order: with one for a key anything could be signed. libsodium, which the program uses, refuses them too. */
const small = ['00'.repeat(32), '01' + '00'.repeat(31), '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05', 'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a', ...['ec', 'ed', 'ee'].map(x => x + 'ff'.repeat(30) + '7f')];
function isSmall(point: Bytes): boolean {
  const p = point.slice();
  p[31]! &= 0x7f;
  return small.includes(hex(p));
}

export async function isEd25519(key: Bytes, message: Bytes, signature: Bytes): Promise<boolean> {
  if (key.length !== 32 || signature.length !== 64 || isSmall(key) || isSmall(signature.slice(0, 32))) return false;
  try {
    if (!(await hasEd25519())) return await (await import('@noble/ed25519')).verifyAsync(signature, message, key, { zip215: false });
    return await crypto.subtle.verify('Ed25519', await crypto.subtle.importKey('raw', key, 'Ed25519', false, ['verify']), signature, message);
  } catch {
    return false;
  }
}
