import { createReadStream, readFileSync, readlinkSync, statSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { startAzalai } from '../contenders/azalai.ts';
import type { Stage } from '../stage.ts';
import { treeOf } from '../usage.ts';

const TOKEN = 'a-token-for-the-bench';
const LOOK_MS = 200;
const SETTLE_MS = 5_000;

export interface ServerMemory {
  /** Of the server and all that it has started, but PostgreSQL, before anything is brought. */
  readonly idleMegabytes: number;
  /** The most above that: while the file is received, read and checked, and while it is published and its tiles are made. */
  readonly aboveIdle: { readonly receiving: number; readonly importing: number; readonly publishing: number };
  readonly seconds: { readonly received: number; readonly ready: number; readonly published: number };
}

/** Memory of its own and its share of what several processes have in common, of all Node under a process, MB. */
function megabytesOf(pid: number): number {
  return treeOf(pid).reduce((sum, child) => {
    try {
      if (readlinkSync(`/proc/${child}/exe`) !== process.execPath) return sum;
      return sum + Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${child}/smaps_rollup`, 'utf8'))?.[1]) / 1000;
    } catch {
      // It has ended meanwhile.
      return sum;
    }
  }, 0);
}

/** What a server of one process needs to bring a file in, as anybody does it, and to publish it with all its tiles. */
export async function serverMemory(stage: Pick<Stage, 'cluster' | 'folder'>, file: string): Promise<ServerMemory> {
  const azalai = await startAzalai(stage, 1, 64, { ADMIN_TOKEN: TOKEN });
  const most = { receiving: 0, importing: 0, publishing: 0 };
  let stepNow: keyof typeof most = 'receiving';
  let sampling: NodeJS.Timeout | undefined;
  try {
    await delay(SETTLE_MS);
    const idle = megabytesOf(azalai.pid);
    sampling = setInterval(() => {
      most[stepNow] = Math.max(most[stepNow], megabytesOf(azalai.pid) - idle);
    }, LOOK_MS);
    const start = performance.now();
    const since = () => (performance.now() - start) / 1000;
    const ask = async (address: string, init: RequestInit & { duplex?: 'half' } = {}) => {
      const headers = { ...init.headers, authorization: `Bearer ${TOKEN}` };
      const response = await fetch(`${azalai.url}${address}`, { ...init, headers });
      if (!response.ok) throw new Error(`${address}: ${response.status} ${await response.text()}`);
      return (await response.json()) as { id: string; state: string; error: unknown };
    };
    const until = async (id: string, state: string) => {
      for (;;) {
        const upload = await ask(`/uploads/${id}`);
        if (upload.state === state) return since();
        if (upload.state === 'failed') throw new Error(JSON.stringify(upload.error));
        await delay(LOOK_MS);
      }
    };
    const { id } = await ask('/uploads', {
      method: 'POST',
      headers: { 'x-file-name': path.basename(file), 'content-length': String(statSync(file).size) },
      body: Readable.toWeb(createReadStream(file)) as ReadableStream,
      duplex: 'half',
    });
    const received = since();
    stepNow = 'importing';
    const ready = await until(id, 'ready');
    stepNow = 'publishing';
    await ask(`/uploads/${id}/publish`, { method: 'POST' });
    const published = await until(id, 'published');
    return { idleMegabytes: idle, aboveIdle: most, seconds: { received, ready, published } };
  } finally {
    clearInterval(sampling);
    await azalai.stop();
  }
}
