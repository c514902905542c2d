/* Unduh dan cetak: the roster as table, as letters to sign, as the file of the old attendance app, as text to share. */
import { useState } from 'preact/hooks';
import type { Problem } from '../base/api';
import { save } from '../base/downloads';
import { span } from '../base/format';
import { words } from '../base/i18n';
import { Action, Dialog, Note, toast } from '../base/ui';
import { said } from './make';
import { isHome, type Sheet } from './sheet';
import type { Version } from './steps';

const w = words({
  title: 'Unduh dan cetak', table: 'Jadwal sebagai tabel', share: 'Bagikan ringkasan', shared: 'Ringkasan disalin.', text: (unit: string, period: string, lines: string) => `Jadwal WFH ${unit}, ${period}\n${lines}`, line: (day: string, away: string, office: string) => `${day}: WFH ${away}, WFO ${office}`,
}, {
  title: 'Download and print', table: 'The roster as a table', share: 'Share a summary', shared: 'Copied.', text: (unit, period, lines) => `Roster of ${unit}, ${period}\n${lines}`, line: (day, away, office) => `${day}: home ${away}, office ${office}`,
});

/** A line per working day, without names. */
export function summary(v: Version, sheet: Sheet): string {
  const node = sheet.groups[0]!, lines = sheet.days.flatMap((d, i) => { if (d.is_off) return []; const away = node.away[i]! + sheet.people.filter(p => isHome(p.days[i]!)).length; return [w().line(span(d.day, d.day), String(away), String(node.present[i]! - away))]; });
  return w().text(v.unit_name, span(v.period_from, v.period_to), lines.join('\n'));
}

export function PapersDialog({ v, sheet, onClose }: { v: Version; sheet: Sheet; onClose: () => void }) {
  const [problem, setProblem] = useState<Problem | 'network'>();
  const get = (url: string) => async () => setProblem(await save(url));
  const share = async () => {
    const text = summary(v, sheet);
    if (navigator.share) return navigator.share({ text }).catch(() => undefined);
    await navigator.clipboard.writeText(text);
    toast(w().shared);
  };
  return <Dialog title={w().title} sub={`${v.unit_name} · ${span(v.period_from, v.period_to)}`} onClose={onClose}>{problem && <Note tone="bad" icon="warn">{said(problem)}</Note>}
    <div class="col"><h3>{w().table}</h3><div class="row">{(['xlsx', 'csv'] as const).map(f => <Action key={f} class="btn ghost small" onAct={get(`/api/v1/roster/versions/${v.id}?format=${f}`)}>{f === 'xlsx' ? 'Excel' : 'CSV'}</Action>)}</div>
      <div class="row"><Action class="btn ghost small" onAct={share}>{w().share}</Action></div></div></Dialog>;
}
