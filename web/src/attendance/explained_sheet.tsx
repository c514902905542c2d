/* The evidence of one signed record, on paper: facts, the server's receipt, the signed head of the log, and the bundle itself as codes. */
import { clockSeconds, fullDay, dayIn, number, stamp, type Zone } from '../base/format';
import { Qr } from '../base/qr';
import { toText } from '../base/bytes';
import { toParts } from '../base/paper';
import { readBundle, type Bundle } from '../verify/bundle';
import { w } from './explained_words';
import { w as words } from './words';

export interface Sheet { text: string; bundle: Bundle; parts: string[]; hash: string; receivedAt: string; logIndex: string; direction: 'in' | 'out' | 'check' }
type Receipt = { day: string; id: string; hash?: string; received_at: string; log_index?: number };

/** Fetches the bundle of a record and cuts it for paper; undefined when it cannot be had. */
export async function makeSheet(r: Receipt, direction: Sheet['direction']): Promise<Sheet | undefined> {
  const got = await fetch(`/api/v1/attendance/evidence/${r.day}/${r.id}`, { cache: 'no-store' }).catch(() => undefined);
  if (!got?.ok) return undefined;
  const text = await got.text();
  return { text, bundle: readBundle(text), parts: await toParts(text), hash: r.hash ?? '', receivedAt: r.received_at, logIndex: String(r.log_index ?? ''), direction };
}

/* What the event itself says: its wall clock, big-endian at byte 100 (docs/EVIDENCE.md). */
const wallOf = (b: Bundle) => new Date(Number(new DataView(b.event.buffer, b.event.byteOffset).getBigUint64(100)));
/** The checkpoint within the proof, as it was signed. */
const headOf = (text: string) => /\n\n(c2sp\.org\/tlog-proof@v1[\s\S]*)$/.exec(text)?.[1]?.split('\n\n').slice(1).join('\n\n').trim();

export function EvidenceSheet({ s, z }: { s: Sheet; z: Zone }) {
  const at = wallOf(s.bundle), head = headOf(s.text), row = (name: string, value: string) => <><dt>{name}</dt><dd class="num mono">{value}</dd></>;
  return <section class="card sheet"><h2>{w().sheetTitle(words().direction[s.direction], `${fullDay(dayIn(at, z))} ${clockSeconds(at, z)} ${z}`)}</h2>
    <dl class="facts"><dt>{w().person}</dt><dd>{s.bundle.personName}</dd><dt>{w().office}</dt><dd>{s.bundle.governmentName}</dd>
      <dt>{w().claimed}</dt><dd class="num">{clockSeconds(at, z)} {z}</dd><dt>{w().received}</dt><dd class="num">{stamp(s.receivedAt, z)} {z}</dd><dt>{w().logIndex}</dt><dd class="num">{number(Number(s.logIndex))}</dd>
      {row(w().hash, s.hash)}{row(w().receipt, toText(s.bundle.receipt))}{row(w().signature, toText(s.bundle.receiptSignature))}{row(w().key, toText(s.bundle.onlineKey))}</dl>
    <h3>{w().head}</h3>{head ? <pre class="mono">{head}</pre> : <p class="sm">{w().noHead}</p>}
    <p class="sm wrap">{w().howTo(`${location.origin}/verifikasi/`)}</p>
    <div class="sheetcodes">{s.parts.map((p, i) => <figure key={i} class="col tight"><Qr text={p} label={w().part(i + 1, s.parts.length)} /><figcaption class="xs num">{w().part(i + 1, s.parts.length)}</figcaption></figure>)}</div></section>;
}
