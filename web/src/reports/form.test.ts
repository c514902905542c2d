// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { choicesOn, sameUnit, type Choice, type Plans } from './fill';
import { again, checkItem, meant, toBody, type Item } from './form';
import type { Report } from './view';

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
    ['more effective minutes than there were', { effective_minutes: '121' }, 'effective_minutes'],
    ['no effective minutes at all', { effective_minutes: '0' }, 'effective_minutes'],
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
  it('names the task it speaks of, and nothing of its words', () => {
    expect(toBody('2025-11-13', 0, { items: [{ ...good, task_id: '9', task: 'Siapkan data' }], obstacle: '' }, true).items[0]).toEqual({ starts: '08:00', ends: '10:00', description: good.description, volume: 12, unit_of_measure: 'berkas', task_id: '9' });
  });
  it('names the planned result by its id alone, with minutes and number', () => {
    expect(toBody('2025-11-13', 0, { items: [{ ...good, target_id: '7', target: 'lama', effective_minutes: '90', reference: ' 800/11/2025 ' }], obstacle: '' }, true).items[0]).toEqual({
      starts: '08:00', ends: '10:00', description: good.description, volume: 12, unit_of_measure: 'berkas', target_id: '7', effective_minutes: 90, reference: '800/11/2025',
    });
  });
  it('leaves unfinished items out of a draft but never out of a submission', () => {
    const draft = { items: [good, { ...good, description: 'baru' }], obstacle: '' };
    expect(toBody('2025-11-13', 0, draft, false).items).toHaveLength(1);
    expect(toBody('2025-11-13', 0, draft, true).items).toHaveLength(2);
  });
});

const choice: Choice = { id: '7', result: 'Berkas terverifikasi', unit: 'berkas' };
describe('choicesOn', () => {
  const plan = (state: string, first_day: string, last_day: string, ...targets: object[]) => ({ state, first_day, last_day, targets });
  const target = (id: string, kind: string, ...measures: object[]) => ({ target: id, kind, result: `Hasil ${id}`, measures });
  const plans = { items: [
    plan('agreed', '2025-10-01', '2025-12-31', target('1', 'additional'), target('2', 'main', { aspect: 'quality', unit_of_measure: 'persen' }, { aspect: 'quantity', unit_of_measure: 'berkas' })),
    plan('agreed', '2025-01-01', '2025-12-31', target('3', 'main')), plan('draft', '2025-01-01', '2025-12-31', target('4', 'main')),
    plan('replaced', '2025-01-01', '2025-12-31', target('5', 'main')), plan('agreed', '2025-07-01', '2025-09-30', target('6', 'main')),
  ] } as unknown as Plans;
  it('has results in force on the day, main ones first, with the unit their quantity counts', () => {
    expect(choicesOn(plans, '2025-11-13')).toEqual([{ id: '2', result: 'Hasil 2', unit: 'berkas' }, { id: '3', result: 'Hasil 3', unit: undefined }, { id: '1', result: 'Hasil 1', unit: undefined }]);
    expect(choicesOn(plans, '2025-09-30').map(c => c.id)).toEqual(['3', '6']);
    expect(choicesOn(plans, '2026-01-01')).toEqual([]);
    expect(choicesOn(undefined, '2025-11-13')).toEqual([]);
  });
});
it.each([['berkas', ' Berkas ', true], ['jam  pelajaran', 'Jam Pelajaran', true], ['berkas', 'surat', false]])('the unit %j is the same as %j: %s', (a, b, same) => { expect(sameUnit(a, b)).toBe(same); });

describe('a report begun from', () => {
  const sent = { starts: '22:00', ends: '28:00', description: 'Memverifikasi berkas mutasi', volume: 12, unit_of_measure: 'berkas', target_id: '7', effective_minutes: 300, reference: '800/1', evidence_sha256: 'a'.repeat(64), evidence_name: 'foto.jpg', evidence_link: 'https://naskah.example/1' };
  it('the last one has its work but not its evidence, and no result that holds no more', () => {
    const [item, other] = again([sent, { ...sent, target_id: '8' }] as unknown as Report['items'], [choice]);
    expect(item).toMatchObject({ starts: '22:00', ends: '04:00', volume: '12', target_id: '7', effective_minutes: '300', reference: '', evidence_link: '' });
    expect(item!.evidence_sha256).toBeUndefined();
    expect(other!.target_id).toBeUndefined();
  });
  it('the plan of the day has one after the other', () => {
    const items = meant([{ description: 'Memverifikasi berkas', target: '7', volume: 10 }, { description: 'Rapat koordinasi', target: '9', unit_of_measure: 'rapat' }], { ...good, starts: '07:30', ends: '09:30', description: '' }, [choice]);
    expect(items).toMatchObject([{ starts: '07:30', ends: '09:30', description: 'Memverifikasi berkas', volume: '10', unit_of_measure: 'berkas', target_id: '7' }, { starts: '09:30', ends: '11:30', volume: '1', unit_of_measure: 'rapat', target_id: undefined }]);
    expect(items.map(checkItem)).toEqual([{}, {}]);
  });
});
