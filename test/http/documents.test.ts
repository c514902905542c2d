/*
 * Papers that are issued: printing is looking, issuing is an act. One roster of December from its draft to a cover
 * letter that is issued, replaced, withdrawn; a return of the board; a Berita Acara that may not be signed; and what
 * anybody learns by the code. The signature is checked by the program's own verb and by poppler's pdfsig.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { copyStore, employeeLogin, loginOf, logins, Server, tryVerb, uuid7, verb, type Client, type Login } from './server';

const LINE = 'TTE tidak tersertifikasi - untuk dokumen internal', NAME = 'Pemerintah Contoh, naskah internal';
interface Issued { id: string; code: string; sha256: string; is_new: boolean }
let server: Server, all: Login[], bkd: Client, head: Client, stranger: Client, unit: string, version: string, names: string[], key: string, cert: string;
const path = (rest = '') => `/api/v1/roster/versions/${version}${rest}`;
const ok = <T = any>(r: { status: number; text: string; body: any }): T => { expect(r.status, r.text).toBe(200); return r.body as T; };
const issue = async (c: Client, query: string, signed = false) => ok<Issued>(await c.post(path(`/letter?${query}`), { signed }));
const known = async (code: string) => server.client().get(`/api/v1/public/documents/${code}`);
async function fileOf(c: Client, id: string): Promise<Buffer> {
  const r = await fetch(`${server.url}/api/v1/documents/${id}/file`, { headers: { cookie: c.cookie } });
  expect([r.status, r.headers.get('content-type')]).toEqual([200, 'application/pdf']);
  return Buffer.from(await r.arrayBuffer());
}
const put = (name: string, bytes: Buffer) => { const file = join(server.dir, name); writeFileSync(file, bytes); return file; };
const textOf = (pdf: Buffer) => execFileSync('pdftotext', ['-raw', put('read.pdf', pdf), '-'], { encoding: 'utf8' }).replace(/\s+/g, ' ');
const hash = (b: Buffer) => createHash('sha256').update(b).digest('hex');
const step = async (c: Client, what: string, more: object = {}) => {
  const { version: v } = ok(await c.get(path('/sheet')));
  return ok(await c.post(path(`/${what}`), { revision: v.revision, ...more }));
};

beforeAll(async () => {
  const { dir, db } = copyStore();
  [key, cert] = [join(dir, 'naskah.key'), join(dir, 'naskah.pem')];
  expect(verb('document', '--new-key', key, '--cert', cert, '--name', NAME, '--clock', '2025-11-01T00:00+07:00')).toMatch(new RegExp(`^[0-9a-f]{64} ${NAME}\n$`));
  server = await new Server(dir, db).start('--document-key', key, '--document-cert', cert);
  all = logins(db);
  [bkd, head] = await Promise.all(['bkd', 'agency_head'].map(role => server.client().signIn(loginOf(all, role)))) as [Client, Client];
  stranger = await server.client().signIn(employeeLogin(all, 'home'));
  unit = ok(await head.get('/api/v1/me')).unit.agency;
  version = ok(await bkd.post('/api/v1/roster/versions', { unit, period_from: '2025-12-01', period_to: '2025-12-31' })).id;
  names = ok(await bkd.get(path('/sheet'))).sheet.people.flatMap((p: { name: string; nip: string }) => [p.name, p.nip]).filter(Boolean);
});
afterAll(() => server.remove());

describe('issuing a letter', () => {
  let first: Issued, pdf: Buffer;
  it('is refused of a draft, to strangers, and without a session', async () => {
    expect((await head.post(path('/letter?kind=cover'))).body).toMatchObject({ code: 'conflict', pointer: '/version' });
    expect((await stranger.post(path('/letter?kind=cover'))).status).toBe(404);
    expect((await server.client().post(path('/letter?kind=cover'))).status).toBe(401);
  });
  it('gives what was set a code, a QR on every page, and the line of its signature', async () => {
    await step(head, 'set');
    first = await issue(head, 'kind=cover&paper=f4', true);
    expect(first.is_new).toBe(true);
    expect(first.code).toMatch(/^[0-9a-f]{32}$/);
    pdf = await fileOf(head, first.id);
    expect(hash(pdf)).toBe(first.sha256);
    const text = textOf(pdf), pages = Number(/Pages:\s+(\d+)/.exec(execFileSync('pdfinfo', [put('a.pdf', pdf)], { encoding: 'utf8' }))![1]);
    const shown = first.code.toUpperCase().replaceAll(/(.{4})(?=.)/g, '$1-');
    expect(pages).toBeGreaterThan(1);
    for (const said of [shown, 'Periksa naskah ini', '/periksa/ lalu ketik kode', LINE]) expect(text.split(said).length - 1, said).toBe(pages);
    expect(text).toContain('SURAT PENGANTAR');
  });
  it('has a QR on every page that leads to its code, as a printer of 150 dpi draws it', async () => {
    prepareZXingModule({ overrides: { wasmBinary: readFileSync(join(import.meta.dirname, '../../web/node_modules/zxing-wasm/dist/reader/zxing_reader.wasm')).buffer as ArrayBuffer } });
    execFileSync('pdftoppm', ['-r', '150', '-gray', '-png', join(server.dir, 'a.pdf'), join(server.dir, 'page')]);
    const drawn = readdirSync(server.dir).filter(f => /^page-.*\.png$/.test(f));
    expect(drawn.length).toBeGreaterThan(1);
    for (const f of drawn) expect((await readBarcodes(readFileSync(join(server.dir, f)), { formats: ['QRCode'], tryHarder: true })).map(x => x.text), f).toEqual([`http://localhost:${new URL(server.url).port}/periksa/#${first.code}`]);
  });
  it('has one signature over the whole file, as two programs see it', async () => {
    const said = execFileSync('bash', ['-c', `pdfsig -nocert ${join(server.dir, 'a.pdf')}`], { encoding: 'utf8' });
    for (const line of ['Signature #1', 'Signature is Valid', 'Total document signed', 'adbe.pkcs7.detached', 'SHA-256', NAME, 'Nov 13 2025']) expect(said).toContain(line);
    expect(said).not.toContain('Signature #2');
    expect(tryVerb('document', '--check', join(server.dir, 'a.pdf'), '--cert', cert)).toMatchObject({ status: 0, stdout: `good ${NAME}\n` });
  });
  it.each([
    ['broken', (b: Buffer) => { b[2000]! ^= 1; return b; }],
    ['not_whole', (b: Buffer) => Buffer.concat([b, Buffer.from('\n1 0 obj\n<< >>\nendobj\n%%EOF\n')])],
    ['many', (b: Buffer) => Buffer.concat([b, Buffer.from('/ByteRange [0 1 2 3]')])],
  ] as const)('a changed file is %s', (fault, change) => {
    expect(tryVerb('document', '--check', put('changed.pdf', change(Buffer.from(pdf))), '--cert', cert)).toMatchObject({ status: 3, stdout: `${fault} ${NAME}\n` });
  });
  it('another key of the same name is another key; one that others may read is none', async () => {
    const other = [join(server.dir, 'b.key'), join(server.dir, 'b.pem')] as const;
    verb('document', '--new-key', other[0], '--cert', other[1], '--name', NAME);
    expect(tryVerb('document', '--check', join(server.dir, 'a.pdf'), '--cert', other[1])).toMatchObject({ status: 3, stdout: `other_key ${NAME}\n` });
    const serve = (...more: string[]) => tryVerb('serve', '--db', join(server.dir, 'no.db'), '--listen', '127.0.0.1:0', ...more);
    expect(serve('--document-key', other[0], '--document-cert', cert)).toMatchObject({ status: 1, stderr: expect.stringContaining('the key is not that of the certificate') });
    expect(serve('--document-key', other[0])).toMatchObject({ status: 1, stderr: expect.stringContaining('go together') });
    chmodSync(other[0], 0o640);
    expect(serve('--document-key', other[0], '--document-cert', other[1])).toMatchObject({ status: 1, stderr: expect.stringContaining('chmod 600') });
    expect(tryVerb('document', '--new-key', other[0], '--cert', other[1], '--name', NAME).status).toBe(1);
  });
  it('the same content is the same paper, whoever asks and however often', async () => {
    for (const c of [head, bkd]) expect(await issue(c, 'kind=cover&paper=f4', true)).toEqual({ ...first, is_new: false });
    const headers = { 'idempotency-key': uuid7() }, url = path('/letter?kind=cover&paper=f4');
    expect((await head.post(url, { signed: true }, headers)).text).toBe((await head.post(url, { signed: true }, headers)).text);
    expect((await head.post(url, { signed: false }, headers)).status).toBe(422);
    expect(ok(await head.get(`/api/v1/documents?unit=${unit}`)).items).toHaveLength(1);
  });
  it('printing it still is only looking: without a code', async () => {
    const r = await fetch(server.url + path('/letter?kind=cover&paper=f4'), { headers: { cookie: head.cookie } });
    expect(textOf(Buffer.from(await r.arrayBuffer()))).not.toContain('/periksa/');
    expect(ok(await head.get(`/api/v1/documents?unit=${unit}`)).items).toHaveLength(1);
  });
  it('tells anybody with the code what was issued by which office, and nobody\'s name', async () => {
    const r = await known(first.code.toUpperCase().replaceAll(/(.{4})(?=.)/g, '$1-'));
    const p = ok(r);
    expect(p).toMatchObject({ kind: 'roster_cover', title: 'SURAT PENGANTAR', state: 'in_force', signature: 'internal', signer: NAME, sha256: first.sha256, size_bytes: pdf.length, is_demo: true, zone: 'WIB' });
    expect(p.about).toContain('periode 1 s.d. 31 Desember 2025');
    expect(p.office).toMatch(/^Kepala /);
    expect(p.issued_at.slice(0, 10)).toBe('2025-11-13');
    for (const name of names) expect(r.text).not.toContain(name);
    for (const kept of ['issuer', 'issued_by', 'employee', 'reason', '"id"']) expect(r.text).not.toContain(kept);
    expect(r.headers.get('cache-control')).toContain('no-store');
  });
  it('other content replaces it, and both are told apart', async () => {
    const second = await issue(head, `kind=cover&paper=f4&recipient=${encodeURIComponent('Kepala BKPSDM')}`, true);
    expect(second.is_new).toBe(true);
    expect(second.code).not.toBe(first.code);
    expect(ok(await known(first.code))).toMatchObject({ state: 'replaced', sha256: first.sha256 });
    expect((await known(first.code)).text).not.toContain(second.code);
    expect(ok(await known(second.code))).toMatchObject({ state: 'in_force' });
    expect(hash(await fileOf(head, first.id))).toBe(first.sha256); /* the bytes stay */
    const unsigned = await issue(head, 'kind=cover&paper=a4'), numbered = ok<Issued>(await head.post(path('/letter?kind=cover&paper=a4'), { number: '1187' }));
    expect(ok(await known(unsigned.code))).toMatchObject({ state: 'replaced', number: expect.stringMatching(/\.{4}/) });
    expect(ok(await known(numbered.code)).number).toMatch(/^800\/1187\/XI\/2025$/);
    expect(textOf(await fileOf(head, numbered.id))).toContain('NOMOR 800/1187/XI/2025');
    expect((await issue(head, 'kind=cover&paper=a4')).is_new).toBe(true);
    expect(ok(await known(unsigned.code))).toMatchObject({ signature: 'none' });
    const text = textOf(await fileOf(head, unsigned.id));
    expect(text).toContain('Periksa naskah ini');
    expect(text).not.toContain('TTE');
    expect(tryVerb('document', '--check', put('u.pdf', await fileOf(head, unsigned.id)), '--cert', cert).stdout).toBe(`none ${NAME}\n`);
  });
  it('is withdrawn by its sender alone, once, and the reason stays inside', async () => {
    const [d] = ok(await head.get(`/api/v1/documents?unit=${unit}&subject=${version}`)).items, url = `/api/v1/documents/${d.id}/withdraw`, reason = 'Salah penerima, diterbitkan ulang.';
    expect(d).toMatchObject({ state: 'in_force', may_withdraw: true, kind: 'roster_cover' });
    expect((await stranger.post(url, { reason })).status).toBe(404);
    expect((await head.post(url, { reason: 'pendek' })).body).toMatchObject({ code: 'bad_field' });
    expect((await head.post(url, { reason })).status).toBe(204);
    expect((await head.post(url, { reason })).body).toMatchObject({ code: 'conflict' });
    const r = await known(d.code);
    expect(ok(r)).toMatchObject({ state: 'withdrawn' });
    expect(r.text).not.toContain('Salah penerima');
    expect(ok(await head.get(`/api/v1/documents?unit=${unit}`)).items[0]).toMatchObject({ state: 'withdrawn', reason, may_withdraw: false });
    expect((await issue(head, 'kind=cover&paper=a4')).is_new).toBe(true); /* an act again */
  });
});

