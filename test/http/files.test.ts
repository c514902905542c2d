/*
 * Hostile files as evidence of a report, through the real program: what they are is judged by content, what is kept shows and
 * does nothing else, and what leaves is an attachment of exactly that type which no page of ours can run.
 */
import { deflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoServer, employeeLogin, loginOf, logins, TODAY, type Client, type Server } from './server';
import { EOI, exif, frame, header, JFIF, jpeg, pdf, png, PNG, scan, segment, SOI, chunk } from './picture';
import { zip } from './workbook';

let server: Server, c: Client, boss: Client, stranger: Client;
beforeAll(async () => {
  server = await demoServer();
  const all = logins(server.db);
  [c, boss, stranger] = await Promise.all([employeeLogin(all, 'home'), loginOf(all, 'supervisor'), employeeLogin(all, 'teacher')].map(l => server.client().signIn(l))) as [Client, Client, Client];
});
afterAll(() => server.remove());

const put = (bytes: Uint8Array, type = 'application/octet-stream') => c.post('/api/v1/files', bytes, { 'content-type': type });
const get = async (sha256: string, who = c) => {
  const r = await fetch(`${server.url}/api/v1/files/${sha256}`, { headers: { cookie: who.cookie } });
  return { status: r.status, headers: r.headers, bytes: Buffer.from(await r.arrayBuffer()) };
};
const SCRIPT = '<script>fetch("//jahat.example")</script>';

describe('what is kept of a picture', () => {
  const cases: [string, () => Buffer, string][] = [
    ['a JPEG with HTML in its comment', () => jpeg(segment(0xfe, SCRIPT)), 'image/jpeg'],
    ['a JPEG that is a PDF behind its end', () => Buffer.concat([jpeg(), pdf(SCRIPT)]), 'image/jpeg'],
    ['a JPEG that is a PDF in its comment', () => jpeg(segment(0xfe, pdf(SCRIPT))), 'image/jpeg'],
    ['a JPEG that is a zip behind its end', () => Buffer.concat([jpeg(), Buffer.from(zip({ 'a.html': SCRIPT })), Buffer.from(SCRIPT)]), 'image/jpeg'],
    ['a JPEG with HTML beside its colours', () => jpeg(segment(0xed, `Photoshop 3.0\0${SCRIPT}`)), 'image/jpeg'],
    ['a PNG with HTML in a text', () => png(chunk('tEXt', Buffer.from(`Comment\0${SCRIPT}`))), 'image/png'],
    ['a PNG with HTML behind its end', () => Buffer.concat([png(), Buffer.from(SCRIPT)]), 'image/png'],
  ];
  it.each(cases)('of %s: the picture', async (_name, make, type) => {
    const bytes = make(), up = await put(bytes), down = await get(up.body.sha256);
    expect([up.status, up.body.type], up.text).toEqual([200, type]);
    expect(bytes.includes(SCRIPT.slice(0, 8))).toBe(true);
    expect(down.bytes.includes('<script') || down.bytes.includes('%PDF') || down.bytes.includes('PK\x03\x04')).toBe(false);
    expect(down.bytes.length).toBe(up.body.size_bytes);
    expect((await put(down.bytes)).body.sha256).toBe(up.body.sha256); /* nothing more to take away */
  });
  it('where it was taken and by what is gone, which side is up is not', async () => {
    const bytes = jpeg(exif(6)), up = await put(bytes), down = await get(up.body.sha256);
    expect(bytes.includes('-6.9147,107.6098') && bytes.includes('PonselRahasia')).toBe(true);
    expect(down.bytes.includes('-6.9147') || down.bytes.includes('Ponsel')).toBe(false);
    expect(down.bytes.subarray(24, 30).toString('latin1')).toBe('Exif\0\0');
    expect(down.bytes.readUInt16BE(24 + 6 + 8 + 2 + 8)).toBe(6);
    const plain = (await get((await put(jpeg(exif(1)))).body.sha256)).bytes;
    expect(plain.includes('Exif')).toBe(false);
    const screenshot = await get((await put(png(chunk('eXIf', Buffer.from('II*\0-6.9147,107.6098', 'latin1'))))).body.sha256);
    expect(screenshot.bytes.includes('-6.9147')).toBe(false);
  });
});

