/* What the screens of confirmations share: what was found about an event, in words, and where it stands. */
import { isProof, marks, type Mark } from '../attendance/marks';
import type { Got } from '../base/api';
import { clock, dayIn, stamp, type Zone } from '../base/format';
import { Chip } from '../base/ui';
import { w } from './words';

export type Confirmation = Got<'/api/v1/attendance/confirmations'>['items'][number];

const wordsOf = (m: string) => marks()[m as Mark] ?? { short: m, found: w().unknownMark, not: '' };

/** Short labels: what asks, then what speaks for the event. */
export const Marks = ({ c }: { c: Confirmation }) => c.marks.length === 0 ? null : <span class="row tight">{[...c.marks].sort((a, b) => Number(isProof(a)) - Number(isProof(b))).map(m => <Chip key={m} tone={isProof(m) ? 'ok' : 'warn'}>{wordsOf(m).short}</Chip>)}</span>;

/** Each with what it does not mean. */
export function Meanings({ c }: { c: Confirmation }) {
  const asks = c.marks.filter(m => !isProof(m)), speaks = c.marks.filter(isProof);
  const list = (label: string, of: readonly string[]) => of.length > 0 && <section class="col tight"><h3>{label}</h3><ul class="list lined">{of.map(m => <li key={m}><span class="col tight"><b>{wordsOf(m).short}</b><span class="sm">{wordsOf(m).found}</span><span class="sm muted">{wordsOf(m).not}</span></span></li>)}</ul></section>;
  return <>{list(w().marks, asks)}{list(w().proofs, speaks)}</>;
}

/** "Masuk 07.25", with its day when it was received on another one. */
export const eventText = (c: Confirmation, z: Zone) => `${w().direction[c.direction]} ${dayIn(new Date(c.at), z) === c.day ? clock(c.at, z) : stamp(c.at, z)}`;
const receivedText = (c: Confirmation, z: Zone) => dayIn(new Date(c.received_at), z) === dayIn(new Date(c.at), z) ? clock(c.received_at, z) : stamp(c.received_at, z);
export const placeText = (c: Confirmation) => [w().place[c.place], c.place === 'outside' && w().distance[c.distance]].filter(Boolean).join(', ');
/* received at once is no news */
const isLate = (c: Confirmation) => Date.parse(c.received_at) - Date.parse(c.at) > 120_000;

export const Facts = ({ c, z }: { c: Confirmation; z: Zone }) => <span class="sm muted num">{[isLate(c) && w().receivedAt(receivedText(c, z)), (c.grade === 'doubted' || c.grade === 'queued') && w().grade[c.grade], placeText(c)].filter(Boolean).join(' · ')}</span>;
export const received = receivedText;

export const Explanation = ({ c, z }: { c: Confirmation; z: Zone }) => c.explanation ? <blockquote><span class="xs muted num">{w().explanation}, {w().explained(stamp(c.explained_at!, z))}</span><p>{c.explanation}</p></blockquote> : null;
