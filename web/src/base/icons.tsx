/* Paths of Tabler outline icons (MIT), as far as they are used. */
const paths = {
  home: 'M4 11l8-7 8 7v9h-5v-6H9v6H4z',
  calendar: 'M4 6h16v14H4zM4 10h16M8 3v4M16 3v4',
  report: 'M6 3h9l4 4v14H6zM9 12h7M9 16h5',
  more: 'M4 7h16M4 12h16M4 17h10',
  sync: 'M4 12a8 8 0 0 1 14-5l2 2M20 4v5h-5M20 12a8 8 0 0 1-14 5l-2-2M4 20v-5h5',
  warn: 'M12 4l9 16H3zM12 10v4M12 17.5v.01',
  check: 'M5 12l5 5 9-10',
  cross: 'M6 6l12 12M18 6L6 18',
  info: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v5M12 8v.01',
  people: 'M9 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM2 21v-2a4 4 0 0 1 4-4h6a4 4 0 0 1 4 4v2M16 3.1a4 4 0 0 1 0 7.8M22 21v-2a4 4 0 0 0-3-3.9',
  board: 'M4 4h7v9H4zM13 4h7v5h-7zM13 11h7v9h-7zM4 15h7v5H4z',
  law: 'M12 3v18M5 7h14M5 7l-3 7h6zM19 7l-3 7h6zM8 21h8',
  upload: 'M12 16V4M7 9l5-5 5 5M4 20h16',
  key: 'M15 9a4 4 0 1 0-4 4l-7 7v1h3l1-2h2v-2h2l1-2a4 4 0 0 0 2-6z',
  chevron: 'M9 5l7 7-7 7',
  clock: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l3 3',
  plus: 'M12 5v14M5 12h14',
} as const;
export type IconName = keyof typeof paths;
export const Icon = ({ name, color }: { name: IconName; color?: string }) =>
  <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" style={color ? { color: `var(--${color})` } : undefined}><path d={paths[name]} /></svg>;
