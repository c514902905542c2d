/* What changed after a month was closed: of a sealed supplement, or waiting to become the next one. */
import { useEffect, useState } from 'preact/hooks';
import { api, type Got, type Problem } from '../base/api';
import { Downloads } from '../base/downloads';
import { longDay, monthName, number, stamp } from '../base/format';
import { zone } from '../base/shell';
import { Action, Dialog, Empty, Field, Note, problemText, Skeleton, toast } from '../base/ui';
import { t } from '../base/words';
import { cellText } from './recapparts';
import { w } from './recapwords';

type Changes = Got<'/api/v1/recap/units/{unit}/changes'>;
type Change = Changes['items'][number];

function Because({ c }: { c: Change }) {
  const [code = '', ...detail] = (c.why ?? '').split('\n'), known = w().whyKnown[code];
  const what = known ? [known, ...detail].join(' · ') : c.why ?? '';
  return what ? <span class="sm muted">{w().because}: {c.decider && c.decided_at ? w().byWhom(what, c.decider, stamp(c.decided_at, zone())) : what}</span> : null;
}

export function ChangesDialog({ unit, name, month, part, maySeal, onClose, onDone }: { unit: string; name: string; month: string; part?: number; maySeal: boolean; onClose: () => void; onDone: () => void }) {
  const [items, setItems] = useState<readonly Change[]>(), [next, setNext] = useState<string>(), [problem, setProblem] = useState<Problem | 'network'>(), [reason, setReason] = useState(''), [error, setError] = useState('');
  const load = async (cursor?: string) => {
    const r = await api.GET('/api/v1/recap/units/{unit}/changes', { params: { path: { unit }, query: { month, ...(part ? { part } : {}), ...(cursor ? { cursor } : {}) } } }).catch(() => undefined);
    if (!r?.data) return setProblem((r?.error as Problem | undefined) ?? 'network');
    setProblem(undefined);
    setItems([...(cursor ? items ?? [] : []), ...r.data.items]);
    setNext(r.data.next);
  };
  useEffect(() => { void load(); }, [unit, month, part]);
  const seal = async () => {
    if (reason.trim().length < 10) return setError(w().reasonHint);
    const r = await api.POST('/api/v1/recap/units/{unit}/supplements', { params: { path: { unit } }, body: { month, days: items!.length, reason: reason.trim() } }).catch(() => undefined);
    if (!r?.data) { setProblem((r?.error as Problem | undefined) ?? 'network'); return load(); }
    toast(w().sealed(r.data.part));
    onDone();
  };
  const mayNow = !part && maySeal && !!items?.length && !next;
  return <Dialog title={part ? w().supplementTitle(part) : w().changesTitle} sub={`${name} · ${monthName(month)}`} onClose={onClose} foot={mayNow ? <Action onAct={seal}>{w().seal}</Action> : undefined}>
    {problem && <Note tone="bad" icon="warn">{problemText(problem)}</Note>}
    {!!items?.length && <Downloads path={`/api/v1/recap/units/${unit}/changes?month=${month}${part ? `&part=${part}` : ''}`} />}
    {!items ? !problem && <Skeleton height={200} /> : items.length === 0 ? <Empty>{w().noDays}</Empty> : <ul class="list">{items.map(c => <li key={c.employee + c.day}><div class="row between"><b>{c.name}</b><span class="sm muted">{longDay(c.day)}</span></div>
      <dl class="facts"><dt>{w().before}</dt><dd>{c.before ? cellText(c.before) : w().nowhere}</dd><dt>{w().after}</dt><dd><b>{c.after ? cellText(c.after) : w().nowhere}</b></dd></dl><Because c={c} /></li>)}</ul>}
    {next && <Action class="btn ghost" onAct={() => load(next)}>{t().more} ({number(items!.length)})</Action>}
    {mayNow && <Field label={w().reason} hint={w().reasonHint} error={error}>{p => <textarea {...p} rows={3} maxLength={500} value={reason} onInput={e => { setReason(e.currentTarget.value); setError(''); }} />}</Field>}
  </Dialog>;
}
