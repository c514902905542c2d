/* Daftar hadir kertas: a blank list to be signed, the day's list entered from its photo, the second person's word. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { api, serverNow, type Got, type Problem } from '../base/api';
import { Downloads } from '../base/downloads';
import { ownUnits } from '../base/access';
import { clock, dayIn, fullDay, longDay, minute, nipText, past, shortFullDay, stamp } from '../base/format';
import { source } from '../base/load';
import { me } from '../base/session';
import { zone } from '../base/shell';
import { Action, Chip, DateInput, Dialog, Empty, Field, Note, Reload, Show, TimeInput, toast, type Tone } from '../base/ui';
import { t } from '../base/words';
import { UnitPicker, type Unit } from '../org/picker';
import { faultText, Upload } from './ask';
import { w } from './words';

type Papers = Got<'/api/v1/attendance/papers'>;
type Paper = Papers['items'][number];
type Sheet = Got<'/api/v1/attendance/sheet'>;
const tones: Record<Paper['state'], Tone> = { waiting: 'info', confirmed: 'ok', refused: 'bad', withdrawn: '' };

const isPicture = (name: string) => /\.(jpe?g|png|webp)$/i.test(name);

export interface Times { in: string; out: string; note: string }
/** Rows with a time, as the server takes them. */
export const toRows = (sheet: Pick<Sheet, 'rows'>, times: ReadonlyMap<string, Times>) => sheet.rows.flatMap(r => {
  const x = times.get(r.employee);
  return x && (x.in || x.out) ? [{ employee: r.employee, ...(x.in ? { in: x.in } : {}), ...(x.out ? { out: x.in ? past(x.in, x.out) : x.out } : {}), ...(x.note.trim() ? { note: x.note.trim() } : {}) }] : [];
});
/** "/rows/3/in" names the person of the row in the reader's language. */
export function rowFault(p: Problem | 'network', rows: readonly { employee: string }[], sheet: Pick<Sheet, 'rows'>): string {
  const at = p !== 'network' ? /^\/rows\/(\d+)\//.exec(p.pointer ?? '') : null, row = at && rows[Number(at[1])];
  const name = row && sheet.rows.find(r => r.employee === row.employee)?.name;
  return name && p !== 'network' ? w().rowProblem(name, w().rowFault[p.reason ?? ''] ?? p.reason ?? '') : faultText(p);
}

function useSheet(unit: string, day: string) {
  const s = useMemo(() => source<Sheet>(null, () => api.GET('/api/v1/attendance/sheet', { params: { query: { unit, day } } })), [unit, day]);
  useEffect(() => { void s.refresh(); }, [s]);
  return s;
}

/* For the wall of the office: names, empty columns, signatures. */
function BlankDialog({ unit, day, onClose }: { unit: string; day: string; onClose: () => void }) {
  const s = useSheet(unit, day);
  return <Dialog broad title={w().print} onClose={onClose} foot={<button class="btn" onClick={() => print()}>{w().printIt}</button>}>
    <Show source={s} zone={zone()} height={320}>{v => <article class="doc">
      <header><b>{v.government}</b><br />{v.agency_name}{v.agency_name !== v.unit_name && <><br />{v.unit_name}</>}</header>
      <h2>{w().sheetTitle}</h2><p>{longDay(v.day)}</p>
      <div class="scroll" tabIndex={0} role="region" aria-label={w().sheetTitle}><table class="table grid"><thead><tr><th class="r">{w().no}</th><th>{w().nameNip}</th><th>{w().inCol}</th><th>{w().sign}</th><th>{w().outCol}</th><th>{w().sign}</th><th>{w().noteCol}</th></tr></thead>
        <tbody>{v.rows.map((r, i) => <tr key={r.employee}><td class="r num">{i + 1}</td><th scope="row">{r.name}<br /><span class="num xs">{nipText(r.nip)}</span></th><td /><td /><td /><td /><td class="sm">{r.mode && r.mode !== 'office' ? t().mode[r.mode] : ''}</td></tr>)}</tbody></table></div>
      <div class="signs"><p>{w().knower}<br />{w().headOf} {v.unit_name}</p><p>{w().place}: …………………, {fullDay(v.day)}<br />{w().keeper}</p></div>
    </article>}</Show></Dialog>;
}

