import { type Layer, recordFields, tileFields } from '../core/layer.ts';
import { TILE_BUFFER, TILE_EXTENT, type TileCoord } from '../core/tile.ts';
import { ident, join, more, type Query, type Sql, sql, toQuery } from './sql.ts';
import { type Staging, stagingTable } from './staging/tables.ts';

/** How the records lie in the file, and how they would be published. */
export type PreviewSide = 'before' | 'after';

const geometryOf = (side: PreviewSide) => (side === 'before' ? sql`coalesce(geom_before, geom)` : sql`geom`);

/** What would be published. */
const PUBLISHABLE = sql`outcome IN ('unchanged', 'repaired') AND geom IS NOT NULL`;

const day = (end: Sql) => sql`to_char(${end} AT TIME ZONE 'UTC', 'YYYY-MM-DD')`;

function columnOf(name: string): Sql {
  if (name === 'valid_from') return day(sql`lower(valid)`);
  if (name === 'valid_to') return day(sql`upper(valid)`);
  return ident(name);
}

/** A row `{ count }`. */
export function countPreview(staging: Staging): Query {
  return toQuery(sql`SELECT count(*) AS count FROM ${stagingTable(staging, 'typed')} WHERE ${PUBLISHABLE}`);
}

/** Rows `{ id, geometry, properties }`: GeoJSON in degrees, and what tiles, hexagons and filters read. */
export function previewRecords(staging: Staging, layer: Layer, side: PreviewSide): Query {
  const read = new Set([...tileFields(layer).map(({ name }) => name), ...layer.measures, layer.kind ?? '', 'handling']);
  const fields = recordFields(layer).filter(({ name }) => read.has(name));
  const pairs = fields.map(({ name }) => sql`${name}::text, ${columnOf(name)}`);
  return toQuery(sql`SELECT idx AS id, ST_AsGeoJSON(${geometryOf(side)}, 7, 0)::json AS geometry,
      json_build_object(${join(pairs, sql`, `)}) AS properties
    FROM ${stagingTable(staging, 'typed')} WHERE ${PUBLISHABLE} ORDER BY idx`);
}

/** Features in a tile at most; of more, every so-manieth is drawn. */
const TILE_FEATURES = 20_000;
/** From this zoom on, each level has a quarter of the features in a tile. */
const SPREAD_ZOOM = 4;

/** A tile with its buffer, in degrees. Not by ST_Transform: what reaches over the antimeridian comes back on the far side. */
function reach({ z, x, y }: TileCoord): Sql {
  const tiles = 2 ** z;
  const buffer = TILE_BUFFER / TILE_EXTENT;
  const longitude = (column: number) => Math.max(-180, Math.min(180, (column / tiles) * 360 - 180));
  const latitude = (row: number) => (Math.atan(Math.sinh(Math.PI * (1 - (2 * row) / tiles))) * 180) / Math.PI;
  const [west, east] = [longitude(x - buffer), longitude(x + 1 + buffer)];
  const [south, north] = [latitude(y + 1 + buffer), latitude(y - buffer)];
  return sql`ST_MakeEnvelope(${west}::float8, ${south}::float8, ${east}::float8, ${north}::float8, 4326)`;
}

/** One tile of an upload of `count` records, drawn from the table: a row `{ mvt: Buffer }`. */
export function previewTile(staging: Staging, layer: Layer, side: PreviewSide, coord: TileCoord, count: number): Query {
  const { z, x, y } = coord;
  const every = Math.max(1, Math.ceil(count / TILE_FEATURES / 4 ** Math.max(0, z - SPREAD_ZOOM)));
  const box = sql`ST_TileEnvelope(${z}::integer, ${x}::integer, ${y}::integer)`;
  // Beyond these latitudes the projection has no numbers.
  const drawable =
    layer.geometry === 'point' ? sql`geom` : sql`ST_ClipByBox2D(geom, ST_MakeEnvelope(-180, -85.05, 180, 85.05, 4326))`;
  const attributes = tileFields(layer).map(({ name }) => sql`${columnOf(name)} AS ${ident(name)}`);
  const columns = tileFields(layer).map(({ name }) => ident(name));
  return toQuery(sql`SELECT ST_AsMVT(feature, ${layer.id}::text, ${TILE_EXTENT}::integer, 'geom', 'idx') AS mvt FROM (
      SELECT idx, ST_AsMVTGeom(ST_Transform(${drawable}, 3857), ${box}, ${TILE_EXTENT}::integer, ${TILE_BUFFER}::integer) AS geom${more(columns)}
      FROM (
        SELECT idx, ${geometryOf(side)} AS geom${more(attributes)} FROM ${stagingTable(staging, 'typed')}
        WHERE ${PUBLISHABLE} AND ${geometryOf(side)} && ${reach(coord)} AND idx % ${every}::bigint = 0
        LIMIT ${TILE_FEATURES}::integer
      ) AS here
    ) AS feature WHERE geom IS NOT NULL`);
}
