/*
 * Signed notes, checkpoints, proofs of c2sp.org, and inclusion in the tree of RFC 9162 (2.1.3.2): the
 * same rules as src/trust/trust_note_rules.c, trust_text_rules.c and trust_proof_rules.c.
 */
import { decimal, fromBase64, join, same, utf8, INT64_MAX, type Bytes } from './bytes';
import { isEd25519, sha256 } from './keys';

export const LOG = 1, WITNESS = 4;
export interface Vkey { name: string; type: typeof LOG | typeof WITNESS; id: string; key: Bytes; text: string }

const isName = (name: string) => name !== '' && utf8(name).length <= 200 && !/[\s+\u0000-\u001f\u007f-\u009f]/u.test(name);

/** NAME+id+base64(type ‖ key); undefined unless it is exactly a key of these two types. */
export async function parseVkey(text: string): Promise<Vkey | undefined> {
  const m = /^([^+]+)\+([0-9a-fA-F]{8})\+([A-Za-z0-9+/=]+)$/.exec(text), raw = m && fromBase64(m[3]!);
  if (!m || !raw || raw.length !== 33 || !isName(m[1]!) || (raw[0] !== LOG && raw[0] !== WITNESS)) return undefined;
  const id = (await sha256(m[1]!, '\n', raw)).slice(0, 4), key: Vkey = { name: m[1]!, type: raw[0], id: [...id].map(b => b.toString(16).padStart(2, '0')).join(''), key: raw.slice(1), text };
  return key.id === m[2]!.toLowerCase() ? key : undefined;
}

export interface Line { name: string; raw: Bytes }
export interface Note { text: string; lines: Line[] }

const MAX_BYTES = 16384, MAX_LINES = 32;
const isText = (text: string) => !/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/.test(text) && utf8(text).length <= MAX_BYTES;

function readLine(line: string): Line | undefined {
  const m = /^— (\S+) (\S+)$/.exec(line), raw = m && fromBase64(m[2]!);
  return m && raw && isName(m[1]!) && raw.length > 4 ? { name: m[1]!, raw } : undefined;
}

export function readNote(note: string): Note | undefined {
  const at = note.lastIndexOf('\n\n');
  if (!isText(note) || !note.endsWith('\n') || at < 0) return undefined;
  const found = note.slice(at + 2, -1).split('\n'), lines = found.map(readLine);
  if (at + 2 >= note.length || lines.length > MAX_LINES || lines.some(l => !l)) return undefined;
  return { text: note.slice(0, at + 1), lines: lines as Line[] };
}

const isOf = (l: Line, key: Vkey) => l.name === key.name && [...l.raw.slice(0, 4)].map(b => b.toString(16).padStart(2, '0')).join('') === key.id;

async function checkLine(text: string, raw: Bytes, key: Vkey): Promise<bigint | undefined> {
  if (key.type === LOG) return raw.length === 68 && (await isEd25519(key.key, utf8(text), raw.slice(4))) ? 0n : undefined;
  if (raw.length !== 76) return undefined;
  const time = new DataView(raw.buffer, raw.byteOffset).getBigUint64(4);
  return time <= INT64_MAX && (await isEd25519(key.key, join(`cosignature/v1\ntime ${time}\n`, text), raw.slice(12))) ? time : undefined;
}

export type Signed = { by: 'nobody' } | { by: 'bad' } | { by: 'key'; time: bigint };
/** Whether the note bears this key's signature; of a witness the time it states, in seconds. */
export async function checkNote(note: Note, key: Vkey): Promise<Signed> {
  let found: Signed = { by: 'nobody' };
  for (const l of note.lines) {
    if (!isOf(l, key)) continue;
    const time = await checkLine(note.text, l.raw, key);
    if (time === undefined) return { by: 'bad' };
    found = { by: 'key', time };
  }
  return found;
}

export interface Checkpoint { origin: string; size: bigint; root: Bytes }

export function readHash(text: string): Bytes | undefined {
  const raw = text.length === 44 ? fromBase64(text) : undefined;
  return raw?.length === 32 ? raw : undefined;
}

export function readCheckpoint(text: string): Checkpoint | undefined {
  const [origin, size, root, ...rest] = text.split('\n');
  if (!origin || utf8(origin).length > 200 || rest.pop() !== '' || rest.includes('')) return undefined;
  const n = decimal(size ?? ''), hash = readHash(root ?? '');
  return n !== undefined && hash ? { origin, size: n, root: hash } : undefined;
}

export interface TlogProof { index: bigint; hashes: Bytes[]; note: string }
const MAX_HASHES = 64;

/** A list of base64 hashes; undefined when one is none, or when there are too many. */
export function readHashes(lines: string[]): Bytes[] | undefined {
  const hashes = lines.map(readHash);
  return hashes.length <= MAX_HASHES && hashes.every(Boolean) ? (hashes as Bytes[]) : undefined;
}

export function readTlogProof(text: string): TlogProof | undefined {
  const end = text.indexOf('\n\n'), [first, indexLine, ...lines] = text.slice(0, Math.max(end, 0)).split('\n');
  const index = indexLine?.startsWith('index ') ? decimal(indexLine.slice(6)) : undefined, hashes = readHashes(lines);
  if (end < 0 || end + 2 === text.length || first !== 'c2sp.org/tlog-proof@v1' || index === undefined || !hashes) return undefined;
  return { index, hashes, note: text.slice(end + 2) };
}

/** The hash of a leaf from what it commits to. */
export async function leafHash(kind: number, at: bigint, salt: Bytes, payload: Bytes): Promise<Bytes> {
  const head = new Uint8Array(10);
  head[1] = kind;
  new DataView(head.buffer).setBigUint64(2, at);
  return sha256(head, await sha256('luwes/leaf/1', salt, payload));
}

/** RFC 9162, 2.1.3.2 */
export async function isIncluded(leaf: Bytes, index: bigint, tree: Checkpoint, proof: Bytes[]): Promise<boolean> {
  if (index >= tree.size) return false;
  let node = index, last = tree.size - 1n, root = leaf;
  for (const hash of proof) {
    if (last === 0n) return false;
    if (node & 1n || node === last) {
      root = await sha256(new Uint8Array([1]), hash, root);
      while (!(node & 1n) && node) { node >>= 1n; last >>= 1n; }
    } else root = await sha256(new Uint8Array([1]), root, hash);
    node >>= 1n;
    last >>= 1n;
  }
  return last === 0n && same(root, tree.root);
}
