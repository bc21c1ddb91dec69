import { EMPTY, type Sql, sql } from '../../sql.ts';
import { bulge, WIDE, widthOf } from './reach.ts';
import { records, type Side, type SideRow } from './sides.ts';

/** Degrees by which records of a side may lie outside their boxes. */
export const strayOf = ({ width }: Pick<SideRow, 'width'>): number => bulge(width);

/**
 * Records of a side that may be near: `(fid, precision_m, is_other, distance)`, the distance in metres of geodesic from
 * `origin.geog`. They are all that meet `area.main` or `area.wrapped`, and all that are wide. None comes twice: together
 * the boxes leave out at least 160 degrees of longitude. To be put behind FROM where `origin` and `area` are in scope.
 * @param when looks for none unless it holds; about `origin` and what stands before
 */
export function candidates(side: Side, other: Side, when: Sql = EMPTY): Sql {
  const measured = (condition: Sql) =>
    sql`SELECT fid, precision_m, is_other, ST_Distance(origin.geog, geog) AS distance FROM ${records(side, other, condition)} AS found`;
  const isPoint = side.layer.geometry === 'point';
  const narrow = isPoint ? EMPTY : sql` AND ${widthOf(sql`geom`)} <= ${WIDE}::float8`;
  const wide = isPoint ? EMPTY : sql` UNION ALL ${measured(sql`${when} AND ${widthOf(sql`geom`)} > ${WIDE}::float8`)}`;
  return sql`(${measured(sql`${when} AND geom && area.main${narrow}`)}
    UNION ALL ${measured(sql`${when} AND area.wrapped IS NOT NULL AND geom && area.wrapped${narrow}`)}${wide})`;
}
