import { foundPlace, journey, openRecord } from '../state/search.ts';
import { isDrawerOpen } from '../state.ts';
import type { Choice } from './choices.ts';

/** As near as a town fills the map. */
const TOWN_ZOOM = 10;
/** As near as an area is shown at most: a square of a metre would show nothing but itself. */
const MOST_ZOOM = 13;

/** Takes the map to what was chosen, marks it, and opens its card where it is a record. */
export function go({ title, lon, lat, box, isSquare, record }: Choice): void {
  isDrawerOpen.value = false;
  const isArea = box !== null && (box[2] - box[0] > 0.05 || box[3] - box[1] > 0.05 || isSquare);
  journey.value = isArea ? { box, maxZoom: MOST_ZOOM } : { lon, lat, zoom: TOWN_ZOOM };
  foundPlace.value = { lon, lat, name: title, ...(isSquare && box ? { box } : {}) };
  if (record) openRecord(record, { lon, lat });
}
