/* Unduh dan cetak: the roster as table, as letters to sign, as the file of the old attendance app, as text to share. */
import { useState } from 'preact/hooks';
import { api, type Problem } from '../base/api';
import { isBoard, plansRosterOf } from '../base/access';
import { save } from '../base/downloads';
import { span } from '../base/format';
import { words } from '../base/i18n';
import { me } from '../base/session';
import { Action, Dialog, Field, Note, toast } from '../base/ui';
import { Issue } from '../documents/issue';
import { said } from './make';
import { isElsewhere, isHome, type Cell, type Sheet } from './sheet';
import type { Version } from './steps';

const w = words({
  title: 'Unduh dan cetak', letters: 'Surat untuk ditandatangani', kind: 'Surat', kinds: { cover: 'Surat pengantar jadwal dengan lampiran', order: 'Surat perintah WFH', return: 'Surat pengembalian jadwal' } as Record<string, string>, whom: 'Untuk', everybody: 'semua pegawai pada jadwal ini', paper: 'Kertas', papers: { f4: 'F4 (folio)', a4: 'A4' } as Record<string, string>, recipient: 'Kepada', recipientHint: 'Kosong: Kepala BKD.', copies: 'Tembusan', copiesHint: { order: 'Pisahkan dengan titik koma. Kosong: menurut templat surat.', cover: 'Pisahkan dengan titik koma. Kosong: tanpa tembusan.', return: 'Pisahkan dengan titik koma. Kosong: tanpa tembusan.' } as Record<string, string>, get: 'Unduh PDF', draft: 'Surat dari draf bertanda KONSEP.',
  file: 'Berkas untuk aplikasi presensi lama', fileHint: 'Kolomnya mengikuti tata cara jadwal. Setelah dikirim, catat agar berkas berikutnya cukup memuat perubahannya.', only: 'Hanya yang berubah sejak berkas terakhir', sent: 'Catat sudah dikirim', recorded: 'Pengiriman tercatat.', laterFile: 'Tersedia setelah jadwal berlaku.', goneFile: 'Jadwal ini sudah diganti; unduh berkas dari penggantinya.',
  share: 'Ringkasan untuk dibagikan', shareIt: 'Bagikan', shared: 'Ringkasan disalin.', text: (unit: string, period: string, lines: string) => `Jadwal WFH ${unit}, ${period}\n${lines}`, line: (day: string, away: string, office: string) => `${day}: WFH ${away}, WFO ${office}`, notCopied: 'Ringkasan tidak dapat disalin dari peramban ini.',
}, {
  title: 'Download and print', letters: 'Letters to sign', kind: 'Letter', kinds: { cover: 'Cover letter with the roster', order: 'Order to work at home', return: 'Letter of return' }, whom: 'For', everybody: 'everybody on this roster', paper: 'Paper', papers: { f4: 'F4 (folio)', a4: 'A4' }, recipient: 'To', recipientHint: 'Empty: the head of the board.', copies: 'Copies to', copiesHint: { order: 'Parted by semicolons. Empty: those of the template.', cover: 'Parted by semicolons. Empty: none.', return: 'Parted by semicolons. Empty: none.' }, get: 'Download PDF', draft: 'Letters of a draft are marked KONSEP.',
  file: 'File for the old attendance app', fileHint: 'Its columns are those of the procedure. Record that it was sent, so that the next one holds the changes alone.', only: 'Only what changed since the last file', sent: 'Record as sent', recorded: 'Recorded.', laterFile: 'Once the roster holds.', goneFile: 'It was replaced: download the file of the roster that holds.',
  share: 'A summary to share', shareIt: 'Share', shared: 'Copied.', text: (unit, period, lines) => `Roster of ${unit}, ${period}\n${lines}`, line: (day, away, office) => `${day}: home ${away}, office ${office}`, notCopied: 'This browser does not let it be copied.',
});

/** A line per working day, without names. */
export function summary(v: Version, sheet: Sheet): string {
  const node = sheet.groups[0]!, lines = sheet.days.flatMap((d, i) => { if (d.is_off) return []; const away = node.away[i]! + sheet.people.filter(p => isHome(p.days[i]!) && !isElsewhere(p.cells[i] as Cell)).length; return [w().line(span(d.day, d.day), String(away), String(node.present[i]! - away))]; });
  return w().text(v.unit_name, span(v.period_from, v.period_to), lines.join('\n'));
}

/* A letter of return is the board's to issue, the others are the office's, once they bind. */
const mayIssue = (v: Version, kind: string) => kind === 'return' ? isBoard(me.value!) : plansRosterOf(me.value!, v.unit) && (v.state === 'published' || (v.state === 'set' && kind === 'cover'));

