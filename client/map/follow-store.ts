import { effect } from '@preact/signals';
import type { Map as MapLibre, StyleSpecification } from 'maplibre-gl';
import { clockOf } from '../map-style.ts';
import { drawingOrder } from '../stack.ts';
import { isPresenting } from '../state/brief.ts';
import { tileFilters } from '../state/filters.ts';
import { focusBox, look, naturalOrder } from '../state/layers.ts';
import * as state from '../state.ts';
import { afterPaint, watchDrawing } from './after-paint.ts';
import { bringInStep } from './bring-in-step.ts';
import { dressed, wornBy } from './dressed.ts';
import { flyTo } from './fly-to.ts';
import { focusOn } from './focus-on.ts';

/** Store to map: layers and how they are drawn, window, and a view that came from the address. */
export function followStore(map: MapLibre, current: () => StyleSpecification): void {
  let isStyled = false;
  map.once('style.load', () => {
    isStyled = true;
  });
  const whenStyled = (run: () => void) => (isStyled ? run() : void map.once('style.load', run));

  watchDrawing(map);
  /** The page is busy until the map has come to rest with the change in it. */
  const draw = (change: () => void) => {
    state.isLoading.value = true;
    const begin = () => {
      // It may have come to rest once more meanwhile.
      state.isLoading.value = true;
      change();
      // Also where nothing that is drawn hangs on the change.
      map.triggerRepaint();
    };
    whenStyled(() => afterPaint(map, begin));
  };

  const first = dressed(current(), null);
  effect(() => {
    // Set anew at each of these, and at no move of the clock.
    void [state.visible.value, look.value, tileFilters.value, state.collectionById.value];
    draw(() => {
      const before = wornBy(map) ?? first;
      const next = dressed(current(), map);
      bringInStep(map, before, next);
      const order = drawingOrder(current().layers);
      if (order.join() !== naturalOrder.peek().join()) naturalOrder.value = order;
    });
  });

  effect(() => {
    void state.timeWindow.value;
    draw(() => {
      const { from, to } = clockOf(state.timeWindow.peek());
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
    if (isThere) return;
    const place = { center: [view.lon, view.lat] as [number, number], zoom: view.zoom };
    if (isPresenting.peek()) flyTo(map, place);
    else if (!map.isMoving()) map.jumpTo(place);
  });

  effect(() => {
    if (focusBox.value) focusOn(map, focusBox.value);
  });
}
