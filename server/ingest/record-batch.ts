import type { Reading } from './feature.ts';
import type { FoundValue } from './geojson/document-scanner.ts';

/** Records that follow one another in a file: where each begins and ends is known, and nothing is made of them yet. */
export interface RecordBatch {
  /** Number of the first record in the file, from 1. */
  readonly first: number;
  readonly count: number;
  /** Their texts, one after the other. */
  readonly bytes: Uint8Array;
  /** Of each record `FIELDS` numbers: where its text begins and ends in `bytes`, line, column, byte, colons, lists. */
  readonly numbers: Float64Array;
}

/** A reader may give these instead of features. `read` makes readings of them here, in the order of the file: once, and in their turn. */
export interface BatchReading {
  readonly type: 'batch';
  readonly batch: RecordBatch;
  readonly read: () => Iterable<Reading>;
}

const FIELDS = 7;
/** A few hundred records of the usual length: more would only take memory. */
const BATCH_BYTES = 256 * 1024;
const BATCH_RECORDS = 1_024;

/** The record at a place of the batch, from 0. */
export function recordAt({ bytes, numbers }: RecordBatch, place: number): FoundValue {
  const number = (field: number) => numbers[FIELDS * place + field] as number;
  const from = number(0);
  return {
    text: Buffer.from(bytes.buffer, bytes.byteOffset + from, number(1) - from),
    at: { line: number(2), column: number(3), byte: number(4) },
    colons: number(5),
    lists: number(6),
  };
}

/** Puts records together as they are found. Holds one batch. */
export class BatchFiller {
  #next = 1;
  #count = 0;
  #filled = 0;
  #bytes: Buffer = Buffer.allocUnsafeSlow(BATCH_BYTES);
  #numbers = new Float64Array(FIELDS * BATCH_RECORDS);

  /** Whether another record of so many bytes is for the next batch. */
  isFull(bytes: number): boolean {
    return this.#count > 0 && (this.#count === BATCH_RECORDS || this.#filled + bytes > BATCH_BYTES);
  }

  /** Takes a copy. A record that is longer than a batch is a batch of its own, and is taken as it is: it was put together from several chunks. */
  add({ text, at, colons, lists }: FoundValue): void {
    if (text.length > this.#bytes.length) this.#bytes = text;
    else this.#bytes.set(text, this.#filled);
    const end = this.#filled + text.length;
    let field = FIELDS * this.#count;
    for (const number of [this.#filled, end, at.line, at.column, at.byte, colons, lists]) {
      this.#numbers[field] = number;
      field += 1;
    }
    this.#filled = end;
    this.#count += 1;
  }

  /** What has come since the last time; null: nothing. */
  take(): RecordBatch | null {
    const count = this.#count;
    if (count === 0) return null;
    const bytes = this.#bytes.subarray(0, this.#filled);
    const batch = { first: this.#next, count, bytes, numbers: this.#numbers.subarray(0, FIELDS * count) };
    this.#next += count;
    this.#count = 0;
    this.#filled = 0;
    this.#bytes = Buffer.allocUnsafeSlow(BATCH_BYTES);
    this.#numbers = new Float64Array(FIELDS * BATCH_RECORDS);
    return batch;
  }
}
