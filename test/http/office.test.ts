/*
 * Proofs of presence that the office gives, over HTTP: screens and kiosks are set up by a code and end; an event that
 * a kiosk saw is the same event whichever of the two sends first; people without a phone come with a card or a PIN
 * before an officer. docs/EVIDENCE.md, "Proofs of presence".
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromText, toText } from '../../web/src/base/bytes';
import { cardHash, readCardCode } from '../../web/src/base/codes';
import { makeKeys, Phone, Station } from './proofs';
import { demoServer, loginOf, logins, TODAY, tryVerb, type Client, type Login, type Server } from './server';

let server: Server, all: Login[], bkd: Client, anyone: Client, unit: string;
let guard: Phone, teacher: Phone, caretaker: { client: Client; employee: string; nip: string };

/* The clock of the server runs from 07.20; events happen around it. */
const serverNow = async () => Date.parse((await anyone.get('/api/v1/governments')).headers.get('x-luwes-now')!);
const dayOf = async (c: Client, employee: string) => (await c.get(`/api/v1/attendance/days/${employee}/${TODAY}`)).body;
const station = (kind: string, more: object = {}) => ({ unit, kind, name: kind === 'kiosk' ? 'Gerbang' : 'Lobi utama', ...more });
const officers = (s: Station, ...employees: string[]) => bkd.put(`/api/v1/attendance/stations/${s.id}/officers`, { officers: employees });

beforeAll(async () => {
  server = await demoServer();
  all = logins(server.db);
  anyone = server.client();
  bkd = await server.client().signIn(loginOf(all, 'bkd'));
  const taken: { login: Login; employee: string }[] = [];
  for (const a of (await bkd.get('/api/v1/org/units')).body.items as { id: string }[]) {
    taken.length = 0;
    unit = a.id;
    for (const p of (await bkd.get(`/api/v1/org/units/${a.id}/employees?limit=200`)).body.items) {
      const day = taken.length < 3 && p.account === 'active' ? await dayOf(bkd, p.id) : undefined;
      if (day?.mode === 'office' && day.state === 'expected') taken.push({ employee: p.id, login: { role: 'employee', government: 'jabar', nip: p.nip, password: all[0]!.password } });
    }
    if (taken.length === 3) break;
  }
  expect(taken).toHaveLength(3);
  guard = await Phone.enrol(bkd, await server.client().signIn(taken[0]!.login));
  teacher = await Phone.enrol(bkd, await server.client().signIn(taken[1]!.login));
  caretaker = { client: await server.client().signIn(taken[2]!.login), employee: taken[2]!.employee, nip: taken[2]!.login.nip };
});
afterAll(() => server.remove());

