import type { PublishedLayer } from '../../../core/catalogue.ts';
import { recordFields } from '../../../core/layer.ts';
import { type Filter, predicate } from '../../filter.ts';
import { join, type Query, sql, toQuery } from '../../sql.ts';
import { recordTable } from '../../tables.ts';
import { pieceRelation, placeAlong } from './piece.ts';

/** Where a line crosses another of a collection, or begins to run along it. */
export interface CrossingRow {
  readonly collection: string;
  readonly item: number;
  readonly name: string | null;
  readonly name_fr: string | null;
  /** In pieces of the line. */
  readonly place: number;
  readonly lon: number;
  readonly lat: number;
}

/** Crossings with the lines of collections, in the order of the list, of their numbers, and along the line. */
export function crossingsQuery(
  line: object,
  crossed: readonly { readonly layer: PublishedLayer; readonly filter: Filter }[],
): Query {
  const others = crossed.map(({ layer, filter }, list) => {
    const text = (field: string) =>
      recordFields(layer).some(({ name, type }) => name === field && type === 'string')
        ? sql`${field === 'name' ? sql`name` : sql`name_fr`}`
        : sql`NULL::text`;
    return sql`SELECT ${list}::integer AS list, ${layer.id}::text AS collection, fid AS item, ${text('name')} AS name,
        ${text('name_fr')} AS name_fr, geom AS other
      FROM ${recordTable(layer)} WHERE ${predicate(layer, filter)} AND geom && (SELECT ST_SetSRID(ST_Extent(planar), 4326) FROM piece)`;
  });
  return toQuery(sql`WITH ${pieceRelation(line)}, met AS MATERIALIZED (${join(others, sql` UNION ALL `)}),
    part AS MATERIALIZED (SELECT list, collection, item, name, name_fr, ST_Subdivide(other, 32) AS other FROM met)
    SELECT DISTINCT list, collection, item, name, name_fr, ${placeAlong(sql`spot`)} AS place, ST_X(spot) AS lon, ST_Y(spot) AS lat
    FROM part JOIN piece ON planar && other AND ST_Intersects(planar, other),
      LATERAL ST_Dump(ST_Intersection(planar, other)) AS shared,
      LATERAL (SELECT CASE ST_Dimension(shared.geom) WHEN 0 THEN shared.geom ELSE ST_StartPoint(shared.geom) END AS spot) AS spotted
    ORDER BY list, item, place`);
}
