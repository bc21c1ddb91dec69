import type { PublishedLayer } from '../core/catalogue.ts';
import { type Filter, predicate } from './filter.ts';
import { join, type Query, type Sql, sql, toQuery } from './sql.ts';
import { recordTable } from './tables.ts';

/**
 * How far beyond a tile's edge a record may lie and still be drawn in it, in widths of the tile. Of records: the buffer
 * (1/64) and what a generalised outline may be off (a pixel, 1/512).
 */
const RECORD_REACH = 1 / 32;

/**
 * Of hexagons: they are drawn by their outline, 0.11 tiles across at the equator at most, and twice that at 60 degrees,
 * and a record may lie a little outside the cell that counts it. From zoom 12 on only the tiles get smaller.
 */
const HEXAGON_REACH = 0.25;
const FINEST = 12;

/** Absolute reach never grows with the zoom, so what is around a tile holds what is around its children. */
export function reachOf(z: number, hexagons: boolean): number {
  if (!hexagons) return RECORD_REACH;
  return HEXAGON_REACH * 2 ** Math.max(0, z - FINEST);
}

function hasRecords(layer: PublishedLayer, filter: Filter, hexagons: boolean): Sql {
  const box = hexagons ? sql`asked.around_hexagons` : sql`asked.around_records`;
  // A box around a long river covers half a country: lines and polygons are asked exactly.
  const meets = layer.geometry === 'point' ? sql`TRUE` : sql`ST_Intersects(geom_3857, ${box})`;
  return sql`EXISTS (SELECT FROM ${recordTable(layer)} WHERE geom_3857 && ${box} AND ${meets} AND ${predicate(layer, filter)})`;
}

/** A layer that is asked about. */
export interface OccupiedBy {
  readonly layer: PublishedLayer;
  readonly filter: Filter;
  /** Shown as hexagons at the zoom asked about. */
  readonly hexagons: boolean;
}

/**
 * Which of some tiles of one zoom may hold something of the layers: rows `{ index }` into `tiles`, rising. A tile that
 * is not named is empty, and so are all the tiles below it.
 */
export function occupiedQuery(
  layers: readonly OccupiedBy[],
  z: number,
  tiles: readonly { readonly x: number; readonly y: number }[],
): Query {
  const conditions = layers.map(({ layer, filter, hexagons }) => hasRecords(layer, filter, hexagons));
  const envelope = (hexagons: boolean) =>
    sql`ST_TileEnvelope(${z}::integer, x, y, margin => ${reachOf(z, hexagons)}::float8)`;
  return toQuery(sql`WITH asked AS MATERIALIZED (
      SELECT (place - 1)::integer AS index, ${envelope(false)} AS around_records, ${envelope(true)} AS around_hexagons
      FROM unnest(${tiles.map(({ x }) => x)}::integer[], ${tiles.map(({ y }) => y)}::integer[])
        WITH ORDINALITY AS tile (x, y, place)
    ) SELECT index FROM asked WHERE ${join(conditions, sql` OR `)} ORDER BY index`);
}
