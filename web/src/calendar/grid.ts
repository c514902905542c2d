/* What the grid of turns knows without the server: cells, codes, a paste, what changed, what a refusal points at. */
export interface Kind { code: string; starts?: string; ends?: string }
export interface Line { employee: string; turns: readonly string[] }
export type Grid = Record<string, string[]>;

export const gridOf = (lines: readonly Line[]): Grid => Object.fromEntries(lines.map(l => [l.employee, [...l.turns]]));

/** As the server takes it: without blanks, in capitals as the codes are. */
export function clean(text: string, kinds: readonly Kind[]): string {
  const parts = text.replace(/\s/g, '').split('+').filter(Boolean).map(p => kinds.find(k => k.code === p)?.code ?? kinds.find(k => k.code.toLowerCase() === p.toLowerCase())?.code ?? p.toUpperCase());
  return parts.join('+');
}
/** The code of a cell that is no turn of the unit; undefined when all are. */
export const unknownIn = (text: string, kinds: readonly Kind[]) => text && text !== '-' ? text.split('+').find(p => !kinds.some(k => k.code === p)) : undefined;

/** Cells of a sheet from a clipboard, laid down from a corner; what falls outside is left out. */
export function paste(grid: Grid, order: readonly string[], at: { row: number; day: number }, text: string, kinds: readonly Kind[]): Grid {
  const next: Grid = { ...grid };
  text.replace(/\r?\n$/, '').split(/\r?\n/).forEach((line, r) => {
    const id = order[at.row + r];
    if (!id) return;
    const row = [...next[id]!];
    line.split('\t').forEach((cell, c) => { if (at.day + c < row.length) row[at.day + c] = clean(cell, kinds); });
    next[id] = row;
  });
  return next;
}

const minutes = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
/** Whether the turns of a day end after those of the next one begin. */
export function runsInto(day: string, next: string, kinds: readonly Kind[]): boolean {
  const of = (cell: string) => cell.split('+').map(code => kinds.find(k => k.code === code)).filter(k => k?.starts);
  return of(day).some(a => of(next).some(b => minutes(a!.ends!) > minutes(b!.starts!) + 1440));
}

/** Empty cells filled with the turn of the same date of the month before, but for those that a night runs into; and how
 * many were. */
export function copyFrom(grid: Grid, before: Grid, kinds: readonly Kind[]): { grid: Grid; copied: number } {
  let copied = 0;
  const next = Object.fromEntries(Object.entries(grid).map(([id, row]) => {
    const old = before[id] ?? [], filled = [...row];
    row.forEach((cell, i) => {
      const turn = old[i] ?? '', eve = i ? filled[i - 1]! : old.at(-1) ?? '';
      if (cell || !turn || runsInto(eve, turn, kinds) || runsInto(turn, row[i + 1] ?? '', kinds)) return;
      filled[i] = turn;
      copied++;
    });
    return [id, filled];
  }));
  return { grid: next, copied };
}

/** Lines that differ, as the server wants them: a cell as it was is empty, one that was emptied is "-". */
export function changes(stored: Grid, grid: Grid): Line[] {
  return Object.entries(grid).flatMap(([employee, row]) => {
    const old = stored[employee] ?? [], turns = row.map((cell, i) => cell === (old[i] ?? '') ? '' : cell || '-');
    return turns.some(Boolean) ? [{ employee, turns }] : [];
  });
}
export const countChanges = (stored: Grid, grid: Grid) => changes(stored, grid).reduce((n, l) => n + l.turns.filter(Boolean).length, 0);

/** The cell a refusal such as /lines/2/turns/14 is about. */
export function cellOf(pointer: string | undefined, sent: readonly Line[]): { employee: string; day: number } | undefined {
  const m = /^\/lines\/(\d+)\/turns\/(\d+)$/.exec(pointer ?? ''), line = m && sent[Number(m[1])];
  return line ? { employee: line.employee, day: Number(m[2]) } : undefined;
}
