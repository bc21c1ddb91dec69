import type { Map as MapLibre } from 'maplibre-gl';
import { type Box, fitFree, freeSpace } from './free-space.ts';

/** So that what is drawn from a zoom on is drawn at it. */
const ABOVE = 0.05;

/**
 * Moves the map to a box (west, south, east, north) so that it fills what no panel covers; no further out than `least`,
 * where the middle of the box is shown.
 */
export function focusOn(map: MapLibre, [west, south, east, north, least = 0]: readonly [...Box, least?: number]): void {
  const box: Box = [west, south, east, north];
  const whole = map.cameraForBounds([...box], { padding: freeSpace(map.getContainer()) })?.zoom ?? least;
  const part = Math.min(1, 2 ** (whole - least - ABOVE));
  fitFree(map, part < 1 ? around(box, part) : box, { maxZoom: Math.max(9, least + ABOVE) });
}

/** A part of a box, from its middle. */
function around([west, south, east, north]: Box, part: number): Box {
  const [x, y, across, down] = [(west + east) / 2, (south + north) / 2, (east - west) / 2, (north - south) / 2];
  return [x - across * part, y - down * part, x + across * part, y + down * part];
}
