// @vitest-environment happy-dom
import 'fake-indexeddb/auto';
import { afterEach, describe, expect, it } from 'vitest';
import { lang } from '../base/i18n';
import { kinds, times } from './differences';
import { minutesOf } from './simpegnas';

afterEach(() => { lang.value = 'id'; });

describe('a difference in words', () => {
  it('shows both ends, and a dash where there is none', () => {
    expect(times('2025-11-13T00:28:00Z', undefined, 'WIB')).toBe('07.28 / –');
    expect(times(undefined, '2025-11-13T09:01:00Z', 'WITA')).toBe('– / 17.01');
  });
  it('names what differs, of SIMPEGNAS with its name', () => {
    expect(kinds({ external: ['in_apart', 'out_missing_here'], simpegnas: ['status'] })).toEqual(['jam masuk berbeda', 'pulang hanya di sistem lain', 'SIMPEGNAS: keterangan harinya berbeda']);
  });
  it('shows a kind it does not know yet as it came', () => {
    expect(kinds({ external: ['something_new'], simpegnas: [] })).toEqual(['something_new']);
  });
});

describe('the minutes of a class', () => {
  it('are a span, open at the end, or none', () => {
    expect(minutesOf({ from_minute: 1, to_minute: 30 })).toBe('1–30 menit');
    expect(minutesOf({ from_minute: 91 })).toBe('mulai 91 menit');
    expect(minutesOf({})).toBe('');
  });
  it('are said in English too', () => {
    lang.value = 'en';
    expect(minutesOf({ from_minute: 91 })).toBe('from 91 minutes');
  });
});
