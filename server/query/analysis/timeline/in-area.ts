import { type Query, type Sql, sql, toQuery } from '../../sql.ts';
import type { ClaimRow } from './at-point.ts';
import { type Claims, claimRelation, drawnShape, GRID } from './claim.ts';
import { faceRelation } from './faces.ts';

const given = (area: object): Sql => sql`given AS MATERIALIZED (SELECT ${drawnShape(area)} AS shape)`;

/** Of an area: the part of the record's area that lies in it, as `geojson`. What only touches it is left out. */
export function areaClaimsQuery(claims: readonly Claims[], area: object): Query {
  return toQuery(sql`WITH ${given(area)}, claim AS MATERIALIZED (${claimRelation(claims)})
    SELECT key, collection, item, record, actor, alignment, control, held_from, held_to, source, locator, outline_m,
      ST_AsGeoJSON(ST_ForcePolygonCCW(part), 7) AS geojson
    FROM claim, given, LATERAL (
      SELECT ST_CollectionExtract(ST_Intersection(claim.shape, given.shape, ${GRID}), 3) AS part) AS cut
    WHERE NOT ST_IsEmpty(part) ORDER BY list, item`);
}
export type AreaClaimRow = ClaimRow;

/** Ground that the same records claim, at whatever time. */
export interface GroundRow {
  /** The keys of those records, in the order of text; none: nobody is recorded. */
  readonly keys: readonly string[];
  /** On the ellipsoid. */
  readonly area_m2: number;
}

/** The area, cut along every outline: pieces that are claimed by the same records are one row. */
export function groundQuery(claims: readonly Claims[], area: object): Query {
  const edges = sql`SELECT ST_Boundary(shape) AS line FROM claim UNION ALL SELECT ST_Boundary(shape) FROM given`;
  return toQuery(sql`WITH ${given(area)}, claim AS MATERIALIZED (${claimRelation(claims)}),
    ${faceRelation(edges, sql`given, cut WHERE ST_Covers(given.shape, inside)`)}
    SELECT keys, sum(area_m2 ORDER BY face.nth) AS area_m2 FROM face, LATERAL (
      SELECT coalesce(array_agg(key ORDER BY key COLLATE "C"), '{}') AS keys
      FROM claim WHERE claim.shape && inside AND ST_Covers(claim.shape, inside)) AS claimed
    GROUP BY keys ORDER BY keys COLLATE "C"`);
}
