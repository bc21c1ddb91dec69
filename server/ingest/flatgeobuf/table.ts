/** Bytes that are no such record. Never leaves this folder. */
export class BadRecord extends Error {}

/**
 * A table of FlatBuffers: fields by number, each found through the table's list of offsets, absent when that has 0. All
 * reading is bounded by the buffer: an offset that leads out of it is a RangeError, which `decode` makes a BadRecord.
 * The libraries for this format trust their input, and read nonsense or loop where it lies.
 * Source: https://flatbuffers.dev/internals/
 */
export class Table {
  readonly bytes: Buffer;
  readonly #at: number;

  constructor(bytes: Buffer, at: number) {
    this.bytes = bytes;
    this.#at = at;
  }

  static root(bytes: Buffer): Table {
    return new Table(bytes, bytes.readUInt32LE(0));
  }

  /** Where a field's value or offset is; null when it has its default. */
  at(field: number): number | null {
    const list = this.#at - this.bytes.readInt32LE(this.#at);
    const place = 4 + field * 2;
    if (place >= this.bytes.readUInt16LE(list)) return null;
    const offset = this.bytes.readUInt16LE(list + place);
    return offset === 0 ? null : this.#at + offset;
  }

  byte(field: number): number {
    const at = this.at(field);
    return at === null ? 0 : this.bytes.readUInt8(at);
  }

  table(field: number): Table | null {
    const at = this.at(field);
    return at === null ? null : new Table(this.bytes, at + this.bytes.readUInt32LE(at));
  }

  text(field: number): string | null {
    const vector = this.vector(field, 1);
    return vector.start === 0 ? null : this.bytes.toString('utf8', vector.start, vector.start + vector.length);
  }

  /** Where the elements of `size` bytes begin, and how many there are; none at 0 when the field is absent. */
  vector(field: number, size: number): { readonly start: number; readonly length: number } {
    const at = this.at(field);
    if (at === null) return { start: 0, length: 0 };
    const start = at + this.bytes.readUInt32LE(at);
    const length = this.bytes.readUInt32LE(start);
    if (start + 4 + length * size > this.bytes.length) throw new RangeError('The vector is longer than the record.');
    return { start: start + 4, length };
  }

  /** @throws BadRecord when there are more than `most` */
  tables(field: number, most: number): Table[] {
    const { start, length } = this.vector(field, 4);
    if (length > most) throw new BadRecord(`It has ${length} parts where ${most} are allowed.`);
    return Array.from({ length }, (_, index) => {
      const at = start + index * 4;
      return new Table(this.bytes, at + this.bytes.readUInt32LE(at));
    });
  }
}

/** @throws BadRecord where the bytes are none of what is read of them; what `read` throws otherwise */
export function decode<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) throw new BadRecord('Its offsets lead out of it, so it is damaged.');
    throw error;
  }
}
