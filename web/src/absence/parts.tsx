/* What every screen of leave and duty shares: one notice as a line and in full, its document, its chips. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import { api, isProblem, online, upload, type Got, type Problem } from '../base/api';
import { clock, dayIn, fullDay, minute, shortFullDay, span, stamp } from '../base/format';
import { Icon } from '../base/icons';
import { source } from '../base/load';
import { me } from '../base/session';
import { zone } from '../base/shell';
import { Action, Chip, Dialog, EVIDENCE, Field, FileInput, isEvidence, Note, problemText, Show, toast, type Tone } from '../base/ui';
import { t } from '../base/words';
import { w } from './words';

export type Notice = Got<'/api/v1/me/notices'>['items'][number];
export type Detail = Got<'/api/v1/org/notices/{notice}'>;
export type Kind = Got<'/api/v1/org/kinds'>['items'][number];
export type Failure = Problem | 'network';

export const failure = (r: { error?: unknown } | undefined): Failure | undefined => !r ? 'network' : (r.error as Problem | undefined);
/** Words for a refusal: of the field it names when there are some, else of its code. */
export const says = (p: Failure, faults: Record<string, string>) => p !== 'network' ? faults[`${p.code}${p.pointer ?? ''}`] ?? problemText(p) : problemText(p);

/** Rows in force, kept on the phone: the form opens without a signal. */
export const kinds = source<Got<'/api/v1/org/kinds'>>('kinds', () => api.GET('/api/v1/org/kinds', { params: { query: {} } }));

const tones: Record<Notice['state'], Tone> = { waiting: 'warn', accepted: 'ok', refused: 'bad', withdrawn: '' };

export function StateChips({ n }: { n: Notice }) {
  return <span class="row tight">
    <Chip tone={n.status_withdrawn_at ? '' : tones[n.state]}>{n.status_withdrawn_at ? w().statusWithdrawn : n.state === 'waiting' ? n.may_decide ? w().waitsForYou : w().waitsFor(w().decider[n.decider]) : w().state[n.state]}</Chip>
    {n.decider === 'officer' && n.state === 'waiting' && <Chip tone="info">{w().late}</Chip>}
    {n.entered_by_officer && <Chip>{w().byOfficer}</Chip>}
    {n.is_overdue ? <Chip tone="warn">{w().overdue}</Chip> : n.has_document && <Chip>{w().documentThere}</Chip>}
  </span>;
}

export const hoursText = (n: { from_minute?: string; to_minute?: string }) => n.from_minute && n.to_minute ? `${minute(n.from_minute)}–${minute(n.to_minute)}` : '';
export const whenText = (n: { from: string; to: string; from_minute?: string; to_minute?: string }) => [n.from === n.to ? fullDay(n.from) : span(n.from, n.to), hoursText(n)].filter(Boolean).join(' · ');

/** A notice as a row that opens; `who` when it is another's. */
export const NoticeRow = ({ n, who, open }: { n: Notice; who?: boolean; open: () => void }) => <li><button class="rowbutton" onClick={open}>
  <b>{who ? n.full_name : t().kind[n.kind]}</b>{who && <span class="sm">{t().kind[n.kind]}{n.unit_name && <span class="muted"> · {n.unit_name}</span>}</span>}
  <span class="sm muted num">{whenText(n)}</span><StateChips n={n} /></button></li>;

/** Uploads a file at once; what it was named goes with it. */
export function DocumentField({ label, file, onFile }: { label: string; file?: { sha256: string; name: string }; onFile: (f?: { sha256: string; name: string }) => void }) {
  const [busy, setBusy] = useState(false), [wrong, setWrong] = useState('');
  const pick = async (f?: File) => {
    if (!f) return;
    if (f.size > 5 * 1024 * 1024) return setWrong(w().tooLarge);
    if (!isEvidence(f)) return setWrong(t().problems.media_type);
    setBusy(true);
    setWrong('');
    const r = await upload(f).catch(() => undefined);
    setBusy(false);
    if (!r) setWrong(w().documentOffline);
    else if (isProblem(r)) setWrong(problemText(r));
    else if (!isEvidence(r)) setWrong(t().problems.media_type);
    else onFile({ sha256: r.sha256, name: f.name.slice(0, 100) });
  };
  return file
    ? <p class="sm row"><Icon name="check" color="ok" />{w().attached(file.name)} <button type="button" class="link" onClick={() => onFile(undefined)}>{w().detach}</button></p>
    : <Field label={label} hint={online.value ? w().documentHint : w().documentOffline} error={wrong || undefined}>{p => <span><FileInput {...p} label={busy ? w().uploading : w().pick} accept={EVIDENCE} disabled={busy || !online.value} onFile={f => void pick(f)} /></span>}</Field>;
}

/* The document follows. */
function LaterDocument({ d, onDone }: { d: Detail; onDone: () => void }) {
  const [file, setFile] = useState<{ sha256: string; name: string }>(), [problem, setProblem] = useState<Failure>();
  const send = async () => {
    if (!file) return;
    const bad = failure(await api.POST('/api/v1/org/notices/{notice}/document', { params: { path: { notice: d.notice.notice } }, body: { document_sha256: file.sha256, document_name: file.name } }).catch(() => undefined));
    if (bad) return setProblem(bad);
    toast(w().documentSent);
    onDone();
  };
  return <div class="col">{problem && <Note tone="bad" icon="warn">{says(problem, w().faults)}</Note>}
    <DocumentField label={w().document} file={file} onFile={setFile} />{file && <Action class="btn ghost" onAct={send}>{w().sendDocument}</Action>}</div>;
}

