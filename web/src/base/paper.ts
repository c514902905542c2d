/*
 * A bundle of evidence on paper: packed (deflate) and cut into parts that each fit a QR code, and put together again from
 * what any reader of codes gave, in any order and with anything around them (docs/EVIDENCE.md, "On paper").
 */
import { fromText, toText, type Bytes } from './bytes';

const MAGIC = 'LW1B', PART = 620, MAX_PARTS = 60, MAX_BYTES = 65536;

const through = async (b: Bytes, by: CompressionStream | DecompressionStream): Promise<Bytes> =>
  new Uint8Array(await new Response(new Blob([b]).stream().pipeThrough(by as unknown as TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>)).arrayBuffer());

/** `LW1B.1.4.…`: each names which one it is, and of how many. */
export async function toParts(text: string): Promise<string[]> {
  const packed = toText(await through(new TextEncoder().encode(text) as Bytes, new CompressionStream('deflate-raw'))), n = Math.ceil(packed.length / PART);
  return Array.from({ length: n }, (_, i) => `${MAGIC}.${i + 1}.${n}.${packed.slice(i * PART, (i + 1) * PART)}`);
}

/** The text; the numbers of the parts that are missing; undefined when there is no part in it at all, null when they are spoilt. */
export async function fromParts(text: string): Promise<string | number[] | undefined | null> {
  const found = [...text.matchAll(/LW1B\.(\d{1,2})\.(\d{1,2})\.([A-Za-z0-9_-]+)/g)];
  if (!found.length) return undefined;
  const n = Number(found[0]![2]), parts = new Map(found.map(f => [Number(f[1]), f[3]!]));
  if (n < 1 || n > MAX_PARTS || found.some(f => Number(f[2]) !== n)) return null;
  const missing = Array.from({ length: n }, (_, i) => i + 1).filter(i => !parts.has(i));
  if (missing.length) return missing;
  try {
    const whole = await through(fromText(Array.from({ length: n }, (_, i) => parts.get(i + 1)!).join('')), new DecompressionStream('deflate-raw'));
    return whole.length > MAX_BYTES ? null : new TextDecoder('utf-8', { fatal: true }).decode(whole);
  } catch {
    return null;
  }
}
