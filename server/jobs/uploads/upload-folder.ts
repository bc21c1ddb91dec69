import { mkdir, readdir, rm, stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import { DiskFull } from '../export/errors.ts';
import { UploadsFull, UploadTooLarge } from './errors.ts';
import { openPart, type Part } from './part.ts';

/** Kept free for PostgreSQL, which may be on the same disk and stops when it is full. */
const KEPT_FREE_BYTES = 256_000_000;

export interface UploadLimits {
  /** Of one file, as it is sent. */
  readonly maxBytes: number;
  /** Of all files that are kept. */
  readonly maxAllBytes: number;
}

/** The files that were brought: DATA_DIR/uploads/<id>/file, and `file.part` as long as it is not complete. */
export interface UploadFolder {
  readonly limits: UploadLimits;
  /** Where a complete file is. */
  fileOf(id: string): string;
  /** How many bytes of a file have come that is not complete; undefined: it has none. */
  received(id: string): Promise<number | undefined>;
  /**
   * @throws UploadTooLarge, UploadsFull, DiskFull when a further file of so many bytes has no room; null: nobody knows
   *   how many
   */
  checkRoom(bytes: number | null): Promise<void>;
  /** Begins a file, or goes on where it ended. @throws as `checkRoom`, CannotWrite */
  open(id: string, bytes: number | null): Promise<Part>;
  remove(id: string): Promise<void>;
  /** Removes the folders of all uploads but these. */
  retain(ids: ReadonlySet<string>): Promise<void>;
}

const inMb = (bytes: number) => `${Math.ceil(bytes / 1e6).toLocaleString('en')} MB`;

export function uploadFolder(folder: string, limits: UploadLimits): UploadFolder {
  const { maxBytes, maxAllBytes } = limits;
  const folderOf = (id: string) => path.join(folder, id);
  const fileOf = (id: string) => path.join(folderOf(id), 'file');
  const sizeOf = (file: string) =>
    stat(file).then(
      ({ size }) => size,
      () => undefined,
    );

  async function used(): Promise<number> {
    const ids = await readdir(folder).catch(() => []);
    const sizes = await Promise.all(ids.flatMap((id) => [sizeOf(fileOf(id)), sizeOf(`${fileOf(id)}.part`)]));
    return sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0);
  }

  /** `more` bytes, of a file that has `bytes` in all. */
  async function check(bytes: number, more: number): Promise<void> {
    if (bytes > maxBytes) {
      throw new UploadTooLarge(
        `A file may have ${inMb(maxBytes)} here (UPLOAD_MB), and this one has more. Send it packed, or in parts.`,
      );
    }
    if ((await used()) + more > maxAllBytes) {
      throw new UploadsFull(
        `All files together may have ${inMb(maxAllBytes)} here (UPLOADS_MB). Remove uploads that are no longer needed.`,
      );
    }
    const disk = await statfs(folder).catch(() => undefined);
    if (disk && disk.bavail * disk.bsize < more + KEPT_FREE_BYTES) {
      throw new DiskFull(`The disk of the server has no room for ${inMb(more)} more. Remove uploads, or make room.`);
    }
  }

  return {
    limits,
    fileOf,
    received: (id) => sizeOf(`${fileOf(id)}.part`),
    checkRoom: (bytes) => check(bytes ?? 0, bytes ?? 0),
    open: async (id, bytes) => {
      await mkdir(folderOf(id), { recursive: true });
      const offset = (await sizeOf(`${fileOf(id)}.part`)) ?? 0;
      await check(bytes ?? offset, (bytes ?? offset) - offset);
      return openPart(fileOf(id), `DATA_DIR/uploads/${id}/file`, (size) => check(size, 0));
    },
    remove: (id) => rm(folderOf(id), { recursive: true, force: true }),
    retain: async (ids) => {
      for (const id of await readdir(folder).catch(() => [])) {
        if (!ids.has(id)) await rm(folderOf(id), { recursive: true, force: true });
      }
    },
  };
}
