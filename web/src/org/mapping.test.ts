import { describe, expect, it } from 'vitest';
import { draftOf, mean, missing, put, sent, strange, unread, type Preview } from './mapping';

const heading = (heading: string, samples: string[] = [], is_private = false) => ({ heading, cell: '', is_private, samples });
const column = (name: string, is_required: boolean, choices: string[] = []) => ({ name, example: '', is_required, choices });
const sheet: Preview = {
  sheets: ['DUK'], sheet: 'DUK', line: 5, rows: 2, from: 'example', name: 'SIMPEG: DUK', dates: 'dmy', ends_at_blank: true,
  headings: [heading('NO'), heading('NAMA', ['Ani']), heading('NIP BARU', ['1990']), heading('NIK', [], true), heading('STATUS', ['PNS', 'P3K'])],
  columns: [column('nip', true), column('name', true), column('title_before', false), column('employment_kind', true, ['pns', 'pppk'])],
  proposal: [{ column: 'nip', heading: 'NIP BARU', fixed: '', values: [] }, { column: 'name', heading: 'NAMA', fixed: '', values: [] }],
};

describe('a mapping being made', () => {
  it('begins with what is proposed, without the name of an example', () => {
    const d = draftOf(sheet);
    expect(d).toMatchObject({ name: '', dates: 'dmy', ends_at_blank: true, columns: { nip: { heading: 'NIP BARU' }, employment_kind: { heading: '', fixed: '' } } });
    expect(draftOf({ ...sheet, from: 'saved', name: 'DUK kami' }).name).toBe('DUK kami');
  });
  it('says what is missing until a heading or a fixed value is given', () => {
    const d = draftOf(sheet);
    expect(missing(sheet, d)).toEqual(['employment_kind']);
    expect(missing(sheet, put(d, 'employment_kind', { fixed: 'pns' }))).toEqual([]);
    expect(missing(sheet, put(d, 'employment_kind', { heading: 'STATUS' }))).toEqual([]);
  });
  it('asks what the words of a sheet mean, and forgets it with the heading', () => {
    let d = put(draftOf(sheet), 'employment_kind', { heading: 'STATUS' });
    expect(strange(sheet, 'employment_kind', d)).toEqual(['P3K']);
    d = mean(d, 'employment_kind', 'P3K', 'pppk');
    expect(d.columns.employment_kind!.values).toEqual([{ said: 'P3K', meant: 'pppk' }]);
    expect(strange(sheet, 'employment_kind', d)).toEqual(['P3K']);
    expect(mean(d, 'employment_kind', 'P3K', '').columns.employment_kind!.values).toEqual([]);
    expect(put(d, 'employment_kind', { heading: '' }).columns.employment_kind!.values).toEqual([]);
    expect(strange(sheet, 'name', d)).toEqual([]);
  });
  it('names what is left unread, personal data apart', () => {
    expect(unread(sheet, draftOf(sheet))).toEqual({ plain: ['NO', 'STATUS'], private: ['NIK'] });
  });
  it('sends only columns that say something', () => {
    expect(sent(draftOf(sheet)).map(c => c.column)).toEqual(['nip', 'name']);
  });
});
