/* Pendelegasian: a supervisor lends his authority for the days of a letter, and takes it back. */
import { useEffect, useState } from 'preact/hooks';
import { api, type Got } from '../base/api';
import { Downloads } from '../base/downloads';
import { source } from '../base/load';
import { me } from '../base/session';
import { zone } from '../base/shell';
import { Field, Note, Show, toast } from '../base/ui';
import { t } from '../base/words';
import { EndDialog, failure, Form, gapsOf, LetterAndDays, useFaults, type Dated } from './assign';
import { holds, isOver, Line, Lines, today, type Role } from './lines';
import { w } from './words';

type Delegations = Got<'/api/v1/me/delegations'>;
const delegations = source<Delegations>(null, () => api.GET('/api/v1/me/delegations'));

function LendDialog({ candidates, onClose, onDone }: { candidates: Delegations['candidates']; onClose: () => void; onDone: () => void }) {
  const f = useFaults(), [v, set] = useState<Dated>(() => ({ letter: '', from: today(), to: '' })), [to, setTo] = useState('');
  const save = async () => {
    if (!f.complete({ ...gapsOf(v), employee: !to })) return;
    const bad = failure(await api.POST('/api/v1/me/delegations', { body: { employee: to, letter: v.letter.trim(), valid_from: v.from, valid_to: v.to } }).catch(() => undefined));
    if (bad) return f.fail(bad);
    toast(w().form.saved);
    onDone();
  };
  return <Form title={w().delegation.make} f={f} onClose={onClose} onSave={save}>
    <Field label={w().form.receiver} hint={w().delegation.receiverHint} error={f.of('employee')}>{p => <select {...p} value={to} onChange={e => setTo(e.currentTarget.value)}><option value="">{w().form.choose}</option>{candidates.map(c => <option key={c.employee} value={c.employee}>{c.full_name}{c.position && ` · ${c.position}`}</option>)}</select>}</Field>
    <LetterAndDays v={v} put={x => set({ ...v, ...x })} f={f} /></Form>;
}

const takeBack = (r: Role) => (last_day: string) => api.POST('/api/v1/me/delegations/{delegation}/end', { params: { path: { delegation: r.role_id } }, body: { last_day } });
const over = (r: Role) => isOver(holds(r.valid_from, r.valid_to));

export function DelegationsPage() {
  const [making, setMaking] = useState(false), [ending, setEnding] = useState<Role>();
  useEffect(() => { void delegations.refresh(); }, []);
  const renew = () => { setMaking(false); setEnding(undefined); void delegations.refresh(); };
  return <main id="m" tabIndex={-1}><Show source={delegations} zone={zone()} height={240}>{v => {
    const given = v.items.filter(r => r.acts_for === me.value?.employee), received = v.items.filter(r => r.acts_for !== me.value?.employee);
    const line = (r: Role) => { const state = holds(r.valid_from, r.valid_to), mine = r.acts_for === me.value?.employee;
      return <Line key={r.role_id} title={mine ? w().delegation.to(r.full_name) : w().delegation.of(r.acts_for_name!)} sub={t().role[r.role]} from={r.valid_from} to={r.valid_to} letter={r.letter} state={state}>
        {mine && !isOver(state) && <span><button class="link sm" onClick={() => setEnding(r)}>{w().act.end}</button></span>}</Line>; };
    return <>
      <section class="card"><div class="row between"><h2>{w().delegation.title}</h2>{v.candidates.length > 0 && <button class="btn small" onClick={() => setMaking(true)}>{w().delegation.make}</button>}</div>
        {v.candidates.length > 0 ? <p class="sm muted">{w().delegation.hint}</p> : <Note>{w().delegation.noTeam}</Note>}
        {(v.candidates.length > 0 || given.length > 0) && <Lines items={given} over={over} none={w().delegation.noneGiven}>{line}</Lines>}{v.items.length > 0 && <Downloads path="/api/v1/me/delegations" />}</section>
      {received.length > 0 && <section class="card"><h2>{w().delegation.received}</h2><Lines items={received} over={over} none={w().noRoles}>{line}</Lines></section>}
      {making && <LendDialog candidates={v.candidates} onClose={() => setMaking(false)} onDone={renew} />}
      {ending && <EndDialog title={w().delegation.to(ending.full_name)} send={takeBack(ending)} onClose={() => setEnding(undefined)} onDone={renew} />}</>;
  }}</Show></main>;
}
