/* One's own events that a superior is or was asked about: why, what came of it, and one's own words. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { api, online, type Got, type Problem } from '../base/api';
import { longDay, shortFullDay, stamp, type Zone } from '../base/format';
import { source } from '../base/load';
import { zone } from '../base/shell';
import { Action, Chip, Dialog, Empty, Field, Note, problemText, Show, toast, type Tone } from '../base/ui';
import { t } from '../base/words';
import { eventText, Explanation, Facts, Meanings, type Confirmation } from './parts';
import { w } from './words';

type Page = Got<'/api/v1/attendance/confirmations'>;
const tones: Record<Confirmation['state'], Tone> = { waiting: 'info', confirmed: 'ok', denied: 'bad', silent: 'ok' };
const mayExplain = (c: Confirmation) => c.state === 'waiting' || c.state === 'denied';

function Explain({ c, z, onClose, onDone }: { c: Confirmation; z: Zone; onClose: () => void; onDone: () => void }) {
  const [text, setText] = useState(c.explanation ?? ''), [tried, setTried] = useState(false), [problem, setProblem] = useState<Problem | 'network'>();
  const short = text.trim().length < 10;
  const save = async () => {
    setTried(true);
    if (short) return;
    const r = await api.PUT('/api/v1/attendance/confirmations/{confirmation}/explanation', { params: { path: { confirmation: c.id } }, body: { explanation: text.trim() } }).catch(() => undefined);
    if (!r || r.error) return setProblem((r?.error as Problem | undefined) ?? 'network');
    toast(c.state === 'denied' ? w().explainDoneAfter : w().explainDone);
    onDone();
  };
  return <Dialog title={w().explainTitle} sub={`${longDay(c.day)} · ${eventText(c, z)}`} onClose={onClose} foot={<><Action onAct={save} disabled={!online.value}>{w().save}</Action><button class="btn ghost" onClick={onClose}>{t().cancel}</button></>}>
    {problem && <Note tone="bad" icon="warn">{problemText(problem)}</Note>}
    <Field label={w().explainTitle} hint={w().explainHint} error={tried && short ? w().explainHint : undefined}>{p => <textarea {...p} rows={4} maxLength={500} value={text} onInput={e => setText(e.currentTarget.value)} />}</Field>
  </Dialog>;
}

/** What was decided, by whom, why, and what follows. */
function Decision({ c, z }: { c: Confirmation; z: Zone }) {
  if (c.state === 'silent') return <span class="sm muted">{w().silentWhy}</span>;
  if (c.state === 'waiting') return <span class="sm muted num">{w().dueLong(longDay(c.due_day))}</span>;
  return <span class="col tight">{c.state === 'denied' && <><b class="sm">{w().result[c.consequence]}</b><span>{c.decision}</span></>}
    <span class="sm muted num">{w().decidedBy(c.decided_by ?? '', stamp(c.decided_at!, z))}{c.decided_for && ` · ${w().actingFor(c.decided_for)}`}</span></span>;
}

const Row = ({ c, z, explain }: { c: Confirmation; z: Zone; explain: () => void }) => <li>
  <span class="col tight"><span class="row between start"><b class="num">{shortFullDay(c.day)} · {eventText(c, z)}</b><Chip tone={tones[c.state]}>{w().state[c.state]}</Chip></span>
    <Facts c={c} z={z} /><span class="sm">{w().why[c.kind]}</span><Decision c={c} z={z} /></span>
  <Explanation c={c} z={z} />
  {c.marks.length > 0 && <details><summary class="sm">{w().notes}</summary><Meanings c={c} /></details>}
  {mayExplain(c) && <span class="row"><button class="btn small" onClick={explain}>{c.explanation ? w().explainAgain : w().explain}</button>{c.may_object && <a class="btn ghost small" href={`#/koreksi?hari=${c.day}&catatan=${c.punch}`}>{w().object}</a>}</span>}</li>;

export function OwnConfirmationsPage() {
  const z = zone(), s = useMemo(() => source<Page>('confirmations', () => api.GET('/api/v1/attendance/confirmations')), []);
  const [explaining, setExplaining] = useState<Confirmation>(), [older, setOlder] = useState<Page>();
  useEffect(() => { void s.refresh(); }, [s]);
  const next = async (cursor: string) => {
    const r = await api.GET('/api/v1/attendance/confirmations', { params: { query: { cursor } } }).catch(() => undefined);
    if (!r?.data) return toast(problemText((r?.error as Problem | undefined) ?? 'network'));
    setOlder({ items: [...older?.items ?? [], ...r.data.items], next: r.data.next });
  };
  return <main id="m" tabIndex={-1}><section class="card"><h2>{w().mine}</h2><p class="sm muted">{w().mineHint}</p>
    <Show source={s} zone={z} height={200}>{v => {
      const items = [...v.items, ...older?.items ?? []], cursor = older ? older.next : v.next;
      return items.length === 0 ? <Empty>{w().mineNone}</Empty> : <><ul class="list">{items.map(c => <Row key={c.id} c={c} z={z} explain={() => setExplaining(c)} />)}</ul>{cursor && <Action class="btn ghost" onAct={() => next(cursor)}>{w().older}</Action>}</>;
    }}</Show></section>
    {explaining && <Explain c={explaining} z={z} onClose={() => setExplaining(undefined)} onDone={() => { setExplaining(undefined); setOlder(undefined); void s.refresh(); }} />}
  </main>;
}
