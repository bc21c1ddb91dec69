import type { Map as MapLibre, Source } from 'maplibre-gl';
import { windowedState } from '../../server/core/style/hexagon-count.ts';
import { giveCounts, givenResolutions, takeCounts } from './cell-counts.ts';
import type { Plan } from './plan-counts.ts';
import { series } from './series.ts';

/** Puts a layer's counts into its hexagons, or takes them away where the tiles have their own. */
export function applyPlan(
  map: MapLibre,
  source: Source,
  { layer, generation, resolution, counting }: Plan,
  { isServed, isStranger }: { isServed: boolean; isStranger: boolean },
): void {
  const isOwn = !isServed && (counting.by === 'series' || counting.by === 'nobody');
  setWindowed(map, layer, isOwn);
  const months = isOwn && counting.by === 'series' && !isStranger ? counting.months : null;
  // Those of other zooms are brought up to date too: they may be on the screen before their zoom is reached.
  for (const each of new Set([...givenResolutions(source, layer), resolution])) {
    const sums = months && series.peek(layer, each, generation);
    if (sums) giveCounts(map, source, layer, sums, months);
    else takeCounts(map, source, layer, each);
  }
}

/** A layer whose hexagons the page counts shows nothing where it has given no count. */
function setWindowed(map: MapLibre, layer: string, isWindowed: boolean): void {
  const key = windowedState(layer);
  if (map.getGlobalState()[key] !== isWindowed) map.setGlobalStateProperty(key, isWindowed);
}
