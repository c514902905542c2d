/* Penugasan: who is acting or stands in for whom, by which letter, and until when. */
import { useEffect, useState } from 'preact/hooks';
import { api, type Got, type Problem } from '../base/api';
import { Downloads } from '../base/downloads';
import { me } from '../base/session';
import { Chip, Empty, Note, problemText, Skeleton } from '../base/ui';
import { t } from '../base/words';
import { EndDialog, endRole } from './assign';
import { holds, Line, roleText, scopeText, type Role } from './lines';
import { w } from './words';

type Roles = Got<'/api/v1/org/roles'>;

export function StandInsPage() {
  const [items, setItems] = useState<readonly Role[]>(), [next, setNext] = useState<string>(), [problem, setProblem] = useState<Problem | 'network'>(), [ending, setEnding] = useState<Role>();
  const load = async (cursor?: string) => {
    const r: { data?: Roles; error?: unknown } | undefined = await api.GET('/api/v1/org/roles', { params: { query: cursor ? { cursor } : {} } }).catch(() => undefined);
    if (!r?.data) return setProblem((r?.error as Problem | undefined) ?? 'network');
    setProblem(undefined);
    setItems(cursor ? [...(items ?? []), ...r.data.items] : r.data.items);
    setNext(r.data.next);
  };
  useEffect(() => { void load(); }, []);
  /* what ends first is looked at first */
  const sorted = [...(items ?? [])].sort((a, b) => a.valid_to.localeCompare(b.valid_to) || a.full_name.localeCompare(b.full_name, 'id'));
  return <main id="m" tabIndex={-1}><p><a href="#/pegawai">{w().backToPeople}</a></p>
    <section class="card"><div class="row between"><h2>{w().standIns}</h2>{items && <Chip>{items.length}{next && '+'}</Chip>}</div><p class="sm muted">{w().standInsHint}</p>{items && items.length > 0 && <Downloads path="/api/v1/org/roles" />}
      {problem ? <Note tone="bad" icon="warn">{problemText(problem)} <button class="link" onClick={() => void load()}>{t().retry}</button></Note>
        : !items ? <Skeleton height={320} /> : items.length === 0 ? <Empty>{w().noStandIns}</Empty> : <ul class="list">{sorted.map(r =>
          <Line key={r.role_id} title={r.full_name} sub={[roleText(r), scopeText(r)].filter(Boolean).join(' · ')} from={r.valid_from} to={r.valid_to} letter={r.letter} state={holds(r.valid_from, r.valid_to)}>
            <span class="row"><a class="sm" href={`#/pegawai?orang=${r.employee}`}>{w().seePerson}</a>{r.employee !== me.value?.employee && <button class="link sm" onClick={() => setEnding(r)}>{w().act.end}</button>}</span></Line>)}</ul>}
      {next && <button class="btn ghost" onClick={() => void load(next)}>{t().more}</button>}</section>
    {ending && <EndDialog title={`${ending.full_name} · ${roleText(ending)}`} send={endRole(ending)} onClose={() => setEnding(undefined)} onDone={() => { setEnding(undefined); void load(); }} />}
  </main>;
}
