/* What the dialogs of working time share: faults at their fields, whom a rule holds for, the end of a rule. */
import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { serverNow, type Problem } from '../base/api';
import { isBoard } from '../base/access';
import { dayIn } from '../base/format';
import { me } from '../base/session';
import { zone } from '../base/shell';
import { Action, DateInput, Dialog, Field, Note, problemText, toast } from '../base/ui';
import { t } from '../base/words';
import { UnitPicker, type Unit } from '../org/picker';
import { w } from './words';

/** The reason of a refusal in words. */
export const reasonText = (reason: string | undefined) => reason ? w().reasons[reason] ?? reason : '';
export type Failure = Problem | 'network';
export type Answer = { error?: unknown } | undefined;
export const failureOf = (r: Answer): Failure | undefined => !r ? 'network' : (r.error as Problem | undefined);
export const today = () => dayIn(serverNow(), zone());

/** Faults of a form: what is missing, and what the server refuses, at the field it names when that is shown. */
export function useForm(shown: readonly string[]) {
  const [problem, setProblem] = useState<Failure>(), [missing, setMissing] = useState<readonly string[]>([]), body = useRef<HTMLDivElement>(null);
  const focus = () => requestAnimationFrame(() => body.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus());
  const pointer = problem && problem !== 'network' ? problem.pointer?.slice(1) : undefined, isAtField = !!pointer && shown.includes(pointer.split('/')[0]!);
  return {
    body,
    at: (field: string) => missing.includes(field) ? w().missing : isAtField && pointer === field ? reasonText((problem as Problem).reason) : undefined,
    /** Names the gaps; true when there are none. */
    complete: (gaps: Record<string, boolean>) => {
      const names = Object.keys(gaps).filter(k => gaps[k]);
      setMissing(names);
      setProblem(undefined);
      if (names.length) focus();
      return names.length === 0;
    },
    fail: (p: Failure) => { setProblem(p); focus(); },
    top: problem && !isAtField ? <Note tone="bad" icon="warn">{problemText(problem)}{problem !== 'network' && problem.reason && <> {reasonText(problem.reason)}</>}</Note> : null,
  };
}
export type Form = ReturnType<typeof useForm>;

export function FormDialog({ title, hint, f, broad, onClose, onSave, children }: { title: string; hint?: string; f: Form; broad?: boolean; onClose: () => void; onSave: () => Promise<unknown>; children: ComponentChildren }) {
  return <Dialog title={title} broad={broad} onClose={onClose} foot={<><Action onAct={onSave}>{w().save}</Action><button type="button" class="btn ghost" onClick={onClose}>{t().cancel}</button></>}>
    <div class="col" ref={f.body}>{f.top}{hint && <p class="sm muted">{hint}</p>}{children}</div></Dialog>;
}

type Draft = Record<string, string>;
interface TextProps { f: Form; v: Draft; put: (p: Draft) => void; name: string; label: string; max: number; hint?: string; kind?: 'number' }
export const Text = ({ f, v, put, name, label, max, hint, kind }: TextProps) =>
  <Field label={label} hint={hint} error={f.at(name)}>{p => <input {...p} {...(kind ? { inputMode: 'numeric' as const } : {})} maxLength={max} value={v[name]} onInput={e => put({ [name]: e.currentTarget.value })} />}</Field>;
export const Day = ({ f, v, put, name, label, none }: Omit<TextProps, 'max' | 'hint' | 'kind'> & { none?: string }) =>
  <Field label={label} error={f.at(name)}>{p => <DateInput {...p} value={v[name]!} none={none ?? ''} onValue={d => put({ [name]: d })} />}</Field>;
export const Pair = ({ children }: { children: ComponentChildren }) => <div class="two roomy">{children}</div>;

/** Whom a rule holds for: the whole government where one may, else a unit. */
export function Scope({ unit, f, onPick }: { unit: Unit | 'all' | undefined; f: Form; onPick: (u: Unit | 'all' | undefined) => void }) {
  const board = !!me.value && isBoard(me.value);
  return <><fieldset class="row"><legend class="strong sm">{w().scope}</legend>
    {board && <label class="check"><input type="radio" name="scope" checked={unit === 'all'} onChange={() => onPick('all')} />{w().everyone}</label>}
    <label class="check"><input type="radio" name="scope" checked={unit !== 'all'} onChange={() => onPick(undefined)} />{w().scopeUnit}</label></fieldset>
    {unit !== 'all' && <UnitPicker own start={me.value?.unit?.agency} itself={w().all} error={f.at('unit')} onPick={onPick} />}</>;
}
export const unitOf = (unit: Unit | 'all' | undefined) => unit && unit !== 'all' ? { unit: unit.id } : {};

export function EndDialog({ what, name, onClose, onEnd, onDone }: { what: string; name: string; onClose: () => void; onEnd: (day: string) => Promise<Answer>; onDone: () => void }) {
  const f = useForm(['last_day']), [v, set] = useState<Draft>({ last_day: today() });
  const end = async () => {
    if (!f.complete({ last_day: !v.last_day })) return;
    const bad = failureOf(await onEnd(v.last_day!).catch(() => undefined));
    if (bad) return f.fail(bad);
    toast(w().endedToast);
    onClose();
    onDone();
  };
  return <Dialog title={w().endTitle(what)} onClose={onClose} foot={<><Action class="btn danger" onAct={end}>{w().end}</Action><button class="btn ghost" onClick={onClose}>{t().cancel}</button></>}>
    <div class="col" ref={f.body}>{f.top}<p><b>{name}</b></p><p class="sm muted">{w().endHint}</p><Day f={f} v={v} put={p => set({ ...v, ...p })} name="last_day" label={w().lastDay} /></div></Dialog>;
}
