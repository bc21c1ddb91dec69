import type { TileCoord } from '../../core/tile.ts';
import { tileAtPlace } from '../../encode/pmtiles/tile-id.ts';

/** Of some tiles of one zoom, the indices of those that may hold something, rising. */
export type Occupied = (z: number, tiles: readonly TileCoord[]) => Promise<readonly number[]>;

/** How many tiles' children are asked about at once. */
const PARENTS = 64;

function childPlaces(z: number, parents: readonly number[]): number[] {
  return z === 0 ? [0] : parents.flatMap((place) => [4 * place, 4 * place + 1, 4 * place + 2, 4 * place + 3]);
}

/**
 * The tiles that may hold something, in the order of an archive: zoom by zoom, each along the Hilbert curve.
 *
 * It descends where `occupied` says that something lies within reach, never by whether the tile above was empty: a line
 * shorter than a pixel is left out of a tile and is in the ones below it, and a hexagon of one zoom does not lie inside
 * those of the zoom before. Keeps a number for each tile of two zooms.
 */
export async function* walk(occupied: Occupied, minzoom: number, maxzoom: number): AsyncGenerator<TileCoord> {
  let parents: readonly number[] = [0];
  for (let z = 0; z <= maxzoom; z += 1) {
    const found: number[] = [];
    for (let start = 0; start < parents.length; start += PARENTS) {
      const places = childPlaces(z, parents.slice(start, start + PARENTS));
      const tiles = places.map((place) => tileAtPlace(z, place));
      for (const index of await occupied(z, tiles)) {
        found.push(places[index] as number);
        if (z >= minzoom) yield tiles[index] as TileCoord;
      }
    }
    parents = found;
  }
}
