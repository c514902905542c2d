/* The supervisor: the team of today, reports to verify, delegation, the board of the own unit for heads. */
import type { Me } from '../base/session';
import { signOut } from '../base/session';
import { later, route, start, Tabs, WideTop } from '../base/shell';
import { NetChip } from '../base/ui';
import { t } from '../base/words';
import { UnitBoard } from '../monitor/unit';
import { w as board } from '../monitor/words';
import { TeamPage } from '../reports/team';
import { w } from '../reports/words';

const DelegationsPage = later(async () => (await import('../org/delegations')).DelegationsPage);

const heads = ['unit_head', 'agency_head', 'agency_officer', 'unit_officer'];

function App({ me }: { me: Me }) {
  const headed = me.roles.find(r => heads.includes(r.role) && r.unit !== undefined);
  const leads = me.is_supervisor || !headed, lends = me.is_supervisor && route.value === '#/delegasi', isBoard = !lends && !!headed?.unit && (route.value === '#/unit' || !leads);
  return <div class="desk">
    <WideTop sub={[me.full_name, me.unit?.agency_name ?? me.government.name].join(' · ')} title={lends ? w().lending : isBoard ? board().unitBoard : w().team}><NetChip /><button class="link" onClick={() => void signOut()}>{t().signOut}</button></WideTop>
    <Tabs items={[...(leads ? [{ hash: '#/', label: w().team }] : []), ...(me.is_supervisor ? [{ hash: '#/delegasi', label: w().lending }] : []), ...(headed ? [{ hash: leads ? '#/unit' : '#/', label: board().unitBoard }] : [])]} />
    {lends ? <DelegationsPage /> : isBoard && headed.unit ? <UnitBoard unit={headed.unit} /> : <TeamPage />}
  </div>;
}

start(App);
