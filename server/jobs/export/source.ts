import type { PublishedLayer } from '../../core/catalogue.ts';
import type { TileCoord } from '../../core/tile.ts';
import type { Filter } from '../../query/filter.ts';
import type { Run } from '../../query/sql.ts';

interface Tile {
  readonly bytes: Uint8Array;
  readonly encoding: 'gzip' | 'identity';
}

/** Where an export reads: questions, and tiles as `TileSource` of `server/tiles` gives them, a folder of this floor. */
export interface ExportSource {
  readonly run: Run;
  readonly tiles: {
    tile(
      layers: readonly PublishedLayer[],
      coord: TileCoord,
      filters: readonly Filter[],
      signal?: AbortSignal,
    ): Promise<Tile>;
    hexTile(layer: PublishedLayer, coord: TileCoord, filter: Filter, signal?: AbortSignal): Promise<Tile>;
  };
}
