/* Swaps of one's people that both agreed on and that wait for the superior. */
import { useEffect, useState } from 'preact/hooks';
import { api, online, type Got, type Problem } from '../base/api';
import { source } from '../base/load';
import { zone } from '../base/shell';
import { Action, Empty, Note, Show, toast } from '../base/ui';
import { said, swapText, type Swap } from './swaps';
import { w } from './swapwords';

const waiting = source<Got<'/api/v1/roster/swaps'>>(null, () => api.GET('/api/v1/roster/swaps'));

function WaitingRow({ s }: { s: Swap }) {
  const [problem, setProblem] = useState<Problem | 'network'>();
  const decide = (accept: boolean) => async () => {
    const r = await api.POST('/api/v1/roster/swaps/{swap}/decide', { params: { path: { swap: s.id } }, body: { accept } }).catch(() => undefined);
    if (!r?.data) return setProblem(r?.error as Problem | undefined ?? 'network');
    toast(accept ? w().done : w().refused);
    void waiting.refresh();
  };
  return <li><span class="sm">{swapText(s)}</span>{problem && <Note tone="bad" icon="warn">{said(problem)}</Note>}{s.may_decide ? <div class="row"><Action class="btn small" onAct={decide(true)} disabled={!online.value}>{w().approve}</Action><Action class="btn ghost small" onAct={decide(false)} disabled={!online.value}>{w().refuse}</Action></div> : <span class="sm muted">{w().ownPart}</span>}</li>;
}

export function WaitingSwaps() {
  useEffect(() => { void waiting.refresh(); }, []);
  return <section class="card"><h2>{w().waiting}</h2><Show source={waiting} zone={zone()} height={72}>{v => v.items.length === 0 ? <Empty>{w().nothing}</Empty> : <ul class="list">{v.items.map(s => <WaitingRow key={s.id} s={s} />)}</ul>}</Show></section>;
}
