/** A stream of chunks, read by numbers of bytes: binary formats are sequences of records of known lengths. */
export class ByteReader {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #buffer: Buffer = Buffer.alloc(0);
  #at = 0;
  #ended = false;
  /** Bytes taken so far. */
  offset = 0;

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** Whether `length` bytes can be taken without waiting. */
  has(length: number): boolean {
    return this.#buffer.length - this.#at >= length;
  }

  /** Waits for `length` bytes; false when the stream ends before. */
  async fill(length: number): Promise<boolean> {
    if (this.has(length)) return true;
    const parts: Buffer[] = [this.#buffer.subarray(this.#at)];
    let bytes = this.left;
    while (bytes < length && !this.#ended) {
      const { value, done } = await this.#chunks.next();
      if (done) {
        this.#ended = true;
      } else {
        parts.push(Buffer.from(value.buffer, value.byteOffset, value.byteLength));
        bytes += value.byteLength;
      }
    }
    this.#buffer = Buffer.concat(parts, bytes);
    this.#at = 0;
    return bytes >= length;
  }

  /** Bytes that can be taken without waiting. */
  get left(): number {
    return this.#buffer.length - this.#at;
  }

  /** The next bytes, which must be there; a view that holds until the next `fill`. */
  take(length: number): Buffer {
    const bytes = this.#buffer.subarray(this.#at, this.#at + length);
    this.#at += bytes.length;
    this.offset += bytes.length;
    return bytes;
  }

  /** Passes over `length` bytes without holding them; false when the stream ends before. */
  async skip(length: number): Promise<boolean> {
    for (let left = length; left > 0; ) {
      if (this.left === 0 && !(await this.fill(1))) return false;
      left -= this.take(Math.min(left, this.left)).length;
    }
    return true;
  }

  /** Reads on to the end, so that what a stream says of itself there is heard; gives the bytes passed over. */
  async drain(): Promise<number> {
    let passed = this.left;
    this.take(passed);
    while (!this.#ended) {
      const { value, done } = await this.#chunks.next();
      if (done) this.#ended = true;
      else passed += value.byteLength;
    }
    return passed;
  }

  /** Leaves the rest unread. */
  async close(): Promise<void> {
    this.#ended = true;
    await this.#chunks.return?.();
  }
}
