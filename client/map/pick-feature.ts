import { effect } from '@preact/signals';
import type { Map as MapLibre } from 'maplibre-gl';
import { layerOf } from '../map-style.ts';
import { hasMissed, picking, stopPicking } from '../state/picking.ts';
import { featuresAt } from './features-at.ts';
import { lendFocus } from './lend-focus.ts';

/** Map to store: the feature that is to be taken into a question. While it lasts a click on the map asks about no place. */
export function pickFeature(map: MapLibre): void {
  const pick = (point: { x: number; y: number }) => {
    const { value: current } = picking;
    const found = featuresAt(map, point).find(
      (feature) => !('cell' in feature.properties) && current?.accepts(layerOf(feature.layer) ?? ''),
    );
    hasMissed.value = !found;
    if (!current || !found) return;
    stopPicking();
    current.onPicked(layerOf(found.layer) ?? '', Number(found.id));
  };
  const isCanvas = (event: Event) => picking.peek() !== null && event.target === map.getCanvas();
  map.getContainer().addEventListener(
    'click',
    (event) => {
      if (!isCanvas(event)) return;
      event.stopPropagation();
      const { left, top } = map.getCanvas().getBoundingClientRect();
      pick({ x: event.clientX - left, y: event.clientY - top });
    },
    { capture: true },
  );
  addEventListener(
    'keydown',
    (event) => {
      if (picking.peek() === null) return;
      if (event.key === 'Escape') stopPicking();
      else if (event.key === 'Enter' && isCanvas(event)) pick(map.project(map.getCenter()));
      else return;
      event.stopImmediatePropagation();
    },
    { capture: true },
  );
  effect(() => (picking.value ? lendFocus(map) : undefined));
}
