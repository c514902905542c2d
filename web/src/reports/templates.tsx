/* Templates while a report is written: one is chosen, or kept from what was written. Loaded when asked for. */
import { useEffect, useState } from 'preact/hooks';
import { api, online, type Problem } from '../base/api';
import { Action, Dialog, Empty, Field, Note, problemText, toast } from '../base/ui';
import { t } from '../base/words';
import { templates, type Template } from './fill';
import { w } from './templatewords';

/** Why a template was not kept or put away. */
const said = (p: Problem | 'network') => p !== 'network' && p.code === 'refused' ? w().full : problemText(p);

function Group({ title, list, onUse, onRemove }: { title: string; list: readonly Template[]; onUse: (t: Template) => void; onRemove?: (t: Template) => Promise<void> }) {
  if (list.length === 0) return null;
  return <section><h3>{title}</h3><ul class="list">{list.map(x => <li key={x.id}><div class="row between"><span class="col tight grow"><b>{x.name}</b><span class="sm muted">{w().items(x.items.length)} · {x.items[0]!.description}</span></span>
    <span class="row tight">{onRemove && <Action class="link sm" aria-label={w().removeOf(x.name)} onAct={() => onRemove(x)}>{w().remove}</Action>}<button type="button" class="btn small" aria-label={w().useOf(x.name)} onClick={() => onUse(x)}>{w().use}</button></span></div></li>)}</ul></section>;
}

export function TemplateDialog({ onUse, onClose }: { onUse: (t: Template) => void; onClose: () => void }) {
  const [problem, setProblem] = useState<Problem | 'network'>(), { value, busy } = templates.state.value, list = value?.items ?? [];
  useEffect(() => { void templates.refresh(); }, []);
  const remove = async (x: Template) => {
    const r = await api.POST('/api/v1/reports/templates/{id}/end', { params: { path: { id: x.id } } }).catch(() => undefined);
    if (!r || r.error) return setProblem((r?.error as Problem | undefined) ?? 'network');
    toast(w().removed);
    await templates.refresh();
  };
  return <Dialog title={w().choose} onClose={onClose}>
    {problem && <Note tone="bad" icon="warn">{said(problem)}</Note>}
    {list.length === 0 && !busy && <Empty>{value ? w().none : w().unknown}</Empty>}
    <Group title={w().own} list={list.filter(x => x.own)} onUse={onUse} onRemove={online.value ? remove : undefined} />
    <Group title={w().ofPosition} list={list.filter(x => !x.own)} onUse={onUse} /></Dialog>;
}

export function KeepDialog({ items, onClose }: { items: Template['items']; onClose: () => void }) {
  const [name, setName] = useState(''), [tried, setTried] = useState(false), [problem, setProblem] = useState<Problem | 'network'>();
  useEffect(() => { void templates.refresh(); }, []);
  const same = templates.state.value.value?.items.find(x => x.own && x.name.toLowerCase() === name.trim().toLowerCase());
  const save = async () => {
    setTried(true);
    if (!name.trim()) return;
    const r = await api.PUT('/api/v1/reports/templates', { body: { ...(same ? { id: same.id } : {}), name: name.trim(), items } }).catch(() => undefined);
    if (!r?.data) return setProblem((r?.error as Problem | undefined) ?? 'network');
    toast(w().kept);
    void templates.refresh();
    onClose();
  };
  return <Dialog title={w().keep} onClose={onClose} foot={<><Action onAct={save} disabled={!online.value}>{w().save}</Action><button type="button" class="btn ghost" onClick={onClose}>{t().cancel}</button></>}>
    {problem && <Note tone="bad" icon="warn">{said(problem)}</Note>}{!online.value && <Note icon="info">{w().needsSignal}</Note>}
    <p class="sm muted">{w().keepHint(items.length)}</p>
    <Field label={w().name} hint={same ? w().replaces : w().nameHint} error={tried && !name.trim() ? w().needed : undefined}>{p => <input {...p} maxLength={80} value={name} onInput={e => setName(e.currentTarget.value)} />}</Field></Dialog>;
}
