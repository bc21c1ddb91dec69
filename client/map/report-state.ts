import type { Map as MapLibre } from 'maplibre-gl';
import * as state from '../state.ts';
import { drawnClasses } from './drawn-classes.ts';
import { lookAround } from './in-view.ts';
import { reportFailures } from './report-failures.ts';

/** Map to store: where it is, whether it loads, what failed. */
export function reportState(map: MapLibre): void {
  const report = () => {
    const { lng, lat } = map.getCenter();
    state.view.value = { lon: lng, lat, zoom: map.getZoom() };
  };
  map.on('moveend', report);
  map.once('load', report);
  map.on('dataloading', () => {
    state.isLoading.value = true;
  });
  map.on('idle', () => {
    state.isLoading.value = false;
    state.drawnClasses.value = drawnClasses(map);
    if (!state.isCounting.peek()) lookAround(map);
  });
  reportFailures(map);
}
