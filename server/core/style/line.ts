import type { ExpressionSpecification } from '@maplibre/maplibre-gl-style-spec';
import { colorValue, growing, shadeRule, whenActive } from './color.ts';
import { filtered, matches } from './filter.ts';
import { labelPart } from './label.ts';
import { common, type Part, type PartContext, type Storey, type Styled, visibility } from './part.ts';
import { FULL_SIZE, smallPart } from './small.ts';

function storeyOf(layer: Styled<'line'>): Storey {
  if (layer.group !== 'base') return 'lines';
  return layer.role === 'boundaries' ? 'borders' : 'water';
}

/**
 * Lines: whole and dashed ones as two style layers (not every client can dash by feature), on a light casing where they
 * are the subject of the map, with arrows where the direction means something.
 */
export function lineParts(layer: Styled<'line'>, context: PartContext): Part[] {
  const { style } = layer;
  const storey = storeyOf(layer);
  const isSubject = storey === 'lines';
  const width = (extra: number) =>
    growing(whenActive(style.width + extra + 1.5, style.width + extra + 1, style.width + extra));
  const line = (role: string, filters: ExpressionSpecification[], dash?: number[]): Part => ({
    storey,
    spec: {
      ...common(layer, context, role),
      id: `${layer.id}:${dash ? 'dashed' : role}`,
      type: 'line',
      layout: { ...visibility(layer), 'line-join': 'round', 'line-cap': dash ? 'butt' : 'round' },
      ...filtered(layer, FULL_SIZE, ...filters),
      paint: {
        'line-color': colorValue(style.color),
        'line-width': width(0),
        ...(dash && { 'line-dasharray': dash }),
      },
    },
  });
  const parts: Part[] = [];
  if (isSubject) {
    parts.push({
      storey,
      spec: {
        ...common(layer, context, 'casing'),
        type: 'line',
        layout: { ...visibility(layer), 'line-join': 'round', 'line-cap': 'round' },
        ...filtered(layer, FULL_SIZE),
        paint: { 'line-color': context.ground.casing, 'line-width': width(2.5), 'line-opacity': 0.75 },
      },
    });
  }
  parts.push(line('line', style.dash ? [matches(style.dash, true)] : []));
  if (style.dash) parts.push(line('line', [matches(style.dash)], [3, 2]));
  parts.push(
    smallPart(layer, context, storey, style.color, isSubject ? Math.max(2, style.width / 2) : style.width / 2),
  );
  if (style.arrows) parts.push(arrowPart(layer, context));
  if (style.label) parts.push(labelPart(layer, context, style.label, { color: style.color, along: true }));
  return parts;
}

function arrowPart(layer: Styled<'line'>, context: PartContext): Part {
  return {
    storey: 'arrows',
    spec: {
      ...common(layer, context, 'arrow'),
      type: 'symbol',
      layout: {
        ...visibility(layer),
        'symbol-placement': 'line',
        'symbol-spacing': 90,
        'icon-image': 'arrow',
        'icon-size': growing(0.28 + 0.13 * layer.style.width),
        'icon-rotation-alignment': 'map',
        // The direction is the statement: an arrow is never turned to suit the reader, nor left out for a name.
        'icon-keep-upright': false,
        'icon-allow-overlap': true,
        'icon-ignore-placement': true,
      },
      ...filtered(layer, FULL_SIZE),
      paint: {
        'icon-color': colorValue(shadeRule(layer.style.color, 0.25 * context.ground.away)),
        'icon-halo-color': context.ground.casing,
        'icon-halo-width': 1.25,
      },
    },
  };
}
