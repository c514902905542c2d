/*
 * "Progres Harian" of a period (docs/WORK.md, "Export of a period"): what was handed in, item by item, in the columns of e-Kinerja;
 * one's own, or those one answers for on the day of each report; never a draft, never a formula.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inflateRawSync } from 'node:zlib';
import { demoServer, employeeLogin, loginOf, logins, putUnder, TODAY, type Client, type Login, type Server } from './server';

const DAILY = '/api/v1/reports/daily', OWN = '/api/v1/reports/progress', TEAM = '/api/v1/reports/progress-team';
const EVIL = '=HYPERLINK("https://contoh.id";"klik")';
const evil = { starts: '08:00', ends: '09:30', description: EVIL, volume: 3, unit_of_measure: '=HYPERLINK("x")', target: '=HYPERLINK("rhk")', reference: '=HYPERLINK("nomor")', effective_minutes: 60 };
const night = { starts: '22:00', ends: '28:00', description: 'Menjaga ruang server semalam', volume: 1, unit_of_measure: 'sif', evidence_link: 'https://contoh.id/jaga' };
const after = { starts: '24:30', ends: '25:15', description: 'Memulihkan layanan pada dini hari', volume: 1, unit_of_measure: 'layanan', reference: '555/1' };
/* nobody reports a free Saturday: what stands there is from here */
const NIGHT = '2025-11-08', MORNING = '2025-11-09', DRAFTED = '2025-11-01', HEADINGS = ['Tanggal', 'Jam mulai', 'Jam selesai', 'Uraian kegiatan', 'Rencana hasil kerja (RHK)', 'Volume', 'Satuan', 'Waktu efektif (menit)', 'Bukti dukung', 'Keadaan', 'Diverifikasi oleh', 'Diverifikasi pada (WIB)'];

let server: Server, all: Login[], bkd: Client, boss: Client, own: Client, other: Client, person: { login: Login; name: string; employee: string };
beforeAll(async () => {
  server = await demoServer('--clock', '2025-11-13T14:30+07:00,x1');
  all = logins(server.db);
  const sign = (l: Login) => server.client().signIn(l);
  bkd = await sign(loginOf(all, 'bkd'));
  [person] = await putUnder(bkd, loginOf(all, 'supervisor'), 1, d => d.duty === 'daily_items' && d.report_state === 'none') as [typeof person];
  own = await sign(person.login);
  [boss, other] = await Promise.all([loginOf(all, 'supervisor'), employeeLogin(all, 'teacher')].map(sign)) as [Client, Client];
  await hand(NIGHT, [night, after]);
  const report = await hand(TODAY, [evil]);
  expect((await boss.post(`${DAILY}/${report}/verify`, { version: (await own.get(`${DAILY}?day=${TODAY}`)).body.version })).status).toBe(204);
});
afterAll(() => server.remove());

async function hand(day: string, items: object[], submit = true): Promise<string> {
  const before = (await own.get(`${DAILY}?day=${day}`)).body, r = await own.put(DAILY, { day, version: before.version, items, submit });
  expect(r.status, r.text).toBe(200);
  return r.body.report;
}
const period = (path: string, from: string, to: string) => `${path}?from=${from}&to=${to}`;
const file = async (who: Client, url: string) => {
  const r = await fetch(server.url + url, { headers: { cookie: who.cookie } });
  return { status: r.status, name: r.headers.get('content-disposition'), bytes: Buffer.from(await r.arrayBuffer()) };
};
function rowsOf(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const m of text.replace(/^\uFEFF/, '').matchAll(/("(?:[^"]|"")*"|[^;\r\n]*)(;|\r\n|$)/g)) {
    if (m[0] === '') break;
    rows.at(-1)!.push(m[1]!.startsWith('"') ? m[1]!.slice(1, -1).replaceAll('""', '"') : m[1]!);
    if (m[2] === '\r\n') rows.push([]);
  }
  return rows.filter(r => r.length > 1);
}
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