function Facts({ d }: { d: Detail }) {
  const n = d.notice, z = zone(), due = n.document_due, gone = d.thread.find(e => e.kind === 'status_withdrawn');
  return <dl class="facts">
    <dt>{w().kind}</dt><dd>{d.kind_name ?? t().kind[n.kind]}</dd>
    <dt>{w().days}</dt><dd class="num">{n.from === n.to ? fullDay(n.from) : span(n.from, n.to)}</dd>
    {n.from_minute && <><dt>{w().hours}</dt><dd class="num">{hoursText(n)}</dd></>}
    {n.places.length > 0 && <><dt>{w().places}</dt><dd>{n.places.map(p => <div key={p}>{p}</div>)}</dd></>}
    {n.reason && <><dt>{w().remark}</dt><dd>{n.reason}</dd></>}
    <dt>{w().toldAt}</dt><dd class="num">{stamp(n.made_at, z)}{n.entered_by_name && <div class="sm">{w().byNamed(n.entered_by_name, stamp(n.received_at, z))}</div>}</dd>
    {n.document_sha256 ? <><dt>{w().document}</dt><dd><a href={`/api/v1/files/${n.document_sha256}`}>{n.document_name || w().openDocument}</a></dd></>
      : (n.has_document || due) && <><dt>{w().document}</dt><dd>{n.has_document ? w().documentThere : due && (n.is_overdue ? w().dueWas(shortFullDay(due)) : w().dueUntil(shortFullDay(due)))}</dd></>}
    {n.decided_by_name && n.decided_at && <><dt>{w().decidedBy}</dt><dd>{n.decided_by_name} · <span class="num">{stamp(n.decided_at, z)}</span>{n.decision && <div>{n.decision}</div>}</dd></>}
    {gone && <><dt>{w().events.status_withdrawn}</dt><dd>{gone.actor_name} · <span class="num">{stamp(gone.at, z)}</span>{gone.note && <div>{gone.note}</div>}</dd></>}
    {d.legal_basis && <><dt>{w().rules}</dt><dd>{d.legal_basis}{!d.is_verified && <> <Chip>{w().example}</Chip></>}</dd></>}
  </dl>;
}

const Thread = ({ d }: { d: Detail }) => <details><summary class="sm strong">{w().thread}</summary><ul class="points sm">{d.thread.map(e => <li key={e.at + e.kind}><span class="num">{shortFullDay(dayIn(new Date(e.at), zone()))} {clock(e.at, zone())}</span> · {w().events[e.kind]}{e.actor_name && ` · ${e.actor_name}`}{e.note && <div class="muted">{e.note}</div>}</li>)}</ul></details>;

/** One notice in full; `foot` is what may be done with it, given what was loaded. */
export function NoticeDialog({ notice, onClose, onChange, foot, children }: { notice: string; onClose: () => void; onChange?: () => void; foot?: (d: Detail) => ComponentChildren; children?: (d: Detail) => ComponentChildren }) {
  const s = useMemo(() => source<Detail>(null, () => api.GET('/api/v1/org/notices/{notice}', { params: { path: { notice } } })), [notice]);
  useEffect(() => { void s.refresh(); }, [s]);
  const d = s.state.value.value, isMine = d?.notice.employee === me.value?.employee;
  return <Dialog title={d && !isMine ? d.notice.full_name : w().title} sub={d && !isMine ? [d.notice.position, d.notice.unit_name].filter(Boolean).join(' · ') : undefined} onClose={onClose} foot={d && foot?.(d)}>
    <Show source={s} zone={zone()} height={240}>{v => <><StateChips n={v.notice} />{v.notice.masked && <p class="sm muted">{w().masked}</p>}<Facts d={v} />
      {onChange && (v.notice.state === 'waiting' || v.notice.state === 'accepted') && !v.notice.status_withdrawn_at && <LaterDocument d={v} onDone={() => { void s.refresh(); onChange(); }} />}
      {children?.(v)}<Thread d={v} /></>}</Show>
  </Dialog>;
}

/** Pages of a list by cursor, with what was loaded kept. */
export function usePages<T extends { next?: string; items: readonly unknown[] }>(ask: (cursor?: string) => Promise<{ data?: T; error?: unknown }>, key: string) {
  const [items, setItems] = useState<T['items']>(), [next, setNext] = useState<string>(), [problem, setProblem] = useState<Failure>();
  const load = async (cursor?: string) => {
    const r = await ask(cursor).catch(() => undefined);
    if (!r?.data) return setProblem((r?.error as Problem | undefined) ?? 'network');
    setProblem(undefined);
    setItems(old => cursor ? [...(old ?? []), ...r.data!.items] : r.data!.items);
    setNext(r.data.next);
  };
  useEffect(() => { setItems(undefined); setNext(undefined); void load(); }, [key]);
  return { items, next, problem, load };
}
export const More = ({ pages }: { pages: { next?: string; problem?: Failure; load: (cursor?: string) => Promise<void> } }) => <>
  {pages.problem && <Note tone="bad" icon="warn">{problemText(pages.problem)} <button class="link" onClick={() => void pages.load(pages.next)}>{t().retry}</button></Note>}
  {pages.next && !pages.problem && <button class="btn ghost" onClick={() => void pages.load(pages.next)}>{t().more}</button>}</>;
