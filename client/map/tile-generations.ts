import type { Map as MapLibre } from 'maplibre-gl';

/** The versions of a layer that the tiles in view were made of, as they say themselves. */
export function tileGenerations(map: MapLibre, source: string, layer: string): ReadonlySet<number> {
  const contents = map.querySourceFeatures(source, { sourceLayer: `${layer}_tile` });
  return new Set(contents.map(({ properties }) => Number(properties.generation)));
}
