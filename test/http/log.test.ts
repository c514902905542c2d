/*
 * The log as outsiders meet it: a real server, `luwes sign` and `luwes witness` as processes of their own, a
 * store that was tampered with, and an older one put in its place.
 */
import { spawn } from 'node:child_process';
import { createHash, createPublicKey, verify as verifySignature } from 'node:crypto';
import { chmodSync, cpSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BIN, copyStore, employeeLogin, logins, punch, Server, tryVerb, verb, type Client } from './server';

const LOG = '/api/v1/public/jabar/log';
let dir: string, server: Server, logKey: string, witnessKey: string, employee: Client, turn = 0;
const path = (name: string) => join(dir, name);
const sign = (...more: string[]) => tryVerb('sign', '--server', server.url, '--government', 'jabar', '--key', path('log.key'), '--state', path('log.state'), '--once', ...more);
const witness = (...more: string[]) => tryVerb('witness', '--server', server.url, '--government', 'jabar', '--log-key', logKey, '--key', path('witness.key'), '--state', path('witnessed'), '--once', ...more);
const head = async () => (await server.client().get(`${LOG}/head`)).body as { size: number; root: string };
const checkpoint = () => server.client().get(`${LOG}/checkpoint`);
const sha256 = (...parts: Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest();

/** Leaves of today: one for each punch. */
async function write(count = 1): Promise<void> {
  for (let i = 0; i < count; i++) {
    const at = new Date(Date.parse('2025-11-13T00:21:00Z') + ++turn * 1000);
    const r = await employee.post('/api/v1/attendance/punches', { events: [punch('in', at)] });
    if (r.status !== 200) throw new Error(`${r.status} ${r.text}`);
  }
}

async function serve(db: string): Promise<Server> {
  const s = await new Server(dir, db).start();
  employee = await s.client().signIn(employeeLogin(logins(db), 'home'));
  return s;
}

/** Base64 of a signature line and the key in a verifier key, checked with Node's own Ed25519. */
function isSigned(text: string, vkey: string, note: string): boolean {
  const [name, id, key] = [vkey.split('+')[0]!, vkey.split('+')[1]!, vkey.split('+').slice(2).join('+')];
  const line = note.split('\n').find(l => l.startsWith(`— ${name} `));
  if (!line) return false;
  const raw = Buffer.from(line.split(' ')[2]!, 'base64'), bytes = Buffer.from(key, 'base64');
  expect(raw.subarray(0, 4).toString('hex')).toBe(id);
  const publicKey = createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: bytes.subarray(1).toString('base64url') } });
  const message = bytes[0] === 4 ? `cosignature/v1\ntime ${raw.readBigUInt64BE(4)}\n${text}` : text;
  return verifySignature(null, Buffer.from(message), publicKey, raw.subarray(bytes[0] === 4 ? 12 : 4));
}

beforeAll(async () => {
  const copy = copyStore();
  dir = copy.dir;
  logKey = verb('sign', '--new-key', path('log.key'), '--name', 'luwes.jabar').trim();
  witnessKey = verb('witness', '--new-key', path('witness.key'), '--name', 'inspektorat.jabar').trim();
  server = await serve(copy.db);
});
afterAll(() => server.remove());

