/*
 * Writes dist/verifikasi/luwes-verifikasi.html: the page that checks evidence, with script and style in it, so
 * that it can be saved and opened from a disk where there is no network. Served, it is for saving only: the
 * CSP runs nothing inline.
 */
import preact from '@preact/preset-vite';
import { readFileSync, writeFileSync } from 'node:fs';
import { build } from 'vite';

const root = new URL('..', import.meta.url).pathname;
const result = await build({
  root, configFile: false, logLevel: 'error', plugins: [preact({ devToolsEnabled: false, prefreshEnabled: false })],
  build: { write: false, target: 'es2021', modulePreload: false, cssCodeSplit: false, rollupOptions: { input: `${root}src/entries/verifikasi.tsx`, output: { format: 'iife', codeSplitting: false } } },
});
const files = (Array.isArray(result) ? result : [result]).flatMap(r => r.output);
const script = files.filter(f => f.type === 'chunk').map(f => f.code), style = files.filter(f => f.fileName.endsWith('.css')).map(f => String(f.source));
if (script.length !== 1 || style.length !== 1) throw new Error(`one script and one style, not ${files.map(f => f.fileName)}`);
/* the font stays behind: a page on a disk takes the one of the machine */
const css = style[0].replace(/@font-face\s*{[^}]*}/g, '').replaceAll('</', '<\\/'), js = script[0].replaceAll('</', '<\\/').replaceAll('<!--', '<\\!--');
if (/url\(/.test(css)) throw new Error('the style names another file');
const html = readFileSync(`${root}verifikasi/index.html`, 'utf8')
  .replace(/<link rel="icon"[^>]*>\n/, '')
  .replace('</head>', () => `<style>${css}</style>\n</head>`)
  .replace('<div class="boot"></div>', 'Simpan halaman ini, lalu buka dari komputer Anda.')
  .replace(/<script type="module"[^>]*><\/script>/, () => `<script>${js}</script>`);
writeFileSync(`${root}dist/verifikasi/luwes-verifikasi.html`, html);
