import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Catalogue, PublishedLayer } from '../core/catalogue.ts';
import type { Run } from '../query/sql.ts';
import { openTileFile, type TileFile } from './files/open.ts';
import { PART_SUFFIX, TooManyBytes, writeTileFile } from './files/write.ts';

/** How soon a process looks again for a file that another one is writing, or tries again to write one, and at least how often. */
const LOOK_AGAIN_MS = { first: 250, last: 60_000 };
/** Requests under way may still read a file whose layer has been published anew. */
const CLOSE_AFTER_MS = 60_000;
/** What another process writes grows all the time: one that has ended leaves it as it is. */
const ABANDONED_AFTER_MS = 600_000;
const SUFFIX = '.tiles';

export interface TileFilesOptions {
  readonly folder: string;
  /** In the lane for jobs. */
  readonly run: Run;
  /** Of several processes with one folder, one writes. */
  readonly writes: boolean;
  /** Of all files together. */
  readonly maxBytes: number;
  readonly onError: (error: unknown, layerId: string) => void;
}

/**
 * Files of the tiles that are stored in the database, one for each version of a layer, beside the processes that serve
 * them. They can be lost at any time: until a file is there, the database answers.
 */
export interface TileFiles {
  /** The file of the version, when it is open. */
  of(layer: PublishedLayer): TileFile | undefined;
  /** Sees to the files of these layers. */
  follow(catalogue: Catalogue): void;
  /** Resolves when nothing is left to write or to open. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

const hasTiles = ({ prepared }: PublishedLayer) =>
  prepared.stamp !== null && (prepared.storedItems !== null || prepared.storedHexes !== null);

export function tileFiles({ folder, run, writes, maxBytes, onError }: TileFilesOptions): TileFiles {
  const open = new Map<string, TileFile>();
  /** Versions that will have none: there is no room for them. */
  const refused = new Set<string>();
  let wanted: readonly PublishedLayer[] = [];
  let working: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let pause = LOOK_AGAIN_MS.first;
  let closed = false;

  const stampOf = (layer: PublishedLayer) => layer.prepared.stamp as string;
  const fileOf = (layer: PublishedLayer) => path.join(folder, `${stampOf(layer)}${SUFFIX}`);

  /** Removes the files of versions that are no longer served; resolves to the bytes of those that stay. */
  async function tidy(): Promise<number> {
    const served = new Set(wanted.map((layer) => `${stampOf(layer)}${SUFFIX}`));
    let bytes = 0;
    for (const name of await readdir(folder)) {
      const file = path.join(folder, name);
      const known = await stat(file).catch(() => null);
      if (!known) continue;
      const isBeingWritten = name.endsWith(PART_SUFFIX) && Date.now() - known.mtimeMs < ABANDONED_AFTER_MS;
      if (served.has(name)) bytes += known.size;
      else if (!isBeingWritten) await rm(file, { force: true });
    }
    return bytes;
  }

  async function openOne(layer: PublishedLayer): Promise<boolean> {
    const file = await openTileFile(fileOf(layer));
    if (file) open.set(stampOf(layer), file);
    return file !== null;
  }

  async function work(): Promise<void> {
    if (writes) await mkdir(folder, { recursive: true, mode: 0o700 });
    let bytes = writes ? await tidy() : 0;
    for (const layer of wanted) {
      const stamp = stampOf(layer);
      if (closed || open.has(stamp) || refused.has(stamp)) continue;
      try {
        if ((await openOne(layer)) || !writes) continue;
        bytes += await writeTileFile(run, layer, fileOf(layer), maxBytes - bytes);
        await openOne(layer);
      } catch (error) {
        // Anything else may pass: the database is away, the disk is full.
        if (error instanceof TooManyBytes) refused.add(stamp);
        onError(error, layer.id);
      }
    }
  }

  function begin(): void {
    clearTimeout(timer);
    working = working
      .then(work)
      .catch((error) => onError(error, ''))
      .then(() => {
        const isMissing = wanted.some((layer) => !open.has(stampOf(layer)) && !refused.has(stampOf(layer)));
        if (closed || !isMissing) return;
        timer = setTimeout(begin, pause).unref();
        pause = Math.min(pause * 2, LOOK_AGAIN_MS.last);
      });
  }

  return {
    of: (layer) => (layer.prepared.stamp === null ? undefined : open.get(layer.prepared.stamp)),
    follow: ({ layers }) => {
      wanted = layers.filter(hasTiles);
      const stamps = new Set(wanted.map(stampOf));
      for (const [stamp, file] of open) {
        if (stamps.has(stamp)) continue;
        open.delete(stamp);
        setTimeout(() => void file.close(), CLOSE_AFTER_MS).unref();
      }
      pause = LOOK_AGAIN_MS.first;
      begin();
    },
    settled: () => working,
    close: async () => {
      closed = true;
      clearTimeout(timer);
      await working;
      await Promise.all([...open.values()].map((file) => file.close()));
      open.clear();
    },
  };
}
