import type { PublishedLayer } from '../core/catalogue.ts';
import { PUBLIC_ACCESS, predicate } from './filter.ts';
import { ident, type Query, sql, toQuery } from './sql.ts';
import { recordTable } from './tables.ts';

/** A row of `extentQuery`. */
export interface Extent {
  readonly count: number;
  /** west, south, east, north in degrees; null when there is nothing. */
  readonly bbox: [number, number, number, number];
  /** ISO 8601 UTC; null is open. */
  readonly from: string | null;
  readonly to: string | null;
}

/** How many records of a version anybody may see, where and when: as `publishLayer` notes it of the one in service. */
export function extentQuery(layer: PublishedLayer): Query {
  const iso = (bound: 'lower' | 'upper') =>
    sql`to_char(${ident(bound)}(range_merge(range_agg(valid))) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;
  return toQuery(sql`SELECT count(*) AS count, ${iso('lower')} AS "from", ${iso('upper')} AS "to",
      ARRAY[ST_XMin(ST_Extent(geom)), ST_YMin(ST_Extent(geom)), ST_XMax(ST_Extent(geom)), ST_YMax(ST_Extent(geom))] AS bbox
    FROM ${recordTable(layer)} WHERE ${predicate(layer, { access: PUBLIC_ACCESS })}`);
}
