import { type Sql, sql } from '../sql.ts';

/**
 * A polygon in degrees whose longitudes may go on beyond 180, as RFC 7946 has it: cut at the antimeridian, outer rings
 * counterclockwise, valid, on a grid of a millionth of a degree (11 cm).
 */
export const wrappedShape = (geom: Sql): Sql =>
  sql`ST_ForcePolygonCCW(ST_CollectionExtract(ST_MakeValid(ST_ReducePrecision(
    ST_WrapX(ST_WrapX(ST_MakeValid(${geom}), 180, -360), -180, 360), 1e-6)), 3))`;
