import type { ExpressionSpecification } from '@maplibre/maplibre-gl-style-spec';
import { colorValue, whenActive } from './color.ts';
import { filtered } from './filter.ts';
import { common, type Part, type PartContext, type Styled, visibility } from './part.ts';

/** Metres of one pixel of a 512-pixel world at zoom 0 on the equator. */
const METRES_PER_PIXEL = 78271.517;
const FAR = 22;

/** Up to this a position is as good as exact at the scales of the map, and no disc is drawn. */
const EXACT_M = 1000;

/**
 * The disc within which the position may lie, from `precision_m`. Full for the record under the pointer or chosen,
 * hardly there for the others: dozens of full discs of 50 km would hide the map that they qualify.
 * The radius is right at the latitude of the map's centre; 8 degrees away it is 4 % off.
 */
export function uncertaintyPart(layer: Styled<'circle'>, context: PartContext): Part {
  const metresAtZero = METRES_PER_PIXEL * Math.cos((context.latitude * Math.PI) / 180);
  const metres = ['coalesce', ['get', 'precision_m'], 0];
  const radius = [
    'interpolate',
    ['exponential', 2],
    ['zoom'],
    0,
    ['/', metres, metresAtZero],
    FAR,
    ['*', metres, 2 ** FAR / metresAtZero],
  ] as unknown as ExpressionSpecification;
  return {
    storey: 'uncertainty',
    spec: {
      ...common(layer, context, 'uncertainty'),
      type: 'circle',
      layout: visibility(layer),
      ...filtered(layer, ['>', ['coalesce', ['get', 'precision_m'], 0], EXACT_M]),
      paint: {
        'circle-radius': radius,
        'circle-color': colorValue(layer.style.color),
        'circle-opacity': whenActive(0.14, 0.1, 0.015),
        'circle-stroke-color': colorValue(layer.style.color),
        'circle-stroke-width': whenActive(1.5, 1.25, 0.75),
        'circle-stroke-opacity': whenActive(0.9, 0.7, 0.14),
      },
    },
  };
}