describe('whose paper it is', () => {
  it('an order waits until the roster holds; one to a person is his own subject', async () => {
    expect((await head.post(path('/letter?kind=order'))).body).toMatchObject({ code: 'conflict' });
    await step(bkd, 'return', { note: 'Loket kosong pada hari Kamis pekan kedua' });
    expect((await head.post(path('/letter?kind=return'))).status).toBe(404); /* the board's to issue */
    const back = await issue(bkd, 'kind=return', true);
    expect(ok(await known(back.code))).toMatchObject({ kind: 'roster_return', title: 'SURAT PENGEMBALIAN JADWAL', state: 'in_force' });
    const got = ok(await head.get(`/api/v1/documents?unit=${unit}`)).items[0]; /* who received it reads it */
    expect(got).toMatchObject({ id: back.id, may_withdraw: false });
    expect((await fileOf(head, back.id)).length).toBeGreaterThan(1000);
    expect((await head.post(`/api/v1/documents/${back.id}/withdraw`, { reason: 'Bukan milik kami sama sekali.' })).status).toBe(404);
    await step(head, 'set');
    await step(bkd, 'acknowledge');
    const people: { employee: string; days: string; name: string }[] = ok(await bkd.get(path('/sheet'))).sheet.people, [a, b] = people.filter(p => p.days.includes('R'));
    const everybody = await issue(head, 'kind=order', true), one = await issue(head, `kind=order&employee=${a!.employee}`), two = await issue(head, `kind=order&employee=${b!.employee}`);
    for (const d of [everybody, one, two]) expect(ok(await known(d.code)).state).toBe('in_force');
    expect((await known(one.code)).text).not.toContain(a!.name);
  });
  it('an office reads its own and those below; the register of all is the board\'s', async () => {
    expect((await head.get('/api/v1/documents')).status).toBe(403);
    expect(ok(await bkd.get('/api/v1/documents')).items.length).toBeGreaterThan(4);
    expect((await stranger.get(`/api/v1/documents?unit=${unit}`)).status).toBe(404);
    const [d] = ok(await bkd.get('/api/v1/documents')).items;
    expect((await stranger.get(`/api/v1/documents/${d.id}/file`)).status).toBe(404);
    const other = await server.client().signIn(loginOf(all, 'bkd', 'kotacontoh'));
    expect((await other.get(`/api/v1/documents/${d.id}/file`)).status).toBe(404);
    expect(ok(await other.get('/api/v1/documents')).items).toEqual([]);
  });
});

