import { LimitExceeded } from '../errors.ts';

/** Bytes between separators, and where they begin. */
export interface TextRecord {
  readonly bytes: Buffer;
  /** From 1. */
  readonly line: number;
  readonly byte: number;
}

const NEWLINE = 0x0a;

/**
 * Cuts a stream of bytes at a separator, one record held at a time.
 * @throws LimitExceeded
 */
export class RecordSplitter {
  readonly #separator: number;
  readonly #limit: number;
  #held: Buffer[] = [];
  #heldBytes = 0;
  #line = 1;
  #byte = 0;

  constructor(separator: number, limit: number) {
    this.#separator = separator;
    this.#limit = limit;
  }

  *push(chunk: Buffer): Generator<TextRecord> {
    let from = 0;
    for (;;) {
      const end = chunk.indexOf(this.#separator, from);
      if (end < 0) break;
      yield this.#complete(chunk.subarray(from, end));
      this.#byte += 1;
      if (this.#separator === NEWLINE) this.#line += 1;
      from = end + 1;
    }
    const rest = chunk.subarray(from);
    this.#checkSize(rest.length);
    if (rest.length > 0) this.#held.push(Buffer.from(rest));
    this.#heldBytes += rest.length;
  }

  /** What follows the last separator. */
  end(): TextRecord {
    return this.#complete(Buffer.alloc(0));
  }

  #complete(last: Buffer): TextRecord {
    this.#checkSize(last.length);
    const bytes = this.#held.length > 0 ? Buffer.concat([...this.#held, last]) : last;
    const record = { bytes, line: this.#line, byte: this.#byte };
    this.#held = [];
    this.#heldBytes = 0;
    this.#byte += bytes.length;
    if (this.#separator !== NEWLINE) this.#line += countNewlines(bytes);
    return record;
  }

  #checkSize(more: number): void {
    if (this.#heldBytes + more <= this.#limit) return;
    throw new LimitExceeded(
      `The record that begins on line ${this.#line} is longer than ${this.#limit} bytes (limit UPLOAD_RECORD_MB). Split it before sending.`,
    );
  }
}

function countNewlines(bytes: Buffer): number {
  let count = 0;
  for (let i = bytes.indexOf(NEWLINE); i >= 0; i = bytes.indexOf(NEWLINE, i + 1)) count += 1;
  return count;
}
