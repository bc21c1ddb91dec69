import { type Query, sql, toQuery } from '../../sql.ts';
import { type Claims, claimRelation } from '../timeline/claim.ts';
import { nearBox } from './near-box.ts';
import { type Chosen, subjectRelation } from './subjects.ts';

/** A record of control where a point lies, or that the disc within which the point may lie reaches. */
export interface PointGroundRow {
  readonly list: number;
  readonly item: number;
  readonly actor: string | null;
  readonly control: string | null;
  readonly is_inside: boolean;
  /** How far the point is from the outline, metres on the ellipsoid, and how far off the outline may be. */
  readonly outline_away_m: number;
  readonly outline_m: number;
  readonly precision_m: number;
}

/** Who is recorded where points lie (and lines of no length), by claims whose filter says when. */
export function pointGroundsQuery(of: readonly Chosen[], flows: boolean, claims: readonly Claims[]): Query {
  return toQuery(sql`WITH subject AS MATERIALIZED (
      SELECT list, item, coalesce(precision_m, 0) AS precision_m, point, ${nearBox(sql`point`, sql`coalesce(precision_m, 0)`)} AS around
      FROM (${subjectRelation(of, flows)}) AS chosen, LATERAL (SELECT CASE ST_Dimension(geom) WHEN 0 THEN geom
        ELSE ST_StartPoint(ST_GeometryN(geom, 1)) END AS point) AS spot WHERE ST_Length(geom) = 0),
    claim AS MATERIALIZED (${claimRelation(claims)})
    SELECT subject.list, subject.item, actor, control, is_inside, outline_away_m, outline_m, precision_m
    FROM subject JOIN claim ON claim.shape && around, LATERAL (SELECT ST_Covers(shape, point) AS is_inside,
      ST_Distance(ST_Boundary(shape)::geography, point::geography) AS outline_away_m) AS measured
    WHERE is_inside OR outline_away_m <= precision_m
    ORDER BY subject.list, subject.item, claim.list, claim.item`);
}
