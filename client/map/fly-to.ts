import type { CameraOptions, Map as MapLibre } from 'maplibre-gl';

/** Long enough to follow with the eyes, short enough to be waited for. */
const FLIGHT_MS = 1_600;
/** How far out the way goes: little, so that nobody loses the place. MapLibre's own is 1.42. */
const CURVE = 1.1;

/** Takes the map to a place calmly, from wherever it is on its way to; at once for readers who want nothing to move. */
export function flyTo(map: MapLibre, place: Pick<CameraOptions, 'center' | 'zoom'>): void {
  map.stop();
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) map.jumpTo(place);
  else map.flyTo({ ...place, duration: FLIGHT_MS, curve: CURVE });
}
