import type { PublishedLayer } from '../../../core/catalogue.ts';
import { recordFields } from '../../../core/layer.ts';
import { type Filter, predicate } from '../../filter.ts';
import { ident, join, type Query, type Sql, sql, toQuery } from '../../sql.ts';
import { recordTable } from '../../tables.ts';
import { lineOf } from './line.ts';
import { type CellSpan, isImprecise } from './spans.ts';

/** A record near a line. Degrees; metres on the ellipsoid. */
export interface NearRow {
  readonly item: number;
  readonly record: string | null;
  readonly lon: number;
  readonly lat: number;
  readonly metres: number;
  readonly kind: string | null;
  readonly name: string | null;
  /** The day on which it began, of what is valid at some time only. */
  readonly day: string | null;
  readonly precision: number | null;
  /** Of the layer's measures, in their order. */
  readonly measures: readonly (number | null)[];
}

interface NearQuestion {
  readonly layer: PublishedLayer;
  readonly filter: Filter;
  readonly preciseM: number | undefined;
  /** Outside them nothing is near enough; absent: anything may be. */
  readonly spans: readonly CellSpan[] | undefined;
  readonly line: object;
  readonly withinM: number;
  readonly limit: number;
}

function anywhere(spans: readonly CellSpan[] | undefined): { from: Sql; condition: Sql } {
  if (!spans) return { from: sql`(SELECT 1) AS span`, condition: sql`TRUE` };
  const [first, last] = [spans.map((span) => span.first), spans.map((span) => span.last)];
  return {
    from: sql`unnest(${first}::bigint[], ${last}::bigint[]) AS span (first_base, last_base)`,
    condition: sql`h3_base BETWEEN span.first_base AND span.last_base`,
  };
}

/** The nearest records to a line within a distance of it: the nearest first, and of those as near the first of the collection. */
export function nearestQuery({ layer, filter, preciseM, spans, line, withinM, limit }: NearQuestion): Query {
  const { from, condition } = anywhere(spans);
  const hasName = recordFields(layer).some(({ name, type }) => name === 'name' && type === 'string');
  const measures = layer.measures.map((name) => sql`${ident(name)}::float8`);
  return toQuery(sql`SELECT found.* FROM ${from}, LATERAL (
      SELECT fid AS item, record_id AS record, ST_X(geom) AS lon, ST_Y(geom) AS lat,
        ST_Distance(geom::geography, ${lineOf(line)}::geography) AS metres,
        ${layer.kind === undefined ? sql`NULL::text` : sql`${ident(layer.kind)}::text`} AS kind,
        ${hasName ? sql`name` : sql`NULL::text`} AS name,
        to_char(lower(valid) AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day, precision_m::float8 AS precision,
        ARRAY[${join(measures, sql`, `)}]::float8[] AS measures
      FROM ${recordTable(layer)}
      WHERE ${predicate(layer, filter)} AND ${condition} AND NOT ${isImprecise(preciseM)}
        AND ST_DWithin(geom::geography, ${lineOf(line)}::geography, ${withinM}::float8)) AS found
    ORDER BY metres, item LIMIT ${limit}::integer`);
}
