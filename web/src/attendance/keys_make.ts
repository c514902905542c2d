/* Makes the key of an employee on this phone, where the browser can keep one. */
import type { Bytes } from '../base/bytes';
import { makeSigningKey } from '../base/signingkey';
import { closeStore, keepPhone, readPhone, removePhone } from '../base/store';

/** The browser cannot keep a key that signs. */
export class NoKeyHere extends Error {}

export async function makeKey(): Promise<{ keys: CryptoKeyPair; public_key: Bytes }> {
  try {
    return await makeSigningKey({ keep: keys => keepPhone('trial', keys), close: closeStore, read: () => readPhone<CryptoKeyPair>('trial') });
  } catch (e) {
    throw new NoKeyHere(String(e));
  } finally {
    await removePhone('trial').catch(() => undefined);
  }
}
