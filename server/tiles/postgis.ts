import { resolutionForZoom } from '../core/hex.ts';
import { hexTileQuery } from '../query/hexes.ts';
import type { Query, Run } from '../query/sql.ts';
import { tileQuery } from '../query/tile.ts';
import type { TileSource } from './source.ts';

/** Tiles of saved layers, encoded by PostGIS (`ST_AsMVT`). */
export function postgisTiles(run: Run): TileSource {
  const fetchTile = async (query: Query) => (await run<{ mvt: Buffer }>(query))[0]?.mvt ?? Buffer.alloc(0);
  return {
    tile: (layers, coord, filters) => fetchTile(tileQuery(layers, coord, filters)),
    hexTile: (layer, coord, filter) => fetchTile(hexTileQuery(layer, coord, resolutionForZoom(coord.z), filter)),
  };
}
