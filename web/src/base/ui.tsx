/* The components every screen is made of. Each says what it is to a screen reader without being asked. */
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { signal } from '@preact/signals';
import { online, serverNow, type Problem } from './api';
import { clock, dayIn, dayOfMonth, initials, longDay, minute, shortFullDay, stamp, weekday, type Zone } from './format';
import { Icon, type IconName } from './icons';
import type { Loaded, Source } from './load';
import { t } from './words';

export type Mode = keyof ReturnType<typeof t>['mode'];
export type Tone = 'ok' | 'warn' | 'bad' | 'info' | '';

export const Chip = ({ tone = '', children }: { tone?: Tone; children: ComponentChildren }) => <span class={`chip ${tone}`}>{children}</span>;
export const Swatch = ({ mode }: { mode: Mode }) => <i class={`sw ${mode}`} aria-hidden="true" />;
export const Letter = ({ mode }: { mode: Mode }) => <span class={`letter ${mode}`} aria-hidden="true">{t().letter[mode]}</span>;
/** Where one works, and beneath it when. */
export const ModeText = ({ mode, children }: { mode: Mode; children?: ComponentChildren }) =>
  <span class="row nowrap"><Letter mode={mode} /><span class="col tight"><b>{t().mode[mode]}</b>{children && <span class="sm muted num">{children}</span>}</span></span>;
export const reportTone: Record<keyof ReturnType<typeof t>['report'], Tone> = { none: '', draft: '', submitted: 'info', verified: 'ok', returned: 'bad' };
export const Initials = ({ name }: { name: string }) => <span class="initials" aria-hidden="true">{initials(name)}</span>;
export const Note = ({ tone = '', icon = 'info', children }: { tone?: Tone; icon?: IconName; children: ComponentChildren }) =>
  <div class={`note ${tone}`} role={tone === 'bad' ? 'alert' : 'status'}><Icon name={icon} color={tone || 'info'} /><div>{children}</div></div>;
export const Empty = ({ children }: { children: ComponentChildren }) => <p class="empty">{children}</p>;
export const Skeleton = ({ height = 96 }: { height?: number }) => <div class="skeleton" role="progressbar" aria-busy="true" aria-label={t().loading} style={{ minHeight: `${height}px` }} />;
export const DateBadge = ({ day }: { day: string }) => <span class="date"><span class="sr">{longDay(day)} </span><span class="xs" aria-hidden="true">{weekday(day)}</span><b class="num" aria-hidden="true">{dayOfMonth(day)}</b></span>;

export const NetChip = () => <span class={`net${online.value ? '' : ' off'}`} role="status"><i aria-hidden="true" />{online.value ? t().online : t().offline}</span>;

export const problemText = (p: Problem | 'network') => p === 'network' ? t().failed : t().problems[p.code] ?? p.title;

/** Refused because what one looked at has changed meanwhile: with the way to the latest. */
export const Reload = ({ problem: p, onReload }: { problem: Problem | 'network'; onReload: () => void }) => p !== 'network' && /^(stale|conflict|report_state)$/.test(p.code) ? <> <button type="button" class="link" onClick={onReload}>{t().reload}</button></> : null;

/* A copy of another day must not read as today's. */
const ageText = (at: string, zone: Zone) => dayIn(new Date(at), zone) === dayIn(serverNow(), zone) ? clock(at, zone) : stamp(at, zone);

/** The four honest states of anything loaded. */
export function Show<T>({ source, zone = 'WIB', height, children }: { source: Source<T>; zone?: Zone; height?: number; children: (value: T, l: Loaded<T>) => ComponentChildren }) {
  const l = source.state.value;
  if (l.value === undefined) return l.problem && !l.busy
    ? <Note tone={l.problem === 'network' ? 'warn' : 'bad'} icon="warn">{problemText(l.problem)} <button class="link" onClick={() => void source.refresh()}>{t().retry}</button></Note>
    : <Skeleton height={height} />;
  return <>
    {!l.fresh && !l.busy && l.at && <Note tone="warn" icon="clock">{!l.problem || l.problem === 'network' ? t().staleOf(ageText(l.at, zone)) : `${t().dataOf(ageText(l.at, zone))} ${problemText(l.problem)}`} <button class="link" onClick={() => void source.refresh()}>{t().retry}</button></Note>}
    {children(l.value, l)}
  </>;
}

/** "Provinsi Jawa Barat", as one chooses it at sign-in: fits a narrow phone, and tells a city from the regency of the same name. */
export const governmentName = (g: { kind: keyof ReturnType<typeof t>['kinds']; short_name: string }) => g.short_name.startsWith(t().kinds[g.kind]) ? g.short_name : `${t().kinds[g.kind]} ${g.short_name}`;

