import { type Sql, sql } from '../../sql.ts';
import { GRID } from './claim.ts';

/**
 * Relations of a WITH that end in `face (nth, geom, inside, area_m2)`: the pieces into which lines cut the plane, each with a
 * point inside it and its area on the ellipsoid. An overlay by pieces cannot contradict itself: whatever is counted of the
 * same pieces adds up.
 * @param edges a query of lines, `line`
 * @param wanted what follows FROM to keep pieces of the relation `cut`
 */
export function faceRelation(edges: Sql, wanted: Sql = sql`cut`): Sql {
  return sql`edge AS MATERIALIZED (SELECT ST_UnaryUnion(ST_Collect(line), ${GRID}) AS lines FROM (${edges}) AS edges),
    cut AS MATERIALIZED (
      SELECT path[1] AS nth, geom, ST_PointOnSurface(geom) AS inside
      FROM (SELECT ST_Polygonize(lines) AS pieces FROM edge) AS polygonized, LATERAL ST_Dump(pieces)),
    face AS MATERIALIZED (
      SELECT nth, geom, inside, ST_Area(geom::geography) AS area_m2 FROM ${wanted})`;
}
