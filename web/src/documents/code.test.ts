import { describe, expect, it } from 'vitest';
import { readCode, showCode, toHex } from './code';

const code = '0123456789abcdef0123456789abcdef', shown = '0123-4567-89AB-CDEF-0123-4567-89AB-CDEF';

describe('the code of a paper', () => {
  it.each([[code], [shown], [shown.toLowerCase()], [` ${shown.replaceAll('-', ' ')} `], [`#${code}`], [`https://luwes.jabarprov.go.id/periksa/#${code}`]])('is read from %s', typed => expect(readCode(typed)).toBe(code));
  it.each([[''], ['#'], [code.slice(1)], [`${code}0`], [code.replace('f', 'g')], ['https://luwes.jabarprov.go.id/periksa/']])('is not %s', typed => expect(readCode(typed)).toBeUndefined());
  it('is shown in groups of four', () => expect(showCode(code)).toBe(shown));
  it('is hex as the server writes it', () => expect(toHex(new Uint8Array([0, 10, 255]))).toBe('000aff'));
});
