/* The lines of a version made above one's unit: those of one's own people, to look at only. */
import { useEffect, useState } from 'preact/hooks';
import { api, type Got, type Problem } from '../base/api';
import { Downloads } from '../base/downloads';
import { addDays, dayOfMonth, shortDay, span, weekday } from '../base/format';
import { words } from '../base/i18n';
import { Dialog, Empty, Note, problemText, Skeleton, type Mode } from '../base/ui';
import { t } from '../base/words';
import type { Version } from './office';

const w = words({ title: 'Jadwal', none: 'Tidak ada pegawai unit Anda dalam jadwal ini.', fromAbove: (u: string) => `Disusun untuk ${u}. Yang tampak hanya pegawai unit Anda.`, employee: 'Pegawai' }, { title: 'Roster', none: 'Nobody of your unit is on this roster.', fromAbove: u => `Made for ${u}. Only the people of your own unit are shown.`, employee: 'Employee' });

type Lines = Got<'/api/v1/roster/versions/{version}'>;
const modeOf: Record<string, Mode> = { K: 'office', R: 'home', A: 'anywhere', D: 'outside_duty', C: 'leave', L: 'off' };

export function LinesDialog({ v, onClose }: { v: Version; onClose: () => void }) {
  const [lines, setLines] = useState<Lines['lines']>(), [next, setNext] = useState<string>(), [problem, setProblem] = useState<Problem | 'network'>();
  const load = async (cursor?: string) => {
    const r = await api.GET('/api/v1/roster/versions/{version}', { params: { path: { version: v.id }, query: cursor ? { cursor } : {} } }).catch(() => undefined);
    if (!r?.data) return setProblem((r?.error as Problem | undefined) ?? 'network');
    setProblem(undefined);
    setLines([...(cursor ? lines ?? [] : []), ...r.data.lines]);
    setNext(r.data.next);
  };
  useEffect(() => { void load(); }, [v.id]);
  const days = Array.from({ length: Math.round((Date.parse(v.period_to) - Date.parse(v.period_from)) / 86_400_000) + 1 }, (_, i) => addDays(v.period_from, i));
  const trouble = problem && <Note tone="bad" icon="warn">{problemText(problem)} <button class="link" onClick={() => void load(next)}>{t().retry}</button></Note>;
  return <Dialog broad title={v.unit_name} sub={span(v.period_from, v.period_to)} onClose={onClose}>
    <p class="row sm muted">{Object.entries(modeOf).map(([letter, mode]) => <span key={letter} class="row tight"><span class={`letter ${mode}`} aria-hidden="true">{letter}</span>{t().mode[mode]}</span>)}</p>
    <p class="sm muted">{w().fromAbove(v.unit_name)}</p>{lines && lines.length > 0 && <Downloads path={`/api/v1/roster/versions/${v.id}`} />}
    {!lines ? trouble ?? <Skeleton height={240} /> : lines.length === 0 ? <Empty>{w().none}</Empty> : <div class="scroll sideways" tabIndex={0} role="region" aria-label={w().title}><table class="table xs rosterlines"><thead><tr><th scope="col">{w().employee}</th>{days.map(d => <th key={d} scope="col"><span class="sr">{shortDay(d)}</span><span aria-hidden="true">{weekday(d)}<br />{dayOfMonth(d)}</span></th>)}</tr></thead>
      <tbody>{lines.map(l => <tr key={l.employee}><th scope="row">{l.name}</th>{[...l.days].map((c, i) => <td key={i}><span class={`letter ${modeOf[c] ?? 'off'}`}>{c}</span></td>)}</tr>)}</tbody></table></div>}
    {lines && (trouble ?? (next && <button class="btn ghost" onClick={() => void load(next)}>{t().more}</button>))}</Dialog>;
}
