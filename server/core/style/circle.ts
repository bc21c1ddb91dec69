import type { ExpressionSpecification } from '@maplibre/maplibre-gl-style-spec';
import type { Theme } from '../theme.ts';
import { colorValue, growing, whenActive } from './color.ts';
import { filtered } from './filter.ts';
import { MANY_POINTS, type Scale } from './hexagon-scale.ts';
import { hexagonParts } from './hexagons.ts';
import { labelPart } from './label.ts';
import { rampOnDark } from './on-dark.ts';
import { common, type Part, type PartContext, type Styled, visibility } from './part.ts';
import { SHAPE_RADIUS } from './sprite.ts';
import { uncertaintyPart } from './uncertainty.ts';

const manyPoints = (theme: Theme): Scale =>
  theme === 'light' ? MANY_POINTS : { ...MANY_POINTS, ramp: rampOnDark(MANY_POINTS.ramp) };

/**
 * Points: a circle, or a tinted image for the other shapes; below them the disc of uncertainty. From afar the tiles of a
 * layer with many records hold hexagons instead of them.
 */
export function circleParts(layer: Styled<'circle'>, context: PartContext): Part[] {
  const { style } = layer;
  const color = colorValue(style.color);
  const { ink, casing } = context.ground;
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
              'circle-stroke-color': whenActive(ink, ink, casing),
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
              'icon-halo-color': whenActive(ink, ink, casing),
              'icon-halo-width': whenActive(2, 1.75, 1.25) as ExpressionSpecification,
            },
          },
        };
  const parts = [...hexagonParts(layer, manyPoints(context.ground.theme), context), point];
  if (style.uncertainty) parts.unshift(uncertaintyPart(layer, context));
  if (style.label) parts.push(labelPart(layer, context, style.label, { color: style.color, beside: style.radius }));
  return parts;
}
