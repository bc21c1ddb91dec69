import type { TileCoord } from '../../core/tile.ts';

/**
 * The number of a tile in a PMTiles archive: zooms one after the other, within a zoom along the Hilbert curve. Up to
 * zoom 22 it is below 2^53. https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md
 */

/** How many tiles lie in the zooms before `z`: (4^z - 1) / 3. */
function firstId(z: number): number {
  return (4 ** z - 1) / 3;
}

/** A step of the curve turns and mirrors the quadrant that it enters. `side`: length of the quadrant's side. */
function turned(x: number, y: number, right: number, lower: number, side: number): [number, number] {
  if (lower === 1) return [x, y];
  return right === 1 ? [side - 1 - y, side - 1 - x] : [y, x];
}

/** Place of a tile on the Hilbert curve of its zoom, from 0. */
function toPlace({ z, x: column, y: row }: TileCoord): number {
  let [place, x, y] = [0, column, row];
  for (let side = 2 ** z / 2; side >= 1; side /= 2) {
    const [right, lower] = [x >= side ? 1 : 0, y >= side ? 1 : 0];
    place += side * side * ((3 * right) ^ lower);
    [x, y] = turned(x - right * side, y - lower * side, right, lower, side);
  }
  return place;
}

/**
 * The tile at a place of the Hilbert curve of its zoom. Its four children are at 4 * place and the three places behind,
 * so that the children of a list of tiles in order are in order too.
 */
export function tileAtPlace(z: number, place: number): TileCoord {
  let [x, y] = [0, 0];
  for (let side = 1; side < 2 ** z; side *= 2) {
    const quadrant = Math.floor(place / (side * side)) % 4;
    const right = quadrant >= 2 ? 1 : 0;
    const lower = quadrant === 1 || quadrant === 2 ? 1 : 0;
    [x, y] = turned(x, y, right, lower, side);
    [x, y] = [x + right * side, y + lower * side];
  }
  return { z, x, y };
}

export function toTileId(coord: TileCoord): number {
  return firstId(coord.z) + toPlace(coord);
}