describe('what may be signed', () => {
  let incident: string;
  const document = (signed: boolean) => bkd.post(`/api/v1/attendance/incidents/${incident}/document`, { signed });
  it('a decision about rights is not signed so: refused with the article, issued by hand', async () => {
    const proposed = ok(await bkd.post('/api/v1/attendance/incidents', { begins_at: '2025-11-12T00:25:00.000Z', ends_at: '2025-11-12T00:55:00.000Z', cause: 'network', reason: 'Serat optik ke pusat data putus.' }));
    incident = proposed.id;
    expect((await document(false)).body).toMatchObject({ code: 'conflict', pointer: '/incident' });
    const granted = ok(await bkd.get('/api/v1/attendance/incidents')).items.find((x: any) => x.state === 'accepted');
    incident = granted.id;
    expect((await head.post(`/api/v1/attendance/incidents/${incident}/document`)).status).toBe(403);
    expect((await document(true)).body).toMatchObject({ code: 'refused', pointer: '/signed', reason: expect.stringContaining('UU 1/2024 Pasal 17 ayat (2a)') });
    const d = ok<Issued>(await document(false));
    expect(ok(await known(d.code))).toMatchObject({ kind: 'incident', number: granted.number, signature: 'none' });
  });
  it('the board says what a kind is from a day on, with the article', async () => {
    const rule = { kind: 'home_order', class: 'right', legal_basis: 'Pergub 5/2025 Pasal 12', valid_from: '2025-11-13' };
    expect((await head.post('/api/v1/documents/rules', rule)).status).toBe(403);
    expect((await bkd.post('/api/v1/documents/rules', { ...rule, valid_from: '2025-11-12' })).body).toMatchObject({ code: 'bad_field', pointer: '/valid_from' });
    expect((await bkd.post('/api/v1/documents/rules', rule)).status).toBe(204);
    expect((await bkd.post('/api/v1/documents/rules', rule)).body).toMatchObject({ code: 'bad_field' });
    const rules = ok(await head.get('/api/v1/documents/rules')).items;
    expect(rules.find((r: any) => r.kind === 'home_order')).toMatchObject({ class: 'right', legal_basis: rule.legal_basis, verified: true });
    expect(rules.find((r: any) => r.kind === 'incident')).toMatchObject({ class: 'right', verified: false });
    expect((await head.post(path('/letter?kind=order&paper=f4'), { signed: true })).body).toMatchObject({ code: 'refused', reason: rule.legal_basis });
    expect((await issue(head, 'kind=order&paper=f4')).is_new).toBe(true);
  });
});

