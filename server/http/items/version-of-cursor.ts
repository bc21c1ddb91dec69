import type { PublishedLayer } from '../../core/catalogue.ts';
import { VersionNotKept } from '../../core/errors.ts';
import { parseDefinition } from '../../jobs/publish/target-layer.ts';
import { generationOfCursor } from '../../query/cursor.ts';
import type { Run } from '../../query/sql.ts';
import { type VersionRow, versionQuery } from '../../query/versions.ts';
import { isDropped } from '../dropped-version.ts';

const gone = ({ id }: PublishedLayer, generation: number) =>
  new VersionNotKept(
    `The records of version ${generation} of "${id}", with which these pages began, are no longer kept. Begin again without cursor.`,
  );

/**
 * The version of a layer that a reader of pages began with: other versions may have been published meanwhile, and he goes
 * on in his, so that he sees every record of it once. Without a cursor it is the one in service.
 * @throws VersionNotKept when its records are no longer kept; InvalidParameter
 */
export async function versionOfCursor(
  run: Run,
  served: PublishedLayer,
  cursor: string | undefined,
  question: string,
  signal: AbortSignal,
): Promise<PublishedLayer> {
  const generation = cursor === undefined ? served.generation : generationOfCursor(cursor, question);
  if (generation === served.generation) return served;
  const [row] = await run<VersionRow>(versionQuery(served.id, generation), signal);
  if (!row || row.table_name === null) throw gone(served, generation);
  const { table_name: table, count } = row;
  const generationInService = served.generationInService ?? served.generation;
  return { ...served, ...parseDefinition(row.definition), generation, table, count, generationInService };
}

/** Runs what reads a version; that it was dropped meanwhile is said as what it is. @throws VersionNotKept */
export async function whileKept<T>(layer: PublishedLayer, served: PublishedLayer, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw layer !== served && isDropped(error) ? gone(served, layer.generation) : error;
  }
}
