import type { Geometry, Position } from 'geojson';
import type { PublishedLayer } from '../core/catalogue.ts';
import { type Filter, predicate } from './filter.ts';
import { EMPTY, type Sql, sql } from './sql.ts';

/** Metres in a degree of latitude where it has the fewest. */
const DEGREE_M = 110_000;
/** Farther north or south, or over the antimeridian, a box in degrees is no help. */
const MOST_LATITUDE = 80;

/** A place, and how far from it something may lie. Degrees, CRS84; metres on the ellipsoid. */
export interface Near {
  readonly geometry: Geometry;
  readonly metres: number;
}

function positionsOf(geometry: Geometry): Position[] {
  if (geometry.type === 'GeometryCollection') return geometry.geometries.flatMap(positionsOf);
  const flat = geometry.coordinates.flat(3) as unknown as number[];
  // The database gives positions of two numbers.
  return flat.flatMap((value, index) => (index % 2 === 0 ? [[value, flat[index + 1] as number]] : []));
}

/** A box that holds all that lies within so many metres, so that the index is used; nothing where there is none. */
function boxAround({ geometry, metres }: Near): Sql {
  const positions = positionsOf(geometry);
  const at = (axis: 0 | 1, choose: (a: number, b: number) => number) =>
    positions.map((position) => position[axis] as number).reduce((a, b) => choose(a, b));
  const dy = metres / DEGREE_M;
  const [south, north] = [at(1, Math.min) - dy, at(1, Math.max) + dy];
  const highest = Math.max(Math.abs(south), Math.abs(north));
  if (highest > MOST_LATITUDE) return EMPTY;
  const dx = dy / Math.cos((highest * Math.PI) / 180);
  const [west, east] = [at(0, Math.min) - dx, at(0, Math.max) + dx];
  if (west < -180 || east > 180) return EMPTY;
  return sql`geom && ST_MakeEnvelope(${west}::float8, ${south}::float8, ${east}::float8, ${north}::float8, 4326) AND `;
}

/**
 * The records of a version that a watched question is about: the one predicate, and where there is one the distance from a
 * place. Columns are unqualified, as in `predicate`.
 */
export function withinReach(layer: PublishedLayer, filter: Filter, near: Near | undefined): Sql {
  if (!near) return predicate(layer, filter);
  const shape = sql`ST_SetSRID(ST_GeomFromGeoJSON(${JSON.stringify(near.geometry)}::text), 4326)`;
  return sql`${predicate(layer, filter)} AND ${boxAround(near)}ST_DWithin(geom::geography, ${shape}::geography, ${near.metres}::float8)`;
}
