import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { CannotWrite, DiskFull } from './errors.ts';

/** Where an archive is written to. After `finish` or `discard` it takes nothing more. */
export interface ArchiveSink {
  /** Puts bytes behind what was written before. */
  append(bytes: Uint8Array): Promise<void>;
  /** Writes over the beginning, and puts the archive into service. */
  finish(head: Uint8Array): Promise<void>;
  /** Leaves nothing behind. */
  discard(): Promise<void>;
}

/** Names what keeps a file from being written; an error that is none of the file system comes back as it was. */
export function toWriteFailure(error: unknown, target: string): unknown {
  if (!(error instanceof Error && 'code' in error)) return error;
  const folder = path.dirname(target);
  switch (error.code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new DiskFull(`There is no room for ${target}: the disk is full. What was written is removed.`);
    case 'EFBIG':
      return new CannotWrite(`${target} grows larger than files may be here. What was written is removed.`);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new CannotWrite(`${target} cannot be written: this user may not write into ${folder}.`);
    case 'ENOENT':
    case 'ENOTDIR':
      return new CannotWrite(`${target} cannot be written: there is no folder ${folder}.`);
    case 'EISDIR':
      return new CannotWrite(`${target} is a folder: name a file.`);
    default:
      return new CannotWrite(`${target} cannot be written: ${error.message}.`);
  }
}

/**
 * A file that appears under its name when it is complete: it grows beside it and is renamed. Whoever reads the old one
 * meanwhile goes on reading it. `shown` is what errors call it.
 * @throws CannotWrite, here already when the place is not writable
 */
export async function openArchiveFile(target: string, shown = target): Promise<ArchiveSink> {
  const unfinished = `${target}.${process.pid}.part`;
  const named = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw toWriteFailure(error, shown);
    }
  };
  const handle = await named(async () => {
    // Renaming over a folder fails only at the very end, after all the work.
    const isFolder = await stat(target).then(
      (found) => found.isDirectory(),
      () => false,
    );
    if (isFolder) throw Object.assign(new Error(), { code: 'EISDIR' });
    return open(unfinished, 'w');
  });
  return {
    append: (bytes) => named(() => handle.writeFile(bytes)),
    finish: (head) =>
      named(async () => {
        await writeAt(handle, head, 0);
        await handle.sync();
        await handle.close();
        await rename(unfinished, target);
      }),
    discard: async () => {
      await handle.close().catch(() => undefined);
      await rm(unfinished, { force: true });
    },
  };
}

/** A disk that is nearly full takes a part of the bytes and says so only by their number. */
export async function writeAt(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  let done = 0;
  while (done < bytes.length) {
    done += (await handle.write(bytes, done, bytes.length - done, position + done)).bytesWritten;
  }
}
