import type { LayerSpecification } from '@maplibre/maplibre-gl-style-spec';

const OPACITIES: Readonly<Record<string, readonly string[]>> = {
  fill: ['fill-opacity'],
  line: ['line-opacity'],
  circle: ['circle-opacity', 'circle-stroke-opacity'],
  symbol: ['icon-opacity', 'text-opacity'],
};

/** An opacity as the style has it, times a number. Where it goes by zoom only the values change: the zoom must stand outermost. */
function times(value: unknown, factor: number): unknown {
  if (value === undefined) return factor;
  if (typeof value === 'number') return Number((value * factor).toFixed(4));
  if (Array.isArray(value) && value[0] === 'interpolate')
    return value.map((item, index) => (index >= 4 && index % 2 === 0 ? times(item, factor) : item));
  if (Array.isArray(value) && value[0] === 'step')
    return value.map((item, index) => (index >= 2 && index % 2 === 0 ? times(item, factor) : item));
  return ['*', factor, value];
}

/** A layer of the style so that what lies below shows through; `opacity` from 0 to 1. */
export function seenThrough(layer: LayerSpecification, opacity: number): LayerSpecification {
  const names = OPACITIES[layer.type];
  if (opacity >= 1 || !names) return layer;
  const paint = (layer.paint ?? {}) as Record<string, unknown>;
  const changed = Object.fromEntries(names.map((name) => [name, times(paint[name], opacity)]));
  return { ...layer, paint: { ...paint, ...changed } } as LayerSpecification;
}
