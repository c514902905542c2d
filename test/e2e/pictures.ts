/* Pictures of every screen for the eye: LUWES_PICTURES=DIR npx playwright test --config ../test/e2e/playwright.config.ts */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from './app';
import { screens, show } from './screens';

const dir = process.env.LUWES_PICTURES ?? '';
const sizes = [{ width: 360, height: 780 }, { width: 768, height: 1024 }, { width: 1440, height: 900 }];

for (const screen of screens) for (const theme of ['light', 'dark'] as const)
  test(`${screen.name} ${theme}`, async ({ page, app }) => {
    mkdirSync(dir, { recursive: true });
    await show(page, app, screen, theme);
    for (const size of sizes) {
      await page.setViewportSize(size);
      await page.evaluate(() => new Promise(requestAnimationFrame));
      await page.screenshot({ path: join(dir, `${screen.name}-${size.width}-${theme}.png`), fullPage: true, animations: 'disabled' });
    }
  });
