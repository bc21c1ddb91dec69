/**
 * How fast spatial statistics are on the bench's records, beside the same by grouping the table; `docs/bench.md` has the rest:
 *
 *   npm run bench:statistics
 *   npm run bench:statistics -- --points 20000 --rounds 3 --only hotspots
 */
import { parseArgs } from 'node:util';
import { describeMachine } from './bench/machine.ts';
import { openStage } from './bench/stage.ts';
import { benchEmerging } from './bench/statistics/emerging.ts';
import { benchHotspots } from './bench/statistics/hotspots.ts';
import { benchNearRepeat } from './bench/statistics/near-repeat.ts';
import { writeResult } from './bench/write-result.ts';

const PARTS = ['hotspots', 'emerging', 'near-repeat'] as const;

const say = (line: string) => console.error(line);

const { values } = parseArgs({
  options: {
    points: { type: 'string', default: '500000' },
    rounds: { type: 'string', default: '16' },
    only: { type: 'string', multiple: true, default: [...PARTS] },
    out: { type: 'string', default: 'bench-results' },
  },
});
const [points, rounds] = [values.points, values.rounds].map(Number) as [number, number];
const has = (part: (typeof PARTS)[number]) => values.only.includes(part);

const stage = await openStage(points, say);
try {
  say('measuring');
  const hotspots = has('hotspots') ? await benchHotspots(stage.database, rounds, say) : undefined;
  const emerging = has('emerging') ? await benchEmerging(stage.database, Math.min(rounds, 8), say) : undefined;
  const nearRepeat = has('near-repeat') ? await benchNearRepeat(stage.database, Math.min(rounds, 5), say) : undefined;
  const preparation = stage.preparations.find(({ layer }) => layer === 'bench_incidents');
  const figures = { hotspots, emerging, nearRepeat, preparation };
  console.log(JSON.stringify(figures, null, 2));
  const machine = await describeMachine(stage.database.run);
  const given = { ...values, only: values.only.join(' ') };
  await writeResult(values.out, 'statistics.json', { ...figures, machine, arguments: given }, say);
} finally {
  await stage.close();
}
