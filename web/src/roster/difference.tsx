/* A version beside another one, or beside what is in force: the cells that differ, person by person, with those who came and who left. */
import { useEffect, useState } from 'preact/hooks';
import { api, type Got, type Problem } from '../base/api';
import { number, shortDay, span, stamp } from '../base/format';
import { zone } from '../base/shell';
import { Chip, Dialog, Empty, Field, Note, problemText, Skeleton, type Mode } from '../base/ui';
import { t } from '../base/words';
import type { Version as Listed } from './office';
import { w } from './officewords';
import type { Sheet } from './sheet';
import type { Version } from './steps';

type Page = Got<'/api/v1/roster/versions/{version}'>;
/** A person with the cells that differ; `only` on one of the sides he has letters at all. */
export interface Difference { employee: string; name: string; only?: 'here' | 'there'; cells: { day: string; before: string; after: string }[] }
/** The other side: letters on the days of the sheet by employee, '-' where none is set. */
export type Side = Map<string, { name: string; days: string }>;

/* a day off and no letter say the same: nothing is planned */
const planned = (letter: string) => letter === 'L' ? '-' : letter;
/** Cell by cell, on the days of which the other side says anything: also of who came, and of who is no longer on the sheet. */
export function compare(sheet: Sheet, side: Side): Difference[] {
  const there = [...side.values()], isSaid = sheet.days.map((_, i) => there.some(o => o.days[i] !== '-')), here = new Set(sheet.people.map(p => p.employee));
  const cells = (before: string | undefined, after: string | undefined) => sheet.days.flatMap(({ day }, i) => { const b = before?.[i] ?? '-', a = after?.[i] ?? '-'; return isSaid[i] && planned(b) !== planned(a) ? [{ day, before: b, after: a }] : []; });
  return [
    ...sheet.people.map((p): Difference => { const other = side.get(p.employee); return { employee: p.employee, name: p.name, ...(other ? {} : { only: 'here' }), cells: cells(other?.days, p.days) }; }),
    ...[...side].filter(([employee]) => !here.has(employee)).map(([employee, o]): Difference => ({ employee, name: o.name, only: 'there', cells: cells(o.days, undefined) })),
  ].filter(d => d.cells.length > 0);
}

/* All lines of another version, laid over those of the side so far. */
async function addLines(side: Side, sheet: Sheet, version: Listed): Promise<Problem | 'network' | undefined> {
  const first = Math.round((Date.parse(sheet.from) - Date.parse(version.period_from)) / 86_400_000);
  for (let cursor: string | undefined = '0'; cursor;) {
    const r: { data?: Page; error?: object } = await api.GET('/api/v1/roster/versions/{version}', { params: { path: { version: version.id }, query: cursor === '0' ? {} : { cursor } } }).catch(() => ({}));
    if (!r.data) return r.error as Problem | undefined ?? 'network';
    for (const l of r.data.lines) side.set(l.employee, { name: l.name, days: sheet.days.map((_, i) => { const letter = l.days[first + i]; return letter === undefined || letter === '-' ? side.get(l.employee)?.days[i] ?? '-' : letter; }).join('') });
    cursor = r.data.next;
  }
  return undefined;
}
/* What is in force: the sheet says it of its own people, of others what was published for the unit last. */
async function inForce(sheet: Sheet, versions: readonly Listed[]): Promise<Side | Problem | 'network'> {
  const side: Side = new Map();
  for (const v of versions.filter(o => o.state === 'published').sort((a, b) => a.published_at! < b.published_at! ? -1 : 1)) {
    const problem = await addLines(side, sheet, v);
    if (problem) return problem;
  }
  for (const p of sheet.people) if (/[^-]/.test(p.was)) side.set(p.employee, { name: p.name, days: p.was }); else side.delete(p.employee);
  return side;
}
async function ofVersion(sheet: Sheet, version: Listed): Promise<Side | Problem | 'network'> {
  const side: Side = new Map();
  return await addLines(side, sheet, version) ?? side;
}

const STEP = 100;
const modeOf: Record<string, Mode> = { K: 'office', R: 'home', A: 'anywhere', D: 'outside_duty', C: 'leave', L: 'off' };
const Mark = ({ letter }: { letter: string }) => <span class={`letter ${modeOf[letter] ?? 'off'}`} title={modeOf[letter] ? t().mode[modeOf[letter]] : w().unset}>{letter}</span>;

export function DifferenceDialog({ v, sheet, onClose }: { v: Version; sheet: Sheet; onClose: () => void }) {
  const [versions, setVersions] = useState<readonly Listed[]>(), [chosen, setChosen] = useState(''), [found, setFound] = useState<{ side: Side; items: Difference[] }>(), [problem, setProblem] = useState<Problem | 'network'>(), [shown, setShown] = useState(STEP);
  useEffect(() => { void api.GET('/api/v1/roster/versions', { params: { query: { unit: v.unit } } }).then(r => { if (r.data) setVersions(r.data.items.filter(o => o.unit === v.unit && o.period_from <= v.period_to && o.period_to >= v.period_from)); else setProblem(r.error as Problem | undefined ?? 'network'); }, () => setProblem('network')); }, [v.id]);
  useEffect(() => {
    let stale = false;
    if (!versions) return;
    setProblem(undefined);
    setShown(STEP);
    setFound(undefined);
    void (chosen ? ofVersion(sheet, versions.find(o => o.id === chosen)!) : inForce(sheet, versions)).then(side => { if (stale) return; if (side instanceof Map) setFound({ side, items: compare(sheet, side) }); else setProblem(side); });
    return () => { stale = true; };
  }, [chosen, sheet, versions]);
  const others = versions?.filter(o => o.id !== v.id) ?? [], items = found?.items ?? [];
  const count = items.reduce((n, d) => n + d.cells.length, 0);
  return <Dialog broad title={w().difference} sub={`${v.unit_name} · ${span(v.period_from, v.period_to)}`} onClose={onClose}>
    <Field label={w().differenceWith}>{p => <select {...p} value={chosen} onChange={e => setChosen(e.currentTarget.value)}><option value="">{w().inForce}</option>{others.map(o => <option key={o.id} value={o.id}>{`${w().state[o.state]} · ${span(o.period_from, o.period_to)} · ${stamp(o.made_at, zone())}`}</option>)}</select>}</Field>
    {problem ? <Note tone="bad" icon="warn">{problemText(problem)}</Note> : !found ? <Skeleton height={160} /> : items.length === 0 ? <Empty>{!chosen && found.side.size === 0 ? w().nothingInForce : w().noDifference}</Empty> : <><p class="sm strong num">{w().cells(number(count), number(items.length))}</p>
      <ul class="list">{items.slice(0, shown).map(d => <li key={d.employee}><span class="row"><b>{d.name}</b>{d.only && <Chip>{w().only[d.only]}</Chip>}</span><span class="row sm num">{d.cells.map(c => <span key={c.day} class="row tight">{shortDay(c.day)} <Mark letter={c.before} /><span aria-hidden="true">→</span><Mark letter={c.after} /></span>)}</span></li>)}</ul>{items.length > shown && <button type="button" class="btn ghost" onClick={() => setShown(shown + STEP)}>{t().more}</button>}</>}</Dialog>;
}
