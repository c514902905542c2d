// @vitest-environment happy-dom
/* Enrolling this phone: what is typed, what is proved, and an answer that was lost on the way. */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fromText, join, toText } from '../base/bytes';
import { me, type Me } from '../base/session';
import { closeStore, keepKey, readChain, readKey, readPhone } from '../base/store';
import { phoneKey } from '../attendance/outbox';
import { labelOf } from '../base/agent';
import { enrol, proofOf, readCode } from './own_enrol';

const EMPLOYEE = '769364538163372774', GOVERNMENT = '769364538163232774', DEVICE = toText(new Uint8Array(16).fill(3));
const somebody = { employee: EMPLOYEE, government: { id: GOVERNMENT, zone: 'WIB', is_demo: false } } as Me;

interface Body { code: string; public_key: string; proof: string; install_id: string; label: string; is_installed: boolean }
let asked: Body[], answer: () => { status: number; body: object } | Promise<never>;
const enrolled = () => ({ status: 200, body: { device: DEVICE, probation_until: '2025-11-14T00:20:00.000Z', is_shared: false, token: { id: toText(new Uint8Array(16)), issued_at: '2025-11-13T00:20:00.000Z', signature: 'AA', key: 'AA' } } });
const bad = () => ({ status: 400, body: { type: 'about:blank', title: 'bad_code', status: 400, code: 'bad_code', request_id: 'r' } });
const none = () => Promise.reject(new TypeError('Failed to fetch'));

beforeEach(async () => {
  await closeStore();
  globalThis.indexedDB = new IDBFactory();
  localStorage.clear();
  asked = [];
  answer = enrolled;
  me.value = somebody;
  vi.stubGlobal('fetch', async (r: Request) => {
    if (new URL(r.url).pathname !== '/api/v1/attendance/devices') throw new TypeError('Failed to fetch');
    asked.push(await r.json() as Body);
    const { status, body } = await answer();
    return new Response(JSON.stringify(body), { status, headers: { 'content-type': status === 200 ? 'application/json' : 'application/problem+json' } });
  });
});
afterEach(() => { vi.unstubAllGlobals(); });

describe('a code', () => {
  it.each([
    ['as it is printed', '7K2QD-M4XRA', '7K2QDM4XRA'], ['in small letters', '7k2qd-m4xra', '7K2QDM4XRA'], ['with blanks', ' 7K2QD M4XRA ', '7K2QDM4XRA'], ['with look-alikes', 'OIL2D-M4XRA', '0112DM4XRA'],
    ['as the text of its QR code', 'LW1C.7K2QDM4XRA', '7K2QDM4XRA'], ['too short', '7K2QD-M4XR', undefined], ['too long', '7K2QD-M4XRAA', undefined], ['with a U', '7K2QD-M4XRU', undefined], ['with a sign', '7K2QD-M4XR!', undefined], ['empty', '', undefined],
  ])('%s', (_name, typed, code) => { expect(readCode(typed)).toBe(code); });
});

