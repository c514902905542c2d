/* Tata cara jadwal: what the board does with rosters, as dated rows, and which units plan for themselves. */
import { useEffect, useState } from 'preact/hooks';
import { api, serverNow, type Got, type Problem } from '../base/api';
import { addDays, dayIn, fullDay, number } from '../base/format';
import { words } from '../base/i18n';
import { source } from '../base/load';
import { useNeeded } from '../base/needed';
import { zone } from '../base/shell';
import { Action, Chip, DateInput, Dialog, Empty, Field, Note, problemText, Show, toast } from '../base/ui';
import { t } from '../base/words';
import { UnitPicker } from '../org/picker';

const w = words({
  title: 'Tata cara jadwal', hint: 'Apa yang terjadi setelah pimpinan perangkat daerah menetapkan jadwal. Berlaku mulai tanggalnya; yang lama tetap tersimpan.', none: 'Belum ada tata cara: jadwal langsung berlaku setelah ditetapkan.', change: 'Atur', receipt: 'Setelah ditetapkan', receipts: { none: 'Langsung berlaku', acknowledge: 'BKD menerima; diam berarti berlaku', approve: 'Menunggu persetujuan BKD' } as Record<string, string>, review: 'Waktu BKD (hari kerja)', due: 'Ditetapkan paling lambat (hari sebelum periode)', swap: 'Tukar hari menunggu persetujuan atasan', wishes: 'Hari yang boleh diusulkan pegawai tiap bulan', columns: 'Kolom berkas presensi', columnsHint: 'Pilihan: nip, nama, unit, tanggal, kode, mode, jam_masuk, jam_pulang; dipisah koma.', basis: 'Dasar', verified: 'Diperiksa oleh', verifiedHint: 'Kosong: tercatat sebagai contoh.', from: 'Mulai', forWhom: 'Berlaku untuk', whole: 'Seluruh pemerintah daerah', saved: 'Tata cara tersimpan.', example: 'contoh', until: (d: string) => `sampai ${d}`, days: (n: string) => `${n} hari kerja`, dueDays: (n: string) => `batas ${n} hari sebelumnya`, wishDays: (n: string) => `usulan ${n} hari`,
  nodes: 'Unit yang menyusun jadwal sendiri', nodesHint: 'Biro, rumah sakit, cabang dinas, atau UPTD dapat menyusun jadwalnya sendiri; batas WFH lalu dihitung padanya.', noNodes: 'Semua jadwal disusun oleh perangkat daerah.', add: 'Tambah', letter: 'Nomor surat', since: (d: string) => `sejak ${d}`, end: 'Akhiri', lastDay: 'Hari terakhir', added: 'Unit kini menyusun jadwalnya sendiri.', ended: 'Diakhiri.', reasons: { 'plans for itself already': 'Unit ini sudah menyusun jadwalnya sendiri.', 'no unit below an agency': 'Pilih unit di bawah perangkat daerah.', 'gone by': 'Tanggal ini sudah lewat.', 'no agency': 'Pilih perangkat daerah, atau kosongkan.' } as Record<string, string>,
}, {
  title: 'Procedure of rosters', hint: 'What happens after the head of an agency set a roster. Dated; older rows are kept.', none: 'None yet: a roster holds once it is set.', change: 'Change', receipt: 'Once set', receipts: { none: 'It holds at once', acknowledge: 'The board acknowledges; silence lets it through', approve: 'It waits for the board' }, review: 'Time of the board (working days)', due: 'To be set at the latest (days before)', swap: 'Swaps wait for the superior', wishes: 'Days a month one may wish for', columns: 'Columns of the attendance file', columnsHint: 'Of nip, nama, unit, tanggal, kode, mode, jam_masuk, jam_pulang; comma separated.', basis: 'Basis', verified: 'Checked by', verifiedHint: 'Empty: an example.', from: 'From', forWhom: 'For', whole: 'The whole government', saved: 'Saved.', example: 'example', until: d => `until ${d}`, days: n => `${n} working days`, dueDays: n => `due ${n} days before`, wishDays: n => `${n} wishes`,
  nodes: 'Units that plan for themselves', nodesHint: 'A bureau, hospital, branch or technical unit may plan for itself; shares are then counted in it.', noNodes: 'All rosters are made by agencies.', add: 'Add', letter: 'Letter', since: d => `since ${d}`, end: 'End', lastDay: 'Last day', added: 'It plans for itself now.', ended: 'Ended.', reasons: { 'plans for itself already': 'It does already.', 'no unit below an agency': 'Choose a unit below an agency.', 'gone by': 'Gone by.', 'no agency': 'Choose an agency, or none.' },
});

