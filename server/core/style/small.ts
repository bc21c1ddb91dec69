import type { ExpressionSpecification } from '@maplibre/maplibre-gl-style-spec';
import type { ColorRule, Layer } from '../layer.ts';
import { colorValue, growing, whenActive } from './color.ts';
import { filtered } from './filter.ts';
import { common, type Part, type PartContext, type Storey, visibility } from './part.ts';

/** What is drawn at its full size: tiles hold a point in place of a line or polygon that is smaller than a pixel. */
export const FULL_SIZE: ExpressionSpecification = ['!', ['has', 'small']];

/** The points in place of what is too small to be drawn: a dot of its colour, so that nothing vanishes from afar. */
export function smallPart(layer: Layer, context: PartContext, storey: Storey, color: ColorRule, radius: number): Part {
  const isScenery = layer.group === 'base';
  return {
    storey,
    spec: {
      ...common(layer, context, 'small'),
      type: 'circle',
      layout: visibility(layer),
      ...filtered(layer, ['has', 'small']),
      paint: {
        'circle-color': colorValue(color),
        'circle-radius': growing(isScenery ? radius : whenActive(radius + 1.5, radius + 1, radius)),
      },
    },
  };
}
