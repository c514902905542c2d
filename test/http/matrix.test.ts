/*
 * The authorisation matrix over HTTP: every route with its own example, for every role, about oneself, a
 * person one answers for, a stranger of another agency and somebody of another government. What must
 * come out stands in test/golden/authorisation.csv, which people review. Allowed is neither 401, 403 nor
 * 404; denied is, but for the request id, the reply for a thing that does not exist.
 *
 * Each role has a server of its own, because what is allowed is really done.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomBytes } from 'node:crypto';
import { BIN, demoServer, employeeLogin, loginOf, logins, ratingBody, readText, superiorOf, uuid7, verb, type Client, type Login, type Reply, type Server } from './server';
import { signEvent, type Chain } from './event';
import { enrolPhone } from './phone';
import { execFileSync } from 'node:child_process';
import { png } from './picture';

interface Route { method: string; path: string; permission: string; tx: string; object: boolean; examplePath: string; example: string }

const routes: Route[] = verb('routes', '--examples').trim().split('\n').map(line => {
  const [method, path, permission, tx, object, examplePath, example] = line.split('\t');
  return { method: method!, path: path!, permission: permission!, tx: tx!, object: object === 'object', examplePath: examplePath!, example: example ?? '' };
});
const cells = new Map(readText('test/golden/authorisation.csv').trim().split('\n').filter(l => !l.startsWith('#')).slice(1).map(line => {
  const [permission, role, reach, cover, allowed] = line.split(',');
  return [[permission, role, reach, cover].join(), allowed === 'yes'] as const;
}));
function cell(permission: string, role: string, reach: string, cover: boolean): boolean {
  const allowed = cells.get([permission, role, reach, cover ? 'yes' : 'no'].join());
  if (allowed === undefined) throw new Error(`no reviewed cell for ${permission}, ${role}, ${reach}, ${cover}`);
  return allowed;
}

/* ---- the world, the same in every copy of the demo store ---- */

const roles = ['employee', 'supervisor', 'team_lead', 'unit_head', 'agency_head', 'agency_officer', 'unit_officer', 'bkd', 'inspector', 'council', 'service_officer', 'operator'] as const;
type Role = (typeof roles)[number];

/** Roles without a demo login are granted to the clerk of a counter; the night nurse becomes the board's officer who prepares. */
const granted = (role: Role) => ['unit_head', 'council', 'service_officer', 'operator'].includes(role);

interface Person { login: Login; employee: string; unit: string }
let all: Login[], parents: Map<string, string | undefined>, codes: Map<string, string>, actorOf: Record<Role, Person>, worker: Person, teacher: Person, officer: Person, foreigner: Person;

const isBelow = (unit: string | undefined, scope: string | undefined): boolean => scope === undefined || (unit !== undefined && (unit === scope || isBelow(parents.get(unit), scope)));

async function whois(server: Server, login: Login): Promise<Person> {
  const me = (await (await server.client().signIn(login)).get('/api/v1/me')).body;
  return { login, employee: me.employee, unit: me.unit.id };
}

beforeAll(async () => {
  const server = await demoServer();
  all = logins(server.db);
  const bkd = await server.client().signIn(loginOf(all, 'bkd'));
  parents = new Map();
  codes = new Map();
  const walk = async (parent?: string) => {
    for (const u of (await bkd.get(`/api/v1/org/units${parent ? `?parent=${parent}` : ''}`)).body.items) {
      parents.set(u.id, parent);
      codes.set(u.id, u.code);
      if (u.has_children) await walk(u.id);
    }
  };
  await walk();
  worker = await whois(server, employeeLogin(all, 'home'));
  teacher = await whois(server, employeeLogin(all, 'teacher'));
  officer = await whois(server, employeeLogin(all, 'nurse'));
  foreigner = await whois(server, loginOf(all, 'bkd', 'kotacontoh'));
  const clerk = await whois(server, employeeLogin(all, 'counter'));
  actorOf = {} as typeof actorOf;
  for (const role of roles) actorOf[role] = granted(role) ? clerk : role === 'employee' ? worker : await whois(server, loginOf(all, role));
  await server.remove();
});

