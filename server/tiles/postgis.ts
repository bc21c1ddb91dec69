import type { PublishedLayer } from '../core/catalogue.ts';
import type { TileCoord } from '../core/tile.ts';
import { joinGzip } from '../encode/gzip.ts';
import { type Filter, isUnfiltered } from '../query/filter.ts';
import { storedTileWithCounts } from '../query/prepare/tiles.ts';
import type { Run } from '../query/sql.ts';
import { hexTileQuery, showsHexagons, tileQuery } from '../query/tile.ts';
import type { StoredTile, TileFile } from './files/open.ts';
import { joinTiles, NOTHING } from './join.ts';
import { type Narrow, narrowing, unpack } from './narrow.ts';
import type { EncodedTile, TileSource } from './source.ts';
import { type StoredPart, storedTileReader } from './stored.ts';

interface Wanted extends StoredPart {
  readonly filter: Filter;
}

/** Whether a tile of everything was stored when the layer was published. */
function isStored({ layer, family }: Wanted, z: number): boolean {
  const zooms = family === 'hexes' ? layer.prepared.storedHexes : layer.prepared.storedItems;
  return zooms !== null && z >= zooms[0] && z <= zooms[1];
}

/** Finds the file with the stored tiles of a layer, where there is one. */
export type FindTileFile = (layer: PublishedLayer) => TileFile | undefined;

/**
 * Tiles of saved layers: read where they are stored or cut from what is stored, else made by PostGIS (`ST_AsMVT`).
 * Stored ones come from a file, and from the database as long as there is none.
 */
export function postgisTiles(run: Run, fileOf: FindTileFile = () => undefined): TileSource {
  const readStored = storedTileReader(run);

  async function readParts(wanted: readonly Wanted[], coord: TileCoord, signal?: AbortSignal): Promise<Buffer[]> {
    const reading: Promise<Buffer | null>[] = [];
    for (const { layer, family } of wanted) {
      const file = fileOf(layer);
      if (!file) return readStored(wanted, coord, signal);
      reading.push(file.tile(family, coord));
    }
    return (await Promise.all(reading)).filter((part) => part !== null);
  }

  async function read(wanted: readonly Wanted[], coord: TileCoord, signal?: AbortSignal): Promise<EncodedTile> {
    const parts = await readParts(wanted, coord, signal);
    return parts.length === 0 ? NOTHING : { bytes: joinGzip(parts), encoding: 'gzip' };
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

  async function readWithCounts({ layer, family }: Wanted, coord: TileCoord, signal?: AbortSignal) {
    const file = fileOf(layer);
    if (file) return file.tileWithCounts(family, coord);
    const [row] = await run<StoredTile>(storedTileWithCounts(layer, family, coord), signal);
    return row ? { mvt: row.mvt, counts: row.counts && (await unpack(row.counts)) } : null;
  }

  async function narrowed(one: Wanted, narrow: Narrow, coord: TileCoord, signal?: AbortSignal): Promise<EncodedTile> {
    const stored = await readWithCounts(one, coord, signal);
    if (!stored) return NOTHING;
    const bytes = await narrow(stored);
    return bytes ? { bytes, encoding: 'identity' } : make([one], coord, signal);
  }

  async function tile(wanted: readonly Wanted[], coord: TileCoord, signal?: AbortSignal): Promise<EncodedTile> {
    const whole: Wanted[] = [];
    const others: Wanted[] = [];
    const parts: Promise<EncodedTile>[] = [];
    for (const one of wanted) {
      const isThere = isStored(one, coord.z);
      if (isThere && isUnfiltered(one.layer, one.filter)) {
        whole.push(one);
        continue;
      }
      const narrow = isThere ? narrowing(one, one.filter) : null;
      if (narrow) parts.push(narrowed(one, narrow, coord, signal));
      else others.push(one);
    }
    if (whole.length > 0) parts.push(read(whole, coord, signal));
    if (others.length > 0) parts.push(make(others, coord, signal));
    return joinTiles(await Promise.all(parts));
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
