import { describe, expect, it } from 'vitest';
import { uuid7 } from './uuid7';

describe('uuid7', () => {
  it('is version 7 of the RFC variant with the time in its first 48 bits', () => {
    const at = Date.UTC(2025, 10, 13, 0, 20), id = uuid7(at);
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(at);
  });
  it('matches the example of RFC 9562, appendix A.6', () => {
    const random = Uint8Array.from([0x0c, 0xc3, 0x18, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f]);
    expect(uuid7(0x017f22e279b0, random)).toBe('017f22e2-79b0-7cc3-98c4-dc0c0c07398f');
  });
  it('sorts by time as text, over a day of milliseconds far apart', () => {
    const ids = Array.from({ length: 100 }, (_, i) => uuid7(1_762_992_000_000 + i * 864_001));
    expect([...ids].sort()).toEqual(ids);
  });
  it('keeps version and variant whatever the random bytes are', () => {
    for (const byte of [0x00, 0xff]) expect(uuid7(0, new Uint8Array(10).fill(byte))).toMatch(/-7[0f]{3}-[8b][0f]{3}-/);
  });
  it('never gives one twice in the same millisecond', () => {
    expect(new Set(Array.from({ length: 2000 }, () => uuid7(1_762_992_000_000))).size).toBe(2000);
  });
});
