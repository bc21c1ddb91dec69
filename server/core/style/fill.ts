import type { ExpressionSpecification } from '@maplibre/maplibre-gl-style-spec';
import type { When } from '../layer.ts';
import { colorValue, growing, shadeRule, whenActive } from './color.ts';
import { filtered, matches } from './filter.ts';
import { labelPart } from './label.ts';
import { common, type Part, type PartContext, type Styled, visibility } from './part.ts';
import { FULL_SIZE, smallPart } from './small.ts';

/**
 * Areas: a tint below everything, then hatching and outline above the hexagons. Single hatching for what is only
 * approximate or influence, crossed where contested; their tint is lighter, so that a firm hold stands out.
 */
export function fillParts(layer: Styled<'fill'>, context: PartContext): Part[] {
  const { style } = layer;
  const { away } = context.ground;
  const isScenery = layer.group === 'base';
  const hatched = [style.hatch, style.crosshatch].filter((when): when is When => when !== undefined);
  const isHatched = ['any', ...hatched.map((when) => matches(when))] as unknown as ExpressionSpecification;
  const tint = hatched.length === 0 ? style.opacity : ['case', isHatched, style.opacity * 0.35, style.opacity];
  const parts: Part[] = [
    {
      storey: isScenery ? 'land' : 'tint',
      spec: {
        ...common(layer, context, 'fill'),
        type: 'fill',
        layout: visibility(layer),
        ...filtered(layer, FULL_SIZE),
        paint: {
          'fill-color': colorValue(style.color),
          'fill-opacity': (isScenery ? tint : whenActive(0.6, style.opacity + 0.12, tint)) as ExpressionSpecification,
        },
      },
    },
  ];
  const hatch = (role: string, image: string, when: When): Part => ({
    storey: 'hatch',
    spec: {
      ...common(layer, context, role),
      type: 'fill',
      layout: visibility(layer),
      ...filtered(layer, FULL_SIZE, matches(when)),
      paint: {
        'fill-pattern': image,
        // The images are distance fields: the colour tints them.
        'fill-color': colorValue(shadeRule(style.color, 0.12 * away)),
        'fill-opacity': 0.75,
      },
    },
  });
  if (style.hatch) parts.push(hatch('hatch', 'hatch', style.hatch));
  if (style.crosshatch) parts.push(hatch('crosshatch', 'crosshatch', style.crosshatch));
  if (style.outline) {
    const width = isScenery ? 0.6 : whenActive(2.5, 2, 1.1);
    parts.push({
      storey: isScenery ? 'water' : 'hatch',
      spec: {
        ...common(layer, context, 'outline'),
        type: 'line',
        layout: { ...visibility(layer), 'line-join': 'round' },
        ...filtered(layer, FULL_SIZE),
        paint: {
          'line-color': colorValue(shadeRule(style.color, isScenery ? 0 : 0.3 * away)),
          'line-width': growing(width),
          'line-opacity': isScenery ? 1 : 0.85,
        },
      },
    });
  }
  const dots = isScenery ? 'water' : 'hatch';
  parts.push(smallPart(layer, context, dots, shadeRule(style.color, isScenery ? 0 : 0.3 * away), isScenery ? 0.6 : 2));
  if (style.label) parts.push(labelPart(layer, context, style.label, { color: style.color }));
  return parts;
}
