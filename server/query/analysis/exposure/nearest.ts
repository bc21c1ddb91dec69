import { type Query, sql, toQuery } from '../../sql.ts';
import { type Chosen, subjectRelation } from './subjects.ts';

/** The nearest corridor to a record, of one commodity. */
export interface NearestRow {
  readonly list: number;
  readonly item: number;
  /** Null: not said. */
  readonly commodity: string | null;
  readonly corridor_list: number;
  readonly corridor_item: number;
  readonly corridor_record: string;
  /** Geodesic, on the ellipsoid; 0 where they cross. */
  readonly away_m: number;
  /** How far off both may be together; what is not said counts as nothing. */
  readonly slack_m: number;
}

/**
 * For each record and commodity the nearest corridor, which is another than the record itself; of those as near the first.
 * @param same for each of `of` its place among `corridors`, or -1
 */
export function nearestCorridorsQuery(
  of: readonly Chosen[],
  corridors: readonly Chosen[],
  same: readonly number[],
  flows: boolean,
): Query {
  return toQuery(sql`WITH subject AS MATERIALIZED (${subjectRelation(of, flows)}),
    corridor AS MATERIALIZED (${subjectRelation(corridors, flows)})
    SELECT DISTINCT ON (subject.list, subject.item, corridor.commodity COLLATE "C")
      subject.list, subject.item, corridor.commodity, corridor.list AS corridor_list, corridor.item AS corridor_item,
      corridor.record AS corridor_record, away_m,
      coalesce(subject.precision_m, 0) + coalesce(corridor.precision_m, 0) AS slack_m
    FROM subject JOIN corridor
      ON NOT ((${same}::integer[])[subject.list + 1] = corridor.list AND subject.item = corridor.item),
      LATERAL ST_Distance(subject.geom::geography, corridor.geom::geography) AS away_m
    ORDER BY subject.list, subject.item, corridor.commodity COLLATE "C" NULLS LAST, away_m, corridor.list, corridor.item`);
}
