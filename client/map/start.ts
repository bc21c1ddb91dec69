import {
  type LngLatBoundsLike,
  Map as MapLibre,
  NavigationControl,
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
import { draw } from './drawing.ts';
import { dressed } from './dressed.ts';
import { filtered } from './filtered.ts';
import { replaceFirstView } from './first-picture.ts';
import { followAsOf } from './follow-as-of.ts';
import { followLanguage } from './follow-language.ts';
import { followPanels } from './follow-panels.ts';
import { followStore } from './follow-store.ts';
import { followTheme } from './follow-theme.ts';
import { showFoundPlace, squarePainter } from './found-place.ts';
import { type Box, fitFree, freeSpace } from './free-space.ts';
import { degreesPainter } from './grid-degrees.ts';
import { mgrsPainter } from './grid-mgrs.ts';
import { highlight } from './highlight.ts';
import { homeControl } from './home-control.ts';
import { hover } from './hover.ts';
import { rememberMain } from './main-map.ts';
import { measurePainter } from './measure.ts';
import { overlay } from './overlay.ts';
import { pickOnClick } from './pick.ts';
import { pickFeature } from './pick-feature.ts';
import { printWhole } from './print.ts';
import { readOut } from './read-out.ts';
import { type NewVersion, renew } from './renew.ts';
import { reportState } from './report-state.ts';
import { retry } from './retry.ts';
import { saveTiles } from './save-tiles.ts';
import { selectByBox } from './select-by-box.ts';
import { showAnswer } from './show-answer.ts';
import { showSelection } from './show-selection.ts';
import { showUpload } from './show-upload.ts';
import { stripMarker } from './strip-marker.ts';
import { watchTimes } from './times-in-view.ts';
import { uncertaintyPainter } from './uncertainty.ts';
import { withToken } from './with-token.ts';

/** The map: follows the store, and tells it where it is and what lies at a spot. Only this folder imports maplibre-gl. */

setWorkerUrl(workerUrl);

/** Asks again for what failed. */
export let retryMap: () => void = () => {};

/** Draws the layers as they are published now; waits a while until that version is in service. */
export let renewMap: (awaited?: NewVersion | null) => Promise<void> = async () => {};

/** Draws another style of what is published, such as one that is being tried. */
export let restyleMap: (change: (style: StyleSpecification) => StyleSpecification) => void = () => {};

export function startMap(container: HTMLElement, style: StyleSpecification, settings: MapSettings): void {
  let current = style;
  const map = new MapLibre({
    container,
    style: dressed(style, null),
    ...openingView(container, settings),
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
    homeControl(() => fitFree(map, settings.bounds as Box)),
    'top-left',
  );
  map.addControl(new ScaleControl({ unit: 'metric', maxWidth: 120 }), 'bottom-left');

  replaceFirstView(map);
  saveTiles(map);
  followStore(map, () => current);
  const replace = (next: StyleSpecification) => {
    current = next;
    state.styleRounds.value += 1;
  };
  followLanguage(map, replace);
  followTheme(map, replace);
  followAsOf(map, replace);
  countHexagons(map, () => filtered(current));
  highlight(map, () => filtered(current));
  watchTimes(map, () => filtered(current));
  reportState(map);
  pickOnClick(map);
  hover(map);
  overlay(map, [degreesPainter, mgrsPainter, squarePainter, uncertaintyPainter, measurePainter]);
  readOut(map);
  showFoundPlace(map);
  showUpload(map);
  showAnswer(map);
  showSelection(map);
  selectByBox(map);
  followPanels(map, settings.bounds as Box);
  printWhole(map);
  draw(map);
  pickFeature(map);
  stripMarker(map);
  rememberMain(map, () => current);

  retryMap = () => retry(map, replace);
  renewMap = (awaited) => renew(map, replace, awaited);
  restyleMap = (change) => {
    current = change(current);
    map.setStyle(dressed(current, map), { diff: true });
  };
  // For the browser's console, and for tests that ask what is drawn.
  Object.assign(container, { map });
}

function openingView(container: HTMLElement, settings: MapSettings) {
  const view = state.view.peek();
  if (view) return { center: [view.lon, view.lat] as [number, number], zoom: view.zoom };
  const fitBoundsOptions = { padding: freeSpace(container) };
  return { bounds: settings.bounds as unknown as LngLatBoundsLike, fitBoundsOptions };
}
