/* Uji batas: how much working at home the limits let, share by share, and which limits clash, with ways out. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { api, type Got, type Problem } from '../base/api';
import { addDays, number, shortDay, span } from '../base/format';
import { source } from '../base/load';
import { zone } from '../base/shell';
import { Action, Chip, Dialog, Note, Reload, Show, toast } from '../base/ui';
import { said, Solving, useSolve, type Settings } from './make';
import { w } from './officewords';
import type { Sheet } from './sheet';
import type { Version } from './steps';

type Frontier = Got<'/api/v1/roster/versions/{version}/frontier'>;
type Step = Frontier['items'][number];
type Clashes = Got<'/api/v1/roster/versions/{version}/clashes'>;
type Clash = Clashes['items'][number];
type Demand = Clash['asks'][number];

const ranks = ['service', 'agency', 'unit', 'quota'] as const;
const lacking = (s: Step) => ranks.reduce((n, r) => n + s[r], 0);

/* ---- frontier ---- */

const WIDTH = 320, HEIGHT = 96, FOOT = 18;
function FrontierChart({ items }: { items: readonly Step[] }) {
  const most = Math.max(1, ...items.map(lacking)), wide = WIDTH / items.length;
  return <figure class="bars"><svg viewBox={`0 0 ${WIDTH} ${HEIGHT + FOOT}`} role="img" aria-label={w().limits}>{items.map((s, i) => { const n = lacking(s), h = n ? Math.max(4, (n / most) * (HEIGHT - 16)) : 4; return <g key={s.percent}><rect x={i * wide + 4} y={HEIGHT - h} width={wide - 8} height={h} rx={2} class={n ? 'broken' : 'fair'} />{n > 0 && <text x={i * wide + wide / 2} y={HEIGHT - h - 3}>{number(n)}</text>}<text x={i * wide + wide / 2} y={HEIGHT + 14} class="tick">{s.percent}%</text></g>; })}</svg></figure>;
}

const FrontierTable = ({ items }: { items: readonly Step[] }) => <div class="scroll" tabIndex={0} role="region" aria-label={w().limits}><table class="table sm"><thead><tr><th scope="col">{w().share}</th>{ranks.map(r => <th key={r} scope="col">{w().rank[r]}</th>)}</tr></thead>
  <tbody>{items.map(s => <tr key={s.percent}><th scope="row" class="num">{s.percent}%</th>{ranks.map(r => <td key={r} class="num">{s[r] ? w().short(number(s[r])) : <Chip tone="ok">{w().kept}</Chip>}</td>)}</tr>)}</tbody></table></div>;

/** The highest share up to which everything is kept; 0 when even the lowest breaks something. */
export const keptTo = (items: readonly Step[]) => { const first = items.findIndex(s => lacking(s) > 0); return first < 0 ? items.at(-1)!.percent : first ? items[first - 1]!.percent : 0; };

/* ---- clashes ---- */

function demandText(d: Demand): string {
  const p = w().place;
  if (d.place === 'period') return p.period(d.name);
  if (d.place === 'week' || d.place === 'edge') return p[d.place](d.name, d.day ? span(d.day, addDays(d.day, 6)) : '');
  return p[d.place](d.name, d.day ? shortDay(d.day) : '');
}
const Demands = ({ title, items, total }: { title: string; items: readonly Demand[]; total: number }) => <details><summary class="sm strong">{title} ({number(total)})</summary><ul class="points sm">{items.map((d, i) => <li key={i}>{demandText(d)}: {w().daysOf(number(d.days))}</li>)}{total > items.length && <li class="muted">{w().others(number(total - items.length))}</li>}</ul></details>;

export interface Remedy { text: string; settings: Settings; unlock?: Clash['locks'] }
/** Ways out that lie in the planner's own hands, the smallest first. The lists of a clash are cut, its kinds are counted in full. */
export function remediesOf(c: Clash, settings: Settings): Remedy[] {
  const out: Remedy[] = [], { least, percent, ...rest } = settings, kind = (place: Demand['place']) => c.kinds.find(k => k.place === place)!, asks = kind('period');
  /* so many fewer that what they ask fits; nobody asks for more days than he could be home */
  const fitting = least && asks.asks ? Math.max(0, Math.min(least, asks.most) - Math.ceil(c.short_by / asks.asks)) : undefined;
  if (fitting !== undefined) out.push({ text: w().remedy.least(number(least!), number(fitting)), settings: { ...settings, least: fitting } });
  if (percent !== undefined && kind('group').lets) out.push({ text: w().remedy.percent(number(percent)), settings: least === undefined ? rest : { ...rest, least } });
  if (settings.edge_once && kind('edge').lets) out.push({ text: w().remedy.edge, settings: { ...settings, edge_once: false } });
  if (c.locks.length) out.push({ text: w().remedy.unlock(number(c.locks.length)), settings, unlock: c.locks });
  return out;
}

