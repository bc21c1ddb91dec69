import { ByteReader } from './archive/byte-reader.ts';
import { untilCutShort } from './archive/cut-short.ts';
import { LimitExceeded, UnreadableFile } from './errors.ts';
import type { Reading } from './feature.ts';
import { GeometryReader } from './flatgeobuf/geometry.ts';
import { type FlatHeader, MOST_COLUMNS, toColumns, toHeader } from './flatgeobuf/header.ts';
import { toProperties } from './flatgeobuf/properties.ts';
import { BadRecord, decode, Table } from './flatgeobuf/table.ts';
import type { Format } from './format.ts';
import type { Limits, SourceFile } from './source.ts';
import { issueReading } from './text/issue.ts';

/** "fgb" and the major version; the last byte is the patch, which changes nothing. */
const MAGIC = Buffer.from('fgb\x03fgb', 'latin1');

const isFlatgeobuf = (head: Uint8Array): boolean => MAGIC.every((byte, index) => head[index] === byte);

/** FlatGeobuf 3: one layer, in the file's own order; its spatial index is passed over. */
export const flatgeobuf: Format = {
  name: 'flatgeobuf',
  title: 'FlatGeobuf',
  sniff: (head) => isFlatgeobuf(head),
  read: (file, limits) => untilCutShort(readFlatgeobuf(file, limits), limits),
};

async function* readFlatgeobuf(file: SourceFile, limits: Limits): AsyncGenerator<Reading> {
  const reader = new ByteReader(file.stream());
  try {
    const header = await readHeader(reader, file, limits);
    const columns = header.columns.map(({ name }) => name);
    yield { type: 'layer', layer: { name: header.name, crs: header.crs, columns } };
    if (header.crs === null) {
      const detail = 'The file does not say its reference system. Choose the one it was made in.';
      yield issueReading({ code: 'no-crs', severity: 'warning', detail });
    }
    const left = header.columns.filter(({ type }) => type === 14).map(({ name }) => name);
    if (left.length > 0) {
      const detail = `Columns with files in them were left out: ${left.join(', ')}.`;
      yield issueReading({ code: 'columns-not-read', severity: 'warning', detail });
    }
    let index = 0;
    for (; header.features === 0 || index < header.features; ) {
      const byte = reader.offset;
      const bytes = await sized(reader, file.name, limits);
      if (bytes === null) break;
      index += 1;
      yield toReading(bytes, header, index, byte, limits);
    }
    if (index < header.features) throw cutShort(file.name, reader.offset, `${index} of ${header.features} features`);
  } finally {
    await reader.close();
  }
}

async function readHeader(reader: ByteReader, file: SourceFile, limits: Limits): Promise<FlatHeader> {
  if (!(await reader.fill(8)) || !isFlatgeobuf(reader.take(8))) {
    throw new UnreadableFile(`"${file.name}" is not a FlatGeobuf of version 3: it does not begin as one.`);
  }
  const bytes = await sized(reader, file.name, limits);
  if (bytes === null) throw cutShort(file.name, 8, 'its header');
  try {
    const header = decode(() => toHeader(Buffer.from(bytes)));
    if (header.indexBytes > file.bytes || !(await reader.skip(header.indexBytes))) {
      throw cutShort(file.name, file.bytes, `the index of its ${header.features} features`);
    }
    return header;
  } catch (error) {
    if (!(error instanceof BadRecord)) throw error;
    throw new UnreadableFile(`The header of "${file.name}" cannot be read. ${error.message} Export the layer again.`);
  }
}

/** The next part, which says its own length; null at the end of the file. */
async function sized(reader: ByteReader, name: string, limits: Limits): Promise<Buffer | null> {
  const at = reader.offset;
  if (!(await reader.fill(4))) {
    if (reader.left === 0) return null;
    throw cutShort(name, at, 'a length');
  }
  const length = reader.take(4).readUInt32LE(0);
  if (length > limits.recordBytes) {
    throw new LimitExceeded(
      `The record at byte ${at} of "${name}" says it has ${length} bytes; ${limits.recordBytes} are allowed (limit UPLOAD_RECORD_MB).`,
    );
  }
  if (!reader.has(length) && !(await reader.fill(length))) throw cutShort(name, at, 'a record');
  return reader.take(length);
}

function toReading(bytes: Buffer, header: FlatHeader, index: number, byte: number, limits: Limits): Reading {
  const place = { byte };
  try {
    return decode((): Reading => {
      const table = Table.root(bytes);
      const shape = table.table(0);
      const geometry = shape && new GeometryReader(limits).read(shape, header.geometryType);
      const own = table.tables(2, MOST_COLUMNS);
      const { start, length } = table.vector(1, 1);
      const columns = own.length > 0 ? toColumns(own) : header.columns;
      const properties = toProperties(bytes.subarray(start, start + length), columns);
      return { type: 'feature', feature: { index, place, id: null, geometry, properties } };
    });
  } catch (error) {
    if (!(error instanceof BadRecord)) throw error;
    const detail = `The record cannot be read. ${error.message}`;
    return issueReading({ code: 'bad-record', severity: 'error', index, place, detail });
  }
}

const cutShort = (name: string, byte: number, within: string) =>
  new UnreadableFile(`"${name}" ends at byte ${byte}, within ${within}. It was probably cut short: send it again.`);