function Letters({ v, sheet, wasReturned }: { v: Version; sheet: Sheet; wasReturned: boolean }) {
  const [kind, setKind] = useState('cover'), [paper, setPaper] = useState('f4'), [employee, setEmployee] = useState(''), [recipient, setRecipient] = useState(''), [copies, setCopies] = useState(''), [problem, setProblem] = useState<Problem | 'network'>();
  const query = new URLSearchParams({ kind, paper, ...(kind === 'order' && employee ? { employee } : {}), ...(kind === 'cover' && recipient.trim() ? { recipient: recipient.trim() } : {}), ...(copies.trim() ? { copies: copies.trim() } : {}) });
  return <section class="col"><h3>{w().letters}</h3>{problem && <Note tone="bad" icon="warn">{said(problem)}</Note>}{v.state === 'draft' && <p class="sm muted">{w().draft}</p>}
    <Field label={w().kind}>{p => <select {...p} value={kind} onChange={e => setKind(e.currentTarget.value)}>{Object.entries(w().kinds).filter(([k]) => k !== 'return' || wasReturned).map(([k, text]) => <option key={k} value={k}>{text}</option>)}</select>}</Field>
    {kind === 'order' && <Field label={w().whom}>{p => <select {...p} value={employee} onChange={e => setEmployee(e.currentTarget.value)}><option value="">{w().everybody}</option>{[...sheet.people].filter(x => [...x.days].some(isHome)).sort((a, b) => a.name.localeCompare(b.name, 'id')).map(x => <option key={x.employee} value={x.employee}>{x.name}</option>)}</select>}</Field>}
    {kind === 'cover' && <Field label={w().recipient} hint={w().recipientHint}>{p => <input {...p} maxLength={160} value={recipient} onInput={e => setRecipient(e.currentTarget.value)} />}</Field>}
    <Field label={w().copies} hint={w().copiesHint[kind]!}>{p => <input {...p} maxLength={600} value={copies} onInput={e => setCopies(e.currentTarget.value)} />}</Field>
    <Field label={w().paper}>{p => <select {...p} value={paper} onChange={e => setPaper(e.currentTarget.value)}>{Object.entries(w().papers).map(([k, text]) => <option key={k} value={k}>{text}</option>)}</select>}</Field>
    <div class="row"><Action class="btn small" onAct={async () => setProblem(await save(`/api/v1/roster/versions/${v.id}/letter?${query}`))}>{w().get}</Action></div>
    {(v.state !== 'draft' || wasReturned) && <Issue numbered unit={v.unit} subject={v.id} send={mayIssue(v, kind) ? how => api.POST('/api/v1/roster/versions/{version}/letter', { params: { path: { version: v.id }, query: Object.fromEntries(query) as { kind: 'cover' } }, body: how }) : undefined} />}</section>;
}

function File({ v, maySend }: { v: Version; maySend: boolean }) {
  const [changes, setChanges] = useState(false), [problem, setProblem] = useState<Problem | 'network'>();
  const sent = async () => {
    const r = await api.POST('/api/v1/roster/versions/{version}/sent', { params: { path: { version: v.id } }, body: {} }).catch(() => undefined);
    if (!r || r.error) return setProblem(r?.error as Problem | undefined ?? 'network');
    toast(w().recorded);
  };
  return <section class="col"><h3>{w().file}</h3>{problem && <Note tone="bad" icon="warn">{said(problem)}</Note>}{v.state !== 'published' ? <p class="sm muted">{v.state === 'replaced' ? w().goneFile : w().laterFile}</p> : <><p class="sm muted">{w().fileHint}</p><label class="check"><input type="checkbox" checked={changes} onChange={e => setChanges(e.currentTarget.checked)} />{w().only}</label>
    <div class="row">{(['xlsx', 'csv'] as const).map(f => <Action key={f} class="btn ghost small" onAct={async () => setProblem(await save(`/api/v1/roster/versions/${v.id}/file?format=${f}&changes=${changes}`))}>{f === 'xlsx' ? 'Excel' : 'CSV'}</Action>)}{maySend && <Action class="btn ghost small" onAct={sent}>{w().sent}</Action>}</div></>}</section>;
}

export function PapersDialog({ v, sheet, wasReturned, maySend, onClose }: { v: Version; sheet: Sheet; wasReturned: boolean; maySend: boolean; onClose: () => void }) {
  const share = async () => {
    const text = summary(v, sheet);
    if (navigator.share) return navigator.share({ text }).catch(() => undefined);
    return navigator.clipboard ? navigator.clipboard.writeText(text).then(() => toast(w().shared), () => toast(w().notCopied)) : toast(w().notCopied);
  };
  return <Dialog title={w().title} sub={`${v.unit_name} · ${span(v.period_from, v.period_to)}`} onClose={onClose}><div class="col wide"><Letters v={v} sheet={sheet} wasReturned={wasReturned} /><File v={v} maySend={maySend} />
    <section class="col"><h3>{w().share}</h3><pre class="sm summary">{summary(v, sheet).split('\n').slice(0, 6).join('\n')}{sheet.days.length > 6 ? '\n…' : ''}</pre><div class="row"><Action class="btn ghost small" onAct={share}>{w().shareIt}</Action></div></section></div></Dialog>;
}
