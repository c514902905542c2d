/*
 * Phones enrolled in person: an officer shows a code, the phone makes its key and enrols with it. Real keys of
 * WebCrypto against the real program. Security 1.3 (enrolment is the choke point) and 1.6 (passkeys).
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomBytes } from 'node:crypto';
import { demoServer, employeeLogin, loginOf, logins, uuid7, verb, type Client, type Login, type Server } from './server';
import { b64, enrolment, enrolPhone, isToken, letters, makeKey, makePasskey, makePhone, proofMessage, registration, sign } from './phone';

const DEVICES = '/api/v1/attendance/devices', CODES = `${DEVICES}/codes`;
interface Person { login: Login; own: Client; employee: string; government: string }

let server: Server, all: Login[], bkd: Client, officer: Client, officerId: string, unit: string;
const taken = new Set<string>();

/** Signs everybody in anew: at another time, or over another store. */
async function enter() {
  bkd = await server.client().signIn(loginOf(all, 'bkd'));
  officer = await server.client().signIn(loginOf(all, 'unit_officer'));
  const me = (await officer.get('/api/v1/me')).body;
  officerId = me.employee;
  unit = me.roles.find((r: any) => r.role === 'unit_officer').unit;
}
const at = async (clock: string) => { await server.stop(); await server.start('--clock', `${clock},x1`); await enter(); };
async function whois(login: Login): Promise<Person> {
  const own = await server.client().signIn(login), me = (await own.get('/api/v1/me')).body;
  return { login, own, employee: me.employee, government: me.government.id };
}
/** Somebody of the officer's unit whom no test has met. */
async function anybody(): Promise<Person> {
  for (const p of (await bkd.get(`/api/v1/org/units/${unit}/employees?limit=200`)).body.items) {
    if (p.account !== 'active' || p.id === officerId || taken.has(p.id)) continue;
    taken.add(p.id);
    return whois({ role: 'employee', government: 'jabar', nip: p.nip, password: all[0]!.password });
  }
  throw new Error('everybody of the unit is taken');
}
const show = (employee: string, reason?: string, by = officer) => by.post(CODES, { employee, ...(reason && { reason }) });
const listOf = async (employee: string) => (await officer.get(`${DEVICES}?employee=${employee}`)).body;

beforeAll(async () => {
  server = await demoServer();
  all = logins(server.db);
  await enter();
});
afterAll(() => server.remove());

