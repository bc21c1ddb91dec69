import { uniqueNames } from '../archive/unique-names.ts';
import type { Issue, Reading } from '../feature.ts';
import type { Limits } from '../source.ts';
import { fromBlob } from './blob.ts';
import type { Database, Row } from './database.ts';
import { type FeatureTable, quoted } from './tables.ts';
import { BadGeometry } from './wkb.ts';

/**
 * One table, row by row; gives the number of its last record.
 * @param before records that earlier tables gave
 * @throws LimitExceeded, UnreadableFile
 */
export function* readTable(
  database: Database,
  table: FeatureTable,
  before: number,
  limits: Limits,
): Generator<Reading, number> {
  const place = { part: table.name };
  const issue = (code: string, severity: Issue['severity'], index: number | null, detail: string): Reading => ({
    type: 'issue',
    issue: { code, severity, index, place, value: null, detail },
  });
  const names = uniqueNames(table.columns.map(({ name }) => name));
  yield { type: 'layer', layer: { name: table.name, crs: table.crs, columns: names } };
  if (table.geometry !== null && table.crs === null) {
    yield issue(
      'no-crs',
      'warning',
      null,
      'The table does not say its reference system. Choose the one it was made in.',
    );
  }
  let index = before;
  let strange = 0;
  const blobs = new Set<string>();
  for (const row of database.iterate(selectOf(table, limits))) {
    index += 1;
    if (row.too_long === 1) {
      yield issue(
        'record-too-long',
        'error',
        index,
        `A value is longer than ${limits.recordBytes} bytes (limit UPLOAD_RECORD_MB).`,
      );
      continue;
    }
    try {
      const { geometry, srs } =
        row.geometry instanceof Uint8Array ? fromBlob(Buffer.from(row.geometry), limits) : NOWHERE;
      if (srs !== null && srs !== table.srs) strange += 1;
      const properties = propertiesOf(table, names, row, blobs);
      yield { type: 'feature', feature: { index, place, id: idOf(row.key), geometry, properties } };
    } catch (error) {
      if (!(error instanceof BadGeometry)) throw error;
      yield issue('bad-geometry', 'error', index, error.message);
    }
  }
  if (strange > 0) {
    yield issue(
      'crs-differs',
      'warning',
      null,
      `${strange} geometries name another reference system than their table; the table's was taken.`,
    );
  }
  if (blobs.size > 0) {
    yield issue(
      'columns-not-read',
      'warning',
      null,
      `Columns with files in them were left out: ${[...blobs].join(', ')}.`,
    );
  }
  return index;
}

const NOWHERE = { geometry: null, srs: null };

/** Columns under names of our own, so that none hides another; a value too long for memory is not fetched. */
function selectOf({ name, geometry, key, columns }: FeatureTable, { recordBytes }: Limits): string {
  const all = [...(geometry === null ? [] : [geometry]), ...columns.map((column) => column.name)].map(quoted);
  const long = all.map((column) => `ifnull(octet_length(${column}), 0) > ${Math.trunc(recordBytes)}`);
  const fetched = (column: string) =>
    `CASE WHEN octet_length(${column}) <= ${Math.trunc(recordBytes)} THEN ${column} END`;
  const selected = [
    `${long.length > 0 ? balanced(long) : '0'} AS too_long`,
    `${geometry === null ? 'NULL' : fetched(quoted(geometry))} AS geometry`,
    `${key === null ? 'NULL' : quoted(key)} AS key`,
    ...columns.map((column, index) => `${fetched(quoted(column.name))} AS c${index}`),
  ];
  return `SELECT ${selected.join(', ')} FROM ${quoted(name)} NOT INDEXED`;
}

/** Terms joined by OR as a flat tree: a chain of 2,000 is deeper than SQLite parses. */
function balanced(terms: readonly string[]): string {
  if (terms.length === 1) return terms[0] as string;
  const half = terms.length >> 1;
  return `(${balanced(terms.slice(0, half))} OR ${balanced(terms.slice(half))})`;
}

function propertiesOf(table: FeatureTable, names: readonly string[], row: Row, blobs: Set<string>) {
  const properties: Record<string, unknown> = {};
  for (const [index, { type }] of table.columns.entries()) {
    const name = names[index] as string;
    const value = row[`c${index}`] ?? null;
    if (value instanceof Uint8Array) blobs.add(name);
    // A whole number beyond 2^53 would lose its last digits.
    else if (typeof value === 'bigint') properties[name] = String(value);
    else if (type === 'BOOLEAN' && (value === 0 || value === 1)) properties[name] = value === 1;
    else properties[name] = typeof value === 'number' && !Number.isFinite(value) ? null : value;
  }
  return properties;
}

const idOf = (key: Row[string] | undefined): string | number | null =>
  typeof key === 'number' ? key : typeof key === 'bigint' || typeof key === 'string' ? String(key) : null;