it('has a reviewed cell for every permission, role, reach and cover', () => {
  for (const permission of new Set(routes.map(r => r.permission)))
    for (const role of roles) for (const reach of ['self', 'supervisor', 'team_lead', 'none', 'no_object']) for (const cover of [true, false])
      expect(() => cell(permission, role, reach, cover)).not.toThrow();
});

/* ---- what a route is about ---- */

type Things = Record<string, string>;
const holes = (r: Route) => [...`${r.examplePath} ${r.example}`.matchAll(/\{(\w+)(?::\w+)?\}/g)].map(m => m[1]!);
const about: Record<string, 'person' | 'unit' | 'officer'> = { check: 'person', station: 'unit', hold: 'person', network: 'unit', employee: 'person', confirmation: 'person', report: 'person', file: 'person', status: 'person', case: 'person', role: 'person', delegation: 'person', notice: 'person', letter: 'unit', unit: 'unit', version: 'unit', assignment: 'unit', break: 'unit', holiday: 'unit', band: 'unit', turn_kind: 'unit', event: 'unit', job: 'officer', correction: 'person', paper: 'unit', issued: 'unit', swap: 'person', device: 'person', device_code: 'person', plan: 'person', task: 'person', document: 'person', meeting: 'person', rating: 'person', objection: 'person', agency: 'unit' };
/* codes are asked for as a list: first whether one issues codes at all, then about each person */
const isList = (r: Route) => r.path.endsWith('/accounts/codes') || (r.method === 'POST' && r.path.endsWith('/attendance/cards'));
const isAbout = (r: Route) => (r.object || isList(r)) && holes(r).some(h => about[h]) ? about[holes(r).find(h => about[h])!] : r.path.endsWith('/attendance/punches') ? 'self' : undefined;

const fill = (text: string, things: Things) => text.replaceAll(/\{(\w+)(?::\w+)?\}/g, (_, name: string) => things[name] ?? `{${name}}`);

async function send(c: Client, r: Route, things: Things): Promise<Reply> {
  const path = fill(r.examplePath, things);
  if (r.tx === 'stream') {
    const stop = new AbortController();
    const reply = await fetch(c.url + path, { headers: { cookie: c.cookie }, signal: stop.signal });
    const text = reply.status === 200 ? '' : await reply.text();
    stop.abort();
    return { status: reply.status, headers: reply.headers, text, body: text ? JSON.parse(text) : undefined };
  }
  if (r.path.endsWith('/files')) return c.send(r.method, path, png());
  if (r.path.endsWith('/imports/preview')) return c.send(r.method, path, 'nip;name\r\n1;X\r\n');
  return c.send(r.method, path, r.method === 'GET' ? undefined : fill(r.example || '{}', things));
}

const isDenied = (reply: Reply) => ['unauthenticated', 'forbidden', 'not_found'].includes(reply.body?.code);
const strip = (reply: Reply) => `${reply.status} ${reply.text.replace(/"request_id":"[^"]*"/, '')}`;
const nothing: Things = { check: '1', station: '1', hold: '1', network: '1', confirmation: '1', code: '1', employee: '1', unit: '1', report: '1', status: '1', case: '1', colleague: '1', role: '1', delegation: '1', notice: '1', letter: '1', kind: '1', version: '1', job: '1', import: '1', mapping: '1', instrument: '1', pattern: '1', assignment: '1', break: '1', holiday: '1', band: '1', turn_kind: '120', event: '1', csv: 'ab'.repeat(32), file: 'cd'.repeat(32), sha256: 'cd'.repeat(32), correction: '1', proposal: '1', paper: '1', incident: '1', issued: '1', swap: '1', node: '1', feed: '1', device: 'AAAAAAAAAAAAAAAAAAAAAA', device_code: '1', plan: '1', target: '1', task: '1', document: '1', meeting: '1', rating: '1', objection: '1', agency: '1', template: '1', position_template: '1' };