function EntryDialog({ unit, day, onClose, onDone }: { unit: string; day: string; onClose: () => void; onDone: () => void }) {
  const z = zone(), s = useSheet(unit, day);
  const [times, setTimes] = useState<ReadonlyMap<string, Times>>(new Map()), [file, setFile] = useState<{ sha256: string; name: string }>(), [late, setLate] = useState(''), [tried, setTried] = useState(false), [problem, setProblem] = useState('');
  const set = (id: string, p: Partial<Times>) => setTimes(new Map(times).set(id, { ...(times.get(id) ?? { in: '', out: '', note: '' }), ...p }));
  const send = async (v: Sheet) => {
    const rows = toRows(v, times);
    setTried(true);
    setProblem(rows.length ? '' : w().paperEmpty);
    if (!rows.length || !file || (v.is_late && late.trim().length < 10)) return;
    const r = await api.POST('/api/v1/attendance/papers', { body: { unit, day, file_sha256: file.sha256, file_name: file.name, rows, ...(v.is_late ? { late_reason: late.trim() } : {}) } }).catch(() => undefined);
    if (!r?.data) return setProblem(rowFault((r?.error as Problem | undefined) ?? 'network', rows, v));
    toast(w().paperSent);
    onDone();
  };
  const v = s.state.value.value;
  return <Dialog broad title={w().entry} sub={longDay(day)} onClose={onClose} foot={v && v.rows.length > 0 && <><Action onAct={() => send(v)}>{w().sendPaper}</Action><button class="btn ghost" onClick={onClose}>{t().cancel}</button></>}>
    {problem && <Note tone="bad" icon="warn">{problem}</Note>}
    <Show source={s} zone={z} height={320}>{x => x.rows.length === 0 ? <Empty>{w().sheetNone}</Empty> : <>
      <p><b>{x.unit_name}</b></p>
      {x.is_late && <Field label={w().lateReason} hint={w().lateHint(shortFullDay(x.last_day))} error={tried && late.trim().length < 10 ? w().lateHint(shortFullDay(x.last_day)) : undefined}>{p => <textarea {...p} maxLength={500} value={late} onInput={e => setLate(e.currentTarget.value)} />}</Field>}
      <Upload label={w().photo} hint={w().photoHint} name={file?.name} error={tried && !file ? w().photoMissing : undefined} onDone={(sha256, name) => setFile({ sha256, name })} onRemove={() => setFile(undefined)} />
      <ul class="list">{x.rows.map(r => <li key={r.employee}><fieldset class="entry" disabled={r.is_listed}><legend><b>{r.name}</b> <span class="sm muted">{[!r.has_phone && w().noPhone, r.mode && r.mode !== 'office' && t().mode[r.mode], r.is_listed && w().listed, r.in_at && w().already(`${clock(r.in_at, z)}${r.out_at ? `–${clock(r.out_at, z)}` : ''}`)].filter(Boolean).join(' · ')}</span></legend>
        <label><span class="xs muted">{w().inCol}</span><TimeInput value={times.get(r.employee)?.in ?? ''} onValue={x => set(r.employee, { in: x })} /></label>
        <label><span class="xs muted">{w().outCol}</span><TimeInput value={times.get(r.employee)?.out ?? ''} onValue={x => set(r.employee, { out: x })} /></label>
        <label class="grow"><span class="xs muted">{w().noteCol}</span><input type="text" maxLength={200} value={times.get(r.employee)?.note ?? ''} onInput={e => set(r.employee, { note: e.currentTarget.value })} /></label></fieldset></li>)}</ul></>}</Show></Dialog>;
}

