import type { PublishedLayer } from '../core/catalogue.ts';
import type { TileCoord } from '../core/tile.ts';
import type { Filter } from '../query/filter.ts';

/** A Mapbox Vector Tile as it is stored or was made. No bytes: a tile with nothing in it. */
export interface EncodedTile {
  readonly bytes: Uint8Array;
  readonly encoding: 'gzip' | 'identity';
}

/** Where tiles come from. `signal` aborts when nobody waits for the tile any more. */
export interface TileSource {
  /** A tile with a layer for each layer asked for; `filters` in the order of `layers`. */
  tile(
    layers: readonly PublishedLayer[],
    coord: TileCoord,
    filters: readonly Filter[],
    signal?: AbortSignal,
  ): Promise<EncodedTile>;
  /** The same of hexagons with counts, for one layer of points. */
  hexTile(layer: PublishedLayer, coord: TileCoord, filter: Filter, signal?: AbortSignal): Promise<EncodedTile>;
}
