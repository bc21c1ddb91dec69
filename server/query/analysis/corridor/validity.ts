import type { PublishedLayer } from '../../../core/catalogue.ts';
import { type Filter, predicate } from '../../filter.ts';
import { type Query, type Sql, sql, toQuery } from '../../sql.ts';
import { recordTable } from '../../tables.ts';

/** When a record holds, half-open: ISO 8601 UTC; null is open. */
export interface ValidityRow {
  readonly item: number;
  readonly from: string | null;
  readonly to: string | null;
}

export function validityQuery(layer: PublishedLayer, filter: Filter, items: readonly number[]): Query {
  const iso = (bound: Sql) => sql`to_char(${bound}(valid) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
  return toQuery(sql`SELECT fid AS item, ${iso(sql`lower`)} AS "from", ${iso(sql`upper`)} AS "to"
    FROM ${recordTable(layer)} WHERE ${predicate(layer, filter)} AND fid = ANY(${items}::bigint[]) ORDER BY fid`);
}
