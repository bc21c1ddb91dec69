import { effect } from '@preact/signals';
import {
  type ErrorEvent,
  type IControl,
  type LngLatBoundsLike,
  type MapGeoJSONFeature,
  Map as MapLibre,
  type MapMouseEvent,
  NavigationControl,
  type PaddingOptions,
  type PointLike,
  ScaleControl,
  type StyleSpecification,
  setWorkerUrl,
  type VectorTileSource,
} from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import 'maplibre-gl/dist/maplibre-gl.css';
import type { MapSettings } from '../server/core/map-settings.ts';
import { getStyle } from './api.ts';
import { t } from './i18n/text.ts';
import { clockOf, dress, isPicked, layerOf, layersBySource, timedTiles } from './map-style.ts';
import * as state from './state.ts';

/** The map: follows the store, and tells it where it is and what lies at a spot. The only importer of maplibre-gl. */

setWorkerUrl(workerUrl);

/** Hexagons are asked for again when the clock has rested this long. */
const HEXAGON_SETTLE_MS = 200;
/** Pixels around a click in which thin things count as hit: more for a finger. */
const REACH = matchMedia('(pointer: coarse)').matches ? 12 : 5;

/** Of the list of records, as in records.css. */
const RECORDS_WIDTH = 384;
/** Where lists and layers are sheets at the bottom, as in the style sheets. */
const NARROW = '(max-width: 959px)';

/** What MapLibre tells of an error in a source, beyond its types. */
type SourceErrorEvent = ErrorEvent & {
  readonly sourceId?: string;
  readonly tile?: { readonly tileID: { readonly canonical: { x: number; y: number; z: number } } };
};

/** The vector layer with a layer's hexagons, as tiles name it. */
const hexLayer = (layer: string) => `${layer}_hex`;

interface Target {
  readonly source: string;
  readonly sourceLayer: string;
  readonly id: string | number;
}

/** Asks again for what failed. */
export let retryMap: () => void = () => {};

