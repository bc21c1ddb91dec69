/** Bytes of a scalar or of an offset. */
type Size = 1 | 2 | 4;
/** A field of a table: its number in the schema, and how many bytes it has inside the table. */
export type Slot = readonly [id: number, size: Size];

const FIRST_ROOM = 16_384;
const DOUBLE = 8;

/**
 * Writes one buffer of FlatBuffers with its size before it, from front to back: a table first, then what it points to.
 * Reused from buffer to buffer, since the memory of the largest one is kept. Alignment is counted from the size, as
 * FlatGeobuf's other writers do. Source: https://flatbuffers.dev/internals/
 */
export class FlatWriter {
  #bytes = Buffer.alloc(FIRST_ROOM);
  #at = 0;
  #isEmpty = true;

  /** Begins a buffer; the table that comes next is its root. */
  begin(): void {
    this.#at = 8;
    this.#isEmpty = true;
  }

  /** The buffer, in memory of its own. */
  finish(): Buffer {
    this.#bytes.writeUInt32LE(this.#at - 4, 0);
    return Buffer.from(this.#bytes.subarray(0, this.#at));
  }

  /**
   * A table of empty fields, largest first; returns where it stands and where each field does, in the order given.
   * The root is linked to the beginning.
   */
  table(slots: readonly Slot[]): { readonly at: number; readonly places: readonly number[] } {
    const sorted = slots.map((slot, order) => ({ slot, order })).toSorted((a, b) => b.slot[1] - a.slot[1]);
    const fields = Math.max(-1, ...slots.map(([id]) => id)) + 1;
    const vtableBytes = 4 + 2 * fields;
    this.#align(4, vtableBytes);
    const vtable = this.#take(vtableBytes);
    const at = this.#at;
    const places = new Array<number>(slots.length);
    let inside = 4;
    for (const { slot, order } of sorted) {
      this.#bytes.writeUInt16LE(inside, vtable + 4 + 2 * slot[0]);
      places[order] = at + inside;
      inside += slot[1];
    }
    this.#take(inside);
    this.#bytes.writeUInt16LE(vtableBytes, vtable);
    this.#bytes.writeUInt16LE(inside, vtable + 2);
    this.#bytes.writeInt32LE(at - vtable, at);
    if (this.#isEmpty) this.link(4, at);
    this.#isEmpty = false;
    return { at, places };
  }

  byte(place: number, value: number): void {
    this.#bytes[place] = value;
  }

  uint16(place: number, value: number): void {
    this.#bytes.writeUInt16LE(value, place);
  }

  int32(place: number, value: number): void {
    this.#bytes.writeInt32LE(value, place);
  }

  /** Makes an offset point to a table or vector behind it. */
  link(place: number, target: number): void {
    this.#bytes.writeUInt32LE(target - place, place);
  }

  /** A text, with a zero after it that does not count. */
  text(place: number, text: string): void {
    const length = Buffer.byteLength(text);
    const at = this.#vector(4, length, length + 1);
    this.link(place, at - 4);
    this.#bytes.write(text, at);
  }

  blob(place: number, bytes: Uint8Array): void {
    const at = this.#vector(4, bytes.length, bytes.length);
    this.link(place, at - 4);
    this.#bytes.set(bytes, at);
  }

  doubles(place: number, values: readonly number[]): void {
    let at = this.#vector(DOUBLE, values.length, values.length * DOUBLE);
    this.link(place, at - 4);
    for (const value of values) at = this.#bytes.writeDoubleLE(value, at);
  }

  uints(place: number, values: readonly number[]): void {
    let at = this.#vector(4, values.length, values.length * 4);
    this.link(place, at - 4);
    for (const value of values) at = this.#bytes.writeUInt32LE(value, at);
  }

  /** Room for offsets to tables; returns the place of each. */
  offsets(place: number, count: number): number[] {
    const at = this.#vector(4, count, count * 4);
    this.link(place, at - 4);
    return Array.from({ length: count }, (_, index) => at + 4 * index);
  }

  /** Writes the length, and returns where the first member goes; its own place is a multiple of `alignment`. */
  #vector(alignment: number, length: number, bytes: number): number {
    this.#align(alignment, 4);
    const at = this.#take(4);
    this.#bytes.writeUInt32LE(length, at);
    return this.#take(bytes);
  }

  /** Goes on so far that what follows `before` bytes is aligned. */
  #align(alignment: number, before: number): void {
    this.#take((alignment - ((this.#at + before) % alignment)) % alignment);
  }

  #take(bytes: number): number {
    const at = this.#at;
    this.#reserve(bytes);
    this.#bytes.fill(0, at, at + bytes);
    this.#at = at + bytes;
    return at;
  }

  #reserve(bytes: number): void {
    if (this.#at + bytes <= this.#bytes.length) return;
    const larger = Buffer.alloc(2 * (this.#at + bytes));
    larger.set(this.#bytes.subarray(0, this.#at));
    this.#bytes = larger;
  }
}
