import type { Map as MapLibre } from 'maplibre-gl';

const NARROW = '(max-width: 959px)';

/** Moves the map to a box (west, south, east, north) so that it lies beside the panels, or above them on a narrow screen. */
export function focusOn(map: MapLibre, box: readonly [number, number, number, number]): void {
  const isNarrow = matchMedia(NARROW).matches;
  const { clientWidth, clientHeight } = map.getContainer();
  const padding = isNarrow
    ? { left: 24, right: 24, top: 24, bottom: Math.round(clientHeight * 0.45) }
    : { left: Math.min(372, clientWidth * 0.3), right: Math.min(560, clientWidth * 0.45), top: 40, bottom: 140 };
  map.fitBounds([box[0], box[1], box[2], box[3]], { padding, maxZoom: 9 });
}
