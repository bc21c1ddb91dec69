import { all, EMPTY, type Query, type Sql, sql, toQuery } from './sql.ts';
import { type Staging, type StagingPart, stagingTable } from './staging/tables.ts';

/** Which tables of an upload there are. */
export interface StagingParts extends Staging {
  readonly has: Readonly<Record<StagingPart, boolean>>;
}

/** A row `{ read, typed, issue }` of booleans. */
export function stagingParts({ upload }: Staging): Query {
  const exists = (part: StagingPart) =>
    sql`to_regclass(${`staging."${upload.replaceAll('-', '')}_${part}"`}::text) IS NOT NULL`;
  return toQuery(sql`SELECT ${exists('read')} AS read, ${exists('typed')} AS typed, ${exists('issue')} AS issue`);
}

export interface IssueRow {
  readonly id: number;
  readonly phase: number;
  /** Number of the record in the file, from 1; null: of the file. */
  readonly idx: number | null;
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'note';
  readonly part: string | null;
  readonly line: number | null;
  readonly byte: number | null;
  readonly pointer: string | null;
  readonly value: string | null;
  readonly detail: string;
  /** What was done about it; null: nothing. */
  readonly done: string | null;
  /** The middle of the record, degrees; null: it has no position, or none in degrees. */
  readonly lon: number | null;
  readonly lat: number | null;
}

export interface IssueWish {
  readonly code?: string | undefined;
  readonly severity?: string | undefined;
  /** Only those with a greater id. */
  readonly after: number;
  /** How many of those are left out. */
  readonly offset: number;
  readonly limit: number;
}

const typedJoin = (staging: StagingParts): Sql =>
  staging.has.typed ? sql`LEFT JOIN ${stagingTable(staging, 'typed')} AS typed USING (idx)` : EMPTY;

/** Where a record is now, in degrees. */
const geometryNow = ({ has }: StagingParts): Sql => {
  const asRead = sql`CASE WHEN ST_SRID(read.geom) = 4326 THEN read.geom END`;
  return has.typed ? sql`coalesce(typed.geom, ${asRead})` : asRead;
};

const outcome = ({ has }: StagingParts): Sql =>
  has.typed ? sql`coalesce(typed.outcome, read.outcome)` : sql`read.outcome`;

/** IssueRow, in the order in which they were found. Needs the tables `read` and `issue`. */
export function issueRows(staging: StagingParts, { code, severity, after, offset, limit }: IssueWish): Query {
  const conditions = [
    sql`id > ${after}::bigint`,
    ...(code === undefined ? [] : [sql`code = ${code}`]),
    ...(severity === undefined ? [] : [sql`severity = ${severity}`]),
  ];
  const geom = geometryNow(staging);
  const middle = (min: Sql, max: Sql) => sql`round(((${min} + ${max}) / 2)::numeric, 6)::float8`;
  return toQuery(sql`SELECT issue.id, issue.phase, idx, issue.code, issue.severity, issue.part, issue.line, issue.byte,
      issue.pointer, issue.value, issue.detail, issue.done,
      ${middle(sql`ST_XMin(${geom})`, sql`ST_XMax(${geom})`)} AS lon,
      ${middle(sql`ST_YMin(${geom})`, sql`ST_YMax(${geom})`)} AS lat
    FROM (SELECT * FROM ${stagingTable(staging, 'issue')} WHERE ${all(conditions)} ORDER BY id
      LIMIT ${limit}::integer OFFSET ${offset}::integer) AS issue
    LEFT JOIN ${stagingTable(staging, 'read')} AS read USING (idx) ${typedJoin(staging)}
    ORDER BY id`);
}

export interface RecordRow {
  readonly idx: number;
  readonly outcome: string;
  readonly part: number;
  readonly line: number | null;
  readonly source_id: string | null;
  /** JSON, as the file has it. */
  readonly properties: string;
  /** GeoJSON of how the file has it, in its own reference system. */
  readonly geometry: string | null;
  /** EPSG of that; 0: not known. */
  readonly srid: number | null;
  /** JSON: a list of `{ code, severity, detail, value, done }`. */
  readonly issues: string;
}

