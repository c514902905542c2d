/* Bytes as JSON and QR codes carry them: base64url without padding (docs/EVIDENCE.md). */

/** What WebCrypto and IndexedDB take. */
export type Bytes = Uint8Array<ArrayBuffer>;

export const toText = (b: Uint8Array): string => btoa(String.fromCharCode(...b)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
export const fromText = (text: string): Bytes => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), c => c.charCodeAt(0));
export const ascii = (text: string): Bytes => Uint8Array.from(text, c => c.charCodeAt(0));
export const random = (n: number): Bytes => crypto.getRandomValues(new Uint8Array(n));
export const isSame = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((x, i) => x === b[i]);

export function join(...parts: Uint8Array[]): Bytes {
  const out = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
  let at = 0;
  for (const p of parts) {
    out.set(p, at);
    at += p.length;
  }
  return out;
}
/** A 64-bit number, big-endian; ids come as decimal text. */
export function number64(value: number | string): Bytes {
  const out = new Uint8Array(8);
  new DataView(out.buffer).setBigUint64(0, BigInt(value));
  return out;
}
export const sha256 = async (...parts: Uint8Array[]): Promise<Bytes> => new Uint8Array(await crypto.subtle.digest('SHA-256', join(...parts)));