describe('keys', () => {
  it('lie in files of their own that nobody else may read', () => {
    expect(statSync(path('log.key')).mode & 0o777).toBe(0o600);
    expect(logKey).toMatch(/^luwes\.jabar\+[0-9a-f]{8}\+A[A-Za-z0-9+/=]+$/);
    expect(witnessKey).toMatch(/^inspektorat\.jabar\+[0-9a-f]{8}\+B[A-Za-z0-9+/=]+$/);
    expect(tryVerb('sign', '--new-key', path('log.key'), '--name', 'x')).toMatchObject({ status: 1, stderr: expect.stringContaining('File exists') });
    expect(tryVerb('sign', '--new-key', path('bad.key'), '--name', 'a b').status).toBe(1);
    chmodSync(path('log.key'), 0o644);
    expect(sign()).toMatchObject({ status: 1, stderr: expect.stringContaining('chmod 600') });
    chmodSync(path('log.key'), 0o600);
    expect(tryVerb('witness', '--server', server.url, '--government', 'jabar', '--log-key', logKey, '--key', path('log.key'), '--state', path('w'), '--once')).toMatchObject({ status: 1, stderr: expect.stringContaining('not a key file of luwes witness') });
  });

  it('sign nothing that the server takes until they are registered by a letter', async () => {
    expect((await checkpoint()).status).toBe(409);
    expect(sign()).toMatchObject({ status: 1, stderr: expect.stringContaining('not signed by a registered key') });
    expect(witness()).toMatchObject({ status: 0, stdout: '' });
    for (const bad of [['--register', logKey], ['--register', 'nonsense', '--letter', 'SK'], ['--end', 'x'], ['--list', '--end', '1']])
      expect(tryVerb('sign', ...bad, '--government', 'jabar', '--db', server.db).status).toBe(2);
    verb('sign', '--register', logKey, '--letter', 'SK 1/2025', '--government', 'jabar', '--db', server.db);
    const id = verb('sign', '--register', witnessKey, '--letter', 'SK 2/2025', '--government', 'jabar', '--db', server.db).trim();
    expect(tryVerb('sign', '--register', logKey, '--letter', 'SK 1/2025', '--government', 'jabar', '--db', server.db)).toMatchObject({ status: 1, stderr: expect.stringContaining('registered already') });
    expect(verb('sign', '--list', '--government', 'jabar', '--db', server.db)).toContain(`${id}\twitness\t${witnessKey}`);
    const keys = (await server.client().get(`${LOG}/keys`)).body;
    expect(keys.keys.map((k: any) => [k.kind, k.vkey, k.letter, k.valid_to])).toEqual([['witness', witnessKey, 'SK 2/2025', undefined], ['log', logKey, 'SK 1/2025', undefined]]);
    expect(Buffer.from(keys.online[0].key, 'base64url')).toHaveLength(32);
    expect((await server.client().get('/api/v1/public/kotacontoh/log/keys')).body.keys).toEqual([]);
  });
});

