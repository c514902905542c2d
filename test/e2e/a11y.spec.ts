/* Every screen, light and dark: no fault that axe can see, no sideways scroll on a narrow phone or with large text. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './app';
import { screens, show } from './screens';

const axe = readFileSync(join(import.meta.dirname, '../node_modules/axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

interface Fault { id: string; nodes: { target: string[]; failureSummary: string }[] }

for (const screen of screens) {
  test(`${screen.name} is within reach`, async ({ page, app }) => {
    for (const theme of ['light', 'dark'] as const) {
      await show(page, app, screen, theme);
      await page.evaluate(axe);
      const faults = await page.evaluate(async only => (await (window as unknown as { axe: { run: (o: object) => Promise<{ violations: Fault[] }> } }).axe.run({ runOnly: only })).violations, tags);
      expect(faults.map(f => `${theme}: ${f.id} ${f.nodes.map(n => `${n.target.join(' ')} (${n.failureSummary})`).join('; ')}`)).toEqual([]);
    }
    /* what follows the size of its box, as the chart does, has done so by the frame after next */
    const overhang = () => page.evaluate(async () => {
      for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
      const wide = [...document.querySelectorAll('body *')].filter(e => !e.closest('.scroll, .tabs, .sr, .skip') && e.getBoundingClientRect().right > document.documentElement.clientWidth + 1);
      return { scrolls: document.documentElement.scrollWidth > document.documentElement.clientWidth, wide: wide.slice(0, 5).map(e => `${e.tagName}.${e.className}`) };
    });
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await overhang(), 'at 320 px').toEqual({ scrolls: false, wide: [] });
    await page.setViewportSize({ width: 412, height: 915 });
    await page.evaluate(() => { document.documentElement.style.fontSize = '200%'; });
    expect(await overhang(), 'with text of 200%').toEqual({ scrolls: false, wide: [] });
  });
}
