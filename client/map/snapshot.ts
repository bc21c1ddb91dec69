import type { Map as MapLibre } from 'maplibre-gl';
import { isBusy } from '../state.ts';
import { mainMap } from './main-map.ts';

/** Pictures of the page's map. */

/** Between two looks at whether it rests, milliseconds, and how often in a row it must. */
const LOOK_MS = 80;
const LOOKS = 5;

export interface Snapshot {
  readonly canvas: HTMLCanvasElement;
  /** Of the map on the page, CSS pixels. */
  readonly width: number;
  readonly height: number;
}

/** Waits until the map has drawn all that it asked for and everything is counted; false when that takes too long. */
export async function untilDrawn(limitMs: number): Promise<boolean> {
  const map = mainMap?.map;
  if (!map) return false;
  const until = Date.now() + limitMs;
  for (let looks = 0; Date.now() < until; ) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    looks = !isBusy.peek() && map.loaded() && map.areTilesLoaded() && !map.isMoving() ? looks + 1 : 0;
    if (looks === LOOKS) return true;
  }
  return false;
}

/**
 * The map and what lies over it (grids, measures), `ratio` pixels for each of the page's; null where there is no map or no
 * WebGL. `limitMs`: how long it may take until it is drawn anew that finely.
 */
export async function snapshot(ratio: number, limitMs: number): Promise<Snapshot | null> {
  const map = mainMap?.map;
  if (!map) return null;
  const before = map.getPixelRatio();
  try {
    if (before !== ratio) map.setPixelRatio(ratio);
    await untilDrawn(limitMs);
    return await copyOf(map);
  } finally {
    if (before !== ratio) map.setPixelRatio(before);
  }
}

/** In the frame in which it is drawn: the buffer of WebGL is empty after it. */
function copyOf(map: MapLibre): Promise<Snapshot | null> {
  return new Promise((resolve) => {
    map.once('render', () => {
      const drawn = map.getCanvas();
      const { clientWidth: width, clientHeight: height } = map.getContainer();
      const canvas = document.createElement('canvas');
      canvas.width = drawn.width;
      canvas.height = drawn.height;
      const context = canvas.getContext('2d');
      if (!context) return resolve(null);
      context.drawImage(drawn, 0, 0);
      const over = map.getCanvasContainer().querySelector<HTMLCanvasElement>('canvas.overlay');
      if (over && over.width > 0) context.drawImage(over, 0, 0, canvas.width, canvas.height);
      resolve({ canvas, width, height });
    });
    map.triggerRepaint();
  });
}

/** Where on the map, in CSS pixels from its upper left corner, a place lies. Longitude first. */
export function placeOnMap(lon: number, lat: number): { readonly x: number; readonly y: number } | null {
  return mainMap ? mainMap.map.project([lon, lat]) : null;
}

/** West, south, east, north of what the map shows, degrees. */
export function shownBounds(): readonly [number, number, number, number] | null {
  if (!mainMap) return null;
  const bounds = mainMap.map.getBounds();
  return [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
}
