import { recordFields } from '../../core/layer.ts';
import { sql, toQuery } from '../sql.ts';
import { newerBy } from '../staging/columns.ts';
import { stagingTable } from '../staging/tables.ts';
import { findCell } from '../staging/validity.ts';
import { recordTable } from '../tables.ts';
import { pointerOf, type SetCheck } from './check.ts';
import { insertIssues, text } from './issue-rows.ts';

/**
 * Where records are brought up to date by what is newer: those that are not newer than what the layer holds are left out.
 * Publishing holds each record against the layer again, as it is then; see server/query/publish/merge.ts.
 */
export const notNewer: SetCheck = (checking) => {
  const { staging, cells, mapping, layer, served } = checking;
  const { target } = mapping;
  if (target.mode !== 'upsert' || target.newer === null || !served) return [];
  const fields = recordFields(layer);
  const stamp = newerBy(target.newer, fields, sql`fresh`);
  const known = newerBy(target.newer, fields);
  if (!stamp || !known) return [];
  const cell = findCell(cells, target.newer);
  const said = {
    code: text('not-newer'),
    severity: text('note'),
    pointer: sql`${cell ? pointerOf(cell) : null}::text`,
    value: sql`found.stamp`,
    detail: sql`'The layer has this record with ' || coalesce(found.known, 'nothing') || ${` in "${target.newer}": what is not newer was left out.`}::text`,
    done: text('skipped'),
  };
  const typed = stagingTable(staging, 'typed');
  const older = sql`SELECT fresh.idx, ${stamp}::text AS stamp, old.stamp::text AS known
    FROM ${typed} AS fresh JOIN (SELECT record_id, max(${known}) AS stamp FROM ${recordTable(served)} GROUP BY record_id) AS old
      ON old.record_id = fresh.record_id
    WHERE fresh.outcome IN ('unchanged', 'repaired') AND NOT coalesce(${stamp} > old.stamp, ${stamp} IS NOT NULL AND old.stamp IS NULL)`;
  return [
    toQuery(sql`WITH older AS MATERIALIZED (${older}),
      skipped AS (UPDATE ${typed} AS typed SET outcome = 'skipped' FROM older WHERE typed.idx = older.idx)
      ${insertIssues(checking, said, sql`older AS found`)}`),
  ];
};
