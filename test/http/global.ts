/* Fills the small demo store that every scenario copies. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export default function setup() {
  const dir = mkdtempSync(join(tmpdir(), 'luwes-fixture-'));
  const bin = process.env.LUWES_BIN ?? join(import.meta.dirname, '../../build/luwes');
  execFileSync(bin, ['demo', '--db', join(dir, 'demo.db'), '--employees', '600', '--seed', '7', '--at', '2025-11-13T07:20+07:00'],
    { stdio: ['ignore', 'inherit', 'inherit'] });
  process.env.LUWES_FIXTURE = dir;
  return () => rmSync(dir, { recursive: true, force: true });
}
