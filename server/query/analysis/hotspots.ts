import type { PublishedLayer } from '../../core/catalogue.ts';
import { descendantRange } from '../../core/hex.ts';
import { type Filter, predicate } from '../filter.ts';
import { isImprecise } from '../imprecise.ts';
import { monthColumns } from '../months.ts';
import { ident, type Query, sql, toQuery } from '../sql.ts';
import { recordTable } from '../tables.ts';

/** Events that are said to be at the same place, as imprecisely. */
export interface ImpreciseRow {
  /** Degrees. */
  readonly lon: number;
  readonly lat: number;
  /** Null: not known. */
  readonly precision_m: number | null;
  /** As `Months` counts them: half-open; both 0 where time was not asked for. */
  readonly first_month: number;
  readonly end_month: number;
  readonly count: number;
  readonly sum: number;
}

/** What is asked of events that are not known well enough. */
interface ImpreciseQuestion {
  /** Metres to within which they are not known. */
  readonly preciseM: number;
  readonly measure: string | undefined;
  /** Whether they are told apart by when they are. */
  readonly byMonth: boolean;
}

/** The events that are not known to within `preciseM`, by position and precision, and by month; at most `most` rows. */
export function impreciseQuery(
  layer: PublishedLayer,
  filter: Filter,
  { preciseM, measure, byMonth }: ImpreciseQuestion,
  most: number,
): Query {
  const value = measure === undefined ? sql`0` : ident(measure);
  const months = byMonth ? monthColumns(layer) : sql`0 AS first_month, 0 AS end_month`;
  return toQuery(sql`SELECT ST_X(geom) AS lon, ST_Y(geom) AS lat, precision_m::float8 AS precision_m, ${months},
      count(*)::integer AS count, coalesce(sum(${value}::numeric), 0)::float8 AS sum
    FROM ${recordTable(layer)} WHERE ${predicate(layer, filter)} AND ${isImprecise(preciseM)}
    GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5 LIMIT ${most}::integer`);
}

/** Records of a hexagon. */
export interface CellItemsRow {
  /** The place of the hexagon in the list that was asked, from 1. */
  readonly nth: number;
  /** Their numbers, 64-bit integers, big-endian. */
  readonly items: Buffer;
}

/**
 * Records of each of some hexagons: no more than `most` of each, the first in the order of base cells and numbers, as the index
 * has them. Those of a hexagon are one value, for as rows they take three times as long, and of bytes, for as text they are
 * read ten times as slowly.
 */
export function cellItemsQuery(layer: PublishedLayer, filter: Filter, cells: readonly string[], most: number): Query {
  const ranges = cells.map(descendantRange);
  const [first, last] = [ranges.map((range) => range.first), ranges.map((range) => range.last)];
  return toQuery(sql`SELECT nth::integer AS nth, items
    FROM unnest(${first}::bigint[], ${last}::bigint[]) WITH ORDINALITY AS wanted (first_base, last_base, nth), LATERAL (
      SELECT string_agg(int8send(fid), ''::bytea) AS items FROM (
        SELECT fid FROM ${recordTable(layer)} WHERE h3_base BETWEEN first_base AND last_base AND ${predicate(layer, filter)}
        ORDER BY h3_base, fid LIMIT ${most}::integer) AS found) AS listed
    WHERE items IS NOT NULL ORDER BY nth`);
}