function PaperDialog({ id, onClose, onDone }: { id: string; onClose: () => void; onDone: () => void }) {
  const z = zone(), s = useMemo(() => source<Got<'/api/v1/attendance/papers/{paper}'>>(null, () => api.GET('/api/v1/attendance/papers/{paper}', { params: { path: { paper: id } } })), [id]);
  const [refusing, setRefusing] = useState(false), [reason, setReason] = useState(''), [tried, setTried] = useState(false), [problem, setProblem] = useState<Problem | 'network'>();
  useEffect(() => { void s.refresh(); }, [s]);
  const p = s.state.value.value, path = { paper: id };
  const settle = (r: { error?: unknown } | undefined, text: string) => {
    if (!r || r.error) return setProblem((r?.error as Problem | undefined) ?? 'network');
    toast(text);
    onDone();
  };
  const confirm = async () => settle(await api.POST('/api/v1/attendance/papers/{paper}/confirm', { params: { path }, body: { version: p!.version } }).catch(() => undefined), w().paperConfirmed);
  const withdraw = async () => settle(await api.POST('/api/v1/attendance/papers/{paper}/withdraw', { params: { path }, body: { version: p!.version } }).catch(() => undefined), w().paperWithdrawn);
  const refuse = async () => {
    setTried(true);
    if (reason.trim().length >= 10) settle(await api.POST('/api/v1/attendance/papers/{paper}/refuse', { params: { path }, body: { version: p!.version, reason: reason.trim() } }).catch(() => undefined), w().paperRefused);
  };
  const foot = !p ? undefined : refusing ? <><Action class="btn danger" onAct={refuse}>{w().refuse}</Action><button class="btn ghost" onClick={() => setRefusing(false)}>{t().cancel}</button></>
    : p.may_confirm ? <><Action onAct={confirm}>{w().confirmPaper}</Action><button class="btn ghost" onClick={() => setRefusing(true)}>{w().refuse}</button></>
      : p.may_withdraw ? <Action class="btn ghost" onAct={withdraw}>{w().withdraw}</Action> : undefined;
  return <Dialog broad title={p?.unit_name ?? w().papers} sub={p && longDay(p.day)} onClose={onClose} foot={foot}>
    {problem && <Note tone="bad" icon="warn">{faultText(problem)}<Reload problem={problem} onReload={onDone} /></Note>}
    <Show source={s} zone={z} height={280}>{x => <>
      <div class="row tight"><Chip tone={tones[x.state]}>{w().pState[x.state]}</Chip>{x.is_late && <Chip tone="warn">{w().late}</Chip>}<span class="sm muted num">{w().enteredBy(x.entered_by, stamp(x.entered_at, z))}</span></div>
      {x.late_reason && <p class="sm">{x.late_reason}</p>}
      <p class="sm">{w().evidenceOf}: <a href={`/api/v1/files/${x.file_sha256}`} download={x.file_name}>{x.file_name}</a></p>
      {x.state === 'waiting' && <p class="sm muted">{x.is_late ? w().officerConfirms : w().confirmHint}</p>}
      {x.decided_by && x.decided_at && <p class="sm muted num">{w().decidedBy(x.decided_by, stamp(x.decided_at, z))}{x.decision && `: ${x.decision}`}</p>}
      <div class={isPicture(x.file_name) ? 'cols even' : 'col'}>{isPicture(x.file_name) && <img class="evidence" src={`/api/v1/files/${x.file_sha256}`} alt={w().photo} />}
      <div class="scroll" tabIndex={0} role="region" aria-label={w().papers}><table class="table"><thead><tr><th>{w().nameCol}</th><th>{w().inCol}</th><th>{w().outCol}</th><th>{w().noteCol}</th></tr></thead>
        <tbody>{x.rows.map(r => <tr key={r.employee}><th scope="row">{r.name}</th><td class="num">{r.in ? minute(r.in) : ''}</td><td class="num">{r.out ? minute(r.out) : ''}</td><td class="sm">{r.note}</td></tr>)}</tbody></table></div></div>
      {refusing && <Field label={w().verdict} hint={w().verdictHint} error={tried && reason.trim().length < 10 ? w().verdictHint : undefined}>{f => <textarea {...f} maxLength={500} value={reason} onInput={e => setReason(e.currentTarget.value)} />}</Field>}</>}</Show></Dialog>;
}