describe('nobody signed in', () => {
  it.each(routes.filter(r => r.permission !== 'public').map(r => [`${r.method} ${r.path}`, r] as const))('%s is 401', async (_n, r) => {
    const server = await quiet();
    expect((await send(server.client(), r, nothing)).status).toBe(401);
  });
  let shared: Promise<Server> | undefined;
  const quiet = () => (shared ??= demoServer());
  afterAll(async () => (await shared)?.remove());
});

/* ---- the matrix ---- */

const ok = (r: Reply, what: string): any => {
  if (r.status >= 300) throw new Error(`${what}: ${r.status} ${r.text}`);
  return r.body;
};

/** A draft for the unit, or for its agency where the unit itself has nobody who may be at home. */
async function rosterFor(p: Person, prepare: Client): Promise<{ id: string; unit: string }> {
  for (let unit: string | undefined = p.unit; unit; unit = parents.get(unit)) {
    const r = await prepare.post('/api/v1/roster/versions', { unit, period_from: '2025-11-17', period_to: '2025-11-23', weekdays: [4] });
    if (r.status === 200) return { id: r.body.id, unit };
  }
  const made = ok(await prepare.get('/api/v1/roster/versions'), 'rosters').items[0];
  return made ?? { id: '1', unit: p.unit };
}

/** His unit plans for itself from tomorrow on; what was drafted stays. */
async function nodeOf(p: Person, prepare: Client): Promise<string> {
  await prepare.post('/api/v1/roster/nodes', { unit: p.unit, letter: '800/5/UJI/2025', valid_from: '2025-11-14' });
  return ok(await prepare.get('/api/v1/roster/nodes'), 'nodes').items.find((n: any) => n.unit === p.unit)?.id ?? nothing.node!;
}

/** Somebody of the same unit or agency who may stand in for him. */
async function neighbour(p: Person, prepare: Client): Promise<string> {
  const self = ok(await prepare.get('/api/v1/me'), 'me').employee;
  for (let unit: string | undefined = p.unit; unit; unit = parents.get(unit)) {
    const found = ok(await prepare.get(`/api/v1/org/units/${unit}/employees`), 'people').items.find((x: { id: string }) => x.id !== p.employee && x.id !== self);
    if (found) return found.id;
  }
  throw new Error('nobody works beside him');
}

/** What is stated instead of a phone: a question, one of many proposed, a list of the unit, an outage. */
async function papersOf(server: Server, p: Person, prepare: Client, own: Client): Promise<Things> {
  const ask = (at: string, direction: string) => own.post('/api/v1/attendance/corrections', { id: uuid7(), day: '2025-11-11', kind: 'time', direction, at, cause: 'forgot', reason: 'Lupa presensi, rapat di luar.' });
  const asked = ok(await ask('07:10', 'in'), 'correction'), many = ok(await ask('16:20', 'out'), 'correction'), reason = 'Sesuai daftar hadir rapat.';
  const proposal = ok(await prepare.post('/api/v1/attendance/corrections/proposals', { items: [{ correction: many.id, version: many.version }], accepts: true, reason }), 'proposal').id;
  const photo = ok(await prepare.post('/api/v1/files', png(), { 'content-type': 'application/octet-stream' }), 'photo').sha256;
  const listed = ok(await prepare.get(`/api/v1/attendance/sheet?unit=${p.unit}&day=2025-11-12`), 'sheet').rows.find((r: { is_listed: boolean }) => !r.is_listed);
  const paper = ok(await prepare.post('/api/v1/attendance/papers', { unit: p.unit, day: '2025-11-12', file_sha256: photo, file_name: 'daftar-hadir.jpg', rows: [{ employee: listed.employee, in: '07:20' }] }), 'paper').id;
  const incident = ok(await prepare.post('/api/v1/attendance/incidents', { begins_at: '2025-11-11T00:25:00.000Z', ends_at: '2025-11-11T00:55:00.000Z', cause: 'network', reason: 'Serat optik ke pusat data putus.' }), 'incident').id;
  return { correction: asked.id, proposal, paper, incident };
}

