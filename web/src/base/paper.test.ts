/* Evidence on paper comes back whole from whatever a reader of codes gives, or says what is missing. */
import { describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromParts, toParts } from './paper';

const bundles = (JSON.parse(readFileSync(join(import.meta.dirname, '../../../test/vectors/bundles.json'), 'utf8')) as { bundle: string[] }[]).map(c => c.bundle.join('\n') + '\n').filter(t => t.length > 2000);

describe('a bundle on paper', () => {
  it('comes back from its parts, in any order, with anything around them', async () => {
    for (const text of bundles.slice(0, 20)) {
      const parts = await toParts(text);
      expect(parts.every(p => p.length <= 640)).toBe(true);
      expect(await fromParts(parts.join('\n'))).toBe(text);
      expect(await fromParts(`Hasil pindai:\r\n${[...parts].reverse().join('  \r\n\r\n')}\n`)).toBe(text);
      expect(await fromParts([...parts, parts[0]].join(' '))).toBe(text);
    }
  });
  it('names the parts that are missing', async () => {
    const parts = await toParts(bundles[0]!);
    expect(parts.length).toBeGreaterThan(2);
    expect(await fromParts(parts.filter((_, i) => i !== 1).join('\n'))).toEqual([2]);
  });
  it('is not taken for one when it is none, mixed or spoilt', async () => {
    expect(await fromParts('LUWES-BUNDLE 1\n')).toBeUndefined();
    expect(await fromParts('')).toBeUndefined();
    const parts = await toParts(bundles[0]!);
    expect(await fromParts(`${parts.join('\n')}\nLW1B.1.99.AAAA`)).toBeNull();
    expect(await fromParts(parts.map((p, i) => i ? p : p.slice(0, 60)).join('\n'))).toBeNull();
    expect(await fromParts('LW1B.1.1.AAAA')).toBeNull();
  });
});
