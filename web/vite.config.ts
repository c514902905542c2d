/* One page per audience under its own address; hashed files in assets/. The worker is built after it (tools/finish.mjs). */
import { fileURLToPath } from 'node:url';
import preact from '@preact/preset-vite';
import { defineConfig } from 'vite';

const page = (audience: string) => fileURLToPath(new URL(`./${audience}/index.html`, import.meta.url));

export default defineConfig({
  plugins: [preact({ devToolsEnabled: false, prefreshEnabled: false })],
  build: {
    target: 'es2021',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: { input: ['pegawai', 'atasan', 'bkd'].map(page) },
  },
  server: {
    proxy: { '/api': process.env.LUWES_URL ?? 'http://127.0.0.1:8080' },
  },
});
