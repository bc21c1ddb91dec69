import { type Query, sql, toQuery } from '../../sql.ts';
import { type Claims, claimRelation } from './claim.ts';

/** Who is recorded at a place, and since when. */
export interface ClaimRow {
  /** Names the record among those of one question. */
  readonly key: string;
  readonly collection: string;
  readonly item: number;
  readonly record: string;
  readonly actor: string | null;
  readonly alignment: string | null;
  readonly control: string | null;
  /** ISO 8601 UTC, half-open [from, to); null: open. */
  readonly held_from: string | null;
  readonly held_to: string | null;
  readonly source: string;
  readonly locator: string;
  /** How far off the outline may be, metres. */
  readonly outline_m: number;
  /** GeoJSON, degrees. */
  readonly geojson: string;
}

/** Of a point: whether it lies inside or on the outline as drawn, and how far from the outline, metres on the ellipsoid. */
export interface PointClaimRow extends ClaimRow {
  readonly is_inside: boolean;
  readonly outline_away_m: number;
}

/** The records whose area holds the point, or comes as near to it as its position is uncertain. */
export function pointClaimsQuery(claims: readonly Claims[], point: object, withinM: number): Query {
  return toQuery(sql`WITH given AS MATERIALIZED (
      SELECT ST_SetSRID(ST_GeomFromGeoJSON(${JSON.stringify(point)}::text), 4326) AS point),
    claim AS MATERIALIZED (${claimRelation(claims)})
    SELECT key, collection, item, record, actor, alignment, control, held_from, held_to, source, locator, outline_m,
      is_inside, outline_away_m, ST_AsGeoJSON(ST_ForcePolygonCCW(geom), 7) AS geojson
    FROM claim, given, LATERAL (SELECT ST_Covers(shape, point) AS is_inside,
      ST_Distance(ST_Boundary(shape)::geography, point::geography) AS outline_away_m) AS measured
    WHERE is_inside OR outline_away_m <= ${withinM}::float8
    ORDER BY list, item`);
}
