/*
 * kill -9 at any moment: everything acknowledged is in the store, nothing twice, the log root goes on. Every
 * second phone signs, and sends again what it has no receipt for. A hundred cycles in CI, ten times as many in
 * `make soak` (LUWES_CYCLES).
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { differences, post, Sender, sessionsOf, type Acked, type Session } from './sessions';
import { demoServer, punch, QUICK, tryVerb, verb, type Server } from './server';

const CYCLES = Number(process.env.LUWES_CYCLES ?? (QUICK ? 10 : 100)), PRESSED = Date.UTC(2025, 10, 13, 0, 20, 30);
let server: Server, people: Session[], senders: Sender[];

beforeAll(async () => {
  server = await demoServer();
  await server.stop();
  people = await sessionsOf(server, 200);
  senders = people.map(p => new Sender(p));
});
afterAll(() => server.remove());

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

async function unsigned(token: string): Promise<Acked | undefined> {
  const sent = punch('in', new Date(PRESSED)), r = await post(server, token, sent);
  return r?.status === 200 ? { token, sent, receipt: r.body.receipts[0] } : undefined;
}

/** Punches for one after another until the server is gone; no two workers hold the same phone. */
async function hammer(tally: Tally, worker: number, workers: number) {
  const own = people.flatMap((_, i) => (i % workers === worker ? [i] : []));
  for (let n = Math.floor(Math.random() * own.length); ; n++) {
    const i = own[n % own.length]!, a = await (i % 2 ? senders[i]!.send(server, PRESSED) : unsigned(people[i]!.token));
    if (!a) return;
    tally.add(a);
  }
}
const hammers = (tally: Tally, workers: number) => Array.from({ length: workers }, (_, w) => hammer(tally, w, workers));

async function check(acked: Acked[]) {
  for (const a of acked) expect(await differences(server, a), JSON.stringify(a.receipt)).toEqual([]);
}

it(`loses nothing it acknowledged over ${CYCLES} kills`, async () => {
  const everything: Acked[] = [];
  for (let cycle = 0; cycle < CYCLES; cycle++) {
    const tally = new Tally();
    await server.start();
    const workers = hammers(tally, 6);
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
  expect(everything.filter(a => a.receipt.receipt).length, 'of them signed').toBeGreaterThan(CYCLES / 4);
  await server.stop();
  expect(verb('doctor', '--db', server.db)).toMatch(/^root [0-9a-f]{64}$/m);
  /* the days and counters that stand there are those the journal gives: nothing was half-done */
  expect(tryVerb('rebuild', '--db', server.db, '--clock', '2025-11-13T07:21+07:00').status).toBe(0);
}, 60_000 + 3_000 * CYCLES); /* also on a busy machine */

it('finishes what it accepted when asked to end', async () => {
  const tally = new Tally();
  await server.start();
  const workers = hammers(tally, 8);
  await tally.reaches(100);
  expect(await server.stop('SIGTERM')).toBe(0);
  await Promise.all(workers);
  await server.start();
  await check(tally.acked);
  await server.stop();
});