type Procedures = Got<'/api/v1/roster/procedures'>;
type Procedure = Procedures['items'][number];
type Nodes = Got<'/api/v1/roster/nodes'>;
const procedures = source<Procedures>(null, () => api.GET('/api/v1/roster/procedures'));
const nodes = source<Nodes>(null, () => api.GET('/api/v1/roster/nodes'));
const said = (p: Problem | 'network') => p !== 'network' && w().reasons[p.reason ?? ''] || problemText(p);
const whole = (s: string) => Number.parseInt(s, 10) || 0;

function ProcedureDialog({ now, onClose }: { now?: Procedure; onClose: () => void }) {
  const [receipt, setReceipt] = useState<Procedure['receipt']>(now?.receipt ?? 'acknowledge'), [review, setReview] = useState(now?.review_days ?? 2), [due, setDue] = useState(now?.due_days ?? 3), [swap, setSwap] = useState(now?.swap_approved ?? true), [wishes, setWishes] = useState(now?.wishes ?? 4), [columns, setColumns] = useState(now?.columns ?? 'nip,nama,tanggal,kode'), [basis, setBasis] = useState(''), [verified, setVerified] = useState(''), [unit, setUnit] = useState<string>(), [from, setFrom] = useState(addDays(dayIn(serverNow(), zone()), 1)), [problem, setProblem] = useState<Problem | 'network'>();
  const n = useNeeded({ basis: !basis.trim(), from: !from }), pointer = problem && problem !== 'network' ? problem.pointer : undefined;
  const save = async () => {
    if (!n.complete()) return;
    const r = await api.POST('/api/v1/roster/procedures', { body: { receipt, review_days: review, due_days: due, swap_approved: swap, wishes, columns: columns.replaceAll(' ', ''), legal_basis: basis.trim(), valid_from: from, ...(verified ? { verified_by: verified } : {}), ...(unit ? { unit } : {}) } }).catch(() => undefined);
    if (!r?.data) return n.refuse(() => setProblem(r?.error as Problem | undefined ?? 'network'));
    toast(w().saved);
    onClose();
    void procedures.refresh();
  };
  const count = (label: string, value: number, set: (n: number) => void, most: number) => <Field label={label}>{p => <input {...p} type="number" inputMode="numeric" min={0} max={most} value={value} onInput={e => set(whole(e.currentTarget.value))} />}</Field>;
  return <Dialog title={w().title} onClose={onClose} foot={<><Action onAct={save}>{t().save}</Action><button type="button" class="btn ghost" onClick={onClose}>{t().cancel}</button></>}>{problem && <Note tone="bad" icon="warn">{said(problem)}</Note>}
    <Field label={w().receipt}>{p => <select {...p} value={receipt} onChange={e => setReceipt(e.currentTarget.value as Procedure['receipt'])}>{(['none', 'acknowledge', 'approve'] as const).map(k => <option key={k} value={k}>{w().receipts[k]}</option>)}</select>}</Field>
    <div class="two">{count(w().review, review, setReview, 20)}{count(w().due, due, setDue, 60)}</div><div class="two">{count(w().wishes, wishes, setWishes, 12)}<label class="check"><input type="checkbox" checked={swap} onChange={e => setSwap(e.currentTarget.checked)} />{w().swap}</label></div>
    <Field label={w().columns} hint={w().columnsHint} error={pointer === '/columns' ? w().columnsHint : undefined}>{p => <input {...p} maxLength={200} value={columns} onInput={e => setColumns(e.currentTarget.value)} />}</Field>
    <Field label={w().basis} error={n.at('basis')}>{p => <input {...p} maxLength={300} value={basis} onInput={e => setBasis(e.currentTarget.value)} />}</Field><Field label={w().verified} hint={w().verifiedHint}>{p => <input {...p} maxLength={200} value={verified} onInput={e => setVerified(e.currentTarget.value)} />}</Field>
    <UnitPicker none={w().whole} onPick={u => setUnit(u?.id)} /><Field label={w().from} error={n.at('from')}>{p => <DateInput {...p} value={from} onValue={setFrom} />}</Field></Dialog>;
}

