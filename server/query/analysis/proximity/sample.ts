import { predicate } from '../../filter.ts';
import { type Query, sql, toQuery } from '../../sql.ts';
import { recordTable } from '../../tables.ts';
import { strayOf } from './candidates.ts';
import { searchArea } from './reach.ts';
import { originOf, records, type Sides } from './sides.ts';

const SAMPLE = 24;
const SAMPLE_DEPTH = 50_000;

/** One row `{ found, asked, is_cut }`: how many records of `to` lie in the search areas of a few records of `from`. */
export function sampleQuery({ from, to, held }: Sides, metres: number): Query {
  return toQuery(sql`SELECT coalesce(sum(found), 0) AS found, count(*) AS asked, coalesce(bool_or(found = ${SAMPLE_DEPTH}::integer), FALSE) AS is_cut
    FROM (SELECT geom FROM ${records(from, to)} AS record ORDER BY hashint8(fid), fid LIMIT ${SAMPLE}::integer) AS origin,
      LATERAL ${searchArea(originOf(from), sql`${metres}::float8`, strayOf(held.to))} AS area,
      LATERAL (SELECT count(*) AS found FROM (SELECT FROM ${recordTable(to.layer)}
        WHERE ${predicate(to.layer, to.filter)} AND geom && area.main LIMIT ${SAMPLE_DEPTH}::integer) AS met) AS counted`);
}