const issuesOf = (
  staging: StagingParts,
) => sql`(SELECT idx, json_agg(json_build_object('code', code, 'severity', severity,
      'detail', detail, 'value', value, 'done', done) ORDER BY id)::text AS issues
    FROM ${stagingTable(staging, 'issue')} WHERE idx IN (SELECT idx FROM wanted) GROUP BY idx)`;

/** RecordRow of records with this outcome, in the order of the file. Needs the tables `read` and `issue`. */
export function recordRows(staging: StagingParts, which: string, after: number, limit: number): Query {
  return toQuery(sql`WITH wanted AS MATERIALIZED (
      SELECT idx, ${outcome(staging)} AS outcome, read.part, read.line, read.source_id, read.properties::text AS properties,
        ST_AsGeoJSON(coalesce(read.geom_before, read.geom), 9, 0) AS geometry, ST_SRID(coalesce(read.geom_before, read.geom)) AS srid
      FROM ${stagingTable(staging, 'read')} AS read ${typedJoin(staging)}
      WHERE idx > ${after}::bigint AND ${outcome(staging)} = ${which} ORDER BY idx LIMIT ${limit}::integer
    )
    SELECT wanted.*, coalesce(issues, '[]') AS issues FROM wanted LEFT JOIN ${issuesOf(staging)} AS said USING (idx) ORDER BY idx`);
}

export interface ComparedRow {
  readonly idx: number;
  readonly outcome: string;
  readonly line: number | null;
  readonly properties: string;
  /** GeoJSON in degrees, as it would be published; null: it would not, or nobody knows where. */
  readonly after: string | null;
  /** GeoJSON in degrees of what a repair changed; null: none did. */
  readonly before: string | null;
  readonly issues: string;
}

/** ComparedRow of the records with an issue of this code (undefined: with any). Needs the tables `read` and `issue`. */
export function comparedRows(staging: StagingParts, code: string | undefined, after: number, limit: number): Query {
  const inDegrees = sql`CASE WHEN ST_SRID(read.geom_before) = 4326 THEN read.geom_before END`;
  const before = staging.has.typed ? sql`coalesce(typed.geom_before, ${inDegrees})` : inDegrees;
  const ofCode = code === undefined ? EMPTY : sql`AND code = ${code}`;
  return toQuery(sql`WITH wanted AS MATERIALIZED (
      SELECT DISTINCT idx FROM ${stagingTable(staging, 'issue')} WHERE idx > ${after}::bigint ${ofCode}
      ORDER BY idx LIMIT ${limit}::integer
    )
    SELECT idx, ${outcome(staging)} AS outcome, read.line, read.properties::text AS properties,
      ST_AsGeoJSON(${geometryNow(staging)}, 7, 0) AS after, ST_AsGeoJSON(${before}, 7, 0) AS before,
      coalesce(said.issues, '[]') AS issues
    FROM wanted JOIN ${stagingTable(staging, 'read')} AS read USING (idx) ${typedJoin(staging)}
    LEFT JOIN ${issuesOf(staging)} AS said USING (idx) ORDER BY idx`);
}

/** Issues of records of which nothing could be read but that they are there: rows `{ idx, line, code, detail }`. */
export function unreadRows(staging: StagingParts, after: number, limit: number): Query {
  return toQuery(sql`SELECT id, idx, line, code, severity, detail, value, done FROM ${stagingTable(staging, 'issue')} AS issue
    WHERE id > ${after}::bigint AND idx IS NOT NULL AND severity = 'error'
      AND NOT EXISTS (SELECT FROM ${stagingTable(staging, 'read')} AS read WHERE read.idx = issue.idx)
    ORDER BY id LIMIT ${limit}::integer`);
}
