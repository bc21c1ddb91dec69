/**
 * How fast analyses are beside straightforward SQL on the same records, on the same machine in the same run, and what they
 * cost those who read tiles meanwhile; `docs/bench.md` has the rest:
 *
 *   npm run bench:analysis
 *   npm run bench:analysis -- --points 20000 --rounds 3 --seconds 2 --only corridor
 *   npm run bench:analysis -- --points 1000000 --only million
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { benchCorridor } from './bench/analysis/corridor.ts';
import { benchLane } from './bench/analysis/lane.ts';
import { askAboutAll } from './bench/analysis/million.ts';
import { benchProximity } from './bench/analysis/proximity.ts';
import { startAzalai } from './bench/contenders/azalai.ts';
import { describeMachine } from './bench/machine.ts';
import { openStage } from './bench/stage.ts';
import { tileList } from './bench/tile-list.ts';
import { writeResult } from './bench/write-result.ts';

const SETUP = path.resolve(import.meta.dirname, 'setup.mjs');
const PARTS = ['corridor', 'lane', 'proximity'] as const;
/** Asked for by name: it takes a million records. */
const MILLION = 'million';
const WORKERS = 2;
const CACHE_MEGABYTES = 64;
const TILES = 50;

const say = (line: string) => console.error(line);

const { values } = parseArgs({
  options: {
    points: { type: 'string', default: '500000' },
    rounds: { type: 'string', default: '15' },
    seconds: { type: 'string', default: '8' },
    only: { type: 'string', multiple: true, default: [...PARTS] },
    out: { type: 'string', default: 'bench-results' },
  },
});
const [points, rounds, seconds] = [values.points, values.rounds, values.seconds].map(Number) as [
  number,
  number,
  number,
];
const has = (part: (typeof PARTS)[number] | typeof MILLION) => values.only.includes(part);

if (has('lane')) {
  const built = spawnSync(process.execPath, [SETUP, 'build'], { stdio: 'inherit' });
  if (built.status !== 0) throw new Error('The server could not be built.');
}
const stage = await openStage(points, say);
try {
  say('measuring');
  const corridor = has('corridor') ? await benchCorridor(stage.database, rounds, say) : undefined;
  let lane: Awaited<ReturnType<typeof benchLane>> | undefined;
  if (has('lane')) {
    const server = await startAzalai(stage, WORKERS, CACHE_MEGABYTES);
    const { mid, high } = tileList(stage.places, TILES);
    lane = await benchLane(server.url, [...mid, ...high], { rounds: Math.min(rounds, 3), seconds }, say);
    await server.stop();
  }
  const proximity = has('proximity') ? await benchProximity(stage.database, Math.min(rounds, 3), say) : undefined;
  const million = has(MILLION) ? await askAboutAll(stage.database, say) : undefined;
  const figures = { corridor, lane, proximity, million };
  console.log(JSON.stringify(figures, null, 2));
  const machine = await describeMachine(stage.database.run);
  const given = { ...values, only: values.only.join(' ') };
  await writeResult(values.out, 'analysis.json', { ...figures, machine, arguments: given }, say);
} finally {
  await stage.close();
}
