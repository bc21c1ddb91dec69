import { bandOf } from '../../core/band.ts';
import type { PublishedLayer } from '../../core/catalogue.ts';
import { resolutionForZoom } from '../../core/hex.ts';
import { TILE_BUFFER, TILE_EXTENT, type TileCoord } from '../../core/tile.ts';
import { type Filter, PUBLIC_ACCESS } from '../filter.ts';
import { join, type Query, type Sql, sql, toQuery } from '../sql.ts';
import { preparedTable, recordTable } from '../tables.ts';
import { hexTilePart, itemTilePart } from '../tile.ts';

/** Two families of stored tiles: of a layer's records, and of its hexagons. */
export type TileFamily = 'items' | 'hexes';

interface Version {
  readonly table: string;
}

/** Half the width of EPSG:3857 in metres. */
const HALF_WORLD = 20_037_508.342789244;

export function createTileTable(version: Version): Query[] {
  const table = preparedTable(version, 'tile');
  return [
    sql`CREATE TABLE ${table} (
      family text NOT NULL, z smallint NOT NULL, x integer NOT NULL, y integer NOT NULL,
      -- Mapbox Vector Tile, gzipped.
      mvt bytea NOT NULL,
      PRIMARY KEY (family, z, x, y)
    )`,
    // Compressed already: PostgreSQL need not try again.
    sql`ALTER TABLE ${table} ALTER COLUMN mvt SET STORAGE EXTERNAL`,
  ].map(toQuery);
}

/** The number of a tile's column or row from a coordinate in metres; `sign` is -1 for rows, which count southwards. */
function tileIndex(z: number, metres: Sql, sign: 1 | -1): Sql {
  const size = (2 * HALF_WORLD) / 2 ** z;
  return sql`least(greatest(floor((${HALF_WORLD}::float8 + ${sign}::integer * (${metres})) / ${size}::float8)::integer, 0), ${2 ** z - 1}::integer)`;
}

/** How much there is to draw: a row `{ weight }`, the points of a layer or the vertices of its shapes. */
export function weightQuery(layer: PublishedLayer): Query {
  return toQuery(sql`SELECT coalesce(sum(ST_NPoints(geom_3857)), 0) AS weight FROM ${recordTable(layer)}`);
}

/** How many records the fullest tile of a zoom holds, of a layer of points: a row `{ features }`. */
export function fullestTile(version: Version, z: number): Query {
  return toQuery(sql`SELECT coalesce(max(features), 0) AS features FROM (
    SELECT count(*) AS features FROM (
      SELECT ${tileIndex(z, sql`ST_X(geom_3857)`, 1)} AS x, ${tileIndex(z, sql`ST_Y(geom_3857)`, -1)} AS y
      FROM ${recordTable(version)}
    ) AS placed GROUP BY x, y
  ) AS tiles`);
}

/** Where a family's tiles of a zoom may lie: the shapes whose boxes they must meet. */
function shapes(layer: PublishedLayer, family: TileFamily, z: number): Sql {
  if (family === 'hexes') {
    return sql`SELECT geom_3857 AS shape FROM ${preparedTable(layer, 'hex')} WHERE resolution = ${resolutionForZoom(z)}::smallint`;
  }
  if (layer.geometry === 'point') return sql`SELECT geom_3857 AS shape FROM ${recordTable(layer)}`;
  return sql`SELECT geom_3857 AS shape FROM ${preparedTable(layer, 'band')} WHERE band = ${bandOf(z)}::smallint`;
}

/** The tiles of a zoom that may hold something, neighbours within the buffer included: rows `{ x, y }`. */
export function candidateTiles(layer: PublishedLayer, family: TileFamily, z: number): Query {
  const margin = ((2 * HALF_WORLD) / 2 ** z) * (TILE_BUFFER / TILE_EXTENT);
  const range = (low: Sql, high: Sql) => sql`generate_series(${low}, ${high})`;
  const columns = range(
    tileIndex(z, sql`ST_XMin(shape) - ${margin}::float8`, 1),
    tileIndex(z, sql`ST_XMax(shape) + ${margin}::float8`, 1),
  );
  const rows = range(
    tileIndex(z, sql`ST_YMax(shape) + ${margin}::float8`, -1),
    tileIndex(z, sql`ST_YMin(shape) - ${margin}::float8`, -1),
  );
  return toQuery(
    sql`SELECT DISTINCT x, y FROM (${shapes(layer, family, z)}) AS shapes, ${columns} AS x, ${rows} AS y ORDER BY x, y`,
  );
}

/**
 * Many tiles of a zoom at once, by the very SQL that answers a request for one: rows `{ x, y, mvt }`, without those that
 * turn out empty.
 */
export function tilesQuery(layer: PublishedLayer, family: TileFamily, coords: readonly TileCoord[]): Query {
  const tile = { z: coords[0]?.z ?? 0, x: sql`wanted.x`, y: sql`wanted.y` };
  const filter: Filter = { access: PUBLIC_ACCESS };
  const part = family === 'hexes' ? hexTilePart(layer, tile, filter) : itemTilePart(layer, tile, filter);
  return toQuery(sql`SELECT x, y, mvt FROM (
    SELECT wanted.x, wanted.y, ${part} AS mvt
    FROM unnest(${coords.map(({ x }) => x)}::integer[], ${coords.map(({ y }) => y)}::integer[]) AS wanted (x, y)
  ) AS made WHERE length(mvt) > 0`);
}

/** Stores gzipped tiles. */
export function insertTiles(
  version: Version,
  family: TileFamily,
  z: number,
  tiles: readonly { readonly x: number; readonly y: number; readonly gzip: Buffer }[],
): Query {
  return toQuery(sql`INSERT INTO ${preparedTable(version, 'tile')}
    SELECT ${family}::text, ${z}::smallint, x, y, mvt
    FROM unnest(${tiles.map(({ x }) => x)}::integer[], ${tiles.map(({ y }) => y)}::integer[], ${tiles.map(({ gzip }) => gzip)}::bytea[]) AS input (x, y, mvt)`);
}

/** The stored tiles of some layers at one place: rows `{ layer, mvt }`, gzipped; none for a tile that is empty. */
export function storedTiles(
  wanted: readonly { readonly layer: PublishedLayer; readonly family: TileFamily }[],
  { z, x, y }: TileCoord,
): Query {
  const parts = wanted.map(
    ({ layer, family }, index) => sql`SELECT ${index}::integer AS layer, mvt FROM ${preparedTable(layer, 'tile')}
      WHERE family = ${family}::text AND z = ${z}::smallint AND x = ${x}::integer AND y = ${y}::integer`,
  );
  return toQuery(join(parts, sql` UNION ALL `));
}
