/* Jadwal per unit: versions, a new one for "home on these weekdays", its lines, publishing. */
import { useEffect, useState } from 'preact/hooks';
import { api, serverNow, type Got, type Problem } from '../base/api';
import { Downloads } from '../base/downloads';
import { addDays, dayIn, dayOfMonth, number, shortDay, span, stamp, weekday } from '../base/format';
import { words } from '../base/i18n';
import { source } from '../base/load';
import { useNeeded } from '../base/needed';
import { plansRosters } from '../base/access';
import { me } from '../base/session';
import { zone } from '../base/shell';
import { Action, Chip, DateInput, Dialog, Empty, Field, Note, problemText, Show, Skeleton, toast, type Mode } from '../base/ui';
import { t } from '../base/words';
import { UnitPicker } from '../org/picker';
import { w as policyWords } from '../policy/words';
import { whyNotPlanned } from './why';

const w = words({
  title: 'Jadwal', hint: 'Jadwal yang ditetapkan langsung menjadi aturan presensi; tidak ada yang mengetik ulang.', none: 'Belum ada jadwal pada rentang ini.', make: 'Susun jadwal', from: 'Dari', to: 'Sampai', on: 'WFH pada hari', note: 'Catatan', save: 'Susun', publish: 'Tetapkan', published: 'Jadwal ditetapkan dan langsung berlaku.', noDay: 'Pilih sedikitnya satu hari.', made: 'Jadwal tersusun sebagai draf.', people: (n: string) => `${n} pegawai`, open: 'Buka', by: (source: string, n: string) => `${source} oleh ${n}`, setAt: (at: string) => `ditetapkan ${at}`, later: 'Akan berlaku', over: 'Sudah lewat', noLines: 'Tidak ada pegawai unit Anda dalam jadwal ini.', fromAbove: (u: string) => `Disusun untuk ${u}. Yang tampak hanya pegawai unit Anda.`, employee: 'Pegawai',
  state: { draft: 'Draf', set: 'Ditetapkan OPD', acknowledged: 'Diterima BKD', published: 'Berlaku', replaced: 'Diganti' } as Record<string, string>,
  source: { generated: 'disusun', imported: 'diimpor' } as Record<string, string>,
  publishHint: 'Periksa dahulu. Setelah ditetapkan, jadwal ini langsung menjadi aturan presensi; jadwal lama untuk tanggal yang sama tetap tersimpan.',
}, {
  title: 'Rosters', hint: 'A published roster is the attendance rule at once; nobody types it again.', none: 'No roster in this range yet.', make: 'Make a roster', from: 'From', to: 'To', on: 'Home on', note: 'Note', save: 'Make', publish: 'Publish', published: 'Published; it holds at once.', noDay: 'Choose one day at least.', made: 'Made as a draft.', people: n => `${n} people`, open: 'Open', by: (source, n) => `${source} by ${n}`, setAt: at => `published ${at}`, later: 'To come', over: 'Past', noLines: 'Nobody of your unit is on this roster.', fromAbove: u => `Made for ${u}. Only the people of your own unit are shown.`, employee: 'Employee',
  state: { draft: 'Draft', set: 'Set', acknowledged: 'Acknowledged', published: 'In force', replaced: 'Replaced' }, source: { generated: 'made', imported: 'imported' },
  publishHint: 'Look first. Once published, this roster is the attendance rule; an older one for these days is kept.',
});

type Versions = Got<'/api/v1/roster/versions'>;
type Version = Versions['items'][number];
type Lines = Got<'/api/v1/roster/versions/{version}'>;
const list = source<Versions>(null, () => api.GET('/api/v1/roster/versions', { params: { query: {} } }));
const modeOf: Record<string, Mode> = { K: 'office', R: 'home', A: 'anywhere', D: 'outside_duty', C: 'leave', L: 'off' };

/* what is published holds on its own days only */
function StateChip({ v }: { v: Version }) {
  const today = dayIn(serverNow(), zone());
  if (v.state !== 'published') return <Chip tone={v.state === 'draft' ? 'info' : ''}>{w().state[v.state]}</Chip>;
  return v.period_from > today ? <Chip tone="info">{w().later}</Chip> : v.period_to < today ? <Chip>{w().over}</Chip> : <Chip tone="ok">{w().state.published}</Chip>;
}

function LinesDialog({ v, isAbove, onClose }: { v: Version; isAbove: boolean; onClose: () => void }) {
  const [refused, setRefused] = useState<Problem | 'network'>();
  const publish = async () => {
    const r = await api.POST('/api/v1/roster/versions/{version}/publish', { params: { path: { version: v.id } } }).catch(() => undefined);
    if (!r || r.error) return setRefused((r?.error as Problem | undefined) ?? 'network');
    toast(w().published);
    onClose();
    void list.refresh();
  };
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
  return <Dialog broad title={v.unit_name} sub={span(v.period_from, v.period_to)} onClose={onClose} foot={v.may_publish && lines && <><Action onAct={publish}>{w().publish}</Action><button class="btn ghost" onClick={onClose}>{t().cancel}</button></>}>
    {refused && <Note tone="bad" icon="warn">{refused !== 'network' && whyNotPlanned(refused) || problemText(refused)}</Note>}{v.may_publish && <p class="sm">{w().publishHint}</p>}<p class="row sm muted">{Object.entries(modeOf).map(([letter, mode]) => <span key={letter} class="row tight"><span class={`letter ${mode}`} aria-hidden="true">{letter}</span>{t().mode[mode]}</span>)}</p>
    {isAbove && <p class="sm muted">{w().fromAbove(v.unit_name)}</p>}{lines && lines.length > 0 && <Downloads path={`/api/v1/roster/versions/${v.id}`} />}
    {!lines ? trouble ?? <Skeleton height={240} /> : lines.length === 0 ? <Empty>{w().noLines}</Empty> : <div class="scroll sideways" tabIndex={0} role="region" aria-label={w().title}><table class="table xs rosterlines"><thead><tr><th scope="col">{w().employee}</th>{days.map(d => <th key={d} scope="col"><span class="sr">{shortDay(d)}</span><span aria-hidden="true">{weekday(d)}<br />{dayOfMonth(d)}</span></th>)}</tr></thead>
      <tbody>{lines.map(l => <tr key={l.employee}><th scope="row">{l.name}</th>{[...l.days].map((c, i) => <td key={i}><span class={`letter ${modeOf[c] ?? 'off'}`}>{c}</span></td>)}</tr>)}</tbody></table></div>}
    {lines && (trouble ?? (next && <button class="btn ghost" onClick={() => void load(next)}>{t().more}</button>))}</Dialog>;
}

