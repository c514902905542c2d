/* Pictures and PDFs as bytes: sound ones, each with content of its own, and what an attacker would make of them. */
import { randomBytes } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';

export function chunk(type: string, body: Uint8Array): Buffer {
  const head = Buffer.alloc(8), tail = Buffer.alloc(4), named = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  head.writeUInt32BE(body.length, 0);
  head.write(type, 4, 'latin1');
  tail.writeUInt32BE(crc32(named), 0);
  return Buffer.concat([head, body, tail]);
}
export const PNG = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
export function header(width: number, height: number): Buffer {
  const b = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0]);
  b.writeUInt32BE(width, 0);
  b.writeUInt32BE(height, 4);
  return chunk('IHDR', b);
}
/** 16 grey pixels by chance, `more` before them. */
export const png = (...more: Buffer[]) => Buffer.concat([PNG, header(16, 1), ...more, chunk('IDAT', deflateSync(Buffer.concat([Buffer.from([0]), randomBytes(16)]))), chunk('IEND', Buffer.alloc(0))]);

export const segment = (marker: number, body: string | Uint8Array) => {
  const bytes = typeof body === 'string' ? Buffer.from(body, 'latin1') : Buffer.from(body), head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(bytes.length + 2, 2);
  return Buffer.concat([head, bytes]);
};
export const SOI = Buffer.from([0xff, 0xd8]), EOI = Buffer.from([0xff, 0xd9]);
export const JFIF = segment(0xe0, 'JFIF\0\x01\x01\0\0\x01\0\x01\0\0');
export function frame(width: number, height: number): Buffer {
  const b = Buffer.from([8, 0, 0, 0, 0, 1, 1, 0x11, 0]);
  b.writeUInt16BE(height, 1);
  b.writeUInt16BE(width, 3);
  return segment(0xc0, b);
}
/** A scan of a few bytes by chance; the outer form is whole, which is what is looked at. */
export const scan = () => Buffer.concat([segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])), Buffer.from(randomBytes(24).map(b => b & 0x7f))]);
export const jpeg = (...more: Buffer[]) => Buffer.concat([SOI, JFIF, ...more, frame(16, 16), scan(), EOI]);

export const pdf = (inside = '') => Buffer.from(`%PDF-1.4\n1 0 obj\n<< /Type /Catalog ${inside} >>\nendobj\n% ${randomBytes(8).toString('hex')}\ntrailer << /Root 1 0 R >>\nstartxref\n9\n%%EOF\n`);

/** What a phone writes beside a photograph: make, place, and which side is up. */
export function exif(orientation: number): Buffer {
  const b = Buffer.alloc(8 + 2 + 3 * 12 + 4 + 40);
  b.write('II*\0\x08\0\0\0', 0, 'latin1');
  b.writeUInt16LE(3, 8);
  const entry = (at: number, tag: number, type: number, n: number, value: number) => { b.writeUInt16LE(tag, at); b.writeUInt16LE(type, at + 2); b.writeUInt32LE(n, at + 4); b.writeUInt32LE(value, at + 8); };
  entry(10, 0x010f, 2, 16, 50); /* make */
  entry(22, 0x0112, 3, 1, orientation);
  entry(34, 0x8825, 4, 1, 66); /* GPS */
  b.write('PonselRahasia\0\0\0-6.9147,107.6098', 50, 'latin1');
  return segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), b]));
}
