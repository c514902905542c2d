/* Whether a screen is within everybody's reach: what axe sees, light and dark, and nothing beyond a narrow phone or with large text. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect } from './app';

export const axe = readFileSync(join(import.meta.dirname, '../node_modules/axe-core/axe.min.js'), 'utf8');
const all = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] };
const colours = { type: 'rule', values: ['color-contrast'] };
interface Fault { id: string; nodes: { target: string[]; failureSummary: string }[] }

async function faults(page: Page, runOnly: object): Promise<string[]> {
  const found = await page.evaluate(async only => (await (window as unknown as { axe: { run: (o: object) => Promise<{ violations: Fault[] }> } }).axe.run({ runOnly: only, resultTypes: ['violations'] })).violations, runOnly);
  return found.map(f => `${f.id} ${f.nodes.map(n => `${n.target.join(' ')} (${n.failureSummary})`).join('; ')}`);
}

/** What reaches beyond the page. What follows the size of its box, as the chart does, has done so by the frame after next. */
const overhang = (page: Page) => page.evaluate(async () => {
  for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
  const wide = [...document.querySelectorAll('body *')].filter(e => !e.closest('.scroll, .tabs, .sr, .skip') && e.getBoundingClientRect().right > document.documentElement.clientWidth + 1);
  return { scrolls: document.documentElement.scrollWidth > document.documentElement.clientWidth, wide: wide.slice(0, 5).map(e => `${e.tagName}.${e.className}`) };
});

/** The theme changes while the screen is open, as a phone does it in the evening, and with it nothing but colours. */
export async function look(page: Page, name: string) {
  expect.soft(await faults(page, all), `${name}, light`).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect.soft(await faults(page, colours), `${name}, dark`).toEqual([]);
  await page.setViewportSize({ width: 320, height: 640 });
  expect.soft(await overhang(page), `${name} at 320 px`).toEqual({ scrolls: false, wide: [] });
  await page.setViewportSize({ width: 412, height: 915 });
  await page.evaluate(() => { document.documentElement.style.fontSize = '200%'; });
  expect.soft(await overhang(page), `${name} with text of 200%`).toEqual({ scrolls: false, wide: [] });
}

/** The same of a screen that a scenario has come to, and back as it was. */
export async function within(page: Page, name: string) {
  const size = page.viewportSize()!;
  await page.evaluate(axe);
  await look(page, name);
  await page.evaluate(() => { document.documentElement.style.fontSize = ''; });
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(size);
}
