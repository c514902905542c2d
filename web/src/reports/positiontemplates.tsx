/* Templates of positions, kept by the officer of an agency: what its people start a report from. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { api, type Got, type Problem } from '../base/api';
import { minute, minutesOf } from '../base/format';
import { source } from '../base/load';
import { zone } from '../base/shell';
import { Action, Dialog, Empty, Field, Note, problemText, Show, TimeInput, toast } from '../base/ui';
import { t } from '../base/words';
import { isBoard } from '../base/access';
import { me } from '../base/session';
import { unitsBelow, whyNot } from '../org/picker';
import { w } from './templatewords';

type List = Got<'/api/v1/reports/positions/{agency}/templates'>;
type Template = List['items'][number];
type Item = { starts: string; ends: string; description: string; volume: string; unit_of_measure: string };

const blank: Item = { starts: '08:00', ends: '10:00', description: '', volume: '1', unit_of_measure: '' };
const isWhole = (i: Item) => i.description.trim().length >= 10 && minutesOf(i.ends) > minutesOf(i.starts) && /^[1-9]\d{0,4}$/.test(i.volume) && !!i.unit_of_measure.trim();
const said = (p: Problem | 'network') => p !== 'network' && p.code === 'refused' ? w().fullHere : problemText(p);

function ItemFields({ n, item, isWrong, set, remove }: { n: number; item: Item; isWrong: boolean; set: (p: Partial<Item>) => void; remove?: () => void }) {
  return <fieldset class="col"><legend class="sr">{w().item(n)}</legend><div class="row between"><h3>{w().item(n)}</h3>{remove && <button type="button" class="link sm" onClick={remove}>{w().remove}</button>}</div>
    <Field label={w().description} error={isWrong ? w().faults : undefined}>{p => <textarea {...p} maxLength={500} value={item.description} onInput={e => set({ description: e.currentTarget.value })} />}</Field>
    <div class="two"><Field label={w().from}>{p => <TimeInput {...p} value={item.starts} onValue={starts => set({ starts })} />}</Field><Field label={w().to}>{p => <TimeInput {...p} value={item.ends} onValue={ends => set({ ends })} />}</Field></div>
    <div class="two"><Field label={w().volume}>{p => <input {...p} inputMode="numeric" maxLength={5} value={item.volume} onInput={e => set({ volume: e.currentTarget.value.replace(/\D/g, '') })} />}</Field><Field label={w().unit}>{p => <input {...p} maxLength={40} value={item.unit_of_measure} onInput={e => set({ unit_of_measure: e.currentTarget.value })} />}</Field></div></fieldset>;
}

function EditDialog({ unit, like, onDone, onClose }: { unit: string; like?: Template; onDone: () => void; onClose: () => void }) {
  const [position, setPosition] = useState(like?.position ?? ''), [name, setName] = useState(like?.name ?? ''), [tried, setTried] = useState(false), [problem, setProblem] = useState<Problem | 'network'>();
  const [items, setItems] = useState<Item[]>(like?.items.map(i => ({ ...i, volume: String(i.volume) })) ?? [blank]);
  const put = (k: number, p: Partial<Item>) => setItems(items.map((x, i) => i === k ? { ...x, ...p } : x));
  const save = async () => {
    setTried(true);
    if (!position.trim() || !name.trim() || !items.every(isWhole)) return;
    const r = await api.PUT('/api/v1/reports/positions/{agency}/templates', { params: { path: { agency: unit } }, body: { ...(like ? { id: like.id } : {}), position: position.trim(), name: name.trim(), items: items.map(i => ({ ...i, description: i.description.trim(), unit_of_measure: i.unit_of_measure.trim(), volume: Number(i.volume) })) } }).catch(() => undefined);
    if (!r?.data) return setProblem((r?.error as Problem | undefined) ?? 'network');
    toast(w().kept);
    onDone();
  };
  return <Dialog title={like ? w().edit : w().add} onClose={onClose} foot={<><Action onAct={save}>{w().save}</Action><button class="btn ghost" onClick={onClose}>{t().cancel}</button></>}>
    {problem && <Note tone="bad" icon="warn">{said(problem)}</Note>}
    <Field label={w().position} hint={w().positionHint} error={tried && !position.trim() ? w().needed : undefined}>{p => <input {...p} maxLength={120} value={position} onInput={e => setPosition(e.currentTarget.value)} />}</Field>
    <Field label={w().name} hint={w().nameHint} error={tried && !name.trim() ? w().needed : undefined}>{p => <input {...p} maxLength={80} value={name} onInput={e => setName(e.currentTarget.value)} />}</Field>
    {items.map((item, i) => <ItemFields key={i} n={i + 1} item={item} isWrong={tried && !isWhole(item)} set={p => put(i, p)} remove={items.length > 1 ? () => setItems(items.filter((_, k) => k !== i)) : undefined} />)}
    {items.length < 20 && <button type="button" class="btn ghost" onClick={() => setItems([...items, { ...blank, starts: items.at(-1)!.ends, ends: items.at(-1)!.ends }])}>{w().addItem}</button>}</Dialog>;
}

function Kept({ unit }: { unit: string }) {
  const s = useMemo(() => source<List>(null, () => api.GET('/api/v1/reports/positions/{agency}/templates', { params: { path: { agency: unit } } })), [unit]);
  const [editing, edit] = useState<Template | 'new'>(), [problem, setProblem] = useState<Problem | 'network'>();
  useEffect(() => { void s.refresh(); }, [s]);
  const end = async (x: Template) => {
    const r = await api.POST('/api/v1/reports/positions/{agency}/templates/{id}/end', { params: { path: { agency: unit, id: x.id } } }).catch(() => undefined);
    if (!r || r.error) return setProblem((r?.error as Problem | undefined) ?? 'network');
    toast(w().removed);
    await s.refresh();
  };
  return <><div class="row"><button class="btn small" onClick={() => edit('new')}>{w().add}</button></div>{problem && <Note tone="bad" icon="warn">{said(problem)}</Note>}
    <Show source={s} zone={zone()} height={160}>{v => v.items.length === 0 ? <Empty>{w().noneHere}</Empty> : <ul class="list">{v.items.map(x => <li key={x.id}><div class="row between start"><span class="col tight grow"><b>{x.position}</b><span>{x.name}</span>
      {x.items.map((i, k) => <span key={k} class="sm muted"><span class="num">{minute(i.starts)}–{minute(i.ends)}</span> · {i.description} · {i.volume} {i.unit_of_measure}</span>)}</span>
      <span class="row tight"><button class="btn ghost small" onClick={() => edit(x)}>{w().edit}</button><Action class="btn danger small" onAct={() => end(x)}>{w().remove}</Action></span></div></li>)}</ul>}</Show>
    {editing && <EditDialog unit={unit} like={editing === 'new' ? undefined : editing} onClose={() => edit(undefined)} onDone={() => { edit(undefined); void s.refresh(); }} />}</>;
}

/** The agencies one keeps templates for. */
async function ownAgencies(): Promise<readonly { id: string; name: string }[]> {
  const mine = me.peek()!;
  return isBoard(mine) ? unitsBelow() : mine.roles.filter(r => r.role === 'agency_officer' && r.unit !== undefined).map(r => ({ id: r.unit!, name: r.unit_name ?? '' }));
}

export function PositionTemplates() {
  const [agencies, setAgencies] = useState<readonly { id: string; name: string }[]>([]), [unit, setUnit] = useState(''), [problem, setProblem] = useState<Problem | 'network'>();
  useEffect(() => { void ownAgencies().then(list => { setAgencies(list); setUnit(list[0]?.id ?? ''); }, e => setProblem(whyNot(e))); }, []);
  return <section class="card"><h2>{w().page}</h2><p class="sm muted">{w().pageHint}</p>{problem && <Note tone="bad" icon="warn">{problemText(problem)}</Note>}
    {agencies.length > 1 && <Field label={w().agency}>{p => <select {...p} value={unit} onChange={e => setUnit(e.currentTarget.value)}>{agencies.map(a => <option key={a.id} value={a.id}>{a.name}</option>)}</select>}</Field>}
    {unit && <Kept unit={unit} key={unit} />}</section>;
}
