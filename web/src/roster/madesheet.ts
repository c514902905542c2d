/* Sheets for tests: a node, its units, two posts in each; the same seed gives the same sheet. */
import { addDays } from '../base/format';
import type { Group, Person, Sheet } from './sheet';

/** Numbers below n, always the same ones for a seed. */
export function dice(seed: number) {
  let s = seed >>> 0;
  return (n: number) => {
    s = (s * 1664525 + 1013904223) >>> 0;
    return Math.floor(s / 4294967296 * n);
  };
}

const given = ['Sri', 'Budi', 'Dewi', 'Agus', 'Rina', 'Yusuf', 'Maria', 'Made', 'Asep', 'Nining', 'Hendra', 'Lilis'], family = ['Wahyuni', 'Santoso', 'Lestari', 'Salim', 'Marlina', 'Hidayat', 'Tampubolon', 'Suarta', 'Sunandar', 'Kurniasih', 'Gunawan', 'Rahayu'];

function groups(units: number, days: number): Group[] {
  const none = Array<number>(days).fill(-1), zero = Array<number>(days).fill(0);
  const group = (kind: Group['kind'], name: string, parent?: number): Group => ({ kind, name, ...(parent === undefined ? {} : { parent }), all: [...zero], eligible: [...zero], present: [...zero], away: [...zero], least: none, most: none, minimum: none });
  return [group('node', 'Dinas Kependudukan dan Pencatatan Sipil'), ...Array.from({ length: units }, (_, u) => [group('unit', `Seksi Pelayanan ${u + 1}`, 0), group('post', `Loket ${u + 1}A`, 1 + u * 3), group('post', `Loket ${u + 1}B`, 1 + u * 3)]).flat()];
}
function person(i: number, group: number, days: Sheet['days'], roll: (n: number) => number): Person {
  const cells = days.map(d => d.is_off ? 'L' : 'CDXTPH'[roll(60)] ?? '.').join('');
  const letter = (c: string) => c === 'L' || c === 'C' || c === 'D' ? c : c === 'H' || c === '.' && roll(5) < 2 ? roll(8) ? 'R' : 'A' : 'K';
  const letters = [...cells].map(letter).join('');
  return {
    employee: String(1000 + i), name: `${given[i % 12]} ${family[(i + Math.floor(i / 12)) % 12]}${i < 144 ? '' : ` ${Math.floor(i / 144) + 1}`}${i % 5 ? '' : ', S.E., M.M.'}`, position: i % 3 ? 'Pengelola Layanan Operasional' : 'Analis Kebijakan Ahli Muda', group, days: letters, cells,
    locked: [...cells].map(c => c === '.' && !roll(25) ? 'x' : '.').join(''), was: i % 7 ? [...letters].map((l, d) => cells[d] === '.' && !roll(12) ? l === 'K' ? 'R' : 'K' : l).join('') : '', wishes: [...cells].map(c => c !== '.' || roll(12) ? '.' : '+-'[roll(2)]).join(''),
    week_most: Array<number>(6).fill(3), edge_most: 1, least: 4, most: 12, share: 8, past: roll(20), lead: 0, lead_edges: 0, trail: 0, trail_edges: 0, may_anywhere: true, unit: 'Seksi Pelayanan',
  };
}
/* limits as a server works them out: half of those present at most, two at every post */
function limit(sheet: Sheet) {
  sheet.people.forEach(p => [...p.cells].forEach((c, d) => {
    for (let g: number | undefined = p.group; g !== undefined; g = sheet.groups[g]!.parent) {
      sheet.groups[g]!.all[d]!++;
      if (!'LXM'.includes(c)) sheet.groups[g]!.eligible[d]!++;
      if (!'LCDM'.includes(c)) sheet.groups[g]!.present[d]!++;
    }
  }));
  for (const g of sheet.groups) {
    if (g.kind === 'post') g.minimum = sheet.days.map(d => d.is_off ? -1 : 3);
    else if (g.kind === 'node') Object.assign(g, { most: g.present.map(n => Math.floor(n * 0.45)), least: g.present.map(() => 0), percent: 45, bound: 'at_most', base: 'present', number: 'SE 12/2025', article: 'angka 3' });
    else g.most = g.present.map(n => Math.floor(n / 2));
  }
}
export function madeSheet(people: number, length: number, seed = 1, from = '2025-12-01'): Sheet {
  const roll = dice(seed), days = Array.from({ length }, (_, i) => {
    const day = addDays(from, i), weekday = new Date(day).getUTCDay(), isHoliday = day === '2025-12-25';
    return { day, is_off: weekday % 6 === 0 || isHoliday, is_edge: weekday === 1 || weekday === 5, ...(isHoliday ? { label: 'Hari Raya Natal' } : day === '2025-12-17' ? { label: 'Apel' } : {}) };
  });
  const units = Math.max(1, Math.round(people / 30));
  const sheet: Sheet = { from, to: days.at(-1)!.day, days, groups: groups(units, length), people: [], outside: 12 };
  sheet.people = Array.from({ length: people }, (_, i) => person(i, 2 + Math.floor(i * units / people) * 3 + Math.floor(i * units * 2 / people) % 2, days, roll));
  limit(sheet);
  return sheet;
}