describe('heads', () => {
  it('are signed when the log has grown, and once', async () => {
    const before = await head();
    expect(sign()).toMatchObject({ status: 0, stdout: `signed ${before.size} ${before.root}\n` });
    expect(sign()).toMatchObject({ status: 0, stdout: '' });
    const note = (await checkpoint()).text, text = `luwes.jabar\n${before.size}\n${before.root}\n`;
    expect(note.startsWith(text + '\n')).toBe(true);
    expect(isSigned(text, logKey, note)).toBe(true);
    await write(3);
    const after = await head();
    expect(after.size).toBeGreaterThan(before.size);
    expect(sign()).toMatchObject({ status: 0, stdout: `signed ${after.size} ${after.root}\n` });
    expect((await checkpoint()).headers.get('content-type')).toContain('text/plain');
    expect((await employee.get('/api/v1/log/checkpoint')).text).toBe((await checkpoint()).text);
    expect((await server.client().get('/api/v1/log/checkpoint')).status).toBe(401);
  });

  it('carry what witnesses put under them', async () => {
    const now = await head();
    expect(witness()).toMatchObject({ status: 0, stdout: `witnessed luwes.jabar ${now.size} ${now.root}\n` });
    expect(witness()).toMatchObject({ status: 0, stdout: '' });
    const note = (await checkpoint()).text, text = `luwes.jabar\n${now.size}\n${now.root}\n`;
    expect(isSigned(text, logKey, note)).toBe(true);
    expect(isSigned(text, witnessKey, note)).toBe(true);
    await write(2);
    sign();
    expect(witness().stdout).toContain('witnessed');
  });

  it('that got lost on their way are handed in again', async () => {
    await write();
    await server.stop();
    expect(sign().status).toBe(1); /* nobody answers, so nothing is seen and nothing signed */
    server = await serve(server.db);
    const now = await head();
    /* the head was kept, its signature never arrived */
    writeFileSync(path('log.state'), `luwes.jabar\n${now.size}\n${now.root}\n`);
    expect(sign()).toMatchObject({ status: 0, stdout: `signed ${now.size} ${now.root}\n` });
  });

  it('prove to anybody that a leaf lies in the log', async () => {
    const proof = (await employee.get('/api/v1/log/proof?index=100')).text, lines = proof.split('\n');
    expect(lines.slice(0, 2)).toEqual(['c2sp.org/tlog-proof@v1', 'index 100']);
    const at = lines.indexOf(''), hashes = lines.slice(2, at).map(l => Buffer.from(l, 'base64')), note = lines.slice(at + 1);
    const leaf = /^(\S+)$/.exec(leafHash(100))![1]!;
    let r = Buffer.from(leaf, 'hex'), fn = 100, sn = Number(note[1]) - 1;
    for (const h of hashes) {
      if (fn % 2 || fn === sn) { r = sha256(Buffer.from([1]), h, r); while (fn && fn % 2 === 0) { fn = Math.floor(fn / 2); sn = Math.floor(sn / 2); } } else r = sha256(Buffer.from([1]), r, h);
      fn = Math.floor(fn / 2); sn = Math.floor(sn / 2);
    }
    expect(r.toString('base64')).toBe(note[2]);
    expect((await employee.get('/api/v1/log/proof?index=99999999')).status).toBe(409);
    expect((await employee.get('/api/v1/log/proof?index=-1')).status).toBe(400);
    expect((await server.client().get('/api/v1/log/proof?index=1')).status).toBe(401);
  });
  const leafHash = (index: number) => {
    const dump = verb('dump', '--db', server.db).split('\n'), table = dump.indexOf('table trust_leaf'), columns = dump[table + 1]!.split('\t');
    const jabar = dump.find(l => l.includes('\tjabar\t'))!.split('\t')[0]!;
    const row = dump.slice(table + 2).map(l => l.split('\t')).find(l => l[columns.indexOf('government_id')] === jabar && l[columns.indexOf('leaf_index')] === String(index))!;
    return row[columns.indexOf('leaf_hash')]!;
  };

  it('ask for bounded things only', async () => {
    const c = server.client(), { size } = await head();
    const proof = await c.get(`${LOG}/consistency?from=100&to=${size}`);
    expect(proof.status).toBe(200);
    expect(proof.text.trim().split('\n').length).toBeLessThan(40);
    expect((await c.send('GET', `${LOG}/consistency?from=100&to=${size}`, undefined, { 'if-none-match': proof.headers.get('etag')! })).status).toBe(304);
    for (const bad of ['from=5&to=4', `from=0&to=${size + 1}`]) expect((await c.get(`${LOG}/consistency?${bad}`)).status).toBe(404);
    for (const bad of ['from=5', 'from=-1&to=4', 'from=a&to=4', 'from=0&to=1&x=1']) expect((await c.get(`${LOG}/consistency?${bad}`)).status).toBe(400);
    expect((await c.get('/api/v1/public/nowhere/log/head')).status).toBe(404);
    expect((await c.get('/api/v1/public/nowhere/log/checkpoint')).status).toBe(404);
  });

  it('are taken from nobody but registered keys, and only of this tree', async () => {
    const c = server.client(), note = (await checkpoint()).text;
    const refused = async (where: string, body: string, status: number) => { const r = await c.post(`${LOG}/${where}`, { note: body }); expect([r.status, r.text]).toEqual([status, expect.anything()]); };
    await refused('checkpoints', 'x', 400);
    await refused('checkpoints', note.replace('luwes.jabar\n', 'luwes.jateng\n'), 422);
    await refused('checkpoints', note.replace(/\n(\d)/, '\n9'), 422);
    await refused('cosignatures', note.split('— inspektorat')[0]!, 422);
    await refused('checkpoints', note, 204); /* the same again */
    expect((await c.send('POST', `${LOG}/checkpoints`, { note }, { 'x-luwes': '0' })).status).toBe(403);
    expect((await c.post('/api/v1/public/kotacontoh/log/checkpoints', { note })).status).toBe(422);
  });
});

