import { crc32 } from 'node:zlib';
import type { Entry, ZipFile } from 'yauzl';
import { AzalaiError } from '../../core/errors.ts';
import { LimitExceeded, UnreadableFile } from '../errors.ts';
import type { Limits } from '../source.ts';

/** Below this a high ratio harms nobody: a small table of blanks packs a thousand to one. */
const HARMLESS = 1_048_576;

/** What all members of one archive have given so far: each counts once, however often it is read. */
export class UnpackedCount {
  readonly #limits: Limits;
  readonly #most = new Map<string, number>();
  #total = 0;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /** @throws LimitExceeded when `bytes` of this member are too many, for its packed size or for the archive. */
  add(name: string, bytes: number, packed: number): void {
    const before = this.#most.get(name) ?? 0;
    if (bytes > before) {
      this.#most.set(name, bytes);
      this.#total += bytes - before;
    }
    const { unpackedBytes, packRatio } = this.#limits;
    if (this.#total > unpackedBytes) {
      throw new LimitExceeded(
        `The archive unpacks to more than ${unpackedBytes} bytes (limit UPLOAD_UNPACKED_MB). Send its layers in several files.`,
      );
    }
    if (bytes > HARMLESS && bytes > packed * packRatio) {
      throw new LimitExceeded(
        `"${name}" unpacks to more than ${packRatio} times its packed size (limit UPLOAD_PACK_RATIO), as archives do that are made to fill a disk. If it is genuine, pack it with less compression.`,
      );
    }
  }
}

const damaged = (name: string, why: string) =>
  new UnreadableFile(`"${name}" in the archive is damaged: ${why}. Pack the files again and send the new archive.`);

/**
 * The bytes of a member, unpacked and counted as they come, its check sum compared at the end.
 * @throws LimitExceeded, UnreadableFile
 */
export async function* unpack(zip: ZipFile, entry: Entry, name: string, count: UnpackedCount) {
  let bytes = 0;
  let sum = 0;
  try {
    const packed: AsyncIterable<Buffer> = await zip.openReadStreamPromise(entry);
    for await (const chunk of packed) {
      bytes += chunk.length;
      count.add(name, bytes, entry.compressedSize);
      sum = crc32(chunk, sum);
      yield chunk as Uint8Array;
    }
  } catch (error) {
    if (error instanceof AzalaiError) throw error;
    throw damaged(name, `it cannot be unpacked beyond byte ${bytes} (${(error as Error).message})`);
  }
  if (sum !== entry.crc32) throw damaged(name, 'its content does not fit its check sum');
}
