import { toGzip } from '../encode/gzip.ts';
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

/** No bytes are a tile with nothing in it, in either encoding. */
function packed({ bytes, encoding }: EncodedTile): Buffer | Promise<Buffer> {
  if (encoding === 'identity' || bytes.length === 0) return toGzip(bytes);
  // In memory of its own: what comes from the database may be a view of a larger piece, which it would keep alive.
  const copy = Buffer.allocUnsafeSlow(bytes.length);
  copy.set(bytes);
  return copy;
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
        const tile = { gzip: await packed(await make(allGone)), version };
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
