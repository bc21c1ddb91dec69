import type { PublishedLayer } from '../core/catalogue.ts';
import { type Access, predicate } from './filter.ts';
import { monthColumns } from './months.ts';
import { ident, type Query, sql, toQuery } from './sql.ts';
import { preparedTable, recordTable } from './tables.ts';

/** Whether each kind is counted by itself, or all of them together: then a row's kind is null. */
export const SERIES_KINDS = ['each', 'total'] as const;
export type SeriesKinds = (typeof SERIES_KINDS)[number];

/**
 * How many records of each cell and kind begin and end in which months: rows
 * `{ ordinal, kind | null, first_month, end_month, count }`, in the order of the ordinals.
 */
export function seriesQuery(
  layer: PublishedLayer,
  resolution: number,
  access: Access,
  kinds: SeriesKinds = 'each',
): Query {
  const kind = layer.kind === undefined || kinds === 'total' ? sql`NULL::text` : ident(layer.kind);
  const { rollupResolution } = layer.prepared;
  if (rollupResolution !== null && resolution <= rollupResolution) {
    return toQuery(sql`SELECT ordinal, ${kind} AS kind, first_month, end_month, sum(count)::integer AS count
      FROM ${preparedTable(layer, 'rollup')}
      WHERE resolution = ${resolution}::smallint AND handling = ANY(${access.handling}::text[])
      GROUP BY 1, 2, 3, 4 ORDER BY ordinal`);
  }
  return toQuery(sql`SELECT ordinal, kind, first_month, end_month, count(*)::integer AS count FROM (
      SELECT ordinal, ${kind} AS kind, ${monthColumns(layer)}
      FROM ${recordTable(layer)} JOIN ${preparedTable(layer, 'hex')} AS hex
        ON hex.resolution = ${resolution}::smallint AND hex.cell = azalai.h3_parent(h3_base, ${resolution}::integer)
      WHERE ${predicate(layer, { access })}
    ) AS placed GROUP BY 1, 2, 3, 4 ORDER BY ordinal`);
}
