import type { Contender } from './contender.ts';
import type { Row } from './figures.ts';
import { type TileList, ZOOM_CLASSES } from './tile-list.ts';
import { cpuSeconds } from './usage.ts';

/** Runs every contender in turn, round after round, so that what else the machine does hits all of them. */
export async function measure(
  contenders: readonly Contender[],
  list: TileList,
  { rounds, seconds, postgresPid }: { rounds: number; seconds: number; postgresPid: number },
  say: (line: string) => void,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (let round = 1; round <= rounds; round++) {
    for (const zooms of ZOOM_CLASSES) {
      for (const contender of contenders) {
        const before = { own: cpuSeconds(contender.pids), postgres: cpuSeconds([postgresPid]) };
        const load = await contender.load(list[zooms], seconds);
        const per1000 = (seconds: number) => (1000 * seconds) / load.requests;
        const own = per1000(cpuSeconds(contender.pids) - before.own);
        const postgres = per1000(cpuSeconds([postgresPid]) - before.postgres);
        rows.push({ contender: contender.name, zooms, round, ...load, cpuSecondsPer1000: { own, postgres } });
        say(`round ${round}, ${zooms}: ${contender.name}: ${load.perSecond.toFixed(1)} a second`);
      }
    }
  }
  return rows;
}