export function PapersPage() {
  const z = zone(), today = dayIn(serverNow(), z), own = ownUnits(me.value!);
  const [unit, setUnit] = useState<string | undefined>(own[0]?.id), [day, setDay] = useState(today), [dialog, setDialog] = useState<'entry' | 'print'>(), [open, setOpen] = useState<string>();
  const [more, setMore] = useState<readonly Paper[]>([]), [next, setNext] = useState<string>();
  const s = useMemo(() => source<Papers>('papers', () => api.GET('/api/v1/attendance/papers', { params: { query: {} } })), []);
  const refresh = () => { setMore([]); setNext(undefined); void s.refresh(); };
  useEffect(refresh, [s]);
  const load = async (cursor: string) => {
    const r = await api.GET('/api/v1/attendance/papers', { params: { query: { cursor } } }).catch(() => undefined);
    if (r?.data) { setMore([...more, ...r.data.items]); setNext(r.data.next ?? ''); } else toast(t().failed);
  };
  const writes = me.value!.roles.some(r => ['unit_officer', 'agency_officer', 'bkd'].includes(r.role));
  return <main id="m" tabIndex={-1}><section class="card"><div class="row between"><h2>{w().papers}</h2>{!!s.state.value.value?.items.length && <Downloads path="/api/v1/attendance/papers" />}</div><p class="sm muted">{w().papersHint}</p>
    <div class="two roomy">{own.length > 1 ? <Field label={w().unit}>{p => <select {...p} value={unit} onChange={e => setUnit(e.currentTarget.value)}>{own.map(u => <option key={u.id} value={u.id}>{u.name}</option>)}</select>}</Field>
      : <div class="col"><UnitPicker own onPick={(u?: Unit) => setUnit(u?.id)} /></div>}
      <Field label={w().day}>{p => <DateInput {...p} value={day} max={today} onValue={d => { if (d) setDay(d); }} />}</Field></div>
    <div class="row">{writes && <button class="btn" disabled={!unit} onClick={() => setDialog('entry')}>{w().entry}</button>}<button class="btn ghost" disabled={!unit} onClick={() => setDialog('print')}>{w().print}</button></div></section>
    <section class="card"><Show source={s} zone={z} height={240}>{v => {
      const items = [...v.items, ...more], cursor = next ?? v.next;
      return items.length === 0 ? <Empty>{w().noPapers}</Empty> : <><ul class="list">{items.map(p => <li key={p.id}><button class="rowbutton" onClick={() => setOpen(p.id)}>
        <span class="row between start"><span class="col tight"><b>{p.unit_name}</b><span class="sm num">{longDay(p.day)} · {w().peopleOn(p.people)}</span></span><span class="row tight">{p.is_late && <Chip tone="warn">{w().late}</Chip>}<Chip tone={tones[p.state]}>{w().pState[p.state]}</Chip></span></span>
        <span class="xs muted num">{w().enteredBy(p.entered_by, stamp(p.entered_at, z))}</span></button></li>)}</ul>{cursor && <button class="btn ghost" onClick={() => void load(cursor)}>{t().more}</button>}</>;
    }}</Show></section>
    {dialog === 'entry' && unit && <EntryDialog unit={unit} day={day} onClose={() => setDialog(undefined)} onDone={() => { setDialog(undefined); refresh(); }} />}
    {dialog === 'print' && unit && <BlankDialog unit={unit} day={day} onClose={() => setDialog(undefined)} />}
    {open && <PaperDialog id={open} onClose={() => setOpen(undefined)} onDone={() => { setOpen(undefined); refresh(); }} />}
  </main>;
}
