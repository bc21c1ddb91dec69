import type { PublishedLayer } from '../../../core/catalogue.ts';
import { recordFields } from '../../../core/layer.ts';
import { type Filter, predicate } from '../../filter.ts';
import { isImprecise } from '../../imprecise.ts';
import { ident, join, type Query, sql, toQuery } from '../../sql.ts';
import { recordTable } from '../../tables.ts';
import { lineOf } from './line.ts';

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
  /** The numbers of those that may be among the nearest. */
  readonly items: readonly number[];
  readonly line: object;
  readonly withinM: number;
  readonly limit: number;
}

/** Of some records the nearest to a line within a distance of it: the nearest first, and of those as near the first of the collection. */
export function nearestQuery({ layer, filter, preciseM, items, line, withinM, limit }: NearQuestion): Query {
  const hasName = recordFields(layer).some(({ name, type }) => name === 'name' && type === 'string');
  const measures = layer.measures.map((name) => sql`${ident(name)}::float8`);
  // OFFSET 0: records by their number first, and only then distances. The planner thinks too well of ST_DWithin.
  return toQuery(sql`SELECT item, record, lon, lat, kind, name, day, precision, measures, metres
    FROM (SELECT *, ST_Distance(geog, ${lineOf(line)}::geography) AS metres FROM (
      SELECT fid AS item, record_id AS record, ST_X(geom) AS lon, ST_Y(geom) AS lat, geom::geography AS geog,
        ${layer.kind === undefined ? sql`NULL::text` : sql`${ident(layer.kind)}::text`} AS kind,
        ${hasName ? sql`name` : sql`NULL::text`} AS name,
        to_char(lower(valid) AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day, precision_m::float8 AS precision,
        ARRAY[${join(measures, sql`, `)}]::float8[] AS measures
      FROM ${recordTable(layer)} WHERE ${predicate(layer, filter)} AND fid = ANY(${items}::bigint[])
        AND NOT ${isImprecise(preciseM)} OFFSET 0) AS found) AS measured
    WHERE metres <= ${withinM}::float8 ORDER BY metres, item LIMIT ${limit}::integer`);
}
