import type { MapGeoJSONFeature, Map as MapLibre, PointLike } from 'maplibre-gl';
import { isPicked, layerOf } from '../map-style.ts';
import { drawnOrder, order as moved } from '../state/layers.ts';
import * as state from '../state.ts';
import { countOf } from './count-of.ts';

/** Pixels around a click in which thin things count as hit: more for a finger. */
const REACH = matchMedia('(pointer: coarse)').matches ? 12 : 5;

/** What is drawn at a place, the uppermost layer first, each record once; no hexagon that counts nothing in the window. */
export function featuresAt(map: MapLibre, point: { x: number; y: number }): MapGeoJSONFeature[] {
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
  const order = moved.peek() ? drawnOrder.peek() : [...state.collectionById.peek().keys()];
  const rank = (feature: MapGeoJSONFeature) => order.indexOf(layerOf(feature.layer) ?? '');
  const isDrawn = (feature: MapGeoJSONFeature) =>
    !('cell' in feature.properties) || countOf(layerOf(feature.layer) ?? '', feature, map.getGlobalState()) > 0;
  return [...once.values()]
    .filter((feature) => feature.id !== undefined && isDrawn(feature))
    .sort((a, b) => rank(a) - rank(b));
}
