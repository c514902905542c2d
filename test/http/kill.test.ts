/*
 * kill -9 at any moment: everything acknowledged is in the store, nothing twice, the log root goes on.
 * A hundred cycles in CI, ten times as many in `make soak` (LUWES_CYCLES).
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { demoServer, punch, QUICK, tryVerb, verb, type Server } from './server';

const CYCLES = Number(process.env.LUWES_CYCLES ?? (QUICK ? 10 : 100));
let server: Server, tokens: string[];

beforeAll(async () => {
  server = await demoServer();
  await server.stop();
  const file = join(server.dir, 'sessions');
  verb('demo', '--db', server.db, '--sessions', '200', file);
  tokens = readFileSync(file, 'utf8').trim().split('\n').map(l => l.split('\t')[0]!);
});
afterAll(() => server.remove());

interface Acked { token: string; event: ReturnType<typeof punch>; punch_id: string; received_at: string }

/** What one life of the server acknowledged, and a way to wait until it was so much. */
class Tally {
  readonly acked: Acked[] = [];
  private waiting?: { count: number; resolve: () => void };
  add(a: Acked) {
    this.acked.push(a);
    if (this.waiting && this.acked.length >= this.waiting.count) this.waiting.resolve();
  }
  reaches(count: number): Promise<void> {
    return new Promise(resolve => {
      this.waiting = { count, resolve };
      if (this.acked.length >= count) resolve();
    });
  }
}

/** Punches for one after another until the server is gone. */
async function hammer(tally: Tally) {
  const c = server.client();
  for (let n = Math.floor(Math.random() * tokens.length); ; n++) {
    const token = tokens[n % tokens.length]!, event = punch('in', new Date(Date.UTC(2025, 10, 13, 0, 20, 30)));
    c.cookie = `luwes_session=${token}`;
    const r = await c.post('/api/v1/attendance/punches', { events: [event] }).catch(() => undefined);
    if (!r) return;
    if (r.status === 200) tally.add({ token, event, punch_id: r.body.receipts[0].punch_id, received_at: r.body.receipts[0].received_at });
  }
}

async function check(acked: Acked[]) {
  for (const a of acked) {
    const c = server.client();
    c.cookie = `luwes_session=${a.token}`;
    const r = await c.post('/api/v1/attendance/punches', { events: [a.event] });
    expect(r.body.receipts[0]).toMatchObject({ status: 'duplicate', punch_id: a.punch_id, received_at: a.received_at });
  }
}

it(`loses nothing it acknowledged over ${CYCLES} kills`, async () => {
  const everything: Acked[] = [];
  for (let cycle = 0; cycle < CYCLES; cycle++) {
    const tally = new Tally();
    await server.start();
    const workers = Array.from({ length: 6 }, () => hammer(tally));
    await tally.reaches(1 + Math.floor(Math.random() * 60));
    await server.stop('SIGKILL');
    await Promise.all(workers);
    everything.push(...tally.acked);
    if (cycle % 10 === 9 || cycle === CYCLES - 1) {
      await server.start();
      await check(tally.acked);
      await server.stop();
    }
  }
  await server.start();
  await check(everything);
  expect(everything.length).toBeGreaterThan(CYCLES);
  await server.stop();
  expect(verb('doctor', '--db', server.db)).toMatch(/^root [0-9a-f]{64}$/m);
  /* the days and counters that stand there are those the journal gives: nothing was half-done */
  expect(tryVerb('rebuild', '--db', server.db, '--clock', '2025-11-13T07:21+07:00').status).toBe(0);
}, 60_000 + 3_000 * CYCLES); /* also on a busy machine */

it('finishes what it accepted when asked to end', async () => {
  const tally = new Tally();
  await server.start();
  const workers = Array.from({ length: 8 }, () => hammer(tally));
  await tally.reaches(100);
  expect(await server.stop('SIGTERM')).toBe(0);
  await Promise.all(workers);
  await server.start();
  await check(tally.acked);
  await server.stop();
});
