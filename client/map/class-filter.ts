import type { ExpressionSpecification, LayerSpecification } from '@maplibre/maplibre-gl-style-spec';
import type { ClassRule } from '../layer-classes.ts';
import { hexLayer } from './hex-layer.ts';

/** A layer of the style without the records whose classes are off. Hexagons are left to the server, which counts them. */
export function withoutClasses(layer: LayerSpecification, id: string, rules: readonly ClassRule[]): LayerSpecification {
  const isRecords = 'source-layer' in layer && layer['source-layer'] !== hexLayer(id);
  if (rules.length === 0 || !isRecords) return layer;
  const tests = rules.map(({ field, isOnly, values }): ExpressionSpecification => {
    const isOne: ExpressionSpecification = ['in', ['get', field], ['literal', [...values]]];
    return isOnly ? isOne : ['!', isOne];
  });
  const before = 'filter' in layer && layer.filter ? [layer.filter] : [];
  return { ...layer, filter: ['all', ...before, ...tests] } as LayerSpecification;
}
