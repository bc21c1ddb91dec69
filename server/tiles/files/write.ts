import { open, rename, rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { printIndex, type TileFileEntry, tileKey } from '../../encode/tile-file.ts';
import { type StoredRow, storedPage } from '../../query/prepare/tiles.ts';
import type { Run } from '../../query/sql.ts';

/** Of a file that is being written. */
export const PART_SUFFIX = '.part';
const PAGE = 200;
const unpack = promisify(gunzip);

/** The file would pass the bytes that it may have. */
export class TooManyBytes extends Error {}

/**
 * Copies the stored tiles of a version from the database into a file, which is there whole or not at all. Resolves to
 * its bytes.
 * @throws TooManyBytes; what the database and the disk throw
 */
export async function writeTileFile(
  run: Run,
  version: { readonly table: string },
  file: string,
  maxBytes: number,
): Promise<number> {
  const part = `${file}.${process.pid}${PART_SUFFIX}`;
  const handle = await open(part, 'w', 0o600);
  try {
    const entries: TileFileEntry[] = [];
    let offset = 0;
    let last: StoredRow | null = null;
    do {
      const rows: StoredRow[] = await run<StoredRow>(storedPage(version, last, PAGE));
      const pieces: Buffer[] = [];
      for (const { family, z, x, y, mvt, counts } of rows) {
        const told = counts ? await unpack(counts) : Buffer.alloc(0);
        entries.push({
          key: tileKey(family, { z, x, y }),
          offset,
          tileLength: mvt.length,
          countsLength: told.length,
        });
        pieces.push(mvt, told);
        offset += mvt.length + told.length;
      }
      if (offset > maxBytes) throw new TooManyBytes(`The tiles of ${version.table} take more than ${maxBytes} bytes.`);
      for (const piece of pieces) await handle.write(piece);
      last = rows.at(-1) ?? null;
    } while (last);
    const index = printIndex(entries, offset);
    await handle.write(index);
    await handle.sync();
    await handle.close();
    await rename(part, file);
    return offset + index.length;
  } catch (error) {
    await handle.close().catch(() => undefined);
    await rm(part, { force: true });
    throw error;
  }
}
