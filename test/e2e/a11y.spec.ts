/*
 * Every screen, light and dark: no fault that axe can see, no sideways scroll on a narrow phone or with large text.
 *
 * Screens of one visitor are looked at one after the other in the same browser, because starting anew
 * for each costs more than the look; a screen that fails does not keep the others from being looked at.
 */
import { test } from './app';
import { axe, look } from './reach';
import { screens, show, type Screen } from './screens';

const TOGETHER = 12;

test.use({ serviceWorkers: 'block' }); // what a screen looks like does not depend on where its files come from

/* of each visitor, in their order, as many at a time as one browser looks at */
const groups: Screen[][] = [];
for (const who of new Set(screens.map(s => s.who))) {
  const own = screens.filter(s => s.who === who);
  for (let i = 0; i < own.length; i += TOGETHER) groups.push(own.slice(i, i + TOGETHER));
}

for (const group of groups) {
  test(`within reach: ${group.map(s => s.name).join(', ')}`, async ({ page, app }) => {
    test.setTimeout(30_000 * group.length + 30_000);
    await page.addInitScript(axe);
    for (const screen of group) {
      await test.step(screen.name, async () => {
        await show(page, app, screen, 'light', screen !== group[0]);
        await look(page, screen.name);
      });
    }
  });
}