describe('asking by code', () => {
  it('answers a code that nobody drew like one that is none', async () => {
    const strip = (r: { status: number; text: string }) => `${r.status} ${r.text.replace(/"request_id":"[^"]*"/, '')}`;
    const never = await known('0'.repeat(32));
    expect(never.status).toBe(404);
    for (const bad of ['0', 'zz', '0'.repeat(33), `${'0'.repeat(31)}g`, '%27%20OR%201=1']) expect(strip(await known(bad))).toBe(strip(never));
  });
  it('counts wrong ones by network, and no right one', async () => {
    const { items: [d] } = ok(await bkd.get('/api/v1/documents'));
    for (let i = 0; i < 320; i++) expect((await known(d.code)).status).toBe(200);
    let wrong = 0;
    while (wrong < 400 && (await known(wrong.toString(16).padStart(32, '0'))).status === 404) wrong++;
    expect(wrong).toBeLessThan(400);
    const r = await known(d.code);
    expect(r.status).toBe(429);
    expect(Number(r.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});

describe('afterwards', () => {
  it('the store is whole: files, log, and the same after a restart', async () => {
    const { items: [d] } = ok(await bkd.get('/api/v1/documents'));
    await server.stop();
    expect(verb('doctor', '--db', server.db)).toMatch(/root [0-9a-f]{64}/);
    await server.start();
    const again = await server.client().signIn(loginOf(all, 'bkd'));
    expect(hash(await fileOf(again, d.id))).toBe(d.sha256);
    /* without a key nothing is signed, and that is said */
    expect((await again.post(path('/letter?kind=cover&paper=f4'), { signed: true })).body).toMatchObject({ code: 'refused', pointer: '/signed', reason: expect.stringContaining('--document-key') });
    expect(ok(await again.get('/api/v1/documents')).signer).toBe('none');
  });
  it('a certificate that has ended signs nothing', async () => {
    await server.stop();
    await server.start('--document-key', key, '--document-cert', cert, '--clock', '2028-01-03T08:00+07:00,x1');
    const late = await server.client().signIn(loginOf(all, 'bkd'));
    expect((await late.post(path('/letter?kind=return&paper=f4'), { signed: true })).body).toMatchObject({ code: 'refused', pointer: '/signed', reason: expect.stringContaining('does not hold') });
  });
});
