import { EMPTY, type Query, sql, toQuery } from '../../sql.ts';
import { areaOf, type Units, unitRelation } from '../summary/units.ts';
import { type Claims, drawnShape, GRID, shapeOf } from '../timeline/claim.ts';
import { faceRelation } from '../timeline/faces.ts';
import { type Lasting, lastingRelation } from './spans.ts';

/** Ground of a unit that the same records cover, in whatever steps. */
export interface GroundRow {
  /** The number of the unit; null: all of the ground, or of the place where there is one. */
  readonly unit: number | null;
  /** Of those records, in the order of text: as of SpanRow. */
  readonly keys: readonly `${number}:${number}`[];
  /** On the ellipsoid. */
  readonly area_m2: number;
}

/**
 * The ground that records in force cover, cut along every outline, so that each piece is one record's or that of several, and
 * is measured once.
 * @param place GeoJSON, degrees: ground outside it is not counted
 * @param units by which it is told apart too
 */
export function groundQuery(
  claims: readonly Claims[],
  lasting: Lasting,
  place: object | undefined,
  units: Units | undefined,
): Query {
  const given = place ? sql`given AS MATERIALIZED (SELECT ${drawnShape(place)} AS shape),` : EMPTY;
  const edges = sql`SELECT ST_Boundary(shape) AS line FROM claim`;
  const faces = place
    ? faceRelation(
        sql`${edges} UNION ALL SELECT ST_Boundary(shape) FROM given`,
        sql`given, cut WHERE ST_Covers(given.shape, inside)`,
      )
    : faceRelation(edges);
  const inUnits = units
    ? sql` UNION ALL SELECT unit.nth AS unit, keys, sum(part_m2 ORDER BY ground.nth) AS area_m2
        FROM ground JOIN unit ON ground.geom && unit.geom,
          LATERAL (SELECT ${areaOf(sql`ST_CollectionExtract(ST_Intersection(ground.geom, unit.geom, ${GRID}), 3)`)} AS part_m2) AS part
        WHERE part_m2 > 0 GROUP BY unit.nth, keys`
    : EMPTY;
  return toQuery(sql`WITH ${given} ${units ? sql`${unitRelation(units)},` : EMPTY}
    claim AS MATERIALIZED (SELECT key, ${shapeOf(sql`geom`)} AS shape FROM (${lastingRelation(claims, lasting)}) AS held), ${faces},
    ground AS MATERIALIZED (
      SELECT nth, geom, area_m2, keys FROM face, LATERAL (
        SELECT array_agg(key ORDER BY key COLLATE "C") AS keys FROM claim
        WHERE claim.shape && inside AND ST_Covers(claim.shape, inside)) AS claimed WHERE keys IS NOT NULL)
    SELECT unit, keys, area_m2 FROM (
      SELECT NULL::bigint AS unit, keys, sum(area_m2 ORDER BY nth) AS area_m2 FROM ground GROUP BY keys${inUnits}) AS found
    ORDER BY unit NULLS FIRST, keys COLLATE "C"`);
}

/** A record of which a part lies in a unit. */
export interface PresenceRow {
  readonly unit: number;
  readonly key: `${number}:${number}`;
}

/** Which lines or polygons in force have a part in which unit: what only touches it has none. */
export function presenceQuery(claims: readonly Claims[], lasting: Lasting, units: Units): Query {
  return toQuery(sql`WITH ${unitRelation(units)},
    held AS MATERIALIZED (
      SELECT key, CASE WHEN ST_IsValid(geom) THEN geom ELSE ST_MakeValid(geom) END AS shape FROM (${lastingRelation(claims, lasting)}) AS record)
    SELECT nth AS unit, key FROM unit JOIN held ON shape && unit.geom AND ST_Relate(shape, unit.geom, 'T********')
    ORDER BY nth, key COLLATE "C"`);
}
