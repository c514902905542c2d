/* The sheet of an office and how it is read: what was found, the editor, the saved mappings. */
import { useEffect, useState } from 'preact/hooks';
import { api, type Got, type Problem } from '../base/api';
import { number, stamp } from '../base/format';
import { source } from '../base/load';
import { zone } from '../base/shell';
import { Action, Empty, Field, Note, problemText, Show, toast } from '../base/ui';
import { draftOf, mean, missing, put, sent, strange, unread, type Draft, type Order, type Preview } from './mapping';
import { mw } from './mapwords';

export type Kind = Got<'/api/v1/imports'>['items'][number]['kind'];

const label = (column: string) => mw().column[column] ?? column;
const choiceText = (c: string) => mw().choice[c] ?? c;

type ColumnProps = { p: Preview; d: Draft; name: string; set: (d: Draft) => void; wrong: boolean };
/* One of our columns: where it comes from, its fixed value, and what the words below its heading mean. */
function ColumnEdit({ p, d, name, set, wrong }: ColumnProps) {
  const wanted = p.columns.find(c => c.name === name)!, now = d.columns[name]!, at = p.headings.find(h => h.heading === now.heading);
  const words = strange(p, name, d), choices = wanted.choices;
  return <fieldset class="inset col"><legend class="strong">{label(name)}{wanted.is_required && <span class="sm muted"> ({mw().required})</span>}</legend>
    <div class="two">
      <Field label={mw().from} error={wrong ? mw().missingColumn : undefined}>{f => <select {...f} value={now.heading} onChange={e => set(put(d, name, { heading: e.currentTarget.value }))}><option value="">{mw().none}</option>
        {p.headings.filter(h => h.heading && !h.is_private).map(h => <option key={h.heading} value={h.heading}>{h.heading}</option>)}</select>}</Field>
      <Field label={mw().fixed}>{f => choices.length ? <select {...f} value={now.fixed} onChange={e => set(put(d, name, { fixed: e.currentTarget.value }))}><option value="">–</option>{choices.map(c => <option key={c} value={c}>{choiceText(c)}</option>)}</select>
        : <input {...f} value={now.fixed} maxLength={200} onInput={e => set(put(d, name, { fixed: e.currentTarget.value }))} />}</Field></div>
    {at && at.samples.length > 0 && <p class="sm muted">{mw().sample}: {at.samples.slice(0, 3).join(' · ')}</p>}
    {words.length > 0 && <div class="two">{words.map(said => <Field key={said} label={mw().means(said)}>{f => <select {...f} value={now.values.find(v => v.said === said)?.meant ?? ''} onChange={e => set(mean(d, name, said, e.currentTarget.value))}>
      <option value="">{mw().asIs}</option>{choices.map(c => <option key={c} value={c}>{choiceText(c)}</option>)}</select>}</Field>)}</div>}</fieldset>;
}

function Editor({ kind, p, onSaved, onCancel }: { kind: Kind; p: Preview; onSaved: () => void; onCancel?: () => void }) {
  const [d, set] = useState(() => draftOf(p)), [tried, setTried] = useState(false), [problem, setProblem] = useState<Problem | 'network'>();
  const gaps = missing(p, d), left = unread(p, d);
  const save = async () => {
    setTried(true);
    setProblem(undefined);
    if (gaps.length || !d.name.trim()) return;
    const r = await api.POST('/api/v1/imports/mappings', { body: { kind, name: d.name.trim(), dates: d.dates, ends_at_blank: d.ends_at_blank, columns: sent(d) } }).catch(() => undefined);
    if (!r?.data) return setProblem((r?.error as Problem | undefined) ?? 'network');
    toast(mw().saved2);
    void mappings.refresh();
    onSaved();
  };
  return <div class="col"><h3>{mw().title}</h3><p class="sm muted">{mw().hint} {mw().fixedHint}</p>
    {problem && <Note tone="bad" icon="warn">{problemText(problem)}</Note>}
    {p.columns.map(c => <ColumnEdit key={c.name} p={p} d={d} name={c.name} set={set} wrong={tried && gaps.includes(c.name)} />)}
    {left.private.length > 0 && <Note>{mw().private(left.private.join(', '))}</Note>}
    {left.plain.length > 0 && <p class="sm muted">{mw().unread(left.plain.join(', '))}</p>}
    <Field label={mw().dates}>{f => <select {...f} value={d.dates} onChange={e => set({ ...d, dates: e.currentTarget.value as Order })}>{Object.entries(mw().order).map(([k, text]) => <option key={k} value={k}>{text}</option>)}</select>}</Field>
    {p.sheets.length > 0 && <label class="check"><input type="checkbox" checked={d.ends_at_blank} onChange={e => set({ ...d, ends_at_blank: e.currentTarget.checked })} /> <span>{mw().endsAtBlank}</span></label>}
    <Field label={mw().name} error={tried && !d.name.trim() ? mw().missingName : undefined}>{f => <input {...f} value={d.name} maxLength={80} onInput={e => set({ ...d, name: e.currentTarget.value })} />}</Field>
    <div class="row"><Action onAct={save}>{mw().save}</Action>{onCancel && <button type="button" class="btn ghost" onClick={onCancel}>{mw().cancel}</button>}</div></div>;
}

const told = (p: Preview) => p.from === 'own' ? mw().own : p.from === 'saved' ? mw().saved(p.name ?? '') : p.from === 'example' ? mw().example(p.name ?? '') : p.from === 'likeness' ? mw().likeness : mw().nothing;

/** What was found in the file; the editor opens where nobody said yet what the headings mean. */
export function SheetLook({ kind, p, onSaved }: { kind: Kind; p: Preview; onSaved: () => void }) {
  const known = p.from === 'own' || p.from === 'saved', [editing, setEditing] = useState(!known);
  return <div class="col"><h3>{mw().look}</h3><p class="sm num">{mw().where(p.sheet, number(p.line))}</p>
    <Note tone={known ? 'ok' : 'warn'} icon={known ? 'check' : 'warn'}>{told(p)}{p.from === 'saved' && !editing && <> <button type="button" class="link" onClick={() => setEditing(true)}>{mw().change}</button></>}</Note>
    {editing && <Editor kind={kind} p={p} onSaved={onSaved} onCancel={known ? () => setEditing(false) : undefined} />}</div>;
}

let asked: Kind = 'employees';
const mappings = source<Got<'/api/v1/imports/mappings'>>(null, () => api.GET('/api/v1/imports/mappings', { params: { query: { kind: asked } } }));

/** Mappings in force of a kind; examples of the program are only offered where a sheet is like them. */
export function SavedMappings({ kind }: { kind: Kind }) {
  useEffect(() => { asked = kind; void mappings.refresh(); }, [kind]);
  const end = async (id: string) => {
    await api.POST('/api/v1/imports/mappings/{mapping}/end', { params: { path: { mapping: id } } }).catch(() => undefined);
    toast(mw().ended);
    await mappings.refresh();
  };
  return <section class="card"><h2>{mw().list}</h2><Show source={mappings} zone={zone()} height={80}>{v => {
    const saved = v.items.filter(m => m.id && m.kind === kind);
    return saved.length === 0 ? <Empty>{mw().noList}</Empty> : <ul class="list">{saved.map(m => <li key={m.id}><div class="row between"><b class="grow">{m.name}</b><Action class="btn ghost small" onAct={() => end(m.id!)}>{mw().end}</Action></div>
      <span class="sm muted num">{mw().columns(number(m.columns.length))} · {mw().by(m.saved_by ?? '', stamp(m.saved_at!, zone()))}</span></li>)}</ul>;
  }}</Show></section>;
}
