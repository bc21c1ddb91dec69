import type { Layer } from '../../core/layer.ts';
import { type Checking, isDeletion, isOn } from '../checks/check.ts';
import { dimensionOf } from '../checks/wrong-geometry.ts';
import { type Sql, sql } from '../sql.ts';

/** How the coordinates of the file are understood: an EPSG number, text that PROJ knows, or not at all. */
export type SourceSystem = number | string | null;

/** Flat, and in longitude and latitude; NULL where that cannot be. */
export function toWgs84(shape: Sql, system: SourceSystem): Sql {
  if (system === null) return sql`NULL::geometry`;
  // What stands in no reference system counts as longitude and latitude: so the quarantined are shown at all.
  if (system === 4326) return sql`ST_SetSRID(ST_Force2D(${shape}), 4326)`;
  const from = typeof system === 'number' ? sql`${system}::integer` : sql`${system}::text`;
  return sql`azalai.to_wgs84(ST_Force2D(${shape}), ${from})`;
}

/** Off the Earth, or beyond what its system can tell. Of longitudes and latitudes that is known from the reading. */
export function isLost(system: SourceSystem): Sql {
  if (system === null || system === 4326) return sql`FALSE`;
  return sql`(given_shape IS NULL OR NOT given_shape @ ST_MakeEnvelope(-180, -90, 180, 90, 4326))`;
}

/** A set of one point is that point. */
export function shapeOf({ geometry }: Layer): Sql {
  const shape = sql`CASE WHEN NOT ST_IsEmpty(given_shape) THEN given_shape END`;
  if (geometry !== 'point') return shape;
  return sql`CASE WHEN GeometryType(given_shape) = 'MULTIPOINT' AND ST_NumGeometries(given_shape) = 1
    THEN ST_GeometryN(given_shape, 1) ELSE ${shape} END`;
}

export function isKind({ geometry }: Layer): Sql {
  if (geometry === 'point') return sql`GeometryType(shape) = 'POINT'`;
  const [single, multi] = geometry === 'line' ? ['LINESTRING', 'MULTILINESTRING'] : ['POLYGON', 'MULTIPOLYGON'];
  return sql`GeometryType(shape) IN (${single}::text, ${multi}::text)`;
}

/** `reason`: what makes a line or an area invalid, NULL where nothing does. Unlike ST_IsValid it sends no notices. */
export function validityOfShape(checking: Checking): readonly Sql[] {
  if (checking.layer.geometry === 'point' || isDeletion(checking)) return [];
  return [sql`CASE WHEN was <> 'quarantined' THEN nullif(ST_IsValidReason(shape), 'Valid Geometry') END AS reason`];
}

export function mendedShape(checking: Checking): Sql {
  const { geometry } = checking.layer;
  if (geometry === 'point' || isDeletion(checking) || !isOn(checking, 'self-crossing')) return sql`NULL::geometry`;
  return sql`CASE WHEN reason IS NOT NULL THEN ST_MakeValid(shape, 'method=structure keepcollapsed=false') END`;
}

/** What is left is of the layer's kind, not a line where an area was. */
export function isMended({ layer: { geometry } }: Checking): Sql {
  return sql`(whole_shape IS NOT NULL AND NOT ST_IsEmpty(whole_shape) AND GeometryType(whole_shape) <> 'GEOMETRYCOLLECTION'
    AND ST_Dimension(whole_shape) = ${dimensionOf(geometry)}::integer)`;
}
