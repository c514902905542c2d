/*
 * The passkey beside this phone's key: whoever unlocks the phone says so for each record. Optional; fingerprint,
 * face and PIN never leave the phone.
 */
import { api, type Problem } from '../base/api';
import { fromText, toText } from '../base/bytes';
import { changeKey } from '../base/store';
import { refreshKey } from '../attendance/outbox';

const ES256 = -7, ASK_MS = 60_000;

/** Whether this phone has a screen lock that the browser may ask for. */
export const hasScreenLock = async (): Promise<boolean> =>
  typeof PublicKeyCredential === 'function' && await PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable().catch(() => false);

/** undefined: done; 'refused': the person or the phone did not. */
export async function addPasskey(employee: string, device: string, nip: string): Promise<Problem | 'network' | 'refused' | undefined> {
  const path = { params: { path: { device } } };
  const c = await api.POST('/api/v1/attendance/devices/{device}/passkey/challenge', path).catch(() => undefined);
  if (!c) return 'network';
  if (!c.data) return c.error as Problem;
  const made = await navigator.credentials.create({ publicKey: {
    challenge: fromText(c.data.challenge), rp: { id: c.data.rp_id, name: 'Luwes' }, user: { id: fromText(c.data.user), name: nip, displayName: c.data.name || nip },
    pubKeyCredParams: [{ type: 'public-key', alg: ES256 }], attestation: 'none', timeout: ASK_MS,
    authenticatorSelection: { authenticatorAttachment: 'platform', residentKey: 'discouraged', userVerification: 'required' } } }).catch(() => null) as PublicKeyCredential | null;
  const answer = made?.response as AuthenticatorAttestationResponse | undefined;
  if (!made || !answer?.getAuthenticatorData) return 'refused';
  const text = (b: ArrayBuffer) => toText(new Uint8Array(b)), credential = text(made.rawId);
  const r = await api.POST('/api/v1/attendance/devices/{device}/passkey', { ...path, body: { credential_id: credential, authenticator_data: text(answer.getAuthenticatorData()), client_data: text(answer.clientDataJSON) } }).catch(() => undefined);
  if (!r) return 'network';
  if (!r.data) return r.error as Problem;
  await changeKey(employee, device, { credential });
  await refreshKey();
  return undefined;
}

export async function removePasskey(employee: string, device: string): Promise<Problem | 'network' | undefined> {
  const r = await api.DELETE('/api/v1/attendance/devices/{device}/passkey', { params: { path: { device } } }).catch(() => undefined);
  if (!r) return 'network';
  if (!r.data) return r.error as Problem;
  await changeKey(employee, device, { credential: undefined });
  await refreshKey();
  return undefined;
}
