import type { TileCoord } from '../../core/tile.ts';
import type { Filter } from '../../query/filter.ts';
import { occupiedQuery } from '../../query/occupied.ts';
import type { Run } from '../../query/sql.ts';
import { showsHexagons } from '../../query/tile.ts';
import type { ExportRequest } from './request.ts';
import { walk } from './walk.ts';

/** The tiles that may hold something of what is to be exported, in the order of the archive. */
export function placesOf(
  run: Run,
  { family, layers, filters, minzoom, maxzoom }: ExportRequest,
  signal: AbortSignal | undefined,
): AsyncGenerator<TileCoord> {
  const occupied = async (z: number, places: readonly TileCoord[]) => {
    const asked = layers.map((layer, index) => ({
      layer,
      filter: filters[index] as Filter,
      hexagons: family === 'hexagons' || showsHexagons(layer, z),
    }));
    const rows = await run<{ index: number }>(occupiedQuery(asked, z, places), signal);
    return rows.map(({ index }) => index);
  };
  return walk(occupied, minzoom, maxzoom);
}
