import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { PublishedLayer } from '../core/catalogue.ts';
import type { TileCoord } from '../core/tile.ts';
import { type Filter, isUnfiltered } from '../query/filter.ts';
import { storedTiles, type TileFamily } from '../query/prepare/tiles.ts';
import type { Run } from '../query/sql.ts';
import { hexTileQuery, showsHexagons, tileQuery } from '../query/tile.ts';
import type { EncodedTile, TileSource } from './source.ts';

const decompress = promisify(gunzip);

interface Wanted {
  readonly layer: PublishedLayer;
  readonly filter: Filter;
  readonly family: TileFamily;
}

/** Whether the tile was made when the layer was published. */
function isStored({ layer, filter, family }: Wanted, z: number): boolean {
  const zooms = family === 'hexes' ? layer.prepared.storedHexes : layer.prepared.storedItems;
  return zooms !== null && z >= zooms[0] && z <= zooms[1] && isUnfiltered(layer, filter);
}

/** Tiles of saved layers: read where they are stored, else made by PostGIS (`ST_AsMVT`). */
export function postgisTiles(run: Run): TileSource {
  async function read(wanted: readonly Wanted[], coord: TileCoord, signal?: AbortSignal): Promise<EncodedTile> {
    const rows = await run<{ layer: number; mvt: Buffer }>(storedTiles(wanted, coord), signal);
    const [only] = rows;
    if (!only) return { bytes: Buffer.alloc(0), encoding: 'identity' };
    if (rows.length === 1) return { bytes: only.mvt, encoding: 'gzip' };
    // A tile of several layers is their bytes one after the other.
    const inOrder = rows.toSorted((a, b) => a.layer - b.layer);
    return { bytes: Buffer.concat(await Promise.all(inOrder.map(({ mvt }) => decompress(mvt)))), encoding: 'identity' };
  }

  async function make(wanted: readonly Wanted[], coord: TileCoord, signal?: AbortSignal): Promise<EncodedTile> {
    const [first] = wanted;
    const query =
      wanted.length === 1 && first?.family === 'hexes'
        ? hexTileQuery(first.layer, coord, first.filter)
        : tileQuery(
            wanted.map(({ layer }) => layer),
            coord,
            wanted.map(({ filter }) => filter),
          );
    const [row] = await run<{ mvt: Buffer }>(query, signal);
    return { bytes: row?.mvt ?? Buffer.alloc(0), encoding: 'identity' };
  }

  async function tile(wanted: readonly Wanted[], coord: TileCoord, signal?: AbortSignal): Promise<EncodedTile> {
    const stored = wanted.filter((one) => isStored(one, coord.z));
    if (stored.length === wanted.length) return read(stored, coord, signal);
    const others = wanted.filter((one) => !isStored(one, coord.z));
    if (stored.length === 0) return make(others, coord, signal);
    const parts = await Promise.all([read(stored, coord, signal), make(others, coord, signal)]);
    const plain = parts.map(({ bytes, encoding }) => (encoding === 'gzip' ? decompress(bytes) : bytes));
    return { bytes: Buffer.concat(await Promise.all(plain)), encoding: 'identity' };
  }

  return {
    tile: (layers, coord, filters, signal) => {
      const wanted = layers.map((layer, index) => ({
        layer,
        filter: filters[index] as Filter,
        family: showsHexagons(layer, coord.z) ? ('hexes' as const) : ('items' as const),
      }));
      return tile(wanted, coord, signal);
    },
    hexTile: (layer, coord, filter, signal) => tile([{ layer, filter, family: 'hexes' }], coord, signal),
  };
}
