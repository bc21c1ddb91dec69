import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { CONCURRENCY } from '../contender.ts';
import type { Load } from '../figures.ts';

const SCRIPT = path.join(import.meta.dirname, 'cycle.lua');
const PROGRAM = 'wrk';
const THREADS = 2;

const run = promisify(execFile);

export function hasWrk(): boolean {
  return spawnSync(PROGRAM, ['--version'], { stdio: 'ignore' }).error === undefined;
}

/** https://github.com/wg/wrk cycling through the list. All addresses are of one server. */
export async function runWrk(urls: readonly string[], seconds: number): Promise<Load> {
  const folder = await mkdtemp(path.join(tmpdir(), 'azalai-wrk-'));
  try {
    const list = path.join(folder, 'paths');
    const parsed = urls.map((url) => new URL(url));
    await writeFile(list, parsed.map(({ pathname, search }) => `${pathname}${search}\n`).join(''));
    const options = ['-t', String(THREADS), '-c', String(CONCURRENCY), '-d', `${seconds}s`, '-s', SCRIPT];
    const { stdout } = await run(PROGRAM, [...options, (parsed[0] as URL).origin, '--', list]);
    return readSummary(stdout);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** What cycle.lua prints last: times in microseconds. */
export function readSummary(output: string): Load {
  const said = JSON.parse(output.trim().split('\n').at(-1) as string) as Record<string, number>;
  const { errors = Number.NaN, requests = Number.NaN, duration = Number.NaN } = said;
  if (errors > 0) throw new Error(`wrk saw ${errors} errors in ${requests} requests.`);
  const ms = (name: string) => (said[name] ?? Number.NaN) / 1000;
  return { perSecond: requests / (duration / 1e6), requests, p50: ms('p50'), p95: ms('p95'), p99: ms('p99') };
}
