/*
 * What is asked of oneself now: a presence check by lot, or a superior's call. Nothing pushes it to the phone, so an open
 * app asks once a minute; what it fetched is written down by the server, and without that nobody is at fault. The copy on
 * the phone serves where the signal is lost meanwhile.
 */
import { computed } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { api, serverNow, type Got } from '../base/api';
import { source } from '../base/load';
import { now } from '../base/shell';
import { delivered } from '../attendance/outbox';

export type Checks = Got<'/api/v1/me/checks'>;
export type Check = Checks['items'][number];
const EVERY_MS = 60_000;

export const checks = source<Checks>('me/checks/open', () => api.GET('/api/v1/me/checks', { params: { query: { open: true } } }));
/** Those whose time has not passed, answered or not. */
export const asked = computed(() => (checks.state.value.value?.items ?? []).filter(c => Date.parse(c.until_at) >= now.value.getTime() && c.state !== 'lifted'));
delivered.subscribe(n => { if (n > 0 && asked.peek().length > 0) void checks.refresh(); });

/** For as long as the app is open and looked at. */
export function useChecks() {
  useEffect(() => {
    let last = 0;
    const look = () => {
      if (document.hidden || serverNow().getTime() - last < EVERY_MS / 2) return;
      last = serverNow().getTime();
      void checks.refresh();
    };
    look();
    const timer = setInterval(look, EVERY_MS);
    document.addEventListener('visibilitychange', look);
    return () => { clearInterval(timer); document.removeEventListener('visibilitychange', look); };
  }, []);
}
