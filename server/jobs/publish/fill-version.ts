import {
  analyzePlan,
  constrainMerged,
  fillMerged,
  isNumberedByCells,
  type Merge,
  planMerge,
} from '../../query/publish/merge.ts';
import { dropPlan, lastStaged } from '../../query/publish/staged.ts';
import { dropVersion, guardVersion, indexVersion, moveVersion, versionTable } from '../../query/publish/version.ts';
import type { Query, Run, Sql, Transaction } from '../../query/sql.ts';
import type { Staging } from '../../query/staging/tables.ts';
import type { Progress } from '../prepare.ts';
import { placeCells } from './place-cells.ts';

/** What is smaller is indexed sooner than two connections are told of it. */
const LARGE = 50_000;
const AT_ONCE = 2;

export async function isLarge(run: Run, { staging }: Merge, from = LARGE): Promise<boolean> {
  const [row] = await run<{ last: number }>(lastStaged(staging));
  return (row?.last ?? 0) >= from;
}

/** Makes the table `into` of the records of a version. `reading`: of another connection, which sees the checked records. */
export async function fillVersion(
  run: Run,
  merge: Merge,
  into: Sql,
  progress: Progress,
  reading: Run = run,
): Promise<void> {
  const { layer, mode, staging, lastFid } = merge;
  if (mode !== 'delete') {
    const isNumbered = isNumberedByCells(merge);
    if (!isNumbered) await run(planMerge(merge));
    if (layer.geometry === 'point') {
      const placed = (done: number, total: number) => progress('cells', done, total);
      await placeCells(run, staging, isNumbered ? lastFid : null, placed, reading);
    }
    for (const statement of analyzePlan(merge)) await run(statement);
  }
  await run(fillMerged(merge, into));
  await run(constrainMerged(merge, into));
  await run(dropPlan(staging));
  progress('records', 1, 1);
}

/**
 * The same before the transaction that publishes, whose `run` takes the finished table over: only what is committed can be
 * indexed by several connections at once. Nobody reads it before, and `dropBeside` takes out what is not taken over.
 */
export async function fillBeside(
  beside: Transaction,
  run: Run,
  merge: Merge,
  generation: number,
  progress: Progress,
): Promise<void> {
  const { layer, staging } = merge;
  await beside(async (own) => {
    await own(dropVersion(staging));
    await beside((reading) => fillVersion(own, merge, versionTable(staging), progress, reading));
    await own(guardVersion(staging));
  });
  const waiting = [...indexVersion(layer, staging, generation)];
  const index = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await beside((own) => own(next as Query));
  };
  // All of them are at rest before the table is touched, also when one has failed.
  const done = await Promise.allSettled(Array.from({ length: AT_ONCE }, index));
  for (const { reason } of done.filter((each) => each.status === 'rejected')) throw reason;
  for (const statement of moveVersion(layer, staging, generation)) await run(statement);
}

/** Takes out a version that was made beside, and not published after all. */
export async function dropBeside(beside: Transaction, staging: Staging): Promise<void> {
  // What cannot be taken out now goes with the next attempt, or with the upload.
  await beside((run) => run(dropVersion(staging))).catch(() => undefined);
}
