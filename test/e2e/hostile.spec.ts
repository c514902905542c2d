/*
 * Text is text, whatever it says: every text field of every answer that a screen asks for carries markup that would run, by the
 * schemas of the contract, and no screen lets it become an element.
 */
import { expect, settled, test } from './app';
import type { Page } from '@playwright/test';
import { readText } from '../http/server';
import { screens, type Screen } from './screens';

test.use({ serviceWorkers: 'block' }); // what was kept before would hide what is answered

const HOSTILE = '<img src=x onerror="window.hit=1">', doc = JSON.parse(readText('api/openapi.json'));
interface Schema { $ref?: string; type?: string; enum?: unknown; format?: string; pattern?: string; minLength?: number; maxLength?: number; properties?: Record<string, Schema>; items?: Schema }

/* what a program reads and no person */
const NO_WORDS = new Set(['code', 'vkey', 'sha256', 'evidence_sha256', 'certificate']);
/** Words for people: neither a number of something nor one of a few names. */
const isFree = (s: Schema, key: string) => s.type === 'string' && !s.enum && !s.format && !s.pattern && (s.maxLength ?? 0) >= 30 && s.minLength !== s.maxLength && !NO_WORDS.has(key);
const resolved = (s: Schema | undefined): Schema => s?.$ref ? resolved(doc.components.schemas[s.$ref.split('/').pop()!]) : s ?? {};

function poison(schema: Schema | undefined, value: any, key = ''): any {
  const s = resolved(schema);
  if (Array.isArray(value)) return value.map(v => poison(s.items, v, key));
  if (value && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, poison(s.properties?.[k], v, k)]));
  if (typeof value !== 'string' || !isFree(s, key)) return value;
  return value + HOSTILE;
}

const paths = Object.keys(doc.paths).map(path => ({ path, is: new RegExp(`^${path.replace(/\{[^}]*\}/g, '[^/]+')}$`) }));
const schemaOf = (pathname: string) => {
  const found = paths.find(p => p.path === pathname) ?? paths.find(p => p.is.test(pathname));
  return found && doc.paths[found.path].get?.responses?.['200']?.content?.['application/json']?.schema as Schema | undefined;
};

/** From then on every answer to the page carries it, while `on` says so. */
async function poisoned(page: Page) {
  const answers = { on: true };
  page.on('dialog', () => { throw new Error('a script of the text ran'); });
  await page.route('**/api/v1/**', async route => {
    const asked = schemaOf(new URL(route.request().url()).pathname);
    if (!answers.on || route.request().method() !== 'GET' || !asked || (route.request().headers().accept ?? '').includes('event-stream')) return route.continue();
    const response = await route.fetch();
    if (response.status() !== 200) return route.fulfill({ response });
    return route.fulfill({ response, json: poison(asked, await response.json()) });
  });
  return answers;
}
/** That nothing ran or became an element; how often it was shown. */
async function shownOn(page: Page) {
  expect(await page.evaluate(() => [(window as unknown as { hit?: number }).hit, document.querySelectorAll('img[src="x"]').length])).toEqual([undefined, 0]);
  return (await page.locator('body').innerText()).split('<img src=x').length - 1;
}

test.afterEach(({ page }) => page.unrouteAll({ behavior: 'ignoreErrors' })); // what is still asked for when a screen was seen
const byVisitor = (list: Screen[]) => [...new Set(list.map(s => s.who!))].map(who => list.filter(s => s.who === who));

for (const group of byVisitor(screens.filter(s => s.who && !s.then))) {
  test(`shows markup as text: ${group.map(s => s.name).join(', ')}`, async ({ page, app }) => {
    test.setTimeout(30_000 * group.length + 30_000);
    let shown = 0;
    await poisoned(page);
    await app.as(group[0]!.who!(app));
    for (const screen of group) {
      await test.step(screen.name, async () => {
        await page.goto('about:blank'); // a path whose hash alone differs would not be loaded anew
        await app.open(screen.path);
        await settled(page);
        shown += await shownOn(page);
      });
    }
    expect(shown).toBeGreaterThan(group.length);
  });
}

/*
 * What is pressed on a screen: it opens as it is, so that its words lead there, and what is asked for then carries the markup.
 */
const TOGETHER = 12;
/* the way there goes by the exact words of an answer */
const BY_WORDS = new Set(['jadwal-terbit', 'bkd-kios-kartu', 'bkd-kios-cetak']);
/* dialogs that are full of words of others */
const FULL = new Set(['pegawai-tugas-satu', 'pegawai-rapat', 'pegawai-periksa', 'atasan-skp-satu', 'bkd-surat-satu']);
for (const all of byVisitor(screens.filter(s => s.who && s.then && !BY_WORDS.has(s.name)))) for (let i = 0; i < all.length; i += TOGETHER) {
  const group = all.slice(i, i + TOGETHER);
  test(`shows markup as text when pressed: ${group.map(s => s.name).join(', ')}`, async ({ page, app }) => {
    test.setTimeout(30_000 * group.length + 30_000);
    const answers = await poisoned(page);
    await app.as(group[0]!.who!(app));
    for (const screen of group) {
      await test.step(screen.name, async () => {
        answers.on = false;
        await page.goto('about:blank');
        await app.open(screen.path);
        await settled(page);
        answers.on = true;
        await screen.then!(page, app);
        expect(await shownOn(page)).toBeGreaterThanOrEqual(FULL.has(screen.name) ? 10 : 0);
      });
    }
  });
}

test('the fields of an answer are found by its schema', () => {
  const schema = { type: 'object', properties: { name: { type: 'string', maxLength: 300 }, zone: { type: 'string', maxLength: 4 }, items: { type: 'array', items: { properties: { note: { type: 'string', maxLength: 500 }, state: { type: 'string', enum: ['a'] } } } } } } satisfies Schema;
  expect(poison(schema, { name: 'Ani', zone: 'WIB', items: [{ note: 'x', state: 'a' }] })).toEqual({ name: `Ani${HOSTILE}`, zone: 'WIB', items: [{ note: `x${HOSTILE}`, state: 'a' }] });
});
