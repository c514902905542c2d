/* Sentences with their facts filled in: the report of `luwes verify`, as lines. */
import type { Bundle } from './bundle';
import { deviceText, worth, type Finding, type Findings, type Trust, type Worth } from './check';
import { w } from './words';
import type { Zone } from '../base/format';

const hours: Record<Zone, number> = { WIB: 7, WITA: 8, WIT: 9 };
const two = (n: number) => String(n).padStart(2, '0');

/** "13 November 2025 07.20.05 WIB" */
export function instant(at: bigint, zone: Zone): string {
  const d = new Date(Number(at) + hours[zone] * 3_600_000), t = w();
  return `${d.getUTCDate()} ${t.months[d.getUTCMonth()]} ${d.getUTCFullYear()} ${[d.getUTCHours(), d.getUTCMinutes(), d.getUTCSeconds()].map(two).join(t.mark)} ${zone}`;
}
/** "-6,902469" */
function degrees(e7: number): string {
  const size = Math.abs(e7);
  return `${e7 < 0 ? '-' : ''}${Math.floor(size / 1e7)}${w().comma}${String(Math.floor((size % 1e7) / 10)).padStart(6, '0')}`;
}

type Facts = Record<string, () => string>;
function factsOf(b: Bundle, f: Findings, trust: Trust, witness?: { name: string; at: bigint }): Facts {
  const t = w(), e = f.event, time = (at: bigint | undefined) => () => instant(at ?? 0n, b.zone);
  return {
    device: () => (e ? deviceText(e) : ''), direction: () => t.directions[e?.type ?? 0]!, claimed: time(e?.wallAt), enrolled: time(f.enrolledAt), lower: time(f.lower), upper: time(f.upper),
    received: time(f.receivedAt), kiosk: time(f.kioskAt), witnessed: time(witness?.at), witness: () => witness?.name ?? '', nip: () => f.nip, origin: () => f.head?.origin ?? '', size: () => String(f.head?.size ?? 0),
    index: () => String(f.index), key: () => f.logKeyId, verdict: () => t.verdicts[f.verdict]!, status: () => t.statuses[f.status]!, name: () => b.personName, count: () => String(f.signedWitnesses), needed: () => String(trust.policy),
    place: () => (e?.place ? `${degrees(e.place.lat)}; ${degrees(e.place.lon)} (${t.accuracy(String(Math.floor(e.place.accuracyCm / 100)))})` : ''),
  };
}

export const sentence = (what: Finding, facts: Facts) => w().sentences[what].replace(/\{(\w+)\}/g, (_, name: string) => facts[name]!());

export interface Group { worth: Worth; heading: string; sentences: string[] }
export interface Report { outcome: string; isFalse: boolean; groups: Group[] }

function headingOf(kind: Worth, b: Bundle, f: Findings, trust: Trust): string {
  const t = w().headings;
  if (kind !== 'proven') return t[kind];
  if (f.isFalse) return t.stillFits;
  return trust.onlineKeys.length && (trust.logKey || !b.proof) ? t.proven : t.ownKeys;
}

export function report(b: Bundle, f: Findings, trust: Trust): Report {
  const groups = (['fault', 'proven', 'unchecked'] as const).map(kind => ({
    worth: kind, heading: headingOf(kind, b, f, trust),
    sentences: f.found.filter(x => worth[x.what] === kind).map(x => sentence(x.what, factsOf(b, f, trust, x.witness))),
  })).filter(g => g.sentences.length);
  return { outcome: f.isFalse ? w().outcome.false : w().outcome.fits, isFalse: f.isFalse, groups };
}

/** As `luwes verify` prints it. */
export const reportText = (r: Report) => [r.outcome, ...r.groups.flatMap(g => ['', g.heading, ...g.sentences.map(s => `- ${s}`)])];
