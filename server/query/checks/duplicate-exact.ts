import { sql, toQuery } from '../sql.ts';
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
  // The fingerprint finds them, and the records themselves decide.
  const copies = sql`SELECT copy.idx, original.idx AS first
    FROM (SELECT ${FINGERPRINT} AS print, min(idx) AS first FROM ${typed} WHERE outcome <> 'quarantined'
      GROUP BY ${FINGERPRINT} HAVING count(*) > 1) AS same
    JOIN ${typed} AS copy ON copy.${FINGERPRINT} = same.print AND copy.idx <> same.first AND copy.outcome <> 'quarantined'
    JOIN ${read} AS original ON original.idx = same.first
    JOIN ${read} AS twin ON twin.idx = copy.idx
    WHERE twin.properties::text = original.properties::text AND twin.source_id IS NOT DISTINCT FROM original.source_id
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
