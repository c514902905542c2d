// @vitest-environment happy-dom
/* Whom a proof of presence is offered to, and how often a phone asks what its office has. */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { me } from '../base/session';
import { closeStore } from '../base/store';
import { phoneKey } from './outbox';
import { askProof, offersProof, officeProofs, question, refreshProofs, type OfficeProofs } from './proofs_offer';
import { blind, type Fix, type Standing } from './today';

const none: OfficeProofs = { displays: 0, kiosks: 0, duties: 0, has_pin: false, has_card: false };
let asked: number, answer: (() => OfficeProofs) | undefined;

beforeEach(async () => {
  await closeStore();
  globalThis.indexedDB = new IDBFactory();
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2025-11-13T00:20:00Z') });
  asked = 0;
  answer = () => ({ ...none, displays: 1 });
  vi.stubGlobal('fetch', async () => {
    asked++;
    if (!answer) throw new TypeError('Failed to fetch');
    return new Response(JSON.stringify(answer()), { headers: { 'content-type': 'application/json' } });
  });
  me.value = { employee: String(Math.random()), government: { zone: 'WIB', is_demo: false } } as never;
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  phoneKey.value = undefined as never;
});

const day = (place_rule: Standing['place_rule']) => ({ ...blind(new Date(), 'WIB'), place_rule });
const found: Fix = { position: { lat_e7: 1, lon_e7: 1, accuracy_metres: 9 } }, lost: Fix = { error: 'denied' };
it.each([
  ['a screen in the lobby', 'active', 'site', { displays: 1 }, undefined, true],
  ['a kiosk', 'active', 'site', { kiosks: 1 }, found, true],
  ['no screen, no kiosk', 'active', 'site', {}, undefined, false],
  ['no screen, but no position either: a colleague may help', 'active', 'site', {}, lost, true],
  ['no screen, and the position still sought', 'active', 'site', {}, 'asking', false],
  ['a day at home', 'active', 'anywhere', { displays: 1, kiosks: 1 }, undefined, false],
  ['a phone that cannot sign', 'ended', 'site', { displays: 1 }, undefined, false],
] as const)('%s', (_n, state, rule, has, fix, offered) => {
  phoneKey.value = { state } as never;
  officeProofs.value = { ...none, ...has };
  expect(offersProof(day(rule), fix)).toBe(offered);
});

it('asks once in twelve hours, and knows it without a signal', async () => {
  await refreshProofs();
  expect(officeProofs.value?.displays).toBe(1);
  officeProofs.value = undefined;
  await refreshProofs();
  expect([asked, officeProofs.value]).toEqual([1, { ...none, displays: 1 }]);
  vi.setSystemTime(new Date('2025-11-13T12:21:00Z'));
  answer = undefined;
  await refreshProofs();
  expect([asked, officeProofs.value]).toEqual([2, { ...none, displays: 1 }]);
  answer = () => ({ ...none, kiosks: 2 });
  await refreshProofs(true);
  expect([asked, officeProofs.value]).toEqual([3, { ...none, kiosks: 2 }]);
  me.value = { employee: 'another', government: { zone: 'WIB', is_demo: false } } as never;
  expect(officeProofs.value).toBeUndefined();
});

it('has one question at a time, and closes with its answer', async () => {
  const asked = askProof();
  question.value!('kiosk');
  expect([await asked, question.value]).toEqual(['kiosk', undefined]);
});
