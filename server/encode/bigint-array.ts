/** Dimensions, whether there are nulls, the type of the elements; of the only dimension its length and first number. */
const HEAD_BYTES = 20;
const ELEMENT_BYTES = 12;
/** Of `bigint`: https://www.postgresql.org/docs/15/catalog-pg-type.html, in the rows that come with PostgreSQL. */
const BIGINT_OID = 20;

/**
 * A list of `bigint`s in the binary format of PostgreSQL, which `pg` sends a Buffer as: a tenth of the work, on both sides, of
 * a list in text. https://github.com/postgres/postgres/blob/REL_15_STABLE/src/backend/utils/adt/arrayfuncs.c (array_recv)
 */
export class BigintArray {
  readonly bytes: Buffer;
  #at = HEAD_BYTES;

  constructor(length: number) {
    this.bytes = Buffer.alloc(HEAD_BYTES + ELEMENT_BYTES * length);
    // A list without elements has no dimension, and ends after the type.
    if (length === 0) this.bytes = this.bytes.subarray(0, 12);
    this.bytes.writeInt32BE(length === 0 ? 0 : 1, 0);
    this.bytes.writeInt32BE(BIGINT_OID, 8);
    if (length === 0) return;
    this.bytes.writeInt32BE(length, 12);
    this.bytes.writeInt32BE(1, 16);
  }

  /** The next element, of its upper and lower 32 bits, both from 0 to 2^32 - 1. */
  push(high: number, low: number): void {
    this.#at = this.bytes.writeInt32BE(8, this.#at);
    this.#at = this.bytes.writeUInt32BE(high, this.#at);
    this.#at = this.bytes.writeUInt32BE(low, this.#at);
  }
}
