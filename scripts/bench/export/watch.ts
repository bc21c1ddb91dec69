import { readFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { type Load, toLoad } from '../figures.ts';
import { fetchOnce } from '../load/http.ts';
import { treeOf } from '../usage.ts';

/** Between two requests of one kind: as a page does that somebody looks at. */
const EVERY_MS = 25;

export interface Watched {
  readonly seconds: number;
  /** By what was asked meanwhile: milliseconds, and the longest. */
  readonly others: Readonly<Record<string, Load & { readonly worst: number }>>;
  /** Resident memory of the server in MB: before, and the most meanwhile. */
  readonly megabytes: { readonly before: number; readonly most: number };
}

/** Resident memory of a process and those that it has started, in MB. */
function residentMegabytes(pid: number): number {
  return treeOf(pid).reduce((sum, one) => {
    try {
      return sum + Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${one}/status`, 'utf8'))?.[1]) / 1000;
    } catch {
      return sum;
    }
  }, 0);
}

/** Does some work, and asks for other things all the while: what others notice of it. */
export async function watch(
  { url, pid }: { readonly url: string; readonly pid: number },
  paths: Readonly<Record<string, () => string>>,
  work: () => Promise<unknown>,
): Promise<Watched> {
  const agent = new Agent({ keepAlive: true });
  const before = residentMegabytes(pid);
  let most = before;
  let isOver = false;
  const latencies: Record<string, number[]> = {};
  const ask = async (name: string, path: () => string) => {
    latencies[name] = [];
    while (!isOver) {
      const begun = performance.now();
      await fetchOnce(url + path(), { agent });
      latencies[name].push(performance.now() - begun);
      await delay(EVERY_MS);
    }
  };
  const sample = async () => {
    while (!isOver) {
      most = Math.max(most, residentMegabytes(pid));
      await delay(100);
    }
  };
  const begun = performance.now();
  const others = [...Object.entries(paths).map(([name, path]) => ask(name, path)), sample()];
  let seconds = 0;
  try {
    await work();
  } finally {
    seconds = (performance.now() - begun) / 1000;
    isOver = true;
    await Promise.all(others);
    agent.destroy();
  }
  const load = (values: number[]) => ({ ...toLoad(values, seconds), worst: Math.max(...values) });
  return {
    seconds,
    others: Object.fromEntries(Object.entries(latencies).map(([name, values]) => [name, load(values)])),
    megabytes: { before, most },
  };
}
