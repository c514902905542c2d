/*
 * A key that signs and can never be read out: P-256. Before it is shown to the server it is kept, the database closed
 * and opened again, the key read back, and a signature of it verified: some browsers take a key and lose it (private
 * window, Lockdown Mode), and who finds that out at 07.30 is late.
 */
import { ascii, isSame, type Bytes } from './bytes';

const P256 = { name: 'ECDSA', namedCurve: 'P-256' }, SIGN = { name: 'ECDSA', hash: 'SHA-256' };

/** Where it is kept for the trial. */
export interface Trial { keep(keys: CryptoKeyPair): Promise<unknown>; close(): Promise<unknown>; read(): Promise<CryptoKeyPair | undefined> }

/** x and y of the public key, 64 bytes. */
async function publicBytes(keys: CryptoKeyPair): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.exportKey('raw', keys.publicKey)).slice(1);
}

/** Throws where the browser cannot keep it. */
export async function makeSigningKey(trial: Trial): Promise<{ keys: CryptoKeyPair; public_key: Bytes }> {
  const made = await crypto.subtle.generateKey(P256, false, ['sign', 'verify']), public_key = await publicBytes(made), text = ascii('luwes/test');
  await trial.keep(made);
  await trial.close();
  const keys = (await trial.read())!, signature = await crypto.subtle.sign(SIGN, keys.privateKey, text);
  if (signature.byteLength !== 64 || !isSame(await publicBytes(keys), public_key) || !await crypto.subtle.verify(SIGN, keys.publicKey, signature, text)) throw new Error('another key');
  return { keys, public_key };
}
