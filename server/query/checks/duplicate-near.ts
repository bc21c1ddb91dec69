import { ident, type Sql, sql, toQuery } from '../sql.ts';
import { stagingTable } from '../staging/tables.ts';
import { isDeletion, type SetCheck } from './check.ts';
import { insertIssues, text } from './issue-rows.ts';

const NEAR_METRES = 1000;
/** Degrees; a good deal more than the distance, so that most points are in one cell. */
const CELL = 0.1;
/** Half of the distance in degrees of latitude; of longitude up to 60 degrees north and south. */
const REACH = { lat: 0.0046, lon: 0.0092 };
/** Days that are looked at together. */
const DAYS = 3;
/** Records in one cell, of one kind and these days. More cannot be told apart by place and day, and are not compared. */
const CROWD = 100;

/**
 * Points of the same kind within a kilometre and a day: the same event from two sources? Each record is held against
 * earlier ones of the file, and the first that is near is named.
 *
 * Two points that near share a cell that the surroundings of both touch, and a span of days that holds the day of one
 * and the day after, or the day, of the other: so records are joined by equal values, not by distance.
 */
export const duplicateNear: SetCheck = (checking) => {
  const { layer, staging } = checking;
  if (layer.geometry !== 'point' || layer.time === null || !layer.kind || isDeletion(checking)) return [];
  const kind = ident(layer.kind);
  const cells = (axis: 'lon' | 'lat') => {
    const value = axis === 'lon' ? sql`ST_X(geom)` : sql`ST_Y(geom)`;
    const at = (sign: Sql) =>
      sql`floor((${value} ${sign} ${REACH[axis]}::double precision) / ${CELL}::double precision)::integer`;
    const [first, last] = [at(sql`-`), at(sql`+`)];
    return sql`unnest(CASE WHEN ${first} = ${last} THEN ARRAY[${first}] ELSE ARRAY[${first}, ${last}] END)`;
  };
  const typed = stagingTable(staging, 'typed');
  const day = sql`(lower(valid) AT TIME ZONE 'UTC')::date`;
  // The key is a hash: what it brings together is looked at again.
  const key = sql`hashtextextended(${kind}::text, hashint8extended(x, hashint8extended(y, bucket)))`;
  const found = sql`(SELECT later.idx, min(earlier.idx) AS first
    FROM crowd CROSS JOIN LATERAL unnest(crowd.ids) AS a (idx) CROSS JOIN LATERAL unnest(crowd.ids) AS b (idx)
    JOIN ${typed} AS later ON later.idx = a.idx JOIN ${typed} AS earlier ON earlier.idx = b.idx
    WHERE b.idx < a.idx AND earlier.${kind} = later.${kind} AND abs(${sql`(lower(earlier.valid) AT TIME ZONE 'UTC')::date - (lower(later.valid) AT TIME ZONE 'UTC')::date`}) <= 1
      AND ST_DWithin(earlier.geom::geography, later.geom::geography, ${NEAR_METRES}::double precision)
    GROUP BY later.idx) AS found`;
  const said = {
    code: text('duplicate-near'),
    severity: text('warning'),
    pointer: text('/geometry'),
    value: sql`'record ' || found.first`,
    detail: text('A record of the same kind lies within 1 km and one day of this one: is it the same event?'),
  };
  return [
    toQuery(sql`WITH crowd AS MATERIALIZED (SELECT array_agg(idx) AS ids FROM (SELECT idx, ${key} AS key
        FROM (SELECT idx, ${kind}, ${cells('lon')} AS x, y, bucket
          FROM (SELECT idx, ${kind}, geom, ${cells('lat')} AS y, day AS bucket
            FROM (SELECT idx, ${kind}, geom, ${bucketsOf(sql`${day} - DATE '2000-01-01'`)} AS day FROM ${typed}
              WHERE outcome IN ('unchanged', 'repaired') AND lower(valid) IS NOT NULL AND ${kind} IS NOT NULL) AS days) AS rows) AS cells) AS placed
        GROUP BY key HAVING count(*) BETWEEN 2 AND ${CROWD}::integer)
      ${insertIssues(checking, said, found)}`),
  ];
};

/** The spans of days that a day and the day after are in: one or two. */
function bucketsOf(day: Sql): Sql {
  const [own, next] = [sql`((${day}) / ${DAYS}::integer)`, sql`((${day} + 1) / ${DAYS}::integer)`];
  return sql`unnest(CASE WHEN ${own} = ${next} THEN ARRAY[${own}] ELSE ARRAY[${own}, ${next}] END)`;
}
