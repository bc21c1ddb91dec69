import type { PublishedLayer } from '../../../core/catalogue.ts';
import { type Filter, predicate } from '../../filter.ts';
import { isImprecise } from '../../imprecise.ts';
import { monthColumns } from '../../months.ts';
import { ident, type Query, sql, toQuery } from '../../sql.ts';
import { recordTable } from '../../tables.ts';

/** Records of one hexagon that are alike. */
export interface CellCountRow {
  /** H3 index, hexadecimal. */
  readonly cell: string;
  readonly is_precise: boolean;
  /** As `Months` counts them: half-open; both 0 where time was not asked for. */
  readonly first_month: number;
  readonly end_month: number;
  readonly count: number;
  /** Of the measure; unknown values are left out; 0 where none was asked for. */
  readonly sum: number;
}

/** What is counted of records by hexagon. */
export interface CellCountQuestion {
  readonly layer: PublishedLayer;
  readonly filter: Filter;
  readonly resolution: number;
  /** Metres: positions that are not known to be within so many are imprecise. */
  readonly preciseM: number;
  /** Whether records are told apart by when they are. */
  readonly byMonth: boolean;
  /** A field that is summed. */
  readonly measure: string | undefined;
}

/** Records by hexagon, read one by one: CellCountRows in the order of their columns. */
export function cellCountsQuery({ layer, filter, resolution, preciseM, byMonth, measure }: CellCountQuestion): Query {
  const months = byMonth ? monthColumns(layer) : sql`0 AS first_month, 0 AS end_month`;
  const value = measure === undefined ? sql`0` : ident(measure);
  // Sums of decimals are the same in whatever order records come.
  return toQuery(sql`SELECT to_hex(cell) AS cell, NOT imprecise AS is_precise, first_month, end_month, count::integer, sum::float8 FROM (
      SELECT azalai.h3_parent(h3_base, ${resolution}::integer) AS cell, ${isImprecise(preciseM)} AS imprecise, ${months},
        count(*) AS count, coalesce(sum(${value}::numeric), 0) AS sum
      FROM ${recordTable(layer)} WHERE ${predicate(layer, filter)} GROUP BY 1, 2, 3, 4) AS counted
    ORDER BY 1, 2, 3, 4`);
}

/** How many events there are, and how precise they are. */
export interface EventsSizeRow {
  readonly count: number;
  /** Metres: of half of the events the position is known to within so many; null: of half of them nothing says. */
  readonly median_m: number | null;
}

export function eventsSizeQuery(layer: PublishedLayer, filter: Filter): Query {
  return toQuery(sql`SELECT count(*)::integer AS count, nullif((percentile_disc(0.5) WITHIN GROUP (ORDER BY coalesce(precision_m::float8, 'infinity'))), 'infinity') AS median_m
    FROM ${recordTable(layer)} WHERE ${predicate(layer, filter)}`);
}
