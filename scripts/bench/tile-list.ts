import type { TileCoord } from '../../server/core/tile.ts';
import { type Random, seeded } from './random.ts';

export type ZoomClass = 'low' | 'mid' | 'high';
export const ZOOM_CLASSES: readonly ZoomClass[] = ['low', 'mid', 'high'];

/** First and last zoom of each class. */
const ZOOMS: Readonly<Record<ZoomClass, readonly [number, number]>> = { low: [4, 6], mid: [7, 9], high: [10, 12] };

/**
 * A tile comes again only after this many others: requests for one tile at the same time share one query in our server,
 * and there are some 25 tiles of zooms 4 to 6 in all.
 */
const APART = 16;
const SEED = 300;
const TRIES = 200;

export type TileList = Readonly<Record<ZoomClass, readonly TileCoord[]>>;

/** The tile of a zoom in which a position lies (degrees, EPSG:4326; Web Mercator tiles). */
export function tileAt(z: number, lon: number, lat: number): TileCoord {
  const sin = Math.sin((lat * Math.PI) / 180);
  const count = 2 ** z;
  const x = Math.floor(count * (lon / 360 + 0.5));
  const y = Math.floor(count * (0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)));
  return { z, x, y };
}

function pick(random: Random, zooms: ZoomClass, places: readonly (readonly [number, number])[]): TileCoord {
  const [first, last] = ZOOMS[zooms];
  const z = first + Math.floor((last - first + 1) * random());
  const [lon, lat] = places[Math.floor(places.length * random())] as readonly [number, number];
  return tileAt(z, lon, lat);
}

/** Tiles that each hold one of the places, so none is empty, and crowded ones come more often: `perClass` of each class. */
export function tileList(places: readonly (readonly [number, number])[], perClass: number): TileList {
  const random = seeded(SEED);
  const listOf = (zooms: ZoomClass) => {
    const tiles: TileCoord[] = [];
    for (let tries = 0; tiles.length < perClass; tries++) {
      const tile = pick(random, zooms, places);
      const isNear = tiles.slice(-APART).some(({ z, x, y }) => z === tile.z && x === tile.x && y === tile.y);
      if (isNear && tries < TRIES * perClass) continue;
      tiles.push(tile);
    }
    return tiles;
  };
  return { low: listOf('low'), mid: listOf('mid'), high: listOf('high') };
}
