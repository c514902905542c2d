/*
 * The time that a signed event or record claims: the server's last token, and how far this clock stood from the server's
 * when it came (the middle of the round trip). A clock that somebody moves afterwards is seen at the sending, because
 * the offset stays the token's own.
 */

/** This page: its clock (performance.now) means nothing to another one. */
export const LIFE = crypto.randomUUID?.() ?? String(Math.random());

/** What a token is worth here. */
export interface Measured { issued_at: number; /** Server minus this clock, ms. */ offset: number; life: string; mono: number }

/** Asked and answered by this clock. */
export function measure(issued: string, asked: number, answered: number, mono = performance.now()): Measured {
  const issued_at = Date.parse(issued);
  return { issued_at, offset: Math.round(issued_at - (asked + answered) / 2), life: LIFE, mono };
}

/** `at` and `mono` are this device's clocks at the press; `otherwise`: the offset where no token came yet. */
export function claimOf(t: Measured | undefined, at: number, mono: number, otherwise: number): { offset: number; wall: number; mono?: number } {
  const offset = t?.offset ?? otherwise;
  return { offset, wall: Math.max(1, Math.round(at + offset)), mono: t && t.life === LIFE ? Math.max(0, Math.floor(mono - t.mono)) : undefined };
}