/** An event whose time nothing proves, about which his superior is asked. */
async function confirmationOf(phone: Chain, p: Person, own: Client): Promise<string> {
  ok(await own.post('/api/v1/attendance/punches', { events: [await signEvent(phone, p.employee, 'in', '2025-11-13T07:05:00+07:00')] }), 'signed event');
  return ok(await own.get('/api/v1/attendance/confirmations'), 'confirmations').items[0].id;
}

/** A plan of results that others may see: his own, or one for next year which he proposes. Who has no superior proposes none. */
async function planOf(own: Client): Promise<string> {
  const made = ok(await own.get('/api/v1/reports/targets'), 'plans').items.find((p: any) => p.state !== 'draft');
  if (made) return made.plan;
  const measures = [{ aspect: 'quantity', indicator: 'Jumlah berkas', amount: 100, unit_of_measure: 'berkas' }];
  const { plan, version } = ok(await own.put('/api/v1/reports/targets', { version: 0, period: 'annual', day: '2026-01-01', targets: [{ kind: 'main', result: 'Berkas terverifikasi tepat waktu', measures }] }), 'plan');
  return (await own.post(`/api/v1/reports/targets/${plan}/propose`, { version })).status === 200 ? plan : nothing.plan!;
}

/** What he was told of the last whole quarter; who had no superior then was told nothing. */
async function ratingOf(server: Server, p: Person, prepare: Client, own: Client): Promise<string> {
  const told = ok(await own.get('/api/v1/reports/ratings'), 'ratings').items[0];
  if (told) return told.rating;
  const login = await superiorOf(prepare, p.employee, p.login.password);
  if (!login) return nothing.rating!;
  const boss = await server.client().signIn({ ...login, government: p.login.government });
  const r = await boss.put(`/api/v1/reports/rating-form/${p.employee}`, ratingBody());
  return r.status === 200 ? r.body.rating : nothing.rating!;
}

/** Templates: one's own, and one of a position of the agency he belongs to. */
async function templatesOf(p: Person, prepare: Client, own: Client): Promise<Things> {
  let agency = p.unit;
  while (parents.get(agency)) agency = parents.get(agency)!;
  if (!parents.has(p.unit)) agency = ok(await prepare.get('/api/v1/org/units'), 'units').items[0].id;
  const body = { name: 'Hari biasa', items: [{ starts: '08:00', ends: '10:00', description: 'Memeriksa berkas permohonan', volume: 10, unit_of_measure: 'berkas' }] };
  return { agency, template: ok(await own.put('/api/v1/reports/templates', body), 'template').id, position_template: ok(await prepare.put(`/api/v1/reports/positions/${agency}/templates`, { ...body, position: 'Analis' }), 'template of a position').id };
}

