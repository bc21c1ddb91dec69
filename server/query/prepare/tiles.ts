import { bandOf } from '../../core/band.ts';
import type { PublishedLayer } from '../../core/catalogue.ts';
import { resolutionForZoom } from '../../core/hex.ts';
import type { Layer } from '../../core/layer.ts';
import { TILE_BUFFER, TILE_EXTENT, type TileCoord } from '../../core/tile.ts';
import { type Filter, PUBLIC_ACCESS } from '../filter.ts';
import { ident, join, more, type Query, type Sql, sql, toNamedQuery, toQuery } from '../sql.ts';
import { preparedTable, recordTable } from '../tables.ts';
import { hexesOfTile, hexTilePart, itemTilePart, type TileReference } from '../tile.ts';

/** Two families of stored tiles: of a layer's records, and of its hexagons. */
export type TileFamily = 'items' | 'hexes';

interface Version {
  readonly table: string;
}

const PIECE_VERTICES = 16;

/** Half the width of EPSG:3857 in metres. */
const HALF_WORLD = 20_037_508.342789244;

export function createTileTable(version: Version): Query[] {
  const table = preparedTable(version, 'tile');
  return [
    sql`CREATE TABLE ${table} (
      family text NOT NULL, z smallint NOT NULL, x integer NOT NULL, y integer NOT NULL,
      -- Mapbox Vector Tile, gzipped.
      mvt bytea NOT NULL,
      -- Of hexagons: what they are made of (core/tile-counts.ts), gzipped. NULL: that is for the roll-up to tell.
      counts bytea,
      PRIMARY KEY (family, z, x, y)
    )`,
    // Compressed already: PostgreSQL need not try again.
    sql`ALTER TABLE ${table} ALTER COLUMN mvt SET STORAGE EXTERNAL, ALTER COLUMN counts SET STORAGE EXTERNAL`,
  ].map(toQuery);
}

/** The number of a tile's column or row from a coordinate in metres; `sign` is -1 for rows, which count southwards. */
function tileIndex(z: number, metres: Sql, sign: 1 | -1): Sql {
  const size = (2 * HALF_WORLD) / 2 ** z;
  return sql`least(greatest(floor((${HALF_WORLD}::float8 + ${sign}::integer * (${metres})) / ${size}::float8)::integer, 0), ${2 ** z - 1}::integer)`;
}

/** How much there is to draw of a layer of shapes: a row `{ weight }`, their vertices. */
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
  // Lines in small pieces: the box of a long one meets many tiles that the line does not.
  const shape = layer.geometry === 'line' ? sql`ST_Subdivide(geom_3857, ${PIECE_VERTICES}::integer)` : sql`geom_3857`;
  return sql`SELECT ${shape} AS shape FROM ${preparedTable(layer, 'band')} WHERE band = ${bandOf(z)}::smallint`;
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
 * Many tiles of a zoom at once, by the very SQL that answers a request for one: rows `{ x, y, mvt, entries }`, without
 * those that turn out empty. `entries` is what the hexagons are made of (see `readEntries`), where the roll-up has it.
 */
export function tilesQuery(
  layer: PublishedLayer,
  family: TileFamily,
  coords: readonly TileCoord[],
  kinds: readonly (string | null)[],
): Query {
  const tile = { z: coords[0]?.z ?? 0, x: sql`wanted.x`, y: sql`wanted.y` };
  const filter: Filter = { access: PUBLIC_ACCESS };
  const part = family === 'hexes' ? hexTilePart(layer, tile, filter) : itemTilePart(layer, tile, filter);
  const { rollupResolution } = layer.prepared;
  const isRolledUp = family === 'hexes' && rollupResolution !== null && resolutionForZoom(tile.z) <= rollupResolution;
  const entries = isRolledUp ? tileEntries(layer, tile, kinds) : sql`NULL::bytea`;
  return toQuery(sql`SELECT x, y, mvt, CASE WHEN length(mvt) > 0 THEN ${entries} END AS entries FROM (
    SELECT wanted.x, wanted.y, ${part} AS mvt
    FROM unnest(${coords.map(({ x }) => x)}::integer[], ${coords.map(({ y }) => y)}::integer[]) AS wanted (x, y) OFFSET 0
  ) AS wanted WHERE length(mvt) > 0`);
}

/**
 * A scalar: what the hexagons of a tile are made of, an entry for each row of the roll-up in the order of their ordinals.
 * As bytes, since numbers written out take PostgreSQL and us ten times as long; `readEntries` has the layout.
 */
