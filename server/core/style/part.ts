import type { DataDrivenPropertyValueSpecification, LayerSpecification } from '@maplibre/maplibre-gl-style-spec';
import type { Language, Layer, Style } from '../layer.ts';
import type { Ground } from './ground.ts';

/** A colour that may depend on the feature. */
export type ColorValue = DataDrivenPropertyValueSpecification<string>;

/**
 * The storeys of the map, from the ground up. A layer of the catalogue gives style layers to several of them:
 * the tint of an area lies below the hexagons, its hatching and outline above.
 */
export const STOREYS = [
  'land',
  'water',
  'tint',
  'hexagons',
  'hatch',
  'borders',
  'lines',
  'arrows',
  'uncertainty',
  'points',
  'names',
  'labels',
] as const;
export type Storey = (typeof STOREYS)[number];

/** One style layer and where it lies. */
export interface Part {
  readonly storey: Storey;
  readonly spec: LayerSpecification;
}

/** A layer with the style of one type: what each part builder takes. */
export type Styled<T extends Style['type']> = Layer & { readonly style: Extract<Style, { type: T }> };

export interface PartContext {
  readonly language: Language;
  readonly ground: Ground;
  /** The name of the style's source that holds the layer. */
  readonly source: string;
  /** The latitude at which sizes in metres are right, degrees. */
  readonly latitude: number;
}

/** Whether a click on it lists records: what lies in the base map is only scenery. */
const isPicked = (layer: Layer, role: string) =>
  layer.group !== 'base' && ['fill', 'line', 'point', 'small', 'hexagon'].includes(role);

/**
 * What every style layer of a catalogue layer has in common. `role` is unique within the layer and says what the part
 * is; clients find the parts of a layer by `azalai:layer`, and what may be clicked by `azalai:pick`.
 */
export function common(layer: Layer, context: PartContext, role: string) {
  return {
    id: `${layer.id}:${role}`,
    source: context.source,
    'source-layer': layer.id,
    ...(layer.style.minzoom !== undefined && { minzoom: layer.style.minzoom }),
    ...(layer.style.maxzoom !== undefined && { maxzoom: layer.style.maxzoom }),
    metadata: { 'azalai:layer': layer.id, 'azalai:part': role, 'azalai:pick': isPicked(layer, role) },
  };
}

/** Layout that every part has: the catalogue says whether the layer is on when the map opens. */
export const visibility = (layer: Layer): { visibility: 'visible' | 'none' } => ({
  visibility: layer.visible ? 'visible' : 'none',
});
