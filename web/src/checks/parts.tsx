/* A check in a line: what became of it, and what is known of the answer. */
import { clock, type Zone } from '../base/format';
import { Chip, type Tone } from '../base/ui';
import type { Check } from './open';
import { w } from './words';

const tones: Record<Check['state'], Tone> = { waiting: 'info', overdue: 'warn', answered: 'ok', excused: 'ok', late: 'warn', seen: 'ok', unanswered: 'warn', unreachable: '', lifted: '' };
export const StateChip = ({ c, z }: { c: Check; z: Zone }) => <Chip tone={tones[c.state]}><span class="num">{c.made_at && w().stateAt[c.state] ? w().stateAt[c.state]!(clock(c.made_at, z)) : w().state[c.state]}</span></Chip>;
/** 10.05–10.20, and what kind. */
export const windowText = (c: Check, z: Zone) => `${w().kind[c.kind]} ${clock(c.opens_at, z)}–${clock(c.closes_at, z)}`;
/** Where an answer was made and how it came, in one line of small words. */
export function answerText(c: Check, z: Zone): string {
  const isLate = c.made_at && c.received_at && Date.parse(c.received_at) - Date.parse(c.made_at) > 180_000;
  return [c.made_at && w().place[c.place], c.made_at && c.place === 'outside' && w().distance[c.distance], c.made_at && !c.is_signed && w().unsigned, isLate && w().arrived(clock(c.received_at!, z)),
    !c.made_at && !c.seen_at && (c.shown_at ? w().shownAt(clock(c.shown_at, z)) : w().notShown), c.seen_by && w().seenBy(c.seen_by), c.seen_note].filter(Boolean).join(' · ');
}