function MakeDialog({ onClose }: { onClose: () => void }) {
  const today = dayIn(serverNow(), zone());
  /* undefined until there is something to choose from */
  const [unit, setUnit] = useState<string | null>(), [from, setFrom] = useState(addDays(today, 1)), [to, setTo] = useState(addDays(today, 14)), [weekdays, setWeekdays] = useState<number[]>([4]), [note, setNote] = useState(''), [problem, setProblem] = useState<Problem | 'network'>();
  const n = useNeeded({ unit: !unit, from: !from, to: !to, weekdays: weekdays.length === 0 }), why = problem && problem !== 'network' ? whyNotPlanned(problem) : undefined, pointer = problem && problem !== 'network' ? problem.pointer : undefined;
  const at = (field: 'from' | 'to') => n.at(field) ?? (pointer === `/period_${field}` ? why : undefined);
  const save = async () => {
    setProblem(undefined);
    if (!n.complete()) return;
    const r = await api.POST('/api/v1/roster/versions', { body: { unit: unit!, period_from: from, period_to: to, weekdays, ...(note ? { note } : {}) } }).catch(() => undefined);
    if (!r || r.error) return n.refuse(() => setProblem((r?.error as Problem | undefined) ?? 'network'));
    toast(w().made);
    onClose();
    void list.refresh();
  };
  return <Dialog title={w().make} onClose={onClose} foot={<><Action onAct={save} disabled={unit === undefined}>{w().save}</Action><button class="btn ghost" onClick={onClose}>{t().cancel}</button></>}>{problem && !pointer?.startsWith('/period') && <Note tone="bad" icon="warn">{why ?? problemText(problem)}</Note>}
    <UnitPicker own error={n.at('unit')} onPick={u => setUnit(u?.id ?? null)} />
    <div class="two"><Field label={w().from} error={at('from')}>{p => <DateInput {...p} value={from} onValue={setFrom} />}</Field><Field label={w().to} error={at('to')}>{p => <DateInput {...p} value={to} min={from} onValue={setTo} />}</Field></div>
    <fieldset class="row"><legend class="strong sm">{w().on}</legend>{[1, 2, 3, 4, 5].map(d => <label key={d} class="check"><input type="checkbox" checked={weekdays.includes(d)} onChange={e => setWeekdays(e.currentTarget.checked ? [...weekdays, d].sort() : weekdays.filter(x => x !== d))} />{policyWords().weekdays[d]}</label>)}{n.at('weekdays') && <span class="err" role="alert">{w().noDay}</span>}</fieldset>
    <Field label={w().note}>{p => <input {...p} maxLength={200} value={note} onInput={e => setNote(e.currentTarget.value)} />}</Field></Dialog>;
}

export function RosterVersions() {
  const [open, setOpen] = useState<Version>(), [making, setMaking] = useState(false);
  useEffect(() => { void list.refresh(); }, []);
  const mayMake = !!me.value && plansRosters(me.value);
  return <main id="m" tabIndex={-1}><section class="card"><div class="row between"><h2>{w().title}</h2>{mayMake && <button class="btn small" onClick={() => setMaking(true)}>{w().make}</button>}</div><p class="sm muted">{w().hint}</p>{!!list.state.value.value?.items.length && <Downloads path="/api/v1/roster/versions" />}
    <Show source={list} zone={zone()} height={240}>{v => v.items.length === 0 ? <Empty>{w().none}</Empty> : <ul class="list">{v.items.map(i => <li key={i.id}><div class="row between"><b>{i.unit_name}</b><StateChip v={i} /></div>
      <span class="sm num">{span(i.period_from, i.period_to)} · {w().people(number(i.people))}{i.instrument_number && ` · ${i.instrument_number}`}</span>
      <span class="sm muted">{[w().by(w().source[i.source] ?? i.source, i.made_by_name), stamp(i.made_at, zone()), i.published_at && w().setAt(stamp(i.published_at, zone())), i.note].filter(Boolean).join(' · ')}</span>
      <div class="row"><button class="btn ghost small" onClick={() => setOpen(i)}>{w().open}</button></div></li>)}</ul>}</Show></section>
    {open && <LinesDialog v={open} isAbove={open.is_partial} onClose={() => setOpen(undefined)} />}{making && <MakeDialog onClose={() => setMaking(false)} />}</main>;
}
