/*
 * Bukti kantor: whether one's office has anything to prove presence with, and the question put to its owner. The
 * dialogs themselves (proofs.tsx) are loaded when somebody asks for them; pressing the button needs none of this.
 */
import { signal } from '@preact/signals';
import { api, serverNow, type Got } from '../base/api';
import type { Bytes } from '../base/bytes';
import { person } from '../base/session';
import { keepCopy, readCopy, type OutboxItem } from '../base/store';
import type { Proof } from './event';
import { phoneKey } from './outbox';
import type { Fix, Standing } from './today';

export type OfficeProofs = Got<'/api/v1/me/office-proofs'>;
/** As this phone last heard; undefined while it never did. */
export const officeProofs = signal<OfficeProofs | undefined>(undefined);
person.subscribe(() => { officeProofs.value = undefined; });

/* Screens and kiosks are set up rarely: thousands of phones need not ask each time they are opened. */
const FRESH_MS = 12 * 3_600_000;
export async function refreshProofs(now = false): Promise<void> {
  const owner = person.peek(), place = `${owner}/me/office-proofs`, isHis = () => person.peek() === owner;
  const copy = await readCopy<OfficeProofs>(place).catch(() => undefined);
  if (copy && isHis()) officeProofs.value = copy.value;
  if (!owner || (!now && copy && Math.abs(serverNow().getTime() - Date.parse(copy.at)) < FRESH_MS)) return;
  const r = await api.GET('/api/v1/me/office-proofs').catch(() => undefined);
  if (!r?.data || !isHis()) return;
  officeProofs.value = r.data;
  await keepCopy(place, r.data, serverNow().toISOString()).catch(() => undefined);
}

/** Offered on a day of the office to a phone that signs, where the office has a screen or kiosk or the phone finds no position. */
export function offersProof(day: Standing, found: Fix | 'asking' | undefined): boolean {
  const n = officeProofs.value;
  return phoneKey.value?.state === 'active' && day.place_rule === 'site' && ((!!n && n.displays + n.kiosks > 0) || (!!found && found !== 'asking' && !found.position));
}

/** A proof to sign with the event; or the event is recorded as it is, and shown to a kiosk. */
export type Answer = { proof: Proof; random?: Bytes } | 'kiosk';
export const question = signal<((answer: Answer | undefined) => void) | undefined>(undefined);
/** undefined: he thought better of it, and nothing is to be recorded. */
export const askProof = (): Promise<Answer | undefined> => new Promise(resolve => {
  question.value = answer => {
    question.value = undefined;
    resolve(answer);
  };
});

/** A kiosk is given so long to read an event before it is sent. */
export const KIOSK_MS = 90_000;
/** The record that is being shown to a kiosk. */
export const kioskItem = signal<OutboxItem | undefined>(undefined);
person.subscribe(() => { kioskItem.value = undefined; });
