import { all, EMPTY, type Query, sql, toQuery } from '../../sql.ts';
import { type Claims, claimRelation, drawnShape } from './claim.ts';
import { faceRelation } from './faces.ts';

/**
 * What became of ground between two dates. `kept`, `gained` and `lost` leave nothing out and do not overlap; `no_longer_recorded`
 * is the part of what is lost that nobody is recorded on, `newly_contested` the part of what is held later that is contested
 * then and was by nobody before; `shared_before` and `shared_after` (only of all) have more than one actor.
 */
export type Change =
  | 'kept'
  | 'gained'
  | 'lost'
  | 'no_longer_recorded'
  | 'newly_contested'
  | 'shared_before'
  | 'shared_after';

export interface ChangeRow {
  /** Of whoever is recorded, taken together: then `actor` is null. */
  readonly is_of_all: boolean;
  readonly actor: string | null;
  readonly change: Change;
  /** On the ellipsoid. */
  readonly area_m2: number;
  /** GeoJSON, degrees; polygons; null of all. */
  readonly geojson: string | null;
}

/**
 * What changed between two instants (ISO 8601 UTC), by actor and of all; inside an area if one is given.
 * `held` is half-open: who leaves at an instant is not there then.
 */
export function changesQuery(
  claims: readonly Claims[],
  [before, after]: readonly [string, string],
  area?: object,
): Query {
  const isThen = (instant: string) => sql`held @> ${instant}::timestamptz`;
  const given = area ? sql`given AS MATERIALIZED (SELECT ${drawnShape(area)} AS shape),` : EMPTY;
  const edges = sql`SELECT ST_Boundary(shape) AS line FROM claim`;
  const faces = area
    ? faceRelation(
        sql`${edges} UNION ALL SELECT ST_Boundary(shape) FROM given`,
        sql`given, cut WHERE ST_Covers(given.shape, inside)`,
      )
    : faceRelation(edges);
  const either = sql`(${isThen(before)} OR ${isThen(after)})`;
  return toQuery(sql`WITH ${given} claim AS MATERIALIZED (${claimRelation(claims, all([either]))}), ${faces},
    held AS MATERIALIZED (SELECT nth, actor, bool_or(${isThen(before)}) AS earlier, bool_or(${isThen(after)}) AS later,
        bool_or(${isThen(before)} AND control IS NOT DISTINCT FROM 'contested') AS contested_then,
        bool_or(${isThen(after)} AND control IS NOT DISTINCT FROM 'contested') AS contested_now
      FROM face JOIN claim ON claim.shape && inside AND ST_Covers(claim.shape, inside) GROUP BY nth, actor),
    ground AS MATERIALIZED (SELECT nth, bool_or(earlier) AS earlier, bool_or(later) AS later,
        bool_or(contested_then) AS contested_then, bool_or(contested_now) AS contested_now,
        count(*) FILTER (WHERE earlier) > 1 AS shared_then, count(*) FILTER (WHERE later) > 1 AS shared_now
      FROM held GROUP BY nth),
    judged AS (SELECT *, bool_or(later) OVER ground AS anyone_later, bool_or(contested_then) OVER ground AS any_contested_then
      FROM held WINDOW ground AS (PARTITION BY nth)),
    changed AS (SELECT false AS is_of_all, actor, change, nth FROM judged, LATERAL (VALUES
        ('kept', earlier AND later), ('gained', later AND NOT earlier), ('lost', earlier AND NOT later),
        ('no_longer_recorded', earlier AND NOT anyone_later),
        ('newly_contested', contested_now AND NOT any_contested_then)) AS each (change, holds) WHERE holds
      UNION ALL SELECT true, NULL, change, nth FROM ground, LATERAL (VALUES
        ('kept', earlier AND later), ('gained', later AND NOT earlier), ('lost', earlier AND NOT later),
        ('no_longer_recorded', earlier AND NOT later), ('newly_contested', contested_now AND NOT contested_then),
        ('shared_before', shared_then), ('shared_after', shared_now)) AS each (change, holds) WHERE holds)
    SELECT is_of_all, actor, change, sum(area_m2 ORDER BY nth) AS area_m2, CASE WHEN NOT is_of_all THEN
      ST_AsGeoJSON(ST_ForcePolygonCCW(ST_CollectionExtract(ST_UnaryUnion(ST_Collect(geom ORDER BY nth)), 3)), 7)
      END AS geojson
    FROM changed JOIN face USING (nth)
    GROUP BY is_of_all, actor, change ORDER BY is_of_all, actor COLLATE "C" NULLS LAST, change COLLATE "C"`);
}
