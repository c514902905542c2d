/* Fails when an entry downloads more than it may (gzip, as the server sends it). */
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const dist = new URL('../dist/', import.meta.url).pathname;
const budgets = { pegawai: { js: 60, css: 8 }, atasan: { js: 60, css: 8 }, bkd: { js: 40, css: 8 }, kios: { js: 36, css: 9 }, verifikasi: { js: 24, css: 8 }, periksa: { js: 16, css: 8 } };
const size = path => gzipSync(readFileSync(dist + path), { level: 9 }).length;

/* every script a page loads at once, with what it imports; screens fetched later are not counted */
function reach(path, seen = new Set()) {
  if (seen.has(path)) return seen;
  seen.add(path);
  const text = readFileSync(dist + path, 'utf8');
  for (const m of text.matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)) reach('assets/' + m[1], seen);
  return seen;
}

let failed = false;
for (const [entry, budget] of Object.entries(budgets)) {
  const html = readFileSync(`${dist}${entry}/index.html`, 'utf8');
  const js = new Set(), css = [...html.matchAll(/href="\/(assets\/[^"]+\.css)"/g)].map(m => m[1]);
  for (const m of html.matchAll(/src="\/(assets\/[^"]+\.js)"/g)) reach(m[1], js);
  const kb = { js: [...js].reduce((n, f) => n + size(f), 0) / 1024, css: css.reduce((n, f) => n + size(f), 0) / 1024 };
  for (const kind of ['js', 'css']) {
    const over = kb[kind] > budget[kind];
    failed ||= over;
    console.log(`${entry.padEnd(10)} ${kind.padEnd(4)} ${kb[kind].toFixed(1).padStart(6)} KB of ${budget[kind]}${over ? '  OVER' : ''}`);
  }
  if (/<script(?![^>]*\bsrc=)|\sstyle=/.test(html)) { failed = true; console.log(`${entry}: inline script or style`); }
}
process.exit(failed ? 1 : 0);
