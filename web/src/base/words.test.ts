import { afterAll, describe, expect, it } from 'vitest';
import { lang } from './i18n';

/* Every dictionary of the app; the types hold the keys together, this holds what is inside them together. */
const dictionaries = import.meta.glob<Record<string, unknown>>(['./words.ts', '../*/words.ts'], { eager: true });

afterAll(() => { lang.value = 'id'; });

type Tree = Record<string, unknown>;
const isTree = (x: unknown): x is Tree => typeof x === 'object' && x !== null && !Array.isArray(x);

function leaves(tree: Tree, path = ''): Map<string, unknown> {
  const out = new Map<string, unknown>();
  for (const [key, value] of Object.entries(tree)) {
    if (isTree(value)) for (const [k, v] of leaves(value, `${path}${key}.`)) out.set(k, v);
    else out.set(path + key, value);
  }
  return out;
}
function both(dictionary: () => Tree): [Map<string, unknown>, Map<string, unknown>] {
  lang.value = 'id';
  const id = leaves(dictionary());
  lang.value = 'en';
  return [id, leaves(dictionary())];
}

const rows = Object.entries(dictionaries).flatMap(([file, module]) =>
  Object.entries(module).filter(([, x]) => typeof x === 'function').map(([name, x]) => [`${file} ${name}`, x as () => Tree] as const));

it('finds the dictionaries of the slices', () => {
  expect(rows.map(r => r[0])).toEqual(expect.arrayContaining(['./words.ts t', '../attendance/words.ts w', '../monitor/words.ts w', '../org/words.ts w', '../policy/words.ts w', '../reports/words.ts w']));
});

describe.each(rows)('%s', (_name, dictionary) => {
  it('has the same keys in both languages, inside records too', () => {
    const [id, en] = both(dictionary);
    expect([...en.keys()].sort()).toEqual([...id.keys()].sort());
  });
  it('has the same kind behind each key, and no empty text on one side only', () => {
    const [id, en] = both(dictionary);
    for (const [key, value] of id) {
      const other = en.get(key);
      expect(typeof other, key).toBe(typeof value);
      if (Array.isArray(value)) expect((other as unknown[]).length, key).toBe(value.length);
      if (typeof value === 'string') expect(other === '', key).toBe(value === '');
    }
  });
  it('says what it says with any figure', () => {
    for (const map of both(dictionary)) for (const [key, value] of map) {
      if (typeof value !== 'function') continue;
      const said = (value as (...a: unknown[]) => string)(...Array.from({ length: value.length }, (_, i) => String(i + 1)));
      expect(said, key).not.toMatch(/undefined|NaN|\[object/);
    }
  });
});
