// @vitest-environment happy-dom
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it } from 'vitest';
import { source, type Loaded } from './load';
import { me } from './session';
import { closeStore, keepCopy, readCopy } from './store';

interface Day { mode: string }

/* an answer that comes when the test says so */
function later<T>() {
  let resolve!: (x: T) => void, reject!: (e: Error) => void;
  const promise = new Promise<T>((yes, no) => { resolve = yes; reject = no; });
  return { promise, resolve, reject };
}
const seen = <T>(s: { state: { subscribe: (f: (l: Loaded<T>) => void) => () => void } }) => {
  const states: Loaded<T>[] = [];
  s.state.subscribe(l => states.push(l));
  return states;
};

beforeEach(async () => {
  await closeStore();
  globalThis.indexedDB = new IDBFactory();
  me.value = { employee: '41' } as never;
});

describe('source', () => {
  it('shows the copy with its age first, then what the network says, and keeps that', async () => {
    await keepCopy('41/me/today', { mode: 'office' }, '2025-11-12T10:00:00.000Z');
    const answer = later<{ data: Day }>(), s = source<Day>('me/today', () => answer.promise), states = seen(s);
    const done = s.refresh();
    while (!s.state.value.value) await new Promise(setImmediate);
    expect(s.state.value).toEqual({ value: { mode: 'office' }, at: '2025-11-12T10:00:00.000Z', fresh: false, busy: true });
    answer.resolve({ data: { mode: 'home' } });
    await done;
    expect(s.state.value).toMatchObject({ value: { mode: 'home' }, fresh: true, busy: false });
    expect(s.state.value.problem).toBeUndefined();
    expect(states.map(l => l.value?.mode)).toEqual([undefined, undefined, 'office', 'home']);
    expect((await readCopy<Day>('41/me/today'))!.value).toEqual({ mode: 'home' });
  });
  it('keeps showing the copy when there is no signal, and says so', async () => {
    await keepCopy('41/me/today', { mode: 'office' }, '2025-11-12T10:00:00.000Z');
    const s = source<Day>('me/today', () => Promise.reject(new TypeError('Failed to fetch')));
    await s.refresh();
    expect(s.state.value).toEqual({ value: { mode: 'office' }, at: '2025-11-12T10:00:00.000Z', fresh: false, busy: false, problem: 'network' });
  });
  it('keeps the problem document when there is one', async () => {
    const problem = { type: 'about:blank', title: 'x', status: 404, code: 'not_found', request_id: '1' };
    const s = source<Day>('none', () => Promise.resolve({ error: problem }));
    await s.refresh();
    expect(s.state.value).toEqual({ fresh: false, busy: false, problem });
  });
  it('recovers: a later answer clears the problem', async () => {
    let good = false;
    const s = source<Day>(null, () => (good ? Promise.resolve({ data: { mode: 'home' } }) : Promise.reject(new TypeError('x'))));
    await s.refresh();
    good = true;
    await s.refresh();
    expect(s.state.value).toMatchObject({ value: { mode: 'home' }, fresh: true, busy: false });
    expect(s.state.value.problem).toBeUndefined();
  });
  it('shows nobody what another person was shown on this phone, nor keeps it for him', async () => {
    await keepCopy('41/me/today', { mode: 'office' }, '2025-11-12T10:00:00.000Z');
    const answer = later<{ data: Day }>(), s = source<Day>('me/today', () => answer.promise);
    const done = s.refresh();
    while (!s.state.value.value) await new Promise(setImmediate);
    me.value = { employee: '42' } as never;
    expect(s.state.value.value).toBeUndefined();
    answer.resolve({ data: { mode: 'home' } });
    await done;
    expect(s.state.value.value).toBeUndefined();
    expect(await readCopy('42/me/today')).toBeUndefined();
    expect((await readCopy<Day>('41/me/today'))!.value).toEqual({ mode: 'office' });
  });
  it('keeps nothing of a view without a key', async () => {
    const s = source<Day>(null, () => Promise.resolve({ data: { mode: 'home' } }));
    await s.refresh();
    expect(await readCopy('41/null')).toBeUndefined();
  });
  it('shows the answer although the disk is broken', async () => {
    globalThis.indexedDB = { open: () => { throw new DOMException('gone', 'SecurityError'); } } as unknown as IDBFactory;
    const s = source<Day>('me/today', () => Promise.resolve({ data: { mode: 'home' } }));
    await s.refresh();
    expect(s.state.value).toMatchObject({ value: { mode: 'home' }, fresh: true });
  });
});
