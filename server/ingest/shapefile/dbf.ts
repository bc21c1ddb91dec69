import type { ByteReader } from '../archive/byte-reader.ts';
import { uniqueNames } from '../archive/unique-names.ts';
import { UnreadableFile } from '../errors.ts';
import type { DbfField } from './dbf-value.ts';

/**
 * The table of a Shapefile: a header with a description of 32 bytes for each column, then rows of one length, each
 * begun by its mark of deletion. Source: dBASE III+ and IV table file format.
 */
const HEAD = 32;
const DESCRIPTION = 32;
const END_OF_COLUMNS = 0x0d;
const END_OF_FILE = 0x1a;
const DELETED = 0x2a;

export interface DbfHeader {
  /** As the header says; 0 in tables that were never closed, which then go to their end. */
  readonly rows: number;
  readonly rowLength: number;
  /** Byte 29: which code page the text is in. */
  readonly language: number;
  /** Names as bytes, since their encoding is learned later. */
  readonly columns: readonly (Omit<DbfField, 'name'> & { readonly rawName: Buffer })[];
}

/** @throws UnreadableFile */
export async function readDbfHeader(reader: ByteReader, name: string): Promise<DbfHeader> {
  if (!(await reader.fill(HEAD))) throw new UnreadableFile(`The table "${name}" ends within its header.`);
  const head = Buffer.from(reader.take(HEAD));
  const version = (head[0] as number) & 7;
  if (version !== 3 && version !== 2 && head[0] !== 0x30 && head[0] !== 0x31) {
    throw new UnreadableFile(`"${name}" is a table of a kind (${head[0]}) that Shapefiles do not have: dBASE III is.`);
  }
  const headerLength = head.readUInt16LE(8);
  const rowLength = head.readUInt16LE(10);
  if (headerLength <= HEAD || rowLength < 1 || !(await reader.fill(headerLength - HEAD))) {
    throw new UnreadableFile(`The header of the table "${name}" says lengths that cannot be.`);
  }
  const columns = readColumns(Buffer.from(reader.take(headerLength - HEAD)), rowLength);
  return { rows: head.readUInt32LE(4), rowLength, language: head[29] as number, columns };
}

function readColumns(bytes: Buffer, rowLength: number): DbfHeader['columns'] {
  const columns: DbfHeader['columns'][number][] = [];
  let start = 1;
  for (let at = 0; at + DESCRIPTION <= bytes.length && bytes[at] !== END_OF_COLUMNS; at += DESCRIPTION) {
    const description = bytes.subarray(at, at + DESCRIPTION);
    const nameEnd = description.subarray(0, 11).indexOf(0);
    const type = String.fromCharCode(description[11] as number);
    const length = Math.min(description[16] as number, rowLength - start);
    if (length <= 0) break;
    columns.push({ rawName: description.subarray(0, nameEnd < 0 ? 11 : nameEnd), type, start, length });
    start += length;
  }
  return columns;
}

/** The columns with their names decoded and told apart. */
export function toFields(header: DbfHeader, decode: (bytes: Buffer) => string): DbfField[] {
  const names = uniqueNames(header.columns.map(({ rawName }) => decode(rawName).trim()));
  return header.columns.map(({ type, start, length }, index) => ({
    name: names[index] as string,
    type,
    start,
    length,
  }));
}

export interface DbfRow {
  readonly deleted: boolean;
  /** The whole row with its mark; holds until the next one. */
  readonly bytes: Buffer;
}

/** The next row; null at the end, also where the file ends before its header says. */
export async function nextRow(reader: ByteReader, { rowLength }: DbfHeader): Promise<DbfRow | null> {
  if (!reader.has(rowLength) && !(await reader.fill(rowLength))) return null;
  const bytes = reader.take(rowLength);
  return bytes[0] === END_OF_FILE ? null : { deleted: bytes[0] === DELETED, bytes };
}
