import { spawn } from 'node:child_process';
import path from 'node:path';
import { peakMegabytes, treeOf } from '../usage.ts';
import { endChild, freePort, untilAnswering } from './process.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');

export interface Azalai {
  readonly url: string;
  readonly pid: number;
  /** Of the largest of its workers. */
  workerMegabytes(): number;
  stop(): Promise<void>;
}

/** Starts the server as it is built, on a port of its own. */
export async function startAzalai(databaseUrl: string, workers: number, cacheMegabytes: number): Promise<Azalai> {
  const port = await freePort();
  const child = spawn(process.execPath, ['--enable-source-maps', path.join(ROOT, 'dist/server/main.js')], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: process.env.PATH,
      PORT: String(port),
      DATABASE_URL: databaseUrl,
      WORKERS: String(workers),
      CACHE_MB: String(cacheMegabytes),
      LOG_LEVEL: 'warn',
    },
  });
  const url = `http://127.0.0.1:${port}`;
  await untilAnswering(`${url}/healthz`, child);
  const pid = child.pid as number;
  const workersOf = () => (workers > 1 ? treeOf(pid).slice(1) : [pid]);
  return { url, pid, workerMegabytes: () => Math.max(...workersOf().map(peakMegabytes)), stop: () => endChild(child) };
}
