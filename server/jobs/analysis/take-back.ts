import type { PublishedLayer } from '../../core/catalogue.ts';
import { takeBackJobs } from '../../query/analysis-jobs.ts';
import { forgetLayer, keptToTakeBack } from '../../query/kept-results.ts';
import type { Run } from '../../query/sql.ts';
import { lockLayer } from '../../query/versions.ts';
import {
  type Audience,
  earlierTables,
  lockResults,
  type MadeOf,
  noteWithholding,
  withheldAnew,
} from '../../query/withholding.ts';
import { dropAllVersions } from '../publish/drop-versions.ts';

/** What a job says whose result was taken back. */
export const TAKEN_BACK = {
  en: 'Taken back: records that it was made of are withheld or removed by now. Ask again.',
  fr: 'Retiré\u00a0: des fiches dont il est tiré ne sont plus communiquées, ou ont été supprimées. Reposez la question.',
};

const LIMITED: readonly Audience[] = ['public', 'internal'];

/** What a result was made of, by which it is known later whether it may still be given. */
export function madeOf(layers: Iterable<Pick<PublishedLayer, 'id' | 'generation' | 'generationInService'>>): MadeOf {
  return Object.fromEntries(
    [...layers].map(({ id, generation, generationInService }) => [id, generationInService ?? generation]),
  );
}

type Version = Pick<PublishedLayer, 'id' | 'table' | 'generation'>;

/** From whom a version keeps what earlier ones have shown. To be asked before what it withholds is noted. */
export async function findWithheldAnew(run: Run, version: Version): Promise<Audience[]> {
  const earlier = await run<{ table: string }>(earlierTables(version.id, version.generation));
  if (earlier.length === 0) return [];
  const tables = earlier.map(({ table }) => table);
  return (await run<{ audience: Audience }>(withheldAnew(version, tables))).map(({ audience }) => audience);
}

/**
 * Takes back what is kept for these readers, and what was found for them, of versions of a layer before this one; and what
 * was made of that in turn. In the transaction that publishes the version, or removes the layer, as its last step: others who
 * keep results wait.
 */
export async function takeBack(
  run: Run,
  { id, generation }: Pick<Version, 'id' | 'generation'>,
  from: readonly Audience[],
): Promise<void> {
  if (from.length === 0) return;
  await run(lockResults());
  await run(noteWithholding(id, generation, from));
  const inTurn = [...new Set([...LIMITED, ...from])];
  for (;;) {
    const [kept] = await run<{ layer: string; generation: number }>(keptToTakeBack());
    if (!kept) break;
    await run(lockLayer(kept.layer));
    await dropAllVersions(run, kept.layer);
    for (const statement of forgetLayer(kept.layer)) await run(statement);
    // Whatever is made of it goes too, and what is being made of it is not kept.
    await run(noteWithholding(kept.layer, kept.generation + 1, inTurn));
  }
  await run(takeBackJobs(TAKEN_BACK));
}
