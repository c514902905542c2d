/* The papers of a month: A4 or F4, people or units, the closing or a supplement; saved as PDF. */
import { useState } from 'preact/hooks';
import { plansRosterOf } from '../base/access';
import { api, type Problem } from '../base/api';
import { save } from '../base/downloads';
import { monthName } from '../base/format';
import { me } from '../base/session';
import { later } from '../base/shell';
import { Action, Dialog, Field, Note, problemText } from '../base/ui';
import type { Part } from './recap';
import { w } from './recapwords';

const Issue = later(async () => (await import('../documents/issue')).Issue, true);
const papers = ['f4', 'a4'] as const;

export function PrintDialog({ unit, month, hasUnits, parts, onClose }: { unit: string; month: string; hasUnits: boolean; parts: readonly Part[]; onClose: () => void }) {
  const [paper, setPaper] = useState<(typeof papers)[number]>('f4'), [what, setWhat] = useState('people'), [problem, setProblem] = useState<Problem | 'network'>();
  const supplement = /^susulan-(\d+)$/.exec(what)?.[1];
  const sealed = what === 'units' ? undefined : parts.find(x => x.part === Number(supplement ?? 0));
  const of = `/api/v1/recap/units/${unit}`, get = async (url: string) => { const p = await save(url); setProblem(p); if (!p) onClose(); };
  return <Dialog title={w().print} sub={monthName(month)} onClose={onClose} foot={<><Action onAct={() => get(`${of}/print?month=${month}&paper=${paper}${supplement ? `&part=${supplement}` : `&form=${what}`}`)}>{w().download}</Action>{!supplement && <Action class="btn ghost" onAct={() => get(`${of}/sheet?month=${month}${what === 'units' ? '&below=true' : ''}`)}>{w().sheet}</Action>}</>}>
    {problem && <Note tone="bad" icon="warn">{problemText(problem)}</Note>}
    <Field label={w().kind}>{p => <select {...p} value={what} onChange={e => setWhat(e.currentTarget.value)}><option value="people">{w().title}</option>{hasUnits && <option value="units">{w().printUnits}</option>}{parts.filter(x => x.part > 0).map(x => <option key={x.part} value={`susulan-${x.part}`}>{w().supplementTitle(x.part)}</option>)}</select>}</Field>
    <Field label={w().paper}>{p => <select {...p} value={paper} onChange={e => setPaper(e.currentTarget.value as 'f4')}>{papers.map(x => <option key={x} value={x}>{w().papers[x]}</option>)}</select>}</Field>
    {sealed && <Issue numbered unit={unit} subject={sealed.id} send={plansRosterOf(me.value!, unit) ? how => api.POST('/api/v1/recap/units/{unit}/print', { params: { path: { unit }, query: { month, paper, ...(supplement ? { part: Number(supplement) } : {}) } }, body: how }) : undefined} />}</Dialog>;
}
