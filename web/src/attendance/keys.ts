/*
 * The key that seals what lies on this phone and only the server is to read, and the drawn number that tells one
 * phone from another. A browser that can keep no key (private window, Lockdown Mode) seals nothing.
 */
import { random, type Bytes } from '../base/bytes';
import { keepPhoneOnce, readKey, readPhone, type PhoneKey, type Sealed } from '../base/store';

const AES = { name: 'AES-GCM', length: 256 };

async function sealKey(): Promise<CryptoKey> {
  const kept = await readPhone<CryptoKey>('seal');
  return kept ?? keepPhoneOnce('seal', await crypto.subtle.generateKey(AES, false, ['encrypt', 'decrypt']));
}

/** undefined where the browser keeps no keys. */
export async function seal(value: object): Promise<Sealed | undefined> {
  try {
    const iv = random(12), key = await sealKey();
    return { iv, data: await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, new TextEncoder().encode(JSON.stringify(value))) };
  } catch {
    return undefined;
  }
}

/** undefined when the key is gone. */
export async function unseal<T>(sealed: Sealed): Promise<T | undefined> {
  try {
    const key = await readPhone<CryptoKey>('seal');
    return key && JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: 'AES-GCM', iv: sealed.iv }, key, sealed.data))) as T;
  } catch {
    return undefined;
  }
}

/** What this person has on this phone; undefined also where the browser no longer gives it out. */
export const keyOf = (employee: string): Promise<PhoneKey | undefined> => readKey(employee).catch(() => undefined);

/** Drawn once for this browser on this phone: two employees here have the same. */
export const installId = async (): Promise<Bytes> => await readPhone<Bytes>('install') ?? keepPhoneOnce('install', random(16));