describe('a station', () => {
  it('is set up once by its code, and asks how it stands', async () => {
    const made = (await bkd.post('/api/v1/attendance/stations', station('display'))).body, { public_key } = await makeKeys(), other = await makeKeys();
    expect(made.code).toMatch(/^[0-9A-Z]{5}-[0-9A-Z]{5}$/);
    const listed = async () => (await bkd.get(`/api/v1/attendance/stations?unit=${unit}`)).body.items.find((s: any) => s.id === made.station);
    expect(await listed()).toMatchObject({ state: 'waiting', kind: 'display', name: 'Lobi utama' });
    const use = (key: Uint8Array, code = made.code) => anyone.post('/api/v1/attendance/stations/enrolment', { government: 'jabar', code, public_key: toText(key) });
    expect((await use(public_key, 'AAAAA-AAAAA')).body.code).toBe('bad_code');
    const first = await use(public_key, made.code.toLowerCase().replace('-', ' '));
    expect([first.status, first.body.kind], first.text).toEqual([200, 'display']);
    /* the answer was lost: the same device gets it again, another does not */
    expect((await use(public_key)).body).toEqual(first.body);
    expect((await use(other.public_key)).body.code).toBe('bad_code');
    expect(await listed()).toMatchObject({ state: 'active' });
    expect((await bkd.post(`/api/v1/attendance/stations/${made.station}/code`)).status).toBe(409);
  });
  it('is known by its key alone, now', async () => {
    const s = await Station.enrol(bkd, anyone, station('kiosk')), now = await serverNow();
    expect((await s.state(now)).body).toMatchObject({ state: 'active', name: 'Gerbang', officers: [] });
    expect((await s.state(now - 6 * 60_000)).body.code).toBe('stale');
    const forged = await s.claim(now);
    expect((await anyone.post('/api/v1/attendance/stations/state', { ...forged, proof: toText(randomBytes(64)) })).status).toBe(404);
    expect((await anyone.post('/api/v1/attendance/stations/state', { ...forged, station: '1' })).status).toBe(404);
    expect((await anyone.post('/api/v1/attendance/stations/state', { ...forged, government: 'kotacontoh' })).status).toBe(404);
    const people = (await s.people(now)).body.items;
    expect(people.find((p: any) => p.employee === teacher.employee).initials).toMatch(/^(\S\.){1,3}$/);
    expect(JSON.stringify(people)).not.toMatch(/nip|full_name/);
  });
  it('ends, and what ended says so', async () => {
    const s = await Station.enrol(bkd, anyone, station('kiosk')), end = () => bkd.post(`/api/v1/attendance/stations/${s.id}/end`, { reason: 'Tablet rusak, diganti.' });
    expect((await end()).status).toBe(204);
    expect((await end()).status).toBe(409);
    expect((await s.state(await serverNow())).body.state).toBe('ended');
    expect((await s.people(await serverNow())).status).toBe(404);
    expect((await anyone.post('/api/v1/attendance/stations/pins', { ...await s.claim(await serverNow()), nip: caretaker.nip, pin: '408173' })).status).toBe(404);
  });
  it('is of the units of its officer', async () => {
    const own = await server.client().signIn(loginOf(all, 'unit_officer')), other = await server.client().signIn(loginOf(all, 'employee'));
    expect((await own.post('/api/v1/attendance/stations', { unit, kind: 'display', name: 'Lobi' })).status).toBe(404);
    expect((await other.get('/api/v1/attendance/stations')).status).toBe(403);
    const mine = (await own.get('/api/v1/me')).body.unit.id;
    expect((await own.post('/api/v1/attendance/stations', { unit: mine, kind: 'display', name: 'Lobi' })).status).toBe(200);
    expect((await own.post('/api/v1/attendance/stations', { unit: mine, kind: 'display', name: '  ' })).body.pointer).toBe('/name');
  });
});

