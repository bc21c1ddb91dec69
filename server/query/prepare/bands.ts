import { FULL_BAND } from '../../core/band.ts';
import type { Layer } from '../../core/layer.ts';
import { join, type Query, type Sql, sql, toQuery } from '../sql.ts';
import { preparedTable, recordTable } from '../tables.ts';

interface Version {
  readonly table: string;
}

/** More vertices than this make clipping a tile slow; the pieces are joined again in each tile, which costs too. */
const PIECE_VERTICES = 4096;

/**
 * Makes the generalised copies and, as the last band, the original: `(band, fid, geom_3857)`, a point where the shape is
 * smaller than the band can show. One statement, of which PostgreSQL works out parts side by side.
 */
export function createBands(layer: Layer, version: Version, bands: readonly Generalised[]): Query {
  const full = sql`SELECT ${FULL_BAND}::smallint AS band, fid, geom_3857 AS shape FROM ${recordTable(version)}`;
  const copies = [...bands.map((band) => generalised(layer, version, band)), full];
  return toQuery(sql`CREATE TABLE ${preparedTable(version, 'band')} AS
    SELECT band, fid, piece::geometry(Geometry, 3857) AS geom_3857
    FROM (${join(copies, sql` UNION ALL `)}) AS copies, LATERAL (${pieces(layer, sql`shape`)}) AS cut (piece)`);
}

interface Generalised {
  readonly band: number;
  readonly gridMetres: number;
}

/**
 * ST_Subdivide takes also those collections apart that are small enough, and each tile has to join them again: of areas that
 * takes longer than anything else. Of lines it costs little, and joins what ends where another begins.
 */
const pieces = ({ geometry }: Layer, shape: Sql): Sql =>
  geometry === 'line'
    ? sql`SELECT ST_Subdivide(${shape}, ${PIECE_VERTICES}::integer)`
    : sql`SELECT ${shape} WHERE ST_NPoints(${shape}) <= ${PIECE_VERTICES}::integer
    UNION ALL SELECT ST_Subdivide(${shape}, ${PIECE_VERTICES}::integer) WHERE ST_NPoints(${shape}) > ${PIECE_VERTICES}::integer`;

/**
 * The copy for one band. Vertices move to a grid rather than being dropped one by one: neighbours share the vertices of
 * their border, so they move alike and no gap opens between them. What collapses becomes a point.
 */
function generalised(layer: Layer, version: Version, { band, gridMetres }: Generalised): Sql {
  const snapped = sql`SELECT fid, geom_3857, ST_SnapToGrid(geom_3857, ${gridMetres}::float8) AS snapped, azalai.apart() AS apart
    FROM ${recordTable(version)}`;
  // Snapping may fold a polygon onto itself; what then has no area is gone. The first way to mend it keeps the most, and
  // gives NULL for some rings that begin with a spike (GEOS 3.11.1).
  const mended =
    layer.geometry === 'polygon'
      ? sql`CASE WHEN ST_IsValid(snapped) THEN snapped
          ELSE coalesce(ST_CollectionExtract(ST_MakeValid(snapped, 'method=structure keepcollapsed=false'), 3),
            ST_CollectionExtract(ST_MakeValid(snapped), 3)) END`
      : sql`snapped`;
  const shapes = sql`SELECT fid, geom_3857, ${mended} AS shape, azalai.apart() AS apart2 FROM (${snapped}) AS moved`;
  return sql`SELECT ${band}::smallint AS band, fid,
      CASE WHEN shape IS NULL OR ST_IsEmpty(shape) THEN ST_PointOnSurface(geom_3857) ELSE shape END AS shape
    FROM (${shapes}) AS generalised`;
}

export function indexBands(version: Version): Query[] {
  const table = preparedTable(version, 'band');
  return [sql`CREATE INDEX ON ${table} USING gist (geom_3857)`, sql`ANALYZE ${table}`].map(toQuery);
}
