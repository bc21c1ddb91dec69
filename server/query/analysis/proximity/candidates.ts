import { predicate } from '../../filter.ts';
import { EMPTY, type Sql, sql } from '../../sql.ts';
import { recordTable } from '../../tables.ts';
import { bulge, WIDE, widthOf } from './reach.ts';
import { isOther, type Side, type SideRow } from './sides.ts';

/** Degrees by which records of a side may lie outside their boxes. */
export const strayOf = ({ width }: Pick<SideRow, 'width'>): number => bulge(width);

/**
 * Records of a side that may be near: `(fid, precision_m, is_other, distance)`, the distance in metres of geodesic from
 * `origin.geog`. They are all that meet `area.main` or `area.wrapped`, and all that are wide. None comes twice: together
 * the boxes leave out at least 160 degrees of longitude. To be put behind FROM where `origin` and `area` are in scope.
 * @param when looks for none unless it holds; about `origin` and what stands before
 */
export function candidates(side: Side, other: Side, when: Sql = EMPTY): Sql {
  const { layer, filter } = side;
  // Without OFFSET 0 the distance would be worked out twice: to be compared, and to be returned.
  const measured = (
    condition: Sql,
  ) => sql`(SELECT fid, coalesce(precision_m, 0) AS precision_m, ${isOther(side, other)} AS is_other,
      ST_Distance(origin.geog, geom::geography) AS distance
    FROM ${recordTable(layer)} WHERE ${predicate(layer, filter)}${when} AND ${condition} OFFSET 0)`;
  const width = widthOf(sql`geom`);
  const narrow = layer.geometry === 'point' ? EMPTY : sql` AND ${width} <= ${WIDE}::float8`;
  const wide = layer.geometry === 'point' ? EMPTY : sql` UNION ALL ${measured(sql`${width} > ${WIDE}::float8`)}`;
  return sql`(${measured(sql`geom && area.main${narrow}`)}
    UNION ALL ${measured(sql`area.wrapped IS NOT NULL AND geom && area.wrapped${narrow}`)}${wide})`;
}
