import { mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import path from 'node:path';
import { type ArchiveSink, openArchiveFile, toWriteFailure } from './archive-file.ts';
import { ArchiveTooLarge } from './errors.ts';

/** A file whose process died while it wrote; one that is being written is younger. */
const ABANDONED_MS = 3_600_000;

export interface KeptArchive {
  /** Of the file in the folder. */
  readonly name: string;
  /** Differs between files of one name: an archive says when it was made, so another making has other bytes. */
  readonly tag: string;
}

/**
 * Archives that are kept between requests, up to a number of bytes. Several processes share the folder: a file appears
 * when it is complete, and may be gone at any time, removed by another one.
 */
export interface ArchiveFolder {
  readonly folder: string;
  /** Notes that it is used. */
  find(name: string): Promise<KeptArchive | undefined>;
  /** @throws CannotWrite, ArchiveTooLarge (from `append`) when it alone is larger than what may be kept */
  openSink(name: string): Promise<ArchiveSink>;
  /**
   * A place for a file that a library writes by its path, up to `maxBytes`; `finish` puts it into service.
   * @throws CannotWrite
   */
  reserve(name: string): Promise<{ readonly path: string; readonly maxBytes: number; finish(): Promise<void> }>;
  /** Removes what was not used for longest, as long as there is too much; never `spared`. */
  sweep(spared: string): Promise<void>;
}

/** The folder is made when it is first needed, not the one that it lies in. Callers may read what errors say. */
export function archiveFolder(folder: string, maxBytes: number): ArchiveFolder {
  const pathOf = (name: string) => path.join(folder, name);
  const shown = (name: string) => `DATA_DIR/${path.basename(folder)}/${name}`;
  const makeFolder = (name: string) =>
    mkdir(folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw toWriteFailure(error, shown(name));
    });

  return {
    folder,

    find: async (name) => {
      const found = await stat(pathOf(name)).catch(() => undefined);
      if (!found) return undefined;
      // By hand: most disks are mounted so that reading leaves no trace. It may have gone meanwhile.
      await utimes(pathOf(name), new Date(), found.mtime).catch(() => undefined);
      return { name, tag: `${found.size.toString(36)}.${Math.round(found.mtimeMs).toString(36)}` };
    },

    openSink: async (name) => {
      await makeFolder(name);
      const sink = await openArchiveFile(pathOf(name), shown(name));
      let written = 0;
      return {
        ...sink,
        append: async (bytes) => {
          written += bytes.length;
          if (written > maxBytes) {
            throw new ArchiveTooLarge(
              `This server keeps archives of ${(maxBytes / 1e6).toLocaleString('en')} MB at most, and this one is larger: ` +
                'ask for a lower maxzoom, or make it with the command "npm run export -- pmtiles".',
            );
          }
          await sink.append(bytes);
        },
      };
    },

    reserve: async (name) => {
      await makeFolder(name);
      const unfinished = `${pathOf(name)}.${process.pid}.part`;
      // What a process with the same number left that was killed.
      for (const left of [unfinished, `${unfinished}.lock`]) await rm(left, { force: true, recursive: true });
      return { path: unfinished, maxBytes, finish: () => rename(unfinished, pathOf(name)) };
    },

    sweep: async (spared) => {
      const names = await readdir(folder);
      const files = await Promise.all(
        names.map((name) =>
          stat(pathOf(name)).then(
            ({ size, atimeMs, mtimeMs }) => [{ name, size, atimeMs, mtimeMs }],
            () => [],
          ),
        ),
      );
      let kept = 0;
      for (const { name, size, mtimeMs } of files.flat().toSorted((a, b) => b.atimeMs - a.atimeMs)) {
        // SQLite here marks a file that it has open by a folder beside it.
        const isUnfinished = /\.part(\.lock)?$/.test(name);
        if (!isUnfinished) kept += size;
        const goes = isUnfinished ? Date.now() - mtimeMs > ABANDONED_MS : kept > maxBytes && name !== spared;
        if (goes) await rm(pathOf(name), { force: true, recursive: true });
      }
    },
  };
}
