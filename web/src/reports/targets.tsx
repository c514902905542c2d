/* Sasaran kinerja: one's own plans of results with what reports brought to them; writing, proposing, revising. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { api, online, serverNow, type Problem } from '../base/api';
import { dayIn } from '../base/format';
import { zone } from '../base/shell';
import { Action, Empty, Field, Note, problemText, Reload, Show, toast } from '../base/ui';
import { plansOf, type Plan } from './fill';
import { PlanEditor, type Subject } from './targetedit';
import { periodText, PlanHead, PlanView } from './targetparts';
import { w } from './targetwords';

/* What its owner can do with it now. */
function Moves({ p, begun, edit, onDone }: { p: Plan; begun: boolean; edit: () => void; onDone: () => void }) {
  const [problem, setProblem] = useState<Problem | 'network'>(), path = { params: { path: { plan: p.plan } } };
  const settle = (r: { data?: unknown; error?: unknown } | undefined, said?: string) => {
    if (!r?.data) return setProblem((r?.error as Problem | undefined) ?? 'network');
    setProblem(undefined);
    if (said) toast(said);
    onDone();
  };
  const propose = async () => settle(await api.POST('/api/v1/reports/targets/{plan}/propose', { ...path, body: { version: p.version } }).catch(() => undefined), w().proposed);
  const revise = async () => settle(await api.POST('/api/v1/reports/targets/{plan}/revise', path).catch(() => undefined));
  const isOpen = p.state === 'draft' || p.state === 'returned';
  return <>{problem && <Note tone="bad" icon="warn">{problem !== 'network' && problem.code === 'report_empty' ? w().errMain : problemText(problem)}<Reload problem={problem} onReload={onDone} /></Note>}
    <div class="row">{isOpen && <Action onAct={propose} disabled={!online.value}>{w().propose}</Action>}
      {isOpen && <button type="button" class="btn ghost" onClick={edit}>{w().edit}</button>}
      {p.state === 'proposed' && <button type="button" class="btn ghost small" onClick={edit}>{w().takeBack}</button>}
      {p.state === 'agreed' && !begun && <><p class="sm muted grow">{w().reviseHint}</p><Action class="btn ghost small" onAct={revise} disabled={!online.value}>{w().revise}</Action></>}</div></>;
}

export function TargetsPage() {
  const z = zone(), today = dayIn(serverNow(), z), thisYear = Number(today.slice(0, 4));
  const [year, setYear] = useState(thisYear), [editing, edit] = useState<Subject>(), day = year === thisYear ? today : `${year}-01-01`;
  const s = useMemo(() => plansOf(day), [day]);
  useEffect(() => { void s.refresh(); }, [s]);
  const done = () => { edit(undefined); void s.refresh(); };
  if (editing) return <main id="m" tabIndex={-1}><section class="card"><h2>{w().editing}</h2><p class="sm muted">{periodText({ period: editing.period, first_day: editing.day })}</p></section><PlanEditor subject={editing} onDone={done} onClose={() => edit(undefined)} /></main>;
  return <main id="m" tabIndex={-1}>
    <section class="card"><h2>{w().title}</h2><p class="sm muted">{w().lead}</p>
      <Field label={w().year}>{p => <select {...p} value={String(year)} onChange={e => setYear(Number(e.currentTarget.value))}>{[thisYear + 1, thisYear, thisYear - 1].map(y => <option key={y} value={String(y)}>{y}</option>)}</select>}</Field></section>
    <Show source={s} zone={z} height={320}>{v => {
      const current = v.items.filter(p => p.state !== 'replaced'), former = v.items.filter(p => p.state === 'replaced'), mayBegin = year >= thisYear;
      const annual = current.some(p => p.period === 'annual'), quarter = current.some(p => p.period === 'quarterly' && p.first_day <= day && day <= p.last_day);
      return <>
        {!annual && <section class="card"><Empty>{w().none(w().annual(String(year)).toLowerCase())}</Empty></section>}
        {mayBegin && !(annual && quarter) && <div class="row">{!annual && <button class="btn" disabled={!online.value} onClick={() => edit({ period: 'annual', day })}>{w().begin}</button>}
          {!quarter && <button class="btn ghost" disabled={!online.value} onClick={() => edit({ period: 'quarterly', day })}>{w().beginQuarter}</button>}</div>}
        {current.map(p => <section class="card" key={p.plan}><PlanHead p={p} /><PlanView p={p} z={z} />
          <Moves p={p} begun={v.items.some(o => o.period === p.period && o.first_day === p.first_day && o.revision > p.revision)} edit={() => edit({ plan: p, period: p.period, day: p.first_day })} onDone={done} /></section>)}
        {former.length > 0 && <details class="card"><summary>{w().former}</summary>{former.map(p => <section key={p.plan}><PlanHead p={p} /><PlanView p={p} z={z} /></section>)}</details>}
      </>;
    }}</Show>
  </main>;
}
