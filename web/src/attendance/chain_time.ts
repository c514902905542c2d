/*
 * The time that a signed event claims: the server's last token, and how far the phone's clock stood from the
 * server's when it came (the middle of the round trip). A clock that somebody moves afterwards is seen at the
 * sending, because the offset stays the token's own.
 */
import { changeKey, readKey, type PhoneKey, type TimeToken } from '../base/store';

export interface TokenReply { id: string; issued_at: string; signature: string; key: string }

/** This page: its clock (performance.now) means nothing to another one. */
export const LIFE = crypto.randomUUID?.() ?? String(Math.random());

/** What a token is worth here; asked and answered by the phone's clock. */
export function tokenOf(t: TokenReply, asked: number, answered: number, mono = performance.now()): TimeToken {
  const issued_at = Date.parse(t.issued_at);
  return { id: t.id, issued_at, signature: t.signature, key: t.key, offset: Math.round(issued_at - (asked + answered) / 2), life: LIFE, mono };
}

/** The newer one stays: answers overtake one another. */
export async function keepToken(employee: string, device: string, token: TimeToken): Promise<void> {
  const key = await readKey(employee);
  if (key?.device === device && (key.token?.issued_at ?? 0) <= token.issued_at) await changeKey(employee, device, { token });
}

/** `at` and `mono` are the phone's clocks at the press. */
export function claimOf(key: Pick<PhoneKey, 'token'>, at: number, mono: number, otherwise = 0): { offset: number; wall: number; mono?: number } {
  const t = key.token, offset = t?.offset ?? otherwise;
  return { offset, wall: Math.max(1, Math.round(at + offset)), mono: t && t.life === LIFE ? Math.max(0, Math.floor(mono - t.mono)) : undefined };
}
