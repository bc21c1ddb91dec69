import type { Map as MapLibre } from 'maplibre-gl';
import { type Box, fitFree } from './free-space.ts';

/** Moves the map to a box (west, south, east, north) so that it fills what no panel covers. */
export function focusOn(map: MapLibre, box: Box): void {
  fitFree(map, box, { maxZoom: 9 });
}
