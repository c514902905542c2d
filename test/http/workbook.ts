/* A small workbook (.xlsx) of rows, as a spreadsheet program would save it: strings as text, numbers as numbers. */
import { crc32, deflateRawSync } from 'node:zlib';

export type Cell = string | number | { date: number } | { error: string } | null;

const NS = 'http://schemas.openxmlformats.org/';
const xml = (s: string) => s.replace(/[&<>"]/g, c => `&#${c.charCodeAt(0)};`);
const column = (n: number): string => (n >= 26 ? column(Math.floor(n / 26) - 1) : '') + String.fromCharCode(65 + (n % 26));

function cell(c: Cell, at: string): string {
  if (c === null) return '';
  if (typeof c === 'string') return `<c r="${at}" t="inlineStr"><is><t xml:space="preserve">${xml(c)}</t></is></c>`;
  if (typeof c === 'number') return `<c r="${at}"><v>${c}</v></c>`;
  return 'date' in c ? `<c r="${at}" s="1"><v>${c.date}</v></c>` : `<c r="${at}" t="e"><v>${c.error}</v></c>`;
}

const sheet = (rows: Cell[][]) => `<worksheet xmlns="${NS}spreadsheetml/2006/main"><sheetData>${rows.map((r, y) =>
  `<row r="${y + 1}">${r.map((c, x) => cell(c, column(x) + (y + 1))).join('')}</row>`).join('')}</sheetData></worksheet>`;

/* A zip of parts, deflated. */
export function zip(parts: Record<string, string>): Uint8Array {
  const local: Buffer[] = [], directory: Buffer[] = [];
  let at = 0;
  for (const [name, text] of Object.entries(parts)) {
    const raw = Buffer.from(text), packed = deflateRawSync(raw), file = Buffer.from(name);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0), fields.writeUInt16LE(8, 4), fields.writeUInt16LE(0x5b6d, 8);
    fields.writeUInt32LE(crc32(raw), 10), fields.writeUInt32LE(packed.length, 14), fields.writeUInt32LE(raw.length, 18), fields.writeUInt16LE(file.length, 22);
    const behind = Buffer.alloc(14);
    behind.writeUInt32LE(at, 10);
    local.push(Buffer.from('PK\x03\x04'), fields, file, packed);
    directory.push(Buffer.from('PK\x01\x02\x14\x00'), fields, behind, file);
    at += 30 + file.length + packed.length;
  }
  const head = Buffer.concat(directory), end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(Object.keys(parts).length, 8), end.writeUInt16LE(Object.keys(parts).length, 10), end.writeUInt32LE(head.length, 12), end.writeUInt32LE(at, 16);
  return new Uint8Array(Buffer.concat([...local, head, end]));
}

/* Sheets by name. */
export function workbook(sheets: Record<string, Cell[][]>): Uint8Array {
  const names = Object.keys(sheets);
  return zip({
    '[Content_Types].xml': `<Types xmlns="${NS}package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`,
    'xl/workbook.xml': `<workbook xmlns="${NS}spreadsheetml/2006/main" xmlns:r="${NS}officeDocument/2006/relationships"><sheets>${names.map((n, i) => `<sheet name="${xml(n)}" sheetId="${i + 1}" r:id="r${i}"/>`).join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${NS}package/2006/relationships"><Relationship Id="s" Type="${NS}officeDocument/2006/relationships/styles" Target="styles.xml"/>${names.map((_, i) => `<Relationship Id="r${i}" Type="${NS}officeDocument/2006/relationships/worksheet" Target="worksheets/sheet${i}.xml"/>`).join('')}</Relationships>`,
    'xl/styles.xml': `<styleSheet xmlns="${NS}spreadsheetml/2006/main"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`,
    ...Object.fromEntries(names.map((n, i) => [`xl/worksheets/sheet${i}.xml`, sheet(sheets[n]!)])),
  });
}
