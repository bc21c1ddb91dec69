import { ident, type Query, sql, toQuery } from '../sql.ts';
import { type Staging, stagingTable } from './tables.ts';

/** The table of records, empty, in place of that of an earlier reading and of what was made of it. */
export function createRead(staging: Staging): Query[] {
  return [
    sql`DROP TABLE IF EXISTS ${stagingTable(staging, 'typed')}, ${stagingTable(staging, 'read')}`,
    sql`CREATE TABLE ${stagingTable(staging, 'read')} (
      idx bigint NOT NULL,
      part smallint NOT NULL,
      line bigint,
      byte bigint,
      source_id text,
      outcome text NOT NULL,
      geom geometry,
      geom_before geometry,
      properties json NOT NULL)`,
  ].map(toQuery);
}

/** The table of issues, in the same way. */
export function createIssues(staging: Staging): Query[] {
  return [
    sql`DROP TABLE IF EXISTS ${stagingTable(staging, 'issue')}`,
    sql`CREATE TABLE ${stagingTable(staging, 'issue')} (
      id bigint GENERATED ALWAYS AS IDENTITY,
      phase smallint NOT NULL,
      idx bigint,
      code text NOT NULL,
      severity text NOT NULL,
      part text,
      line bigint,
      byte bigint,
      pointer text,
      value text,
      detail text NOT NULL,
      done text)`,
  ].map(toQuery);
}

/** The columns of `read` that `copyRead` gives, in this order. */
export function copyRead(staging: Staging): Query {
  return toQuery(sql`COPY ${stagingTable(staging, 'read')}
    (idx, part, line, byte, source_id, outcome, geom, geom_before, properties) FROM STDIN`);
}

/** The columns of `issue` that `copyIssues` gives, in this order. */
export function copyIssues(staging: Staging): Query {
  return toQuery(sql`COPY ${stagingTable(staging, 'issue')}
    (phase, idx, code, severity, part, line, byte, pointer, value, detail) FROM STDIN`);
}

/** Keys, made after the rows are in. */
export function indexRead(staging: Staging): Query[] {
  const read = stagingTable(staging, 'read');
  // Of the other columns nothing is asked that a plan depends upon.
  return [sql`ALTER TABLE ${read} ADD PRIMARY KEY (idx)`, sql`ANALYZE ${read} (idx, part, outcome)`].map(toQuery);
}

/** The same of the issues, which are looked for by their record and by what they say. */
export function indexIssues(staging: Staging): Query[] {
  const issue = stagingTable(staging, 'issue');
  return [
    sql`ALTER TABLE ${issue} ADD PRIMARY KEY (id)`,
    sql`CREATE INDEX ON ${issue} (idx)`,
    sql`CREATE INDEX ON ${issue} (code)`,
    sql`ANALYZE ${issue}`,
  ].map(toQuery);
}

/** All tables of an upload. */
export function dropStaging(staging: Staging): Query[] {
  return (['read', 'typed', 'issue', 'version', 'near', 'crowd'] as const).map((part) =>
    toQuery(sql`DROP TABLE IF EXISTS ${stagingTable(staging, part)}`),
  );
}

/** A table by the name that `strayStaging` gave. */
export function dropStray(name: string): Query {
  return toQuery(sql`DROP TABLE IF EXISTS ${ident('staging', name)}`);
}