describe("one's own", () => {
  it('are items by day and time, each on the day it began and by the clock', async () => {
    const rows = [...(await own.get(period(OWN, NIGHT, MORNING))).body.items, ...(await own.get(period(OWN, TODAY, TODAY))).body.items];
    expect(rows.map((r: any) => `${r.day} ${r.begins}-${r.finishes} ${r.effective_minutes}`)).toEqual([`${NIGHT} 22:00-04:00 360`, `${MORNING} 00:30-01:15 45`, `${TODAY} 08:00-09:30 60`]);
    expect(rows[0]).toMatchObject({ evidence: night.evidence_link, state: 'submitted', volume: 1, unit_of_measure: 'sif' });
    expect(rows[0].verified_by).toBeUndefined();
    expect(rows[2]).toMatchObject({ state: 'verified', target_result: evil.target, evidence: evil.reference });
    expect(rows[2].verified_at).toMatch(/^2025-11-13T07:3/);
    expect(rows[2].verified_by.length).toBeGreaterThan(3);
  });
  it('are of the days asked for, also where a night belongs to a report of the day before', async () => {
    expect((await own.get(period(OWN, MORNING, MORNING))).body.items.map((r: any) => r.begins)).toEqual(['00:30']);
    expect((await own.get(period(OWN, NIGHT, NIGHT))).body.items.map((r: any) => r.begins)).toEqual(['22:00']);
  });
  it('hold no draft', async () => {
    await hand(DRAFTED, [{ ...night, description: 'Draf yang belum dikirim' }], false);
    expect((await own.get(period(OWN, DRAFTED, DRAFTED))).body.items).toEqual([]);
  });
  it.each([
    ['62 days', '2025-09-13', '2025-11-13', 200, undefined], ['63 days', '2025-09-12', '2025-11-13', 400, '/to'], ['a period that ends before it begins', '2025-11-13', '2025-11-12', 400, '/to'],
  ])('of %s: %s to %s is %s', async (_what, from, to, status, pointer) => {
    for (const path of [OWN, TEAM]) {
      const r = await boss.get(period(path, from, to));
      expect([r.status, r.body.pointer], path).toEqual([status, pointer]);
    }
  });
  it('are nobody else’s', async () => {
    const texts = (await other.get(period(OWN, '2025-11-10', TODAY))).text + (await other.get(period(TEAM, '2025-11-10', TODAY))).text;
    expect(texts).not.toContain('HYPERLINK');
    expect((await server.client().get(period(OWN, TODAY, TODAY))).status).toBe(401);
  });
});

describe('the file', () => {
  it('has the columns of Progres Harian, and a formula is text in it', async () => {
    const csv = await file(own, `${period(OWN, TODAY, TODAY)}&format=csv`), rows = rowsOf(csv.bytes.toString());
    expect(csv.name).toBe(`attachment; filename="luwes-progres-harian-${TODAY}.csv"`);
    expect(rows[0]).toEqual(HEADINGS);
    expect(rows[1]!.slice(0, 10)).toEqual([TODAY, '08:00', '09:30', `'${EVIL}`, `'${evil.target}`, '3', `'${evil.unit_of_measure}`, '60', `'${evil.reference}`, 'diverifikasi']);
    expect(rows.flat().filter(c => /^[=+@\t\r-]./.test(c))).toEqual([]);
    const xlsx = await file(own, `${period(OWN, TODAY, TODAY)}&format=xlsx`), sheet = part(xlsx.bytes, 'xl/worksheets/sheet1.xml');
    expect(sheet).not.toMatch(/<f[ >]/);
    expect(sheet).toContain('=HYPERLINK(');
  });
  it("of one's own line names each person, over all days, and whoever does not answer for him has none of it", async () => {
    const rows = rowsOf((await file(boss, `${period(TEAM, NIGHT, TODAY)}&format=csv`)).bytes.toString()), his = rows.filter(r => r[0]!.includes(person.name));
    expect(rows[0]).toEqual(['Nama', ...HEADINGS]);
    /* he is under this superior from today on: that night is another's */
    expect(his.map(r => r[4])).toEqual([`'${EVIL}`]);
    const pages = [];
    for (let next = '', turns = 0; turns < 10; turns++) {
      const page = (await boss.get(`${period(TEAM, '2025-11-10', TODAY)}${next && `&cursor=${next}`}`)).body;
      pages.push(...page.items);
      if (!(next = page.next)) break;
    }
    expect(rowsOf((await file(boss, `${period(TEAM, '2025-11-10', TODAY)}&format=csv`)).bytes.toString()).length - 1).toBe(pages.length);
    expect((await boss.get(`${period(TEAM, TODAY, TODAY)}&cursor=2025-01-01`)).body.pointer).toBe('/cursor');
  });
  it('has the items of a report of the week on their own days', async () => {
    const me = (await own.get('/api/v1/me')).body, rule = { kind: 'report', article: '1', weekdays: [1, 2, 3, 4, 5, 6, 7], post_match: 'any', position: me.position, unit: me.unit.id, duty: 'weekly' };
    const made = await bkd.post('/api/v1/policy/instruments', { rank: 'se', number: 'SE 7/MINGGUAN/2025', title: 'Laporan mingguan', issued: '2025-11-10', signer: 'Sekretaris Daerah', valid_from: '2025-11-10', legal_basis: 'PermenPANRB 4/2025', rules: [rule] });
    expect(made.status, made.text).toBe(200);
    const due = (await own.get('/api/v1/me/today')).body.week.day;
    expect(due > TODAY).toBe(true);
    await hand(due, [{ ...evil, day: '2025-11-10', description: 'Hasil pada hari Senin minggu ini' }]);
    const monday = (await own.get(period(OWN, '2025-11-10', '2025-11-10'))).body.items.map((r: any) => r.description);
    expect(monday).toContain('Hasil pada hari Senin minggu ini');
    expect((await own.get(period(OWN, due, due))).body.items).toEqual([]);
    expect((await file(boss, `${period(TEAM, '2025-11-10', '2025-11-10')}&format=csv`)).bytes.toString()).toContain('Hasil pada hari Senin minggu ini');
  });
});
