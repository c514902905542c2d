/* The supervisor: the team of today, reports to verify, the board of the own unit for heads. */
import type { Me } from '../base/session';
import { signOut } from '../base/session';
import { route, start, Tabs, WideTop } from '../base/shell';
import { NetChip } from '../base/ui';
import { t } from '../base/words';
import { UnitBoard } from '../monitor/unit';
import { w as board } from '../monitor/words';
import { TeamPage } from '../reports/team';
import { w } from '../reports/words';

const heads = ['unit_head', 'agency_head', 'agency_officer', 'unit_officer'];

function App({ me }: { me: Me }) {
  const headed = me.roles.find(r => heads.includes(r.role) && r.unit !== undefined);
  const leads = me.is_supervisor || !headed;
  return <div class="desk">
    <WideTop sub={me.unit?.agency_name ?? me.government.name} title={me.full_name}><NetChip /><button class="link sm" onClick={() => void signOut()}>{t().signOut}</button></WideTop>
    <Tabs items={[...(leads ? [{ hash: '#/', label: w().team }] : []), ...(headed ? [{ hash: leads ? '#/unit' : '#/', label: board().unitBoard }] : [])]} />
    {headed?.unit && (route.value === '#/unit' || !leads) ? <UnitBoard unit={headed.unit} /> : <TeamPage />}
  </div>;
}

start(App);
