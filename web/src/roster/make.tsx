/* Making a roster: what the planner sets, and the best one there is, which can be stopped while it is sought. */
import { useRef, useState } from 'preact/hooks';
import { api, type Got, type Problem } from '../base/api';
import { span } from '../base/format';
import { useNeeded } from '../base/needed';
import { Action, DateInput, Dialog, Field, Note, problemText, toast } from '../base/ui';
import { t } from '../base/words';
import { UnitPicker } from '../org/picker';
import { Weekdays } from '../policy/weekdays';
import { OfficeDays } from './officedays';
import { w, whyRefused } from './officewords';

export type Settings = Got<'/api/v1/roster/versions/{version}/sheet'>['settings'];
export const said = (p: Problem | 'network') => p !== 'network' && whyRefused(p.reason) || problemText(p);

const whole = (text: string, most: number): number | undefined => { const n = Number(text); return text.trim() && Number.isInteger(n) && n >= 0 && n <= most ? n : undefined; };
type Numbered = 'percent' | 'least' | 'most' | 'run_most' | 'edge_most' | 'seed';
const most: Record<Numbered, number> = { percent: 100, least: 62, most: 62, run_most: 62, edge_most: 62, seed: 1_000_000 };

const nothing: Settings = { weekdays: [], edge_once: false, team_day: false, office: [] };
/* what counts days of the whole period holds for no part of it */
const ofPeriod = ['least', 'most', 'edge_most'] as const;
/** What a version's settings say for the days of its period that are left. */
export function settingsLeft(s: Settings, isWhole: boolean): Settings {
  const left = { ...s };
  if (!isWhole) for (const key of ofPeriod) delete left[key];
  return left;
}

/** What the planner sets; empty fields are not set. */
export function SettingsFields({ node, value, onChange }: { node?: { id: string; name: string }; value: Settings; onChange: (s: Settings) => void }) {
  const number = (key: Numbered, label: string, hint?: string) => <Field label={label} {...(hint ? { hint } : {})}>{p => <input {...p} inputMode="numeric" maxLength={7} value={value[key] ?? ''} onInput={e => { const { [key]: _, ...rest } = value, n = whole(e.currentTarget.value, most[key]); onChange(n === undefined ? rest : { ...rest, [key]: n }); }} />}</Field>;
  /* a setting never hides; what is typed later does not close it */
  const [open] = useState(['percent', 'least', 'most', 'run_most', 'edge_most'].some(k => value[k as Numbered] !== undefined) || value.edge_once || value.team_day || !!value.office?.length);
  return <><Weekdays legend={w().weekdays} hint={w().weekdaysHint} value={value.weekdays ?? []} onChange={weekdays => onChange({ ...value, weekdays })} />
    <details open={open}><summary class="sm strong">{w().more}</summary><div class="col">{number('percent', w().percent, w().percentHint)}<div class="two">{number('least', w().least)}{number('most', w().most)}</div>
      <label class="check"><input type="checkbox" checked={value.edge_once} onChange={e => onChange({ ...value, edge_once: e.currentTarget.checked })} />{w().edgeOnce}</label>
      <label class="check"><input type="checkbox" checked={value.team_day} onChange={e => onChange({ ...value, team_day: e.currentTarget.checked })} />{w().teamDay}</label><span class="xs muted">{w().teamDayHint}</span>
      <div class="two">{number('run_most', w().runMost)}{number('edge_most', w().edgeMost)}</div>{node && <OfficeDays node={node} value={value.office ?? []} onChange={office => onChange({ ...value, office })} />}{number('seed', w().seed, w().seedHint)}</div></details></>;
}

/** Runs what may take a while; the one who waits may stop it. */
export function useSolve(unit: string | undefined) {
  const [busy, setBusy] = useState(false), stopping = useRef(false);
  return {
    busy,
    stop: () => { stopping.current = true; if (unit) void api.POST('/api/v1/roster/stop', { body: { unit } }).catch(() => undefined); },
    run: async <T,>(ask: () => Promise<{ data?: T; error?: object }>): Promise<{ data?: T; problem?: Problem | 'network'; stopped?: boolean }> => {
      stopping.current = false;
      setBusy(true);
      const r = await ask().catch((): { data?: T; error?: object } => ({}));
      setBusy(false);
      if (r.data !== undefined) return { data: r.data };
      return stopping.current ? { stopped: true } : { problem: r.error as Problem | undefined ?? 'network' };
    },
  };
}

export const Solving = ({ onStop }: { onStop: () => void }) => <Note tone="info" icon="clock"><span class="row">{w().solving}<button type="button" class="link" onClick={onStop}>{w().stop}</button></span></Note>;

/** A new draft for a node and a period; one that mends a version begins with its settings. */
export function MakeDialog({ unit: given, unitName, from: first, to: last, keeps = false, mended, onMade, onClose }: { unit?: string; unitName?: string; from: string; to: string; keeps?: boolean; mended?: { from: string; settings: Settings }; onMade: (version: string) => void; onClose: () => void }) {
  const [node, setNode] = useState(given ? { id: given, name: unitName ?? '' } : undefined), [from, setFrom] = useState(first), [to, setTo] = useState(last), [settings, setSettings] = useState(mended ? settingsLeft(mended.settings, mended.from === first) : nothing), [close, setClose] = useState(keeps), [note, setNote] = useState(''), [problem, setProblem] = useState<Problem | 'network'>();
  const n = useNeeded({ unit: !node, from: !from, to: !to }), solve = useSolve(node?.id), pointer = problem && problem !== 'network' ? problem.pointer : undefined;
  const at = (field: 'from' | 'to') => n.at(field) ?? (pointer === `/period_${field}` ? said(problem!) : undefined);
  const make = async () => {
    setProblem(undefined);
    if (!n.complete()) return;
    const r = await solve.run(() => api.POST('/api/v1/roster/versions', { body: { unit: node!.id, period_from: from, period_to: to, settings, keeps: close, ...(note ? { note } : {}) } }));
    if (r.stopped) return toast(w().stopped);
    if (!r.data) return n.refuse(() => setProblem(r.problem));
    toast(w().made);
    onMade(r.data.id);
  };
  return <Dialog title={keeps ? w().replan : w().make} {...(unitName ? { sub: `${unitName} · ${span(from || first, to || last)}` } : {})} onClose={onClose} foot={<><Action onAct={make}>{w().compute}</Action><button type="button" class="btn ghost" onClick={onClose}>{t().cancel}</button></>}>
    {problem && !pointer?.startsWith('/period') && <Note tone="bad" icon="warn">{said(problem)}</Note>}{solve.busy && <Solving onStop={solve.stop} />}
    {keeps && <p class="sm">{w().replanHint}</p>}{mended && mended.from !== first && ofPeriod.some(k => mended.settings[k] !== undefined) && <Note tone="info">{w().replanLeft}</Note>}{!given && <UnitPicker own error={n.at('unit')} onPick={u => { setNode(u); setSettings(s => ({ ...s, office: [] })); }} />}
    <div class="two"><Field label={w().from} error={at('from')}>{p => <DateInput {...p} value={from} onValue={setFrom} />}</Field><Field label={w().to} error={at('to')}>{p => <DateInput {...p} value={to} min={from} onValue={setTo} />}</Field></div>
    <SettingsFields node={node} value={settings} onChange={setSettings} /><label class="check"><input type="checkbox" checked={close} onChange={e => setClose(e.currentTarget.checked)} />{w().keeps}</label>
    <Field label={w().note}>{p => <input {...p} maxLength={200} value={note} onInput={e => setNote(e.currentTarget.value)} />}</Field></Dialog>;
}
