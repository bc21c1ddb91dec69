import type { Map as MapLibre, VectorTileSource } from 'maplibre-gl';

export function vectorSources(map: MapLibre): VectorTileSource[] {
  return Object.keys(map.getStyle().sources)
    .map((id) => map.getSource(id))
    .filter((source): source is VectorTileSource => source?.type === 'vector');
}
