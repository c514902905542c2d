/*
 * The station as the page has it: set up by its code, its clock corrected by the server, its state asked for every few
 * minutes. Nobody is signed in: every request is signed with the key made at set-up.
 */
import { signal } from '@preact/signals';
import { labelOf } from '../base/agent';
import { api, clockOffset, isProblem, serverNow, type Got, type Problem } from '../base/api';
import { fromText, toText, type Bytes } from '../base/bytes';
import type { Zone } from '../base/format';
import { makeSigningKey } from '../base/signingkey';
import { measure } from '../base/tokentime';
import { claimMessage } from './record';
import { changeStation, closeStore, keepPeople, keepStation, keepTrial, readStation, readTrial, type Station, type Token } from './store';

/** undefined while not known, null when this is no station yet. */
export const station = signal<Station | null | undefined>(undefined);
/** Signed requests reach the server. */
export const connected = signal(false);

const SIGN = { name: 'ECDSA', hash: 'SHA-256' };
export const sign = async (s: Pick<Station, 'keys'>, message: Bytes): Promise<Bytes> => new Uint8Array(await crypto.subtle.sign(SIGN, s.keys.privateKey, message));
/** The server's time as this station knows it; set back or forward, the difference stays. */
export const stationNow = (s: Pick<Station, 'offset'>) => Math.round(Date.now() + s.offset);

export async function loadStation(): Promise<void> {
  station.value = await readStation().catch(() => undefined) ?? null;
}

/* ---- set-up ---- */

type TokenReply = { id: string; issued_at: string };
export const tokenOf = (t: TokenReply, asked: number, answered: number): Token => ({ id: fromText(t.id), ...measure(t.issued_at, asked, answered) });

/** The code makes this device a screen or a kiosk; a problem says why not. */
export async function enrol(government: string, code: string): Promise<Problem | 'network' | 'keys' | undefined> {
  const made = await makeSigningKey({ keep: keepTrial, close: closeStore, read: readTrial }).catch(() => undefined);
  if (!made) return 'keys';
  const asked = Date.now(), r = await api.POST('/api/v1/attendance/stations/enrolment', { body: { government, code, public_key: toText(made.public_key), label: labelOf(navigator.userAgent) } }).catch(() => undefined);
  if (!r) return 'network';
  if (!r.data) return r.error as Problem;
  const d = r.data, display_key = d.display_key ? await crypto.subtle.importKey('raw', fromText(d.display_key), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']) : undefined;
  const s: Station = {
    government, id: d.station, kind: d.kind, name: d.name, unit_name: d.unit_name, zone: d.zone as Zone, keys: made.keys, display_key, kiosk_key: d.kiosk_key ? fromText(d.kiosk_key) : undefined,
    offset: clockOffset.peek() ?? 0, officers: [], duty_hours: 1, token: d.token ? tokenOf(d.token, asked, Date.now()) : undefined,
  };
  await keepStation(s);
  void navigator.storage?.persist?.().catch(() => undefined);
  station.value = s;
  return undefined;
}

/* ---- how it stands ---- */

export async function claim(s: Station) {
  const at = serverNow().getTime();
  return { government: s.government, station: s.id, at: new Date(at).toISOString(), proof: toText(await sign(s, claimMessage(s.id, at))) };
}

type State = { state: 'waiting' | 'active' | 'ended'; name: string; unit_name: string; zone: string; duty_hours: number; officers: { employee: string; initials: string; device?: string; public_key?: string }[]; token?: TokenReply };
async function take(s: Station, d: State, asked: number, answered: number): Promise<void> {
  const officers = d.officers.map(o => ({ employee: o.employee, initials: o.initials, device: o.device ? fromText(o.device) : undefined, public_key: o.public_key ? fromText(o.public_key) : undefined }));
  const known = station.peek(), duty = known?.duty && officers.some(o => o.employee === known.duty!.officer) ? known.duty : undefined;
  const now = await changeStation({
    name: d.name, unit_name: d.unit_name, zone: d.zone as Zone, offset: clockOffset.peek() ?? s.offset, ended: d.state === 'ended', duty_hours: d.duty_hours, officers, duty, ...(d.token ? { token: tokenOf(d.token, asked, answered) } : {}),
  });
  if (now) station.value = now;
}

/** The signature may come too early or too late by this clock: the answer corrects it, and it is tried once more. */
export async function askState(tries = 2): Promise<void> {
  const s = station.peek();
  if (!s) return;
  const asked = Date.now(), r = await api.POST('/api/v1/attendance/stations/state', { body: await claim(s) }).catch(() => undefined);
  connected.value = !!r?.data;
  if (r?.data) return take(s, r.data as State, asked, Date.now());
  if (r?.error && isProblem(r.error) && r.error.code === 'stale' && tries > 1) return askState(tries - 1);
}

/** Whom a kiosk may greet. */
export async function askPeople(): Promise<void> {
  const s = station.peek();
  if (s?.kind !== 'kiosk' || s.ended) return;
  const r = await api.GET('/api/v1/attendance/stations/people', { params: { query: await claim(s) } }).catch(() => undefined);
  const people = (r?.data as Got<'/api/v1/attendance/stations/people'> | undefined)?.items;
  if (people) await keepPeople(people.map(p => ({ employee: p.employee, initials: p.initials, unit_name: p.unit_name, card: p.card ? fromText(p.card) : undefined })));
}
