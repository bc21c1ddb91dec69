import { execFile } from 'node:child_process';
import type { Geometry } from 'geojson';
import sqlite from 'node-sqlite3-wasm';
import { type Field, type Layer, recordFields } from '../../server/core/layer.ts';
import { fromBlob } from '../../server/ingest/geopackage/blob.ts';
import { LIMITS } from '../../server/ingest/source.ts';
import type { TestDatabase } from './database.ts';

/**
 * Runs a program of GDAL and gives what it wrote. Not waited for in place: the server that it asks is in this process.
 * No proxy is asked, whatever the environment says.
 */
export function ogr(program: 'ogrinfo' | 'ogr2ogr', args: readonly string[]): Promise<string> {
  const env = { ...process.env, no_proxy: '*', NO_PROXY: '*', GDAL_HTTP_TIMEOUT: '30', LC_ALL: 'C.UTF-8' };
  return new Promise((resolve, reject) => {
    execFile(program, args, { timeout: 60_000, maxBuffer: 256_000_000, env }, (error, output, complaints) => {
      // Some drivers end well after an error, and say so only there.
      if (error || /^ERROR/m.test(complaints)) {
        reject(
          new Error(`${program} ${args.join(' ')}\n${error?.message ?? ''}\n${complaints}\n${output.slice(0, 2000)}`),
        );
      } else resolve(output);
    });
  });
}

export interface OgrSummary {
  readonly count: number;
  readonly geometry: string;
  /** Types as GDAL calls them, by the name of the field: `Integer64`, `String(JSON)`, ... */
  readonly fields: Readonly<Record<string, string>>;
  readonly text: string;
}

/** What `ogrinfo` says of the one layer of a file. */
export async function summary(args: readonly string[]): Promise<OgrSummary> {
  const text = await ogr('ogrinfo', ['-ro', '-so', '-al', ...args]);
  const fields = [
    ...text.matchAll(/^(\w+): (Integer64|Integer|Real|String|StringList|Date|DateTime|Time|Binary)(\(\w+\))? \(/gm),
  ];
  return {
    count: Number(/^Feature Count: (-?\d+)$/m.exec(text)?.[1]),
    geometry: /^Geometry: (.*)$/m.exec(text)?.[1] ?? '',
    fields: Object.fromEntries(fields.map(([, name, type, subtype = '']) => [name, `${type}${subtype}`])),
    text,
  };
}

/** A record as both sides are brought to: shapes in their multi form, lists as they are. */
export interface PlainRecord {
  readonly fid: number;
  readonly geometry: Geometry | null;
  readonly properties: Readonly<Record<string, unknown>>;
}

export function multi(shape: Geometry): Geometry {
  if (shape.type === 'LineString') return { type: 'MultiLineString', coordinates: [shape.coordinates] };
  return shape.type === 'Polygon' ? { type: 'MultiPolygon', coordinates: [shape.coordinates] } : shape;
}

/** The rows of a table of a GeoPackage by the column that has their number, and the types of its columns. */
export function readTable(file: string, table: string, key = 'fid') {
  const database = new sqlite.Database(file, { readOnly: true });
  try {
    const columns = database.all(`PRAGMA table_info("${table}")`) as { name: string; type: string; pk: number }[];
    const rows = database.all(`SELECT * FROM "${table}" ORDER BY "${key}"`) as Record<string, unknown>[];
    const [{ column_name: geom } = { column_name: 'geom' }] = database.all(
      `SELECT column_name FROM gpkg_geometry_columns WHERE table_name = '${table}'`,
    ) as { column_name: string }[];
    const records = rows.map((row): PlainRecord => {
      const { [key]: fid, [geom]: blob, ...properties } = row;
      const shape = blob instanceof Uint8Array ? fromBlob(Buffer.from(blob), LIMITS).geometry : null;
      return { fid: Number(fid), geometry: shape && multi(shape), properties };
    });
    return { records, types: Object.fromEntries(columns.map(({ name, type }) => [name, type])) };
  } finally {
    database.close();
  }
}

/** What is in the database, asked for without any of the server's own queries. */
export async function recordsInSql(database: TestDatabase, layer: Pick<Layer, 'id' | 'geometry'>, condition = 'true') {
  const table = await database.tableOf(layer.id);
  const rows = await database.run<{ fid: number; properties: Record<string, unknown>; geometry: Geometry }>({
    text: `SELECT fid, to_jsonb(t) - ARRAY['fid', 'geom', 'geom_3857', 'h3_base', 'label_3857', 'valid'] || jsonb_build_object(
        'valid_from', (lower(valid) AT TIME ZONE 'UTC')::date, 'valid_to', (upper(valid) AT TIME ZONE 'UTC')::date) AS properties,
      ST_AsGeoJSON(CASE WHEN ST_Dimension(geom) = 2 THEN ST_ForcePolygonCCW(geom) ELSE geom END, 6)::jsonb AS geometry
      FROM ${table} AS t WHERE handling = 'public' AND (${condition}) ORDER BY fid`,
    values: [],
  });
  return rows.map((row): PlainRecord => ({ ...row, geometry: multi(row.geometry) }));
}

/** How a writer puts a list into one text: as JSON, or as GDAL shows its own lists, `(2:a,b)`. */
export const LISTS = {
  json: (list: readonly string[]) => JSON.stringify(list),
  counted: (list: readonly string[]) => `(${list.length}:${list.join(',')})`,
} as const;

/** A value as SQLite has it: truths as numbers, lists as text, instants as they were written. */
function inSqlite({ type }: Field, value: unknown, lists: keyof typeof LISTS): unknown {
  if (value === null || value === undefined) return null;
  if (type === 'boolean') return value ? 1 : 0;
  if (type === 'datetime') return new Date(value as string).toISOString();
  return type === 'strings' ? LISTS[lists](value as string[]) : value;
}

/** The records of SQL with the values that SQLite would have. */
export function asInSqlite(
  records: readonly PlainRecord[],
  layer: Pick<Layer, 'fields'>,
  lists: keyof typeof LISTS = 'json',
): PlainRecord[] {
  const fields = recordFields(layer);
  return records.map(({ properties, ...record }) => ({
    ...record,
    properties: Object.fromEntries(fields.map((field) => [field.name, inSqlite(field, properties[field.name], lists)])),
  }));
}