/** A late decree over a day whose report his supervisor verified: it opens a case. Who has no supervisor has none. */
async function caseOf(server: Server, p: Person, prepare: Client, own: Client): Promise<string> {
  const day = '2025-11-12', detail = ok(await prepare.get(`/api/v1/org/employees/${p.employee}`), 'person'), [place] = detail.placements;
  const boss = detail.superiors.find((s: any) => s.relation === 'supervisor')?.employee;
  if (!boss) return nothing.case!;
  const before = ok(await own.get(`/api/v1/reports/daily?day=${day}`), 'own report'), waits = before.state === 'submitted', open = !waits && before.state !== 'verified';
  const item = { starts: '08:00', ends: '09:00', description: 'Menyusun bahan rapat koordinasi', volume: 1, unit_of_measure: 'dokumen' };
  const report = open ? ok(await own.put('/api/v1/reports/daily', { day, version: before.version, items: [item], submit: true }), 'report') : before;
  const unit = ok(await prepare.get(`/api/v1/org/employees/${boss}`), 'superior').placements[0].unit;
  const { nip } = ok(await prepare.get(`/api/v1/org/units/${unit}/employees`), 'people').items.find((x: any) => x.id === boss);
  const superior = await server.client().signIn({ ...p.login, nip });
  if (open || waits) ok(await superior.post(`/api/v1/reports/daily/${report.report}/verify`, { version: report.version }), 'verified');
  const decree = { unit: place.unit, position: 'Analis Kebijakan Ahli Pertama', position_level: 'fungsional', decree: '821.2/Kep.1-UJI/2025', valid_from: day };
  return ok(await prepare.post(`/api/v1/org/employees/${p.employee}/placements`, decree), 'late decree').case_id;
}

/** Work of his own: a task he set himself, a document somebody along his lines looks at, a meeting he calls. */
async function workOf(own: Client, employee: string, file: string): Promise<Things> {
  const all = ok(await own.get('/api/v1/tasks/recipients'), 'recipients').items as { via: string; employee: string }[], near = all.find(x => x.via === 'peer') ?? all[0]!;
  const task = ok(await own.post('/api/v1/tasks', { kind: 'assignment', subject: 'Menyiapkan bahan', employee }), 'task').task;
  const document = ok(await own.post('/api/v1/tasks/checks', { title: 'Draf edaran', file_sha256: file, lines: [{ text: 'Dasar hukum', employee: near.employee }] }), 'document').check;
  const meeting = ok(await own.post('/api/v1/meetings', { title: 'Rapat uji', place: 'Aula', starts_at: '2025-11-13T00:10:00.000Z', ends_at: '2025-11-13T02:00:00.000Z', employees: [near.employee] }), 'meeting').meeting;
  return { task, document, meeting, near: near.employee };
}

let sets = 0; /* holidays and assemblies of one server fall on days of their own */

/** What differs from the usual week in the person's unit. */
async function hoursOf(p: Person, prepare: Client): Promise<Things> {
  const make = async (what: string, body: object) => ok(await prepare.post(`/api/v1/calendar/${what}`, body), what).id as string;
  const unit = p.unit, valid_from = '2025-12-01', legal_basis = 'Perpres 21/2023', set = sets++, code = `U${set}`;
  const pattern = await make('patterns', { code, name: 'Uji', legal_basis, cycle_days: 7, works_holidays: false, valid_from, days: [{ regime: 'normal', cycle_day: 0, starts: '07:00', ends: '14:00' }] });
  return {
    pattern, assignment: await make('assignments', { pattern, unit, valid_from }),
    break: await make('breaks', { unit, name: 'Libur semester', source: 'Kalender', valid_from, valid_to: '2025-12-05' }),
    holiday: await make('holidays', { unit, day: `2026-02-${String(2 + set % 12).padStart(2, '0')}`, kind: 'local', name: 'Hari jadi', source: '003.2/UJI/2025', issued: '2025-11-10', issuer: 'Kepala Biro' }),
    band: await make('bands', { unit, before_minutes: 0, after_minutes: 30, legal_basis, valid_from }),
    turn_kind: await make('turn-kinds', { unit, code, name: 'Pagi', starts: '07:00', ends: '14:00', legal_basis, valid_from }),
    event: await make('events', { name: 'Apel', place: 'Halaman', letter: '005/1', day: `2025-12-${String(10 + set % 20)}`, opens: '06:30', starts: '07:15', closes: '08:00', excuses_shift: true, excuses_home: true, excuses_off: true, units: [unit] }),
  };
}

