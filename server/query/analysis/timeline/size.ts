import type { PublishedLayer } from '../../../core/catalogue.ts';
import { type Filter, predicate } from '../../filter.ts';
import { type Query, sql, toQuery } from '../../sql.ts';
import { recordTable } from '../../tables.ts';

/** How much there is to overlay. */
export interface SizeRow {
  readonly records: number;
  readonly vertices: number;
  /** How far off outlines may be, metres: the least and the most; null: there are none. */
  readonly least_m: number | null;
  readonly most_m: number | null;
}

export function sizeQuery(layer: PublishedLayer, filter: Filter): Query {
  return toQuery(sql`SELECT count(*) AS records, coalesce(sum(ST_NPoints(geom)), 0) AS vertices,
      min(precision_m) AS least_m, max(precision_m) AS most_m
    FROM ${recordTable(layer)} WHERE ${predicate(layer, filter)}`);
}

/** The time of all the records together, as ISO 8601 UTC; null is open, or there are none. */
export interface SpanRow {
  readonly records: number;
  readonly from: string | null;
  readonly to: string | null;
}

export function spanQuery(layer: PublishedLayer, filter: Filter): Query {
  const text = (instant: ReturnType<typeof sql>) =>
    sql`to_char(${instant} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
  return toQuery(sql`SELECT count(*) AS records,
      CASE WHEN bool_and(coalesce(isfinite(lower(valid)), false)) THEN ${text(sql`min(lower(valid))`)} END AS from,
      CASE WHEN bool_and(coalesce(isfinite(upper(valid)), false)) THEN ${text(sql`max(upper(valid))`)} END AS to
    FROM ${recordTable(layer)} WHERE ${predicate(layer, filter)}`);
}

/** How far off a record may be, metres, by its number or its `record_id`. */
export function precisionQuery(layer: PublishedLayer, filter: Filter, item: number | string): Query {
  const same = typeof item === 'number' ? sql`fid = ${item}::bigint` : sql`record_id = ${item}::text`;
  return toQuery(sql`SELECT precision_m FROM ${recordTable(layer)}
    WHERE ${predicate(layer, filter)} AND ${same} ORDER BY fid LIMIT 1`);
}
