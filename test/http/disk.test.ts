/*
 * A disk that fails at its n-th write or sync, for every n until none is left to fail: whatever was acknowledged
 * is there afterwards, nothing twice, nothing half-done, whichever moment it was. Phones send again what they have
 * no receipt for. Each life of the server stores three signed events and an unsigned one.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { shimIn, withDisk } from './disk';
import { differences, post, Sender, sessionsOf, type Acked, type Session } from './sessions';
import { copyStore, punch, QUICK, Server, tryVerb, verb } from './server';

const MOST = 400, STEP = Number(process.env.LUWES_DISK_STEP ?? (QUICK ? 4 : 3)), PRESSED = Date.UTC(2025, 10, 13, 0, 20, 0);

describe.each(['EIO', 'ENOSPC'] as const)('a disk that answers %s', error => {
  let sound: Server, people: Session[], senders: Sender[], shim: string, flag: string;
  const acked: Acked[] = [];
  const add = (a: Acked | undefined) => { if (a) acked.push(a); };

  beforeAll(async () => {
    const { dir, db } = copyStore();
    sound = new Server(dir, db);
    people = await sessionsOf(sound, 40);
    senders = people.map(p => new Sender(p));
    shim = shimIn(dir);
    flag = join(dir, 'armed');
  });
  afterAll(() => sound.remove());

  /** One life over the failing disk; false when it made fewer writes than n. */
  async function live(n: number): Promise<boolean> {
    const server = await new Server(sound.dir, sound.db, withDisk(shim, { LUWES_DISK_FAIL: `${n}:${constants.errno[error]}:${flag}` })).start();
    writeFileSync(flag, '');
    for (let i = 0; i < 3; i++) add(await senders[(n + i) % senders.length]!.send(server, PRESSED + n));
    const token = people[n % people.length]!.token, sent = punch('in', new Date(PRESSED)), r = await post(server, token, sent);
    if (r?.status === 200) add({ token, sent, receipt: r.body.receipts[0] });
    const hasFailed = !existsSync(flag);
    rmSync(flag, { force: true });
    await server.stop(); /* unless it ended by itself, as it must when a sync failed */
    return hasFailed;
  }

  it('loses nothing it acknowledged, at whichever write', async () => {
    let n = 1, failures = 0, before = 0;
    for (; n < MOST && await live(n); n += STEP) { failures++; before = acked.length; }
    expect(n, 'there was an end of writes').toBeLessThan(MOST);
    expect(failures).toBeGreaterThan(3);
    expect(acked.slice(0, before).some(a => a.receipt.receipt), 'signed, in a life that failed').toBe(true);
    await sound.start();
    for (const s of senders) add(await s.send(sound, PRESSED + n)); /* what was left over, or one more */
    for (const a of acked) expect(await differences(sound, a), JSON.stringify(a.receipt)).toEqual([]);
    for (const p of people) {
      const c = sound.client();
      c.cookie = `luwes_session=${p.token}`;
      const kept = (await c.get('/api/v1/attendance/evidence?day=2025-11-13')).body.items as { hash: string; reasons: string[] }[];
      expect(new Set(kept.map(k => k.hash)).size, 'nothing twice').toBe(kept.length);
      expect(kept.flatMap(k => k.reasons)).not.toContain('fork');
    }
    expect(await sound.stop()).toBe(0);
    expect(verb('doctor', '--db', sound.db)).toMatch(/^root [0-9a-f]{64}$/m);
    expect(tryVerb('rebuild', '--db', sound.db, '--clock', '2025-11-13T07:21+07:00').status).toBe(0);
  }, 300_000);
});
