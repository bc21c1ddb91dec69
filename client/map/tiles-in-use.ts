import type { StyleSpecification } from '@maplibre/maplibre-gl-style-spec';
import { layersBySource } from '../map-style.ts';
import type { DescribedLayers } from './hexagon-layers.ts';
import { type Tileset, tileAddress } from './hexagon-tiles.ts';
import type { Plan } from './plan-counts.ts';

/** Which tiles the sources that may hold hexagons are to have; pure. */

/** Sources of hexagons that are drawn now, and of layers that are drawn as records at this zoom. */
export function sourcesInUse(
  style: StyleSpecification,
  plans: readonly Pick<Plan, 'source'>[],
  { tilesets, visible }: { tilesets: ReadonlyMap<string, Tileset>; visible: ReadonlySet<string> },
): Set<string> {
  const others = [...layersBySource(style)].filter(
    ([name, ids]) => tilesets.has(name) && ids.some((id) => visible.has(id)),
  );
  return new Set([...plans.map(({ source }) => source), ...others.map(([name]) => name)]);
}

interface Now {
  /** Of the layers of the source that are drawn as hexagons. */
  readonly plans: readonly Pick<Plan, 'counting'>[];
  /** Of the window, as the server has it; null: all dates. */
  readonly datetime: string | null;
  /** The address that the source has. */
  readonly held: string | undefined;
}

/**
 * Address of the tiles of the layers as they are published now. Where the server counts, they hold no more than what lies
 * in the window, records too: once nothing is counted they serve as long as the window stays.
 */
export function wantedAddress(tileset: Tileset, collections: DescribedLayers, { plans, datetime, held }: Now): string {
  const windowed = tileAddress(tileset, collections, datetime);
  const isServed = plans.some(({ counting }) => counting.by === 'server');
  return isServed || (plans.length === 0 && held === windowed) ? windowed : tileAddress(tileset, collections, null);
}
