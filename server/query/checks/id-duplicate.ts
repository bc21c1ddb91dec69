import { recordFields } from '../../core/layer.ts';
import { sql, toQuery } from '../sql.ts';
import { newerBy } from '../staging/columns.ts';
import { stagingTable } from '../staging/tables.ts';
import { pointerOf, type SetCheck } from './check.ts';
import { insertIssues, text } from './issue-rows.ts';

/**
 * No two records have the same id. The first stays; where records are brought up to date, the newest. Of ids to be
 * deleted, one is enough.
 */
export const idDuplicate: SetCheck = (checking) => {
  const { staging, cells, mapping, layer } = checking;
  const { target } = mapping;
  const typed = stagingTable(staging, 'typed');
  const isUpdate = target.mode === 'upsert' || target.mode === 'delete';
  const newer = target.mode === 'upsert' ? newerBy(target.newer, recordFields(layer)) : null;
  const newest = newer ? sql`${newer} DESC NULLS LAST, idx DESC` : sql`idx DESC`;
  const order = target.mode === 'upsert' ? newest : sql`idx`;
  const outcome = isUpdate ? 'skipped' : 'quarantined';
  const key = cells.find(({ field }) => field.name === 'record_id');
  const said = {
    code: text('id-duplicate'),
    severity: text(isUpdate ? 'note' : 'error'),
    pointer: sql`${key ? pointerOf(key) : null}::text`,
    value: sql`found.record_id`,
    detail: sql`${
      target.mode === 'upsert'
        ? 'Several records have this id, and the newest is taken: record '
        : target.mode === 'delete'
          ? 'The id was there before: record '
          : 'Another record has the same id and comes first: record '
    }::text || found.kept || '.'`,
    done: sql`${isUpdate ? 'skipped' : null}::text`,
  };
  // Only ids that occur twice are put in order: of a million records that have ids, that is few. They are found by a number
  // made of each: in order, since to sort a million numbers takes half as long as to count as many texts.
  const print = sql`hashtextextended(record_id, 0)`;
  const prints = sql`SELECT print FROM (SELECT ${print} AS print FROM ${typed} WHERE outcome NOT IN ('quarantined', 'skipped')
      ORDER BY ${print} OFFSET 0) AS sorted GROUP BY print HAVING count(*) > 1`;
  const later = sql`SELECT idx, record_id, kept FROM (
      SELECT idx, record_id, row_number() OVER same AS place, first_value(idx) OVER same AS kept
      FROM ${typed} WHERE outcome NOT IN ('quarantined', 'skipped') AND ${print} IN (${prints})
      WINDOW same AS (PARTITION BY record_id ORDER BY ${order})) AS ranked WHERE place > 1`;
  return [
    toQuery(sql`WITH later AS MATERIALIZED (${later}),
      out AS (UPDATE ${typed} AS typed SET outcome = ${outcome}::text FROM later WHERE typed.idx = later.idx)
      ${insertIssues(checking, said, sql`later AS found`)}`),
  ];
};
