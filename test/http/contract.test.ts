/*
 * The program does what it prints: every answer of a GET route, the answers of the main writes and every
 * problem document fit the schema of `luwes openapi`.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { Station } from './proofs';
import { enrolment, makePhone, signedEvent } from './phone';
import { demoServer, employeeLogin, loginOf, logins, punch, ratingBody, superiorOf, TODAY, uuid7, verb, type Client, type Login, type Reply, type Server } from './server';
import { png } from './picture';

const api = JSON.parse(verb('openapi'));
const ajv = new Ajv2020({ strict: true, allErrors: true, strictTypes: false, validateFormats: true });
addFormats(ajv);
ajv.addVocabulary(['x-permission', 'openapi', 'info', 'servers', 'security', 'paths', 'components']);
ajv.addSchema(api, 'api');

const escape = (s: string) => encodeURIComponent(s.replaceAll('~', '~0').replaceAll('/', '~1'));
function fits(reply: Reply, pointer: string) {
  const check = ajv.getSchema(`api#${pointer}`);
  expect(check, pointer).toBeDefined();
  expect(check!(reply.body), `${pointer}: ${JSON.stringify(check!.errors?.slice(0, 3))} in ${reply.text.slice(0, 400)}`).toBe(true);
}
const answer = (reply: Reply, method: string, path: string) => {
  expect(reply.status, `${method} ${path}: ${reply.text.slice(0, 300)}`).toBe(200);
  expect(reply.headers.get('content-type')).toMatch(/^application\/json/);
  expect(reply.headers.get('x-luwes-now')).toMatch(/^2025-11-13T00:2/);
  fits(reply, `/paths/${escape(path)}/${method}/responses/200/content/application~1json/schema`);
};

let server: Server, all: Login[], bkd: Client, worker: Client, boss: Client, lead: Client, above: Client, kiosk: Station;
beforeAll(async () => {
  server = await demoServer();
  all = logins(server.db);
  bkd = await server.client().signIn(loginOf(all, 'bkd'));
  worker = await server.client().signIn(employeeLogin(all, 'home'));
  boss = await server.client().signIn(loginOf(all, 'supervisor'));
  lead = await server.client().signIn(loginOf(all, 'team_lead'));
});
afterAll(() => server.remove());

it('is an OpenAPI 3.1 document in which every reference leads somewhere', () => {
  expect(api.openapi).toBe('3.1.0');
  const walk = (x: any): void => {
    if (typeof x !== 'object' || x === null) return;
    if (typeof x.$ref === 'string') expect(x.$ref.slice(2).split('/').reduce((o: any, k: string) => o?.[k], api), x.$ref).toBeDefined();
    Object.values(x).forEach(walk);
  };
  walk(api);
});
it('compiles every schema', () => {
  for (const name of Object.keys(api.components.schemas)) expect(ajv.getSchema(`api#/components/schemas/${name}`), name).toBeTypeOf('function');
});
it('admits no field it does not name', () => {
  const check = ajv.getSchema('api#/components/schemas/Job')!;
  const job = { job: '1', kind: 'import', state: 'done', percent: 100, created_at: '2025-11-13T00:20:00.000Z' };
  expect(check(job)).toBe(true);
  expect(check({ ...job, secret: 1 })).toBe(false);
  expect(check({ ...job, job: 1 })).toBe(false);
});

describe('what is written', () => {
  let things: Record<string, string>;
  it('answers by the contract', async () => {
    const me = (await worker.get('/api/v1/me')).body;
    const put = async (c: Client, path: string, body: unknown, method: 'post' | 'put' = 'post') => {
      const reply = await c[method](path.replace('{employee}', me.employee), body);
      answer(reply, method, path);
      return reply.body;
    };
    await put(server.client(), '/api/v1/sessions', (({ government, nip, password }) => ({ government, nip, password }))(loginOf(all, 'supervisor')));
    await put(worker, '/api/v1/attendance/punches', { events: [punch('in', new Date('2025-11-13T00:20:01Z')), punch('out', new Date('2031-01-01T00:00:00Z'))] });
    const before = (await worker.get('/api/v1/reports/daily')).body;
    const report = await put(worker, '/api/v1/reports/daily', { day: TODAY, version: before.version, submit: true, items: [{ starts: '08:00', ends: '09:00', description: 'Menyusun bahan rapat', volume: 1, unit_of_measure: 'dokumen', target: 'RHK 1', evidence_link: 'https://naskah.example/1' }] }, 'put');
    for (const [path, body] of [['notes', { text: 'Bukti ada di berkas bersama' }], ['seen', { notes: 1 }]] as const) expect((await worker.post(`/api/v1/reports/daily/${report.report}/${path}`, body)).status).toBe(204);
    const own = (await worker.get('/api/v1/reports/targets?day=2026-01-01')).body.items;
    expect(own).toEqual([]);
    const plan = await put(worker, '/api/v1/reports/targets', { version: 0, period: 'annual', day: '2026-01-01', targets: [{ kind: 'main', result: 'Berkas mutasi terverifikasi', measures: [{ aspect: 'quantity', indicator: 'Jumlah berkas', amount: 600, unit_of_measure: 'berkas' }] }] }, 'put');
    expect((await worker.post(`/api/v1/reports/targets/${plan.plan}/propose`, { version: plan.version })).status).toBe(200);
    await put(worker, '/api/v1/reports/plan', { day: '2025-11-14', items: [{ description: 'Memverifikasi berkas mutasi', volume: 10, unit_of_measure: 'berkas' }] }, 'put');
    const supervisor = await superiorOf(bkd, me.employee, all[0]!.password), next = await superiorOf(bkd, supervisor!.employee, all[0]!.password);
    above = await server.client().signIn(next!);
    const told = await put(boss, '/api/v1/reports/rating-form/{employee}', ratingBody({ work: 'below', reason: 'Dua laporan terlambat' }), 'put'), rating = told.rating;
    await put(worker, '/api/v1/reports/feedback', { said: 'Mohon umpan balik atas rekap Oktober' });
    await put(boss, '/api/v1/reports/feedback/{employee}', { said: 'Rekap Oktober lengkap' });
    await put(bkd, '/api/v1/reports/rating-rules', { rate_days: 20, object_days: 10, decide_days: 10, curves: [], legal_basis: 'Pergub contoh', valid_from: '2026-01-01' });
    answer(await worker.post(`/api/v1/reports/ratings/${rating}/object`, { version: 1, objection: 'Dua laporan menunggu data bidang lain' }), 'post', '/api/v1/reports/ratings/{rating}/object');
    answer(await above.post(`/api/v1/reports/rating-objections/${rating}/decide`, { version: 2, work: 'as', behaviour: 'as', decision: 'Bukti sudah diperiksa' }), 'post', '/api/v1/reports/rating-objections/{objection}/decide');
    await put(worker, '/api/v1/me/roster/wishes', { month: '2026-01-01', days: [{ day: '2026-01-06', wish: 'home' }] }, 'put');
    await put(boss, '/api/v1/me/roster/feeds', { kind: 'own' });
    const csv = await put(bkd, '/api/v1/files', 'nip;name;employment_kind\r\n1.98E+17;Dewi;pns\r\n');
    const column = (column: string, heading: string, fixed = '') => ({ column, heading, fixed, values: [] });
    await put(bkd, '/api/v1/imports/mappings', { kind: 'employees', name: 'SIMPEG', dates: 'dmy', ends_at_blank: true, columns: [column('nip', 'NIP BARU'), column('name', 'NAMA'), column('employment_kind', '', 'pns')] });
    const sent = await put(bkd, '/api/v1/imports', { kind: 'employees', sha256: csv.sha256, file_name: 'pegawai.csv', effective: TODAY, dry_run: true });
    const version = await put(bkd, '/api/v1/roster/versions', { unit: me.unit.agency, period_from: '2025-11-17', period_to: '2025-11-23', weekdays: [4] });
    await put(bkd, '/api/v1/org/statuses', { employee: me.employee, kind: 'training', from: '2025-12-01', to: '2025-12-02', letter: '893/1' });
    await put(bkd, '/api/v1/org/roles', { employee: me.employee, role: 'unit_head', unit: me.unit.id, acting: 'plh', letter: '821/1', valid_from: '2025-12-01', valid_to: '2025-12-03' });
    const named = (await boss.get('/api/v1/me/delegations')).body.candidates[0].employee;
    await put(boss, '/api/v1/me/delegations', { employee: named, letter: '800/3', valid_from: '2025-12-01', valid_to: '2025-12-03' });
    await put(lead, '/api/v1/reports/recommendations', { items: [{ report: report.report, version: report.version }, { report: '1', version: 1 }], advice: 'verify' });
    await put(bkd, '/api/v1/accounts/codes', { employees: [me.employee] });
    await put(boss, '/api/v1/reports/verifications', { items: [{ report: report.report, version: report.version }, { report: '1', version: 1 }] });
    const asked = await put(worker, '/api/v1/attendance/corrections', { id: uuid7(), day: '2025-11-11', kind: 'time', direction: 'out', at: '16:20', cause: 'forgot', reason: 'Lupa presensi pulang.' });
    await put(bkd, '/api/v1/attendance/corrections/proposals', { items: [{ correction: asked.id, version: asked.version }], accepts: true, reason: 'Sesuai daftar hadir rapat.' });
    const photo = await put(bkd, '/api/v1/files', png());
    const paper = await put(bkd, '/api/v1/attendance/papers', { unit: me.unit.id, day: '2025-11-12', file_sha256: photo.sha256, file_name: 'daftar.png', rows: [{ employee: me.employee, in: '07:10', out: '16:30', note: 'ponsel rusak' }] });
    const incident = await put(bkd, '/api/v1/attendance/incidents', { begins_at: '2025-11-11T00:25:00.000Z', ends_at: '2025-11-11T00:55:00.000Z', cause: 'network', reason: 'Serat optik ke pusat data putus.' });
    await put(bkd, '/api/v1/attendance/limits', { kind: 'paper', days: 2, legal_basis: 'SE contoh', valid_from: '2025-12-01' });
    const granted = (await bkd.get('/api/v1/attendance/incidents')).body.items.find((i: { state: string }) => i.state === 'accepted').id, issued = await bkd.post(`/api/v1/attendance/incidents/${granted}/document`, {});
    answer(issued, 'post', '/api/v1/attendance/incidents/{incident}/document');
    const notice = await put(worker, '/api/v1/org/notices', { id: uuid7(), kind: 'outside_duty', from: '2025-11-24', to: '2025-11-24', from_minute: '09:00', to_minute: '12:00', reason: 'Rapat koordinasi', places: ['Gedung Sate'], made_at: '2025-11-13T00:20:00.000Z' });
    const letter = await put(bkd, '/api/v1/org/letters', { unit: me.unit.id, kind: 'outside_duty', number: '094/9/ST', issued: TODAY, signer: 'Kepala', subject: 'Pendampingan', from: '2025-11-25', to: '2025-11-25', members: [me.employee], dry_run: false });
    const decree = await put(bkd, '/api/v1/org/employees/{employee}/placements', { unit: me.unit.id, position: 'Pranata Komputer Ahli Madya', position_level: 'fungsional', decree: '821.2/7', valid_from: TODAY });
    await put(bkd, '/api/v1/org/employees/{employee}/superiors', { relation: 'team_lead', superior: (await boss.get('/api/v1/me')).body.employee, letter: '800/4', valid_from: '2025-12-01' });
    answer(await worker.put('/api/v1/reports/templates', { name: 'Hari berkas', items: [{ starts: '08:00', ends: '10:00', description: 'Memeriksa berkas permohonan', volume: 10, unit_of_measure: 'berkas' }] }), 'put', '/api/v1/reports/templates');
    const { id: event } = await put(bkd, '/api/v1/calendar/events', { name: 'Apel', place: 'Halaman', letter: '005/1', day: '2025-12-08', opens: '06:30', starts: '07:15', closes: '08:00', excuses_shift: true, excuses_home: true, excuses_off: true, units: [me.unit.id] });
    const shown = await put(bkd, '/api/v1/attendance/devices/codes', { employee: me.employee });
    const phone = await makePhone(), { device, token } = await put(worker, '/api/v1/attendance/devices', await enrolment(worker, phone, shown.code));
    const at = Date.parse((await worker.get('/api/v1/demo')).body.now), { bytes, signature } = await signedEvent({ ...phone, device }, { type: 'check', at, token, employee: me.employee });
    const taken = await worker.post('/api/v1/attendance/punches', { events: [{ bytes, signature }], sent_at: new Date(at).toISOString() });
    answer(taken, 'post', '/api/v1/attendance/punches');
    const home = me.unit.id, { items: cards } = await put(bkd, '/api/v1/attendance/cards', { employees: [me.employee] });
    expect(cards).toHaveLength(1);
    await put(bkd, '/api/v1/attendance/networks', { unit: home, label: 'Kantor', range: '203.0.113.0/24', valid_from: TODAY });
    await put(bkd, '/api/v1/attendance/stations', { unit: home, kind: 'display', name: 'Lobi' });
    kiosk = await Station.enrol(bkd, server.client(), { unit: home, kind: 'kiosk', name: 'Gerbang' });
    await put(server.client(), '/api/v1/attendance/stations/state', await kiosk.claim(at));
    expect((await worker.put('/api/v1/me/kiosk-pin', { pin: '408173' })).status).toBe(204);
    await put(server.client(), '/api/v1/attendance/stations/pins', { ...await kiosk.claim(at), nip: employeeLogin(all, 'home').nip, pin: '408173' });
    answer(await kiosk.send(at, await kiosk.record({ kind: 'card', subject: new Uint8Array(32), employee: me.employee, type: 'in', officer: (await boss.get('/api/v1/me')).body.employee, wall: at })), 'post', '/api/v1/attendance/countersigns');
    const head = (await boss.get('/api/v1/me')).body.employee;
    const { task } = await put(boss, '/api/v1/tasks', { kind: 'assignment', subject: 'Menyusun rekap mutasi', employee: me.employee, due: '2025-11-20' });
    const { check: document } = await put(worker, '/api/v1/tasks/checks', { title: 'Draf surat edaran', reference: '065/3', lines: [{ text: 'Dasar hukum', employee: head }] });
    const { meeting } = await put(boss, '/api/v1/meetings', { title: 'Rapat kecil', place: 'Aula', starts_at: '2025-11-20T02:00:00.000Z', ends_at: '2025-11-20T03:00:00.000Z', employees: [me.employee] });
    things = { target: '1', task, document, meeting, government: 'jabar', device, code: shown.id, event, notice: notice.notice, letter: letter.letter, paper: paper.id, incident: incident.id, paper_code: issued.body.code, employee: me.employee, case: decree.case_id, day: TODAY, unit: me.unit.id, report: report.report, plan: plan.plan, agency: (await bkd.get('/api/v1/org/units')).body.items[0].id, rating, objection: rating, import: sent.import, job: sent.job, version: version.id };
    let r;
    do r = (await bkd.get(`/api/v1/imports/${sent.import}`)).body; while (r.state === 'waiting');
  });

  /* what a GET route must be asked with */
  const queries: Record<string, (t: typeof things) => string | Promise<string>> = {
    '/api/v1/org/units': () => '', '/api/v1/org/posts': t => `?unit=${t.unit}`, '/api/v1/org/sites': t => `?unit=${t.unit}`,
    '/api/v1/org/employees': () => '?query=sri', '/api/v1/org/roles': t => `?employee=${t.employee}`, '/api/v1/org/statuses': t => `?employee=${t.employee}`,
    '/api/v1/attendance/evidence': t => `?day=${t.day}`,
    '/api/v1/reports/progress': t => `?from=2025-11-01&to=${t.day}`, '/api/v1/reports/progress-team': t => `?from=2025-11-01&to=${t.day}`,
    '/api/v1/attendance/stations/people': async () => `?${new URLSearchParams(await kiosk.claim(Date.parse((await worker.get('/api/v1/demo')).body.now)))}`,
    '/api/v1/attendance/sheet': t => `?unit=${t.unit}&day=${t.day}`, '/api/v1/policy/explain': t => `?employee=${t.employee}&day=${t.day}`, '/api/v1/me/roster': t => `?from=${t.day}&days=31`, '/api/v1/me/roster/wishes': () => '?month=2026-01-01', '/api/v1/imports/mappings': () => '?kind=employees',
    '/api/v1/roster/awaited': () => '?month=2025-12-01', '/api/v1/me/roster/swaps/partners': () => '?day=2025-12-02',
    '/api/v1/calendar/people': t => `?unit=${t.unit}`, '/api/v1/calendar/turns': t => `?unit=${t.unit}&month=2025-12-01`,
    '/api/v1/attendance/devices/people': t => `?unit=${t.unit}`, '/api/v1/attendance/token': t => `?device=${t.device}`,
    '/api/v1/monitor/performance/facts': t => `?unit=${t.unit}&of=waiting`,
    '/api/v1/attendance/differences': t => `?unit=${t.unit}`, '/api/v1/attendance/differences/days': t => `?unit=${t.unit}`, '/api/v1/attendance/simpegnas': t => `?unit=${t.unit}`,
  };
  const gets = Object.entries<any>(api.paths).filter(([, p]) => p.get?.responses['200']?.content?.['application/json']).map(([path]) => path);
  it('finds the routes to ask', () => { expect(gets.length).toBeGreaterThan(25); });
  it.each(gets)('GET %s answers by the contract to everybody who may ask', async path => {
    const url = path.replace(/\{(\w+)\}/g, (_, name: string) => things[name]!) + (await queries[path]?.(things) ?? '');
    let answered = 0;
    for (const c of [worker, boss, lead, above, bkd, server.client()]) {
      const reply = await c.get(url);
      if (reply.status === 200) { answer(reply, 'get', path); answered++; }
      else { expect(reply.headers.get('content-type')).toMatch(/^application\/problem\+json/); fits(reply, '/components/schemas/Problem'); }
    }
    expect(answered, `nobody got an answer of ${url}`).toBeGreaterThan(0);
  });
});

