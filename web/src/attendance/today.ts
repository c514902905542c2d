/* Today as the server knows it, or as the phone works it out without a signal, and where the phone is. */
import { signal } from '@preact/signals';
import { api, type Got } from '../base/api';
import { addDays, dayIn, instantOf, minutesOf, type Zone } from '../base/format';
import { source } from '../base/load';
import { person } from '../base/session';
import type { OutboxItem } from '../base/store';
import { delivered, happenedAt, type Position, type PositionError } from './outbox';
import { happened } from './happened';
import { locate } from './geo';

export type Today = Got<'/api/v1/me/today'>;
export const today = source<Today>('me/today', () => api.GET('/api/v1/me/today'));

/** The day one stands in. `guessed`: from the days to come of an earlier copy; no mode when those are over. */
export interface Standing extends Pick<Today, 'day' | 'zone' | 'starts' | 'ends' | 'place_rule' | 'sites' | 'duty' | 'report_state' | 'in_at' | 'out_at' | 'in_phone_at' | 'out_phone_at' | 'next_days' | 'returned'>, Partial<Pick<Today, 'turn' | 'asked_minutes' | 'band_after' | 'assembly' | 'event' | 'windows' | 'schedule' | 'week' | 'on_time_until'>> {
  mode?: Today['mode'];
  guessed: boolean;
  /** Instant from which a punch is of this day. */
  from: number;
}

/* The server's own cut between two days (attendance_rules.c): four hours before work begins, but not
   before a night shift has ended; before a day off the night keeps four hours more. */
const LEAD = 240, USUAL_START = 480;
interface Hours { day: string; starts?: string; ends?: string; turn?: string; schedule?: Today['schedule'] }
function opens(d: Hours, before: Hours | undefined, zone: Zone): number {
  const start = (d.starts ? minutesOf(d.starts) : USUAL_START) - LEAD, night = before?.ends ? minutesOf(before.ends) - 1440 : 0;
  return instantOf(d.day, night > 0 ? Math.max(start, night + (d.starts ? 0 : LEAD)) : start, zone);
}

/* The rule of a day nobody foretold is that of the last known day of work: one who works at the office is asked. */
function usualPlace(copy: Today): Today['place_rule'] {
  const last = copy.next_days.findLast(d => d.mode !== 'off' && d.mode !== 'leave');
  return (last ? last.mode === 'office' : copy.place_rule === 'site') ? 'site' : 'anywhere';
}

/** A copy of an earlier day is not today: mode and hours then come from the days that it foretold. */
export function standing(copy: Today, now: Date): Standing {
  const zone = copy.zone as Zone, told: (Hours & { mode?: Today['mode'] })[] = [copy, ...copy.next_days];
  told.push({ day: addDays(told.at(-1)!.day, 1) });
  let n = 0;
  while (n + 1 < told.length && now.getTime() >= opens(told[n + 1]!, told[n], zone)) n++;
  if (n === 0) return { ...copy, guessed: false, from: opens(copy, undefined, zone) };
  const week = copy.week && told[n]!.day <= copy.week.day ? copy.week : undefined, known = n < told.length - 1, d = known ? told[n]! : { ...told[n]!, day: dayIn(now, zone) };
  return {
    day: d.day, zone: copy.zone, mode: d.mode, starts: d.starts, ends: d.ends, turn: d.turn, place_rule: d.mode ? (d.mode === 'office' ? 'site' : 'anywhere') : usualPlace(copy), sites: copy.sites,
    duty: d.schedule ? 'daily_confirm' : week ? (week.day === d.day ? 'weekly_due' : 'weekly') : 'none', schedule: d.schedule, week, report_state: 'none', next_days: copy.next_days.filter(x => x.day >= d.day), returned: copy.returned, guessed: true, from: opens(d, known ? told[n - 1] : undefined, zone),
  };
}

/** A day of which this phone knows nothing yet: it can be recorded all the same, and the server judges it. */
export const blind = (now: Date, zone: Zone): Standing => {
  const day = dayIn(now, zone);
  return { day, zone, place_rule: 'anywhere', sites: [], duty: 'none', report_state: 'none', next_days: [], returned: [], guessed: true, from: instantOf(day, 0, zone) };
};

/** The record whose sheet is open. */
export const shown = signal<OutboxItem | undefined>(undefined);
person.subscribe(() => { shown.value = undefined; });

/** In and out as the day stands, with what this phone recorded and the copy of `asOf` cannot know yet. */
export function punched(day: Standing, asOf: string | undefined, items: readonly OutboxItem[]): { in?: string; out?: string } {
  const seen = asOf ? Date.parse(asOf) : 0;
  const own = (direction: string) => items
    .filter(i => i.kind === 'punch' && i.body.direction === direction && (i.state === 'waiting' || (i.state === 'sent' && Date.parse(i.received_at ?? i.made_at) > seen)))
    .map(happenedAt).filter(at => at >= day.from);
  const one = (pick: (...at: number[]) => number, at: string | undefined, more: number[]) => {
    const all = at ? [Date.parse(at), ...more] : more;
    return all.length ? new Date(pick(...all)).toISOString() : undefined;
  };
  return { in: one(Math.min, happened(day.in_at, day.in_phone_at), own('in')), out: one(Math.max, happened(day.out_at, day.out_phone_at), own('out')) };
}

export interface Fix { position?: Position; error?: PositionError }
/** Where the phone is; undefined until the person asked or pressed. */
export const position = signal<Fix | 'asking' | undefined>(undefined);
export async function findPosition(): Promise<Fix> {
  position.value = 'asking';
  return (position.value = await locate());
}
person.subscribe(() => { position.value = undefined; });

delivered.subscribe(n => { if (n > 0) void today.refresh(); });