describe('a history that was changed', () => {
  let honest: string, forked: string;

  beforeAll(async () => {
    await server.stop();
    honest = path('honest.db');
    copy(server.db, honest);
    forked = path('forked.db');
    copy(server.db, forked);
  });
  const copy = (from: string, to: string) => { cpSync(from, to); cpSync(`${from}.keys`, `${to}.keys`); };
  const openWith = async (db: string) => { await server.stop(); server = await serve(db); };

  it('is refused by the signer, who keeps what it knows', async () => {
    await openWith(honest);
    await write(2);
    expect(sign().stdout).toContain('signed');
    const state = readFileSync(path('log.state'), 'utf8');
    await openWith(forked);
    await write(5); /* other leaves at the same places */
    expect(sign()).toMatchObject({ status: 3, stdout: '', stderr: expect.stringContaining('does not continue') });
    expect(readFileSync(path('log.state'), 'utf8')).toBe(state);
  });

  it('is refused by the witness though the log signed it, and kept as proof', async () => {
    await openWith(honest);
    expect(witness().stdout).toContain('witnessed');
    await openWith(forked);
    await write(5);
    const other = ['--server', server.url, '--government', 'jabar', '--key', path('log.key'), '--state', path('second.state'), '--once'];
    expect(tryVerb('sign', ...other).status).toBe(0); /* a signer that forgot */
    expect(witness()).toMatchObject({ status: 3, stdout: '', stderr: expect.stringContaining('forked') });
    const kept = /kept in (\S+)/.exec(witness().stderr)![1]!;
    const note = readFileSync(kept, 'utf8'), text = note.slice(0, note.indexOf('\n\n') + 1);
    expect(isSigned(text, logKey, note)).toBe(true);
    expect(isSigned(text, witnessKey, note)).toBe(false);
  });

  it('that was put back in time is refused as shrinking', async () => {
    await openWith(honest);
    await write(4);
    sign();
    witness();
    copy(path('demo.db'), path('restored.db')); /* of before the last writes */
    await openWith(path('restored.db'));
    expect(sign()).toMatchObject({ status: 3, stdout: '', stderr: expect.stringContaining('older store?') });
    expect(witness()).toMatchObject({ status: 3, stdout: '', stderr: expect.stringContaining('were witnessed') });
    await openWith(honest);
    expect(sign().status).toBe(0);
  });

  it('shows to doctor', async () => {
    await server.stop();
    const db = path('tampered.db');
    copy(honest, db);
    const bytes = readFileSync(db), dump = verb('dump', '--db', db).split('\n'), nodes = dump.indexOf('table trust_node');
    expect(tryVerb('doctor', '--db', db).stdout).not.toContain('of the log');
    const node = dump[nodes + 2]!.split('\t')[dump[nodes + 1]!.split('\t').indexOf('node_hash')]!;
    bytes[bytes.indexOf(Buffer.from(node, 'hex'))]! ^= 1;
    writeFileSync(db, bytes);
    expect(tryVerb('doctor', '--db', db)).toMatchObject({ status: 3, stdout: expect.stringMatching(/fault \w+: 1 kept nodes of the log/) });
  });
});

describe('running', () => {
  it('signs again and again until it is told to end, and one at a time', async () => {
    server = await serve(path('honest.db'));
    const options = ['sign', '--server', server.url, '--government', 'jabar', '--key', path('log.key'), '--state', path('log.state'), '--every', '1'];
    const child = spawn(BIN, options, { stdio: ['ignore', 'pipe', 'pipe'] }), ended = new Promise<number | null>(resolve => child.on('exit', resolve));
    let out = '';
    const seen = (count: number) => new Promise<void>(resolve => { const look = () => { if (out.split('signed').length > count) resolve(); }; child.stdout.on('data', d => { out += d; look(); }); look(); });
    try {
      await write();
      await seen(1);
      expect(sign()).toMatchObject({ status: 1, stderr: expect.stringContaining('another process holds') });
      await write();
      await seen(2);
    } finally { child.kill('SIGTERM'); }
    expect(await ended).toBe(0);
  });

  it('witnesses several logs from a list', async () => {
    const other = verb('sign', '--new-key', path('kota.key'), '--name', 'luwes.kotacontoh').trim();
    verb('sign', '--register', other, '--letter', 'SK 3', '--government', 'kotacontoh', '--db', server.db);
    verb('sign', '--register', witnessKey, '--letter', 'SK 4', '--government', 'kotacontoh', '--db', server.db);
    verb('sign', '--server', server.url, '--government', 'kotacontoh', '--key', path('kota.key'), '--state', path('kota.state'), '--once');
    writeFileSync(path('logs'), `# yang diikuti\n${server.url} jabar ${logKey}\n\n${server.url}/ kotacontoh ${other}\n`);
    const list = (...more: string[]) => tryVerb('witness', '--logs', path('logs'), '--key', path('witness.key'), '--state', path('several'), '--once', ...more);
    expect(list().stdout.trim().split('\n').map(l => l.split(' ')[1])).toEqual(['luwes.jabar', 'luwes.kotacontoh']);
    /* the log's key is what counts, not what the server says */
    writeFileSync(path('logs'), `${server.url} jabar ${logKey}\n${server.url} kotacontoh ${verb('sign', '--new-key', path('false.key'), '--name', 'luwes.kotacontoh').trim()}\n`);
    expect(list()).toMatchObject({ status: 3, stderr: expect.stringContaining("the log's key did not sign") });
    writeFileSync(path('logs'), 'only two\n');
    expect(list().status).toBe(1);
  });
});
