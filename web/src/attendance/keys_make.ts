/*
 * Makes the key of an employee on this phone: P-256, can sign, can never be read out. Before it is shown to the
 * server it is kept, the database closed and opened again, the key read back, and a signature of it verified: some
 * browsers take a key and lose it (private window, Lockdown Mode), and who finds that out at 07.30 is late.
 */
import { ascii, isSame, type Bytes } from '../base/bytes';
import { closeStore, keepPhone, readPhone, removePhone } from '../base/store';

const P256 = { name: 'ECDSA', namedCurve: 'P-256' }, SIGN = { name: 'ECDSA', hash: 'SHA-256' };

/** The browser cannot keep a key that signs. */
export class NoKeyHere extends Error {}

/** x and y of the public key, 64 bytes. */
async function publicBytes(keys: CryptoKeyPair): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.exportKey('raw', keys.publicKey)).slice(1);
}

export async function makeKey(): Promise<{ keys: CryptoKeyPair; public_key: Bytes }> {
  try {
    const made = await crypto.subtle.generateKey(P256, false, ['sign', 'verify']), public_key = await publicBytes(made), text = ascii('luwes/test');
    await keepPhone('trial', made);
    await closeStore();
    const keys = (await readPhone<CryptoKeyPair>('trial'))!, signature = await crypto.subtle.sign(SIGN, keys.privateKey, text);
    if (signature.byteLength !== 64 || !isSame(await publicBytes(keys), public_key) || !await crypto.subtle.verify(SIGN, keys.publicKey, signature, text)) throw new Error('another key');
    return { keys, public_key };
  } catch (e) {
    throw new NoKeyHere(String(e));
  } finally {
    await removePhone('trial').catch(() => undefined);
  }
}
