import { promisify } from 'node:util';
import { gzip, gzipSync } from 'node:zlib';
import { ByteLru } from './lru.ts';
import { SingleFlight } from './single-flight.ts';
import type { EncodedTile } from './source.ts';

/** A tile as it is kept and sent: gzipped. */
export interface CachedTile {
  readonly gzip: Buffer;
  /** Of the layers that it was made from; see `TileCache.retain`. */
  readonly version: string;
}

export interface CacheStats {
  readonly hits: number;
  /** Asked for and not there; `shared` of them waited for a query that was under way already. */
  readonly misses: number;
  readonly shared: number;
  readonly bytes: number;
  readonly entries: number;
}

const compress = promisify(gzip);

/**
 * In memory of its own and of its very size: a small Buffer is otherwise a view of a slab of 8 KB, which one forgotten
 * tile would keep alive.
 */
function ownCopy(bytes: Uint8Array): Buffer {
  const copy = Buffer.allocUnsafeSlow(bytes.byteLength);
  copy.set(bytes);
  return copy;
}

/** No bytes are a tile with nothing in it, in either encoding. */
async function toGzip({ bytes, encoding }: EncodedTile): Promise<Buffer> {
  if (encoding === 'gzip' && bytes.length > 0) return ownCopy(bytes);
  // The way to another thread and back takes longer than compressing little.
  return ownCopy(bytes.length < 16_384 ? gzipSync(bytes) : await compress(bytes));
}

/**
 * Tiles that this process has made or fetched, the most recently used up to a number of bytes. A key names the layers'
 * generations and the filter, so that an entry is never wrong, only unreachable after a publication.
 */
export class TileCache {
  readonly #tiles: ByteLru<CachedTile>;
  readonly #flights = new SingleFlight<CachedTile>();
  #hits = 0;
  #misses = 0;
  #shared = 0;

  /** 0: nothing is kept; concurrent requests still share one query. */
  constructor(maxBytes: number) {
    this.#tiles = new ByteLru(maxBytes);
  }

  find(key: string): CachedTile | undefined {
    const tile = this.#tiles.get(key);
    if (tile) this.#hits += 1;
    return tile;
  }

  /**
   * Makes the tile, once for all who ask for it at the same time, and keeps it. `make` hears by its signal that all of
   * them have gone.
   * @throws RequestAborted when the caller's `signal` aborts; what `make` throws
   */
  load(
    key: string,
    version: string,
    make: (signal: AbortSignal) => Promise<EncodedTile>,
    signal?: AbortSignal,
  ): Promise<CachedTile> {
    this.#misses += 1;
    let isFirst = false;
    const made = this.#flights.run(
      key,
      async (allGone) => {
        isFirst = true;
        const tile = { gzip: await toGzip(await make(allGone)), version };
        this.#tiles.set(key, tile, tile.gzip.length);
        return tile;
      },
      signal,
    );
    if (!isFirst) this.#shared += 1;
    return made;
  }

  /** Drops the tiles of versions that are not served any more. */
  retain(isServed: (version: string) => boolean): void {
    this.#tiles.retain(({ version }) => isServed(version));
  }

  stats(): CacheStats {
    const { bytes, size: entries } = this.#tiles;
    return { hits: this.#hits, misses: this.#misses, shared: this.#shared, bytes, entries };
  }
}
