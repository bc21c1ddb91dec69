import type { Map as MapLibre } from 'maplibre-gl';
import { classRules, passesRule } from '../layer-classes.ts';
import { clockOf, layersBySource } from '../map-style.ts';
import { hiddenClasses } from '../state/layers.ts';
import * as state from '../state.ts';
import { countOf } from './count-of.ts';
import { hexLayer } from './hex-layer.ts';

/** The legend's classes that are in view within the window, per layer: "field/value"; "*" where there are none. Base layers are not asked. */
export function drawnClasses(map: MapLibre): ReadonlyMap<string, ReadonlySet<string>> {
  const { from, to } = clockOf(state.timeWindow.peek());
  const drawn = new Map<string, Set<string>>();
  for (const [source, ids] of layersBySource(map.getStyle())) {
    for (const id of ids.filter((candidate) => state.visible.peek().has(candidate))) {
      const azalai = state.collectionById.peek().get(id)?.azalai;
      const fields = [...new Set(azalai?.legend.flatMap(({ field }) => field ?? []))];
      if (!azalai || azalai.group === 'base') continue;
      const hexagons = map.querySourceFeatures(source, { sourceLayer: hexLayer(id) });
      if (hexagons.length > 0 || azalai.style.type === 'hexagons') {
        const sourceLayer = hexLayer(id);
        const isCounting = hexagons.some(({ id: number, properties }) => {
          const target = { source, sourceLayer, id: Number(number) };
          return countOf(id, { properties, state: map.getFeatureState(target) }, map.getGlobalState()) > 0;
        });
        drawn.set(id, new Set(isCounting ? [state.HEXAGONS] : []));
        continue;
      }
      const features = map.querySourceFeatures(source, { sourceLayer: id });
      const rules = classRules(azalai, hiddenClasses.peek().get(id) ?? new Set());
      const timely = features.filter(
        ({ properties }) =>
          (properties.valid_from ?? from) < to &&
          (properties.valid_to ?? to) > from &&
          rules.every((rule) => passesRule(properties, rule)),
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
