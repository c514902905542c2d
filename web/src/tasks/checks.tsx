/* Documents that several look at: asking for it, verifying one's part or objecting, replacing the document. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { api, online, type Got } from '../base/api';
import { Downloads, save } from '../base/downloads';
import { number, stamp } from '../base/format';
import { source } from '../base/load';
import { zone } from '../base/shell';
import { Action, Chip, Dialog, Empty, Field, Note, Show, Skeleton, toast, type Tone } from '../base/ui';
import { t } from '../base/words';
import { DocumentField, More, usePages } from '../absence/parts';
import type { Unit } from '../org/picker';
import { Chosen, failure, isLink, NearChoice, Opened, Refusal, Thread, UnitChoice, type Failure, type Who } from './parts';
import { w } from './words';

type List = Got<'/api/v1/tasks/checks'>;
type Check = List['items'][number];
type Detail = Got<'/api/v1/tasks/checks/{document}'>;
type Line = Detail['lines'][number];
interface Doc { reference: string; link: string; file?: { sha256: string; name: string } }

const tones: Record<Check['state'], Tone> = { open: 'info', objected: 'bad', verified: 'ok', withdrawn: '' };
const lineTones: Record<Line['state'], Tone> = { waiting: 'warn', verified: 'ok', objected: 'bad' };
const bodyOf = (d: Doc) => ({ ...(d.reference.trim() ? { reference: d.reference.trim() } : {}), ...(d.link.trim() ? { link: d.link.trim() } : {}), ...(d.file ? { file_sha256: d.file.sha256, file_name: d.file.name } : {}) });
const isNamed = (d: Doc) => !!(d.reference.trim() || d.link.trim() || d.file) && isLink(d.link);

const CheckRow = ({ c, open }: { c: Check; open: () => void }) => <li><button type="button" class="rowbutton" onClick={open}><b>{c.title}</b><span class="sm muted">{[c.reference, !c.is_mine && `${w().owner}: ${c.owner_name}`].filter(Boolean).join(' · ')}</span>
  <span class="row tight"><Chip tone={tones[c.state]}>{w().checkState[c.state]}</Chip><span class="sm muted num">{w().progress(number(c.verified), number(c.lines))}</span></span></button></li>;

function DocumentFields({ d, put, tried }: { d: Doc; put: (d: Doc) => void; tried: boolean }) {
  return <><Field label={w().reference} hint={w().referenceHint} error={tried && !isNamed(d) ? w().needReference : undefined}>{p => <input {...p} maxLength={100} value={d.reference} onInput={e => put({ ...d, reference: e.currentTarget.value })} />}</Field>
    <Field label={w().docLink} hint={w().linkHint} error={tried && !isLink(d.link) ? w().needLink : undefined}>{p => <input {...p} type="url" maxLength={300} value={d.link} onInput={e => put({ ...d, link: e.currentTarget.value })} />}</Field>
    <DocumentField label={w().file} file={d.file} onFile={file => put({ ...d, file })} /></>;
}

/* ---- one ---- */

function LineRow({ c, l, version, onDone }: { c: string; l: Line; version: number; onDone: () => void }) {
  const [note, setNote] = useState(''), [tried, setTried] = useState(false), [problem, setProblem] = useState<Failure>(), short = note.trim().length < 5;
  const decide = (accept: boolean) => async () => {
    setTried(!accept);
    if (!accept && short) return;
    const bad = failure(await api.POST('/api/v1/tasks/checks/{document}/decide', { params: { path: { document: c } }, body: { line: l.line, version, accept, ...(note.trim() ? { note: note.trim() } : {}) } }).catch(() => undefined));
    if (bad) return setProblem(bad);
    toast(w().decided);
    onDone();
  };
  return <li><div class="row between"><b class="grow">{l.text}</b><Chip tone={lineTones[l.state]}>{w().lineState[l.state]}</Chip></div><span class="sm muted">{w().verifier}: {l.person_name ?? w().head(l.unit_name ?? '')}</span>
    {l.decided_by_name && l.decided_at && <span class="sm num">{w().verifiedBy(l.decided_by_name, stamp(l.decided_at, zone()))}</span>}{l.note && <blockquote class="sm wrap">{l.note}</blockquote>}
    {l.may_decide && <div class="col"><Refusal problem={problem} onReload={onDone} /><Field label={w().objectWhy} error={tried && short ? w().needWords : undefined}>{p => <textarea {...p} rows={2} maxLength={1000} value={note} onInput={e => setNote(e.currentTarget.value)} />}</Field>
      <div class="row"><Action class="btn small" onAct={decide(true)} disabled={!online.value}>{w().verify}</Action><Action class="btn danger small" onAct={decide(false)} disabled={!online.value}>{w().object}</Action></div></div>}</li>;
}

