/* The code of a paper: 32 hex digits, printed in groups of four, typed as people type. */

/** The digits of what was typed or scanned, which may be the whole address; undefined when it is no code. */
export function readCode(typed: string): string | undefined {
  const digits = (typed.split('#').pop() ?? '').replaceAll(/[\s-]/g, '').toLowerCase();
  return /^[0-9a-f]{32}$/.test(digits) ? digits : undefined;
}

export const showCode = (code: string): string => code.toUpperCase().replaceAll(/(.{4})(?=.)/g, '$1-');

export const toHex = (b: Uint8Array): string => [...b].map(x => x.toString(16).padStart(2, '0')).join('');
