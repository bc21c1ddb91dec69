import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import path from 'node:path';
import type { SourceFile } from '../../ingest/source.ts';

/** A file of this machine to be read; close it afterwards. @throws what the file system throws */
export async function openFile(
  file: string,
  name: string = path.basename(file),
): Promise<SourceFile & { close(): Promise<void> }> {
  const handle: FileHandle = await open(file, 'r');
  const { size } = await handle.stat();
  return {
    name,
    bytes: size,
    path: file,
    // Opened anew each time: a stream moves the position of its handle, and closes it.
    stream: () => createReadStream(file, { highWaterMark: 256 * 1024 }),
    readAt: async (offset, length) => {
      const bytes = new Uint8Array(Math.max(0, Math.min(length, size - offset)));
      let done = 0;
      while (done < bytes.length) {
        const { bytesRead } = await handle.read(bytes, done, bytes.length - done, offset + done);
        if (bytesRead === 0) return bytes.subarray(0, done);
        done += bytesRead;
      }
      return bytes;
    },
    close: () => handle.close(),
  };
}
