/* Writes dist/sw.js: src/sw.js with the files of the build in front, versioned by their contents. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const dist = new URL('../dist/', import.meta.url).pathname;
const files = readdirSync(dist, { recursive: true, withFileTypes: true })
  .filter(f => f.isFile() && f.name !== 'sw.js' && !f.name.endsWith('.map'))
  .map(f => join(f.parentPath, f.name).slice(dist.length)).sort();
const hash = createHash('sha256');
for (const f of files) hash.update(f).update(readFileSync(join(dist, f)));
const worker = readFileSync(new URL('../src/sw.js', import.meta.url), 'utf8');
hash.update(worker);
const urls = files.map(f => '/' + f.replace(/index\.html$/, ''));
writeFileSync(join(dist, 'sw.js'), `const VERSION = 'luwes-${hash.digest('hex').slice(0, 16)}', FILES = ${JSON.stringify(urls)};\n${worker}`);
