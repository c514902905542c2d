/* A key is used only when this browser can keep it: what fails says so before the code is spent. */
import 'fake-indexeddb/auto';
import { IDBFactory, IDBObjectStore } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { join, sha256, toText } from '../base/bytes';
import { closeStore, keepPhone, readPhone } from '../base/store';
import { installId, seal, unseal } from './keys';
import { makeKey, NoKeyHere } from './keys_make';

beforeEach(async () => { await closeStore(); globalThis.indexedDB = new IDBFactory(); });
afterEach(() => { vi.restoreAllMocks(); });

const algorithm = { name: 'ECDSA', namedCurve: 'P-256' }, SIGN = { name: 'ECDSA', hash: 'SHA-256' };

it('makes a key that signs, that was on the disk, and that nobody can read out', async () => {
  const { keys, public_key } = await makeKey(), text = new Uint8Array(5);
  expect(public_key).toHaveLength(64);
  const key = await crypto.subtle.importKey('raw', join(new Uint8Array([4]), public_key), algorithm, false, ['verify']);
  expect(await crypto.subtle.verify(SIGN, key, await crypto.subtle.sign(SIGN, keys.privateKey, text), text)).toBe(true);
  expect(keys.privateKey.extractable).toBe(false);
  for (const form of ['jwk', 'pkcs8'] as const) await expect(crypto.subtle.exportKey(form, keys.privateKey)).rejects.toThrow();
  expect(await readPhone('trial')).toBeUndefined();
});

it('never makes the same key twice', async () => {
  expect(toText((await makeKey()).public_key)).not.toBe(toText((await makeKey()).public_key));
});

it.each<[string, () => void]>([
  ['cannot keep a key (Lockdown Mode)', () => vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => { throw new DOMException('no', 'DataCloneError'); })],
  ['has no database (a private window)', () => { globalThis.indexedDB = { open: () => { throw new DOMException('no', 'SecurityError'); } } as unknown as IDBFactory; }],
  ['loses what it took', () => vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore) { return (this as unknown as { get(k: string): IDBRequest }).get('nothing'); } as never)],
  ['makes no such key', () => vi.spyOn(crypto.subtle, 'generateKey').mockRejectedValue(new DOMException('no', 'NotSupportedError'))],
  ['does not sign with what it kept', () => vi.spyOn(crypto.subtle, 'sign').mockRejectedValue(new DOMException('no', 'OperationError'))],
  ['signs in another form', () => vi.spyOn(crypto.subtle, 'sign').mockResolvedValue(new Uint8Array(70).buffer)],
  ['signs what does not verify', () => vi.spyOn(crypto.subtle, 'sign').mockResolvedValue(new Uint8Array(64).buffer)],
])('says so when the browser %s', async (_name, spoil) => {
  spoil();
  await expect(makeKey()).rejects.toBeInstanceOf(NoKeyHere);
});

it('says so when the key that comes back is another one', async () => {
  const real = crypto.subtle.generateKey.bind(crypto.subtle), other = await real(algorithm, false, ['sign', 'verify']) as CryptoKeyPair;
  vi.spyOn(crypto.subtle, 'generateKey').mockImplementation((async (...a: Parameters<typeof real>) => {
    const made = await real(...a);
    const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, value: { key: string }) {
      put.mockRestore();
      return (this as unknown as { put(v: unknown): IDBRequest }).put({ ...value, value: other });
    } as never);
    return made;
  }) as never);
  await expect(makeKey()).rejects.toBeInstanceOf(NoKeyHere);
});

it('draws the number of the phone once, however many ask at once', async () => {
  const all = await Promise.all([installId(), installId(), installId()]);
  expect(new Set(all.map(toText)).size).toBe(1);
  expect(toText(await installId())).toBe(toText(all[0]));
  expect(all[0]).toHaveLength(16);
});

it('seals with one key, however many ask at once, and unseals nothing with another', async () => {
  const all = await Promise.all([1, 2, 3].map(n => seal({ n })));
  expect(await Promise.all(all.map(s => unseal(s!)))).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
  const changed = { iv: all[0]!.iv, data: (await sha256(new Uint8Array(all[0]!.data))).buffer };
  expect(await unseal(changed)).toBeUndefined();
  await keepPhone('seal', await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']));
  expect(await unseal(all[0]!)).toBeUndefined();
  await expect(crypto.subtle.exportKey('raw', (await readPhone<CryptoKey>('seal'))!)).rejects.toThrow();
});
