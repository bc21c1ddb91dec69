import { deleteExpiredJobs, deleteOldJobs, takeBackJobs } from '../../query/analysis-jobs.ts';
import { expiredLayers, forgetLayer, letGo } from '../../query/kept-results.ts';
import type { Run, Transaction } from '../../query/sql.ts';
import { lockLayer } from '../../query/versions.ts';
import { dropAllVersions } from '../publish/drop-versions.ts';
import { failSilent } from './find-job.ts';
import { TAKEN_BACK } from './take-back.ts';

/** Anybody may ask: what is kept of it has an end before its time is over too. */
const MOST = { jobs: 10_000, bytes: 1_000_000_000 };

/**
 * Takes out jobs and kept results whose time is over, with all that is theirs, and says of jobs whose process has ended that
 * they failed. Returns the ids of the layers.
 */
export async function sweepAnalysis(
  database: { readonly run: Run; readonly transaction: Transaction },
  most = MOST,
): Promise<string[]> {
  const { run, transaction } = database;
  await failSilent(run);
  await run(takeBackJobs(TAKEN_BACK));
  await run(deleteExpiredJobs());
  await run(deleteOldJobs(most));
  const swept: string[] = [];
  for (const { layer } of await run<{ layer: string }>(expiredLayers())) {
    await transaction(async (inside) => {
      await inside(lockLayer(layer));
      const [gone] = await inside<{ layer: string }>(letGo(layer));
      if (!gone) return;
      await dropAllVersions(inside, layer);
      for (const statement of forgetLayer(layer)) await inside(statement);
      swept.push(layer);
    });
  }
  return swept;
}
