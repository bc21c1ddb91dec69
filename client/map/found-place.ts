import { effect } from '@preact/signals';
import { type Map as MapLibre, Marker } from 'maplibre-gl';
import { t } from '../i18n/text.ts';
import { foundPlace, journey, putAwayFound } from '../state/search.ts';
import { fitFree, freeSpace } from './free-space.ts';
import type { Painter } from './overlay.ts';
import { overlayColors } from './overlay-colors.ts';

/** Store to map: goes to what was found, and marks it with its name; a click puts the mark away. */
export function showFoundPlace(map: MapLibre): void {
  effect(() => {
    const to = journey.value;
    if (!to) return;
    if ('box' in to) fitFree(map, to.box, { maxZoom: to.maxZoom ?? 12 });
    else {
      const zoom = Math.max(map.getZoom(), to.zoom);
      // A panel that opens in the same moment is measured when it is there.
      requestAnimationFrame(() => {
        const { left, right, top, bottom } = freeSpace(map.getContainer());
        map.easeTo({ center: [to.lon, to.lat], zoom, offset: [(left - right) / 2, (top - bottom) / 2] });
      });
    }
  });

  effect(() => {
    const place = foundPlace.value;
    if (!place) return undefined;
    const element = document.createElement('button');
    element.type = 'button';
    element.className = 'found-mark';
    const text = t('search.pin', { name: place.name });
    element.setAttribute('aria-label', text);
    element.title = text;
    const name = document.createElement('span');
    name.textContent = place.name;
    element.append(name);
    element.addEventListener('click', (event) => {
      event.stopPropagation();
      putAwayFound();
    });
    const marker = new Marker({ element, anchor: 'bottom', offset: [0, -8] })
      .setLngLat([place.lon, place.lat])
      .addTo(map);
    // MapLibre names every mark alike.
    element.setAttribute('aria-label', text);
    return () => void marker.remove();
  });
}

/** The square that a reference names. */
export const squarePainter: Painter = {
  isOn: () => foundPlace.value?.box !== undefined,
  paint: (context, map) => {
    const { box } = foundPlace.value ?? {};
    if (!box) return;
    const upper = map.project([box[0], box[3]]);
    const lower = map.project([box[2], box[1]]);
    context.strokeStyle = overlayColors().warn;
    context.lineWidth = 2;
    context.strokeRect(upper.x, upper.y, lower.x - upper.x, lower.y - upper.y);
  },
};