export function startMap(
  container: HTMLElement,
  style: StyleSpecification,
  settings: MapSettings,
  padding: () => PaddingOptions,
): void {
  let current = style;
  const map = new MapLibre({
    container,
    style: dressed(style),
    ...openingView(settings, padding),
    minZoom: settings.minzoom,
    maxZoom: settings.maxzoom,
    maxBounds: settings.max_bounds as unknown as LngLatBoundsLike,
    attributionControl: false,
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

  followStore(
    map,
    () => current,
    (next) => {
      current = next;
    },
  );
  reportState(map);
  pickOnClick(map);

  retryMap = () => retry(map);
}

/** A button that shows the whole area. */
function homeControl(onClick: () => void): IControl {
  const element = document.createElement('div');
  element.className = 'maplibregl-ctrl maplibregl-ctrl-group';
  element.innerHTML =
    '<button type="button" class="home-button"><svg viewBox="0 0 20 20" width="16" height="16" aria-hidden="true">' +
    '<path d="M3 8V3h5M12 3h5v5M17 12v5h-5M8 17H3v-5" fill="none" stroke="currentColor" stroke-width="1.8"/></svg></button>';
  element.firstElementChild?.addEventListener('click', onClick);
  return { onAdd: () => element, onRemove: () => element.remove() };
}

function openingView(settings: MapSettings, padding: () => PaddingOptions) {
  const view = state.view.peek();
  if (view) return { center: [view.lon, view.lat] as [number, number], zoom: view.zoom };
  return { bounds: settings.bounds as unknown as LngLatBoundsLike, fitBoundsOptions: { padding: padding() } };
}

/** Store to map: layers, window, language, and a view that came from the address. */
function followStore(
  map: MapLibre,
  current: () => StyleSpecification,
  replace: (style: StyleSpecification) => void,
): void {
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

  let timer: ReturnType<typeof setTimeout> | undefined;
  effect(() => {
    const window = state.timeWindow.value;
    const { from, to } = clockOf(window);
    whenStyled(() => {
      map.setGlobalStateProperty('from', from);
      map.setGlobalStateProperty('to', to);
    });
    clearTimeout(timer);
    timer = setTimeout(() => whenStyled(() => retimeHexagons(map, window)), HEXAGON_SETTLE_MS);
  });

  let drawn = state.language.peek();
  effect(() => {
    const language = state.language.value;
    map.getCanvas().setAttribute('aria-label', t('map.label'));
    relabel(map, '.maplibregl-ctrl-zoom-in', t('map.zoomIn'));
    relabel(map, '.maplibregl-ctrl-zoom-out', t('map.zoomOut'));
    relabel(map, '.home-button', t('map.home'));
    if (language === drawn) return;
    drawn = language;
    getStyle(language).then(
      (style) => {
        if (language !== state.language.peek()) return;
        replace(style);
        map.setStyle(dressed(style), { diff: true });
      },
      () => {
        state.failedSources.value = new Set([...state.failedSources.peek(), STYLE]);
      },
    );
  });

  effect(() => {
    const view = state.view.value;
    if (!view) return;
    const { lng, lat } = map.getCenter();
    const isThere =
      Math.abs(lng - view.lon) < 1e-4 && Math.abs(lat - view.lat) < 1e-4 && Math.abs(map.getZoom() - view.zoom) < 0.006;
    if (!isThere && !map.isMoving()) map.jumpTo({ center: [view.lon, view.lat], zoom: view.zoom });
  });

  highlight(map, current);
}

/** The name under which a failure of the style itself is kept among the failed sources. */
const STYLE = 'style';

function relabel(map: MapLibre, selector: string, text: string): void {
  const button = map.getContainer().querySelector(selector);
  button?.setAttribute('aria-label', text);
  button?.setAttribute('title', text);
}

function vectorSources(map: MapLibre): VectorTileSource[] {
  return Object.keys(map.getStyle().sources)
    .map((id) => map.getSource(id))
    .filter((source): source is VectorTileSource => source?.type === 'vector');
}

const pointZoom = (layer: string) => state.collectionById.peek().get(layer)?.azalai.pointZoom ?? 0;

const dressed = (style: StyleSpecification) => dress(style, state.visible.peek(), state.timeWindow.peek(), pointZoom);

function retimeHexagons(map: MapLibre, window: typeof state.timeWindow.value): void {
  for (const source of vectorSources(map)) {
    // Only the sources that the server counts have tiles without a TileJSON.
    if (source.url || !source.tiles) continue;
    const tiles = timedTiles(source.tiles, window);
    if (tiles.join() === source.tiles.join()) continue;
    reviveTiles(map, source.id);
    source.setTiles(tiles);
  }
}

/** Tiles that failed, per source. */
const failedTiles = new Map<string, { x: number; y: number; z: number }[]>();

/**
 * Asks again for single tiles. MapLibre (6.17) waits for ever for a tile that failed once when a source is reloaded as a
 * whole: such tiles must be refreshed by their address first.
 */
function reviveTiles(map: MapLibre, source: string): boolean {
  const tiles = failedTiles.get(source);
  failedTiles.delete(source);
  if (tiles) map.refreshTiles(source, tiles);
  return tiles !== undefined;
}

/** Asks again for what failed. */
function retry(map: MapLibre): void {
  const failed = state.failedSources.peek();
  state.failedSources.value = new Set();
  if (failed.has(STYLE)) {
    const language = state.language.peek();
    getStyle(language).then(
      (style) => map.setStyle(dressed(style), { diff: true }),
      () => {
        state.failedSources.value = new Set([...state.failedSources.peek(), STYLE]);
      },
    );
  }
  for (const source of vectorSources(map)) {
    if (!failed.has(source.id) || reviveTiles(map, source.id)) continue;
    if (source.url) source.setUrl(source.url);
    else source.setTiles(source.tiles);
  }
}

/** Map to store: where it is, whether it loads, what failed. */
function reportState(map: MapLibre): void {
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
  });
  map.on('error', (event: SourceErrorEvent) => {
    const { sourceId, tile } = event;
    if (sourceId !== undefined && tile) {
      failedTiles.set(sourceId, [...(failedTiles.get(sourceId) ?? []), tile.tileID.canonical]);
    }
    const isNetwork = event.sourceId !== undefined || 'status' in event.error || event.error instanceof TypeError;
    // What is wrong with the style itself is a fault of ours, not of the reader's connection.
    if (!isNetwork) reportError(event.error);
    else state.failedSources.value = new Set([...state.failedSources.peek(), event.sourceId ?? STYLE]);
  });
}

/** The legend's classes that are in view within the window, per layer: "field/value"; "*" where there are none. Base layers are not asked. */
function drawnClasses(map: MapLibre): ReadonlyMap<string, ReadonlySet<string>> {
  const { from, to } = clockOf(state.timeWindow.peek());
  const drawn = new Map<string, Set<string>>();
  for (const [source, ids] of layersBySource(map.getStyle())) {
    for (const id of ids.filter((candidate) => state.visible.peek().has(candidate))) {
      const azalai = state.collectionById.peek().get(id)?.azalai;
      const fields = [...new Set(azalai?.legend.flatMap(({ field }) => field ?? []))];
      if (!azalai || azalai.group === 'base') continue;
      const hexagons = map.querySourceFeatures(source, { sourceLayer: hexLayer(id) });
      if (hexagons.length > 0 || azalai.style.type === 'hexagons') {
        drawn.set(id, new Set(hexagons.length > 0 ? [state.HEXAGONS] : []));
        continue;
      }
      const features = map.querySourceFeatures(source, { sourceLayer: id });
      const timely = features.filter(
        ({ properties }) => (properties.valid_from ?? from) < to && (properties.valid_to ?? to) > from,
      );
      if (fields.length === 0) drawn.set(id, new Set(timely.length > 0 ? ['*'] : []));
      else
        drawn.set(
          id,
          new Set(timely.flatMap(({ properties }) => fields.map((field) => `${field}/${properties[field]}`))),
        );
    }
  }
  return drawn;
}

