import { VersionNotFound } from '../../jobs/publish/errors.ts';
import type { Run } from '../../query/sql.ts';
import { type VersionRow, versionQuery } from '../../query/versions.ts';

/** A version of a layer whose records are there. @throws VersionNotFound */
export async function keptVersion(
  run: Run,
  id: string,
  generation: number,
): Promise<VersionRow & { table_name: string }> {
  const [row] = await run<VersionRow>(versionQuery(id, generation));
  if (!row) {
    throw new VersionNotFound(
      `"${id}" has no version ${generation}: those that it has are at /collections/${id}/versions.`,
    );
  }
  const { table_name } = row;
  if (table_name === null)
    throw new VersionNotFound(`The records of version ${generation} of "${id}" are no longer kept.`);
  return { ...row, table_name };
}
