/* Today as the server knows it, and the position the phone knows. Shared by the screens of the employee. */
import { computed, signal } from '@preact/signals';
import { api, type Got } from '../base/api';
import { source } from '../base/load';
import { delivered, waiting, type Position, type PositionError } from './outbox';
import { locate } from './geo';

export type Today = Got<'/api/v1/me/today'>;
export const today = source<Today>('me/today', () => api.GET('/api/v1/me/today'));

export const position = signal<{ position?: Position; error?: PositionError } | 'asking'>('asking');
export async function refreshPosition() {
  position.value = await locate();
}

/** In and out as the day stands, with what still waits on this phone counted in. */
export const punched = computed(() => {
  const t = today.state.value.value;
  const own = (d: string) => waiting.value.find(i => i.kind === 'punch' && i.body.direction === d)?.body.phone_at as string | undefined;
  return { in: t?.in_at ?? own('in'), out: t?.out_at ?? own('out') };
});

delivered.subscribe(n => { if (n > 0) void today.refresh(); });
