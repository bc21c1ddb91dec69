import { gzipSync } from 'node:zlib';
import { toVarints } from './varint.ts';

/** Where a tile's bytes lie. */
export interface Entry {
  readonly tileId: number;
  /** From the start of the tile data; of a leaf directory: from the start of the leaf directories. */
  readonly offset: number;
  readonly length: number;
  /** How many tiles from `tileId` on have these bytes; 0: they are a leaf directory that begins with `tileId`. */
  readonly runLength: number;
}

/** Header and root directory come in a client's first request, of 16 KiB. */
export const ROOT_LIMIT = 16_384 - 127;

const FIRST_LEAF_SIZE = 4096;

/** A directory as it stands in the archive: columns of varints, then gzip. */
function toDirectory(entries: readonly Entry[]): Uint8Array {
  const column = (of: (entry: Entry, before: Entry | undefined) => number) =>
    entries.map((entry, index) => of(entry, entries[index - 1]));
  return gzipSync(
    toVarints([
      entries.length,
      ...column(({ tileId }, before) => tileId - (before?.tileId ?? 0)),
      ...column(({ runLength }) => runLength),
      ...column(({ length }) => length),
      // 0: right behind the one before.
      ...column(({ offset }, before) => (before && offset === before.offset + before.length ? 0 : offset + 1)),
    ]),
  );
}

export interface Directories {
  readonly root: Uint8Array;
  /** The leaf directories, one after the other; no bytes when the root holds every entry. */
  readonly leaves: Uint8Array;
}

function withLeaves(entries: readonly Entry[], leafSize: number): Directories {
  const leaves: Uint8Array[] = [];
  const pointers: Entry[] = [];
  let offset = 0;
  for (let start = 0; start < entries.length; start += leafSize) {
    const leaf = toDirectory(entries.slice(start, start + leafSize));
    pointers.push({ tileId: (entries[start] as Entry).tileId, offset, length: leaf.length, runLength: 0 });
    leaves.push(leaf);
    offset += leaf.length;
  }
  return { root: toDirectory(pointers), leaves: Buffer.concat(leaves) };
}

/**
 * The directories of an archive. Leaves are made only when the root alone would pass its limit, and as large as needed
 * for the root of pointers to stay below it: a client then finds any tile in two reads.
 */
export function toDirectories(entries: readonly Entry[]): Directories {
  // An entry seldom takes less than two bits after gzip: beyond that the attempt is only slow.
  const root = entries.length < ROOT_LIMIT * 4 ? toDirectory(entries) : undefined;
  if (root && root.length <= ROOT_LIMIT) return { root, leaves: new Uint8Array(0) };
  for (let leafSize = FIRST_LEAF_SIZE; ; leafSize *= 2) {
    const directories = withLeaves(entries, leafSize);
    if (directories.root.length <= ROOT_LIMIT) return directories;
  }
}
