/* How good the roster is: what was proven of it when it was solved. Nothing is said of one that was changed by hand since. */
import type { Got } from '../base/api';
import { number } from '../base/format';
import { Note } from '../base/ui';
import { w } from './officewords';

export type Proof = Got<'/api/v1/roster/versions/{version}/sheet'>['proof'];

export function ProofNote({ proof: p }: { proof: Proof }) {
  if (!p) return null;
  const words = w().proof;
  if (p.kind === 'best') return <p class="sm muted noprint">{words.best}</p>;
  if (p.kind === 'flow') return <Note tone="warn" icon="clock">{words.flow}</Note>;
  const gaps = [p.rules_gap > 0 && words.rulesGap(number(p.rules_gap)), p.cost_gap < 0 ? words.costUnknown : p.cost_gap > 0 && words.costGap(number(p.cost_gap))];
  return <Note tone="info">{words.gap(gaps.filter(Boolean).join(', '))}</Note>;
}
