/* What an import may answer to a row is said in C; every code of it has words here. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { w } from './words';

const src = join(import.meta.dirname, '../../../src');
const files = ['org', 'calendar', 'roster'].flatMap(slice => readdirSync(join(src, slice)).filter(f => /(import|csv|check).*\.c$/.test(f) && !/_test\.c$/.test(f)).map(f => join(src, slice, f)));

/** Codes in the places that make one: the last word of a fault, a reason that is set, chosen or returned, the names of what a CSV file may be. */
function codes(text: string): string[] {
  const c = text.replace(/\/\*[^]*?\*\//g, '');
  const made = [/_fault(?:_at)?\([^;{]*?"([a-z][a-z0-9_]*)"(?:, (?:""|NULL|\w+))?\)/g, /\breason\w* = "([a-z][a-z0-9_]*)"/g, /\breturn "([a-z][a-z0-9_]*)"/g, /\? "([a-z][a-z0-9_]*)"/g, /: "([a-z][a-z0-9_]*)";/g];
  const names = [...c.matchAll(/csv_fault_names\[\] = \{([^}]*)\}/g)].flatMap(m => [...m[1]!.matchAll(/"([a-z][a-z0-9_]*)"/g)].slice(2)); /* ok and end are no faults */
  return [...made.flatMap(re => [...c.matchAll(re)]), ...names].map(m => m[1]!);
}

it('words every reason for which an import refuses a row', () => {
  const found = new Set(files.flatMap(f => codes(readFileSync(f, 'utf8'))));
  expect(found.size).toBeGreaterThan(30);
  expect([...found].filter(code => !(code in w().reasons))).toEqual([]);
});
