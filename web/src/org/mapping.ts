/* A mapping being made: which column of the sheet fills which of ours. Pure: the server checks it again. */
import type { Got } from '../base/api';
import type { components } from '../api/schema';

export type Preview = components['schemas']['SheetPreview'];
export type Mapped = components['schemas']['MappedColumn'];
export type Saved = Got<'/api/v1/imports/mappings'>['items'][number];
export type Order = Preview['dates'];

export interface Draft { name: string; dates: Order; ends_at_blank: boolean; columns: Record<string, Mapped> }

const empty = (column: string): Mapped => ({ column, heading: '', fixed: '', values: [] });

/** The proposal of the server as a draft; the name of an example is not taken over. */
export const draftOf = (p: Preview): Draft => ({
  name: p.from === 'saved' ? p.name ?? '' : '', dates: p.dates, ends_at_blank: p.ends_at_blank,
  columns: Object.fromEntries(p.columns.map(c => [c.name, p.proposal.find(m => m.column === c.name) ?? empty(c.name)])),
});

/** Puts a change into a column. Without a heading nothing can mean anything. */
export function put(d: Draft, column: string, change: Partial<Mapped>): Draft {
  const now = { ...d.columns[column]!, ...change };
  return { ...d, columns: { ...d.columns, [column]: now.heading ? now : { ...now, values: [] } } };
}

/** Says what a word of the sheet means; an empty meaning takes it back. */
export function mean(d: Draft, column: string, said: string, meant: string): Draft {
  const others = d.columns[column]!.values.filter(v => v.said !== said);
  return put(d, column, { values: meant ? [...others, { said, meant }] : others });
}

/** Words below a heading that a column with choices does not take as they stand. */
export const strange = (p: Preview, column: string, d: Draft): string[] => {
  const wanted = p.columns.find(c => c.name === column)!, at = p.headings.find(h => h.heading === d.columns[column]!.heading);
  if (!wanted.choices.length || !at) return [];
  const known = new Set(d.columns[column]!.values.map(v => v.said));
  return [...new Set([...at.samples.filter(s => !wanted.choices.includes(s.toLowerCase())), ...known])];
};

/** Required columns that nothing fills. */
export const missing = (p: Preview, d: Draft): string[] => p.columns.filter(c => c.is_required && !d.columns[c.name]!.heading && !d.columns[c.name]!.fixed).map(c => c.name);

/** Headings nobody reads: personal ones apart. */
export function unread(p: Preview, d: Draft): { plain: string[]; private: string[] } {
  const read = new Set(Object.values(d.columns).map(c => c.heading)), left = p.headings.filter(h => h.heading && !read.has(h.heading));
  return { plain: left.filter(h => !h.is_private).map(h => h.heading), private: left.filter(h => h.is_private).map(h => h.heading) };
}

/** What is sent: only columns that say something. */
export const sent = (d: Draft): Mapped[] => Object.values(d.columns).filter(c => c.heading || c.fixed);
