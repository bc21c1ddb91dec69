import type { StyleSpecification } from '@maplibre/maplibre-gl-style-spec';
import { layerOf } from '../map-style.ts';

/** A catalogue layer that the style can draw as hexagons. */
export interface HexagonLayer {
  readonly id: string;
  readonly source: string;
  /** The H3 resolution of its hexagons in tiles of each zoom. */
  readonly resolutions: readonly number[];
}

/** What the catalogue says of a layer, as far as its hexagons go. */
export interface Described {
  readonly style: { readonly type: string };
  readonly pointZoom: number;
  readonly generation: number;
  /** The finest resolution of which the layer has a series; null: none. */
  readonly seriesResolution?: number | null;
}

export type DescribedLayers = ReadonlyMap<string, { readonly azalai: Described }>;

export function hexagonLayers(style: StyleSpecification): HexagonLayer[] {
  return style.layers.flatMap((layer) => {
    const id = layerOf(layer);
    const resolutions = (layer.metadata as Record<string, unknown> | undefined)?.['azalai:resolutions'];
    if (id === undefined || !resolutions || !('source' in layer)) return [];
    return [{ id, source: layer.source, resolutions: resolutions as number[] }];
  });
}

/** The resolution in which a layer is drawn at a zoom of the map; null when it is drawn as records there. */
export function resolutionAt(layer: HexagonLayer, azalai: Described, zoom: number): number | null {
  const z = Math.floor(zoom);
  const isHexagons = azalai.style.type === 'hexagons' || z < azalai.pointZoom;
  return isHexagons ? (layer.resolutions[z] ?? layer.resolutions.at(-1) ?? null) : null;
}
