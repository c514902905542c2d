import { defineConfig } from '@playwright/test';

/*
 * The app in Debian's Chromium against the real program. Phones stand in Makassar, so that whatever shows
 * the phone's zone instead of the office's is seen. LUWES_PICTURES=DIR makes pictures of every screen
 * and, in DIR/panduan, those of the guides, instead of testing.
 */
export default defineConfig({
  testDir: '.',
  globalSetup: '../http/global.ts',
  fullyParallel: true,
  workers: 2,
  timeout: 60_000,
  retries: 1, // a busy machine may be late once; who passed only the second time is named at the end (tools/playwright.sh)
  expect: { timeout: 10_000 },
  outputDir: '../../build/e2e',
  reporter: 'list',
  use: {
    locale: 'id-ID',
    timezoneId: 'Asia/Makassar',
    geolocation: { latitude: -6.902481, longitude: 107.61881, accuracy: 12 },
    permissions: ['geolocation'],
    launchOptions: {
      executablePath: process.env.LUWES_CHROMIUM ?? '/usr/bin/chromium-headless-shell',
      args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--lang=id-ID',
        '--js-flags=--no-maglev --no-opt' /* a page lives for seconds: optimising its code costs more than it gains */],
    },
  },
  projects: process.env.LUWES_PICTURES
    ? [{ name: 'pictures', testMatch: ['pictures.ts', 'guide.ts'] }]
    : [{ name: 'browser', testMatch: '*.spec.ts', use: { viewport: { width: 412, height: 915 } } }],
});
