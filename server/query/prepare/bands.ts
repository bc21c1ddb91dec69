import { FULL_BAND } from '../../core/band.ts';
import type { Layer } from '../../core/layer.ts';
import { type Query, sql, toQuery } from '../sql.ts';
import { preparedTable, recordTable } from '../tables.ts';

interface Version {
  readonly table: string;
}

/** More vertices than this make clipping a tile slow; the pieces are joined again in each tile, which costs too. */
const PIECE_VERTICES = 4096;

export function createBandTable(version: Version): Query {
  return toQuery(sql`CREATE TABLE ${preparedTable(version, 'band')} (
    band smallint NOT NULL,
    fid bigint NOT NULL,
    -- A point where the shape is smaller than the band can show.
    geom_3857 geometry(Geometry, 3857) NOT NULL
  )`);
}

/**
 * The copy for one band. Vertices move to a grid rather than being dropped one by one: neighbours share the vertices of
 * their border, so they move alike and no gap opens between them. What collapses becomes a point.
 */
export function fillBand(layer: Layer, version: Version, band: number, gridMetres: number): Query {
  const snapped = sql`ST_SnapToGrid(geom_3857, ${gridMetres}::float8)`;
  // Snapping may fold a polygon onto itself; what then has no area is gone. The first way to mend it keeps the most, and
  // gives NULL for some rings that begin with a spike (GEOS 3.11.1).
  const shape =
    layer.geometry === 'polygon'
      ? sql`CASE WHEN ST_IsValid(snapped) THEN snapped
          ELSE coalesce(ST_CollectionExtract(ST_MakeValid(snapped, 'method=structure keepcollapsed=false'), 3),
            ST_CollectionExtract(ST_MakeValid(snapped), 3)) END`
      : sql`snapped`;
  return toQuery(sql`INSERT INTO ${preparedTable(version, 'band')}
    SELECT ${band}::smallint, fid, ST_Subdivide(
      CASE WHEN shape IS NULL OR ST_IsEmpty(shape) THEN ST_PointOnSurface(geom_3857) ELSE shape END, ${PIECE_VERTICES}::integer)
    FROM ${recordTable(version)}, LATERAL (SELECT ${snapped} AS snapped OFFSET 0) AS moved,
      LATERAL (SELECT ${shape} AS shape OFFSET 0) AS generalised`);
}

/** The band with the original geometry. */
export function fillFullBand(version: Version): Query {
  return toQuery(sql`INSERT INTO ${preparedTable(version, 'band')}
    SELECT ${FULL_BAND}::smallint, fid, ST_Subdivide(geom_3857, ${PIECE_VERTICES}::integer) FROM ${recordTable(version)}`);
}

export function indexBands(version: Version): Query[] {
  const table = preparedTable(version, 'band');
  return [sql`CREATE INDEX ON ${table} USING gist (geom_3857)`, sql`ANALYZE ${table}`].map(toQuery);
}