describe('a problem document', () => {
  const asked: [string, string, () => Promise<Reply>][] = [
    ['not JSON', 'bad_request', () => worker.post('/api/v1/attendance/punches', '{')],
    ['a bad field', 'bad_field', () => worker.post('/api/v1/attendance/punches', {})],
    ['no session', 'unauthenticated', () => server.client().get('/api/v1/me')],
    ['no permission', 'forbidden', () => worker.get('/api/v1/monitor/board')],
    ['no such path', 'not_found', () => worker.get('/api/v1/none')],
    ['no such method', 'method_not_allowed', () => worker.send('DELETE', '/api/v1/me')],
    ['too large', 'too_large', () => worker.post('/api/v1/attendance/punches', 'x'.repeat(70_000))],
    ['another media type', 'media_type', () => worker.post('/api/v1/attendance/punches', '{}', { 'content-type': 'text/plain' })],
    ['another site', 'cross_site', () => worker.post('/api/v1/attendance/punches', {}, { 'x-luwes': '' })],
    ['no key', 'idempotency_key_required', () => worker.put('/api/v1/reports/daily', { day: TODAY, version: 0, items: [], submit: false }, { 'idempotency-key': '' })],
  ];
  it.each(asked)('for %s has its schema, its code and a request id that is in the header too', async (_name, code, ask) => {
    const r = await ask();
    expect(r.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    fits(r, '/components/schemas/Problem');
    expect(r.body.code).toBe(code);
    expect(r.body.status).toBe(r.status);
    expect(r.headers.get('x-request-id')).toBe(r.body.request_id);
  });
});
