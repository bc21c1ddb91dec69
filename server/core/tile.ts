import { InvalidParameter, TileOutOfRange } from './errors.ts';

/** A tile of WebMercatorQuad (XYZ: x to the east, y to the south). */
export interface TileCoord {
  readonly z: number;
  readonly x: number;
  readonly y: number;
}

export const MAX_ZOOM = 22;

/** Units across a tile in its own grid; `extent` means this in MVT, and a bbox elsewhere. */
export const TILE_EXTENT = 4096;

/** Units drawn beyond each edge, so that lines and outlines meet their continuation in the next tile. */
export const TILE_BUFFER = 64;

/**
 * Reads three path segments.
 * @throws InvalidParameter when one is not a whole number; TileOutOfRange when the matrix has no such tile.
 */
export function parseTileCoord(z: string, x: string, y: string): TileCoord {
  const faults = Object.entries({ z, x, y })
    .filter(([, text]) => !/^\d{1,8}$/.test(text))
    .map(([parameter, text]) => ({
      parameter,
      detail: `The tile address takes whole numbers: ${parameter} is "${text.slice(0, 40)}".`,
    }));
  if (faults.length > 0) throw new InvalidParameter(faults);
  const coord = { z: Number(z), x: Number(x), y: Number(y) };
  if (coord.z > MAX_ZOOM) throw new TileOutOfRange(`Zoom ${coord.z} is not served: zooms go from 0 to ${MAX_ZOOM}.`);
  const last = 2 ** coord.z - 1;
  if (coord.x > last || coord.y > last) {
    throw new TileOutOfRange(
      `At zoom ${coord.z}, x and y go from 0 to ${last}: there is no tile ${coord.x}/${coord.y}.`,
    );
  }
  return coord;
}
