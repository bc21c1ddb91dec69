import { type Sql, sql } from '../sql.ts';
import { stagingTable } from '../staging/tables.ts';
import type { Checking } from './check.ts';

/** What a check says of each of its records; texts that are the same for all, and pieces of SQL over the rows. */
export interface Said {
  readonly code: Sql;
  readonly severity: Sql;
  readonly pointer?: Sql;
  readonly value: Sql;
  readonly detail: Sql;
  readonly done?: Sql;
}

export const text = (value: string): Sql => sql`${value}::text`;

/**
 * `INSERT INTO issue ... SELECT`, of the rows of `found` (a table or subquery, named `found`, with a column idx). The
 * place in the file comes from the record.
 */
export function insertIssues(
  { staging }: Checking,
  { code, severity, pointer = sql`NULL::text`, value, detail, done = sql`NULL::text` }: Said,
  found: Sql,
): Sql {
  return sql`INSERT INTO ${stagingTable(staging, 'issue')} (phase, idx, code, severity, line, byte, pointer, value, detail, done)
    SELECT 2, found.idx, ${code}, ${severity}, read.line, read.byte, ${pointer}, left(${value}, 120), ${detail}, ${done}
    FROM ${found} JOIN ${stagingTable(staging, 'read')} AS read ON read.idx = found.idx ORDER BY found.idx`;
}
