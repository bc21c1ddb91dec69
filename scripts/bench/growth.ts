import type { BenchArguments } from './arguments.ts';
import { startAzalai } from './contenders/azalai.ts';
import { httpContender } from './contenders/http.ts';
import { type Load, median } from './figures.ts';
import { AREAS, INCIDENTS, WAYS } from './layers.ts';
import { openStage, type Preparation } from './stage.ts';
import { tileList } from './tile-list.ts';

const TIMES = 10;

export interface Growth {
  /** How many times as long a cold tile of low zoom takes with ten times the points. */
  readonly ratio: number;
  readonly steps: readonly {
    readonly points: number;
    readonly rounds: readonly Load[];
    readonly preparations: readonly Preparation[];
  }[];
}

async function coldLow(points: number, args: BenchArguments, say: (line: string) => void) {
  const stage = await openStage(points, say);
  try {
    const server = await startAzalai(stage, 1, 0);
    try {
      const ids = [INCIDENTS, AREAS, WAYS].map(({ id }) => id).join();
      const urlOf = ({ z, x, y }: { z: number; x: number; y: number }) =>
        `${server.url}/tiles/${ids}/${z}/${x}/${y}.mvt`;
      const contender = httpContender({ name: 'azalai cold', pids: [server.pid], urlOf, ready: true });
      const { low } = tileList(stage.places, Math.floor(args.tiles / 3));
      await contender.load(low, 2);
      const rounds: Load[] = [];
      for (let round = 0; round < args.rounds; round++) rounds.push(await contender.load(low, args.seconds));
      return { points, rounds, preparations: stage.preparations };
    } finally {
      await server.stop();
    }
  } finally {
    await stage.close();
  }
}

/** Cold low zooms at the points asked for, and at ten times as many. */
export async function measureGrowth(args: BenchArguments, say: (line: string) => void): Promise<Growth> {
  const small = await coldLow(args.points, args, say);
  const large = await coldLow(args.points * TIMES, args, say);
  const rate = (rounds: readonly Load[]) => median(rounds.map(({ perSecond }) => perSecond));
  return { ratio: rate(small.rounds) / rate(large.rounds), steps: [small, large] };
}
