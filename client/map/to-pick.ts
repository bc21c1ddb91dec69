import type { MapGeoJSONFeature, Map as MapLibre } from 'maplibre-gl';
import { layerOf } from '../map-style.ts';
import type { Pick } from '../state.ts';
import { countOf } from './count-of.ts';

export function toPick(map: MapLibre, feature: MapGeoJSONFeature): Pick {
  const layer = layerOf(feature.layer) ?? '';
  const id = Number(feature.id);
  if (!('cell' in feature.properties)) return { type: 'record', layer, id };
  const { cell, resolution } = feature.properties;
  const count = countOf(layer, feature, map.getGlobalState());
  return { type: 'hexagon', layer, id, cell: String(cell), resolution: Number(resolution), count };
}
