import type { Layer } from '../../core/layer.ts';
import {
  POINTS_ALWAYS_FROM,
  type Prepared,
  pointLimit,
  TILE_BUDGET,
  type TileBudget,
  UNPREPARED,
} from '../../core/prepared.ts';
import type { LayerRecord } from '../../core/record.ts';
import { toPosition } from './geometry.ts';
import { type Position, tileAt, toMetres } from './mercator.ts';

function fullestTile(places: readonly Position[], z: number): number {
  const counts = new Map<number, number>();
  let fullest = 0;
  for (const place of places) {
    const { x, y } = tileAt(z, place);
    const count = (counts.get(x * 2 ** z + y) ?? 0) + 1;
    counts.set(x * 2 ** z + y, count);
    if (count > fullest) fullest = count;
  }
  return fullest;
}

/**
 * What is prepared of a layer in memory: only the zoom from which its points are shown one by one, by the same budget as
 * that of a layer that is published.
 */
export function prepareInMemory(
  layer: Layer,
  records: readonly LayerRecord[],
  budget: TileBudget = TILE_BUDGET,
): Prepared {
  const limit = pointLimit(budget);
  if (layer.geometry !== 'point' || records.length <= limit) return UNPREPARED;
  const places = records.map(({ geometry }) => toMetres(toPosition(geometry)));
  for (let z = POINTS_ALWAYS_FROM - 1; z >= 0; z--) {
    if (fullestTile(places, z) > limit) return { ...UNPREPARED, pointZoom: z + 1 };
  }
  return UNPREPARED;
}
