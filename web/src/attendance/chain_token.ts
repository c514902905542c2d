/* Asks the server for its time, signed: what the next events of this phone are proved to come after. */
import { api } from '../base/api';
import { changeKey, type PhoneKey } from '../base/store';
import { LIFE } from '../base/tokentime';
import { keepToken, tokenOf } from './chain_time';

const FRESH_MS = 60_000, MOVED_MS = 30_000;

/** Not asked again within a minute of one page's life, unless the phone's clock was moved (`offset` is what it is now). */
export async function renewToken(key: PhoneKey, offset: number | null): Promise<void> {
  const isMoved = !!key.token && offset !== null && Math.abs(offset - key.token.offset) > MOVED_MS;
  if (!isMoved && key.token?.life === LIFE && performance.now() - key.token.mono < FRESH_MS) return;
  const asked = Date.now(), r = await api.GET('/api/v1/attendance/token', { params: { query: { device: key.device } } });
  if (r.data) return keepToken(key.employee, key.device, tokenOf(r.data, asked, Date.now()));
  /* replaced, lost or revoked; "not found" may as well mean that somebody else has signed in meanwhile */
  if (r.response.status === 409) await changeKey(key.employee, key.device, { state: 'ended' });
}
