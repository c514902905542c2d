/* The server's time tokens of an employee's phone (base/tokentime.ts). */
import { changeKey, readKey, type TimeToken } from '../base/store';
import { measure } from '../base/tokentime';

export interface TokenReply { id: string; issued_at: string; signature: string; key: string }

export const tokenOf = (t: TokenReply, asked: number, answered: number, mono?: number): TimeToken =>
  ({ id: t.id, signature: t.signature, key: t.key, ...measure(t.issued_at, asked, answered, mono) });

/** The newer one stays: answers overtake one another. */
export async function keepToken(employee: string, device: string, token: TimeToken): Promise<void> {
  const key = await readKey(employee);
  if (key?.device === device && (key.token?.issued_at ?? 0) <= token.issued_at) await changeKey(employee, device, { token });
}
