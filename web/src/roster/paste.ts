/*
 * A block from a spreadsheet, names by dates, to edits of the sheet. Whatever is not understood is named, never guessed.
 * Without a row of dates it is a plain block of letters, laid down from the cell one stands on.
 */
import type { Edit, Plan } from './sheet';

/** `person` and `day` say where, as far as that is known. */
export interface Unread { what: 'name' | 'twice' | 'day' | 'word' | 'fact' | 'outside' | 'no_name'; text: string; person?: number; day?: number }
export interface Pasted { edits: Edit[]; unread: Unread[] }
export interface Corner { rows: readonly number[]; row: number; day: number }

const months = ['jan', 'feb', 'mar', 'apr', 'mei', 'jun', 'jul', 'agu', 'sep', 'okt', 'nov', 'des'], others: Record<string, string> = { may: 'mei', aug: 'agu', ags: 'agu', oct: 'okt', nop: 'nov', dec: 'des', peb: 'feb' };
const monthOf = (word: string) => { const m = word.slice(0, 3).toLowerCase(); return months.indexOf(others[m] ?? m) + 1; };
const iso = (y: number, m: number, d: number) => `${y}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`;
const yearOf = (text: string) => Number(text) + (text.length === 2 ? 2000 : 0);

/* days of the period, by what a head of a column says; "1" and "1 Des" may be more than one in a long period */
function daysSaid(text: string, days: readonly string[]): number[] {
  const all = (fits: (day: string) => boolean) => days.flatMap((d, i) => fits(d) ? [i] : []), said = text.trim().replace(/^\p{L}+[.,]?\s+(?=\d)/u, '');
  let m = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?$/.exec(said);
  if (m) return all(d => d === iso(Number(m![1]), Number(m![2]), Number(m![3])));
  m = /^(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}|\d{2}))?$/.exec(said);
  if (m) return all(d => m![3] ? d === iso(yearOf(m![3]), Number(m![2]), Number(m![1])) : d.slice(5) === iso(0, Number(m![2]), Number(m![1])).slice(-5));
  m = /^(\d{1,2})[\s-]*(\p{L}{3,})\.?(?:[\s-]*(\d{4}|\d{2}))?$/u.exec(said);
  if (m) return all(d => Number(d.slice(8)) === Number(m![1]) && Number(d.slice(5, 7)) === monthOf(m![2]!) && (!m![3] || Number(d.slice(0, 4)) === yearOf(m![3])));
  if (/^\d{1,2}$/.test(said)) return all(d => Number(d.slice(8)) === Number(said));
  /* the number of a day, as a spreadsheet keeps it */
  return /^\d{5}$/.test(said) ? all(d => Date.parse(d) / 86_400_000 + 25_569 === Number(said)) : [];
}
/** Day of the period per column, dates rising from left to right; undefined where the head says none. */
export function readDates(heads: readonly string[], days: readonly string[]): (number | undefined)[] {
  let last = -1;
  return heads.map(h => {
    const found = daysSaid(h, days), next = found.find(d => d > last) ?? found[0];
    if (next !== undefined) last = next;
    return next;
  });
}