describe('enrolment', () => {
  it('gives the phone an id, a first token and a day of probation; everybody who may see it does', async () => {
    const p = await anybody(), phone = await makePhone(), shown = await show(p.employee);
    expect(shown.status).toBe(200);
    expect(shown.body).toMatchObject({ employee: p.employee, state: 'open', needs_second: false, reason: '' });
    expect(shown.body.code).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/);
    expect(Date.parse(shown.body.expires_at) - Date.parse(shown.body.issued_at)).toBe(600_000);
    const asked = await officer.get(`${CODES}/${shown.body.id}`);
    expect(asked.body).toMatchObject({ id: shown.body.id, state: 'open' });
    expect(asked.body.code).toBeUndefined();

    const reply = await p.own.post(DEVICES, await enrolment(p.own, phone, shown.body.code));
    expect(reply.status).toBe(200);
    expect(reply.body).toMatchObject({ is_shared: false });
    expect(Buffer.from(reply.body.device, 'base64url')).toHaveLength(16);
    expect(isToken(reply.body.token, p.government, reply.body.device)).toBe(true);
    expect((await officer.get(`${CODES}/${shown.body.id}`)).body.state).toBe('used');

    const own = (await p.own.get(DEVICES)).body, seen = await listOf(p.employee);
    expect(own.items).toHaveLength(1);
    expect(own.items[0]).toMatchObject({ device: reply.body.device, state: 'active', label: 'Chrome di Android', is_installed: true, is_shared: false, has_passkey: false });
    expect(Date.parse(own.items[0].probation_until) - Date.parse(own.items[0].enrolled_at)).toBe(86_400_000);
    expect(own).toMatchObject({ may_enrol: false, may_end: true, needs_second: true });
    expect(seen).toMatchObject({ may_enrol: true, may_end: true, items: [{ device: reply.body.device }] });
    expect(seen.items[0].enrolled_by).toBe((await officer.get('/api/v1/me')).body.full_name);

    const token = await p.own.get(`/api/v1/attendance/token?device=${reply.body.device}`);
    expect(token.status).toBe(200);
    expect(isToken(token.body, p.government, reply.body.device)).toBe(true);
    expect(isToken(token.body, p.government, b64(randomBytes(16)))).toBe(false);
  });

  it('answers the same phone again when the answer was lost, and the code enrols no other', async () => {
    const p = await anybody(), phone = await makePhone(), { code } = (await show(p.employee)).body;
    const body = await enrolment(p.own, phone, code), key = { 'idempotency-key': uuid7() };
    const first = await p.own.post(DEVICES, body, key), repeated = await p.own.post(DEVICES, body, key), anew = await p.own.post(DEVICES, body);
    expect(repeated.text).toBe(first.text);
    expect(anew.body.device).toBe(first.body.device);
    const other = await p.own.post(DEVICES, await enrolment(p.own, await makePhone(), code));
    expect([other.status, other.body.code]).toEqual([422, 'bad_code']);
    expect((await p.own.get(DEVICES)).body.items).toHaveLength(1);
  });

  it('reads a code as people type it', async () => {
    const p = await anybody(), { code } = (await show(p.employee)).body, body = await enrolment(p.own, await makePhone(), code);
    expect((await p.own.post(DEVICES, { ...body, code: ` ${letters(code).toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l')} ` })).status).toBe(200);
  });

  it('refuses a proof that another key, code, person, government or phone signed', async () => {
    const p = await anybody(), q = await anybody(), phone = await makePhone(), { code } = (await show(p.employee)).body;
    const good = await enrolment(p.own, phone, code), parts = { government: p.government, employee: p.employee, install: phone.install, key: phone.key.public, code };
    const signed = async (change: Partial<typeof parts>, by = phone.key) => b64(await sign(by, proofMessage({ ...parts, ...change })));
    for (const proof of [
      await signed({}, await makeKey()), await signed({ code: '00000-00000' }), await signed({ employee: q.employee }),
      await signed({ government: '1' }), await signed({ install: randomBytes(16) }), await signed({ key: (await makeKey()).public }), b64(Buffer.alloc(64)),
    ]) {
      const r = await p.own.post(DEVICES, { ...good, proof });
      expect([r.status, r.body.code, r.body.pointer]).toEqual([400, 'bad_field', '/proof']);
    }
    const off = await p.own.post(DEVICES, { ...good, public_key: b64(Buffer.alloc(64, 1)) });
    expect([off.status, off.body.pointer]).toEqual([400, '/public_key']);
    for (const change of [{ public_key: b64(Buffer.alloc(65)) }, { proof: b64(Buffer.alloc(63)) }, { install_id: b64(Buffer.alloc(8)) }, { label: '' }, { label: 'x'.repeat(81) }, { device: 'x' }])
      expect((await p.own.post(DEVICES, { ...good, ...change })).status).toBe(400);
    expect((await p.own.post(DEVICES, good)).status).toBe(200); /* the code was not used up by others' tries */
  });

  it('knows neither a wrong code nor another person\'s, and slows down who guesses', async () => {
    const p = await anybody(), q = await anybody(), { code } = (await show(q.employee)).body, phone = await makePhone();
    for (const wrong of ['00000-00000', 'tidak tahu', code]) {
      const r = await p.own.post(DEVICES, await enrolment(p.own, phone, wrong));
      expect([r.status, r.body.code, r.body.pointer]).toEqual([422, 'bad_code', '/code']);
    }
    let last;
    for (let i = 0; i < 12; i++) last = await p.own.post(DEVICES, await enrolment(p.own, phone, '00000-00000'));
    expect([last!.status, last!.body.code]).toEqual([429, 'throttled']);
    expect(Number(last!.headers.get('retry-after'))).toBeGreaterThan(0);
    /* from another browser too, but nobody else */
    const again = await server.client().signIn(p.login);
    expect((await again.post(DEVICES, await enrolment(again, phone, '00000-00000'))).status).toBe(429);
    expect((await q.own.post(DEVICES, await enrolment(q.own, phone, code))).status).toBe(200);
  });

  it('shows no more than a handful of codes an hour, and only the last one opens', async () => {
    const p = await anybody(), codes = [];
    for (let i = 0; i < 8; i++) codes.push((await show(p.employee)).body.code);
    const ninth = await show(p.employee);
    expect([ninth.status, ninth.body.code]).toEqual([429, 'throttled']);
    expect((await p.own.post(DEVICES, await enrolment(p.own, await makePhone(), codes[6]))).body.code).toBe('bad_code');
    expect((await p.own.post(DEVICES, await enrolment(p.own, await makePhone(), codes[7]))).status).toBe(200);
  });
});