describe('the name of the phone', () => {
  it.each([
    ['Chrome di Android', 'Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36'],
    ['Samsung Internet di Android', 'Mozilla/5.0 (Linux; Android 14; SAMSUNG SM-A155F) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36'],
    ['Edge di Windows', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0'],
    ['Firefox di Android', 'Mozilla/5.0 (Android 14; Mobile; rv:132.0) Gecko/132.0 Firefox/132.0'],
    ['Safari di iPhone', 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1'],
    ['Chrome di iPhone', 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/130.0 Mobile/15E148 Safari/604.1'],
    ['Peramban', 'curl/8'],
  ])('%s', (label, agent) => { expect(labelOf(agent)).toBe(label); });
});

/* docs/EVIDENCE.md, "Enrolment", worked out a second time */
async function isProved(b: Body): Promise<boolean> {
  const number = (n: string) => { const out = Buffer.alloc(8); out.writeBigUInt64BE(BigInt(n)); return out; };
  const message = Buffer.concat([Buffer.from('luwes/dev/1\n'), number(GOVERNMENT), number(EMPLOYEE), fromText(b.install_id), fromText(b.public_key), createHash('sha256').update(b.code).digest()]);
  const key = await crypto.subtle.importKey('raw', join(new Uint8Array([4]), fromText(b.public_key)), { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify']);
  return crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, fromText(b.proof), message);
}

describe('enrolling', () => {
  it('proves the key for this person, this phone and this code, and keeps it', async () => {
    expect(await enrol(somebody, '7K2QDM4XRA')).toMatchObject({ is_shared: false });
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({ code: '7K2QDM4XRA', is_installed: false });
    expect(await isProved(asked[0]!)).toBe(true);
    for (const [name, value] of [['code', '7K2QDM4XRB'], ['install_id', toText(new Uint8Array(16))]] as const) expect(await isProved({ ...asked[0]!, [name]: value })).toBe(false);
    expect(await readKey(EMPLOYEE)).toMatchObject({ device: DEVICE, state: 'active', token: { issued_at: Date.parse('2025-11-13T00:20:00.000Z') } });
    expect(phoneKey.value).toMatchObject({ device: DEVICE });
    expect(await readPhone('pending')).toBeUndefined();
  });
  it('asks again with the same key when the answer was lost, also after the page was closed', async () => {
    answer = none;
    expect(await enrol(somebody, '7K2QDM4XRA')).toBe('network');
    expect(await readKey(EMPLOYEE)).toBeUndefined();
    await closeStore();
    answer = enrolled;
    await enrol(somebody, '7K2QDM4XRA');
    expect(asked[1]).toMatchObject({ public_key: asked[0]!.public_key, install_id: asked[0]!.install_id });
    expect(await isProved(asked[1]!)).toBe(true);
  });
  it('keeps nothing of a wrong code but the key for the next try', async () => {
    answer = bad;
    expect(await enrol(somebody, '7K2QDM4XRA')).toMatchObject({ code: 'bad_code' });
    expect(await readKey(EMPLOYEE)).toBeUndefined();
    answer = enrolled;
    await enrol(somebody, '0K2QDM4XRA');
    expect(asked[1]!.public_key).toBe(asked[0]!.public_key);
  });
  it('of another person on the same phone makes another key, on the same install', async () => {
    answer = none;
    await enrol(somebody, '7K2QDM4XRA');
    answer = enrolled;
    const other = { ...somebody, employee: '42' } as Me;
    me.value = other;
    await enrol(other, '7K2QDM4XRA');
    expect(asked[1]!.public_key).not.toBe(asked[0]!.public_key);
    expect(asked[1]!.install_id).toBe(asked[0]!.install_id);
    expect((await readKey('42'))!.device).toBe(DEVICE);
  });
  it('anew begins a chain of its own', async () => {
    const old = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']), former = toText(new Uint8Array(16).fill(1));
    await keepKey({ employee: EMPLOYEE, device: former, keys: old, state: 'ended', enrolled_at: '2025-11-01T00:00:00.000Z' });
    await enrol(somebody, '7K2QDM4XRA');
    expect(await readChain(former)).toBeUndefined();
    expect(await readChain(DEVICE)).toBeUndefined();
    expect((await readKey(EMPLOYEE))!.state).toBe('active');
  });
});

it('signs with the key that is shown, and with no other', async () => {
  const a = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']), b = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
  const shown = new Uint8Array(await crypto.subtle.exportKey('raw', b.publicKey)).slice(1), install = new Uint8Array(16);
  const proof = await proofOf(somebody, { keys: a, public_key: shown }, install, '7K2QDM4XRA');
  expect(await isProved({ code: '7K2QDM4XRA', public_key: toText(shown), proof: toText(proof), install_id: toText(install), label: '', is_installed: false })).toBe(false);
});
