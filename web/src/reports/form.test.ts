// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { checkItem, toBody, type Item } from './form';

const good: Item = { starts: '08:00', ends: '10:00', description: 'Menelaah 12 berkas permohonan izin.', volume: '12', unit_of_measure: 'berkas', target: '', evidence_link: '' };

describe('checkItem', () => {
  it('has nothing to say about a good item', () => {
    expect(checkItem(good)).toEqual({});
    expect(checkItem({ ...good, evidence_link: 'https://naskah.example/12' })).toEqual({});
  });
  it.each<[string, Partial<Item>, keyof Item]>([
    ['nine letters and spaces around them', { description: '   sembilan.   ' }, 'description'],
    ['an end at the start', { ends: '08:00' }, 'ends'],
    ['an end before the start', { ends: '07:00' }, 'ends'],
    ['no end', { ends: '' }, 'ends'],
    ['no end of an afternoon', { starts: '14:00', ends: '' }, 'ends'],
    ['no start', { starts: '' }, 'ends'],
    ['an end more than half a day on', { starts: '13:00', ends: '09:00' }, 'ends'],
    ['a volume of nought', { volume: '0' }, 'volume'],
    ['no volume', { volume: '' }, 'volume'],
    ['six digits', { volume: '100000' }, 'volume'],
    ['only spaces as unit', { unit_of_measure: '  ' }, 'unit_of_measure'],
    ['a link without TLS', { evidence_link: 'http://naskah.example' }, 'evidence_link'],
    ['a script as link', { evidence_link: 'javascript:alert(1)' }, 'evidence_link'],
    ['a bare scheme', { evidence_link: 'https://' }, 'evidence_link'],
  ])('marks %s', (_name, change, field) => {
    const errors = checkItem({ ...good, ...change });
    expect(Object.keys(errors)).toEqual([field]);
    expect(errors[field]).toMatch(/\.$|https:\/\//);
  });
  it('marks everything that is wrong at once', () => {
    expect(Object.keys(checkItem({ ...good, description: '', ends: '01:00', volume: '', unit_of_measure: '' })).sort()).toEqual(['description', 'ends', 'unit_of_measure', 'volume']);
  });
});

describe('toBody', () => {
  it('sends what was written, trimmed, and leaves empty fields out', () => {
    expect(toBody('2025-11-13', 3, { items: [{ ...good, description: `  ${good.description} ` }], obstacle: ' ' }, true)).toEqual({
      day: '2025-11-13', version: 3, submit: true,
      items: [{ starts: '08:00', ends: '10:00', description: good.description, volume: 12, unit_of_measure: 'berkas' }],
    });
  });
  it('tells the end of a night past 24:00', () => {
    const night = { ...good, starts: '22:00', ends: '04:00' };
    expect(checkItem(night)).toEqual({});
    expect(toBody('2025-11-13', 0, { items: [night], obstacle: '' }, true).items[0]).toMatchObject({ starts: '22:00', ends: '28:00' });
  });
  it('carries target, obstacle, file and link', () => {
    const sha = 'a'.repeat(64);
    const body = toBody('2025-11-13', 0, { items: [{ ...good, target: 'RHK 2', evidence_sha256: sha, evidence_name: 'foto.jpg', evidence_link: 'https://naskah.example/1' }], obstacle: 'jaringan lambat' }, true);
    expect(body.obstacle).toBe('jaringan lambat');
    expect(body.items[0]).toMatchObject({ target: 'RHK 2', evidence_sha256: sha, evidence_name: 'foto.jpg', evidence_link: 'https://naskah.example/1' });
  });
  it('leaves unfinished items out of a draft but never out of a submission', () => {
    const draft = { items: [good, { ...good, description: 'baru' }], obstacle: '' };
    expect(toBody('2025-11-13', 0, draft, false).items).toHaveLength(1);
    expect(toBody('2025-11-13', 0, draft, true).items).toHaveLength(2);
  });
});
