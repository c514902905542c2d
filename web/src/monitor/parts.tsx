import { minuteIn, number, percent } from '../base/format';
import { now, zone } from '../base/shell';
import { Chip, Kpi, StackedBar } from '../base/ui';
import { w } from './words';

export interface Counters { expected: number; office: number; home: number; anywhere: number; outside_duty: number; on_leave: number; day_off: number; present: number; present_office: number; present_home: number; late: number; unconfirmed: number; left_work: number; report_due: number; report_filed: number; report_verified: number; report_returned: number; excused: number; paper_awaited: number }
/* Perpres 21/2023 Article 4: 07.30. The counters do not say who is due when. */
const OFFICES_OPEN = 450;
/** Before the offices open nobody is missing yet: no alarm colour then. */
export const isBeforeStart = () => minuteIn(now.value, zone()) < OFFICES_OPEN;
export const missing = (c: Counters) => Math.max(0, c.expected - c.present - c.excused);
/** Of those not in: on duty outside, who need not be; and whose file of another system or decision is awaited. */
export const outside = (c: Counters) => c.outside_duty - (c.present - c.present_office - c.present_home);
export const awaited = (c: Counters) => Math.max(0, c.excused - c.paper_awaited - outside(c));

export function Kpis({ c }: { c: Counters }) {
  const k = w().kpi;
  return <section class="kpis" aria-label={w().title}>
    <Kpi label={k.onDuty} value={percent(c.present, c.expected)} sub={w().ofExpected(number(c.present), number(c.expected))} />
    <Kpi label={k.office} value={number(c.present_office)} sub={w().planned(number(c.office))} />
    <Kpi label={k.home} value={number(c.present_home)} sub={w().planned(number(c.home + c.anywhere))} />
    <Kpi label={k.late} value={number(c.late)} sub={c.unconfirmed ? w().unconfirmed(number(c.unconfirmed)) : w().byServer} tone={c.late ? 'warn' : ''} />
    <Kpi label={k.notYet} value={number(missing(c))} sub={[c.paper_awaited > 0 && w().paper(number(c.paper_awaited)), awaited(c) > 0 && w().pending(number(awaited(c))), w().leaveOff(number(c.on_leave), number(outside(c)), number(c.day_off))].filter(Boolean).join(' · ')} tone={missing(c) && !isBeforeStart() ? 'bad' : ''} />
    <Kpi label={k.reports} value={number(c.report_filed)} sub={c.report_due ? w().verifiedOf(number(c.report_verified), number(c.report_due)) : w().noReportYet} tone={c.report_filed ? 'ok' : ''} />
  </section>;
}

export const PresenceBar = ({ c }: { c: Counters }) => <StackedBar whole={c.expected} label={w().barLabel(number(c.present_office), number(c.present_home), number(missing(c)))}
  parts={[{ kind: 'office', value: c.present_office }, { kind: 'home', value: c.present_home }, { kind: 'other', value: c.present - c.present_office - c.present_home }, { kind: isBeforeStart() ? 'waiting' : 'missing', value: missing(c) }]} />;

export const Legend = () => <span class="row sm muted legend"><span class="row tight"><i class="sw office" />{w().legend.office}</span><span class="row tight"><i class="sw home" />{w().legend.home}</span><span class="row tight"><i class={`sw ${isBeforeStart() ? 'waiting' : 'missing'}`} />{w().legend.missing}</span></span>;

/** The other systems by the names they go by. */
const systems: Record<string, string> = { kmob: 'K-Mob', epresensi: 'e-presensi', simpegnas: 'SIMPEGNAS' };
/** Whose attendance the figures are, when they are not simply Luwes's. */
export function SourceLine({ of }: { of: { source: string; system: string } }) {
  if (of.source === 'luwes') return null;
  const text = of.source === 'none' ? w().notUsed : of.source === 'both' ? w().parallel : w().imported(systems[of.system] ?? w().otherSystem);
  return <span class="sm"><Chip tone={of.source === 'none' ? '' : 'info'}>{text}</Chip></span>;
}