function ClashItem({ c, v, sheet, settings, onApply }: { c: Clash; v: Version; sheet: Sheet; settings: Settings; onApply: (r: Remedy) => Promise<unknown> }) {
  const own = v.may_edit ? remediesOf(c, settings) : [], ofKind = (place: Demand['place']) => c.kinds.find(k => k.place === place)!, posts = [...new Set(c.lets.filter(d => d.place === 'group' && sheet.groups[d.group!]?.kind === 'post').map(d => d.name))], shares = [...new Set(c.lets.filter(d => d.place === 'group' && sheet.groups[d.group!]?.kind !== 'post').map(d => d.name))];
  return <li class="col"><p>{w().clash(number(c.asked), number(c.let), number(c.short_by))}</p><Demands title={w().asks} items={c.asks} total={c.kinds.reduce((n, k) => n + k.asks, 0)} /><Demands title={w().lets} items={c.lets} total={c.kinds.reduce((n, k) => n + k.lets, 0)} />
    <h3>{w().remedies}</h3><ul class="points sm">{own.map(r => <li key={r.text}><span class="row">{r.text}<Action class="btn ghost small" onAct={() => onApply(r)}>{w().apply}</Action></span></li>)}{posts.map(name => <li key={name}>{w().remedy.minimum(name)}</li>)}{shares.map(name => <li key={name}>{w().remedy.share(name)}</li>)}{ofKind('week').lets > 0 && <li>{w().remedy.law}</li>}</ul></li>;
}

export function LimitsDialog({ v, sheet, settings, revision, onApplied, onClose }: { v: Version; sheet: Sheet; settings: Settings; revision: number; onApplied: () => void; onClose: () => void }) {
  const path = { params: { path: { version: v.id } } }, [problem, setProblem] = useState<Problem | 'network'>(), solve = useSolve(v.unit);
  const [clashes, frontier] = useMemo(() => [source<Clashes>(null, () => api.GET('/api/v1/roster/versions/{version}/clashes', path)), source<Frontier>(null, () => api.GET('/api/v1/roster/versions/{version}/frontier', path))] as const, [v.id]);
  useEffect(() => { void clashes.refresh(); void frontier.refresh(); }, [v.id]);
  const apply = async (remedy: Remedy) => {
    setProblem(undefined);
    const r = await solve.run(() => api.POST('/api/v1/roster/versions/{version}/solve', { ...path, body: { revision, settings: remedy.settings, ...(remedy.unlock ? { unlock: remedy.unlock } : {}) } }));
    if (r.stopped) return toast(w().stopped);
    if (!r.data) return setProblem(r.problem);
    toast(w().applied);
    onApplied();
  };
  return <Dialog broad title={w().limits} sub={`${v.unit_name} · ${span(v.period_from, v.period_to)}`} onClose={onClose}>{problem && <Note tone="bad" icon="warn">{said(problem)}<Reload problem={problem} onReload={onApplied} /></Note>}{solve.busy && <Solving onStop={solve.stop} />}
    <h3>{w().clashes}</h3><Show source={clashes} zone={zone()} height={80}>{c => c.items.length === 0 ? <Note tone="ok" icon="check">{w().noClashes}</Note> : <ol class="list">{c.items.map((item, i) => <ClashItem key={i} c={item} v={v} sheet={sheet} settings={settings} onApply={apply} />)}</ol>}</Show>
    <h3>{w().share}</h3><p class="sm muted">{w().limitsHint}</p><Show source={frontier} zone={zone()} height={160}>{f => f.items.length > 0 && <><p class="sm strong">{w().keptTo(keptTo(f.items))}</p><FrontierChart items={f.items} /><FrontierTable items={f.items} /></>}</Show></Dialog>;
}
