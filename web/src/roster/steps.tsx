/* The way of a version: history, and the steps from a draft to what holds, each confirmed with what it means. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { api, type Got, type Problem } from '../base/api';
import { fullDay, number, span, stamp } from '../base/format';
import { source } from '../base/load';
import { zone } from '../base/shell';
import { Action, Dialog, Empty, Field, Note, Reload, Show, toast } from '../base/ui';
import { t } from '../base/words';
import { said } from './make';
import { w } from './officewords';

export type Version = Got<'/api/v1/roster/versions/{version}/sheet'>['version'];
const UNDONE = 8;
export type StepName = 'set' | 'withdraw' | 'acknowledge' | 'return' | 'discard';

export function StepsDialog({ v, onClose }: { v: Version; onClose: () => void }) {
  const s = useMemo(() => source<Got<'/api/v1/roster/versions/{version}/steps'>>(null, () => api.GET('/api/v1/roster/versions/{version}/steps', { params: { path: { version: v.id } } })), [v.id]);
  useEffect(() => { void s.refresh(); }, [s]);
  return <Dialog title={w().steps} sub={v.unit_name} onClose={onClose}><Show source={s} zone={zone()} height={160}>{d => d.items.length === 0 ? <Empty>{w().noSteps}</Empty> : <ol class="list">{d.items.map(i => <li key={i.id}><b>{w().step[i.kind] ?? i.kind}</b><span class="sm muted">{[i.by_name || w().program, stamp(i.at, zone())].join(' · ')}</span>{i.note && <p class="sm">{i.note}</p>}</li>)}</ol>}</Show></Dialog>;
}

const asked = {
  set: { title: () => w().set, act: () => w().set }, withdraw: { title: () => w().withdraw, act: () => w().withdraw },
  acknowledge: { title: (v: Version) => v.receipt === 'approve' ? w().approve : w().acknowledge, act: (v: Version) => v.receipt === 'approve' ? w().approve : w().acknowledge },
  return: { title: () => w().giveBack, act: () => w().giveBack }, discard: { title: () => w().discard, act: () => w().discard },
};

function Explained({ step, v, faults, remarks }: { step: StepName; v: Version; faults: number; remarks: number }) {
  if (step === 'set') return <><p class="sm">{w().setHint[v.receipt]} {w().aheadOnly}</p>{faults > 0 && <Note tone="bad" icon="warn">{w().faults(number(faults))}</Note>}{faults === 0 && remarks > 0 && <Note tone="warn" icon="warn">{w().notes(number(remarks))}</Note>}</>;
  return <p class="sm">{step === 'withdraw' ? w().withdrawHint : step === 'acknowledge' ? w().answerHint : step === 'discard' ? w().discardHint : ''}</p>;
}

/* What setting the draft would undo, of people by name. */
type Undone = readonly { name?: string; day?: string }[];
function Overtaken({ cells, overrides, onOverrides }: { cells: Undone; overrides: boolean; onOverrides: (is: boolean) => void }) {
  return <Note tone="warn" icon="warn"><p class="sm">{w().overtaken(number(cells.length))}</p><ul class="points sm">{cells.slice(0, UNDONE).map(c => <li key={`${c.name}${c.day}`}>{c.name}, {fullDay(c.day!)}</li>)}{cells.length > UNDONE && <li>{w().overtakenMore(number(cells.length - UNDONE))}</li>}</ul>
    <p class="sm">{w().overtakenHint}</p><label class="check"><input type="checkbox" checked={overrides} onChange={e => onOverrides(e.currentTarget.checked)} />{w().overrides}</label></Note>;
}

async function send(step: StepName, v: Version, note: string, overrides: boolean): Promise<{ state?: string; problem?: Problem | 'network' }> {
  const params = { path: { version: v.id } }, body = { revision: v.revision, ...(note ? { note } : {}) };
  const ask = () => {
    switch (step) {
      case 'set': return api.POST('/api/v1/roster/versions/{version}/set', { params, body: { ...body, ...(overrides ? { overrides } : {}) } });
      case 'withdraw': return api.POST('/api/v1/roster/versions/{version}/withdraw', { params, body });
      case 'acknowledge': return api.POST('/api/v1/roster/versions/{version}/acknowledge', { params, body });
      case 'return': return api.POST('/api/v1/roster/versions/{version}/return', { params, body: { revision: v.revision, note } });
      case 'discard': return api.DELETE('/api/v1/roster/versions/{version}', { params });
    }
  };
  const r = await ask().catch(() => undefined);
  return r && !r.error ? { state: (r.data as { state?: string } | undefined)?.state ?? '' } : { problem: r?.error as Problem | undefined ?? 'network' };
}

const doneText = (step: StepName, state: string) => step === 'set' ? w().setDone[state] ?? w().setDone.set! : { withdraw: w().withdrawn, acknowledge: w().answered, return: w().givenBack, discard: w().discarded }[step];

export function StepDialog({ step, v, faults, remarks, overtaken, onDone, onReload, onClose }: { step: StepName; v: Version; faults: number; remarks: number; overtaken: Undone; onDone: () => void; onReload: () => void; onClose: () => void }) {
  const [note, setNote] = useState(''), [overrides, setOverrides] = useState(false), undoes = step === 'set' && overtaken.length > 0, [problem, setProblem] = useState<Problem | 'network'>(), [tried, setTried] = useState(false), needsReason = step === 'return', lacks = needsReason && note.trim().length < 3;
  const act = async () => {
    setTried(true);
    if (lacks) return;
    const r = await send(step, v, note.trim(), overrides);
    if (r.problem) return setProblem(r.problem);
    toast(doneText(step, r.state!));
    onDone();
  };
  return <Dialog title={asked[step].title(v)} sub={`${v.unit_name} · ${span(v.period_from, v.period_to)}`} onClose={onClose} foot={<><Action onAct={act} disabled={step === 'set' && (faults > 0 || (undoes && !overrides))} {...(step === 'discard' ? { class: 'btn danger' } : {})}>{asked[step].act(v)}</Action><button type="button" class="btn ghost" onClick={onClose}>{t().cancel}</button></>}>
    {problem && <Note tone="bad" icon="warn">{said(problem)}<Reload problem={problem} onReload={onReload} /></Note>}<Explained step={step} v={v} faults={faults} remarks={remarks} />{undoes && <Overtaken cells={overtaken} overrides={overrides} onOverrides={setOverrides} />}
    {step !== 'discard' && <Field label={needsReason ? w().reason : w().note} {...(needsReason ? { hint: w().reasonHint } : {})} error={tried && lacks ? t().needed : undefined}>{p => <textarea {...p} rows={3} maxLength={500} value={note} onInput={e => setNote(e.currentTarget.value)} />}</Field>}</Dialog>;
}

/** What a version is now, in a line. */
export const versionLine = (v: Version) => [v.state === 'set' && v.due_at && w().dueAt(stamp(v.due_at, zone())), v.state === 'published' && v.published_at && w().setAt(stamp(v.published_at, zone())), v.bound_from && v.bound_from !== v.period_from && w().boundFrom(fullDay(v.bound_from))].filter(Boolean).join(' · ');
