import type { PublishedLayer } from '../core/catalogue.ts';
import type { TileCoord } from '../core/tile.ts';
import type { Filter } from '../query/filter.ts';

/** Where tiles come from: an empty array is a tile with nothing in it. */
export interface TileSource {
  /** A Mapbox Vector Tile with a layer for each layer asked for; `filters` in the order of `layers`. */
  tile(layers: readonly PublishedLayer[], coord: TileCoord, filters: readonly Filter[]): Promise<Uint8Array>;
  /** The same of hexagons with counts, for one layer of points. */
  hexTile(layer: PublishedLayer, coord: TileCoord, filter: Filter): Promise<Uint8Array>;
}