/** One of each thing that belongs to a person, made through the API by those who may. */
async function thingsOf(server: Server, p: Person, prepare: Client, own: Client): Promise<Things> {
  const day = '2025-11-13', letter = '800/1/UJI/2025';
  const before = ok(await own.get(`/api/v1/reports/daily?day=${day}`), 'own report');
  const item = { starts: '08:00', ends: '09:00', description: 'Menyusun bahan rapat koordinasi', volume: 1, unit_of_measure: 'dokumen' };
  const report = before.state === 'submitted' || before.state === 'verified' ? before.report : ok(await own.put('/api/v1/reports/daily', { day, version: before.version, items: [item], submit: true }), 'report').report;
  const file = ok(await own.post('/api/v1/files', png(), { 'content-type': 'application/octet-stream' }), 'file').sha256;
  /* an import takes only what the same account uploaded */
  const upload = async (c: Client) => ok(await c.post('/api/v1/files', `kode;nama\r\nX;${randomBytes(8).toString('hex')}\r\n`, { 'content-type': 'text/csv' }), 'csv').sha256;
  const csv = await upload(own);
  const status = ok(await prepare.post('/api/v1/org/statuses', { employee: p.employee, kind: 'outside_duty', from: '2025-12-01', to: '2025-12-01', letter }), 'status').status_id;
  const role = ok(await prepare.post('/api/v1/org/roles', { employee: p.employee, role: 'service_officer', unit: p.unit, acting: 'definitive', letter, valid_from: '2025-12-01' }), 'role').role_id;
  const colleague = await neighbour(p, prepare), late = await caseOf(server, p, prepare, own);
  const delegation = ok(await prepare.post('/api/v1/org/roles', { employee: colleague, acts_for: p.employee, role: 'supervisor', acting: 'delegate', letter, valid_from: '2025-12-01', valid_to: '2025-12-05' }), 'delegation').role_id;
  const notice = ok(await own.post('/api/v1/org/notices', { id: uuid7(), kind: 'annual_leave', from: '2025-12-22', to: '2025-12-22', made_at: `${day}T00:20:00.000Z` }), 'notice').notice;
  const covering = ok(await prepare.post('/api/v1/org/letters', { unit: p.unit, kind: 'training', number: `094/${p.employee}/UJI/2025`, issued: day, signer: 'Kepala BKD', subject: 'Pelatihan', from: '2025-12-29', to: '2025-12-29', members: [p.employee], dry_run: false }), 'letter').letter;
  const kind = ok(await prepare.get('/api/v1/org/kinds'), 'kinds').items[0].kind_id;
  const version = await rosterFor(p, prepare), node = await nodeOf(p, prepare);
  const sent = ok(await prepare.post('/api/v1/imports', { kind: 'units', sha256: await upload(prepare), file_name: 'unit.csv', effective: day, dry_run: true }), 'import');
  const column = (column: string, heading: string, fixed = '') => ({ column, heading, fixed, values: [] });
  const { mapping } = ok(await prepare.post('/api/v1/imports/mappings', { kind: 'employees', name: `Uji ${p.employee}`, dates: 'dmy', ends_at_blank: false, columns: [column('nip', 'NIP'), column('name', 'NAMA'), column('employment_kind', '', 'pns')] }), 'mapping');
  const instrument = ok(await prepare.get('/api/v1/policy/instruments'), 'instruments').items[0].id;
  const { correction, proposal, paper, incident } = await papersOf(server, p, prepare, own), code = ok(await prepare.get('/api/v1/attendance/codes'), 'codes').items[0].id;
  const phone = await enrolPhone(prepare, own), { device } = phone, confirmation = await confirmationOf(phone, p, own), device_code = ok(await prepare.post('/api/v1/attendance/devices/codes', { employee: p.employee, reason: 'Ponsel lama rusak.' }), 'request').id;
  const hours = await hoursOf(p, prepare), feed = ok(await own.post('/api/v1/me/roster/feeds', { kind: 'own' }), 'feed').id;
  hours.hold = ok(await prepare.post('/api/v1/attendance/holds', { employee: p.employee, first_day: '2025-11-10', last_day: '2025-11-11', reason: 'Pemeriksaan Inspektorat.', letter }), 'hold').id;
  const kiosk = ok(await prepare.post('/api/v1/attendance/stations', { unit: p.unit, kind: 'kiosk', name: 'Gerbang' }), 'kiosk').station, network = ok(await prepare.post('/api/v1/attendance/networks', { unit: p.unit, label: 'Kantor', range: '203.0.113.0/24', valid_from: day }), 'network').id;
  await prepare.post('/api/v1/attendance/cards', { employees: [p.employee] });
  Object.assign(hours, await workOf(own, p.employee, file));
  return { ...await templatesOf(p, prepare, own), plan: await planOf(own), target: nothing.target!, rating: await ratingOf(server, p, prepare, own), objection: nothing.objection!, check: nothing.check!, station: kiosk, network, device, device_code, confirmation, issued: nothing.issued!, swap: nothing.swap!, node, feed, correction, proposal, paper, incident, code, employee: p.employee, unit: p.unit, report, file, sha256: file, csv, status, case: late, colleague, role, delegation, notice, letter: covering, kind, version: version.id, versionUnit: version.unit, instrument, ...hours, job: sent.job, import: sent.import, mapping };
}

