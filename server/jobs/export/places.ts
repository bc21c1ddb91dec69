import { tilesAcross } from '../../core/copy-area.ts';
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
  { family, layers, filters, minzoom, maxzoom, area }: ExportRequest,
  signal: AbortSignal | undefined,
): AsyncGenerator<TileCoord> {
  const occupied = async (z: number, places: readonly TileCoord[]) => {
    const asked = layers.map((layer, index) => ({
      layer,
      filter: filters[index] as Filter,
      hexagons: family === 'hexagons' || showsHexagons(layer, z),
    }));
    // What is around a tile outside the area lies outside too: nothing below it is lost.
    const inside = area ? indicesWithin(tilesAcross(area, z), places) : places.map((_, index) => index);
    if (inside.length === 0) return [];
    const wanted = inside.map((index) => places[index] as TileCoord);
    const rows = await run<{ index: number }>(occupiedQuery(asked, z, wanted), signal);
    return rows.map(({ index }) => inside[index] as number);
  };
  return walk(occupied, minzoom, maxzoom);
}

function indicesWithin({ columns, rows }: ReturnType<typeof tilesAcross>, places: readonly TileCoord[]): number[] {
  return places.flatMap(({ x, y }, index) =>
    x >= columns[0] && x <= columns[1] && y >= rows[0] && y <= rows[1] ? [index] : [],
  );
}
