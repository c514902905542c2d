/* The disk with faults of disk.c, to be put under a server. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** Compiles it into a directory. */
export function shimIn(dir: string): string {
  const shim = join(dir, 'disk.so');
  execFileSync('cc', ['-shared', '-fPIC', '-O1', '-o', shim, join(import.meta.dirname, 'disk.c'), '-ldl']);
  return shim;
}
/** The environment of a server that stands on it. */
export const withDisk = (shim: string, orders: Record<string, string>): NodeJS.ProcessEnv =>
  ({ ...process.env, LD_PRELOAD: shim, ASAN_OPTIONS: [process.env.ASAN_OPTIONS, 'verify_asan_link_order=0'].filter(Boolean).join(':'), ...orders });
