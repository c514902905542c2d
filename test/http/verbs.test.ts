/* The verbs that work without a server: demo, dump, doctor, rebuild, backup, restore, user, role, import, roster. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BIN, demoServer, INSTANT, loginOf, logins, tryVerb, verb, dumpRows } from './server';

/** A store and its keys; what others need of it they copy. */
const copyStore = (from: string, to: string) => { copyFileSync(from, to); copyFileSync(`${from}.keys`, `${to}.keys`); };
const CLOCK = ['--clock', `${INSTANT},x0`];
let dir: string, db: string;
const path = (name: string) => join(dir, name);
const make = (name: string, ...options: string[]) => { verb('demo', '--db', path(name), '--employees', '250', '--at', INSTANT, ...options); return path(name); };

beforeAll(() => { dir = mkdtempSync(join(tmpdir(), 'luwes-verbs-')); db = make('demo.db', '--seed', '5'); });
afterAll(() => rmSync(dir, { recursive: true, force: true }));

describe('demo', () => {
  it('gives an equal dump for an equal seed, and another for another', () => {
    const first = verb('dump', '--db', db);
    expect(verb('dump', '--db', make('same.db', '--seed', '5')) === first).toBe(true);
    expect(verb('dump', '--db', make('other.db', '--seed', '6')) === first).toBe(false);
  });
  it('holds exactly the people asked for, in 42 agencies, and a second government of its own', () => {
    const dump = verb('dump', '--db', db), of = (code: string) => dumpRows(dump, 'platform_government').find(g => g.code === code)!.government_id!;
    const people = dumpRows(dump, 'org_employee');
    expect(people.filter(p => p.government_id === of('jabar'))).toHaveLength(250);
    expect(people.filter(p => p.government_id === of('kotacontoh'))).toHaveLength(30);
    expect(dumpRows(dump, 'org_unit').filter(u => u.government_id === of('jabar') && u.parent_id === '0')).toHaveLength(42);
  });
  it('refuses a store that holds governments already, and nonsense', () => {
    expect(tryVerb('demo', '--db', db)).toMatchObject({ status: 1, stderr: expect.stringContaining('only an empty one') });
    for (const bad of [['--employees', '3'], ['--seed', 'x'], ['--at', 'yesterday'], ['extra'], ['--sessions', '5'], ['--items', '11'], ['--items', '-1']])
      expect(tryVerb('demo', '--db', path('never.db'), ...bad).status).toBe(2);
    expect(existsSync(path('never.db'))).toBe(false);
  });
  it('issues sessions only in a demo store', () => {
    verb('migrate', '--db', path('real.db'));
    expect(tryVerb('demo', '--db', path('real.db'), '--sessions', '1', path('s')).stderr).toContain('not a demo store');
    expect(tryVerb('demo', '--db', path('real.db'), '--logins').status).toBe(1);
    copyStore(db, path('sessions.db'));
    verb('demo', '--db', path('sessions.db'), '--sessions', '20', path('tokens'));
    const lines = readFileSync(path('tokens'), 'utf8').trim().split('\n').map(l => l.split('\t'));
    expect(new Set(lines.map(l => l[0])).size).toBe(20);
    expect(new Set(lines.map(l => l[1])).size).toBe(20);
  });
  it('issues those of superiors, who has the most people first', () => {
    verb('demo', '--db', path('sessions.db'), '--sessions', '1000', path('superiors'), '--superiors');
    /* of relations without an end */
    const rows = dumpRows(verb('dump', '--db', path('sessions.db')), 'org_relation').filter(r => r.kind === '0' && r.valid_to === '2932896');
    const people = (superior: string) => rows.filter(r => r.superior_id === superior).length;
    const listed = readFileSync(path('superiors'), 'utf8').trim().split('\n').map(l => people(l.split('\t')[1]!));
    expect(listed.length).toBeGreaterThan(42);
    expect(Math.min(...listed)).toBeGreaterThan(0);
    expect(listed).toEqual([...listed].sort((a, b) => b - a));
  });
  it('lets everybody report so many things on each working day, for measuring, and sums them as ever', () => {
    const store = path('items.db'), said = verb('demo', '--db', store, '--employees', '200', '--at', INSTANT, '--history-days', '5', '--items', '3');
    const dump = verb('dump', '--db', store), items = dumpRows(dump, 'reports_item'), reports = dumpRows(dump, 'reports_daily');
    /* from Saturday to Wednesday: three working days of 200 and 30 people */
    expect(reports).toHaveLength(3 * 230);
    expect(items).toHaveLength(3 * reports.length);
    expect(said).toContain(`\n${items.length} report items\n`);
    expect(verb('doctor', '--db', store)).not.toContain('fault');
    expect(verb('demo', '--db', path('none.db'), '--employees', '200', '--history-days', '5', '--items', '0')).toContain('\n0 report items\n');
    expect(dumpRows(verb('dump', '--db', path('none.db')), 'reports_daily')).toEqual([]);
  });
  it('leaves no secret in a dump', () => {
    const dump = verb('dump', '--db', db);
    expect(dump).not.toContain('argon2');
    for (const table of ['platform_session', 'platform_idempotency', 'platform_browser']) expect(dump).not.toContain(`table ${table}\n`);
  });
});

