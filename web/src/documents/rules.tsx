/* What kinds of paper are before the law, dated, with the article: whether the program's own signature is enough. */
import { useEffect, useState } from 'preact/hooks';
import { api, serverNow, type Got, type Problem } from '../base/api';
import { dayIn, fullDay } from '../base/format';
import { source } from '../base/load';
import { useNeeded } from '../base/needed';
import { zone } from '../base/shell';
import { Action, Chip, DateInput, Dialog, Field, Note, problemText, Show, toast } from '../base/ui';
import { t } from '../base/words';
import { w } from './issuewords';

type Rules = Got<'/api/v1/documents/rules'>;
type Rule = Rules['items'][number];
const rules = source<Rules>(null, () => api.GET('/api/v1/documents/rules'));
const classes = ['internal', 'right', 'citizen'] as const;

function RuleDialog({ kindText, onClose }: { kindText: Record<Rule['kind'], string>; onClose: () => void }) {
  const today = dayIn(serverNow(), zone());
  const [kind, setKind] = useState<Rule['kind']>('home_order'), [is, setIs] = useState<Rule['class']>('right'), [basis, setBasis] = useState(''), [from, setFrom] = useState(today), [problem, setProblem] = useState<Problem | 'network'>();
  const n = useNeeded({ legal_basis: !basis.trim(), valid_from: !from }), taken = problem && problem !== 'network' && problem.pointer === '/valid_from';
  const save = async () => {
    setProblem(undefined);
    if (!n.complete()) return;
    const r = await api.POST('/api/v1/documents/rules', { body: { kind, class: is, legal_basis: basis.trim(), valid_from: from } }).catch(() => undefined);
    if (!r || r.error) return n.refuse(() => setProblem((r?.error as Problem | undefined) ?? 'network'));
    toast(w().ruleAdded);
    onClose();
    void rules.refresh();
  };
  return <Dialog title={w().addRule} onClose={onClose} foot={<><Action onAct={save}>{t().save}</Action><button class="btn ghost" onClick={onClose}>{t().cancel}</button></>}>
    {problem && !taken && <Note tone="bad" icon="warn">{problemText(problem)}</Note>}
    <Field label={w().ruleKind}>{p => <select {...p} value={kind} onChange={e => setKind(e.currentTarget.value as Rule['kind'])}>{(Object.keys(kindText) as Rule['kind'][]).map(k => <option key={k} value={k}>{kindText[k]}</option>)}</select>}</Field>
    <Field label={w().ruleClass} hint={w().enough[is]}>{p => <select {...p} value={is} onChange={e => setIs(e.currentTarget.value as Rule['class'])}>{classes.map(c => <option key={c} value={c}>{w().classes[c]}</option>)}</select>}</Field>
    <Field label={w().basis} error={n.at('legal_basis')}>{p => <input {...p} maxLength={300} value={basis} onInput={e => setBasis(e.currentTarget.value)} />}</Field>
    <Field label={w().from} error={n.at('valid_from') ?? (taken ? w().later : undefined)}>{p => <DateInput {...p} value={from} min={today} onValue={setFrom} />}</Field></Dialog>;
}

const When = ({ r }: { r: Rule }) => <span class="row tight sm muted">{r.valid_from && (r.valid_to ? w().until(fullDay(r.valid_from), fullDay(r.valid_to)) : w().since(fullDay(r.valid_from)))}{!r.verified && <Chip tone="warn">{w().assumed}</Chip>}</span>;

export function DocumentRules({ kindText, mayWrite }: { kindText: Record<Rule['kind'], string>; mayWrite: boolean }) {
  const [adding, setAdding] = useState(false);
  useEffect(() => { void rules.refresh(); }, []);
  return <section class="card"><div class="row between"><h2>{w().rules}</h2>{mayWrite && <button class="btn ghost small" onClick={() => setAdding(true)}>{w().addRule}</button>}</div><p class="sm muted">{w().rulesHint}</p>
    <Show source={rules} zone={zone()} height={160}>{v => <ul class="list">{v.items.map(r => <li key={`${r.kind}${r.valid_from ?? ''}`}><b>{kindText[r.kind]}</b><span>{w().classes[r.class]}: {w().enough[r.class]}</span><span class="sm">{r.legal_basis}</span><When r={r} /></li>)}</ul>}</Show>
    {adding && <RuleDialog kindText={kindText} onClose={() => setAdding(false)} />}</section>;
}
