/* A word that no screen says is untrue sooner or later: every key of every dictionary is used outside it. */
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';

const dictionaries = import.meta.glob<Record<string, () => object>>(['./words.ts', '../*/words.ts'], { eager: true });
const sources = Object.entries(import.meta.glob<string>(['../**/*.ts', '../**/*.tsx', '!../**/*.test.*', '!../api/**'], { eager: true, query: '?raw', import: 'default' }));

/* what a file calls the dictionary of `folder`: import { w as policy } from '../policy/words' */
function callsOf(file: string, text: string, folder: string, name: string): string[] {
  const own = dirname(file) === folder, from = own ? './words' : join('..', folder === '.' ? 'base' : folder.replace('../', ''), 'words');
  const m = new RegExp(`import \\{([^}]*)\\} from '${from.replaceAll('.', '\\.')}'`).exec(text);
  return (m?.[1] ?? '').split(',').map(x => x.trim().split(' as ')).filter(x => x[0] === name).map(x => x[1] ?? x[0]!);
}
/* the keys said through it, directly or through a name given to it: const w = t(); w.save */
function keysOf(text: string, call: string): string[] {
  const names = [`${call}\\(\\)`, ...[...text.matchAll(new RegExp(`const (\\w+) = ${call}\\(\\)[,;]`, 'g'))].map(m => m[1]!)];
  return names.flatMap(n => [...text.matchAll(new RegExp(`(?<![\\w.])${n}\\.(\\w+)`, 'g'))].map(m => m[1]!));
}

it.each(Object.keys(dictionaries))('%s says nothing in vain', path => {
  const folder = dirname(path), unsaid = Object.entries(dictionaries[path]!).filter(([, x]) => typeof x === 'function').flatMap(([name, dictionary]) => {
    const said = new Set(sources.filter(([file]) => file !== path).flatMap(([file, text]) => callsOf(file, text, folder, name).flatMap(call => keysOf(text, call))));
    expect(said.size).toBeGreaterThan(0);
    return Object.keys(dictionary()).filter(key => !said.has(key));
  });
  expect(unsaid).toEqual([]);
});
