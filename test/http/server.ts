/*
 * Starts the real program on a private port and directory, and talks to it as a phone would. The demo
 * store is filled once per run of the suite and copied for each file, so that scenarios cannot disturb
 * one another.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';

export const BIN = process.env.LUWES_BIN ?? join(import.meta.dirname, '../../build/luwes');
export const INSTANT = '2025-11-13T07:20+07:00';
export const TODAY = '2025-11-13';
export const QUICK = process.env.LUWES_QUICK === '1';

export interface Login { role: string; government: string; nip: string; password: string }

/** A UUIDv7 of the given instant. */
export function uuid7(at = Date.now()): string {
  const b = randomBytes(16);
  b.writeUIntBE(at, 0, 6);
  b[6] = (b[6]! & 0x0f) | 0x70;
  b[8] = (b[8]! & 0x3f) | 0x80;
  const h = b.toString('hex');
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-${h.slice(12, 16)}-${h.slice(16, 20)}-${h.slice(20)}`;
}

export interface Reply { status: number; body: any; headers: Headers; text: string }

export class Client {
  cookie = '';
  constructor(readonly url: string) {}

  async send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Reply> {
    const init: RequestInit = { method, signal: AbortSignal.timeout(20_000), /* a lost answer fails, it does not hang */ headers: { ...(this.cookie ? { cookie: this.cookie } : {}), ...headers } };
    const h = init.headers as Record<string, string>;
    if (method !== 'GET') {
      h['x-luwes'] ??= '1';
      h['idempotency-key'] ??= uuid7();
    }
    if (body !== undefined) {
      h['content-type'] ??= 'application/json';
      init.body = typeof body === 'string' || body instanceof Uint8Array ? (body as BodyInit) : JSON.stringify(body);
    }
    const r = await fetch(this.url + path, init);
    const text = await r.text();
    let parsed: unknown;
    try { parsed = text ? JSON.parse(text) : undefined; } catch { parsed = undefined; }
    for (const c of r.headers.getSetCookie()) {
      const pair = c.split(';')[0]!, name = pair.split('=')[0]!;
      this.cookie = [...this.cookie.split('; ').filter(p => p && !p.startsWith(name + '=')), pair].join('; ');
    }
    return { status: r.status, body: parsed, headers: r.headers, text };
  }
  get = (path: string) => this.send('GET', path);
  post = (path: string, body: unknown = {}, headers: Record<string, string> = {}) => this.send('POST', path, body, headers);
  put = (path: string, body: unknown, headers: Record<string, string> = {}) => this.send('PUT', path, body, headers);

  async signIn(l: Login): Promise<this> {
    const r = await this.post('/api/v1/sessions', { government: l.government, nip: l.nip, password: l.password });
    if (r.status !== 200) throw new Error(`sign-in of ${l.role}: ${r.status} ${r.text}`);
    return this;
  }
}

/** The demo store of this run, made once: LUWES_FIXTURE names the directory (see global.ts). */
const fixture = () => join(process.env.LUWES_FIXTURE!, 'demo.db');

/** Runs a verb to its end; its exit status and what it said are in the error when it is not 0. */
export function verb(...args: string[]): string {
  const r = tryVerb(...args);
  if (r.status !== 0) throw new Error(`luwes ${args.join(' ')}: exit ${r.status}\n${r.stdout}${r.stderr}`);
  return r.stdout;
}
export function tryVerb(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(BIN, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
}

/* a test that fails before its end leaves no server behind */
const running = new Set<ChildProcess>();
process.on('exit', () => { for (const c of running) c.kill('SIGKILL'); });

export class Server {
  url = '';
  private child?: ChildProcess;
  private stderr = '';
  constructor(readonly dir: string, readonly db: string, readonly env: NodeJS.ProcessEnv = process.env) {}

  async start(...options: string[]): Promise<this> {
    const clock = options.includes('--clock') ? [] : ['--clock', `${INSTANT},x1`];
    this.stderr = '';
    this.child = spawn(BIN, ['serve', '--db', this.db, '--listen', '127.0.0.1:0', '--log', 'warn', ...clock, ...options],
      { stdio: ['ignore', 'pipe', 'pipe'], env: this.env });
    const child = this.child;
    running.add(child);
    child.on('exit', () => running.delete(child));
    this.child.stderr!.on('data', d => { this.stderr += d; });
    this.url = await new Promise<string>((resolve, reject) => {
      let out = '';
      this.child!.stdout!.on('data', d => { out += d; const m = /listening (\S+)/.exec(out); if (m) resolve(m[1]!); });
      this.child!.on('exit', code => reject(new Error(`serve ended with ${code}: ${this.stderr}`)));
    });
    return this;
  }
  get log(): string { return this.stderr; }
  get pid(): number { return this.child!.pid!; }
  client(): Client { return new Client(this.url); }
  /** Sends a signal and waits for the end; resolves to the exit status (null when killed). */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    const c = this.child;
    if (!c || c.exitCode !== null || c.signalCode !== null) return c?.exitCode ?? null;
    const ended = new Promise<number | null>(resolve => c.on('exit', code => resolve(code)));
    c.kill(signal);
    return ended;
  }
  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.dir, { recursive: true, force: true });
  }
}

/** A copy of the demo store in a directory of its own. */
export function copyStore(): { dir: string; db: string } {
  const dir = mkdtempSync(join(tmpdir(), 'luwes-http-')), db = join(dir, 'demo.db');
  cpSync(fixture(), db);
  cpSync(fixture() + '.keys', db + '.keys');
  if (existsSync(fixture() + '.files')) cpSync(fixture() + '.files', db + '.files', { recursive: true });
  return { dir, db };
}

/** A server over a copy of the demo store. */
export async function demoServer(...options: string[]): Promise<Server> {
  const { dir, db } = copyStore();
  return new Server(dir, db).start(...options);
}

/** The demo logins in their order: the employees are one at home today, a counter, a teacher, a night nurse. */
export function logins(db: string): Login[] {
  return verb('demo', '--db', db, '--logins').trim().split('\n').map(line => {
    const [role, government, nip, password] = line.split('\t');
    return { role: role!, government: government!, nip: nip!, password: password! };
  });
}
export const loginOf = (all: Login[], role: string, government = 'jabar'): Login => {
  const l = all.find(x => x.role === role && x.government === government);
  if (!l) throw new Error(`no demo login for ${role} of ${government}`);
  return l;
};

export type EmployeeKind = 'home' | 'counter' | 'teacher' | 'nurse';
export const employeeLogin = (all: Login[], kind: EmployeeKind): Login =>
  all.filter(l => l.role === 'employee' && l.government === 'jabar')[['home', 'counter', 'teacher', 'nurse'].indexOf(kind)]!;

/** Every demo user has the same password, so anybody the board can see may sign in. */
export async function employeeWho(server: Server, all: Login[], fits: (day: any) => boolean): Promise<{ login: Login; employee: string }> {
  const bkd = await server.client().signIn(loginOf(all, 'bkd'));
  for (const agency of (await bkd.get('/api/v1/org/units')).body.items)
    for (const p of (await bkd.get(`/api/v1/org/units/${agency.id}/employees?limit=200`)).body.items) {
      if (p.account !== 'active') continue;
      if (fits((await bkd.get(`/api/v1/attendance/days/${p.id}/${TODAY}`)).body))
        return { employee: p.id, login: { role: 'employee', government: 'jabar', nip: p.nip, password: all[0]!.password } };
    }
  throw new Error('nobody in the demo store fits');
}

/** A punch of now (demo time), at a place if given. */
export function punch(direction: 'in' | 'out', at: Date, place?: { lat_e7: number; lon_e7: number; accuracy_metres: number }) {
  return { id: uuid7(at.getTime()), direction, phone_at: at.toISOString(), offset_ms: 0, ...place };
}
export const readText = (path: string) => readFileSync(join(import.meta.dirname, '../..', path), 'utf8');

/** The one who heads the unit, of its people: every demo user has the same password. */
export async function headOf(bkd: Client, people: readonly { employee: string; nip: string }[], password: string): Promise<Login> {
  for (const p of people)
    if ((await bkd.get(`/api/v1/org/roles?employee=${p.employee}`)).body.items.some((r: any) => r.role === 'unit_head'))
      return { role: 'unit_head', government: 'jabar', nip: p.nip, password };
  throw new Error('nobody heads the unit');
}

/** The direct superior of somebody today; undefined when none is entered. */
export async function superiorOf(bkd: Client, employee: string, password: string): Promise<(Login & { employee: string }) | undefined> {
  const of = async (id: string) => (await bkd.get(`/api/v1/org/employees/${id}`)).body;
  const boss = (await of(employee)).superiors.find((s: any) => s.relation === 'supervisor')?.employee;
  return boss && { role: 'supervisor', government: 'jabar', nip: (await of(boss)).nip, password, employee: boss };
}

/** So many people whose day of today fits, put under one superior by the board's file. */
export async function putUnder(bkd: Client, head: Login, size: number, fits: (day: any, position: string) => boolean): Promise<{ login: Login; name: string; employee: string }[]> {
  const found: { login: Login; name: string; employee: string }[] = [];
  for (const unit of (await bkd.get('/api/v1/org/units')).body.items)
    for (let after = ''; found.length < size;) {
      const page = (await bkd.get(`/api/v1/org/units/${unit.id}/employees?limit=200${after && `&after=${after}`}`)).body;
      for (const p of page.items)
        if (p.account === 'active' && p.nip !== head.nip && found.length < size && fits((await bkd.get(`/api/v1/attendance/days/${p.id}/${TODAY}`)).body, p.position))
          found.push({ login: { ...head, nip: p.nip }, name: p.name, employee: p.id });
      if (!(after = page.next)) break;
    }
  if (found.length < size) throw new Error(`only ${found.length} people fit`);
  const file = ['nip;superior', ...found.map(p => `${p.login.nip};${head.nip}`)].join('\r\n') + '\r\n';
  const up = await bkd.post('/api/v1/files', file, { 'content-type': 'application/octet-stream' });
  const sent = await bkd.post('/api/v1/imports', { kind: 'supervisors', sha256: up.body.sha256, file_name: 'atasan.csv', effective: TODAY, dry_run: false });
  let r;
  do r = (await bkd.get(`/api/v1/imports/${sent.body.import}`)).body; while (r.state === 'waiting');
  if (r.errors !== 0) throw new Error((await bkd.get(`/api/v1/imports/${sent.body.import}/errors`)).text);
  return found;
}

/** A whole rating, as the direct superior sends it. */
export const ratingBody = (more: object = {}) => ({
  period: 'quarterly', day: '2025-09-30', version: 0, work: 'as', behaviour: 'as', tell: true,
  behaviours: ['service', 'accountable', 'competent', 'harmonious', 'loyal', 'adaptive', 'collaborative'].map(conduct => ({ conduct, note: 'Terlihat dalam pekerjaan sehari-hari' })), ...more,
});

/** Rows of one table of what `luwes dump` prints. */
export function dumpRows(dump: string, table: string): Record<string, string>[] {
  const lines = dump.split('\n'), at = lines.indexOf(`table ${table}`);
  if (at < 0) throw new Error(`no table ${table}`);
  const columns = lines[at + 1]!.split('\t'), out: Record<string, string>[] = [];
  for (let i = at + 2; i < lines.length && !lines[i]!.startsWith('table ') && lines[i] !== ''; i++)
    out.push(Object.fromEntries(lines[i]!.split('\t').map((v, k) => [columns[k]!, v])));
  return out;
}
