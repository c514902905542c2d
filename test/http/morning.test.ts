/*
 * A morning of the demo: phones sign, a part of them has no signal until 09.00, and nobody is late by the network.
 * The clock runs six hundred times as fast, so the hours pass in seconds.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { BIN, Server, dumpRows, verb } from './server';

const OFFLINE_FROM_MS = 20 * 60_000; // later than any network delay at this speed
let dir: string, server: Server, db: string;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'luwes-morning-'));
  db = join(dir, 'demo.db');
  verb('demo', '--db', db, '--employees', '600', '--seed', '11', '--at', '2025-11-13T06:40+07:00');
  server = await new Server(dir, db).start('--clock', '2025-11-13T06:40+07:00,x600');
}, 60_000);
afterAll(async () => { await server?.stop(); rmSync(dir, { recursive: true, force: true }); });

/* In and out of the whole day would take a minute and a half: what was sent until the end of the morning is looked at. */
const replay = (seconds: number) => new Promise<void>(resolve => {
  const child = spawn(BIN, ['replay', '--url', server.url, '--day', '2025-11-13', '--speed', '600', '--db', db, '--offline', '20', '--until', '09:00'], { stdio: 'ignore' });
  const timer = setTimeout(() => child.kill(), seconds * 1000);
  child.on('exit', () => { clearTimeout(timer); resolve(); });
});

it('counts what was signed without a signal by its own time', async () => {
  await replay(17);
  await server.stop();
  const dump = verb('dump', '--db', db), starts = new Map(dumpRows(dump, 'attendance_day').filter(d => d.day === DAY).map(d => [d.employee_id, d]));
  const signed = new Set(dumpRows(dump, 'attendance_evidence').map(e => e.event_id));
  const all = dumpRows(dump, 'attendance_punch').filter(p => signed.has(p.event_id!) && p.direction === '0');
  const late = all.filter(p => Number(p.received_at) - Number(p.phone_at) > OFFLINE_FROM_MS);
  expect(all.length).toBeGreaterThan(200);
  expect(late.length).toBeGreaterThan(25);
  for (const p of late) {
    const d = starts.get(p.employee_id!)!, pressed = Math.floor((Number(p.phone_at) + 7 * 3_600_000) / 60_000) % 1440;
    expect(p.time_grade, 'the claim counts').toBe('2');
    if (d.state === NOT_USED || Number(d.basis) & AWAITED) continue; // an agency that judges by another system
    expect(Number(d.in_at), JSON.stringify(d)).toBe(Number(p.phone_at));
    const allowed = d.mode === OUTSIDE_DUTY ? pressed : Number(d.starts); // on outside duty nobody is late
    if (Number(d.starts) >= 0) expect(Number(d.late_minutes), `pressed ${pressed}, asked ${d.starts}`).toBe(Math.max(0, pressed - allowed));
    expect(Number(d.flags) & 2, 'unconfirmed').toBe(0);
  }
}, 60_000);

const NOT_USED = '7', OUTSIDE_DUTY = '3', AWAITED = 128, DAY = String(Date.UTC(2025, 10, 13) / 86_400_000);
