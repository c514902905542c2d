/* What breaks under the program: a full disk, an old store, a lost file, a wrong command. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { shimIn, withDisk } from './disk';
import { copyStore, demoServer, employeeLogin, logins, punch, Server, TODAY, tryVerb, verb, type Client, type Login } from './server';

const roots = (db: string) => verb('doctor', '--db', db).split('\n').filter(l => l.startsWith('root '));
let scratch: string;
beforeAll(() => { scratch = mkdtempSync(join(tmpdir(), 'luwes-faults-')); });
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe('a full disk', () => {
  let server: Server, all: Login[], c: Client, flag: string;
  const isFull = (full: boolean) => (full ? writeFileSync(flag, '') : rmSync(flag));
  const report = (version: number, obstacle: string) => ({ day: TODAY, version, items: [], submit: false, obstacle });

  beforeAll(async () => {
    const { dir, db } = copyStore(), shim = shimIn(dir);
    flag = join(dir, 'full');
    all = logins(db);
    server = await new Server(dir, db, withDisk(shim, { LUWES_DISK_FULL: flag })).start();
    c = await server.client().signIn(employeeLogin(all, 'home'));
  });
  afterAll(() => server.remove());

  it('answers every write 507, keeps reading, and goes on when there is room again', async () => {
    const event = punch('in', new Date('2025-11-13T00:20:00Z')), draft = (await c.get('/api/v1/reports/daily')).body;
    isFull(true);
    for (const r of [await c.post('/api/v1/attendance/punches', { events: [event] }), await c.put('/api/v1/reports/daily', report(draft.version, 'penuh')), await c.post('/api/v1/files', 'a;b\r\n')]) {
      expect(r.status, r.text).toBe(507);
      expect(r.body.code).toBe('store_full');
    }
    for (const path of ['/api/v1/me', '/api/v1/me/today', '/api/v1/attendance/days', '/livez']) expect((await c.get(path)).status, path).toBe(200);
    expect((await c.get('/readyz')).status).toBe(503);
    isFull(false);
    const again = await c.post('/api/v1/attendance/punches', { events: [event] });
    expect(again.body.receipts[0].status).toBe('accepted');
    expect((await c.put('/api/v1/reports/daily', report(draft.version, 'ada tempat'))).status).toBe(200);
    expect((await c.get('/api/v1/reports/daily')).body.obstacle).toBe('ada tempat');
    expect((await c.get('/readyz')).status).toBe(200);
  });
  it('lost nothing it acknowledged, and the log is whole', async () => {
    expect(await server.stop()).toBe(0);
    expect(roots(server.db)).toHaveLength(2);
  });
});

describe('a store of an older program', () => {
  it('is refused without --migrate and served with it', async () => {
    const db = join(scratch, 'old.db');
    writeFileSync(db, '');
    const refused = tryVerb('serve', '--db', db, '--listen', '127.0.0.1:0');
    expect(refused.status).toBe(1);
    expect(refused.stderr).toMatch(/lacks \d+ migration.*--migrate/);
    const server = await new Server(scratch, db).start('--migrate');
    expect((await server.client().get('/readyz')).status).toBe(200);
    expect((await server.client().get('/api/v1/governments')).body).toEqual({ items: [] });
    expect((await server.client().get('/api/v1/demo')).body).toMatchObject({ is_demo: false, logins: [] });
    expect(await server.stop()).toBe(0);
  });
  it('has nothing to migrate twice', () => {
    const db = join(scratch, 'new.db');
    verb('migrate', '--db', db);
    const first = verb('dump', '--db', db);
    verb('migrate', '--db', db);
    expect(verb('dump', '--db', db)).toBe(first);
  });
});

describe('the exit status', () => {
  it.each<[string, number, string[]]>([
    ['no verb', 2, []], ['a verb that is none', 2, ['dance']], ['an option that is none', 2, ['doctor', '--fast']], ['an option without its value', 2, ['serve', '--db']],
    ['help', 0, ['help']], ['help for a verb', 0, ['help', 'serve']], ['help for none', 2, ['help', 'dance']], ['version', 0, ['version']], ['routes', 0, ['routes']],
    ['too few people', 2, ['demo', '--employees', '1']], ['no such store', 1, ['doctor', '--db', '/nonexistent/luwes.db']], ['a clock that is none', 1, ['serve', '--clock', 'yesterday']],
    ['a government that is none', 1, ['import', '--government', 'none', '--kind', 'employees', '--effective', TODAY, '--db', '@store', '@good']],
    ['an import with a fault', 3, ['import', '--government', 'jabar', '--kind', 'employees', '--effective', TODAY, '--db', '@store', '@bad']],
    ['a good import', 0, ['import', '--government', 'jabar', '--kind', 'employees', '--effective', TODAY, '--dry-run', '--db', '@store', '@good']],
  ])('of %s is %i', (_name, status, args) => {
    const dir = join(scratch, `verb${Math.random()}`), { db } = copyStore();
    mkdirSync(dir);
    writeFileSync(join(dir, 'good.csv'), 'nip;name;employment_kind\r\n199103152020121003;Dewi Rahmawati;pns\r\n');
    writeFileSync(join(dir, 'bad.csv'), 'nip;name;employment_kind\r\n1.98E+17;Dewi Rahmawati;pns\r\n');
    const r = tryVerb(...args.map(a => (a === '@store' ? db : a.startsWith('@') ? join(dir, `${a.slice(1)}.csv`) : a)));
    expect(r.status, r.stdout + r.stderr).toBe(status);
    if (status === 3) expect(r.stdout).toBe('2\tnip\tnip_scientific\t1.98E+17\n');
    else if (status > 0) expect(r.stderr).toMatch(/^(luwes|usage)/);
    rmSync(join(db, '..'), { recursive: true });
  });
  it('of doctor over a lost file is 3, and it is named', async () => {
    const server = await demoServer();
    const c = await server.client().signIn(employeeLogin(logins(server.db), 'home'));
    const { sha256 } = (await c.post('/api/v1/files', 'a;b\r\n')).body;
    await server.stop();
    const [lost] = (readdirSync(`${server.db}.files`, { recursive: true }) as string[]).filter(f => f.replaceAll('/', '').endsWith(sha256.slice(4)));
    rmSync(join(`${server.db}.files`, lost!));
    const r = tryVerb('doctor', '--db', server.db);
    expect(r.status).toBe(3);
    expect(r.stdout + r.stderr).toContain(sha256.slice(0, 8));
    await server.remove();
  });
});
