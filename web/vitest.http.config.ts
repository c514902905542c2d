import { defineConfig } from 'vitest/config';

/* Scenarios against the real program: LUWES_BIN, else build/luwes. */
export default defineConfig({
  root: '../test/http',
  test: {
    include: ['*.test.ts'],
    globalSetup: ['global.ts'],
    environment: 'node',
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
});
