import type { PublishedLayer } from '../../core/catalogue.ts';
import { descendantRange } from '../../core/hex.ts';
import { type Filter, predicate } from '../filter.ts';
import { isImprecise } from '../imprecise.ts';
import { ident, type Query, sql, toQuery } from '../sql.ts';
import { recordTable } from '../tables.ts';

/** Events that are said to be at the same place, as imprecisely. */
export interface ImpreciseRow {
  /** Degrees. */
  readonly lon: number;
  readonly lat: number;
  /** Null: not known. */
  readonly precision_m: number | null;
  readonly count: number;
  readonly sum: number;
}

/** The events that are not known to within `preciseM`, by position and precision; at most `most` rows. */
export function impreciseQuery(
  layer: PublishedLayer,
  filter: Filter,
  preciseM: number,
  measure: string | undefined,
  most: number,
): Query {
  const value = measure === undefined ? sql`0` : ident(measure);
  return toQuery(sql`SELECT ST_X(geom) AS lon, ST_Y(geom) AS lat, precision_m::float8 AS precision_m, count(*)::integer AS count,
      coalesce(sum(${value}::numeric), 0)::float8 AS sum
    FROM ${recordTable(layer)} WHERE ${predicate(layer, filter)} AND ${isImprecise(preciseM)}
    GROUP BY 1, 2, 3 ORDER BY 1, 2, 3 LIMIT ${most}::integer`);
}

/** A record of a hexagon. */
export interface CellItemRow {
  /** The place of the hexagon in the list that was asked, from 1. */
  readonly nth: number;
  readonly item: number;
}

/** Records of each of some hexagons: no more than `most` of each, the first in the order of base cells and numbers, as the index has them. */
export function cellItemsQuery(layer: PublishedLayer, filter: Filter, cells: readonly string[], most: number): Query {
  const ranges = cells.map(descendantRange);
  const [first, last] = [ranges.map((range) => range.first), ranges.map((range) => range.last)];
  return toQuery(sql`SELECT nth::integer AS nth, fid AS item
    FROM unnest(${first}::bigint[], ${last}::bigint[]) WITH ORDINALITY AS wanted (first_base, last_base, nth), LATERAL (
      SELECT fid FROM ${recordTable(layer)} WHERE h3_base BETWEEN first_base AND last_base AND ${predicate(layer, filter)}
      ORDER BY h3_base, fid LIMIT ${most}::integer) AS found
    ORDER BY nth, fid`);
}