describe('who', () => {
  it('an officer shows no code to himself, nor to people of another unit; employees to nobody', async () => {
    const p = await anybody(), far = await whois(employeeLogin(all, 'home'));
    expect((await show(officerId)).status).toBe(404);
    expect((await show(far.employee)).status).toBe(404);
    expect((await show(far.employee, undefined, p.own)).status).toBe(404);
    expect((await p.own.get(CODES)).status).toBe(403);
    expect((await show('1')).status).toBe(404);
    const { id } = (await show(far.employee, undefined, bkd)).body;
    expect((await officer.get(`${CODES}/${id}`)).status).toBe(404);
    expect((await p.own.get(`${DEVICES}?employee=${far.employee}`)).status).toBe(404);
    expect((await officer.get(`${DEVICES}?employee=${far.employee}`)).status).toBe(404);
  });

  it('another person\'s phone is as unknown as one that does not exist', async () => {
    const p = await anybody(), q = await anybody(), phone = await enrolPhone(officer, p.own), foreign = b64(randomBytes(16));
    const strip = (t: string) => t.replace(/"request_id":"[^"]*"/, '');
    for (const [method, path, body] of [
      ['POST', '/end', { reason: 'lost' }], ['POST', '/passkey/challenge', {}], ['DELETE', '/passkey', undefined],
      ['POST', '/passkey', { credential_id: 'AAAA', authenticator_data: b64(Buffer.alloc(40)), client_data: 'e30' }],
    ] as const) {
      const theirs = await q.own.send(method, `${DEVICES}/${phone.device}${path}`, body), none = await q.own.send(method, `${DEVICES}/${foreign}${path}`, body);
      expect([theirs.status, strip(theirs.text)]).toEqual([404, strip(none.text)]);
    }
    expect((await q.own.get(`/api/v1/attendance/token?device=${phone.device}`)).status).toBe(404);
    expect((await officer.get(`/api/v1/attendance/token?device=${phone.device}`)).status).toBe(404);
    expect((await p.own.get(`/api/v1/attendance/token?device=${phone.device}`)).status).toBe(200);
  });

  it('counts and lists who of a unit has a phone', async () => {
    const before = (await officer.get(`${DEVICES}/people?unit=${unit}`)).body, p = await anybody();
    expect(before.may_enrol).toBe(true);
    await enrolPhone(officer, p.own);
    const after = (await officer.get(`${DEVICES}/people?unit=${unit}`)).body;
    expect([after.people, after.enrolled]).toEqual([before.people, before.enrolled + 1]);
    const enrolled = (await officer.get(`${DEVICES}/people?unit=${unit}&only=enrolled&limit=200`)).body.items, missing = (await officer.get(`${DEVICES}/people?unit=${unit}&only=missing&limit=200`)).body.items;
    expect(enrolled.map((x: any) => x.employee)).toContain(p.employee);
    expect(enrolled.find((x: any) => x.employee === p.employee)).toMatchObject({ phone: 'Chrome di Android', has_passkey: false });
    expect(enrolled.length + missing.length).toBe(after.people);
    const table = await officer.get(`${DEVICES}/people?unit=${unit}&only=enrolled&format=csv`);
    expect(table.text).toContain('Nama lengkap;Jabatan;Unit kerja;Terdaftar sejak (WIB);Ponsel;');
    expect(table.text.trim().split('\n').length).toBe(6 + enrolled.length);
    const pages: string[] = [];
    for (let cursor = ''; ;) {
      const page = (await officer.get(`${DEVICES}/people?unit=${unit}&limit=5${cursor}`)).body;
      pages.push(...page.items.map((x: any) => x.employee));
      if (!page.next) break;
      cursor = `&cursor=${page.next}`;
    }
    expect(new Set(pages).size).toBe(after.people);
    expect(pages).toHaveLength(after.people);
    expect((await p.own.get(`${DEVICES}/people?unit=${unit}`)).status).toBe(404);
  });
});

