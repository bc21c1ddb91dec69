import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { PublishedLayer } from '../../server/core/catalogue.ts';
import { type Layer, LayerSchema } from '../../server/core/layer.ts';
import { type Mapping, MappingSchema } from '../../server/core/mapping.ts';
import type { Account } from '../../server/ingest/account.ts';
import type { Examined } from '../../server/ingest/examine.ts';
import type { Issue } from '../../server/ingest/feature.ts';
import { type FileReport, reportOn } from '../../server/ingest/report.ts';
import { LIMITS } from '../../server/ingest/source.ts';
import { compareStaged, fillStaged } from '../../server/jobs/import/check-staged.ts';
import { openFile } from '../../server/jobs/import/open-file.ts';
import type { TestDatabase } from './database.ts';
import { EVENTS } from './layers.ts';

const TODAY = '2026-11-21';
const TIMELESS_STYLE = { type: 'circle', color: '#112233' };

export interface Staged {
  readonly upload: string;
  readonly report: FileReport;
}

export interface IssueRow {
  readonly idx: number | null;
  readonly code: string;
  readonly severity: string;
  readonly pointer: string | null;
  readonly value: string | null;
  readonly done: string | null;
}

const query = (text: string, ...values: unknown[]) => ({ text, values });

/** Reads a file and puts its records into tables of an upload, as they are before they are checked together. */
export async function stageFile(database: TestDatabase, file: string, srid = 4326): Promise<Staged> {
  const upload = randomUUID();
  const prefix = `staging."${upload.replaceAll('-', '')}`;
  await database.run(
    query(`CREATE TABLE ${prefix}_read" (idx bigint PRIMARY KEY, part smallint, line bigint, byte bigint, source_id text,
      outcome text, geom geometry, geom_before geometry, properties json NOT NULL)`),
  );
  await database.run(
    query(`CREATE TABLE ${prefix}_issue" (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, phase smallint, idx bigint,
      code text, severity text, part text, line bigint, byte bigint, pointer text, value text, detail text, done text)`),
  );
  const records: Examined[] = [];
  const issues: Issue[] = [];
  const source = await openFile(file);
  const report = await reportOn(
    source,
    LIMITS,
    { today: TODAY },
    {
      onRecord: (record) => {
        records.push(record);
      },
      onIssue: (issue) => {
        issues.push(issue);
      },
    },
  ).finally(() => source.close());
  const rows = records.map(({ feature, outcome }) => ({
    idx: feature.index,
    line: feature.place.line,
    source_id: feature.id === null ? null : String(feature.id),
    outcome,
    shape: feature.geometry,
    properties: feature.properties,
  }));
  for (let start = 0; start < rows.length; start += 5000) {
    await database.run(
      query(
        `INSERT INTO ${prefix}_read" (idx, part, line, source_id, outcome, geom, properties)
         SELECT (row ->> 'idx')::bigint, 0, (row ->> 'line')::bigint, row ->> 'source_id', row ->> 'outcome',
           CASE WHEN json_typeof(row -> 'shape') = 'object' THEN ST_SetSRID(ST_GeomFromGeoJSON(row -> 'shape'), $2) END, row -> 'properties'
         FROM json_array_elements($1::json) AS row`,
        JSON.stringify(rows.slice(start, start + 5000)),
        srid,
      ),
    );
  }
  await database.run(
    query(
      `INSERT INTO ${prefix}_issue" (phase, idx, code, severity, value, detail)
       SELECT 1, (row ->> 'index')::bigint, row ->> 'code', row ->> 'severity', row ->> 'value', row ->> 'detail'
       FROM json_array_elements($1::json) AS row`,
      JSON.stringify(issues),
    ),
  );
  return { upload, report };
}

export interface Row {
  readonly geometry: unknown;
  readonly properties: Record<string, unknown>;
  readonly id?: string | number;
}

/** The same of GeoJSON features. */
export async function stageRows(database: TestDatabase, rows: readonly Row[], srid = 4326): Promise<Staged> {
  const folder = mkdtempSync(path.join(tmpdir(), 'azalai-rows-'));
  try {
    const file = path.join(folder, 'rows.geojson');
    const features = rows.map((row) => ({ type: 'Feature', ...row }));
    writeFileSync(file, JSON.stringify({ type: 'FeatureCollection', features }));
    return await stageFile(database, file, srid);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A point with properties. */
export const point = (lon: number, lat: number, properties: Record<string, unknown> = {}): Row => ({
  geometry: { type: 'Point', coordinates: [lon, lat] },
  properties,
});

/** A small layer with other ways to be. */
export function layerWith(changes: Record<string, unknown>): Layer {
  const shape = changes.geometry;
  const style =
    shape === 'polygon'
      ? { type: 'fill', color: '#112233' }
      : shape === 'line'
        ? { type: 'line', color: '#112233' }
        : TIMELESS_STYLE;
  return LayerSchema.parse({ ...EVENTS, style, ...changes });
}

export interface Check {
  readonly layer: Layer;
  readonly mapping: Record<string, unknown>;
  readonly regions?: PublishedLayer | null;
}

export interface Checked {
  readonly account: Account;
  readonly issues: readonly IssueRow[];
  readonly records: readonly Record<string, unknown>[];
}

/** Checks staged records, and gives what came of it: `records` in the order of the file, `geom` as WKT. */
export async function check(database: TestDatabase, { upload, report }: Staged, given: Check): Promise<Checked> {
  const { layer, regions = null } = given;
  const mapping: Mapping = MappingSchema.parse({
    fields: {},
    target: { mode: 'append', collection: layer.id },
    ...given.mapping,
  });
  const filled = await fillStaged(database.run, { upload, mapping, layer, report, today: TODAY, regions });
  // As of a large file: on two connections.
  const account = await database.transaction((run) => compareStaged(run, filled, undefined, database.transaction));
  const prefix = `staging."${upload.replaceAll('-', '')}`;
  const issues = await database.run<IssueRow>(
    query(
      `SELECT idx::integer, code, severity, pointer, value, done FROM ${prefix}_issue" WHERE phase = 2 ORDER BY id`,
    ),
  );
  const records = await database.run(
    query(`SELECT *, ST_AsText(geom, 5) AS geom, ST_AsText(geom_before, 5) AS geom_before, idx::integer AS idx,
      to_char(lower(valid) AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS "from", to_char(upper(valid) AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS "to"
      FROM ${prefix}_typed" AS typed ORDER BY typed.idx`),
  );
  return { account, issues, records };
}

export const codes = (issues: readonly IssueRow[]) => issues.map(({ idx, code, severity }) => [idx, code, severity]);
