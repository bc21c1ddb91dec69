import { effect } from '@preact/signals';
import type { Map as MapLibre } from 'maplibre-gl';
import { clockOf, layerOf } from '../map-style.ts';
import * as state from '../state.ts';

/** Store to map: layers, window, and a view that came from the address. */
export function followStore(map: MapLibre): void {
  let isStyled = false;
  map.once('style.load', () => {
    isStyled = true;
  });
  const whenStyled = (run: () => void) => (isStyled ? run() : void map.once('style.load', run));

  effect(() => {
    const visible = state.visible.value;
    whenStyled(() => {
      for (const layer of map.getStyle().layers) {
        const id = layerOf(layer);
        if (id === undefined) continue;
        const wanted = visible.has(id) ? 'visible' : 'none';
        if ((layer.layout?.visibility ?? 'visible') !== wanted) map.setLayoutProperty(layer.id, 'visibility', wanted);
      }
    });
  });

  effect(() => {
    const { from, to } = clockOf(state.timeWindow.value);
    // Until the map has come to rest in the new window.
    state.isLoading.value = true;
    map.triggerRepaint();
    whenStyled(() => {
      map.setGlobalStateProperty('from', from);
      map.setGlobalStateProperty('to', to);
    });
  });

  effect(() => {
    const view = state.view.value;
    if (!view) return;
    const { lng, lat } = map.getCenter();
    const isThere =
      Math.abs(lng - view.lon) < 1e-4 && Math.abs(lat - view.lat) < 1e-4 && Math.abs(map.getZoom() - view.zoom) < 0.006;
    if (!isThere && !map.isMoving()) map.jumpTo({ center: [view.lon, view.lat], zoom: view.zoom });
  });
}
