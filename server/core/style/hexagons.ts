import type { ExpressionSpecification } from '@maplibre/maplibre-gl-style-spec';
import { whenActive } from './color.ts';
import { common, type Part, type PartContext, type Styled, visibility } from './part.ts';

/** Lower bounds of the classes where a layer names none: each about twice the one before, and easy to say. */
const ONE_TWO_FIVE = [1, 2, 5, 10, 20, 50, 100, 200, 500];

/**
 * The classes of the scale: each colour with the smallest count that it stands for. The bounds are the same at every
 * zoom and in every window, so that a colour always means the same count per hexagon.
 */
export function hexagonClasses(style: Styled<'hexagons'>['style']): { from: number; color: string }[] {
  const bounds = style.breaks ?? ONE_TWO_FIVE;
  return style.ramp.map((color, index) => ({ from: bounds[index] ?? Number.POSITIVE_INFINITY, color }));
}

/** Points as counts per H3 cell. The window is part of the tile's address, so there is no clock here. */
export function hexagonParts(layer: Styled<'hexagons'>, context: PartContext): Part[] {
  const [first, ...rest] = hexagonClasses(layer.style);
  const color = [
    'step',
    ['coalesce', ['get', 'count'], 0],
    first?.color,
    ...rest.flatMap(({ from, color }) => [from, color]),
  ] as unknown as ExpressionSpecification;
  return [
    {
      storey: 'hexagons',
      spec: {
        ...common(layer, context, 'hexagon'),
        type: 'fill',
        layout: visibility(layer),
        paint: {
          'fill-color': color,
          'fill-opacity': whenActive(0.95, 0.9, 0.8),
          // Neighbours share edges: smoothing each one's edge costs a sixth of the frame and draws seams.
          'fill-antialias': false,
        },
      },
    },
    {
      storey: 'hexagons',
      spec: {
        ...common(layer, context, 'edge'),
        type: 'line',
        layout: visibility(layer),
        paint: {
          'line-color': whenActive('#1d2730', '#1d2730', '#ffffff'),
          'line-width': whenActive(2, 1.25, 0.6),
          'line-opacity': whenActive(1, 0.8, 0.55),
        },
      },
    },
  ];
}
