import type { ExpressionSpecification } from '@maplibre/maplibre-gl-style-spec';
import { colorValue, growing, whenActive } from './color.ts';
import { filtered } from './filter.ts';
import { MANY_POINTS } from './hexagon-scale.ts';
import { hexagonParts } from './hexagons.ts';
import { labelPart } from './label.ts';
import { common, type Part, type PartContext, type Styled, visibility } from './part.ts';
import { SHAPE_RADIUS } from './sprite.ts';
import { uncertaintyPart } from './uncertainty.ts';

const INK = '#1d2730';

/**
 * Points: a circle, or a tinted image for the other shapes; below them the disc of uncertainty. From afar the tiles of a
 * layer with many records hold hexagons instead of them.
 */
export function circleParts(layer: Styled<'circle'>, context: PartContext): Part[] {
  const { style } = layer;
  const color = colorValue(style.color);
  const point: Part =
    style.shape === 'circle'
      ? {
          storey: 'points',
          spec: {
            ...common(layer, context, 'point'),
            type: 'circle',
            layout: visibility(layer),
            ...filtered(layer),
            paint: {
              'circle-color': color,
              'circle-radius': growing(style.radius),
              'circle-stroke-width': whenActive(2.5, 2, 1.25),
              'circle-stroke-color': whenActive(INK, INK, '#ffffff'),
            },
          },
        }
      : {
          storey: 'points',
          spec: {
            ...common(layer, context, 'point'),
            type: 'symbol',
            layout: {
              ...visibility(layer),
              'icon-image': style.shape,
              'icon-size': growing(style.radius / SHAPE_RADIUS),
              // Every record is drawn; names give way to them.
              'icon-allow-overlap': true,
            },
            ...filtered(layer),
            paint: {
              'icon-color': color,
              'icon-halo-color': whenActive(INK, INK, '#ffffff'),
              'icon-halo-width': whenActive(2, 1.75, 1.25) as ExpressionSpecification,
            },
          },
        };
  const parts = [...hexagonParts(layer, MANY_POINTS, context), point];
  if (style.uncertainty) parts.unshift(uncertaintyPart(layer, context));
  if (style.label) parts.push(labelPart(layer, context, style.label, { color: style.color, beside: style.radius }));
  return parts;
}
