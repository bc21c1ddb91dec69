import type { ExpressionSpecification } from '@maplibre/maplibre-gl-style-spec';
import { resolutionForZoom } from '../hex.ts';
import { hexLayerName, type Layer } from '../layer.ts';
import { MAX_ZOOM } from '../tile.ts';
import { whenActive } from './color.ts';
import { countExpression } from './hexagon-count.ts';
import { hexagonClasses, type Scale } from './hexagon-scale.ts';
import { common, type Part, type PartContext, visibility } from './part.ts';

/** For one that counts records, for one under the pointer or chosen, and nothing for one that counts none. */
function opacity(selected: number, hovered: number, otherwise: number, count: ExpressionSpecification) {
  return ['case', ['==', count, 0], 0, whenActive(selected, hovered, otherwise)] as unknown as ExpressionSpecification;
}

/** Points as counts per H3 cell: of all dates, or of the window that a client has counted (hexagon-count.ts). */
export function hexagonParts(layer: Layer, scale: Scale, context: PartContext): Part[] {
  const { ink, casing } = context.ground;
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
          'line-color': whenActive(ink, ink, casing),
          'line-width': whenActive(2, 1.25, 0.6),
          'line-opacity': opacity(1, 0.8, 0.55, count),
        },
      },
    },
  ];
}