describe('the end of a phone', () => {
  it('its owner says it is lost, once; it gets no more tokens', async () => {
    const p = await anybody(), phone = await enrolPhone(officer, p.own), end = (body: object, by = p.own) => by.post(`${DEVICES}/${phone.device}/end`, body);
    const revoked = await end({ reason: 'revoked', note: 'Saya cabut sendiri saja.' });
    expect([revoked.status, revoked.body.pointer]).toEqual([422, '/reason']);
    const lost = await end({ reason: 'lost', note: 'Tertinggal di angkutan umum.' });
    expect(lost.body).toMatchObject({ device: phone.device, state: 'lost', end_reason: 'Tertinggal di angkutan umum.' });
    expect((await end({ reason: 'lost' })).status).toBe(409);
    expect((await p.own.get(`/api/v1/attendance/token?device=${phone.device}`)).status).toBe(409);
    expect((await p.own.post(`${DEVICES}/${phone.device}/passkey/challenge`)).status).toBe(409);
  });

  it('an officer revokes it with a reason', async () => {
    const p = await anybody(), phone = await enrolPhone(officer, p.own);
    expect((await officer.post(`${DEVICES}/${phone.device}/end`, { reason: 'revoked' })).body.pointer).toBe('/note');
    const r = await officer.post(`${DEVICES}/${phone.device}/end`, { reason: 'revoked', note: 'Dipegang orang lain pagi ini.' });
    expect(r.body).toMatchObject({ state: 'revoked', ended_by: (await officer.get('/api/v1/me')).body.full_name });
    expect((await p.own.get(DEVICES)).body.items[0]).toMatchObject({ state: 'revoked', end_reason: 'Dipegang orang lain pagi ini.' });
    for (const body of [{ reason: 'active' }, { reason: 'tidak' }, { reason: 'lost', note: 'x'.repeat(301) }])
      expect((await officer.post(`${DEVICES}/${phone.device}/end`, body)).status).toBe(400);
  });

  it('two employees on one phone are both marked, and no longer when one leaves it', async () => {
    const p = await anybody(), q = await anybody(), install = randomBytes(16);
    const first = await enrolPhone(officer, p.own, await makePhone(install));
    expect(first.reply.body.is_shared).toBe(false);
    const second = await enrolPhone(officer, q.own, await makePhone(install));
    expect(second.reply.body.is_shared).toBe(true);
    expect((await p.own.get(DEVICES)).body.items[0].is_shared).toBe(true);
    expect((await officer.get(`${DEVICES}/people?unit=${unit}`)).body.shared).toBe(2);
    await q.own.post(`${DEVICES}/${second.device}/end`, { reason: 'lost' });
    expect((await p.own.get(DEVICES)).body.items[0].is_shared).toBe(false);
    expect((await q.own.get(DEVICES)).body.items[0].is_shared).toBe(true); /* as it was when it ended */
  });
});

