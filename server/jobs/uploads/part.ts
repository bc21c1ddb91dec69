import { createHash } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { open, rename, stat } from 'node:fs/promises';
import { toWriteFailure, writeAt } from '../export/archive-file.ts';

/** Whether there is still room is asked again after so many bytes: others write at the same time. */
const CHECK_BYTES = 16_000_000;

export interface Received {
  readonly bytes: number;
  /** SHA-256, hexadecimal. */
  readonly sha256: string;
}

/** A file that grows. Of what has been written, all is on the disk when `close` or `finish` resolves. */
export interface Part {
  /** How many bytes it has. */
  size(): number;
  /** @throws what `checkSize` throws, DiskFull, CannotWrite */
  write(bytes: Uint8Array): Promise<void>;
  /** Puts the file under its name. */
  finish(): Promise<Received>;
  /** Leaves it as it is, to go on later. */
  close(): Promise<void>;
}

/** Appends to `<target>.part`. `checkSize` throws when it may not have so many bytes. `shown` is what errors call it. */
export async function openPart(
  target: string,
  shown: string,
  checkSize: (bytes: number) => Promise<void>,
): Promise<Part> {
  const unfinished = `${target}.part`;
  const named = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw toWriteFailure(error, shown);
    }
  };
  // Not to append: should two processes go on with one file, they write the same bytes to the same place.
  const handle = await named(() => open(unfinished, constants.O_WRONLY | constants.O_CREAT, 0o600));
  const begin = (await stat(unfinished)).size;
  let size = begin;
  let checked = begin;
  const hash = createHash('sha256');

  async function digest(): Promise<string> {
    if (begin === 0) return hash.digest('hex');
    // What came in earlier requests is not in this process's sum.
    const whole = createHash('sha256');
    for await (const chunk of createReadStream(target)) whole.update(chunk);
    return whole.digest('hex');
  }

  return {
    size: () => size,
    write: async (bytes) => {
      const next = size + bytes.length;
      if (next - checked > CHECK_BYTES || checked === begin) {
        await checkSize(next);
        checked = next;
      }
      await named(() => writeAt(handle, bytes, size));
      size = next;
      if (begin === 0) hash.update(bytes);
    },
    finish: () =>
      named(async () => {
        await checkSize(size);
        await handle.sync();
        await handle.close();
        await rename(unfinished, target);
        return { bytes: size, sha256: await digest() };
      }),
    close: async () => {
      await handle.close().catch(() => undefined);
    },
  };
}
