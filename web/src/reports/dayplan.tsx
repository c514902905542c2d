/* Rencana harian: what one means to do on a day, said before it begins; its report can start from it. */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { api, online, serverNow, type Problem } from '../base/api';
import { addDays, dayIn, longDay, stamp } from '../base/format';
import { Icon } from '../base/icons';
import { zone } from '../base/shell';
import { Action, DateInput, Field, Note, problemText, Show, toast } from '../base/ui';
import { choicesOn, dayPlanOf, plansOf, taskChoices, tasksOf, type Choice, type DayPlan, type TaskChoice } from './fill';
import { w } from './targetwords';

export interface Item { description: string; target?: string; task?: string; volume: string; unit_of_measure: string }
const blank = (): Item => ({ description: '', volume: '', unit_of_measure: '' });
const itemsOf = (p: DayPlan): Item[] => p.items.length ? p.items.map(i => ({ description: i.description, target: i.target, task: i.task, volume: i.volume ? String(i.volume) : '', unit_of_measure: i.unit_of_measure ?? '' })) : [blank()];
/** Lines nobody wrote into are left out. */
export const toBody = (day: string, items: Item[]) => ({
  day, items: items.filter(i => i.description.trim()).map(i => ({ description: i.description.trim(), ...(i.target && { target: i.target }), ...(i.task && { task: i.task }), ...(Number(i.volume) > 0 && { volume: Number(i.volume) }), ...(i.unit_of_measure.trim() && { unit_of_measure: i.unit_of_measure.trim() }) })),
});

function ItemForm({ n, item, choices, tasks, error, set, remove }: { n: number; item: Item; choices: Choice[]; tasks: TaskChoice[]; error?: string; set: (p: Partial<Item>) => void; remove?: () => void }) {
  const choose = (id: string) => { const c = choices.find(x => x.id === id); set({ target: c?.id, ...(c?.unit && !item.unit_of_measure.trim() && { unit_of_measure: c.unit }) }); };
  return <fieldset class="card"><legend class="sr">{w().itemN(n)}</legend>
    <div class="row between"><h3>{w().itemN(n)}</h3>{remove && <button type="button" class="link sm" onClick={remove}>{w().remove}</button>}</div>
    <Field label={w().description} error={error}>{p => <textarea {...p} maxLength={300} value={item.description} onInput={e => set({ description: e.currentTarget.value })} />}</Field>
    {choices.length > 0 && <Field label={w().target}>{p => <select {...p} value={choices.some(c => c.id === item.target) ? item.target : ''} onChange={e => choose(e.currentTarget.value)}><option value="">{w().noTarget}</option>{choices.map(c => <option key={c.id} value={c.id}>{c.result}</option>)}</select>}</Field>}
    {tasks.length > 0 && <Field label={w().task}>{p => <select {...p} value={tasks.some(x => x.id === item.task) ? item.task : ''} onChange={e => set({ task: e.currentTarget.value || undefined })}><option value="">{w().noTask}</option>{tasks.map(x => <option key={x.id} value={x.id}>{x.subject}</option>)}</select>}</Field>}
    <div class="two"><Field label={w().volume}>{p => <input {...p} inputMode="numeric" maxLength={5} value={item.volume} onInput={e => set({ volume: e.currentTarget.value.replace(/\D/g, '') })} />}</Field>
      <Field label={w().unit}>{p => <input {...p} maxLength={40} value={item.unit_of_measure} onInput={e => set({ unit_of_measure: e.currentTarget.value })} />}</Field></div>
  </fieldset>;
}

function Editor({ plan, choices, tasks, onDone }: { plan: DayPlan; choices: Choice[]; tasks: TaskChoice[]; onDone: () => void }) {
  const [items, setItems] = useState(() => itemsOf(plan)), [tried, setTried] = useState(false), [problem, setProblem] = useState<Problem | 'network'>(), form = useRef<HTMLDivElement>(null);
  const wrong = (i: Item) => { const n = i.description.trim().length; return n > 0 && n < 5 ? w().errDescription : undefined; };
  const save = async () => {
    setTried(true);
    setProblem(undefined);
    if (items.some(wrong)) return requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus());
    const r = await api.PUT('/api/v1/reports/plan', { body: toBody(plan.day, items) }).catch(() => undefined);
    if (!r?.data) return setProblem((r?.error as Problem | undefined) ?? 'network');
    toast(w().savedDay);
    onDone();
  };
  return <div class="col" ref={form}>
    {items.map((item, i) => <ItemForm key={i} n={i + 1} item={item} choices={choices} tasks={tasks} error={tried ? wrong(item) : undefined} set={p => setItems(items.map((x, k) => k === i ? { ...x, ...p } : x))} remove={items.length > 1 ? () => setItems(items.filter((_, k) => k !== i)) : undefined} />)}
    {items.length < 10 && <button type="button" class="btn ghost" onClick={() => setItems([...items, blank()])}><Icon name="plus" />{w().addItem}</button>}
    <section class="card">{problem && <Note tone="bad" icon="warn">{problemText(problem)}</Note>}<Action class="btn block" onAct={save} disabled={!online.value}>{w().saveDay}</Action>
      {plan.planned_at && <p class="sm muted num">{w().plannedAt(stamp(plan.planned_at, zone()))}</p>}</section>
  </div>;
}

export function DayPlanPage() {
  const z = zone(), today = dayIn(serverNow(), z), [day, setDay] = useState(addDays(today, 1));
  const s = useMemo(() => dayPlanOf(day), [day]), plans = useMemo(() => plansOf(day), [day.slice(0, 4)]), tasks = useMemo(() => tasksOf(day), [day]);
  useEffect(() => { void tasks.refresh(); }, [tasks]);
  useEffect(() => { void s.refresh(); }, [s]);
  useEffect(() => { void plans.refresh(); }, [plans]);
  const asked = s.state.value.value;
  return <main id="m" tabIndex={-1}>
    <section class="card"><div class="row between"><div class="col tight"><h2>{w().dayTitle}</h2><p class="sm muted">{longDay(day)}</p></div>
      <label><span class="sr">{w().day}</span><DateInput value={day} min={today} max={addDays(today, 7)} onValue={d => { if (d >= today && d <= addDays(today, 7)) setDay(d); }} /></label></div>
      <p class="sm muted">{w().dayLead}</p>{asked?.asked_until && <p class="sm num">{(asked.state === 'late' ? w().plannedLate : asked.state === 'missing' ? w().planMissing : w().dueAt)(stamp(asked.asked_until, z))}</p>}</section>
    <Show source={s} zone={z} height={320}>{v => <Editor key={`${v.day}/${v.planned_at ?? ''}`} plan={v} choices={choicesOn(plans.state.value.value, day)} tasks={taskChoices(tasks.state.value.value, undefined)} onDone={() => void s.refresh()} />}</Show>
  </main>;
}