describe('an event that a kiosk saw', () => {
  let kiosk: Station;
  beforeAll(async () => { kiosk = await Station.enrol(bkd, anyone, station('kiosk')); });

  it('is recorded when the kiosk sends first, and the phone gets the same receipt', async () => {
    const now = await serverNow(), e = await teacher.event('in', now - 10_000), r = await kiosk.scan(e, teacher.employee, 'in', now - 4_000);
    expect((await kiosk.send(now, r)).body.receipts).toMatchObject([{ status: 'accepted' }]);
    const day = await dayOf(teacher.client, teacher.employee);
    expect(day).toMatchObject({ state: 'present', in_place: 'within' });
    expect(Date.parse(day.in_at)).toBe(now - 10_000);
    const own = (await teacher.send(await serverNow(), e)).body.receipts[0];
    expect(own).toMatchObject({ status: 'duplicate' });
    expect(own.reasons).toContain('proof_kiosk');
    expect((await kiosk.send(now, r)).body.receipts).toMatchObject([{ status: 'duplicate' }]);
  });
  it('gains the proof when the phone sent first', async () => {
    const now = await serverNow(), e = await guard.event('in', now - 10_000), sent = (await guard.send(now, e)).body.receipts[0];
    expect(sent.status).toBe('accepted');
    expect(sent.reasons ?? []).not.toContain('proof_kiosk');
    expect(await dayOf(guard.client, guard.employee)).toMatchObject({ in_place: 'unknown' });
    const r = await kiosk.scan(e, guard.employee, 'in', now - 4_000);
    expect((await kiosk.send(now, r)).body.receipts).toMatchObject([{ status: 'accepted' }]);
    expect(await dayOf(guard.client, guard.employee)).toMatchObject({ state: 'present', in_place: 'within' });
    const again = (await guard.send(await serverNow(), e)).body.receipts[0];
    expect([again.status, again.punch_id]).toEqual(['duplicate', sent.punch_id]);
    expect(again.reasons).toContain('proof_kiosk');

    /* and its bundle shows an outsider the kiosk's word */
    const bundle = await guard.client.get(`/api/v1/attendance/evidence/${TODAY}/${again.id}`), file = join(server.dir, 'bukti.txt');
    expect(bundle.status, bundle.text).toBe(200);
    expect(bundle.text).toContain(`countersign ${toText(r.bytes)}`);
    writeFileSync(file, bundle.text);
    const checked = tryVerb('verify', file);
    expect(checked.status, checked.stdout + checked.stderr).toBe(0);
    expect(checked.stdout).toMatch(/kios/i);
  });
  it('keeps what a kiosk signed before its end, which is given nothing further', async () => {
    const s = await Station.enrol(bkd, anyone, station('kiosk')), before = await serverNow(), e = await teacher.event('check', before);
    const good = await s.scan(e, teacher.employee, 'check', before);
    expect((await bkd.post(`/api/v1/attendance/stations/${s.id}/end`, { reason: 'Tablet dicuri, diakhiri.' })).status).toBe(204);
    const after = await serverNow(), late = await teacher.event('check', after), bad = await s.scan(late, teacher.employee, 'check', after + 1);
    const reply = (await s.send(await serverNow(), good, bad)).body;
    expect(reply.receipts).toMatchObject([{ status: 'accepted' }, { status: 'accepted' }]);
    expect(reply.token).toBeUndefined();
    const [first, second] = (await teacher.send(await serverNow(), e, late)).body.receipts;
    expect(first.reasons).toContain('proof_kiosk');
    expect(second.reasons ?? []).not.toContain('proof_kiosk');
  });
  it('that nobody signed is not recorded, and the chain goes on', async () => {
    const now = await serverNow(), e = await teacher.event('out', now), r = await kiosk.scan({ ...e, signature: randomBytes(64) }, teacher.employee, 'out', now), good = await kiosk.scan(e, teacher.employee, 'out', now);
    expect((await kiosk.send(now, r, good)).body.receipts).toMatchObject([{ status: 'accepted', reason: 'event_refused' }, { status: 'accepted' }]);
  });
  it('from another kiosk, or from nobody, costs the writer nothing', async () => {
    const other = await Station.enrol(bkd, anyone, station('kiosk')), now = await serverNow(), r = await other.record({ kind: 'card', subject: randomBytes(32), employee: caretaker.employee, type: 'in', officer: guard.employee, wall: now });
    expect((await anyone.post('/api/v1/attendance/countersigns', { government: 'jabar', station: kiosk.id, records: [{ bytes: toText(r.bytes), signature: toText(r.signature) }] })).status).toBe(404);
    expect((await anyone.post('/api/v1/attendance/countersigns', { government: 'jabar', station: '1', records: [{ bytes: 'AAAA', signature: toText(r.signature) }] })).status).toBe(404);
  });
});

describe('an event with a code of the lobby', () => {
  it('has its proof and its place, and an old code only a mark', async () => {
    const display = await Station.enrol(bkd, anyone, station('display')), now = await serverNow();
    const good = await teacher.event('in', now, { type: 1, bytes: await display.code(now) }), old = await teacher.event('in', now, { type: 1, bytes: await display.code(now - 60_000) });
    const [a, b] = (await teacher.send(now, good, old)).body.receipts;
    expect(a.reasons).toContain('proof_display');
    expect(b.reasons).toContain('proof_bad');
    expect(b.status).toBe('accepted');
  });
  it('may instead have the word of a colleague', async () => {
    const now = await serverNow(), random = randomBytes(16), proof = { type: 2, bytes: await guard.witness(teacher.employee, random) };
    const [good] = (await teacher.send(now, await teacher.event('in', now, proof, random))).body.receipts, [other] = (await teacher.send(now, await teacher.event('in', now, proof))).body.receipts;
    expect(good.reasons).toContain('proof_witness');
    expect(other.reasons).toContain('proof_bad');
  });
});