describe('doctor and rebuild', () => {
  it('finds a sound store sound and prints the root of each log', () => {
    const out = verb('doctor', '--db', db);
    expect(out.match(/^root [0-9a-f]{64}$/gm)).toHaveLength(2);
    expect(out).not.toContain('fault');
  });
  it('computes the same days and counters again', () => {
    expect(tryVerb('rebuild', '--db', db, ...CLOCK)).toMatchObject({ status: 0, stdout: expect.stringContaining('jabar: 2025-10-31 to 2025-11-13: 0 day rows differed, 0 days of output differed, 0 counter rows differed') });
  });
  it('sees a leaf of the log that was changed behind its back', () => {
    const leaf = dumpRows(verb('dump', '--db', db), 'trust_leaf')[7]!.leaf_hash!, bytes = readFileSync(db), at = bytes.indexOf(Buffer.from(leaf, 'hex'));
    expect(at).toBeGreaterThan(0);
    bytes[at]! ^= 1;
    copyStore(db, path('tampered.db'));
    writeFileSync(path('tampered.db'), bytes);
    const r = tryVerb('doctor', '--db', path('tampered.db'));
    expect(r.status).toBe(3);
    expect(r.stdout).toMatch(/^fault \w+: the log's \d+ leaves do not give its root$/m);
  });
  it('rebuild judges by the time it is told: after the day is over, who did not come was absent', () => {
    copyStore(db, path('late.db'));
    cpSync(`${db}.files`, path('late.db.files'), { recursive: true });
    expect(tryVerb('rebuild', '--db', path('late.db'), '--government', 'jabar', '--clock', '2025-11-15T09:00+07:00,x0').status).toBe(3);
    expect(tryVerb('rebuild', '--db', path('late.db'), '--government', 'jabar', '--clock', '2025-11-15T09:00+07:00,x0').status).toBe(0);
    expect(tryVerb('doctor', '--db', path('late.db')).status).toBe(0);
    expect(dumpRows(verb('dump', '--db', path('late.db')), 'attendance_day').filter(d => d.state === '3').length).toBeGreaterThan(20);
  });
  it('says plainly what it was asked wrongly', () => {
    expect(tryVerb('doctor', '--db', path('missing.db'))).toMatchObject({ status: 1, stderr: expect.stringContaining('there is no store') });
    expect(existsSync(path('missing.db'))).toBe(false);
    expect(tryVerb('rebuild', '--db', db, '--from', 'noday').status).toBe(2);
    expect(tryVerb('rebuild', '--db', db, '--government', 'atlantis').status).toBe(1);
  });
});

describe('backup and restore', () => {
  it('brings back an equal store with its files, taken while the server runs', async () => {
    const server = await demoServer();
    try {
      const officer = await server.client().signIn(loginOf(logins(server.db), 'employee'));
      const png = readFileSync(join(import.meta.dirname, '../../data/daftar-hadir-contoh.png'));
      const sent = await officer.send('POST', '/api/v1/files', new Uint8Array(png), { 'content-type': 'image/png' });
      expect(sent.status).toBe(200);
      verb('backup', '--db', server.db, '--to', path('copy'));
      const sha = sent.body.sha256;
      expect(readFileSync(path('copy/MANIFEST'), 'utf8')).toContain(`${sha}  files/${sha}`);
      verb('restore', '--from', path('copy'), '--db', path('restored.db'));
      expect(verb('dump', '--db', path('restored.db')) === verb('dump', '--db', server.db)).toBe(true);
      expect(tryVerb('doctor', '--db', path('restored.db')).status).toBe(0);
      writeFileSync(path(`copy/files/${sha}`), 'something else');
      expect(tryVerb('restore', '--from', path('copy'), '--db', path('again.db'))).toMatchObject({ status: 1, stderr: expect.stringContaining('its hash differs') });
      expect(existsSync(path('again.db'))).toBe(false);
    } finally {
      await server.remove();
    }
  });
  it('never writes over what is there', () => {
    verb('backup', '--db', db, '--to', path('once'));
    expect(tryVerb('backup', '--db', db, '--to', path('once')).status).toBe(1);
    expect(tryVerb('restore', '--from', path('once'), '--db', db)).toMatchObject({ status: 1, stderr: expect.stringContaining('there already') });
    expect(tryVerb('restore', '--from', path('nowhere'), '--db', path('n.db')).status).toBe(1);
    writeFileSync(path('once/MANIFEST'), readFileSync(path('once/MANIFEST'), 'utf8').replace('store.db', '../../store.db'));
    expect(tryVerb('restore', '--from', path('once'), '--db', path('n.db'))).toMatchObject({ status: 1, stderr: expect.stringContaining('do not understand') });
  });
  it('leaves PostgreSQL to its own tools', () => {
    expect(tryVerb('backup', '--db', 'postgresql:///nothing', '--to', path('pg'))).toMatchObject({ status: 2, stderr: expect.stringContaining('pg_dump') });
  });
});

describe('user and role', () => {
  it('gives a one-time code that activates an account', async () => {
    const server = await demoServer();
    try {
      const bkd = loginOf(logins(server.db), 'bkd');
      const code = verb('user', 'code', bkd.nip, '--government', 'jabar', '--db', server.db, ...CLOCK).trim();
      expect(code).toMatch(/^[0-9A-Z]{5}-[0-9A-Z]{5}$/);
      const password = 'kuda terbang di atas awan 77';
      expect((await server.client().post('/api/v1/accounts/activation', { government: 'jabar', nip: bkd.nip, code, password })).status).toBe(204);
      await server.client().signIn({ ...bkd, password });
      verb('user', 'disable', bkd.nip, '--government', 'jabar', '--db', server.db, ...CLOCK);
      await expect(server.client().signIn({ ...bkd, password })).rejects.toThrow('401');
    } finally {
      await server.remove();
    }
  });
  it('grants, lists and ends a role with its letter', () => {
    copyStore(db, path('roles.db'));
    const at = ['--government', 'jabar', '--db', path('roles.db'), ...CLOCK], nip = loginOf(logins(db), 'employee').nip;
    const id = verb('role', 'grant', nip, 'agency_officer', '--letter', '800/1/2025', '--unit', 'BKD', ...at).trim();
    expect(verb('role', 'list', nip, ...at)).toContain(`${id}\tagency_officer\tBKD\tdefinitive\t800/1/2025\t2025-11-13\t`);
    verb('role', 'end', id, '--last-day', '2025-11-12', ...at);
    expect(verb('role', 'list', nip, ...at)).not.toContain(id);
    expect(tryVerb('role', 'grant', nip, 'emperor', '--letter', 'x', ...at).status).toBe(2);
    expect(tryVerb('role', 'grant', nip, 'bkd', '--letter', 'x', '--unit', 'NOWHERE', ...at)).toMatchObject({ status: 1, stderr: expect.stringContaining('no unit') });
    expect(tryVerb('user', 'code', '000000000000000000', ...at)).toMatchObject({ status: 1, stderr: expect.stringContaining('nobody here') });
    expect(tryVerb('user', 'code', nip, '--db', path('roles.db'))).toMatchObject({ status: 1, stderr: expect.stringContaining('--government') });
  });
  it('grants an office as plt or plh, and a supervisor\'s place to a delegate', () => {
    copyStore(db, path('acting.db'));
    const at = ['--government', 'jabar', '--db', path('acting.db'), ...CLOCK], all = logins(db), nip = loginOf(all, 'employee').nip, boss = loginOf(all, 'bkd').nip;
    const days = ['--letter', '821/PLT.9/2025', '--from', '2025-11-10', '--to', '2025-12-31'];
    const plt = verb('role', 'grant', nip, 'unit_head', '--acting', 'plt', '--unit', 'BKD', ...days, ...at).trim();
    const delegate = verb('role', 'grant', nip, 'supervisor', '--acts-for', boss, ...days, ...at).trim();
    const list = verb('role', 'list', nip, ...at).split('\n');
    expect(list).toContain(`${plt}\tunit_head\tBKD\tplt\t821/PLT.9/2025\t2025-11-10\t2025-12-31\t`);
    expect(list).toContain(`${delegate}\tsupervisor\t\tdelegate\t821/PLT.9/2025\t2025-11-10\t2025-12-31\t${boss}`);
    for (const wrong of [['unit_head', '--acting', 'head'], ['unit_head', '--acting', 'definitive'], ['supervisor'], ['employee'], ['supervisor', '--acting', 'plh'], ['supervisor', '--acting', 'plh', '--acts-for', boss]])
      expect(tryVerb('role', 'grant', nip, ...wrong, '--letter', 'x', ...at).status, wrong.join(' ')).toBe(2);
    expect(tryVerb('role', 'grant', nip, 'supervisor', '--acts-for', '000000000000000000', '--letter', 'x', ...at)).toMatchObject({ status: 1, stderr: expect.stringContaining('--acts-for') });
    expect(tryVerb('role', 'grant', nip, 'supervisor', '--acts-for', nip, '--letter', 'x', ...at)).toMatchObject({ status: 1, stderr: expect.stringContaining('himself') });
    expect(tryVerb('role', 'grant', nip, 'bkd', '--letter', 'x', '--from', '2025-11-13', '--to', '2025-11-12', ...at)).toMatchObject({ status: 1, stderr: expect.stringContaining('before the first') });
    expect(verb('role', 'list', nip, ...at).split('\n')).toEqual(list);
    expect(verb('help', 'role')).toMatch(/--acting plt\|plh[^]*--acts-for NIP/);
  });
  it('lets the delegate of the verb see the team of the one he stands for', async () => {
    const server = await demoServer();
    try {
      const all = logins(server.db), other = loginOf(all, 'unit_officer'), boss = loginOf(all, 'supervisor');
      const team = async (who: typeof boss) => ((await (await server.client().signIn(who)).get('/api/v1/attendance/team')).body.items ?? []).map((p: { employee: string }) => p.employee);
      const before = await team(other);
      verb('role', 'grant', other.nip, 'supervisor', '--acts-for', boss.nip, '--letter', '800/5/2025', '--to', '2025-11-20', '--government', 'jabar', '--db', server.db, ...CLOCK);
      const people = await team(boss);
      expect(people.length).toBeGreaterThan(0);
      expect(before).not.toEqual(expect.arrayContaining(people));
      expect(await team(other)).toEqual(expect.arrayContaining(people));
    } finally {
      await server.remove();
    }
  });
});

describe('import', () => {
  const at = () => ['--government', 'jabar', '--db', path('import.db'), '--effective', '2025-11-13', ...CLOCK];
  const nip = '199001012015012004';
  beforeAll(() => { copyStore(db, path('import.db')); });

  it('checks, applies, and finds nothing to change the second time', () => {
    writeFileSync(path('people.csv'), `nip;name;title_before;title_after;employment_kind;has_phone\n'${nip};Contoh Pegawai;;S.E.;pns;ya\n`);
    expect(tryVerb('import', '--kind', 'employees', '--dry-run', path('people.csv'), ...at())).toMatchObject({ status: 0, stderr: expect.stringContaining('1 new') });
    expect(verb('dump', '--db', path('import.db'))).not.toContain(nip);
    expect(tryVerb('import', '--kind', 'employees', path('people.csv'), ...at()).status).toBe(0);
    expect(dumpRows(verb('dump', '--db', path('import.db')), 'org_employee').filter(e => e.nip === nip)).toHaveLength(1);
    expect(tryVerb('import', '--kind', 'employees', path('people.csv'), ...at()).stderr).toContain('0 new, 0 changed, 1 as they were');
  });
  it('names every fault by line and column and changes nothing', () => {
    writeFileSync(path('bad.csv'), 'nip;name;title_before;title_after;employment_kind;has_phone\n199001012015012005;Benar;;;pns;ya\n12;Salah;;;pns;ya\n');
    const r = tryVerb('import', '--kind', 'employees', path('bad.csv'), ...at());
    expect(r.status).toBe(3);
    expect(r.stdout).toMatch(/^3\tnip\t\S+\t12$/m);
    expect(verb('dump', '--db', path('import.db'))).not.toContain('199001012015012005');
  });
  it('refuses what is no CSV', () => {
    writeFileSync(path('picture.csv'), Buffer.from('89504e470d0a1a0a', 'hex'));
    expect(tryVerb('import', '--kind', 'employees', path('picture.csv'), ...at()).status).toBe(1);
    expect(tryVerb('import', '--kind', 'dragons', path('picture.csv'), ...at()).status).toBe(2);
  });
});

describe('roster', () => {
  const pipe = (input: string, ...args: string[]) => spawnSync(BIN, ['roster', ...args], { encoding: 'utf8', input, maxBuffer: 1 << 28 });
  it('invents the same instance for the same seed, and solves it the same', () => {
    const instance = verb('roster', 'generate', '--employees', '300', '--days', '20', '--seed', '9');
    expect(verb('roster', 'generate', '--employees', '300', '--days', '20', '--seed', '9') === instance).toBe(true);
    expect(pipe(instance, 'check').stdout).toMatch(/^sound: 300 people, 20 days, \d+ groups\n$/);
    const solved = pipe(instance, 'solve');
    expect(solved.status, solved.stderr).toBe(0);
    expect(pipe(instance, 'solve').stdout === solved.stdout).toBe(true);
    const { people, broken } = JSON.parse(solved.stdout), { groups, people: asked } = JSON.parse(instance);
    expect(broken).toEqual({ service: 0, agency: 0, unit: 0, quota: 0 });
    expect(people.every((line: string, p: number) => [...line].every((letter, d) => letter === 'K' || asked[p].cells[d] !== '-'))).toBe(true);
    /* nobody beyond what a group may: counted here, not by the program */
    const lies = (g: number | undefined, in_: number): boolean => g !== undefined && (g === in_ || lies(groups[g].parent, in_));
    groups.forEach((g: { most?: number[] }, i: number) => g.most?.forEach((most, d) => expect(people.filter((line: string, p: number) => line[d] === 'R' && lies(asked[p].group, i)).length).toBeLessThanOrEqual(most)));
  });
  it('says which limits cannot all be kept', () => {
    const week = [0, 1, 2, 3, 4], instance = {
      days: week.map(d => ({ day: `2025-12-0${1 + d}`, week: 0 })), groups: [{ rank: 'agency' }, { parent: 0, rank: 'service', most: [1, 1, 1, 1, 1] }],
      people: Array.from({ length: 10 }, () => ({ group: 1, cells: '.....', week_least: 2, week_most: 2 })),
    };
    const { short_by, clashes } = JSON.parse(pipe(JSON.stringify(instance), 'clashes').stdout);
    expect({ short_by, clashes: clashes.map((c: { asked: number; let: number }) => [c.asked, c.let]) }).toEqual({ short_by: 15, clashes: [[20, 5]] });
    expect(clashes[0].lets).toEqual(week.map(column => ({ kind: 'group', row: 1, column, days: 1 })));
    expect(JSON.parse(pipe(JSON.stringify(instance), 'solve').stdout).broken).toEqual({ service: 0, agency: 0, unit: 0, quota: 15 });
  });
  it('names what cannot be planned, and does no harm to hostile text', () => {
    expect(tryVerb('roster')).toMatchObject({ status: 2 });
    expect(tryVerb('roster', 'generate', '--employees', '0').status).toBe(2);
    const instance = JSON.parse(verb('roster', 'generate', '--employees', '20', '--days', '5'));
    instance.groups[1].most[2] = -1;
    expect(pipe(JSON.stringify(instance), 'solve')).toMatchObject({ status: 3, stdout: '', stderr: expect.stringMatching(/least 0, most -1|\/groups\/1\/most/) });
    for (const text of ['', '[]', '{"days":', '['.repeat(100_000), `{"days":"${'x'.repeat(26 << 20)}"}`]) expect(pipe(text, 'solve')).toMatchObject({ status: 3, stdout: '' });
  });
});