describe('passkey', () => {
  const ORIGIN = 'https://presensi.jabarprov.go.id', RP = 'presensi.jabarprov.go.id';
  let https: Server;
  const enterHttps = async (p: Person) => https.client().signIn(p.login);

  it('is of this machine where the server has no public address', async () => {
    const p = await anybody(), phone = await enrolPhone(officer, p.own), path = `${DEVICES}/${phone.device}/passkey`, c = (await p.own.post(`${path}/challenge`)).body;
    expect(c.rp_id).toBe('localhost');
    const r = await p.own.post(path, registration(await makePasskey(), 'localhost', `http://localhost:${new URL(server.url).port}`, c.challenge));
    expect(r.body).toEqual({ has_passkey: true, is_backed_up: false });
  });

  it('is registered with a challenge that holds once, checked as WebAuthn 7.1 says, and ended', async () => {
    const p = await anybody();
    https = await demoServer('--origin', ORIGIN);
    try {
      const own = await enterHttps(p), helper = await https.client().signIn(loginOf(all, 'unit_officer')), phone = await enrolPhone(helper, own), passkey = await makePasskey();
      const path = `${DEVICES}/${phone.device}/passkey`, challenge = async () => (await own.post(`${path}/challenge`)).body;
      const none = await own.post(path, registration(passkey, RP, ORIGIN, b64(randomBytes(32))));
      expect([none.status, none.body.code]).toEqual([409, 'conflict']);

      const c = await challenge();
      expect(c).toMatchObject({ rp_id: RP, user: phone.device });
      for (const [why, body] of [
        ['origin', registration(passkey, RP, `${ORIGIN}.evil`, c.challenge)], ['origin', registration(passkey, RP, 'http://presensi.jabarprov.go.id', c.challenge)],
        ['rp', registration(passkey, 'jabarprov.go.id', ORIGIN, c.challenge)], ['challenge', registration(passkey, RP, ORIGIN, b64(randomBytes(32)))],
        ['challenge', registration(passkey, RP, ORIGIN, `${c.challenge}=`)], ['type', registration(passkey, RP, ORIGIN, c.challenge, { type: 'webauthn.get' })],
        ['not_verified', registration(passkey, RP, ORIGIN, c.challenge, { flags: 0x41 })], ['not_present', registration(passkey, RP, ORIGIN, c.challenge, { flags: 0x44 })],
        ['backup', registration(passkey, RP, ORIGIN, c.challenge, { flags: 0x55 })], ['key', registration(passkey, RP, ORIGIN, c.challenge, { flags: 0xc5, more: 'a0' })],
        ['credential', { ...registration(passkey, RP, ORIGIN, c.challenge), credential_id: b64(randomBytes(32)) }],
      ] as const) {
        const r = await own.post(path, body);
        expect([r.status, r.body.code, r.body.reason], why).toEqual([422, 'refused', why]);
      }
      expect((await own.get(DEVICES)).body.items[0].has_passkey).toBe(false);

      const good = registration(passkey, RP, ORIGIN, c.challenge), r = await own.post(path, good);
      expect([r.status, r.body]).toEqual([200, { has_passkey: true, is_backed_up: false }]);
      expect((await own.post(path, good)).status).toBe(409); /* the challenge is spent */
      const mine = (await own.get(DEVICES)).body.items[0], theirs = (await helper.get(`${DEVICES}?employee=${p.employee}`)).body.items[0];
      expect(mine).toMatchObject({ has_passkey: true, credential_id: good.credential_id });
      expect(theirs.has_passkey).toBe(true);
      expect(theirs.credential_id).toBeUndefined();

      const twice = registration(passkey, RP, ORIGIN, (await challenge()).challenge), known = await own.post(path, twice);
      expect([known.status, known.body.pointer]).toEqual([422, '/credential_id']);
      const synced = registration(await makePasskey(), RP, ORIGIN, (await challenge()).challenge, { flags: 0x5d });
      expect((await own.post(path, synced)).body).toEqual({ has_passkey: true, is_backed_up: true });
      expect((await own.send('DELETE', path)).body.has_passkey).toBe(false);
      expect((await own.send('DELETE', path)).status).toBe(409);
      expect((await own.get(DEVICES)).body.items[0]).toMatchObject({ state: 'active', has_passkey: false });
    } finally { await https.remove(); }
  });

  it('a challenge is forgotten after five minutes', async () => {
    const p = await anybody();
    https = await demoServer('--origin', ORIGIN);
    try {
      let own = await enterHttps(p);
      const phone = await enrolPhone(await https.client().signIn(loginOf(all, 'unit_officer')), own), passkey = await makePasskey();
      const c = (await own.post(`${DEVICES}/${phone.device}/passkey/challenge`)).body;
      await https.stop();
      await https.start('--origin', ORIGIN, '--clock', '2025-11-13T07:27+07:00,x1');
      own = await enterHttps(p);
      expect((await own.post(`${DEVICES}/${phone.device}/passkey`, registration(passkey, RP, ORIGIN, c.challenge))).status).toBe(409);
    } finally { await https.remove(); }
  });
});

