import { type Layer, recordFields } from '../../core/layer.ts';
import type { Target } from '../../core/mapping.ts';
import { ident, join, type Query, type Sql, sql, toQuery } from '../sql.ts';
import { recordTable } from '../tables.ts';
import { fieldsWithColumn, newerBy, RECORDED_AT } from './columns.ts';
import { type Staging, stagingTable } from './tables.ts';

/** What publishing would do to the version in service. */
export interface Changes {
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  /** Records of the file that the version has already as they are, or newer; of a deletion, records that stay. */
  readonly same: number;
}

/** Records that would be published. */
const PUBLISHED = sql`outcome IN ('unchanged', 'repaired')`;

/** One row as `Changes`, when there is nothing published yet. */
export function additionsQuery(staging: Staging): Query {
  return toQuery(sql`SELECT count(*)::integer AS added, 0 AS changed, 0 AS removed, 0 AS same
    FROM ${stagingTable(staging, 'typed')} WHERE ${PUBLISHED}`);
}

/**
 * One row as `Changes`: the checked records held against a published version by `record_id`. The day of recording does
 * not count as a change.
 */
export function changesQuery(
  staging: Staging,
  layer: Layer,
  version: { readonly table: string },
  target: Target,
): Query {
  const typed = stagingTable(staging, 'typed');
  const fresh = sql`(SELECT * FROM ${typed} WHERE ${PUBLISHED})`;
  const matches = sql`fresh.record_id = old.record_id`;
  if (target.mode === 'delete') {
    return toQuery(sql`SELECT 0 AS added, 0 AS changed, count(*) FILTER (WHERE gone)::integer AS removed, count(*) FILTER (WHERE NOT gone)::integer AS same
      FROM (SELECT old.record_id IN (SELECT record_id FROM ${typed} WHERE ${PUBLISHED}) AS gone FROM ${recordTable(version)} AS old) AS told`);
  }
  const isChange = target.mode === 'upsert' ? isNewer(target.newer, layer) : sql`NOT ${areSame(layer)}`;
  const counted = (condition: Sql) => sql`count(*) FILTER (WHERE ${condition})::integer`;
  const both = sql`fresh.idx IS NOT NULL AND old.fid IS NOT NULL`;
  const removed = target.mode === 'replace' ? counted(sql`fresh.idx IS NULL`) : sql`0`;
  return toQuery(sql`SELECT ${counted(sql`old.fid IS NULL`)} AS added, ${counted(sql`${both} AND ${isChange}`)} AS changed,
      ${removed} AS removed, ${counted(sql`${both} AND NOT ${isChange}`)} AS same
    FROM ${fresh} AS fresh ${target.mode === 'replace' ? sql`FULL` : sql`LEFT`} JOIN ${recordTable(version)} AS old ON ${matches}`);
}

/** What has nothing to go by is not newer. */
function isNewer(field: string | null, layer: Layer): Sql {
  const [fresh, old] = [sql`fresh`, sql`old`].map((table) => newerBy(field, recordFields(layer), table));
  const differs = sql`NOT ${areSame(layer)}`;
  return fresh && old ? sql`(coalesce(${fresh} > ${old}, false) AND ${differs})` : differs;
}

function areSame(layer: Layer): Sql {
  const names = fieldsWithColumn(recordFields(layer))
    .map(({ name }) => name)
    .filter((name) => name !== RECORDED_AT);
  const columns = [...names, 'valid', 'geom'].map((name) => ident(name));
  const row = (of: Sql) =>
    sql`ROW(${join(
      columns.map((column) => sql`${of}.${column}`),
      sql`, `,
    )})`;
  return sql`(${row(sql`fresh`)} IS NOT DISTINCT FROM ${row(sql`old`)})`;
}
