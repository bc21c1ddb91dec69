import type { ExpressionSpecification } from '@maplibre/maplibre-gl-style-spec';
import { resolutionForZoom } from '../hex.ts';
import { hexLayerName, type Layer } from '../layer.ts';
import { MAX_ZOOM } from '../tile.ts';
import { whenActive } from './color.ts';
import { countExpression } from './hexagon-count.ts';
import { common, type Part, type PartContext, type Styled, visibility } from './part.ts';

/** A sequential scale, light to dark, and the smallest count of each colour. */
export type Scale = Pick<Styled<'hexagons'>['style'], 'ramp' | 'breaks'>;

/** Lower bounds of the classes where a layer names none: each about twice the one before, and easy to say. */
const ONE_TWO_FIVE = [1, 2, 5, 10, 20, 50, 100, 200, 500];

/** For layers of points that are too many to be drawn one by one from afar. */
export const MANY_POINTS: Scale = {
  ramp: ['#dcd7ec', '#b9aed8', '#9582c1', '#7359a8', '#54358a', '#371a66'],
  breaks: [1, 10, 100, 1000, 10_000, 100_000],
};

/**
 * The classes of the scale: each colour with the smallest count that it stands for. The bounds are the same at every
 * zoom and in every window, so that a colour always means the same count per hexagon.
 */
export function hexagonClasses(scale: Scale): { from: number; color: string }[] {
  const bounds = scale.breaks ?? ONE_TWO_FIVE;
  return scale.ramp.map((color, index) => ({ from: bounds[index] ?? Number.POSITIVE_INFINITY, color }));
}

/** For one that counts records, for one under the pointer or chosen, and nothing for one that counts none. */
function opacity(selected: number, hovered: number, otherwise: number, count: ExpressionSpecification) {
  return ['case', ['==', count, 0], 0, whenActive(selected, hovered, otherwise)] as unknown as ExpressionSpecification;
}

/** Points as counts per H3 cell: of all dates, or of the window that a client has counted (hexagon-count.ts). */
export function hexagonParts(layer: Layer, scale: Scale, context: PartContext): Part[] {
  const [first, ...rest] = hexagonClasses(scale);
  const count = countExpression(layer.id);
  const color = [
    'step',
    count,
    first?.color,
    ...rest.flatMap(({ from, color }) => [from, color]),
  ] as unknown as ExpressionSpecification;
  const shared = (role: string) => {
    const spec = common(layer, context, role);
    return { ...spec, 'source-layer': hexLayerName(layer.id), layout: visibility(layer) };
  };
  const hexagon = shared('hexagon');
  return [
    {
      storey: 'hexagons',
      spec: {
        ...hexagon,
        type: 'fill',
        metadata: {
          ...hexagon.metadata,
          'azalai:counts': 'all dates',
          'azalai:resolutions': Array.from({ length: MAX_ZOOM + 1 }, (_, z) => resolutionForZoom(z)),
        },
        paint: {
          'fill-color': color,
          'fill-opacity': opacity(0.95, 0.9, 0.8, count),
          // Neighbours share edges: smoothing each one's edge costs a sixth of the frame and draws seams.
          'fill-antialias': false,
        },
      },
    },
    {
      storey: 'hexagons',
      spec: {
        ...shared('edge'),
        type: 'line',
        paint: {
          'line-color': whenActive('#1d2730', '#1d2730', '#ffffff'),
          'line-width': whenActive(2, 1.25, 0.6),
          'line-opacity': opacity(1, 0.8, 0.55, count),
        },
      },
    },
  ];
}
