import type { ByteReader } from '../archive/byte-reader.ts';
import { LimitExceeded, UnreadableFile } from '../errors.ts';
import type { Limits } from '../source.ts';

/**
 * The main file of a Shapefile: a header of 100 bytes, then records of a big-endian header (number, length in words of
 * 16 bits) and a little-endian shape. Source: ESRI Shapefile Technical Description, July 1998.
 */
const HEADER = 100;
const FILE_CODE = 9994;
const RECORD_HEADER = 8;

/** The first bytes of every .shp. */
export const isShp = (head: Uint8Array): boolean =>
  head[0] === 0 && head[1] === 0 && head[2] === 0x27 && head[3] === 0x0a;

export interface ShapeRecord {
  /** From 1, as the file numbers them. */
  readonly number: number;
  /** Of the record in its file. */
  readonly offset: number;
  /** Type and shape; holds until the next record. */
  readonly content: Buffer;
}

/**
 * Every record in order.
 * @throws UnreadableFile for a header of another file and where a record is cut short or its length cannot be;
 * LimitExceeded
 */
export async function* shapeRecords(reader: ByteReader, name: string, limits: Limits): AsyncGenerator<ShapeRecord> {
  if (!(await reader.fill(HEADER))) throw new UnreadableFile(`"${name}" ends within its header of ${HEADER} bytes.`);
  const header = reader.take(HEADER);
  if (header.readInt32BE(0) !== FILE_CODE) {
    throw new UnreadableFile(`"${name}" is not a .shp: it does not begin with the number ${FILE_CODE}.`);
  }
  const declared = header.readUInt32BE(24) * 2;
  while (declared <= HEADER || reader.offset < declared) {
    if (!reader.has(RECORD_HEADER) && !(await reader.fill(RECORD_HEADER))) {
      if (reader.left === 0 && declared <= HEADER) return;
      throw cutShort(name, reader.offset, declared);
    }
    const offset = reader.offset;
    const head = reader.take(RECORD_HEADER);
    const number = head.readInt32BE(0);
    const length = head.readInt32BE(4) * 2;
    if (length < 4) {
      throw new UnreadableFile(
        `Record ${number} of "${name}", at byte ${offset}, says it is ${length} bytes long; what follows cannot be found. Export the layer again.`,
      );
    }
    if (length > limits.recordBytes) {
      throw new LimitExceeded(
        `Record ${number} of "${name}", at byte ${offset}, says it has ${length} bytes; ${limits.recordBytes} are allowed (limit UPLOAD_RECORD_MB).`,
      );
    }
    if (!reader.has(length) && !(await reader.fill(length))) throw cutShort(name, offset, declared);
    yield { number, offset, content: reader.take(length) };
  }
}

const cutShort = (name: string, offset: number, declared: number) =>
  new UnreadableFile(
    `"${name}" ends within the record at byte ${offset}, though its header says ${declared} bytes. It was probably cut short when it was copied: send it again.`,
  );