function NodeDialog({ onClose }: { onClose: () => void }) {
  const [unit, setUnit] = useState<string>(), [letter, setLetter] = useState(''), [from, setFrom] = useState(addDays(dayIn(serverNow(), zone()), 1)), [problem, setProblem] = useState<Problem | 'network'>(), n = useNeeded({ unit: !unit, letter: !letter.trim(), from: !from });
  const save = async () => {
    if (!n.complete()) return;
    const r = await api.POST('/api/v1/roster/nodes', { body: { unit: unit!, letter: letter.trim(), valid_from: from } }).catch(() => undefined);
    if (!r || r.error) return n.refuse(() => setProblem(r?.error as Problem | undefined ?? 'network'));
    toast(w().added);
    onClose();
    void nodes.refresh();
  };
  return <Dialog title={w().nodes} onClose={onClose} foot={<><Action onAct={save}>{t().save}</Action><button type="button" class="btn ghost" onClick={onClose}>{t().cancel}</button></>}>{problem && <Note tone="bad" icon="warn">{said(problem)}</Note>}<p class="sm">{w().nodesHint}</p>
    <UnitPicker error={n.at('unit')} onPick={u => setUnit(u?.id)} /><Field label={w().letter} error={n.at('letter')}>{p => <input {...p} maxLength={120} value={letter} onInput={e => setLetter(e.currentTarget.value)} />}</Field><Field label={w().from} error={n.at('from')}>{p => <DateInput {...p} value={from} onValue={setFrom} />}</Field></Dialog>;
}

function EndDialog({ node, onClose }: { node: Nodes['items'][number]; onClose: () => void }) {
  const [last, setLast] = useState(dayIn(serverNow(), zone())), [problem, setProblem] = useState<Problem | 'network'>();
  const save = async () => {
    const r = await api.POST('/api/v1/roster/nodes/{node}/end', { params: { path: { node: node.id } }, body: { last_day: last } }).catch(() => undefined);
    if (!r || r.error) return setProblem(r?.error as Problem | undefined ?? 'network');
    toast(w().ended);
    onClose();
    void nodes.refresh();
  };
  return <Dialog title={w().end} sub={node.unit_name} onClose={onClose} foot={<><Action onAct={save}>{w().end}</Action><button type="button" class="btn ghost" onClick={onClose}>{t().cancel}</button></>}>{problem && <Note tone="bad" icon="warn">{said(problem)}</Note>}<Field label={w().lastDay}>{p => <DateInput {...p} value={last} onValue={setLast} />}</Field></Dialog>;
}

export function ProceduresPage() {
  const [changing, setChanging] = useState(false), [adding, setAdding] = useState(false), [ending, setEnding] = useState<Nodes['items'][number]>();
  useEffect(() => { void procedures.refresh(); void nodes.refresh(); }, []);
  return <><section class="card"><div class="row between"><h2>{w().title}</h2><button type="button" class="btn ghost small" onClick={() => setChanging(true)}>{w().change}</button></div><p class="sm muted">{w().hint}</p>
    <Show source={procedures} zone={zone()} height={96}>{d => <>{d.items.length === 0 ? <Empty>{w().none}</Empty> : <ul class="list">{d.items.map(p => <li key={p.id}><div class="row between"><b>{w().receipts[p.receipt]}</b>{!p.verified_by && <Chip>{w().example}</Chip>}</div><span class="sm muted num">{[p.unit_name ?? w().whole, p.receipt === 'acknowledge' && w().days(number(p.review_days)), w().dueDays(number(p.due_days)), p.wishes > 0 && w().wishDays(number(p.wishes)), p.legal_basis, `${w().from.toLowerCase()} ${fullDay(p.valid_from)}`, p.valid_to && w().until(fullDay(p.valid_to))].filter(Boolean).join(' · ')}</span></li>)}</ul>}{changing && <ProcedureDialog {...(d.items[0] ? { now: d.items[0] } : {})} onClose={() => setChanging(false)} />}</>}</Show></section>
    <section class="card"><div class="row between"><h2>{w().nodes}</h2><button type="button" class="btn ghost small" onClick={() => setAdding(true)}>{w().add}</button></div><p class="sm muted">{w().nodesHint}</p>
      <Show source={nodes} zone={zone()} height={64}>{d => d.items.length === 0 ? <Empty>{w().noNodes}</Empty> : <ul class="list">{d.items.map(i => <li key={i.id}><div class="row between"><b>{i.unit_name}</b>{!i.valid_to && <button type="button" class="btn ghost small" onClick={() => setEnding(i)}>{w().end}</button>}</div><span class="sm muted">{[i.agency_name, i.letter, w().since(fullDay(i.valid_from)), i.valid_to && w().until(fullDay(i.valid_to))].filter(Boolean).join(' · ')}</span></li>)}</ul>}</Show></section>
    {adding && <NodeDialog onClose={() => setAdding(false)} />}{ending && <EndDialog node={ending} onClose={() => setEnding(undefined)} />}</>;
}
