import { open } from 'node:fs/promises';
import { PMTiles, type Source } from 'pmtiles';
import type { TileCoord } from '../../server/core/tile.ts';

/** An archive in memory, as the reader of the protomaps project sees it. */
export function readBytes(archive: Uint8Array): PMTiles {
  return new PMTiles(sourceOf('memory', async (offset, length) => archive.subarray(offset, offset + length)));
}

/** An archive in a file; each read opens it, so that nothing is left open. */
export function readFileArchive(file: string): PMTiles {
  return new PMTiles(
    sourceOf(file, async (offset, length) => {
      const handle = await open(file);
      const { buffer, bytesRead } = await handle.read(new Uint8Array(length), 0, length, offset);
      await handle.close();
      return buffer.subarray(0, bytesRead);
    }),
  );
}

function sourceOf(key: string, read: (offset: number, length: number) => Promise<Uint8Array>): Source {
  return {
    getKey: () => key,
    // A copy: the slice of a Buffer shares the memory of the whole.
    getBytes: async (offset, length) => ({ data: new Uint8Array(await read(offset, length)).buffer }),
  };
}

/** A tile's bytes, no longer compressed, or null where the archive has none. */
export async function readTile(archive: PMTiles, { z, x, y }: TileCoord): Promise<Buffer | null> {
  const found = await archive.getZxy(z, x, y);
  return found ? Buffer.from(found.data) : null;
}
