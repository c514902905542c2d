/* Scenarios of test/http against the real program (LUWES_BIN or build/luwes). */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('../test/http', import.meta.url));

export default defineConfig({
  test: {
    root,
    include: ['*.test.ts'],
    globalSetup: [`${root}/global.ts`],
    environment: 'node',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
  },
});
