import { type Sql, sql } from '../../sql.ts';
import { lineOf } from './line.ts';

/**
 * A relation `piece (nth, ends, planar)`: the straight pieces of a line in its order, from 0. `planar` is a piece as the
 * plane has it: cut at the antimeridian.
 */
export const pieceRelation = (geometry: object): Sql => sql`piece AS MATERIALIZED (
    SELECT row_number() OVER (ORDER BY dumped.path) - 1 AS nth, dumped.geom AS ends,
      CASE WHEN ST_XMax(dumped.geom) - ST_XMin(dumped.geom) > 180
        THEN ST_WrapX(ST_ShiftLongitude(dumped.geom), 180, -360) ELSE dumped.geom END AS planar
    FROM ST_DumpSegments(${lineOf(geometry)}) AS dumped)`;

/** How far along the line a point of a piece lies, in pieces: 12.5 is the middle of the thirteenth. */
export function placeAlong(point: Sql): Sql {
  const away = (end: Sql) => sql`ST_Distance(${end}(ends)::geography, ${point}::geography)`;
  const [behind, ahead] = [away(sql`ST_StartPoint`), away(sql`ST_EndPoint`)];
  return sql`nth + coalesce(${behind} / nullif(${behind} + ${ahead}, 0), 0)`;
}
