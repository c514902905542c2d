import preact from '@preact/preset-vite';
import { defineConfig } from 'vite';

/* One entry per audience, so that each downloads only its own code. Nothing inline: the CSP forbids it. */
export default defineConfig({
  plugins: [preact({ devToolsEnabled: false, prefreshEnabled: false })],
  build: {
    target: 'es2021',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rollupOptions: { input: ['pegawai/index.html', 'atasan/index.html', 'bkd/index.html', 'verifikasi/index.html'] },
  },
});
