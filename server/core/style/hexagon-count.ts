import type { ExpressionSpecification } from '@maplibre/maplibre-gl-style-spec';

/**
 * How a client puts its own counts into the hexagons: by feature-state, so that a window costs no tile. Tiles carry the
 * number of all records; a client that knows better sets `windowedState(layer)` in the map's global state, and from
 * then on a hexagon counts what its feature-state says, and nothing where that says nothing.
 */

/** Key in the global state, false at first: whether the counts of the layer's hexagons are the client's. */
export function windowedState(layerId: string): string {
  return `windowed:${layerId}`;
}

/**
 * The count that a hexagon is drawn with. The key in its feature-state is `n` and the resolution (`n4`), since the
 * numbers of hexagons are unique only within one.
 */
export function countExpression(layerId: string): ExpressionSpecification {
  const counted = ['feature-state', ['concat', 'n', ['to-string', ['get', 'resolution']]]];
  const held = ['case', ['global-state', windowedState(layerId)], 0, ['get', 'count']];
  return ['to-number', ['coalesce', counted, held]] as unknown as ExpressionSpecification;
}
