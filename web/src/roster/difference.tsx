/* A version beside another one, or beside what is in force: the cells that differ, person by person. */
import { useEffect, useState } from 'preact/hooks';
import { api, type Got, type Problem } from '../base/api';
import { number, shortDay, span, stamp } from '../base/format';
import { zone } from '../base/shell';
import { Dialog, Empty, Field, Note, problemText, Skeleton, type Mode } from '../base/ui';
import { t } from '../base/words';
import type { Version as Listed } from './office';
import { w } from './officewords';
import type { Person, Sheet } from './sheet';
import type { Version } from './steps';

type Page = Got<'/api/v1/roster/versions/{version}'>;
export interface Difference { employee: string; name: string; cells: { day: string; before: string; after: string }[] }

/** Cells of the sheet that differ from the letters `of` gives; what is not set on either side is no difference. */
export function compare(sheet: Sheet, of: (person: Person, day: string, index: number) => string | undefined): Difference[] {
  return sheet.people.map(p => ({ employee: p.employee, name: p.name, cells: sheet.days.flatMap((d, i) => { const before = of(p, d.day, i), after = p.days[i]!; return before && before !== '-' && after !== '-' && before !== after ? [{ day: d.day, before, after }] : []; }) })).filter(d => d.cells.length > 0);
}

/* All lines of another version, by employee. */
async function linesOf(version: string): Promise<Map<string, string> | Problem | 'network'> {
  const all = new Map<string, string>();
  for (let cursor: string | undefined = '0'; cursor;) {
    const r: { data?: Page; error?: object } = await api.GET('/api/v1/roster/versions/{version}', { params: { path: { version }, query: cursor === '0' ? {} : { cursor } } }).catch(() => ({}));
    if (!r.data) return r.error as Problem | undefined ?? 'network';
    for (const l of r.data.lines) all.set(l.employee, l.days);
    cursor = r.data.next;
  }
  return all;
}

const STEP = 100;
const modeOf: Record<string, Mode> = { K: 'office', R: 'home', A: 'anywhere', D: 'outside_duty', C: 'leave', L: 'off' };
const Mark = ({ letter }: { letter: string }) => <span class={`letter ${modeOf[letter] ?? 'off'}`} title={modeOf[letter] && t().mode[modeOf[letter]]}>{letter}</span>;

export function DifferenceDialog({ v, sheet, onClose }: { v: Version; sheet: Sheet; onClose: () => void }) {
  const [others, setOthers] = useState<readonly Listed[]>([]), [chosen, setChosen] = useState(''), [found, setFound] = useState<Difference[]>(), [problem, setProblem] = useState<Problem | 'network'>(), [shown, setShown] = useState(STEP);
  useEffect(() => { void api.GET('/api/v1/roster/versions', { params: { query: { unit: v.unit } } }).then(r => { if (r.data) setOthers(r.data.items.filter(o => o.id !== v.id && o.unit === v.unit && o.period_from <= v.period_to && o.period_to >= v.period_from)); }, () => undefined); }, [v.id]);
  useEffect(() => {
    let stale = false;
    setProblem(undefined);
    setShown(STEP);
    if (!chosen) { setFound(compare(sheet, (p, _, i) => p.was[i])); return; }
    const other = others.find(o => o.id === chosen)!, index = (day: string) => Math.round((Date.parse(day) - Date.parse(other.period_from)) / 86_400_000);
    setFound(undefined);
    void linesOf(chosen).then(lines => { if (stale) return; if (lines instanceof Map) setFound(compare(sheet, (p, day) => lines.get(p.employee)?.[index(day)])); else setProblem(lines); });
    return () => { stale = true; };
  }, [chosen, sheet]);
  const none = !chosen && sheet.people.every(p => !/[^-]/.test(p.was));
  const count = found?.reduce((n, d) => n + d.cells.length, 0) ?? 0;
  return <Dialog broad title={w().difference} sub={`${v.unit_name} · ${span(v.period_from, v.period_to)}`} onClose={onClose}>
    <Field label={w().differenceWith}>{p => <select {...p} value={chosen} onChange={e => setChosen(e.currentTarget.value)}><option value="">{w().inForce}</option>{others.map(o => <option key={o.id} value={o.id}>{`${w().state[o.state]} · ${span(o.period_from, o.period_to)} · ${stamp(o.made_at, zone())}`}</option>)}</select>}</Field>
    {problem ? <Note tone="bad" icon="warn">{problemText(problem)}</Note> : !found ? <Skeleton height={160} /> : found.length === 0 ? <Empty>{none ? w().nothingInForce : w().noDifference}</Empty> : <><p class="sm strong num">{w().cells(number(count), number(found.length))}</p>
      <ul class="list">{found.slice(0, shown).map(d => <li key={d.employee}><b>{d.name}</b><span class="row sm num">{d.cells.map(c => <span key={c.day} class="row tight">{shortDay(c.day)} <Mark letter={c.before} /><span aria-hidden="true">→</span><Mark letter={c.after} /></span>)}</span></li>)}</ul>{found.length > shown && <button type="button" class="btn ghost" onClick={() => setShown(shown + STEP)}>{t().more}</button>}</>}</Dialog>;
}
