import type { Geometry } from 'geojson';
import sqlite from 'node-sqlite3-wasm';
import type { Field, Layer } from '../../core/layer.ts';
import type { ItemRow } from '../../encode/feature.ts';
import type { Provenance } from '../../encode/formats/provenance.ts';
import { toBlob } from '../../encode/geopackage/blob.ts';
import { TreePacker } from '../../encode/geopackage/rtree.ts';
import {
  describingStatements,
  insertStatement,
  openingStatements,
  tableStatements,
} from '../../encode/geopackage/schema.ts';
import { quoted, type Statement } from '../../encode/geopackage/statement.ts';
import { nameTree, treeTables } from '../../encode/geopackage/tree-tables.ts';
import { ArchiveTooLarge } from './errors.ts';

/** What a GeoPackage is made of beside its rows. */
export interface GeopackageWish {
  /** Where to write; nothing is there yet. */
  readonly path: string;
  readonly layer: Pick<Layer, 'id' | 'geometry'>;
  readonly fields: readonly Field[];
  readonly provenance: Provenance;
  readonly maxBytes: number;
}

type Value = string | number | Uint8Array | null;

/** What SQLite has of a value: truths as 0 and 1, lists as JSON. */
function toValue(value: unknown): Value {
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean') return value ? 1 : 0;
  return typeof value === 'string' || typeof value === 'number' ? value : JSON.stringify(value);
}

/**
 * Writes records into a new GeoPackage with an R-tree. It works in place, so not in a process that others wait for.
 * Memory: a few pages of SQLite and 24 bytes for each record. @throws ArchiveTooLarge
 */
export function openGeopackage({ path, layer, fields, provenance, maxBytes }: GeopackageWish) {
  const database = new sqlite.Database(path);
  const bound = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      if (!/database or disk is full/.test((error as Error).message)) throw error;
      throw new ArchiveTooLarge(
        `The GeoPackage is larger than the ${(maxBytes / 1e6).toLocaleString('en')} MB that this server keeps, or its disk is full: narrow it by bbox, datetime, filter or properties, or take f=fgb, which is streamed.`,
      );
    }
  };
  const run = ([sql, values]: Statement) => bound(() => database.run(sql, values ? [...values] : undefined));
  for (const statement of openingStatements(maxBytes)) database.exec(statement[0]);
  database.exec('BEGIN');
  for (const statement of [...tableStatements(layer, fields), ...treeTables(layer.id)]) run(statement);
  const insert = database.prepare(insertStatement(layer, fields));
  const packer = new TreePacker();

  const fill = (table: string, rows: Iterable<readonly (number | Uint8Array)[]>) => {
    const statement = database.prepare(`INSERT INTO ${quoted(`rtree_${layer.id}_geom_${table}`)} VALUES (?, ?)`);
    for (const row of rows) bound(() => statement.run([...row]));
    statement.finalize();
  };

  return {
    add: (rows: readonly ItemRow[]): void => {
      for (const row of rows) {
        const { blob, envelope } = toBlob(JSON.parse(row.geojson) as Geometry);
        packer.add(row.fid, envelope);
        bound(() => insert.run([row.fid, blob, ...fields.map(({ name }) => toValue(row[name]))]));
      }
    },

    /** Completes the file and closes it. */
    finish: (): void => {
      insert.finalize();
      const { nodes, leaves, parents } = packer.pack();
      fill('node', nodes);
      fill('rowid', leaves);
      fill('parent', parents);
      for (const statement of describingStatements(layer, fields, provenance, packer.bounds)) run(statement);
      for (const statement of nameTree(layer.id)) run(statement);
      bound(() => database.exec('COMMIT'));
      database.close();
    },
  };
}