function ReplaceForm({ d, onDone, onCancel }: { d: Detail; onDone: () => void; onCancel: () => void }) {
  const [doc, setDoc] = useState<Doc>({ reference: d.check.reference ?? '', link: d.check.link ?? '' }), [tried, setTried] = useState(false), [problem, setProblem] = useState<Failure>();
  const send = async () => {
    setTried(true);
    if (!isNamed(doc)) return;
    const bad = failure(await api.POST('/api/v1/tasks/checks/{document}/replace', { params: { path: { document: d.check.check } }, body: { version: d.check.version, ...bodyOf(doc) } }).catch(() => undefined));
    if (bad) return setProblem(bad);
    toast(w().replaced);
    onDone();
  };
  return <Opened title={w().replace}><Note tone="warn">{w().replaceHint}</Note><Refusal problem={problem} onReload={onDone} /><DocumentFields d={doc} put={setDoc} tried={tried} />
    <div class="row"><Action class="btn" onAct={send} disabled={!online.value}>{w().replace}</Action><button type="button" class="btn ghost" onClick={onCancel}>{t().cancel}</button></div></Opened>;
}

function CheckDialog({ check, onClose, onChange }: { check: string; onClose: () => void; onChange: () => void }) {
  const [replacing, setReplacing] = useState(false), [problem, setProblem] = useState<Failure>();
  const one = useMemo(() => source<Detail>(`tasks/checks/${check}`, () => api.GET('/api/v1/tasks/checks/{document}', { params: { path: { document: check } } })), [check]);
  useEffect(() => { void one.refresh(); }, [one]);
  const d = one.state.value.value, done = () => { setReplacing(false); setProblem(undefined); void one.refresh(); onChange(); };
  const withdraw = async () => {
    const bad = failure(await api.POST('/api/v1/tasks/checks/{document}/withdraw', { params: { path: { document: check } }, body: { version: d!.check.version } }).catch(() => undefined));
    if (bad) return setProblem(bad);
    toast(w().withdrawn);
    done();
  };
  const foot = d && !replacing && (d.may_replace || d.may_withdraw) ? <>{d.may_replace && <button type="button" class="btn ghost" onClick={() => setReplacing(true)}>{w().replace}</button>}{d.may_withdraw && <Action class="btn danger" onAct={withdraw} disabled={!online.value}>{w().withdrawCheck}</Action>}</> : undefined;
  return <Dialog title={d?.check.title ?? w().views.checks} sub={d && w().edition(d.check.edition)} onClose={onClose} foot={foot}><Refusal problem={problem} onReload={done} />
    <Show source={one} zone={zone()} height={240}>{v => <>{replacing && <ReplaceForm d={v} onDone={done} onCancel={() => setReplacing(false)} />}<span class="row tight"><Chip tone={tones[v.check.state]}>{w().checkState[v.check.state]}</Chip><span class="sm muted num">{w().progress(number(v.check.verified), number(v.check.lines))}</span></span>
      <dl class="facts"><dt>{w().owner}</dt><dd>{v.check.owner_name}</dd>{v.check.reference && <><dt>{w().reference}</dt><dd>{v.check.reference}</dd></>}{v.check.link && <><dt>{w().document}</dt><dd><a href={v.check.link} target="_blank" rel="noreferrer noopener">{v.check.link}</a></dd></>}
        {v.check.file_name && <><dt>{w().file}</dt><dd>{v.check.file_name} · <button type="button" class="link sm" onClick={() => void save(`/api/v1/tasks/checks/${check}/file`).then(p => { if (p) setProblem(p); })}>{w().getFile}</button></dd></>}</dl>
      <section class="col"><h3>{w().lines}</h3><ol class="list">{v.lines.map(l => <LineRow key={`${v.check.edition}.${l.line}`} c={check} l={l} version={v.check.version} onDone={done} />)}</ol></section><Thread events={v.thread} /></>}</Show></Dialog>;
}

/* ---- asking ---- */

interface Ask { text: string; who?: Who }