describe('a person without a phone', () => {
  let kiosk: Station, card: string, kiosks: number; /* of this office, the others in use among them */
  beforeAll(async () => {
    kiosks = (await caretaker.client.get('/api/v1/me/office-proofs')).body.kiosks;
    kiosk = await Station.enrol(bkd, anyone, station('kiosk'));
    expect((await officers(kiosk, guard.employee)).status).toBe(204);
    card = (await bkd.post('/api/v1/attendance/cards', { employees: [caretaker.employee] })).body.items[0].text;
  });
  const show = async (text: string, type: 'in' | 'out', wall: number) => {
    const c = readCardCode(text)!;
    return kiosk.record({ kind: 'card', subject: await cardHash(c.token), employee: c.employee, type, officer: guard.employee, wall });
  };
  const asked = async () => (await dayOf(bkd, caretaker.employee)).punches.filter((p: any) => p.source === 'kiosk');

  it('comes with a card, before an officer who took his turn', async () => {
    const now = await serverNow(), turn = await kiosk.turn(guard, now - 60_000), state = (await kiosk.state(now)).body;
    expect(state.officers).toMatchObject([{ employee: guard.employee }]);
    expect(fromText(state.officers[0].public_key)).toHaveLength(64);
    const r = await show(card, 'in', now - 30_000);
    expect((await kiosk.send(now, turn, r)).body.receipts).toMatchObject([{ status: 'accepted' }, { status: 'accepted' }]);
    const day = await dayOf(caretaker.client, caretaker.employee);
    expect(day).toMatchObject({ state: 'present', in_place: 'within', late_minutes: 0 });
    expect(Date.parse(day.in_at)).toBe(now - 30_000);
    expect(await asked()).toHaveLength(1);
    expect((await caretaker.client.get('/api/v1/me/office-proofs')).body).toMatchObject({ kiosks: kiosks + 1, duties: 0, has_card: true, has_pin: false });
    expect((await guard.client.get('/api/v1/me/office-proofs')).body).toMatchObject({ duties: 1, has_card: false });
  });
  it('gets another card, and the one before is dead', async () => {
    const [again] = (await bkd.post('/api/v1/attendance/cards', { employees: [caretaker.employee] })).body.items, now = await serverNow();
    expect(again.text).not.toBe(card);
    const people = (await kiosk.people(now)).body.items, listed = people.find((p: any) => p.employee === caretaker.employee);
    expect(listed.card).toBe(toText(await cardHash(readCardCode(again.text)!.token)));
    expect((await kiosk.send(now, await show(card, 'out', now))).body.receipts).toMatchObject([{ status: 'accepted' }]);
    expect((await bkd.post('/api/v1/attendance/cards/end', { employee: caretaker.employee, reason: 'Kartu hilang di angkot.' })).status).toBe(204);
    expect((await bkd.post('/api/v1/attendance/cards/end', { employee: caretaker.employee, reason: 'Kartu hilang di angkot.' })).status).toBe(409);
  });
  it('sets a PIN that is not too easy, and types it at the kiosk', async () => {
    const set = (pin: string) => caretaker.client.put('/api/v1/me/kiosk-pin', { pin });
    expect((await set('123456')).body).toMatchObject({ code: 'refused', pointer: '/pin', reason: 'simple' });
    expect((await set(caretaker.nip.slice(2, 8))).body).toMatchObject({ code: 'refused', reason: 'personal' });
    expect((await set('408173')).status).toBe(204);
    const now = await serverNow(), ask = async (nip: string, pin: string) => anyone.post('/api/v1/attendance/stations/pins', { ...await kiosk.claim(await serverNow()), nip, pin });
    const wrong = await ask(caretaker.nip, '999111'), nobody = await ask('199001012020121999', '408173');
    expect([wrong.status, nobody.status]).toEqual([401, 401]);
    expect(wrong.body.code).toBe(nobody.body.code);
    const right = (await ask(caretaker.nip, '408173')).body;
    expect(right.employee).toBe(caretaker.employee);
    const r = await kiosk.record({ kind: 'pin', subject: fromText(right.ticket), employee: right.employee, type: 'out', officer: guard.employee, wall: now, token: { id: fromText(right.token.id), issued_at: Date.parse(right.token.issued_at) } });
    expect((await kiosk.send(now, r)).body.receipts).toMatchObject([{ status: 'accepted' }]);
    expect((await caretaker.client.send('DELETE', '/api/v1/me/kiosk-pin')).status).toBe(204);
    expect((await ask(caretaker.nip, '408173')).status).toBe(401);
  });
  it('is not let in by guessing', async () => {
    const codes: string[] = [];
    for (let n = 0; n < 8; n++) codes.push((await anyone.post('/api/v1/attendance/stations/pins', { ...await kiosk.claim(await serverNow()), nip: caretaker.nip, pin: String(500_000 + n * 7_919) })).body.code);
    expect(codes).toContain('throttled');
  });
  it('gets one card at a time, and nobody issues one to himself', async () => {
    const me = (await bkd.get('/api/v1/me')).body.employee, print = (...employees: string[]) => bkd.post('/api/v1/attendance/cards', { employees });
    expect((await print(me)).body).toMatchObject({ code: 'not_found', pointer: '/employees/0' });
    expect((await print(caretaker.employee, caretaker.employee)).body).toMatchObject({ code: 'bad_field', pointer: '/employees/1' });
  });
  it('nobody names himself as the officer of a kiosk, and whom another one named stays', async () => {
    const me = (await bkd.get('/api/v1/me')).body.employee, named = async () => (await bkd.get(`/api/v1/attendance/stations?unit=${unit}`)).body.items.find((s: any) => s.id === kiosk.id).officers.map((o: any) => o.employee);
    expect((await officers(kiosk, guard.employee, me)).body).toMatchObject({ code: 'not_on_oneself', pointer: '/officers/1' });
    expect((await officers(kiosk, guard.employee, guard.employee)).body).toMatchObject({ code: 'bad_field', pointer: '/officers/1' });
    expect((await officers(kiosk, '1')).body).toMatchObject({ code: 'bad_field', pointer: '/officers/0' });
    expect(await named()).toEqual([guard.employee]);
  });
});

