/* Who may stand at a kiosk: named by an officer of its unit, from today on. */
import { useState } from 'preact/hooks';
import { api, type Problem } from '../base/api';
import { me } from '../base/session';
import { Action, Dialog, Note, problemText, toast } from '../base/ui';
import { PersonPicker } from '../org/picker';
import type { Station } from './page';
import { w } from './words';

/* What the server says about one of the list. */
const faultOf = (p: Problem | undefined) => !p?.pointer?.startsWith('/officers') ? problemText(p ?? 'network') : p.code === 'not_on_oneself' ? w().officerSelf : w().officerStranger;

interface Named { employee: string; full_name: string; has_phone?: boolean }

export function Officers({ s, onClose }: { s: Station; onClose: (done: boolean) => void }) {
  const [named, setNamed] = useState<readonly Named[]>(s.officers), [fault, setFault] = useState('');
  const save = async () => {
    const r = await api.PUT('/api/v1/attendance/stations/{station}/officers', { params: { path: { station: s.id } }, body: { officers: named.map(o => o.employee) } }).catch(() => undefined);
    if (!r?.response.ok) return setFault(faultOf(r?.error as Problem | undefined));
    toast(w().officersSaved);
    onClose(true);
  };
  const add = (o: Named) => {
    setFault(o.employee === me.value?.employee ? w().officerSelf : '');
    if (o.employee !== me.value?.employee && !named.some(n => n.employee === o.employee)) setNamed([...named, o]);
  };
  return <Dialog title={w().officersTitle(s.name)} onClose={() => onClose(false)} foot={<Action onAct={save}>{w().saveOfficers}</Action>}>
    <p class="sm">{w().officersHint}</p>{fault && <Note tone="bad" icon="warn">{fault}</Note>}
    {named.length > 0 && <ul class="list">{named.map(o => <li key={o.employee}><div class="row between"><span class="col tight"><b>{o.full_name}</b>{o.has_phone === false && <span class="sm muted">{w().noPhone}</span>}</span>
      <button type="button" class="link sm" aria-label={`${w().remove}: ${o.full_name}`} onClick={() => setNamed(named.filter(n => n.employee !== o.employee))}>{w().remove}</button></div></li>)}</ul>}
    <PersonPicker label={w().addOfficer} onPick={p => add({ employee: p.id, full_name: p.full_name })} /></Dialog>;
}
