import type { Map as MapLibre } from 'maplibre-gl';

/** Of the list of records, as in records.css. */
const RECORDS_WIDTH = 384;
/** Where lists and layers are sheets at the bottom, as in the style sheets. */
const NARROW = '(max-width: 959px)';

/** Moves the map where the list of records is about to cover the spot: on the right, or below on a narrow screen. */
export function reveal(map: MapLibre, point: { x: number; y: number }): void {
  const { clientWidth, clientHeight } = map.getContainer();
  const { right, bottom } = { right: clientWidth - RECORDS_WIDTH - 40, bottom: clientHeight * 0.4 };
  if (matchMedia(NARROW).matches) {
    if (point.y > bottom) map.panBy([0, point.y - bottom / 2]);
  } else if (point.x > right) map.panBy([point.x - right, 0]);
}
