/* One person as the personnel office sees him: place, superiors, roles, statuses, and what one may do for him. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { api, type Got } from '../base/api';
import { Downloads } from '../base/downloads';
import { fullDay, nipText } from '../base/format';
import { source, type Source } from '../base/load';
import { me } from '../base/session';
import { zone } from '../base/shell';
import { Note, Show, toast } from '../base/ui';
import { t } from '../base/words';
import { seesPhones } from '../base/access';
import { DayDialog } from '../attendance/days';
import { PhoneCard } from '../devices/person';
import { ActingDialog, DelegateDialog, EndDialog, endRole, RoleDialog, StatusDialog, WithdrawDialog, type Detail } from './assign';
import { holds, isOver, Line, Lines, roleText, scopeText, today, type Role, type Status } from './lines';
import { HistoryCard, MoveDialog, SuperiorDialog, WithdrawDecree, Withdrawn, type Wrong } from './transfer';
import { w as transfer } from './transfer_words';
import { w } from './words';

type Roles = Got<'/api/v1/org/roles'>;
type Statuses = Got<'/api/v1/org/statuses'>;

function Identity({ d }: { d: Detail }) {
  const superior = (relation: string) => d.superiors.find(s => s.relation === relation), lead = superior('team_lead'), boss = superior('supervisor');
  const who = (s: Detail['superiors'][number]) => <>{s.full_name}<br /><span class="sm muted">{s.position}</span></>;
  return <dl class="facts">
    <dt>{w().person.nip}</dt><dd class="num">{nipText(d.nip)}</dd>
    <dt>{w().person.employment}</dt><dd>{w().employment[d.employment_kind]}</dd>
    <dt>{w().person.placement}</dt><dd>{d.placements.length === 0 ? w().person.noPlacement : d.placements.map(p => <div key={p.valid_from}>{p.position}<br /><span class="sm muted">{p.unit_name}{p.agency_name !== p.unit_name && `, ${p.agency_name}`} · {p.valid_from > today() ? w().person.from(fullDay(p.valid_from)) : w().person.since(fullDay(p.valid_from))}{p.decree && ` · ${w().person.decree(p.decree)}`}</span></div>)}</dd>
    <dt>{w().person.superior}</dt><dd>{boss ? who(boss) : <span class="muted">{w().person.noSuperior}</span>}</dd>
    {lead && <><dt>{w().person.lead}</dt><dd>{who(lead)}</dd></>}
  </dl>;
}

const wrongRole = (r: Role, person: string): Wrong => ({ title: roleText(r, person), sub: w().letterNo(r.letter), send: async reason => { const a = await api.POST('/api/v1/org/roles/{role}/withdraw', { params: { path: { role: r.role_id } }, body: { reason } }); return { error: a.error }; } });

function RolesCard({ person, roles, onEnd, onWrong }: { person: string; roles: Source<Roles>; onEnd: (r: Role) => void; onWrong: (r: Role) => void }) {
  return <section class="card"><h2>{w().roles}</h2><Show source={roles} zone={zone()} height={160}>{v => <>
    {v.items.length > 0 && <Downloads path={`/api/v1/org/roles?employee=${person}`} />}<Lines items={v.items} over={r => isOver(holds(r.valid_from, r.valid_to))} none={w().noRoles}>{r => {
      const state = holds(r.valid_from, r.valid_to);
      return <Line key={r.role_id} title={roleText(r, person)} sub={scopeText(r)} from={r.valid_from} to={r.valid_to} letter={r.letter} state={state}>
        {!isOver(state) && r.employee !== me.value?.employee && <span class="row"><button class="link sm" onClick={() => onEnd(r)}>{w().act.end}</button>{r.may_withdraw && <button class="link sm" onClick={() => onWrong(r)}>{w().act.withdraw}</button>}</span>}<Withdrawn x={r} /></Line>;
    }}</Lines></>}</Show></section>;
}

const stateOf = (s: Status) => s.withdrawn_at ? 'withdrawn' as const : holds(s.from, s.to);

function StatusCard({ person, statuses, onWithdraw }: { person: string; statuses: Source<Statuses>; onWithdraw: (s: Status) => void }) {
  return <section class="card"><h2>{w().statuses}</h2><Show source={statuses} zone={zone()} height={160}>{v => <>
    {v.items.length > 0 && <Downloads path={`/api/v1/org/statuses?employee=${person}`} />}<Lines items={v.items} over={s => isOver(stateOf(s))} none={w().noStatuses}>{s =>
      <Line key={s.status_id} title={t().kind[s.kind] ?? s.kind} from={s.from} to={s.to} letter={s.letter} state={stateOf(s)}>
        {s.withdrawn_at && s.withdrawn_why && <span class="sm">{w().withdrawnWhy(s.withdrawn_why)}</span>}
        {!s.withdrawn_at && <span><button class="link sm" onClick={() => onWithdraw(s)}>{w().act.withdraw}</button></span>}</Line>}</Lines></>}</Show></section>;
}

type Asking = 'move' | 'superior' | 'role' | 'acting' | 'delegate' | 'status' | 'day' | { end: Role } | { withdraw: Status } | { wrong: Wrong };

export function PersonPage({ id }: { id: string }) {
  const detail = useMemo(() => source<Detail>(null, () => api.GET('/api/v1/org/employees/{employee}', { params: { path: { employee: id } } })), [id]);
  const roles = useMemo(() => source<Roles>(null, () => api.GET('/api/v1/org/roles', { params: { query: { employee: id } } })), [id]);
  const statuses = useMemo(() => source<Statuses>(null, () => api.GET('/api/v1/org/statuses', { params: { query: { employee: id } } })), [id]);
  const [asking, ask] = useState<Asking>(), [turn, setTurn] = useState(0), d = detail.state.value.value;
  useEffect(() => { void detail.refresh(); }, [detail]);
  useEffect(() => { if (d?.may_set_roles) void roles.refresh(); }, [roles, d?.may_set_roles]);
  useEffect(() => { if (d?.may_set_status) void statuses.refresh(); }, [statuses, d?.may_set_status]);
  const close = () => ask(undefined), renew = (s: Source<unknown>) => () => { close(); setTurn(turn + 1); void s.refresh(); }, done = (s: Source<unknown>) => () => { toast(w().form.saved); renew(s)(); };
  return <main id="m" tabIndex={-1}><p><a href="#/pegawai">{w().backToPeople}</a></p>
    <Show source={detail} zone={zone()} height={320}>{p => <>
      <section class="card"><h2>{p.full_name}</h2><Identity d={p} />
        {p.id === me.value?.employee && <Note>{w().person.self}</Note>}
        <div class="row">
          {p.may_set_status && <button class="btn small" onClick={() => ask('status')}>{w().act.status}</button>}
          {p.may_set_roles && <><button class="btn ghost small" onClick={() => ask('move')}>{transfer().move}</button>
            <button class="btn ghost small" onClick={() => ask('superior')}>{transfer().superior}</button>
            <button class="btn ghost small" onClick={() => ask('acting')}>{w().act.acting}</button>
            {(p.supervises || p.leads) && <button class="btn ghost small" onClick={() => ask('delegate')}>{w().act.delegate}</button>}
            <button class="btn ghost small" onClick={() => ask('role')}>{w().act.role}</button></>}
          <button class="btn ghost small" onClick={() => ask('day')}>{w().person.day}</button></div></section>
      {(p.may_set_roles || p.may_set_status) && <div class={p.may_set_roles && p.may_set_status ? 'cols even' : 'col'}>
        {p.may_set_roles && <RolesCard person={p.id} roles={roles} onEnd={r => ask({ end: r })} onWrong={r => ask({ wrong: wrongRole(r, p.id) })} />}
        {p.may_set_status && <StatusCard person={id} statuses={statuses} onWithdraw={s => ask({ withdraw: s })} />}</div>}
      {me.value && seesPhones(me.value) && <PhoneCard person={p} />}
      <HistoryCard id={p.id} turn={turn} roles={!p.may_set_roles} onWrong={p.may_set_roles ? wrong => ask({ wrong }) : undefined} />
      {asking === 'move' && <MoveDialog person={p} onClose={close} onDone={renew(detail)} />}
      {asking === 'superior' && <SuperiorDialog person={p} onClose={close} onDone={renew(detail)} />}
      {asking === 'role' && <RoleDialog person={p} onClose={close} onDone={done(roles)} />}
      {asking === 'acting' && <ActingDialog person={p} onClose={close} onDone={done(roles)} />}
      {asking === 'delegate' && <DelegateDialog person={p} onClose={close} onDone={done(roles)} />}
      {asking === 'status' && <StatusDialog person={p} onClose={close} onDone={done(statuses)} />}
      {asking === 'day' && <DayDialog employee={p.id} day={today()} onClose={close} />}
    </>}</Show>
    {typeof asking === 'object' && 'end' in asking && <EndDialog title={roleText(asking.end, id)} send={endRole(asking.end)} onClose={close} onDone={renew(roles)} />}
    {typeof asking === 'object' && 'wrong' in asking && <WithdrawDecree wrong={asking.wrong} onClose={close} onDone={() => { void roles.refresh(); renew(detail)(); }} />}
    {typeof asking === 'object' && 'withdraw' in asking && <WithdrawDialog status={asking.withdraw} onClose={close} onDone={renew(statuses)} />}
  </main>;
}
