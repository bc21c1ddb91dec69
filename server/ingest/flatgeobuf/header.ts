import { uniqueNames } from '../archive/unique-names.ts';
import { Table } from './table.ts';

export interface FlatColumn {
  readonly name: string;
  /** By the schema's list, from Byte (0) to Binary (14). */
  readonly type: number;
}

export interface FlatHeader {
  readonly name: string | null;
  readonly crs: number | string | null;
  /** As in WKB, 1 to 7; 0: each feature has its own. */
  readonly geometryType: number;
  readonly columns: readonly FlatColumn[];
  /** 0: not known. */
  readonly features: number;
  /** Bytes of the spatial index between header and features. */
  readonly indexBytes: number;
}

const NODE = 40;
/** More than any table has, and few enough to be made much of. */
export const MOST_COLUMNS = 10_000;

/** The header of a file. Source: header.fbs of FlatGeobuf 3. */
export function toHeader(bytes: Buffer): FlatHeader {
  const table = Table.root(bytes);
  const countAt = table.at(8);
  const features = countAt === null ? 0 : Number(bytes.readBigUInt64LE(countAt));
  const nodeAt = table.at(9);
  return {
    name: table.text(0) || null,
    crs: crsOf(table.table(10)),
    geometryType: table.byte(2),
    columns: toColumns(table.tables(7, MOST_COLUMNS)),
    features,
    indexBytes: indexBytes(features, nodeAt === null ? 16 : bytes.readUInt16LE(nodeAt)),
  };
}

export function toColumns(tables: readonly Table[]): FlatColumn[] {
  const names = uniqueNames(tables.map((table) => table.text(0) ?? ''));
  return tables.map((table, index) => ({ name: names[index] as string, type: table.byte(1) }));
}

/** EPSG's number, which is meant where no other organization is named; else WKT. */
function crsOf(table: Table | null): number | string | null {
  if (!table) return null;
  const codeAt = table.at(1);
  const code = codeAt === null ? 0 : table.bytes.readInt32LE(codeAt);
  if (code > 0 && (table.text(0) ?? 'EPSG').toUpperCase() === 'EPSG') return code;
  return table.text(4) || null;
}

/** A packed R-tree: a node for each feature, one for each `size` of these, and so on up to a single one. */
function indexBytes(features: number, size: number): number {
  if (features === 0 || size === 0) return 0;
  let nodes = features;
  let level = features;
  do {
    level = Math.ceil(level / Math.max(size, 2));
    nodes += level;
  } while (level > 1);
  return nodes * NODE;
}