/** What is drawn at a place, the uppermost layer first, each record once. */
function featuresAt(map: MapLibre, point: { x: number; y: number }): MapGeoJSONFeature[] {
  const layers = map.getStyle().layers.filter((layer) => isPicked(layer) && layer.layout?.visibility !== 'none');
  const isArea = (layer: (typeof layers)[number]) => layer.type === 'fill';
  const ids = (area: boolean) => layers.filter((layer) => isArea(layer) === area).map(({ id }) => id);
  const box: [PointLike, PointLike] = [
    [point.x - REACH, point.y - REACH],
    [point.x + REACH, point.y + REACH],
  ];
  const found = [
    ...map.queryRenderedFeatures(box, { layers: ids(false) }),
    ...map.queryRenderedFeatures([point.x, point.y], { layers: ids(true) }),
  ];
  const once = new Map(found.map((feature) => [`${feature.sourceLayer}/${feature.id}`, feature]));
  const order = [...state.collectionById.peek().keys()];
  const rank = (feature: MapGeoJSONFeature) => order.indexOf(layerOf(feature.layer) ?? '');
  return [...once.values()].filter(({ id }) => id !== undefined).sort((a, b) => rank(a) - rank(b));
}

function toPick(feature: MapGeoJSONFeature): state.Pick {
  const layer = layerOf(feature.layer) ?? '';
  if (!('cell' in feature.properties)) return { type: 'record', layer, id: Number(feature.id) };
  const { cell, resolution, count } = feature.properties;
  const measures = state.collectionById.peek().get(layer)?.azalai.measures ?? [];
  const sums = Object.fromEntries(measures.map((measure) => [measure, Number(feature.properties[measure] ?? 0)]));
  const id = Number(feature.id);
  return { type: 'hexagon', layer, id, cell: String(cell), resolution: Number(resolution), count: Number(count), sums };
}

function pickOnClick(map: MapLibre): void {
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
    if (isInView || state.picks.peek() === null) state.picks.value = featuresAt(map, point).map(toPick);
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

  let hovered: Target[] = [];
  let frame = 0;
  map.on('mousemove', ({ point }) => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => {
      if (map.isMoving() || !map.loaded()) return;
      // Only the uppermost: a pointer crosses many areas at once.
      const features = featuresAt(map, point).slice(0, 1);
      setFlag(map, hovered, features.map(toTarget), 'hover');
      hovered = features.map(toTarget);
      map.getCanvas().classList.toggle('is-over-record', features.length > 0);
    });
  });
  map.on('mouseout', () => {
    setFlag(map, hovered, [], 'hover');
    hovered = [];
  });
}

/** Moves the map where the list of records is about to cover the spot: on the right, or below on a narrow screen. */
function reveal(map: MapLibre, point: { x: number; y: number }): void {
  const { clientWidth, clientHeight } = map.getContainer();
  const { right, bottom } = { right: clientWidth - RECORDS_WIDTH - 40, bottom: clientHeight * 0.4 };
  if (matchMedia(NARROW).matches) {
    if (point.y > bottom) map.panBy([0, point.y - bottom / 2]);
  } else if (point.x > right) map.panBy([point.x - right, 0]);
}

const toTarget = ({ source, sourceLayer, id }: MapGeoJSONFeature): Target => ({
  source,
  sourceLayer: sourceLayer ?? '',
  id: id as string | number,
});

function setFlag(map: MapLibre, before: readonly Target[], after: readonly Target[], flag: 'hover' | 'selected'): void {
  const key = ({ source, sourceLayer, id }: Target) => `${source}/${sourceLayer}/${id}`;
  const [was, is] = [new Set(before.map(key)), new Set(after.map(key))];
  for (const target of before)
    if (!is.has(key(target)) && map.getSource(target.source)) map.removeFeatureState(target, flag);
  for (const target of after)
    if (!was.has(key(target)) && map.getSource(target.source)) map.setFeatureState(target, { [flag]: true });
}

/** The records of the open list stand out; an area only while its card is the one that is read. */
function highlight(map: MapLibre, current: () => StyleSpecification): void {
  let selected: Target[] = [];
  effect(() => {
    const picks = state.picks.value ?? [];
    const focused = state.focused.value;
    const sources = new Map(
      [...layersBySource(current())].flatMap(([source, ids]) => ids.map((id) => [id, source] as const)),
    );
    const isArea = (layer: string) => state.collectionById.peek().get(layer)?.azalai.geometry === 'polygon';
    const shown = picks.filter((pick) =>
      focused ? samePick(pick, focused) : picks.length === 1 || !isArea(pick.layer),
    );
    const targets = shown.flatMap((pick): Target[] => {
      const source = sources.get(pick.layer);
      const sourceLayer = pick.type === 'record' ? pick.layer : hexLayer(pick.layer);
      return source ? [{ source, sourceLayer, id: pick.id }] : [];
    });
    setFlag(map, selected, targets, 'selected');
    selected = targets;
  });
}

const samePick = (a: state.Pick, b: state.Pick): boolean =>
  a.layer === b.layer &&
  (a.type === 'record' ? b.type === 'record' && a.id === b.id : b.type === 'hexagon' && a.cell === b.cell);
