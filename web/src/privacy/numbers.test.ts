// @vitest-environment happy-dom
/* Every number of the program has words, a unit and a group, in both languages. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { lang } from '../base/i18n';
import { groupOf, wordsOf } from './numbers';
import { w } from './office_words';

const codes = [...readFileSync(join(import.meta.dirname, '../../../src/attendance/attendance_parameter.def'), 'utf8').matchAll(/^X\(PARAMETER_\w+, "(\w+)"/gm)].map(m => m[1]!);
afterEach(() => { lang.value = 'id'; });

it.each(['id', 'en'] as const)('every number says what it does (%s)', l => {
  lang.value = l;
  expect(codes.length).toBeGreaterThan(40);
  for (const code of codes) {
    const [name, does, unit] = wordsOf(code);
    expect(name, code).not.toBe(code);
    expect(does.length, code).toBeGreaterThan(15);
    expect(w().units[unit], code).toBeTruthy();
    expect(groupOf(code), code).not.toBe('other');
  }
});
it('shows what it does not know under its own name', () => {
  expect(wordsOf('of_a_newer_program')[0]).toBe('of_a_newer_program');
  expect(groupOf('of_a_newer_program')).toBe('other');
});
