import { effect } from '@preact/signals';
import type { Map as MapLibre, MapMouseEvent } from 'maplibre-gl';
import * as state from '../state.ts';
import { featuresAt } from './features-at.ts';
import { reveal } from './reveal.ts';
import { toPick } from './to-pick.ts';

/** Map to store: the spot that was clicked, and what lies there. */
export function pickOnClick(map: MapLibre): void {
  map.on('click', (event: MapMouseEvent) => {
    state.spot.value = { lon: event.lngLat.lng, lat: event.lngLat.lat };
  });
  map.getCanvas().addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return;
    const { lng, lat } = map.getCenter();
    state.spot.value = { lon: lng, lat };
  });

  // What lies at the spot changes with the spot, the layers and the window; it is known once the map has drawn them.
  const pick = () => {
    const spot = state.spot.peek();
    if (!spot) return;
    const point = map.project([spot.lon, spot.lat]);
    const { clientWidth, clientHeight } = map.getContainer();
    const isInView = point.x >= 0 && point.y >= 0 && point.x <= clientWidth && point.y <= clientHeight;
    if (isInView || state.picks.peek() === null)
      state.picks.value = featuresAt(map, point).map((feature) => toPick(map, feature));
    if (isHidden) reveal(map, point);
    isHidden = false;
  };
  let isHidden = false;
  let asked: typeof state.spot.value = null;
  let isStale = false;
  effect(() => {
    const { value: spot } = state.spot;
    void state.visible.value;
    void state.timeWindow.value;
    void state.isCounting.value;
    if (!spot) {
      asked = null;
      return;
    }
    const isNew = spot !== asked;
    asked = spot;
    if (isNew) {
      state.picks.value = null;
      isHidden = true;
    }
    if (isNew && map.loaded()) pick();
    else isStale = true;
  });
  // Hexagons come a moment after the clock has moved: what was picked is brought up to date after each rest.
  map.on('idle', () => {
    if (!isStale) return;
    isStale = false;
    pick();
  });
  map.on('sourcedata', (event) => {
    if (event.sourceDataType === 'content' || event.isSourceLoaded) isStale ||= state.spot.peek() !== null;
  });
}
