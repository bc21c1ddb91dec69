/**
 * How fast tiles are, beside raw `ST_AsMVT`, MapServer and nginx on this machine. `docs/bench.md` has the rest:
 *
 *   npm run bench
 *   npm run bench -- --points 20000 --tiles 30 --rounds 1 --seconds 1
 *   npm run bench -- --growth
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { type BenchArguments, InvalidArguments, parseArguments } from './bench/arguments.ts';
import { compare, WORKERS } from './bench/comparison.ts';
import { measureGrowth } from './bench/growth.ts';
import { describeMachine } from './bench/machine.ts';
import { ratesTable, ratiosTable } from './bench/report.ts';
import { openStage } from './bench/stage.ts';
import { writeResult } from './bench/write-result.ts';

const SETUP = path.resolve(import.meta.dirname, 'setup.mjs');

const say = (line: string) => console.error(line);

async function benchTiles(args: BenchArguments): Promise<void> {
  const stage = await openStage(args.points, say);
  try {
    const machine = await describeMachine(stage.database.run);
    const compared = await compare(stage, args, say);
    const { ratios, rows, contents, workerMegabytes, firstView } = compared;
    console.log(ratesTable(rows, contents));
    console.log(`\n${ratiosTable(ratios)}\n`);
    for (const { layer, publishSeconds, steps } of stage.preparations) {
      const parts = Object.entries(steps).map(([step, seconds]) => `${step} ${seconds.toFixed(1)}`);
      console.log(`${layer} prepared in ${publishSeconds.toFixed(1)} s: ${parts.join(', ')}`);
    }
    console.log(
      `memory of a worker at most, MB: cold ${workerMegabytes.cold.toFixed(0)}, warm ${workerMegabytes.warm.toFixed(0)}`,
    );
    if (firstView)
      console.log(`first view, bytes: ${firstView.total} in all, ${firstView.data} of them data`, firstView.byKind);
    await writeResult(
      args.out,
      'tiles.json',
      {
        ratios,
        machine,
        arguments: args,
        workers: WORKERS,
        preparations: stage.preparations,
        workerMegabytes,
        contents,
        rows,
        firstView,
      },
      say,
    );
  } finally {
    await stage.close();
  }
}

async function benchGrowth(args: BenchArguments): Promise<void> {
  const growth = await measureGrowth(args, say);
  console.log(`A cold tile of low zoom takes ${growth.ratio.toFixed(2)} times as long with ten times the points.`);
  await writeResult(args.out, 'growth.json', { ...growth, arguments: args }, say);
}

async function bench(): Promise<void> {
  const args = parseArguments(process.argv.slice(2));
  const built = spawnSync(process.execPath, [SETUP, 'build'], { stdio: 'inherit' });
  if (built.status !== 0) throw new Error('The server could not be built.');
  await (args.growth ? benchGrowth(args) : benchTiles(args));
}

bench().catch((error: unknown) => {
  console.error(error instanceof InvalidArguments ? error.message : error);
  process.exitCode = 1;
});
