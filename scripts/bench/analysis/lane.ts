import { Agent, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { TileCoord } from '../../../server/core/tile.ts';
import { type Load, percentile, toLoad } from '../figures.ts';
import { INCIDENTS } from '../layers.ts';
import { fetchOnce } from '../load/http.ts';
import { questionAbout } from './corridor.ts';

/** Questions at once: the lanes of two workers take four, and the others wait. */
const AT_ONCE = 6;
const WARMING_MS = 15_000;
/** A timer of Node comes up to a millisecond early or late: the last two are waited for awake. */
const AWAKE_MS = 2;

/** Tiles of one kind, as a full room of readers asks for them: so many in a second, whether or not those before have come. */
interface Kind {
  readonly perSecond: number;
  /** Of the nth that is asked for, behind the address. */
  readonly query: (n: number) => string;
}

const where = (filter: string) => `?filter=${encodeURIComponent(filter)}`;

const KINDS: Readonly<Record<string, Kind>> = {
  stored: { perSecond: 100, query: () => '' },
  'with a filter, from memory': { perSecond: 100, query: () => where("kind = 'ied'") },
  // Another filter each time. Each takes PostgreSQL some ten milliseconds: 20 keep a fifth of a processor busy.
  'made by a query': { perSecond: 20, query: (n) => where(`kind = 'ied' AND killed < ${100_000 + n}`) },
};

/** Latencies of tiles without and with analyses at the same time. */
export interface LaneFigures {
  readonly tiles: string;
  readonly alone: Paced;
  readonly beside: Paced;
  /** Of the 95th percentiles. */
  readonly ratio: number;
  /** Questions that were answered meanwhile. */
  readonly answered: number;
}

/** Latencies counted from when a tile was asked for. */
interface Paced extends Load {
  /** Milliseconds by which 95 of 100 were asked for later than they were due, or less: the bench itself had to wait. */
  readonly late95: number;
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

async function untilDue(due: number): Promise<void> {
  const left = due - performance.now();
  if (left > AWAKE_MS) await delay(left - AWAKE_MS);
  while (performance.now() < due) await new Promise((resolve) => setImmediate(resolve));
}

let asked = 0;

/** Asks for tiles at a steady pace, one after the other of the list, for so many seconds. */
async function readTiles(urls: readonly string[], { perSecond, query }: Kind, seconds: number): Promise<Paced> {
  const agent = new Agent({ keepAlive: true, maxSockets: 32 });
  const latencies: number[] = [];
  const late: number[] = [];
  const began = performance.now();
  const under: Promise<void>[] = [];
  for (let index = 0; index < perSecond * seconds; index++) {
    const due = began + (1_000 * index) / perSecond;
    await untilDue(due);
    // None waits for those before, so that what is slow makes none start later.
    const sent = performance.now();
    late.push(sent - due);
    under.push(
      fetchOnce(`${urls[index % urls.length]}${query(asked++)}`, { agent }).then(() => {
        latencies.push(performance.now() - sent);
      }),
    );
  }
  await Promise.all(under);
  agent.destroy();
  const late95 = percentile(
    late.toSorted((a, b) => a - b),
    0.95,
  );
  return { ...toLoad(latencies, (performance.now() - began) / 1_000), late95 };
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
  const figures: LaneFigures[] = [];
  // Until Node has compiled what it runs often.
  const stopWarming = keepAsking(server);
  await delay(WARMING_MS);
  await stopWarming();
  const urls = tiles.map(({ z, x, y }) => `${server}/tiles/${INCIDENTS.id}/${z}/${x}/${y}.mvt`);
  for (const [name, kind] of Object.entries(KINDS)) {
    await readTiles(urls, kind, Math.max(seconds, tiles.length / kind.perSecond));
    const loads: { alone: Paced; beside: Paced; answered: number }[] = [];
    for (let round = 0; round < rounds; round++) {
      const alone = await readTiles(urls, kind, seconds);
      const stop = keepAsking(server);
      await delay(1_000);
      const beside = await readTiles(urls, kind, seconds);
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
