/*
 * The code that enrols a phone, on the officer's screen: big enough to be scanned across a desk, with its time, and
 * gone by itself once the phone has enrolled. A change soon after another one asks for a reason and a second officer.
 */
import { useEffect, useState } from 'preact/hooks';
import { api, serverNow, type Problem } from '../base/api';
import type { components } from '../api/schema';
import { stamp } from '../base/format';
import { Qr } from '../base/qr';
import { zone } from '../base/shell';
import { Action, Dialog, Field, Note, problemText, Skeleton, toast } from '../base/ui';
import { t } from '../base/words';
import { w } from './words';

type Code = components['schemas']['DeviceCode'];
const REASON_LEAST = 10, OPEN_MS = 3_000, WAITS_MS = 10_000;

/** Minutes and seconds left: "9:41". */
export const leftText = (ms: number) => `${Math.floor(ms / 60_000)}:${String(Math.floor(ms / 1000) % 60).padStart(2, '0')}`;

/* Asks at ease while somebody looks at it. */
function usePoll(code: Code | undefined, put: (c: Code) => void) {
  const asks = code?.state === 'open' || code?.state === 'waiting';
  useEffect(() => {
    if (!code || !asks) return;
    let over = false; /* an answer that comes after its time changes nothing */
    const timer = setInterval(() => {
      if (document.visibilityState !== 'visible') return;
      void api.GET('/api/v1/attendance/devices/codes/{code}', { params: { path: { code: code.id } } }).then(r => { if (r.data && !over) put({ ...r.data, ...(code.code && { code: code.code }) }); }, () => undefined);
    }, code.state === 'open' ? OPEN_MS : WAITS_MS);
    return () => { over = true; clearInterval(timer); };
  }, [code?.id, code?.state, code?.code]);
}

function Left({ until, onOver }: { until: string; onOver: () => void }) {
  const [left, setLeft] = useState(() => Date.parse(until) - serverNow().getTime());
  useEffect(() => {
    const timer = setInterval(() => setLeft(Date.parse(until) - serverNow().getTime()), 500);
    return () => clearInterval(timer);
  }, [until]);
  useEffect(() => { if (left <= 0) onOver(); }, [left <= 0]);
  return <p class="sm muted num" role="timer">{w().dialog.left(leftText(Math.max(0, left)))}</p>;
}

function Shown({ code, name, onOver }: { code: Code; name: string; onOver: () => void }) {
  return <div class="col enrol">
    <div class="col"><Qr text={`LW1C.${code.code!.replace('-', '')}`} label={w().dialog.qr(name)} /><p class="bigcode">{code.code}</p><Left until={code.expires_at} onOver={onOver} /></div>
    <div class="col"><ol class="numbered">{w().dialog.steps.map((s, i) => <li key={i}>{s(location.host)}</li>)}</ol>
      <Note icon="people">{w().dialog.face}</Note><p class="sm muted">{w().dialog.closes}</p></div></div>;
}

export interface EnrolProps {
  person: { id: string; full_name: string };
  needsSecond: boolean;
  request?: { id: string; state: string };
  onClose: () => void;
  onDone: () => void;
}

export function EnrolDialog({ person, needsSecond, request, onClose, onDone }: EnrolProps) {
  const asksWhy = needsSecond && request?.state !== 'approved' && request?.state !== 'waiting';
  const [code, setCode] = useState<Code>(), [why, setWhy] = useState(asksWhy), [reason, setReason] = useState(''), [tried, setTried] = useState(false), [problem, setProblem] = useState<Problem | 'network'>();
  const ask = async (text?: string) => {
    const r = await api.POST('/api/v1/attendance/devices/codes', { body: { employee: person.id, ...(text && { reason: text }) } }).catch(() => undefined), bad = r?.error as Problem | undefined;
    if (r?.data) { setProblem(undefined); setWhy(false); return setCode(r.data); }
    if (bad?.pointer === '/reason') return setWhy(true); /* somebody enrolled meanwhile */
    setProblem(bad ?? 'network');
  };
  const sendReason = async () => { setTried(true); if (reason.trim().length >= REASON_LEAST) await ask(reason.trim()); };
  useEffect(() => { if (!asksWhy) void ask(); }, []);
  usePoll(code, setCode);
  useEffect(() => { if (code?.state === 'used') { toast(w().dialog.done(person.full_name)); onDone(); } }, [code?.state]);
  const isSelf = problem && problem !== 'network' && problem.code === 'not_on_oneself';
  const renew = <Action onAct={() => ask()}>{code?.state === 'approved' ? w().dialog.showCode : w().dialog.again}</Action>;
  const foot = why ? <Action onAct={sendReason}>{w().dialog.ask}</Action> : code?.state === 'expired' || code?.state === 'approved' ? renew : problem && !isSelf ? <Action onAct={() => ask()}>{t().retry}</Action> : undefined;
  return <Dialog title={needsSecond ? w().change : w().enrol} sub={person.full_name} onClose={onClose} foot={foot}>
    {problem && <Note tone="bad" icon="warn">{isSelf ? w().dialog.approver : problemText(problem)}</Note>}
    {why ? <><Note icon="people">{w().dialog.soon}</Note>
      <Field label={w().dialog.reason} hint={w().dialog.reasonHint} error={tried && reason.trim().length < REASON_LEAST ? w().dialog.reasonGap : undefined}>{p => <textarea {...p} rows={3} maxLength={250} value={reason} onInput={e => setReason(e.currentTarget.value)} />}</Field></>
      : !code ? !problem && <Skeleton height={320} />
        : code.state === 'open' && code.code ? <Shown code={code} name={person.full_name} onOver={() => setCode({ ...code, state: 'expired' })} />
          : code.state === 'waiting' ? <Note tone="warn" icon="clock">{w().dialog.waits} {w().dialog.waitsUntil(stamp(code.expires_at, zone()))}<br /><span class="sm">{w().request.reason(code.reason)}</span></Note>
            : code.state === 'approved' ? <Note tone="ok" icon="check">{w().request.approved}</Note>
              : code.state === 'refused' ? <Note tone="bad" icon="cross">{w().request.refused(code.refusal)}</Note>
                : code.state === 'expired' ? <Note tone="warn" icon="clock">{w().dialog.expired}</Note> : null}
  </Dialog>;
}