describe('what is not kept', () => {
  const whole = () => png();
  const cases: [string, () => Uint8Array, number, string][] = [
    ['nothing', () => new Uint8Array(0), 400, 'bad_request'],
    ['an SVG', () => Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">${SCRIPT}</svg>\0`), 415, 'media_type'],
    ['a program', () => Buffer.from('\x7fELF\x02\x01\x01\0', 'latin1'), 415, 'media_type'],
    ['a PNG 100,000 pixels wide', () => Buffer.concat([PNG, header(100_000, 100_000), chunk('IDAT', Buffer.from('x')), chunk('IEND', Buffer.alloc(0))]), 413, 'too_large'],
    ['a JPEG 65,500 pixels wide', () => Buffer.concat([SOI, JFIF, frame(65_500, 65_500), scan(), EOI]), 413, 'too_large'],
    ['a PNG broken off', () => whole().subarray(0, -20), 415, 'media_type'],
    ['a PNG with a byte of its pixels changed', () => { const b = whole(); b[b.length - 20]! ^= 1; return b; }, 415, 'media_type'],
    ['a JPEG broken off', () => jpeg().subarray(0, -8), 415, 'media_type'],
    ['a JPEG of a name alone', () => Buffer.from([0xff, 0xd8, 0xff, 0xe0]), 415, 'media_type'],
    ['a PDF broken off', () => pdf().subarray(0, 40), 415, 'media_type'],
    ['a PDF with a script', () => pdf('/OpenAction << /S /JavaScript /JS (app.alert(1)) >>'), 415, 'media_type'],
    ['a PDF with a script under another name', () => pdf('/AA << /O << /S /J#61vaScript >> >>'), 415, 'media_type'],
    ['a PDF that starts a program', () => pdf('/OpenAction << /S /Launch /F (cmd.exe) >>'), 415, 'media_type'],
    ['a PDF with a file inside', () => pdf('/Names << /EmbeddedFiles 9 0 R >>'), 415, 'media_type'],
    ['a zip', () => zip({ 'a.txt': 'x' }), 415, 'media_type'],
    ['five megabytes of picture', () => Buffer.concat([jpeg(), Buffer.alloc(5 << 20)]), 413, 'too_large'],
  ];
  it.each(cases)('%s', async (_name, make, status, code) => {
    for (const type of ['application/octet-stream', 'image/png']) {
      const r = await put(make(), type);
      expect([r.status, r.body.code], r.text).toEqual([status, code]);
    }
  });
  it('a bomb as a workbook: taken as bytes, never opened but by an import, which names it', async () => {
    const r = await put(zip({ '[Content_Types].xml': ' '.repeat(40 << 20), 'xl/workbook.xml': '' }));
    expect(r.status).toBe(200);
    expect(r.body.size_bytes).toBeLessThan(100_000);
    expect(deflateRawSync(Buffer.alloc(40 << 20, ' ')).length).toBeLessThan(100_000);
    expect((await report(r.body.sha256)).body.code).toBe('refused'); /* and no evidence */
  });
});

const report = (evidence_sha256: string, evidence_name = 'bukti.png') => c.put('/api/v1/reports/daily', { day: TODAY, version: 0, submit: false, items: [{ starts: '08:00', ends: '09:00', description: 'Memverifikasi berkas mutasi', volume: 1, unit_of_measure: 'berkas', evidence_sha256, evidence_name }] });

describe('as evidence', () => {
  it('is a picture or a PDF by content, whatever its name says', async () => {
    const csv = await put(Buffer.from('kode;nama\r\n1;<svg onload=alert(1)>\r\n'), 'image/png');
    expect(csv.body.type).toBe('text/csv'); /* text is no picture */
    expect((await report(csv.body.sha256, 'bukti.png')).body).toMatchObject({ code: 'refused', pointer: '/items/0/evidence_sha256' });
    const svg = await put(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'image/svg+xml');
    expect(svg.body.type).toBe('text/csv');
    expect((await report(svg.body.sha256, 'bukti.svg')).body.code).toBe('refused');
    const other = await stranger.post('/api/v1/files', png());
    expect((await report(other.body.sha256)).body.code).toBe('refused'); /* not his */
  });
  it('leaves as an attachment of its type, under a name of ours, and runs nowhere', async () => {
    for (const [bytes, type, ending] of [[jpeg(), 'image/jpeg', 'jpg'], [png(), 'image/png', 'png'], [pdf(), 'application/pdf', 'pdf'], [Buffer.from(`<svg onload="alert(1)">${SCRIPT}</svg>`), 'text/csv', 'csv']] as const) {
      const up = await put(bytes, 'text/html'), down = await get(up.body.sha256);
      expect(down.status).toBe(200);
      expect(down.headers.get('content-type')).toMatch(new RegExp(`^${type}(; charset=utf-8)?$`));
      expect(down.headers.get('content-disposition')).toBe(`attachment; filename="${up.body.sha256.slice(0, 16)}.${ending}"`);
      expect(down.headers.get('x-content-type-options')).toBe('nosniff');
      expect(down.headers.get('content-security-policy')).toMatch(/sandbox|default-src 'none'/);
      expect(down.headers.get('cross-origin-resource-policy')).toBe('same-origin');
    }
  });
  it('is seen by who answers for its owner, and by no stranger', async () => {
    const up = await put(png()), saved = await report(up.body.sha256, '"><img src=x onerror=alert(1)>.png');
    expect(saved.status, saved.text).toBe(200);
    expect((await get(up.body.sha256, boss)).status).toBe(200);
    expect((await get(up.body.sha256, stranger)).status).toBe(404);
  });
});
