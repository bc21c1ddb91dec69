import { type Sql, sql } from '../../sql.ts';

/**
 * A box in degrees that holds all that is within `metres` of a geometry: for an index to find what is then measured exactly.
 * A degree of latitude is never shorter than 110,574 m, one of longitude never shorter than 111,320 m times the cosine. Near
 * the poles and the antimeridian the box goes round the world.
 */
export function nearBox(geom: Sql, metres: Sql): Sql {
  const up = sql`(${metres} / 110500.0 + 0.001)`;
  const farthest = sql`(greatest(abs(ST_YMin(${geom})), abs(ST_YMax(${geom}))) + ${up})`;
  const aside = sql`(${metres} / (111300.0 * cosd(least(88, ${farthest}))) + 0.001)`;
  const [south, north] = [sql`greatest(-90, ST_YMin(${geom}) - ${up})`, sql`least(90, ST_YMax(${geom}) + ${up})`];
  const [west, east] = [sql`ST_XMin(${geom}) - ${aside}`, sql`ST_XMax(${geom}) + ${aside}`];
  return sql`CASE WHEN ${farthest} >= 88 OR ${west} < -180 OR ${east} > 180
    THEN ST_MakeEnvelope(-180, ${south}, 180, ${north}, 4326)
    ELSE ST_MakeEnvelope(${west}, ${south}, ${east}, ${north}, 4326) END`;
}
