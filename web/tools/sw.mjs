/*
 * Writes dist/sw.js: src/sw.ts, bundled with what it shares with the pages, and the files of the employee's app and of
 * kiosks in front, versioned by the contents of the whole build. Other audiences' files are kept when first asked for.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';

const dist = new URL('../dist/', import.meta.url).pathname;
const read = path => readFileSync(join(dist, path), 'utf8');

/* what a file names in assets/ (a style that comes with a part loaded later, too) or beside itself, and what those name in turn; the reader of codes is large, and only a kiosk must have it */
function reach(path, ends, seen = new Set()) {
  if (seen.has(path)) return seen;
  seen.add(path);
  if (!/\.(html|js|css)$/.test(path)) return seen;
  for (const m of read(path).matchAll(/(?:\bassets\/|\.\/)([\w.-]+\.(?:js|css|woff2|wasm))/g)) if (ends.test(m[1])) reach('assets/' + m[1], ends, seen);
  return seen;
}

const all = readdirSync(dist, { recursive: true, withFileTypes: true }).filter(f => f.isFile() && f.name !== 'sw.js').map(f => join(f.parentPath, f.name).slice(dist.length)).sort();
const bundle = await build({
  configFile: false, root: new URL('..', import.meta.url).pathname, logLevel: 'warn', publicDir: false,
  build: { write: false, target: 'es2021', lib: { entry: 'src/sw.ts', formats: ['iife'], name: 'sw' } },
});
const worker = bundle[0].output[0].code;
const hash = createHash('sha256').update(worker);
for (const f of all) hash.update(f).update(readFileSync(join(dist, f)));
const urls = (entry, ends) => JSON.stringify([...reach(`${entry}/index.html`, ends), `${entry}.webmanifest`, 'icon.svg', 'icon-192.png'].sort().map(f => '/' + f.replace(/index\.html$/, '')));
writeFileSync(join(dist, 'sw.js'), `const VERSION = 'luwes-${hash.digest('hex').slice(0, 16)}', FILES = ${urls('pegawai', /^(?!scanworker).*\.(js|css|woff2)$/)}, KIOSK = ${urls('kios', /./)};\n${worker}`);
