/*
 * Signing: an event of this phone becomes the next link of its chain. Held by the caller: the lock that lets one
 * tab record at a time. Order matters: WebCrypto would let an open IndexedDB transaction lapse, so head and key are
 * read first, the event is built and signed, and then one strict transaction takes event and new head together, if
 * the chain still ends where it did. Only then anybody is told that it is kept.
 */
import { fromText, join, random, toText, type Bytes } from '../base/bytes';
import { changeKey, keepSigned, readChain, type Chain, type OutboxItem, type PhoneKey, type Sealed } from '../base/store';
import { claimOf } from '../base/tokentime';
export { renewToken } from './chain_token';
import { assertionChallenge, encodeEvent, eventHash, EVENT_PREFIX, eventId, type EventPosition, type EventType, type Proof, type SignedEvent } from './event';
import { seal } from './keys';

/** What is asked of the phone to record. */
export interface Draft {
  type: EventType;
  /** The phone's clock and the page's at the press. */
  at: number;
  mono: number;
  /** Its moment by the phone's clock. */
  position?: EventPosition;
  position_error?: SignedEvent['position_error'];
  proof?: Proof;
  installed: boolean;
  build: Bytes;
  /** Drawn beforehand where a colleague's signature already covers it. */
  random?: Bytes;
  /** Server minus phone, for a phone that has no token yet. */
  offset: number;
}
/** What lies sealed in the outbox until the receipt: the envelope for the server, and the position should it have to go unsigned. */
export interface SignedSecret {
  event: { bytes: string; signature: string; assertion?: Record<string, string> };
  plain: Record<string, unknown>;
}
export interface Signed { item: OutboxItem; secret: SignedSecret; challenge: Bytes }

const SIGN = { name: 'ECDSA', hash: 'SHA-256' }, RETRIES = 3;
type Base = Omit<OutboxItem, 'id' | 'made_at'>;
interface Link extends Signed { head: Chain }

async function makeLink(key: PhoneKey, former: Chain | undefined, d: Draft, plain: Record<string, unknown>, base: Base): Promise<Link> {
  const claim = claimOf(key.token, d.at, d.mono, d.offset), seq = (former?.seq ?? 0) + 1;
  const bytes = encodeEvent({
    type: d.type, installed: d.installed, employee: key.employee, device: fromText(key.device), seq, prev: former?.hash ?? new Uint8Array(32),
    token: key.token && { id: fromText(key.token.id), issued_at: key.token.issued_at }, wall: claim.wall, mono: claim.mono,
    position: d.position && { ...d.position, at: Math.max(0, Math.round(d.position.at + claim.offset)) }, position_error: d.position_error,
    proof: d.proof, build: d.build, random: d.random ?? random(16),
  });
  const hash = await eventHash(bytes), signature = new Uint8Array(await crypto.subtle.sign(SIGN, key.keys.privateKey, join(EVENT_PREFIX, bytes)));
  const secret: SignedSecret = { event: { bytes: toText(bytes), signature: toText(signature) }, plain }, sealed = await seal(secret), id = eventId(hash);
  if (!sealed) throw new Error('no seal');
  const made_at = new Date(claim.wall).toISOString();
  const item: OutboxItem = {
    ...base, id, made_at, body: { ...base.body, id, phone_at: made_at, offset_ms: 0 }, secret: sealed,
    signed: { device: key.device, seq, token: key.token?.id, token_at: key.token?.issued_at, offset: claim.offset },
  };
  return { item, secret, challenge: await assertionChallenge(key.token?.id, hash), head: { device: key.device, seq, hash } };
}

/**
 * Signs and keeps; undefined when this phone cannot sign any more, and then the event is recorded unsigned. A disk
 * that refuses throws: nothing is kept and nothing may be shown as kept.
 */
export async function addLink(key: PhoneKey, d: Draft, plain: Record<string, unknown>, base: Base): Promise<Signed | undefined> {
  for (let n = 0; n < RETRIES; n++) {
    const former = await readChain(key.device);
    const link = await makeLink(key, former, d, plain, base).catch(() => undefined);
    if (!link) {
      await changeKey(key.employee, key.device, { state: 'broken' }).catch(() => undefined);
      return undefined;
    }
    if (await keepSigned(link.item, former?.seq ?? 0, link.head)) return link;
  }
  return undefined;
}

/** Whether this browser can ask for a passkey at all. */
export const canAssert = () => typeof PublicKeyCredential === 'function' && !!navigator.credentials;

/**
 * Asks for the passkey of this phone, bound to this one event; the sealed event with it. A refusal, a fault or no
 * answer in time is no obstacle: the event goes as it is.
 */
export async function assert(credential: string, signed: Signed, ms: number): Promise<Sealed | undefined> {
  const stop = new AbortController(), timer = setTimeout(() => stop.abort(), ms);
  try {
    const got = await navigator.credentials.get({ signal: stop.signal, publicKey: {
      challenge: signed.challenge, timeout: ms, userVerification: 'required', allowCredentials: [{ type: 'public-key', id: fromText(credential), transports: ['internal'] }] } }) as PublicKeyCredential | null;
    if (!got) return undefined;
    const r = got.response as AuthenticatorAssertionResponse, text = (b: ArrayBuffer) => toText(new Uint8Array(b));
    const assertion: Record<string, string> = { credential_id: text(got.rawId), authenticator_data: text(r.authenticatorData), client_data: text(r.clientDataJSON), signature: text(r.signature) };
    if (r.userHandle?.byteLength) assertion.user_handle = text(r.userHandle);
    return await seal({ ...signed.secret, event: { ...signed.secret.event, assertion } });
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
