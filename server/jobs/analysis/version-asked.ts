import type { PublishedLayer } from '../../core/catalogue.ts';
import { InvalidParameter, VersionNotKept } from '../../core/errors.ts';
import { UNPREPARED } from '../../core/prepared.ts';
import { type Extent, extentQuery } from '../../query/extent.ts';
import type { Run } from '../../query/sql.ts';
import { type VersionRow, versionQuery } from '../../query/versions.ts';
import { parseDefinition } from '../publish/target-layer.ts';

/**
 * A version of a layer that is not in service, as a receipt names it, with what the catalogue says of one in service.
 * @throws VersionNotKept; InvalidParameter when there never was one
 */
export async function versionAsked(
  run: Run,
  served: PublishedLayer,
  generation: number,
  signal: AbortSignal,
): Promise<PublishedLayer> {
  const { id } = served;
  const [row] = await run<VersionRow>(versionQuery(id, generation), signal);
  if (!row) {
    const detail = `"${id}" has no version ${generation}: those that it has are at /collections/${id}/versions.`;
    throw new InvalidParameter([{ pointer: `/inputs/generations/${id}`, detail }]);
  }
  if (row.table_name === null) {
    throw new VersionNotKept(
      `The records of version ${generation} of "${id}", published ${row.published_at}, are no longer kept: this cannot be asked again. ` +
        `Leave "${id}" out of generations to ask the version in service, ${served.generation}.`,
    );
  }
  const version: PublishedLayer = {
    ...parseDefinition(row.definition),
    ...{ generation, table: row.table_name, generationInService: served.generation },
    ...{ count: 0, bbox: null, interval: null, prepared: UNPREPARED },
  };
  const [found] = await run<Extent>(extentQuery(version), signal);
  if (!found || found.count === 0) return version;
  const [west, south, east, north] = found.bbox;
  const interval = version.time === null ? null : { from: found.from, to: found.to };
  return { ...version, count: found.count, bbox: { west, south, east, north }, interval };
}