/* last: the clock goes forward */
describe('time', () => {
  it('a change soon after an enrolment waits for a second officer, who is another person', async () => {
    const p = await anybody(), first = await enrolPhone(officer, p.own), reason = 'Ponsel lama rusak, layar pecah.';
    const bare = await show(p.employee);
    expect([bare.status, bare.body.pointer]).toEqual([400, '/reason']);
    const asked = await show(p.employee, reason);
    expect(asked.body).toMatchObject({ state: 'waiting', needs_second: true, reason, may_decide: false });
    expect(asked.body.code).toBeUndefined();
    expect((await show(p.employee, 'Alasan yang lain sama sekali.')).body).toMatchObject({ id: asked.body.id, reason });
    expect((await listOf(p.employee)).request).toMatchObject({ id: asked.body.id, state: 'waiting' });
    const path = `${CODES}/${asked.body.id}`;
    expect((await officer.post(`${path}/approve`)).body.code).toBe('not_on_oneself');
    expect((await p.own.post(`${path}/approve`)).status).toBe(404);

    const waiting = (await bkd.get(CODES)).body.items.find((x: any) => x.id === asked.body.id);
    expect(waiting).toMatchObject({ employee: p.employee, reason, may_decide: true, state: 'waiting' });
    expect((await bkd.post(`${path}/approve`)).body).toMatchObject({ state: 'approved' });
    expect((await bkd.post(`${path}/approve`)).status).toBe(409);
    expect((await show(p.employee, undefined, bkd)).body.code).toBe('not_on_oneself');
    const shown = await show(p.employee);
    expect(shown.body).toMatchObject({ id: asked.body.id, state: 'open' });
    const phone = await makePhone(), made = await p.own.post(DEVICES, await enrolment(p.own, phone, shown.body.code));
    expect(made.status).toBe(200);
    expect((await p.own.get(DEVICES)).body.items.map((d: any) => [d.device, d.state])).toEqual([[made.body.device, 'active'], [first.device, 'replaced']]);
    expect((await bkd.get(CODES)).body.items.filter((x: any) => x.employee === p.employee)).toEqual([]);
  });

  it('the second officer may refuse, and says why', async () => {
    const p = await anybody();
    await enrolPhone(officer, p.own);
    const { id } = (await show(p.employee, 'Ingin memakai ponsel baru.')).body;
    expect((await bkd.post(`${CODES}/${id}/refuse`, { reason: 'tidak' })).status).toBe(400);
    expect((await bkd.post(`${CODES}/${id}/refuse`, { reason: 'Ponsel lama masih dipakai kemarin.' })).body).toMatchObject({ state: 'refused', refusal: 'Ponsel lama masih dipakai kemarin.' });
    expect((await bkd.post(`${CODES}/${id}/approve`)).status).toBe(409);
    expect((await listOf(p.employee)).request).toMatchObject({ state: 'refused' });
    expect((await show(p.employee, 'Ponsel lama sekarang rusak.')).body).toMatchObject({ state: 'waiting' });
  });

  it('a code holds ten minutes; a request two days; after a month a change is free again', async () => {
    const p = await anybody(), q = await anybody(), first = await enrolPhone(officer, q.own), { id } = (await show(q.employee, 'Ponsel lama rusak, layar pecah.')).body;
    const { code, id: shown } = (await show(p.employee)).body, phone = await makePhone();
    await at('2025-11-13T07:40+07:00');
    p.own = await server.client().signIn(p.login);
    expect((await p.own.post(DEVICES, await enrolment(p.own, phone, code))).body.code).toBe('bad_code');
    expect((await officer.get(`${CODES}/${shown}`)).body.state).toBe('expired');
    await at('2025-11-15T08:00+07:00');
    expect((await bkd.post(`${CODES}/${id}/approve`)).status).toBe(409);
    expect((await bkd.get(CODES)).body.items.filter((x: any) => x.id === id)).toEqual([]);
    await at('2025-12-14T07:40+07:00');
    q.own = await server.client().signIn(q.login);
    expect((await listOf(q.employee)).needs_second).toBe(false);
    expect((await listOf(q.employee)).items[0].probation_until).toBeUndefined();
    const second = await enrolPhone(officer, q.own);
    expect((await q.own.get(DEVICES)).body.items.map((d: any) => [d.device, d.state])).toEqual([[second.device, 'active'], [first.device, 'replaced']]);
    expect((await q.own.get(`/api/v1/attendance/token?device=${first.device}`)).status).toBe(409);
  });

  it('the log holds all of it', async () => {
    await server.stop();
    expect(verb('doctor', '--db', server.db)).toMatch(/^government jabar leaves \d+\nroot [0-9a-f]{64}$/m);
  });
});