function LineFields({ x, n, tried, onChange, onRemove }: { x: Ask; n: number; tried: boolean; onChange: (x: Ask) => void; onRemove?: () => void }) {
  const [toUnit, setToUnit] = useState(false), pick = (u?: Unit) => onChange({ ...x, who: u && { id: u.id, name: u.name, kind: 'unit' } });
  return <li><fieldset class="col"><legend class="strong">{w().part(n)}</legend>
    <Field label={w().lineText} error={tried && x.text.trim().length < 3 ? w().needLines : undefined}>{p => <input {...p} maxLength={200} value={x.text} onInput={e => onChange({ ...x, text: e.currentTarget.value })} />}</Field>
    {x.who ? <Chosen who={[x.who]} onRemove={() => onChange({ text: x.text })} /> : <><div class="row tight" role="group" aria-label={w().verifier}>{([false, true] as const).map(u => <button key={String(u)} type="button" class={`btn small ${toUnit === u ? '' : 'ghost'}`} aria-pressed={toUnit === u} onClick={() => setToUnit(u)}>{u ? w().unit : w().person}</button>)}</div>
      {toUnit ? <UnitChoice onPick={pick} /> : <NearChoice onPick={who => onChange({ ...x, who })} />}{tried && <p class="err" role="alert">{w().needLines}</p>}</>}
    {onRemove && <button type="button" class="link sm" onClick={onRemove}>{w().remove(w().part(n))}</button>}</fieldset></li>;
}

function AskDialog({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const [title, setTitle] = useState(''), [doc, setDoc] = useState<Doc>({ reference: '', link: '' }), [lines, setLines] = useState<readonly Ask[]>([{ text: '' }]), [tried, setTried] = useState(false), [problem, setProblem] = useState<Failure>();
  const send = async () => {
    setTried(true);
    if (title.trim().length < 3 || !isNamed(doc) || lines.some(l => l.text.trim().length < 3 || !l.who)) return;
    const bad = failure(await api.POST('/api/v1/tasks/checks', { body: { title: title.trim(), ...bodyOf(doc), lines: lines.map(l => ({ text: l.text.trim(), ...(l.who!.kind === 'unit' ? { unit: l.who!.id } : { employee: l.who!.id }) })) } }).catch(() => undefined));
    if (bad) return setProblem(bad);
    toast(w().asked);
    onDone();
  };
  return <Dialog title={w().askCheck} onClose={onClose} foot={<><Action onAct={send} disabled={!online.value}>{w().askCheckNow}</Action><button type="button" class="btn ghost" onClick={onClose}>{t().cancel}</button></>}><Refusal problem={problem} />{!online.value && <p class="sm muted">{w().offline}</p>}
    <Field label={w().document} error={tried && title.trim().length < 3 ? w().needDocument : undefined}>{p => <input {...p} maxLength={200} value={title} onInput={e => setTitle(e.currentTarget.value)} />}</Field>
    <DocumentFields d={doc} put={setDoc} tried={tried} />
    <section class="col"><h3>{w().lines}</h3><ol class="list">{lines.map((x, i) => <LineFields key={i} x={x} n={i + 1} tried={tried} onChange={y => setLines(lines.map((z, k) => k === i ? y : z))} onRemove={lines.length > 1 ? () => setLines(lines.filter((_, k) => k !== i)) : undefined} />)}</ol>
      {lines.length < 20 && <button type="button" class="btn ghost small" onClick={() => setLines([...lines, { text: '' }])}>{w().addLine}</button>}</section></Dialog>;
}

export function ChecksPart() {
  const [round, again] = useState(0), [open, setOpen] = useState<string>(), [asking, setAsking] = useState(false);
  const pages = usePages<List>(cursor => api.GET('/api/v1/tasks/checks', { params: { query: cursor ? { cursor } : {} } }), String(round)), items = pages.items as readonly Check[] | undefined, reload = () => again(round + 1);
  return <section class="card"><div class="row between"><h2>{w().views.checks}</h2><button type="button" class="btn small" onClick={() => setAsking(true)}>{w().askCheck}</button></div>{!!items?.length && <Downloads path="/api/v1/tasks/checks" />}
    {items && (items.length === 0 ? <Empty>{w().emptyChecks}</Empty> : <ul class="list">{items.map(c => <CheckRow key={c.check} c={c} open={() => setOpen(c.check)} />)}</ul>)}{!items && !pages.problem && <Skeleton height={120} />}<More pages={pages} />
    {open && <CheckDialog check={open} onClose={() => setOpen(undefined)} onChange={reload} />}{asking && <AskDialog onClose={() => setAsking(false)} onDone={() => { setAsking(false); reload(); }} />}</section>;
}