describe('a network', () => {
  it('is a range of an office from a day on, and nothing wider', async () => {
    const add = (range: string, valid_from = TODAY) => bkd.post('/api/v1/attendance/networks', { unit, label: 'Kantor', range, valid_from });
    for (const range of ['0.0.0.0/0', '203.0.113.9/24', '::ffff:1.2.3.4/120', 'kantor', '203.0.113.0/24 '])
      expect([range, (await add(range)).body.pointer]).toEqual([range, '/range']);
    expect((await add('203.0.113.0/24', '2025-11-12')).body.pointer).toBe('/valid_from');
    const made = await add('127.0.0.0/16');
    expect(made.status, made.text).toBe(200);
    const list = (await bkd.get(`/api/v1/attendance/networks?unit=${unit}`)).body;
    expect(list).toMatchObject({ address: '127.0.0.1', items: [{ range: '127.0.0.0/16', valid_from: TODAY }] });
    const now = await serverNow(), r = (await teacher.send(now, await teacher.event('in', now))).body.receipts[0];
    expect(r.reasons).toContain('proof_network');
    const queued = (await teacher.send(now, await teacher.event('in', now - 10 * 60_000))).body.receipts[0];
    expect(queued.reasons ?? []).not.toContain('proof_network');
    const { id } = list.items[0];
    expect((await bkd.post(`/api/v1/attendance/networks/${id}/end`, { last_day: '2025-11-11' })).status).toBe(400);
    expect((await bkd.post(`/api/v1/attendance/networks/${id}/end`, { last_day: '2025-11-12' })).status).toBe(204);
    expect((await bkd.post(`/api/v1/attendance/networks/${id}/end`, { last_day: '2025-11-12' })).status).toBe(409);
  });
});
