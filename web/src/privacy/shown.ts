/*
 * Whether this person was told what his position is for, on this phone and at the server. The text is in
 * words.ts; another text is another version, and is shown once more. It is never an agreement.
 */
import { api } from '../base/api';
import { keepNotice, readShown } from '../base/store';

export const NOTICE_VERSION = 1;

/** The server keeps when which text was shown first; without a signal it is told the next time. */
async function tell(employee: string) {
  const shown = await readShown(employee);
  if (!shown?.version || shown.told) return;
  const r = await api.PUT('/api/v1/me/privacy/notice', { body: { version: shown.version } });
  if (!r.error) await keepNotice({ ...shown, told: true });
}
const tellQuietly = (employee: string) => void tell(employee).catch(() => undefined);

export async function wasShown(employee: string): Promise<boolean> {
  const shown = await readShown(employee).catch(() => undefined);
  if (shown?.version !== NOTICE_VERSION) return false;
  if (!shown.told) tellQuietly(employee);
  return true;
}

export async function noteShown(employee: string, at: string) {
  await keepNotice({ employee, at, version: NOTICE_VERSION }).catch(() => undefined);
  tellQuietly(employee);
}
