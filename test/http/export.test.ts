/*
 * Every list leaves as a table, CSV or workbook: what the list shows to this visitor and nothing else, all
 * pages, in words, and never as a formula.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { demoServer, loginOf, logins, TODAY, type Client, type Login, type Server } from './server';

const api = JSON.parse(readFileSync(join(import.meta.dirname, '../../api/openapi.json'), 'utf8'));
const paths = Object.entries<any>(api.paths).filter(([, p]) => p.get?.responses['200']?.content?.['application/json'] && p.get.parameters.some((x: any) => x.name === 'format')).map(([path]) => path);

let server: Server, all: Login[], c: Client, boss: Client, worker: Client, things: Record<string, string>;
beforeAll(async () => {
  server = await demoServer();
  all = logins(server.db);
  c = await server.client().signIn(loginOf(all, 'bkd'));
  boss = await server.client().signIn(loginOf(all, 'supervisor'));
  worker = await server.client().signIn(loginOf(all, 'employee'));
  const me = (await boss.get('/api/v1/me')).body, up = await c.post('/api/v1/files', 'nip;name;employment_kind\r\n1.98E+17;=Dewi;pns\r\n');
  const sent = await c.post('/api/v1/imports', { kind: 'employees', sha256: up.body.sha256, file_name: '=pegawai.csv', effective: TODAY, dry_run: true });
  const version = await c.post('/api/v1/roster/versions', { unit: me.unit.agency, period_from: '2025-11-17', period_to: '2025-11-23', weekdays: [4] });
  await c.post('/api/v1/org/statuses', { employee: me.employee, kind: 'training', from: '2025-12-01', to: '2025-12-02', letter: '893/1' });
  const [rapat] = (await worker.get('/api/v1/meetings')).body.items;
  things = { meeting: rapat.meeting, employee: me.employee, unit: me.unit.agency, import: sent.body.import, version: version.body.id };
  while ((await c.get(`/api/v1/imports/${sent.body.import}`)).body.state === 'waiting');
});
afterAll(() => server.remove());

const file = async (who: Client, path: string) => {
  const r = await fetch(server.url + path, { headers: { cookie: who.cookie } });
  return { status: r.status, type: r.headers.get('content-type'), name: r.headers.get('content-disposition'), bytes: Buffer.from(await r.arrayBuffer()) };
};
/** Rows of a CSV of ours; quotes as RFC 4180 has them. */
function rowsOf(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const m of text.replace(/^\uFEFF/, '').matchAll(/("(?:[^"]|"")*"|[^;\r\n]*)(;|\r\n|$)/g)) {
    if (m[0] === '') break;
    rows.at(-1)!.push(m[1]!.startsWith('"') ? m[1]!.slice(1, -1).replaceAll('""', '"') : m[1]!);
    if (m[2] === '\r\n') rows.push([]);
  }
  return rows.filter(r => r.some(x => x));
}
/** The text of a part of a workbook. */
function part(bytes: Buffer, name: string): string {
  for (let at = bytes.indexOf('PK\x01\x02', 0, 'latin1'); at >= 0 && bytes.readUInt32LE(at) === 0x02014b50;) {
    const n = bytes.readUInt16LE(at + 28), local = bytes.readUInt32LE(at + 42), from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    if (bytes.toString('utf8', at + 46, at + 46 + n) === name) {
      const packed = bytes.subarray(from, from + bytes.readUInt32LE(at + 20));
      return (bytes.readUInt16LE(at + 10) ? inflateRawSync(packed) : packed).toString();
    }
    at += 46 + n + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  throw new Error(`no ${name}`);
}

const queries: Record<string, string> = { '/api/v1/org/employees': 'query=sri', '/api/v1/org/roles': '', '/api/v1/me/roster': `from=${TODAY}&days=14`, '/api/v1/attendance/corrections/waiting': 'office=true', '/api/v1/recap/units': 'month=2025-11-01', '/api/v1/reports/progress': `from=2025-10-15&to=${TODAY}`, '/api/v1/reports/progress-team': `from=2025-10-15&to=${TODAY}`, '/api/v1/recap/units/{unit}/changes': 'month=2025-11-01' };
const urlOf = (path: string) => {
  const missing = (api.paths[path].get.parameters as any[]).filter(p => p.in === 'query' && p.required && p.name !== 'format').map(p => `${p.name}=${things[p.name] ?? TODAY}`).join('&');
  return path.replace(/\{(\w+)\}/g, (_, n: string) => things[n]!) + '?' + (queries[path] ?? missing);
};
const listOf = (body: any) => (body.items ?? body.lines ?? body.agencies ?? body.units) as any[];

describe('every list', () => {
  it('is found', () => { expect(paths.length).toBeGreaterThan(30); });
  it.each(paths)('%s leaves as CSV and XLSX in words, row by row what the list shows', async path => {
    const url = urlOf(path);
    let who = c, json = await c.get(url);
    for (const other of [boss, worker]) {
      const seen = json.status === 200 && listOf(json.body).length ? json : await other.get(url);
      if (seen !== json && seen.status === 200) [who, json] = [other, seen];
    }
    expect(json.status, json.text).toBe(200);
    const csv = await file(who, `${url}&format=csv`), xlsx = await file(who, `${url}&format=xlsx`);
    expect([csv.status, csv.type, xlsx.status, xlsx.type], csv.bytes.toString()).toEqual([200, 'text/csv; charset=utf-8', 200, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet']);
    expect(csv.name).toMatch(/^attachment; filename="luwes-[a-z-]+-2025-11-13\.csv"$/);
    const rows = rowsOf(csv.bytes.toString()), head = rows.findIndex(r => r.length > 1);
    expect(rows[0]![0]).toBe('DATA CONTOH - bukan data pegawai atau kinerja sebenarnya');
    expect(rows[head]!.filter(h => /^[a-z_0-9]+$/.test(h)), 'headings without words: add them to export_words.def').toEqual([]);
    if (json.body.next === undefined) expect(rows.length - head - 1).toBe(listOf(json.body).length);
    const words = rows.slice(head + 1).flat().filter(x => /^[a-z]+_[a-z_]+$/.test(x));
    expect(words, 'values without words: add them to export_words.def').toEqual([]);
    const sheet = part(xlsx.bytes, 'xl/worksheets/sheet1.xml');
    expect(sheet).not.toContain('<f>');
    expect(sheet.match(/<row /g)!.length).toBeGreaterThanOrEqual(rows.length);
  });
});

describe('lists of what people told and decided', () => {
  it('leave with who decided and why, as the list masks it', async () => {
    const shown = (await c.get('/api/v1/org/notices')).body.items as any[], rows = rowsOf((await file(c, '/api/v1/org/notices?format=csv')).bytes.toString()), head = rows.find(r => r.includes('Nama lengkap'))!;
    expect(shown.length).toBeGreaterThan(0);
    for (const h of ['Jenis', 'Mulai', 'Sampai', 'Keadaan', 'Yang memutuskan', 'Diputus oleh', 'Alasan putusan', 'Batas dokumen']) expect(head, h).toContain(h);
    expect(head.some(h => /sha256|sidik/i.test(h))).toBe(false);
    const masked = (await boss.get('/api/v1/org/team/notices')).body.items.filter((n: any) => n.masked), text = (await file(boss, '/api/v1/org/team/notices?format=csv')).bytes.toString();
    if (masked.length) expect(text).toContain('sakit/izin');
    expect(text).not.toMatch(/cuti sakit|Demam/);
  });
  it('of units hold the sums of the month in columns of their own', async () => {
    const list = (await c.get('/api/v1/recap/units?month=2025-11-01')).body, rows = rowsOf((await file(c, '/api/v1/recap/units?month=2025-11-01&format=csv')).bytes.toString());
    const head = rows.findIndex(r => r.includes('Nama')), at = (h: string) => rows[head]!.indexOf(h);
    for (const [h, key] of [['WFO', 'office'], ['TK', 'absent'], ['S', 'counts_sick'], ['C', 'counts_leave'], ['Kali terlambat', 'late_times'], ['LKH terverifikasi', 'reports_verified']] as const)
      for (const [i, u] of list.items.entries()) expect(Number(rows[head + 1 + i]![at(h)]), `${u.name} ${h}`).toBe(u.figures[key]);
  });
});

describe('a table', () => {
  it('holds all pages of a long list', async () => {
    const agencies = (await c.get('/api/v1/org/units')).body.items as any[], largest = agencies.reduce((a, b) => (a.employees > b.employees ? a : b));
    const rows = rowsOf((await file(c, `/api/v1/org/units/${largest.id}/employees?format=csv&limit=5`)).bytes.toString());
    expect((await c.get(`/api/v1/org/units/${largest.id}/employees?limit=5`)).body.next).toBeDefined();
    const head = rows.findIndex(r => r.includes('NIP'));
    expect(rows.length - head - 1).toBe(largest.employees);
    const at = rows[head]!.indexOf('NIP');
    expect(rows.slice(head + 1).every(r => /^\d{18}$/.test(r[at]!))).toBe(true);
  });
  it('masks what the list masks', async () => {
    const url = `/api/v1/org/units/${things.unit}/employees`, head = await server.client().signIn(loginOf(all, 'agency_head'));
    const unit = (await head.get('/api/v1/me')).body.unit.agency, shown = (await head.get(url.replace(things.unit!, unit))).body.items.map((p: any) => p.nip);
    const rows = rowsOf((await file(head, `${url.replace(things.unit!, unit)}?format=csv`)).bytes.toString()), at = rows.find(r => r.includes('NIP'))!.indexOf('NIP');
    expect(shown.length).toBeGreaterThan(0);
    for (const nip of shown) expect(rows.some(r => r[at] === nip), nip).toBe(true);
    expect(rows.some(r => /^\d{18}$/.test(r[at] ?? ''))).toBe(false);
  });
  it('is denied where the list is', async () => {
    for (const path of ['/api/v1/imports', `/api/v1/org/units/${things.unit}/employees`, '/api/v1/monitor/board']) {
      const plain = await worker.get(path), table = await file(worker, `${path}?format=csv`);
      expect([table.status, JSON.parse(table.bytes.toString()).code], path).toEqual([plain.status, plain.body.code]);
    }
    expect((await file(server.client(), '/api/v1/imports?format=xlsx')).status).toBe(401);
  });
  it('says no formula, whatever somebody called his file', async () => {
    const text = (await file(c, '/api/v1/imports?format=csv')).bytes.toString();
    expect(text).toContain("'=pegawai.csv");
    expect((await file(c, `/api/v1/imports/${things.import}/errors?format=csv`)).bytes.toString()).toContain('Ubah format kolom menjadi Teks');
  });
  it('of a roster has a column per day', async () => {
    const rows = rowsOf((await file(c, `/api/v1/roster/versions/${things.version}?format=csv`)).bytes.toString()), head = rows.find(r => r.includes('Nama'))!;
    expect(head.slice(-7)).toEqual(['2025-11-17', '2025-11-18', '2025-11-19', '2025-11-20', '2025-11-21', '2025-11-22', '2025-11-23']);
    expect(rows.flat()).toEqual(expect.arrayContaining(['WFO', 'WFH']));
  });
  it('is nothing but csv or xlsx, and only of a list', async () => {
    expect(await c.get('/api/v1/imports?format=pdf')).toMatchObject({ status: 400, body: { pointer: '/format' } });
    expect(await c.get('/api/v1/me?format=csv')).toMatchObject({ status: 400, body: { pointer: '/format' } });
  });
});
