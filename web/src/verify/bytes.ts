/* Bytes and their spellings. Every reader takes exactly one spelling of a thing, as the program does. */
export type Bytes = Uint8Array<ArrayBuffer>;

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

function decode(text: string, digits: string): Bytes | undefined {
  const out = new Uint8Array(Math.floor((text.length * 6) / 8));
  let bits = 0, held = 0, at = 0;
  for (const c of text) {
    const value = digits.indexOf(c);
    if (value < 0) return undefined;
    bits = ((bits << 6) | value) & 0xffff;
    held += 6;
    if (held >= 8) out[at++] = (bits >> (held -= 8)) & 255;
  }
  /* no loose bits, and no letter that carries nothing */
  return held < 6 && (bits & ((1 << held) - 1)) === 0 ? out : undefined;
}
/** base64url without padding. */
export const fromBase64url = (text: string) => decode(text, alphabet + '-_');
/** base64 with its padding. */
export function fromBase64(text: string): Bytes | undefined {
  const body = text.replace(/={1,2}$/, '');
  return text.length % 4 === 0 && body.length % 4 === [0, 3, 2][text.length - body.length] ? decode(body, alphabet + '+/') : undefined;
}
export const hex = (bytes: Bytes) => [...bytes].map(b => b.toString(16).padStart(2, '0')).join('');
export const utf8 = (text: string): Bytes => new TextEncoder().encode(text) as Bytes;
export const same = (a: Bytes, b: Bytes) => a.length === b.length && a.every((x, i) => x === b[i]);

export function join(...parts: (Bytes | string)[]): Bytes {
  const all = parts.map(p => (typeof p === 'string' ? utf8(p) : p)), out = new Uint8Array(all.reduce((n, p) => n + p.length, 0));
  let at = 0;
  for (const p of all) { out.set(p, at); at += p.length; }
  return out;
}
export function u64(value: bigint): Bytes {
  const out = new Uint8Array(8);
  new DataView(out.buffer).setBigUint64(0, value);
  return out;
}

/** Reads one after the other; past the end it is told by `left` below zero, and everything is zero. */
export class Cursor {
  at = 0;
  constructor(readonly bytes: Bytes) {}
  get left() { return this.bytes.length - this.at; }
  take(n: number): Bytes {
    const out = this.bytes.slice(this.at, this.at + n);
    this.at += n;
    return out;
  }
  /** Of 1 to 8 bytes, unsigned. */
  number(n: number): bigint { return this.take(n).reduce((v, b) => (v << 8n) | BigInt(b), 0n); }
  small(n: 1 | 2 | 4): number { return Number(this.number(n)); }
  signed(): number { return this.small(4) | 0; }
}

/** What the program counts with: a number beyond it is none. */
export const INT64_MAX = (1n << 63n) - 1n;
/** Decimal without sign and leading zeros. */
export function decimal(text: string, max = INT64_MAX): bigint | undefined {
  if (!/^(0|[1-9][0-9]{0,18})$/.test(text)) return undefined;
  const value = BigInt(text);
  return value <= max ? value : undefined;
}
