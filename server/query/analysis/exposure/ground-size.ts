import { predicate } from '../../filter.ts';
import { join, type Query, sql, toQuery } from '../../sql.ts';
import { recordTable } from '../../tables.ts';
import type { Claims } from '../timeline/claim.ts';
import { nearBox } from './near-box.ts';
import { type Chosen, subjectRelation } from './subjects.ts';

/** What there is to look at to tell whose ground records are on, by boxes alone. */
export interface GroundSizeRow {
  /** Of areas whose box holds a point, all their vertices, once they have one at least every tenth of a degree. */
  readonly point_vertices: number;
  /** Straight pieces of lines, each with the parts of areas into whose box its line comes. */
  readonly line_pieces: number;
}

/** @param pieceM metres: into pieces of such a length lines are cut */
export function groundSizeQuery(
  of: readonly Chosen[],
  flows: boolean,
  claims: readonly Claims[],
  pieceM: number,
): Query {
  const met = claims.map(
    ({ layer, filter }) => sql`SELECT box.is_point, box.pieces, claim.vertices, claim.parts FROM box, LATERAL (
        SELECT ST_NPoints(geom) + 10 * ST_Perimeter(geom) AS vertices, 1 + ST_NPoints(geom) / 96 AS parts
        FROM ${recordTable(layer)} WHERE ${predicate(layer, filter)} AND geom && box.around) AS claim`,
  );
  return toQuery(sql`WITH subject AS MATERIALIZED (${subjectRelation(of, flows)}),
    box AS MATERIALIZED (SELECT ST_Dimension(geom) = 0 AS is_point,
      ST_NPoints(geom) + ST_Length(geom::geography) / ${pieceM}::float8 AS pieces,
      CASE WHEN ST_Dimension(geom) = 0 THEN ${nearBox(sql`geom`, sql`coalesce(precision_m, 0)`)} ELSE geom END AS around
      FROM subject)
    SELECT coalesce(sum(vertices) FILTER (WHERE is_point), 0)::float8 AS point_vertices,
      coalesce(sum(pieces * parts) FILTER (WHERE NOT is_point), 0)::float8 AS line_pieces
    FROM (${join(met, sql` UNION ALL `)}) AS met`);
}
