/* A report as it was sent, with its thread: for its writer and for who verifies it. */
import { signal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import { api, online, type Got, type Problem } from '../base/api';
import { minute, number, shortDay, stamp, type Zone } from '../base/format';
import { Action, Chip, Field, Note, problemText, toast } from '../base/ui';
import { w } from './words';

export type Report = Got<'/api/v1/reports/daily'>;

/** Rises when notes were seen: the list of what was not is another one then. */
export const seen = signal(0);

/** What happened, and what those who have part in it say to each other; having it on the screen is having seen it. */
export function Thread({ r, z, onNoted }: { r: Report; z: Zone; onNoted?: () => void }) {
  const [text, setText] = useState(''), [tried, setTried] = useState(false), [problem, setProblem] = useState<Problem | 'network'>(), path = { report: r.report ?? '' };
  useEffect(() => { if (r.report && r.notes > 0) void api.POST('/api/v1/reports/daily/{report}/seen', { params: { path }, body: { notes: r.notes } }).then(() => { seen.value++; }, () => undefined); }, [r.report, r.notes]);
  const send = async () => {
    setTried(true);
    if (!text.trim()) return;
    const a = await api.POST('/api/v1/reports/daily/{report}/notes', { params: { path }, body: { text: text.trim() } }).catch(() => undefined);
    if (!a || a.error) return setProblem((a?.error as Problem | undefined) ?? 'network');
    setText('');
    setTried(false);
    setProblem(undefined);
    toast(w().noted);
    onNoted?.();
  };
  if (r.events.length === 0) return null;
  return <section class="col"><h3>{w().thread}</h3><ul class="list">{r.events.map((e, k) => <li key={k} class="sm"><span><b>{w().events[e.kind]}</b> · {e.actor_name} · <span class="num">{stamp(e.at, z)}</span></span>{e.note && <span class="wrap pre">{e.note}</span>}</li>)}</ul>
    {r.may_note && onNoted && <details open={r.notes > 0}><summary class="sm strong">{w().writeNote}</summary><div class="col">{problem && <Note tone="bad" icon="warn">{problemText(problem)}</Note>}
      <Field label={w().note} hint={w().noteHint} error={tried && !text.trim() ? w().needNote : undefined}>{p => <textarea {...p} rows={2} maxLength={1000} value={text} onInput={e => setText(e.currentTarget.value)} />}</Field>
      <div class="row"><Action class="btn ghost small" onAct={send} disabled={!online.value}>{w().sendNote}</Action></div></div></details>}</section>;
}

export function ReportView({ r, z, onNoted }: { r: Report; z: Zone; onNoted?: () => void }) {
  const isWeek = r.week_day === r.day || r.items.some(i => i.day);
  return <div class="col">
    {r.made_at && <p class="sm muted num">{w().carried(stamp(r.made_at, z), stamp(r.submitted_at!, z))}</p>}
    <ul class="list">{r.items.map((i, k) => <li key={k}><b>{i.description}</b>
      <span class="sm num">{isWeek && `${shortDay(i.day ?? r.day)} · `}{minute(i.starts)}–{minute(i.ends)} · {number(i.volume)} {i.unit_of_measure}{i.effective_minutes && ` · ${w().minutesOf(i.effective_minutes)}`}</span>
      {i.usual_volume && <span class="row tight"><Chip tone="warn">{w().usual(number(i.usual_volume), i.unit_of_measure)}</Chip></span>}
      {(i.target_result ?? i.target) && <span class="sm muted">{w().serves(i.target_result ?? i.target!)}</span>}
      {i.task && <span class="sm muted">{w().taskOf(i.task.subject, `${i.task.number}/${i.task.year}`)}</span>}
      {i.reference && <span class="sm">{w().referenceOf(i.reference)}</span>}
      {(i.evidence_sha256 || i.evidence_link) && <span class="sm row">{i.evidence_sha256 && <a href={`/api/v1/reports/daily/${r.report}/files/${i.evidence_sha256}`}>{i.evidence_name}</a>}{i.evidence_link && <a href={i.evidence_link} rel="noreferrer noopener" target="_blank">{i.evidence_link.replace('https://', '')}</a>}</span>}</li>)}</ul>
    {r.obstacle && <p class="sm"><span class="muted">{w().obstacle}: </span>{r.obstacle}</p>}
    <Thread r={r} z={z} {...(onNoted && { onNoted })} />
  </div>;
}