const titles = /^(drs?|dra|ir|h|hj|prof|kh|rd|raden|ny|tn|apt|ns)$/;
const plain = (name: string) => name.toLowerCase().replace(/\s+/g, ' ').trim();
/** "Dr. H. ASEP Sunandar, S.E., M.M." to "asep sunandar". */
export function bareName(text: string): string {
  const words = plain(text.replace(/\bnip\b.*$/i, '').replace(/[\d\s/|-]*\d{8,}.*$/, '')).split(',')[0]!.split(' ');
  while (words.length > 1 && titles.test(words[0]!.replace(/\./g, ''))) words.shift();
  while (words.length > 1 && /\p{L}\.\p{L}/u.test(words.at(-1)!)) words.pop();
  return words.join(' ').replace(/[^\p{L}' ]/gu, '').replace(/\s+/g, ' ').trim();
}

const letters: Record<string, string> = { k: 'K', wfo: 'K', kantor: 'K', r: 'R', wfh: 'R', rumah: 'R', a: 'A', wfa: 'A', d: 'D', dl: 'D', 'dinas luar': 'D', c: 'C', cuti: 'C', l: 'L', libur: 'L', '': '', '-': '', '–': '' };

/* One word for a cell. What is a fact and no choice of the planner, such as leave, is understood where the sheet has it too. */
function read(plan: Plan, person: number, day: number, text: string, out: Pasted) {
  const letter = letters[plain(text)];
  if (letter === undefined) out.unread.push({ what: 'word', text: text.trim(), person, day });
  else if ('KRA'.includes(letter)) { if (letter) out.edits.push({ person, day, letter }); }
  else if (plan.letters[person * plan.days + day] !== letter) out.unread.push({ what: 'fact', text: text.trim(), person, day });
}

/* Rows of cells, as a spreadsheet puts them on the clipboard: a cell in quotes may hold tabs and ends of lines. */
function cells(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const m of text.replace(/\r\n?/g, '\n').replace(/\n+$/, '').matchAll(/(?:"((?:[^"]|"")*)"(?=[\t\n]|$)|([^\t\n]*))([\t\n]|$)/g)) {
    rows.at(-1)!.push(m[1] !== undefined ? m[1].replace(/""/g, '"').replace(/\s+/g, ' ') : m[2]!);
    if (m[3] === '\n') rows.push([]);
    else if (m[3] === '') break;
  }
  return rows;
}

function laidDown(plan: Plan, rows: readonly string[][], at: Corner): Pasted {
  const out: Pasted = { edits: [], unread: [] };
  rows.forEach((row, r) => row.forEach((text, c) => {
    const person = at.rows[at.row + r], day = at.day + c;
    if (person !== undefined && day < plan.days) read(plan, person, day, text, out);
    else if (text.trim()) out.unread.push({ what: 'outside', text: text.trim() });
  }));
  return out;
}

/* Who a row is about: a cell left of the dates that names one person, with titles or without. */
function people(plan: Plan) {
  const whole = new Map<string, number[]>(), bare = new Map<string, number[]>();
  const add = (map: Map<string, number[]>, key: string, i: number) => map.set(key, [...map.get(key) ?? [], i]);
  plan.sheet.people.forEach((p, i) => { add(whole, plain(p.name), i); add(bare, bareName(p.name), i); });
  return (cell: string) => whole.get(plain(cell)) ?? bare.get(bareName(cell)) ?? [];
}

export function parse(plan: Plan, text: string, at: Corner): Pasted {
  const rows = cells(text), days = plan.sheet.days.map(d => d.day), head = rows.slice(0, 5).findIndex(r => readDates(r.slice(1), days).some(d => d !== undefined));
  if (head < 0) return laidDown(plan, rows, at);
  const out: Pasted = { edits: [], unread: [] }, named = people(plan), heads = rows[head]!, first = 1 + readDates(heads.slice(1), days).findIndex(d => d !== undefined);
  const columns = readDates(heads.map((h, c) => c < first ? '' : h), days), seen = new Set<number>();
  heads.forEach((h, c) => { if (c > first && columns[c] === undefined && h.trim()) out.unread.push({ what: 'day', text: h.trim() }); });
  rows.slice(head + 1).forEach((row, r) => {
    const left = row.slice(0, first), found = left.map(named).find(f => f.length) ?? [], said = left.filter(c => /\p{L}{2}/u.test(c)).at(-1)?.trim(), person = found[0];
    /* beneath the dates often stand the names of the weekdays */
    if (!said && (r === 0 || row.every(c => !c.trim()))) return;
    if (found.length !== 1 || person === undefined || seen.has(person)) return void out.unread.push({ what: !said ? 'no_name' : found.length ? 'twice' : 'name', text: said ?? row.filter(c => c.trim()).join(' ') });
    seen.add(person);
    columns.forEach((day, c) => { if (day !== undefined && row[c] !== undefined) read(plan, person, day, row[c], out); });
  });
  return out;
}
