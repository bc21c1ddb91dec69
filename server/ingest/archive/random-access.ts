import { Readable } from 'node:stream';
import { RandomAccessReader } from 'yauzl';
import type { SourceFile } from '../source.ts';

const CHUNK = 65_536;

/** A file as yauzl reads it. What it asks beyond the end (a directory that lies) is an error, never a short answer. */
export class FileReader extends RandomAccessReader {
  readonly #file: SourceFile;

  constructor(file: SourceFile) {
    super();
    this.#file = file;
  }

  override read(buffer: Buffer, offset: number, length: number, position: number, done: (err: Error | null) => void) {
    this.#exactly(position, length).then(
      (bytes) => {
        buffer.set(bytes, offset);
        done(null);
      },
      (error: Error) => done(error),
    );
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.#range(start, end), { objectMode: false, highWaterMark: CHUNK });
  }

  async *#range(start: number, end: number) {
    for (let at = start; at < end; at += CHUNK) yield await this.#exactly(at, Math.min(CHUNK, end - at));
  }

  async #exactly(position: number, length: number): Promise<Uint8Array> {
    if (position + length > this.#file.bytes) throw new Error('unexpected EOF');
    const bytes = await this.#file.readAt(position, length);
    if (bytes.length < length) throw new Error('unexpected EOF');
    return bytes;
  }
}
