/* One report of a queue with two answers: fine, or a reason why not. The superior verifies or returns, the team lead advises. */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { api, online, type Got, type Problem } from '../base/api';
import { longDay, stamp } from '../base/format';
import { source } from '../base/load';
import { zone } from '../base/shell';
import { Action, Chip, Dialog, Field, Note, problemText, Reload, Show, toast } from '../base/ui';
import { t } from '../base/words';
import { ReportView } from './view';
import { w } from './words';

export type Row = Got<'/api/v1/reports/team'>['items'][number];

/** What to look at before answering, what the team lead found fine, and when it was handed in where it came later. */
export const Remarks = ({ r }: { r: Row }) => r.remarks.length || r.advice === 'verify' || r.made_at ? <span class="row tight">{r.made_at && <Chip>{w().carried(stamp(r.made_at, zone()), stamp(r.submitted_at, zone()))}</Chip>}{r.advice === 'verify' && <Chip tone="ok">{w().advisedVerify}</Chip>}
  {(r.remarks as string[]).map(x => <Chip key={x} tone="warn">{x === 'mode_mismatch' && r.mode ? w().mismatch[r.mismatch](t().mode[r.mode].toLowerCase(), t().mode[r.written_mode ?? r.mode].toLowerCase()) : w().remarks[x] ?? x}</Chip>)}</span> : null;

type Answer = { error?: unknown } | undefined;
const LEAST = 10;

/** Once answered the next of the queue is opened: `onDone`. */
export function Judge({ row, left, yes, no, onClose, onDone }: {
  row: Row; left: number; onClose: () => void; onDone: () => void;
  yes: { word: string; done: string; act: () => Promise<Answer> };
  no: { word: string; done: string; reason: string; act: (reason: string) => Promise<Answer> };
}) {
  const s = useMemo(() => source<Got<'/api/v1/reports/daily/{report}'>>(null, () => api.GET('/api/v1/reports/daily/{report}', { params: { path: { report: row.report } } })), [row.report]);
  const [refusing, setRefusing] = useState(false), [reason, setReason] = useState(''), [tried, setTried] = useState(false), [problem, setProblem] = useState<Problem | 'network'>();
  useEffect(() => { void s.refresh(); }, [s]);
  const box = useRef<HTMLTextAreaElement>(null);
  useEffect(() => { if (refusing) box.current?.focus(); }, [refusing]);
  const short = reason.trim().length < LEAST;
  const settle = (r: Answer, done: string) => {
    if (!r || r.error) return setProblem((r?.error as Problem | undefined) ?? 'network');
    toast(done);
    onDone();
  };
  const refuse = async () => {
    setTried(true);
    if (!short) settle(await no.act(reason.trim()).catch(() => undefined), no.done);
  };
  const foot = refusing
    ? <><Action class="btn danger" onAct={refuse}>{no.word}</Action><button class="btn ghost" onClick={() => setRefusing(false)}>{t().cancel}</button></>
    : <><Action onAct={async () => settle(await yes.act().catch(() => undefined), yes.done)} disabled={!online.value}>{yes.word}</Action><button class="btn ghost" onClick={() => setRefusing(true)}>{no.word}</button></>;
  return <Dialog title={row.name} sub={longDay(row.day)} onClose={onClose} foot={foot}>
    {problem && <Note tone="bad" icon="warn">{problemText(problem)}<Reload problem={problem} onReload={onDone} /></Note>}
    <div class="row tight"><span class="sm muted num">{w().sentAt(stamp(row.submitted_at, zone()))}</span><Remarks r={row} />{left > 0 && <span class="sm muted">{w().left(left)}</span>}</div>
    <Show source={s} zone={zone()} height={200}>{r => <ReportView r={r} z={zone()} onNoted={() => void s.refresh()} />}</Show>
    {refusing && <Field label={no.reason} hint={w().reasonHint} error={tried && short ? w().reasonHint : undefined}>{p => <textarea {...p} ref={box} maxLength={500} value={reason} onInput={e => setReason(e.currentTarget.value)} />}</Field>}
  </Dialog>;
}
