import type { MapGeoJSONFeature, Map as MapLibre } from 'maplibre-gl';

/** A feature whose state is set. */
export interface Target {
  readonly source: string;
  readonly sourceLayer: string;
  readonly id: string | number;
}

export const toTarget = ({ source, sourceLayer, id }: MapGeoJSONFeature): Target => ({
  source,
  sourceLayer: sourceLayer ?? '',
  id: id as string | number,
});

/** Sets a flag on the features of `after`, and takes it from those that only `before` has. */
export function setFlag(
  map: MapLibre,
  before: readonly Target[],
  after: readonly Target[],
  flag: 'hover' | 'selected',
): void {
  const key = ({ source, sourceLayer, id }: Target) => `${source}/${sourceLayer}/${id}`;
  const [was, is] = [new Set(before.map(key)), new Set(after.map(key))];
  for (const target of before)
    if (!is.has(key(target)) && map.getSource(target.source)) map.removeFeatureState(target, flag);
  for (const target of after)
    if (!was.has(key(target)) && map.getSource(target.source)) map.setFeatureState(target, { [flag]: true });
}
