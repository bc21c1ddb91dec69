import {
  type LngLatBoundsLike,
  Map as MapLibre,
  NavigationControl,
  type PaddingOptions,
  ScaleControl,
  type StyleSpecification,
  setWorkerUrl,
} from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import 'maplibre-gl/dist/maplibre-gl.css';
import type { MapSettings } from '../../server/core/map-settings.ts';
import { t } from '../i18n/text.ts';
import * as state from '../state.ts';
import { countHexagons } from './count-hexagons.ts';
import { dressed } from './dressed.ts';
import { followLanguage } from './follow-language.ts';
import { followStore } from './follow-store.ts';
import { highlight } from './highlight.ts';
import { homeControl } from './home-control.ts';
import { hover } from './hover.ts';
import { pickOnClick } from './pick.ts';
import { renew } from './renew.ts';
import { reportState } from './report-state.ts';
import { retry } from './retry.ts';
import { showAnswer } from './show-answer.ts';
import { showUpload } from './show-upload.ts';
import { withToken } from './with-token.ts';

/** The map: follows the store, and tells it where it is and what lies at a spot. Only this folder imports maplibre-gl. */

setWorkerUrl(workerUrl);

/** Asks again for what failed. */
export let retryMap: () => void = () => {};

/** Draws the layers as they are published now. */
export let renewMap: () => Promise<void> = async () => {};

export function startMap(
  container: HTMLElement,
  style: StyleSpecification,
  settings: MapSettings,
  padding: () => PaddingOptions,
): void {
  let current = style;
  const map = new MapLibre({
    container,
    style: dressed(style, null),
    ...openingView(settings, padding),
    minZoom: settings.minzoom,
    maxZoom: settings.maxzoom,
    maxBounds: settings.max_bounds as unknown as LngLatBoundsLike,
    attributionControl: false,
    transformRequest: withToken,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    fadeDuration: matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 200,
    locale: {
      'Map.Title': t('map.label'),
      'NavigationControl.ZoomIn': t('map.zoomIn'),
      'NavigationControl.ZoomOut': t('map.zoomOut'),
    },
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), 'top-left');
  map.addControl(
    homeControl(() => map.fitBounds(settings.bounds as unknown as LngLatBoundsLike, { padding: padding() })),
    'top-left',
  );
  map.addControl(new ScaleControl({ unit: 'metric', maxWidth: 120 }), 'bottom-left');

  followStore(map);
  const replace = (next: StyleSpecification) => {
    current = next;
  };
  followLanguage(map, replace);
  countHexagons(map, () => current);
  highlight(map, () => current);
  reportState(map);
  pickOnClick(map);
  hover(map);
  showUpload(map);
  showAnswer(map);

  retryMap = () => retry(map);
  renewMap = () => renew(map, replace);
  // For the browser's console, and for tests that ask what is drawn.
  Object.assign(container, { map });
}

function openingView(settings: MapSettings, padding: () => PaddingOptions) {
  const view = state.view.peek();
  if (view) return { center: [view.lon, view.lat] as [number, number], zoom: view.zoom };
  return { bounds: settings.bounds as unknown as LngLatBoundsLike, fitBoundsOptions: { padding: padding() } };
}
