import { type Sql, sql, toQuery } from '../sql.ts';
import { FINGERPRINT } from '../staging/extra-columns.ts';
import { stagingTable } from '../staging/tables.ts';
import { isOn, type SetCheck } from './check.ts';
import { insertIssues, text } from './issue-rows.ts';

/**
 * Records that are the same in all that the file says of them, columns that are left out too: two events that only those
 * tell apart are two. The first stays.
 */
export const duplicateExact: SetCheck = (checking) => {
  const typed = stagingTable(checking.staging, 'typed');
  const read = stagingTable(checking.staging, 'read');
  const isSkipping = isOn(checking, 'duplicate-exact');
  // The fingerprint finds them: in order, since to sort a million numbers takes half as long as to count them one by one.
  // The records themselves decide; they are few, and each is looked up.
  const prints = sql`SELECT print FROM (SELECT ${FINGERPRINT} AS print FROM ${typed} WHERE outcome <> 'quarantined'
      ORDER BY ${FINGERPRINT} OFFSET 0) AS sorted GROUP BY print HAVING count(*) > 1`;
  const alike = sql`SELECT idx, min(idx) OVER (PARTITION BY ${FINGERPRINT}) AS first FROM ${typed}
    WHERE outcome <> 'quarantined' AND ${FINGERPRINT} IN (${prints})`;
  const record = (idx: Sql) =>
    sql`LATERAL (SELECT properties::text AS properties, source_id, geom FROM ${read} WHERE idx = ${idx} OFFSET 0)`;
  const copies = sql`SELECT alike.idx, alike.first FROM (${alike}) AS alike, ${record(sql`alike.first`)} AS original, ${record(sql`alike.idx`)} AS twin
    WHERE alike.idx <> alike.first AND twin.properties = original.properties AND twin.source_id IS NOT DISTINCT FROM original.source_id
      AND twin.geom IS NOT DISTINCT FROM original.geom`;
  const said = {
    code: text('duplicate-exact'),
    severity: text(isSkipping ? 'note' : 'warning'),
    value: sql`'record ' || found.first`,
    detail: text(
      isSkipping
        ? 'The record is the same as an earlier one in all that the file says: it was left out.'
        : 'The record is the same as an earlier one in all that the file says.',
    ),
    done: isSkipping ? text('skipped') : sql`NULL::text`,
  };
  if (!isSkipping) return [toQuery(insertIssues(checking, said, sql`(${copies}) AS found`))];
  return [
    toQuery(sql`WITH copies AS MATERIALIZED (${copies}),
      skipped AS (UPDATE ${typed} AS typed SET outcome = 'skipped' FROM copies WHERE typed.idx = copies.idx)
      ${insertIssues(checking, said, sql`copies AS found`)}`),
  ];
};
