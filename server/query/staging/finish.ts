import type { Checking } from '../checks/check.ts';
import { join, type Query, sql, toQuery } from '../sql.ts';
import { FAULTS, FINGERPRINT, regionColumn, regionLevels } from './extra-columns.ts';
import { stagingTable } from './tables.ts';

/** After the filling: what the checks look up by. */
export function indexTyped({ staging }: Checking): Query[] {
  const typed = stagingTable(staging, 'typed');
  // Of the other columns nothing is asked that a plan depends upon, and there are many.
  return [
    sql`ALTER TABLE ${typed} ADD PRIMARY KEY (idx)`,
    sql`ANALYZE ${typed} (idx, outcome, record_id, ${FINGERPRINT})`,
  ].map(toQuery);
}

/** A row `{ changed }`: whether the transaction that asks has changed any of the records. */
export function isTouched({ staging }: Checking): Query {
  return toQuery(sql`SELECT EXISTS (SELECT FROM ${stagingTable(staging, 'typed')}
    WHERE xmin = pg_current_xact_id_if_assigned()::xid) AS changed`);
}

/** After the checks: takes away what only they needed. No row is written. */
export function finishTyped({ staging, mapping }: Checking): Query {
  const regions = regionLevels(mapping).map(({ level }) => regionColumn(level));
  const columns = [FAULTS, FINGERPRINT, ...regions].map((column) => sql`DROP COLUMN ${column}`);
  return toQuery(sql`ALTER TABLE ${stagingTable(staging, 'typed')} ${join(columns, sql`, `)}`);
}

/** What an earlier check has said. */
export function forgetIssues({ staging }: Checking): Query {
  return toQuery(sql`DELETE FROM ${stagingTable(staging, 'issue')} WHERE phase = 2`);
}

/** What there is to say of the file or of one of its columns. */
export interface FileIssue {
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'note';
  readonly pointer: string | null;
  readonly value: string | null;
  readonly detail: string;
  readonly done: string | null;
}

export function insertFileIssues({ staging }: Checking, part: string | null, issues: readonly FileIssue[]): Query {
  return toQuery(sql`INSERT INTO ${stagingTable(staging, 'issue')} (phase, code, severity, part, pointer, value, detail, done)
    SELECT 2, code, severity, ${part}::text, pointer, value, detail, done
    FROM jsonb_to_recordset(${JSON.stringify(issues)}::jsonb)
      AS said (code text, severity text, pointer text, value text, detail text, done text)`);
}

/** A row `{ known }`: whether the database can read coordinates of an EPSG number. */
export function knowsSystem(srid: number): Query {
  return toQuery(sql`SELECT EXISTS (SELECT FROM spatial_ref_sys WHERE srid = ${srid}::integer) AS known`);
}

/** A row `{ srid }` of the first shape of a layer of the file; none where it has no shapes. */
export function sourceSrid({ staging, mapping }: Checking): Query {
  return toQuery(sql`SELECT ST_SRID(geom) AS srid FROM ${stagingTable(staging, 'read')}
    WHERE part = ${mapping.part}::smallint AND geom IS NOT NULL LIMIT 1`);
}
