/*
 * Dates and figures as an Indonesian office writes them: 07.05, 1.234, Kamis, 13 November 2025; office
 * time with its zone's name, never the phone's zone. In English 07:05 and 1,234.
 */
import { lang } from './i18n';
import { zoneHours, type Zone } from './zone';

export { minuteIn, type Zone } from './zone';
const zones: Record<Zone, string> = { WIB: 'Asia/Jakarta', WITA: 'Asia/Makassar', WIT: 'Asia/Jayapura' };

const cache = new Map<string, Intl.DateTimeFormat>();
function formatter(timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const locale = lang.value === 'en' ? 'en-GB' : 'id-ID', key = locale + timeZone + JSON.stringify(options);
  let f = cache.get(key);
  if (!f) cache.set(key, (f = new Intl.DateTimeFormat(locale, { timeZone, ...options })));
  return f;
}
const mark = () => lang.value === 'en' ? ':' : '.';
const civil = (day: string) => new Date(day + 'T00:00:00Z');

/** Instant to "07.05" in the office's zone. */
export const clock = (at: string | Date, zone: Zone) =>
  formatter(zones[zone], { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(typeof at === 'string' ? new Date(at) : at).replace(/[:.]/, mark());
export const clockSeconds = (at: Date, zone: Zone) =>
  formatter(zones[zone], { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }).format(at).replace(/[:.]/g, mark());
/** "07:30" to "07.30"; "31:15" to "07.15 (+1)", or where there is room in words: "07.15 esok hari". */
export function minute(text: string, next?: string): string {
  const h = Number(text.slice(0, 2));
  return h < 24 ? text.replace(':', mark()) : `${String(h - 24).padStart(2, '0')}${mark()}${text.slice(3)} ${next ?? '(+1)'}`;
}
export const longDay = (day: string) => formatter('UTC', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }).format(civil(day));
export const fullDay = (day: string) => formatter('UTC', { day: 'numeric', month: 'long', year: 'numeric' }).format(civil(day));
export const shortDay = (day: string) => formatter('UTC', { weekday: 'short', day: 'numeric', month: 'short' }).format(civil(day));
export const shortFullDay = (day: string) => formatter('UTC', { day: 'numeric', month: 'short', year: 'numeric' }).format(civil(day));
/** "10–16 November 2025", "29 Desember 2025 – 4 Januari 2026". */
export const span = (from: string, to: string) => from.slice(0, 7) === to.slice(0, 7) ? (from === to ? '' : `${dayOfMonth(from)}–`) + fullDay(to)
  : `${from.slice(0, 4) === to.slice(0, 4) ? formatter('UTC', { day: 'numeric', month: 'long' }).format(civil(from)) : fullDay(from)} – ${fullDay(to)}`;
/** The Monday of its week. */
export const mondayOf = (day: string) => addDays(day, -((civil(day).getUTCDay() + 6) % 7));
export const weekday = (day: string) => formatter('UTC', { weekday: 'short' }).format(civil(day));
export const dayOfMonth = (day: string) => String(civil(day).getUTCDate());
export const monthName = (day: string) => formatter('UTC', { month: 'long', year: 'numeric' }).format(civil(day));
/** Civil day of an instant in a zone: "2025-11-13". */
export const dayIn = (at: Date, zone: Zone) => new Date(at.getTime() + zoneHours[zone] * 3_600_000).toISOString().slice(0, 10);
/** Instant in ms of a minute of a day, which may lie past midnight or before it. */
export const instantOf = (day: string, minutes: number, zone: Zone) => civil(day).getTime() + (minutes - zoneHours[zone] * 60) * 60_000;
/** "31:00" to minutes from midnight. */
export const minutesOf = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
/** An end that is not after its start is on the next day: "07:15" after "20:45" is "31:15". */
export const past = (from: string, to: string) => minutesOf(to) > minutesOf(from) ? to : `${String(Number(to.slice(0, 2)) + 24).padStart(2, '0')}${to.slice(2)}`;
export const addDays = (day: string, n: number) => new Date(civil(day).getTime() + n * 86_400_000).toISOString().slice(0, 10);
export const stamp = (at: string, zone: Zone) => `${shortDay(dayIn(new Date(at), zone))} ${clock(at, zone)}`;
/** The end of a day is 24.00 of that day. */
export const untilText = (at: string, z: Zone) => { const day = dayIn(new Date(at), z); return instantOf(day, 0, z) === Date.parse(at) ? `${shortDay(addDays(day, -1))} 24${clock(at, z)[2]}00` : stamp(at, z); };

export const number = (n: number) => new Intl.NumberFormat(lang.value === 'en' ? 'en-GB' : 'id-ID').format(n);
export const percent = (part: number, whole: number) =>
  new Intl.NumberFormat(lang.value === 'en' ? 'en-GB' : 'id-ID', { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(whole ? part / whole : 0);
/** "H. Asep Sunandar, S.E." to "AS": titles before and after the name are no part of it. */
export const initials = (name: string) => name.split(',')[0]!.split(' ').filter(w => /^[A-Z]/.test(w) && !w.endsWith('.')).slice(0, 2).map(w => w[0]).join('');
/** What is masked is masked shortly: "•••025". */
export const nipText = (nip: string) => nip.replace(/^\*+/, '•••');