function tileEntries(layer: PublishedLayer, tile: TileReference, kinds: readonly (string | null)[]): Sql {
  const resolution = resolutionForZoom(tile.z);
  const place = layer.kind === undefined ? sql`1` : sql`array_position(${kinds}::text[], ${ident(layer.kind)})`;
  const numbers = [sql`ordinal`, sql`(${place} - 1)`, sql`first_month`, sql`end_month`, sql`count`];
  const fields = [
    ...numbers.map((number) => sql`int4send(${number})`),
    ...layer.measures.map((name) => sql`int8send(coalesce(${ident(name)}, 0))`),
  ];
  return sql`(SELECT string_agg(${join(fields, sql` || `)}, ''::bytea ORDER BY ordinal)
    FROM (${hexesOfTile(layer, tile)} OFFSET 0) AS cells JOIN ${preparedTable(layer, 'rollup')} USING (ordinal)
    WHERE resolution = ${resolution}::integer AND handling = ANY(${PUBLIC_ACCESS.handling}::text[]))`;
}

/** The kinds that occur, in the order in which equally common ones are named: rows `{ kind }`. */
export function kindsQuery(layer: Layer, version: Version): Query {
  const kind = layer.kind === undefined ? sql`NULL::text` : ident(layer.kind);
  return toQuery(sql`SELECT kind FROM (SELECT DISTINCT ${kind} AS kind FROM ${recordTable(version)}) AS used
    ORDER BY kind COLLATE "C"`);
}

/** Stores gzipped tiles. */
export function insertTiles(
  version: Version,
  family: TileFamily,
  z: number,
  tiles: readonly { readonly x: number; readonly y: number; readonly gzip: Buffer; readonly counts: Buffer | null }[],
): Query {
  return toQuery(sql`INSERT INTO ${preparedTable(version, 'tile')}
    SELECT ${family}::text, ${z}::smallint, x, y, mvt, counts
    FROM unnest(${tiles.map(({ x }) => x)}::integer[], ${tiles.map(({ y }) => y)}::integer[], ${tiles.map(({ gzip }) => gzip)}::bytea[],
      ${tiles.map(({ counts }) => counts)}::bytea[]) AS input (x, y, mvt, counts)`);
}

/** A tile, and of each layer whether its records or its hexagons. */
export interface StoredPlace extends TileCoord {
  readonly families: readonly TileFamily[];
}

/**
 * The stored tiles of some layers at some places: rows `{ place, layer, mvt }` with the indexes of both, gzipped; none
 * for a tile that is empty. The text depends on the layers alone: it is written once, and planned once by PostgreSQL.
 */
export function storedTiles(layers: readonly { readonly table: string }[]): (places: readonly StoredPlace[]) => Query {
  const familyOf = (layer: number) => ident(`family_${layer}`);
  const columnsOf = (places: readonly StoredPlace[]): readonly unknown[][] => [
    places.map(({ z }) => z),
    places.map(({ x }) => x),
    places.map(({ y }) => y),
    ...layers.map((_, layer) => places.map(({ families }) => families[layer])),
  ];
  const [z, x, y, ...families] = columnsOf([]);
  const columns = [sql`${z}::smallint[]`, sql`${x}::integer[]`, sql`${y}::integer[]`];
  const parts = layers.map(
    (layer, index) => sql`SELECT place::integer - 1 AS place, ${index}::integer AS layer, mvt FROM wanted
      JOIN ${preparedTable(layer, 'tile')} AS tile USING (z, x, y) WHERE tile.family = ${familyOf(index)}`,
  );
  const { text, name } = toNamedQuery(
    sql`WITH wanted AS (
        SELECT * FROM unnest(${join([...columns, ...families.map((family) => sql`${family}::text[]`)], sql`, `)})
          WITH ORDINALITY AS wanted (z, x, y${more(layers.map((_, layer) => familyOf(layer)))}, place)
      ) ${join(parts, sql` UNION ALL `)}`,
  );
  // In the order of the text: the columns of `wanted`, then the index in each part.
  return (places) => ({ text, name, values: [...columnsOf(places), ...layers.keys()] });
}

/** A row of `storedPage`. */
export interface StoredRow extends TileCoord {
  readonly family: TileFamily;
  readonly mvt: Buffer;
  readonly counts: Buffer | null;
}

/** The stored tiles of a version that come after `last`, some of them: rows as `StoredRow`, gzipped. */
export function storedPage(version: Version, last: StoredRow | null, limit: number): Query {
  const { family, z, x, y } = last ?? { family: '', z: 0, x: 0, y: 0 };
  return toNamedQuery(sql`SELECT family, z, x, y, mvt, counts FROM ${preparedTable(version, 'tile')}
    WHERE (family, z, x, y) > (${family}::text, ${z}::smallint, ${x}::integer, ${y}::integer)
    ORDER BY family, z, x, y LIMIT ${limit}::integer`);
}

/** One stored tile with what its hexagons are made of: a row `{ mvt, counts }`, both gzipped; none when it is empty. */
export function storedTileWithCounts(version: Version, family: TileFamily, { z, x, y }: TileCoord): Query {
  return toNamedQuery(sql`SELECT mvt, counts FROM ${preparedTable(version, 'tile')}
    WHERE family = ${family}::text AND z = ${z}::smallint AND x = ${x}::integer AND y = ${y}::integer`);
}
