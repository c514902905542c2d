import preact from '@preact/preset-vite';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vite';

/* What a phone says it was built from (docs/EVIDENCE.md, "build"): the same sources give the same bytes. */
const root = import.meta.dirname, build = createHash('sha256');
const below = (dir: string) => readdirSync(join(root, dir), { recursive: true, withFileTypes: true }).filter(f => f.isFile() && !f.name.includes('.test.')).map(f => join(f.parentPath, f.name).slice(root.length + 1));
for (const f of [...['src', 'public', 'pegawai', 'atasan', 'bkd', 'verifikasi', 'periksa'].flatMap(below).sort(), 'package-lock.json']) build.update(f).update(readFileSync(join(root, f)));

/* One entry per audience, so that each downloads only its own code. Nothing inline: the CSP forbids it. */
export default defineConfig({
  plugins: [preact({ devToolsEnabled: false, prefreshEnabled: false })],
  define: { __BUILD__: JSON.stringify(build.digest('hex').slice(0, 16)) },
  build: {
    target: 'es2021',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rollupOptions: { input: ['pegawai/index.html', 'atasan/index.html', 'bkd/index.html', 'verifikasi/index.html', 'periksa/index.html', 'kios/index.html'] },
  },
});