type FieldProps = { label: string; hint?: string; error?: string; children: (p: { id: string; 'aria-invalid'?: 'true'; 'aria-describedby'?: string }) => ComponentChildren };
/** Label above, hint, control, error sentence: `<Field label="NIP">{p => <input {...p} />}</Field>`. */
export function Field({ label, hint: asked, error, children }: FieldProps) {
  /* an error that repeats the hint takes its place */
  const id = useId(), hint = asked === error ? undefined : asked, told = [hint && `${id}-h`, error && `${id}-e`].filter(Boolean).join(' ') || undefined;
  return <div class="field"><label for={id}>{label}</label>
    {hint && <span class="hint" id={`${id}-h`}>{hint}</span>}
    {children({ id, 'aria-invalid': error ? 'true' : undefined, 'aria-describedby': told })}
    {error && <span class="err" id={`${id}-e`}>{error}</span>}
  </div>;
}

type InputProps = { value: string; onValue: (value: string) => void; id?: string; min?: string; max?: string; 'aria-invalid'?: 'true'; 'aria-describedby'?: string; 'aria-label'?: string };
/* The browser writes dates and times in its own language: until one edits them, the office's way is shown. */
const Said = ({ type, text, value, onValue, ...rest }: InputProps & { type: 'date' | 'time'; text: string }) => <span class={`said ${type === 'date' ? 'day' : ''}`}>
  <input {...rest} type={type} value={value} onChange={e => onValue(e.currentTarget.value)} /><span class="num" aria-hidden="true">{text}</span></span>;
export const DateInput = ({ none = '', ...p }: InputProps & { none?: string }) => <Said {...p} type="date" text={p.value ? shortFullDay(p.value) : none} />;
export const TimeInput = (p: InputProps) => <Said {...p} type="time" text={p.value && minute(p.value)} />;

/** What may be evidence; a phone's chooser offers other files all the same, and the server looks at the content. */
export const EVIDENCE = 'image/jpeg,image/png,image/webp,application/pdf';
export const isEvidence = (f: { type: string }) => EVIDENCE.split(',').includes(f.type);
/** A file, asked for in the language of the app. The same file, mended, can be chosen again. */
export const FileInput = ({ onFile, disabled, label, ...rest }: { onFile: (file: File | undefined) => void; label: string; accept: string; disabled?: boolean; id?: string; 'aria-invalid'?: 'true'; 'aria-describedby'?: string }) =>
  <span class="btn ghost small filepick" aria-disabled={disabled}><Icon name="upload" />{label}<input {...rest} type="file" disabled={disabled} onClick={e => { e.currentTarget.value = ''; }} onChange={e => onFile(e.currentTarget.files?.[0])} /></span>;

/** A native dialog that is open while it is rendered; Escape and the back of it call onClose. Title and `foot` stay, the rest scrolls. */
export function Dialog({ title, sub, onClose, broad, foot, children }: { title: string; sub?: string; onClose: () => void; broad?: boolean; foot?: ComponentChildren; children: ComponentChildren }) {
  const ref = useRef<HTMLDialogElement>(null), id = useId();
  useEffect(() => { const d = ref.current!; if (!d.open) d.showModal(); return () => d.close(); }, []);
  return <dialog ref={ref} class={broad ? 'broad' : ''} aria-labelledby={`${id} ${id}-s`} onCancel={e => { e.preventDefault(); onClose(); }} onClick={e => { if (e.target === ref.current) onClose(); }}>
    <div class="dhead"><div class="col tight"><h2 id={id}>{title}</h2>{sub && <p class="sm muted num" id={`${id}-s`}>{sub}</p>}</div><button type="button" class="link noprint" onClick={onClose}>{t().close}</button></div>
    <div class="dbody" tabIndex={0} role="group" aria-labelledby={id}>{children}</div>
    {foot && <div class="dfoot">{foot}</div>}
  </dialog>;
}

const toastText = signal('');
export function toast(text: string) {
  toastText.value = text;
  setTimeout(() => { if (toastText.value === text) toastText.value = ''; }, 5000);
}
export const Toast = () => <div role="status" aria-live="polite">{toastText.value && <div class="toast">{toastText.value}</div>}</div>;

/** A button that is busy while its promise runs, so that nothing is sent twice. What a long form is refused for comes into sight. */
export function Action({ onAct, children, ...rest }: { onAct: () => Promise<unknown>; children: ComponentChildren } & { class?: string; disabled?: boolean }) {
  const [busy, setBusy] = useState(false);
  return <button type="button" class="btn" {...rest} disabled={busy || rest.disabled} aria-busy={busy}
    onClick={e => { const form = e.currentTarget.closest('dialog'); setBusy(true); void onAct().finally(() => { setBusy(false); requestAnimationFrame(() => form?.querySelector('.note.bad, [aria-invalid=true]')?.scrollIntoView({ block: 'center' })); }); }}>{children}</button>;
}

/** Parts of a whole as one bar, with the sentence that says it. */
export const StackedBar = ({ parts, whole, label }: { parts: { kind: string; value: number }[]; whole: number; label: string }) =>
  <div class="bar" role="img" aria-label={label}>{parts.map(p => <i key={p.kind} class={p.kind} style={{ width: `${whole ? (p.value / whole) * 100 : 0}%` }} />)}</div>;

export const Kpi = ({ label, value, sub, tone = '' }: { label: string; value: string; sub: string; tone?: Tone }) =>
  <div class={`kpi ${tone}`}><div class="sm muted">{label}</div><b class="num">{value}</b><div class="xs muted num">{sub}</div></div>;
