import { spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Stage } from '../stage.ts';
import { peakMegabytes, treeOf } from '../usage.ts';
import { endChild, freePort, untilAnswering } from './process.ts';

/** Tenths of a second. */
const SETTLED_AFTER = 20;
const ROOT = path.resolve(import.meta.dirname, '../../..');

export interface Azalai {
  readonly url: string;
  readonly pid: number;
  /** Of the largest of its workers. */
  workerMegabytes(): number;
  stop(): Promise<void>;
}

/** Until the folder holds the same files for a while. */
async function untilSettled(folder: string): Promise<void> {
  let [known, since] = ['', 0];
  while (since < SETTLED_AFTER) {
    await delay(100);
    const files = await readdir(folder).catch(() => []);
    const now = files.join();
    since = now === known && files.length > 0 ? since + 1 : 0;
    known = now;
  }
}

/** Starts the server as it is built, on a port of its own, with `more` of its settings, and waits until it has its files of tiles. */
export async function startAzalai(
  { cluster, folder }: Pick<Stage, 'cluster' | 'folder'>,
  workers: number,
  cacheMegabytes: number,
  more: Readonly<Record<string, string>> = {},
): Promise<Azalai> {
  const dataDir = path.join(folder, 'server');
  const port = await freePort();
  const child = spawn(process.execPath, ['--enable-source-maps', path.join(ROOT, 'dist/server/main.js')], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: process.env.PATH,
      PORT: String(port),
      DATABASE_URL: cluster.url,
      DATA_DIR: dataDir,
      WORKERS: String(workers),
      CACHE_MB: String(cacheMegabytes),
      LOG_LEVEL: 'warn',
      ...more,
    },
  });
  const url = `http://127.0.0.1:${port}`;
  await untilAnswering(`${url}/healthz`, child);
  await untilSettled(path.join(dataDir, 'tiles'));
  const pid = child.pid as number;
  const workersOf = () => (workers > 1 ? treeOf(pid).slice(1) : [pid]);
  return { url, pid, workerMegabytes: () => Math.max(...workersOf().map(peakMegabytes)), stop: () => endChild(child) };
}