describe.each(roles)('as %s', role => {
  let server: Server, c: Client, actor: Person, standings: { role: string; unit?: string }[], relations: Map<string, string>;
  const things = new Map<Person, Things>();

  beforeAll(async () => {
    server = await demoServer();
    actor = actorOf[role];
    const grant = (p: Person, what: string, ...unit: string[]) => execFileSync(BIN, ['role', 'grant', p.login.nip, what, '--letter', '800/2/UJI/2025', '--from', '2025-01-02', ...unit, '--government', p.login.government, '--db', server.db]);
    await server.stop();
    grant(officer, 'bkd');
    if (granted(role)) grant(actor, role, ...(role === 'unit_head' ? ['--unit', codes.get(worker.unit)!] : []));
    await server.start();
    c = await server.client().signIn(actor.login);
    const me = ok(await c.get('/api/v1/me'), 'me');
    const team = await c.get('/api/v1/attendance/team');
    relations = new Map((team.body?.items ?? []).map((p: any) => [p.employee, p.relation]));
    standings = [{ role: 'employee' }, ...me.roles.filter((r: any) => !['supervisor', 'team_lead'].includes(r.role))];
    if ([...relations.values()].includes('supervisor')) standings.push({ role: 'supervisor' });
    if ([...relations.values()].includes('team_lead')) standings.push({ role: 'team_lead' });

    const prepare = await server.client().signIn(officer.login), there = await server.client().signIn(foreigner.login);
    things.set(foreigner, await thingsOf(server, { ...foreigner, employee: (await whois(server, loginOf(all, 'employee', 'kotacontoh'))).employee }, there, await server.client().signIn(loginOf(all, 'employee', 'kotacontoh'))));
    /* kinds of turns are numbered in each government: another's number may be one's own */
    things.get(foreigner)!.turn_kind = nothing.turn_kind!;
    for (const p of new Set([actor, worker, teacher])) things.set(p, await thingsOf(server, p, prepare, await server.client().signIn(p.login)));
  });
  afterAll(() => server.remove());

  const isRelation = (role: string) => role === 'supervisor' || role === 'team_lead';
  /** What the reviewed table says: one standing that allows it is enough. */
  function allows(permission: string, reach: string, unit?: string): boolean {
    const covers = (s: { unit?: string; role: string }) => s.role !== 'employee' && !isRelation(s.role) && isBelow(unit, s.unit);
    return standings.some(s => (!isRelation(s.role) || s.role === reach || reach === 'no_object') && cell(permission, s.role, reach, covers(s)));
  }
  const reachOf = (p: Person) => (p === actor ? 'self' : relations.get(p.employee) ?? 'none');

  function expected(r: Route, p: Person): boolean {
    if (r.permission === 'signed_in') return true;
    if (holes(r).includes('case') && things.get(p)!.case === nothing.case) return false;
    if (holes(r).includes('issued')) return false; /* issued in documents.test.ts, which has who reads and withdraws it */
    if (holes(r).includes('rating') && things.get(p)!.rating === nothing.rating) return false;
    if (holes(r).includes('objection')) return false; /* made and decided in ratings.test.ts */
    if (r.path === '/api/v1/reports/daily/{report}/files/{sha256}') return false; /* no item names that file: carried.test.ts has who opens one that is named */
    if (holes(r).includes('swap')) return false; /* made and decided in swaps.test.ts */
    if (['document', 'meeting'].some(h => holes(r).includes(h)) && things.get(p)!.near === actor.employee) return allows(r.permission, 'self', actor.unit); /* asked and invited, he has part in it */
    if (holes(r).includes('check')) return false; /* nobody is asked before work begins: checks.test.ts has who is */
    switch (isAbout(r)) {
      case undefined: return allows(r.permission, 'no_object');
      case 'self': return allows(r.permission, 'self', actor.unit);
      case 'officer': return allows(r.permission, reachOf(officer), officer.unit);
      case 'person': return allows(r.permission, reachOf(p), p.unit);
      case 'unit': return allows(r.permission, 'none', holes(r).includes('version') ? things.get(p)!.versionUnit : p.unit);
    }
  }

  async function check(r: Route, p: Person) {
    const reply = await send(c, r, things.get(p)!), name = `${r.method} ${r.path} as ${role}: ${reply.status} ${reply.text.slice(0, 300)}`;
    const missing = async () => strip(await send(c, r, nothing));
    if (p === foreigner) {
      expect(reply.status, name).toBeGreaterThanOrEqual(400);
      return expect(strip(reply), name).toBe(await missing());
    }
    /* who may look at a job of somebody else may still not stop it */
    if (r.path.startsWith('/api/v1/jobs/') && r.path.endsWith('/cancel') && expected(r, p)) return expect(reply.status, name).toBe(403);
    /* nobody here signed one: evidence.test.ts has who did */
    if (r.path.endsWith('/evidence/{day}/{event}') && expected(r, p)) return expect(reply.status, name).toBe(404);
    expect(isDenied(reply), name).toBe(!expected(r, p));
    if (expected(r, p)) return;
    const isPermissionAlone = !isAbout(r) || (isList(r) && !allows(r.permission, 'no_object'));
    expect(reply.status, name).toBe(isPermissionAlone ? 403 : 404);
    if (!isPermissionAlone) expect(strip(reply), name).toBe(await missing());
  }
  /* reads first, then writes, what takes a thing away, and the end of the session last */
  const order = (r: Route) => (r.path.endsWith('/sessions/current') ? 3 : r.method === 'DELETE' ? 2 : r.method === 'GET' ? 0 : 1);
  const sorted = routes.filter(r => r.permission !== 'public').sort((a, b) => order(a) - order(b));

  it('a stranger of another agency', async () => { for (const r of sorted) if (isAbout(r) && isAbout(r) !== 'self') await check(r, teacher); });
  it('the person who works at home today', async () => { for (const r of sorted) if (isAbout(r) && isAbout(r) !== 'self') await check(r, worker); });
  it('somebody of another government', async () => { for (const r of sorted) if (isAbout(r) && isAbout(r) !== 'self') await check(r, foreigner); });
  it('oneself, and what is about nobody', async () => { for (const r of sorted) await check(r, actor); });
});
