import { type Sql, sql } from '../../sql.ts';

/** Semi-major axis of WGS 84, metres. */
const AXIS = 6_378_137;

/** Metres of the shortest degree of latitude on WGS 84, at the equator (110,574.3), rounded down. */
const DEGREE_M = 110_574;

/** Metres of the least radius of curvature along a meridian, at the equator (6,335,439.3), rounded down. */
const MERIDIAN_RADIUS_M = 6_335_439;

/** Degrees of longitude: a shape that is wider has no search area of its own and is compared with everything. */
export const WIDE = 20;

export const widthOf = (geom: Sql) => sql`(ST_XMax(${geom}) - ST_XMin(${geom}))`;

/**
 * Degrees of latitude by which the geodesics between the corners of a shape may stray outside its box in degrees, at most:
 * a great circle between two points of latitude p, w apart in longitude, reaches the latitude atan(tan p / cos(w/2)), which
 * exceeds p most where tan p = sqrt(cos(w/2)).
 * @param width degrees of longitude, below 180
 */
export function bulge(width: number): number {
  const root = Math.sqrt(Math.cos((width / 2) * (Math.PI / 180)));
  return (Math.atan(1 / root) - Math.atan(root)) * (180 / Math.PI);
}

const bulgeOf = (width: Sql) => sql`degrees(atan(1 / sqrt(cos(radians(least(${width}, ${WIDE}::float8) / 2))))
  - atan(sqrt(cos(radians(least(${width}, ${WIDE}::float8) / 2)))))`;

/**
 * A row `{ main, wrapped }` for a geometry in degrees: boxes which everything meets that is at most so many metres of
 * geodesic away from it. `wrapped` is null or the part beyond the antimeridian.
 *
 * Why none is missed: a geodesic is no shorter than its chord. From a point at a distance r from the axis of the Earth to the
 * half plane of another meridian it is r sin(difference of longitude); r is at least AXIS cos(latitude) at geographic
 * latitude. Along a meridian no degree is shorter than DEGREE_M.
 * @param stray degrees of latitude by which what is looked for may lie outside its box: `bulge` of the widest
 */
export function searchArea({ geom, isPoint }: { geom: Sql; isPoint: boolean }, metres: Sql, stray: number): Sql {
  // A hair more than asked, for what rounding does. OFFSET 0: each step is worked out once, not for every use of it.
  const far = sql`(${metres} * 1.000001 + 0.01)`;
  const edges = isPoint
    ? sql`SELECT ST_X(${geom}) AS west, ST_X(${geom}) AS east, ST_Y(${geom}) AS south, ST_Y(${geom}) AS north, 0::float8 AS own, ${far} AS metres`
    : sql`SELECT *, ${bulgeOf(sql`(east - west)`)} AS own FROM (SELECT ST_XMin(${geom}) AS west, ST_XMax(${geom}) AS east,
        ST_YMin(${geom}) AS south, ST_YMax(${geom}) AS north, ${far} AS metres) AS box`;
  const isWide = isPoint ? sql`FALSE` : sql`east - west > ${WIDE}::float8`;
  return sql`(SELECT
      ST_MakeEnvelope(greatest(west - x, -180), low, least(east + x, 180), high, 4326) AS main,
      CASE
        WHEN east - west + 2 * x >= 360 OR (west - x >= -180 AND east + x <= 180) THEN NULL
        WHEN west - x < -180 THEN ST_MakeEnvelope(west - x + 360, low, 180, high, 4326)
        ELSE ST_MakeEnvelope(-180, low, east + x - 360, high, 4326)
      END AS wrapped
    FROM (SELECT west, east, greatest(south - y, -90) AS low, least(north + y, 90) AS high, x
      FROM (SELECT west, east, south, north,
          CASE WHEN ${isWide} THEN 180 ELSE metres / ${DEGREE_M}::float8 + own + ${stray}::float8 END AS y,
          CASE WHEN ${isWide} OR metres >= axle THEN 360 ELSE degrees(asin(metres / axle)) END AS x
        FROM (SELECT *, greatest(0, ${AXIS}::float8 * cos(radians(least(90, greatest(abs(south), abs(north)) + own)))) AS axle
          FROM (${edges}) AS edges OFFSET 0) AS turned) AS sized OFFSET 0) AS stretched OFFSET 0)`;
}

/**
 * Whether no point is nearer to the point `geom` by geodesic than `metres` when all of them that are less than `planar`
 * degrees away in the plane of degrees are known. A geodesic that leaves this disc is longer than its radius times the least
 * length of a degree in it, as long as the disc is on the map.
 */
export function isSettled(geom: Sql, planar: Sql, metres: Sql): Sql {
  return sql`(abs(ST_X(${geom})) + ${planar} < 180 AND abs(ST_Y(${geom})) + ${planar} < 90
    AND ${metres} * 1.000001 + 0.01 < radians(${planar}) * least(${MERIDIAN_RADIUS_M}::float8,
      ${AXIS}::float8 * cos(radians(least(90, abs(ST_Y(${geom})) + ${planar})))))`;
}
