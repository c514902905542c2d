/* The three zones of Indonesia, without words: the service worker needs them too. */
export type Zone = 'WIB' | 'WITA' | 'WIT';
export const zoneHours: Record<Zone, number> = { WIB: 7, WITA: 8, WIT: 9 };
/** Minute of the day in the office's zone, from 0. */
export const minuteIn = (at: Date, zone: Zone) => Math.floor((at.getTime() / 60_000 + zoneHours[zone] * 60) % 1440);
