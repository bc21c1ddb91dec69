import { Agent, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { TileCoord } from '../../../server/core/tile.ts';
import { type Load, toLoad } from '../figures.ts';
import { INCIDENTS } from '../layers.ts';
import { fetchOnce } from '../load/http.ts';
import { questionAbout } from './corridor.ts';

/** Tiles that are asked for in a second, whether or not those before have come: what a full room of readers does. */
const PER_SECOND = 100;
/** Questions at once: the lane takes two, and the others wait. */
const AT_ONCE = 6;
const WARMING_MS = 15_000;

/** Latencies of tiles without and with analyses at the same time. */
export interface LaneFigures {
  readonly tiles: string;
  readonly alone: Load;
  readonly beside: Load;
  /** Of the 95th percentiles. */
  readonly ratio: number;
  /** Questions that were answered meanwhile. */
  readonly answered: number;
}

function post(url: string, body: object, agent: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request(
      url,
      { method: 'POST', agent, headers: { 'Content-Type': 'application/json' } },
      (response) => {
        response.on('error', reject);
        response.on('end', () => resolve(response.statusCode ?? 0));
        response.resume();
      },
    );
    asked.on('error', reject);
    asked.end(JSON.stringify(body));
  });
}

/** Asks for the tiles of a list at a steady pace. */
async function readTiles(urls: readonly string[], seconds: number): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: 32 });
  const latencies: number[] = [];
  const began = performance.now();
  const asked: Promise<void>[] = [];
  for (let index = 0; index < PER_SECOND * seconds; index++) {
    const due = began + (1_000 * index) / PER_SECOND;
    await delay(Math.max(0, due - performance.now()));
    // From when it was due: what waits because others are slow has waited.
    asked.push(
      fetchOnce(urls[index % urls.length] as string, { agent }).then(() => {
        latencies.push(performance.now() - due);
      }),
    );
  }
  await Promise.all(asked);
  agent.destroy();
  return toLoad(latencies, (performance.now() - began) / 1_000);
}

/** Keeps the lane full until told to stop; how many were answered. */
function keepAsking(server: string): () => Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  let [answered, next, isOver] = [0, 0, false];
  const one = async () => {
    while (!isOver) {
      const status = await post(
        `${server}/processes/corridor/execution`,
        { inputs: questionAbout(1_000 + next++) },
        agent,
      );
      if (status !== 200) throw new Error(`A question was answered ${status}.`);
      answered += 1;
    }
  };
  const asking = Promise.all(Array.from({ length: AT_ONCE }, one));
  asking.catch(() => undefined);
  return async () => {
    isOver = true;
    await asking;
    agent.destroy();
    return answered;
  };
}

/** What tiles wait while the lane of analyses is full, in turns with what they wait else. */
export async function benchLane(
  server: string,
  tiles: readonly TileCoord[],
  { rounds, seconds }: { rounds: number; seconds: number },
  say: (line: string) => void,
): Promise<readonly LaneFigures[]> {
  const kinds = { stored: '', 'made by a query': `?filter=${encodeURIComponent("kind = 'ied'")}` };
  const figures: LaneFigures[] = [];
  // Until Node has compiled what it runs often.
  const stopWarming = keepAsking(server);
  await delay(WARMING_MS);
  await stopWarming();
  for (const [name, query] of Object.entries(kinds)) {
    const urls = tiles.map(({ z, x, y }) => `${server}/tiles/${INCIDENTS.id}/${z}/${x}/${y}.mvt${query}`);
    await readTiles(urls, Math.max(seconds, tiles.length / PER_SECOND));
    const loads: { alone: Load; beside: Load; answered: number }[] = [];
    for (let round = 0; round < rounds; round++) {
      const alone = await readTiles(urls, seconds);
      const stop = keepAsking(server);
      await delay(1_000);
      const beside = await readTiles(urls, seconds);
      loads.push({ alone, beside, answered: await stop() });
    }
    const middle = loads.toSorted((a, b) => a.beside.p95 / a.alone.p95 - b.beside.p95 / b.alone.p95)[rounds >> 1];
    if (!middle) continue;
    const ratio = middle.beside.p95 / middle.alone.p95;
    figures.push({ tiles: name, ...middle, ratio });
    say(
      `tiles ${name}: p95 ${middle.alone.p95.toFixed(1)} ms, beside analyses ${middle.beside.p95.toFixed(1)} ms; ${middle.answered} answered`,
    );
  }
  return figures;
}
