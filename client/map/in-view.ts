import type { LayerSpecification, Map as MapLibre } from 'maplibre-gl';
import type { Months } from '../../server/core/interval.ts';
import { countInWindow, type SeriesSums } from '../../server/core/series.ts';
import { isPicked, layerOf } from '../map-style.ts';
import * as state from '../state.ts';
import type { TimeWindow } from '../url.ts';
import { countOf } from './count-of.ts';
import { hexLayer } from './hex-layer.ts';
import type { Plan } from './plan-counts.ts';

/** Hexagons that were in view when the map came to rest: per layer, by their numbers. */
let seen: ReadonlyMap<string, ReadonlySet<number>> = new Map();

const isCounted = (layer: LayerSpecification) =>
  isPicked(layer) && state.collectionById.peek().get(layerOf(layer) ?? '')?.azalai.group !== 'base';

/** Looks at all that is drawn: how many records of each layer, or how many its hexagons count. Each is taken once. */
export function lookAround(map: MapLibre): void {
  const layers = map.getStyle().layers.filter((layer) => isCounted(layer) && layer.layout?.visibility !== 'none');
  const counts = new Map<string, Map<number, number>>();
  const resolutions = new Map<string, number>();
  for (const layer of layers) counts.set(layerOf(layer) ?? '', new Map());
  for (const feature of map.queryRenderedFeatures({ layers: layers.map(({ id }) => id) })) {
    const id = layerOf(feature.layer) ?? '';
    const isHexagon = feature.sourceLayer === hexLayer(id);
    if (isHexagon) resolutions.set(id, Number(feature.properties.resolution));
    if (isHexagon || feature.sourceLayer === id)
      counts.get(id)?.set(Number(feature.id), isHexagon ? countOf(id, feature, map.getGlobalState()) : 1);
  }
  seen = new Map([...resolutions.keys()].map((id) => [id, new Set(counts.get(id)?.keys())]));
  const window = state.timeWindow.peek();
  state.inView.value = new Map(
    [...counts].map(([id, each]) => {
      const count = [...each.values()].reduce((sum, number) => sum + number, 0);
      return [id, { window, count, resolution: resolutions.get(id) ?? null }];
    }),
  );
}

/** Keeps the figures of hexagons that the page counts in step with the clock, while it moves. */
export function recount(plans: readonly Plan[], window: TimeWindow): void {
  const next = new Map(state.inView.peek());
  for (const { layer, resolution, counting, held } of plans) {
    const before = next.get(layer);
    if (counting.by !== 'series' || !held || typeof held === 'string') continue;
    if (!before || before.window === window || before.resolution !== resolution) continue;
    next.set(layer, { window, resolution, count: countSeen(held, seen.get(layer) ?? new Set(), counting.months) });
  }
  if ([...next].some(([layer, view]) => view !== state.inView.peek().get(layer))) state.inView.value = next;
}

function countSeen(sums: SeriesSums, cells: ReadonlySet<number>, months: Months): number {
  let count = 0;
  for (const [cell, ordinal] of sums.ordinals.entries()) {
    if (cells.has(ordinal)) count += countInWindow(sums, cell, months);
  }
  return count;
}
