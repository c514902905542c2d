/*
 * Signed events over HTTP as an outsider may check them: a phone of WebCrypto, the server's receipt, its log signed by
 * `luwes sign`, and the bundle that `luwes verify` reads without any of them.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoServer, employeeLogin, loginOf, logins, tryVerb, verb, type Client, type Server } from './server';
import { b64, enrolPhone, eventHash, isReceipt, isToken, makePhone, signedEvent, type Phone } from './phone';

const PUNCHES = '/api/v1/attendance/punches', EVIDENCE = '/api/v1/attendance/evidence', DAY = '2025-11-13';
let server: Server, own: Client, officer: Client, dir: string, me: any, phone: Phone & { device: string }, token: any, logKey: string;
const path = (name: string) => join(dir, name);
const now = async () => Date.parse((await own.get('/api/v1/demo')).body.now);
const send = (events: unknown[], sent_at: number) => own.post(PUNCHES, { events, sent_at: new Date(sent_at).toISOString() });

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'luwes-evidence-'));
  server = await demoServer();
  const all = logins(server.db);
  own = await server.client().signIn(employeeLogin(all, 'home'));
  officer = await server.client().signIn(loginOf(all, 'bkd'));
  me = (await own.get('/api/v1/me')).body;
  const enrolled = await enrolPhone(officer, own, await makePhone());
  phone = enrolled;
  token = enrolled.reply.body.token;
  await server.stop();
  logKey = verb('sign', '--new-key', path('log.key'), '--name', 'luwes.jabar').trim();
  verb('sign', '--register', logKey, '--letter', '800/1', '--government', 'jabar', '--db', server.db);
  await server.start('--clock', '2025-11-13T07:35+07:00,x1'); /* later than the token by more than ten minutes */
  own = await server.client().signIn(employeeLogin(all, 'home'));
  officer = await server.client().signIn(loginOf(all, 'bkd'));
}, 60_000);
afterAll(async () => { await server?.remove(); rmSync(dir, { recursive: true, force: true }); });

describe('a signed event', () => {
  let event: Awaited<ReturnType<typeof signedEvent>>, receipt: any;
  it('is taken with a signed receipt and a new time token', async () => {
    const at = await now();
    event = await signedEvent(phone, { type: 'in', at, token, employee: me.employee });
    const r = await send([{ bytes: event.bytes, signature: event.signature }], at);
    expect(r.status, r.text).toBe(200);
    receipt = r.body.receipts[0];
    expect(receipt).toMatchObject({ status: 'accepted', hash: b64(eventHash(event.raw)), day: DAY });
    expect(['proven', 'consistent']).toContain(receipt.time_grade);
    expect(isReceipt(receipt)).toBe(true);
    expect(isToken(r.body.token, me.government.id, phone.device)).toBe(true);
    token = r.body.token; /* for what comes after */
  });
  it('gets the same receipt again, also in the list of the day', async () => {
    const again = (await send([{ bytes: event.bytes, signature: event.signature }], await now())).body.receipts[0];
    expect(again).toMatchObject({ status: 'duplicate', punch_id: receipt.punch_id, received_at: receipt.received_at, log_index: receipt.log_index, leaf_salt: receipt.leaf_salt });
    const list = (await own.get(`${EVIDENCE}?day=${DAY}`)).body.items;
    expect(list).toHaveLength(1);
    expect(list[0].receipt_signature).toBe(receipt.receipt_signature);
  });
  it('is refused when a bit of it is another one, and then nothing is kept', async () => {
    const other = await signedEvent(phone, { type: 'out', at: await now(), token, seq: 2n, prev: eventHash(event.raw), employee: me.employee });
    other.raw[150]! ^= 1;
    const r = await send([{ bytes: b64(other.raw), signature: other.signature }], await now());
    expect(r.status).toBe(400);
    expect(r.body).toMatchObject({ code: 'bad_field', pointer: '/events/0/bytes' });
    expect((await own.get(`${EVIDENCE}?day=${DAY}`)).body.items).toHaveLength(1);
    for (const bad of [{ bytes: event.bytes }, { signature: event.signature }, { bytes: event.bytes.slice(0, 200), signature: event.signature }, {}])
      expect((await send([bad], await now())).status).toBe(400);
  });
  it('is proved to an outsider by its bundle once the log is signed', async () => {
    const before = await own.get(`${EVIDENCE}/${DAY}/${receipt.id}`);
    expect(before.status, before.text).toBe(200);
    writeFileSync(path('early.txt'), before.text);
    const early = tryVerb('verify', path('early.txt'));
    expect(early.status, early.stdout + early.stderr).toBe(0);

    const signed = tryVerb('sign', '--server', server.url, '--government', 'jabar', '--key', path('log.key'), '--state', path('log.state'), '--once');
    expect(signed.status, signed.stderr).toBe(0);
    const bundle = (await own.get(`${EVIDENCE}/${DAY}/${receipt.id}`)).text;
    writeFileSync(path('bukti.txt'), bundle);
    const said = tryVerb('verify', path('bukti.txt'), '--log-key', logKey, '--online-key', receipt.key);
    expect(said.status, said.stdout + said.stderr).toBe(0);
    expect(said.stdout).toContain(String(receipt.log_index));
    /* one letter of what the phone signed */
    const at = bundle.indexOf(event.bytes.slice(40, 80)), forged = at < 0 ? bundle.replace(/[A-Za-z](?=[^\n]*\n)/, 'Z') : bundle.slice(0, at) + (bundle[at] === 'A' ? 'B' : 'A') + bundle.slice(at + 1);
    writeFileSync(path('palsu.txt'), forged);
    expect(tryVerb('verify', path('palsu.txt'), '--log-key', logKey, '--online-key', receipt.key).status).not.toBe(0);
  });
  it('is nobody else\'s to read', async () => {
    expect((await officer.get(`${EVIDENCE}/${DAY}/${receipt.id}`)).status).not.toBe(200);
    expect((await own.get(`${EVIDENCE}/${DAY}/019a7ad0-7c00-7000-8000-000000000001`)).status).toBe(404);
  });
});

describe('a copied phone', () => {
  it('is seen by its second history; both are kept', async () => {
    const first = (await own.get(`${EVIDENCE}?day=${DAY}`)).body.items[0], prev = Buffer.from(first.hash, 'base64url');
    const at = await now(), a = await signedEvent(phone, { type: 'out', at, token, seq: 2n, prev, employee: me.employee }), b = await signedEvent(phone, { type: 'out', at: at + 1, token, seq: 2n, prev, employee: me.employee });
    expect((await send([a], at)).status, 'unknown members are refused').toBe(400);
    const strip = ({ bytes, signature }: { bytes: string; signature: string }) => ({ bytes, signature });
    const straight = (await send([strip(a)], at)).body;
    expect(straight.receipts[0].reasons).not.toContain('fork');
    expect(straight.token, 'its token is a new one').toBeUndefined();
    const fork = (await send([strip(b)], at)).body.receipts[0];
    expect(fork).toMatchObject({ status: 'accepted', verdict: 'needs_confirmation' });
    expect(fork.reasons).toContain('fork');
    const all = (await own.get(`${EVIDENCE}?day=${DAY}`)).body.items.filter((r: any) => r.reasons?.includes('fork'));
    expect(all).toHaveLength(2);
  });
});
