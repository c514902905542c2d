/*
 * Enrolling the phone one holds: make a key that this browser can keep, show the server that one has it and the code
 * of the officer, and keep what comes back. The key is kept before it is shown, so that an answer lost on the way
 * can be asked for again with the same key and the same code.
 */
import { api, type Problem } from '../base/api';
import { labelOf } from '../base/agent';
import { ascii, join, number64, sha256, toText, type Bytes } from '../base/bytes';
import { keepKey, keepPhone, readPhone, removePhone } from '../base/store';
import type { Me } from '../base/session';
import { tokenOf, type TokenReply } from '../attendance/chain_time';
import { installId } from '../attendance/keys';
import { makeKey } from '../attendance/keys_make';
import { flush, isInstalled, refreshKey } from '../attendance/outbox';

interface Pending { employee: string; keys: CryptoKeyPair; public_key: Bytes }

const LETTERS = 10;
/** As the server reads a code: capitals, no signs between, O is 0, I and L are 1; or the text of its QR code. undefined: not one. */
export function readCode(typed: string): string | undefined {
  const code = typed.trim().toUpperCase().replace(/^LW1C\./, '').replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  return code.length === LETTERS && /^[0-9A-HJKMNP-TV-Z]+$/.test(code) ? code : undefined;
}

const SIGN = { name: 'ECDSA', hash: 'SHA-256' };
/** The signature that the key is here: over whose, which phone, which key and which code (docs/EVIDENCE.md). */
export async function proofOf(me: Pick<Me, 'employee'> & { government: { id: string } }, p: Pick<Pending, 'keys' | 'public_key'>, install: Bytes, code: string): Promise<Bytes> {
  const bytes = join(ascii('luwes/dev/1\n'), number64(me.government.id), number64(me.employee), install, p.public_key, await sha256(ascii(code)));
  return new Uint8Array(await crypto.subtle.sign(SIGN, p.keys.privateKey, bytes));
}

/** The key of an enrolment under way, or a fresh one; throws NoKeyHere. */
async function pendingKey(employee: string): Promise<Pending> {
  const kept = await readPhone<Pending>('pending').catch(() => undefined);
  if (kept?.employee === employee) return kept;
  const made = { employee, ...await makeKey() };
  await keepPhone('pending', made);
  return made;
}

export interface Enrolled { is_shared: boolean; probation_until: string }

/** What the former key of this phone signed goes first, so that it is not held back afterwards. */
export async function enrol(me: Me, code: string): Promise<Enrolled | Problem | 'network'> {
  await navigator.storage?.persist?.();
  const pending = await pendingKey(me.employee), install = await installId();
  await flush().catch(() => false);
  const body = { code, public_key: toText(pending.public_key), proof: toText(await proofOf(me, pending, install, code)), install_id: toText(install), label: labelOf(navigator.userAgent), is_installed: isInstalled() };
  const asked = Date.now(), r = await api.POST('/api/v1/attendance/devices', { body }).catch(() => undefined);
  if (!r) return 'network';
  if (!r.data) return r.error as Problem;
  const token = tokenOf(r.data.token as TokenReply, asked, Date.now());
  await keepKey({ employee: me.employee, device: r.data.device, keys: pending.keys, state: 'active', enrolled_at: new Date(token.issued_at).toISOString(), token });
  await removePhone('pending');
  await refreshKey();
  return r.data;
}
