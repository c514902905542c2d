/*
 * Issuing a paper from where it is printed: what was issued of it already, issuing it, withdrawing it. What may be
 * issued, and signed, is the server's to say; the words for its refusals are here.
 */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { api, type Got, type Problem } from '../base/api';
import { save } from '../base/downloads';
import { stamp } from '../base/format';
import { source } from '../base/load';
import { zone } from '../base/shell';
import { Action, Chip, Dialog, Field, Note, problemText, Show, toast, type Tone } from '../base/ui';
import { t } from '../base/words';
import { w } from './issuewords';

type Documents = Got<'/api/v1/documents'>;
type Item = Documents['items'][number];
type Answer = { data?: { is_new: boolean } | undefined; error?: unknown };
const tones: Record<Item['state'], Tone> = { in_force: 'ok', replaced: '', withdrawn: 'bad' };

/** Why it was not issued: the article where a kind may not be signed so. */
export function refusalText(p: Problem | 'network'): string {
  if (p !== 'network' && p.pointer === '/signed' && p.reason) return p.reason.startsWith('the ') ? w().noKey : w().refusedSign(p.reason);
  return p !== 'network' && p.code === 'conflict' ? w().notYet : problemText(p);
}

function Withdraw({ d, onClose, onDone }: { d: Item; onClose: () => void; onDone: () => void }) {
  const [reason, setReason] = useState(''), [tried, setTried] = useState(false), [problem, setProblem] = useState<Problem | 'network'>();
  const send = async () => {
    setTried(true);
    if (reason.trim().length < 10) return;
    const r = await api.POST('/api/v1/documents/{issued}/withdraw', { params: { path: { issued: d.id } }, body: { reason: reason.trim() } }).catch(() => undefined);
    if (!r || r.error) return setProblem((r?.error as Problem | undefined) ?? 'network');
    toast(w().withdrawn);
    onDone();
  };
  return <Dialog title={w().withdrawTitle} sub={d.title} onClose={onClose} foot={<><Action class="btn danger" onAct={send}>{w().withdraw}</Action><button class="btn ghost" onClick={onClose}>{t().cancel}</button></>}>
    {problem && <Note tone="bad" icon="warn">{problemText(problem)}</Note>}
    <Field label={w().withdrawWhy} hint={w().withdrawHint} error={tried && reason.trim().length < 10 ? w().withdrawHint : undefined}>{p => <textarea {...p} maxLength={500} value={reason} onInput={e => setReason(e.currentTarget.value)} />}</Field></Dialog>;
}

function Row({ d, onWithdraw, onProblem }: { d: Item; onWithdraw: () => void; onProblem: (p: Problem | 'network' | undefined) => void }) {
  return <li><div class="row between start"><b>{d.title}</b><Chip tone={tones[d.state]}>{w().was[d.state]}</Chip></div>
    <span class="sm num">{d.number && `${d.number} · `}{w().by(d.issuer, stamp(d.issued_at, zone()))}{d.signature !== 'none' && ` · ${w().signed}`}</span>
    {d.reason && <span class="sm muted">{d.reason}</span>}
    <div class="row"><Action class="link sm" onAct={async () => onProblem(await save(`/api/v1/documents/${d.id}/file`))}>{w().download}</Action><a class="sm" href={`/periksa/#${d.code}`} target="_blank" rel="noopener">{w().open}</a>
      {d.may_withdraw && <button type="button" class="link sm" onClick={onWithdraw}>{w().withdraw}</button>}</div></li>;
}

/** Papers of one subject (a version of a roster, a part of a recap, an incident); `send` issues the one that is chosen, absent: one may only look. */
export function Issue({ unit, subject, send, numbered = false }: { unit?: string; subject: string; send?: ((how: { signed: boolean; number?: string }) => Promise<Answer | undefined>) | undefined; numbered?: boolean }) {
  const s = useMemo(() => source<Documents>(null, () => api.GET('/api/v1/documents', { params: { query: { subject, ...(unit ? { unit } : {}) } } })), [unit, subject]);
  const [signed, setSigned] = useState(false), [no, setNo] = useState(''), [problem, setProblem] = useState<Problem | 'network'>(), [withdrawing, setWithdrawing] = useState<Item>();
  useEffect(() => { void s.refresh(); }, [s]);
  const issue = async () => {
    setProblem(undefined);
    const r = await send!({ signed, ...(no.trim() ? { number: no.trim() } : {}) }).catch(() => undefined);
    if (!r?.data) return setProblem((r?.error as Problem | undefined) ?? 'network');
    toast(r.data.is_new ? w().issuedNow : w().issuedBefore);
    await s.refresh();
  };
  return <section class="col"><h3>{w().issueTitle}</h3><p class="sm muted">{w().issueText} {w().issueAgain}</p>
    {problem && <Note tone="bad" icon="warn">{refusalText(problem)}</Note>}
    <Show source={s} zone={zone()} height={60}>{v => <>
      {send && numbered && <Field label={w().number} hint={w().numberHint}>{p => <input {...p} maxLength={60} value={no} onInput={e => setNo(e.currentTarget.value)} />}</Field>}
      {send && v.signer !== 'none' && <label class="check"><input type="checkbox" checked={signed} onChange={e => setSigned(e.currentTarget.checked)} />{w().sign}</label>}
      {send && <div class="row"><Action class="btn small" onAct={issue}>{w().issue}</Action></div>}
      {v.items.length > 0 && <ul class="list">{v.items.map(d => <Row key={d.id} d={d} onWithdraw={() => setWithdrawing(d)} onProblem={setProblem} />)}</ul>}</>}</Show>
    {withdrawing && <Withdraw d={withdrawing} onClose={() => setWithdrawing(undefined)} onDone={() => { setWithdrawing(undefined); void s.refresh(); }} />}</section>;
}
